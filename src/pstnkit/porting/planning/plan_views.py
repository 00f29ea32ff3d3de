"""How a plan of ports is shown: as lines of text, and as a part of a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from pstnkit.catalog import counted
from pstnkit.porting.planning.cautions import Caution
from pstnkit.porting.planning.cuts import Cut
from pstnkit.porting.planning.facts import center_in_words
from pstnkit.porting.planning.obstacles import CannotPort, Undecided, listed
from pstnkit.porting.planning.planned import PlannedPort
from pstnkit.rendering.table import text_table

_BOX = "pstnkit-port-plan"
_HEADER = ("order", "numbers", "losing carrier", "type", "BTN", "rate center", "simple", "which numbers")
_RIGHT = (0, 1)


class Shown(Protocol):
    """What is shown of a :class:`~pstnkit.porting.planning.port_plan.PortPlan`."""

    @property
    def orders(self) -> tuple[PlannedPort, ...]: ...
    @property
    def cuts(self) -> tuple[Cut, ...]: ...
    @property
    def cautions(self) -> tuple[Caution, ...]: ...
    @property
    def cannot(self) -> tuple[CannotPort, ...]: ...
    @property
    def undecided(self) -> tuple[Undecided, ...]: ...
    @property
    def proven(self) -> bool: ...
    @property
    def quantity(self) -> int: ...


def plan_text(plan: Shown, limit: int | None) -> str:
    """A headline, a table of the orders, and what is said about them in lists."""
    parts = [_headline(plan)]
    if plan.orders:
        rows = [_row(order) for order in plan.orders[:limit]]
        parts.append(
            "\n".join([text_table(_HEADER, rows, right=_RIGHT), *_more(plan.orders, "order", limit)])
        )
    for heading, said, thing in _lists(plan):
        lines = [f"- {line}" for line in map(str, said[:limit])]
        parts.append("\n".join([f"{heading}:", *lines, *_more(said, thing, limit)]))
    return "\n\n".join(parts)


def plan_html(plan: Shown, limit: int | None) -> str:
    """The same for a page."""
    from pstnkit.rendering.escape import html
    from pstnkit.rendering.theme import boxed, table

    parts = [f"<p>{html(_headline(plan))}</p>"]
    if plan.orders:
        rows = [_row(order) for order in plan.orders[:limit]]
        parts.append(table("Orders", _HEADER, rows, right=_RIGHT))
        parts += (f'<p class="dim">{html(line)}</p>' for line in _more(plan.orders, "order", limit))
    for heading, said, thing in _lists(plan):
        items = "".join(f"<li>{html(str(line))}</li>" for line in said[:limit])
        parts.append(f"<p>{html(heading)}:</p><ul>{items}</ul>")
        parts += (f'<p class="dim">{html(line)}</p>' for line in _more(said, thing, limit))
    return boxed(_BOX, parts)


def _headline(plan: Shown) -> str:
    numbers = counted(plan.quantity, "number", "numbers")
    told = f"{numbers} in {counted(len(plan.orders), 'order', 'orders')}"
    if stopped := sum(obstacle.quantity for obstacle in plan.cannot):
        told += f"; {stopped:,} cannot port"
    if unreadable := sum(not obstacle.numbers for obstacle in plan.cannot):
        told += f"; {counted(unreadable, 'entry gives', 'entries give')} no number"
    if undecided := sum(one.quantity for one in plan.undecided):
        told += f"; {undecided:,} undecided"
    return told if plan.proven else f"{told}; a longer search might find a plan with fewer orders or cuts"


def _lists(plan: Shown) -> Iterator[tuple[str, Sequence[object], str]]:
    lists: tuple[tuple[str, Sequence[object], str], ...] = (
        ("Why there are several orders", plan.cuts, "cut"),
        ("To mind", plan.cautions, "caution"),
        ("Cannot port", plan.cannot, "reason"),
        ("Undecided", plan.undecided, "question"),
    )
    return (one for one in lists if one[1])


def _more(said: Sequence[object], thing: str, limit: int | None) -> list[str]:
    left = 0 if limit is None else len(said) - limit
    return [f"... and {counted(left, f'more {thing}', f'more {thing}s')}"] if left > 0 else []


def _row(order: PlannedPort) -> tuple[object, ...]:
    facts = order.facts
    centers = [center_in_words(center) for center in order.rate_centers]
    return (
        order.position,
        f"{order.quantity:,}",
        facts.losing_carrier,
        facts.port_type.value.replace("_", "-") if facts.port_type else "",
        facts.btn or "",
        "; ".join(centers[:2]) + (f"; and {len(centers) - 2:,} more" if len(centers) > 2 else ""),
        order.simplicity.answer.value.replace("_", " "),
        listed(order.numbers, 2),
    )
