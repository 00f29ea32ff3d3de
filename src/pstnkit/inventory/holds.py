"""A hold: numbers kept for one owner, and what has become of that."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import attrs

from pstnkit.numbering.ranges import NumberRange


class HoldStatus(StrEnum):
    """What has become of a hold."""

    HELD = "held"
    """Its numbers are kept from everybody else until it expires."""
    PURCHASED = "purchased"
    """Its numbers are sold, and out of the inventory until they are given back."""
    RELEASED = "released"
    """It was let go: its numbers are free."""
    EXPIRED = "expired"
    """Its time ran out: its numbers are free."""
    GIVEN_BACK = "given_back"
    """All that was purchased has come back: its numbers are free."""


@attrs.frozen
class Hold:
    """Numbers kept for one owner, all or none of them, and what has become of that.

    A hold is a record of one moment: each change of it gives a new one under the same ``id``.
    """

    id: str
    owner: str
    numbers: tuple[NumberRange, ...]
    """Lowest first, merged; never changed afterwards."""
    held_at: datetime
    expires_at: datetime
    """The moment at which it ends by itself, if it is not purchased first. At that moment it has ended."""
    extendable_until: datetime
    """The latest ``expires_at`` that extending it can reach."""
    status: HoldStatus = HoldStatus.HELD
    given_back: tuple[NumberRange, ...] = ()
    """What has come back of a purchase so far."""
    ended_at: datetime | None = None
    """When its numbers became free for good: released, expired or given back."""

    @property
    def count(self) -> int:
        """How many numbers it is about."""
        return sum(map(len, self.numbers))
