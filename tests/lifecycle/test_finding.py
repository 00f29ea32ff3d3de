"""SPEC T4: numbers are found by any part of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle_cases import FIRST, SECOND, THREE, number_order
from pstnkit.lifecycle.finding import containing, digits_of
from pstnkit.numbering.numbermap import NumberMap
from pstnkit.numbering.telephone import TelephoneNumber


@pytest.mark.parametrize(
    "part", ["0100", "415-555-0100", "(415) 555 0100", "+1 415 555 0100", "1.415.555.0100"]
)
def test_t4_a_number_is_found_inside_an_order_however_its_part_is_written(part: str) -> None:
    assert number_order().find(part) == (FIRST.first,)


def test_t4_all_numbers_with_the_part_are_found_in_order() -> None:
    assert number_order().find("55501") == tuple(THREE)
    assert number_order().find("0101") == (SECOND.first,)
    assert number_order().find("+1 (415) 555-01") == tuple(THREE)
    assert number_order().find("9") == ()


@pytest.mark.parametrize("part", ["", " ", "-", "+1", "abc", "555-O100", "٤١٥", "²"])
def test_a_part_without_digits_or_with_anything_else_is_refused_and_quoted(part: str) -> None:
    with pytest.raises(ValueError) as error:
        digits_of(part)
    assert repr(part) in str(error.value)


@given(
    digits=st.lists(st.from_regex(r"[2-9][0-9]{2}[2-9][0-9]{6}", fullmatch=True), max_size=20, unique=True),
    part=st.one_of(st.from_regex(r"[0-9]{1,10}", fullmatch=True), st.integers(1, 10)),
    data=st.data(),
)
def test_what_is_found_is_what_has_the_digits(
    digits: list[str], part: str | int, data: st.DataObject
) -> None:
    possible = [text for text in digits if text[1:3] != "11" and text[4:6] != "11" and text[3:6] != "555"]
    if isinstance(part, int):  # a piece of one of them, which is found
        whole = data.draw(st.sampled_from(possible or ["4153210100"]))
        start = data.draw(st.integers(0, 10 - part))
        part = whole[start : start + part]
    numbers = NumberMap((TelephoneNumber(int(text)), text) for text in possible)
    assert list(containing(part, numbers)) == [
        (number, text) for number, text in numbers.items() if part in text
    ]
