"""Extension plans: as many of the wanted endings as possible, from one exchange."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory_oracle import free_numbers, most_served, pairs
from pstnkit.inventory.inventory import Inventory
from pstnkit.inventory.line_plans import LinePlans
from pstnkit.inventory.query import SearchQuery
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.ranges import NumberRange
from pstnkit.numbering.telephone import Exchange, TelephoneNumber

PLAN = [f"{line}" for line in range(2001, 2006)]
INVENTORY = Inventory(
    [
        NumberRange("2122342001", "2122342002"),
        NumberRange("4152002001", "4152002004"),
        NumberRange("4152012002", "4152012005"),
        NumberRange("4152023000", "4152023009"),
    ]
)


def test_the_exchange_with_the_most_matches_comes_first_with_what_it_lacks() -> None:
    result = INVENTORY.search(SearchQuery(line_numbers=PLAN, quantity=5))
    assert [(str(plan.exchange), plan.missing) for plan in result.line_plans] == [
        ("415-200", ("2005",)),
        ("415-201", ("2001",)),
        ("212-234", ("2003", "2004", "2005")),
    ]
    assert result.line_plans[0].found["2001"] == TelephoneNumber("4152002001")
    assert [option.first.line for option in result.options[:4]] == ["2001", "2002", "2003", "2004"]
    assert (result.available, result.satisfied, result.next) == (10, True, None)


def test_the_options_of_an_extension_plan_come_in_pages() -> None:
    query = SearchQuery(line_numbers=PLAN, limit=3)
    whole = INVENTORY.search(query.replace(limit=100)).options
    joined: list[NumberRange] = []
    page = INVENTORY.search(query)
    while page.next is not None:
        joined += page.options
        page = INVENTORY.search(query.replace(after=page.next))
    assert (*joined, *page.options) == whole


def test_in_runs_the_endings_are_a_filter_like_any_other() -> None:
    result = INVENTORY.search(SearchQuery(line_numbers=PLAN, quantity=4, consecutive=True))
    assert pairs(result.options) == [(4152002001, 4152002004), (4152012002, 4152012005)]
    assert result.line_plans == ()


def test_an_ending_that_suits_many_numbers_takes_one() -> None:
    result = INVENTORY.search(SearchQuery(line_numbers=["3", "3003"], npa="415", nxx="202"))
    [plan] = result.line_plans
    assert plan.found == {"3003": TelephoneNumber("4152023003")}
    assert plan.missing == ("3",)


@given(
    free=free_numbers(),
    endings=st.lists(st.text("0123", min_size=1, max_size=3), min_size=1, max_size=4, unique=True),
)
def test_no_assignment_of_numbers_to_endings_serves_more(free: set[int], endings: list[str]) -> None:
    inventory = Inventory(NumberSet.from_integers(sorted(free)))
    result = inventory.search(SearchQuery(line_numbers=endings, limit=1000))
    plans = {plan.exchange: plan for plan in result.line_plans}
    for code in {digits // 10_000 for digits in free}:
        lines = [digits for digits in free if digits // 10_000 == code]
        plan = plans.get(Exchange(code))
        found = {} if plan is None else plan.found
        assert len(found) == most_served(endings, lines)
        assert len(set(found.values())) == len(found)
        assert all(
            str(int(number)).endswith(ending) and int(number) in free for ending, number in found.items()
        )
    ranks = [(-len(plan.found), plan.exchange) for plan in result.line_plans]
    assert ranks == sorted(ranks)


@pytest.mark.parametrize("endings", [("0", "00"), ("00", "0")])
def test_longer_endings_choose_first_whatever_the_order(endings: tuple[str, str]) -> None:
    [plan] = LinePlans(endings, [(415_200, 1 << 100 | 1 << 110)])
    assert plan.found == {"00": TelephoneNumber("4152000100"), "0": TelephoneNumber("4152000110")}
    assert list(plan.found) == list(endings)


def test_an_exchange_with_none_of_the_endings_has_no_plan() -> None:
    assert list(INVENTORY.search(SearchQuery(line_numbers=["5555"])).line_plans) == []


def test_plans_are_a_sequence_that_is_made_as_it_is_looked_at() -> None:
    plans = INVENTORY.search(SearchQuery(line_numbers=PLAN)).line_plans
    assert (len(plans), plans[:2], plans[-1].exchange.nxx) == (3, (plans[0], plans[1]), "234")
    assert repr(plans) == "<LinePlans for 5 endings in 3 exchanges>"


def test_every_number_that_suits_is_listed_though_an_ending_needs_only_one() -> None:
    result = INVENTORY.search(SearchQuery(line_numbers=["3", "04"], quantity=7))
    assert [(str(plan.exchange), plan.missing) for plan in result.line_plans] == [
        ("415-200", ()),
        ("415-201", ()),
        ("415-202", ()),
    ]
    assert (result.available, len(result.options), result.satisfied) == (6, 6, False)


def test_an_exchange_that_was_begun_is_gone_on_with_though_others_have_more_by_then() -> None:
    inventory = INVENTORY.copy()
    query = SearchQuery(line_numbers=PLAN, limit=2)
    first = inventory.search(query)
    assert pairs(first.options) == [(4152002001, 4152002001), (4152002002, 4152002002)]
    inventory.remove([NumberRange("4152002002", "4152002003")])
    inventory.add([NumberRange("2122342003", "2122342005")])
    second = inventory.search(query.replace(after=first.next))
    assert pairs(second.options) == [(4152002004, 4152002004), (2122342001, 2122342001)]
    inventory.remove([NumberRange("4152002000", "4152002009")])
    third = inventory.search(query.replace(after=second.next, limit=4))
    assert pairs(third.options) == [(n, n) for n in (2122342002, 2122342003, 2122342004, 2122342005)]
    inventory.add([NumberRange("4152002000", "4152002009")])  # listed, sold and given back: not again
    last = inventory.search(query.replace(after=third.next, limit=25))
    assert [option.first.exchange.nxx for option in last.options] == ["201"] * 4


def test_an_exchange_that_was_sold_out_in_between_does_not_come_again() -> None:
    inventory = INVENTORY.copy()
    query = SearchQuery(line_numbers=PLAN, limit=3)
    first = inventory.search(query)
    inventory.remove([NumberRange("4152002000", "4152002009")])
    second = inventory.search(query.replace(after=first.next))
    inventory.add([NumberRange("4152002000", "4152002009")])
    third = inventory.search(query.replace(after=second.next))
    listed = [option.first.exchange.nxx for option in (*second.options, *third.options)]
    assert listed == ["201", "201", "201", "201", "234", "234"]
