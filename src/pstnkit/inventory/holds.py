"""A hold and the state that holds live in: what the ledger's rules read and make anew."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

import attrs

from pstnkit.inventory.persistent import Map, Queue
from pstnkit.numbering.numberset import NumberSet
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


class Share(NamedTuple):
    """A stretch of ten-digit ints that one hold has taken."""

    first: int
    last: int
    hold: str


class LedgerState:
    """All that is known of free, held and sold numbers at one moment. Never changed: each step makes a new
    one.

    What two states have in common they share, so that a step costs what it changes, however many holds there
    are.
    """

    __slots__ = ("clock", "deadlines", "free", "holds", "owners", "serial", "taken")

    def __init__(
        self,
        free: NumberSet,
        *,
        holds: Map[str, Hold] | None = None,
        owners: Map[str, Map[str, str]] | None = None,
        taken: Map[int, tuple[Share, ...]] | None = None,
        deadlines: Queue[tuple[datetime, str]] | None = None,
        clock: datetime | None = None,
        serial: int = 0,
    ) -> None:
        self.free = free
        """What nobody has taken. Not to be changed: take a copy."""
        self.holds: Map[str, Hold] = Map() if holds is None else holds
        """Every hold that is remembered, by its id."""
        self.owners: Map[str, Map[str, str]] = Map() if owners is None else owners
        """The ids of the holds that keep or have bought numbers, by owner."""
        self.taken: Map[int, tuple[Share, ...]] = Map() if taken is None else taken
        """Who has what: the shares by ten-digit int without its last two digits, lowest first."""
        self.deadlines: Queue[tuple[datetime, str]] = Queue() if deadlines is None else deadlines
        """When a hold expires or may be forgotten; entries of holds that have moved on are passed over."""
        self.clock = clock
        """The latest moment that the ledger has been told of: for it, time never runs backward."""
        self.serial = serial
        """How many ids it has made up."""

    def holder(self, digits: int) -> Hold | None:
        """The hold that has the number of these ten digits, held or purchased, or None."""
        for share in self.taken.get(digits // 100) or ():
            if share.first <= digits <= share.last:
                return self.holds.get(share.hold)
        return None
