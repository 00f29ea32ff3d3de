"""Orders of new numbers: standard ones off the shelf in 10 minutes, advanced ones found in 5 days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from pstnkit.carriers.simulator.clock import days_later, write_time
from pstnkit.carriers.simulator.fulfillment import Lines, activate, wait_for
from pstnkit.carriers.simulator.messages import (
    Fields,
    Refusal,
    Reply,
    bad,
    e164,
    exactly_one,
    within_limit,
)
from pstnkit.carriers.simulator.office import Office, batches
from pstnkit.carriers.simulator.shop import Shop
from pstnkit.carriers.simulator.stock import Scope

STANDARD_TIME = timedelta(minutes=10)
ADVANCED_DAYS = 5

_OPEN = ("processing", "backordered")


@dataclass
class Order:
    """An order of new numbers, from its acceptance to its end."""

    id: str
    client_reference: str
    kind: str
    quantity: int
    lines: Lines
    accepted_at: datetime
    due_at: datetime
    state: str = "processing"
    reason: str | None = None


class Orders:
    """Accept, fulfill, read and cancel orders."""

    def __init__(self, office: Office, shop: Shop) -> None:
        self._office = office
        self._shop = shop
        self._orders: dict[str, Order] = {}
        self._references: dict[str, str] = {}

    def order(self, ask: Fields) -> Reply:
        """Accept an order."""
        if ask["kind"] == "standard":
            return self._order_standard(ask)
        return self._order_advanced(ask)

    def _order_standard(self, ask: Fields) -> Reply:
        office = self._office
        numbers: list[int] = ask["numbers"]
        if ask["reservation"] is not None and ask["reservations"] is not None:
            raise bad("reservation", "and reservations cannot both be given")
        names = ask["reservations"] or [name for name in (ask["reservation"],) if name is not None]
        reservations = [self._shop.live(name) for name in names]
        held = [number for reservation in reservations for number in reservation.numbers]
        self._shop.refuse_gone(numbers, held)
        due_at = office.clock.now + STANDARD_TIME
        order = self._accept(ask, Lines(numbers), len(numbers), due_at)
        office.numbers.expect(numbers, order.id)
        for reservation in reservations:
            self._shop.use_up(reservation)
        office.clock.at(due_at, lambda: self._fulfill(order))
        return self.view(order.id)

    def _order_advanced(self, ask: Fields) -> Reply:
        exactly_one(ask, "npa", "state")
        within_limit(ask["quantity"])
        due_at = days_later(self._office.clock.now, ADVANCED_DAYS, ask["timezone"] or UTC)
        order = self._accept(ask, Lines(()), ask["quantity"], due_at)
        scope = Scope(npa=ask["npa"], state=ask["state"])
        self._office.clock.at(due_at, lambda: self._name(order, scope))
        return self.view(order.id)

    def _accept(self, ask: Fields, lines: Lines, quantity: int, due_at: datetime) -> Order:
        office = self._office
        reference = ask["client_reference"]
        order = Order(
            office.ids.next("SO"), reference, ask["kind"], quantity, lines, office.clock.now, due_at
        )
        self._orders[order.id] = order
        self._references[reference] = order.id
        self._tell(order, "accepted", kind=order.kind, quantity=quantity, due_at=write_time(due_at))
        return order

    def _name(self, order: Order, scope: Scope) -> None:
        """An advanced order falls due: the carrier names numbers, and they become active at once."""
        if order.state not in _OPEN:
            return
        numbers = self._office.numbers.name(scope, order.quantity)
        order.lines = Lines(numbers)
        self._office.numbers.expect(numbers, order.id)
        for named in batches(numbers):
            self._tell(order, "numbers_named", numbers=[e164(number) for number in named])
        self._fulfill(order)

    def _fulfill(self, order: Order) -> None:
        """What can become active does; the order ends, or is backordered for what is delayed."""
        if order.state not in _OPEN:
            return

        def tell(name: str, **facts: Any) -> None:
            self._tell(order, name, **facts)

        waiting = activate(self._office, order.lines, order.id, tell)
        if not waiting:
            self._end(order)
            return
        expected_at = wait_for(self._office, waiting, lambda: self._fulfill(order))
        if order.state == "processing":
            order.state = "backordered"
            for delayed in batches(waiting):
                tell("backordered", numbers=[e164(number) for number in delayed], expected_at=expected_at)

    def _end(self, order: Order) -> None:
        active, failed = order.lines.count("active"), order.lines.count("failed")
        if active == order.quantity:
            order.state = "complete"
        elif active:
            order.state = "partial"
            order.reason = "activation_failed" if active + failed == order.quantity else "shortfall"
        else:
            order.state = "failed"
            order.reason = "activation_failed" if failed else "no_numbers"
        self._tell_end(order)

    def read(self, ask: Fields) -> Reply:
        """An order as it stands now, by the carrier's id or by the caller's reference."""
        exactly_one(ask, "order", "client_reference")
        if ask["order"] is not None:
            return self.view(ask["order"])
        order_id = self._references.get(ask["client_reference"])
        if order_id is None:
            raise Refusal("not_found", f"no order under {ask['client_reference']}")
        return self.view(order_id)

    def cancel(self, ask: Fields) -> Reply:
        """Cancel what is pending."""
        order = self._find(ask["order"])
        if order.state == "cancelled" or order.reason == "cancelled":
            return self.view(order.id)
        if order.state not in _OPEN:
            raise Refusal("order_closed", f"{order.id} is {order.state}", state=order.state)
        pending = order.lines.of("pending")
        order.lines.mark(pending, "cancelled")
        self._office.numbers.give_up(pending)
        self._office.numbers.free.add(pending)
        order.state = "partial" if order.lines.count("active") else "cancelled"
        order.reason = "cancelled"
        self._tell_end(order)
        return self.view(order.id)

    def view(self, order_id: str) -> Reply:
        """An order as the carrier writes it."""
        order = self._find(order_id)
        return {
            "order": order.id,
            "client_reference": order.client_reference,
            "kind": order.kind,
            "state": order.state,
            "accepted_at": write_time(order.accepted_at),
            "due_at": write_time(order.due_at),
            "quantity": order.quantity,
            "numbers": order.lines.written(),
            "reason": order.reason,
        }

    def _find(self, order_id: str) -> Order:
        order = self._orders.get(order_id)
        if order is None:
            raise Refusal("not_found", f"no order {order_id}")
        return order

    def _tell(self, order: Order, name: str, **facts: Any) -> None:
        self._office.journal.tell(
            f"order.{name}", order=order.id, client_reference=order.client_reference, **facts
        )

    def _tell_end(self, order: Order) -> None:
        active, failed = order.lines.count("active"), order.lines.count("failed")
        self._tell(
            order,
            order.state,
            active=active,
            failed=failed,
            missing=order.quantity - active - failed,
            reason=order.reason,
        )
