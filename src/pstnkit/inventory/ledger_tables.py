"""The tables that a ledger's states are read from: what is free, who has the rest, and what ends when.

They are changed in place, and a change that is swapped back leaves everything as it was:
:class:`~pstnkit.inventory.ledger_state.LedgerState` makes values of them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Container, Iterator
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush

from pstnkit.inventory.holds import Hold, HoldStatus
from pstnkit.numbering.bits import LINES, runs, span
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.ranges import NumberRange

Changing = Hold | NumberSet | None
"""What takes the place of something, or gives way to it: a hold; numbers of the stock; or nothing."""

_HELD = HoldStatus.HELD
_LAST = datetime.max.replace(tzinfo=UTC)


class Tables:
    """What is free and which holds there are, and what follows from these: who has which number, and what ends when.

    Most holds are let go or bought before anybody asks who has a number. So what follows is worked out when somebody
    does, or when the first of the new holds ends: until then they are ``fresh``.
    """

    __slots__ = (
        "deadlines",
        "ended",
        "free",
        "fresh",
        "holds",
        "hundreds",
        "oldest",
        "owners",
        "singles",
        "soonest",
    )

    def __init__(self, free: NumberSet) -> None:
        self.free = free
        """What nobody has taken."""
        self.holds: dict[str, Hold] = {}
        """Every hold that is remembered, by its id."""
        self.ended: deque[Hold] = deque()
        """Those that have ended, in that order."""
        self.fresh: dict[str, Hold] = {}
        """Those that keep numbers and are in none of the tables below, by id."""
        self.soonest: datetime | None = None
        """A moment before which none ends."""
        self.oldest: datetime | None = None
        """A moment before which none is forgotten."""

        self.deadlines: list[tuple[datetime, str]] = []
        """A heap of moments and ids: for each that is held a moment that is not later than its end."""
        self.owners: dict[str, dict[str, None]] = {}
        """The ids of those that keep or have bought numbers, by owner."""
        self.singles: dict[int, str] = {}
        """Who has a number that no neighbor was taken with: the id of its hold, by ten-digit int."""
        self.hundreds: dict[int, tuple[str, ...]] = {}
        """Who has longer stretches of a hundred: an id for each, by ten-digit int without its last two digits."""

    def copy(self) -> Tables:
        """Tables of their own that say the same."""
        twin = Tables(self.free.copy())
        twin.holds = self.holds.copy()
        twin.ended = self.ended.copy()
        twin.fresh = self.fresh.copy()
        twin.soonest = self.soonest
        twin.oldest = self.oldest
        twin.deadlines = self.deadlines.copy()
        twin.owners = {owner: ids.copy() for owner, ids in self.owners.items()}
        twin.singles = self.singles.copy()
        twin.hundreds = self.hundreds.copy()
        return twin

    # --- questions ------------------------------------------------------------------------------------------

    def holder(self, digits: int) -> Hold | None:
        """The hold that has the number of these ten digits, held or purchased, or None."""
        self._settle()
        id = self.singles.get(digits)
        if id is not None:
            return self.holds[id]
        for id in self.hundreds.get(digits // 100, ()):
            hold = self.holds[id]
            if _among(hold.numbers, digits) and not _among(hold.given_back, digits):
                return hold
        return None

    def kept(self, numbers: NumberSet, statuses: Container[HoldStatus]) -> NumberSet:
        """Those of ``numbers`` that holds of these ``statuses`` keep."""
        self._settle()
        ids = set[str]()
        if len(numbers) > len(self.singles) + len(self.hundreds):
            ids.update(self.singles.values(), *self.hundreds.values())
        else:
            for digits in numbers.to_integers():
                ids.update(self.hundreds.get(digits // 100, ()))
                if digits in self.singles:
                    ids.add(self.singles[digits])
        holds = map(self.holds.__getitem__, ids)
        return numbers & NumberSet(part for hold in holds if hold.status in statuses for part in hold.kept)

    def of_owner(self, owner: str | None) -> Iterator[Hold]:
        """The holds of one owner, or of all, that keep or have bought numbers."""
        self._settle()
        for ids in self.owners.values() if owner is None else (self.owners.get(owner, {}),):
            yield from map(self.holds.__getitem__, ids)

    def _settle(self) -> None:
        """Enter what is fresh into the tables."""
        for id, hold in self.fresh.items():
            if hold.status is _HELD:
                heappush(self.deadlines, (hold.expires_at, id))
            self.owners.setdefault(hold.owner, {})[id] = None
            for part in hold.kept:
                if part._first == part._last:
                    self.singles[part._first] = id
                    continue
                for hundred in _hundreds(part):
                    self.hundreds[hundred] = (*self.hundreds.get(hundred, ()), id)
        self.fresh.clear()

    # --- time -----------------------------------------------------------------------------------------------

    def due(self, now: datetime, remembered: timedelta) -> Iterator[Hold]:
        """The holds to end by ``now``, in the order of their ends, then those to forget: they ended ``remembered`` ago.
        Each is to be swapped for what it becomes before the next one is asked for."""
        if self.soonest is not None and self.soonest <= now:
            yield from self._over(now)
        ended = self.ended
        while ended and now - _end(ended[0]) >= remembered:
            yield ended[0]
        self.oldest = None
        if ended and _LAST - _end(ended[0]) >= remembered:
            self.oldest = _end(ended[0]) + remembered

    def _over(self, now: datetime) -> Iterator[Hold]:
        self._settle()
        deadlines = self.deadlines
        while deadlines and deadlines[0][0] <= now:
            moment, id = heappop(deadlines)
            hold = self.holds.get(id)
            if hold is None or hold.status is not _HELD:
                continue
            if hold.expires_at <= moment:
                yield hold
            else:  # it was extended: its turn may come after others'
                heappush(deadlines, (hold.expires_at, id))
        self.soonest = deadlines[0][0] if deadlines else None

    # --- changes --------------------------------------------------------------------------------------------

    def swap(self, before: Changing, after: Changing) -> None:
        """Put ``after`` in the place of ``before``, with all that follows from it; swapped back, it undoes itself.

        A hold takes the place of the one of the same id, or of None when it is new, and gives way to None when it is
        forgotten. Numbers come into the stock in the place of None, and go likewise. Numbers that a hold begins to keep
        have been free, and those that come have been nobody's.
        """
        if type(after) is Hold:
            self.holds[after.id] = after
            if type(before) is not Hold:
                if after.ended_at is None:
                    self.begin(after)
                else:
                    self.oldest = after.ended_at
                    self.ended.appendleft(after)
            elif before.ended_at is not None:
                self._no_longer_ended(before)
                self.begin(after)
            elif after.ended_at is not None:
                self._stop(before)
                if not self.ended:
                    self.oldest = after.ended_at
                self.ended.append(after)
            elif after._back == before._back:
                self._go_on(before, after)
            else:
                self._stop(before)
                self.begin(after)
        elif type(before) is Hold:
            del self.holds[before.id]
            if before.ended_at is None:
                self._stop(before)
            else:
                self._no_longer_ended(before)
        elif type(before) is NumberSet:
            self.free -= before
        elif type(after) is NumberSet:
            self.free |= after

    def begin(self, hold: Hold) -> tuple[NumberRange, ...]:
        """Let a hold begin to keep its numbers; or change nothing, if some are not free, and say which."""
        numbers = hold._brief
        if type(numbers) is int:
            if not self.free._bitmaps.clear(numbers // LINES, numbers % LINES):
                return hold.numbers
        elif gone := outside(hold.kept, self.free):
            return gone
        else:
            self._flip(hold, -1)
        id, soonest = hold.id, self.soonest
        self.holds[id] = self.fresh[id] = hold
        if (soonest is None or hold.expires_at < soonest) and hold.status is _HELD:
            self.soonest = hold.expires_at
        return ()

    def _go_on(self, before: Hold, after: Hold) -> None:
        """A hold has another end or status, and keeps what it keeps."""
        if after.id in self.fresh:
            self.fresh[after.id] = after
        # When one that was extended comes up at its former end, it gets its new one.
        elif after.status is _HELD and (before.status is not _HELD or after.expires_at < before.expires_at):
            heappush(self.deadlines, (after.expires_at, after.id))
        if after.status is _HELD and (self.soonest is None or after.expires_at < self.soonest):
            self.soonest = after.expires_at

    def _stop(self, hold: Hold) -> None:
        """A hold keeps its numbers no longer."""
        self._flip(hold, 1)
        if self.fresh.pop(hold.id, None) is not None:
            return
        for part in hold.kept:
            if part._first == part._last:
                del self.singles[part._first]
                continue
            for hundred in _hundreds(part):
                left = list(self.hundreds[hundred])
                left.remove(hold.id)
                if left:
                    self.hundreds[hundred] = tuple(left)
                else:
                    del self.hundreds[hundred]
        owned = self.owners[hold.owner]
        del owned[hold.id]
        if not owned:
            del self.owners[hold.owner]

    def _flip(self, hold: Hold, sign: int) -> None:
        """Take what a hold keeps out of what is free (``sign`` -1), or put it back (1)."""
        flip = self.free._bitmaps.flip
        numbers = hold._brief
        if type(numbers) is int:
            flip(numbers // LINES, 1 << numbers % LINES, sign)
            return
        for part in hold.kept:
            code, line = divmod(part._first, LINES)
            count = len(part)
            flip(code, span(line, line + count - 1), count * sign)

    def _no_longer_ended(self, hold: Hold) -> None:
        """A hold is forgotten, commonly the first to have ended; or its end is undone, the last of them."""
        if self.ended[-1] is hold:
            self.ended.pop()
        else:
            self.ended.remove(hold)


def _end(hold: Hold) -> datetime:
    assert hold.ended_at is not None, "it is among those that have ended"
    return hold.ended_at


def outside(numbers: tuple[NumberRange, ...], known: NumberSet) -> tuple[NumberRange, ...]:
    """Those of ``numbers`` that are not in ``known``."""
    missing: list[NumberRange] = []
    for part in numbers:
        code, line = divmod(part._first, LINES)
        absent = span(line, part._last % LINES) & ~known._bitmap(code)
        missing += (NumberRange._of(code * LINES + a, code * LINES + b) for a, b in runs(absent))
    return tuple(missing)


def _hundreds(part: NumberRange) -> range:
    return range(part._first // 100, part._last // 100 + 1)


def _among(numbers: tuple[NumberRange, ...], digits: int) -> bool:
    place = bisect_right(numbers, digits, key=lambda part: part._first)
    return place > 0 and digits <= numbers[place - 1]._last
