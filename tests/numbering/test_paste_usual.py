"""The short cut for usual spellings says of every cell what looking at all of it says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paste_forms import Digits, Shape, digits, shapes, tens, ways, written
from pstnkit.numbering.paste.cleaning import plain
from pstnkit.numbering.paste.runs import Spelled
from pstnkit.numbering.paste.spelling import read_cell, read_thoroughly
from pstnkit.numbering.paste.usual import read_usual


def _said(found: Iterable[Spelled]) -> list[tuple[Any, ...]]:
    return [tuple(getattr(one, name) for name in Spelled.__slots__) for one in found]


@given(
    st.lists(shapes, min_size=1, max_size=8),
    digits,
    st.sampled_from(["", " ", "x", "1", "/", "#"]),
    st.integers(0, 30),
)
def test_a_cell_is_read_alike_with_and_without_the_short_cut(
    forms: Sequence[Shape], fill: Digits, extra: str, place: int
) -> None:
    for shape in forms:
        text = plain(shape(fill).text).strip()
        for cell in (text, text[:place] + extra + text[place:]):
            if cell.strip():
                assert _said(read_cell(cell)) == _said(read_thoroughly(cell)), cell


@given(st.lists(tens, min_size=2, max_size=2), ways, ways, st.sampled_from([" ", "  ", ", ", "/", " or "]))
def test_two_numbers_are_read_alike(both: list[str], first: str, second: str, between: str) -> None:
    cell = written(first, both[0]) + between + written(second, both[1])
    assert _said(read_cell(cell)) == _said(read_thoroughly(cell))


@given(
    st.from_regex(r"[ +(]?[0-9]{1,4}[-/., ():][0-9]{1,4}[-/., ():x$]{0,2}[0-9]{0,6}[ ,.]?", fullmatch=True)
)
def test_whatever_is_made_of_digits_and_marks_is_read_alike(cell: str) -> None:
    if cell.strip():
        assert _said(read_cell(cell)) == _said(read_thoroughly(cell))


@pytest.mark.parametrize(
    "cell",
    [
        "(415) 321-0100",
        "011 1 415 321 0100",
        "Tel: 415-321-0100 x12",
        "415-321-0100 (main)",
        "415-321-0100 - 0199",
        "415-321-0100 thru 415-321-0199",
        "415-321-0199 to 415-322-0100",
        "415-321-0100, 415-321-0101",
        "(415) 321-0100 (628) 321-0101",
        "415-321-010",
        "41532101001",
        "+44 20 7946 0958",
        "0044 20 7946 0958",
        "+49 123456789012345",
        "321-0100",
        "911",
        "06/21/84",
        "2012-01-02 08",
        "1/5/2026 10:30 AM",
        "$1,234.00",
        "Jane",
    ],
)
def test_a_usual_cell_takes_the_short_cut(cell: str) -> None:
    usual = read_usual(cell)
    assert (usual is None) == (cell == "+49 123456789012345")  # too long for any number
    assert _said(read_cell(cell)) == _said(read_thoroughly(cell))


@pytest.mark.parametrize(
    "cell",
    ["########", "#REF!", "415-321-01XX", "100 Main St", "415 and 321-0100", "1 415 321 0100 628 321 0101"],
)
def test_any_other_cell_does_not(cell: str) -> None:
    assert read_usual(cell) is None
