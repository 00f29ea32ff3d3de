"""Business days: which days count, as a value that is passed in.

A calendar is a set of rules for holidays and the days of the week on which nobody works. A rule says on which date of a
year its holiday falls, and where it is observed when that is a weekend; the days of :mod:`pstnkit.lifecycle.holidays`
are written with the rules that stand here, and so are a carrier's own.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import final

from attrs import evolve, field, frozen

from pstnkit.errors import CallerError

_DAY = timedelta(days=1)
_FEBRUARY = 2
_SUNDAY = 6


class InvalidCalendar(CallerError):
    """A calendar, a holiday or hours of business that cannot be."""


def plain_date(what: str, value: object) -> None:
    """Raise ``TypeError`` unless ``value`` is a date, and not an instant; ``what`` is what it should be.

    >>> plain_date("the day wished for", datetime(2026, 12, 11, 9))
    Traceback (most recent call last):
        ...
    TypeError: the day wished for is a date, not a datetime: datetime.datetime(2026, 12, 11, 9, 0)
    """
    if not isinstance(value, date) or isinstance(value, datetime):
        raise TypeError(f"{what} is a date, not a {type(value).__name__}: {value!r:.80}")


class Observed(StrEnum):
    """Where a holiday is observed that falls on a weekend."""

    SAME_DAY = "same_day"
    """Nowhere else: it is lost."""
    NEAREST_WEEKDAY = "nearest_weekday"
    """A Saturday's on the Friday before, a Sunday's on the Monday after: the rule of the United States."""
    MONDAY_AFTER_SUNDAY = "monday_after_sunday"
    """A Sunday's on the Monday after; a Saturday's is lost."""
    NEXT_WEEKDAY = "next_weekday"
    """On the next day that is neither a weekend nor a holiday: the custom of Canada."""


def _is_a_day(month: int, day: int) -> bool:
    try:
        date(2000, month, day)
    except ValueError:
        return False
    return True


@frozen(kw_only=True)
class Holiday(ABC):
    """What every rule for a holiday says: its ``name``, in which years there is one, and where it is observed."""

    name: str = field(kw_only=False)
    since: int | None = None
    until: int | None = None
    observed: Observed = Observed.SAME_DAY

    def exists_in(self, year: int) -> bool:
        """Whether the holiday is kept in ``year``."""
        return (self.since is None or year >= self.since) and (self.until is None or year <= self.until)

    def falls(self, year: int) -> date | None:
        """The date of the holiday in ``year``, wherever it is observed; None when that year has none."""
        return self._date(year) if self.exists_in(year) else None

    @abstractmethod
    def _date(self, year: int) -> date | None:
        """The date by the rule alone."""


@final
@frozen
class FixedDay(Holiday):
    """The same day of the same month every year.

    >>> FixedDay("Veterans Day", 11, 11).falls(2026)
    datetime.date(2026, 11, 11)
    """

    month: int
    day: int

    def __attrs_post_init__(self) -> None:
        if not _is_a_day(self.month, self.day):
            raise InvalidCalendar(f"{self.name}: there is no day {self.day} of month {self.month}")

    def _date(self, year: int) -> date | None:
        try:
            return date(year, self.month, self.day)
        except ValueError:  # the 29th of February
            return None


@final
@frozen
class NthWeekday(Holiday):
    """The ``nth`` Monday (``weekday`` 0), Tuesday (1) ... of a month; the last one is the -1st.

    >>> NthWeekday("Thanksgiving Day", 11, 3, 4).falls(2026)
    datetime.date(2026, 11, 26)
    """

    month: int
    weekday: int
    nth: int

    def __attrs_post_init__(self) -> None:
        if not (_is_a_day(self.month, 1) and self.weekday in range(7) and 1 <= abs(self.nth) <= 4):
            raise InvalidCalendar(
                f"{self.name}: no weekday {self.weekday}, number {self.nth} of month {self.month}, in every year"
            )

    def _date(self, year: int) -> date:
        if self.nth > 0:
            first = date(year, self.month, 1)
            return first + timedelta(days=(self.weekday - first.weekday()) % 7 + 7 * (self.nth - 1))
        last = date(year + self.month // 12, self.month % 12 + 1, 1) - _DAY
        return last - timedelta(days=(last.weekday() - self.weekday) % 7 + 7 * (-1 - self.nth))


@final
@frozen
class WeekdayBefore(Holiday):
    """The last Monday (``weekday`` 0), Tuesday (1) ... before a day of a month.

    >>> WeekdayBefore("Victoria Day", 5, 25, 0).falls(2026)
    datetime.date(2026, 5, 18)
    """

    month: int
    day: int
    weekday: int

    def __attrs_post_init__(self) -> None:
        if not _is_a_day(self.month, self.day) or (self.month, self.day) == (_FEBRUARY, 29):
            raise InvalidCalendar(f"{self.name}: no day {self.day} of month {self.month} in every year")
        if self.weekday not in range(7):
            raise InvalidCalendar(f"{self.name}: {self.weekday} is no weekday; Monday is 0 and Sunday 6")

    def _date(self, year: int) -> date:
        before = date(year, self.month, self.day) - _DAY
        return before - timedelta(days=(before.weekday() - self.weekday) % 7)


@final
@frozen
class EasterDay(Holiday):
    """So many days after Easter Sunday, of the western churches: Good Friday is -2.

    >>> EasterDay("Good Friday", -2).falls(2026)
    datetime.date(2026, 4, 3)
    """

    offset: int

    def _date(self, year: int) -> date:
        from dateutil.easter import easter

        return easter(year) + timedelta(days=self.offset)


@final
@frozen
class OneDay(Holiday):
    """A single day: one of mourning, or one on which a carrier ports nothing.

    >>> OneDay("Network freeze", date(2026, 12, 28)).falls(2026)
    datetime.date(2026, 12, 28)
    """

    on: date

    def _date(self, year: int) -> date | None:
        return self.on if self.on.year == year else None


AnyHoliday = FixedDay | NthWeekday | WeekdayBefore | EasterDay | OneDay


def _rules(rules: Iterable[AnyHoliday]) -> tuple[AnyHoliday, ...]:
    return tuple(rules)


def _weekend(days: Iterable[int]) -> frozenset[int]:
    return frozenset(days)


@frozen(cache_hash=True)
class Calendar:
    """Which days are business days: those that are neither in the ``weekend`` nor observed as a holiday.

    ``name`` names it in messages; ``weekend`` has the weekdays on which nobody works, Monday being 0. Raises
    :class:`InvalidCalendar` for a weekend that is none, or that leaves no day for business.

    >>> from pstnkit import US_FEDERAL
    >>> US_FEDERAL.is_business_day(date(2026, 11, 26)), US_FEDERAL.holiday(date(2026, 11, 26))
    (False, 'Thanksgiving Day')
    >>> US_FEDERAL.add(date(2026, 11, 25), 1)
    datetime.date(2026, 11, 27)
    """

    name: str
    rules: tuple[AnyHoliday, ...] = field(converter=_rules)
    weekend: frozenset[int] = field(default=frozenset({5, 6}), converter=_weekend)

    def __attrs_post_init__(self) -> None:
        if not self.weekend < frozenset(range(7)):
            days = ", ".join(map(str, sorted(self.weekend)))
            raise InvalidCalendar(
                f"the weekend of {self.name} is {days}; weekdays are 0 (Monday) to 6, and one is left"
            )

    def holidays(self, year: int) -> Mapping[date, str]:
        """The holidays that are observed in ``year``, in order, by their names.

        One that falls on a weekend stands where it is observed. New Year's Day of the next year may be among them.

        >>> from pstnkit import US_FEDERAL
        >>> [f"{day} {name}" for day, name in US_FEDERAL.holidays(2027).items()][-2:]
        ['2027-12-24 Christmas Day (observed)', "2027-12-31 New Year's Day (observed)"]
        """
        return _observed(self, year)

    def holiday(self, day: date) -> str | None:
        """The name of the holiday that is observed on ``day``, or None. Raises ``TypeError`` for what is no date."""
        plain_date("a day", day)
        return self.holidays(day.year).get(day)

    def is_business_day(self, day: date) -> bool:
        """Whether ``day`` is neither in the weekend nor observed as a holiday.

        Raises ``TypeError`` for what is no date: an instant is a day only in some zone.
        """
        plain_date("a day", day)
        return day.weekday() not in self.weekend and day not in self.holidays(day.year)

    def at_or_after(self, day: date) -> date:
        """``day`` itself when it is a business day, or else the next one."""
        return self.add(day, 0)

    def add(self, day: date, days: int) -> date:
        """The business day that is ``days`` of them after ``day``, or before it when that is negative.

        ``day`` need not be one; with 0 days it counts as the next business day.

        >>> from pstnkit import CANADA_FEDERAL
        >>> CANADA_FEDERAL.add(date(2026, 12, 24), 2), CANADA_FEDERAL.add(date(2026, 12, 27), -1)
        (datetime.date(2026, 12, 30), datetime.date(2026, 12, 24))
        """
        step = -_DAY if days < 0 else _DAY
        if days == 0 and self.is_business_day(day):
            return day
        for _ in range(abs(days) or 1):
            day += step
            while not self.is_business_day(day):
                day += step
        return day

    def business_days(self, first: date, last: date) -> Iterator[date]:
        """The business days from ``first`` to ``last``, both included.

        >>> from pstnkit import US_FEDERAL
        >>> [day.day for day in US_FEDERAL.business_days(date(2026, 11, 24), date(2026, 11, 30))]
        [24, 25, 27, 30]
        """
        return (day for day in _days(first, last) if self.is_business_day(day))

    def with_rules(self, *rules: AnyHoliday, name: str | None = None) -> Calendar:
        """The same calendar with more holidays, perhaps under another name.

        >>> from pstnkit import US_FEDERAL
        >>> ours = US_FEDERAL.with_rules(OneDay("Network freeze", date(2026, 12, 28)), name="ours")
        >>> ours.holiday(date(2026, 12, 28))
        'Network freeze'
        """
        return evolve(self, name=name or self.name, rules=(*self.rules, *rules))

    def without(self, *names: str, name: str | None = None) -> Calendar:
        """The same calendar without the holidays of these names; raises :class:`InvalidCalendar` for one that it has
        not.

        >>> from pstnkit import US_FEDERAL
        >>> US_FEDERAL.without("Columbus Day").is_business_day(date(2026, 10, 12))
        True
        """
        known = {rule.name for rule in self.rules}
        for missing in sorted(set(names) - known):
            raise InvalidCalendar(
                f"{self.name} has no holiday {missing!r}; it has {', '.join(sorted(known))}"
            )
        rules = tuple(rule for rule in self.rules if rule.name not in names)
        return evolve(self, name=name or self.name, rules=rules)

    def __or__(self, other: Calendar) -> Calendar:
        """The calendar on which a day counts only when it does on both: that of two who must both be at work."""
        rules = dict.fromkeys((*self.rules, *other.rules))
        return Calendar(f"{self.name} and {other.name}", tuple(rules), self.weekend | other.weekend)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))


@lru_cache(maxsize=512)
def _observed(calendar: Calendar, year: int) -> Mapping[date, str]:
    """The holidays that are observed in ``year``. Those of the years beside it may be observed in it."""
    kept: dict[date, str] = {}
    moved: list[tuple[date, AnyHoliday]] = []
    for near in range(max(year - 1, date.min.year), min(year + 1, date.max.year) + 1):
        for rule in calendar.rules:
            falls = rule.falls(near)
            if falls is None:
                continue
            if falls.weekday() in calendar.weekend and _moves(falls, rule.observed):
                moved.append((falls, rule))
            else:
                kept.setdefault(falls, rule.name)
    # What is moved goes to a day that nothing has claimed which was not moved, the earlier first.
    for falls, rule in sorted(moved, key=lambda pair: pair[0]):
        kept.setdefault(_stand_in(falls, rule.observed, calendar.weekend, kept), f"{rule.name} (observed)")
    return MappingProxyType({day: name for day, name in sorted(kept.items()) if day.year == year})


def _moves(falls: date, observed: Observed) -> bool:
    if observed is Observed.MONDAY_AFTER_SUNDAY:
        return falls.weekday() == _SUNDAY
    return observed is not Observed.SAME_DAY


def _stand_in(falls: date, observed: Observed, weekend: frozenset[int], taken: Mapping[date, str]) -> date:
    """The day on which a holiday is observed that falls on a weekend."""
    if observed is Observed.NEAREST_WEEKDAY:
        # Of two days as near, the one before: there is none on a Sunday, since the Saturday is no weekday.
        near = (falls + side * distance * _DAY for distance in range(1, 7) for side in (-1, 1))
        return next(day for day in near if day.weekday() not in weekend)
    while falls.weekday() in weekend or falls in taken:
        falls += _DAY
    return falls
