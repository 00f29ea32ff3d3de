"""Decisions at two desks at the same time: whoever is overtaken is judged anew, by the records as they stand then."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bench import ACCOUNT, ADDRESS, NEW, OLD, Bench, piece, signed_bench
from pstnkit.accounts.agreements import AgreementStatus
from pstnkit.accounts.customers import AccountKind
from pstnkit.ordering.number_events import Assignee, AssigneeKind
from pstnkit.ordering.numbers import AlreadyAssigned
from pstnkit.ordering.orders import OrderStatus
from pstnkit.ordering.releases import ReleaseStatus

ADA, BOB = (Assignee(AssigneeKind.USER, name) for name in ("Ada", "Bob"))
FIRST, SECOND = piece(NEW, 0, 1), piece(NEW, 1, 2)


@pytest.fixture
def bench() -> Bench:
    """A customer with three numbers that work."""
    bench = signed_bench()
    bench.order(3)
    bench.wait(minutes=10)
    return bench


def overtaken(bench: Bench, by: Callable[[], object]) -> None:
    """Let something else be saved just before the next save."""
    bench.store.just_before = by


def test_two_numbers_are_assigned_at_the_same_time(bench: Bench) -> None:
    overtaken(bench, lambda: bench.open_desk().assign(bench.customer, [SECOND], BOB))
    book = bench.desk.assign(bench.customer, [FIRST], ADA)
    assert (book[FIRST.first].assignee, book[SECOND.first].assignee) == (ADA, BOB)


def test_a_number_is_assigned_to_the_first_of_two(bench: Bench) -> None:
    overtaken(bench, lambda: bench.open_desk().assign(bench.customer, [FIRST], BOB))
    with pytest.raises(AlreadyAssigned, match="assigned to user Bob"):
        bench.desk.assign(bench.customer, [FIRST], ADA)


def test_a_number_that_has_left_meanwhile_is_told_of_all_the_same(bench: Bench) -> None:
    overtaken(bench, lambda: bench.open_desk().assign(bench.customer, [SECOND], BOB))
    assert len(bench.desk.told_ported_out(bench.customer, [FIRST], by="Lee")) == 3


def test_numbers_are_given_back_while_others_are_assigned(bench: Bench) -> None:
    overtaken(bench, lambda: bench.open_desk().assign(bench.customer, [SECOND], BOB))
    assert bench.desk.release(bench.customer, [FIRST]).status is ReleaseStatus.RELEASED


def test_a_customer_is_changed_from_two_sides() -> None:
    bench = Bench(paid=False)
    other = bench.open_desk()
    overtaken(bench, lambda: other.enter_contract_information(bench.customer, signer="Max Roe"))
    bench.desk.convert_to_paid(bench.customer)
    overtaken(bench, lambda: other.enter_contract_information(bench.customer, signer="Eve Roe"))
    bench.desk.enter_emergency_address(bench.customer, ADDRESS)
    customer = bench.desk.customer(bench.customer)
    assert (customer.signer, customer.account, customer.is_set_up) == ("Eve Roe", AccountKind.PAID, True)


def test_a_cart_is_filled_from_two_sides() -> None:
    bench = Bench()
    other, cart = bench.open_desk(), bench.desk.open_cart(bench.customer).id
    changes: list[Callable[[], object]] = [
        lambda: bench.desk.add_request(cart, quantity=1, npa="415"),
        lambda: bench.desk.add_port(cart, [OLD], ACCOUNT),
        lambda: bench.desk.add_numbers(cart, [FIRST]),
        lambda: bench.desk.move_line(cart, bench.desk.cart(cart).lines[0].id, position=1),
        lambda: bench.desk.change_quantity(cart, bench.desk.cart(cart).lines[0].id, 7),
    ]
    for change in changes:
        overtaken(bench, lambda: other.add_request(cart, quantity=2, npa="415"))
        change()
    assert len(bench.desk.cart(cart).lines) == 8
    overtaken(bench, lambda: other.add_request(cart, quantity=2, npa="415"))
    assert len(bench.desk.place(cart).orders) == 8


def test_an_order_is_cancelled_and_an_agreement_sent_again_and_withdrawn_while_others_work() -> None:
    bench = Bench()
    order, other = bench.order(1), bench.open_desk()
    [contract] = bench.desk.agreements(bench.customer)
    overtaken(bench, lambda: other.send_again(order))
    [again] = bench.desk.send_again(order)
    assert (again.id, len(again.former)) == (contract.id, 4)
    overtaken(bench, lambda: other.send_again(order))
    assert bench.desk.withdraw(contract).status is AgreementStatus.VOIDED
    overtaken(bench, lambda: other.assign(bench.customer, [FIRST], ADA))
    assert bench.desk.cancel(order).status is OrderStatus.CANCELLED
