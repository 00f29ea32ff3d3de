"""The answer to a search as plain data."""

from __future__ import annotations

import json

from pstnkit.inventory.inventory import Inventory
from pstnkit.inventory.query import SearchQuery
from pstnkit.inventory.result_data import result_data
from pstnkit.numbering.ranges import NumberRange

INVENTORY = Inventory([NumberRange("4155550100", "4155550129"), NumberRange("6285550100", "6285550149")])


def test_options_are_told_by_their_ends_single_numbers_too() -> None:
    data = result_data(INVENTORY.search(SearchQuery(npa="415", quantity=2, limit=2)))
    assert data == {
        "options": [["+14155550100", "+14155550100"], ["+14155550101", "+14155550101"]],
        "available": 30,
        "satisfied": True,
        "alternatives": [],
    }


def test_alternatives_keep_their_rank_kind_ranges_and_sentence() -> None:
    result = INVENTORY.search(SearchQuery(npa="415", nxx="555", quantity=50, block=True))
    alternatives = result_data(result)["alternatives"]
    assert [offered["kind"] for offered in alternatives] == [str(one.kind) for one in result.alternatives]
    assert {
        "kind": "overlay",
        "ranges": [["+16285550100", "+16285550149"]],
        "explanation": "a block of 50 in area code 628, which serves the area of 415 too",
    } in alternatives
    assert alternatives[-1]["ranges"] == []


def test_it_is_made_of_what_json_has() -> None:
    data = result_data(INVENTORY.search(SearchQuery(quantity=100, consecutive=True)))
    assert json.loads(json.dumps(data)) == data
