"""The words of the simulated carrier: its JSON into what :mod:`pstnkit.carriers.protocol` speaks of, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from attrs import asdict

from pstnkit.accounts.address_checks import (
    AddressAmbiguous,
    AddressCheck,
    AddressConfirmed,
    AddressCorrected,
    AddressNotFound,
    CheckerUnavailable,
    PostalCodeMismatch,
    PostOfficeBox,
)
from pstnkit.accounts.addresses import CivicAddress
from pstnkit.accounts.agreements import EnvelopeDeclined, EnvelopeDelivered, EnvelopeSent, EnvelopeSigned
from pstnkit.carriers.protocol import News, Offer, OutcomeUnknown, RefusalReason, Refused
from pstnkit.carriers.words.reject_codes import reject_reason, rejected
from pstnkit.errors import CarrierError
from pstnkit.lifecycle.events import Report, aware
from pstnkit.lifecycle.failures import FailureKind
from pstnkit.lifecycle.reports import (
    Acknowledged,
    BackOrdered,
    Cancelled,
    Fulfilled,
    NumbersFailed,
    NumbersNamed,
    NumbersWorking,
    PartlyFulfilled,
    Unfulfilled,
)
from pstnkit.numbering.ranges import NumberRange, collapse
from pstnkit.numbering.telephone import TelephoneNumber
from pstnkit.ordering.number_events import NumbersPortedOut, NumbersReleased
from pstnkit.porting.dates import FirmDate
from pstnkit.porting.planning.facts import PortFacts
from pstnkit.porting.planning.portability import NotPortable, NotPortableReason, Portability, Portable
from pstnkit.porting.reports import (
    ActivationStarted,
    DateInJeopardy,
    FocConfirmed,
    NumbersSnappedBack,
    PortExpired,
    SentToLosingCarrier,
    SupplementTaken,
)
from pstnkit.secret import Secret

Message = Mapping[str, Any]
CARRIER = "simulated"


class UnreadableAnswer(CarrierError):
    """An answer or event of the carrier that its interface does not know.

    ``.message`` is what it sent. What is said of it are the names of its fields and its type: a carrier may echo an
    account number, and an error's text goes into logs.
    """

    def __init__(self, message: Message) -> None:
        super().__init__()
        self.message = message

    def __reduce__(self) -> tuple[type[UnreadableAnswer], tuple[Message]]:
        return type(self), (self.message,)

    def __str__(self) -> str:
        sent: object = self.message
        if not isinstance(sent, Mapping):
            return f"the carrier sent what its interface does not know: a {type(sent).__name__}"
        kind, fields = sent.get("type"), ", ".join(map(str, sent))
        return f"the carrier sent what its interface does not know: type {kind!r:.80}, with the fields {fields:.200}"


@contextmanager
def understood(message: Message) -> Iterator[None]:
    """Make whatever goes wrong in reading ``message`` the carrier's fault: an :class:`UnreadableAnswer`."""
    try:
        yield
    except (LookupError, TypeError, ValueError, AttributeError) as fault:
        raise UnreadableAnswer(message) from fault


_REASONS = {
    "numbers_unavailable": RefusalReason.NUMBERS_UNAVAILABLE,
    "reservation_ended": RefusalReason.RESERVATION_ENDED,
    "not_found": RefusalReason.NOT_FOUND,
    "not_owned": RefusalReason.NOT_FOUND,
    "address_not_valid": RefusalReason.INVALID,
    "address_service_unavailable": RefusalReason.UNAVAILABLE,
    "bad_request": RefusalReason.INVALID,
    "too_many_numbers": RefusalReason.INVALID,
    "loa_required": RefusalReason.NOT_ALLOWED,
    "pending_order": RefusalReason.NOT_ALLOWED,
    "not_portable": RefusalReason.NOT_ALLOWED,
    "order_closed": RefusalReason.NOT_ALLOWED,
    "port_closed": RefusalReason.NOT_ALLOWED,
    "too_late": RefusalReason.NOT_ALLOWED,
}


def refused(reply: Message) -> Refused | OutcomeUnknown:
    """What a reply that is not ``ok`` says. Under a reference that was used before, something may have been done."""
    if reply["code"] == "reference_reused":
        return OutcomeUnknown(reply["message"])
    reason = _REASONS.get(reply["code"], RefusalReason.OTHER)
    return Refused(reason, reply["message"], ranges(reply.get("gone") or reply.get("numbers") or ()))


