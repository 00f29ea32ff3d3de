"""What an order waits for, on whom, until when it was promised, and how late it is (SPEC F).

An order waits for something at every moment until it is over: for a signature, an answer, a date, a person. What that
is follows from its state; each kind of order says so in a table of its own, and here is what they say it with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum
from typing import Any

from attrs import field, frozen

from pstnkit.catalog import sentence
from pstnkit.lifecycle.events import aware
from pstnkit.lifecycle.fulfillment import FulfillmentPolicy
from pstnkit.lifecycle.history import Entry
from pstnkit.lifecycle.order import Order
from pstnkit.lifecycle.zones import zone


class Party(StrEnum):
    """On whom something waits."""

    PARTNER = "partner"
    ADMINISTRATOR = "administrator"
    CARRIER = "carrier"
    LOSING_CARRIER = "losing_carrier"


class WaitingFor(StrEnum):
    """What an order can wait for."""

    FINISHING = "finishing"
    AGREEMENT = "agreement"
    SIGNATURE = "signature"
    NEW_AGREEMENT = "new_agreement"
    NEWER_LETTER = "newer_letter"
    LETTER_DAY = "letter_day"
    ANSWER = "answer"
    READING = "reading"
    JUDGMENT = "judgment"
    DOCUMENTS = "documents"
    NAMING = "naming"
    PROVISIONING = "provisioning"
    STOCK = "stock"
    CANCELLATION = "cancellation"
    CARRIER_DRAFT = "carrier_draft"
    CARRIER_SIGNATURE = "carrier_signature"
    FORWARDING = "forwarding"
    FIRM_DATE = "firm_date"
    CORRECTION = "correction"
    CUSTOMER_CLEARANCE = "customer_clearance"
    CARRIER_CLEARANCE = "carrier_clearance"
    LOSING_CARRIER_CLEARANCE = "losing_carrier_clearance"
    SUPPLEMENT = "supplement"
    PORT_DAY = "port_day"
    ACTIVATION = "activation"


ON: dict[WaitingFor, Party] = {
    WaitingFor.FINISHING: Party.PARTNER,
    WaitingFor.AGREEMENT: Party.CARRIER,
    WaitingFor.SIGNATURE: Party.ADMINISTRATOR,
    WaitingFor.NEW_AGREEMENT: Party.PARTNER,
    WaitingFor.NEWER_LETTER: Party.PARTNER,
    WaitingFor.LETTER_DAY: Party.PARTNER,
    WaitingFor.ANSWER: Party.CARRIER,
    WaitingFor.READING: Party.CARRIER,
    WaitingFor.JUDGMENT: Party.PARTNER,
    WaitingFor.DOCUMENTS: Party.PARTNER,
    WaitingFor.NAMING: Party.CARRIER,
    WaitingFor.PROVISIONING: Party.CARRIER,
    WaitingFor.STOCK: Party.CARRIER,
    WaitingFor.CANCELLATION: Party.CARRIER,
    WaitingFor.CARRIER_DRAFT: Party.PARTNER,
    WaitingFor.CARRIER_SIGNATURE: Party.ADMINISTRATOR,
    WaitingFor.FORWARDING: Party.CARRIER,
    WaitingFor.FIRM_DATE: Party.LOSING_CARRIER,
    WaitingFor.CORRECTION: Party.PARTNER,
    WaitingFor.CUSTOMER_CLEARANCE: Party.ADMINISTRATOR,
    WaitingFor.CARRIER_CLEARANCE: Party.CARRIER,
    WaitingFor.LOSING_CARRIER_CLEARANCE: Party.LOSING_CARRIER,
    WaitingFor.SUPPLEMENT: Party.LOSING_CARRIER,
    WaitingFor.PORT_DAY: Party.LOSING_CARRIER,
    WaitingFor.ACTIVATION: Party.CARRIER,
}
"""Who has to act on each."""


@frozen(kw_only=True)
class Wait:
    """One thing that is waited for, with the figures of its sentence. ``str`` gives the sentence.

    ``agreement`` is what is to be signed, and ``who`` by whom; ``count`` how many numbers are concerned; ``why`` what
    somebody has said about it; ``until`` the instant for which it was promised.

    >>> from pstnkit import AgreementKind
    >>> wait = Wait(what=WaitingFor.SIGNATURE, agreement=AgreementKind.CONTRACT, who="Ada Byron")
    >>> str(wait), wait.on.value
    ('Ada Byron has to sign the contract', 'administrator')
    """

    what: WaitingFor
    agreement: StrEnum | None = None
    who: str = ""
    count: int = 0
    why: str = ""
    until: datetime | None = None

    @property
    def on(self) -> Party:
        """Who has to act."""
        return ON[self.what]

    def __str__(self) -> str:
        return sentence(
            self.what,
            agreement=self.agreement.value.replace("_", " ") if self.agreement else "",
            who=self.who,
            count=self.count,
            why=f" ({self.why})" if self.why else "",
            until=f"{self.until:%Y-%m-%d %H:%M %Z}" if self.until else "a day that is not known",
        )


class Timeliness(StrEnum):
    """Whether what was promised is still to come."""

    DUE = "due"
    OVERDUE = "overdue"


def _present(_instance: object, _attribute: object, value: datetime) -> None:
    aware(value, "now")


@frozen(kw_only=True)
class Expectation:
    """When an order is due, what it waits for, and how late it is, as of ``now``.

    ``since`` is when the order entered its state, where a history was given. ``started`` is when the last gate opened
    and the clock started (SPEC F5); without it there is no ``due`` (SPEC F4).
    ``waits`` is what is waited for, the first being what a person should look at first. An order that is over waits for
    nothing, unless a report contradicts its end.
    """

    order: str
    status: StrEnum
    now: datetime = field(validator=_present)
    since: datetime | None = None
    started: datetime | None = None
    due: datetime | None = None
    waits: tuple[Wait, ...] = ()

    @property
    def overdue_by(self) -> timedelta | None:
        """How long ago the order was due, while it still waits for something; None when it is not late."""
        if self.due is None or not self.waits:
            return None
        late = self.now.astimezone(UTC) - self.due.astimezone(UTC)
        return late if late > timedelta() else None

    @property
    def on(self) -> tuple[Party, ...]:
        """On whom the order waits, each once, in the order of what is waited for."""
        return tuple(dict.fromkeys(wait.on for wait in self.waits))

    def sentences(self) -> tuple[str, ...]:
        """What a person is told: when it is due or how late it is, and what is waited for.

        >>> Expectation(order="o-1", status=Party.CARRIER, now=datetime(2026, 11, 26, 12, tzinfo=UTC),
        ...             due=datetime(2026, 11, 26, 9, 30, tzinfo=UTC),
        ...             waits=(Wait(what=WaitingFor.PROVISIONING, count=50),)).sentences()
        ('was due 2026-11-26 09:30 UTC, 2 h 30 min ago', 'the carrier has to provision 50 numbers')
        """
        told = []
        if self.due is not None and self.waits:
            late = self.overdue_by
            when = f"{self.due:%Y-%m-%d %H:%M %Z}"
            told.append(
                sentence(Timeliness.OVERDUE, due=when, late=duration(late))
                if late
                else sentence(Timeliness.DUE, due=when)
            )
        return (*told, *map(str, self.waits))


def duration(period: timedelta) -> str:
    """A period as people say it, in its two largest units of days, hours and minutes.

    >>> duration(timedelta(days=3, hours=2, minutes=5)), duration(timedelta(minutes=7)), duration(timedelta(seconds=9))
    ('3 d 2 h', '7 min', 'less than a minute')
    """
    hours, minutes = divmod(period // timedelta(minutes=1), 60)
    days, hours = divmod(hours, 24)
    told = [f"{count} {unit}" for count, unit in ((days, "d"), (hours, "h"), (minutes, "min")) if count]
    return " ".join(told[:2]) or "less than a minute"


def held_up(order: Order[Any]) -> Iterator[Wait]:
    """What any order may wait for besides what its state says: a person, or the carrier's own word."""
    if order.needs_attention:
        reports = ", ".join(found.report for found in order.discrepancies)
        yield Wait(what=WaitingFor.JUDGMENT, why=reports)
    if order.unread:
        yield Wait(what=WaitingFor.READING)
    if order.cancel_requested and not order.is_over:
        yield Wait(what=WaitingFor.CANCELLATION)


def outstanding(order: Order[Any]) -> int:
    """How many numbers of ``order`` have neither come nor failed."""
    return order.quantity - order.numbers.successful - order.numbers.failed


def expected(
    order: Order[Any],
    waits: Iterable[Wait],
    *,
    policy: FulfillmentPolicy,
    tz: str | tzinfo,
    now: datetime,
    history: Sequence[Entry] = (),
) -> Expectation:
    """The expectation of ``order``, with everything in it told in the zone ``tz``."""
    entered = (entry.event.at for entry in reversed(history) if order.status in entry.path)
    local = zone(tz)
    return Expectation(
        order=order.id,
        status=order.status,
        now=aware(now, "now").astimezone(local),
        since=next((moment.astimezone(local) for moment in entered), None),
        started=order.clock_started and order.clock_started.astimezone(local),
        due=order.due(policy, tz),
        waits=tuple(waits),
    )
