"""DOMAIN 6: which days are business days."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pstnkit import CANADA_FEDERAL, US_FEDERAL, US_PORTING, provincial_calendar
from pstnkit.lifecycle.calendars import (
    AnyHoliday,
    Calendar,
    EasterDay,
    FixedDay,
    InvalidCalendar,
    NthWeekday,
    Observed,
    OneDay,
    WeekdayBefore,
)

PROVINCES = ["AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT"]
ALL = (US_FEDERAL, US_PORTING, CANADA_FEDERAL, *map(provincial_calendar, PROVINCES))

# As the federal government of the United States publishes them.
OBSERVED_IN_THE_US = {
    2021: "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31",
    2022: "01-17 02-21 05-30 06-20 07-04 09-05 10-10 11-11 11-24 12-26",
    2023: "01-02 01-16 02-20 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25",
    2026: "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25",
    2027: "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31",
    2028: "01-17 02-21 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25",
}
# As the federal government of Canada publishes them for those who work under its labour code.
OBSERVED_IN_CANADA = {
    2022: "01-03 04-15 05-23 07-01 09-05 09-30 10-10 11-11 12-26 12-27",
    2023: "01-02 04-07 05-22 07-03 09-04 10-02 10-09 11-13 12-25 12-26",
    2026: "01-01 04-03 05-18 07-01 09-07 09-30 10-12 11-11 12-25 12-28",
}


def observed(calendar: Calendar, year: int) -> str:
    return " ".join(f"{day:%m-%d}" for day in calendar.holidays(year))


@pytest.mark.parametrize("year", OBSERVED_IN_THE_US)
def test_the_federal_holidays_of_the_united_states_are_those_that_are_published(year: int) -> None:
    assert observed(US_FEDERAL, year) == OBSERVED_IN_THE_US[year]


@pytest.mark.parametrize("year", OBSERVED_IN_CANADA)
def test_the_federal_holidays_of_canada_are_those_that_are_published(year: int) -> None:
    assert observed(CANADA_FEDERAL, year) == OBSERVED_IN_CANADA[year]


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2026-07-03", "Independence Day (observed)"),
        ("2027-06-18", "Juneteenth (observed)"),
        ("2027-07-05", "Independence Day (observed)"),
        ("2027-12-24", "Christmas Day (observed)"),
        ("2027-12-31", "New Year's Day (observed)"),
        ("2028-11-10", "Veterans Day (observed)"),
    ],
)
def test_a_holiday_on_a_weekend_is_observed_beside_it(day: str, name: str) -> None:
    found = date.fromisoformat(day)
    assert US_FEDERAL.holiday(found) == name
    assert not US_FEDERAL.is_business_day(found)


def test_a_new_year_that_was_observed_the_year_before_is_not_observed_twice() -> None:
    assert US_FEDERAL.holiday(date(2028, 1, 1)) is None
    assert US_FEDERAL.is_business_day(date(2028, 1, 3))


def test_juneteenth_is_a_holiday_since_2021() -> None:
    assert US_FEDERAL.is_business_day(date(2020, 6, 19))
    assert not US_FEDERAL.is_business_day(date(2021, 6, 18))


def test_a_carrier_with_six_holidays_works_on_the_others() -> None:
    assert list(US_PORTING.holidays(2026).values()) == [
        "New Year's Day",
        "Memorial Day",
        "Independence Day (observed)",
        "Labor Day",
        "Thanksgiving Day",
        "Christmas Day",
    ]


def test_boxing_day_makes_room_for_a_christmas_that_fell_on_a_sunday() -> None:
    assert CANADA_FEDERAL.holiday(date(2022, 12, 26)) == "Boxing Day"
    assert CANADA_FEDERAL.holiday(date(2022, 12, 27)) == "Christmas Day (observed)"


def test_christmas_and_boxing_day_on_a_weekend_take_the_two_days_after_it() -> None:
    assert CANADA_FEDERAL.holiday(date(2021, 12, 27)) == "Christmas Day (observed)"
    assert CANADA_FEDERAL.holiday(date(2021, 12, 28)) == "Boxing Day (observed)"


@pytest.mark.parametrize(
    ("province", "day", "expected"),
    [
        ("QC", "2026-06-24", "Quebec's National Holiday"),
        ("QC", "2029-06-25", "Quebec's National Holiday (observed)"),
        ("QC", "2028-06-26", None),
        ("QC", "2029-07-02", "Canada Day (observed)"),
        ("QC", "2028-07-03", None),
        ("QC", "2026-05-18", "National Patriots' Day"),
        ("ON", "2026-02-16", "Family Day"),
        ("ON", "2026-12-28", "Boxing Day (observed)"),
        ("ON", "2026-11-11", None),
        ("BC", "2018-02-12", "Family Day"),
        ("BC", "2018-02-19", None),
        ("BC", "2019-02-18", "Family Day"),
        ("NL", "2026-05-18", None),
        ("YT", "2026-08-17", "Discovery Day"),
        ("NU", "2026-07-09", "Nunavut Day"),
        ("PE", "2026-02-16", "Islander Day"),
    ],
)
def test_a_province_keeps_its_own_holidays(province: str, day: str, expected: str | None) -> None:
    assert provincial_calendar(province).holiday(date.fromisoformat(day)) == expected


@pytest.mark.parametrize("province", PROVINCES)
def test_every_province_and_territory_has_its_calendar_with_and_without_the_countrys_letters(
    province: str,
) -> None:
    assert provincial_calendar(f"CA-{province}") is provincial_calendar(province)


@pytest.mark.parametrize("text", ["", "XX", "qc", "US-CA"])
def test_what_is_no_province_is_refused_and_those_that_are_named(text: str) -> None:
    with pytest.raises(InvalidCalendar, match=f"'{text}' is no province of Canada; there are AB, BC, MB"):
        provincial_calendar(text)


@pytest.mark.parametrize("calendar", ALL, ids=lambda calendar: calendar.name)
def test_holidays_come_in_order_each_on_a_day_of_its_own(calendar: Calendar) -> None:
    for year in range(2015, 2051):
        days = list(calendar.holidays(year))
        assert days == sorted(set(days))
        assert all(day.year == year for day in days)


@pytest.mark.parametrize("calendar", [US_FEDERAL, CANADA_FEDERAL], ids=lambda calendar: calendar.name)
def test_no_federal_holiday_is_lost_on_a_weekend(calendar: Calendar) -> None:
    for year in range(2022, 2051):
        for rule in calendar.rules:
            falls = rule.falls(year)
            assert falls
            near = (falls + timedelta(days=ahead) for ahead in range(-1, 4))
            found = [
                day for day in near if str(calendar.holiday(day)).removesuffix(" (observed)") == rule.name
            ]
            assert len(found) == 1
            assert found[0].weekday() < 5


days = st.dates(date(2000, 1, 1), date(2060, 1, 1))
calendars = st.sampled_from(ALL)


@given(calendar=calendars, start=days, count=st.integers(-60, 60))
def test_adding_business_days_is_walking_day_by_day(calendar: Calendar, start: date, count: int) -> None:
    day, left = start, abs(count)
    step = timedelta(days=1 if count >= 0 else -1)
    if count == 0:
        while not calendar.is_business_day(day):
            day += step
    while left:
        day += step
        left -= calendar.is_business_day(day)
    assert calendar.add(start, count) == day


@given(calendar=calendars, start=days, length=st.integers(-3, 80))
def test_business_days_between_two_days_are_each_the_next_of_the_one_before(
    calendar: Calendar, start: date, length: int
) -> None:
    end = start + timedelta(days=length)
    found = list(calendar.business_days(start, end))
    assert all(start <= day <= end and calendar.is_business_day(day) for day in found)
    assert all(calendar.add(one, 1) == other for one, other in pairwise(found))
    assert len(found) == sum(
        calendar.is_business_day(start + timedelta(days=ahead)) for ahead in range(length + 1)
    )


@given(calendar=calendars, day=days)
def test_the_business_day_at_or_after_a_business_day_is_itself(calendar: Calendar, day: date) -> None:
    found = calendar.at_or_after(day)
    assert calendar.is_business_day(found)
    assert (found == day) == calendar.is_business_day(day)


@given(one=calendars, other=calendars, day=days)
def test_two_who_must_both_work_have_the_days_on_which_both_do(
    one: Calendar, other: Calendar, day: date
) -> None:
    both = one | other
    if both.is_business_day(day):
        # A holiday that is moved may have to make room for one of the other calendar's, and nothing else differs.
        assert both.holiday(day) is None
    elif one.is_business_day(day) and other.is_business_day(day):
        assert "(observed)" in str(both.holiday(day))


@pytest.mark.parametrize(
    ("rule", "year", "expected"),
    [
        (FixedDay("Leap Day", 2, 29), 2028, "2028-02-29"),
        (FixedDay("Leap Day", 2, 29), 2027, None),
        (NthWeekday("last Friday", 12, 4, -1), 2026, "2026-12-25"),
        (NthWeekday("last Friday but one", 12, 4, -2), 2026, "2026-12-18"),
        (NthWeekday("last Monday", 1, 0, -1), 2026, "2026-01-26"),
        (NthWeekday("fourth Sunday", 2, 6, 4), 2026, "2026-02-22"),
        (WeekdayBefore("a Monday before a Monday", 5, 25, 0), 2026, "2026-05-18"),
        (EasterDay("Easter Monday", 1), 2026, "2026-04-06"),
        (OneDay("once", date(2026, 5, 1)), 2026, "2026-05-01"),
        (OneDay("once", date(2026, 5, 1)), 2027, None),
        (FixedDay("new", 5, 1, since=2026), 2025, None),
        (FixedDay("new", 5, 1, since=2026), 2026, "2026-05-01"),
        (FixedDay("old", 5, 1, until=2026), 2026, "2026-05-01"),
        (FixedDay("old", 5, 1, until=2026), 2027, None),
    ],
)
def test_a_rule_says_where_its_holiday_falls(rule: AnyHoliday, year: int, expected: str | None) -> None:
    assert rule.falls(year) == (date.fromisoformat(expected) if expected else None)


def test_a_weekend_can_be_other_days() -> None:
    friday = Calendar("elsewhere", (FixedDay("a day", 7, 3, observed=Observed.NEAREST_WEEKDAY),), {4, 5})
    assert friday.is_business_day(date(2026, 7, 5))
    assert friday.holiday(date(2026, 7, 2)) == "a day (observed)"


def test_a_lost_holiday_stays_on_its_weekend() -> None:
    assert Calendar("one", (FixedDay("a day", 7, 4),)).is_business_day(date(2026, 7, 3))


def test_the_first_and_the_last_year_of_all_have_their_holidays() -> None:
    assert date(1, 12, 25) in US_FEDERAL.holidays(1)
    assert date(9999, 11, 25) in US_FEDERAL.holidays(9999)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: FixedDay("x", 2, 30), "there is no day 30 of month 2"),
        (lambda: FixedDay("x", 13, 1), "no day 1 of month 13"),
        (lambda: NthWeekday("x", 13, 0, 1), "month 13"),
        (lambda: NthWeekday("x", 1, 7, 1), "weekday 7"),
        (lambda: NthWeekday("x", 1, 0, 5), "number 5 of month 1, in every year"),
        (lambda: NthWeekday("x", 1, 0, 0), "number 0"),
        (lambda: WeekdayBefore("x", 2, 29, 0), "no day 29 of month 2 in every year"),
        (lambda: WeekdayBefore("x", 2, 30, 0), "no day 30"),
        (lambda: WeekdayBefore("x", 2, 3, 7), "7 is no weekday"),
        (lambda: Calendar("x", (), range(7)), "the weekend of x is 0, 1, 2, 3, 4, 5, 6"),
        (lambda: Calendar("x", (), {9}), "the weekend of x is 9"),
        (lambda: US_FEDERAL.without("Halloween"), "has no holiday 'Halloween'; it has Christmas Day, Col"),
    ],
)
def test_what_cannot_be_is_refused_and_named(make: object, message: str) -> None:
    assert callable(make)
    with pytest.raises(InvalidCalendar, match=message):
        make()


def test_a_calendar_is_a_value() -> None:
    more = US_FEDERAL.with_rules(OneDay("freeze", date(2026, 12, 28)))
    assert more != US_FEDERAL
    assert more.without("freeze") == US_FEDERAL
    assert hash(more.without("freeze")) == hash(US_FEDERAL)
    assert (US_FEDERAL | US_FEDERAL).rules == US_FEDERAL.rules


@pytest.mark.parametrize("day", [datetime(2026, 12, 25, 9), "2026-12-25", None])  # noqa: DTZ001 - on purpose
def test_what_is_no_date_is_refused_and_never_a_business_day(day: Any) -> None:
    for ask in (US_FEDERAL.is_business_day, US_FEDERAL.holiday, US_FEDERAL.at_or_after):
        with pytest.raises(TypeError, match=f"a day is a date, not a {type(day).__name__}"):
            ask(day)
