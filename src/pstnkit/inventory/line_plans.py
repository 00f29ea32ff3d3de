"""Extension plans: which of the wanted line endings an exchange can serve, and which it lacks.

Each wanted ending asks for a number of its own. Endings of different lengths may compete for one (``"01"``
and ``"3301"``): the longer ones choose first, because every number that suits them also suits the same
shorter ones, so that no choice can spoil another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from pstnkit.inventory.patterns import ANY, lines_like
from pstnkit.numbering.telephone import Exchange, TelephoneNumber


@attrs.frozen
class LinePlan:
    """What one exchange has of the line numbers wanted.

    >>> [plan] = line_plans(("2001", "2002"), [(415_555, 1 << 2001)])
    >>> plan.exchange, plan.found, plan.missing
    (Exchange('415555'), {'2001': TelephoneNumber('+14155552001')}, ('2002',))
    """

    exchange: Exchange
    found: Mapping[str, TelephoneNumber]
    """A number for each ending that can be had, in the order in which they were asked for."""
    missing: tuple[str, ...]
    """The endings that cannot be had here, in the same order."""


def line_plans(endings: tuple[str, ...], fields: Iterable[tuple[int, int]]) -> tuple[LinePlan, ...]:
    """The plan of each exchange that has at least one of the ``endings``: most matches first, then lowest
    exchange.

    ``fields`` are exchanges of six digits with their free lines as bitmaps.
    """
    by_length = sorted(endings, key=len, reverse=True)
    masks = {ending: lines_like(ending.rjust(4, ANY)) for ending in endings}
    plans = []
    for code, bitmap in fields:
        lines: dict[str, int] = {}
        for ending in by_length:
            if suiting := bitmap & masks[ending]:
                lowest = suiting & -suiting
                bitmap ^= lowest
                lines[ending] = lowest.bit_length() - 1
        if lines:
            found = {e: TelephoneNumber._of(code * 10_000 + lines[e]) for e in endings if e in lines}
            plans.append(LinePlan(Exchange._of(code), found, tuple(e for e in endings if e not in lines)))
    return tuple(sorted(plans, key=lambda plan: (len(plan.missing), plan.exchange)))
