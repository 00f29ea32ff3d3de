"""Records as plain data: what JSON can write, and nothing that is secret."""

from __future__ import annotations

import json

import pytest

from bench import Bench
from pstnkit.desk.plain import plain
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.ranges import NumberRange
from pstnkit.secret import Secret


def test_a_whole_life_becomes_json_and_tells_no_secret() -> None:
    bench = Bench()
    order = bench.order()
    everything = [
        bench.desk.order(order.id),
        *bench.desk.history(order.id),
        bench.desk.numbers(bench.customer),
    ]
    text = json.dumps(plain(everything))
    assert json.loads(text)[0]["status"] == "awaiting_signature"
    assert plain({"pin": Secret("1234")}) == {"pin": "***"}


def test_a_collection_becomes_a_list_in_its_order() -> None:
    assert plain(NumberSet([NumberRange("4152012671", "4152012672")])) == ["+14152012671", "+14152012672"]


def test_what_has_no_plain_form_is_an_error_and_not_a_guess() -> None:
    with pytest.raises(TypeError, match="a object has no plain form"):
        plain(object())
