"""The report of a paste: a sequence of entries, what they add up to, and how it is shown (SPEC P2)."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any, final, overload

from pstnkit.numbering.paste.entry import Entry, UnreadCell
from pstnkit.numbering.paste.verdicts import Verdict
from pstnkit.numbering.reasons import Reason
from pstnkit.numbering.telephone import NumberRange, TelephoneNumber

if TYPE_CHECKING:
    from pstnkit.numbering.paste.columns import ReadColumn


@final
class Counts(Mapping[str, int]):
    """How many entries there are, by verdict and by reason: a mapping, with the verdicts as attributes too.

    Keys are :class:`Verdict` and :class:`Reason` members, or their plain strings; iterating gives the three
    verdicts and the reasons that occur. A reason that does not occur counts 0.

    >>> from pstnkit import read_numbers
    >>> counts = read_numbers("(415) 321-0100\\n321-0100").counts
    >>> counts
    Counts(valid=1, duplicate=0, invalid=1, too_short=1)
    >>> counts.total, counts["too_short"], counts[Reason.FOREIGN]
    (2, 1, 0)
    """

    __slots__ = ("_counted",)

    def __init__(self, entries: Iterable[Entry]) -> None:
        counted: dict[str, int] = dict.fromkeys(Verdict, 0)
        for entry in entries:
            counted[entry.verdict] += 1
            # A repetition has one name as verdict and as reason, and is counted once.
            if entry.reason is not None and entry.reason is not Reason.DUPLICATE:
                counted[entry.reason] = counted.get(entry.reason, 0) + 1
        self._counted = counted

    @property
    def valid(self) -> int:
        """How many entries are valid."""
        return self._counted[Verdict.VALID]

    @property
    def duplicate(self) -> int:
        """How many entries repeat earlier ones."""
        return self._counted[Verdict.DUPLICATE]

    @property
    def invalid(self) -> int:
        """How many entries are invalid."""
        return self._counted[Verdict.INVALID]

    @property
    def total(self) -> int:
        """How many entries there are."""
        return self.valid + self.duplicate + self.invalid

    @property
    def reasons(self) -> dict[Reason, int]:
        """How many entries have each reason, the most frequent first."""
        found = {
            Reason(key): count
            for key, count in self._counted.items()
            if key not in (Verdict.VALID, Verdict.INVALID)
        }
        return {reason: count for reason, count in sorted(found.items(), key=lambda item: -item[1]) if count}

    def __getitem__(self, key: str) -> int:
        found = self._counted.get(key)
        if found is None:
            if key not in set(Reason):
                raise KeyError(key)
            return 0
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._counted)

    def __len__(self) -> int:
        return len(self._counted)

    def __repr__(self) -> str:
        return f"Counts({', '.join(f'{key.value}={count}' for key, count in self._items())})"

    def _items(self) -> Iterator[tuple[Verdict | Reason, int]]:
        for key, count in self._counted.items():
            yield (key if isinstance(key, Verdict) else Reason(key)), count


@final
class ValidNumbers(Sequence[TelephoneNumber]):
    """The valid numbers of a report, each once, in source order, ranges expanded; made when looked at."""

    __slots__ = ("_ends", "_spans")

    def __init__(self, spans: array[int]) -> None:
        self._spans = spans
        self._ends: list[int] = []

    def _counted(self) -> list[int]:
        """After each stretch, how many numbers there are so far."""
        if not self._ends:
            spans = self._spans
            self._ends = list(
                accumulate(last - first + 1 for first, last in zip(spans[::2], spans[1::2], strict=True))
            )
        return self._ends

    def __len__(self) -> int:
        ends = self._counted()
        return ends[-1] if ends else 0

    @overload
    def __getitem__(self, index: int) -> TelephoneNumber: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[TelephoneNumber, ...]: ...
    def __getitem__(self, index: int | slice) -> TelephoneNumber | tuple[TelephoneNumber, ...]:
        if isinstance(index, slice):
            return tuple(self[place] for place in range(*index.indices(len(self))))
        place = range(len(self))[index]
        stretch = bisect_right(self._counted(), place)
        return TelephoneNumber._of(self._spans[2 * stretch + 1] - (self._counted()[stretch] - 1 - place))

    def __iter__(self) -> Iterator[TelephoneNumber]:
        spans = self._spans
        of = TelephoneNumber._of
        for index in range(0, len(spans), 2):
            for digits in range(spans[index], spans[index + 1] + 1):
                yield of(digits)

    def ranges(self) -> Iterator[NumberRange]:
        """The same numbers as ranges, in source order: one for each number or range that was listed."""
        for index in range(0, len(self._spans), 2):
            yield NumberRange._of(self._spans[index], self._spans[index + 1])

    def __eq__(self, other: object) -> bool:
        return self._spans == other._spans if isinstance(other, ValidNumbers) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<{len(self):,} valid numbers>"


@final
class PasteReport(Sequence[Entry]):
    """What ``read_numbers`` has read: the entries in source order, and everything that follows from them.

    >>> from pstnkit import read_numbers
    >>> report = read_numbers("Name,Phone\\nJane,(415) 321-0100\\nJoe,321-0100")
    >>> report
    <PasteReport: 2 entries, 1 valid, 0 duplicate, 1 invalid>
    >>> list(report.numbers), [str(column) for column in report.columns]
    ([TelephoneNumber('+14153210100')], ['column B ("Phone"): its heading names telephone numbers'])
    """

    __slots__ = ("_columns", "_counts", "_entries", "_spans", "_unread")

    _entries: tuple[Entry, ...]
    _columns: tuple[ReadColumn, ...]
    _unread: tuple[UnreadCell, ...]
    _spans: array[int]
    _counts: Counts | None

    def __init__(self) -> None:
        raise TypeError("reports are made by read_numbers")

    @classmethod
    def _of(
        cls,
        entries: Iterable[Entry],
        columns: Iterable[ReadColumn],
        unread: Iterable[UnreadCell],
        spans: array[int],
    ) -> PasteReport:
        made = object.__new__(cls)
        made._entries = tuple(entries)
        made._columns = tuple(columns)
        made._unread = tuple(unread)
        made._spans = spans
        made._counts = None
        return made

    @overload
    def __getitem__(self, index: int) -> Entry: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Entry, ...]: ...
    def __getitem__(self, index: int | slice) -> Entry | tuple[Entry, ...]:
        return self._entries[index]

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries)

    @property
    def valid(self) -> tuple[Entry, ...]:
        """The valid entries (green)."""
        return self._having(Verdict.VALID)

    @property
    def duplicates(self) -> tuple[Entry, ...]:
        """The entries that repeat earlier ones, whole or in part."""
        return self._having(Verdict.DUPLICATE)

    @property
    def invalid(self) -> tuple[Entry, ...]:
        """The invalid entries (red)."""
        return self._having(Verdict.INVALID)

    def _having(self, verdict: Verdict) -> tuple[Entry, ...]:
        return tuple(entry for entry in self._entries if entry.verdict is verdict)

    @property
    def counts(self) -> Counts:
        """How many entries have each verdict and each reason."""
        if self._counts is None:
            self._counts = Counts(self._entries)
        return self._counts

    @property
    def numbers(self) -> ValidNumbers:
        """The valid numbers: each once, in source order, ranges expanded.

        A range of which some numbers were listed before gives the others here.
        """
        return ValidNumbers(self._spans)

    @property
    def columns(self) -> tuple[ReadColumn, ...]:
        """The columns that were read, and why."""
        return self._columns

    @property
    def unread(self) -> tuple[UnreadCell, ...]:
        """Every other cell that looks like a number: none disappears without a trace."""
        return self._unread

    def to_text(self, *, color: bool | None = None) -> str:
        """A table for people: a symbol and a word for each verdict, in color on a terminal (or as told)."""
        from pstnkit.numbering.paste.views import to_text

        return to_text(self, color)

    def to_html(self) -> str:
        """The same as HTML: green and red, each with a symbol and a word; foreign text is escaped."""
        from pstnkit.numbering.paste.views import to_html

        return to_html(self)

    def _repr_html_(self) -> str:
        return self.to_html()

    def to_csv(self) -> str:
        """The entries as CSV with a header; cells that a spreadsheet would run as formulas are defused."""
        from pstnkit.numbering.paste.views import to_csv

        return to_csv(self)

    def to_json(self) -> str:
        """The entire report as one JSON document: entries, counts, columns and what was left unread."""
        from pstnkit.numbering.paste.views import to_json

        return to_json(self)

    def to_records(self) -> list[dict[str, Any]]:
        """The entries as plain dictionaries, for a data frame or a template."""
        return [entry.to_dict() for entry in self._entries]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, PasteReport):
            return NotImplemented
        return (self._entries, self._columns) == (other._entries, other._columns)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        counts = self.counts
        return (
            f"<PasteReport: {len(self):,} entries, {counts.valid:,} valid, {counts.duplicate:,} duplicate, "
            f"{counts.invalid:,} invalid>"
        )
