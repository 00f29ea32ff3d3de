"""The adapter of the simulated carrier: a method for each operation that it has.

An adapter knows no rules; it translates, with :mod:`pstnkit.carriers.simulated_words`. The simulator itself is another
company: see :mod:`pstnkit.carriers.simulator` for its interface. What lies between is a :data:`Transport`, a function
that takes one message and gives the answer: in this process, at the other end of a pipe, or lossy for a test.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, TypeVar

from pstnkit.accounts.address_checks import AddressCheck
from pstnkit.carriers import simulated_words as words
from pstnkit.carriers.protocol import (
    Accepted,
    AskCapabilities,
    CancelOrder,
    CancelPort,
    Capabilities,
    CheckAddress,
    CheckPortability,
    DecodeEvent,
    EmergencyReceipt,
    ExtendReservation,
    ListOwned,
    News,
    OfferPage,
    OrderNumbers,
    OwnedPage,
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
from pstnkit.carriers.simulated_words import Message, understood
from pstnkit.carriers.simulated_words import UnreadableAnswer as UnreadableAnswer
from pstnkit.carriers.simulator import Simulator
from pstnkit.lifecycle.events import Report
from pstnkit.lifecycle.reports import NeverArrived
from pstnkit.numbering.telephone import TelephoneNumber
from pstnkit.porting.planning.portability import Portability

A = TypeVar("A")

Transport = Callable[[dict[str, Any]], dict[str, Any]]


def in_process(simulator: Simulator) -> Transport:
    """A transport to a simulator in this process; everything crosses as JSON text, so that no object is shared."""

    def send(message: dict[str, Any]) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(json.dumps(simulator.handle(json.loads(json.dumps(message)))))
        return answer

    return send


class SimulatedCarrier:
    """The simulated carrier, as any carrier: a method for each operation.

    Each raises :class:`~pstnkit.carriers.simulated_words.UnreadableAnswer` for an answer that it cannot read.
    """

    def __init__(self, transport: Transport) -> None:
        self._send = transport

    def _ask(self, tell: Callable[[Message], A], op: str, **fields: Any) -> Reply[A]:
        """The reply to ``op``, its answer as ``tell`` puts it; a field that is None is left out."""
        given = {name: value for name, value in fields.items() if value is not None}
        reply = self._send({"op": op, **given})
        with understood(reply):
            if reply["ok"] is True:
                return Accepted(tell(reply))
            if reply["ok"] is False:
                return words.refused(reply)
        raise UnreadableAnswer(reply)

    def _receipt(self, key: str, op: str, **fields: Any) -> Reply[Receipt]:
        return self._ask(lambda reply: Receipt(reply[key]), op, **fields)

    def capabilities(self, _request: AskCapabilities, /) -> Reply[Capabilities]:
        """What the carrier says that it can do."""
        return self._ask(
            lambda reply: Capabilities(
                carrier=reply["carrier"],
                operations=frozenset(reply["operations"]),
                filters=frozenset(reply["filters"]),
                page_size=reply["page_size"],
            ),
            "capabilities",
        )

    def search(self, request: SearchOffers, /) -> Reply[OfferPage]:
        """One page of what is on offer."""
        return self._ask(
            lambda reply: OfferPage(tuple(map(words.offer, reply["offers"])), reply["next"]),
            "search",
            filters=dict(request.filters),
            page=request.after,
        )

    def reserve(self, request: ReserveNumbers, /) -> Reply[Reservation]:
        """All of the numbers, or none."""
        numbers = words.texts(request.numbers)
        return self._ask(_reservation, "reserve", numbers=numbers, client_reference=request.client_reference)

    def extend(self, request: ExtendReservation, /) -> Reply[Reservation]:
        """For another half hour, up to the carrier's cap."""
        return self._ask(
            _reservation,
            "extend",
            reservation=request.reference,
            client_reference=request.client_reference,
        )

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
            fields |= {"numbers": words.texts(request.numbers), "reservations": list(request.reservations)}
        else:
            state = None if request.wanted.npa else (request.wanted.state or "").rpartition("-")[2]
            fields |= {"quantity": request.quantity, "npa": request.wanted.npa, "state": state}
            fields |= {"timezone": request.timezone}
        return self._receipt("order", "order", **fields)

    def read_order(self, request: ReadOrder, /) -> Reply[Reading]:
        """The order's state, as the reports that lead there."""
        return self._reading(words.order_reports, "read_order", client_reference=request.client_reference)

    def cancel_order(self, request: CancelOrder, /) -> Reply[Receipt]:
        """What is pending of it."""
        return self._receipt(
            "order", "cancel_order", order=request.reference, client_reference=request.client_reference
        )

    def check_address(self, request: CheckAddress, /) -> Reply[AddressCheck]:
        """What the carrier's address service says."""
        fields = words.address_fields(request.address)
        return self._ask(lambda reply: words.check(request.address, reply), "check_address", address=fields)

    def register_emergency(self, request: RegisterEmergency, /) -> Reply[EmergencyReceipt]:
        """One address for these numbers, or none."""
        return self._ask(
            lambda reply: EmergencyReceipt(reply["registration"]),
            "register_emergency",
            numbers=words.texts(request.numbers),
            address=words.address_fields(request.address) if request.address else None,
            override=request.overridden or None,
            client_reference=request.client_reference,
        )

    def check_portability(self, request: CheckPortability, /) -> Reply[tuple[Portability, ...]]:
        """Number by number."""

        def tell(reply: Message) -> tuple[Portability, ...]:
            return tuple(map(words.portability, reply["results"]))

        return self._ask(tell, "check_portability", numbers=words.texts(request.numbers))

    def submit_port(self, request: SubmitPort, /) -> Reply[Receipt]:
        """With the letter of authorization that was signed."""
        letter = request.letter
        return self._receipt(
            "port",
            "submit_port",
            client_reference=request.client_reference,
            numbers=words.texts(request.numbers),
            losing_carrier=request.losing_carrier,
            account_number=request.account_number.reveal(),
            business_name=request.business_name,
            loa={
                "signer": letter.signer,
                "signed_at": letter.signed.isoformat(),
                "envelope": letter.envelope,
            },
            requested_date=words.day_text(request.requested),
            timezone=request.timezone,
            **words.details(request.details),
        )

    def supplement(self, request: SupplementPort, /) -> Reply[Receipt]:
        """Another date, or a correction of some fields."""
        changes: dict[str, Any] = words.details(request.changes)
        if request.requested is not None:
            changes["requested_date"] = words.day_text(request.requested)
        return self._receipt(
            "port",
            "supplement",
            port=request.reference,
            kind=3 if request.changes else 2,
            changes=changes,
            client_reference=request.client_reference,
        )

    def read_port(self, request: ReadPort, /) -> Reply[Reading]:
        """The port's state, as the reports that lead there."""
        return self._reading(words.port_reports, "read_port", client_reference=request.client_reference)

    def cancel_port(self, request: CancelPort, /) -> Reply[Receipt]:
        """The whole port."""
        return self._receipt(
            "port", "cancel_port", port=request.reference, client_reference=request.client_reference
        )

    def _reading(
        self, tell: Callable[[Message], Iterable[Report]], op: str, *, client_reference: str
    ) -> Reply[Reading]:
        reply = self._ask(lambda read: Reading(tuple(tell(read))), op, client_reference=client_reference)
        if isinstance(reply, Refused) and reply.reason is RefusalReason.NOT_FOUND:
            return Accepted(Reading((NeverArrived(),)))
        return reply

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

        def tell(reply: Message) -> OwnedPage:
            return OwnedPage(tuple(TelephoneNumber(row["number"]) for row in reply["numbers"]), reply["next"])

        return self._ask(tell, "owned_numbers", page=request.after)

    def release(self, request: ReleaseNumbers, /) -> Reply[Receipt]:
        """Give numbers back."""
        return self._receipt(
            "release",
            "release",
            numbers=words.texts(request.numbers),
            client_reference=request.client_reference,
        )

    def decode_event(self, request: DecodeEvent, /) -> Reply[tuple[News, ...]]:
        """An event of the carrier's, as the reports that it makes; raises :class:`UnreadableAnswer` for another."""
        with understood(request.payload):
            return Accepted(words.news(request.payload))


def _reservation(reply: Message) -> Reservation:
    until = datetime.fromisoformat(reply["expires_at"])
    return Reservation(reply["reservation"], words.ranges(reply["numbers"]), until)
