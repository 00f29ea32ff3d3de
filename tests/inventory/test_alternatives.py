"""Alternatives are really there, come first when asked for, are explained, and all are found."""

from __future__ import annotations

import pickle
from typing import Any

import attrs
import pytest
from hypothesis import event, given, settings

from inventory_oracle import (
    EXCHANGES,
    STATES,
    all_options,
    fields,
    free_numbers,
    is_satisfied,
    maximal_runs,
    pairs,
    passing,
)
from pstnkit.catalog import SENTENCES
from pstnkit.inventory.alternatives import (
    Alternative,
    AlternativeKind,
    ExchangeFigures,
    Figures,
    Nearness,
    NonConsecutiveFigures,
    OverlayFigures,
    Shape,
    SmallerRunFigures,
    SplitRunsFigures,
    StateFigures,
)
from pstnkit.inventory.exchanges import Exchanges
from pstnkit.inventory.inventory import Inventory
from pstnkit.inventory.policy import InventoryPolicy
from pstnkit.inventory.query import InvalidQuery, SearchQuery
from pstnkit.inventory.search import Search
from pstnkit.inventory.substitutes import _longest_first
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.plan import plan
from pstnkit.numbering.ranges import NumberRange
from pstnkit.numbering.telephone import Exchange

POLICY = InventoryPolicy(block_sizes=(5, 10, 20), advanced_days=5)


def ranges(*stretches: tuple[str, str]) -> list[NumberRange]:
    return [NumberRange(first, last) for first, last in stretches]


def helps(query: SearchQuery, free: set[int], **changes: Any) -> bool:
    """Whether the query with changes can be meant and is satisfied."""
    try:
        changed = query.replace(**changes)
        Inventory(policy=POLICY).search(changed)
    except InvalidQuery:
        return False
    return is_satisfied(changed, free)


def expected_kinds(query: SearchQuery, free: set[int]) -> set[str]:
    """The kinds that would help, by the words of the contract."""
    found = passing(query, free)
    longest = max((last - first + 1 for first, last in maximal_runs(found)), default=0)
    in_runs = query.consecutive or query.block
    npa = query.npa or (query.starts_with or "")[:3]
    kinds = {
        "split_runs": in_runs and len(found) >= query.quantity and 1 < longest < query.quantity,
        "unaligned_run": query.block and longest >= query.quantity,
        "other_exchange": query.npa is not None
        and query.nxx is not None
        and any(
            helps(query, free, nxx=code[3:])
            for code in EXCHANGES
            if code[:3] == query.npa and code[3:] != query.nxx
        ),
        "overlay": query.npa in {"415", "628"}
        and helps(query, free, npa={"415": "628", "628": "415"}[query.npa], nxx=None),
        "same_state": (query.npa is not None or query.nxx is not None)
        and any(
            helps(query, free, state=state, country=None, npa=None, nxx=None)
            for state in ([query.state] if query.state else STATES.get(npa, set()))
        ),
        "non_consecutive": in_runs and len(found) >= query.quantity,
        "smaller_run": in_runs and 1 < longest < query.quantity,
        "advanced_order": any(
            (code.kind, code.status) == ("geographic", "in_service")
            for code in plan.area_codes()
            if all(symbol in {"?", digit} for symbol, digit in zip(npa, code.npa, strict=False))
        ),
    }
    return {kind for kind, helping in kinds.items() if helping}


@settings(max_examples=250)
@given(free=free_numbers(), chosen=fields())
def test_alternatives_are_true_and_complete(free: set[int], chosen: dict[str, Any]) -> None:
    inventory = Inventory(NumberSet.from_integers(sorted(free)), policy=POLICY)
    try:
        query = SearchQuery(**chosen)
        result = inventory.search(query)
    except InvalidQuery:
        return
    if result.satisfied:
        assert result.alternatives == ()
        return
    assert {str(alternative.kind) for alternative in result.alternatives} == expected_kinds(query, free)
    order = [list(AlternativeKind).index(alternative.kind) for alternative in result.alternatives]
    assert order == sorted(order)
    for alternative in result.alternatives:
        event(f"kind: {alternative.kind}")
        check(alternative, query, free, inventory)


