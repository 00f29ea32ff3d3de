"""After a crash, and with two at work at once, everything ends as if there had been one who never stopped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bench import OLD, Bench, run_until_crash, signed_bench, states
from pstnkit.carriers.flow import Flow, drive
from pstnkit.desk import orders, placing
from pstnkit.ordering.orders import OrderStatus
from pstnkit.porting.ports import PortStatus


class Life:
    """The life of an order and a port, as flows that may crash at any request, each done again after a restart."""

    def __init__(self, crash_at: int, *, arrives: bool) -> None:
        self.bench = Bench()
        self.left: int | None = crash_at
        self.arrives = arrives
        self.crashed = False

    def run(self, flow: Callable[[], Flow[Any]]) -> None:
        if self.left is not None:
            self.left = run_until_crash(flow(), self.bench.world.carrier, self.left, arrives=self.arrives)
            if self.left is not None:
                return
            self.crashed = True
            self.bench.desk = self.bench.open_desk()
            self.bench.desk.recover()
        drive(flow(), self.bench.world.carrier)

    def hear(self) -> None:
        for message in self.bench.world.messages():
            self.run(lambda message=message: orders.receive(self.bench.desk.office, message))  # type: ignore[misc]

    def live(self) -> list[tuple[str, int, int, bool]]:
        bench = self.bench
        confirmation = bench.confirm(new=2, source=4, port=[OLD])
        read = {alert.kind for alert in confirmation.alerts}
        self.run(lambda: placing.finish(bench.desk.office, confirmation.id, read))
        self.hear()
        for envelope in bench.world.mailbox("admin@quay.example"):
            bench.world.sign(envelope)
        self.hear()
        for days in (0, 6, 20):
            bench.world.pass_time(days=days, minutes=10)
            self.hear()
        return states(bench.desk.orders(bench.customer))


END = [("completed", 2, 0, False), ("completed", 4, 0, False), ("completed", 5, 0, False)]


def requests_of_a_life() -> int:
    life = Life(10_000, arrives=True)
    assert life.live() == END
    assert life.left is not None
    return 10_000 - life.left


@pytest.mark.parametrize("arrives", [True, False])
def test_a_crash_at_any_request_ends_as_if_there_had_been_none_and_nothing_is_ordered_twice(
    arrives: bool,
) -> None:
    requests = requests_of_a_life()
    assert requests > 20
    for crash_at in range(requests):
        life = Life(crash_at, arrives=arrives)
        assert life.live() == END, crash_at
        assert life.crashed
        assert set(life.bench.taken().values()) == {1}
        assert len(life.bench.taken()) == 3
        counts = [life.bench.count(status) for status in ("unassigned", "pending", "failed")]
        assert counts == [11, 0, 0]


def test_two_signatures_taken_in_at_the_same_time_open_the_gate() -> None:
    """Either one sees the other's agreement unsigned; whoever comes last still lets the port go."""
    bench = Bench()
    port = bench.port()
    for envelope in bench.world.mailbox("admin@quay.example"):
        bench.world.sign(envelope)
    contract, letter = [m for m in bench.world.messages() if m["type"] == "envelope.signed"]
    other = bench.open_desk()
    bench.store.just_before = lambda: other.receive(letter)
    bench.desk.receive(contract)
    assert bench.port_order(port.id).status is PortStatus.SUBMITTED
    assert len(bench.asked("submit_port")) == 1


def test_a_report_that_was_overtaken_is_judged_anew_and_not_lost() -> None:
    bench = signed_bench()
    order = bench.order()
    bench.world.pass_time(minutes=10)
    messages = [m for m in bench.world.messages() if m.get("client_reference") == order.client_reference]
    other = bench.open_desk()
    bench.store.just_before = lambda: other.receive(messages[-1])
    for message in messages[:-1]:
        bench.desk.receive(message)
    assert states([bench.number_order(order.id)]) == [("completed", 3, 0, False)]
    assert len([notice for notice in bench.notices if notice.subject == order.id]) == 1


def test_a_report_that_is_overtaken_for_ever_is_an_error_in_the_end() -> None:
    from pstnkit.stores.protocol import StaleRecord

    bench = signed_bench()
    bench.order()
    message = bench.world.messages()[-1]

    bench.store.always_overtaken = True
    with pytest.raises(StaleRecord):
        bench.desk.receive(message)


def test_two_who_finish_at_the_same_time_ask_for_one_contract() -> None:
    bench = Bench()
    first, second = bench.confirm(source=2), bench.confirm(source=3)
    other = bench.open_desk()
    bench.store.just_before = lambda: other.finish(second.id, {alert.kind for alert in second.alerts})
    bench.finish(first)
    assert len(bench.desk.orders(bench.customer)) == 2
    assert len(bench.world.mailbox("admin@quay.example")) == 1


def test_a_move_to_paid_in_the_middle_of_finishing_still_brings_the_contract() -> None:
    bench = Bench(paid=False)
    confirmation = bench.confirm(source=2)
    other = bench.open_desk()
    bench.store.just_before = lambda: other.convert_to_paid(bench.customer)
    [order] = bench.finish(confirmation)
    bench.sign("contract")
    assert bench.number_order(order.id).status is OrderStatus.PROCESSING


def test_one_message_taken_in_by_two_at_the_same_time_is_taken_in_once() -> None:
    bench = signed_bench()
    order = bench.order()
    bench.world.pass_time(minutes=10)
    messages = [m for m in bench.world.messages() if m.get("client_reference") == order.client_reference]
    other = bench.open_desk()
    for message in messages:
        bench.store.just_before = lambda message=message: other.receive(message)
        [received] = bench.desk.receive(message)
        assert received.repeated
    told = [entry.event.id for entry in bench.desk.history(order.id)]
    assert [told.count(message["id"]) for message in messages] == [1] * len(messages)


def test_what_a_crash_left_in_the_middle_does_not_hold_up_other_orders() -> None:
    bench = Bench()
    order = bench.order()
    [contract] = bench.world.mailbox("admin@quay.example")
    bench.world.sign(contract)
    [signed] = [message for message in bench.world.messages() if message["type"] == "envelope.signed"]
    flow = orders.receive(bench.desk.office, signed)
    assert run_until_crash(flow, bench.world.carrier, 1, arrives=False) is None
    assert bench.number_order(order.id).status is OrderStatus.SUBMITTING
    later = bench.source(2)
    assert later.status is OrderStatus.PROCESSING
    bench.desk.recover()
    assert bench.number_order(order.id).status is OrderStatus.PROCESSING


def test_a_repeated_signature_still_opens_the_gate() -> None:
    from pstnkit.stores.protocol import StaleRecord

    bench = Bench()
    order = bench.order()
    [contract] = bench.world.mailbox("admin@quay.example")
    bench.world.sign(contract)
    [signed] = [message for message in bench.world.messages() if message["type"] == "envelope.signed"]

    def overtaken_from_the_second_on() -> None:
        bench.store.always_overtaken = True

    bench.store.just_before = overtaken_from_the_second_on
    with pytest.raises(StaleRecord):
        bench.desk.receive(signed)
    assert bench.number_order(order.id).status is OrderStatus.AWAITING_SIGNATURE
    bench.store.always_overtaken = False
    [again] = bench.desk.receive(signed)
    assert again.repeated
    assert bench.number_order(order.id).status is OrderStatus.PROCESSING
