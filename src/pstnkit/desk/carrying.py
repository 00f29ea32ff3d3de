"""Carrying commands out: what a record's state says has to be asked of a carrier is asked, and the answer told to it.

Whatever changes something at a carrier was saved before it is asked, under the reference that it is asked with. So
carrying on is safe at any time and after any crash: an order found in the middle of being sent is read first, and sent
again, under the same reference, only when the carrier says that it never arrived.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from pstnkit.accounts.agreements import Agreement, AgreementKind, AgreementStatus, EnvelopeSent
from pstnkit.accounts.customers import Customer
from pstnkit.carriers.flow import Flow, ask
from pstnkit.carriers.protocol import (
    Accepted,
    CancelOrder,
    CancelPort,
    OrderNumbers,
    ReadOrder,
    ReadPort,
    Receipt,
    Refused,
    Reply,
    Request,
    SignedLetter,
    SubmitPort,
    SupplementPort,
)
from pstnkit.catalog import SENTENCES, key_of, sentence
from pstnkit.desk.office import Notice, Office, Work
from pstnkit.lifecycle.commands import AskCancellation, AskSupplement, Command, ReadBack, Submit
from pstnkit.lifecycle.events import Decision, Report, Source
from pstnkit.lifecycle.history import Entry
from pstnkit.lifecycle.machine import Outcome
from pstnkit.lifecycle.progress import Progress
from pstnkit.lifecycle.reports import (
    Acknowledged,
    AnswerLost,
    CancellationRefused,
    NumbersFailed,
    NumbersWorking,
    Settle,
    TurnedDown,
)
from pstnkit.numbering.ranges import NumberRange, collapse
from pstnkit.ordering.numbers import NumberBook, NumbersExpected
from pstnkit.ordering.orders import NumberOrder
from pstnkit.porting.ports import PortOrder, SupplementTaken

AnyOrder = NumberOrder | PortOrder


def hear(
    work: Work, order: AnyOrder, body: Report | Decision, *, source: Source, actor: str, **when: object
) -> Entry:
    """Let ``body`` happen to ``order``, and to the customer's numbers what follows from it; tell people what they
    want to know."""
    entry = work.happen(order, body, source=source, actor=actor, **when)  # type: ignore[arg-type]
    after = work.get(type(order), order.id)
    _settle_numbers(work, order, after, entry)
    for status in entry.path:
        if key_of(status) in SENTENCES:
            text = sentence(status, order=order.id, count=after.numbers.successful)
            work.office.notify(
                Notice(customer=order.customer, subject=order.id, at=entry.event.at, text=text)
            )
    return entry


def _settle_numbers(work: Work, before: AnyOrder, after: AnyOrder, entry: Entry) -> None:
    """Tell the customer's number book which numbers the entry has brought, made work, or failed."""
    if after.numbers is before.numbers:
        return
    body = entry.event.body
    named: Sequence[NumberRange] = getattr(body, "numbers", None) or ()
    # A report that names numbers is about those; one about the whole order may have settled any.
    about = named if isinstance(body, NumbersWorking | NumbersFailed) else None
    was, now = before.numbers.by_number, after.numbers.by_number
    candidates = now if about is None else (number for numbers in about for number in numbers)
    expected, working, failed = [], [], []
    for number in candidates:
        old, new = was.get(number), now.get(number)
        if old is None and new is not None:
            expected.append(number)
        if old is not new and new is Progress.SUCCESSFUL:
            working.append(number)
        if old is not new and new is Progress.FAILED:
            failed.append(number)
    told: list[Report] = []
    if expected:
        told.append(NumbersExpected(tuple(collapse(expected)), after.id))
    if working:
        told.append(NumbersWorking(tuple(collapse(working))))
    if failed:
        told.append(NumbersFailed(tuple(collapse(failed)), after.reason or after.status.value))
    for report in told:
        book = work.get(NumberBook, f"{after.customer}/numbers")
        work.happen(book, report, source=entry.event.source, actor=entry.event.actor, at=entry.event.at)


def carry_on(office: Office, customer: str) -> Flow[None]:
    """Carry out whatever a customer's records call for: agreements to be sent, orders to be sent, read or cancelled."""
    for agreement in office.of_customer(Agreement, customer):
        if agreement.status is AgreementStatus.CREATED:
            yield from _send(office, agreement)
    for order in (*office.of_customer(NumberOrder, customer), *office.of_customer(PortOrder, customer)):
        yield from perform(office, order)


def perform(office: Office, order: AnyOrder) -> Flow[None]:
    """Carry out what ``order`` calls for, and what follows from the answers, until it calls for nothing new."""
    asked: set[Command] = set()
    while waiting := [command for command in order.commands if command not in asked]:
        command = waiting[0]
        asked.add(command)
        match command:
            case Submit():
                yield from _submit(office, order)
            case ReadBack():
                yield from _read_back(office, order)
            case AskCancellation():
                yield from _cancel(office, order)
            case AskSupplement():
                yield from _supplement(office, order)
            case _:
                assert_never(command)
        order = office.get(type(order), order.id)


