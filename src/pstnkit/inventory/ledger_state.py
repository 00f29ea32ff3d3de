"""The state that holds live in: what the ledger's rules read and make anew.

An inventory in which nothing is held yet needs no :class:`~pstnkit.inventory.holds.Hold`: the class is loaded when
there are some.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from pstnkit.inventory.persistent import Map, Queue

if TYPE_CHECKING:
    from datetime import datetime

    from pstnkit.inventory.holds import Hold
    from pstnkit.numbering.numberset import NumberSet


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

    def keeping(self, owner: str | None = None) -> Iterator[Hold]:
        """The holds that keep numbers, of one owner or of all."""
        from pstnkit.inventory.holds import HoldStatus

        owned = self.holds if owner is None else self.owners.get(owner)
        for id, _ in owned.items() if owned is not None else ():
            hold = self.holds.get(id)
            if hold is not None and hold.status is HoldStatus.HELD:
                yield hold
