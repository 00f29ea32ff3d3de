"""The store in memory: compare-and-set, all or nothing, and no partner sees another's."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime

import pytest
from attrs import evolve

from pstnkit.accounts.agreements import Agreement, AgreementKind
from pstnkit.accounts.customers import Customer, SkipSetUp
from pstnkit.carriers.protocol import News
from pstnkit.lifecycle.events import Event, Source
from pstnkit.lifecycle.history import Entry
from pstnkit.lifecycle.machine import Outcome
from pstnkit.lifecycle.reports import BackOrdered
from pstnkit.ordering.cart import Cart
from pstnkit.ordering.orders import NumberOrder
from pstnkit.porting.ports import PortOrder
from pstnkit.secret import Secret, SecretRef
from pstnkit.stores.memory import MemoryStore
from pstnkit.stores.protocol import Change, StaleRecord, UnknownRecord

NOW = datetime(2026, 11, 20, 17, tzinfo=UTC)
FERRY = Customer(id="c-1", partner="north", company="Ferry", email="f@ferry.example", timezone="UTC")
CART = Cart(id="cart-1", partner="north", customer="c-1")
CONTRACT = Agreement(
    id="a-1",
    partner="north",
    customer="c-1",
    kind=AgreementKind.CONTRACT,
    signer="Ana",
    email="f@ferry.example",
    client_reference="r-1",
)


def entry(event: str, subject: str = "c-1") -> Entry:
    return Entry(Event(event, NOW, Source.PARTNER, "Robin", subject, SkipSetUp()), Outcome.EXPECTED)


@pytest.fixture
def store() -> MemoryStore:
    kept = MemoryStore()
    kept.save("north", [Change(FERRY, None), Change(CART, None), Change(CONTRACT, None)], [entry("e-1")])
    return kept


def test_records_are_read_as_they_were_saved(store: MemoryStore) -> None:
    assert store.get(Customer, "north", "c-1") == FERRY
    assert store.all(Cart, "north") == (CART,)
    assert store.all(NumberOrder, "north") == ()
    assert store.of_customer(Agreement, "north", "c-1") == (CONTRACT,)
    assert store.of_customer(Agreement, "north", "c-2") == ()
    assert store.of_customer(PortOrder, "north", "c-1") == ()


def test_what_a_customer_has_is_as_it_stands_now_in_the_order_of_first_saving(store: MemoryStore) -> None:
    second = evolve(CART, id="cart-0")
    changed = evolve(CART, revision=1)
    store.save("north", [Change(second, None)], [])
    store.save("north", [Change(changed, 0)], [])
    assert store.of_customer(Cart, "north", "c-1") == store.all(Cart, "north") == (changed, second)


def test_a_change_to_what_somebody_else_has_changed_is_stale(store: MemoryStore) -> None:
    store.save("north", [Change(evolve(FERRY, revision=1), 0)], [])
    with pytest.raises(StaleRecord) as stale:
        store.save("north", [Change(evolve(FERRY, revision=1, company="Other"), 0)], [])
    error = pickle.loads(pickle.dumps(stale.value))
    assert (error.kind, error.id, error.expected, error.found) == ("Customer", "c-1", 0, 1)
    assert str(error) == "Customer 'c-1' is at revision 1, and the change was made to 0"
    assert store.get(Customer, "north", "c-1").company == "Ferry"


@pytest.mark.parametrize("read_at", [None, 3])
def test_a_new_record_must_be_new_and_a_changed_one_must_be_there(
    store: MemoryStore, read_at: int | None
) -> None:
    record = FERRY if read_at is None else evolve(FERRY, id="c-9", revision=4)
    with pytest.raises(StaleRecord) as stale:
        store.save("north", [Change(record, read_at)], [])
    assert (stale.value.expected, stale.value.found) == ((None, 0) if read_at is None else (3, None))


def test_when_one_change_is_stale_nothing_is_saved(store: MemoryStore) -> None:
    with pytest.raises(StaleRecord):
        store.save(
            "north",
            [
                Change(evolve(CART, id="cart-2"), None),
                Change(evolve(CONTRACT, id="a-2", client_reference="r-2"), None),
                Change(evolve(FERRY, revision=6), 5),
            ],
            [entry("e-2")],
        )
    assert store.all(Cart, "north") == (CART,)
    assert store.by_reference("north", "r-2") is None
    assert [kept.event.id for kept in store.history("north", "c-1")] == ["e-1"]


def test_partners_never_see_each_other(store: MemoryStore) -> None:
    with pytest.raises(UnknownRecord) as unknown:
        store.get(Customer, "south", "c-1")
    assert str(pickle.loads(pickle.dumps(unknown.value))) == "there is no Customer with the id 'c-1'"
    assert store.all(Customer, "south") == ()
    assert store.of_customer(Cart, "south", "c-1") == ()
    assert store.by_reference("south", "r-1") is None
    assert store.history("south", "c-1") == ()
    with pytest.raises(UnknownRecord):
        store.save("south", [Change(FERRY, None)], [])


def test_two_partners_may_use_the_same_ids(store: MemoryStore) -> None:
    theirs = evolve(FERRY, partner="south", company="Other Ferry")
    store.save("south", [Change(theirs, None)], [entry("e-1")])
    assert store.get(Customer, "north", "c-1") == FERRY
    assert store.get(Customer, "south", "c-1") == theirs


def test_what_was_sent_is_found_by_its_reference_as_it_stands_now(store: MemoryStore) -> None:
    signed = evolve(CONTRACT, revision=1, signed=NOW)
    store.save("north", [Change(signed, 0)], [])
    assert store.by_reference("north", "r-1") == signed
    assert store.by_reference("north", "cart-1") is None


def test_a_history_grows_in_the_order_of_saving(store: MemoryStore) -> None:
    store.save("north", [], [entry("e-3"), entry("e-2"), entry("e-4", "cart-1")])
    assert [kept.event.id for kept in store.history("north", "c-1")] == ["e-1", "e-3", "e-2"]


def test_a_report_about_nothing_of_ours_is_set_aside_once(store: MemoryStore) -> None:
    first, second = (News(id=f"EV-{n}", at=NOW, concerns="r-9", report=BackOrdered()) for n in (2, 1))
    for news in (first, second, first):
        store.set_aside("north", news)
    assert store.unmatched("north") == (first, second)
    assert store.unmatched("south") == ()


def test_a_secret_is_kept_apart_and_found_by_its_reference_until_it_is_forgotten(store: MemoryStore) -> None:
    kept, secret = SecretRef("secret-1"), Secret("004-881")
    store.save("north", [], [], {kept: secret})
    assert store.secret("north", kept).reveal() == "004-881"
    store.forget("north", kept)
    store.forget("north", kept)
    with pytest.raises(UnknownRecord, match="there is no secret with the id 'secret-1'"):
        store.secret("north", kept)


def test_no_partner_reads_or_forgets_the_secrets_of_another(store: MemoryStore) -> None:
    kept = SecretRef("secret-1")
    store.save("north", [], [], {kept: Secret("004-881")})
    with pytest.raises(UnknownRecord):
        store.secret("south", kept)
    store.forget("south", kept)
    assert store.secret("north", kept) == Secret("004-881")


def test_a_secret_is_kept_together_with_its_record_or_not_at_all(store: MemoryStore) -> None:
    kept = SecretRef("secret-1")
    with pytest.raises(StaleRecord):
        store.save("north", [Change(evolve(FERRY, revision=6), 5)], [], {kept: Secret("004-881")})
    with pytest.raises(UnknownRecord):
        store.secret("north", kept)
