"""One entry of a paste: what stood where, and what became of it (SPEC P2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NoReturn, Protocol, final

from pstnkit.catalog import sentence
from pstnkit.numbering.paste.verdicts import Hint, Verdict
from pstnkit.numbering.reasons import Reason
from pstnkit.numbering.telephone import NumberRange, TelephoneNumber

Fields = tuple[
    str,
    str,
    int,
    int,
    int | None,
    int | None,
    Verdict,
    Reason | None,
    Hint | None,
    Mapping[str, Any],
    int,
    int,
    str | None,
]


class Teller(Protocol):
    """Knows entries by their index."""

    def outcome(self, index: int) -> tuple[Verdict, Reason | None]:
        """What became of an entry, and why."""
        ...

    def fields(self, index: int) -> Fields:
        """All that can be read of an entry."""
        ...


@final
class Entry:
    """One entry of a paste, with its place, its verdict and the numbers that it gives. Immutable.

    Entries are made by :func:`~pstnkit.read_numbers`. Verdict and reason are known from the beginning; the rest is read
    from the source, which the entry keeps, when it is asked for.

    >>> from pstnkit import read_numbers
    >>> entry = read_numbers("(415) 321-0100 ext 12")[0]
    >>> entry.verdict, entry.numbers, entry.extension
    (<Verdict.VALID: 'valid'>, (TelephoneNumber('+14153210100'),), '12')
    """

    # What has been read of it is one tuple: one slot is set much faster than a dozen.
    __slots__ = ("_fields_read", "_index", "_told_by")
    _fields_read: Fields | None
    _index: int
    _told_by: Teller | None

    def __init__(self) -> None:
        raise TypeError("entries are made by read_numbers")

    @classmethod
    def _of(cls, fields: Fields) -> Entry:
        """An entry of which everything has been read."""
        made = object.__new__(cls)
        _set_fields(made, fields)
        _set_teller(made, None)
        return made

    @classmethod
    def _at(cls, teller: Teller, index: int) -> Entry:
        """An entry that is read when more is asked about it than ``teller`` knows without reading."""
        made = object.__new__(cls)
        _set_fields(made, None)
        _set_teller(made, teller)
        _set_index(made, index)
        return made

    @property
    def _fields(self) -> Fields:
        fields = self._fields_read
        if fields is None:
            assert self._told_by is not None
            fields = self._told_by.fields(self._index)
            _set_fields(self, fields)
        return fields

    @property
    def text(self) -> str:
        """The raw slice of the source, quotes included."""
        return self._fields[0]

    @property
    def value(self) -> str:
        """The cleaned text: plain digits, dashes and spaces, nothing invisible, no quotes around it."""
        return self._fields[1]

    @property
    def row(self) -> int:
        """The row, from 1, as a spreadsheet counts."""
        return self._fields[2]

    @property
    def column(self) -> int:
        """The column, from 1."""
        return self._fields[3]

    @property
    def start(self) -> int | None:
        """Where :attr:`text` begins in a source that is text; None for any other source."""
        return self._fields[4]

    @property
    def end(self) -> int | None:
        """Where :attr:`text` ends in a source that is text; None for any other source."""
        return self._fields[5]

    @property
    def verdict(self) -> Verdict:
        """Valid, duplicate or invalid; for a range, the verdict of its worst member."""
        return self._fields[6] if self._told_by is None else self._told_by.outcome(self._index)[0]

    @property
    def reason(self) -> Reason | None:
        """Why it is not simply valid; None if it is."""
        return self._fields[7] if self._told_by is None else self._told_by.outcome(self._index)[1]

    @property
    def extension(self) -> str | None:
        """The digits of its extension, if it has one."""
        return self._fields[12]

    @property
    def numbers(self) -> Sequence[TelephoneNumber]:
        """The numbers that it gives, made when asked for: none when invalid, several for a range."""
        first, last = self._fields[10], self._fields[11]
        if not first:
            return ()
        if first == last:
            return (TelephoneNumber._of(first),)
        return NumberRange._of(first, last)

    @property
    def hint(self) -> str | None:
        """How to mend it, where there is a way."""
        hint = self._fields[8]
        return None if hint is None else sentence(hint, **self._figures())

    @property
    def explanation(self) -> str | None:
        """The reason as a sentence of which the entry is the subject; None without a reason.

        >>> from pstnkit import read_numbers
        >>> read_numbers("321-0100")[0].explanation
        'has 7 digits; a telephone number has 10'
        """
        reason = self._fields[7]
        return None if reason is None else sentence(reason, **self._figures())

    def _figures(self) -> Mapping[str, Any]:
        figures = self._fields[9]
        if "international" in figures:
            from pstnkit.numbering.paste.countries import country_of

            return {**figures, "country": country_of(figures["international"])}
        return figures

    def to_dict(self) -> dict[str, Any]:
        """The entry as plain data, numbers as E.164: what JSON Lines hold."""
        return {
            "text": self.text,
            "value": self.value,
            "row": self.row,
            "column": self.column,
            "start": self.start,
            "end": self.end,
            "verdict": self.verdict.value,
            "reason": None if self.reason is None else self.reason.value,
            "hint": self.hint,
            "numbers": [str(number) for number in self.numbers],
            "extension": self.extension,
        }

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"cannot set {name!r}: an Entry is immutable")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"cannot delete {name!r}: an Entry is immutable")

    def __eq__(self, other: object) -> bool:
        return self._fields == other._fields if isinstance(other, Entry) else NotImplemented

    def __hash__(self) -> int:
        return hash((self._fields[:8], self._fields[10:]))

    def __reduce__(self) -> tuple[Any, ...]:
        return Entry._of, (self._fields,)

    def __repr__(self) -> str:
        said = self.verdict.value if self.reason is None else f"{self.verdict.value}: {self.reason.value}"
        return f"<Entry row {self.row} column {self.column} {self.value!r} {said}>"


_set_fields = Entry.__dict__["_fields_read"].__set__
_set_index = Entry.__dict__["_index"].__set__
_set_teller = Entry.__dict__["_told_by"].__set__


@final
class UnreadCell:
    """A cell that looks like a number and stands outside the columns that were read.

    ``sheet`` names its sheet in a workbook; ``start`` and ``end`` are its place in a source that is text.
    """

    __slots__ = ("column", "end", "row", "sheet", "start", "text", "value")

    def __init__(
        self,
        text: str,
        value: str,
        row: int,
        column: int,
        start: int | None,
        end: int | None,
        sheet: str | None,
    ) -> None:
        self.text = text
        self.value = value
        self.row = row
        self.column = column
        self.start = start
        self.end = end
        self.sheet = sheet

    def _fields(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in UnreadCell.__slots__)

    def __eq__(self, other: object) -> bool:
        return self._fields() == other._fields() if isinstance(other, UnreadCell) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._fields())

    def __repr__(self) -> str:
        return f"<UnreadCell row {self.row} column {self.column} {self.value!r}>"