def texts(parts: Iterable[NumberRange]) -> list[str]:
    """Numbers as the carrier writes them, one by one."""
    return [str(number) for numbers in parts for number in numbers]


def ranges(written: Iterable[str]) -> tuple[NumberRange, ...]:
    """Numbers that the carrier has written one by one."""
    return tuple(collapse(map(TelephoneNumber, written)))


def offer(row: Message) -> Offer:
    """A number on offer."""
    return Offer(
        number=TelephoneNumber(row["number"]),
        features=frozenset(row["features"]),
        monthly=Decimal(row["monthly"]),
        setup=Decimal(row["setup"]),
        currency=row["currency"],
        reservable=row["reservable"],
    )


def address_fields(address: CivicAddress) -> dict[str, str]:
    """An address in the carrier's fields."""
    return {name: value for name, value in asdict(address).items() if value is not None}


def check(asked: CivicAddress, reply: Message) -> AddressCheck:
    """What the carrier's address service says of the address that was ``asked`` about."""
    match reply["outcome"]:
        case "valid":
            return AddressConfirmed(asked)
        case "corrected":
            return AddressCorrected(asked, CivicAddress(**reply["address"]))
        case "ambiguous":
            return AddressAmbiguous(asked, tuple(CivicAddress(**fields) for fields in reply["candidates"]))
        case "not_found":
            return AddressNotFound(asked)
        case "po_box":
            return PostOfficeBox(asked)
        case "mismatch":
            return PostalCodeMismatch(asked)
        case "unavailable":
            return CheckerUnavailable(asked)
        case _:
            raise UnreadableAnswer(reply)


def _failures(rows: Iterable[Message]) -> Iterable[Report]:
    """The numbers that failed, a report for each reason."""
    by_reason = sorted(rows, key=lambda row: (row["reason"], row["number"]))
    for reason, failed in groupby(by_reason, key=lambda row: str(row["reason"])):
        yield NumbersFailed(ranges(row["number"] for row in failed), reason, FailureKind.ACTIVATION_FAILED)


def _number_reports(rows: list[Message]) -> Iterable[Report]:
    if working := _working(rows):
        yield NumbersWorking(working)
    yield from _failures(row for row in rows if row["state"] == "failed")


def _working(rows: list[Message]) -> tuple[NumberRange, ...]:
    return ranges(row["number"] for row in rows if row["state"] == "active")


def order_reports(order: Message) -> Iterable[Report]:
    """The reports that lead to the state in which the carrier has an order."""
    rows = order["numbers"]
    yield Acknowledged(order["order"])
    if order["kind"] == "advanced" and rows:
        yield NumbersNamed(ranges(row["number"] for row in rows))
    yield from _number_reports(rows)
    match order["state"]:
        case "backordered":
            yield BackOrdered()
        case "complete":
            yield Fulfilled(_working(rows))
        case "partial":
            yield PartlyFulfilled(_working(rows), order["reason"])
        case "failed":
            yield Unfulfilled(order["reason"])
        case "cancelled":
            yield Cancelled()


def port_reports(port: Message) -> Iterable[Report]:
    """The reports that lead to the state in which the carrier has a port."""
    rows = port["numbers"]
    yield Acknowledged(port["port"])
    if port["state"] == "submitted":
        yield SentToLosingCarrier()
    if port["rejection"] is not None and port["state"] == "rejected":
        yield rejected(CARRIER, port["rejection"]["code"], port["rejection"]["message"])
    if port["foc_at"] is not None:
        yield FocConfirmed(FirmDate(datetime.fromisoformat(port["foc_at"])))
    if port["jeopardy"] is not None:
        yield _in_jeopardy(port["jeopardy"])
    yield from _number_reports(rows)
    match port["state"]:
        case "complete":
            yield Fulfilled(_working(rows), _day(port["works_from"]))
        case "partial":
            yield PartlyFulfilled(
                _working(rows), port["reason"] or "some numbers failed", _day(port["works_from"])
            )
        case "cancelled":
            yield _closed(port)


def _in_jeopardy(told: Message) -> Report:
    return DateInJeopardy(reject_reason(CARRIER, told["code"]), told["message"])


def _closed(port: Message) -> Report:
    return PortExpired() if port["reason"] == "unanswered" else Cancelled()


