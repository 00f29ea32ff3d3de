"""How the summary of an inventory is shown: as lines of text, and as a part of a page with the profile drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from pstnkit.catalog import counted
from pstnkit.rendering.table import text_table

if TYPE_CHECKING:
    from pstnkit.inventory.supply import RateCenter, RunBand, Supply

_BAR_WIDTH = 30
_BOX = "pstnkit-summary"
_FIGURES = range(1, 20)
"""The columns of a table that hold figures."""


class Summed(Protocol):
    """What is shown of an :class:`~pstnkit.inventory.summary.InventorySummary`."""

    @property
    def total(self) -> Supply: ...
    @property
    def by_area_code(self) -> Mapping[str, Supply]: ...
    @property
    def by_rate_center(self) -> Mapping[RateCenter, Supply]: ...
    @property
    def not_placed(self) -> int: ...


def summary_text(summary: Summed, limit: int | None) -> str:
    """A headline, the run-length profile with a bar for each band, and a table of each kind of place."""
    parts = [_headline(summary)]
    if summary.total.numbers:
        most = max(band.numbers for band in summary.total.runs)
        bars = [(*_band(band), "#" * _bar(band, most)) for band in summary.total.runs]
        parts.append(text_table(("runs of", "runs", "numbers", ""), bars, right=(1, 2)))
    for what, header, rows, rest in _places(summary, limit):
        lines = [text_table((what, *header), rows, right=_FIGURES)]
        parts.append("\n".join([*lines, *rest]))
    return "\n\n".join(parts)


def summary_html(summary: Summed, limit: int | None) -> str:
    """The same, with bars that are outlined, so that they do without their color."""
    from pstnkit.rendering.escape import html
    from pstnkit.rendering.theme import boxed, table

    parts = [f"<p>{html(_headline(summary))}</p>"]
    if summary.total.numbers:
        parts.append(_profile(summary.total.runs))
    for what, header, rows, rest in _places(summary, limit):
        parts.append(table(f"By {what}", (what, *header), rows, right=_FIGURES))
        parts += (f'<p class="dim">{html(line)}</p>' for line in rest)
    bar = (
        f".{_BOX}.{_BOX} .bar{{display:inline-block;height:.8em;background:var(--fill);border:1px solid var(--mark);"
        "box-sizing:border-box;vertical-align:-.1em;min-width:1px}"
    )
    return boxed(_BOX, parts, [bar])


def _profile(bands: Sequence[RunBand]) -> str:
    from pstnkit.rendering.theme import Markup, table

    most = max(band.numbers for band in bands)

    def bar(band: RunBand) -> Markup:
        if not band.numbers:
            return Markup()
        width = 16 * band.numbers / most
        return Markup(f'<span class="bar" style="width:{width:.2f}em" aria-hidden="true"></span>')

    return table(
        "Runs", ("runs of", "runs", "numbers", ""), [(*_band(b), bar(b)) for b in bands], right=(1, 2)
    )


def _headline(summary: Summed) -> str:
    total = summary.total
    if total.longest_run is None:
        return "no numbers free"
    exchanges = counted(total.exchanges, "exchange")
    areas = counted(len(summary.by_area_code), "area code")
    longest = f"the longest run has {len(total.longest_run):,}: {total.longest_run}"
    return f"{counted(total.numbers, 'number')} free in {exchanges} of {areas}; {longest}"


def _band(band: RunBand) -> tuple[str, str, str]:
    lengths = (
        f"{band.shortest:,}" if band.shortest == band.longest else f"{band.shortest:,} to {band.longest:,}"
    )
    return lengths, f"{band.runs:,}", f"{band.numbers:,}"


def _bar(band: RunBand, most: int) -> int:
    """The length of a bar: at least 1 for what there is."""
    return -(-_BAR_WIDTH * band.numbers // most)


def _places(
    summary: Summed, limit: int | None
) -> Iterator[tuple[str, tuple[str, ...], list[tuple[str, ...]], list[str]]]:
    """For each kind of place: what it is, the headings behind it, its rows, and what is said below."""
    sizes = tuple(f"blocks of {size:,}" for size in summary.total.blocks)
    header = ("numbers", "exchanges", "longest run", *sizes)
    centers = {
        f"{center.name}, {center.state}" if center.state else center.name: supply
        for center, supply in summary.by_rate_center.items()
    }
    for what, supplies in (("area code", dict(summary.by_area_code)), ("rate center", centers)):
        if not supplies:
            continue
        rows, rest = _rows(what, supplies, limit)
        if what == "rate center" and summary.not_placed:
            rest.append(f"{counted(summary.not_placed, 'number')} in no rate center that the table knows")
        yield what, header, rows, rest


def _rows(
    what: str, supplies: Mapping[str, Supply], limit: int | None
) -> tuple[list[tuple[str, ...]], list[str]]:
    most = sorted(supplies, key=lambda name: -supplies[name].numbers)
    shown = frozenset(most[:limit])
    rows = [
        (
            name,
            f"{supply.numbers:,}",
            f"{supply.exchanges:,}",
            f"{len(supply.longest_run or ()):,}",
            *(f"{count:,}" for count in supply.blocks.values()),
        )
        for name, supply in supplies.items()
        if name in shown
    ]
    left = len(supplies) - len(shown)
    if not left:
        return rows, []
    numbers = sum(supply.numbers for name, supply in supplies.items() if name not in shown)
    return rows, [f"... and {counted(left, f'more {what}')} with {counted(numbers, 'number')}"]
