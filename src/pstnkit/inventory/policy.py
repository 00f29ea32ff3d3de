"""What a seller of numbers decides, as a value: block sizes, how long a hold may live, how fast more can be
had."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import attrs

from pstnkit.errors import CallerError
from pstnkit.numbering.bits import LINES


def _sorted(sizes: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sorted(set(sizes)))


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

    Raises :class:`~pstnkit.errors.CallerError` for sizes that do not divide an exchange, and times that are
    no time.

    >>> InventoryPolicy(block_sizes=(1000, 100)).block_sizes
    (100, 1000)
    """

    block_sizes: tuple[int, ...] = attrs.field(default=(10, 50, 100), converter=_sorted, validator=_dividing)
    """The sizes in which blocks are sold, smallest first; each divides the 10,000 lines of an exchange."""
    longest_hold: timedelta = attrs.field(default=timedelta(hours=2), validator=_lasting)
    """How long after it was made a hold may be kept alive by extending it."""
    remembered: timedelta = attrs.field(default=timedelta(days=1), validator=_lasting)
    """How long a hold that has ended is still known by its id, so that a late repetition changes nothing."""
    advanced_days: int = 5
    """How many days an advanced order takes (SPEC F2); alternatives name it."""


DEFAULT_POLICY = InventoryPolicy()
"""What holds unless told otherwise."""
