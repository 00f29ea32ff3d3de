"""What the desk knows, read back: customers, orders, histories, due dates."""

from __future__ import annotations

from datetime import datetime

from attrs import frozen

from pstnkit.accounts.agreements import Agreement, AgreementKind, gates, signature
from pstnkit.accounts.customers import Customer
from pstnkit.desk.carrying import AnyOrder
from pstnkit.desk.office import Office, id_of
from pstnkit.desk.orders import find_order
from pstnkit.lifecycle.history import Entry
from pstnkit.ordering.cart import Cart
from pstnkit.ordering.orders import NumberOrder
from pstnkit.porting.ports import PortOrder
from pstnkit.stores.protocol import Record


@frozen
class Expectation:
    """When an order is due; or, while it has no due date, which agreements it waits for, and on whom (SPEC F4)."""

    due: datetime | None
    waits_for: tuple[AgreementKind, ...] = ()
    on: str | None = None


def customer(office: Office, customer: Customer | str) -> Customer:
    """A customer as it stands now."""
    return office.get(Customer, customer)


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


def expectation(office: Office, order: AnyOrder | str) -> Expectation:
    """When an order is due, or what it waits for (SPEC F)."""
    found = find_order(office, order)
    owner = office.get(Customer, found.customer)
    due = found.due(office.fulfillment, owner.timezone)
    if due is not None or found.is_over:
        return Expectation(due)
    signed = office.of_customer(Agreement, found.customer)
    missing = tuple(
        gate for gate in gates(found.kind, owner.account) if signature(signed, gate, found.id) is None
    )
    return Expectation(None, missing, owner.signer)
