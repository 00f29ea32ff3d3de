"""Emergency registrations carried out: what a number book says is due is asked, some numbers of one address at a time.

What is asked was saved before, under the reference that it is asked with. To be registered twice at the same address
does no harm, and there is nothing to be read; so when an answer is lost, the same question is asked again under the
same reference, and not if the address has changed meanwhile.
"""

from __future__ import annotations

from functools import partial

from attrs import frozen

from pstnkit.accounts.customers import Customer
from pstnkit.carriers.flow import Flow, ask
from pstnkit.carriers.protocol import (
    Accepted,
    EmergencyReceipt,
    News,
    RefusalReason,
    Refused,
    RegisterEmergency,
    Reply,
)
from pstnkit.desk.office import Office, Work, book_id, persist
from pstnkit.lifecycle.events import Source
from pstnkit.lifecycle.machine import Outcome
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.ranges import NumberRange
from pstnkit.ordering.numbers import NumberBook
from pstnkit.ordering.registering import RegistrationReport
from pstnkit.ordering.registration_events import (
    AskCarrier,
    NumbersRegistered,
    RegistrationFailed,
    RegistrationPutOff,
    RegistrationRemoved,
    RegistrationTaken,
)
from pstnkit.ordering.registrations import Ask
from pstnkit.stores.protocol import UnknownRecord

AT_ONCE = 1000
"""How many numbers a carrier is asked to register at once."""

# There, nothing is registered that could be taken away.
_NOT_THERE = (RefusalReason.NOT_FOUND, RefusalReason.UNSUPPORTED)


def register(office: Office, customer: Customer | str) -> Flow[None]:
    """Ask the carrier for every registration and removal that a customer's numbers call for.

    Where an answer is missing, or the carrier cannot do it now, nothing more is asked for that address; whoever
    carries on later asks again.
    """
    asked: set[str] = set()
    passed_over: set[str | None] = set()
    while (open_one := persist(partial(_next, office, customer, asked, passed_over))) is not None:
        asked.add(open_one.reference)
        service = open_one.address
        reply = yield from ask(
            RegisterEmergency(
                open_one.reference,
                open_one.numbers,
                service.address if service else None,
                overridden=service is not None and service.override is not None,
            )
        )
        report = _said(open_one, reply)
        if report is None or isinstance(report, RegistrationPutOff):
            passed_over.add(open_one.location)
        if report is not None:
            persist(partial(_tell, office, customer, report))


def _next(
    office: Office, customer: Customer | str, asked: set[str], passed_over: set[str | None]
) -> Ask | None:
    """What is to be asked now: what was asked before and not answered, else what is due, which is saved first."""
    work = Work(office)
    # The same book is judged and changed: what is due in one may have been asked by the time another is read.
    book = work.get(NumberBook, book_id(customer))
    for open_one in book.emergency.asks:
        if open_one.reference not in asked and not open_one.taken and open_one.location not in passed_over:
            return open_one
    due = book.emergency.due(AT_ONCE, passed_over)
    if due is None:
        return None
    reference = f"{book.id}{_MARK}{office.new_id('reference')}"
    work.happen(book, AskCarrier(reference, due.numbers, due.location))
    work.save()
    [asking] = work.again(book).emergency.asked_under(reference)
    return asking


_MARK = "#"


def _said(asked: Ask, reply: Reply[EmergencyReceipt]) -> RegistrationReport | None:
    """What the reply says of the numbers that were asked about; None when no answer came."""
    if isinstance(reply, Accepted):
        if not reply.answer.done:
            return RegistrationTaken(asked.reference, reply.answer.reference)
        if asked.address is None:
            return RegistrationRemoved(asked.numbers, asked.reference)
        return NumbersRegistered(asked.numbers, asked.address.address, asked.reference)
    if not isinstance(reply, Refused):
        return None
    if asked.address is None:
        if reply.reason in _NOT_THERE:
            return RegistrationRemoved(_named(asked, reply), asked.reference)
        return RegistrationPutOff(asked.reference, reply.text)
    if reply.reason is RefusalReason.UNAVAILABLE:
        return RegistrationPutOff(asked.reference, reply.text)
    return RegistrationFailed(_named(asked, reply), asked.address.address, reply.text, asked.reference)


def _named(asked: Ask, reply: Refused) -> tuple[NumberRange, ...]:
    """The numbers that stood in the way; all of them where the carrier does not say which."""
    named = NumberSet(asked.numbers) & NumberSet(reply.numbers)
    return tuple(named.ranges()) or asked.numbers


def _tell(office: Office, customer: Customer | str, report: RegistrationReport) -> None:
    work = Work(office)
    work.happen(work.get(NumberBook, book_id(customer)), report, source=Source.CARRIER, actor="answer")
    work.save()


@frozen
class Told:
    """What became of news about a registration: the customer, and how it was judged (None when it was known)."""

    customer: str
    outcome: Outcome | None


def hear_news(office: Office, news: News) -> Told | None:
    """Take in what a carrier says later of a registration that it has taken; None when the news is about no such."""
    name, mark, _ = news.concerns.rpartition(_MARK)
    if not mark:
        return None
    try:
        book = office.get(NumberBook, name)
    except UnknownRecord:
        return None

    def save() -> Told:
        work = Work(office)
        present = work.again(book)
        if news.id in present.seen:
            return Told(book.customer, None)
        entry = work.happen(
            present, news.report, source=Source.CARRIER, actor=news.actor, at=news.at, event_id=news.id
        )
        work.save()
        return Told(book.customer, entry.outcome)

    return persist(save)
