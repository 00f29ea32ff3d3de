"""Which other exchanges are offered, and in which order, against the words of the contract."""

from __future__ import annotations

from math import acos, cos, radians, sin
from typing import Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from inventory_oracle import all_options, maximal_runs, passing
from pstnkit.inventory.alternatives import Alternative, AlternativeKind, ExchangeFigures, Nearness
from pstnkit.inventory.exchanges import ExchangeFacts, Exchanges
from pstnkit.inventory.inventory import Inventory
from pstnkit.inventory.policy import InventoryPolicy
from pstnkit.inventory.query import SearchQuery
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.ranges import NumberRange
from pstnkit.numbering.telephone import Exchange

STATES = {"415": "US-CA", "510": "US-CA", "775": "US-NV"}
WORLD = ("415200", "415201", "415202", "510200", "510201", "775200", "775201")
POINTS = [(37.77, -122.42), (37.8, -122.27), (39.5, -119.8), (38.44, -122.71)]
POLICY = InventoryPolicy(block_sizes=(5, 10))


@st.composite
def tables(draw: st.DrawFn) -> list[ExchangeFacts]:
    """What is known of the exchanges of a little world: some of it, of some of them, of some by the block."""
    facts = []
    for name in WORLD:
        for block in draw(st.sampled_from([(), (None,), (None,), (None,), (0, 1), range(10)])):
            center = draw(st.sampled_from([None, "ANNEX", "BAY"]))
            point = draw(st.sampled_from([None, *POINTS]))
            facts.append(ExchangeFacts(Exchange(name), STATES[name[:3]], center, None, point, block=block))
    return facts


@st.composite
def stretches(draw: st.DrawFn) -> set[int]:
    """Some numbers of the little world, in the first two thousands-blocks."""
    free: set[int] = set()
    for name in draw(st.lists(st.sampled_from(WORLD), max_size=9)):
        first = int(name) * 10_000 + draw(st.integers(0, 30) | st.integers(990, 1010))
        free.update(range(first, first + draw(st.integers(1, 25))))
    return free


