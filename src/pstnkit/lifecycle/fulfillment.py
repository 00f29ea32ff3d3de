"""How long things take (SPEC F1 to F5), as a policy that is passed in.

Minutes and hours are elapsed time; days and weeks are calendar periods on the signer's wall clock (DOMAIN 6): three
weeks after 15:00 is 15:00, also when the clocks have changed in between.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum
from typing import assert_never

from attrs import frozen

from pstnkit.errors import CallerError
from pstnkit.lifecycle.events import aware, latest


class OrderKind(StrEnum):
    """What is ordered: numbers from inventory, numbers to be sourced, or numbers brought along."""

    STANDARD = "standard"
    ADVANCED = "advanced"
    PORT = "port"


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


def add_elapsed(start: datetime, period: timedelta) -> datetime:
    """``start`` plus elapsed time, in the zone of ``start``, whatever its clocks did meanwhile."""
    return (start.astimezone(UTC) + period).astimezone(start.tzinfo)


def add_calendar_days(start: datetime, days: int) -> datetime:
    """The same wall time ``days`` later in the zone of ``start``.

    A wall time that does not exist moves forward by the gap; an ambiguous one is the earlier.

    >>> from zoneinfo import ZoneInfo
    >>> new_york = ZoneInfo("America/New_York")
    >>> add_calendar_days(datetime(2026, 3, 7, 2, 30, tzinfo=new_york), 1).isoformat()
    '2026-03-08T03:30:00-04:00'
    """
    from dateutil.tz import resolve_imaginary

    wall: datetime = resolve_imaginary((start + timedelta(days=days)).replace(fold=0))
    return wall


@frozen(kw_only=True)
class FulfillmentPolicy:
    """How long each kind of order takes once its last gate has opened; the defaults are SPEC F1 to F3."""

    standard: timedelta = timedelta(minutes=10)
    advanced_days: int = 5
    port_days: int = 21

    def due(
        self,
        kind: OrderKind | str,
        *,
        signed: datetime,
        placed: datetime | None = None,
        tz: str | tzinfo | None = None,
    ) -> datetime:
        """When an order of ``kind`` is due.

        The clock starts at the later of ``signed`` (the last signature that the order needs) and ``placed`` (SPEC
        F5). ``tz`` is the signer's zone, in which days are counted and the answer is given; without it, the zone of
        ``signed``. Raises ``ValueError`` for a naive datetime, an unknown kind or an unknown zone.

        >>> from datetime import datetime
        >>> FulfillmentPolicy().due("port", signed=datetime.fromisoformat("2026-10-20T15:00:00-07:00"),
        ...                         tz="America/Los_Angeles").isoformat()
        '2026-11-10T15:00:00-08:00'
        """
        kind = OrderKind(kind)
        local = aware(signed, "signed").tzinfo
        if tz is not None:
            local = zone(tz)
        start = signed if placed is None else latest((signed, aware(placed, "placed")))
        # Through UTC, so that a wall time which the clocks skipped counts as the instant that it was.
        start = start.astimezone(UTC).astimezone(local)
        match kind:
            case OrderKind.STANDARD:
                return add_elapsed(start, self.standard)
            case OrderKind.ADVANCED:
                return add_calendar_days(start, self.advanced_days)
            case OrderKind.PORT:
                return add_calendar_days(start, self.port_days)
            case _:
                assert_never(kind)
