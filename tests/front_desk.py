"""A partner's desk in front of the simulated carrier, with a customer at any point of the story."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pstnkit import (
    Assignee,
    AssigneeKind,
    CivicAddress,
    Confirmation,
    Desk,
    LosingAccount,
    Notice,
    NumberOrder,
    NumberRange,
    PortOrder,
    Secret,
    SimulatedWorld,
)
from pstnkit.carriers.simulated import in_process
from pstnkit.carriers.simulator import Simulator

ADDRESS = CivicAddress(
    house_number="500", street="Anson St", city="San Francisco", state="CA", postal_code="94107"
)
EMAIL = "admin@harbor.example"
LOSING = LosingAccount(
    carrier="Bay Telephone", account_number=Secret("004-881-22"), business_name="Harbor Dental"
)
NEW = NumberRange("4152012000", "4152012099")
OLD = NumberRange("4153982010", "4153982014")
MARIA = Assignee(AssigneeKind.USER, "Maria")


class FrontDesk:
    """A world with numbers on offer, a desk in it, and one customer that has just started a trial.

    ``sent`` is everything that has gone over the wire to the carrier.
    """

    def __init__(self) -> None:
        carrier = Simulator(start="2026-11-20T09:00:00-08:00")
        self.sent: list[dict[str, Any]] = []

        def wire(request: dict[str, Any]) -> dict[str, Any]:
            self.sent.append(request)
            return in_process(carrier)(request)

        self.world = SimulatedWorld(wire)
        self.world.put_on_offer([NEW])
        self.notices: list[Notice] = []
        self._ids = 0
        self.desk = Desk(
            self.world.carrier,
            partner="north",
            actor="Robin",
            clock=self.world.now,
            new_id=self._new_id,
            notify=self.notices.append,
        )
        started = self.desk.start_trial(company="Harbor Dental", email=EMAIL, timezone="America/Los_Angeles")
        self.customer = started.id

    def _new_id(self, kind: str) -> str:
        self._ids += 1
        return f"{kind}-{self._ids}"

    def set_up(self) -> None:
        """Enter and confirm everything that an order needs."""
        self.desk.enter_contract_information(self.customer, signer="Dana Reed")
        self.desk.enter_emergency_address(self.customer, ADDRESS)

    def confirm_new(self, quantity: int = 10) -> Confirmation:
        """Place an order of so many new numbers, the first on offer."""
        cart = self.desk.open_cart(self.customer)
        numbers = NumberRange(NEW.first, NEW.first + (quantity - 1))
        return self.desk.place(self.desk.add_numbers(cart.id, [numbers]).id)

    def confirm_port(self) -> Confirmation:
        """Place an order to port the old numbers."""
        cart = self.desk.open_cart(self.customer)
        return self.desk.place(self.desk.add_port(cart.id, [OLD], LOSING).id)

    def order_new(self, quantity: int = 10) -> NumberOrder:
        """Order new numbers, all alerts read."""
        order = self._finish(self.confirm_new(quantity))
        assert isinstance(order, NumberOrder)
        return order

    def order_port(self) -> PortOrder:
        """Order the port, all alerts read."""
        order = self._finish(self.confirm_port())
        assert isinstance(order, PortOrder)
        return order

    def _finish(self, confirmation: Confirmation) -> NumberOrder | PortOrder:
        [order] = self.desk.finish(confirmation.id, [alert.kind for alert in confirmation.alerts])
        return order

    def order_again(self, confirmation: Confirmation) -> NumberOrder:
        """Place the cart of an earlier confirmation again, and finish it."""
        order = self._finish(self.desk.place(confirmation.cart))
        assert isinstance(order, NumberOrder)
        return order

    def sign(self, kind: str) -> datetime:
        """Sign what waits in the mailbox of that kind, and have the desk hear of it; gives when that was."""
        [envelope] = [envelope for envelope in self.world.mailbox(EMAIL) if envelope.kind == kind]
        self.world.sign(envelope)
        self.hear()
        return self.world.now()

    def wait(self, *, days: int = 0, minutes: int = 0) -> None:
        """Let time pass, and have the desk hear what the carrier says meanwhile."""
        self.world.pass_time(days=days, minutes=minutes)
        self.hear()

    def hear(self) -> None:
        """Hand the carrier's messages to the desk."""
        for message in self.world.messages():
            self.desk.receive(message)
