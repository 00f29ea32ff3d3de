"""Placing an order: a confirmation with its alerts, and the finish that commits it (SPEC O1).

Placing sends nothing and commits nothing. The confirmation holds the orders that finishing it will make, so that
finishing twice makes them once; it lapses with the first of its holds.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from attrs import evolve, frozen

from pstnkit.accounts.agreements import Agreement, AgreementKind, gates, signature
from pstnkit.accounts.customers import Customer
from pstnkit.catalog import sentence
from pstnkit.errors import CallerError, DecisionError
from pstnkit.lifecycle.events import aware
from pstnkit.lifecycle.fulfillment import OrderKind
from pstnkit.lifecycle.progress import NumberProgress
from pstnkit.numbering.plan import NumberingPlan
from pstnkit.numbering.ranges import NumberRange, collapse
from pstnkit.numbering.telephone import TelephoneNumber
from pstnkit.ordering.cart import Cart, NumbersLine, PortLine, SourcingLine
from pstnkit.ordering.numbers import NumberBook, NumberStatus
from pstnkit.ordering.orders import NumberOrder


class AlertKind(StrEnum):
    """What a confirmation may warn of, or stand in the way with."""

    SIGNATURE_NEEDED = "signature_needed"
    LETTER_NEEDED = "letter_needed"
    HOLD_LAPSES_SOON = "hold_lapses_soon"
    SEVERAL_STATES = "several_states"
    SET_UP_INCOMPLETE = "set_up_incomplete"
    HOLD_LAPSED = "hold_lapsed"
    ALREADY_OWNED = "already_owned"
    IN_ACTIVE_ORDER = "in_active_order"


_BLOCKING = frozenset(
    {AlertKind.SET_UP_INCOMPLETE, AlertKind.HOLD_LAPSED, AlertKind.ALREADY_OWNED, AlertKind.IN_ACTIVE_ORDER}
)


@frozen
class Alert:
    """One alert: its kind, and the figures that its sentence is made from.

    ``count`` is how many numbers it concerns, ``numbers`` which; ``detail`` what else it names.
    """

    kind: AlertKind
    count: int = 0
    detail: str = ""
    numbers: tuple[NumberRange, ...] = ()

    @property
    def blocking(self) -> bool:
        """Whether the order cannot be finished until its cause is gone; such an alert cannot be acknowledged."""
        return self.kind in _BLOCKING

    def __str__(self) -> str:
        numbers = f"{self.count:,} number{'' if self.count == 1 else 's'}"
        return sentence(self.kind, count=self.count, numbers=numbers, detail=self.detail)


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
    """A confirmation that cannot be finished; nothing was sent. ``.alerts`` are those that stand in the way."""

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
    """A cart that was placed and is not finished: what will be ordered, and what to know before."""

    id: str
    partner: str
    customer: str
    cart: str
    cart_revision: int
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


@frozen(kw_only=True)
class PlacingPolicy:
    """How long a confirmation without holds stays open, and how shortly before its lapse a hold is warned of."""

    lapses_after: timedelta = timedelta(minutes=30)
    warn_before: timedelta = timedelta(minutes=5)


def place(
    cart: Cart,
    *,
    customer: Customer,
    agreements: Iterable[Agreement],
    book: NumberBook,
    now: datetime,
    new_id: Callable[[str], str],
    plan: NumberingPlan,
    policy: PlacingPolicy | None = None,
) -> Confirmation:
    """The confirmation of ``cart`` for ``customer``; nothing is sent (SPEC O1).

    All new numbers of the cart become one standard order, each request to source numbers an advanced order, each port
    line a port. ``new_id`` gives an id for a kind of record. Raises :class:`EmptyCart`.
    """
    if not cart.lines:
        raise EmptyCart("an empty cart cannot be placed")
    aware(now, "now")
    policy = policy or PlacingPolicy()
    signed = tuple(agreements)

    def unsigned(kind: OrderKind) -> tuple[AgreementKind, ...]:
        return tuple(gate for gate in gates(kind, customer.account) if signature(signed, gate, "") is None)

    def order(kind: OrderKind, quantity: int) -> NumberOrder:
        return NumberOrder(
            id=new_id("order"),
            partner=cart.partner,
            customer=cart.customer,
            kind=kind,
            client_reference=new_id("reference"),
            quantity=quantity,
            gates=unsigned(kind),
        )

    chosen = [line for line in cart.lines if isinstance(line, NumbersLine)]
    numbers = tuple(ranges for line in chosen for ranges in line.numbers)
    orders: list[NumberOrder] = []
    if chosen:
        standard = order(OrderKind.STANDARD, sum(line.quantity for line in chosen))
        orders.append(
            evolve(
                standard,
                numbers=NumberProgress().expecting(numbers),
                holds=tuple(line.hold for line in chosen),
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
            gates=unsigned(OrderKind.PORT),
        )
        for line in cart.lines
        if isinstance(line, PortLine)
    )
    return Confirmation(
        id=new_id("confirmation"),
        partner=cart.partner,
        customer=cart.customer,
        cart=cart.id,
        cart_revision=cart.revision,
        placed=now,
        lapses=min((line.hold.until for line in chosen), default=now + policy.lapses_after),
        alerts=tuple(_alerts(cart, customer, book, now, plan, policy, unsigned)),
        orders=tuple(orders),
        ports=ports,
    )


def _kinds(acknowledged: Collection[AlertKind | str]) -> set[AlertKind]:
    known = {kind.value: kind for kind in AlertKind}
    if isinstance(acknowledged, str):
        raise TypeError(f"acknowledged is a collection of kinds of alerts, not the str {acknowledged!r:.80}")
    for kind in acknowledged:
        if kind not in known:
            raise UnknownAlert(str(kind))
    return {known[kind] for kind in acknowledged}


def finish(
    confirmation: Confirmation,
    acknowledged: Collection[AlertKind | str],
    *,
    cart: Cart,
    customer: Customer,
    book: NumberBook,
    now: datetime,
) -> Confirmation:
    """The confirmation, finished; a finished one comes back as it is.

    ``acknowledged`` are the kinds of the alerts that were read; ``cart``, ``customer`` and ``book`` are as they stand
    now, since another order may have been finished meanwhile, or another emergency address entered. Raises
    :class:`CannotFinish` with every alert that blocks or was not acknowledged, :class:`CartChanged`, and
    :class:`ConfirmationLapsed`.
    """
    if confirmation.finished:
        return confirmation
    if aware(now, "now") >= confirmation.lapses:
        raise ConfirmationLapsed(confirmation.lapses)
    if cart.revision != confirmation.cart_revision:
        raise CartChanged("the cart was changed after it was placed; place it again")
    read = _kinds(acknowledged)
    in_the_way = [alert for alert in confirmation.alerts if alert.blocking or alert.kind not in read]
    known = {alert.kind for alert in in_the_way}
    arisen = (*_set_up(customer), *_conflicts(cart, book))
    in_the_way += [alert for alert in arisen if alert.kind not in known]
    if in_the_way:
        raise CannotFinish(tuple(in_the_way))
    return evolve(confirmation, finished=True, revision=confirmation.revision + 1)


def _alerts(
    cart: Cart,
    customer: Customer,
    book: NumberBook,
    now: datetime,
    plan: NumberingPlan,
    policy: PlacingPolicy,
    unsigned: Callable[[OrderKind], tuple[AgreementKind, ...]],
) -> Iterable[Alert]:
    yield from _set_up(customer)
    base = unsigned(OrderKind.STANDARD)
    if base:
        yield Alert(AlertKind.SIGNATURE_NEEDED, detail=base[0].value.replace("_", " "))
    if cart.to_port:
        yield Alert(AlertKind.LETTER_NEEDED, count=cart.to_port)
    chosen = [line for line in cart.lines if isinstance(line, NumbersLine)]
    for line in chosen:
        if line.hold.until <= now:
            yield Alert(AlertKind.HOLD_LAPSED, line.quantity, line.hold.until.isoformat(), line.numbers)
        elif line.hold.until - now <= policy.warn_before:
            yield Alert(AlertKind.HOLD_LAPSES_SOON, line.quantity, line.hold.until.isoformat(), line.numbers)
    yield from _conflicts(cart, book)
    yield from _states({numbers.first.npa for line in chosen for numbers in line.numbers}, plan)


def _set_up(customer: Customer) -> Iterable[Alert]:
    """That no order can be made before the set-up is complete (SPEC S2)."""
    if not customer.is_set_up:
        yield Alert(AlertKind.SET_UP_INCOMPLETE, detail=customer.status.value.replace("_", " "))


def _states(npas: Collection[str], plan: NumberingPlan) -> Iterable[Alert]:
    """That the area codes cannot all serve one state or province: some serve two, and toll-free ones none."""
    served = {frozenset(plan.area_code(npa).subdivisions) for npa in npas} - {frozenset()}
    if served and not frozenset.intersection(*served):
        places = sorted("/".join(sorted(subdivisions)) for subdivisions in served)
        yield Alert(AlertKind.SEVERAL_STATES, len(places), ", ".join(places))


def _conflicts(cart: Cart, book: NumberBook) -> Iterable[Alert]:
    """The numbers that the customer has already, or waits for in another order."""
    owned: list[TelephoneNumber] = []
    ordered: list[TelephoneNumber] = []
    for line in cart.lines:
        for numbers in () if isinstance(line, SourcingLine) else line.numbers:
            for number in numbers:
                record = book.records.get(number)
                if record is None:
                    continue
                if record.status is NumberStatus.PENDING:
                    ordered.append(number)
                elif record.usable:
                    owned.append(number)
    if owned:
        yield Alert(AlertKind.ALREADY_OWNED, len(owned), numbers=tuple(collapse(owned)))
    if ordered:
        yield Alert(AlertKind.IN_ACTIVE_ORDER, len(ordered), numbers=tuple(collapse(ordered)))
