"""The exchanges of area codes as a picture, read back square by square."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pstnkit.errors import CallerError
from pstnkit.inventory.area_map import _BAND, _LEFT, _SQUARE, _TOP, AreaMap
from pstnkit.inventory.inventory import Inventory
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.ranges import NumberRange

SVG = "{http://www.w3.org/2000/svg}"


def squares(picture: AreaMap) -> dict[int, float]:
    """The side of each square by its exchange, of six digits."""
    root = ET.fromstring(picture.to_svg())
    npas = [text.text for text in root.findall(f"{SVG}text") if text.get("x") == "12"]
    bands = [path.get("d") or "" for path in root.findall(f"{SVG}path") if path.get("class") == "free"][
        : len(npas)
    ]
    found = {}
    for index, (npa, band) in enumerate(zip(npas, bands, strict=True)):
        for x, y, side in re.findall(r"M([\d.]+) ([\d.]+)h([\d.]+)v", band):
            column = int((float(x) - _LEFT) // _SQUARE)
            row = int((float(y) - _TOP - index * _BAND) // _SQUARE)
            found[int(npa or 0) * 1000 + 200 + row * 100 + column] = float(side)
    return found


@given(
    st.dictionaries(
        st.builds(lambda npa, nxx: npa * 1000 + nxx, st.sampled_from([415, 628, 212]), st.integers(200, 410)),
        st.integers(1, 10_000),
        max_size=8,
    )
)
def test_each_exchange_has_a_square_and_more_free_numbers_never_a_smaller_one(counts: dict[int, int]) -> None:
    free = NumberSet(
        NumberRange._of(code * 10_000, code * 10_000 + count - 1) for code, count in counts.items()
    )
    sides = squares(AreaMap(free, None))
    assert sides.keys() == counts.keys()
    by_count = sorted(counts, key=counts.__getitem__)
    assert [sides[code] for code in by_count] == sorted(sides.values())
    assert all(0 < side < _SQUARE for side in sides.values())


def test_the_area_codes_with_the_most_numbers_are_shown_in_order_and_the_others_counted() -> None:
    inventory = Inventory(
        [
            NumberRange("6285550000", "6285550009"),
            NumberRange("4155550000", "4155550000"),
            NumberRange("2122340000", "2122340099"),
        ]
    )
    shown = inventory.area_map(limit=2)
    assert repr(shown) == "<AreaMap of 2 area codes: 2 exchanges>"
    assert [*squares(shown)] == [212_234, 628_555]
    root = ET.fromstring(shown._repr_svg_())
    assert root.findtext(f"{SVG}desc") == (
        "A square for each exchange, the larger the more is free. 212: 100 numbers free in 1 exchange; "
        "628: 10 numbers free in 1 exchange; 1 more area code not shown."
    )
    assert inventory.area_map().to_svg() == inventory._repr_svg_()
    assert shown._repr_html_() == shown.to_svg()


def test_an_inventory_with_nothing_free_is_drawn_empty() -> None:
    empty = Inventory().area_map()
    assert repr(empty) == "<AreaMap of 0 area codes: 0 exchanges>"
    assert squares(empty) == {}


def test_a_notebook_is_shown_the_map_of_what_takes_too_long_to_sum_up() -> None:
    codes = [npa * 1000 + nxx for npa in range(212, 250) for nxx in range(200, 999) if nxx % 100 != 11][
        :20_001
    ]
    many = Inventory(NumberSet.from_integers(code * 10_000 for code in codes))
    assert many._repr_html_() == many.area_map().to_svg()
    many.remove([NumberRange._of(codes[0] * 10_000, codes[0] * 10_000)])
    assert many._repr_html_() == many.summary().to_html()


@pytest.mark.parametrize("limit", [0, -1, True, "12"])
def test_a_limit_is_a_count_of_area_codes(limit: Any) -> None:
    with pytest.raises(CallerError, match="is not a count of area codes"):
        Inventory().area_map(limit)