def _send(office: Office, agreement: Agreement) -> Flow[None]:
    reply = yield from office.signing.send(agreement, office.get(Customer, agreement.customer))
    if isinstance(reply, Accepted):
        work = Work(office)
        work.happen(
            work.get(Agreement, agreement.id),
            EnvelopeSent(reply.answer.reference),
            source=Source.SIGNING_SERVICE,
            actor="signing service",
        )
        work.save()


def _tell(office: Office, order: AnyOrder, report: Report) -> None:
    """Tell ``order`` how the carrier answered, and save."""
    work = Work(office)
    hear(work, work.get(type(order), order.id), report, source=Source.CARRIER, actor="answer")
    work.save()


def _submit(office: Office, order: AnyOrder) -> Flow[None]:
    request = (
        _number_request(office, order) if isinstance(order, NumberOrder) else _port_request(office, order)
    )
    reply: Reply[Receipt] = yield from ask(request)
    if isinstance(reply, Accepted):
        _tell(office, order, Acknowledged(reply.answer.reference))
    elif isinstance(reply, Refused):
        _tell(office, order, TurnedDown(reply.text))
    else:
        _tell(office, order, AnswerLost(reply.why))


def _number_request(office: Office, order: NumberOrder) -> Request[Receipt]:
    return OrderNumbers(
        client_reference=order.client_reference,
        kind=order.kind,
        quantity=order.quantity,
        numbers=order.numbers.of(Progress.IN_PROGRESS),
        # What has lapsed is not worth naming: the numbers may still be on offer.
        reservations=tuple(hold.reference for hold in order.holds if hold.until > office.clock()),
        wanted=order.wanted,
        timezone=office.get(Customer, order.customer).timezone,
    )


def _port_request(office: Office, port: PortOrder) -> Request[Receipt]:
    letter = next(
        agreement
        for agreement in office.of_customer(Agreement, port.customer)
        if agreement.kind is AgreementKind.LETTER_OF_AUTHORIZATION
        and agreement.order == port.id
        and agreement.signed
    )
    assert letter.signed is not None  # a gate that has opened
    assert letter.envelope is not None
    return SubmitPort(
        client_reference=port.client_reference,
        numbers=port.numbers.of(Progress.IN_PROGRESS),
        losing_carrier=port.losing_carrier,
        account_number=port.account_number,
        business_name=port.business_name,
        letter=SignedLetter(letter.signer, letter.signed, letter.envelope),
        requested=port.requested.day if port.requested else None,
        timezone=office.get(Customer, port.customer).timezone,
    )


def _read_back(office: Office, order: AnyOrder) -> Flow[None]:
    """Read the carrier's own state of ``order``. When nothing in it contradicts, what did before is settled."""
    reference = order.client_reference
    reply = yield from ask(ReadOrder(reference) if isinstance(order, NumberOrder) else ReadPort(reference))
    if not isinstance(reply, Accepted):
        return
    work = Work(office)
    agreed = True
    for report in reply.answer.reports:
        present = work.get(type(order), order.id)
        outcome = work.glimpse(present, report)
        agreed = agreed and outcome is not Outcome.CONTRADICTS
        if outcome in (Outcome.EXPECTED, Outcome.IMPLIED):
            hear(work, present, report, source=Source.CARRIER, actor="read")
    present = work.get(type(order), order.id)
    if agreed and present.needs_attention:
        hear(work, present, Settle("the carrier was read, and agrees"), source=Source.CARRIER, actor="read")
    work.save()


def _cancel(office: Office, order: AnyOrder) -> Flow[None]:
    reference = f"{order.client_reference}/cancel"
    theirs = order.carrier_reference or ""
    reply: Reply[Receipt] = yield from ask(
        CancelOrder(reference, theirs) if isinstance(order, NumberOrder) else CancelPort(reference, theirs)
    )
    if isinstance(reply, Refused):
        _tell(office, order, CancellationRefused(reply.text))
    elif isinstance(reply, Accepted):
        yield from _read_back(office, order)


def _supplement(office: Office, order: AnyOrder) -> Flow[None]:
    assert isinstance(order, PortOrder)  # no other order asks for it
    assert order.supplement is not None
    reference = f"{order.client_reference}/supplement-{order.revision}"
    change = order.supplement
    reply = yield from ask(
        SupplementPort(reference, order.carrier_reference or "", change.field, change.value)
    )
    if isinstance(reply, Accepted):
        _tell(office, order, SupplementTaken())
    elif isinstance(reply, Refused):
        _tell(office, order, TurnedDown(reply.text))
    else:
        _tell(office, order, AnswerLost(reply.why))