def check(alternative: Alternative, query: SearchQuery, free: set[int], inventory: Inventory) -> None:
    offered = [digits for first, last in pairs(alternative.ranges) for digits in range(first, last + 1)]
    excluded = {digits for first, last in pairs(query.exclude or ()) for digits in range(first, last + 1)}
    assert set(offered) <= free - excluded
    assert len(set(offered)) == len(offered)
    figures = alternative.figures
    assert figures.quantity == query.quantity or alternative.kind is AlternativeKind.SMALLER_RUN
    if alternative.query is not None:
        again = inventory.search(alternative.query)
        assert again.satisfied
        assert again.options[: len(alternative.ranges)] == alternative.ranges
        assert pairs(alternative.ranges) == all_options(alternative.query, free)[
            : len(alternative.ranges)
        ] or (alternative.query.line_numbers is not None)
        single = not alternative.query.in_runs and query.line_numbers is None
        assert len(alternative.ranges) == (query.quantity if single else len(alternative.ranges)) >= 1
    found = passing(query, free)
    lengths = sorted((last - first + 1 for first, last in maximal_runs(found)), reverse=True)
    if isinstance(figures, SplitRunsFigures):
        fewest = next(n for n in range(1, len(lengths) + 1) if sum(lengths[:n]) >= query.quantity)
        assert len(figures.sizes) == len(alternative.ranges) == fewest
        assert figures.sizes == tuple(map(len, alternative.ranges))
        assert sum(figures.sizes) == query.quantity
        assert set(offered) <= set(found)
        assert alternative.query is None
    if isinstance(figures, SmallerRunFigures):
        assert figures.length == lengths[0]
    if isinstance(figures, NonConsecutiveFigures):
        assert figures.available == len(found)
    if isinstance(figures, StateFigures):
        assert alternative.ranges[0].first.npa == figures.npa
        assert figures.state in STATES[figures.npa]
    if isinstance(figures, OverlayFigures):
        assert (figures.npa, figures.instead_of) == (alternative.ranges[0].first.npa, query.npa)
    if isinstance(figures, ExchangeFigures):
        assert alternative.ranges[0].exchange == figures.exchange


def alternatives_of(inventory: Inventory, **chosen: Any) -> dict[str, Alternative]:
    found = inventory.search(SearchQuery(**chosen)).alternatives
    return {str(alternative.kind): alternative for alternative in found}


def test_each_kind_is_explained_by_its_figures() -> None:
    inventory = Inventory(
        ranges(
            ("4155550103", "4155550121"),
            ("4155550140", "4155550148"),
            ("4155560141", "4155560188"),
            ("6285550100", "6285550149"),
            ("6615550100", "6615550249"),
        )
    )
    run = alternatives_of(inventory, npa="415", nxx="555", quantity=20, consecutive=True)
    assert [alternative.explanation for alternative in run.values()] == [
        "a run of 20, pieced together from 2 runs: 19 + 1",
        "a run of 20 in exchange 415-556 (the same area code)",
        "a run of 20 in area code 628, which serves the area of 415 too",
        "a run of 20 elsewhere in US-CA, first in area code 415",
        "20 of the 28 numbers available, not all consecutive",
        "a run of 19, the longest available",
        "an advanced order: the carrier sources a run of 20 in 5 days",
    ]
    block = alternatives_of(inventory, npa="415", nxx="555", quantity=10, block=True)
    assert block == {}
    block = alternatives_of(inventory, starts_with="415556014", ends_with="?", quantity=10, block=True)
    assert block["smaller_run"].explanation == "a run of 9, the longest available"
    unaligned = alternatives_of(
        Inventory(ranges(("4155550103", "4155550115"))), npa="415", quantity=10, block=True
    )
    assert unaligned["unaligned_run"].explanation == "a run of 10, not aligned as a block"
    assert unaligned["unaligned_run"].figures == Figures(10, Shape.BLOCK)
    assert "split_runs" not in unaligned


def test_single_numbers_are_worded_as_such() -> None:
    inventory = Inventory(ranges(("6285550100", "6285550101")))
    one = alternatives_of(inventory, npa="415")
    two = alternatives_of(inventory, npa="415", quantity=2)
    assert one["overlay"].explanation == "a number in area code 628, which serves the area of 415 too"
    assert two["overlay"].explanation == "2 numbers in area code 628, which serves the area of 415 too"


def test_many_pieces_are_named_in_part() -> None:
    pieces = [(f"41555501{line:02}", f"41555501{line + 1:02}") for line in range(0, 40, 4)]
    split = alternatives_of(Inventory(ranges(*pieces)), npa="415", quantity=20, consecutive=True)[
        "split_runs"
    ]
    assert split.figures == SplitRunsFigures(20, Shape.RUN, (2,) * 10)
    assert (
        split.explanation == "a run of 20, pieced together from 10 runs: 2 + 2 + 2 + 2 + 2 + 2 + 2 + 2 + ..."
    )


def test_a_sentence_can_come_from_another_catalog() -> None:
    inventory = Inventory(ranges(("6285550100", "6285550101")))
    overlay = alternatives_of(inventory, npa="415")["overlay"]
    french = {
        **SENTENCES,
        "AlternativeKind.overlay": "{wanted} dans l'indicatif {npa}",
        "Shape.number": "un numéro",
    }
    assert overlay.explain(french) == "un numéro dans l'indicatif 628"


