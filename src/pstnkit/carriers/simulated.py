"""The adapter of the simulated carrier: its JSON into the words of :mod:`pstnkit.carriers.protocol`, and back.

An adapter knows no rules; it translates. The simulator itself is another company: see
:mod:`pstnkit.carriers.simulator` for its interface. What lies between is a :data:`Transport`, a function that takes one
message and gives the answer: in this process, at the other end of a pipe, or lossy for a test.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from attrs import asdict

from pstnkit.accounts.addresses import (
    AddressAmbiguous,
    AddressCheck,
    AddressConfirmed,
    AddressCorrected,
    AddressRejected,
    CheckerUnavailable,
    CivicAddress,
)
from pstnkit.accounts.agreements import (
    EnvelopeDeclined,
    EnvelopeDelivered,
    EnvelopeSent,
    EnvelopeSigned,
)
from pstnkit.carriers.protocol import (
    Accepted,
    AskCapabilities,
    CancelOrder,
    CancelPort,
    Capabilities,
    CheckAddress,
    CheckPortability,
    DecodeEvent,
    ExtendReservation,
    ListOwned,
    News,
    Offer,
    OfferPage,
    OrderNumbers,
    OwnedPage,
    Portability,
    Reading,
    ReadOrder,
    ReadPort,
    Receipt,
    RefusalReason,
    Refused,
    RegisterEmergency,
    ReleaseNumbers,
    Reply,
    Reservation,
    ReserveNumbers,
    SearchOffers,
    SendAgreement,
    SubmitPort,
    SupplementPort,
    Unreserve,
    UploadDocument,
)
from pstnkit.carriers.simulator import Simulator
from pstnkit.errors import CarrierError
from pstnkit.lifecycle.events import Report
from pstnkit.lifecycle.reports import (
    Acknowledged,
    BackOrdered,
    Cancelled,
    Fulfilled,
    NeverArrived,
    NumbersFailed,
    NumbersNamed,
    NumbersWorking,
    PartlyFulfilled,
    Unfulfilled,
)
from pstnkit.numbering.ranges import NumberRange, collapse
from pstnkit.numbering.telephone import TelephoneNumber
from pstnkit.porting.dates import FirmDate
from pstnkit.porting.ports import ActivationStarted, FocConfirmed, PortExpired, PortRejected, SupplementTaken

Message = Mapping[str, Any]
Transport = Callable[[dict[str, Any]], dict[str, Any]]


def in_process(simulator: Simulator) -> Transport:
    """A transport to a simulator in this process; everything crosses as JSON text, so that no object is shared."""

    def send(message: dict[str, Any]) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(json.dumps(simulator.handle(json.loads(json.dumps(message)))))
        return answer

    return send


class UnreadableAnswer(CarrierError):
    """An answer or event of the carrier that its interface does not know. ``.message`` is what it sent."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return f"the carrier sent what its interface does not know: {dict(self.message)!r}"


_REASONS = {
    "numbers_unavailable": RefusalReason.NUMBERS_UNAVAILABLE,
    "not_found": RefusalReason.NOT_FOUND,
    "bad_request": RefusalReason.INVALID,
    "too_many_numbers": RefusalReason.INVALID,
    "reference_reused": RefusalReason.INVALID,
    "loa_required": RefusalReason.NOT_ALLOWED,
    "pending_order": RefusalReason.NOT_ALLOWED,
    "not_portable": RefusalReason.NOT_ALLOWED,
    "order_closed": RefusalReason.NOT_ALLOWED,
    "port_closed": RefusalReason.NOT_ALLOWED,
    "too_late": RefusalReason.NOT_ALLOWED,
}