def day_text(day: date | None) -> str | None:
    """A date as the carrier writes it."""
    return day.isoformat() if day else None


def details(fields: Mapping[str, str | Secret]) -> dict[str, Any]:
    """Fields of a port as the carrier is told them; ``documents`` are their references there, parted by commas."""
    told: dict[str, Any] = {
        name: value.reveal() if isinstance(value, Secret) else value for name, value in fields.items()
    }
    if "documents" in told:
        told["documents"] = told["documents"].split(",")
    return told


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def news(event: Message) -> tuple[News, ...]:
    """What an event of the carrier's says: one report, or one for each reason of a failure."""
    name = _name(event, "id")
    return tuple(
        News(
            id=name if part == 0 else f"{name}/{part}",
            at=aware(datetime.fromisoformat(event["at"])),
            concerns=_name(event, "notice" if "notice" in event else "client_reference"),
            report=report,
            actor=event.get("signer") or "simulated carrier",
        )
        for part, report in enumerate(_event_reports(event))
    )


def _name(event: Message, field: str) -> str:
    """A field by which something is known again: a text, and not an empty one."""
    name = event[field]
    if not isinstance(name, str) or not name:
        raise TypeError(f"{field} is no name")
    return name


def _event_reports(event: Message) -> tuple[Report, ...]:
    """The reports that an event of the carrier's makes, in order."""
    match event.get("type"):
        case "order.accepted":
            return (Acknowledged(event["order"]),)
        case "port.submitted":
            return (Acknowledged(event["port"]),)
        case "order.numbers_named":
            return (NumbersNamed(ranges(event["numbers"])),)
        case "order.numbers_active" | "port.numbers_active":
            return (NumbersWorking(ranges(event["numbers"])),)
        case "order.numbers_failed" | "port.numbers_failed":
            return tuple(_failures(event["numbers"]))
        case "order.backordered":
            return (BackOrdered(),)
        case "order.complete":
            return (Fulfilled(),)
        case "port.complete":
            return (Fulfilled(works_from=_day(event["works_from"])),)
        case "order.partial":
            return (PartlyFulfilled(None, event.get("reason") or "some numbers failed"),)
        case "port.partial":
            return (PartlyFulfilled(None, "some numbers failed", _day(event["works_from"])),)
        case "order.failed":
            return (Unfulfilled(event["reason"]),)
        case "order.cancelled":
            return (Cancelled(),)
        case "port.rejected":
            return (rejected(CARRIER, event["code"], event["message"]),)
        case "port.supplemented":
            return (SupplementTaken(),)
        case "port.foc":
            return (FocConfirmed(FirmDate(datetime.fromisoformat(event["foc_at"]))),)
        case "port.jeopardy":
            return (_in_jeopardy(event),)
        case "port.snapback":
            return (NumbersSnappedBack(ranges(event["numbers"]), event["reason"]),)
        case "numbers.ported_out":
            return (NumbersPortedOut(ranges(event["numbers"])),)
        case "numbers.disconnected":
            return (NumbersReleased(ranges(event["numbers"]), event["reason"]),)
        case "port.activating":
            return (ActivationStarted(),)
        case "port.cancelled":
            return (_closed(event),)
        case "envelope.sent":
            return (EnvelopeSent(event["envelope"]),)
        case "envelope.delivered":
            return (EnvelopeDelivered(event["envelope"]),)
        case "envelope.signed":
            return (EnvelopeSigned(event["envelope"], by=event["signer"]),)
        case "envelope.declined":
            return (EnvelopeDeclined(event["envelope"], reason=event["reason"]),)
        case _:
            raise UnreadableAnswer(event)


_NOT_PORTABLE = {
    "already_here": NotPortableReason.ALREADY_HERE,
    "carrier_stock": NotPortableReason.CARRIER_STOCK,
    "pending_order": NotPortableReason.PENDING_ORDER,
}


def portability(row: Mapping[str, Any]) -> Portability:
    """Whether a number can be ported, from whom, and else why not; a reason that is new to us is kept as it is."""
    number, facts = TelephoneNumber(row["number"]), PortFacts(losing_carrier=row["losing_carrier"])
    if row["portable"]:
        return Portable(number, facts)
    told = row["reason"]
    known = _NOT_PORTABLE.get(told)
    if known is not None:
        return NotPortable(number, known, facts=facts)
    return NotPortable(number, NotPortableReason.OTHER, told, facts)
