"""The order of best fit: which options come first, and that pages neither repeat nor lose any."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory_oracle import all_options, fields, free_numbers, maximal_runs, passing
from pstnkit.inventory.inventory import Inventory
from pstnkit.inventory.policy import InventoryPolicy, OptionOrder
from pstnkit.inventory.query import InvalidQuery, SearchQuery
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.ranges import NumberRange

SIZES = (5, 10, 20)
BEST_FIT = InventoryPolicy(order=OptionOrder.BEST_FIT, block_sizes=SIZES)


def inventory(*stretches: tuple[int, int], sizes: tuple[int, ...] = (10, 50, 100)) -> Inventory:
    """An inventory of stretches of lines of one exchange, ordered by best fit."""
    ranges = [NumberRange(f"415555{first:04}", f"415555{last:04}") for first, last in stretches]
    return Inventory(ranges, policy=InventoryPolicy(order="best_fit", block_sizes=sizes))


def lines(options: Iterable[NumberRange]) -> list[tuple[int, int]]:
    """First and last line of each option."""
    return [(int(option.first.line), int(option.last.line)) for option in options]


def test_options_come_out_of_the_shortest_run_that_is_long_enough() -> None:
    free = inventory((0, 99), (200, 204), (300, 311), (400, 419))
    assert lines(free.search(SearchQuery(quantity=5, consecutive=True, limit=4)).options) == [
        (200, 204),
        (300, 304),
        (305, 309),
        (400, 404),
    ]
    assert lines(free.search(SearchQuery(limit=6)).options)[-1] == (311, 311)
    assert lines(free.search(SearchQuery(quantity=13, consecutive=True, limit=1)).options) == [(400, 412)]


def test_of_a_run_that_end_is_taken_at_which_the_fewest_whole_blocks_are_broken() -> None:
    assert lines(
        inventory((100, 249)).search(SearchQuery(quantity=20, consecutive=True, limit=2)).options
    ) == [
        (230, 249),
        (210, 229),
    ]
    assert lines(
        inventory((150, 299)).search(SearchQuery(quantity=20, consecutive=True, limit=2)).options
    ) == [
        (150, 169),
        (170, 189),
    ]


def test_among_runs_of_one_length_the_one_that_breaks_the_fewest_whole_blocks_comes_first() -> None:
    free = inventory((1000, 1149), (2075, 2224))
    assert lines(free.search(SearchQuery(quantity=10, block=True, limit=2)).options) == [
        (2080, 2089),
        (2090, 2099),
    ]
    assert lines(free.search(SearchQuery(limit=1)).options) == [(2075, 2075)]
    assert lines(inventory((1, 3), (5, 7)).search(SearchQuery(limit=1)).options) == [(1, 1)]


def test_a_block_is_taken_where_no_larger_block_is_whole() -> None:
    free = inventory((0, 129))
    taken = lines(free.search(SearchQuery(quantity=10, block=True, limit=20)).options)
    assert taken[:3] == [(100, 109), (110, 119), (120, 129)]
    assert len(taken) == 13


def test_what_a_query_filters_away_still_counts_as_free() -> None:
    free = inventory((0, 109), (200, 200), (295, 305))
    assert lines(free.search(SearchQuery(ends_with="00")).options) == [
        (200, 200),
        (300, 300),
        (100, 100),
        (0, 0),
    ]


def test_the_default_is_lowest_first() -> None:
    ranges = [NumberRange("4155550000", "4155550099"), NumberRange("4155550200", "4155550200")]
    assert InventoryPolicy().order is OptionOrder.LOWEST_FIRST
    assert lines(Inventory(ranges, policy=InventoryPolicy()).search(SearchQuery(limit=1)).options) == [(0, 0)]


def test_an_order_that_there_is_not_is_refused() -> None:
    with pytest.raises(
        ValueError, match="'worst_fit' is no order of options; there are lowest_first and best_fit"
    ):
        InventoryPolicy(order="worst_fit")


def test_alternatives_come_by_best_fit_too_and_their_queries_list_them_first() -> None:
    free = Inventory(
        [NumberRange("4155550000", "4155550099"), NumberRange("4155560010", "4155560029")], policy=BEST_FIT
    )
    result = free.search(SearchQuery(npa="415", nxx="557", quantity=5, consecutive=True))
    for alternative in result.alternatives:
        if alternative.query is not None:
            again = free.search(alternative.query)
            assert again.options[: len(alternative.ranges)] == alternative.ranges


def test_a_page_that_ends_at_the_border_of_two_exchanges_goes_on_behind_it() -> None:
    free = Inventory(
        [NumberRange("4155559990", "4155559999"), NumberRange("4155560000", "4155560019")], policy=BEST_FIT
    )
    query = SearchQuery(quantity=10, consecutive=True, limit=2)
    first = free.search(query)
    assert [str(option) for option in first.options] == [
        "+14155559990..+14155559999",
        "+14155560000..+14155560009",
    ]
    assert first.next is not None
    rest = free.search(query.replace(after=first.next, limit=9))
    assert [str(option) for option in rest.options] == [
        "+14155560010..+14155560019",
    ]


@given(fields(), free_numbers())
def test_the_options_are_as_many_as_lowest_first_and_in_the_order_of_their_runs(
    chosen: dict[str, object], free: set[int]
) -> None:
    try:
        query = SearchQuery(**{**chosen, "limit": 10_000})  # type: ignore[arg-type]
        result = Inventory(NumberSet.from_integers(free), policy=BEST_FIT).search(query)
    except InvalidQuery:
        return
    if query.line_numbers is not None and not (query.consecutive or query.block):
        return
    suiting = set(passing(query, free))
    found = [(int(option.first), int(option.last)) for option in result.options]
    assert len(found) == len(all_options(query, free))
    numbers = [number for first, last in found for number in range(first, last + 1)]
    assert len(set(numbers)) == len(numbers)
    assert suiting.issuperset(numbers)
    if query.block or not query.consecutive:
        assert sorted(found) == all_options(query, free)
    length_of = {
        number: last - first + 1 for first, last in maximal_runs(free) for number in range(first, last + 1)
    }
    lengths = [length_of[first] for first, _ in found]
    assert lengths == sorted(lengths)


@given(st.data(), free_numbers(), st.sampled_from(["single", "run", "block"]), st.integers(1, 4))
def test_pages_repeat_nothing_and_lose_nothing_while_numbers_are_sold(
    data: st.DataObject, free: set[int], form: str, limit: int
) -> None:
    offer = Inventory(NumberSet.from_integers(free), policy=BEST_FIT)
    query = SearchQuery(
        quantity=1 if form == "single" else 5, consecutive=form == "run", block=form == "block", limit=limit
    )
    listed: set[int] = set()
    sold: set[int] = set()
    while True:
        result = offer.search(query)
        for option in result.options:
            here = set(range(int(option.first), int(option.last) + 1))
            assert here <= free - sold - listed
            listed |= here
            if data.draw(st.booleans()):
                offer.remove([option])
                sold |= here
        if result.next is None:
            break
        query = query.replace(after=result.next)
    assert all_options(query.replace(after=None), free - listed) == []
