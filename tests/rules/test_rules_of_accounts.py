"""SPEC E and S: who may order what, and what is set up before."""

from __future__ import annotations

import pytest

from front_desk import ADDRESS, EMAIL, LOSING, OLD, FrontDesk
from pstnkit import (
    AccountKind,
    CannotFinish,
    MissingSigner,
    OrderStatus,
    PortingNotOpen,
    PortStatus,
    SetUpStatus,
)


@pytest.fixture
def front() -> FrontDesk:
    return FrontDesk()


def test_e1_a_trial_orders_new_numbers_and_cannot_port(front: FrontDesk) -> None:
    front.set_up()
    cart = front.desk.open_cart(front.customer)
    with pytest.raises(PortingNotOpen) as refusal:
        front.desk.add_port(cart.id, [OLD], LOSING)
    assert refusal.value.account is AccountKind.TRIAL
    assert front.desk.cart(cart.id) == cart
    assert front.order_new().status is OrderStatus.AWAITING_SIGNATURE


def test_e2_a_paid_customer_orders_new_numbers_and_ports(front: FrontDesk) -> None:
    front.set_up()
    front.desk.convert_to_paid(front.customer)
    assert front.order_new().status is OrderStatus.AWAITING_SIGNATURE
    assert front.order_port().status is PortStatus.AWAITING_CONTRACT


def test_e3_a_skipped_set_up_is_resumed_at_the_first_step_that_is_not_done(front: FrontDesk) -> None:
    front.desk.enter_contract_information(front.customer, signer="Dana Reed")
    skipped = front.desk.skip_set_up(front.customer)
    assert (skipped.skipped, skipped.status, skipped.signer) == (
        True,
        SetUpStatus.EMERGENCY_ADDRESS,
        "Dana Reed",
    )
    front.desk.enter_emergency_address(front.customer, ADDRESS)
    resumed = front.desk.customer(front.customer)
    assert (resumed.skipped, resumed.status, resumed.signer) == (False, SetUpStatus.READY, "Dana Reed")


def test_s1_company_and_mail_are_prefilled_and_the_signer_must_be_given(front: FrontDesk) -> None:
    with pytest.raises(MissingSigner):
        front.desk.enter_contract_information(front.customer, signer=" ")
    customer = front.desk.enter_contract_information(front.customer, signer="Dana Reed")
    assert (customer.company, customer.email, customer.signer) == ("Harbor Dental", EMAIL, "Dana Reed")


def test_s2_no_order_before_the_carrier_has_confirmed_an_emergency_address(front: FrontDesk) -> None:
    front.desk.enter_contract_information(front.customer, signer="Dana Reed")
    confirmation = front.confirm_new()
    with pytest.raises(CannotFinish):
        front.desk.finish(confirmation.id, [alert.kind for alert in confirmation.alerts])
    front.desk.enter_emergency_address(front.customer, ADDRESS)
    assert front.desk.customer(front.customer).is_set_up
    assert front.order_again(confirmation).status is OrderStatus.AWAITING_SIGNATURE


def test_s3_what_was_entered_is_sent_to_the_carrier(front: FrontDesk) -> None:
    front.set_up()
    front.order_new()
    told = repr(front.sent)
    for entered in ("Harbor Dental", EMAIL, "Dana Reed", "Anson St", "94107"):
        assert entered in told


def test_s4_the_agreement_comes_by_mail_and_its_signature_sets_the_first_order_going(
    front: FrontDesk,
) -> None:
    front.set_up()
    order = front.order_new()
    front.wait(days=2)
    assert front.desk.order(order.id).status is OrderStatus.AWAITING_SIGNATURE
    front.sign("terms_of_service")
    assert front.desk.order(order.id).status is OrderStatus.PROCESSING
