"""The whole life of a customer's numbers, from a skipped set-up to the day the ported ones work."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from bench import ADDRESS, EMAIL, NEW, OLD, Bench, piece, signed_bench, states
from pstnkit.accounts.address_checks import AddressCorrected
from pstnkit.accounts.customers import AccountKind, SetUpStatus
from pstnkit.carriers.world import SimulatedWorld
from pstnkit.desk.desk import Desk
from pstnkit.errors import CallerError
from pstnkit.inventory.query import SearchQuery
from pstnkit.ordering.number_events import Assignee, AssigneeKind
from pstnkit.ordering.orders import OrderStatus
from pstnkit.stores.protocol import UnknownRecord

SALES = Assignee(AssigneeKind.HUNT_GROUP, "Sales")


def test_from_a_skipped_set_up_to_ported_numbers_that_ring() -> None:
    bench = Bench(paid=False)
    desk = bench.desk
    customer = bench.customer = desk.start_trial(
        company="Quay Carpentry", email=EMAIL, timezone="America/Los_Angeles"
    ).id
    desk.skip_set_up(customer)
    desk.enter_contract_information(customer, signer="Dana Reed")
    said = desk.enter_emergency_address(customer, evolve(ADDRESS, street="Ansun St"))
    assert isinstance(said, AddressCorrected)
    assert desk.accept_address(customer).status is SetUpStatus.READY

    run = desk.search(SearchQuery(npa="415", quantity=20, consecutive=True)).result.options[0]
    cart = desk.open_cart(customer).id
    desk.add_numbers(cart, [run])
    confirmation = desk.place(cart)
    [order] = bench.finish(confirmation)
    assert desk.expectation(order.id).due is None
    assert [envelope.kind for envelope in bench.world.mailbox(EMAIL)] == ["terms_of_service"]
    assert len(order.instructions()) == 1
    bench.sign()
    due = desk.expectation(order.id).due
    bench.wait(minutes=10)
    assert due == bench.world.now()
    assert states([bench.number_order(order.id)]) == [("completed", 20, 0, False)]
    assert not desk.expectation(order.id).waits
    assert desk.assign(customer, piece(NEW, 0, 2), SALES)[NEW.first].assignee == SALES

    assert desk.convert_to_paid(customer).account is AccountKind.PAID
    port = bench.port()
    desk.assign(customer, [OLD], SALES)
    assert {envelope.kind for envelope in bench.world.mailbox(EMAIL)} == {
        "contract",
        "letter_of_authorization",
    }
    bench.sign()
    bench.wait(days=2)
    foc = bench.port_order(port.id).foc
    assert foc is not None
    bench.wait(days=19)
    assert foc.at == bench.world.now()
    done = bench.port_order(port.id)
    assert done.works_from is not None
    assert done.works_from.day == date(2026, 12, 11)
    assert states(desk.orders(customer)) == [("completed", 20, 0, False), ("completed", 5, 0, False)]
    assert (bench.count("assigned"), bench.count("unassigned"), bench.count("pending")) == (7, 18, 0)
    assert all(record.provisioned for _, record in desk.numbers(customer).having())
    assert [entry.path[-1].value for entry in desk.history(port.id) if entry.path] == [
        "awaiting_contract",
        "awaiting_loa",
        "submitting",
        "submitted",
        "foc_confirmed",
        "activating",
        "completed",
    ]


def test_what_stands_at_a_desk_is_named_by_itself_or_by_its_id() -> None:
    bench = Bench()
    customer = bench.desk.customer(bench.customer)
    cart = bench.desk.open_cart(customer)
    cart = bench.desk.add_numbers(cart, [NEW[0]])
    confirmation = bench.desk.place(cart)
    [order] = bench.desk.finish(confirmation, [alert.kind for alert in confirmation.alerts])
    assert bench.desk.order(order) == bench.desk.order(order.id)
    assert bench.desk.orders(customer) == bench.desk.orders(customer.id) == (order,)
    assert bench.desk.expectation(order) == bench.desk.expectation(order.id)
    assert bench.desk.history(order) == bench.desk.history(order.id)
    assert bench.desk.numbers(customer) == bench.desk.numbers(customer.id)
    assert bench.desk.cart(cart).lines == ()
    assert bench.desk.cancel(order).status is OrderStatus.CANCELLED


@pytest.mark.parametrize("stranger", [None, 5, b"order-1"])
def test_what_has_no_id_names_nothing_at_a_desk(stranger: Any) -> None:
    desk = Bench().desk
    for look in (desk.customer, desk.orders, desk.numbers, desk.history, desk.cart, desk.order, desk.cancel):
        with pytest.raises(TypeError, match=f"by its id, not by {type(stranger).__name__}"):
            look(stranger)


@pytest.mark.parametrize(
    "name", ["partner", "actor", "plan", "fulfillment", "limits", "keeping", "letters", "port_dates"]
)
def test_a_desk_is_made_of_what_it_is_said_to_be_made_of(name: str) -> None:
    given: dict[str, Any] = {"partner": "Northwind", "actor": "dana", name: 7}
    with pytest.raises(TypeError, match=f"^{name} of a desk is a .*, not a int$"):
        Desk(SimulatedWorld.starting("2026-11-20T09:00:00-08:00").carrier, **given)


def test_an_order_that_is_none_is_missed_as_an_order_of_either_kind() -> None:
    with pytest.raises(UnknownRecord, match="there is no order or port with the id 'nope'"):
        Bench().desk.order("nope")


def test_a_table_says_how_many_lines_it_leaves_out() -> None:
    bench = Bench()
    bench.finish(bench.confirm(new=3))
    assert "... and 1 line more" in bench.desk.numbers_table(bench.customer, lines=0)
    assert "more" not in bench.desk.numbers_table(bench.customer, lines=1)
    with pytest.raises(CallerError, match="lines is -1"):
        bench.desk.numbers_table(bench.customer, lines=-1)


def test_a_customer_that_is_not_there_has_no_empty_lists_but_is_unknown() -> None:
    desk = Bench().desk
    for ask in (desk.orders, desk.agreements, desk.orders_table, desk.numbers_table):
        with pytest.raises(UnknownRecord):
            ask("customer-404")


def test_what_is_late_is_listed_for_one_customer_or_for_all_the_latest_first() -> None:
    bench = signed_bench()
    bench.wire.lose("order", arrives=False)
    first = bench.order(1, at=0)
    bench.world.pass_time(minutes=5)
    bench.wire.lose("order", arrives=False)
    second = bench.order(1, at=1)
    bench.world.pass_time(minutes=8)
    assert [late.order for late in bench.desk.overdue()] == [first.id]
    bench.world.pass_time(minutes=8)
    late = bench.desk.overdue(bench.customer)
    assert [expected.order for expected in late] == [first.id, second.id]
    assert late == bench.desk.overdue()
    another = bench.desk.start_trial(company="Other", email="b@other.example", timezone="America/Denver")
    assert bench.desk.overdue(another) == ()
