"""Placing an order: a confirmation with its alerts, and the finish that commits it (SPEC O1).

Placing sends nothing and commits nothing. The confirmation holds the orders that finishing it will make, so that
finishing twice makes them once; it lapses with the first of its holds.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from attrs import evolve, frozen

from pstnkit.accounts.agreements import AgreementKind
from pstnkit.errors import CallerError, DecisionError
from pstnkit.lifecycle.fulfillment import OrderKind
from pstnkit.lifecycle.progress import NumberProgress
from pstnkit.ordering.alerts import Alert, AlertKind, HoldLapsesSoon
from pstnkit.ordering.cart import Cart
from pstnkit.ordering.lines import PortLine, SourcingLine
from pstnkit.ordering.orders import NumberOrder
from pstnkit.ordering.review import Circumstances, alerts


class EmptyCart(CallerError):
    """A cart without lines cannot be placed."""


class UnknownAlert(CallerError):
    """A text that names no kind of alert. ``.text`` is what was given."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text

    def __str__(self) -> str:
        return f"{self.text!r:.80} is no kind of alert; there are {', '.join(AlertKind)}"


class CannotFinish(DecisionError):
    """A confirmation that cannot be finished; nothing was sent. ``.alerts`` are those that stand in the way.

    >>> from pstnkit import AgreementKind, SignatureNeeded
    >>> print(CannotFinish((SignatureNeeded(AgreementKind.CONTRACT),)))
    the order cannot be finished: nothing is processed until the customer has signed the contract (not acknowledged)
    """

    def __init__(self, alerts: tuple[Alert, ...]) -> None:
        super().__init__(alerts)
        self.alerts = alerts

    def __str__(self) -> str:
        reasons = "; ".join(
            f"{alert} ({'blocking' if alert.blocking else 'not acknowledged'})" for alert in self.alerts
        )
        return f"the order cannot be finished: {reasons}"


class CartChanged(DecisionError):
    """The cart is no longer what was confirmed; it has to be placed again."""


class ConfirmationLapsed(DecisionError):
    """The confirmation was not finished in time; its holds are gone. ``.lapsed`` is when that was."""

    def __init__(self, lapsed: datetime) -> None:
        super().__init__(lapsed)
        self.lapsed = lapsed

    def __str__(self) -> str:
        return f"the confirmation lapsed at {self.lapsed.isoformat()}; place the cart again"


@frozen(kw_only=True)
class PortDraft:
    """A port line on its way to becoming a port order, with the ids that the order will have."""

    order: str
    client_reference: str
    line: PortLine
    gates: tuple[AgreementKind, ...]


@frozen(kw_only=True)
class Confirmation:
    """A cart that was placed and is not finished: what will be ordered, and what to know before.

    ``lapses`` is the moment at which it ends unless it is finished or, by a look at the cart, its numbers are kept
    longer.
    """

    id: str
    partner: str
    customer: str
    cart: str
    cart_edition: int
    placed: datetime
    lapses: datetime
    alerts: tuple[Alert, ...]
    orders: tuple[NumberOrder, ...]
    ports: tuple[PortDraft, ...]
    finished: bool = False
    revision: int = 0

    @property
    def blocked(self) -> bool:
        """Whether an alert stands in the way that cannot be acknowledged."""
        return any(alert.blocking for alert in self.alerts)


