"""What no inventory could answer is told from what one could: by looking at every exchange."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pstnkit.inventory.patterns import Filter
from pstnkit.inventory.possible import (
    area_codes_like,
    block_possible,
    codes_like,
    exchange_exists,
    longest_possible,
    most_lines,
)
from pstnkit.numbering.shape import area_code_fault, exchange_fault

few = settings(max_examples=settings().max_examples // 3)
three = st.text("0123456789?", min_size=3, max_size=3) | st.text("1?", min_size=3, max_size=3)


def like(pattern: str, text: str) -> bool:
    return all(symbol in {"?", digit} for symbol, digit in zip(pattern, text, strict=True))


@given(three)
def test_codes_are_like_a_pattern_if_each_digit_is(pattern: str) -> None:
    expected = [code for code in range(1000) if like(pattern, f"{code:03}")]
    assert list(codes_like(pattern)) == expected
    assert list(area_codes_like(pattern)) == [code for code in expected if area_code_fault(code) is None]


@few
@given(st.sampled_from(["415", "41?", "8?6", "876", "800", "?11", "911"]), three)
def test_an_exchange_exists_if_one_of_a_thousand_does(npa: str, nxx: str) -> None:
    codes = [1000 * a + b for a in codes_like(npa) for b in codes_like(nxx)]
    assert exchange_exists(npa + nxx) == any(exchange_fault(code) is None for code in codes)


@few
@given(
    npa=st.sampled_from(["415", "876", "550", "11?"]),
    nxx=st.sampled_from(["???", "5??", "?1?", "?55", "555"]),
    line=st.sampled_from(["????", "5???", "???1", "0?1?"]),
    contains=st.none() | st.text("015?", min_size=1, max_size=9),
    endings=st.none() | st.lists(st.text("015", min_size=1, max_size=4), min_size=1, max_size=3).map(tuple),
)
@example(npa="415", nxx="???", line="????", contains="155015", endings=None)
@example(npa="415", nxx="???", line="????", contains="5501", endings=("1",))
@example(npa="876", nxx="?1?", line="????", contains="110", endings=None)
def test_no_exchange_lets_more_lines_pass_and_some_lets_as_many(
    npa: str, nxx: str, line: str, contains: str | None, endings: tuple[str, ...] | None
) -> None:
    fixed = npa + nxx + line
    search = Filter(fixed, contains, endings)
    codes = [1000 * a + b for a in codes_like(npa) for b in codes_like(nxx)]
    masks = {search.mask(code) for code in codes if exchange_fault(code) is None}
    most = most_lines(fixed, contains, endings)
    assert set(most) <= masks - {0}
    assert all(any(mask & ~wide == 0 for wide in most) for mask in masks if mask)


@pytest.mark.parametrize(("size", "possible"), [(1, True), (4, True), (5, False), (8, False), (3, True)])
def test_a_block_is_possible_where_a_run_begins_at_a_multiple_of_its_size(size: int, possible: bool) -> None:
    assert block_possible((1 << 1, 0b1111 << 8), size) == possible
    assert longest_possible((1 << 1, 0b1111 << 8)) == 4


def test_where_nothing_is_possible_the_longest_run_has_no_number() -> None:
    assert longest_possible(()) == 0
    assert not block_possible((), 1)
