"""On which days a port can be asked for, and until when it can still be changed (47 CFR 52.35, DOMAIN 4).

What the rules allow is one thing, what is promised to the customer (SPEC F3) another: a port is promised in three
weeks, and could be done in four business days. A losing carrier may keep holidays of its own, so that the calendar is,
like everything here, part of a policy that is passed in. Days are counted in the local time of the numbers' NPAC
region.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from itertools import islice

from attrs import Attribute, field, frozen

from pstnkit.catalog import sentence
from pstnkit.errors import DecisionError
from pstnkit.lifecycle.business_hours import BusinessHours
from pstnkit.lifecycle.calendars import Calendar
from pstnkit.lifecycle.events import aware
from pstnkit.lifecycle.fulfillment import InvalidPolicy
from pstnkit.lifecycle.holidays import CANADA_FEDERAL, US_PORTING
from pstnkit.lifecycle.zones import on_the_wall, zone
from pstnkit.numbering.plan import NumberingPlan
from pstnkit.numbering.ranges import NumberRange, collapse
from pstnkit.numbering.telephone import TelephoneNumber
from pstnkit.porting.regions import port_timezones


class PortSpeed(StrEnum):
    """Which interval a port has.

    A *simple* port is one line, without unbundled elements, complex switch features or a reseller; two numbers are
    never simple. *Wireless* is from one mobile carrier to another.
    """

    SIMPLE = "simple"
    OTHER = "other"
    WIRELESS = "wireless"


class DateFault(StrEnum):
    """Why a day cannot be asked for."""

    PAST = "past"
    TOO_SOON = "too_soon"
    TOO_FAR = "too_far"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"


class ChangeWindow(StrEnum):
    """What a change of a port can still do, so shortly before its firm date."""

    OPEN = "open"
    BEST_EFFORT = "best_effort"
    CLOSED = "closed"


class DateNotPermitted(DecisionError):
    """A day on which the port cannot be asked for. ``.day`` is which, ``.fault`` why, ``.detail`` the holiday or the
    limit, and ``.instead`` a permitted day near it."""

    def __init__(self, day: date, fault: DateFault, detail: str, instead: date) -> None:
        super().__init__(day, fault, detail, instead)
        self.day = day
        self.fault = fault
        self.detail = detail
        self.instead = instead

    def __str__(self) -> str:
        why = sentence(self.fault, detail=self.detail)
        return f"{self.day:%A, %Y-%m-%d} {why}; {self.instead:%A, %Y-%m-%d} is possible"


def _positive(instance: object, attribute: Attribute[int], value: int) -> None:
    if type(value) is not int or value < 0:
        raise InvalidPolicy(f"{type(instance).__name__}.{attribute.name}", f"{value!r} is no count of days")


@frozen(kw_only=True)
class PortDatePolicy:
    """What a losing carrier's rules allow; the defaults are those of the United States (47 CFR 52.35).

    ``calendar`` has the losing carrier's holidays; requests are received from ``opens`` to ``closes`` and count on that
    day up to ``cutoff``. Ports take ``simple_days`` or ``other_days`` business days, mobile ones ``wireless`` of
    business. A firm order commitment is due after ``commitment_simple`` of business or ``commitment_other`` of elapsed
    time. A day lies at most ``latest_days`` ahead. A change less than ``best_effort`` before the firm date is tried,
    and less than ``closed`` before it is refused. A rejected port that nobody answers for ``patience`` is
    closed. Ports that a person activates start at ``activation``, in ``activation_tz``.

    >>> policy = PortDatePolicy()
    >>> received = datetime.fromisoformat("2026-11-25T14:00:00-08:00")
    >>> policy.earliest(received, PortSpeed.OTHER, "America/Los_Angeles")
    datetime.date(2026, 12, 3)
    """

    calendar: Calendar = US_PORTING
    opens: time = time(8)
    closes: time = time(17)
    cutoff: time = time(13)
    simple_days: int = field(default=1, validator=_positive)
    other_days: int = field(default=4, validator=_positive)
    wireless: timedelta = timedelta(hours=2, minutes=30)
    commitment_simple: timedelta = timedelta(hours=4)
    commitment_other: timedelta = timedelta(hours=24)
    latest_days: int = field(default=30, validator=_positive)
    best_effort: timedelta = timedelta(hours=48)
    closed: timedelta = timedelta(hours=24)
    patience: timedelta = timedelta(days=14)
    activation: time = time(11, 30)
    activation_tz: str = "America/New_York"

    def __attrs_post_init__(self) -> None:
        if not timedelta() <= self.closed <= self.best_effort:
            raise InvalidPolicy(
                "PortDatePolicy.closed",
                f"{self.closed} is not between nothing and best_effort ({self.best_effort})",
            )
        self.hours("UTC")

    def hours(self, tz: str | tzinfo) -> BusinessHours:
        """The hours in which the losing carrier takes requests, in the zone of the numbers' region."""
        return BusinessHours(
            calendar=self.calendar, tz=tz, opens=self.opens, closes=self.closes, cutoff=self.cutoff
        )

    def earliest(self, received: datetime, speed: PortSpeed | str, tz: str | tzinfo) -> date:
        """The first day for which a port can be asked whose accurate request is ``received`` then.

        ``tz`` is the zone of the numbers' region. Raises :class:`~pstnkit.lifecycle.events.NaiveTime`, and
        ``ValueError`` for another speed.
        """
        hours = self.hours(tz)
        if PortSpeed(speed) is PortSpeed.WIRELESS:
            return hours.add_hours(received, self.wireless).date()
        simple = PortSpeed(speed) is PortSpeed.SIMPLE
        return hours.add_days(received, self.simple_days if simple else self.other_days)

    def commitment_due(self, received: datetime, speed: PortSpeed | str, tz: str | tzinfo) -> datetime:
        """When the losing carrier's firm order commitment is due for a request that is ``received`` then.

        >>> PortDatePolicy().commitment_due(datetime.fromisoformat("2026-11-25T12:00:00-08:00"), "simple",
        ...                                 "America/Los_Angeles").isoformat()
        '2026-11-25T16:00:00-08:00'
        """
        hours = self.hours(tz)
        counts = hours.counts_from(received)
        if PortSpeed(speed) is PortSpeed.OTHER:
            return (counts.astimezone(UTC) + self.commitment_other).astimezone(counts.tzinfo)
        return hours.add_hours(counts, self.commitment_simple)

    def permitted(self, received: datetime, speed: PortSpeed | str, tz: str | tzinfo) -> Iterator[date]:
        """The days for which a port can be asked whose request is ``received`` then, in order.

        >>> days = PortDatePolicy().permitted(datetime.fromisoformat("2026-11-20T09:00:00-08:00"), "other",
        ...                                   "America/Los_Angeles")
        >>> [f"{day:%m-%d}" for day in days][:5]
        ['11-27', '11-30', '12-01', '12-02', '12-03']
        """
        first = self.earliest(received, speed, tz)
        return self.calendar.business_days(
            first, self._today(received, tz) + timedelta(days=self.latest_days)
        )

    def check(self, day: date, received: datetime, speed: PortSpeed | str, tz: str | tzinfo) -> None:
        """Raise :class:`DateNotPermitted` when ``day`` cannot be asked for in a request that is ``received`` then."""
        today, first = self._today(received, tz), self.earliest(received, speed, tz)
        last = today + timedelta(days=self.latest_days)
        if day < today:
            raise DateNotPermitted(day, DateFault.PAST, f"{today}", first)
        if day < first:
            raise DateNotPermitted(day, DateFault.TOO_SOON, f"{first}", first)
        if day > last:
            near = self.calendar.add(last + timedelta(days=1), -1)
            raise DateNotPermitted(day, DateFault.TOO_FAR, f"{self.latest_days}", near)
        if not self.calendar.is_business_day(day):
            holiday = self.calendar.holiday(day)
            # The next business day may lie beyond the last day that can be asked for.
            near = next(islice(self.calendar.business_days(day, last), 1), self.calendar.add(day, -1))
            fault = DateFault.HOLIDAY if holiday else DateFault.WEEKEND
            raise DateNotPermitted(day, fault, holiday or "", near)

    def change_window(self, now: datetime, firm: datetime) -> ChangeWindow:
        """What a change can still do at ``now``, when the numbers move at ``firm``.

        >>> PortDatePolicy().change_window(datetime.fromisoformat("2026-11-30T12:00:00-05:00"),
        ...                                datetime.fromisoformat("2026-12-02T11:30:00-05:00")).value
        'best_effort'
        """
        left = aware(firm, "firm").astimezone(UTC) - aware(now, "now").astimezone(UTC)
        if left < self.closed:
            return ChangeWindow.CLOSED
        return ChangeWindow.BEST_EFFORT if left < self.best_effort else ChangeWindow.OPEN

    def activated_at(self, day: date) -> datetime:
        """When a port that a person activates on ``day`` starts.

        >>> PortDatePolicy().activated_at(date(2026, 12, 2)).isoformat()
        '2026-12-02T11:30:00-05:00'
        """
        return on_the_wall(day, self.activation, zone(self.activation_tz))

    def _today(self, received: datetime, tz: str | tzinfo) -> date:
        return aware(received, "received").astimezone(zone(tz)).date()


