"""SPEC N5, P3 and E1: the cart."""

from __future__ import annotations

import copy
import pickle
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve

from accounts_cases import ready_paid, ready_trial
from lifecycle_cases import FIRST, NOW, SECOND, STRANGERS, THIRD, THREE
from ordering_cases import held
from pstnkit.accounts.customers import AccountKind
from pstnkit.inventory.query import InvalidQuery
from pstnkit.lifecycle.events import NaiveTime
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.paste import PastePolicy, read_numbers
from pstnkit.numbering.ranges import NumberRange
from pstnkit.ordering.cart import (
    AlreadyInCart,
    Cart,
    EmptyLine,
    Gone,
    NoNumbersYet,
    NotARequest,
    NotInCart,
    PortingNotOpen,
    UnknownLine,
)
from pstnkit.ordering.holding import CarrierHold
from pstnkit.ordering.lines import Line, LosingAccount, NotABlock, NumbersLine, PortLine, SourcingLine
from pstnkit.ordering.orders import Wanted
from pstnkit.ordering.policy import BlockNotSplit, CartPolicy, OrderPolicy
from pstnkit.secret import Secret

ACCOUNT = LosingAccount(
    carrier="Old Bell", account_number=Secret("004-881-22"), business_name="Harbor Dental"
)
NEW = NumbersLine(id="line-1", numbers=(FIRST, SECOND), holds=(held(FIRST, SECOND),))
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
        cart(NumbersLine(id="line-8", numbers=(SECOND,), holds=(held(FIRST, SECOND),))).with_line(
            other, ready_paid()
        )
    assert refusal.value.numbers == (SECOND,)
    assert str(SECOND) in str(refusal.value)


def test_a_line_names_each_number_once_as_few_ranges() -> None:
    line = PortLine(id="line-3", numbers=(THIRD, FIRST, SECOND.first, FIRST), account=ACCOUNT)
    assert (line.numbers, line.quantity) == ((THREE,), 3)