def kilometers(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance by another formula than the one that is tried."""
    (a, b), (c, d) = (tuple(map(radians, at)) for at in (one, other))
    return 6371.0 * acos(max(-1.0, min(1.0, sin(a) * sin(c) + cos(a) * cos(c) * cos(b - d))))


def expected(query: SearchQuery, free: set[int], table: Exchanges) -> list[tuple[str, Nearness]]:
    """The exchanges to be offered, in order: every one of the world is looked at."""
    if query.npa and query.nxx:
        asked = {query.npa + query.nxx}
    else:
        inside = table.in_rate_center(query.rate_center or "", query.state)
        asked = {name for name in WORLD if any(Exchange(name) == exchange for exchange in inside.exchanges())}
    wanted = [facts for name in asked for facts in told(table, name)]
    if query.rate_center:
        wanted = [facts for facts in wanted if facts.rate_center == query.rate_center]
    ranked = []
    for name in set(WORLD) - asked:
        whole = query.replace(npa=name[:3], nxx=name[3:], rate_center=None, city=None)
        there = {digits for digits in free if digits // 10_000 == int(name)}
        same = None
        for place in wanted:
            if same is None and place.rate_center:
                center = (place.state, place.rate_center)
                lines = [f for f in told(table, name) if (f.state, f.rate_center) == center]
                blocks = {block for f in lines for block in (range(10) if f.block is None else (f.block,))}
                same = fitting(whole, {d for d in there if d % 10_000 // 1000 in blocks})
        if same is not None:
            ranked.append((0, 0.0, same, name, Nearness.SAME_RATE_CENTER))
            continue
        if (fit := fitting(whole, there)) is None:
            continue
        facts = table.get(int(name))
        known = (
            []
            if facts is None or facts.coordinates is None
            else [kilometers(facts.coordinates, place.coordinates) for place in wanted if place.coordinates]
        )
        near = STATES[name[:3]] in {place.state for place in wanted} or min(known, default=101) <= 100
        if known and (near or name[:3] in {code[:3] for code in asked}):
            ranked.append((1, round(min(known), 3), fit, name, Nearness.NEAREST))
        elif name[:3] in {code[:3] for code in asked}:
            ranked.append((2, 0.0, fit, name, Nearness.SAME_AREA_CODE))
    return [(f"{name[:3]}-{name[3:]}", nearness) for *_, name, nearness in sorted(ranked)][:3]


def told(table: Exchanges, name: str) -> tuple[ExchangeFacts, ...]:
    facts = table.get(int(name))
    return table.blocks(int(name)) or (() if facts is None else (facts,))


def fitting(query: SearchQuery, free: set[int]) -> int | None:
    """How much more than wanted there is, or None for too little."""
    found = passing(query, free)
    if query.in_runs:
        longest = max((last - first + 1 for first, last in maximal_runs(found)), default=0)
        return longest - query.quantity if all_options(query, free) else None
    return len(found) - query.quantity if len(found) >= query.quantity else None


@given(
    free=stretches(),
    facts=tables(),
    place=st.sampled_from([{"npa": "415", "nxx": "200"}, {"rate_center": "ANNEX", "state": "CA"}]),
    form=st.sampled_from(
        [{"quantity": 8}, {"quantity": 8, "consecutive": True}, {"quantity": 5, "block": True}]
    ),
    pattern=st.sampled_from(
        [{}, {}, {"contains": "0"}, {"exclude": [NumberRange("4152010998", "4152011001")]}]
    ),
)
def test_the_exchanges_offered_are_those_that_looking_at_each_one_finds(
    free: set[int],
    facts: list[ExchangeFacts],
    place: dict[str, Any],
    form: dict[str, Any],
    pattern: dict[str, Any],
) -> None:
    table = Exchanges(facts)
    if "rate_center" in place and not any(f.rate_center == "ANNEX" and f.state == "US-CA" for f in facts):
        return
    inventory = Inventory(NumberSet.from_integers(sorted(free)), exchanges=table, policy=POLICY)
    query = SearchQuery(**place, **form, **pattern)
    result = inventory.search(query)
    if result.satisfied:
        return
    offered = [a for a in result.alternatives if a.kind is AlternativeKind.OTHER_EXCHANGE]
    assert [
        (str(a.figures.exchange), a.figures.nearness)
        for a in offered
        if isinstance(a.figures, ExchangeFigures)
    ] == expected(query, free, table)
    for alternative in offered:
        check(alternative, free, inventory, table)


def check(alternative: Alternative, free: set[int], inventory: Inventory, table: Exchanges) -> None:
    """An exchange offered has what is wanted, in the place that it is offered for."""
    figures, query = alternative.figures, alternative.query
    assert query is not None
    assert isinstance(figures, ExchangeFigures)
    event(str(figures.nearness))
    again = inventory.search(query)
    assert again.satisfied
    assert again.options[: len(alternative.ranges)] == alternative.ranges
    for stretch in alternative.ranges:
        assert stretch.exchange == figures.exchange
        assert {int(number) for number in stretch} <= free
        if figures.nearness is Nearness.SAME_RATE_CENTER:
            centers = {facts.rate_center for number in stretch if (facts := table.get(number)) is not None}
            assert centers == {figures.rate_center}
    assert (figures.kilometers is None) == (figures.nearness is not Nearness.NEAREST)


def test_an_exchange_across_the_border_is_offered_when_it_is_near() -> None:
    table = Exchanges.from_text(
        "NPA-NXX,State,Latitude,Longitude\n"
        "816-200,MO,39.10,-94.58\n913-200,KS,39.11,-94.63\n212-200,NY,40.71,-74.01\n"
    )
    numbers = [NumberRange(f"{name}0000", f"{name}0009") for name in ("913200", "212200")]
    result = Inventory(numbers, exchanges=table).search(SearchQuery(npa="816", nxx="200", quantity=5))
    [offered] = [a for a in result.alternatives if a.kind is AlternativeKind.OTHER_EXCHANGE]
    assert isinstance(offered.figures, ExchangeFigures)
    assert offered.figures.exchange == Exchange("913200")
    assert offered.figures.kilometers == pytest.approx(4.5, abs=0.2)
    inside = Inventory(numbers, exchanges=table).search(SearchQuery(npa="816", nxx="200", state="MO"))
    assert [a for a in inside.alternatives if a.kind is AlternativeKind.OTHER_EXCHANGE] == []


def test_a_city_without_a_table_has_neighbors_in_its_area_codes() -> None:
    # 510-444 is in Oakland as far as is known, 510-226 is in Fremont.
    inventory = Inventory([NumberRange("5104440000", "5104440004"), NumberRange("5102260000", "5102260011")])
    result = inventory.search(SearchQuery(city="Oakland, CA", quantity=10, consecutive=True))
    offered = {str(a.kind): a for a in result.alternatives}
    figures = offered["other_exchange"].figures
    assert isinstance(figures, ExchangeFigures)
    assert (str(figures.exchange), figures.nearness) == ("510-226", Nearness.SAME_AREA_CODE)


def test_an_area_code_in_two_complexes_is_overlaid_by_both() -> None:
    names = ("212200", "718200", "212201", "201200")
    inventory = Inventory([NumberRange(f"{name}0000", f"{name}0009") for name in names])
    result = inventory.search(SearchQuery(npa="917", quantity=10, consecutive=True))
    assert [str(a.ranges[0].first) for a in result.alternatives if a.kind is AlternativeKind.OVERLAY] == [
        "+12122000000",
        "+17182000000",
    ]


def test_a_pooled_exchange_in_two_of_the_rate_centers_is_offered_for_the_first() -> None:
    table = Exchanges.from_text(
        "NPA-NXX,X,State,RateCenter\n415-200,0,CA,ANNEX\n415-200,1,CA,BAY\n415-201,1,CA,BAY\n415-201,2,CA,ANNEX\n"
    )
    inventory = Inventory([NumberRange("4152011000", "4152012009")], exchanges=table)
    result = inventory.search(SearchQuery(npa="415", nxx="200", quantity=1_000, consecutive=True))
    [offered] = [a for a in result.alternatives if a.kind is AlternativeKind.OTHER_EXCHANGE]
    assert offered.ranges == (NumberRange("4152011000", "4152011999"),)
    assert offered.explanation == "a run of 1,000 in exchange 415-201 (the same rate center (BAY))"
    more = inventory.search(SearchQuery(npa="415", nxx="200", quantity=1_001, consecutive=True))
    [offered] = [a for a in more.alternatives if a.kind is AlternativeKind.OTHER_EXCHANGE]
    assert offered.explanation == "a run of 1,001 in exchange 415-201 (the same area code)"
    within = SearchQuery(rate_center="ANNEX", state="CA")
    assert inventory.search(within).available == 10
    inventory.remove([NumberRange("4152012000", "4152012009")])
    assert inventory.search(within).available == 0
