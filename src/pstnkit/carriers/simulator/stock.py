"""Which numbers there are and where each of them stands: on offer, in the back room, held, pending, active,
elsewhere.

Numbers are ints of ten digits. A pool keeps them by exchange, so that a page of a search looks at the
exchanges in scope only, and begins where the page before ended.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from pstnkit.carriers.simulator.states import AREA_CODES


class Scope(NamedTuple):
    """Where a number has to lie: each of the three is a filter, None when it is not used.

    >>> Scope(npa="415", state="CA").covers(415555), Scope(nxx="556").covers(415555)
    (True, False)
    """

    npa: str | None = None
    nxx: str | None = None
    state: str | None = None

    def covers(self, exchange: int) -> bool:
        """Whether the six digits of ``exchange`` lie in scope."""
        npa, nxx = divmod(exchange, 1000)
        return (
            (self.npa is None or int(self.npa) == npa)
            and (self.nxx is None or int(self.nxx) == nxx)
            and (self.state is None or npa in AREA_CODES[self.state])
        )


ANYWHERE = Scope()


class NumberPool:
    """A set of numbers that is read in ascending order, a piece at a time.

    >>> pool = NumberPool()
    >>> pool.add(range(4155550200, 4155550300))
    >>> list(islice(pool.ascending(after=4155550297), 5))
    [4155550298, 4155550299]
    """

    def __init__(self) -> None:
        self._exchanges: dict[int, set[int]] = {}
        self._sorted: dict[int, list[int]] = {}

    def __contains__(self, number: int) -> bool:
        return number in self._exchanges.get(number // 10_000, ())

    def add(self, numbers: Iterable[int]) -> None:
        """Put numbers into the pool."""
        for number in numbers:
            exchange = number // 10_000
            self._exchanges.setdefault(exchange, set()).add(number)
            self._sorted.pop(exchange, None)

    def discard(self, numbers: Iterable[int]) -> None:
        """Take numbers out of the pool; those that are not in it do not matter."""
        for number in numbers:
            exchange = number // 10_000
            self._exchanges.get(exchange, set()).discard(number)
            self._sorted.pop(exchange, None)

    def ascending(self, scope: Scope = ANYWHERE, after: int = 0) -> Iterator[int]:
        """The numbers in scope above ``after``, lowest first."""
        for exchange in sorted(self._exchanges):
            if exchange < after // 10_000 or not scope.covers(exchange):
                continue
            lines = self._sorted.get(exchange)
            if lines is None:
                lines = self._sorted[exchange] = sorted(self._exchanges[exchange])
            yield from lines[bisect_right(lines, after) :]


class Holding(NamedTuple):
    """An active number: since when, and which order or port brought it."""

    since: datetime
    source: str


class Activation(NamedTuple):
    """What became of numbers that were to become active."""

    active: list[int]
    failed: list[tuple[int, str]]
    waiting: list[int]


class Abroad(NamedTuple):
    """Numbers that live at another carrier, and why they cannot be ported, if so."""

    numbers: range
    carrier: str
    not_portable: str | None


class Numbers:
    """Where every number stands. Each stands in one place only."""

    def __init__(self) -> None:
        self.free = NumberPool()
        self.backroom = NumberPool()
        self.owned = NumberPool()
        self.held: set[int] = set()
        self.pending: dict[int, str] = {}
        self.active: dict[int, Holding] = {}
        self.resting: set[int] = set()
        self.failures: dict[int, str] = {}
        self._delays: dict[int, datetime] = {}
        self._abroad: dict[int, list[Abroad]] = {}

    # -- what the world does ---------------------------------------------------------------------------------

    def stock(self, pool: NumberPool, ranges: Iterable[range]) -> int:
        """Put into ``pool`` what the carrier does not have anywhere yet; returns how many those are."""
        added = 0
        for numbers in ranges:
            fresh = [number for number in numbers if not self.here(number)]
            pool.add(fresh)
            added += len(fresh)
        return added

    def settle_abroad(self, ranges: Iterable[range], carrier: str, not_portable: str | None) -> None:
        """These numbers live at another carrier; what is said last counts."""
        for numbers in ranges:
            here = self._abroad.setdefault(numbers.start // 10_000, [])
            here.insert(0, Abroad(numbers, carrier, not_portable))

    def delay(self, numbers: Iterable[int], until: datetime) -> None:
        """These numbers cannot become active before ``until``."""
        self._delays.update(dict.fromkeys(numbers, until))

    # -- what the carrier does -------------------------------------------------------------------------------

    def here(self, number: int) -> bool:
        """Whether the carrier has the number, in whatever place."""
        return (
            number in self.free
            or number in self.backroom
            or number in self.held
            or number in self.pending
            or number in self.active
            or number in self.resting
        )

    def abroad(self, number: int) -> Abroad | None:
        """What is known of a number that lives elsewhere."""
        return next((kept for kept in self._abroad.get(number // 10_000, ()) if number in kept.numbers), None)

    def on_offer(self, scope: Scope, contains: str, after: int, now: datetime) -> Iterator[int]:
        """The numbers that a search may show, lowest first."""
        for number in self.free.ascending(scope, after):
            if contains in str(number) and not self._delayed(number, now):
                yield number

    def gone(self, numbers: Iterable[int], now: datetime) -> list[int]:
        """Those of ``numbers`` that cannot be had now."""
        return [number for number in numbers if number not in self.free or self._delayed(number, now)]

    def hold(self, numbers: Sequence[int]) -> None:
        """Take numbers off the shelf for a reservation."""
        self.free.discard(numbers)
        self.held.update(numbers)

    def unhold(self, numbers: Sequence[int]) -> None:
        """Put held numbers back on the shelf."""
        self.held.difference_update(numbers)
        self.free.add(numbers)

    def expect(self, numbers: Sequence[int], source: str) -> None:
        """Numbers are on their way for ``source``: off the shelf, the back room, a hold or from elsewhere."""
        self.free.discard(numbers)
        self.backroom.discard(numbers)
        self.held.difference_update(numbers)
        self.pending.update(dict.fromkeys(numbers, source))

    def give_up(self, numbers: Iterable[int]) -> None:
        """Expected numbers are expected no more."""
        for number in numbers:
            del self.pending[number]

    def name(self, scope: Scope, quantity: int) -> list[int]:
        """Up to ``quantity`` numbers of the back room, lowest first."""
        return list(islice(self.backroom.ascending(scope), quantity))

    def activate(self, numbers: Iterable[int], source: str, now: datetime) -> Activation:
        """Make pending numbers active: those that fail are given up, those that are delayed go on waiting."""
        outcome = Activation([], [], [])
        for number in numbers:
            if self._delayed(number, now):
                outcome.waiting.append(number)
            elif number in self.failures:
                outcome.failed.append((number, self.failures[number]))
            else:
                outcome.active.append(number)
                self.active[number] = Holding(now, source)
        self.owned.add(outcome.active)
        self.give_up(outcome.active)
        self.give_up(number for number, _ in outcome.failed)
        return outcome

    def next_try(self, waiting: Iterable[int]) -> tuple[datetime, datetime]:
        """When the first and the last of the delayed numbers can become active."""
        moments = [self._delays[number] for number in waiting]
        return min(moments), max(moments)

    def release(self, numbers: Sequence[int]) -> None:
        """Active numbers go to rest."""
        self.leave(numbers)
        self.resting.update(numbers)

    def leave(self, numbers: Sequence[int]) -> None:
        """Active numbers go back to where they came from."""
        self.owned.discard(numbers)
        for number in numbers:
            del self.active[number]

    def _delayed(self, number: int, now: datetime) -> bool:
        return number in self._delays and self._delays[number] > now
