"""Cities without a table: approximate, and said to be so."""

from __future__ import annotations

import pytest

from pstnkit.inventory.geography import city_named
from pstnkit.inventory.inventory import Inventory
from pstnkit.inventory.query import InvalidQuery, SearchQuery
from pstnkit.numbering.ranges import NumberRange


def test_an_exchange_is_in_the_city_that_its_longest_known_beginning_names() -> None:
    chicago = city_named("Chicago", None)
    assert 312_234 in chicago
    assert 415_421 not in chicago
    assert 800_234 not in chicago
    assert {312, 773, 872} <= set(chicago.npas)


def test_the_capital_is_found_though_its_name_has_no_state() -> None:
    assert 202_234 in city_named("Washington", "US-DC")


def test_a_city_is_searched_and_marked_approximate() -> None:
    inventory = Inventory([NumberRange("3122340100", "3122340109"), NumberRange("4154210100", "4154210109")])
    result = inventory.search(SearchQuery(city="chicago"))
    assert result.available == 10
    assert result.notes == ("the exchanges of chicago are approximate: no table of exchanges is loaded",)
    assert inventory.search(SearchQuery(city="Chicago", npa="312")).available == 10
    assert inventory.search(SearchQuery(city="San Francisco", state="CA")).available == 10


@pytest.mark.parametrize(
    ("query", "message"),
    [
        (SearchQuery(city="Atlantis"), "no city 'Atlantis' is known"),
        (SearchQuery(city="Chicago", state="CA"), "no city 'Chicago' is known in US-CA"),
        (SearchQuery(city="Springfield"), "'Springfield' is in several states: "),
        (SearchQuery(city="Chicago", npa="415"), "'Chicago' has no exchange in the other places"),
        (SearchQuery(city="Chicago, IL", state="CA"), "'Chicago, IL' contradicts the state US-CA"),
    ],
)
def test_a_city_that_cannot_be_meant_is_an_error(query: SearchQuery, message: str) -> None:
    with pytest.raises(InvalidQuery) as caught:
        Inventory().search(query)
    assert caught.value.field == "city"
    assert message in str(caught.value)


def test_a_city_and_an_uncertain_state_are_both_noted() -> None:
    inventory = Inventory([NumberRange("9025550100", "9025550100"), NumberRange("9025660100", "9025660100")])
    result = inventory.search(SearchQuery(city="Charlottetown", state="PE"))
    assert result.available == 1
    assert len(result.notes) == 2
