"""Carrying commands out: what a record's state says has to be asked of a carrier is asked, and the answer told to it.

Whatever changes something at a carrier was saved before it is asked, under the reference that it is asked with. An
order is sent by the one whose work has released it, and by nobody else; when its answer is lost it is read first, and
sent again, under the same reference, only when the carrier says that it never arrived.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import assert_never

from pstnkit.accounts.agreements import Agreement, AgreementKind, AgreementStatus, EnvelopeSent
from pstnkit.accounts.customers import Customer
from pstnkit.carriers.flow import Flow, ask
from pstnkit.carriers.protocol import (
    Accepted,
    CancelOrder,
    CancelPort,
    OrderNumbers,
    OutcomeUnknown,
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
from pstnkit.desk.gates import ask_for_signatures, open_gates
from pstnkit.desk.office import Office, Work, book_id, persist
from pstnkit.desk.port_news import gone_back
from pstnkit.desk.registering import register
from pstnkit.desk.releasing import carry_on_releases
from pstnkit.lifecycle.commands import AskCancellation, AskSupplement, OrderCommand, ReadBack, Submit
from pstnkit.lifecycle.events import Decision, Report, Source
from pstnkit.lifecycle.failures import Failure
from pstnkit.lifecycle.history import Entry
from pstnkit.lifecycle.machine import Outcome
from pstnkit.lifecycle.progress import Progress
from pstnkit.lifecycle.reports import (
    Acknowledged,
    AnswerLost,
    Cancel,
    CancellationRefused,
    NumbersFailed,
    NumbersNamed,
    NumbersWorking,
    Settle,
    TurnedDown,
)
from pstnkit.lifecycle.telling import in_words
from pstnkit.numbering.ranges import collapse
from pstnkit.numbering.telephone import TelephoneNumber
from pstnkit.ordering.number_events import NumbersExpected, NumbersPortedOut
from pstnkit.ordering.numbers import NumberBook
from pstnkit.ordering.orders import NumberOrder, OrderStatus
from pstnkit.porting.ports import PortOrder, PortStatus
from pstnkit.porting.reports import SupplementRefused, SupplementTaken
from pstnkit.porting.supplements import Change, Supplement
from pstnkit.secret import Secret

AnyOrder = NumberOrder | PortOrder


def hear(
    work: Work, order: AnyOrder, body: Report | Decision, *, source: Source, actor: str, **when: object
) -> Entry:
    """Let ``body`` happen to ``order``, and to the customer's numbers what follows from it."""
    entry = work.happen(order, body, source=source, actor=actor, **when)  # type: ignore[arg-type]
    after = work.again(order)
    _settle_numbers(work, order, after, entry)
    return entry


def _settle_numbers(work: Work, before: AnyOrder, after: AnyOrder, entry: Entry) -> None:
    """Tell the customer's number book which numbers the entry has brought, made work, failed, or taken away again."""
    told = [] if after.numbers is before.numbers else _settled(before, after, entry)
    if isinstance(before, PortOrder) and isinstance(after, PortOrder):
        told += [NumbersPortedOut(gone, after.id) for gone in [gone_back(before, after)] if gone]
    for report in told:
        book = work.get(NumberBook, book_id(after.customer))
        work.happen(book, report, source=entry.event.source, actor=entry.event.actor, at=entry.event.at)


def _settled(before: AnyOrder, after: AnyOrder, entry: Entry) -> list[Report]:
    """What the entry says of the progress of the order's numbers."""
    body = entry.event.body
    was, now = before.numbers.by_number, after.numbers.by_number
    candidates: Iterable[TelephoneNumber] = now
    if isinstance(body, NumbersNamed | NumbersWorking | NumbersFailed):
        # Such a report is about the numbers that it names; one about the whole order may have settled any.
        candidates = (number for numbers in body.numbers for number in numbers)
    changed: dict[Progress, list[TelephoneNumber]] = {progress: [] for progress in Progress}
    expected = []
    for number in candidates:
        old, new = was.get(number), now.get(number)
        if new is not None and new is not old:
            changed[new].append(number)
            if old is None:
                expected.append(number)
    told: list[Report] = []
    if expected:
        told.append(NumbersExpected(tuple(collapse(expected)), after.id))
    if working := changed[Progress.SUCCESSFUL]:
        told.append(NumbersWorking(tuple(collapse(working))))
    reasons: dict[Failure, list[TelephoneNumber]] = {}
    for number in changed[Progress.FAILED]:
        reasons.setdefault(after.numbers.failures[number], []).append(number)
    for failure, failed in reasons.items():
        told.append(NumbersFailed(tuple(collapse(failed)), failure.text, failure.kind))
    return told


