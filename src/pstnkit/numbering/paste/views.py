"""How a report is shown: as text, HTML, CSV and JSON. A verdict is never told by color alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from pstnkit.numbering.paste.verdicts import Verdict
from pstnkit.rendering.color import Style, paint, wants_color
from pstnkit.rendering.escape import csv_cell, html
from pstnkit.rendering.table import text_table

if TYPE_CHECKING:
    from pstnkit.numbering.paste.columns import ReadColumn
    from pstnkit.numbering.paste.counts import Counts
    from pstnkit.numbering.paste.entry import Entry, UnreadCell
    from pstnkit.numbering.telephone import TelephoneNumber

_SYMBOLS = {Verdict.VALID: "\u2713", Verdict.DUPLICATE: "=", Verdict.INVALID: "\u2717"}
_STYLES = {Verdict.VALID: Style.GREEN, Verdict.DUPLICATE: Style.YELLOW, Verdict.INVALID: Style.RED}
_HTML_COLORS = {Verdict.VALID: "#116329", Verdict.DUPLICATE: "#7d4e00", Verdict.INVALID: "#b3261e"}
_HEADINGS = ("row", "entry", "verdict", "number", "why")
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
    def unread(self) -> tuple[UnreadCell, ...]: ...


def _shown(text: str) -> str:
    return text if len(text) <= _LONGEST_VALUE else f"{text[: _LONGEST_VALUE - 1]}\u2026"


def _number_of(entry: Entry) -> str:
    """The number or range that an entry gives, and its extension."""
    numbers = entry.numbers
    if not numbers:
        return ""
    number = f"{numbers[0]:national}"
    if len(numbers) > 1:
        number = f"{number} to {numbers[-1].line} ({len(numbers):,})"
    return number if entry.extension is None else f"{number} ext. {entry.extension}"


def _why(entry: Entry) -> str:
    said = [part for part in (entry.explanation, entry.hint) if part]
    return "; ".join(said)


def _summary(report: Listing) -> str:
    counts = report.counts
    numbers = len(report.numbers)
    entries = "entry" if len(report) == 1 else "entries"
    return (
        f"{len(report):,} {entries}: {counts.valid:,} valid, {counts.duplicate:,} duplicate, "
        f"{counts.invalid:,} invalid; {numbers:,} {'number' if numbers == 1 else 'numbers'}"
    )


def to_text(report: Listing, color: bool | None) -> str:
    """The report as a table and a summary."""
    on = wants_color(color)
    entries = list(report)
    lines = []
    if entries:
        rows = [
            (
                entry.row,
                _shown(entry.value),
                f"{_SYMBOLS[entry.verdict]} {entry.verdict}",
                _number_of(entry),
                _why(entry),
            )
            for entry in entries
        ]

        def painted(index: int, line: str) -> str:
            return paint(line, _STYLES[entries[index].verdict], on=on)

        lines += [text_table(_HEADINGS, rows, right=[0], paint_row=painted), ""]
    lines.append(_summary(report))
    lines += [f"Read {column}" for column in report.columns] or ["No column holds telephone numbers"]
    if report.unread:
        lines.append("Not read, but like a number:")
        cells = [(cell.sheet or "", cell.row, cell.column, _shown(cell.value)) for cell in report.unread]
        lines.append(text_table(("sheet", "row", "column", "cell"), cells, right=[1, 2]))
    return "\n".join(lines)


def to_html(report: Listing) -> str:
    """The report as an HTML fragment: a captioned table with header cells, and lists below it."""
    head = "".join(f'<th scope="col">{heading}</th>' for heading in _HEADINGS)
    body = "\n".join(map(_html_row, report))
    parts = [
        '<table class="pstnkit-paste">',
        f"<caption>{html(_summary(report))}</caption>",
        f"<thead><tr>{head}</tr></thead>",
        f"<tbody>\n{body}\n</tbody>",
        "</table>",
    ]
    if report.unread:
        items = "".join(
            f"<li>row {cell.row}, column {cell.column}: {html(_shown(cell.value))}</li>"
            for cell in report.unread
        )
        parts.append(f"<p>Not read, but like a number:</p><ul>{items}</ul>")
    return "\n".join(parts)


def _html_row(entry: Entry) -> str:
    style = f"color:{_HTML_COLORS[entry.verdict]}"
    symbol = f'<span aria-hidden="true">{_SYMBOLS[entry.verdict]}</span>'
    cells = (
        f"<td>{entry.row}</td>",
        f"<td>{html(_shown(entry.value))}</td>",
        f'<td style="{style}">{symbol} {entry.verdict}</td>',
        f"<td>{html(_number_of(entry))}</td>",
        f"<td>{html(_why(entry))}</td>",
    )
    return f'<tr class="{entry.verdict}">{"".join(cells)}</tr>'


def to_csv(report: Listing) -> str:
    """The entries as CSV: one line each, lines ended as RFC 4180 says."""
    lines = ["row,column,text,value,verdict,reason,hint,first,last,extension"]
    for entry in report:
        numbers = entry.numbers
        cells: tuple[Any, ...] = (
            entry.row,
            entry.column,
            _writable(entry.text),
            entry.value,
            entry.verdict,
            entry.reason or "",
            entry.hint or "",
            numbers[0] if numbers else "",
            numbers[-1] if numbers else "",
            entry.extension or "",
        )
        lines.append(",".join(csv_cell(str(cell)) for cell in cells))
    return "\r\n".join(lines) + "\r\n"


def _writable(text: str) -> str:
    """``text`` without the halves of characters that no file can hold."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def to_json(report: Listing) -> str:
    """The report as one JSON document in ASCII."""
    import json

    return json.dumps(
        {
            "entries": [entry.to_dict() for entry in report],
            "counts": {str(key): count for key, count in report.counts.items()},
            "columns": [
                {"index": column.index, "letter": column.letter, "name": column.name, "why": str(column.why)}
                for column in report.columns
            ],
            "unread": [
                {
                    "text": cell.text,
                    "value": cell.value,
                    "row": cell.row,
                    "column": cell.column,
                    "start": cell.start,
                    "end": cell.end,
                }
                | ({} if cell.sheet is None else {"sheet": cell.sheet})
                for cell in report.unread
            ],
        }
    )
