"""How answers are shown."""

from __future__ import annotations

import pytest

from pstnkit.inventory.inventory import Inventory
from pstnkit.inventory.query import SearchQuery
from pstnkit.numbering.ranges import NumberRange
from pstnkit.numbering.telephone import Exchange

INVENTORY = Inventory([NumberRange("4155550100", "4155550129"), NumberRange("6285550100", "6285550149")])


def test_a_satisfied_answer_is_a_summary_and_its_options() -> None:
    result = INVENTORY.search(SearchQuery(npa="415", quantity=15, consecutive=True, limit=1))
    assert str(result) == (
        "1 run of 15 listed; 30 numbers available\n  +14155550100..+14155550114\n  ... and more"
    )
    assert result.to_text() == str(result)
    assert repr(result) == "<SearchResult: 1 options, 30 available, satisfied>"


def test_an_unsatisfied_answer_ends_with_what_would_do_instead() -> None:
    result = INVENTORY.search(SearchQuery(npa="415", nxx="555", quantity=50, block=True))
    text = str(result)
    assert text.startswith("no blocks of 50 listed; 30 numbers available\nInstead:\n")
    assert (
        "  a block of 50 in area code 628, which serves the area of 415 too: +16285550100..+16285550149"
        in text
    )
    assert text.endswith("an advanced order: the carrier sources a block of 50 in 5 days")
    assert repr(result) == "<SearchResult: 0 options, 30 available, not satisfied>"


def test_single_numbers_say_how_many_were_wanted_and_are_named_in_part() -> None:
    text = str(INVENTORY.search(SearchQuery(npa="415", quantity=40, limit=2)))
    assert text.startswith(
        "2 numbers listed, of 40 wanted; 30 numbers available\n  +14155550100\n  +14155550101\n"
    )
    assert "+16285550100, +16285550101, +16285550102 and 37 more" in text
    assert str(INVENTORY.search(SearchQuery(npa="415", limit=1))).startswith("1 number listed; 30 numbers")


def test_a_notebook_sees_a_table_with_headings_and_a_map_to_unfold() -> None:
    result = INVENTORY.search(SearchQuery(npa="415", quantity=15, consecutive=True, limit=1))
    shown = result._repr_html_()
    for part in (
        "<caption>1 run of 15 listed; 30 numbers available</caption>",
        '<th scope="col">numbers</th>',
        '<th scope="row">+14155550100..+14155550114</th><td class="right">15</td><td>415-555</td>',
        '<p class="dim">... and more</p>',
        "<details><summary>Exchange 415-555 as a map</summary><svg ",
    ):
        assert part in shown
    assert result.map().to_svg() in shown
    assert result._repr_svg_() == result.map().to_svg()


def test_an_answer_draws_the_exchange_that_it_is_asked_for() -> None:
    result = INVENTORY.search(SearchQuery(quantity=15, consecutive=True))
    assert repr(result.map("628-555")) == "<ExchangeMap of 628-555: 50 free, 9,950 not free>"
    assert [str(part) for part in result.map(Exchange("628555")).marked] == [
        "+16285550100..+16285550114",
        "+16285550115..+16285550129",
        "+16285550130..+16285550144",
    ]
    nothing = INVENTORY.search(SearchQuery(quantity=100, block=True))
    assert nothing._repr_svg_() is None
    assert nothing.map(628_555).free == 50
    with pytest.raises(ValueError, match="there is no option to draw: name an exchange"):
        nothing.map()
    with pytest.raises(ValueError, match="'628'"):
        nothing.map("628")


def test_a_notebook_sees_alternatives_and_notes_with_nothing_left_to_execute() -> None:
    inventory = Inventory([NumberRange("9025550100", "9025550100")])
    shown = inventory.search(SearchQuery(state="PE", quantity=2))._repr_html_()
    assert "<li>an advanced order: the carrier sources 2 numbers in 5 days</li>" in shown
    assert '<p class="dim">Note: subdivision not certain: area code 902 serves CA-NS and CA-PE</p>' in shown
    none = inventory.search(SearchQuery(npa="902", quantity=2, consecutive=True))._repr_html_()
    assert "<p><strong>no runs of 2 listed; 1 number available</strong></p>" in none
    text = str(inventory.search(SearchQuery(state="PE", quantity=2)))
    assert text.endswith("Note: subdivision not certain: area code 902 serves CA-NS and CA-PE")