def carry_on(office: Office, customer: Customer | str) -> Flow[None]:
    """Carry out whatever a customer's records call for: agreements to be sent, orders to be sent, read or cancelled.

    An order is sent by whom its release was saved for: only one can have saved it, so that no two send it. One that
    somebody is sending at this moment is left alone; one that was being sent when everything stopped is for
    :func:`~pstnkit.desk.orders.recover`.
    """
    ours = {*persist(lambda: _catch_up(office, customer))}
    with _answering_for(office, customer, ours):
        for agreement in office.of_customer(Agreement, customer):
            if agreement.status is AgreementStatus.CREATED:
                yield from _send(office, agreement)
        for order in _orders(office, customer):
            yield from _perform(office, order, ours)
    yield from carry_on_releases(office, customer)
    yield from register(office, customer)


def perform(office: Office, order: AnyOrder) -> Flow[None]:
    """Carry out what ``order`` calls for, and what follows from the answers, until it calls for nothing new."""
    ours: set[str] = set()
    with _answering_for(office, order.customer, ours):
        yield from _perform(office, order, ours)


def _orders(office: Office, customer: Customer | str) -> tuple[AnyOrder, ...]:
    return (*office.of_customer(NumberOrder, customer), *office.of_customer(PortOrder, customer))


def _catch_up(office: Office, customer: Customer | str) -> frozenset[str]:
    """Do what follows from all records together. Two who changed one each at the same time have not seen it."""
    work = Work(office)
    owner = work.get(Customer, customer)
    ask_for_signatures(work, owner)
    open_gates(work, owner)
    return work.save()


@contextmanager
def _answering_for(office: Office, customer: Customer | str, ours: set[str]) -> Iterator[None]:
    """Leave no order of ``ours`` in the middle of being sent, whatever is raised: its outcome is unknown then."""
    try:
        yield
    except GeneratorExit:
        # Nobody goes on with this flow; it is as after a crash, and nothing more may be done.
        raise
    except BaseException as error:
        for order in _orders(office, customer):
            if order.id in ours and is_being_sent(order):
                _tell(office, order, AnswerLost(f"interrupted by {type(error).__name__}"))
        raise


def is_being_sent(order: AnyOrder) -> bool:
    """Whether somebody sends the order now, or did so when everything stopped."""
    return order.status in (OrderStatus.SUBMITTING, PortStatus.SUBMITTING)


def _perform(office: Office, order: AnyOrder, ours: set[str]) -> Flow[None]:
    """Each command once, until an answer is missing: what was lost on the way may arrive yet, and is read later."""
    asked: set[OrderCommand] = set()
    answered = True
    while answered:
        left = [command for command in order.commands if command not in asked]
        if not left or (is_being_sent(order) and order.id not in ours):
            return
        asked.add(left[0])
        match left[0]:
            case Submit():
                answered = yield from _submit(office, order)
            case ReadBack():
                answered = yield from _read_back(office, order, ours)
            case AskCancellation():
                answered = yield from _cancel(office, order, ours)
            case AskSupplement():
                answered = yield from _supplement(office, order)
            case command:
                assert_never(command)
        order = office.again(order)


def _send(office: Office, agreement: Agreement) -> Flow[None]:
    reply = yield from office.signing.send(agreement, office.get(Customer, agreement.customer))
    if isinstance(reply, Accepted):
        envelope = reply.answer.reference

        def save() -> None:
            work = Work(office)
            present = work.again(agreement)
            # Sent again meanwhile, the answer is about what no longer counts: then it is named as we named it.
            same = present.client_reference == agreement.client_reference
            sent = EnvelopeSent(envelope if same else agreement.client_reference)
            work.happen(present, sent, source=Source.SIGNING_SERVICE, actor="signing service")
            work.save()

        persist(save)


def _tell(office: Office, order: AnyOrder, report: Report) -> None:
    """Tell ``order`` how the carrier answered, and save."""

    def save() -> None:
        work = Work(office)
        hear(work, work.again(order), report, source=Source.CARRIER, actor="answer")
        work.save()

    persist(save)


def _submit(office: Office, order: AnyOrder) -> Flow[bool]:
    request = (
        _number_request(office, order) if isinstance(order, NumberOrder) else _port_request(office, order)
    )
    reply = yield from ask(request)
    return _answered(office, order, reply, lambda receipt: Acknowledged(receipt.reference))


