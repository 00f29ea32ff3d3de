"""How a report is shown: as text, CSV and JSON, and what :mod:`~pstnkit.numbering.paste.page` shares with it.

Every view is made line by line from one walk over the entries, so that a report can be longer than memory. A
verdict is never told by color alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from sys import maxsize
from typing import TYPE_CHECKING, Any, Protocol

from pstnkit.catalog import counted
from pstnkit.errors import CallerError
from pstnkit.numbering.paste.verdicts import Verdict
from pstnkit.numbering.reasons import Reason, quoted
from pstnkit.rendering.color import Style, paint, wants_color
from pstnkit.rendering.escape import csv_cell
from pstnkit.rendering.table import table_lines

if TYPE_CHECKING:
    from pstnkit.numbering.paste.columns import ReadColumn
    from pstnkit.numbering.paste.counts import Counts
    from pstnkit.numbering.paste.entry import Entry
    from pstnkit.numbering.paste.unread import UnreadCells
    from pstnkit.numbering.telephone import TelephoneNumber

SYMBOLS = {Verdict.VALID: "\u2713", Verdict.DUPLICATE: "=", Verdict.INVALID: "\u2717"}
_STYLES = {Verdict.VALID: Style.GREEN, Verdict.DUPLICATE: Style.YELLOW, Verdict.INVALID: Style.RED}
SAID = {verdict: f"{symbol} {verdict}" for verdict, symbol in SYMBOLS.items()}
"""How a verdict is told, in color or not."""
NOTEBOOK_LIMIT = 200
"""How many entries a notebook shows."""
_LONGEST_VALUE = 60


class Listing(Protocol):
    """What is shown of a :class:`~pstnkit.numbering.paste.report.PasteReport`."""

    def __iter__(self) -> Iterator[Entry]: ...
    def __len__(self) -> int: ...
    @property
    def counts(self) -> Counts: ...
    @property
    def numbers(self) -> Sequence[TelephoneNumber]: ...
    @property
    def columns(self) -> tuple[ReadColumn, ...]: ...
    @property
    def sources(self) -> int: ...
    @property
    def unread(self) -> UnreadCells: ...


# --- what the views for people have in common ----------------------------------------------------------------


def shortened(text: str) -> str:
    """The beginning of a long text, with a mark that there is more."""
    return text if len(text) <= _LONGEST_VALUE else f"{text[: _LONGEST_VALUE - 1]}\u2026"


def places(report: Listing) -> tuple[list[str], Callable[[Entry], list[str]]]:
    """The headings of an entry's place, and what stands below them: what is the same for all entries is left out."""
    headings = ["row"]
    if report.sources > 1:
        headings.append("source")
    if len(report.columns) > 1:
        headings.append("column")
    letters = {column.index: column.letter for column in report.columns}

    def place_of(entry: Entry) -> list[str]:
        place = [str(entry.row)]
        if report.sources > 1:
            place.append(str(entry.source))
        if len(report.columns) > 1:
            place.append(letters.get(entry.column, str(entry.column)))
        return place

    return headings, place_of


def number_of(entry: Entry) -> str:
    """The number or range that an entry gives, and its extension."""
    numbers = entry.numbers
    if not numbers:
        return ""
    number = f"{numbers[0]:national}"
    if len(numbers) > 1:
        number = f"{number} to {numbers[-1].line} ({len(numbers):,})"
    return number if entry.extension is None else f"{number} ext. {entry.extension}"


def why(entry: Entry) -> str:
    """What is to be said about an entry, and how to mend it."""
    return "; ".join(part for part in (entry.explanation, entry.hint) if part)


def reasons_of(report: Listing) -> Iterator[str]:
    """How many entries have each reason, the most frequent first; a repetition is counted with the verdicts."""
    for reason, count in report.counts.reasons.items():
        if reason is not Reason.DUPLICATE:
            yield f"{count:,} {reason.replace('_', ' ')}"


def left_out(report: Listing, shown: Iterable[tuple[Verdict, int]]) -> str:
    """What a limit has kept out of a view of which the ``shown`` entries are part; empty if nothing."""
    hidden = {verdict: report.counts[verdict] for verdict in Verdict}
    for verdict, count in shown:
        hidden[verdict] -= count
    total = sum(hidden.values())
    if not total:
        return ""
    parts = ", ".join(f"{count:,} {verdict}" for verdict, count in hidden.items() if count)
    return f"{counted(total, 'more entry is', 'more entries are')} not shown: {parts}"


def checked_limit(limit: object) -> int | None:
    """``limit``, if it is a count of entries or None: :class:`TypeError` or :class:`~pstnkit.errors.CallerError`."""
    if limit is None:
        return None
    if not isinstance(limit, int) or isinstance(limit, bool):
        raise TypeError(f"limit is a count of entries, not {type(limit).__name__} ({quoted(repr(limit))})")
    if limit < 0:
        raise CallerError(f"limit is {limit}, which is no count of entries to show")
    return min(limit, maxsize)


