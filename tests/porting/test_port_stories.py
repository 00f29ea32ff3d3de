"""A port drawn and told: what has happened, what is promised, what is late."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from attrs import evolve

from lifecycle_cases import NOW, STRANGERS, event, port_order
from pstnkit.lifecycle.events import Decision, Report
from pstnkit.lifecycle.history import Entry
from pstnkit.lifecycle.record import apply
from pstnkit.lifecycle.reports import Acknowledged, Fulfilled, GatesOpened, NumbersWorking
from pstnkit.lifecycle.waiting import Expectation, Wait, WaitingFor
from pstnkit.lifecycle.zones import UnknownTimeZone
from pstnkit.numbering.ranges import NumberRange
from pstnkit.porting.dates import ActualDate, FirmDate, RequestedDate
from pstnkit.porting.ports import PortOrder, PortStatus
from pstnkit.porting.rejects import PortRejected
from pstnkit.porting.reports import FocConfirmed
from pstnkit.porting.story import Milestone, PortStory, port_story

PACIFIC = "America/Los_Angeles"
DAY = timedelta(days=1)
FIRM = FirmDate(NOW + 10 * DAY)
SVG = "{http://www.w3.org/2000/svg}"


def lived(
    *told: tuple[Decision | Report, float], port: PortOrder | None = None
) -> tuple[PortOrder, list[Entry]]:
    """A port to which each of these has happened, so many days after now."""
    port = port or port_order(PortStatus.AWAITING_LOA)
    history = []
    for body, days in told:
        moved = apply(port, event(port.id, body, at=NOW + days * DAY))
        port = moved.record
        history.append(moved.entry)
    return port, history


def story(
    port: PortOrder, history: list[Entry], *, days: float = 4, due: datetime | None = None, waits: bool = True
) -> PortStory:
    expected = Expectation(
        order=port.id,
        status=port.status,
        now=NOW + days * DAY,
        due=due,
        waits=(Wait(what=WaitingFor.PORT_DAY, count=3, until=FIRM.at),) if waits else (),
    )
    return port_story(port, history, expected, PACIFIC)


USUAL: tuple[tuple[Decision | Report, float], ...] = (
    (GatesOpened(), 0),
    (Acknowledged("theirs-1"), 0.1),
    (PortRejected("8D", "address <b>does not</b> match & all"), 1),
    (FocConfirmed(FIRM), 3),
)


def texts(picture: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(picture).iter(f"{SVG}text")]


def shapes(picture: str, kind: str) -> int:
    return sum(1 for element in ET.fromstring(picture).iter() if element.get("class") == kind)


def test_a_picture_is_sound_svg_that_says_in_words_what_it_shows() -> None:
    picture = story(*lived(*USUAL)).to_svg()
    root = ET.fromstring(picture)
    assert root.get("role") == "img"
    title, described = root.findtext(f"{SVG}title"), root.findtext(f"{SVG}desc")
    assert title == "Port port-1: 3 numbers from Old Bell, foc confirmed"
    assert described is not None
    assert "3 numbers move at" in described
    assert "http" not in picture.replace('xmlns="http://www.w3.org/2000/svg"', "")


def test_what_the_carrier_writes_is_text_and_never_markup() -> None:
    picture = story(*lived(*USUAL)).to_svg()
    assert "<b>" not in picture
    assert any("address <b>does not</b> match & all" in text for text in texts(picture))


def test_every_event_has_its_line_in_the_order_of_its_time() -> None:
    found = texts(story(*lived(*USUAL)).to_svg())
    said = [
        "everything is signed that had to be",
        "the carrier has the order, as theirs-1",
        "the losing carrier commits itself to 2026-11-30 07:00 PST",
        "now",
        "F: the losing carrier has committed itself to this moment",
    ]
    places = [found.index(text) for text in said]
    assert places == sorted(places)
    assert "2026-11-20 07:00" in found


def test_the_states_stand_to_scale_with_their_names_where_they_fit() -> None:
    port, history = lived((GatesOpened(), 0), (Acknowledged("theirs-1"), 1), (FocConfirmed(FIRM), 3))
    root = ET.fromstring(story(port, history, days=4).to_svg())
    bars = [each for each in root.iter(f"{SVG}rect") if each.get("class") in ("band", "other")]
    widths = [float(str(each.get("width"))) for each in bars]
    assert widths[1] / widths[0] == pytest.approx(2, rel=0.01)
    assert widths[2] / widths[0] == pytest.approx(1, rel=0.01)
    assert "submitted" in texts(story(port, history, days=4).to_svg())


def test_a_report_that_is_told_late_does_not_turn_a_state_around() -> None:
    port, history = lived((GatesOpened(), 2), (Acknowledged("theirs-1"), 0.5), (FocConfirmed(FIRM), 3))
    root = ET.fromstring(story(port, history).to_svg())
    lefts = [
        float(str(each.get("x")))
        for each in root.iter(f"{SVG}rect")
        if each.get("class") in ("band", "other")
    ]
    assert lefts == sorted(lefts)


def test_a_promise_that_has_passed_is_late_by_shape_and_word_until_the_port_is_over() -> None:
    port, history = lived(*USUAL)
    due = NOW + 12 * DAY
    before = story(port, history, days=4, due=due)
    assert [mark.late for mark in before.marks] == [False, False]
    assert shapes(before.to_svg(), "odd") == 0
    after = story(port, history, days=20, due=due)
    assert [(mark.milestone, mark.late) for mark in after.marks] == [
        (Milestone.FIRM, True),
        (Milestone.DUE, True),
    ]
    assert shapes(after.to_svg(), "odd") == 4
    assert "F Nov 30 late" in texts(after.to_svg())
    assert "promised to the customer for this moment (passed, and not kept)" in after.to_text()
    done, more = lived((Fulfilled((), date(2026, 12, 1)), 11), port=port)
    over = story(done, history + more, days=20, due=due, waits=False)
    assert not any(mark.late for mark in over.marks)


def test_the_day_that_was_asked_for_and_the_day_that_came_are_days_without_an_hour() -> None:
    port, history = lived(*USUAL)
    port = evolve(port, requested=RequestedDate(date(2026, 11, 27)), works_from=ActualDate(date(2026, 12, 1)))
    marks = story(port, history).marks
    assert [(mark.milestone.value, mark.when) for mark in marks] == [
        ("requested", "2026-11-27"),
        ("firm", "2026-11-30 07:00 PST"),
        ("actual", "2026-12-01"),
    ]
    assert "R Nov 27" in texts(story(port, history).to_svg())


def test_what_contradicts_is_a_diamond_and_what_changes_nothing_a_speck() -> None:
    told = (*USUAL, (Acknowledged("theirs-1"), 3.5), (NumbersWorking((STRANGERS,)), 3.6))
    picture = story(*lived(*told)).to_svg()
    assert shapes(picture, "odd") == 1
    assert shapes(picture, "speck") == 1
    assert shapes(picture, "dot") == 4


def test_five_thousand_activations_make_one_line_that_counts_them() -> None:
    many = NumberRange("4155550000", "4155554999")
    port = port_order(PortStatus.ACTIVATING)
    port = evolve(port, quantity=5_000, numbers=type(port.numbers)().expecting((many,)))
    history = []
    for number in many:
        one = NumberRange(number, number)
        moved = apply(port, event(port.id, NumbersWorking((one,)), at=NOW))
        port = moved.record
        history.append(moved.entry)
    found = story(port, history[:-1])
    assert len(found.to_svg()) < 20_000
    assert any(text.endswith(", and 4,998 more like it") for text in texts(found.to_svg()))
    assert "and 4,998 more like it" in found.to_text()
    assert repr(found).endswith("4,999 events>")


def test_a_long_line_is_broken_and_none_leaves_the_picture() -> None:
    long = PortRejected("8D", "the address does not match the account of record " * 8)
    picture = story(*lived((GatesOpened(), 0), (Acknowledged("theirs-1"), 0), (long, 1))).to_svg()
    assert max(map(len, texts(picture))) <= 120


def test_text_tells_what_happened_what_is_promised_and_what_is_waited_for() -> None:
    told = story(*lived(*USUAL), due=NOW + 21 * DAY).to_text()
    title, happened, promised, waits = told.split("\n\n")
    assert title == "Port port-1: 3 numbers from Old Bell, foc confirmed, as of 2026-11-24 07:00 PST"
    assert len(happened.splitlines()) == 2 + len(USUAL)
    assert len(promised.splitlines()) == 2 + 2
    assert waits.splitlines()[-1].startswith("3 numbers move at")


def test_a_port_to_which_nothing_has_happened_has_a_story_too() -> None:
    port = evolve(port_order(), quantity=1)
    told = story(port, [], waits=False)
    assert repr(told) == "<PortStory of port-1: draft, 0 events>"
    assert (
        ET.fromstring(told.to_svg()).findtext(f"{SVG}title") == "Port port-1: 1 number from Old Bell, draft"
    )
    assert told.to_text().startswith("Port port-1: 1 number from Old Bell, draft, as of")
    assert told._repr_html_() == told._repr_svg_() == told.to_svg()


def test_an_unknown_zone_is_refused() -> None:
    expected = Expectation(order="port-1", status=PortStatus.DRAFT, now=datetime(2026, 1, 1, tzinfo=UTC))
    with pytest.raises(UnknownTimeZone):
        port_story(port_order(), [], expected, "Mars/Olympus")


def test_at_a_desk_a_port_tells_its_story() -> None:
    from bench import Bench

    bench = Bench()
    port: Any = bench.port()
    bench.sign()
    told = bench.desk.story(port)
    assert told.marks
    assert "from Old Bell" in told.to_text()
