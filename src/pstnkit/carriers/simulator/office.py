"""What every desk of the simulated carrier works with: clock, journal of reports, ids and numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from random import Random
from typing import Any, TypeVar

from pstnkit.carriers.simulator.clock import Clock, write_time
from pstnkit.carriers.simulator.messages import Reply, bad
from pstnkit.carriers.simulator.stock import Numbers

EVENT_BATCH = 100
"""The most numbers that one event lists."""

_T = TypeVar("_T")


def batches(members: Sequence[_T]) -> Iterator[Sequence[_T]]:
    """``members`` in pieces that fit into one event each.

    >>> [len(batch) for batch in batches(range(250))]
    [100, 100, 50]
    """
    for start in range(0, len(members), EVENT_BATCH):
        yield members[start : start + EVENT_BATCH]


class Ids:
    """Ids in the carrier's own style; where each series begins depends on the seed alone.

    >>> ids = Ids(7)
    >>> first, second = ids.next("SO"), ids.next("SO")
    >>> int(second[3:]) - int(first[3:])
    1
    """

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._last: dict[str, int] = {}

    def next(self, series: str) -> str:
        """The next id of a series: ``SO-000123``."""
        last = self._last.get(series)
        if last is None:
            last = Random(f"{self._seed} {series}").randrange(100, 900)
        self._last[series] = last + 1
        return f"{series}-{last + 1:06d}"


class Journal:
    """Every event that has happened, in order."""

    def __init__(self, clock: Clock, ids: Ids) -> None:
        self._clock = clock
        self._ids = ids
        self._events: list[Reply] = []
        self._places: dict[str, int] = {}

    def tell(self, kind: str, /, **facts: Any) -> None:
        """Report that something has happened now."""
        event = {"id": self._ids.next("EV"), "type": kind, "at": write_time(self._clock.now), **facts}
        self._events.append(event)
        self._places[event["id"]] = len(self._events)

    def poll(self, after: str | None) -> Reply:
        """The events after the one that ``after`` names (all, when it is None)."""
        start = 0 if after is None else self._places.get(after)
        if start is None:
            raise bad("after", "is not a cursor of this carrier")
        events = deepcopy(self._events[start:])
        return {"events": events, "cursor": events[-1]["id"] if events else after}


class Office:
    """The common ground of the carrier's desks."""

    def __init__(self, clock: Clock, seed: int) -> None:
        self.clock = clock
        self.ids = Ids(seed)
        self.journal = Journal(clock, self.ids)
        self.numbers = Numbers()
