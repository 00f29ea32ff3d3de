"""The holidays of the United States and Canada, and of carriers, as calendars.

Sources: 5 U.S.C. 6103 and the federal government's calendar of holidays; the Canada Labour Code, sections 166 and 195,
which governs telephone companies; the employment standards of each province and territory, for business there. Which
days a carrier ports nothing on is its own affair: these are common knowledge in the trade, and a carrier that keeps
others is a calendar made with :meth:`~pstnkit.lifecycle.calendars.Calendar.with_rules`.
"""

from __future__ import annotations

from attrs import evolve

from pstnkit.lifecycle.calendars import (
    AnyHoliday,
    Calendar,
    EasterDay,
    FixedDay,
    InvalidCalendar,
    NthWeekday,
    Observed,
    WeekdayBefore,
)

_MONDAY, _THURSDAY = 0, 3
_NEAREST, _NEXT = Observed.NEAREST_WEEKDAY, Observed.NEXT_WEEKDAY

US_FEDERAL = Calendar(
    "the federal calendar of the United States",
    (
        FixedDay("New Year's Day", 1, 1, observed=_NEAREST),
        NthWeekday("Martin Luther King Jr. Day", 1, _MONDAY, 3, since=1986),
        NthWeekday("Washington's Birthday", 2, _MONDAY, 3, since=1971),
        NthWeekday("Memorial Day", 5, _MONDAY, -1, since=1971),
        FixedDay("Juneteenth", 6, 19, since=2021, observed=_NEAREST),
        FixedDay("Independence Day", 7, 4, observed=_NEAREST),
        NthWeekday("Labor Day", 9, _MONDAY, 1),
        NthWeekday("Columbus Day", 10, _MONDAY, 2, since=1971),
        FixedDay("Veterans Day", 11, 11, since=1978, observed=_NEAREST),
        NthWeekday("Thanksgiving Day", 11, _THURSDAY, 4),
        FixedDay("Christmas Day", 12, 25, observed=_NEAREST),
    ),
)
"""The holidays of the federal government of the United States (DOMAIN 6)."""

US_PORTING = US_FEDERAL.without(
    "Martin Luther King Jr. Day",
    "Washington's Birthday",
    "Juneteenth",
    "Columbus Day",
    "Veterans Day",
    name="the six porting holidays",
)
"""The six holidays on which a carrier that keeps few of them ports nothing (DOMAIN 4)."""

_NEW_YEAR = FixedDay("New Year's Day", 1, 1, observed=_NEXT)
_GOOD_FRIDAY = EasterDay("Good Friday", -2)
_VICTORIA_DAY = WeekdayBefore("Victoria Day", 5, 25, _MONDAY)
_CANADA_DAY = FixedDay("Canada Day", 7, 1, observed=_NEXT)
_LABOUR_DAY = NthWeekday("Labour Day", 9, _MONDAY, 1)
_THANKSGIVING = NthWeekday("Thanksgiving", 10, _MONDAY, 2)
_REMEMBRANCE_DAY = FixedDay("Remembrance Day", 11, 11, observed=_NEXT)
_CHRISTMAS = FixedDay("Christmas Day", 12, 25, observed=_NEXT)
_BOXING_DAY = FixedDay("Boxing Day", 12, 26, observed=_NEXT)


def _truth_and_reconciliation(since: int, observed: Observed = _NEXT) -> AnyHoliday:
    return FixedDay("National Day for Truth and Reconciliation", 9, 30, since=since, observed=observed)


CANADA_FEDERAL = Calendar(
    "the federal calendar of Canada",
    (
        _NEW_YEAR,
        _GOOD_FRIDAY,
        _VICTORIA_DAY,
        _CANADA_DAY,
        _LABOUR_DAY,
        _truth_and_reconciliation(2021),
        _THANKSGIVING,
        _REMEMBRANCE_DAY,
        _CHRISTMAS,
        _BOXING_DAY,
    ),
)
"""The general holidays of the Canada Labour Code, which telephone companies keep in every province."""


# What is a holiday in a province is its own law, and so is what becomes of one that falls on a weekend.
_LOST = Observed.SAME_DAY
_CANADA_DAY_LOST = evolve(_CANADA_DAY, observed=_LOST)
_CANADA_DAY_ON_MONDAY = evolve(_CANADA_DAY, observed=Observed.MONDAY_AFTER_SUNDAY)
_REMEMBRANCE_DAY_LOST = evolve(_REMEMBRANCE_DAY, observed=_LOST)


def _february(name: str, since: int) -> AnyHoliday:
    return NthWeekday(name, 2, _MONDAY, 3, since=since)


def _august(name: str, nth: int = 1) -> AnyHoliday:
    return NthWeekday(name, 8, _MONDAY, nth)