def check_requested(
    day: date,
    numbers: Iterable[NumberRange | TelephoneNumber],
    *,
    now: datetime,
    policy: PortDatePolicy,
    plan: NumberingPlan,
) -> None:
    """Raise :class:`DateNotPermitted` when a port of ``numbers`` that is sent ``now`` cannot be asked for ``day``.

    In every region that the numbers lie in, the day must be permitted. One number may make a simple port, several never
    do. Raises :class:`~pstnkit.porting.regions.NoNpacRegion` for numbers that are not ported at all.

    >>> from pstnkit import plan
    >>> some = NumberRange("4153210100", "4153210119")
    >>> check_requested(date(2026, 11, 27), [some], now=datetime.fromisoformat("2026-11-24T12:00:00-08:00"),
    ...                 policy=PortDatePolicy(), plan=plan)
    Traceback (most recent call last):
        ...
    pstnkit.porting.cutoffs.DateNotPermitted: Friday, 2026-11-27 is sooner than the rules allow (2026-12-01 is ...
    """
    given = collapse(numbers)
    speed = PortSpeed.SIMPLE if sum(map(len, given)) == 1 else PortSpeed.OTHER
    for tz in port_timezones(given, plan):
        policy.check(day, now, speed, tz)


CANADA_PORTING = PortDatePolicy(calendar=CANADA_FEDERAL, simple_days=2)
"""The intervals of Canada (CRTC 2005-72): two business days for a simple port."""
