"""A cart at the desk: edited, looked at, kept for a while, placed and left lying (SPEC N5, O1)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve

from bench import ACCOUNT, ADDRESS, NEW, OLD, Bench, piece
from pstnkit.carriers.protocol import RefusalReason, Refused, Unreserve
from pstnkit.inventory.query import SearchQuery
from pstnkit.inventory.refusals import NumbersUnavailable
from pstnkit.numbering.paste import read_numbers
from pstnkit.numbering.ranges import NumberRange
from pstnkit.ordering.alerts import HoldLapsed, NumbersGone
from pstnkit.ordering.cart import (
    AlreadyInCart,
    EmptyLine,
    NoNumbersYet,
    NotARequest,
    NotInCart,
    OtherCustomersCart,
    UnknownLine,
)
from pstnkit.ordering.confirmation import CannotFinish, CartChanged, ConfirmationLapsed
from pstnkit.ordering.lines import NumbersLine, PortLine
from pstnkit.ordering.policy import BlockNotSplit, CartPolicy, OrderPolicy
from pstnkit.secret import Secret, SecretRef
from pstnkit.stores.protocol import UnknownRecord

SLIDING = CartPolicy.sliding()


class Shopper:
    """A cart on a bench."""

    def __init__(self, *, keeping: CartPolicy | None = None, limits: OrderPolicy | None = None) -> None:
        self.bench = Bench()
        self.bench.desk = self.bench.open_desk(keeping=keeping, limits=limits)
        self.desk = self.bench.desk
        self.cart = self.desk.open_cart(self.bench.customer).id
        self.bench.wire.sent.clear()

    def add(self, start: int, stop: int, *, block: bool = False) -> str:
        """Put numbers in, and give the id of their line."""
        return self.desk.add_numbers(self.cart, [piece(NEW, start, stop)], block=block).lines[-1].id

    def line(self, line_id: str) -> NumbersLine:
        found = self.desk.cart(self.cart).line(line_id)
        assert isinstance(found, NumbersLine)
        return found

    def wait(self, minutes: int) -> None:
        self.bench.world.pass_time(minutes=minutes)

    def ends(self, line_id: str) -> list[int]:
        """In how many minutes each hold of a line ends."""
        now = self.bench.world.now()
        ends = (self.desk.office.keeping.ends(hold) for hold in self.line(line_id).holds)
        return [round((end - now) / timedelta(minutes=1)) for end in ends]

    @property
    def on_offer(self) -> int:
        return self.desk.search(SearchQuery(npa="415")).result.available

    def drop(self, line_id: str) -> None:
        """The carrier lets the numbers of a line go before their time."""
        for hold in self.line(line_id).holds:
            self.bench.world.carrier.unreserve(Unreserve(f"{hold.reference}/lost", hold.reference))

    def someone_takes(self, *numbers: NumberRange) -> None:
        self.desk.add_numbers(self.desk.open_cart(self.bench.customer), numbers)

    def read(self) -> Any:
        """Place the cart and finish with every alert read that can be."""
        confirmation = self.desk.place(self.cart)
        return self.desk.finish(confirmation, [alert.kind for alert in confirmation.alerts])


# --- editing --------------------------------------------------------------------------------------------------------


def test_n5_numbers_that_are_taken_out_are_kept_until_nothing_of_their_hold_is_wanted() -> None:
    shop = Shopper()
    line = shop.add(0, 10)
    shop.desk.remove_numbers(shop.cart, [piece(NEW, 0, 4)])
    assert (shop.line(line).quantity, shop.on_offer) == (6, 90)
    shop.desk.remove_numbers(shop.cart, [piece(NEW, 4, 10)])
    assert (shop.desk.cart(shop.cart).lines, shop.on_offer) == ((), 100)


def test_n5_a_number_that_was_taken_out_is_put_back_without_asking_the_carrier() -> None:
    shop = Shopper()
    line = shop.add(0, 10)
    shop.desk.remove_numbers(shop.cart, [piece(NEW, 0, 4)])
    shop.desk.add_numbers(shop.cart, [piece(NEW, 2, 3)])
    assert (shop.line(line).quantity, len(shop.bench.asked("reserve"))) == (7, 1)
    cart = shop.desk.add_numbers(shop.cart, [piece(NEW, 3, 4), piece(NEW, 20, 22)])
    assert [line.quantity for line in cart.lines] == [8, 2]
    assert shop.bench.asked("reserve")[-1]["numbers"] == [str(number) for number in piece(NEW, 20, 22)]


def test_n5_a_line_is_made_to_consist_of_other_numbers() -> None:
    shop = Shopper()
    line = shop.add(0, 10)
    shop.desk.change_numbers(shop.cart, line, [piece(NEW, 5, 12)])
    assert shop.line(line).numbers == (piece(NEW, 5, 12),)
    assert [len(hold.numbers) for hold in shop.line(line).holds] == [1, 1]
    shop.desk.change_numbers(shop.cart, line, [piece(NEW, 0, 2)])
    assert shop.line(line).numbers == (piece(NEW, 0, 2),)
    assert (len(shop.bench.asked("reserve")), shop.on_offer) == (2, 90)
    with pytest.raises(EmptyLine):
        shop.desk.change_numbers(shop.cart, line, [])
    with pytest.raises(UnknownLine):
        shop.desk.change_numbers(shop.cart, "line-x", [NEW.last])


def test_n5_a_change_that_cannot_be_made_changes_and_reserves_nothing() -> None:
    shop = Shopper(limits=OrderPolicy.as_of_2026())
    block, line = shop.add(10, 20, block=True), shop.add(0, 3)
    before = shop.desk.cart(shop.cart)
    with pytest.raises(BlockNotSplit):
        shop.desk.change_numbers(shop.cart, block, [piece(NEW, 10, 15)])
    with pytest.raises(BlockNotSplit):
        shop.desk.remove_numbers(shop.cart, [piece(NEW, 0, 3), piece(NEW, 10, 11)])
    with pytest.raises(AlreadyInCart):
        shop.desk.change_numbers(shop.cart, line, [piece(NEW, 0, 12)])
    with pytest.raises(NotInCart):
        shop.desk.remove_numbers(shop.cart, [NEW.last])
    shop.someone_takes(piece(NEW, 50, 51))
    with pytest.raises(NumbersUnavailable):
        shop.desk.change_numbers(shop.cart, line, [piece(NEW, 49, 51)])
    request = shop.desk.add_request(shop.cart, quantity=4, npa="415").lines[-1].id
    with pytest.raises(NoNumbersYet, match="asks for numbers and has none"):
        shop.desk.change_numbers(shop.cart, request, [NEW.last])
    assert shop.desk.cart(shop.cart).lines[:2] == before.lines
    assert len(shop.bench.asked("reserve")) == 4


def test_n5_a_request_is_changed_in_quantity_and_a_line_of_numbers_is_not() -> None:
    shop = Shopper()
    line = shop.add(0, 2)
    request = shop.desk.add_request(shop.cart, quantity=4, npa="415").lines[-1].id
    assert shop.desk.change_quantity(shop.cart, request, 9).new_numbers == 11
    with pytest.raises(NotARequest):
        shop.desk.change_quantity(shop.cart, line, 9)


def test_n5_lines_are_moved_within_a_cart_and_to_another_one_with_what_keeps_them() -> None:
    shop = Shopper()
    first, second = shop.add(0, 2), shop.add(5, 6)
    moved = shop.desk.move_line(shop.cart, second, position=0)
    assert [line.id for line in moved.lines] == [second, first]
    other = shop.desk.open_cart(shop.bench.customer)
    moved = shop.desk.move_line(shop.cart, first, to=other)
    assert (moved.id, [line.id for line in moved.lines]) == (other.id, [first])
    assert [line.id for line in shop.desk.cart(shop.cart).lines] == [second]
    assert (moved.holds[0].numbers, shop.on_offer) == ((piece(NEW, 0, 2),), 97)
    stranger = shop.desk.start_trial(company="Pier", email="p@pier.example", timezone="America/Los_Angeles")
    with pytest.raises(OtherCustomersCart, match="lines move between carts of one customer"):
        shop.desk.move_line(other, first, to=shop.desk.open_cart(stranger))


def test_p1_p3_the_valid_numbers_of_a_paste_become_a_port_and_more_can_join_it() -> None:
    shop = Shopper()
    report = read_numbers("415-398-2010\n415-398-2011\n415-398-201\nMaria")
    [line] = shop.desk.add_port(shop.cart, report, ACCOUNT).lines
    assert shop.desk.cart(shop.cart).to_port == 2
    more = shop.desk.change_numbers(shop.cart, line.id, read_numbers("415-398-2011 - 2014"))
    assert (more.to_port, len(more.lines), shop.bench.asked("reserve")) == (4, 1, [])
    with pytest.raises(EmptyLine):
        shop.desk.add_port(shop.cart, read_numbers("Maria"), ACCOUNT)


def test_what_is_kept_secret_of_an_account_is_forgotten_with_its_line() -> None:
    shop = Shopper()
    [line] = shop.desk.add_port(shop.cart, [OLD], evolve(ACCOUNT, pin=Secret("8241"))).lines
    assert isinstance(line, PortLine)
    kept = (line.account.account_number, line.account.pin)
    store = shop.bench.store
    for secret, text in zip(kept, ("004-881-22", "8241"), strict=True):
        assert isinstance(secret, SecretRef)
        assert store.secret("north", secret).reveal() == text
    shop.desk.remove_numbers(shop.cart, [OLD])
    for secret in kept:
        assert isinstance(secret, SecretRef)
        with pytest.raises(UnknownRecord):
            store.secret("north", secret)


def test_who_only_looks_at_a_cart_does_not_get_in_the_way_of_who_changes_it() -> None:
    shop = Shopper()
    line = shop.add(0, 4)
    request = shop.desk.add_request(shop.cart, quantity=3, npa="415").lines[-1].id
    looker = shop.bench.open_desk()
    for change in (
        lambda: shop.desk.add_numbers(shop.cart, [piece(NEW, 10, 12)]),
        lambda: shop.desk.remove_numbers(shop.cart, [NEW.first]),
        lambda: shop.desk.add_request(shop.cart, quantity=2, npa="415"),
        lambda: shop.desk.add_port(shop.cart, [OLD], ACCOUNT),
        lambda: shop.desk.change_quantity(shop.cart, request, 5),
        lambda: shop.desk.move_line(shop.cart, line, position=0),
        lambda: shop.desk.place(shop.cart),
    ):
        shop.wait(1)
        shop.bench.store.just_before = lambda: looker.look_at(shop.cart)
        change()
    assert [line.quantity for line in shop.desk.cart(shop.cart).lines] == [3, 5, 2, 2, 5]


def test_two_who_change_a_cart_at_once_are_decided_about_one_after_the_other() -> None:
    shop = Shopper()
    other = shop.bench.open_desk()
    shop.bench.store.just_before = lambda: other.add_port(shop.cart, [NEW.first], ACCOUNT)
    with pytest.raises(AlreadyInCart):
        shop.add(0, 2)
    assert shop.on_offer == 100
    shop.bench.store.just_before = lambda: other.add_numbers(shop.cart, [piece(NEW, 20, 22)])
    shop.add(10, 12)
    assert [line.quantity for line in shop.desk.cart(shop.cart).lines] == [1, 2, 2]


# --- how long numbers are kept ----------------------------------------------------------------------------------------


def test_each_look_at_a_cart_has_the_carrier_keep_its_numbers_longer_up_to_its_cap() -> None:
    shop = Shopper()
    line = shop.add(0, 2)
    assert shop.ends(line) == [30]
    shop.wait(20)
    assert shop.ends(line) == [10]
    shop.desk.look_at(shop.cart)
    assert shop.ends(line) == [30]
    for _ in range(5):
        shop.wait(20)
        shop.desk.look_at(shop.cart)
    assert shop.ends(line) == [0]
    assert shop.line(line).holds[0].over


def test_adding_to_a_cart_is_a_look_at_it() -> None:
    shop = Shopper()
    line = shop.add(0, 2)
    shop.wait(20)
    shop.add(5, 6)
    assert shop.ends(line) == [30]
    shop.wait(20)
    shop.desk.change_numbers(shop.cart, line, [piece(NEW, 0, 1)])
    assert shop.ends(line) == [30]


def test_a_cart_may_keep_numbers_for_a_shorter_time_than_the_carrier() -> None:
    shop = Shopper(keeping=SLIDING)
    line = shop.add(0, 2)
    assert shop.ends(line) == [15]
    shop.wait(10)
    shop.desk.look_at(shop.cart)
    assert shop.ends(line) == [15]
    assert shop.bench.asked("extend") == []
    shop.wait(10)
    shop.desk.look_at(shop.cart)
    assert (shop.ends(line), len(shop.bench.asked("extend"))) == ([15], 1)
    shop.wait(15)
    assert shop.on_offer == 98
    [freed] = shop.desk.lapse()
    assert (freed.id, shop.on_offer) == (shop.cart, 100)
    assert shop.desk.lapse() == ()


def test_a_cart_keeps_numbers_for_no_longer_than_its_cap_however_often_it_is_looked_at() -> None:
    shop = Shopper(keeping=CartPolicy(keeps_for=timedelta(minutes=15), keeps_at_most=timedelta(minutes=40)))
    line = shop.add(0, 2)
    for left in (15, 15, 15, 10):
        assert shop.ends(line) == [left]
        shop.wait(10)
        shop.desk.look_at(shop.cart)
    assert shop.line(line).holds[0].over
    assert shop.on_offer == 100


def test_what_has_lapsed_is_held_anew_when_that_is_asked_for() -> None:
    shop = Shopper()
    line = shop.add(0, 4)
    shop.wait(30)
    shop.desk.look_at(shop.cart)
    assert shop.on_offer == 100
    [_, lapsed] = shop.desk.place(shop.cart).alerts
    assert isinstance(lapsed, HoldLapsed)
    assert (lapsed.numbers, lapsed.blocking) == ((piece(NEW, 0, 4),), True)
    other = shop.add(10, 12)
    before = shop.line(other)
    shop.desk.hold_anew(shop.cart)
    assert (shop.ends(line), shop.line(other).holds[0].reference) == ([30], before.holds[0].reference)
    assert shop.on_offer == 94
    assert len(shop.desk.place(shop.cart).alerts) == 1


def test_what_is_gone_when_it_is_held_anew_is_named_with_alternatives() -> None:
    shop = Shopper()
    line = shop.add(0, 4)
    shop.wait(30)
    shop.someone_takes(piece(NEW, 1, 2))
    shop.desk.hold_anew(shop.cart)
    assert shop.line(line).gone == (piece(NEW, 1, 2),)
    assert shop.line(line).instead[0].ranges == (piece(NEW, 2, 6),)
    _, gone, lapsed = shop.desk.place(shop.cart).alerts
    assert isinstance(gone, NumbersGone)
    assert isinstance(lapsed, HoldLapsed)
    assert gone.alternatives == shop.line(line).instead
    assert lapsed.count == 3
    shop.desk.remove_numbers(shop.cart, gone.numbers)
    shop.desk.hold_anew(shop.cart)
    assert (shop.ends(line), shop.line(line).gone, shop.on_offer) == ([30], (), 96)


def test_what_is_gone_altogether_is_not_asked_for_again() -> None:
    shop = Shopper()
    line = shop.add(0, 2)
    shop.wait(30)
    shop.someone_takes(piece(NEW, 0, 2))
    shop.desk.hold_anew(shop.cart)
    asked = len(shop.bench.asked("reserve"))
    shop.desk.hold_anew(shop.cart)
    assert (shop.line(line).gone, len(shop.bench.asked("reserve"))) == ((piece(NEW, 0, 2),), asked)
    assert [alert.kind.value for alert in shop.desk.place(shop.cart).alerts] == [
        "signature_needed",
        "numbers_gone",
    ]


def test_what_the_carrier_has_let_go_before_its_time_is_asked_for_anew_at_the_next_look() -> None:
    shop = Shopper()
    line = shop.add(0, 4)
    shop.drop(line)
    before = shop.line(line).holds[0]
    shop.wait(5)
    shop.desk.look_at(shop.cart)
    [hold] = shop.line(line).holds
    assert (hold.since, shop.ends(line), shop.on_offer) == (before.since, [30], 96)
    assert hold.reference != before.reference
    shop.drop(line)
    shop.someone_takes(piece(NEW, 3, 5))
    shop.desk.look_at(shop.cart)
    assert (shop.line(line).gone, shop.line(line).holds[0].over) == ((piece(NEW, 3, 4),), True)


def test_a_hold_is_as_it_was_when_the_carrier_does_not_answer() -> None:
    shop = Shopper()
    line = shop.add(0, 4)
    shop.wait(20)
    shop.bench.wire.lose("extend", arrives=False)
    shop.desk.look_at(shop.cart)
    assert shop.ends(line) == [10]
    shop.drop(line)
    shop.bench.wire.lose("reserve", arrives=False)
    shop.desk.look_at(shop.cart)
    assert shop.ends(line) == [10]
    shop.desk.look_at(shop.cart)
    assert shop.ends(line) == [30]


def test_a_carrier_that_will_not_keep_them_anew_has_let_the_numbers_go() -> None:
    shop = Shopper()
    line = shop.add(0, 4)
    shop.drop(line)
    carrier = shop.desk.carrier

    class Closed:
        def reserve(self, _request: object) -> Refused:
            return Refused(RefusalReason.NOT_ALLOWED, "no more reservations today")

        def __getattr__(self, name: str) -> Any:
            return getattr(carrier, name)

    shop.desk.carrier = Closed()
    shop.desk.look_at(shop.cart)
    assert shop.line(line).holds[0].over


def test_who_puts_in_what_somebody_puts_in_at_the_same_time_leaves_it_kept() -> None:
    shop = Shopper()
    other = shop.bench.open_desk()
    shop.bench.store.just_before = lambda: other.add_numbers(shop.cart, [piece(NEW, 0, 2)])
    with pytest.raises(AlreadyInCart):
        shop.add(0, 2)
    assert shop.bench.asked("unreserve") == []
    with pytest.raises(NumbersUnavailable):
        Bench(wire=shop.bench.wire).confirm(new=1)


def test_what_was_held_anew_for_a_line_that_is_gone_meanwhile_is_let_go() -> None:
    shop = Shopper()
    line = shop.add(0, 4)
    shop.drop(line)
    other = shop.bench.open_desk()
    shop.bench.store.just_before = lambda: other.remove_line(shop.cart, line)
    assert shop.desk.look_at(shop.cart).lines == ()
    assert shop.on_offer == 100


# --- placed and left lying --------------------------------------------------------------------------------------------


def test_o1_looking_at_the_cart_keeps_its_confirmation_open() -> None:
    shop = Shopper()
    shop.add(0, 4)
    confirmation = shop.desk.place(shop.cart)
    shop.wait(20)
    shop.desk.look_at(shop.cart)
    shop.wait(20)
    assert len(shop.desk.finish(confirmation, ["signature_needed"])) == 1


def test_a_confirmation_that_lapses_frees_everything_that_its_cart_kept() -> None:
    shop = Shopper()
    shop.add(0, 4)
    shop.wait(20)
    shop.bench.wire.lose("extend", arrives=False)
    shop.add(10, 12)
    confirmation = shop.desk.place(shop.cart)
    shop.wait(10)
    assert shop.on_offer == 98
    with pytest.raises(ConfirmationLapsed):
        shop.desk.finish(confirmation, ["signature_needed", "hold_lapses_soon"])
    assert shop.on_offer == 100
    assert [hold.over for hold in shop.desk.cart(shop.cart).holds] == [True, True]
    assert shop.desk.orders(shop.bench.customer) == ()
    with pytest.raises(CannotFinish):
        shop.read()
    shop.desk.hold_anew(shop.cart)
    assert len(shop.read()) == 1


def test_a_cart_that_is_filled_on_after_placing_keeps_what_it_has_when_the_confirmation_is_forgotten() -> (
    None
):
    shop = Shopper()
    shop.add(0, 4)
    confirmation = shop.desk.place(shop.cart)
    shop.wait(20)
    shop.bench.wire.lose("extend", arrives=False)
    shop.add(10, 12)
    shop.wait(10)
    [cart] = shop.desk.lapse()
    assert [hold.over for hold in cart.holds] == [True, False]
    with pytest.raises(CartChanged):
        shop.desk.finish(confirmation, ["signature_needed"])


def test_finishing_has_the_numbers_kept_for_as_long_as_the_carrier_keeps_them() -> None:
    shop = Shopper(keeping=SLIDING)
    shop.add(0, 4)
    shop.wait(10)
    [order] = shop.read()
    [hold] = order.holds
    assert hold.until == shop.bench.world.now() + timedelta(minutes=30)
    assert shop.desk.cart(shop.cart).lines == ()
    assert shop.desk.lapse() == ()
    assert shop.on_offer == 96


def test_an_order_of_blocks_remembers_them() -> None:
    shop = Shopper(limits=OrderPolicy.as_of_2026())
    shop.add(10, 20, block=True)
    shop.add(0, 2)
    [order] = shop.read()
    assert order.blocks == (piece(NEW, 10, 20),)


def test_one_number_is_ported_for_one_customer_of_a_partner() -> None:
    bench = Bench()
    bench.port()
    neighbor = bench.desk.start_trial(
        company="Pier", email="p@pier.example", timezone="America/Los_Angeles"
    ).id
    bench.desk.enter_contract_information(neighbor, signer="Lee")
    bench.desk.enter_emergency_address(neighbor, ADDRESS)
    bench.desk.convert_to_paid(neighbor)
    cart = bench.desk.add_port(bench.desk.open_cart(neighbor), [OLD.last], ACCOUNT)
    confirmation = bench.desk.place(cart)
    assert confirmation.blocked
    with pytest.raises(CannotFinish, match=f"another customer has or waits for .{bench.customer}."):
        bench.desk.finish(confirmation, [alert.kind for alert in confirmation.alerts])
