"""An order is sent once: the intent is saved first, and what is lost or crashes is settled by reading."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from bench import NEW, OLD, Bench, run_until_crash, states
from pstnkit.carriers.flow import Flow, drive
from pstnkit.carriers.protocol import Accepted, Receipt, Reply
from pstnkit.desk import orders, shopping
from pstnkit.lifecycle.machine import Outcome
from pstnkit.lifecycle.reports import NumbersWorking
from pstnkit.numbering.ranges import NumberRange
from pstnkit.ordering.orders import NumberOrder, OrderStatus
from pstnkit.porting.ports import PortOrder, PortStatus


def signed_bench() -> Bench:
    """A customer whose contract is signed: what it orders from now on is sent at once."""
    bench = Bench()
    first = bench.order(1, at=99)
    bench.sign()
    bench.wait(minutes=10)
    assert bench.number_order(first.id).status is OrderStatus.COMPLETED
    bench.wire.sent.clear()
    return bench


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
    assert "cannot be had" in failed.reason
    assert bench.desk.numbers(bench.customer).counts["failed"] == 2


# --- crashes --------------------------------------------------------------------------------------------------------


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
        self.run(lambda: shopping.finish(bench.desk.office, confirmation.id, read))
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
        counts = life.bench.desk.numbers(life.bench.customer).counts
        assert (counts["unassigned"], counts["pending"], counts["failed"]) == (11, 0, 0)


# --- two at once ----------------------------------------------------------------------------------------------------


def test_two_signatures_taken_in_at_the_same_time_open_the_gate() -> None:
    """Either one sees the other's agreement unsigned; whoever comes last still lets the port go."""
    bench = Bench()
    port = bench.port()
    for envelope in bench.world.mailbox("admin@quay.example"):
        bench.world.sign(envelope)
    contract, letter = [m for m in bench.world.messages() if m["type"] == "envelope.signed"]
    other = bench.open_desk()
    save = bench.store.save
    nested: list[bool] = []

    def save_after_the_other(*arguments: Any) -> None:
        if not nested:
            nested.append(True)
            other.receive(letter)
        save(*arguments)

    bench.store.save = save_after_the_other  # type: ignore[method-assign]
    bench.desk.receive(contract)
    assert bench.port_order(port.id).status is PortStatus.SUBMITTED
    assert len(bench.asked("submit_port")) == 1


def test_a_report_that_was_overtaken_is_judged_anew_and_not_lost() -> None:
    bench = signed_bench()
    order = bench.order()
    bench.world.pass_time(minutes=10)
    messages = [m for m in bench.world.messages() if m.get("client_reference") == order.client_reference]
    other = bench.open_desk()
    save = bench.store.save
    nested: list[bool] = []

    def save_after_the_other(*arguments: Any) -> None:
        if not nested:
            nested.append(True)
            other.receive(messages[-1])
        save(*arguments)

    bench.store.save = save_after_the_other  # type: ignore[method-assign]
    for message in messages[:-1]:
        bench.desk.receive(message)
    assert states([bench.number_order(order.id)]) == [("completed", 3, 0, False)]
    assert len([notice for notice in bench.notices if notice.subject == order.id]) == 1


def test_a_report_that_is_overtaken_for_ever_is_an_error_in_the_end() -> None:
    from pstnkit.stores.protocol import StaleRecord

    bench = signed_bench()
    order = bench.order()
    message = bench.world.messages()[-1]

    def always_stale(*_arguments: Any) -> None:
        raise StaleRecord("NumberOrder", order.id, 1, 2)

    bench.store.save = always_stale  # type: ignore[method-assign]
    with pytest.raises(StaleRecord):
        bench.desk.receive(message)


def test_two_who_place_at_the_same_time_ask_for_one_contract() -> None:
    from pstnkit.stores.protocol import StaleRecord

    bench = Bench()
    first, second = bench.confirm(source=2), bench.confirm(source=3)
    other = bench.open_desk()
    save = bench.store.save
    nested: list[bool] = []

    def save_after_the_other(*arguments: Any) -> None:
        if not nested:
            nested.append(True)
            other.finish(second.id, {alert.kind for alert in second.alerts})
        save(*arguments)

    bench.store.save = save_after_the_other  # type: ignore[method-assign]
    with pytest.raises(StaleRecord):
        bench.finish(first)
    assert len(bench.desk.orders(bench.customer)) == 1
    bench.finish(first)
    assert len(bench.desk.orders(bench.customer)) == 2
    assert len(bench.world.mailbox("admin@quay.example")) == 1


# --- other carriers -------------------------------------------------------------------------------------------------


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


# --- cancelling -----------------------------------------------------------------------------------------------------


def test_cancelling_before_submission_asks_no_carrier_and_frees_the_numbers() -> None:
    bench = Bench()
    order = bench.order()
    cancelled = bench.desk.cancel(order.id)
    assert cancelled.status is OrderStatus.CANCELLED
    assert bench.asked("cancel_order") == []
    assert bench.desk.numbers(bench.customer).counts["pending"] == 0
    bench.sign()
    assert bench.asked("order") == []