class SimulatedCarrier:
    """The simulated carrier, as any carrier: a method for each operation."""

    def __init__(self, transport: Transport) -> None:
        self._send = transport

    def _ask(self, op: str, **fields: Any) -> Message | Refused:
        given = {name: value for name, value in fields.items() if value is not None}
        reply = self._send({"op": op, **given})
        if reply.get("ok") is True:
            return reply
        if reply.get("ok") is not False:
            raise UnreadableAnswer(reply)
        reason = _REASONS.get(reply["code"], RefusalReason.OTHER)
        return Refused(reason, reply["message"], _ranges(reply.get("gone") or reply.get("numbers") or ()))

    def _receipt(self, key: str, op: str, **fields: Any) -> Reply[Receipt]:
        reply = self._ask(op, **fields)
        return reply if isinstance(reply, Refused) else Accepted(Receipt(reply[key]))

    def capabilities(self, _request: AskCapabilities, /) -> Reply[Capabilities]:
        """What the carrier says that it can do."""
        reply = self._ask("capabilities")
        if isinstance(reply, Refused):
            return reply
        return Accepted(
            Capabilities(
                carrier=reply["carrier"],
                operations=frozenset(reply["operations"]),
                filters=frozenset(reply["filters"]),
                page_size=reply["page_size"],
            )
        )

    def search(self, request: SearchOffers, /) -> Reply[OfferPage]:
        """One page of what is on offer."""
        reply = self._ask("search", filters=dict(request.filters), page=request.after)
        if isinstance(reply, Refused):
            return reply
        return Accepted(OfferPage(tuple(map(_offer, reply["offers"])), reply["next"]))

    def reserve(self, request: ReserveNumbers, /) -> Reply[Reservation]:
        """All of the numbers, or none."""
        return self._reservation(
            self._ask("reserve", numbers=_texts(request.numbers), client_reference=request.client_reference)
        )

    def extend(self, request: ExtendReservation, /) -> Reply[Reservation]:
        """For another half hour, up to the carrier's cap."""
        return self._reservation(
            self._ask("extend", reservation=request.reference, client_reference=request.client_reference)
        )

    @staticmethod
    def _reservation(reply: Message | Refused) -> Reply[Reservation]:
        if isinstance(reply, Refused):
            return reply
        until = datetime.fromisoformat(reply["expires_at"])
        return Accepted(Reservation(reply["reservation"], _ranges(reply["numbers"]), until))

    def unreserve(self, request: Unreserve, /) -> Reply[Receipt]:
        """What is let go is on offer again."""
        return self._receipt(
            "reservation",
            "unreserve",
            reservation=request.reference,
            client_reference=request.client_reference,
        )

    def order(self, request: OrderNumbers, /) -> Reply[Receipt]:
        """A standard or an advanced order."""
        fields: dict[str, Any] = {"kind": request.kind.value, "client_reference": request.client_reference}
        if request.wanted is None:
            fields |= {"numbers": _texts(request.numbers), "reservations": list(request.reservations)}
        else:
            state = None if request.wanted.npa else request.wanted.state
            fields |= {"quantity": request.quantity, "npa": request.wanted.npa, "state": state}
            fields |= {"timezone": request.timezone}
        return self._receipt("order", "order", **fields)

    def read_order(self, request: ReadOrder, /) -> Reply[Reading]:
        """The order's state, as the reports that lead there."""
        return self._reading(
            self._ask("read_order", client_reference=request.client_reference), _order_reports
        )

    def cancel_order(self, request: CancelOrder, /) -> Reply[Receipt]:
        """What is pending of it."""
        return self._receipt(
            "order", "cancel_order", order=request.reference, client_reference=request.client_reference
        )

    def check_address(self, request: CheckAddress, /) -> Reply[AddressCheck]:
        """What the carrier's address service says."""
        reply = self._ask("check_address", address=_address_fields(request.address))
        return reply if isinstance(reply, Refused) else Accepted(_check(request.address, reply))

    def register_emergency(self, request: RegisterEmergency, /) -> Reply[Receipt]:
        """One address for these numbers."""
        return self._receipt(
            "registration",
            "register_emergency",
            numbers=_texts(request.numbers),
            address=_address_fields(request.address),
            client_reference=request.client_reference,
        )

    def check_portability(self, request: CheckPortability, /) -> Reply[tuple[Portability, ...]]:
        """Number by number."""
        reply = self._ask("check_portability", numbers=_texts(request.numbers))
        if isinstance(reply, Refused):
            return reply
        return Accepted(
            tuple(
                Portability(
                    TelephoneNumber(row["number"]), row["portable"], row["losing_carrier"], row["reason"]
                )
                for row in reply["results"]
            )
        )

    def submit_port(self, request: SubmitPort, /) -> Reply[Receipt]:
        """With the letter of authorization that was signed."""
        letter = request.letter
        return self._receipt(
            "port",
            "submit_port",
            client_reference=request.client_reference,
            numbers=_texts(request.numbers),
            losing_carrier=request.losing_carrier,
            account_number=request.account_number.reveal(),
            business_name=request.business_name,
            loa={
                "signer": letter.signer,
                "signed_at": letter.signed.isoformat(),
                "envelope": letter.envelope,
            },
            requested_date=request.requested.isoformat() if request.requested else None,
            timezone=request.timezone,
        )

    def supplement(self, request: SupplementPort, /) -> Reply[Receipt]:
        """A correction of one field."""
        return self._receipt(
            "port",
            "supplement",
            port=request.reference,
            kind=3,
            changes={request.field: request.value},
            client_reference=request.client_reference,
        )

    def read_port(self, request: ReadPort, /) -> Reply[Reading]:
        """The port's state, as the reports that lead there."""
        return self._reading(self._ask("read_port", client_reference=request.client_reference), _port_reports)

    def cancel_port(self, request: CancelPort, /) -> Reply[Receipt]:
        """The whole port."""
        return self._receipt(
            "port", "cancel_port", port=request.reference, client_reference=request.client_reference
        )

    @staticmethod
    def _reading(reply: Message | Refused, tell: Callable[[Message], Iterable[Report]]) -> Reply[Reading]:
        if isinstance(reply, Refused):
            if reply.reason is RefusalReason.NOT_FOUND:
                return Accepted(Reading((NeverArrived(),)))
            return reply
        return Accepted(Reading(tuple(tell(reply))))

    def send_agreement(self, request: SendAgreement, /) -> Reply[Receipt]:
        """Through the carrier's e-signature service."""
        return self._receipt(
            "envelope",
            "send_agreement",
            kind=request.kind.value,
            customer=request.customer,
            email=request.email,
            signer=request.signer,
            subject=f"Please sign: {request.kind.value.replace('_', ' ')}",
            client_reference=request.client_reference,
        )

    def upload_document(self, request: UploadDocument, /) -> Reply[Receipt]:
        """A document by its content."""
        from base64 import b64encode

        return self._receipt(
            "document",
            "upload_document",
            name=request.name,
            content_base64=b64encode(request.content).decode("ascii"),
            client_reference=request.client_reference,
        )

    def owned_numbers(self, request: ListOwned, /) -> Reply[OwnedPage]:
        """One page of what is ours there."""
        reply = self._ask("owned_numbers", page=request.after)
        if isinstance(reply, Refused):
            return reply
        return Accepted(
            OwnedPage(tuple(TelephoneNumber(row["number"]) for row in reply["numbers"]), reply["next"])
        )

    def release(self, request: ReleaseNumbers, /) -> Reply[Receipt]:
        """Give numbers back."""
        return self._receipt(
            "release", "release", numbers=_texts(request.numbers), client_reference=request.client_reference
        )

    def decode_event(self, request: DecodeEvent, /) -> Reply[tuple[News, ...]]:
        """An event of the carrier's, as the reports that it makes; raises :class:`UnreadableAnswer` for another."""
        event = request.payload
        reports = _event_reports(event)
        return Accepted(
            tuple(
                News(
                    id=event["id"] if part == 0 else f"{event['id']}/{part}",
                    at=datetime.fromisoformat(event["at"]),
                    concerns=event["client_reference"],
                    report=report,
                    actor=event.get("signer") or "simulated carrier",
                )
                for part, report in enumerate(reports)
            )
        )


