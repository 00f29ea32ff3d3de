"""Facts: who said what about which record, and when.

Two kinds of body can stand in an event. A :class:`Decision` is ours (place, cancel, assign): it may be refused, and
then nothing has changed. A :class:`Report` is what somebody else says has happened (a carrier, a signer, a person on
the telephone): it is never refused, only judged.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum
from typing import ClassVar

from attrs import Attribute, field, frozen

from pstnkit.errors import CallerError
from pstnkit.lifecycle.typed import must_fit


class NaiveTime(CallerError):
    """A time without a zone was given where an instant is meant."""


def aware(moment: datetime, what: str = "a time") -> datetime:
    """``moment`` itself, or :class:`NaiveTime` when it does not say in which zone it is.

    >>> from datetime import UTC
    >>> aware(datetime(2026, 11, 20, tzinfo=UTC)).day
    20
    """
    if not isinstance(moment, datetime):
        raise TypeError(f"{what} must be a datetime, not {type(moment).__name__}")
    if moment.utcoffset() is None:
        raise NaiveTime(f"{what} must say its zone, and {moment.isoformat()} does not")
    return moment


def latest(moments: Iterable[datetime]) -> datetime:
    """The latest of some instants.

    Python compares two times of one zone by their wall clocks, and so goes wrong in the hour that comes twice when
    the clocks are set back; instants are compared here.

    >>> from zoneinfo import ZoneInfo
    >>> first = datetime(2026, 11, 1, 1, 45, tzinfo=ZoneInfo("America/New_York"))
    >>> second = first.replace(minute=30, fold=1)
    >>> max([first, second]) is first, latest([first, second]) is second
    (True, True)
    """
    return max(moments, key=lambda moment: moment.astimezone(UTC))


class Source(StrEnum):
    """Who says so."""

    PARTNER = "partner"
    CUSTOMER = "customer"
    CARRIER = "carrier"
    SIGNING_SERVICE = "signing_service"
    CLOCK = "clock"


class Decision:
    """Ours to take, and the rules' to refuse. ``word`` heads its column in a machine's table."""

    __slots__ = ()
    word: ClassVar[str]


class Report:
    """What another party says has happened; never refused. ``word`` heads its column in a machine's table."""

    __slots__ = ()
    word: ClassVar[str]


def _aware_field(_instance: object, _attribute: object, value: datetime) -> None:
    aware(value, "the time of an event")


def _text_field(_instance: object, attribute: Attribute[str], value: str) -> None:
    if not isinstance(value, str):
        raise TypeError(f"the {attribute.name} of an event is a str, not {type(value).__name__}")


def _name_field(instance: object, attribute: Attribute[str], value: str) -> None:
    _text_field(instance, attribute, value)
    if not value:
        raise CallerError("an event needs an id of its own: the same id twice is the same event")


def _body_field(_instance: object, _attribute: object, value: Decision | Report) -> None:
    if not isinstance(value, Decision | Report):
        raise TypeError(f"the body of an event is a decision or a report, not a {type(value).__name__}")
    must_fit(value)


@frozen
class Event:
    """One fact: its own id (the same id twice is the same fact), time, source, actor, and what it is about.

    ``at`` is when it happened, as its source tells; ``actor`` is the person or system behind it; ``subject`` is the
    id of the record that it is about. ``source`` may be given by its value. Raises :class:`NaiveTime` for a time
    without a zone, ``ValueError`` for no id and for a source that is none, and ``TypeError`` for a body that says
    nothing, or is not made of what its class says.

    >>> from pstnkit.lifecycle.reports import BackOrdered
    >>> at = datetime(2026, 11, 20, 18, tzinfo=UTC)
    >>> Event("event-1", at, "carrier", "webhook", "order-1", BackOrdered()).source is Source.CARRIER
    True
    """

    id: str = field(validator=_name_field)
    at: datetime = field(validator=_aware_field)
    source: Source = field(converter=Source)
    actor: str = field(validator=_text_field)
    subject: str = field(validator=_text_field)
    body: Decision | Report = field(validator=_body_field)

    def must_concern(self, record: str) -> None:
        """Raise ``ValueError`` unless the event is about the record with that id."""
        if self.subject != record:
            raise ValueError(f"event {self.id!r} is about {self.subject!r}, not about {record!r}")
