"""Inventories as bytes: nothing is lost, nothing damaged is read, and nobody's numbers become free."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory_oracle import free_numbers
from pstnkit.inventory.exchanges import Exchanges
from pstnkit.inventory.inventory import Inventory
from pstnkit.inventory.policy import InventoryPolicy
from pstnkit.inventory.query import SearchQuery
from pstnkit.inventory.refusals import NumbersUnavailable
from pstnkit.inventory.saved_inventory import pack
from pstnkit.numbering.damaged import CorruptData
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.ranges import NumberRange

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
TEN = NumberRange("4155550000", "4155550009")


def with_holds() -> Inventory:
    """Some numbers held, some sold, some of those given back, and some let go."""
    inventory = Inventory([NumberRange("4155550000", "4155550099")])
    inventory.hold(TEN, owner="cart 7", now=NOON, id="held")
    sold = inventory.hold(NumberRange("4155550020", "4155550029"), owner="cart 8", now=NOON, id="sold")
    inventory.purchase(sold, now=NOON)
    inventory.give_back(sold, NumberRange("4155550028", "4155550029"), now=NOON)
    inventory.release(
        inventory.hold(NumberRange("4155550050", "4155550059"), owner="cart 9", now=NOON), now=NOON
    )
    return inventory


@given(free_numbers())
def test_what_was_saved_is_loaded(free: set[int]) -> None:
    numbers = NumberSet.from_integers(free)
    saved = Inventory(numbers).to_bytes()
    assert Inventory.from_bytes(saved).free == numbers
    assert Inventory.from_bytes(bytearray(saved)).to_bytes() == saved
    assert Inventory.from_bytes(numbers.to_bytes()).free == numbers


def test_holds_go_on_where_they_were() -> None:
    before = with_holds()
    after = Inventory.from_bytes(before.to_bytes())
    assert (after.free, after.held, after.holds()) == (before.free, before.held, before.holds())
    with pytest.raises(NumbersUnavailable):
        after.hold(TEN, owner="cart 10", now=NOON)
    assert after.hold(TEN, owner="cart 7", now=NOON, id="held") == before.holds()[0]
    after.give_back("sold", now=NOON)
    assert len(after) == 90
    assert [hold.id for hold in after.lapse(NOON + timedelta(hours=1))] == ["held"]
    assert len(after) == 100
    assert len(before) == 82


def test_ids_that_the_ledger_makes_up_stay_unique() -> None:
    inventory = Inventory([NumberRange("4155550000", "4155550099")])
    first = inventory.hold(TEN, owner="cart", now=NOON)
    again = Inventory.from_bytes(inventory.to_bytes())
    assert again.hold(NumberRange("4155550010", "4155550019"), owner="cart", now=NOON).id != first.id


def test_the_table_and_the_policy_are_given_anew() -> None:
    table = Exchanges.from_text("NPA-NXX,RateCenter\n415-555,A\n")
    policy = InventoryPolicy(block_sizes=(20,))
    again = Inventory.from_bytes(with_holds().to_bytes(), exchanges=table, policy=policy)
    assert again.search(SearchQuery(rate_center="A", quantity=20, block=True)).satisfied


@given(st.data())
def test_any_change_and_any_cut_is_noticed(data: st.DataObject) -> None:
    saved = bytearray(with_holds().to_bytes())
    place = data.draw(st.integers(0, len(saved) - 1))
    with pytest.raises(CorruptData):
        Inventory.from_bytes(saved[:place])
    with pytest.raises(CorruptData):
        Inventory.from_bytes(saved + b"\0")
    saved[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(CorruptData):
        Inventory.from_bytes(saved)


def test_the_holds_of_one_saving_do_not_go_with_the_numbers_of_another() -> None:
    one, other = with_holds().to_bytes(), Inventory([TEN]).to_bytes()
    at = one.index(b"PSTNSET")
    with pytest.raises(CorruptData, match="its checksum does not agree"):
        Inventory.from_bytes(one[:at] + other[other.index(b"PSTNSET") :])


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "these bytes are no saved inventory"),
        (b"PSTNINV\x01" + bytes(20), "cut short: it has only 28 bytes"),
        (b"PSTNINV\x02" + bytes(60), "of version 2; this release reads version 1"),
        (b"PSTNINV\x01\xff\xff\xff\xff" + bytes(60), "its checksum does not agree"),
        (pack(NumberSet(), "nonsense"), "cannot be read"),
        (pack(NumberSet(), with_holds().to_bytes()[12:].partition(b"PSTNSET")[0].decode()), "is not free"),
    ],
)
def test_what_is_no_saved_inventory_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(CorruptData, match=message):
        Inventory.from_bytes(data)


@pytest.mark.parametrize("data", ["PSTNINV", None, 12])
def test_only_bytes_are_read(data: Any) -> None:
    with pytest.raises(TypeError, match=f"not {type(data).__name__}"):
        Inventory.from_bytes(data)


def test_merging_puts_on_offer_what_is_free_in_another_one() -> None:
    one, other = Inventory([TEN]), Inventory([NumberRange("4155550005", "4155550014")])
    one.merge(other)
    assert [str(part) for part in one.free.ranges()] == ["+14155550000..+14155550014"]
    assert len(other) == 10


def test_what_either_has_held_or_sold_is_not_free_when_merged() -> None:
    one, other = Inventory([NumberRange("4155550000", "4155550099")]), with_holds()
    one.hold(NumberRange("4155550060", "4155550064"), owner="cart", now=NOON)
    one.merge(other)
    assert [str(part) for part in one.free.ranges()] == [
        "+14155550010..+14155550019",
        "+14155550028..+14155550059",
        "+14155550065..+14155550099",
    ]
    assert [str(part) for part in one.held.ranges()] == ["+14155550060..+14155550064"]
    one.merge(one)
    assert len(one) == 77


def test_only_an_inventory_is_merged() -> None:
    with pytest.raises(TypeError, match="an inventory is merged with another one, not with a list"):
        Inventory().merge([TEN])  # type: ignore[arg-type]