# --- words ----------------------------------------------------------------------------------------------------------


def _texts(ranges: Iterable[NumberRange]) -> list[str]:
    return [str(number) for numbers in ranges for number in numbers]


def _ranges(texts: Iterable[str]) -> tuple[NumberRange, ...]:
    return tuple(collapse(map(TelephoneNumber, texts)))


def _offer(row: Message) -> Offer:
    return Offer(
        number=TelephoneNumber(row["number"]),
        features=frozenset(row["features"]),
        monthly=Decimal(row["monthly"]),
        setup=Decimal(row["setup"]),
        currency=row["currency"],
        reservable=row["reservable"],
    )


def _address_fields(address: CivicAddress) -> dict[str, str]:
    return {name: value for name, value in asdict(address).items() if value is not None}


def _check(asked: CivicAddress, reply: Message) -> AddressCheck:
    outcome = reply["outcome"]
    if outcome == "valid":
        return AddressConfirmed(asked)
    if outcome == "corrected":
        return AddressCorrected(asked, CivicAddress(**reply["address"]))
    if outcome == "ambiguous":
        return AddressAmbiguous(asked, tuple(CivicAddress(**fields) for fields in reply["candidates"]))
    if outcome == "unavailable":
        return CheckerUnavailable(asked)
    return AddressRejected(asked, outcome)


