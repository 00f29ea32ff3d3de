"""Searching a carrier, filling a cart, placing it and finishing, through the desk."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest

from bench import ACCOUNT, NEW, OLD, Bench, piece, states
from pstnkit.carriers.protocol import (
    Accepted,
    Capabilities,
    Offer,
    OfferPage,
    Reply,
    SearchOffers,
    Unreserve,
)
from pstnkit.desk.answers import CarrierRefused, CarrierSilent, UnsupportedFilter
from pstnkit.desk.desk import Desk
from pstnkit.inventory.exchanges import Exchanges
from pstnkit.inventory.query import InvalidQuery, SearchQuery
from pstnkit.inventory.refusals import NumbersUnavailable
from pstnkit.lifecycle.machine import DecisionRefused
from pstnkit.numbering.ranges import NumberRange
from pstnkit.numbering.telephone import TelephoneNumber
from pstnkit.ordering.cart import AlreadyInCart, EmptyLine, PortingNotOpen, UnknownLine
from pstnkit.ordering.confirmation import CannotFinish, CartChanged, ConfirmationLapsed
from pstnkit.ordering.lines import NotABlock, NumbersLine, PortLine
from pstnkit.ordering.number_events import Assignee, AssigneeKind, NumberStatus
from pstnkit.ordering.numbers import AlreadyAssigned, NotThisCustomers
from pstnkit.ordering.orders import NumberOrder, OrderStatus
from pstnkit.porting.cutoffs import DateNotPermitted
from pstnkit.porting.regions import NoNpacRegion
from pstnkit.stores.protocol import StaleRecord, UnknownRecord

MARIA = Assignee(AssigneeKind.USER, "Maria")
SALES = Assignee(AssigneeKind.HUNT_GROUP, "Sales")


# --- searching ------------------------------------------------------------------------------------------------------


def test_a_search_finds_runs_in_what_the_carrier_offers_over_all_its_pages() -> None:
    bench = Bench()
    bench.world.put_on_offer([NumberRange("4152020000", "4152020999")])
    bench.wire.sent.clear()
    found = bench.desk.search(SearchQuery(npa="415", quantity=20, consecutive=True))
    assert (found.result.available, found.dropped, found.filtered_here) == (1100, 0, ())
    assert found.carrier == "Simulated Carrier"
    assert len(bench.asked("search")) == 5
    assert {message["filters"]["npa"] for message in bench.asked("search")} == {"415"}


def test_what_a_carrier_offers_is_an_inventory_page_by_page() -> None:
    bench = Bench()
    bench.world.put_on_offer(
        [NumberRange("4152020000", "4152020999"), NumberRange("6282020000", "6282020009")]
    )
    bench.wire.sent.clear()
    everything = bench.desk.stock()
    assert len(everything) == 1110
    assert everything.search(SearchQuery(npa="415", quantity=20, consecutive=True)).satisfied
    assert len(bench.asked("search")) == 5
    assert len(bench.desk.stock(SearchQuery(npa="628"))) == 10
    bench.wire.sent.clear()
    assert len(bench.desk.stock(at_most=300)) == 500
    assert len(bench.asked("search")) == 2
    with pytest.raises(UnsupportedFilter):
        bench.desk.stock(SearchQuery(country="US"))


def test_a_search_that_nothing_fits_is_answered_with_alternatives_from_everything_on_offer() -> None:
    bench = Bench()
    found = bench.desk.search(SearchQuery(state="CA", npa="628", quantity=20, consecutive=True))
    assert (found.result.satisfied, found.result.options) == (False, ())
    assert found.result.alternatives[0].ranges[0].first.npa == "415"
    nothing = bench.desk.search(SearchQuery(quantity=500))
    assert nothing.result.available == 100


@pytest.mark.parametrize(
    "query",
    [
        SearchQuery(ends_with="07"),
        SearchQuery(country="US"),
        SearchQuery(contains="20?2"),
        SearchQuery(npa="415", line_numbers=["2001", "2002"]),
    ],
)
def test_a_filter_that_the_carrier_lacks_is_an_error_unless_it_is_done_on_our_side(
    query: SearchQuery,
) -> None:
    bench = Bench()
    with pytest.raises(UnsupportedFilter) as lacking:
        bench.desk.search(query)
    [name] = lacking.value.filters
    assert lacking.value.carrier == "Simulated Carrier"
    assert name in str(lacking.value)
    assert "on_our_side=True" in str(lacking.value)
    assert bench.asked("search") == []
    found = bench.desk.search(query, on_our_side=True)
    assert found.filtered_here == (name,)
    assert found.result.satisfied
    assert found.result.available <= 100


def test_filters_of_the_carrier_are_left_to_it() -> None:
    bench = Bench()
    found = bench.desk.search(SearchQuery(state="CA", npa="415", nxx="201", contains="2007"))
    assert found.result.options == (NumberRange("4152012007", "4152012007"),)
    assert bench.asked("search")[0]["filters"] == {
        "state": "CA",
        "npa": "415",
        "nxx": "201",
        "contains": "2007",
    }


class Careless:
    """A carrier that sends numbers which nobody asked for, and says of one more page that it left some out."""

    def __init__(self, numbers: Iterable[str]) -> None:
        self._numbers = list(numbers)

    def capabilities(self, _request: Any) -> Reply[Capabilities]:
        return Accepted(
            Capabilities(
                carrier="Careless",
                operations=frozenset({"search"}),
                filters=frozenset({"state", "npa", "nxx", "contains", "starts_with", "ends_with"}),
                page_size=2,
            )
        )

    def search(self, _request: SearchOffers) -> Reply[OfferPage]:
        from decimal import Decimal

        offers = tuple(
            Offer(
                number=TelephoneNumber(number),
                features=frozenset(),
                monthly=Decimal(1),
                setup=Decimal(0),
                currency="USD",
                reservable=False,
            )
            for number in self._numbers
        )
        return Accepted(OfferPage(offers, None, 3))


@pytest.mark.parametrize(
    ("filters", "dropped"),
    [
        ({"npa": "415"}, 2),
        ({"npa": "415", "nxx": "201"}, 3),
        ({"state": "CA"}, 2),
        ({"contains": "2012000"}, 3),
        ({"starts_with": "415201"}, 3),
        ({"ends_with": "2000"}, 1),
        ({}, 0),
    ],
)
def test_numbers_that_do_not_match_are_dropped_and_counted(filters: dict[str, str], dropped: int) -> None:
    bench = Bench()
    bench.desk.carrier = Careless(["4152012000", "2122022000", "7022022000", "4153982001"])
    found = bench.desk.search(SearchQuery().replace(**filters))
    assert found.dropped == dropped + 3
    assert found.result.available == 4 - dropped


def test_a_carrier_that_does_not_answer_a_search_is_silent_and_one_that_refuses_has_its_reason() -> None:
    bench = Bench()
    bench.wire.lose("search", arrives=True)
    with pytest.raises(CarrierSilent) as silent:
        bench.desk.search(SearchQuery(npa="415"))
    assert (silent.value.operation, silent.value.why) == ("search", "no answer in time")
    assert str(silent.value) == "the carrier did not answer 'search': no answer in time"
    bench.desk.carrier = object()
    with pytest.raises(CarrierRefused, match=r"refused 'capabilities' \(unsupported\)"):
        bench.desk.search(SearchQuery(npa="415"))


# --- the cart -------------------------------------------------------------------------------------------------------


def test_numbers_in_the_cart_are_kept_by_the_carrier_and_let_go_with_their_line() -> None:
    bench = Bench()
    cart = bench.desk.open_cart(bench.customer)
    filled = bench.desk.add_numbers(cart.id, [NumberRange(NEW.first, NEW.first + 9)])
    assert filled.new_numbers == 10
    assert bench.desk.search(SearchQuery(npa="415")).result.available == 90
    emptied = bench.desk.remove_line(cart.id, filled.lines[0].id)
    assert emptied.lines == ()
    assert bench.desk.search(SearchQuery(npa="415")).result.available == 100
    requested = bench.desk.add_request(cart.id, quantity=3, state="CA")
    assert bench.desk.remove_line(cart.id, requested.lines[0].id).new_numbers == 0
    with pytest.raises(UnknownLine):
        bench.desk.remove_line(cart.id, "line-x")
    assert bench.desk.cart(cart.id).lines == ()


def test_numbers_that_are_gone_are_named_and_the_cart_stays_as_it_was() -> None:
    bench = Bench()
    cart = bench.desk.open_cart(bench.customer).id
    bench.desk.add_numbers(cart, [NEW.first])
    other = bench.desk.open_cart(bench.customer).id
    with pytest.raises(NumbersUnavailable) as gone:
        bench.desk.add_numbers(other, [NumberRange(NEW.first, NEW.first + 1)])
    assert gone.value.numbers == (NumberRange(NEW.first, NEW.first),)
    assert bench.desk.cart(other).lines == ()


def test_numbers_that_are_gone_come_with_alternatives_from_what_is_on_offer() -> None:
    bench = Bench()
    mine, cart = (bench.desk.open_cart(bench.customer).id for _ in range(2))
    bench.desk.add_numbers(mine, [piece(NEW, 0, 3)])
    bench.wire.sent.clear()
    with pytest.raises(NumbersUnavailable) as gone:
        bench.desk.add_numbers(cart, [piece(NEW, 0, 2)])
    assert gone.value.alternatives[0].ranges == (piece(NEW, 3, 5),)
    assert [message["filters"] for message in bench.asked("search")] == [{"npa": "415"}]
    bench.desk.add_numbers(mine, [piece(NEW, 3, 100)])
    with pytest.raises(NumbersUnavailable) as gone:
        bench.desk.add_numbers(cart, [piece(NEW, 0, 2)])
    assert [str(a.kind) for a in gone.value.alternatives] == ["advanced_order"]
    bench.world.put_on_offer([NumberRange("6282012000", "6282012009")])
    with pytest.raises(NumbersUnavailable) as gone:
        bench.desk.add_numbers(cart, [piece(NEW, 0, 2)])
    assert [str(a.kind) for a in gone.value.alternatives] == ["overlay", "same_state", "advanced_order"]


def test_numbers_are_gone_though_the_carrier_does_not_say_what_there_is_instead() -> None:
    bench = Bench()
    mine, cart = (bench.desk.open_cart(bench.customer).id for _ in range(2))
    bench.desk.add_numbers(mine, [NEW.first])
    bench.wire.lose("search", arrives=True)
    with pytest.raises(NumbersUnavailable) as gone:
        bench.desk.add_numbers(cart, [NEW.first])
    assert gone.value.alternatives == ()


def test_numbers_that_the_cart_has_already_are_no_question_to_the_carrier() -> None:
    bench = Bench()
    cart = bench.desk.open_cart(bench.customer).id
    bench.desk.add_numbers(cart, [NEW.first])
    with pytest.raises(AlreadyInCart):
        bench.desk.add_numbers(cart, [piece(NEW, 0, 2)])
    assert len(bench.asked("reserve")) == 1


def test_no_numbers_at_all_are_the_callers_mistake_and_no_carrier_is_asked() -> None:
    bench = Bench()
    cart = bench.desk.open_cart(bench.customer).id
    bench.wire.sent.clear()
    with pytest.raises(EmptyLine):
        bench.desk.add_numbers(cart, [])
    assert bench.asked("reserve") == []


def test_a_block_is_put_into_the_cart_as_one_and_what_is_none_is_refused_before_the_carrier_is_asked() -> (
    None
):
    bench = Bench()
    cart = bench.desk.open_cart(bench.customer).id
    bench.wire.sent.clear()
    with pytest.raises(NotABlock):
        bench.desk.add_numbers(cart, [piece(NEW, 1, 11)], block=True)
    assert bench.asked("reserve") == []
    [line] = bench.desk.add_numbers(cart, [piece(NEW, 10, 20)], block=True).lines
    assert isinstance(line, NumbersLine)
    assert line.block


def test_a_lost_answer_to_a_reservation_is_no_loss_when_it_is_asked_again() -> None:
    bench = Bench()
    cart = bench.desk.open_cart(bench.customer).id
    bench.wire.lose("reserve", arrives=True)
    with pytest.raises(CarrierSilent):
        bench.desk.add_numbers(cart, [NEW.first])
    assert bench.desk.add_numbers(cart, [NEW.first]).new_numbers == 1


def test_a_refused_reservation_has_the_carriers_reason() -> None:
    bench = Bench()
    bench.desk.carrier = object()
    cart = bench.desk.open_cart(bench.customer).id
    with pytest.raises(CarrierRefused):
        bench.desk.add_numbers(cart, [NEW.first])


def test_numbers_that_cannot_be_put_into_the_cart_are_not_kept_at_the_carrier() -> None:
    bench = Bench()
    cart = bench.desk.open_cart(bench.customer).id
    other = bench.open_desk()

    def meanwhile(message: dict[str, Any]) -> None:
        if message["op"] == "reserve":
            bench.desk.add_port(cart, [NEW.first], _account())

    bench.wire.on_sending = meanwhile
    with pytest.raises(AlreadyInCart):
        other.add_numbers(cart, [NEW.first])
    bench.wire.on_sending = lambda _: None
    assert bench.desk.search(SearchQuery(npa="415")).result.available == 100


def _account() -> Any:
    from bench import ACCOUNT

    return ACCOUNT


def test_a_trial_cannot_put_a_port_into_the_cart() -> None:
    bench = Bench(paid=False)
    cart = bench.desk.open_cart(bench.customer).id
    with pytest.raises(PortingNotOpen):
        bench.desk.add_port(cart, [OLD], _account())
    assert bench.desk.cart(cart).lines == ()


# --- placing and finishing ------------------------------------------------------------------------------------------


def test_nothing_is_made_or_sent_before_the_alerts_are_read_and_the_order_is_finished() -> None:
    bench = Bench()
    confirmation = bench.confirm(new=3)
    bench.wire.sent.clear()
    before = bench.kept()
    with pytest.raises(CannotFinish):
        bench.desk.finish(confirmation.id)
    assert bench.kept() == before
    assert {message["op"] for message in bench.wire.sent} == {"world.clock"}
    orders = bench.finish(confirmation)
    assert [order.status for order in orders] == [OrderStatus.AWAITING_SIGNATURE]
    assert bench.finish(confirmation) == orders
    assert len(bench.asked("send_agreement")) == 1
    assert bench.desk.cart(confirmation.cart).lines == ()


def test_a_confirmation_lapses_with_its_holds_and_a_changed_cart_is_placed_again() -> None:
    bench = Bench()
    lapsed, changed = bench.confirm(new=1), bench.confirm(new=1, at=5)
    bench.desk.add_request(changed.cart, quantity=1, npa="415")
    with pytest.raises(CartChanged):
        bench.finish(changed)
    bench.world.pass_time(minutes=30)
    with pytest.raises(ConfirmationLapsed):
        bench.finish(lapsed)
    assert bench.desk.orders(bench.customer) == ()


def drop_reservations(bench: Bench, cart: str) -> None:
    """The carrier no longer keeps what is in the cart, and the desk has not heard of it."""
    for line in bench.desk.cart(cart).lines:
        assert isinstance(line, NumbersLine)
        for hold in line.holds:
            bench.world.carrier.unreserve(Unreserve(f"{hold.reference}/lost", hold.reference))


def test_finishing_asks_the_carrier_to_keep_the_numbers_longer() -> None:
    bench = Bench()
    confirmation = bench.confirm(new=3)
    bench.world.pass_time(minutes=20)
    [order] = bench.finish(confirmation)
    assert isinstance(order, NumberOrder)
    [hold] = order.holds
    assert hold.until == bench.world.now() + timedelta(minutes=30)
    assert len(bench.asked("extend")) == 1


def test_numbers_that_are_gone_when_the_order_is_finished_are_named_and_nothing_is_made() -> None:
    bench = Bench()
    cart = bench.desk.open_cart(bench.customer).id
    bench.desk.add_numbers(cart, [NumberRange(NEW.first, NEW.first + 9)])
    bench.desk.add_numbers(cart, [NumberRange(NEW.first + 20, NEW.first + 24)])
    confirmation = bench.desk.place(cart)
    drop_reservations(bench, cart)
    other = bench.desk.open_cart(bench.customer).id
    bench.desk.add_numbers(other, [NumberRange(NEW.first + 2, NEW.first + 3)])
    before = bench.kept()
    with pytest.raises(NumbersUnavailable) as gone:
        bench.finish(confirmation)
    assert gone.value.numbers == (NumberRange(NEW.first + 2, NEW.first + 3),)
    assert gone.value.alternatives[0].ranges == (NumberRange(NEW.first + 4, NEW.first + 13),)
    assert bench.kept() == before
    assert bench.desk.orders(bench.customer) == ()
    # What was reserved anew for the other line stays with the cart, which says what is gone, and of which line.
    assert bench.desk.search(SearchQuery(npa="415")).result.available == 93
    lost, kept = bench.desk.cart(cart).lines
    assert isinstance(lost, NumbersLine)
    assert isinstance(kept, NumbersLine)
    assert (lost.gone, lost.instead) == (gone.value.numbers, gone.value.alternatives)
    assert [hold.over for hold in (*lost.holds, *kept.holds)] == [True, False]
    with pytest.raises(CannotFinish) as refusal:
        bench.finish(confirmation)
    assert [alert.kind.value for alert in refusal.value.alerts] == ["numbers_gone", "hold_lapsed"]


def test_what_the_carrier_keeps_no_more_is_reserved_anew_when_the_order_is_finished() -> None:
    bench = Bench()
    confirmation = bench.confirm(new=3)
    drop_reservations(bench, confirmation.cart)
    [order] = bench.finish(confirmation)
    assert isinstance(order, NumberOrder)
    assert bench.desk.search(SearchQuery(npa="415")).result.available == 97
    bench.sign()
    assert bench.asked("order")[0]["reservations"] == [order.holds[0].reference]
    bench.wait(minutes=10)
    assert states([bench.number_order(order.id)]) == [("completed", 3, 0, False)]


def test_an_order_is_finished_though_the_carrier_does_not_answer_about_its_holds() -> None:
    bench = Bench()
    silent, lost = bench.confirm(new=3), bench.confirm(new=3, at=10)
    bench.wire.lose("extend", arrives=False)
    [order] = bench.finish(silent)
    assert isinstance(order, NumberOrder)
    assert order.holds == silent.orders[0].holds
    drop_reservations(bench, lost.cart)
    bench.wire.lose("reserve", arrives=False)
    [order] = bench.finish(lost)
    assert isinstance(order, NumberOrder)
    assert order.holds == lost.orders[0].holds


def test_a_hold_that_lapses_before_the_signature_is_no_loss_while_the_numbers_are_on_offer() -> None:
    bench = Bench()
    order = bench.order()
    bench.world.pass_time(minutes=45)
    bench.sign()
    assert bench.asked("order")[0]["reservations"] == []
    bench.wait(minutes=10)
    assert states([bench.number_order(order.id)]) == [("completed", 3, 0, False)]


def test_one_confirmation_finished_by_two_at_once_makes_its_orders_once() -> None:
    bench = Bench()
    confirmation = bench.confirm(new=1, source=2)
    other = bench.open_desk()
    read = {alert.kind for alert in confirmation.alerts}
    bench.store.just_before = lambda: other.finish(confirmation.id, read)
    orders = bench.desk.finish(confirmation.id, read)
    assert len(orders) == 2
    assert bench.desk.orders(bench.customer) == orders
    assert len(bench.asked("send_agreement")) == 1


def test_a_confirmation_finished_by_many_threads_makes_its_orders_once() -> None:
    from concurrent.futures import ThreadPoolExecutor

    bench = Bench()
    confirmation = bench.confirm(new=3, source=2, port=[OLD])
    read = {alert.kind for alert in confirmation.alerts}
    desks = [bench.open_desk() for _ in range(6)]
    with ThreadPoolExecutor(len(desks)) as pool:
        made = list(pool.map(lambda desk: desk.finish(confirmation.id, read), desks))
    assert {tuple(order.id for order in orders) for orders in made} == {
        tuple(order.id for order in bench.desk.orders(bench.customer))
    }
    assert len(bench.desk.orders(bench.customer)) == 3
    assert len(bench.world.mailbox("admin@quay.example")) == 2


def test_who_is_overtaken_for_ever_is_told_so_in_the_end() -> None:
    bench = Bench()
    confirmation = bench.confirm(source=2)
    bench.store.always_overtaken = True
    with pytest.raises(StaleRecord):
        bench.finish(confirmation)


def test_two_orders_need_one_contract_and_each_port_its_own_letter() -> None:
    bench = Bench()
    bench.order(1)
    bench.order(1, at=1)
    bench.port(NumberRange(OLD.first, OLD.first))
    bench.port(NumberRange(OLD.first + 1, OLD.first + 2))
    kinds = [envelope.kind for envelope in bench.world.mailbox("admin@quay.example")]
    assert sorted(kinds) == ["contract", "letter_of_authorization", "letter_of_authorization"]


def test_letters_signed_before_the_contract_wait_for_it() -> None:
    bench = Bench()
    port = bench.port()
    bench.sign("letter_of_authorization")
    assert bench.port_order(port.id).status.value == "awaiting_contract"
    expected = bench.desk.expectation(port.id)
    assert (expected.sentences(), expected.due) == (("Dana Reed has to sign the contract",), None)
    bench.sign("contract")
    assert bench.port_order(port.id).status.value == "submitted"
    assert bench.desk.expectation(port.id).due is not None


def test_the_letter_is_awaited_once_the_contract_is_signed() -> None:
    bench = Bench()
    port = bench.port()
    bench.sign("contract")
    assert bench.port_order(port.id).status.value == "awaiting_loa"
    bench.sign()
    assert bench.port_order(port.id).status.value == "submitted"


def test_an_order_that_waits_for_the_terms_waits_for_the_contract_after_the_move_to_paid() -> None:
    bench = Bench(paid=False)
    order = bench.order(1)
    [terms] = bench.world.mailbox("admin@quay.example")
    assert terms.kind == "terms_of_service"
    bench.desk.convert_to_paid(bench.customer)
    bench.world.sign(terms)
    bench.hear()
    assert bench.number_order(order.id).status is OrderStatus.AWAITING_SIGNATURE
    bench.sign("contract")
    assert bench.number_order(order.id).status is OrderStatus.PROCESSING


def test_what_was_declined_is_asked_for_again_with_the_next_order_only() -> None:
    bench = Bench()
    order = bench.order(1)
    [contract] = bench.world.mailbox("admin@quay.example")
    bench.world.decline(contract)
    bench.hear()
    bench.desk.carry_on(bench.customer)
    assert bench.world.mailbox("admin@quay.example") == ()
    assert [agreement.status.value for agreement in bench.desk.agreements(bench.customer)] == ["declined"]
    assert bench.number_order(order.id).status is OrderStatus.AWAITING_SIGNATURE
    bench.order(1, at=1)
    assert len(bench.world.mailbox("admin@quay.example")) == 1
    bench.sign()
    assert [order.status for order in bench.desk.orders(bench.customer)] == [OrderStatus.PROCESSING] * 2


# --- numbers --------------------------------------------------------------------------------------------------------


def test_numbers_are_assigned_while_pending_and_used_once_the_port_is_complete() -> None:
    bench = Bench()
    bench.port()
    bench.sign()
    book = bench.desk.assign(bench.customer, [OLD.first], MARIA)
    assert (book[OLD.first].status, book[OLD.first].provisioned) == (NumberStatus.PENDING, False)
    bench.wait(days=22)
    book = bench.desk.numbers(bench.customer)
    assert (book[OLD.first].status, book[OLD.first].assignee) == (NumberStatus.ASSIGNED, MARIA)
    assert (len(book), bench.count("unassigned"), bench.count("assigned")) == (5, 4, 1)


def test_a_refused_assignment_changes_nothing() -> None:
    bench = Bench()
    bench.order()
    bench.desk.assign(bench.customer, [NEW.first], MARIA)
    before = bench.kept()
    with pytest.raises(AlreadyAssigned):
        bench.desk.assign(bench.customer, [NEW.first + 1, NEW.first], SALES)
    with pytest.raises(NotThisCustomers):
        bench.desk.assign(bench.customer, [NEW.first + 1, OLD.first], SALES)
    assert bench.kept() == before
    assert bench.desk.unassign(bench.customer, [NEW.first])[NEW.first].assignee is None


def test_refused_decisions_change_nothing() -> None:
    bench = Bench()
    order = bench.order()
    before = bench.kept()
    for refused in (
        lambda: bench.desk.accept_address(bench.customer),
        lambda: bench.desk.settle(order.id, "nothing to settle"),
        lambda: bench.desk.skip_set_up(bench.customer),
    ):
        with pytest.raises(DecisionRefused):
            refused()
    assert bench.kept() == before


def test_another_partner_sees_nothing() -> None:
    bench = Bench()
    order = bench.order()
    other = bench.open_desk("south")
    for look in (other.customer, other.numbers, other.orders):
        with pytest.raises(UnknownRecord):
            look(bench.customer)
    with pytest.raises(UnknownRecord):
        other.order(order.id)
    assert other.history(order.id) == ()


def test_a_rate_center_is_found_by_the_table_that_the_desk_was_given() -> None:
    table = Exchanges.from_text("State,NPA-NXX,RateCenter\nCA,415-201,SNFC CNTRL\n")
    bench = Bench()
    desk = Desk(bench.world.carrier, partner="north", actor="dana", clock=bench.world.now, exchanges=table)
    query = SearchQuery(rate_center="SNFC CNTRL", state="CA", quantity=2)
    assert desk.search(query, on_our_side=True).result.satisfied


@pytest.mark.parametrize("place", [{}, {"state": "XX"}, {"npa": "41"}, {"state": "NY", "npa": "415"}])
def test_an_advanced_order_says_where_it_wants_its_numbers(place: dict[str, str]) -> None:
    bench = Bench()
    cart = bench.desk.open_cart(bench.customer)
    with pytest.raises(InvalidQuery):
        bench.desk.add_request(cart.id, quantity=5, **place)
    assert bench.desk.cart(cart.id).lines == ()


@pytest.mark.parametrize("query", [None, "415"])
def test_a_search_is_asked_with_a_query(query: Any) -> None:
    with pytest.raises(TypeError, match=f"a SearchQuery, not {type(query).__name__}"):
        Bench().desk.search(query)


def test_a_day_that_the_losing_carrier_does_not_allow_does_not_get_into_the_cart() -> None:
    bench = Bench()
    cart = bench.desk.open_cart(bench.customer).id
    with pytest.raises(DateNotPermitted, match="sooner than the rules allow"):
        bench.desk.add_port(cart, [OLD], ACCOUNT, requested=date(2026, 11, 26))
    assert bench.desk.cart(cart).lines == ()
    [line] = bench.desk.add_port(cart, [OLD], ACCOUNT, requested=date(2026, 12, 1)).lines
    assert isinstance(line, PortLine)
    assert line.requested == date(2026, 12, 1)


@pytest.mark.parametrize("number", ["9003210100", "5003210100", "8765115013", "6003210100"])
def test_what_is_not_ported_at_all_does_not_get_into_the_cart(number: str) -> None:
    bench = Bench()
    cart = bench.desk.open_cart(bench.customer).id
    with pytest.raises(NoNpacRegion, match=f"\\+1{number} .* lies in no region of the NPAC"):
        bench.desk.add_port(cart, [OLD, TelephoneNumber(number)], ACCOUNT)
    assert bench.desk.cart(cart).lines == ()