def test_cancelling_after_submission_asks_the_carrier_and_believes_its_own_state() -> None:
    bench = signed_bench()
    order = bench.order()
    cancelled = bench.desk.cancel(order.id)
    assert states([cancelled]) == [("cancelled", 0, 3, False)]
    bench.hear()
    assert states([bench.number_order(order.id)]) == [("cancelled", 0, 3, False)]
    port = bench.port()
    bench.sign()
    assert bench.desk.cancel(port.id).status is PortStatus.CANCELLED


def test_a_lost_cancellation_is_asked_again_under_the_same_reference() -> None:
    bench = signed_bench()
    order = bench.order()
    bench.wire.lose("cancel_order", arrives=True)
    assert bench.desk.cancel(order.id).status is OrderStatus.PROCESSING
    bench.desk.carry_on(bench.customer)
    assert bench.number_order(order.id).status is OrderStatus.CANCELLED
    assert len({message["client_reference"] for message in bench.asked("cancel_order")}) == 1


def test_a_cancellation_that_the_carrier_refuses_leaves_the_order_going_on() -> None:
    bench = signed_bench()
    port = bench.port()
    bench.sign()
    bench.world.pass_time(days=20, minutes=30)
    bench.hear()
    kept = bench.desk.cancel(port.id)
    assert len(bench.asked("cancel_port")) == 1
    assert kept.status is not PortStatus.CANCELLED
    assert kept.status is not PortStatus.CANCEL_PENDING
    bench.wait(days=2)
    assert bench.port_order(port.id).status is PortStatus.COMPLETED


def test_an_order_that_is_over_cannot_be_cancelled_and_nothing_changes() -> None:
    from pstnkit.lifecycle.machine import DecisionRefused

    bench = signed_bench()
    order = bench.order()
    bench.wait(minutes=10)
    before = bench.kept()
    with pytest.raises(DecisionRefused):
        bench.desk.cancel(order.id)
    assert bench.kept() == before


def test_an_order_known_by_reports_only_is_read_before_it_is_cancelled() -> None:
    bench = signed_bench()
    bench.wire.lose("order", arrives=True)
    order = bench.order()
    bench.world.pass_time(minutes=10)
    [working] = [m for m in bench.world.messages() if m["type"] == "order.numbers_active"]
    half = {**working, "numbers": working["numbers"][:1]}
    assert bench.desk.receive(half)[0].outcome is not Outcome.CONTRADICTS
    assert bench.number_order(order.id).carrier_reference is None
    bench.wire.lose("read_order", arrives=False)
    bench.desk.cancel(order.id)
    assert bench.asked("cancel_order") == []
    bench.desk.carry_on(bench.customer)
    assert states([bench.number_order(order.id)]) == [("completed", 3, 0, False)]


# --- ports ----------------------------------------------------------------------------------------------------------


def rejected(bench: Bench) -> PortOrder:
    bench.world.reject_next_port("ACCT", "account number does not match")
    port = bench.port()
    bench.sign()
    bench.wait(days=1)
    return bench.port_order(port.id)


def test_a_rejected_port_is_corrected_and_comes_to_its_end() -> None:
    bench = signed_bench()
    port = rejected(bench)
    assert port.status is PortStatus.REJECTED
    assert port.rejection is not None
    assert (port.rejection.code, port.rejection.text) == ("ACCT", "account number does not match")
    corrected = bench.desk.correct_port(port.id, "account_number", "004-881-23")
    assert corrected.status is PortStatus.SUBMITTED
    [supplement] = bench.asked("supplement")
    assert supplement["changes"] == {"account_number": "004-881-23"}
    bench.wait(days=30)
    assert bench.port_order(port.id).status is PortStatus.COMPLETED


def test_a_supplement_whose_answer_is_lost_is_made_once() -> None:
    bench = signed_bench()
    port = rejected(bench)
    bench.wire.lose("supplement", arrives=True)
    assert bench.desk.correct_port(port.id, "business_name", "Quay").status is PortStatus.SUPPLEMENT_PENDING
    bench.desk.carry_on(bench.customer)
    assert bench.port_order(port.id).status is PortStatus.SUBMITTED
    supplemented = [m for m in bench.world.messages() if m["type"] == "port.supplemented"]
    assert (len(bench.asked("supplement")), len(supplemented)) == (2, 1)


def test_a_supplement_that_the_carrier_refuses_leaves_the_port_rejected() -> None:
    bench = signed_bench()
    port = rejected(bench)
    refused = bench.desk.correct_port(port.id, "color", "blue")
    assert refused.status is PortStatus.REJECTED
    assert refused.reason is not None
    assert "color" in refused.reason


def test_a_port_that_nobody_puts_right_expires() -> None:
    bench = signed_bench()
    port = rejected(bench)
    bench.wait(days=15)
    assert bench.port_order(port.id).status is PortStatus.EXPIRED
    assert bench.desk.numbers(bench.customer).counts["failed"] == 5


