"""An inventory of one's own in front of a carrier: held by the ledger, ordered at the carrier."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bench import ADDRESS, EMAIL, NEW, piece
from pstnkit.carriers.own_inventory import OwnInventory
from pstnkit.carriers.protocol import (
    Accepted,
    AskCapabilities,
    ExtendReservation,
    OrderNumbers,
    OutcomeUnknown,
    Receipt,
    RefusalReason,
    Refused,
    ReserveNumbers,
    SearchOffers,
    Unreserve,
)
from pstnkit.carriers.world import SimulatedWorld
from pstnkit.desk.desk import Desk
from pstnkit.inventory.inventory import Inventory
from pstnkit.inventory.policy import InventoryPolicy
from pstnkit.inventory.query import SearchQuery
from pstnkit.inventory.refusals import NumbersUnavailable
from pstnkit.lifecycle.fulfillment import OrderKind
from pstnkit.ordering.orders import NumberOrder, OrderStatus, Wanted


class Own:
    """A hundred numbers of one's own, and a desk that sells them."""

    def __init__(self, **policy: Any) -> None:
        self.world = SimulatedWorld.starting("2026-11-20T09:00:00-08:00")
        self.world.put_on_offer([NEW])
        self.inventory = Inventory([NEW], policy=InventoryPolicy(**policy))
        self.carrier = OwnInventory(self.inventory, self.world.carrier, clock=self.world.now)
        self.desk = Desk(self.carrier, partner="north", actor="dana", clock=self.world.now)
        self.customer = self.desk.start_trial(company="Quay", email=EMAIL, timezone="America/Los_Angeles").id
        self.desk.enter_contract_information(self.customer, signer="Dana Reed")
        self.desk.enter_emergency_address(self.customer, ADDRESS)
        self.cart = self.desk.open_cart(self.customer).id

    def finish(self) -> NumberOrder:
        confirmation = self.desk.place(self.cart)
        [order] = self.desk.finish(confirmation, [alert.kind for alert in confirmation.alerts])
        assert isinstance(order, NumberOrder)
        return order

    def sign(self) -> None:
        for envelope in self.world.mailbox(EMAIL):
            self.world.sign(envelope)
        self.hear()

    def hear(self) -> None:
        for message in self.world.messages():
            self.desk.receive(message)

    @property
    def free(self) -> int:
        self.inventory.lapse(self.world.now())
        return len(self.inventory)


def ordered(**given: Any) -> OrderNumbers:
    known: dict[str, Any] = {"kind": OrderKind.STANDARD, "quantity": 4, "numbers": (piece(NEW, 0, 4),)}
    return OrderNumbers(client_reference="reference-1", **(known | given))


def test_numbers_are_searched_held_and_sold_out_of_the_inventory_and_provided_by_the_carrier() -> None:
    own = Own()
    found = own.desk.search(SearchQuery(npa="415", ends_with="7", quantity=2))
    assert (found.carrier, found.result.available, found.filtered_here) == ("own inventory", 10, ())
    own.desk.add_numbers(own.cart, [piece(NEW, 0, 10)])
    own.desk.remove_numbers(own.cart, [piece(NEW, 8, 10)])
    assert own.free == 90
    own.world.pass_time(minutes=10)
    order = own.finish()
    assert order.holds[0].until == own.world.now() + timedelta(minutes=15)
    own.sign()
    assert own.free == 92
    own.world.pass_time(minutes=10)
    own.hear()
    done = own.desk.order(order)
    assert (done.status, done.numbers.successful) == (OrderStatus.COMPLETED, 8)


def test_a_hold_slides_with_each_look_at_the_cart_up_to_the_cap_of_the_inventory() -> None:
    own = Own(longest_hold=timedelta(minutes=40))
    own.desk.add_numbers(own.cart, [piece(NEW, 0, 10)])
    ends = []
    for _ in range(4):
        own.world.pass_time(minutes=10)
        [line] = own.desk.look_at(own.cart).chosen
        ends.append((line.holds[0].until - line.holds[0].since) / timedelta(minutes=1))
    assert ends == [25, 35, 40, 40]
    assert own.free == 100


def test_numbers_that_somebody_else_has_are_gone_with_alternatives() -> None:
    own = Own()
    own.inventory.hold(piece(NEW, 2, 4), owner="somebody else", now=own.world.now())
    with pytest.raises(NumbersUnavailable) as gone:
        own.desk.add_numbers(own.cart, [piece(NEW, 0, 4)])
    assert gone.value.numbers == (piece(NEW, 2, 4),)
    assert gone.value.alternatives[0].ranges == (piece(NEW, 4, 8),)


def test_what_was_held_is_given_up_with_its_line_and_offered_page_by_page() -> None:
    own = Own()
    line = own.desk.add_numbers(own.cart, [piece(NEW, 0, 4)]).lines[0].id
    assert len(own.desk.stock()) == 96
    own.desk.remove_line(own.cart, line)
    own.inventory.add([NEW.first + 1000 + n for n in range(300)])
    assert len(own.desk.stock()) == 400


