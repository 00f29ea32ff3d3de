"""How answers are shown: as lines of text, and as a part of a page in a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from pstnkit.catalog import counted
from pstnkit.rendering.escape import html

if TYPE_CHECKING:
    from pstnkit.inventory.alternatives import Alternative
    from pstnkit.inventory.exchange_map import ExchangeMap
    from pstnkit.inventory.query import SearchQuery
    from pstnkit.numbering.ranges import NumberRange

_ALTERNATIVE_RANGES = 3


class Answer(Protocol):
    """What is shown of a :class:`~pstnkit.inventory.result.SearchResult`."""

    query: SearchQuery
    options: tuple[NumberRange, ...]

    @property
    def next(self) -> str | None: ...
    @property
    def available(self) -> int: ...
    @property
    def satisfied(self) -> bool: ...
    @property
    def alternatives(self) -> tuple[Alternative, ...]: ...
    @property
    def notes(self) -> tuple[str, ...]: ...
    def map(self) -> ExchangeMap: ...


def result_text(result: Answer) -> str:
    """A summary, the options, the alternatives and the notes, one to a line."""
    lines = [_summary(result), *(f"  {range_text(option)}" for option in result.options)]
    if result.next is not None:
        lines.append("  ... and more")
    if result.alternatives:
        lines.append("Instead:")
        lines += (f"  {text}" for text in _alternatives(result))
    lines += (f"Note: {note}" for note in result.notes)
    return "\n".join(lines)


def result_html(result: Answer) -> str:
    """The same as a part of a page, for light and dark surroundings, with the first exchange drawn to be unfolded."""
    from pstnkit.rendering.theme import boxed, table

    parts = []
    if result.options:
        rows = [(range_text(option), f"{len(option):,}", option.exchange) for option in result.options]
        parts.append(table(_summary(result), ("numbers", "count", "exchange"), rows, right=(1,)))
        if result.next is not None:
            parts.append('<p class="dim">... and more</p>')
        drawn = result.map()
        parts.append(
            f"<details><summary>Exchange {drawn.exchange} as a map</summary>{drawn.to_svg()}</details>"
        )
    else:
        parts.append(f"<p><strong>{html(_summary(result))}</strong></p>")
    if result.alternatives:
        items = "".join(f"<li>{html(text)}</li>" for text in _alternatives(result))
        parts.append(f"<p>Instead:</p><ul>{items}</ul>")
    parts += (f'<p class="dim">Note: {html(note)}</p>' for note in result.notes)
    return boxed("pstnkit-search", parts)


def _summary(result: Answer) -> str:
    query = result.query
    listed = len(result.options)
    if query.in_runs:
        thing = "block" if query.block else "run"
        things = f"{thing}{'' if listed == 1 else 's'} of {query.quantity:,}"
    else:
        things = f"number{'' if listed == 1 else 's'}"
    wanted = "" if query.in_runs or result.satisfied else f", of {query.quantity:,} wanted"
    return f"{listed or 'no'} {things} listed{wanted}; {counted(result.available, 'number')} available"


def _alternatives(result: Answer) -> list[str]:
    texts = []
    for alternative in result.alternatives:
        named = ", ".join(map(range_text, alternative.ranges[:_ALTERNATIVE_RANGES]))
        more = len(alternative.ranges) - _ALTERNATIVE_RANGES
        tail = f" and {more} more" if more > 0 else ""
        texts.append(f"{alternative.explanation}{f': {named}{tail}' if named else ''}")
    return texts


def range_text(stretch: NumberRange) -> str:
    """A range in words of a message: its ends, or its only number."""
    return str(stretch.first) if len(stretch) == 1 else str(stretch)