def test_alternatives_survive_pickle() -> None:
    inventory = Inventory(ranges(("6285550100", "6285550119")))
    found = inventory.search(SearchQuery(npa="415", nxx="555", quantity=20, consecutive=True)).alternatives
    assert pickle.loads(pickle.dumps(found)) == found


def test_an_area_code_without_a_place_cannot_be_sourced() -> None:
    assert alternatives_of(Inventory(), npa="800") == {}
    assert alternatives_of(Inventory(), npa="200") == {}
    assert [*alternatives_of(Inventory(), npa="415")] == ["advanced_order"]
    assert [*alternatives_of(Inventory(), nxx="555")] == ["advanced_order"]


def test_the_exchange_that_fits_most_closely_is_offered_first_and_three_at_most() -> None:
    lengths = {"200": 40, "201": 25, "202": 30, "203": 19, "204": 35}
    stretches = [(f"415{nxx}0000", f"415{nxx}{length - 1:04}") for nxx, length in lengths.items()]
    inventory = Inventory(ranges(*stretches))
    found = inventory.search(SearchQuery(npa="415", nxx="555", quantity=20, consecutive=True)).alternatives
    other = [a.figures for a in found if a.kind is AlternativeKind.OTHER_EXCHANGE]
    assert [f.exchange.nxx for f in other if isinstance(f, ExchangeFigures)] == ["201", "202", "204"]


TABLE = Exchanges.from_text(
    "NPA-NXX,State,RateCenter,Latitude,Longitude\n"
    "415-555,CA,SNFC CNTRL,37.77,-122.42\n"
    "628-555,CA,SNFC CNTRL,37.77,-122.42\n"
    "510-555,CA,OAKLAND,37.80,-122.27\n"
    "707-555,CA,SANTA ROSA,38.44,-122.71\n"
    "415-700,CA,,,\n"
    "212-555,NY,NEW YORK,40.71,-74.01\n"
)


def test_the_same_rate_center_comes_first_then_the_nearest_then_the_area_code() -> None:
    names = ("415700", "510555", "628555", "707555", "212555")
    inventory = Inventory(ranges(*((f"{name}0000", f"{name}0019") for name in names)), exchanges=TABLE)
    found = inventory.search(SearchQuery(npa="415", nxx="555", quantity=20, consecutive=True)).alternatives
    other = [a for a in found if a.kind is AlternativeKind.OTHER_EXCHANGE]
    figures = [a.figures for a in other if isinstance(a.figures, ExchangeFigures)]
    assert [(str(f.exchange), f.nearness) for f in figures] == [
        ("628-555", Nearness.SAME_RATE_CENTER),
        ("510-555", Nearness.NEAREST),
        ("707-555", Nearness.NEAREST),
    ]
    assert figures[0].rate_center == "SNFC CNTRL"
    assert figures[1].kilometers == pytest.approx(13.6, abs=0.2)
    assert [a.explanation for a in other[:2]] == [
        "a run of 20 in exchange 628-555 (the same rate center (SNFC CNTRL))",
        "a run of 20 in exchange 510-555 (14 km away)",
    ]
    without = Inventory(ranges(("4157000000", "4157000019")), exchanges=TABLE)
    [last] = [
        a
        for a in without.search(SearchQuery(npa="415", nxx="555")).alternatives
        if a.kind == "other_exchange"
    ]
    assert last.figures == ExchangeFigures(1, Shape.NUMBER, Exchange("415700"), Nearness.SAME_AREA_CODE)


def test_a_rate_center_that_has_too_little_is_left_for_its_neighbors_and_its_state() -> None:
    inventory = Inventory(ranges(("5105550000", "5105550009"), ("2125550000", "2125550009")), exchanges=TABLE)
    found = alternatives_of(inventory, rate_center="SNFC CNTRL", quantity=10, block=True)
    assert [*found] == ["other_exchange", "same_state", "advanced_order"]
    assert found["other_exchange"].ranges == (NumberRange("5105550000", "5105550009"),)


def test_a_city_without_a_table_is_widened_to_its_state() -> None:
    inventory = Inventory(ranges(("2134000000", "2134000009"), ("2122340000", "2122340009")))
    found = alternatives_of(inventory, city="Oakland, CA", quantity=10, consecutive=True)
    assert [*found] == ["same_state", "advanced_order"]
    assert found["same_state"].query == SearchQuery(state="CA", quantity=10, consecutive=True)