def test_questions_that_make_no_sense_are_refused_with_their_reason() -> None:
    own = Own()
    carrier = own.carrier
    for reply, reason in (
        (carrier.search(SearchOffers({"npa": "41"})), RefusalReason.INVALID),
        (carrier.extend(ExtendReservation("r", "none")), RefusalReason.NOT_FOUND),
        (carrier.unreserve(Unreserve("r", "none")), RefusalReason.NOT_FOUND),
    ):
        assert isinstance(reply, Refused)
        assert reply.reason is reason
    assert isinstance(carrier.reserve(ReserveNumbers("r", (NEW,))), Accepted)
    other = carrier.reserve(ReserveNumbers("r", (piece(NEW, 0, 1),)))
    assert isinstance(other, Refused)
    assert other.reason is RefusalReason.INVALID
    own.world.pass_time(minutes=20)
    for again in (
        carrier.reserve(ReserveNumbers("r", (NEW,))),
        carrier.extend(ExtendReservation("e", "r")),
    ):
        assert isinstance(again, Refused)
        assert again.reason is RefusalReason.RESERVATION_ENDED


def test_what_is_sold_cannot_be_let_go() -> None:
    own = Own()
    own.carrier.reserve(ReserveNumbers("r", (NEW,)))
    own.inventory.purchase("r", now=own.world.now())
    reply = own.carrier.unreserve(Unreserve("u", "r"))
    assert isinstance(reply, Refused)
    assert reply.reason is RefusalReason.RESERVATION_ENDED


def test_an_order_takes_numbers_that_are_on_offer_though_its_hold_has_ended() -> None:
    own = Own()
    own.carrier.reserve(ReserveNumbers("r", (piece(NEW, 0, 2),)))
    own.carrier.reserve(ReserveNumbers("late", (piece(NEW, 2, 4),)))
    own.carrier.unreserve(Unreserve("u", "late"))
    request = ordered(reservations=("r", "late", "unknown"))
    assert isinstance(own.carrier.order(request), Accepted)
    assert isinstance(own.carrier.order(request), Accepted)
    assert own.free == 96


def test_an_order_for_numbers_that_are_gone_sells_nothing() -> None:
    own = Own()
    own.carrier.reserve(ReserveNumbers("r", (piece(NEW, 0, 2),)))
    own.inventory.hold(piece(NEW, 3, 4), owner="somebody else", now=own.world.now())
    reply = own.carrier.order(ordered(reservations=("r",)))
    assert isinstance(reply, Refused)
    assert (reply.reason, reply.numbers) == (RefusalReason.NUMBERS_UNAVAILABLE, (piece(NEW, 3, 4),))
    assert own.free == 99


class Behind:
    """A carrier that answers every order alike."""

    def __init__(self, reply: Any) -> None:
        self.reply = reply

    def capabilities(self, _request: AskCapabilities) -> Any:
        return self.reply

    def order(self, _request: OrderNumbers) -> Any:
        return self.reply

    def release(self, _request: object) -> Any:
        return self.reply


@pytest.mark.parametrize(
    ("reply", "free"),
    [
        (Refused(RefusalReason.OTHER, "no"), 100),
        (OutcomeUnknown(), 96),
        (Accepted(Receipt("OR-1")), 96),
    ],
)
def test_what_the_carrier_refuses_comes_back_and_what_it_may_have_taken_stays_sold(
    reply: Any, free: int
) -> None:
    own = Own()
    carrier = OwnInventory(own.inventory, Behind(reply), clock=own.world.now)
    assert carrier.order(ordered()) is reply
    assert own.free == free


def test_an_advanced_order_is_for_the_carrier_alone() -> None:
    own = Own()
    reply = Refused(RefusalReason.OTHER, "no")
    carrier = OwnInventory(own.inventory, Behind(reply), clock=own.world.now)
    request = ordered(kind=OrderKind.ADVANCED, numbers=(), wanted=Wanted(npa="415"))
    assert carrier.order(request) is reply
    assert carrier.capabilities(AskCapabilities()) is reply


def test_numbers_that_are_given_back_are_on_offer_again() -> None:
    from pstnkit.carriers.protocol import ReleaseNumbers

    own = Own()
    own.carrier.order(ordered())
    taken = OwnInventory(own.inventory, Behind(Accepted(Receipt("RL-1"))), clock=own.world.now)
    kept = OwnInventory(own.inventory, Behind(OutcomeUnknown()), clock=own.world.now)
    request = ReleaseNumbers("release-1", (piece(NEW, 0, 3), piece(NEW, 50, 51)))
    kept.release(request)
    assert own.free == 96
    taken.release(request)
    taken.release(request)
    assert own.free == 99