def _failures(rows: Iterable[Message]) -> Iterable[Report]:
    """The numbers that failed, a report for each reason."""
    by_reason = sorted(rows, key=lambda row: (row["reason"], row["number"]))
    for reason, failed in groupby(by_reason, key=lambda row: str(row["reason"])):
        yield NumbersFailed(_ranges(row["number"] for row in failed), reason)


def _number_reports(rows: list[Message]) -> Iterable[Report]:
    working = _ranges(row["number"] for row in rows if row["state"] == "active")
    if working:
        yield NumbersWorking(working)
    yield from _failures(row for row in rows if row["state"] == "failed")


def _working(rows: list[Message]) -> tuple[NumberRange, ...]:
    return _ranges(row["number"] for row in rows if row["state"] == "active")


def _order_reports(order: Message) -> Iterable[Report]:
    """The reports that lead to the state in which the carrier has an order."""
    rows = order["numbers"]
    yield Acknowledged(order["order"])
    if order["kind"] == "advanced" and rows:
        yield NumbersNamed(_ranges(row["number"] for row in rows))
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


def _port_reports(port: Message) -> Iterable[Report]:
    """The reports that lead to the state in which the carrier has a port."""
    rows = port["numbers"]
    yield Acknowledged(port["port"])
    if port["rejection"] is not None and port["state"] == "rejected":
        yield PortRejected(port["rejection"]["code"], port["rejection"]["message"])
    if port["foc_at"] is not None:
        yield FocConfirmed(FirmDate(datetime.fromisoformat(port["foc_at"])))
    yield from _number_reports(rows)
    match port["state"]:
        case "complete":
            yield Fulfilled(_working(rows), _day(port["works_from"]))
        case "partial":
            yield PartlyFulfilled(_working(rows), port["reason"] or "some numbers failed")
        case "cancelled":
            yield _closed(port)


def _closed(port: Message) -> Report:
    return PortExpired() if port["reason"] == "unanswered" else Cancelled()


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _event_reports(event: Message) -> tuple[Report, ...]:
    """The reports that an event of the carrier's makes, in order."""
    match event.get("type"):
        case "order.accepted":
            return (Acknowledged(event["order"]),)
        case "port.submitted":
            return (Acknowledged(event["port"]),)
        case "order.numbers_named":
            return (NumbersNamed(_ranges(event["numbers"])),)
        case "order.numbers_active" | "port.numbers_active":
            return (NumbersWorking(_ranges(event["numbers"])),)
        case "order.numbers_failed" | "port.numbers_failed":
            return tuple(_failures(event["numbers"]))
        case "order.backordered":
            return (BackOrdered(),)
        case "order.complete":
            return (Fulfilled(),)
        case "port.complete":
            return (Fulfilled(works_from=_day(event["works_from"])),)
        case "order.partial" | "port.partial":
            return (PartlyFulfilled(None, event.get("reason") or "some numbers failed"),)
        case "order.failed":
            return (Unfulfilled(event["reason"]),)
        case "order.cancelled":
            return (Cancelled(),)
        case "port.rejected":
            return (PortRejected(event["code"], event["message"]),)
        case "port.supplemented":
            return (SupplementTaken(),)
        case "port.foc":
            return (FocConfirmed(FirmDate(datetime.fromisoformat(event["foc_at"]))),)
        case "port.activating":
            return (ActivationStarted(),)
        case "port.cancelled":
            return (_closed(event),)
        case "envelope.sent":
            return (EnvelopeSent(event["envelope"]),)
        case "envelope.delivered":
            return (EnvelopeDelivered(),)
        case "envelope.signed":
            return (EnvelopeSigned(),)
        case "envelope.declined":
            return (EnvelopeDeclined(),)
        case _:
            raise UnreadableAnswer(event)
