"""The search against an oracle that looks at one number at a time."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import event, example, given, settings
from hypothesis import strategies as st

from inventory_oracle import (
    EXCHANGES,
    all_options,
    asked,
    fields,
    free_numbers,
    is_satisfied,
    maximal_runs,
    pairs,
    passing,
)
from pstnkit.inventory.inventory import Inventory
from pstnkit.inventory.policy import InventoryPolicy
from pstnkit.inventory.query import InvalidQuery, SearchQuery
from pstnkit.inventory.search import Search
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.plan import NumberingPlan
from pstnkit.numbering.ranges import NumberRange
from pstnkit.numbering.telephone import TelephoneNumber

POLICY = InventoryPolicy(block_sizes=(5, 10, 20))
EVERY_LINE = [int(code) * 10_000 + line for code in EXCHANGES for line in (*range(110), *range(4980, 5100))]


def inventory_of(free: set[int]) -> Inventory:
    return Inventory(NumberSet.from_integers(sorted(free)), policy=POLICY)


def ranges(*stretches: tuple[str, str]) -> list[NumberRange]:
    return [NumberRange(first, last) for first, last in stretches]


@settings(max_examples=200)
@given(free=free_numbers(), chosen=fields())
def test_a_search_finds_what_looking_at_every_number_finds(free: set[int], chosen: dict[str, Any]) -> None:
    inventory = inventory_of(free)
    try:
        query = SearchQuery(**chosen)
        result = inventory.search(query)
    except InvalidQuery as refused:
        event(f"refused: {refused.field}")
        return
    expected = all_options(query, free)
    assert result.available == len(passing(query, free))
    assert result.satisfied == is_satisfied(query, free)
    assert pairs(result.options) == expected[: query.limit]
    assert (result.next is None) == (len(expected) <= query.limit)
    event(f"options: {min(len(expected), 2)}")


@given(free=free_numbers(), chosen=fields())
@example(free={4152000001}, chosen={"nxx": "555"})
@example(free={4152000001}, chosen={"npa": "212"})
@example(free={5102260001, 5104440001}, chosen={"city": "Oakland, CA"})
def test_a_field_is_the_same_alone_and_among_all(free: set[int], chosen: dict[str, Any]) -> None:
    try:
        search = Search(inventory_of(free)._stock(), SearchQuery(**chosen))
    except InvalidQuery:
        return
    whole = dict(search.fields())
    codes = [*map(int, EXCHANGES), 510_226, 510_444]
    assert all(search.field(code) == whole.get(code, 0) for code in codes)
    assert all(next(search.fields(code)) == (code, whole[code]) for code in codes if code in whole)


@given(chosen=fields())
def test_a_query_that_is_refused_could_never_have_found_anything(chosen: dict[str, Any]) -> None:
    try:
        inventory_of(set()).search(SearchQuery(**chosen))
    except InvalidQuery:
        assert all_options(asked({**chosen, "exclude": None}), EVERY_LINE) == []


@given(free=free_numbers(), chosen=fields())
def test_pages_joined_are_the_list_without_a_limit(free: set[int], chosen: dict[str, Any]) -> None:
    inventory = inventory_of(free)
    try:
        query = SearchQuery(**{**chosen, "limit": 3})
        whole = inventory.search(query.replace(limit=100_000))
    except InvalidQuery:
        return
    assert whole.next is None
    joined: list[NumberRange] = []
    page = inventory.search(query)
    for _ in range(200):
        joined += page.options
        if page.next is None:
            break
        page = inventory.search(query.replace(after=page.next))
        assert page.available == whole.available
        assert page.satisfied == whole.satisfied
    assert joined == list(whole.options)


@settings(max_examples=200)
@given(
    free=free_numbers(),
    chosen=fields(),
    changes=st.lists(st.tuples(free_numbers(), st.booleans()), max_size=3),
)
def test_pages_repeat_and_skip_nothing_whatever_is_sold_or_comes_back_between_them(
    free: set[int], chosen: dict[str, Any], changes: list[tuple[set[int], bool]]
) -> None:
    inventory = inventory_of(free)
    try:
        query = SearchQuery(**{**chosen, "limit": 2})
        page = inventory.search(query)
    except InvalidQuery:
        return
    throughout = set(free)
    listed: list[tuple[int, int]] = pairs(page.options)
    for _ in range(500):
        if page.next is None:
            break
        if changes:
            numbers, leaving = changes.pop()
            free = free - numbers if leaving else free | numbers
            throughout &= free
            inventory = inventory_of(free)
        page = inventory.search(query.replace(after=page.next))
        assert set(pairs(page.options)) <= {
            option for option in pairs(page.options) if _is_there(option, query, free)
        }
        listed += pairs(page.options)
    assert page.next is None
    numbers_listed = [digits for first, last in listed for digits in range(first, last + 1)]
    assert len(set(numbers_listed)) == len(numbers_listed)
    size = query.quantity if query.in_runs else 1
    for first, last in maximal_runs(set(passing(query, throughout)) - set(numbers_listed)):
        if (
            not query.block
        ):  # what was there all the time and is not listed is what was left over between options
            assert last - first + 1 < size
        else:
            assert not any(start % size == 0 for start in range(first % 10_000, last % 10_000 - size + 2))


def _is_there(option: tuple[int, int], query: SearchQuery, free: set[int]) -> bool:
    first, last = option
    return len(passing(query, free & set(range(first, last + 1)))) == last - first + 1


def test_the_next_page_is_right_after_the_inventory_has_changed() -> None:
    inventory = Inventory(ranges(("4155550100", "4155550109")))
    query = SearchQuery(npa="415", quantity=2, consecutive=True, limit=2)
    first = inventory.search(query)
    assert pairs(first.options) == [(4155550100, 4155550101), (4155550102, 4155550103)]
    inventory.remove(ranges(("4155550100", "4155550101"), ("4155550104", "4155550104")))
    inventory.add(ranges(("4155550300", "4155550301")))
    second = inventory.search(query.replace(after=first.next))
    assert pairs(second.options) == [(4155550105, 4155550106), (4155550107, 4155550108)]
    third = inventory.search(query.replace(after=second.next))
    assert pairs(third.options) == [(4155550300, 4155550301)]
    assert third.next is None


def test_a_page_behind_the_last_option_is_empty_and_the_query_still_satisfied() -> None:
    inventory = Inventory(ranges(("4155550100", "4155550104")))
    query = SearchQuery(npa="415", quantity=2, consecutive=True, limit=1)
    first = inventory.search(query)
    inventory.remove(ranges(("4155550102", "4155550104")))
    second = inventory.search(query.replace(after=first.next))
    assert (second.options, second.next, second.satisfied) == ((), None, True)
    assert second.alternatives == ()


def test_what_was_taken_may_be_excluded_from_the_next_page() -> None:
    inventory = Inventory(ranges(("4155550100", "4155550109")))
    query = SearchQuery(npa="415", limit=2)
    cursor = inventory.search(query).next
    taken = [TelephoneNumber("4155550102")]
    page = inventory.search(query.replace(after=cursor, exclude=taken))
    assert pairs(page.options) == [(4155550103, 4155550103), (4155550104, 4155550104)]


@pytest.mark.parametrize("after", ["", "x", "12", "zz-00000000", "f7b0a9a7-40e3fdb0"])
def test_a_cursor_of_another_query_or_none_at_all_is_an_error(after: str) -> None:
    with pytest.raises(InvalidQuery, match="no cursor of this search") as caught:
        Inventory().search(SearchQuery(npa="415", after=after))
    assert caught.value.field == "after"


def test_a_cursor_belongs_to_its_query() -> None:
    inventory = Inventory(ranges(("4155550100", "4155550109")))
    cursor = inventory.search(SearchQuery(npa="415", limit=2)).next
    assert cursor is not None
    with pytest.raises(InvalidQuery, match="after"):
        inventory.search(SearchQuery(npa="415", contains="5", limit=2, after=cursor))
    assert inventory.search(SearchQuery(npa="415", limit=9, after=cursor)).options


def test_filters_come_before_runs() -> None:
    inventory = Inventory(ranges(("4155550000", "4155550099")))
    query = SearchQuery(npa="415", contains="7", quantity=10, consecutive=True)
    assert pairs(inventory.search(query).options) == [(4155550070, 4155550079)]


def test_runs_do_not_cross_an_exchange() -> None:
    inventory = Inventory(ranges(("4155559995", "4155559999"), ("4155560000", "4155560004")))
    assert not inventory.search(SearchQuery(quantity=6, consecutive=True)).satisfied
    assert len(inventory.search(SearchQuery(quantity=5, consecutive=True)).options) == 2


def test_blocks_are_aligned_on_their_size_and_only_sold_sizes_can_be_asked_for() -> None:
    inventory = Inventory(ranges(("4155550095", "4155550250")))
    query = SearchQuery(npa="415", quantity=50, block=True)
    assert pairs(inventory.search(query).options) == [
        (4155550100, 4155550149),
        (4155550150, 4155550199),
        (4155550200, 4155550249),
    ]
    with pytest.raises(InvalidQuery, match="quantity: blocks come in sizes of 10, 50, 100, not 20"):
        inventory.search(SearchQuery(npa="415", quantity=20, block=True))
    thousands = InventoryPolicy(block_sizes=(1000,))
    with pytest.raises(InvalidQuery, match="sizes of 1000, not 10"):
        Inventory(policy=thousands).search(SearchQuery(quantity=10, block=True))


def test_letters_are_those_of_a_phone_pad() -> None:
    inventory = Inventory(ranges(("4155552273", "4155552273"), ("4155552274", "4155552274")))
    assert pairs(inventory.search(SearchQuery(ends_with="CARE")).options) == [(4155552273, 4155552273)]


def test_an_area_code_of_two_subdivisions_is_noted_as_not_certain() -> None:
    inventory = Inventory(ranges(("9025550100", "9025550100"), ("4155550100", "4155550100")))
    result = inventory.search(SearchQuery(state="PE"))
    assert result.available == 1
    assert result.notes == ("subdivision not certain: area code 902 serves CA-NS and CA-PE",)
    assert inventory.search(SearchQuery(state="CA")).notes == ()
    assert Inventory().search(SearchQuery(state="PE")).notes == ()


def test_an_area_code_that_is_not_in_service_is_noted() -> None:
    assert Inventory().search(SearchQuery(npa="565")).notes == (
        "area code 565 is assigned, but not in service, as of 2026-09-30",
    )
    assert Inventory().search(SearchQuery(npa="415")).notes == ()


@pytest.mark.parametrize(
    ("chosen", "field", "message"),
    [
        ({"npa": "212", "state": "CA"}, "npa", "area code 212 serves US-NY, not US-CA"),
        ({"starts_with": "212", "state": "CA"}, "starts_with", "area code 212 serves US-NY, not US-CA"),
        ({"npa": "800", "country": "US"}, "npa", "area code 800 serves no place, not US"),
        ({"npa": "876", "country": "US"}, "npa", "area code 876 serves JM, not US"),
        ({"starts_with": "21?", "state": "WY"}, "starts_with", "no area code of US-WY is like 21?"),
        ({"starts_with": "9??", "country": "BM"}, "starts_with", "no area code of BM is like 9??"),
        ({"country": "FR"}, "country", "'FR' is unknown to the plan"),
        ({"rate_center": "SNFC CNTRL"}, "rate_center", "needs a table of exchanges"),
    ],
)
def test_places_that_do_not_fit_together_are_errors(chosen: dict[str, Any], field: str, message: str) -> None:
    with pytest.raises(InvalidQuery) as caught:
        Inventory().search(SearchQuery(**chosen))
    assert caught.value.field == field
    assert message in str(caught.value)


def test_a_state_that_another_plan_does_not_know_is_an_error() -> None:
    others = " ".join(str(npa) for npa in range(200, 1000) if npa != 212)
    new_york = NumberingPlan(
        "report 2026-01-05\nas-of 2026-09-30\n"
        f"[assigned]\n212 1947-10-01 geographic US US-NY America/New_York\n[unassigned]\n{others}\n"
    )
    with pytest.raises(InvalidQuery, match="state: subdivision 'US-CA' is unknown to the plan"):
        Inventory(plan=new_york).search(SearchQuery(state="CA"))


def test_an_answer_stays_what_it_was_when_it_is_looked_at_later() -> None:
    inventory = Inventory(ranges(("4155550100", "4155550109")))
    result = inventory.search(SearchQuery(npa="415", quantity=20))
    inventory.remove(ranges(("4155550100", "4155550109")))
    assert (result.available, len(result.options)) == (10, 10)


def test_an_exchange_is_found_in_every_area_code_or_in_one() -> None:
    inventory = Inventory(ranges(("2125550100", "2125550100"), ("4155550100", "4155550100")))
    assert inventory.search(SearchQuery(nxx="555")).available == 2
    assert inventory.search(SearchQuery(nxx="555", state="NY")).available == 1
    assert inventory.search(SearchQuery(nxx="555", npa="415")).available == 1
    assert inventory.search(SearchQuery(nxx="556", npa="415")).available == 0


def test_a_page_begins_in_the_area_code_where_the_last_one_stopped() -> None:
    inventory = Inventory(ranges(("2134000100", "2134000101"), ("4155550100", "4155550101")))
    query = SearchQuery(state="CA", limit=3)
    first = inventory.search(query)
    last = inventory.search(query.replace(after=first.next))
    assert pairs(last.options) == [(4155550101, 4155550101)]


def test_a_search_is_asked_with_a_query() -> None:
    with pytest.raises(TypeError, match="asked with a SearchQuery, not str"):
        Inventory().search("415")  # type: ignore[arg-type]


def test_what_is_asked_again_is_answered_anew_when_something_has_changed() -> None:
    inventory = Inventory(ranges(("4155550100", "4155550104"), ("2125550100", "2125550104")))
    query = SearchQuery(npa="415", quantity=2, consecutive=True)
    first = inventory.search(query)
    assert inventory.search(SearchQuery(npa="415", quantity=2, consecutive=True)).options is first.options
    inventory.remove([TelephoneNumber("2125550100")])
    assert inventory.search(query).options is first.options
    inventory.remove([TelephoneNumber("4155550101")])
    assert pairs(inventory.search(query).options) == [(4155550102, 4155550103)]
    inventory.add([TelephoneNumber("4155550101")])
    assert inventory.search(query).options == first.options
    assert inventory.search(query.replace(quantity=3)).options != first.options
