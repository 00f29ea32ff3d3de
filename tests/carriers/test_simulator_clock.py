"""The simulator's clock: calendar days over the changes of the clock, and an agenda in order."""

from __future__ import annotations

from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

import pytest

from pstnkit.carriers.simulator.clock import Clock, days_later, parse_time, write_time

PACIFIC = ZoneInfo("America/Los_Angeles")


@pytest.mark.parametrize(
    ("moment", "days", "later"),
    [
        ("2026-10-30T09:00:00-07:00", 5, "2026-11-04T17:00:00+00:00"),
        ("2027-03-13T02:30:00-08:00", 1, "2027-03-14T10:30:00+00:00"),
        ("2026-10-31T01:30:00-07:00", 1, "2026-11-01T08:30:00+00:00"),
        ("2025-11-02T01:30:00-08:00", 364, "2026-11-01T08:30:00+00:00"),
        ("2026-11-01T01:30:00-08:00", 1, "2026-11-02T09:30:00+00:00"),
    ],
    ids=[
        "keeps the hour",
        "a gap moves forward",
        "the earlier of two",
        "the earlier again",
        "after the later of two",
    ],
)
def test_days_are_calendar_days_on_the_wall_clock(moment: str, days: int, later: str) -> None:
    assert write_time(days_later(parse_time(moment), days, PACIFIC)) == later


def test_what_falls_due_happens_at_its_own_time_in_order_also_what_it_sets_off() -> None:
    clock = Clock(parse_time("2026-11-20T00:00:00+00:00"))
    told: list[tuple[str, int]] = []

    def note(name: str) -> None:
        told.append((name, clock.now.hour))

    def first() -> None:
        note("first")
        clock.after(timedelta(hours=1), lambda: note("set off"))

    clock.after(timedelta(hours=3), lambda: note("last"))
    clock.after(timedelta(hours=1), first)
    clock.after(timedelta(hours=1), lambda: note("second"))
    clock.after(timedelta(hours=9), lambda: note("never"))
    clock.advance(clock.now + timedelta(hours=8))
    assert told == [("first", 1), ("second", 1), ("set off", 2), ("last", 3)]
    assert (clock.now.hour, clock.now.tzinfo) == (8, UTC)