@pytest.mark.parametrize(
    "line",
    [
        NumbersLine(id="line-1", numbers=(), holds=(held(FIRST, SECOND),)),
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
    with pytest.raises(TypeError, match="the account number is a Secret, not a str") as refusal:
        LosingAccount(carrier="Old Bell", account_number=number, business_name="Bay Bicycles Inc.")
    assert number not in repr(refusal.value)


@pytest.mark.parametrize("name", ["carrier", "business_name", "authorized_signer"])
def test_the_names_of_an_account_are_names(name: str) -> None:
    number: dict[str, Any] = {name: 7}
    with pytest.raises(TypeError, match=f"the {name.replace('_', ' ')} of an account is a str, not a int"):
        evolve(ACCOUNT, **number)
    blank: dict[str, Any] = {name: " "}
    with pytest.raises(ValueError, match="is blank"):
        evolve(ACCOUNT, **blank)


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
        NumbersLine(id="line-1", numbers=numbers, holds=(held(FIRST, SECOND),), block=True)
    assert refusal.value.numbers == numbers
    assert NumbersLine(id="line-1", numbers=numbers, holds=(held(FIRST, SECOND),)).quantity == sum(
        map(len, numbers)
    )


# --- editing --------------------------------------------------------------------------------------------------------

LATER = OrderPolicy.as_of_2026()
BLOCK = NumbersLine(id="line-4", numbers=(NumberRange("4155550200", "4155550209"),), block=True)


def test_n5_single_numbers_are_taken_out_wherever_they_stand_and_an_empty_line_goes_with_them() -> None:
    full = cart(NEW, SOURCED, PORTED)
    less = full.without_numbers([FIRST, STRANGERS])
    assert [line.quantity for line in less.lines] == [1, 40]
    assert (less.edition, less.revision) == (full.edition + 1, full.revision + 1)
    half = full.without_numbers([STRANGERS.first])
    assert half.line("line-3").quantity == 1
    assert full.without_numbers([FIRST, SECOND]).lines == (SOURCED, PORTED)


def test_n5_numbers_that_are_not_in_the_cart_cannot_be_taken_out() -> None:
    with pytest.raises(NotInCart, match=r"not in the cart: \+14155550102") as refusal:
        cart(NEW).without_numbers([FIRST, THIRD])
    assert refusal.value.numbers == (THIRD,)


def test_n5_a_block_is_taken_out_as_a_whole_where_the_policy_has_it_so() -> None:
    full = cart(BLOCK, NEW)
    part = NumberRange("4155550200", "4155550202")
    with pytest.raises(BlockNotSplit) as refusal:
        full.without_numbers([FIRST, part], LATER)
    assert (refusal.value.block, refusal.value.part) == (BLOCK.numbers[0], (part,))
    assert full.without_numbers(BLOCK.numbers, LATER).lines == (NEW,)
    [broken, _] = full.without_numbers([part]).lines
    assert isinstance(broken, NumbersLine)
    assert (broken.quantity, broken.block) == (7, False)


def test_a_hold_of_which_nothing_is_wanted_any_more_goes_with_its_last_number() -> None:
    two = NumbersLine(id="line-1", numbers=(FIRST, SECOND, THIRD), holds=(held(FIRST, SECOND), held(THIRD)))
    [less] = cart(two).without_numbers([THIRD]).chosen
    assert less.holds == (held(FIRST, SECOND),)
    [less] = cart(two).without_numbers([FIRST]).chosen
    assert less.holds == two.holds


def test_n5_numbers_are_put_into_a_line_that_there_is() -> None:
    more = cart(NEW, PORTED).with_numbers("line-1", [THIRD], held(THIRD))
    assert more.line("line-1").quantity == 3
    assert more.holds == (held(FIRST, SECOND), held(THIRD))
    report = read_numbers("212-555-0150\n212-555-0151\nnot a number", policy=PastePolicy(fictitious=True))
    assert more.with_numbers("line-3", report).to_port == 4
    with pytest.raises(AlreadyInCart):
        more.with_numbers("line-3", [FIRST])
    with pytest.raises(NoNumbersYet, match="asks for numbers and has none"):
        cart(SOURCED).with_numbers("line-2", [FIRST])
    with pytest.raises(NotABlock):
        cart(BLOCK).with_numbers("line-4", [FIRST])


def test_n5_how_many_numbers_are_to_be_found_can_be_changed() -> None:
    assert cart(SOURCED).with_quantity("line-2", 12).new_numbers == 12
    with pytest.raises(EmptyLine):
        cart(SOURCED).with_quantity("line-2", 0)
    with pytest.raises(InvalidQuery):
        cart(SOURCED).with_quantity("line-2", 1.5)  # type: ignore[arg-type]
    with pytest.raises(NotARequest, match="'line-1' has its numbers") as refusal:
        cart(NEW).with_quantity("line-1", 12)
    assert refusal.value.line == "line-1"


@pytest.mark.parametrize(("position", "order"), [(-1, "312"), (0, "312"), (1, "132"), (2, "123"), (9, "123")])
def test_n5_a_line_is_moved_within_the_cart(position: int, order: str) -> None:
    moved = cart(NEW, SOURCED, PORTED).with_line_at("line-3", position)
    assert "".join(line.id[-1] for line in moved.lines) == order
    with pytest.raises(UnknownLine):
        moved.with_line_at("line-9", 0)


# --- how long numbers are kept ----------------------------------------------------------------------------------------


def minutes(count: int) -> datetime:
    return NOW + timedelta(minutes=count)


def kept(**times: int) -> CarrierHold:
    """A hold with its times in minutes from now."""
    known = {"since": 0, "seen": 0, "until": 30} | times
    moments: dict[str, Any] = {name: minutes(count) for name, count in known.items()}
    return CarrierHold(reference="RS-1", numbers=(FIRST,), **moments)


def test_by_default_numbers_are_kept_as_long_as_the_carrier_keeps_them() -> None:
    assert CartPolicy().ends(kept()) == minutes(30)
    assert CartPolicy().wishes(kept(), NOW) is None
    assert [CartPolicy().keeps(kept(), minutes(at)) for at in (29, 30)] == [True, False]


def test_numbers_are_kept_from_the_last_look_at_the_cart_up_to_a_cap() -> None:
    sliding = CartPolicy.sliding()
    assert sliding.ends(kept()) == minutes(15)
    assert sliding.ends(kept(seen=10)) == minutes(25)
    assert sliding.ends(kept(seen=20)) == minutes(30)
    assert sliding.ends(kept(seen=110, until=300)) == minutes(120)
    assert sliding.wishes(kept(), minutes(20)) == minutes(35)
    assert sliding.wishes(kept(), minutes(110)) == minutes(120)


def test_a_hold_that_has_ended_keeps_nothing() -> None:
    ended = kept().ended(minutes(5))
    assert (ended.over, ended.until, CartPolicy().keeps(ended, NOW)) == (True, minutes(5), False)
    assert CartPolicy.sliding().ends(ended) == minutes(5)
    assert kept().ended(minutes(50)).until == minutes(30)


def test_a_cart_lets_go_what_has_ended_and_all_of_it_when_it_was_placed() -> None:
    short = evolve(held(FIRST), until=minutes(5))
    long = evolve(held(SECOND), until=minutes(60))
    full = cart(
        NumbersLine(id="line-1", numbers=(FIRST,), holds=(short,)),
        NumbersLine(id="line-2", numbers=(SECOND,), holds=(long,)),
    )
    policy = CartPolicy()
    assert full.lapses(policy) == minutes(5)
    assert full.to_let_go(policy, minutes(4)) == ()
    assert full.to_let_go(policy, minutes(5)) == (short,)
    placed = evolve(full, placed=full.edition)
    assert placed.to_let_go(policy, minutes(4)) == ()
    assert placed.to_let_go(policy, minutes(5)) == (short, long)
    freed = placed.freed({hold.reference: hold.ended(minutes(5)) for hold in (short, long)})
    assert (freed.to_let_go(policy, minutes(90)), freed.placed, freed.lapses(policy)) == ((), None, None)
    assert (freed.edition, freed.revision) == (full.edition, full.revision + 1)


def test_what_is_gone_stands_in_its_line_as_long_as_it_is_in_the_cart() -> None:
    lost = cart(NEW, SOURCED).with_holds({}, {held(FIRST).reference: Gone(numbers=(SECOND,))})
    [line] = lost.chosen
    assert line.gone == (SECOND,)
    [line] = lost.with_holds({}, {}).chosen
    assert line.gone == (SECOND,)
    [line] = lost.without_numbers([SECOND]).chosen
    assert line.gone == ()
    [line] = lost.without_numbers([FIRST]).chosen
    assert line.gone == (SECOND,)
    assert cart(NEW).with_holds({}, {"RS-9": Gone(numbers=(SECOND,))}).chosen == (NEW,)


def test_what_was_taken_out_is_kept_for_its_line_as_long_as_the_hold_lasts() -> None:
    less = cart(NEW, BLOCK).without_numbers([SECOND])
    wanted = NumberSet([SECOND, THIRD])
    assert dict(less.spare(wanted, CartPolicy(), NOW)) == {"line-1": NumberSet([SECOND])}
    assert dict(less.spare(NumberSet([THIRD]), CartPolicy(), NOW)) == {}
    assert dict(less.spare(wanted, CartPolicy(), minutes(30))) == {}


def test_a_hold_says_its_zone() -> None:
    with pytest.raises(NaiveTime, match="until must say its zone"):
        evolve(held(FIRST), until=NOW.replace(tzinfo=None))
