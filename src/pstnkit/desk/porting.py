"""Ports at the desk: corrected and cancelled in time, watched, and told about by people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from pstnkit.accounts.agreements import Agreement
from pstnkit.accounts.awaited import signatures_awaited
from pstnkit.accounts.customers import Customer
from pstnkit.carriers.flow import Flow
from pstnkit.carriers.protocol import UploadDocument
from pstnkit.catalog import sentence
from pstnkit.desk.answers import answer
from pstnkit.desk.carrying import hear, perform
from pstnkit.desk.office import Office, Work, carry_through
from pstnkit.desk.registering import register
from pstnkit.lifecycle.calendars import plain_date
from pstnkit.lifecycle.events import Report, Source
from pstnkit.lifecycle.notices import Notice
from pstnkit.lifecycle.progress import Progress
from pstnkit.lifecycle.reports import Fulfilled, PartlyFulfilled
from pstnkit.lifecycle.waiting import Party, WaitingFor
from pstnkit.lifecycle.zones import zone
from pstnkit.porting.changes import check_change
from pstnkit.porting.cutoffs import ChangeWindow, check_requested
from pstnkit.porting.dates import FirmDate
from pstnkit.porting.news import PortNews
from pstnkit.porting.ports import PortOrder, PortStatus
from pstnkit.porting.rejects import RejectReason
from pstnkit.porting.reports import DateInJeopardy, FocConfirmed
from pstnkit.porting.steps import PortStep, StepKind, steps
from pstnkit.porting.supplements import NEW_REQUEST_FIELDS, PLAIN_FIELDS, NeedsNewRequest
from pstnkit.secret import Secret, SecretRef


def in_time(office: Office, port: PortOrder) -> None:
    """Raise :class:`~pstnkit.porting.changes.TooLateToChange` when no carrier changes ``port`` any more; warn people
    when it can only be tried."""
    window = check_change(port, office.clock(), office.port_dates)
    if window is ChangeWindow.BEST_EFFORT:
        _warn(office, port, window)


def _warn(office: Office, port: PortOrder, what: ChangeWindow | PortNews, **figures: Any) -> None:
    """Tell people at once what a decision about ``port`` amounts to: they have just taken it."""
    office.notify(
        Notice(
            id=f"{port.id}/{port.revision}/{what.value}",
            customer=port.customer,
            subject=port.id,
            at=office.clock(),
            state=what,
            text=sentence(what, order=port.id, **figures),
        )
    )


def correct_port(
    office: Office, /, port: PortOrder | str, *, requested: date | None = None, **fields: str | Secret
) -> Flow[PortOrder]:
    """Correct fields of a port, by name, and ask for another date (``requested``).

    Before the port is sent its record is edited, afterwards the carrier is asked for a supplement: SUP 2 for the date
    alone, else SUP 3. Any field but those of :data:`~pstnkit.porting.supplements.PLAIN_FIELDS` is taken for a secret:
    its value is kept by the store and told to the carrier, and the history has a reference to it.

    Raises what :meth:`~pstnkit.porting.ports.PortOrder.correct` raises, ``TypeError`` for a
    :class:`~pstnkit.secret.Secret` where the value is none, :class:`~pstnkit.porting.changes.TooLateToChange` too
    shortly before the firm date, and :class:`~pstnkit.porting.cutoffs.DateNotPermitted` for a day that the losing
    carrier's rules do not allow. People are told of a refusal that the correction does not put right, and of a letter
    of authorization that says something else now.
    """
    work = Work(office)
    found = work.get(PortOrder, port)
    decision = found.correct(
        requested=requested, **{name: _kept(work, name, value) for name, value in fields.items()}
    )
    if requested is not None:
        ranges = found.numbers.of(Progress.IN_PROGRESS)
        check_requested(requested, ranges, now=office.clock(), policy=office.port_dates, plan=office.plan)
    window = check_change(found, office.clock(), office.port_dates)
    hear(work, found, decision, source=Source.PARTNER, actor=office.actor)
    work.save()
    # Of what is not saved nobody hears.
    if window is ChangeWindow.BEST_EFFORT:
        _warn(office, found, window)
    for refused in found.unanswered(decision):
        _warn(office, found, PortNews.LEFT_UNANSWERED, refused=str(refused))
    if found.status in _BEFORE_THE_LETTER and not fields.keys().isdisjoint(_IN_THE_LETTER):
        _warn(office, found, PortNews.LETTER_OUTDATED)
    yield from perform(office, office.again(found))
    return office.again(found)


def attach(office: Office, port: PortOrder | str, *, name: str, content: bytes) -> Flow[PortOrder]:
    """Leave a paper of a port (a bill, a CSR) with the carrier, and name it in the port's request.

    ``name`` is that of the file. Before the port is sent the request has it from the start, afterwards it is a
    supplement; papers that the request names already stay in it. Raises what :func:`correct_port` raises, and nothing
    is handed in where the port takes no correction; :class:`~pstnkit.desk.answers.CarrierRefused`; and
    :class:`~pstnkit.desk.answers.CarrierSilent`, after which it can be handed in again: a paper twice does no harm.
    """
    found = office.get(PortOrder, port)
    found.correct(documents=name)
    check_change(found, office.clock(), office.port_dates)
    receipt = yield from answer(UploadDocument(office.new_id("reference"), name, content))
    named = [str(part.value) for part in office.again(found).details if part.field == "documents"]
    return (yield from correct_port(office, found, documents=",".join((*named, receipt.reference))))


_BEFORE_THE_LETTER = (PortStatus.AWAITING_CONTRACT, PortStatus.AWAITING_LOA)
_IN_THE_LETTER = ("account_number", "business_name", "btn", "pin", "service_address", "authorized_signer")


def _kept(work: Work, name: str, value: str | Secret) -> str | SecretRef:
    """What an event has of the value of a field: the text, or where it is kept."""
    if name in NEW_REQUEST_FIELDS:
        raise NeedsNewRequest(name)
    if name not in PLAIN_FIELDS:
        return work.keep(value if isinstance(value, Secret) else Secret(value))
    if not isinstance(value, str):
        raise TypeError(f"{name} is no secret, and is given as text, not as a {type(value).__name__}")
    return value


def told_works_from(office: Office, port: PortOrder | str, day: date, *, by: str) -> Flow[PortOrder]:
    """A person (``by``) was told by the carrier from which ``day`` the numbers of a port work (SPEC P6).

    A day that has come says that the port is complete. One that is still to come, on the customer's calendar, is a
    promise: the firm date of the port from then on, and its numbers cannot be used before it is kept. Of a port that is
    over with some of its numbers, it is the day of those. Raises ``TypeError`` for what is no date.
    """
    plain_date("the day from which numbers work", day)
    found = office.get(PortOrder, port)
    local = zone(office.get(Customer, found.customer).timezone)
    told: Report = Fulfilled(works_from=day)
    if found.status is PortStatus.PARTIALLY_PORTED:
        told = PartlyFulfilled(None, found.reason or "", day)
    elif day > office.clock().astimezone(local).date():
        told = FocConfirmed(FirmDate(datetime.combine(day, time(), local)))
    _told(office, found, told, by)
    yield from register(office, found.customer)
    return office.again(found)


def told_in_jeopardy(
    office: Office, port: PortOrder | str, reason: RejectReason | str, text: str = "", *, by: str
) -> PortOrder:
    """A person (``by``) was told that the firm date of a port may not be kept, and why."""
    return _told(office, office.get(PortOrder, port), DateInJeopardy(reason, text), by)


def _told(office: Office, port: PortOrder, report: Report, by: str) -> PortOrder:
    said: dict[str, Any] = {"source": Source.CUSTOMER, "actor": by}
    carry_through(office, lambda work: hear(work, work.again(port), report, **said))
    return office.again(port)


def next_steps(office: Office, port: PortOrder | str) -> tuple[PortStep, ...]:
    """What there is to do about a port now, the most pressing first, and who has to; in the customer's time.

    Where an agreement that it waits for was declined, withdrawn or has run out, that is to be sent again first.
    """
    found = office.get(PortOrder, port)
    customer = office.get(Customer, found.customer)
    told = steps(found, tz=customer.timezone, patience=office.port_dates.patience, now=office.clock())
    return (*_to_send_again(office, found, customer), *told)


def _to_send_again(office: Office, port: PortOrder, customer: Customer) -> Iterator[PortStep]:
    if port.status not in _BEFORE_THE_LETTER:
        return
    agreements = office.of_customer(Agreement, customer)
    for wait in signatures_awaited(port, customer, agreements, office.today(customer)):
        if wait.what in (WaitingFor.NEW_AGREEMENT, WaitingFor.NEWER_LETTER):
            text = sentence(StepKind.SEND_AGAIN, wait=str(wait))
            yield PortStep(StepKind.SEND_AGAIN, Party.PARTNER, text)


def unanswered_ports(
    office: Office, customer: Customer | str | None = None, *, within: timedelta = timedelta()
) -> tuple[PortOrder, ...]:
    """The rejected ports of the partner, or of one customer, that a carrier closes unless somebody answers.

    The first to be closed comes first; ``within`` leaves out those for which there is more time than that. Nothing
    closes a port here but the carrier's own report.
    """
    ports = (
        office.store.all(PortOrder, office.partner)
        if customer is None
        else office.of_customer(PortOrder, customer)
    )
    patience, limit = office.port_dates.patience, office.clock() + within
    closing = [(port.expires_at(patience), port) for port in ports]
    known = [(at.astimezone(UTC), port) for at, port in closing if at is not None]
    return tuple(port for at, port in sorted(known, key=lambda pair: pair[0]) if at <= limit)
