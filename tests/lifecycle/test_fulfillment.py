"""SPEC F1 to F5 and DOMAIN 6: when an order is due."""

from __future__ import annotations

import copy
import pickle
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pstnkit.lifecycle.events import NaiveTime, aware, latest
from pstnkit.lifecycle.fulfillment import (
    CalendarDays,
    FulfillmentPolicy,
    OrderKind,
)
from pstnkit.lifecycle.zones import UnknownTimeZone, add_calendar_days, add_elapsed, zone

NEW_YORK = ZoneInfo("America/New_York")
ZONES = (
    "America/New_York",
    "America/Los_Angeles",
    "America/St_Johns",
    "America/Phoenix",
    "Australia/Lord_Howe",
)


def due(kind: str, signed: str, placed: str | None = None, tz: str | tzinfo | None = None) -> str:
    start = datetime.fromisoformat(signed)
    ordered = datetime.fromisoformat(placed) if placed else None
    return FulfillmentPolicy().due(kind, signed=start, placed=ordered, tz=tz).isoformat()


def test_f1_a_standard_order_takes_ten_elapsed_minutes() -> None:
    assert due("standard", "2026-11-20T15:00:00-08:00") == "2026-11-20T15:10:00-08:00"


def test_f1_ten_minutes_are_ten_minutes_also_when_the_clocks_are_set_back() -> None:
    start = datetime(2026, 11, 1, 1, 55, tzinfo=NEW_YORK)
    assert FulfillmentPolicy().due("standard", signed=start).isoformat() == "2026-11-01T01:05:00-05:00"


def test_f1_ten_minutes_are_ten_minutes_also_when_the_clocks_are_set_forward() -> None:
    start = datetime(2026, 3, 8, 1, 55, tzinfo=NEW_YORK)
    assert FulfillmentPolicy().due("standard", signed=start).isoformat() == "2026-03-08T03:05:00-04:00"


def test_f2_an_advanced_order_takes_five_calendar_days() -> None:
    assert due("advanced", "2026-11-20T15:00:00-08:00") == "2026-11-25T15:00:00-08:00"


def test_f3_a_port_takes_three_weeks_and_the_wall_clock_keeps_its_hour() -> None:
    assert due("port", "2026-10-20T22:00:00+00:00", tz="America/Los_Angeles") == "2026-11-10T15:00:00-08:00"
    assert due("port", "2026-03-01T23:00:00+00:00", tz="America/Los_Angeles") == "2026-03-22T15:00:00-07:00"


def test_days_are_counted_in_the_zone_that_is_passed_and_else_in_that_of_the_signature() -> None:
    assert due("port", "2026-10-20T22:00:00+00:00") == "2026-11-10T22:00:00+00:00"
    assert (
        due("port", "2026-10-20T22:00:00+00:00", tz=timezone(timedelta(hours=9)))
        == "2026-11-11T07:00:00+09:00"
    )


def test_a_day_of_the_signature_is_its_day_in_the_signers_zone() -> None:
    assert (
        due("advanced", "2026-11-21T02:00:00+00:00", tz="America/Los_Angeles") == "2026-11-25T18:00:00-08:00"
    )


def test_a_wall_time_that_does_not_exist_moves_forward_by_the_gap() -> None:
    assert due("port", "2026-02-15T02:30:00-05:00", tz="America/New_York") == "2026-03-08T03:30:00-04:00"


def test_a_wall_time_that_comes_twice_is_the_earlier() -> None:
    assert due("port", "2026-10-11T01:30:00-04:00", tz="America/New_York") == "2026-11-01T01:30:00-04:00"
    # ... also when it was signed in the second of the two hours a year before.
    late = datetime(2026, 11, 1, 1, 30, fold=1, tzinfo=NEW_YORK)
    assert add_calendar_days(late, 0).isoformat() == "2026-11-01T01:30:00-04:00"


def test_a_signature_in_the_hour_that_the_clocks_skipped_counts_as_its_instant() -> None:
    skipped = datetime(2026, 3, 8, 2, 30, tzinfo=NEW_YORK)
    assert FulfillmentPolicy().due("advanced", signed=skipped).isoformat() == "2026-03-13T03:30:00-04:00"


@pytest.mark.parametrize(
    ("placed", "expected"),
    [
        ("2026-11-20T10:00:00-08:00", "2026-11-20T15:10:00-08:00"),
        ("2026-11-20T16:00:00-08:00", "2026-11-20T16:10:00-08:00"),
        ("2026-11-20T18:30:00-05:00", "2026-11-20T15:40:00-08:00"),
    ],
)
def test_f5_the_clock_starts_at_the_later_of_signature_and_placement(placed: str, expected: str) -> None:
    assert due("standard", "2026-11-20T15:00:00-08:00", placed) == expected


