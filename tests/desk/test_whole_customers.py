"""Whole customers, from the cart to numbers that are assigned, while answers are lost and messages come as they will.

Nobody behaves here: orders are cancelled at any time, signatures given late or refused, answers lost before or after
the carrier has the request, messages delivered twice, shuffled and long after; desks stop and are opened again. What
must hold holds after every step, and when all is quiet, nothing is left in the middle.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bench import EMAIL, NEW, OLD, Bench, piece
from pstnkit.accounts.agreements import Agreement, gates, signature
from pstnkit.accounts.customers import AccountKind, Customer
from pstnkit.errors import CallerError, CarrierError, DecisionError
from pstnkit.lifecycle.progress import Progress
from pstnkit.lifecycle.record import replay
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.ranges import NumberRange
from pstnkit.ordering.number_events import Assignee, NumberStatus
from pstnkit.ordering.numbers import NumberBook
from pstnkit.ordering.orders import NumberOrder
from pstnkit.ordering.releases import ReleaseOrder
from pstnkit.porting.ports import PortOrder

SENDING = ("order", "submit_port")
LOSABLE = (
    *SENDING,
    *("read_order", "read_port", "cancel_order", "cancel_port", "send_agreement", "reserve"),
    *("release", "owned_numbers"),
)
ASSIGNEES = (Assignee("user", "Ada"), Assignee("hunt_group", "Sales"), Assignee("auto_attendant", "Front"))
HALF = (piece(OLD, 0, 3), piece(OLD, 2, 5))
picks = st.integers(0, 1_000)


class WholeCustomer(RuleBasedStateMachine):
    """One customer of one partner, at a desk that has bad luck."""

    def __init__(self) -> None:
        super().__init__()
        self.bench = Bench(paid=False)
        self.desk = self.bench.desk
        self.post: list[dict[str, Any]] = []
        self.delivered: set[str] = set()
        self.sent: set[str] = set()
        self.bench.wire.on_sending = self._nothing_is_sent_unsigned

    # --- what people do ---------------------------------------------------------------------------------------------

    @initialize(paid=st.booleans(), failing=st.booleans(), rejected=st.booleans())
    def begin(self, *, paid: bool, failing: bool, rejected: bool) -> None:
        if paid:
            self.desk.convert_to_paid(self.bench.customer)
        if failing:
            self.bench.world.let_fail([piece(NEW, 2, 4)], "no dial tone")
        if rejected:
            self.bench.world.reject_next_port("8D", "address does not match")

    @rule(quantity=st.integers(1, 4), at=st.integers(0, 12))
    def order_new_numbers(self, quantity: int, at: int) -> None:
        self._try(lambda: self.bench.finish(self.bench.confirm(new=quantity, at=at)))

    @rule(quantity=st.sampled_from([1, 3, 12]))
    def order_numbers_to_be_found(self, quantity: int) -> None:
        self._try(lambda: self.bench.finish(self.bench.confirm(source=quantity)))

    @rule(numbers=st.sampled_from(HALF))
    def port_numbers(self, numbers: NumberRange) -> None:
        self._try(lambda: self.bench.finish(self.bench.confirm(port=[numbers])))

    @precondition(lambda self: self._account() is AccountKind.TRIAL)
    @rule()
    def move_to_paid(self) -> None:
        self._try(lambda: self.desk.convert_to_paid(self.bench.customer))

    @rule(pick=picks)
    def cancel(self, pick: int) -> None:
        if orders := self._orders():
            order = orders[pick % len(orders)]
            self._try(lambda: self.desk.cancel(order))

    @rule(pick=picks)
    def correct_a_port(self, pick: int) -> None:
        if ports := [order for order in self._orders() if isinstance(order, PortOrder)]:
            port = ports[pick % len(ports)]
            self._try(lambda: self.desk.correct_port(port, service_address="1200 Anson St"))

    @rule(pick=picks)
    def settle(self, pick: int) -> None:
        if orders := self._orders():
            order = orders[pick % len(orders)]
            self._try(lambda: self.desk.settle(order, "looked at it"))

    @rule(pick=picks, to=st.sampled_from(ASSIGNEES))
    def assign(self, pick: int, to: Assignee) -> None:
        if numbers := [number for number, _ in self.desk.numbers(self.bench.customer).having()]:
            number = numbers[pick % len(numbers)]
            self._try(lambda: self.desk.assign(self.bench.customer, [number], to))

    @rule(pick=picks)
    def unassign(self, pick: int) -> None:
        if numbers := [number for number, _ in self.desk.numbers(self.bench.customer).having()]:
            number = numbers[pick % len(numbers)]
            self._try(lambda: self.desk.unassign(self.bench.customer, [number]))

    @rule(pick=picks, count=st.integers(1, 3))
    def give_numbers_back(self, pick: int, count: int) -> None:
        if numbers := [number for number, _ in self.desk.numbers(self.bench.customer).having()]:
            start = pick % len(numbers)
            chosen = numbers[start : start + count]
            self._try(lambda: self.desk.release(self.bench.customer, chosen))

    @precondition(lambda self: self.bench.world.mailbox(EMAIL))
    @rule(pick=picks, signs=st.integers(0, 4))
    def somebody_opens_the_mailbox(self, pick: int, signs: int) -> None:
        if envelopes := self.bench.world.mailbox(EMAIL):
            envelope = envelopes[pick % len(envelopes)]
            if signs:
                self.bench.world.sign(envelope)
            else:
                self.bench.world.decline(envelope)

    # --- what happens to them ---------------------------------------------------------------------------------------

    @rule(op=st.sampled_from(LOSABLE), arrives=st.booleans())
    def lose_an_answer(self, op: str, *, arrives: bool) -> None:
        self.bench.wire.lose(op, arrives=arrives)

    @rule(minutes=st.sampled_from([1, 11, 60]))
    def minutes_pass(self, minutes: int) -> None:
        self.bench.world.pass_time(minutes=minutes)

    @rule(days=st.sampled_from([1, 6, 22]))
    def days_pass(self, days: int) -> None:
        self.bench.world.pass_time(days=days)

    @rule(pick=picks, again=st.booleans())
    def a_message_arrives(self, pick: int, *, again: bool) -> None:
        self.post += self.bench.world.messages()
        if self.post:
            place = pick % len(self.post)
            self._deliver(self.post[place] if again else self.post.pop(place))

    @rule()
    def the_desk_is_opened_again(self) -> None:
        self.desk = self.bench.desk = self.bench.open_desk()
        self._try(self.desk.recover)

    @precondition(lambda self: self._orders())
    @rule()
    def the_desk_carries_on(self) -> None:
        self._try(lambda: self.desk.carry_on(self.bench.customer))

    # --- what must hold ---------------------------------------------------------------------------------------------

    @invariant()
    def no_number_is_in_two_active_orders(self) -> None:
        active = [order for order in self._orders() if order.is_active]
        claimed = Counter(
            number
            for order in active
            for number, progress in order.numbers.by_number.items()
            if progress is not Progress.FAILED
        )
        assert not [number for number, times in claimed.items() if times > 1]

    @invariant()
    def no_number_is_of_use_before_its_order_says_that_it_works(self) -> None:
        orders = {order.id: order for order in self._orders()}
        for number, record in self.desk.numbers(self.bench.customer).having():
            if record.provisioned:
                assert orders[record.order].numbers.by_number[number] is Progress.SUCCESSFUL

    @invariant()
    def counts_add_up(self) -> None:
        book = self.desk.numbers(self.bench.customer)
        counted = Counter(record.status for _, record in book.having(*NumberStatus))
        assert {status: counts for status, counts in book.counts.items() if counts} == dict(counted)
        assert len(book) == sum(1 for _ in book.having())
        for order in self._orders():
            told = Counter(order.numbers.by_number[number] for number in order.numbers.by_number)
            assert {progress: count for progress, count in order.numbers.counts.items() if count} == dict(
                told
            )
            assert sum(order.numbers.counts.values()) <= order.quantity

    @rule()
    def what_was_lived_comes_out_of_its_history_again(self) -> None:
        for record in self._records():
            history = self.desk.history(record)
            first = self.bench.store.firsts[record.id]
            assert replay(first, [entry.event for entry in history]) == record

    @invariant()
    def no_report_is_lost(self) -> None:
        known = {entry.event.id for record in self._records() for entry in self.desk.history(record)} | {
            news.id for news in self.bench.store.unmatched("north")
        }
        assert self.delivered <= known

    @invariant()
    def the_carrier_has_nothing_twice(self) -> None:
        assert not [reference for reference, times in self.bench.taken().items() if times > 1]

    @invariant()
    def what_went_back_was_asked_for_and_is_nobodys(self) -> None:
        asked = NumberSet(part for going in self.desk.releases(self.bench.customer) for part in going.numbers)
        for number, record in self.desk.numbers(self.bench.customer).having(*NumberStatus):
            if record.releasing or record.status is NumberStatus.RELEASED:
                assert number in asked
                assert record.assignee is None

    @invariant()
    def nobody_else_sees_any_of_it(self) -> None:
        other = self.bench.open_desk("south").office
        assert not other.store.all(NumberOrder, "south")
        assert not other.store.all(PortOrder, "south")

    def teardown(self) -> None:
        self.bench.wire.forget_losses()
        for _ in range(4):
            self.desk.recover()
            for envelope in self.bench.world.mailbox(EMAIL):
                self.bench.world.sign(envelope)
            self.bench.world.pass_time(days=25)
            self.post += self.bench.world.messages()
            while self.post:
                self._deliver(self.post.pop())
        self.what_was_lived_comes_out_of_its_history_again()
        in_the_middle = {"submitting", "outcome_unknown", "cancel_pending", "processing", "activating"}
        for order in self._orders():
            assert order.status.value not in in_the_middle or order.needs_attention
        assert all(going.is_over for going in self.desk.releases(self.bench.customer))
        book = self.desk.numbers(self.bench.customer)
        ours = {str(number) for number, record in book.having() if record.provisioned}
        assert not any(record.releasing for _, record in book.having())
        if not any(order.needs_attention for order in self._orders()):
            assert self._owned() == ours

    # --- how it is done ---------------------------------------------------------------------------------------------

    def _nothing_is_sent_unsigned(self, message: dict[str, Any]) -> None:
        reference = str(message.get("client_reference"))
        if message["op"] not in SENDING or reference in self.sent:
            return
        self.sent.add(reference)
        [order] = [order for order in self._orders() if order.client_reference == reference]
        agreements = self.desk.agreements(order.customer)
        customer = self.desk.customer(order.customer)
        today = self.desk.office.today(customer)
        asked = gates(order.kind, customer.account)
        assert all(signature(agreements, gate, order.id, today) for gate in asked)

    def _orders(self) -> list[NumberOrder | PortOrder]:
        return list(self.desk.orders(self.bench.customer))

    def _owned(self) -> set[str]:
        """What the carrier lists as ours."""
        return {row["number"] for row in self.bench.wire({"op": "owned_numbers"})["numbers"]}

    def _account(self) -> AccountKind:
        return self.desk.customer(self.bench.customer).account

    def _records(self) -> list[Customer | NumberBook | Agreement | NumberOrder | PortOrder | ReleaseOrder]:
        customer = self.bench.customer
        return [
            self.desk.customer(customer),
            self.desk.numbers(customer),
            *self.desk.agreements(customer),
            *self._orders(),
            *self.desk.releases(customer),
        ]

    def _deliver(self, message: dict[str, Any]) -> None:
        for received in self.desk.receive(message):
            self.delivered.add(received.news.id)

    def _try(self, act: Callable[[], object]) -> None:
        """Do what may be refused: then nothing has changed."""
        before = self.bench.kept()
        try:
            act()
        except DecisionError:
            assert self.bench.kept() == before
        except (CallerError, CarrierError):
            pass


WholeCustomer.TestCase.settings = settings(max_examples=15, stateful_step_count=50)
TestWholeCustomer = WholeCustomer.TestCase
