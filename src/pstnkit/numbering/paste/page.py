"""A report as a part of a page: it needs nothing else, and can be read by eye, by ear, in light and in the dark.

The colors of text and paper are set together, so that what surrounds them cannot make one of them vanish. Each
verdict is a symbol and a word; headings and rows are marked as such for a screen reader, which skips the symbols.
What was pasted is escaped, and keeps its direction of writing to itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from pstnkit.catalog import counted
from pstnkit.numbering.paste.verdicts import Verdict
from pstnkit.numbering.paste.views import (
    SYMBOLS,
    Listing,
    left_out,
    number_of,
    places,
    reasons_of,
    shortened,
    why,
)
from pstnkit.rendering.escape import html

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pstnkit.numbering.paste.entry import Entry, UnreadCell

LIGHT = {
    "paper": "#ffffff",
    "ink": "#1f2328",
    "dim": "#57606a",
    "line": "#d0d7de",
    "valid": "#116329",
    "valid-paper": "#ecf8ef",
    "duplicate": "#7a4b00",
    "duplicate-paper": "#fff6e0",
    "invalid": "#b3261e",
    "invalid-paper": "#fff0ee",
}
"""The colors in the light: green and red as SPEC P2 asks."""
DARK = {
    "paper": "#15191f",
    "ink": "#e6edf3",
    "dim": "#9aa5b1",
    "line": "#3a424c",
    "valid": "#56d364",
    "valid-paper": "#12261a",
    "duplicate": "#e3b341",
    "duplicate-paper": "#2b2311",
    "invalid": "#ff8f85",
    "invalid-paper": "#33191a",
}
"""The colors in the dark."""

_LIT = '[data-jp-theme-light="true"],[data-theme="light"],.vscode-light'
_UNLIT = '[data-jp-theme-light="false"],[data-theme="dark"],.vscode-dark'
"""How notebooks and pages say that they are light or dark, whatever the system prefers."""
_BOX = ".pstnkit-paste"


def _colors(palette: dict[str, str], scheme: str) -> str:
    return f"color-scheme:{scheme};" + ";".join(f"--{name}:{color}" for name, color in palette.items())


def _style() -> str:
    """The style sheet. The table's rules name the box twice, so that they outweigh a notebook's own."""
    box, table = f"{_BOX}{_BOX}", f"{_BOX}{_BOX} table"
    rules = [
        f"{_BOX}{{{_colors(LIGHT, 'light')}}}",
        f"@media (prefers-color-scheme:dark){{{_BOX}{{{_colors(DARK, 'dark')}}}}}",
        f":is({_LIT}) {_BOX}{{{_colors(LIGHT, 'light')}}}",
        f":is({_UNLIT}) {_BOX}{{{_colors(DARK, 'dark')}}}",
        f"{box}{{background:var(--paper);color:var(--ink);border:1px solid var(--line);border-radius:8px;"
        "font:14px/1.5 system-ui,sans-serif;padding:12px 16px;max-width:72em;box-sizing:border-box}",
        f"{box} :is(p,ul,details){{margin:6px 0 0;padding:0}}{box} ul{{padding-left:20px}}",
        f"{box} .wide{{overflow-x:auto}}",
        f"{table}{{border-collapse:collapse;width:100%;margin:0;font-size:inherit;color:inherit;border:0}}",
        f"{table} caption{{caption-side:top;text-align:left;padding:0 0 10px;color:inherit;font-weight:600;"
        "font-size:inherit}",
        f"{table} caption>span{{display:inline-block;border-radius:999px;padding:0 10px;margin-left:8px;"
        "white-space:nowrap}",
        f"{table} :is(th,td){{text-align:left;vertical-align:baseline;padding:5px 12px 5px 8px;border:0;"
        "border-top:1px solid var(--line);background:none;color:inherit;max-width:none;white-space:normal}",
        f"{table} thead th{{border-top:0;color:var(--dim);font-weight:600}}",
        f"{table} tbody tr{{background:none}}",
        f"{table} tbody th{{color:var(--dim);font-weight:400;text-align:right;font-variant-numeric:tabular-nums}}",
        f"{table} .entry{{min-width:11em;overflow-wrap:anywhere}}",
        f"{table} .number{{white-space:nowrap;font-variant-numeric:tabular-nums}}",
        f"{table} .verdict{{white-space:nowrap;font-weight:600}}",
        f"{box} :is(.why,.foot){{color:var(--dim)}}{box} .foot+.foot{{margin-top:0}}",
    ]
    for verdict in Verdict:
        rules.append(f"{table} caption .{verdict},{table} .{verdict} .verdict{{color:var(--{verdict})}}")
        rules.append(f"{table} caption .{verdict}{{background:var(--{verdict}-paper)}}")
        rules.append(f"{table} .{verdict}>th{{box-shadow:inset 4px 0 0 var(--{verdict})}}")
    rules.append(f"{table} tbody tr.invalid{{background:var(--invalid-paper)}}")
    rules.append(f"{table} tbody tr.invalid>*{{color:var(--ink)}}")
    rules.append(f"{table} tbody tr.invalid>.verdict{{color:var(--invalid)}}")
    return "\n".join(rules)


def html_lines(report: Listing, limit: int | None) -> Iterator[str]:
    """The report as an HTML fragment, line by line: a captioned table with header cells, and notes below it."""
    yield '<div class="pstnkit-paste" lang="en" dir="ltr">'
    yield f"<style>\n{_style()}\n</style>"
    shown = dict.fromkeys(Verdict, 0)
    if len(report):
        yield '<div class="wide" role="region" aria-label="Entries of the list" tabindex="0">'
        place, place_of = places(report)
        yield from _table_head(report, place)
        for entry in islice(report, limit):
            shown[entry.verdict] += 1
            yield _row(entry, *place_of(entry))
        yield "</tbody></table></div>"
    else:
        yield "<p>No entries were read.</p>"
    more = left_out(report, shown.items())
    if more:
        yield f"<p>{more}.</p>"
    reasons = ", ".join(reasons_of(report))
    if reasons:
        yield f'<p class="foot">Reasons: {reasons}.</p>'
    said = [f"Read {column}." for column in report.columns] or ["No column holds telephone numbers."]
    yield from (f'<p class="foot"><bdi>{html(line)}</bdi></p>' for line in said)
    yield from _unread(report.unread, limit)
    yield "</div>"


def _table_head(report: Listing, place: Sequence[str]) -> Iterator[str]:
    counts = report.counts
    badges = " ".join(
        f'<span class="{verdict}">{_symbol(verdict)} {counts[verdict]:,} {verdict}</span>'
        for verdict in Verdict
    )
    numbers = counted(len(report.numbers), "number", "numbers")
    yield f"<table><caption>{counted(len(report), 'entry', 'entries')}, {numbers}: {badges}</caption>"
    headings = (*place, "entry", "verdict", "number", "why")
    cells = "".join(f'<th scope="col">{heading}</th>' for heading in headings)
    yield f"<thead><tr>{cells}</tr></thead><tbody>"


def _row(entry: Entry, row: str, *rest: str) -> str:
    verdict = entry.verdict
    place = "".join(f"<td>{part}</td>" for part in rest)
    return (
        f'<tr class="{verdict}"><th scope="row">{row}</th>{place}'
        f'<td class="entry"><bdi>{html(shortened(entry.value))}</bdi></td>'
        f'<td class="verdict">{_symbol(verdict)} {verdict}</td>'
        f'<td class="number">{html(number_of(entry))}</td><td class="why">{html(why(entry))}</td></tr>'
    )


def _symbol(verdict: Verdict) -> str:
    return f'<span aria-hidden="true">{SYMBOLS[verdict]}</span>'


def _unread(unread: Sequence[UnreadCell], limit: int | None) -> Iterator[str]:
    if not unread:
        return
    cells = counted(len(unread), "cell was not read, but looks", "cells were not read, but look")
    yield f"<details><summary>{cells} like a number</summary>"
    yield "<ul>"
    for cell in islice(unread, limit):
        origin = "".join(f"{name} {told}, " for name in ("source", "sheet") if (told := getattr(cell, name)))
        place = html(f"{origin}row {cell.row}, column {cell.column}")
        yield f"<li><bdi>{place}</bdi>: <bdi>{html(shortened(cell.value))}</bdi></li>"
    yield "</ul>"
    if limit is not None and len(unread) > limit:
        yield f"<p>{counted(len(unread) - limit, 'more cell is', 'more cells are')} not shown.</p>"
    yield "</details>"
