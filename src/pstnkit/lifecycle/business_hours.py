"""Hours of business: when a request counts as received, and what so many hours or days of business come to."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from attrs import field, frozen

from pstnkit.lifecycle.calendars import Calendar, InvalidCalendar
from pstnkit.lifecycle.events import aware
from pstnkit.lifecycle.zones import on_the_wall, zone


def _a_time(_instance: object, _attribute: object, value: time | None) -> None:
    if value is not None and value.tzinfo is not None:
        raise InvalidCalendar(f"{value!r} has a zone of its own; hours of business are those of a wall clock")


@frozen(kw_only=True)
class BusinessHours:
    """The hours of business of somebody in one time zone: on business days from ``opens`` to ``closes``.

    ``tz`` is an IANA name or a zone. What is received after ``cutoff`` counts as received when the next business day
    opens; without one, that is what comes after ``closes``. The defaults are those of 47 CFR 52.35 for requests to
    port: 08:00 to 17:00, cut off at 13:00. Raises :class:`~pstnkit.lifecycle.calendars.InvalidCalendar` for hours that
    do not follow each other, and :class:`~pstnkit.lifecycle.zones.UnknownTimeZone`.

    >>> from pstnkit import US_FEDERAL
    >>> desk = BusinessHours(calendar=US_FEDERAL, tz="America/Chicago")
    >>> received = datetime.fromisoformat("2026-11-25T14:00:00-06:00")
    >>> desk.counts_from(received).isoformat()
    '2026-11-27T08:00:00-06:00'
    >>> desk.add_hours(received, timedelta(hours=4)).isoformat()
    '2026-11-27T09:00:00-06:00'
    """

    calendar: Calendar
    tz: str | tzinfo = field()
    opens: time = field(default=time(8), validator=_a_time)
    closes: time = field(default=time(17), validator=_a_time)
    cutoff: time | None = field(default=time(13), validator=_a_time)

    @tz.validator
    def _zone_exists(self, _attribute: object, value: str | tzinfo) -> None:
        zone(value)

    def __attrs_post_init__(self) -> None:
        if not self.opens < self.closes:
            raise InvalidCalendar(f"business closes at {self.closes}, and opens at {self.opens} only")
        if self.cutoff is not None and not self.opens <= self.cutoff <= self.closes:
            raise InvalidCalendar(
                f"requests are cut off at {self.cutoff}, outside the hours of business "
                f"({self.opens} to {self.closes})"
            )

    def is_open(self, moment: datetime) -> bool:
        """Whether ``moment`` lies in the hours of business; raises :class:`~pstnkit.lifecycle.events.NaiveTime`.

        >>> from pstnkit import US_FEDERAL
        >>> desk = BusinessHours(calendar=US_FEDERAL, tz="America/Chicago")
        >>> desk.is_open(datetime.fromisoformat("2026-11-25T16:59:59-06:00"))
        True
        """
        start = aware(moment, "moment").astimezone(UTC)
        day = self._day_of(start)
        return self.calendar.is_business_day(day) and self._opening(day) <= start < self._closing(day)

    def counts_from(self, received: datetime) -> datetime:
        """When something ``received`` at a moment counts as received, in the zone of these hours.

        At that moment itself when it came on a business day between opening and cut-off (the cut-off included); at the
        next opening when it came before or after. Raises :class:`~pstnkit.lifecycle.events.NaiveTime`.
        """
        start = aware(received, "received").astimezone(UTC)
        day = self._day_of(start)
        if self.calendar.is_business_day(day):
            if start < self._opening(day):
                return self._local(self._opening(day))
            last = self._at(day, self.closes if self.cutoff is None else self.cutoff)
            if start <= last:
                return self._local(start)
        return self._local(self._opening(self.calendar.add(day, 1)))

    def add_hours(self, start: datetime, period: timedelta) -> datetime:
        """When ``period`` of open hours has gone by since ``start``, in the zone of these hours.

        Hours are elapsed time while business is open; the cut-off plays no part. A period that is used up exactly at
        closing ends there. Raises :class:`~pstnkit.lifecycle.events.NaiveTime`, and ``ValueError`` for a negative
        period.
        """
        if period < timedelta():
            raise InvalidCalendar(f"{period} of business cannot be added: it is negative")
        now = aware(start, "start").astimezone(UTC)
        day = self.calendar.at_or_after(self._day_of(now))
        while True:
            now = max(now, self._opening(day))
            left = self._closing(day) - now
            if timedelta() < left and period <= left:
                return self._local(now + period)
            period -= max(left, timedelta())
            day = self.calendar.add(day, 1)

    def add_days(self, received: datetime, days: int) -> date:
        """The business day that is ``days`` of them after the one on which ``received`` counts (47 CFR 52.35).

        >>> from pstnkit import US_FEDERAL
        >>> desk = BusinessHours(calendar=US_FEDERAL, tz="America/Chicago")
        >>> desk.add_days(datetime.fromisoformat("2026-11-25T12:59:00-06:00"), 4)
        datetime.date(2026, 12, 2)
        """
        return self.calendar.add(self.counts_from(received).date(), days)

    def closing(self, day: date) -> datetime:
        """The instant at which business closes on ``day``, in the zone of these hours."""
        return self._local(self._closing(day))

    def _local(self, moment: datetime) -> datetime:
        return moment.astimezone(zone(self.tz))

    def _day_of(self, moment: datetime) -> date:
        return self._local(moment).date()

    def _opening(self, day: date) -> datetime:
        return self._at(day, self.opens)

    def _closing(self, day: date) -> datetime:
        return self._at(day, self.closes)

    def _at(self, day: date, wall: time) -> datetime:
        return on_the_wall(day, wall, zone(self.tz)).astimezone(UTC)
