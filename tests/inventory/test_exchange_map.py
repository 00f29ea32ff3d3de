"""An exchange as a picture, read back square by square."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pstnkit.inventory.exchange_map import _DARK, _LIGHT, ExchangeMap
from pstnkit.inventory.inventory import Inventory
from pstnkit.numbering.bits import LINES, lines
from pstnkit.numbering.ranges import NumberRange
from pstnkit.numbering.telephone import Exchange, TelephoneNumber
from pstnkit.rendering.theme import DARK, LIGHT
from seeing import contrast

PLACE = Exchange("415555")
SVG = "{http://www.w3.org/2000/svg}"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
BITMAPS = st.integers(0, (1 << 300) - 1) | st.integers(0, (1 << LINES) - 1)


def drawn(picture: str, kind: str) -> list[str]:
    """The outlines in the map itself (not its legend) that are of a kind: a class, or a pattern to fill with."""
    root = ET.fromstring(picture)
    [field] = [group for group in root.findall(f"{SVG}g") if "scale" in (group.get("transform") or "")]
    return [
        path.get("d") or ""
        for path in field.iter(f"{SVG}path")
        if path.get("class") == kind or (path.get("fill") or "").startswith(f"url(#pstnkit-{kind}")
    ]


def squares(outline: str) -> set[int]:
    """The lines that a path of bars covers."""
    covered: set[int] = set()
    for bar in re.findall(r"M[^M]+", outline):
        found = re.fullmatch(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z", bar)
        assert found is not None
        left, row, width, back = map(int, found.groups())
        assert width == back
        assert left + width <= 100
        covered.update(range(row * 100 + left, row * 100 + left + width))
    return covered


def area(outline: str) -> set[int]:
    """The lines within an outline of straight sides: those whose middles it goes around."""
    corners: list[list[tuple[int, int]]] = []
    x = y = 0
    for command, figures in re.findall(r"([MHVvz])([\d ]*)", outline):
        values = [int(figure) for figure in figures.split()]
        if command == "M":
            x, y = values
            corners.append([])
        elif command == "H":
            x = values[0]
        elif command == "V":
            y = values[0]
        elif command == "v":
            y += values[0]
        corners[-1].append((x, y))
    inside: set[int] = set()
    for shape in corners:
        upright = [
            (x1, *sorted((y1, y2)))
            for (x1, y1), (x2, y2) in zip(shape, [*shape[1:], shape[0]], strict=True)
            if x1 == x2
        ]
        for row in range(100):
            for column in range(100):
                crossed = sum(x <= column and low <= row < high for x, low, high in upright)
                if crossed % 2:
                    inside.add(row * 100 + column)
    return inside


@given(BITMAPS, BITMAPS)
def test_each_square_is_what_its_number_is(free: int, held: int) -> None:
    held &= ~free
    picture = ExchangeMap(PLACE, free, held)
    svg = picture.to_svg()
    assert squares("".join(drawn(svg, "free"))) == set(lines(free))
    assert squares("".join(drawn(svg, "held"))) == set(lines(held))
    assert (picture.free, picture.held) == (free.bit_count(), held.bit_count())
    assert picture.free + (picture.held or 0) + picture.taken == LINES


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (0, 0),
        (7, 42),
        (150, 199),
        (150, 210),
        (150, 249),
        (150, 250),
        (150, 320),
        (0, 9999),
        (195, 305),
        (99, 100),
    ],
)
def test_a_marked_range_is_outlined(first: int, last: int) -> None:
    part = NumberRange(f"415555{first:04}", f"415555{last:04}")
    [outline] = drawn(ExchangeMap(PLACE, 0, 0, [part]).to_svg(), "match")
    assert area(outline) == set(range(first, last + 1))


def test_the_picture_is_described_in_words() -> None:
    inventory = Inventory([NumberRange("4155550100", "4155550149")])
    inventory.hold(NumberRange("4155550100", "4155550109"), owner="cart", now=NOW)
    marked: list[NumberRange | TelephoneNumber] = [
        NumberRange("4155550110", "4155550119"),
        TelephoneNumber("4155550120"),
        NumberRange("6285550000", "6285550001"),
    ]
    shown = inventory.map("415-555", marked)
    assert repr(shown) == "<ExchangeMap of 415-555: 40 free, 10 held, 9,950 taken>"
    assert [len(part) for part in shown.marked] == [10, 1]
    assert shown._repr_svg_() == shown._repr_html_() == shown.to_svg()
    root = ET.fromstring(shown.to_svg())
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "Exchange 415-555"
    assert root.findtext(f"{SVG}desc") == (
        "A map of 100 by 100 squares, one for each number. 40 free, 10 held, 9,950 taken. "
        "Marked: +14155550110..+14155550119, +14155550120."
    )
    legend = [text.text for text in root.findall(f"{SVG}text")][-4:]
    assert legend == ["40 free", "10 held", "9,950 taken", "2 marked"]
    assert [
        path.findtext(f"{SVG}title") for path in root.iter(f"{SVG}path") if path.get("class") == "match"
    ] == [
        "+14155550110..+14155550119",
        "+14155550120",
    ]


def test_what_is_not_known_to_be_held_is_not_told_apart() -> None:
    shown = ExchangeMap(PLACE, 1, None, [TelephoneNumber(4155550000 + line) for line in range(5)])
    assert (shown.held, shown.taken) == (None, 9_999)
    svg = shown.to_svg()
    assert ">9,999 held or taken</text>" in svg
    assert "and 2 more." in svg
    assert "Nothing is marked." in ExchangeMap(PLACE, 0, 0).to_svg()


def test_it_can_be_read_without_color_and_in_any_light() -> None:
    for paper, colors in ((LIGHT["paper"], _LIGHT), (DARK["paper"], _DARK)):
        assert contrast(colors["free"], paper) >= 3
        assert contrast(colors["match"], paper) >= 10
        assert contrast(colors["match"], colors["free"]) >= 3
    svg = ExchangeMap(PLACE, 1, 2, [TelephoneNumber("4155550000")]).to_svg()
    assert "prefers-color-scheme:dark" in svg
    assert 'class="hatch"' in svg
    assert "http://" not in svg.replace("http://www.w3.org/2000/svg", "")
