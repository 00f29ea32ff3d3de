"""The summary of an inventory, against counting number by number."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory_oracle import free_numbers, maximal_runs
from pstnkit.inventory.exchanges import ExchangeFacts, Exchanges
from pstnkit.inventory.inventory import Inventory
from pstnkit.inventory.policy import InventoryPolicy
from pstnkit.inventory.supply import RateCenter, Supply
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.ranges import NumberRange
from pstnkit.numbering.telephone import Exchange, TelephoneNumber

SIZES = (5, 10, 50)
TABLE = Exchanges(
    [
        ExchangeFacts(Exchange("415555"), "US-CA", "SNFC CNTRL"),
        ExchangeFacts(Exchange("415555"), "US-CA", "OAKLAND", block=0),
        ExchangeFacts(Exchange("415555"), "US-CA", "Oakland", block=5),
        ExchangeFacts(Exchange("628555"), "US-CA", "oakland"),
        ExchangeFacts(Exchange("415200"), "US-CA"),
        ExchangeFacts(Exchange("212234"), "US-NY", "OAKLAND"),
        ExchangeFacts(Exchange("800555"), None, "NOWHERE"),
    ]
)


def agrees(supply: Supply, free: set[int]) -> bool:
    """Whether a supply is what counting the numbers gives."""
    runs = [last - first + 1 for first, last in maximal_runs(free)]
    assert supply.numbers == len(free)
    assert supply.exchanges == len({number // 10_000 for number in free})
    for band in supply.runs:
        here = [length for length in runs if band.shortest <= length <= band.longest]
        assert (band.runs, band.numbers) == (len(here), sum(here))
    for size, count in supply.blocks.items():
        starts = [number for number in free if number % size == 0]
        assert count == sum(free.issuperset(range(start, start + size)) for start in starts)
    longest = max(maximal_runs(free), key=lambda run: run[1] - run[0], default=None)
    found = supply.longest_run
    return (None if found is None else (int(found.first), int(found.last))) == longest


@given(free_numbers())
def test_it_agrees_with_counting(free: set[int]) -> None:
    inventory = Inventory(
        NumberSet.from_integers(free), exchanges=TABLE, policy=InventoryPolicy(block_sizes=SIZES)
    )
    summary = inventory.summary()
    assert agrees(summary.total, free)
    assert [*summary.by_area_code] == sorted({str(number)[:3] for number in free})
    for npa, supply in summary.by_area_code.items():
        assert agrees(supply, {number for number in free if str(number).startswith(npa)})
    places: dict[RateCenter, set[int]] = {}
    for number in free:
        facts = TABLE.get(TelephoneNumber(number))
        if facts is not None and facts.rate_center is not None:
            places.setdefault(RateCenter(facts.state, facts.rate_center.upper()), set()).add(number)
    assert summary.by_rate_center.keys() == places.keys()
    assert all(agrees(supply, places[center]) for center, supply in summary.by_rate_center.items())
    assert summary.not_placed == len(free) - sum(map(len, places.values()))


def test_the_bands_meet_and_hold_every_length() -> None:
    bands = Inventory().summary().total.runs
    assert (bands[0].shortest, bands[-1].longest) == (1, 10_000)
    assert all(lower.longest + 1 == upper.shortest for lower, upper in pairwise(bands))


@given(st.integers(1, 10_000))
def test_a_run_is_in_the_band_of_its_length(length: int) -> None:
    summary = Inventory([NumberRange("4155550000", f"415555{length - 1:04}")]).summary()
    [band] = [band for band in summary.total.runs if band.runs]
    assert band.shortest <= length <= band.longest
    assert band.numbers == length


def test_what_is_held_is_not_counted() -> None:
    from datetime import UTC, datetime

    inventory = Inventory([NumberRange("4155550000", "4155550099")])
    inventory.hold(
        NumberRange("4155550010", "4155550019"), owner="cart", now=datetime(2026, 11, 20, tzinfo=UTC)
    )
    assert inventory.summary().total.numbers == 90


PLACES = Inventory(
    [
        NumberRange("4155550000", "4155550999"),
        NumberRange("4155551000", "4155551001"),
        NumberRange("6285550000", "6285550004"),
        NumberRange("2122340007", "2122340007"),
        NumberRange("9025550007", "9025550007"),
    ],
    exchanges=TABLE,
)


def test_it_is_shown_as_text_with_a_bar_for_each_band() -> None:
    text = PLACES.summary().to_text()
    assert text == str(PLACES.summary())
    assert text.splitlines()[0] == (
        "1,009 numbers free in 4 exchanges of 4 area codes; the longest run has 1,002: +14155550000..+14155551001"
    )
    assert re.search(r"^1 +2 +2  #$", text, re.MULTILINE)
    assert re.search(r"^1,000 to 9,999 +1 +1,002  #{30}$", text, re.MULTILINE)
    assert re.search(r"^20 to 49 +0 +0$", text, re.MULTILINE)
    assert re.search(r"^415 +1,002 +1 +1,002 +100 +20 +10$", text, re.MULTILINE)
    assert re.search(r"^OAKLAND, US-CA +1,005 +2 +1,000 +100 +20 +10$", text, re.MULTILINE)
    assert text.endswith("\n1 number in no rate center that the table knows")


def test_what_is_not_listed_is_counted() -> None:
    text = PLACES.summary().to_text(limit=1)
    assert "\n... and 3 more area codes with 7 numbers\n" in text
    assert re.findall(r"^\d{3}(?= .* 20 )", text, re.MULTILINE) == ["415"]
    few = Inventory([NumberRange("4155550000", "4155550000"), NumberRange("6285550000", "6285550001")])
    assert few.summary().to_text(limit=1).endswith("\n... and 1 more area code with 1 number")
    assert few.summary().to_text(limit=None) == few.summary().to_text()


def test_an_inventory_with_nothing_free_says_so() -> None:
    assert Inventory().summary().to_text() == "no numbers free"
    assert "<p>no numbers free</p>" in Inventory()._repr_html_()
    one = Inventory([NumberRange("4155550000", "4155550000")])
    assert one.summary().to_text().startswith("1 number free in 1 exchange of 1 area code;")


def test_a_notebook_sees_tables_with_headings_and_bars_that_are_outlined() -> None:
    shown = PLACES.summary()._repr_html_()
    assert shown == PLACES._repr_html_() == PLACES.summary().to_html()
    for part in (
        "<caption>Runs</caption>",
        '<th scope="row">1,000 to 9,999</th><td class="right">1</td><td class="right">1,002</td>'
        '<td><span class="bar" style="width:16.00em" aria-hidden="true"></span></td>',
        "<caption>By area code</caption>",
        '<th scope="row">OAKLAND, US-CA</th>',
        '<p class="dim">1 number in no rate center that the table knows</p>',
        "border:1px solid var(--mark)",
        "prefers-color-scheme:dark",
    ):
        assert part in shown
    assert "<td></td>" in shown


@pytest.mark.parametrize("name", ["<b>X</b>", "A & B"])
def test_names_from_a_table_are_escaped(name: str) -> None:
    table = Exchanges([ExchangeFacts(Exchange("415555"), rate_center=name)])
    shown = Inventory([NumberRange("4155550000", "4155550001")], exchanges=table)._repr_html_()
    assert name.upper() not in shown
    assert name.upper().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in shown
