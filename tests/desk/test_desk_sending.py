"""An order is sent once: the intent is saved first, and a lost answer is settled by reading."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bench import Bench, signed_bench
from pstnkit.carriers.flow import drive
from pstnkit.carriers.protocol import Accepted, Receipt, Reply
from pstnkit.ordering.orders import NumberOrder, OrderStatus
from pstnkit.porting.ports import PortOrder, PortStatus


def test_the_intent_is_saved_under_its_reference_before_the_carrier_is_asked() -> None:
    bench = signed_bench()
    found: list[tuple[str, str]] = []

    def look(message: dict[str, Any]) -> None:
        if message["op"] in ("order", "submit_port"):
            record = bench.store.by_reference("north", message["client_reference"])
            assert isinstance(record, NumberOrder | PortOrder)
            found.append((message["op"], record.status.value))

    bench.wire.on_sending = look
    bench.order()
    bench.port()
    bench.sign()
    assert found == [("order", "submitting"), ("submit_port", "submitting")]


@pytest.mark.parametrize("arrives", [True, False])
def test_an_order_whose_answer_is_lost_is_unknown_and_is_read_before_it_is_sent_again(
    arrives: bool,
) -> None:
    bench = signed_bench()
    bench.wire.lose("order", arrives=arrives)
    order = bench.order()
    assert order.status is OrderStatus.OUTCOME_UNKNOWN
    assert bench.asked("read_order") == []
    bench.desk.carry_on(bench.customer)
    settled = bench.number_order(order.id)
    assert settled.status is OrderStatus.PROCESSING
    assert settled.carrier_reference is not None
    assert len(bench.asked("order")) == (1 if arrives else 2)
    assert bench.taken()[order.client_reference] == 1
    bench.wait(minutes=10)
    assert bench.number_order(order.id).status is OrderStatus.COMPLETED


@pytest.mark.parametrize("arrives", [True, False])
def test_a_port_whose_answer_is_lost_is_unknown_and_is_read_before_it_is_sent_again(
    arrives: bool,
) -> None:
    bench = signed_bench()
    port = bench.port()
    bench.wire.lose("submit_port", arrives=arrives)
    bench.sign()
    assert bench.port_order(port.id).status is PortStatus.OUTCOME_UNKNOWN
    assert bench.desk.recover() == ()
    assert bench.port_order(port.id).status is PortStatus.SUBMITTED
    assert bench.taken()[port.client_reference] == 1


def test_while_the_carrier_cannot_be_read_an_order_stays_unknown_and_nothing_is_sent() -> None:
    bench = signed_bench()
    bench.wire.lose("order", arrives=True)
    bench.wire.lose("read_order", arrives=True)
    order = bench.order()
    bench.desk.carry_on(bench.customer)
    assert bench.number_order(order.id).status is OrderStatus.OUTCOME_UNKNOWN
    assert len(bench.asked("order")) == 1


def test_a_message_settles_an_unknown_order_too_and_teaches_us_the_carriers_reference() -> None:
    bench = signed_bench()
    bench.wire.lose("order", arrives=True)
    order = bench.order()
    bench.hear()
    heard = bench.number_order(order.id)
    assert (heard.status, heard.carrier_reference is not None) == (OrderStatus.PROCESSING, True)
    assert len(bench.asked("order")) == 1


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_whatever_the_carriers_code_raises_comes_out_and_leaves_the_outcome_unknown(
    error: type[BaseException],
) -> None:
    bench = signed_bench()

    def fail(message: dict[str, Any]) -> None:
        if message["op"] == "order":
            raise error("a fault")

    confirmation = bench.confirm(new=2, source=4)
    bench.wire.on_sending = fail
    with pytest.raises(error):
        bench.finish(confirmation)
    bench.wire.on_sending = lambda _: None
    assert {order.status for order in bench.desk.orders(bench.customer)[1:]} == {OrderStatus.OUTCOME_UNKNOWN}
    finished = bench.desk.finish(confirmation.id)
    assert [order.status for order in finished] == [OrderStatus.PROCESSING, OrderStatus.PROCESSING]
    assert set(bench.taken().values()) == {1}


def test_an_answer_that_nobody_can_read_leaves_the_outcome_unknown_and_is_the_carriers_fault() -> None:
    from pstnkit.carriers.simulated_words import UnreadableAnswer

    bench = signed_bench()
    garble = bench.world.carrier._send

    def send(message: dict[str, Any]) -> dict[str, Any]:
        answer = garble(message)
        return {"ok": True} if message["op"] == "order" else answer

    bench.world.carrier._send = send
    with pytest.raises(UnreadableAnswer):
        bench.order()
    bench.world.carrier._send = garble
    bench.desk.carry_on(bench.customer)
    order = bench.desk.orders(bench.customer)[-1]
    assert (order.status, bench.taken()[order.client_reference]) == (OrderStatus.PROCESSING, 1)


def test_an_order_that_is_being_sent_is_not_sent_by_anybody_else() -> None:
    """While one waits for the carrier's answer, another takes in a message about the same customer."""
    bench = signed_bench()
    other = bench.open_desk()

    def meanwhile(message: dict[str, Any]) -> None:
        if message["op"] == "order":
            bench.wire.on_sending = lambda _: None
            other.carry_on(bench.customer)

    bench.wire.on_sending = meanwhile
    order = bench.order()
    assert order.status is OrderStatus.PROCESSING
    assert len(bench.asked("order")) == 1


