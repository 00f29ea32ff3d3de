"""What a seller of numbers decides, as a value: block sizes, how long a hold may live, how fast more can be
had."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Any

import attrs

from pstnkit.errors import CallerError
from pstnkit.numbering.bits import LINES


class OptionOrder(StrEnum):
    """In which order the options of a search come."""

    LOWEST_FIRST = "lowest_first"
    """By number."""
    BEST_FIT = "best_fit"
    """Those that break the fewest larger runs first: out of the shortest free run that is long enough, and at the end
    of it at which the fewest whole blocks are broken; the lowest of equals. Numbers in a row last longer."""


def _sorted(sizes: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sorted(set(sizes)))


def _order(order: OptionOrder | str) -> OptionOrder:
    try:
        return OptionOrder(order)
    except ValueError:
        known = " and ".join(OptionOrder)
        raise CallerError(f"{order!r} is no order of options; there are {known}") from None


def _dividing(_policy: object, _attribute: object, sizes: tuple[int, ...]) -> None:
    for size in sizes:
        if size < 1 or LINES % size:
            raise CallerError(f"blocks of {size} do not divide the {LINES:,} lines of an exchange")


def _lasting(_policy: object, attribute: attrs.Attribute[Any], time: timedelta) -> None:
    if time <= timedelta(0):
        raise CallerError(f"{attribute.name}: {time!r} is no length of time")


@attrs.frozen
class InventoryPolicy:
    """The rules of an inventory that are a matter of choice.

    Raises :class:`~pstnkit.errors.CallerError` for sizes that do not divide an exchange, times that are no time, and an
    order that there is not.

    >>> InventoryPolicy(block_sizes=(1000, 100)).block_sizes
    (100, 1000)
    """

    block_sizes: tuple[int, ...] = attrs.field(default=(10, 50, 100), converter=_sorted, validator=_dividing)
    """The sizes in which blocks are sold, smallest first; each divides the 10,000 lines of an exchange."""
    longest_hold: timedelta = attrs.field(default=timedelta(hours=2), validator=_lasting)
    """How long after it was made a hold may be kept alive by extending it."""
    remembered: timedelta = attrs.field(default=timedelta(days=1), validator=_lasting)
    """How long a hold that has ended is still known by its id, so that a late repetition changes nothing."""
    order: OptionOrder = attrs.field(default=OptionOrder.LOWEST_FIRST, converter=_order)
    """In which order options come, also those of alternatives; an extension plan has an order of its own."""
    advanced_days: int = 5
    """How many days an advanced order takes (SPEC F2); alternatives name it."""


DEFAULT_POLICY = InventoryPolicy()
"""What holds unless told otherwise."""
