"""How long things take (SPEC F1 to F5), as a policy that is passed in.

Minutes and hours are elapsed time; days and weeks are calendar periods on the signer's wall clock (DOMAIN 6): three
weeks after 15:00 is 15:00, also when the clocks have changed in between. Whoever promises business days says on which
calendar.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum
from typing import Any

from attrs import Attribute, field, frozen

from pstnkit.errors import CallerError
from pstnkit.lifecycle.business_hours import BusinessHours
from pstnkit.lifecycle.events import aware, latest
from pstnkit.lifecycle.zones import add_calendar_days, add_elapsed, zone


class OrderKind(StrEnum):
    """What is ordered: numbers from inventory, numbers to be sourced, or numbers brought along."""

    STANDARD = "standard"
    ADVANCED = "advanced"
    PORT = "port"


class InvalidPolicy(CallerError):
    """A policy with a value that it cannot have. ``.field`` is where it stands."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(field, why)
        self.field = field
        self.why = why

    def __str__(self) -> str:
        return f"{self.field}: {self.why}"


def _whole(instance: object, attribute: Attribute[int], value: int) -> None:
    if type(value) is not int or value < 0:
        raise InvalidPolicy(f"{type(instance).__name__}.{attribute.name}", f"{value!r} is no count of days")


@frozen
class CalendarDays:
    """So many days by the calendar, holidays or not: it is the same time of day in the end.

    >>> CalendarDays(30)
    CalendarDays(days=30)
    """

    days: int = field(validator=_whole)

    def after(self, start: datetime) -> datetime:
        """The same wall time ``days`` later, in the zone of ``start``."""
        return add_calendar_days(start, self.days)


@frozen
class BusinessDays:
    """So many business days of somebody's, up to the close of business on the last of them.

    What starts after the cut-off of ``hours`` starts on the next business day.

    >>> from pstnkit import US_FEDERAL
    >>> desk = BusinessHours(calendar=US_FEDERAL, tz="America/Chicago")
    >>> BusinessDays(4, desk).after(datetime.fromisoformat("2026-11-25T14:00:00-06:00")).isoformat()
    '2026-12-03T17:00:00-06:00'
    """

    days: int = field(validator=_whole)
    hours: BusinessHours

    def after(self, start: datetime) -> datetime:
        """The close of business ``days`` after ``start``, in the zone of ``start``."""
        return self.hours.closing(self.hours.add_days(start, self.days)).astimezone(start.tzinfo)


Promise = timedelta | CalendarDays | BusinessDays
"""How long something takes: elapsed time, days by the calendar, or business days."""


def _a_promise(_instance: object, attribute: Attribute[Any], value: Any) -> None:
    where = f"FulfillmentPolicy.{attribute.name}"
    if not isinstance(value, Promise):
        raise InvalidPolicy(where, f"{value!r} is no timedelta, CalendarDays or BusinessDays")
    if isinstance(value, timedelta) and value < timedelta():
        raise InvalidPolicy(where, f"{value} is negative")


@frozen(kw_only=True)
class FulfillmentPolicy:
    """How long each kind of order takes once its last gate has opened; the defaults are SPEC F1 to F3.

    Raises :class:`InvalidPolicy` for what is no period of time, or a negative one.

    >>> from pstnkit import US_FEDERAL
    >>> desk = BusinessHours(calendar=US_FEDERAL, tz="America/Chicago")
    >>> quick = FulfillmentPolicy(port=BusinessDays(4, desk))
    >>> quick.due("port", signed=datetime.fromisoformat("2026-11-20T10:00:00-06:00")).isoformat()
    '2026-11-27T17:00:00-06:00'
    """

    standard: Promise = field(default=timedelta(minutes=10), validator=_a_promise)
    advanced: Promise = field(default=CalendarDays(5), validator=_a_promise)
    port: Promise = field(default=CalendarDays(21), validator=_a_promise)

    def promise(self, kind: OrderKind | str) -> Promise:
        """How long an order of ``kind`` takes; raises ``ValueError`` for another kind.

        >>> FulfillmentPolicy().promise("advanced")
        CalendarDays(days=5)
        """
        promised: Promise = getattr(self, OrderKind(kind).value)
        return promised

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
        promised = self.promise(kind)
        local = aware(signed, "signed").tzinfo
        if tz is not None:
            local = zone(tz)
        start = signed if placed is None else latest((signed, aware(placed, "placed")))
        # Through UTC, so that a wall time which the clocks skipped counts as the instant that it was.
        start = start.astimezone(UTC).astimezone(local)
        return add_elapsed(start, promised) if isinstance(promised, timedelta) else promised.after(start)
