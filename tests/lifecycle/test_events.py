"""Events are facts with an id, a time, a source and an actor."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from lifecycle_cases import NOW, event
from pstnkit.errors import CallerError
from pstnkit.lifecycle.events import Event, NaiveTime, Source, latest
from pstnkit.lifecycle.reports import Cancelled


def test_an_event_without_a_zone_is_refused() -> None:
    with pytest.raises(NaiveTime, match="the time of an event must say its zone"):
        Event("e", datetime(2026, 11, 20), Source.CLOCK, "clock", "order-1", Cancelled())  # noqa: DTZ001


def test_an_event_has_an_id_a_source_and_something_to_say() -> None:
    with pytest.raises(CallerError, match="needs an id of its own"):
        event("order-1", Cancelled(), event_id="").must_concern("order-1")
    with pytest.raises(TypeError, match="is a str, not int"):
        Event(7, NOW, Source.CLOCK, "clock", "order-1", Cancelled())  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="'somebody' is not a valid Source"):
        Event("e", NOW, "somebody", "clock", "order-1", Cancelled())
    with pytest.raises(TypeError, match="body"):
        Event("e", NOW, Source.CLOCK, "clock", "order-1", "cancelled")  # type: ignore[arg-type]


def test_the_latest_is_the_latest_instant_whatever_the_zone() -> None:
    earlier = NOW.astimezone(timezone(timedelta(hours=9)))
    later = (NOW + timedelta(minutes=1)).astimezone(UTC)
    assert latest([earlier, later]) is later


def test_an_event_knows_whom_it_concerns() -> None:
    event("order-1", Cancelled()).must_concern("order-1")
    with pytest.raises(ValueError, match="is about 'order-1', not about 'order-2'"):
        event("order-1", Cancelled()).must_concern("order-2")