def test_a_block_in_another_exchange_must_be_aligned_there() -> None:
    inventory = Inventory(ranges(("4152000005", "4152000016"), ("4152010010", "4152010019")))
    found = alternatives_of(inventory, npa="415", nxx="555", quantity=10, block=True)
    assert found["other_exchange"].ranges == (NumberRange("4152010010", "4152010019"),)


def test_more_numbers_than_can_be_listed_are_found_all_the_same() -> None:
    inventory = Inventory([Exchange("628555").numbers, Exchange("628556").numbers])
    overlay = alternatives_of(inventory, npa="415", quantity=15_000)["overlay"]
    assert len(overlay.ranges) == 10_000
    assert overlay.query == SearchQuery(npa="628", quantity=15_000, limit=10_000)


def test_figures_are_values() -> None:
    assert attrs.asdict(SmallerRunFigures(20, Shape.RUN, 19)) == {
        "quantity": 20,
        "shape": "run",
        "length": 19,
    }


@given(free_numbers())
def test_runs_come_longest_first_whatever_exchange_they_are_in(free: set[int]) -> None:
    stock = Inventory(NumberSet.from_integers(sorted(free)))._stock()
    found = pairs(_longest_first(Search(stock, SearchQuery())))
    assert found == sorted(maximal_runs(free), key=lambda run: (run[0] - run[1], run[0]))


def test_runs_at_the_border_of_two_exchanges_are_told_apart() -> None:
    inventory = Inventory(
        ranges(("4155550000", "4155550001"), ("4155559999", "4155559999"), ("4155560000", "4155560000"))
    )
    split = alternatives_of(inventory, npa="415", quantity=4, consecutive=True)["split_runs"]
    assert split.figures == SplitRunsFigures(4, Shape.RUN, (2, 1, 1))


def test_what_the_pattern_fixes_is_not_given_up() -> None:
    inventory = Inventory(ranges(("6285550100", "6285550119")))
    assert [*alternatives_of(inventory, npa="415", starts_with="415")] == ["advanced_order"]


@pytest.mark.parametrize("more", [{"starts_with": "415"}, {"state": "CA"}])
def test_a_table_that_disagrees_with_the_plan_about_a_state_spoils_nothing(more: dict[str, str]) -> None:
    table = Exchanges.from_text("NPA-NXX,State,RateCenter\n415-555,NV,A\n415-556,NV,A\n")
    inventory = Inventory(ranges(("4155560000", "4155560009")), exchanges=table)
    found = alternatives_of(inventory, npa="415", nxx="555", **more)
    assert found["other_exchange"].ranges == (NumberRange("4155560000", "4155560000"),)


def test_an_exchange_that_has_too_little_or_lies_nowhere_known_is_not_offered() -> None:
    table = Exchanges.from_text("NPA-NXX,State,RateCenter\n415-555,CA,A\n510-555,CA,B\n415-557,CA,A\n")
    inventory = Inventory(ranges(("5105550000", "5105550009"), ("4155570000", "4155570008")), exchanges=table)
    found = alternatives_of(inventory, npa="415", nxx="555", quantity=10)
    assert [*found] == ["same_state", "advanced_order"]


def test_pieces_and_shorter_runs_pass_the_filters_that_the_whole_should_have_passed() -> None:
    inventory = Inventory(ranges(("4152000100", "4152000149"), ("4152010300", "4152010304")))
    found = alternatives_of(
        inventory, npa="415", starts_with="4152", contains="13", quantity=11, consecutive=True
    )
    assert found["split_runs"].ranges == (
        NumberRange("4152000130", "4152000139"),
        NumberRange("4152000113", "4152000113"),
    )
    assert found["smaller_run"].ranges == (NumberRange("4152000130", "4152000139"),)
    assert found["non_consecutive"].figures == NonConsecutiveFigures(11, Shape.RUN, 11)


BEST_FIT = InventoryPolicy(block_sizes=(5, 10, 20), order="best_fit")


@given(free=free_numbers(), chosen=fields())
def test_alternatives_come_first_in_whatever_order_the_seller_lists_options(
    free: set[int], chosen: dict[str, Any]
) -> None:
    inventory = Inventory(NumberSet.from_integers(sorted(free)), policy=BEST_FIT)
    try:
        query = SearchQuery(**chosen)
        result = inventory.search(query)
    except InvalidQuery:
        return
    assert result.satisfied == is_satisfied(query, free)
    if result.satisfied:
        return
    assert {str(alternative.kind) for alternative in result.alternatives} == expected_kinds(query, free)
    for alternative in result.alternatives:
        assert {int(number) for stretch in alternative.ranges for number in stretch} <= free
        if alternative.query is not None:
            again = inventory.search(alternative.query)
            assert again.options[: len(alternative.ranges)] == alternative.ranges