def _indigenous_peoples(since: int) -> AnyHoliday:
    return FixedDay("National Indigenous Peoples Day", 6, 21, since=since)


def _province(name: str, *rules: AnyHoliday) -> Calendar:
    """The calendar of a province: what is kept in all of them, and what in this one."""
    return Calendar(f"the calendar of {name}", (_NEW_YEAR, _GOOD_FRIDAY, _LABOUR_DAY, _CHRISTMAS, *rules))


_PROVINCES = {
    "AB": _province(
        "Alberta",
        _february("Family Day", 1990),
        _VICTORIA_DAY,
        _CANADA_DAY_ON_MONDAY,
        _THANKSGIVING,
        _REMEMBRANCE_DAY,
    ),
    "BC": _province(
        "British Columbia",
        NthWeekday("Family Day", 2, _MONDAY, 2, since=2013, until=2018),
        _february("Family Day", 2019),
        _VICTORIA_DAY,
        _CANADA_DAY_ON_MONDAY,
        _august("British Columbia Day"),
        _truth_and_reconciliation(2023),
        _THANKSGIVING,
        _REMEMBRANCE_DAY_LOST,
    ),
    "MB": _province(
        "Manitoba",
        _february("Louis Riel Day", 2008),
        _VICTORIA_DAY,
        _CANADA_DAY_LOST,
        _truth_and_reconciliation(2023),
        _THANKSGIVING,
        _REMEMBRANCE_DAY_LOST,
    ),
    "NB": _province(
        "New Brunswick",
        _february("Family Day", 2018),
        _CANADA_DAY_LOST,
        _august("New Brunswick Day"),
        _REMEMBRANCE_DAY_LOST,
    ),
    "NL": _province("Newfoundland and Labrador", _CANADA_DAY, _REMEMBRANCE_DAY),
    "NS": _province("Nova Scotia", _february("Heritage Day", 2015), _CANADA_DAY_LOST, _REMEMBRANCE_DAY),
    "NT": _province(
        "the Northwest Territories",
        _VICTORIA_DAY,
        _indigenous_peoples(2001),
        _CANADA_DAY_LOST,
        _august("Civic Holiday"),
        _truth_and_reconciliation(2022, _LOST),
        _THANKSGIVING,
        _REMEMBRANCE_DAY_LOST,
    ),
    "NU": _province(
        "Nunavut",
        _VICTORIA_DAY,
        _CANADA_DAY_LOST,
        FixedDay("Nunavut Day", 7, 9, since=2020),
        _august("Civic Holiday"),
        _truth_and_reconciliation(2022, _LOST),
        _THANKSGIVING,
        _REMEMBRANCE_DAY_LOST,
    ),
    "ON": _province(
        "Ontario",
        _february("Family Day", 2008),
        _VICTORIA_DAY,
        _CANADA_DAY_LOST,
        _THANKSGIVING,
        _BOXING_DAY,
    ),
    "PE": _province(
        "Prince Edward Island",
        _february("Islander Day", 2010),
        _CANADA_DAY,
        _truth_and_reconciliation(2022, _LOST),
        _REMEMBRANCE_DAY,
    ),
    "QC": _province(
        "Quebec",
        WeekdayBefore("National Patriots' Day", 5, 25, _MONDAY, since=2003),
        FixedDay("Quebec's National Holiday", 6, 24, observed=Observed.MONDAY_AFTER_SUNDAY),
        _CANADA_DAY_ON_MONDAY,
        _THANKSGIVING,
    ),
    "SK": _province(
        "Saskatchewan",
        _february("Family Day", 2007),
        _VICTORIA_DAY,
        _CANADA_DAY,
        _august("Saskatchewan Day"),
        _THANKSGIVING,
        _REMEMBRANCE_DAY,
    ),
    "YT": _province(
        "Yukon",
        _VICTORIA_DAY,
        _indigenous_peoples(2017),
        _CANADA_DAY,
        _august("Discovery Day", 3),
        _truth_and_reconciliation(2023, _LOST),
        _THANKSGIVING,
        _REMEMBRANCE_DAY,
    ),
}


def provincial_calendar(province: str) -> Calendar:
    """The calendar of a province or territory of Canada: ``QC`` or ``CA-QC``.

    A telephone company keeps :data:`CANADA_FEDERAL` wherever it is; these are for those who do business there. Raises
    :class:`~pstnkit.lifecycle.calendars.InvalidCalendar` for another text.

    >>> from datetime import date
    >>> provincial_calendar("QC").holiday(date(2026, 6, 24))
    "Quebec's National Holiday"
    """
    found = _PROVINCES.get(province.removeprefix("CA-"))
    if found is None:
        raise InvalidCalendar(f"{province!r:.80} is no province of Canada; there are {', '.join(_PROVINCES)}")
    return found