def test_f5_the_later_is_the_later_instant_also_in_the_hour_that_comes_twice() -> None:
    placed = datetime(2026, 11, 1, 1, 45, tzinfo=NEW_YORK)
    signed = datetime(2026, 11, 1, 1, 30, fold=1, tzinfo=NEW_YORK)
    found = FulfillmentPolicy().due("standard", signed=signed, placed=placed)
    assert found.isoformat() == "2026-11-01T01:40:00-05:00"


@pytest.mark.parametrize("kind", list(OrderKind))
def test_naive_times_are_refused(kind: OrderKind) -> None:
    naive = datetime(2026, 11, 20, 15, 0)  # noqa: DTZ001 - on purpose
    sound = naive.replace(tzinfo=UTC)
    with pytest.raises(NaiveTime, match="signed must say its zone"):
        FulfillmentPolicy().due(kind, signed=naive)
    with pytest.raises(NaiveTime, match="placed must say its zone"):
        FulfillmentPolicy().due(kind, signed=sound, placed=naive)


@pytest.mark.parametrize("kind", list(OrderKind))
def test_a_naive_signature_is_refused_also_when_the_zone_is_passed(kind: OrderKind) -> None:
    naive = datetime(2026, 11, 20, 15, 0)  # noqa: DTZ001 - on purpose
    for placed in (None, naive.replace(tzinfo=UTC)):
        with pytest.raises(NaiveTime, match="signed must say its zone"):
            FulfillmentPolicy().due(kind, signed=naive, placed=placed, tz="America/New_York")


def test_what_is_no_time_is_a_type_error() -> None:
    with pytest.raises(TypeError, match="signed must be a datetime, not str"):
        aware("2026-11-20", "signed")  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["Mars/Olympus", "", "America", "../etc/passwd", "a\0b"])
def test_a_text_that_names_no_zone_is_refused_and_quoted(text: str) -> None:
    with pytest.raises(UnknownTimeZone) as error:
        due("port", "2026-10-20T22:00:00+00:00", tz=text)
    assert error.value.text == text
    assert repr(text) in str(error.value)
    twin = pickle.loads(pickle.dumps(copy.copy(error.value)))
    assert (type(twin), twin.text, str(twin)) == (UnknownTimeZone, text, str(error.value))


def test_an_unknown_kind_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="express"):
        due("express", "2026-10-20T22:00:00+00:00")


def test_a_policy_is_a_value_that_is_passed_in() -> None:
    slow = FulfillmentPolicy(standard=timedelta(hours=1), advanced=CalendarDays(7), port=CalendarDays(30))
    signed = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
    days = [(slow.due(kind, signed=signed) - signed) / timedelta(hours=1) for kind in OrderKind]
    assert days == [1, 7 * 24, 30 * 24]


instants = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(signed=instants, name=st.sampled_from(ZONES))
def test_a_port_is_due_at_the_same_wall_time_21_days_later_except_in_a_gap(
    signed: datetime, name: str
) -> None:
    tz = ZoneInfo(name)
    wall = signed.astimezone(tz).replace(tzinfo=None)
    found = FulfillmentPolicy().due("port", signed=signed, tz=name)
    later = found.replace(tzinfo=None) - wall
    exists = (wall + timedelta(days=21)).replace(tzinfo=tz).astimezone(UTC).astimezone(tz).replace(
        tzinfo=None
    ) == wall + timedelta(days=21)
    assert (
        later == timedelta(days=21) if exists else timedelta(days=21) < later <= timedelta(days=21, hours=1)
    )
    assert found.tzinfo is tz


@given(signed=instants, placed=st.none() | instants, name=st.sampled_from(ZONES))
def test_nothing_is_due_before_both_signature_and_placement(
    signed: datetime, placed: datetime | None, name: str
) -> None:
    start = latest([signed, placed or signed])
    for kind in OrderKind:
        assert FulfillmentPolicy().due(kind, signed=signed, placed=placed, tz=name) > start


@given(start=instants, minutes=st.integers(0, 100_000), name=st.sampled_from(ZONES))
def test_elapsed_time_is_elapsed_whatever_the_clocks_did(start: datetime, minutes: int, name: str) -> None:
    period = timedelta(minutes=minutes)
    found = add_elapsed(start.astimezone(zone(name)), period)
    assert found.astimezone(UTC) - start == period
