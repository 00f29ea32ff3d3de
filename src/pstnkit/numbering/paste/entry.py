"""One entry of a paste: what stood where, and what became of it (SPEC P2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol, final

from pstnkit.catalog import sentence
from pstnkit.numbering.immutable import Immutable
from pstnkit.numbering.paste.verdicts import Hint, Verdict
from pstnkit.numbering.reasons import Reason
from pstnkit.numbering.telephone import NumberRange, TelephoneNumber

Place = tuple[int, int]
"""The row and the column of an entry, from 1."""

Origin = tuple[int | None, str | None]
"""The number of its source, if there are several, and the name of its sheet in a workbook."""

Outcome = tuple[Verdict, Reason | None]
Told = tuple[Hint | None, Mapping[str, Any]]
"""How to mend an entry, and the figures of its sentences."""


class Teller(Protocol):
    """Knows entries by their index, and answers each question with no more work than it takes."""

    def text(self, index: int) -> str:
        """What stood in the source."""
        ...

    def value(self, index: int) -> str:
        """The same, cleaned."""
        ...

    def place(self, index: int) -> Place:
        """Where it stood."""
        ...

    def start(self, index: int) -> int | None:
        """Where it began in a text."""
        ...

    def origin(self, index: int) -> Origin:
        """What it stood in."""
        ...

    def outcome(self, index: int) -> Outcome:
        """What became of it, and why."""
        ...

    def span(self, index: int) -> tuple[int, int]:
        """The first and the last of its numbers; zeros if it gives none."""
        ...

    def extension(self, index: int) -> str | None:
        """The digits of its extension."""
        ...

    def told(self, index: int) -> Told:
        """What is to be said about it."""
        ...


class Facts(NamedTuple):
    """All that a :class:`Teller` tells of one entry."""

    text: str
    value: str
    place: Place
    start: int | None
    origin: Origin
    outcome: Outcome
    span: tuple[int, int]
    extension: str | None
    told: Told


class _Alone:
    """Tells of one entry, apart from its source."""

    __slots__ = ("_facts",)

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def text(self, _: int) -> str:
        return self._facts.text

    def value(self, _: int) -> str:
        return self._facts.value

    def place(self, _: int) -> Place:
        return self._facts.place

    def start(self, _: int) -> int | None:
        return self._facts.start

    def origin(self, _: int) -> Origin:
        return self._facts.origin

    def outcome(self, _: int) -> Outcome:
        return self._facts.outcome

    def span(self, _: int) -> tuple[int, int]:
        return self._facts.span

    def extension(self, _: int) -> str | None:
        return self._facts.extension

    def told(self, _: int) -> Told:
        return self._facts.told


@final
class Entry(Immutable):
    """One entry of a paste, with its place, its verdict and the numbers that it gives. Immutable.

    Entries are made by :func:`~pstnkit.read_numbers`. Verdict and reason are known from the beginning; the rest is read
    from the source, which the entry keeps, when it is asked for.

    >>> from pstnkit import read_numbers
    >>> entry = read_numbers("(415) 321-0100 ext 12")[0]
    >>> entry.verdict, entry.numbers, entry.extension
    (<Verdict.VALID: 'valid'>, (TelephoneNumber('+14153210100'),), '12')
    """

    __slots__ = ("_index", "_teller")
    _index: int
    _teller: Teller

    def __init__(self) -> None:
        raise TypeError("entries are made by read_numbers")

    @classmethod
    def _of(cls, facts: Facts) -> Entry:
        """The entry of which these are the facts, apart from its source."""
        return entry_at(_Alone(facts), 0)

    @property
    def text(self) -> str:
        """The raw slice of the source, quotes included."""
        return self._teller.text(self._index)

    @property
    def value(self) -> str:
        """The cleaned text: plain digits, dashes and spaces, nothing invisible, no quotes around it."""
        return self._teller.value(self._index)

    @property
    def row(self) -> int:
        """The row, from 1, as a spreadsheet counts."""
        return self._teller.place(self._index)[0]

    @property
    def column(self) -> int:
        """The column, from 1."""
        return self._teller.place(self._index)[1]

    @property
    def start(self) -> int | None:
        """Where :attr:`text` begins in a source that is text; None for any other source."""
        return self._teller.start(self._index)

    @property
    def end(self) -> int | None:
        """Where :attr:`text` ends in a source that is text; None for any other source."""
        start = self.start
        return None if start is None else start + len(self.text)

    @property
    def sheet(self) -> str | None:
        """The name of its sheet in a workbook; None for any other source."""
        return self._teller.origin(self._index)[1]

    @property
    def source(self) -> int | None:
        """Which of the sources of a merged report it is from, counted from 1; None if there is only one."""
        return self._teller.origin(self._index)[0]

    @property
    def verdict(self) -> Verdict:
        """Valid, duplicate or invalid; for a range, the verdict of its worst member."""
        return self._teller.outcome(self._index)[0]

    @property
    def reason(self) -> Reason | None:
        """Why it is not simply valid; None if it is."""
        return self._teller.outcome(self._index)[1]

    @property
    def extension(self) -> str | None:
        """The digits of its extension, if it has one."""
        return self._teller.extension(self._index)

    @property
    def numbers(self) -> Sequence[TelephoneNumber]:
        """The numbers that it gives, made when asked for: none when invalid, several for a range."""
        first, last = self._teller.span(self._index)
        if not first:
            return ()
        if first == last:
            return (TelephoneNumber._of(first),)
        return NumberRange._of(first, last)

    @property
    def hint(self) -> str | None:
        """How to mend it, where there is a way."""
        hint, figures = self._teller.told(self._index)
        return None if hint is None else sentence(hint, **_with_country(figures))

    @property
    def explanation(self) -> str | None:
        """The reason as a sentence of which the entry is the subject; None without a reason.

        >>> from pstnkit import read_numbers
        >>> read_numbers("321-0100")[0].explanation
        'has 7 digits; a telephone number has 10'
        """
        reason = self.reason
        return (
            None if reason is None else sentence(reason, **_with_country(self._teller.told(self._index)[1]))
        )

    def to_dict(self) -> dict[str, Any]:
        """The entry as plain data, numbers as E.164: what JSON Lines hold. It has ``source`` and ``sheet`` only if they
        tell something."""
        text = self.text
        row, column = self._teller.place(self._index)
        start = self._teller.start(self._index)
        verdict, reason = self._teller.outcome(self._index)
        return {
            "text": text,
            "value": self.value,
            "row": row,
            "column": column,
            "start": start,
            "end": None if start is None else start + len(text),
            "verdict": verdict.value,
            "reason": None if reason is None else reason.value,
            "hint": self.hint,
            "numbers": [str(number) for number in self.numbers],
            "extension": self.extension,
            **_named(*self._teller.origin(self._index)),
        }

    def _facts(self) -> Facts:
        return Facts._make(getattr(self._teller, fact)(self._index) for fact in Facts._fields)

    def __eq__(self, other: object) -> bool:
        return self._facts() == other._facts() if isinstance(other, Entry) else NotImplemented

    def __hash__(self) -> int:
        return hash((self.text, self._teller.place(self._index)))

    def __reduce__(self) -> tuple[Any, ...]:
        return Entry._of, (self._facts(),)

    def __repr__(self) -> str:
        said = self.verdict.value if self.reason is None else f"{self.verdict.value}: {self.reason.value}"
        return f"<Entry row {self.row} column {self.column} {self.value!r} {said}>"


_new = object.__new__
_set_index = Entry.__dict__["_index"].__set__
_set_teller = Entry.__dict__["_teller"].__set__


def entry_at(teller: Teller, index: int) -> Entry:
    """The entry that ``teller`` knows by ``index``."""
    made = _new(Entry)
    _set_teller(made, teller)
    _set_index(made, index)
    return made


def _named(source: int | None, sheet: str | None) -> dict[str, Any]:
    """An origin, as far as there is something to tell."""
    found = {"source": source, "sheet": sheet}
    return {name: told for name, told in found.items() if told is not None}


def _with_country(figures: Mapping[str, Any]) -> Mapping[str, Any]:
    """The figures of a sentence; of a number of another country also the name of that."""
    if "international" in figures:
        from pstnkit.numbering.paste.countries import country_of

        return {**figures, "country": country_of(figures["international"])}
    return figures


@final
class UnreadCell(Immutable):
    """A cell that looks like a number and stands outside the columns that were read.

    ``start`` and ``end`` are its place in a source that is text; ``sheet`` names its sheet in a workbook, and
    ``source`` says which of the sources of a merged report it is from, counted from 1.
    """

    __slots__ = ("column", "end", "row", "sheet", "source", "start", "text", "value")
    text: str
    value: str
    row: int
    column: int
    start: int | None
    end: int | None
    sheet: str | None
    source: int | None

    def __init__(
        self,
        text: str,
        value: str,
        row: int,
        column: int,
        start: int | None,
        end: int | None,
        sheet: str | None,
        source: int | None,
    ) -> None:
        told = (column, end, row, sheet, source, start, text, value)
        for name, one in zip(UnreadCell.__slots__, told, strict=True):
            object.__setattr__(self, name, one)

    def to_dict(self) -> dict[str, Any]:
        """The cell as plain data. It has ``source`` and ``sheet`` only if they tell something."""
        place = {"row": self.row, "column": self.column, "start": self.start, "end": self.end}
        return {"text": self.text, "value": self.value, **place, **_named(self.source, self.sheet)}

    def _fields(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in UnreadCell.__slots__)

    def __eq__(self, other: object) -> bool:
        return self._fields() == other._fields() if isinstance(other, UnreadCell) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._fields())

    def __reduce__(self) -> tuple[Any, ...]:
        told = (self.text, self.value, self.row, self.column, self.start, self.end, self.sheet, self.source)
        return UnreadCell, told

    def __repr__(self) -> str:
        return f"<UnreadCell row {self.row} column {self.column} {self.value!r}>"
