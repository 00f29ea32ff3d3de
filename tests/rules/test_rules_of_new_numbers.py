"""SPEC N: what a search for new numbers does."""

from __future__ import annotations

import pytest

from pstnkit.inventory.inventory import Inventory
from pstnkit.inventory.query import SearchQuery
from pstnkit.numbering.ranges import NumberRange

SAN_FRANCISCO = NumberRange("4152012003", "4152012062")
SAN_FRANCISCO_TOO = NumberRange("4153982000", "4153982004")
NEW_YORK = NumberRange("2127361000", "2127361009")


@pytest.fixture
def inventory() -> Inventory:
    return Inventory([SAN_FRANCISCO, SAN_FRANCISCO_TOO, NEW_YORK])


def test_n1_state_area_code_exchange_and_quantity_narrow_a_search_and_can_be_changed(
    inventory: Inventory,
) -> None:
    query = SearchQuery(state="NY")
    found = [
        inventory.search(query).available,
        inventory.search(query := query.replace(state="CA")).available,
        inventory.search(query := query.replace(nxx="398")).available,
        inventory.search(query := query.replace(state=None, nxx=None, npa="212")).available,
        inventory.search(query := query.replace(npa="415", quantity=65)).available,
    ]
    assert found == [10, 65, 5, 10, 65]
    assert inventory.search(query).satisfied
    assert not inventory.search(query.replace(quantity=66)).satisfied


def test_n2_consecutive_results_are_runs_of_free_numbers(inventory: Inventory) -> None:
    runs = inventory.search(SearchQuery(npa="415", quantity=25, consecutive=True)).options
    assert runs == (NumberRange("4152012003", "4152012027"), NumberRange("4152012028", "4152012052"))


def test_n3_block_and_consecutive_both_find_consecutive_numbers(inventory: Inventory) -> None:
    wanted = SearchQuery(npa="415", quantity=50)
    assert inventory.search(wanted.replace(consecutive=True)).options == (
        NumberRange("4152012003", "4152012052"),
    )
    assert inventory.search(wanted.replace(block=True)).options == ()
    tens = inventory.search(wanted.replace(quantity=10, block=True)).options
    assert [(str(block.first), len(block)) for block in tens] == [
        (f"+1415201{line}", 10) for line in (2010, 2020, 2030, 2040, 2050)
    ]


def test_n4_what_cannot_be_had_is_answered_with_alternatives(inventory: Inventory) -> None:
    result = inventory.search(SearchQuery(npa="212", quantity=20, consecutive=True))
    assert result.options == ()
    assert result.alternatives
    assert all(alternative.explanation for alternative in result.alternatives)
    assert inventory.search(SearchQuery(npa="212", quantity=10, consecutive=True)).alternatives == ()
