"""Orders and ports on their way: cancelled, corrected, partly done, contradicted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from bench import ADDRESS, NEW, OLD, Bench, signed_bench, states
from pstnkit.lifecycle.failures import Failure, FailureKind
from pstnkit.lifecycle.machine import Outcome
from pstnkit.lifecycle.reports import NumbersWorking
from pstnkit.numbering.ranges import NumberRange
from pstnkit.ordering.orders import NumberOrder, OrderStatus
from pstnkit.porting.cutoffs import PortDatePolicy
from pstnkit.porting.ports import PortOrder, PortStatus
from pstnkit.stores.protocol import UnknownRecord


def test_cancelling_before_submission_asks_no_carrier_and_frees_the_numbers() -> None:
    bench = Bench()
    order = bench.order()
    cancelled = bench.desk.cancel(order.id)
    assert cancelled.status is OrderStatus.CANCELLED
    assert bench.asked("cancel_order") == []
    assert bench.count("pending") == 0
    bench.sign()
    assert bench.asked("order") == []


def test_what_was_cancelled_before_submission_can_be_had_again_at_once() -> None:
    bench = Bench()
    bench.desk.cancel(bench.order())
    again = bench.order()
    assert len(bench.asked("unreserve")) == 1
    bench.world.pass_time(hours=5)
    bench.desk.cancel(again)
    assert len(bench.asked("unreserve")) == 1, "what has lapsed is not let go"


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
    assert [(one.kind.value, one.state.value) for one in bench.desk.dealings(order)] == [
        ("submission", "settled"),
        ("cancellation", "unknown"),
    ]
    bench.desk.carry_on(bench.customer)
    assert bench.number_order(order.id).status is OrderStatus.CANCELLED
    assert bench.desk.dealings(order)[-1].state.value == "settled"
    assert len({message["client_reference"] for message in bench.asked("cancel_order")}) == 1


def test_a_cancellation_that_the_carrier_refuses_leaves_the_order_going_on() -> None:
    bench = signed_bench()
    port = bench.port()
    bench.sign()
    bench.world.pass_time(days=20, minutes=30)
    bench.hear()
    hopeful = bench.open_desk(port_dates=PortDatePolicy(best_effort=timedelta(), closed=timedelta()))
    kept = hopeful.cancel(port.id)
    assert len(bench.asked("cancel_port")) == 1
    assert kept.status is PortStatus.FOC_CONFIRMED  # where the carrier has it, as was read
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


def test_an_order_known_by_reports_only_is_cancelled_under_the_reference_that_the_carrier_has() -> None:
    bench = signed_bench()
    bench.wire.lose("order", arrives=True)
    order = bench.order()
    accepted = bench.world.messages()[-1]
    early = {**accepted, "id": "EV-y", "type": "order.numbers_active", "numbers": [str(NEW.first)]}
    bench.desk.receive(early)
    assert bench.number_order(order.id).carrier_reference is None
    cancelled = bench.desk.cancel(order.id)
    [asked] = bench.asked("cancel_order")
    assert asked["order"] == accepted["order"] == cancelled.carrier_reference


def test_the_clock_of_a_port_starts_with_the_last_of_its_signatures() -> None:
    bench = Bench()
    port = bench.port()
    bench.sign("contract")
    bench.world.pass_time(days=1)
    bench.sign("letter_of_authorization")
    assert bench.port_order(port.id).clock_started == bench.world.now()


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
    corrected = bench.desk.correct_port(port.id, account_number="004-881-23")
    assert corrected.status is PortStatus.SUBMITTED
    [supplement] = bench.asked("supplement")
    assert supplement["changes"] == {"account_number": "004-881-23"}
    bench.wait(days=30)
    assert bench.port_order(port.id).status is PortStatus.COMPLETED


def test_a_supplement_whose_answer_is_lost_is_made_once() -> None:
    bench = signed_bench()
    port = rejected(bench)
    bench.wire.lose("supplement", arrives=True)
    assert bench.desk.correct_port(port.id, business_name="Quay").status is PortStatus.SUPPLEMENT_PENDING
    bench.desk.carry_on(bench.customer)
    assert bench.port_order(port.id).status is PortStatus.SUBMITTED
    supplemented = [m for m in bench.world.messages() if m["type"] == "port.supplemented"]
    assert (len(bench.asked("supplement")), len(supplemented)) == (2, 1)


def test_a_supplement_that_the_carrier_refuses_leaves_the_port_rejected() -> None:
    bench = signed_bench()
    port = rejected(bench)
    refused = bench.desk.correct_port(port.id, color="blue")
    assert refused.status is PortStatus.REJECTED
    assert refused.change_refused is not None
    assert "color" in refused.change_refused
    assert any("color" in step for step in refused.next_steps())


def test_a_port_that_nobody_puts_right_expires() -> None:
    bench = signed_bench()
    port = rejected(bench)
    bench.wait(days=15)
    assert bench.port_order(port.id).status is PortStatus.EXPIRED
    assert bench.count("failed") == 5


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
    failed = bench.desk.numbers(bench.customer)[NEW.first + 1]
    assert failed.failure == Failure(FailureKind.ACTIVATION_FAILED, "no dial tone")
    assert "failed: it could not be activated (no dial tone)" in bench.desk.numbers_table(bench.customer)


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
    assert bench.count("unassigned") == 11
    missing = "shortfall; 2 numbers were never found" in bench.desk.orders_table(bench.customer)
    assert missing is (quantity == 12)


def test_an_advanced_order_for_which_there_is_nothing_has_failed() -> None:
    bench = signed_bench()
    cart = bench.desk.open_cart(bench.customer).id
    bench.desk.add_request(cart, quantity=2, state="NY")
    [order] = bench.finish(bench.desk.place(cart))
    bench.wait(days=6)
    assert states([bench.number_order(order.id)]) == [("failed", 0, 0, False)]
    assert bench.number_order(order.id).reason == "no_numbers"


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
    bench = signed_bench()
    port = bench.port()
    bench.sign()
    bench.world.pass_time(days=21)
    told = bench.desk.told_works_from(port.id, date(2026, 12, 11), by="Dana Reed")
    assert told.status is PortStatus.COMPLETED
    assert told.works_from is not None
    assert told.works_from.day == date(2026, 12, 11)
    assert bench.desk.history(port.id)[-1].event.actor == "Dana Reed"
    bench.hear()
    assert states([bench.port_order(port.id)]) == [("completed", 5, 0, False)]


def test_a_date_still_to_come_that_a_person_was_told_is_a_promise_and_makes_nothing_usable() -> None:
    bench = signed_bench()
    port = bench.port()
    bench.sign()
    bench.wait(days=1)
    told = bench.desk.told_works_from(port.id, date(2026, 12, 18), by="Dana Reed")
    assert told.status is PortStatus.FOC_CONFIRMED
    assert told.works_from is None
    assert told.foc is not None
    assert told.foc.at.isoformat() == "2026-12-18T00:00:00-08:00"
    book = bench.desk.numbers(bench.customer)
    assert {book[number].provisioned for number in OLD} == {False}


def test_what_has_happened_to_an_order_is_told_on_its_customers_clock() -> None:
    bench = signed_bench()
    order = bench.order()
    bench.wait(minutes=10)
    lines = bench.desk.timeline(order)
    assert [line.what for line in lines] == [
        "the confirmation was read and finished",
        "everything is signed that had to be",
        f"the carrier has the order, as {bench.number_order(order.id).carrier_reference}",
        f"the carrier has the order, as {bench.number_order(order.id).carrier_reference}",
        "3 numbers work: (415) 201-2000 to 2002",
        "the order is done, and all its numbers work",
    ]
    assert lines[0].who == "Robin, for the partner"
    assert lines[0].at.utcoffset() == timedelta(hours=-8)


def test_what_has_happened_to_any_other_record_is_told_in_the_same_way() -> None:
    bench = signed_bench()
    desk, customer = bench.desk, bench.desk.customer(bench.customer)
    release = desk.release(customer, [NEW.last])
    location = desk.add_location(customer, ADDRESS)
    assert [desk.timeline(record)[0].what for record in (customer, location, release)] == [
        "Dana Reed will sign",
        f"the emergency address was entered: {ADDRESS}",
        "1 number is to be given back: (415) 201-2099",
    ]
    [contract], book = desk.agreements(customer), desk.numbers(customer)
    for record in (contract, book):
        assert len(desk.timeline(record)) == len(desk.history(record)) > 0
    with pytest.raises(UnknownRecord, match="no order or port"):
        desk.timeline(release.id)


def test_what_contradicts_about_numbers_is_settled_by_a_person_with_a_note() -> None:
    bench = signed_bench()
    bench.desk.told_ported_out(bench.customer, [OLD], by="Dana Reed")
    book = bench.desk.numbers(bench.customer)
    assert book.needs_attention
    settled = bench.desk.settle_record(book, "they were never ours")
    assert not settled.needs_attention
    assert bench.desk.numbers(bench.customer) == settled


def test_a_record_that_is_to_be_settled_is_named_by_itself() -> None:
    bench = Bench()
    with pytest.raises(TypeError, match="an id does not say of which kind it is"):
        bench.desk.settle_record(bench.customer, "looked at it")  # type: ignore[type-var]