@pytest.mark.parametrize("lost", ["send_agreement"])
def test_an_agreement_whose_answer_was_lost_is_sent_again_under_the_same_reference(lost: str) -> None:
    bench = Bench()
    bench.wire.lose(lost, arrives=True)
    bench.order()
    bench.desk.carry_on(bench.customer)
    assert len({message["client_reference"] for message in bench.asked(lost)}) == 1
    assert len(bench.world.mailbox("admin@quay.example")) == 1


def test_a_refused_order_has_failed_with_the_carriers_own_words() -> None:
    bench = Bench()
    order = bench.order(2)
    bench.world.pass_time(minutes=31)
    thief = Bench(wire=bench.wire)
    thief.order(2)
    bench.hear()
    bench.sign()
    failed = bench.number_order(order.id)
    assert failed.status is OrderStatus.FAILED
    assert failed.reason is not None
    assert failed.reason.endswith("2 of 2 numbers cannot be had ((415) 201-2000 to 2001)")
    assert bench.count("failed") == 2


class Forgetful:
    """A carrier without idempotency, events or answers that name references: it buys whatever it is asked to."""

    def __init__(self) -> None:
        self.bought: list[str] = []

    def send_agreement(self, request: Any) -> Reply[Receipt]:
        return Accepted(Receipt(f"envelope of {request.client_reference}"))


def test_a_carrier_with_few_methods_refuses_the_others_as_unsupported() -> None:
    from pstnkit.carriers.protocol import AskCapabilities, RefusalReason
    from pstnkit.desk.answers import CarrierRefused, answer

    with pytest.raises(CarrierRefused) as refused:
        drive(answer(AskCapabilities()), Forgetful())
    assert (refused.value.operation, refused.value.reason) == ("capabilities", RefusalReason.UNSUPPORTED)
    with pytest.raises(CarrierRefused):
        asyncio.run(_ask_forgetful())


async def _ask_forgetful() -> None:
    from pstnkit.carriers.flow import drive_async
    from pstnkit.carriers.protocol import AskCapabilities
    from pstnkit.desk.answers import answer

    await drive_async(answer(AskCapabilities()), Forgetful())


def test_an_order_that_a_carrier_has_no_method_for_has_failed_and_nothing_waits() -> None:
    bench = signed_bench()
    bench.desk.carrier = Forgetful()
    confirmation = bench.desk.place(_with_a_request(bench))
    [order] = bench.desk.finish(confirmation.id, {alert.kind for alert in confirmation.alerts})
    assert (order.status, order.reason) == (OrderStatus.FAILED, "this carrier has no operation 'order'")


def _with_a_request(bench: Bench) -> str:
    cart = bench.desk.open_cart(bench.customer).id
    bench.desk.add_request(cart, quantity=2, state="CA")
    return cart
