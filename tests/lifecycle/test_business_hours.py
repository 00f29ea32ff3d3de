"""47 CFR 52.35 and DOMAIN 4, 6: when a request counts as received, and what hours of business come to."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pstnkit import US_FEDERAL, BusinessHours
from pstnkit.lifecycle.calendars import Calendar, InvalidCalendar
from pstnkit.lifecycle.events import NaiveTime
from pstnkit.lifecycle.fulfillment import BusinessDays, CalendarDays, FulfillmentPolicy, InvalidPolicy
from pstnkit.lifecycle.zones import UnknownTimeZone, on_the_wall, zone

CHICAGO = ZoneInfo("America/Chicago")
DESK = BusinessHours(calendar=US_FEDERAL, tz="America/Chicago")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("received", "counts"),
    [
        ("2026-11-25T07:59:59-06:00", "2026-11-25T08:00:00-06:00"),
        ("2026-11-25T08:00:00-06:00", "2026-11-25T08:00:00-06:00"),
        ("2026-11-25T13:00:00-06:00", "2026-11-25T13:00:00-06:00"),
        ("2026-11-25T13:00:01-06:00", "2026-11-27T08:00:00-06:00"),
        ("2026-11-26T10:00:00-06:00", "2026-11-27T08:00:00-06:00"),
        ("2026-11-27T20:00:00-06:00", "2026-11-30T08:00:00-06:00"),
        ("2026-11-28T10:00:00-06:00", "2026-11-30T08:00:00-06:00"),
        # 23:30 in Chicago is the next day in UTC, and the same day at the desk.
        ("2026-11-25T05:30:00+00:00", "2026-11-25T08:00:00-06:00"),
    ],
)
def test_a_request_counts_on_its_day_up_to_the_cutoff_and_else_when_business_opens(
    received: str, counts: str
) -> None:
    assert DESK.counts_from(at(received)).isoformat() == counts


def test_without_a_cutoff_a_request_counts_until_business_closes() -> None:
    late = BusinessHours(calendar=US_FEDERAL, tz=CHICAGO, cutoff=None)
    assert late.counts_from(at("2026-11-25T16:59:00-06:00")).isoformat() == "2026-11-25T16:59:00-06:00"
    assert late.counts_from(at("2026-11-25T17:01:00-06:00")).isoformat() == "2026-11-27T08:00:00-06:00"


@pytest.mark.parametrize(
    ("received", "days", "expected"),
    [
        ("2026-11-25T12:59:00-06:00", 1, "2026-11-27"),
        ("2026-11-25T13:01:00-06:00", 1, "2026-11-30"),
        ("2026-11-25T12:59:00-06:00", 4, "2026-12-02"),
        ("2027-12-30T09:00:00-06:00", 1, "2028-01-03"),
    ],
)
def test_business_days_are_counted_from_the_day_on_which_a_request_counts(
    received: str, days: int, expected: str
) -> None:
    assert DESK.add_days(at(received), days) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("start", "hours", "expected"),
    [
        ("2026-11-25T12:00:00-06:00", 4, "2026-11-25T16:00:00-06:00"),
        ("2026-11-25T13:00:00-06:00", 4, "2026-11-25T17:00:00-06:00"),
        ("2026-11-25T14:00:00-06:00", 4, "2026-11-27T09:00:00-06:00"),
        ("2026-11-25T18:00:00-06:00", 4, "2026-11-27T12:00:00-06:00"),
        ("2026-11-25T06:00:00-06:00", 2.5, "2026-11-25T10:30:00-06:00"),
        ("2026-11-28T06:00:00-06:00", 0, "2026-11-30T08:00:00-06:00"),
        ("2026-11-24T17:00:00-06:00", 0, "2026-11-25T08:00:00-06:00"),
        ("2026-11-23T08:00:00-06:00", 27, "2026-11-25T17:00:00-06:00"),
    ],
)
def test_hours_of_business_go_by_while_business_is_open(start: str, hours: float, expected: str) -> None:
    assert DESK.add_hours(at(start), timedelta(hours=hours)).isoformat() == expected


def test_a_night_shift_loses_the_hour_that_the_clocks_skip() -> None:
    every_day = Calendar("always", (), ())
    night = BusinessHours(
        calendar=every_day, tz="America/New_York", opens=time(1), closes=time(4), cutoff=None
    )
    assert night.add_hours(at("2026-03-08T00:00:00-05:00"), timedelta(hours=2)).isoformat() == (
        "2026-03-08T04:00:00-04:00"
    )
    assert night.add_hours(at("2026-11-01T00:00:00-04:00"), timedelta(hours=4)).isoformat() == (
        "2026-11-01T04:00:00-05:00"
    )


def test_hours_that_open_in_the_gap_open_behind_it() -> None:
    gap = BusinessHours(
        calendar=Calendar("always", (), ()), tz="America/New_York", opens=time(2, 30), cutoff=None
    )
    assert gap.counts_from(at("2026-03-08T00:00:00-05:00")).isoformat() == "2026-03-08T03:30:00-04:00"
    assert on_the_wall(date(2026, 11, 1), time(1, 30), zone("America/New_York")).isoformat() == (
        "2026-11-01T01:30:00-04:00"
    )


moments = st.datetimes(datetime(2026, 1, 1), datetime(2028, 6, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda moment: moment.replace(second=0, microsecond=0)
)
zones = st.sampled_from(["America/Chicago", "America/St_Johns", "America/Phoenix", "Pacific/Guam"])


@given(start=moments, minutes=st.integers(1, 2_000), name=zones)
def test_hours_of_business_are_open_minutes_counted_one_by_one(
    start: datetime, minutes: int, name: str
) -> None:
    desk = BusinessHours(calendar=US_FEDERAL, tz=name)
    minute = timedelta(minutes=1)
    moment, left = start, minutes
    while True:
        if desk.is_open(moment):
            left -= 1
            if not left:
                break
        moment += minute
    assert desk.add_hours(start, timedelta(minutes=minutes)) == moment + minute


@given(start=moments, name=zones)
def test_what_counts_from_a_moment_counts_when_business_is_open_and_never_before_it(
    start: datetime, name: str
) -> None:
    desk = BusinessHours(calendar=US_FEDERAL, tz=name)
    counts = desk.counts_from(start)
    assert counts >= start
    assert desk.is_open(counts)
    assert desk.counts_from(counts) == counts


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"opens": time(17)}, "business closes at 17:00:00, and opens at 17:00:00 only"),
        ({"cutoff": time(7)}, "requests are cut off at 07:00:00, outside the hours"),
        ({"cutoff": time(18)}, "requests are cut off at 18:00:00, outside the hours"),
        ({"opens": time(8, tzinfo=UTC)}, "has a zone of its own"),
    ],
)
def test_hours_that_do_not_follow_each_other_are_refused(changes: dict[str, time], message: str) -> None:
    with pytest.raises(InvalidCalendar, match=message):
        BusinessHours(calendar=US_FEDERAL, tz="America/Chicago", **changes)


def test_an_unknown_zone_is_refused_at_once() -> None:
    with pytest.raises(UnknownTimeZone):
        BusinessHours(calendar=US_FEDERAL, tz="America/Atlantis")


def test_naive_times_and_negative_periods_are_refused() -> None:
    naive = datetime(2026, 11, 25, 12)  # noqa: DTZ001 - on purpose
    with pytest.raises(NaiveTime, match="received must say its zone"):
        DESK.counts_from(naive)
    with pytest.raises(NaiveTime, match="moment must say its zone"):
        DESK.is_open(naive)
    with pytest.raises(NaiveTime, match="start must say its zone"):
        DESK.add_hours(naive, timedelta(hours=1))
    with pytest.raises(InvalidCalendar, match="it is negative"):
        DESK.add_hours(naive.replace(tzinfo=UTC), timedelta(hours=-1))


def test_a_promise_in_business_days_ends_when_business_closes_there() -> None:
    policy = FulfillmentPolicy(port=BusinessDays(4, DESK))
    due = policy.due("port", signed=at("2026-11-25T09:00:00-08:00"), tz="America/Los_Angeles")
    assert due.isoformat() == "2026-12-02T15:00:00-08:00"


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: CalendarDays(-1), "CalendarDays.days: -1 is no count of days"),
        (lambda: BusinessDays(2.5, DESK), "BusinessDays.days: 2.5 is no count of days"),  # type: ignore[arg-type]
        (lambda: FulfillmentPolicy(port=21), "FulfillmentPolicy.port: 21 is no timedelta, Cal"),  # type: ignore[arg-type]
        (
            lambda: FulfillmentPolicy(standard=timedelta(minutes=-1)),
            "FulfillmentPolicy.standard: -1 day, 23:59:00 is negative",
        ),
    ],
)
def test_a_promise_that_is_no_period_is_refused(make: object, message: str) -> None:
    assert callable(make)
    with pytest.raises(InvalidPolicy, match=message):
        make()
