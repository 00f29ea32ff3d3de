"""What the desk knows, read back: customers, orders, histories, due dates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from pstnkit.accounts.agreements import Agreement
from pstnkit.accounts.agreements import instructions as told_of
from pstnkit.accounts.customers import Customer
from pstnkit.desk.carrying import AnyOrder
from pstnkit.desk.gates import closed_gates
from pstnkit.desk.office import Moving, Office, Work, id_of
from pstnkit.desk.orders import find_order
from pstnkit.lifecycle import dealings as requests
from pstnkit.lifecycle import timeline as timelines
from pstnkit.lifecycle.dealings import Dealing
from pstnkit.lifecycle.history import Entry
from pstnkit.lifecycle.timeline import Timeline
from pstnkit.lifecycle.waiting import Expectation
from pstnkit.ordering import waiting as ordering
from pstnkit.ordering.cart import Cart
from pstnkit.ordering.orders import NumberOrder
from pstnkit.porting import waiting as porting
from pstnkit.porting.ports import PortOrder
from pstnkit.porting.story import PortStory, port_story
from pstnkit.stores.protocol import Record


def customer(office: Office, customer: Customer | str) -> Customer:
    """A customer as it stands now."""
    return office.get(Customer, customer)


def customers(office: Office) -> tuple[Customer, ...]:
    """The partner's own customers, in the order in which they came."""
    return office.store.all(Customer, office.partner)


def cart(office: Office, cart: Cart | str) -> Cart:
    """A cart as it stands now."""
    return office.get(Cart, cart)


def order(office: Office, order: AnyOrder | str) -> AnyOrder:
    """A number order or a port as it stands now (SPEC T1)."""
    return find_order(office, order)


def orders(office: Office, customer: Customer | str) -> tuple[AnyOrder, ...]:
    """A customer's orders, number orders first, each in the order of their placement (SPEC T1).

    Raises :class:`~pstnkit.stores.protocol.UnknownRecord`, like every question about a customer that is not there.
    """
    customer = office.get(Customer, customer)
    return (*office.of_customer(NumberOrder, customer), *office.of_customer(PortOrder, customer))


def agreements(office: Office, customer: Customer | str) -> tuple[Agreement, ...]:
    """A customer's agreements."""
    return office.of_customer(Agreement, office.get(Customer, customer))


def history(office: Office, record: Record | str) -> tuple[Entry, ...]:
    """What has happened to a record: each event, how it was judged, and the states that it entered."""
    return office.store.history(office.partner, id_of(record))


def instructions(office: Office, order: AnyOrder | str) -> tuple[str, ...]:
    """What the partner tells the customer's administrator about an order now, a sentence each (SPEC O2 to O4).

    What has been signed since it was placed is no longer told, and what takes its place after the move to a paid
    account is.
    """
    found, work = find_order(office, order), Work(office)
    return told_of(found.kind, closed_gates(work, work.get(Customer, found.customer), found))


def timeline(office: Office, record: Moving | str, catalog: Mapping[str, str] | None = None) -> Timeline:
    """What has happened to an order, in sentences, on the clock of its customer (SPEC T1).

    An order or port may be named by its id. Of a customer, a location, an agreement, a book of numbers and a release,
    which are named by themselves, it is told in the same way. ``catalog`` has the sentences of another language.
    """
    found = office.again(record) if isinstance(record, Moving) else find_order(office, record)
    owner = found if isinstance(found, Customer) else office.get(Customer, found.customer)
    return timelines.timeline(history(office, found), owner.timezone, catalog)


def story(office: Office, port: PortOrder | str) -> PortStory:
    """A port as a picture and as text: what has happened, what is promised, and what is late."""
    found = office.get(PortOrder, port)
    tz = office.get(Customer, found.customer).timezone
    return port_story(found, history(office, found), _expectation(office, found), tz)


def dealings(office: Office, order: AnyOrder | str) -> tuple[Dealing, ...]:
    """What the carrier was asked about an order, and how far each request has come, oldest first."""
    found = find_order(office, order)
    return requests.dealings(found.machine, history(office, found))


def expectation(office: Office, order: AnyOrder | str) -> Expectation:
    """When an order is due, what it waits for and on whom, and how late it is (SPEC F)."""
    return _expectation(office, find_order(office, order))


def overdue(office: Office, customer: Customer | str | None = None) -> tuple[Expectation, ...]:
    """What is late now: the partner's orders, or one customer's, that were due and are not over; the latest first."""
    kinds: tuple[type[AnyOrder], ...] = (NumberOrder, PortOrder)
    if customer is None:
        found = [order for kind in kinds for order in office.store.all(kind, office.partner)]
    else:
        found = [*orders(office, customer)]
    late = [_expectation(office, order) for order in found if _can_be_late(order)]
    known = [(expected.overdue_by, expected) for expected in late]
    return tuple(
        expected
        for by, expected in sorted(known, key=lambda pair: pair[0] or timedelta(), reverse=True)
        if by
    )


def _can_be_late(order: AnyOrder) -> bool:
    """Whether it has a due date and can still wait for something: most orders are over, and their histories long."""
    return order.clock_started is not None and (not order.is_over or order.needs_attention or order.unread)


def _expectation(office: Office, order: AnyOrder) -> Expectation:
    given: dict[str, Any] = {
        "customer": office.get(Customer, order.customer),
        "agreements": office.of_customer(Agreement, order.customer),
        "policy": office.fulfillment,
        "letters": office.letters,
        "now": office.clock(),
        "history": history(office, order),
    }
    if isinstance(order, NumberOrder):
        return ordering.expect(order, **given)
    return porting.expect(order, **given)
