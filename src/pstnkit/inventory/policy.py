"""What a seller of numbers decides, as a value: block sizes, how long a hold may live, how fast more can be
had."""

from __future__ import annotations

from collections.abc import Iterable
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


def _sizes(sizes: Iterable[int]) -> tuple[int, ...]:
    found = _tuple(sizes)
    if not all(type(size) is int for size in found):
        raise TypeError(f"block_sizes are ints, such as (10, 100), not {sizes!r}")
    return tuple(sorted(set(found)))


def _tuple(sizes: object) -> tuple[Any, ...]:
    return tuple(sizes) if isinstance(sizes, Iterable) else (sizes,)


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


def _lasting(_policy: object, attribute: attrs.Attribute[Any], time: object) -> None:
    if not isinstance(time, timedelta):
        raise TypeError(f"{attribute.name} is a timedelta, not {type(time).__name__}")
    if time <= timedelta(0):
        raise CallerError(f"{attribute.name}: {time!r} is no length of time")


def _counted(_policy: object, attribute: attrs.Attribute[Any], days: object) -> None:
    if type(days) is not int or days < 1:
        raise CallerError(f"{attribute.name}: {days!r} is not a count of days, from 1 on")


@attrs.frozen
class InventoryPolicy:
    """The rules of an inventory that are a matter of choice.

    Raises :class:`~pstnkit.errors.CallerError` for sizes that do not divide an exchange, times that are no time, days
    that are none, and an order that there is not; :class:`TypeError` for values of another type.

    >>> InventoryPolicy(block_sizes=(1000, 100)).block_sizes
    (100, 1000)
    """

    block_sizes: tuple[int, ...] = attrs.field(default=(10, 50, 100), converter=_sizes, validator=_dividing)
    """The sizes in which blocks are sold, smallest first; each divides the 10,000 lines of an exchange."""
    longest_hold: timedelta = attrs.field(default=timedelta(hours=2), validator=_lasting)
    """How long after it was made a hold may be kept alive by extending it."""
    remembered: timedelta = attrs.field(default=timedelta(days=1), validator=_lasting)
    """How long a hold that has ended is still known by its id, so that a late repetition changes nothing."""
    order: OptionOrder = attrs.field(default=OptionOrder.LOWEST_FIRST, converter=_order)
    """In which order options come, also those of alternatives; an extension plan has an order of its own."""
    advanced_days: int = attrs.field(default=5, validator=_counted)
    """How many days an advanced order takes (SPEC F2); alternatives name it."""


DEFAULT_POLICY = InventoryPolicy()
"""What holds unless told otherwise."""