def _answered(
    office: Office, order: AnyOrder, reply: Reply[Receipt], taken: Callable[[Receipt], Report]
) -> bool:
    """Tell ``order`` how a request was answered, and say whether it was."""
    if isinstance(reply, Accepted):
        _tell(office, order, taken(reply.answer))
    elif isinstance(reply, Refused):
        stood_in_the_way = f" ({in_words(reply.numbers)})" if reply.numbers else ""
        _tell(office, order, TurnedDown(reply.text + stood_in_the_way))
    else:
        _tell(office, order, AnswerLost(reply.why))
    return not isinstance(reply, OutcomeUnknown)


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
    # The one that opened the gate is the newest: an older one had been signed too long ago.
    *_, letter = (
        agreement
        for agreement in office.of_customer(Agreement, port.customer)
        if agreement.kind is AgreementKind.LETTER_OF_AUTHORIZATION
        and agreement.order == port.id
        and agreement.signed
    )
    assert letter.signed is not None  # a gate that has opened
    return SubmitPort(
        client_reference=port.client_reference,
        numbers=port.numbers.of(Progress.IN_PROGRESS),
        losing_carrier=port.losing_carrier,
        account_number=office.secret(port.account_number),
        business_name=port.business_name,
        letter=SignedLetter(letter.signed_by or letter.signer, letter.signed, letter.envelope or letter.id),
        details=_details(office, port),
        requested=port.requested.day if port.requested else None,
        timezone=office.get(Customer, port.customer).timezone,
    )


def _details(office: Office, port: PortOrder) -> dict[str, str | Secret]:
    """The fields of a port that not every carrier asks for."""
    known: dict[str, str | Secret | None] = {
        "btn": str(port.btn) if port.btn else None,
        "new_btn": str(port.new_btn) if port.new_btn else None,
        "pin": office.secret(port.pin) if port.pin else None,
        "service_address": str(port.service_address) if port.service_address else None,
        "authorized_signer": port.authorized_signer,
    }
    given: dict[str, str | Secret] = {name: value for name, value in known.items() if value is not None}
    return given | _told_fields(office, port.details)


def _read_back(office: Office, order: AnyOrder, ours: set[str]) -> Flow[bool]:
    """Read the carrier's own state of ``order``. When nothing in it contradicts, what did before is settled."""
    reference = order.client_reference
    reply = yield from ask(ReadOrder(reference) if isinstance(order, NumberOrder) else ReadPort(reference))
    if not isinstance(reply, Accepted):
        return False
    reports = reply.answer.reports
    ours |= persist(lambda: _take_in(office, order, reports))
    return True


def _take_in(office: Office, order: AnyOrder, reports: Iterable[Report]) -> frozenset[str]:
    work = Work(office)
    agreed = True
    for report in reports:
        present = work.again(order)
        outcome = work.glimpse(present, report)
        agreed = agreed and outcome is not Outcome.CONTRADICTS
        names = isinstance(report, Acknowledged) and present.carrier_reference is None
        if names or outcome in (Outcome.EXPECTED, Outcome.IMPLIED):
            hear(work, present, report, source=Source.CARRIER, actor="read")
    present = work.again(order)
    if agreed and present.needs_attention:
        hear(work, present, Settle("the carrier was read, and agrees"), source=Source.CARRIER, actor="read")
    return work.save()


def _reference(office: Office, order: AnyOrder, kind: type[Decision]) -> str:
    """The reference under which a decision about ``order`` is carried out: the same however often it is asked."""
    history = office.store.history(office.partner, order.id)
    taken = next(entry.event.id for entry in reversed(history) if isinstance(entry.event.body, kind))
    return f"{order.client_reference}/{taken}"


def _cancel(office: Office, order: AnyOrder, ours: set[str]) -> Flow[bool]:
    if order.carrier_reference is None:
        # It came to us by reports only. The carrier's own state says under which reference it has the order.
        yield from _read_back(office, order, ours)
        order = office.again(order)
    theirs = order.carrier_reference
    if theirs is None:
        return False
    reference = _reference(office, order, Cancel)
    reply: Reply[Receipt] = yield from ask(
        CancelOrder(reference, theirs) if isinstance(order, NumberOrder) else CancelPort(reference, theirs)
    )
    if isinstance(reply, Refused):
        _tell(office, order, CancellationRefused(reply.text))
        return True
    if isinstance(reply, OutcomeUnknown):
        _tell(office, order, AnswerLost(reply.why))
        return False
    return (yield from _read_back(office, order, ours))


def _supplement(office: Office, order: AnyOrder) -> Flow[bool]:
    assert isinstance(order, PortOrder)  # only a port asks for it, with its supplement
    assert order.supplement is not None
    change = order.supplement
    reply = yield from ask(
        SupplementPort(
            client_reference=_reference(office, order, Supplement),
            reference=order.carrier_reference or "",
            changes=_told_fields(office, change.changes),
            requested=change.requested.day if change.requested else None,
        )
    )
    if isinstance(reply, Refused):
        _tell(office, order, SupplementRefused(reply.text))
        return True
    return _answered(office, order, reply, lambda _: SupplementTaken())


def _told_fields(office: Office, changes: Iterable[Change]) -> dict[str, str | Secret]:
    """Fields of a port as a carrier is told them, with the secrets that the store keeps."""
    return {
        change.field: change.value if isinstance(change.value, str) else office.secret(change.value)
        for change in changes
    }