# --- text ----------------------------------------------------------------------------------------------------


def text_lines(report: Listing, color: bool | None, limit: int | None) -> Iterator[str]:
    """The report as a table and what it adds up to, line by line."""
    on = wants_color(color)
    place, place_of = places(report)
    shown = dict.fromkeys(Verdict, 0)

    def rows() -> Iterator[tuple[object, ...]]:
        for entry in islice(report, limit):
            verdict = entry.verdict
            shown[verdict] += 1
            yield *place_of(entry), shortened(entry.value), SAID[verdict], number_of(entry), why(entry)

    styles = {SAID[verdict]: style for verdict, style in _STYLES.items()}

    def painted(row: Sequence[Any], line: str) -> str:
        return paint(line, styles[row[-3]], on=on)

    if len(report) and limit != 0:
        headings = (*place, "entry", "verdict", "number", "why")
        yield from table_lines(headings, rows(), right=[0], paint_row=painted)
        yield ""
    more = left_out(report, shown.items())
    if more:
        yield f"... {more}"
    yield _summary(report)
    reasons = ", ".join(reasons_of(report))
    if reasons:
        yield f"Reasons: {reasons}"
    yield from [f"Read {column}" for column in report.columns] or ["No column holds telephone numbers"]
    yield from _unread_lines(report.unread, limit)


def _summary(report: Listing) -> str:
    counts = report.counts
    return (
        f"{counted(len(report), 'entry', 'entries')}: {counts.valid:,} valid, {counts.duplicate:,} duplicate, "
        f"{counts.invalid:,} invalid; {counted(len(report.numbers), 'number', 'numbers')}"
    )


def _unread_lines(unread: UnreadCells, limit: int | None) -> Iterator[str]:
    if not unread:
        return
    yield "Not read, but like a number:"
    origin = unread_origins(unread)
    cells = (
        (*(getattr(cell, name) or "" for name in origin), cell.row, cell.column, shortened(cell.value))
        for cell in islice(unread, limit)
    )
    headings = (*origin, "row", "column", "cell")
    yield from table_lines(headings, cells, right=[len(origin), len(origin) + 1])
    if limit is not None and len(unread) > limit:
        yield f"... {counted(len(unread) - limit, 'more cell is', 'more cells are')} not shown"


def unread_origins(unread: UnreadCells) -> list[str]:
    """What is to be said of where unread cells are from, by the names of their attributes."""
    told = zip(*unread.origins, strict=True)
    return [name for name, found in zip(("source", "sheet"), told, strict=True) if any(found)]


# --- data ----------------------------------------------------------------------------------------------------


def csv_lines(report: Listing) -> Iterator[str]:
    """The entries as CSV: one record each, ended as RFC 4180 says.

    Numbers are written with dashes: a spreadsheet would make an amount of E.164, and lose its plus.
    """
    several = report.sources > 1
    yield f"row,column,text,value,verdict,reason,hint,first,last,extension{',source' if several else ''}\r\n"
    for entry in report:
        numbers = entry.numbers
        first, last = (f"{numbers[0]:dashed}", f"{numbers[-1]:dashed}") if numbers else ("", "")
        yield (
            f"{entry.row},{entry.column},{csv_cell(_writable(entry.text))},{csv_cell(entry.value)},"
            f"{entry.verdict},{entry.reason or ''},{csv_cell(entry.hint or '')},"
            f"{first},{last},{entry.extension or ''}{f',{entry.source}' if several else ''}\r\n"
        )


def _writable(text: str) -> str:
    """``text`` without the halves of characters that no file can hold."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def json_lines(report: Listing) -> Iterator[str]:
    """The entries as JSON Lines in ASCII: one object each."""
    from json import JSONEncoder

    encode = JSONEncoder().encode
    for entry in report:  # one at a time: an entry may be a range of 10,000 numbers
        yield f"{encode(entry.to_dict())}\n"


def json_pieces(report: Listing) -> Iterator[str]:
    """The report as one JSON document in ASCII, in pieces."""
    from json import dumps

    yield '{"entries": ['
    separator = ""
    for line in json_lines(report):
        yield separator + line.rstrip()
        separator = ", "
    counts = {str(key): count for key, count in report.counts.items()}
    columns = [
        {"index": column.index, "letter": column.letter, "name": column.name, "why": str(column.why)}
        for column in report.columns
    ]
    yield f'], "counts": {dumps(counts)}, "columns": {dumps(columns)}, "unread": ['
    separator = ""
    for cell in report.unread:
        yield separator + dumps(cell.to_dict())
        separator = ", "
    yield "]}"
