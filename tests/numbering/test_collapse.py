"""``collapse`` gives the same numbers as the fewest ranges."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pstnkit.numbering.ranges import NumberRange, collapse
from pstnkit.numbering.telephone import Exchange, TelephoneNumber
from pstnkit.testing.strategies import number_ranges, telephone_numbers

PLACE = Exchange("415555")
CROWDED = st.tuples(st.integers(4155559980, 4155559999), st.integers(1, 5))
"""Where numbers and ranges overlap, adjoin and end with their exchange."""
NEAR = CROWDED.map(lambda pair: NumberRange(pair[0], min(sum(pair), 4155559999))) | st.integers(
    4155559990, 4155560010
).map(TelephoneNumber)
FAR = telephone_numbers() | number_ranges(max_size=100)


def numbers_of(items: list[TelephoneNumber | NumberRange]) -> set[TelephoneNumber]:
    return {number for item in items for number in ([item] if isinstance(item, TelephoneNumber) else item)}


@given(st.lists(NEAR, max_size=8) | st.lists(FAR, max_size=5))
def test_the_result_has_the_same_numbers_in_the_fewest_ranges(
    items: list[TelephoneNumber | NumberRange],
) -> None:
    result = collapse(items)
    numbers = [number for part in result for number in part]
    assert numbers == sorted(numbers_of(items))
    for before, after in pairwise(result):
        assert before.exchange != after.exchange or after.first - before.last > 1


def test_numbers_that_adjoin_across_exchanges_stay_apart() -> None:
    border = [NumberRange("4155559990", "4155559999"), NumberRange("4155560000", "4155560009")]
    assert collapse(border) == border


def test_a_range_inside_another_disappears() -> None:
    outer = NumberRange("4155550100", "4155550199")
    assert collapse([NumberRange(outer[10], outer[20]), outer, outer[5]]) == [outer]


def test_it_reads_any_iterable_and_nothing_gives_nothing() -> None:
    assert collapse(iter([])) == []
    assert collapse({TelephoneNumber("4155550100")}) == [NumberRange("4155550100", "4155550100")]


@pytest.mark.parametrize("stranger", ["4155550100", 4155550100, None])
def test_what_is_neither_number_nor_range_is_refused_and_quoted(stranger: Any) -> None:
    with pytest.raises(TypeError, match=rf"not {type(stranger).__name__} \("):
        collapse([stranger])
