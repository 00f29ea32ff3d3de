"""Orders on their way: what carriers and signers report, and what people decide meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

from attrs import evolve, frozen

from pstnkit.accounts.agreements import AboutEnvelope, Agreement
from pstnkit.accounts.customers import Customer
from pstnkit.carriers.flow import Flow
from pstnkit.carriers.protocol import DecodeEvent, News
from pstnkit.desk.answers import answer
from pstnkit.desk.carrying import AnyOrder, carry_on, hear, is_being_sent, perform
from pstnkit.desk.departures import hear_departures
from pstnkit.desk.holding import let_go
from pstnkit.desk.notices import Told
from pstnkit.desk.office import Office, Work, carry_through, id_of, persist
from pstnkit.desk.porting import in_time
from pstnkit.desk.registering import hear_news, register
from pstnkit.desk.releasing import recover_releases
from pstnkit.lifecycle.events import Decision, Source
from pstnkit.lifecycle.machine import Outcome
from pstnkit.lifecycle.notices import Notice
from pstnkit.lifecycle.reports import AnswerLost, Cancel, Settle
from pstnkit.ordering.numbers import NumberBook
from pstnkit.ordering.orders import NumberOrder
from pstnkit.ordering.registering import GRAVITY
from pstnkit.ordering.releases import ReleaseOrder
from pstnkit.porting.ports import PortOrder
from pstnkit.stores.protocol import UnknownRecord

Settled = TypeVar("Settled", Customer, Agreement, NumberBook, ReleaseOrder)


@frozen
class Received:
    """What became of one report: how it was judged, or None for one that was received before (``repeated``) or that
    concerns no record of ours and was set aside."""

    news: News
    outcome: Outcome | None
    repeated: bool = False


def receive(office: Office, payload: Mapping[str, Any]) -> Flow[tuple[Received, ...]]:
    """Take in a message that the carrier sent of its own accord (a webhook's body), and do what follows from it.

    The same message again changes nothing; one that concerns nothing of ours is set aside in the store. A notice that
    numbers were ported out or disconnected names no order: it ends their lives with whichever customers have them. No
    report is ever refused.
    """
    received = []
    for news in (yield from answer(DecodeEvent(payload))):
        record = office.store.by_reference(office.partner, news.concerns)
        if record is None:
            about = hear_news(office, news)
            told = hear_departures(office, news) if about is None else (about,)
            if not told:
                office.store.set_aside(office.partner, news)
            fresh = [each.outcome for each in told if each.outcome is not None]
            gravest = max(fresh, key=GRAVITY.index, default=None)
            received.append(Received(news, gravest, repeated=bool(told) and gravest is None))
            for each in told:
                yield from register(office, each.customer)
            continue
        outcome = persist(partial(_take_in, office, record, news))
        received.append(Received(news, outcome, repeated=outcome is None))
        # A repeated report, too: what follows from it may have been cut short the first time.
        if isinstance(record, Agreement):
            yield from carry_on(office, record.customer)
        else:
            # A report about one order calls for nothing of the others: what it costs does not grow with them.
            yield from perform(office, office.again(record))
            yield from register(office, record.customer)
    return tuple(received)


def _take_in(office: Office, record: Agreement | NumberOrder | PortOrder, news: News) -> Outcome | None:
    work = Work(office)
    record = work.again(record)
    if news.id in record.seen:
        return None
    told: dict[str, Any] = {"actor": news.actor, "at": news.at, "event_id": news.id}
    if isinstance(record, Agreement):
        report = news.report
        if isinstance(report, AboutEnvelope) and news.concerns != record.client_reference:
            # It was sent again since: what is told is about what was sent before, whatever that was called.
            report = evolve(report, envelope=news.concerns)
        entry = work.happen(record, report, source=Source.SIGNING_SERVICE, **told)
    else:
        entry = hear(work, record, news.report, source=Source.CARRIER, **told)
    work.save()
    return entry.outcome


def recover(office: Office) -> Flow[tuple[AnyOrder, ...]]:
    """After a crash: every order that was found being sent is taken as unknown, read at the carrier, and sent again
    only if it never arrived there; and people are told what the crash has kept from them. Gives those orders as they
    stand then.

    To be called before anybody works on the partner's orders again: what somebody else is sending at this moment would
    look as if it had been left behind.
    """
    orders: list[AnyOrder] = [*office.store.all(NumberOrder, office.partner)]
    orders += office.store.all(PortOrder, office.partner)
    sending = [order for order in orders if is_being_sent(order)]
    for order in sending:
        persist(partial(_found_unfinished, office, order))
    recover_releases(office)
    tell_what_is_left(office)
    for customer in office.store.all(Customer, office.partner):
        yield from carry_on(office, customer.id)
    return tuple(office.again(order) for order in sending)


def tell_what_is_left(office: Office) -> tuple[Notice, ...]:
    """Tell people what they have still to be told, by all histories, and give that: after a crash, or after whoever is
    told (``notify``) has failed.

    Somebody who is telling the same at this moment has it told twice, under one id.
    """
    records: list[Told] = [*office.store.all(NumberOrder, office.partner)]
    records += [*office.store.all(PortOrder, office.partner), *office.store.all(Agreement, office.partner)]
    records += office.store.all(NumberBook, office.partner)
    commands = [command for record in records for command in office.teller.commands(record)]
    office.teller.tell(commands)
    return tuple(command.notice for command in commands)


def _found_unfinished(office: Office, order: AnyOrder) -> None:
    work = Work(office)
    hear(work, work.again(order), AnswerLost("found unfinished"), source=Source.CLOCK, actor="recovery")
    work.save()


def find_order(office: Office, order: AnyOrder | str) -> AnyOrder:
    """A number order or port as it stands now; raises :class:`~pstnkit.stores.protocol.UnknownRecord`."""
    named = id_of(order)
    try:
        return office.get(NumberOrder, named)
    except UnknownRecord:
        with suppress(UnknownRecord):
            return office.get(PortOrder, named)
    raise UnknownRecord("order or port", named)


def _decide(office: Office, order: AnyOrder | str, decision: Decision) -> Flow[AnyOrder]:
    found = find_order(office, order)
    told: dict[str, Any] = {"source": Source.PARTNER, "actor": office.actor}
    carry_through(office, lambda work: hear(work, work.again(found), decision, **told))
    yield from perform(office, office.again(found))
    return office.again(found)


def cancel(office: Office, order: AnyOrder | str) -> Flow[AnyOrder]:
    """Cancel an order: at once where no carrier has it yet, else by asking the carrier. What the carrier keeps for one
    that was not sent is on offer again.

    Raises :class:`~pstnkit.lifecycle.machine.DecisionRefused` where that is not possible, and
    :class:`~pstnkit.porting.changes.TooLateToChange` for a port too shortly before its firm date.
    """
    found = find_order(office, order)
    if isinstance(found, PortOrder):
        found.machine.decide(found.status, Cancel())
        in_time(office, found)
    after = yield from _decide(office, found, Cancel())
    if isinstance(after, NumberOrder) and after.is_over and after.clock_started is None:
        # It was never sent, and so has not used up what the carrier keeps for it.
        for hold in after.holds:
            if hold.until > office.clock():
                yield from let_go(hold.reference)
    return after


def settle(office: Office, order: AnyOrder | str, note: str) -> Flow[AnyOrder]:
    """Say how the discrepancies of an order were settled."""
    return (yield from _decide(office, order, Settle(note)))


def settle_record(office: Office, record: Settled, note: str) -> Settled:
    """Say how the discrepancies of a customer, an agreement, a number book or a release were settled."""
    if isinstance(record, str):
        raise TypeError(
            "a record that is to be settled is named by itself: an id does not say of which kind it is"
        )
    carry_through(office, lambda work: work.happen(work.again(record), Settle(note)))
    return office.again(record)
