"""SPEC T4: numbers are found by any part of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle_cases import FIRST, SECOND, THREE, number_order
from pstnkit.lifecycle.finding import containing, digits_of
from pstnkit.numbering.telephone import TelephoneNumber


@pytest.mark.parametrize(
    "part", ["0100", "415-555-0100", "(415) 555 0100", "+1 415 555 0100", "1.415.555.0100"]
)
def test_t4_a_number_is_found_inside_an_order_however_its_part_is_written(part: str) -> None:
    assert number_order().find(part) == (FIRST.first,)


def test_t4_all_numbers_with_the_part_are_found_in_order() -> None:
    assert number_order().find("55501") == tuple(THREE)
    assert number_order().find("0101") == (SECOND.first,)
    assert number_order().find("9") == ()


@pytest.mark.parametrize("part", ["", " ", "-", "abc", "555-O100", "٤١٥", "²"])
def test_a_part_without_digits_or_with_anything_else_is_refused_and_quoted(part: str) -> None:
    with pytest.raises(ValueError) as error:
        digits_of(part)
    assert repr(part) in str(error.value)


@given(
    lines=st.lists(st.integers(0, 9999), max_size=30, unique=True),
    part=st.from_regex(r"[0-9]{1,10}", fullmatch=True),
)
def test_what_is_found_is_what_has_the_digits(lines: list[int], part: str) -> None:
    numbers = [TelephoneNumber(4_155_550_000 + line) for line in lines]
    assert containing(part, numbers) == tuple(number for number in numbers if part in str(int(number)))
