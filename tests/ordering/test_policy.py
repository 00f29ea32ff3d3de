"""Policies of ordering as values: the source's defaults, and the limits of later years."""

from __future__ import annotations

import copy
import pickle
from datetime import timedelta
from typing import Any

import pytest

from pstnkit.errors import CallerError
from pstnkit.numbering.ranges import NumberRange
from pstnkit.ordering.policy import BlockNotSplit, CartPolicy, OrderPolicy

BLOCK = NumberRange("4155550200", "4155550209")
OTHER = NumberRange("4155550300", "4155550349")


def test_the_defaults_limit_nothing() -> None:
    policy = OrderPolicy()
    assert (policy.block_sizes, policy.most_standard, policy.most_on_trial) == (None, None, None)
    assert policy.toll_free_blocks
    policy.keep_whole([BLOCK], [BLOCK.first])


def test_the_limits_of_2026_are_a_preset() -> None:
    assert OrderPolicy.as_of_2026() == OrderPolicy(
        block_sizes=(10, 50, 100),
        whole_blocks=True,
        toll_free_blocks=False,
        most_standard=100,
        most_on_trial=10,
    )


def test_numbers_of_a_block_go_together_or_not_at_all() -> None:
    policy = OrderPolicy.as_of_2026()
    policy.keep_whole([BLOCK, OTHER], [])
    policy.keep_whole([BLOCK, OTHER], [OTHER.first - 1, BLOCK])
    with pytest.raises(BlockNotSplit, match="it goes only as a whole") as refusal:
        policy.keep_whole([OTHER, BLOCK], [*OTHER, BLOCK.first, BLOCK.last])
    assert refusal.value.block == BLOCK
    assert refusal.value.part == (BLOCK[:1], BLOCK[-1:])
    for twin in (copy.copy(refusal.value), pickle.loads(pickle.dumps(refusal.value))):
        assert (twin.block, twin.part, str(twin)) == (BLOCK, refusal.value.part, str(refusal.value))


@pytest.mark.parametrize(
    ("field", "value"),
    [("most_standard", -1), ("most_on_trial", 2.5), ("most_on_trial", True), ("block_sizes", (10, 0))],
)
def test_a_limit_is_a_count(field: str, value: Any) -> None:
    with pytest.raises(CallerError, match=field):
        OrderPolicy(**{field: value})


@pytest.mark.parametrize("field", ["keeps_for", "keeps_at_most", "warn_before", "lapses_after"])
@pytest.mark.parametrize("value", [timedelta(0), 15])
def test_a_time_is_a_length_of_time(field: str, value: Any) -> None:
    with pytest.raises(CallerError, match=f"{field}: .* is no length of time"):
        CartPolicy(**{field: value})
