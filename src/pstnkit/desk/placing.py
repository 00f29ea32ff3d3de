"""Placing a cart, finishing its confirmation, and what becomes of one that nobody finishes (SPEC O1)."""

from __future__ import annotations

from collections.abc import Collection

from attrs import evolve

from pstnkit.accounts.agreements import Agreement
from pstnkit.accounts.customers import Customer
from pstnkit.carriers.flow import Flow
from pstnkit.desk.carrying import carry_on
from pstnkit.desk.gates import ask_for_signatures
from pstnkit.desk.holding import free_overdue, look_at
from pstnkit.desk.office import PATIENCE, Office, Work, book_id, persist
from pstnkit.desk.shopping import kept
from pstnkit.inventory.refusals import NumbersUnavailable
from pstnkit.lifecycle.events import Source
from pstnkit.lifecycle.fulfillment import OrderKind
from pstnkit.lifecycle.progress import NumberProgress
from pstnkit.lifecycle.reports import Finish
from pstnkit.numbering.ranges import collapse
from pstnkit.ordering import confirmation as confirmations
from pstnkit.ordering.alerts import Alert, AlertKind
from pstnkit.ordering.cart import Cart
from pstnkit.ordering.confirmation import Confirmation, ConfirmationLapsed, PortDraft
from pstnkit.ordering.number_events import NumbersExpected
from pstnkit.ordering.numbers import NumberBook
from pstnkit.ordering.orders import NumberOrder
from pstnkit.ordering.review import Circumstances
from pstnkit.porting.dates import RequestedDate
from pstnkit.porting.ports import PortOrder
from pstnkit.stores.protocol import StaleRecord


def _circumstances(work: Work, cart: Cart) -> Circumstances:
    """How things stand with the customer of a cart now."""
    office, customer = work.office, cart.customer
    books = office.store.all(NumberBook, office.partner) if cart.to_port else ()
    under_way = (order for order in work.of_customer(NumberOrder, customer) if not order.is_over)
    return Circumstances(
        customer=work.get(Customer, customer),
        book=work.get(NumberBook, book_id(customer)),
        now=office.clock(),
        plan=office.plan,
        agreements=tuple(work.of_customer(Agreement, customer)),
        others=tuple(book for book in books if book.customer != customer),
        coming=sum(order.unnamed for order in under_way),
        limits=office.limits,
        keeping=office.keeping,
    )


def place(office: Office, cart: Cart | str) -> Confirmation:
    """Place the cart: a confirmation with its alerts; nothing is sent (SPEC O1)."""

    def save() -> Confirmation:
        work = Work(office)
        held = work.get(Cart, cart)
        confirmation = confirmations.place(held, _circumstances(work, held), new_id=office.new_id)
        work.put(confirmation)
        work.put(evolve(held, placed=held.edition, revision=held.revision + 1))
        work.save()
        return confirmation

    return persist(save)


def finish(
    office: Office,
    confirmation: Confirmation | str,
    acknowledged: Collection[Alert | AlertKind | str] = (),
) -> Flow[tuple[NumberOrder | PortOrder, ...]]:
    """Finish a confirmation: its orders are made, and sent as soon as everything is signed.

    Finishing it again, or twice at the same time, gives the same orders.

    ``acknowledged`` are the alerts that were read, or their kinds. The carrier is asked to keep the numbers longer,
    since signing takes time; those that it keeps no more are reserved anew. Raises
    :class:`~pstnkit.ordering.confirmation.CannotFinish`,
    :class:`~pstnkit.ordering.confirmation.CartChanged`,
    :class:`~pstnkit.ordering.confirmation.ConfirmationLapsed`, and
    :class:`~pstnkit.inventory.refusals.NumbersUnavailable` with alternatives when some are gone (SPEC N4); then nothing
    was made and no order sent.
    """
    opened = office.get(Confirmation, confirmation)
    attempts = 0
    while not opened.finished:
        try:
            yield from _commit(office, opened, acknowledged)
        except StaleRecord:
            # Somebody else was faster: with this confirmation, or with something beside it. It is decided anew.
            attempts += 1
            if attempts == PATIENCE:
                raise
        opened = office.again(opened)
    yield from carry_on(office, opened.customer)
    numbers_orders = tuple(office.get(NumberOrder, order.id) for order in opened.orders)
    return (*numbers_orders, *(office.get(PortOrder, draft.order) for draft in opened.ports))


def _commit(
    office: Office, opened: Confirmation, acknowledged: Collection[Alert | AlertKind | str]
) -> Flow[None]:
    """Make the orders of a confirmation, all of them or none."""

    def decided(work: Work) -> Confirmation:
        cart = work.get(Cart, opened.cart)
        now = _circumstances(work, cart)
        return confirmations.finish(work.again(opened), acknowledged, cart=cart, now=now)

    try:
        decided(Work(office))
    except ConfirmationLapsed:
        yield from free_overdue(office, opened.cart)
        raise
    cart = yield from look_at(office, opened.cart, to_order=True)
    if gone := tuple(collapse(numbers for line in cart.chosen for numbers in line.gone)):
        found = (alternative for line in cart.chosen if line.gone for alternative in line.instead)
        raise NumbersUnavailable(gone, tuple(found))
    work = Work(office)
    work.put(decided(work))
    cart = work.get(Cart, opened.cart)
    orders: list[NumberOrder | PortOrder] = [
        evolve(order, holds=cart.holds if order.holds else ()) for order in opened.orders
    ]
    orders += [_port(opened, draft) for draft in opened.ports]
    for order in orders:
        work.put(order)
        work.happen(order, Finish())
        if numbers := tuple(collapse(order.numbers.by_number)):
            book = work.get(NumberBook, book_id(opened.customer))
            work.happen(book, NumbersExpected(numbers, order.id), source=Source.PARTNER)
    work.put(evolve(cart, lines=(), placed=None, edition=cart.edition + 1, revision=cart.revision + 1))
    ask_for_signatures(work, work.get(Customer, opened.customer), anew=True)
    work.save()


def lapse(office: Office) -> Flow[tuple[Cart, ...]]:
    """Let go what carts keep no longer, and give those carts: to be called now and then.

    Numbers that the carrier keeps end by themselves; a cart that keeps them for a shorter time has to let them go. A
    confirmation that was not finished in time frees all that its cart kept.
    """
    carts = [cart for cart in office.store.all(Cart, office.partner) if _is_overdue(office, cart)]
    freed = []
    for cart in carts:
        freed.append((yield from free_overdue(office, cart)))
    return tuple(freed)


def _is_overdue(office: Office, cart: Cart) -> bool:
    return bool(cart.to_let_go(office.keeping, office.clock()))


def _port(confirmation: Confirmation, draft: PortDraft) -> PortOrder:
    """The port order that a draft becomes."""
    line = draft.line
    account = line.account
    return PortOrder(
        id=draft.order,
        partner=confirmation.partner,
        customer=confirmation.customer,
        kind=OrderKind.PORT,
        client_reference=draft.client_reference,
        quantity=line.quantity,
        numbers=NumberProgress().expecting(line.numbers),
        gates=draft.gates,
        losing_carrier=account.carrier,
        account_number=kept(account.account_number),
        business_name=account.business_name,
        btn=account.btn,
        pin=None if account.pin is None else kept(account.pin),
        service_address=account.service_address,
        authorized_signer=account.authorized_signer,
        new_btn=account.new_btn,
        requested=RequestedDate(line.requested) if line.requested else None,
    )
