"""A desk on a test bench: a wire that can lose answers, a store that outlives its desk, and flows that can crash."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import count
from typing import Any, TypeVar

from pstnkit.accounts.addresses import CivicAddress
from pstnkit.carriers.flow import Flow
from pstnkit.carriers.simulated import in_process
from pstnkit.carriers.simulator import Simulator
from pstnkit.carriers.world import SimulatedWorld
from pstnkit.desk.desk import Desk
from pstnkit.lifecycle.history import Entry
from pstnkit.lifecycle.notices import Notice
from pstnkit.numbering.ranges import NumberRange
from pstnkit.ordering.confirmation import Confirmation
from pstnkit.ordering.lines import LosingAccount
from pstnkit.ordering.number_events import NumberStatus
from pstnkit.ordering.orders import NumberOrder
from pstnkit.porting.ports import PortOrder
from pstnkit.secret import Secret, SecretRef
from pstnkit.stores.memory import MemoryStore
from pstnkit.stores.protocol import NO_SECRETS, Change, StaleRecord

T = TypeVar("T")

START = "2026-11-20T09:00:00-08:00"
EMAIL = "admin@quay.example"
ADDRESS = CivicAddress(
    house_number="1200", street="Anson St", city="San Francisco", state="CA", postal_code="94107"
)
ACCOUNT = LosingAccount(
    carrier="Old Bell", account_number=Secret("004-881-22"), business_name="Quay Carpentry"
)
NEW = NumberRange("4152012000", "4152012099")
HIDDEN = NumberRange("4152013000", "4152013009")
OLD = NumberRange("4153982010", "4153982014")


class LossyWire:
    """A transport that loses what it is told to lose: the request before the carrier has it, or its answer after."""

    def __init__(self, send: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
        self._send = send
        self._losses: list[tuple[str, bool]] = []
        self.sent: list[dict[str, Any]] = []
        self.on_sending: Callable[[dict[str, Any]], None] = lambda _: None

    def lose(self, op: str, *, arrives: bool) -> None:
        """Lose the next ``op``; ``arrives`` says whether the carrier gets it all the same."""
        self._losses.append((op, arrives))

    def forget_losses(self) -> None:
        """Lose nothing from now on."""
        self._losses.clear()

    def __call__(self, message: dict[str, Any]) -> dict[str, Any]:
        self.sent.append(message)
        self.on_sending(message)
        for loss in self._losses:
            if loss[0] == message["op"]:
                self._losses.remove(loss)
                if loss[1]:
                    self._send(message)
                raise TimeoutError("no answer in time")
        return self._send(message)


class SharedStore(MemoryStore):
    """A store that somebody else writes to, too: ``just_before`` happens once, before the next save."""

    def __init__(self) -> None:
        super().__init__()
        self.firsts: dict[str, Any] = {}
        self.just_before: Callable[[], object] | None = None
        self.always_overtaken = False

    def save(
        self,
        partner: str,
        changes: Iterable[Change],
        entries: Iterable[Entry],
        secrets: Mapping[SecretRef, Secret] = NO_SECRETS,
    ) -> None:
        """Save, unless somebody else was faster; and know each record as it was saved first."""
        if self.always_overtaken:
            raise StaleRecord("NumberOrder", "order-1", 1, 2)
        if self.just_before is not None:
            happen, self.just_before = self.just_before, None
            happen()
        known = tuple(changes)
        super().save(partner, known, entries, secrets)
        for change in known:
            self.firsts.setdefault(change.record.id, change.record)


def piece(numbers: NumberRange, start: int, stop: int) -> NumberRange:
    """The numbers from the ``start``-th to before the ``stop``-th."""
    return NumberRange(numbers.first + start, numbers.first + (stop - 1))


class Bench:
    """A world, a store, a desk, and one customer that is set up and has moved to paid (unless ``paid`` is false)."""

    def __init__(
        self, *, paid: bool = True, wire: Callable[[dict[str, Any]], dict[str, Any]] | None = None
    ) -> None:
        self.wire = LossyWire(wire or in_process(Simulator(start=START)))
        self.world = SimulatedWorld(self.wire)
        self.world.put_on_offer([NEW])
        self.world.put_in_back_room([HIDDEN])
        self.store = SharedStore()
        self.notices: list[Notice] = []
        self._ids = count(1)
        self.desk = self.open_desk()
        self.customer = self.desk.start_trial(
            company="Quay Carpentry", email=EMAIL, timezone="America/Los_Angeles"
        ).id
        self.desk.enter_contract_information(self.customer, signer="Dana Reed")
        self.desk.enter_emergency_address(self.customer, ADDRESS)
        if paid:
            self.desk.convert_to_paid(self.customer)

    def open_desk(self, partner: str = "north", **given: Any) -> Desk:
        """A new desk on the same store, as after a restart, with policies and whoever is told as they are ``given``."""
        return Desk(
            self.world.carrier,
            partner=partner,
            actor="Robin",
            store=self.store,
            clock=self.world.now,
            new_id=lambda kind: f"{kind}-{next(self._ids)}",
            **{"notify": self.notices.append, **given},
        )

    def confirm(
        self,
        *,
        new: int = 0,
        at: int = 0,
        source: int = 0,
        port: Iterable[NumberRange] = (),
    ) -> Confirmation:
        """Place a cart of ``new`` numbers from the ``at``-th on offer, ``source`` to be found, and a ``port``."""
        cart = self.desk.open_cart(self.customer).id
        if new:
            self.desk.add_numbers(cart, [piece(NEW, at, at + new)])
        if source:
            self.desk.add_request(cart, quantity=source, npa="415")
        for numbers in port:
            self.desk.add_port(cart, [numbers], ACCOUNT)
        return self.desk.place(cart)

    def finish(self, confirmation: Confirmation) -> tuple[NumberOrder | PortOrder, ...]:
        """Finish with every alert read."""
        return self.desk.finish(confirmation.id, {alert.kind for alert in confirmation.alerts})

    def order(self, quantity: int = 3, at: int = 0) -> NumberOrder:
        """A standard order of new numbers."""
        [order] = self.finish(self.confirm(new=quantity, at=at))
        assert isinstance(order, NumberOrder)
        return order

    def source(self, quantity: int) -> NumberOrder:
        """An advanced order."""
        [order] = self.finish(self.confirm(source=quantity))
        assert isinstance(order, NumberOrder)
        return order

    def port(self, numbers: NumberRange = OLD) -> PortOrder:
        """A port order."""
        [port] = self.finish(self.confirm(port=[numbers]))
        assert isinstance(port, PortOrder)
        return port

    def sign(self, *kinds: str) -> None:
        """Sign everything in the mailbox, or what is of these kinds, and let the desk hear of it."""
        for envelope in self.world.mailbox(EMAIL):
            if not kinds or envelope.kind in kinds:
                self.world.sign(envelope)
        self.hear()

    def wait(self, *, days: int = 0, minutes: int = 0) -> None:
        """Let time pass, and let the desk hear what has happened."""
        self.world.pass_time(days=days, minutes=minutes)
        self.hear()

    def hear(self) -> None:
        """Hand the desk what the carrier has sent."""
        for message in self.world.messages():
            self.desk.receive(message)

    def number_order(self, order: str) -> NumberOrder:
        """A number order as it stands."""
        found = self.desk.order(order)
        assert isinstance(found, NumberOrder)
        return found

    def port_order(self, port: str) -> PortOrder:
        """A port as it stands."""
        found = self.desk.order(port)
        assert isinstance(found, PortOrder)
        return found

    def asked(self, op: str) -> list[dict[str, Any]]:
        """What was sent to the carrier under ``op``."""
        return [message for message in self.wire.sent if message["op"] == op]

    def count(self, status: str) -> int:
        """How many numbers of the customer have that status."""
        return self.desk.numbers(self.customer).counts[NumberStatus(status)]

    def taken(self) -> Counter[str]:
        """How many orders and ports the carrier has made of each client reference."""
        events = self.wire({"op": "poll"})["events"]
        taken = ("order.accepted", "port.submitted")
        return Counter(event["client_reference"] for event in events if event["type"] in taken)

    def kept(self) -> dict[str, Any]:
        """Everything that the store has of the customer: revisions and histories."""
        partner, records = self.desk.office.partner, [self.desk.customer(self.customer)]
        everything: list[Any] = [
            *records,
            *self.desk.agreements(self.customer),
            *self.desk.orders(self.customer),
        ]
        everything += (self.desk.numbers(self.customer), *self.desk.releases(self.customer))
        return {record.id: (record, self.store.history(partner, record.id)) for record in everything}


def signed_bench() -> Bench:
    """A customer whose contract is signed: what it orders from now on is sent at once."""
    bench = Bench()
    first = bench.order(1, at=99)
    bench.sign()
    bench.wait(minutes=10)
    assert bench.number_order(first.id).is_over
    bench.wire.sent.clear()
    return bench


def run_until_crash(flow: Flow[Any], carrier: object, request_number: int, *, arrives: bool) -> int | None:
    """Run a flow, and let everything stop at its ``request_number``-th request, before or after the carrier has it.

    Gives how many requests are left to go when the flow has ended before, None when it crashed.
    """
    try:
        request = next(flow)
        while True:
            if request_number == 0:
                if arrives:
                    getattr(carrier, request.operation)(request)
                flow.close()
                return None
            request_number -= 1
            request = flow.send(getattr(carrier, request.operation)(request))
    except StopIteration:
        return request_number


def states(orders: Collection[NumberOrder | PortOrder]) -> list[tuple[str, int, int, bool]]:
    """Where orders have come to: status, working and failed numbers, and whether somebody has to look."""
    return [
        (order.status.value, order.numbers.successful, order.numbers.failed, order.needs_attention)
        for order in orders
    ]