def place(cart: Cart, now: Circumstances, *, new_id: Callable[[str], str]) -> Confirmation:
    """The confirmation of ``cart``; nothing is sent (SPEC O1).

    All new numbers of the cart become one standard order, each request to source numbers an advanced order, each port
    line a port. ``new_id`` gives an id for a kind of record. Raises :class:`EmptyCart`.

    >>> from datetime import UTC
    >>> from pstnkit import Cart, Customer, NumberBook, plan
    >>> now = Circumstances(
    ...     customer=Customer(id="customer-1", partner="north", company="Quay", email="a@quay.example", timezone="UTC"),
    ...     book=NumberBook(id="customer-1/numbers", partner="north", customer="customer-1"),
    ...     now=datetime(2026, 11, 20, 15, tzinfo=UTC), plan=plan)
    >>> place(Cart(id="cart-1", partner="north", customer="customer-1"), now, new_id=lambda kind: f"{kind}-1")
    Traceback (most recent call last):
    ...
    pstnkit.ordering.confirmation.EmptyCart: an empty cart cannot be placed
    """
    if not cart.lines:
        raise EmptyCart("an empty cart cannot be placed")

    def order(kind: OrderKind, quantity: int) -> NumberOrder:
        return NumberOrder(
            id=new_id("order"),
            partner=cart.partner,
            customer=cart.customer,
            kind=kind,
            client_reference=new_id("reference"),
            quantity=quantity,
            gates=now.unsigned(kind),
        )

    chosen = cart.chosen
    orders: list[NumberOrder] = []
    if chosen:
        standard = order(OrderKind.STANDARD, sum(line.quantity for line in chosen))
        orders.append(
            evolve(
                standard,
                numbers=NumberProgress().expecting(
                    tuple(numbers for line in chosen for numbers in line.numbers)
                ),
                holds=cart.holds,
                blocks=cart.blocks if now.limits.whole_blocks else (),
            )
        )
    for line in cart.lines:
        if isinstance(line, SourcingLine):
            orders.append(evolve(order(OrderKind.ADVANCED, line.quantity), wanted=line.wanted))
    ports = tuple(
        PortDraft(
            order=new_id("port"),
            client_reference=new_id("reference"),
            line=line,
            gates=now.unsigned(OrderKind.PORT),
        )
        for line in cart.lines
        if isinstance(line, PortLine)
    )
    return Confirmation(
        id=new_id("confirmation"),
        partner=cart.partner,
        customer=cart.customer,
        cart=cart.id,
        cart_edition=cart.edition,
        placed=now.now,
        lapses=cart.lapses(now.keeping) or now.now + now.keeping.lapses_after,
        alerts=alerts(cart, now),
        orders=tuple(orders),
        ports=ports,
    )


def finish(
    confirmation: Confirmation,
    acknowledged: Collection[Alert | AlertKind | str],
    *,
    cart: Cart,
    now: Circumstances,
) -> Confirmation:
    """The confirmation, finished; a finished one comes back as it is.

    ``acknowledged`` are the alerts that were read: each by itself, or all of a kind that the confirmation has. ``cart``
    is as it stands now, and so is everything else: another order may have been finished meanwhile, another emergency
    address entered. An alert that has arisen since can be acknowledged by itself alone.

    Raises :class:`CannotFinish` with every alert that blocks, was not acknowledged or has arisen;
    :class:`CartChanged`; and :class:`ConfirmationLapsed`.
    """
    if confirmation.finished:
        return confirmation
    if cart.edition != confirmation.cart_edition:
        raise CartChanged("the cart was changed after it was placed; place it again")
    # Whoever has looked at the cart meanwhile has had its numbers kept longer.
    lapses = cart.lapses(now.keeping) or confirmation.lapses
    if now.now >= lapses:
        raise ConfirmationLapsed(lapses)
    read = _read(confirmation, acknowledged)
    in_the_way = [alert for alert in confirmation.alerts if alert.blocking or alert not in read]
    for alert in alerts(cart, now):
        # That a hold ends soon is no reason to stop who finishes in time.
        known = alert in confirmation.alerts or isinstance(alert, HoldLapsesSoon)
        if not known and (alert.blocking or alert not in read):
            in_the_way.append(alert)
    if in_the_way:
        raise CannotFinish(tuple(in_the_way))
    return evolve(confirmation, finished=True, revision=confirmation.revision + 1)


def _read(confirmation: Confirmation, acknowledged: Collection[Alert | AlertKind | str]) -> list[Alert]:
    """The alerts that were read: those that are given, and those of the confirmation whose kinds are."""
    known = {kind.value: kind for kind in AlertKind}
    if isinstance(acknowledged, str):
        raise TypeError(
            f"acknowledged is a collection of alerts or their kinds, not the str {acknowledged!r:.80}"
        )
    read: list[Alert] = []
    for item in acknowledged:
        if isinstance(item, Alert):
            read.append(item)
            continue
        if item not in known:
            raise UnknownAlert(str(item))
        read += [alert for alert in confirmation.alerts if alert.kind == item]
    return read
