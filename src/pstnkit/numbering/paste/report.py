"""The report of a paste: a sequence of entries, what they add up to, and how it is shown (SPEC P2)."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress
from typing import TYPE_CHECKING, Any, TypeVar, final

from pstnkit.catalog import counted
from pstnkit.errors import CallerError
from pstnkit.numbering.paste.columns import ReadColumn, UnknownColumn
from pstnkit.numbering.paste.counts import Counts
from pstnkit.numbering.paste.entry import Entry
from pstnkit.numbering.paste.lazy import LazySequence
from pstnkit.numbering.paste.outcomes import OUTCOMES
from pstnkit.numbering.paste.unread import UnreadCells
from pstnkit.numbering.paste.valid_numbers import ValidNumbers
from pstnkit.numbering.paste.verdicts import Verdict
from pstnkit.numbering.reasons import Reason

if TYPE_CHECKING:
    from pstnkit.numbering.paste.book import Book


@final
class Entries(LazySequence[Entry]):
    """Some entries of a paste, in source order, each made when it is looked at."""

    __slots__ = ("_book", "_picked")

    def __init__(self, book: Book, picked: Sequence[int]) -> None:
        self._book = book
        self._picked = picked

    def _made(self, index: int) -> Entry:
        return self._book.entry(self._picked[index])

    def __len__(self) -> int:
        return len(self._picked)

    def __iter__(self) -> Iterator[Entry]:
        return self._book.entries(self._picked)

    def __repr__(self) -> str:
        return f"<{counted(len(self), 'entry', 'entries')}>"


@final
class PasteReport(LazySequence[Entry]):
    """What ``read_numbers`` has read: the entries in source order, and everything that follows from them.

    A report keeps its source and a few bytes for each entry. An entry is made whenever it is looked at, so a report of
    a million of them is small, and quick to count. It equals another report only, as it is more than its entries;
    ``valid``, ``invalid``, ``duplicates``, ``numbers`` and ``unread`` equal any sequence of the same items.

    >>> from pstnkit import read_numbers
    >>> report = read_numbers("Name,Phone\\nJane,(415) 321-0100\\nJoe,321-0100")
    >>> report
    <PasteReport: 2 entries, 1 valid, 0 duplicate, 1 invalid>
    >>> list(report.numbers), [str(column) for column in report.columns]
    ([TelephoneNumber('+14153210100')], ['column B ("Phone"): its heading names telephone numbers'])
    """

    __slots__ = ("_book", "_columns", "_counts", "_entries", "_numbers", "_picked", "_unread")

    _book: Book
    _columns: tuple[ReadColumn, ...]
    _unread: UnreadCells
    _picked: array[int] | None
    _counts: Counts | None
    _entries: dict[Verdict, Entries]
    _numbers: ValidNumbers | None

    def __init__(self) -> None:
        raise TypeError("reports are made by read_numbers")

    @classmethod
    def _of(
        cls,
        book: Book,
        unread: UnreadCells,
        columns: Iterable[ReadColumn],
        picked: array[int] | None = None,
    ) -> PasteReport:
        """The report on the entries of ``book`` that are ``picked``, or on all of them."""
        made = object.__new__(cls)
        made._book = book
        made._columns = tuple(columns)
        made._unread = unread
        made._picked = picked
        made._counts = made._numbers = None
        made._entries = {}
        return made

    def _made(self, index: int) -> Entry:
        return self._book.entry(self._indexes()[index])

    def __len__(self) -> int:
        return len(self._indexes())

    def __iter__(self) -> Iterator[Entry]:
        return self._book.entries(self._indexes())

    def _indexes(self) -> Sequence[int]:
        """Which entries of the book the report is on."""
        return range(len(self._book.records)) if self._picked is None else self._picked

    def _codes(self) -> bytes | bytearray:
        """The outcome of each entry, one byte each."""
        codes = self._book.records.codes
        return codes if self._picked is None else bytes(map(codes.__getitem__, self._picked))

    @property
    def valid(self) -> Entries:
        """The valid entries (green)."""
        return self._with(Verdict.VALID)

    @property
    def duplicates(self) -> Entries:
        """The entries that repeat earlier ones, whole or in part."""
        return self._with(Verdict.DUPLICATE)

    @property
    def invalid(self) -> Entries:
        """The invalid entries (red)."""
        return self._with(Verdict.INVALID)

    def _with(self, verdict: Verdict) -> Entries:
        if verdict not in self._entries:
            self._entries[verdict] = Entries(self._book, self._having({verdict}, None))
        return self._entries[verdict]

    def _having(self, verdicts: set[Verdict] | None, reasons: set[Reason] | None) -> array[int]:
        """The indexes of the entries with one of these verdicts and one of these reasons; None stands for any."""
        wanted = bytes(
            (verdicts is None or verdict in verdicts) and (reasons is None or reason in reasons)
            for verdict, reason in ((None, None), *OUTCOMES.values())
        )
        chosen = self._codes().translate(wanted.ljust(256, b"\0"))
        return array("I", compress(self._indexes(), chosen))

    def where(
        self,
        *,
        verdict: Verdict | str | Iterable[Verdict | str] | None = None,
        reason: Reason | str | Iterable[Reason | str] | None = None,
        column: int | str | Iterable[int | str] | None = None,
    ) -> PasteReport:
        """The report on the entries that meet every condition given: of one of these verdicts, for one of these
        reasons, in one of these columns (each by heading, letter or index from 1).

        It is shown, counted and saved as any report is. Cells that were not read belong to the whole report only.
        Raises :class:`~pstnkit.errors.CallerError` for a verdict or reason that there is not, and
        :class:`UnknownColumn` for a column that was not read.

        >>> from pstnkit import read_numbers
        >>> report = read_numbers("(415) 321-0100\\n321-0100\\n+44 20 7946 0958")
        >>> [entry.row for entry in report.where(reason=["too_short", "too_long"])]
        [2]
        """
        picked = self._having(_members(Verdict, verdict), _members(Reason, reason))
        if column is not None:
            wanted = {index for name in _several(column) for index in self._called(name)}
            picked = array(
                "I",
                (
                    index
                    for begin, piece, some in self._book.records.parted(picked)
                    for index in some
                    if piece.column_of(piece.find(index - begin)[0]) in wanted
                ),
            )
        return PasteReport._of(self._book, UnreadCells(), self._columns, picked)

    def _called(self, name: Any) -> list[int]:
        """The indexes from 0 of the columns with this name."""
        found = [one.index - 1 for one in self._columns if one.is_called(name)]
        if not found:
            raise UnknownColumn(name, tuple(str(one.name or one.letter) for one in self._columns))
        return found

    def merge(self, *others: PasteReport) -> PasteReport:
        """One report on the entries of this one and of ``others``, one after the other.

        A number that an earlier report has listed is a duplicate in the later ones. Rows and places remain those of
        each source, and the sources are numbered in this order (:attr:`Entry.source`).

        >>> from pstnkit import read_numbers
        >>> first, second = read_numbers("(415) 321-0100"), read_numbers("415-321-0101\\n415-321-0100")
        >>> both = first.merge(second)
        >>> both
        <PasteReport: 3 entries, 2 valid, 1 duplicate, 0 invalid>
        >>> both[2].source, both[2].row, both[2].hint
        (2, 2, 'first listed in row 1 of source 1 (entry 1)')
        """
        from pstnkit.numbering.paste.merging import merged

        for other in others:
            if not isinstance(other, PasteReport):
                raise TypeError(f"a report is merged with reports, not with {type(other).__name__}")
        reports = (self, *others)
        columns = dict.fromkeys(column for report in reports for column in report.columns)
        return PasteReport._of(
            *merged([(report._book, report._indexes(), report._unread) for report in reports]), columns
        )

    @property
    def counts(self) -> Counts:
        """How many entries have each verdict and each reason."""
        if self._counts is None:
            self._counts = Counts(self._codes())
        return self._counts

    @property
    def numbers(self) -> ValidNumbers:
        """The valid numbers: each once, in source order, ranges expanded.

        A range of which some numbers were listed before gives the others here.
        """
        if self._numbers is None:
            self._numbers = ValidNumbers(self._book.records, self._picked)
        return self._numbers

    @property
    def columns(self) -> tuple[ReadColumn, ...]:
        """The columns that were read, and why."""
        return self._columns

    @property
    def sources(self) -> int:
        """How many sources it is on: one, or as many as were merged."""
        return self._book.sources

    @property
    def unread(self) -> UnreadCells:
        """Every other cell that looks like a number: none disappears without a trace."""
        return self._unread

    def to_text(self, *, color: bool | None = None, limit: int | None = None) -> str:
        """A table for people: a symbol and a word for each verdict, in color on a terminal (or as told).

        At most ``limit`` entries, and cells left unread, are shown, if that is given; how many are not is said.
        """
        return "\n".join(self.text_lines(color=color, limit=limit))

    def text_lines(self, *, color: bool | None = None, limit: int | None = None) -> Iterator[str]:
        """The lines of :meth:`to_text`, made as they are asked for."""
        from pstnkit.numbering.paste.views import checked_limit, text_lines

        return text_lines(self, color, checked_limit(limit))

    def to_html(self, *, limit: int | None = None) -> str:
        """The same as a part of a page that needs nothing else: green and red, each with a symbol and a word.

        It suits light and dark surroundings and a screen reader, and foreign text is escaped. At most ``limit``
        entries, and cells left unread, are shown, if that is given; how many are not is said.
        """
        return "\n".join(self.html_lines(limit=limit))

    def html_lines(self, *, limit: int | None = None) -> Iterator[str]:
        """The lines of :meth:`to_html`, made as they are asked for."""
        from pstnkit.numbering.paste.page import html_lines
        from pstnkit.numbering.paste.views import checked_limit

        return html_lines(self, checked_limit(limit))

    def _repr_html_(self) -> str:
        from pstnkit.numbering.paste.views import NOTEBOOK_LIMIT

        return self.to_html(limit=NOTEBOOK_LIMIT)

    def to_csv(self) -> str:
        """The entries as CSV with a header; cells that a spreadsheet would run as formulas are defused.

        For a spreadsheet, write it with the encoding ``utf-8-sig``. Numbers stand in it with dashes, so that
        the spreadsheet leaves them alone.
        """
        return "".join(self.csv_lines())

    def csv_lines(self) -> Iterator[str]:
        """The records of :meth:`to_csv` with their ends, made as they are asked for: ``file.writelines`` takes them."""
        from pstnkit.numbering.paste.views import csv_lines

        return csv_lines(self)

    def to_json(self) -> str:
        """The entire report as one JSON document: entries, counts, columns and what was left unread."""
        from pstnkit.numbering.paste.views import json_pieces

        return "".join(json_pieces(self))

    def json_lines(self) -> Iterator[str]:
        """The entries as JSON Lines with their ends, made as they are asked for: ``file.writelines`` takes them."""
        from pstnkit.numbering.paste.views import json_lines

        return json_lines(self)

    def to_records(self) -> list[dict[str, Any]]:
        """The entries as plain dictionaries, for a data frame or a template."""
        return [entry.to_dict() for entry in self]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, PasteReport):
            return NotImplemented
        same = (self._columns, self._unread, len(self)) == (other._columns, other._unread, len(other))
        return same and all(mine == theirs for mine, theirs in zip(self, other, strict=True))

    __hash__ = None

    def __repr__(self) -> str:
        counts = self.counts
        entries = counted(len(self), "entry", "entries")
        return (
            f"<PasteReport: {entries}, {counts.valid:,} valid, {counts.duplicate:,} duplicate, "
            f"{counts.invalid:,} invalid>"
        )


_M = TypeVar("_M", Verdict, Reason)


def _members(kind: type[_M], wanted: object) -> set[_M] | None:
    """The members of an enum that are named, one or several; None for None."""
    if wanted is None:
        return None
    found: set[_M] = set()
    for name in _several(wanted):
        try:
            found.add(kind(name))
        except ValueError:
            known = ", ".join(kind)
            raise CallerError(f"{name!r} is no {kind.__name__.lower()}; there are {known}") from None
    return found


def _several(wanted: object) -> Iterable[Any]:
    """What is wanted, which may be one thing or several."""
    return wanted if isinstance(wanted, Iterable) and not isinstance(wanted, str | bytes) else (wanted,)