def test_numbers_that_fail_in_a_port_are_failed_and_the_port_is_partial() -> None:
    bench = signed_bench()
    bench.world.let_fail([NumberRange(OLD.first, OLD.first)], "no answer from the losing carrier")
    port = bench.port()
    bench.sign()
    bench.wait(days=22)
    assert states([bench.port_order(port.id)]) == [("partially_ported", 4, 1, False)]


def test_numbers_that_fail_in_an_order_are_failed_with_the_carriers_reason() -> None:
    bench = signed_bench()
    bench.world.let_fail([NumberRange(NEW.first + 1, NEW.first + 1)], "no dial tone")
    order = bench.order()
    bench.wait(minutes=10)
    assert states([bench.number_order(order.id)]) == [("partially_completed", 2, 1, False)]
    history = bench.desk.history(f"{bench.customer}/numbers")
    assert [getattr(entry.event.body, "reason", None) for entry in history].count("no dial tone") == 1


def test_an_order_of_which_every_number_fails_has_failed() -> None:
    bench = signed_bench()
    bench.world.let_fail([NumberRange(NEW.first, NEW.first + 2)], "no dial tone")
    order = bench.order()
    bench.wait(minutes=10)
    assert states([bench.number_order(order.id)]) == [("failed", 0, 3, False)]


@pytest.mark.parametrize(
    ("quantity", "end"),
    [
        (10, ("completed", 10, 0, False)),
        (12, ("partially_completed", 10, 0, False)),
    ],
)
def test_an_advanced_order_ends_with_the_numbers_that_the_carrier_named(
    quantity: int, end: tuple[str, int, int, bool]
) -> None:
    bench = signed_bench()
    order = bench.source(quantity)
    bench.wait(days=6)
    assert states([bench.number_order(order.id)]) == [end]
    assert bench.desk.numbers(bench.customer).counts["unassigned"] == 11


def test_an_advanced_order_for_which_there_is_nothing_has_failed() -> None:
    bench = signed_bench()
    cart = bench.desk.open_cart(bench.customer).id
    bench.desk.add_request(cart, quantity=2, state="NY")
    [order] = bench.finish(bench.desk.place(cart))
    bench.wait(days=6)
    assert states([bench.number_order(order.id)]) == [("failed", 0, 0, False)]
    assert bench.number_order(order.id).reason == "no_numbers"


# --- contradictions -------------------------------------------------------------------------------------------------


def cancelled_after_complete(bench: Bench) -> tuple[NumberOrder, dict[str, Any]]:
    order = bench.order()
    bench.world.pass_time(minutes=10)
    messages = bench.world.messages()
    for message in messages:
        bench.desk.receive(message)
    complete = messages[-1]
    assert complete["type"] == "order.complete"
    return order, {**complete, "id": "EV-x", "type": "order.cancelled"}


def test_a_contradiction_is_settled_by_a_read_that_agrees() -> None:
    bench = signed_bench()
    order, contradiction = cancelled_after_complete(bench)
    [received] = bench.desk.receive(contradiction)
    assert received.outcome is Outcome.CONTRADICTS
    assert len(bench.asked("read_order")) == 1
    assert states([bench.number_order(order.id)]) == [("completed", 3, 0, False)]
    assert bench.desk.history(order.id)[-1].event.actor == "read"


def test_a_contradiction_that_a_read_does_not_settle_needs_a_person() -> None:
    bench = signed_bench()
    order, contradiction = cancelled_after_complete(bench)
    bench.wire.lose("read_order", arrives=False)
    bench.desk.receive(contradiction)
    assert bench.number_order(order.id).needs_attention
    settled = bench.desk.settle(order.id, "the carrier said on the telephone that it was a mistake")
    assert states([settled]) == [("completed", 3, 0, False)]


def test_a_carrier_that_contradicts_itself_is_read_and_still_needs_a_person() -> None:
    bench = signed_bench()
    order = bench.order()
    bench.world.pass_time(minutes=5)
    wrong = NumbersWorking((NumberRange(NEW.first, NEW.first + 2),))
    message = bench.world.messages()[-1]
    early = {
        **message,
        "id": "EV-y",
        "type": "order.numbers_active",
        "numbers": list(map(str, wrong.numbers[0])),
    }
    bench.desk.receive(early)
    assert bench.number_order(order.id).status is OrderStatus.COMPLETED
    bench.wire({"op": "cancel_order", "order": bench.number_order(order.id).carrier_reference})
    bench.hear()
    after = bench.number_order(order.id)
    assert (after.status, after.needs_attention) == (OrderStatus.COMPLETED, True)
    assert bench.asked("read_order")


def test_the_date_from_which_numbers_work_can_come_from_a_person() -> None:
    from datetime import date

    bench = signed_bench()
    port = bench.port()
    bench.sign()
    told = bench.desk.told_works_from(port.id, date(2026, 12, 11), by="Dana Reed")
    assert told.status is PortStatus.COMPLETED
    assert told.works_from is not None
    assert told.works_from.day == date(2026, 12, 11)
    assert bench.desk.history(port.id)[-1].event.actor == "Dana Reed"
