"""SPEC P4 to P6 and T: numbers and orders on their way."""

from __future__ import annotations

from datetime import date

import pytest

from front_desk import MARIA, NEW, OLD, FrontDesk
from pstnkit import NumberRange, NumberStatus, PortOrder, PortStatus, Progress


@pytest.fixture
def front() -> FrontDesk:
    front = FrontDesk()
    front.set_up()
    front.desk.convert_to_paid(front.customer)
    return front


def signed_port(front: FrontDesk) -> PortOrder:
    port = front.order_port()
    front.sign("contract")
    front.sign("letter_of_authorization")
    return port


def completed_order_with_a_failure(front: FrontDesk) -> str:
    front.world.let_fail([NumberRange(NEW.first, NEW.first)], "line is damaged")
    order = front.order_new(3)
    front.sign("contract")
    front.wait(minutes=10)
    return order.id


def test_p4_numbers_are_assigned_while_their_port_is_under_way_and_stay_so(front: FrontDesk) -> None:
    signed_port(front)
    front.desk.assign(front.customer, [OLD.first], MARIA)
    front.wait(days=25)
    number = front.desk.numbers(front.customer)[OLD.first]
    assert (number.status, number.assignee) == (NumberStatus.ASSIGNED, MARIA)


def test_p5_a_number_that_is_being_ported_is_pending_and_of_no_use_yet(front: FrontDesk) -> None:
    signed_port(front)
    front.desk.assign(front.customer, [OLD.first], MARIA)
    numbers = front.desk.numbers(front.customer)
    assert (numbers[OLD.first].status, numbers.usable(OLD.first)) == (NumberStatus.PENDING, False)
    front.wait(days=25)
    assert front.desk.numbers(front.customer).usable(OLD.first)


def test_p6_a_person_can_say_from_which_day_on_the_numbers_work(front: FrontDesk) -> None:
    port = signed_port(front)
    front.world.pass_time(days=24)
    told = front.desk.told_works_from(port.id, date(2026, 12, 14), by="Dana Reed")
    assert told.status is PortStatus.COMPLETED
    assert told.works_from is not None
    assert told.works_from.day == date(2026, 12, 14)


def test_t1_orders_can_be_listed_and_read_at_any_time(front: FrontDesk) -> None:
    first = front.order_new()
    port = front.order_port()

    def listed() -> dict[str, str]:
        return {order.id: order.status.value for order in front.desk.orders(front.customer)}

    assert listed() == {first.id: "awaiting_signature", port.id: "awaiting_contract"}
    front.sign("contract")
    assert listed() == {first.id: "processing", port.id: "awaiting_loa"}
    front.sign("letter_of_authorization")
    front.wait(days=30)
    assert listed() == {first.id: "completed", port.id: "completed"}
    assert front.desk.order(first.id).quantity == 10
    assert front.desk.history(port.id)


def test_t2_numbers_are_pending_then_unassigned_or_assigned_and_all_are_the_three(front: FrontDesk) -> None:
    front.order_new(3)
    front.sign("contract")
    front.wait(minutes=10)
    front.desk.assign(front.customer, [NEW.first], MARIA)
    front.order_port()
    book = front.desk.numbers(front.customer)
    counts = [
        book.counts[status]
        for status in (NumberStatus.PENDING, NumberStatus.UNASSIGNED, NumberStatus.ASSIGNED)
    ]
    assert counts == [5, 2, 1]
    assert len(list(book.having())) == 8


def test_t3_each_number_and_the_order_as_a_whole_are_in_progress_successful_or_failed(
    front: FrontDesk,
) -> None:
    order = front.desk.order(completed_order_with_a_failure(front))
    assert [order.numbers.by_number.get(number) for number in NEW[:3]] == [
        Progress.FAILED,
        Progress.SUCCESSFUL,
        Progress.SUCCESSFUL,
    ]
    assert (order.progress, order.numbers.successful, order.numbers.failed) == (None, 2, 1)


def test_t4_numbers_are_found_inside_an_order(front: FrontDesk) -> None:
    order = front.order_new(20)
    assert order.find("201-200") == tuple(NEW[:10])


def test_t5_the_count_of_a_customers_numbers_leaves_out_what_failed(front: FrontDesk) -> None:
    completed_order_with_a_failure(front)
    assert len(front.desk.numbers(front.customer)) == 2
