"""Pictures of machines: every state once, every arrow labeled, no two labels in one place, and nothing unescaped."""

from __future__ import annotations

import re
from collections import Counter
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pstnkit.rendering.state_diagram import Arrow, state_diagram
from pstnkit.rendering.theme import DARK, LIGHT
from seeing import contrast

SVG = "{http://www.w3.org/2000/svg}"
STATES = ["new", "sent", "at_the_carrier", "done", "gone"]
ARROWS = [
    Arrow("new", "sent", ("send",)),
    Arrow("new", "gone", ("drop",)),
    Arrow("sent", "at_the_carrier", (), ("taken", "seen")),
    Arrow("sent", "gone", ("drop",), ("lost",)),
    Arrow("at_the_carrier", "new", (), ("returned",)),
    Arrow("at_the_carrier", "done", (), ("finished",)),
    Arrow("at_the_carrier", "gone", (), ("lost",)),
    Arrow("sent", "new", ("take back",)),
]


def drawn(
    states: list[str] = STATES, ends: tuple[str, ...] = ("done", "gone"), arrows: list[Arrow] = ARROWS
) -> ElementTree.Element:
    return ElementTree.fromstring(state_diagram("a parcel", states, ends, arrows))


def texts(picture: ElementTree.Element) -> list[str]:
    return ["".join(element.itertext()) for element in picture.iter(f"{SVG}text")]


def test_every_state_and_every_label_is_written_once() -> None:
    written = Counter(texts(drawn()))
    assert written["A parcel"] == 1
    for state in STATES:
        assert written[state.replace("_", " ")] == 1
    assert written == written | Counter(arrow.label for arrow in ARROWS)


def test_what_we_decide_is_bold_and_what_is_reported_is_not() -> None:
    [label] = [text for text in drawn().iter(f"{SVG}text") if "".join(text.itertext()) == "drop, lost"]
    assert [(bold.text, bold.get("font-weight")) for bold in label] == [("drop", "700")]


def test_ends_have_a_double_frame() -> None:
    assert sum(shape.get("class") == "inner" for shape in drawn().iter(f"{SVG}rect")) == 2


def test_a_screen_reader_is_told_all_of_it() -> None:
    picture = drawn()
    assert picture.get("role") == "img"
    title, description = picture.find(f"{SVG}title"), picture.find(f"{SVG}desc")
    assert title is not None
    assert title.text == "a parcel: its states and what leads from one to another"
    assert description is not None
    told = description.text or ""
    assert told.startswith("It begins as new. From new to sent: send.")
    assert "From at the carrier to gone: lost." in told
    assert told.endswith("Ends: done, gone.")
    for arrow in ARROWS:
        assert arrow.label in told


def test_what_has_no_end_says_so() -> None:
    picture = state_diagram("a light", ["off", "on"], [], [Arrow("off", "on"), Arrow("on", "off")])
    assert "It has no end." in picture


def test_text_is_escaped() -> None:
    picture = state_diagram("<b>", ["<i>", "&"], ["&"], [Arrow("<i>", "&", ("<script>",), ('"x"',))])
    assert "<script>" not in picture
    assert "<i>" not in picture
    assert ElementTree.fromstring(picture).tag == f"{SVG}svg"


def test_arrows_to_one_state_share_their_lane_and_join_at_dots() -> None:
    gone = [arrow for arrow in ARROWS if arrow.target == "gone"]
    joints = [dot for dot in drawn().iter(f"{SVG}circle") if dot.get("r") == "2.8"]
    back = [arrow for arrow in ARROWS if arrow.target == "new"]
    assert len(joints) == (len(gone) - 1) + (len(back) - 1)


def test_the_lines_of_a_picture_stand_out_in_the_light_and_in_the_dark() -> None:
    for colors in (LIGHT, DARK):
        assert contrast(colors["dim"], colors["paper"]) >= 4.5
        assert contrast(colors["mark"], colors["paper"]) >= 3


names = st.lists(st.text("abcdefgh_", min_size=1, max_size=12), min_size=1, max_size=9, unique=True)


@given(states=names, data=st.data())
def test_no_two_labels_or_boxes_are_in_one_place_and_nothing_is_outside(
    states: list[str], data: st.DataObject
) -> None:
    pairs = [(one, other) for one in states for other in states if one != other]
    chosen = data.draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    arrows = [Arrow(one, other, ("decide",), (f"{one} said",)) for one, other in chosen]
    picture = drawn(states, (), arrows)
    width, height = float(picture.get("width", 0)), float(picture.get("height", 0))
    boxes = [
        tuple(float(shape.get(side, 0)) for side in ("x", "y", "width", "height"))
        for shape in picture.iter(f"{SVG}rect")
        if shape.get("class") == "state"
    ]
    assert len(boxes) == len(states)
    labels = []
    for text in picture.iter(f"{SVG}text"):
        if text.get("font-size") == "12":
            wide = len("".join(text.itertext())) * 12 * 0.6
            x = float(text.get("x", 0)) - (wide if text.get("text-anchor") == "end" else 0)
            labels.append((x, float(text.get("y", 0)) - 12, wide, 12.0))
    assert len(labels) == len(arrows)
    everything = [*boxes, *labels]
    for place, (x, y, wide, high) in enumerate(everything):
        assert x >= 0
        assert x + wide <= width
        assert y >= 0
        assert y + high <= height
        for x2, y2, wide2, high2 in everything[:place]:
            apart = x + wide <= x2 or x2 + wide2 <= x or y + high <= y2 or y2 + high2 <= y
            assert apart, ((x, y, wide, high), (x2, y2, wide2, high2))
    heads = [path for path in picture.iter(f"{SVG}path") if path.get("class") == "dot"]
    # One for each state that is reached at a side, one for each step straight down, and the beginning's.
    straight = sum(states.index(other) == states.index(one) + 1 for one, other in chosen)
    sides = {
        (other, states.index(other) > states.index(one))
        for one, other in chosen
        if states.index(other) != states.index(one) + 1
    }
    assert len(heads) == len(sides) + straight + 1


@pytest.mark.parametrize(
    "number", re.findall(r'="(-?[0-9.e+-]+)"', state_diagram("a parcel", STATES, [], ARROWS))
)
def test_every_coordinate_is_short(number: str) -> None:
    assert len(number) <= 8
