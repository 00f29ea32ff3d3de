"""The simulator's own time: a clock that moves when it is told to, and an agenda of what falls due.

Nothing here reads the machine's clock. Days and weeks are calendar periods on the wall clock of a zone; with
a fixed offset for a zone they are multiples of 24 hours.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta, tzinfo

YEARS = range(2000, 2101)
"""The years in which the simulator can live: its promises never leave the calendar."""


def parse_time(text: str) -> datetime:
    """The moment that an ISO 8601 text with an offset names, in that offset; ``ValueError`` says what is
    wrong.

    >>> parse_time("2026-11-20T15:00:00-08:00").isoformat()
    '2026-11-20T15:00:00-08:00'
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("has no offset")
    if moment.year not in YEARS:
        raise ValueError(f"is outside the years {YEARS[0]} to {YEARS[-1]}")
    return moment


def write_time(moment: datetime) -> str:
    """A moment as the carrier writes it: ISO 8601 in UTC.

    >>> write_time(parse_time("2026-11-20T15:00:00-08:00"))
    '2026-11-20T23:00:00+00:00'
    """
    return moment.astimezone(UTC).isoformat()


def days_later(moment: datetime, days: int, zone: tzinfo) -> datetime:
    """So many calendar days after ``moment``, at the same wall clock in ``zone``, in UTC.

    A wall time that does not exist moves forward by the gap; an ambiguous one is the earlier.

    >>> from zoneinfo import ZoneInfo
    >>> friday = parse_time("2027-03-12T09:00:00-08:00")
    >>> write_time(days_later(friday, 5, ZoneInfo("America/Los_Angeles")))
    '2027-03-17T16:00:00+00:00'
    """
    local = moment.astimezone(zone)
    return at_wall_clock(local.date() + timedelta(days=days), local.time(), zone)


def at_wall_clock(day: date, clock: time, zone: tzinfo) -> datetime:
    """The moment when a wall clock in ``zone`` shows ``day`` and ``clock``, in UTC."""
    return datetime.combine(day, clock.replace(fold=0, tzinfo=None), tzinfo=zone).astimezone(UTC)


class Clock:
    """The present moment (UTC) and the agenda.

    >>> clock = Clock(parse_time("2026-11-20T15:00:00+00:00"))
    >>> clock.after(timedelta(minutes=10), lambda: print("due at", write_time(clock.now)))
    >>> clock.advance(parse_time("2026-11-20T16:00:00+00:00"))
    due at 2026-11-20T15:10:00+00:00
    """

    __slots__ = ("_agenda", "_serial", "now")

    def __init__(self, start: datetime) -> None:
        self.now = start.astimezone(UTC)
        self._agenda: list[tuple[datetime, int, Callable[[], None]]] = []
        self._serial = 0

    def at(self, moment: datetime, action: Callable[[], None]) -> None:
        """Put ``action`` on the agenda; what falls due together happens in the order of putting."""
        self._serial += 1
        heapq.heappush(self._agenda, (moment, self._serial, action))

    def after(self, wait: timedelta, action: Callable[[], None]) -> None:
        """Put ``action`` on the agenda for ``wait`` from now."""
        self.at(self.now + wait, action)

    def advance(self, to: datetime) -> None:
        """Move to ``to`` (not before now); everything that falls due on the way happens at its own time."""
        while self._agenda and self._agenda[0][0] <= to:
            moment, _, action = heapq.heappop(self._agenda)
            self.now = moment
            action()
        self.now = to.astimezone(UTC)
