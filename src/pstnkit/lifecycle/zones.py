"""Time zones and wall clocks: what a time in a zone is, and what a calendar period comes to (DOMAIN 6)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from pstnkit.errors import CallerError


class UnknownTimeZone(CallerError):
    """A text that names no time zone. ``.text`` is what was given."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text

    def __str__(self) -> str:
        return f"{self.text!r} is no time zone; names look like 'America/Los_Angeles'"


def zone(tz: str | tzinfo) -> tzinfo:
    """A time zone by its IANA name, or the zone itself; raises :class:`UnknownTimeZone` for another text.

    >>> zone("America/Los_Angeles").utcoffset(datetime(2026, 11, 20))
    datetime.timedelta(days=-1, seconds=57600)
    """
    if isinstance(tz, tzinfo):
        return tz
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(tz)
    except (OSError, ValueError, KeyError):
        raise UnknownTimeZone(tz) from None


def on_the_wall(day: date, wall: time, tz: tzinfo) -> datetime:
    """The instant at which the clocks of ``tz`` show ``wall`` on ``day``.

    A wall time that does not exist moves forward by the gap; an ambiguous one is the earlier.

    >>> on_the_wall(date(2026, 3, 8), time(2, 30), zone("America/New_York")).isoformat()
    '2026-03-08T03:30:00-04:00'
    """
    return _existing(datetime.combine(day, wall, tz))


def _existing(moment: datetime) -> datetime:
    from dateutil.tz import resolve_imaginary

    wall: datetime = resolve_imaginary(moment.replace(fold=0))
    return wall


def add_elapsed(start: datetime, period: timedelta) -> datetime:
    """``start`` plus elapsed time, in the zone of ``start``, whatever its clocks did meanwhile."""
    return (start.astimezone(UTC) + period).astimezone(start.tzinfo)


def add_calendar_days(start: datetime, days: int) -> datetime:
    """The same wall time ``days`` later in the zone of ``start``.

    A wall time that does not exist moves forward by the gap; an ambiguous one is the earlier.

    >>> add_calendar_days(datetime(2026, 3, 7, 2, 30, tzinfo=zone("America/New_York")), 1).isoformat()
    '2026-03-08T03:30:00-04:00'
    """
    return _existing(start + timedelta(days=days))
