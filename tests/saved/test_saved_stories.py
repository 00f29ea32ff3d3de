"""A whole customer, lived at a desk, saved and loaded: nothing is lost, histories replay, and no secret is anywhere."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from bench import ACCOUNT, OLD, Bench, signed_bench
from pstnkit.accounts.customers import Customer
from pstnkit.lifecycle.history import Entry
from pstnkit.lifecycle.record import replay
from pstnkit.ordering.orders import NumberOrder, OrderStatus
from pstnkit.porting.ports import PortOrder, PortStatus
from pstnkit.saved import from_json, to_json
from pstnkit.secret import Secret
from pstnkit.stores import protocol
from pstnkit.stores.memory import MemoryStore
from pstnkit.stores.protocol import Change

ACCOUNT_NUMBER = ACCOUNT.account_number
PIN = "4711-0815"


def lived() -> tuple[Bench, NumberOrder, PortOrder]:
    """A customer with an order that is done and a port that was rejected and corrected, with a cart left over."""
    bench = signed_bench()
    order = bench.order()
    bench.world.reject_next_port("ACCT", "account number does not match")
    port = bench.port()
    bench.sign()
    bench.wait(days=1)
    bench.desk.correct_port(port.id, pin=Secret(PIN))
    bench.wait(days=30)
    cart = bench.desk.open_cart(bench.customer)
    bench.desk.add_port(cart, [OLD.first + 1], ACCOUNT)
    return bench, bench.number_order(order.id), bench.port_order(port.id)


def everything(store: MemoryStore) -> list[Any]:
    """All records of the partner."""
    return [record for kind in get_args(protocol.Record) for record in store.all(kind, "north")]


@pytest.fixture(scope="module")
def life() -> tuple[Bench, NumberOrder, PortOrder]:
    return lived()


def test_everything_that_was_lived_comes_back(life: tuple[Bench, NumberOrder, PortOrder]) -> None:
    bench, order, port = life
    records = everything(bench.store)
    assert {Customer, NumberOrder, PortOrder} <= {type(record) for record in records}
    assert (order.status, port.status) == (OrderStatus.COMPLETED, PortStatus.COMPLETED)
    for record in records:
        history = bench.store.history("north", record.id)
        assert from_json(to_json(record)) == record
        assert from_json(to_json(history)) == history


def test_a_history_that_was_saved_replays_to_the_record(life: tuple[Bench, NumberOrder, PortOrder]) -> None:
    bench, _, port = life
    history: tuple[Entry, ...] = from_json(to_json(bench.store.history("north", port.id)))
    first = _as_it_began(port)
    assert replay(first, [entry.event for entry in history]) == port
    assert replay(first, [entry.event for entry in history * 2]) == port


def _as_it_began(port: PortOrder) -> PortOrder:
    """The port before its first event: what it was made with."""
    return PortOrder(
        id=port.id,
        partner=port.partner,
        customer=port.customer,
        kind=port.kind,
        client_reference=port.client_reference,
        quantity=port.quantity,
        numbers=type(port.numbers)().expecting((OLD,)),
        gates=port.gates,
        losing_carrier=port.losing_carrier,
        account_number=port.account_number,
        business_name=port.business_name,
        requested=port.requested,
    )


def test_another_store_goes_on_where_the_first_one_was(life: tuple[Bench, NumberOrder, PortOrder]) -> None:
    bench, order, port = life
    other = MemoryStore()
    for record in everything(bench.store):
        text, history = to_json(record), to_json(bench.store.history("north", record.id))
        other.save("north", [Change(from_json(text), None)], from_json(history))
    assert other.get(NumberOrder, "north", order.id) == order
    assert other.by_reference("north", port.client_reference) == port
    assert everything(other) == everything(bench.store)
    assert other.history("north", port.id) == bench.store.history("north", port.id)


def test_no_secret_of_a_whole_life_is_in_a_record_an_event_or_what_they_show(
    life: tuple[Bench, NumberOrder, PortOrder],
) -> None:
    bench, _, _ = life
    assert isinstance(ACCOUNT_NUMBER, Secret)
    secrets = (ACCOUNT_NUMBER.reveal(), PIN)
    told = str(bench.wire.sent)
    assert all(secret in told for secret in secrets)
    records = everything(bench.store)
    histories = [bench.store.history("north", record.id) for record in records]
    shown = [to_json(records, secrets="include"), *(to_json(each, secrets="include") for each in histories)]
    shown += [repr(records), repr(histories), repr(bench.notices), repr(vars(bench.store))]
    shown += [bench.desk.orders_table(bench.customer), bench.desk.numbers_table(bench.customer)]
    assert not any(secret in text for secret in secrets for text in shown)
