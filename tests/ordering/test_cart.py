"""SPEC N5, P3 and E1: the cart."""

from __future__ import annotations

import copy
import pickle
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from accounts_cases import ready_paid, ready_trial
from lifecycle_cases import FIRST, NOW, SECOND, STRANGERS, THIRD, THREE
from pstnkit.accounts.customers import AccountKind
from pstnkit.inventory.query import InvalidQuery
from pstnkit.numbering.ranges import NumberRange
from pstnkit.ordering.cart import (
    AlreadyInCart,
    Cart,
    EmptyLine,
    Line,
    LosingAccount,
    NotABlock,
    NumbersLine,
    PortingNotOpen,
    PortLine,
    SourcingLine,
    UnknownLine,
)
from pstnkit.ordering.orders import CarrierHold, Wanted
from pstnkit.secret import Secret

HOLD = CarrierHold("RS-1", NOW + timedelta(minutes=30))
ACCOUNT = LosingAccount(
    carrier="Old Bell", account_number=Secret("004-881-22"), business_name="Harbor Dental"
)
NEW = NumbersLine(id="line-1", numbers=(FIRST, SECOND), hold=HOLD)
SOURCED = SourcingLine(id="line-2", wanted=Wanted(state="CA"), quantity=40)
PORTED = PortLine(id="line-3", numbers=(STRANGERS,), account=ACCOUNT)


def cart(*lines: Line) -> Cart:
    filled = Cart(id="cart-1", partner="partner-1", customer="customer-1")
    for line in lines:
        filled = filled.with_line(line, ready_paid())
    return filled


def test_n5_numbers_of_several_searches_are_added_and_lines_taken_out_again() -> None:
    full = cart(NEW, SOURCED)
    assert (full.new_numbers, full.lines, full.revision) == (42, (NEW, SOURCED), 2)
    less = full.without_line("line-1")
    assert (less.new_numbers, less.lines, less.revision) == (40, (SOURCED,), 3)
    assert less.with_line(NEW, ready_paid()).new_numbers == 42
    assert full.lines == (NEW, SOURCED)


def test_p3_the_cart_has_the_count_of_the_numbers_to_port() -> None:
    full = cart(NEW, PORTED)
    assert (full.to_port, full.new_numbers) == (2, 2)


def test_e1_a_trial_may_order_new_numbers_only() -> None:
    empty = cart()
    assert empty.with_line(NEW, ready_trial()).with_line(SOURCED, ready_trial()).new_numbers == 42
    with pytest.raises(PortingNotOpen) as refusal:
        empty.with_line(PORTED, ready_trial())
    assert (refusal.value.customer, refusal.value.account) == ("customer-1", AccountKind.TRIAL)
    assert "has a trial account and may order new numbers only" in str(refusal.value)
    assert empty.lines == ()


@pytest.mark.parametrize("other", [NEW, PortLine(id="line-9", numbers=(SECOND, THIRD), account=ACCOUNT)])
def test_a_number_stands_in_one_line_of_a_cart(other: Line) -> None:
    with pytest.raises(AlreadyInCart) as refusal:
        cart(NumbersLine(id="line-8", numbers=(SECOND,), hold=HOLD)).with_line(other, ready_paid())
    assert refusal.value.numbers == (SECOND,)
    assert str(SECOND) in str(refusal.value)


def test_a_line_names_each_number_once_as_few_ranges() -> None:
    line = PortLine(id="line-3", numbers=(THIRD, FIRST, SECOND.first, FIRST), account=ACCOUNT)
    assert (line.numbers, line.quantity) == ((THREE,), 3)


@pytest.mark.parametrize(
    "line",
    [
        NumbersLine(id="line-1", numbers=(), hold=HOLD),
        PortLine(id="line-1", numbers=(), account=ACCOUNT),
        SourcingLine(id="line-1", wanted=Wanted(npa="415"), quantity=0),
    ],
)
def test_a_line_of_nothing_is_refused(line: Line) -> None:
    with pytest.raises(EmptyLine, match="at least one number"):
        cart().with_line(line, ready_paid())


@pytest.mark.parametrize("quantity", [2.5, "3", True, None])
def test_a_quantity_to_be_sourced_is_a_whole_number(quantity: Any) -> None:
    with pytest.raises(InvalidQuery, match=f"quantity: {quantity!r} is not a count of numbers"):
        SourcingLine(id="line-1", wanted=Wanted(npa="415"), quantity=quantity)


def test_an_account_number_that_is_no_secret_is_refused_without_being_shown() -> None:
    number: Any = "004-881-22"
    with pytest.raises(TypeError, match="an account number is a Secret, not a str") as refusal:
        LosingAccount(carrier="Old Bell", account_number=number, business_name="Bay Bicycles Inc.")
    assert number not in repr(refusal.value)


@pytest.mark.parametrize(
    "odd", [{"account": None}, {"requested": "soon"}, {"requested": datetime(2026, 12, 11, tzinfo=UTC)}]
)
def test_a_port_line_has_an_account_and_a_day_or_is_not_made(odd: dict[str, Any]) -> None:
    given: dict[str, Any] = {"id": "line-4", "numbers": (STRANGERS,), "account": ACCOUNT} | odd
    with pytest.raises(TypeError, match="port"):
        PortLine(**given)


def test_a_line_that_is_not_there_is_named() -> None:
    for ask in (cart(NEW).line, cart(NEW).without_line):
        with pytest.raises(UnknownLine, match="the cart has no line 'line-7'") as error:
            ask("line-7")
        assert error.value.line == "line-7"
    assert cart(NEW, SOURCED).line("line-2") is SOURCED


@pytest.mark.parametrize(
    "error", [PortingNotOpen("customer-1", AccountKind.TRIAL), UnknownLine("line-7"), AlreadyInCart((FIRST,))]
)
def test_errors_survive_pickle_and_copy(error: Exception) -> None:
    for twin in (copy.copy(error), pickle.loads(pickle.dumps(error))):
        assert (type(twin), str(twin), vars(twin)) == (type(error), str(error), vars(error))


def test_the_account_that_is_left_is_not_shown() -> None:
    assert "004" not in repr(cart(PORTED))


@pytest.mark.parametrize(
    "numbers",
    [
        (NumberRange("4155550205", "4155550214"),),
        (NumberRange("4155550200", "4155550202"),),
        (NumberRange("4155550200", "4155550209"), NumberRange("4155550220", "4155550229")),
    ],
)
def test_a_block_is_one_range_that_begins_at_a_multiple_of_its_size(numbers: tuple[NumberRange, ...]) -> None:
    with pytest.raises(NotABlock, match="no block: ") as refusal:
        NumbersLine(id="line-1", numbers=numbers, hold=HOLD, block=True)
    assert refusal.value.numbers == numbers
    assert NumbersLine(id="line-1", numbers=numbers, hold=HOLD).quantity == sum(map(len, numbers))
