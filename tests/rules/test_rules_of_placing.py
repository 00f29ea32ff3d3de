"""SPEC N5, P3, O and F4: from the cart to an order that waits for its signatures."""

from __future__ import annotations

import pytest

from front_desk import EMAIL, LOSING, NEW, OLD, FrontDesk
from pstnkit import AgreementKind, CannotFinish, NumberRange, OrderStatus, PortStatus

TERMS = AgreementKind.TERMS_OF_SERVICE
CONTRACT = AgreementKind.CONTRACT
LETTER = AgreementKind.LETTER_OF_AUTHORIZATION


@pytest.fixture
def front() -> FrontDesk:
    front = FrontDesk()
    front.set_up()
    return front


def test_n5_a_cart_takes_more_numbers_and_can_be_edited(front: FrontDesk) -> None:
    cart = front.desk.open_cart(front.customer)
    front.desk.add_numbers(cart.id, [NumberRange(NEW.first, NEW.first + 9)])
    cart = front.desk.add_numbers(cart.id, [NEW.first + 20, NEW.first + 30])
    assert cart.new_numbers == 12
    cart = front.desk.remove_line(cart.id, cart.lines[0].id)
    assert (cart.new_numbers, len(cart.lines)) == (2, 1)


def test_p3_the_cart_counts_the_numbers_to_port(front: FrontDesk) -> None:
    front.desk.convert_to_paid(front.customer)
    cart = front.desk.open_cart(front.customer)
    cart = front.desk.add_port(cart.id, [OLD], LOSING)
    assert (cart.to_port, cart.new_numbers) == (5, 0)


def test_o1_nothing_is_sent_before_the_alerts_are_read_and_the_order_is_finished(front: FrontDesk) -> None:
    confirmation = front.confirm_new()
    assert confirmation.alerts
    with pytest.raises(CannotFinish):
        front.desk.finish(confirmation.id)
    assert front.desk.orders(front.customer) == ()
    assert front.world.mailbox(EMAIL) == ()
    front.desk.finish(confirmation.id, [alert.kind for alert in confirmation.alerts])
    assert len(front.desk.orders(front.customer)) == 1
    assert len(front.world.mailbox(EMAIL)) == 1


def test_o2_an_order_of_new_numbers_is_announced_and_processed_from_the_signature_on(
    front: FrontDesk,
) -> None:
    order = front.order_new()
    [told] = order.instructions()
    assert "by e-signature" in told
    assert order.status is OrderStatus.AWAITING_SIGNATURE
    signed = front.sign("terms_of_service")
    begun = front.desk.order(order.id)
    assert (begun.status, begun.clock_started) == (OrderStatus.PROCESSING, signed)


def test_o3_a_port_is_announced_and_not_processed_before_its_letter_is_signed(front: FrontDesk) -> None:
    front.desk.convert_to_paid(front.customer)
    port = front.order_port()
    assert "letter of authorization is coming by mail" in port.instructions()[-1]
    front.sign("contract")
    front.wait(days=2)
    assert front.desk.order(port.id).status is PortStatus.AWAITING_LOA
    front.sign("letter_of_authorization")
    assert front.desk.order(port.id).status is PortStatus.SUBMITTED


def test_o4_the_first_order_waits_for_the_contract_and_a_first_port_for_both(front: FrontDesk) -> None:
    front.desk.convert_to_paid(front.customer)
    port = front.order_port()
    assert port.gates == (CONTRACT, LETTER)
    front.sign("letter_of_authorization")
    assert front.desk.order(port.id).status is PortStatus.AWAITING_CONTRACT
    front.sign("contract")
    assert front.desk.order(port.id).status is PortStatus.SUBMITTED


def test_o5_terms_and_contract_are_signed_once_each_and_every_port_has_its_letter(front: FrontDesk) -> None:
    assert front.order_new().gates == (TERMS,)
    front.sign("terms_of_service")
    front.wait(minutes=10)
    front.desk.convert_to_paid(front.customer)
    port = front.order_port()
    assert port.gates == (CONTRACT, LETTER)
    front.sign("contract")
    letters = [envelope for envelope in front.world.mailbox(EMAIL) if envelope.kind == LETTER]
    assert len(letters) == 1
    cart = front.desk.open_cart(front.customer)
    cart = front.desk.add_numbers(cart.id, [NEW.last])
    [later] = front.desk.place(cart.id).orders
    assert later.gates == ()


def test_f4_an_order_that_waits_for_a_signature_has_no_due_date_and_says_whose(front: FrontDesk) -> None:
    order = front.order_new()
    expected = front.desk.expectation(order.id)
    [wait] = expected.waits
    assert (expected.due, wait.agreement, wait.who, wait.on) == (None, TERMS, "Dana Reed", "administrator")
    assert expected.sentences() == ("Dana Reed has to sign the terms of service",)
