"""47 CFR 52.35 and DOMAIN 4: for which days a port can be asked, and until when it can be changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pstnkit import US_FEDERAL, NumberRange, TelephoneNumber, plan
from pstnkit.lifecycle.calendars import InvalidCalendar
from pstnkit.lifecycle.events import NaiveTime
from pstnkit.lifecycle.fulfillment import InvalidPolicy
from pstnkit.porting.cutoffs import (
    CANADA_PORTING,
    ChangeWindow,
    DateFault,
    DateNotPermitted,
    PortDatePolicy,
    PortSpeed,
    check_requested,
)

PACIFIC = "America/Los_Angeles"
RULES = PortDatePolicy()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("received", "speed", "first"),
    [
        ("2026-11-20T12:59:00-08:00", "simple", "2026-11-23"),
        ("2026-11-20T13:01:00-08:00", "simple", "2026-11-24"),
        ("2026-11-20T12:59:00-08:00", "other", "2026-11-27"),
        # In New York it is the next day already; the region's clock counts.
        ("2026-11-20T23:30:00-05:00", "other", "2026-11-30"),
        ("2026-11-20T16:00:00-08:00", "wireless", "2026-11-23"),
        ("2026-11-20T12:00:00-08:00", "wireless", "2026-11-20"),
        # The New Year of 2028 is observed on the last day of 2027.
        ("2027-12-30T09:00:00-08:00", "simple", "2028-01-03"),
    ],
)
def test_the_first_day_follows_the_interval_from_the_day_on_which_the_request_counts(
    received: str, speed: str, first: str
) -> None:
    assert RULES.earliest(at(received), speed, PACIFIC) == date.fromisoformat(first)


def test_canada_takes_two_business_days_for_a_simple_port() -> None:
    received = at("2026-12-24T09:00:00-05:00")
    # Christmas, the weekend, and Boxing Day, observed on the Monday.
    assert CANADA_PORTING.earliest(received, PortSpeed.SIMPLE, "America/Toronto") == date(2026, 12, 30)


@pytest.mark.parametrize(
    ("received", "speed", "due"),
    [
        ("2026-11-25T12:00:00-08:00", "simple", "2026-11-25T16:00:00-08:00"),
        ("2026-11-25T15:00:00-08:00", "simple", "2026-11-27T12:00:00-08:00"),
        ("2026-11-25T12:00:00-08:00", "other", "2026-11-26T12:00:00-08:00"),
        ("2026-10-31T12:00:00-07:00", "other", "2026-11-03T08:00:00-08:00"),
    ],
)
def test_the_commitment_is_due_in_hours_of_business_or_in_a_day(received: str, speed: str, due: str) -> None:
    assert RULES.commitment_due(at(received), speed, PACIFIC).isoformat() == due


@pytest.mark.parametrize(
    ("day", "fault", "sentence"),
    [
        ("2026-11-19", DateFault.PAST, "Thursday, 2026-11-19 is past (2026-11-20 is today)"),
        (
            "2026-11-26",
            DateFault.TOO_SOON,
            "Thursday, 2026-11-26 is sooner than the rules allow (2026-11-27 is the first day)",
        ),
        ("2026-11-28", DateFault.WEEKEND, "Saturday, 2026-11-28 is no business day"),
        ("2026-12-21", DateFault.TOO_FAR, "Monday, 2026-12-21 is more than 30 days ahead"),
    ],
)
def test_a_day_that_cannot_be_asked_for_is_refused_with_one_that_can(
    day: str, fault: DateFault, sentence: str
) -> None:
    received = at("2026-11-20T09:00:00-08:00")
    with pytest.raises(DateNotPermitted) as error:
        RULES.check(date.fromisoformat(day), received, PortSpeed.OTHER, PACIFIC)
    assert error.value.fault is fault
    assert str(error.value).startswith(sentence)
    RULES.check(error.value.instead, received, PortSpeed.OTHER, PACIFIC)


def test_a_holiday_of_the_losing_carrier_is_named() -> None:
    with pytest.raises(DateNotPermitted, match=r"Thanksgiving Day\); Friday, 2026-11-27 is possible"):
        RULES.check(date(2026, 11, 26), at("2026-11-18T09:00:00-08:00"), PortSpeed.OTHER, PACIFIC)


def test_a_holiday_of_another_calendar_is_none() -> None:
    received = at("2026-10-01T09:00:00-07:00")
    columbus = date(2026, 10, 12)
    RULES.check(columbus, received, PortSpeed.OTHER, PACIFIC)
    with pytest.raises(DateNotPermitted, match="Columbus Day"):
        PortDatePolicy(calendar=US_FEDERAL).check(columbus, received, PortSpeed.OTHER, PACIFIC)


def test_where_the_last_days_are_no_business_days_the_one_before_them_is_possible() -> None:
    # Sunday the 20th is the thirtieth day.
    with pytest.raises(DateNotPermitted) as error:
        RULES.check(date(2026, 12, 19), at("2026-11-20T09:00:00-08:00"), PortSpeed.OTHER, PACIFIC)
    assert (error.value.fault, error.value.instead) == (DateFault.WEEKEND, date(2026, 12, 18))


@pytest.mark.parametrize(
    ("hours", "window"),
    [
        (49, ChangeWindow.OPEN),
        (48, ChangeWindow.OPEN),
        (47.99, ChangeWindow.BEST_EFFORT),
        (24, ChangeWindow.BEST_EFFORT),
        (23.99, ChangeWindow.CLOSED),
        (-1, ChangeWindow.CLOSED),
    ],
)
def test_a_change_is_tried_within_two_days_and_refused_within_one(hours: float, window: ChangeWindow) -> None:
    firm = at("2026-12-02T11:30:00-05:00")
    assert RULES.change_window(firm - timedelta(hours=hours), firm) is window


def test_the_hours_before_a_firm_date_are_elapsed_ones() -> None:
    # The clocks are set back in between: it is an hour more than they show.
    firm = at("2026-11-02T11:30:00-05:00")
    assert RULES.change_window(at("2026-10-31T11:45:00-04:00"), firm) is ChangeWindow.OPEN


def test_a_port_that_a_person_activates_starts_at_half_past_eleven_eastern() -> None:
    assert RULES.activated_at(date(2026, 7, 1)).isoformat() == "2026-07-01T11:30:00-04:00"


def test_a_policy_that_cannot_be_is_refused() -> None:
    with pytest.raises(InvalidPolicy, match="2 days, 0:00:00 is not between nothing and best_effort"):
        PortDatePolicy(closed=timedelta(days=2), best_effort=timedelta(days=1))
    with pytest.raises(InvalidPolicy, match=r"PortDatePolicy\.latest_days: -1 is no count"):
        PortDatePolicy(latest_days=-1)
    with pytest.raises(InvalidCalendar, match="business closes"):
        PortDatePolicy(opens=time(18))


def test_naive_times_are_refused() -> None:
    naive = datetime(2026, 11, 20, 9)  # noqa: DTZ001 - on purpose
    sound = naive.replace(tzinfo=UTC)
    with pytest.raises(NaiveTime, match="received must say its zone"):
        RULES.check(date(2026, 11, 30), naive, PortSpeed.OTHER, PACIFIC)
    with pytest.raises(NaiveTime, match="now must say its zone"):
        RULES.change_window(naive, sound)
    with pytest.raises(NaiveTime, match="firm must say its zone"):
        RULES.change_window(sound, naive)


moments = st.datetimes(datetime(2026, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(
    received=moments,
    speed=st.sampled_from(PortSpeed),
    ahead=st.integers(-3, 45),
    policy=st.sampled_from([RULES, CANADA_PORTING, PortDatePolicy(calendar=US_FEDERAL)]),
)
def test_a_day_is_refused_exactly_when_it_is_not_among_the_permitted_ones(
    received: datetime, speed: PortSpeed, ahead: int, policy: PortDatePolicy
) -> None:
    days = list(policy.permitted(received, speed, PACIFIC))
    assert all(one < other for one, other in pairwise(days))
    assert all(policy.calendar.is_business_day(day) for day in days)
    day = received.date() + timedelta(days=ahead)
    if day in days:
        policy.check(day, received, speed, PACIFIC)
    else:
        with pytest.raises(DateNotPermitted) as error:
            policy.check(day, received, speed, PACIFIC)
        assert error.value.instead in days


def test_in_every_region_of_the_numbers_a_day_must_be_permitted() -> None:
    # 12:30 in San Francisco is 15:30 in New York: too late there for the day.
    now = at("2026-11-20T12:30:00-08:00")
    west, east = NumberRange("4153210100", "4153210109"), NumberRange("2123210100", "2123210109")
    day = date(2026, 11, 27)
    check_requested(day, [west], now=now, policy=RULES, plan=plan)
    with pytest.raises(DateNotPermitted, match="2026-11-30 is the first day"):
        check_requested(day, [west, east], now=now, policy=RULES, plan=plan)


def test_one_number_may_be_a_simple_port_and_two_never_are() -> None:
    now = at("2026-11-20T09:00:00-08:00")
    monday = date(2026, 11, 23)
    one, two = TelephoneNumber("4153210100"), TelephoneNumber("4153210200")
    check_requested(monday, [one], now=now, policy=RULES, plan=plan)
    with pytest.raises(DateNotPermitted, match="sooner than the rules allow"):
        check_requested(monday, [one, two], now=now, policy=RULES, plan=plan)


def test_toll_free_numbers_are_received_on_eastern_time() -> None:
    toll_free = [NumberRange("8003210100", "8003210109")]
    early, late = at("2026-11-20T12:59:00-05:00"), at("2026-11-20T13:01:00-05:00")
    check_requested(date(2026, 11, 27), toll_free, now=early, policy=RULES, plan=plan)
    with pytest.raises(DateNotPermitted):
        check_requested(date(2026, 11, 27), toll_free, now=late, policy=RULES, plan=plan)
