"""What a ledger can be asked, and what comes of it: the words of :mod:`pstnkit.inventory.ledger`."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

import attrs

from pstnkit.inventory.holds import Hold
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.ranges import NumberRange


@attrs.frozen
class Take:
    """Hold ``numbers`` (not empty; merged, lowest first) for ``owner`` for ``ttl``, under an id or a made-up
    one."""

    numbers: tuple[NumberRange, ...]
    owner: str
    ttl: timedelta
    id: str | None = None


@attrs.frozen
class Extend:
    """Let a hold end ``ttl`` from now, if that is later than its end and as far as the cap allows."""

    id: str
    ttl: timedelta


@attrs.frozen
class Release:
    """Let a hold go."""

    id: str


@attrs.frozen
class Purchase:
    """Sell what is held."""

    id: str


@attrs.frozen
class GiveBack:
    """Take back what was purchased under a hold: ``numbers``, or all of it."""

    id: str
    numbers: tuple[NumberRange, ...] | None = None


@attrs.frozen
class Add:
    """Put numbers into the inventory. Those that are held or sold stay so."""

    numbers: NumberSet


@attrs.frozen
class Remove:
    """Take numbers out of the inventory: all of them, unless one of them is held. Those not in it are no
    matter."""

    numbers: NumberSet


@attrs.frozen
class Lapse:
    """Nothing but the passing of time."""


Request = Take | Extend | Release | Purchase | GiveBack | Add | Remove | Lapse


class Verdict(StrEnum):
    """What came of a request."""

    DONE = "done"
    """It was done now."""
    UNCHANGED = "unchanged"
    """It was done before, or there was nothing to do."""
    UNAVAILABLE = "unavailable"
    """Refused: the numbers named are not free."""
    UNKNOWN = "unknown"
    """Refused: no hold of that id is known."""
    ENDED = "ended"
    """Refused: the hold is in a state in which it cannot be done."""
    CONFLICT = "conflict"
    """Refused: the id is that of a hold of other numbers or of another owner."""
    NOT_PURCHASED = "not_purchased"
    """Refused: the numbers named were not purchased under that hold, or are back already."""


@attrs.frozen(weakref_slot=False)
class Outcome:
    """What came of a request. A refused one has changed nothing but what the passing of time did."""

    verdict: Verdict
    hold: Hold | None = None
    """The hold as it is now, where there is one."""
    numbers: tuple[NumberRange, ...] = ()
    """The numbers on account of which the request was refused."""
    lapsed: tuple[Hold, ...] = ()
    """The holds that time has ended, in the order of their ends."""

    @property
    def refused(self) -> bool:
        """Whether it was refused."""
        return self.verdict not in (Verdict.DONE, Verdict.UNCHANGED)
