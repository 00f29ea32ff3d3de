"""The report of a paste: a sequence of entries, what they add up to, and how it is shown (SPEC P2)."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, final, overload

from pstnkit.numbering.paste.counts import Counts
from pstnkit.numbering.paste.entry import Entry, UnreadCell
from pstnkit.numbering.paste.valid_numbers import ValidNumbers
from pstnkit.numbering.paste.verdicts import Verdict

if TYPE_CHECKING:
    from pstnkit.numbering.paste.columns import ReadColumn


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

    def to_text(self, *, color: bool | None = None, limit: int | None = None) -> str:
        """A table for people: a symbol and a word for each verdict, in color on a terminal (or as told).

        At most ``limit`` entries, and cells left unread, are shown, if that is given; how many are not is said.
        """
        return "\n".join(self.text_lines(color=color, limit=limit))

    def text_lines(self, *, color: bool | None = None, limit: int | None = None) -> Iterator[str]:
        """The lines of :meth:`to_text`, made as they are asked for."""
        from pstnkit.numbering.paste.views import text_lines

        return text_lines(self, color, limit)

    def to_html(self, *, limit: int | None = None) -> str:
        """The same as a part of a page that needs nothing else: green and red, each with a symbol and a word.

        It suits light and dark surroundings and a screen reader, and foreign text is escaped. At most ``limit``
        entries, and cells left unread, are shown, if that is given; how many are not is said.
        """
        return "\n".join(self.html_lines(limit=limit))

    def html_lines(self, *, limit: int | None = None) -> Iterator[str]:
        """The lines of :meth:`to_html`, made as they are asked for."""
        from pstnkit.numbering.paste.page import html_lines

        return html_lines(self, limit)

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
        return [entry.to_dict() for entry in self._entries]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, PasteReport):
            return NotImplemented
        return (self._entries, self._columns, self._unread) == (other._entries, other._columns, other._unread)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        counts = self.counts
        return (
            f"<PasteReport: {len(self):,} entries, {counts.valid:,} valid, {counts.duplicate:,} duplicate, "
            f"{counts.invalid:,} invalid>"
        )
