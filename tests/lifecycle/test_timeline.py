"""Histories in sentences: none is missing, every figure is typed, and times are those of the zone that is asked for."""

from __future__ import annotations

import copy
import pickle
import string
from datetime import UTC, datetime, timedelta

import pytest
from attrs import evolve, fields

from accounts_cases import ADDRESS
from every_class import every_class
from lifecycle_cases import FIRST, NOW, REPORTS, SECOND, STRANGERS, THREE, event, number_order
from pstnkit.accounts.address_checks import AddressAmbiguous
from pstnkit.accounts.customers import EnterContractInformation
from pstnkit.catalog import SENTENCES
from pstnkit.lifecycle.events import Decision, Report, Source
from pstnkit.lifecycle.history import Entry
from pstnkit.lifecycle.machine import Outcome
from pstnkit.lifecycle.record import apply
from pstnkit.lifecycle.reports import (
    Acknowledged,
    AnswerLost,
    Cancelled,
    Finish,
    Fulfilled,
    GatesOpened,
    NumbersFailed,
    NumbersWorking,
    PartlyFulfilled,
    Settle,
)
from pstnkit.lifecycle.telling import figures, told
from pstnkit.lifecycle.timeline import Timeline, timeline
from pstnkit.lifecycle.zones import UnknownTimeZone
from pstnkit.numbering.ranges import NumberRange
from pstnkit.ordering.number_events import Assign, Assignee
from pstnkit.porting.dates import FirmDate
from pstnkit.porting.reports import FocConfirmed
from pstnkit.porting.supplements import Change, Supplement
from pstnkit.secret import SecretRef

HARBOR = "America/Los_Angeles"


@pytest.mark.parametrize("kind", every_class(), ids=lambda kind: str(kind.__name__))
def test_every_decision_and_report_has_its_sentence_with_figures_that_it_has(kind: type) -> None:
    keys = [key for key in SENTENCES if key == kind.__name__ or key.startswith(f"{kind.__name__}.")]
    assert kind.__name__ in keys
    has = {field.name for field in fields(kind)}
    if {"numbers", "working"} & has:
        has.add("count")
    for key in keys:
        used = {name for _, name, _, _ in string.Formatter().parse(SENTENCES[key]) if name}
        assert used <= has, key
        assert not used & {"value"}, "what may be a secret is never told"
        assert key == kind.__name__ or key.partition(".")[2] in has


def test_every_source_and_every_judgement_has_its_sentence() -> None:
    assert {f"Source.{source.value}" for source in Source} <= set(SENTENCES)
    assert {f"Outcome.{outcome.value}" for outcome in Outcome} <= set(SENTENCES)


@pytest.mark.parametrize("report", REPORTS, ids=repr)
def test_every_report_can_be_told(report: Report) -> None:
    sentence = told(report, UTC)
    assert sentence
    assert "{" not in sentence


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (NumbersWorking((FIRST,)), "1 number works: (415) 555-0100"),
        (NumbersWorking((THREE,)), "3 numbers work: (415) 555-0100 to 0102"),
        (
            NumbersFailed((FIRST, SECOND, STRANGERS, NumberRange("4165550100", "4165550100")), "gone"),
            "5 numbers cannot be had, (415) 555-0100, (415) 555-0101, (212) 555-0100 to 0101 ...: gone",
        ),
        (Fulfilled(), "the order is done, and all its numbers work"),
        (
            Fulfilled(works_from=datetime(2026, 12, 11, tzinfo=UTC).date()),
            "the order is done, and all its numbers work from 2026-12-11 on",
        ),
        (
            PartlyFulfilled(None, "some are gone"),
            "the order is over, and only some of its numbers work: some are gone",
        ),
        (
            PartlyFulfilled(None, "some are gone", datetime(2026, 12, 11, tzinfo=UTC).date()),
            "the order is over, and only some of its numbers work, from 2026-12-11 on: some are gone",
        ),
        (
            PartlyFulfilled((FIRST,), "some are gone"),
            "the order is over, and only 1 of its numbers works: some are gone",
        ),
        (FocConfirmed(FirmDate(NOW)), "the losing carrier commits itself to 2026-11-20 15:00 UTC"),
        (
            Assign((FIRST,), Assignee("hunt_group", "Sales")),
            "1 number assigned to hunt group Sales: (415) 555-0100",
        ),
        (Supplement((Change("pin", SecretRef("secret-1")),)), "to be corrected: pin"),
        (EnterContractInformation("Dana Reed"), "Dana Reed will sign"),
    ],
    ids=repr,
)
def test_a_sentence_has_its_figures_as_people_read_them(body: Decision | Report, sentence: str) -> None:
    assert told(body, UTC) == sentence


def test_figures_are_texts_and_a_count() -> None:
    shown = figures(NumbersFailed((THREE,), "gone"), UTC)
    assert shown == {"count": 3, "numbers": "(415) 555-0100 to 0102", "reason": "gone", "kind": "other"}
    several = figures(AddressAmbiguous(ADDRESS, (ADDRESS, evolve(ADDRESS, unit="STE 4"))), UTC)
    assert several["candidates"] == f"{ADDRESS}; {evolve(ADDRESS, unit='STE 4')}"


def test_another_language_is_another_catalog() -> None:
    french = {"NumbersWorking": "{count} {count:numéro marche|numéros marchent}"}
    assert told(NumbersWorking((THREE,)), UTC, french) == "3 numéros marchent"


def lived() -> list[Entry]:
    story: tuple[Decision | Report, ...] = (
        Finish(),
        GatesOpened(),
        AnswerLost("timed out"),
        NumbersWorking((FIRST,)),
        Acknowledged("theirs-1"),
        Fulfilled(),
        Cancelled(),
        Settle("a slip of theirs"),
    )
    order, entries = number_order(), []
    for place, body in enumerate(story):
        at = NOW + timedelta(minutes=place)
        moved = apply(order, event(order.id, body, at=at, event_id=f"e-{place}"))
        order = moved.record
        entries.append(moved.entry)
    return entries


def test_a_timeline_says_when_who_what_how_judged_and_where_it_led() -> None:
    lines = timeline(lived(), HARBOR)
    assert [line.event for line in lines] == [f"e-{place}" for place in range(8)]
    first, works, contradicts = lines[0], lines[3], lines[6]
    assert (first.at.isoformat(), first.who, first.source) == (
        "2026-11-20T07:00:00-08:00",
        "the carrier (carrier)",
        Source.CARRIER,
    )
    assert (works.what, works.outcome, works.states) == (
        "1 number works: (415) 555-0100",
        Outcome.EXPECTED,
        ("processing",),
    )
    assert (contradicts.judged, contradicts.states) == (
        "contradicts what is settled: somebody has to look",
        (),
    )


def test_a_timeline_is_a_sequence_of_its_lines() -> None:
    lines = timeline(lived(), UTC)
    assert len(lines) == 8
    assert lines[1:3] == Timeline(lines.lines[1:3])
    assert next(reversed(lines)) is lines[-1]
    assert copy.copy(lines) == pickle.loads(pickle.dumps(lines)) == lines


def test_a_timeline_shows_itself_as_text() -> None:
    text = timeline(lived()[:2], HARBOR).to_text()
    assert text.splitlines()[0].split() == ["when", "who", "what", "judged", "state"]
    assert "2026-11-20 07:01 PST" in text
    assert "everything is signed that had to be" in text
    assert text.splitlines()[-1].endswith("submitting")


def test_a_timeline_shows_itself_as_a_page_and_escapes_what_others_wrote() -> None:
    wicked = event("order-1", Settle("<script>alert(1)</script>"))
    page = timeline([Entry(wicked, Outcome.EXPECTED), *lived()], HARBOR).to_html("Order <1>")
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "<caption>Order &lt;1&gt;</caption>" in page
    judged = [entry.outcome for entry in lived()]
    assert page.count('<span class="odd">contradicts') == judged.count(Outcome.CONTRADICTS) == 1
    assert page.count('<span class="dim">') == len(judged) - judged.count(Outcome.EXPECTED) - 1
    assert timeline(lived(), HARBOR)._repr_html_() == timeline(lived(), HARBOR).to_html()


def test_an_unknown_zone_is_refused_by_name() -> None:
    with pytest.raises(UnknownTimeZone, match="'Pacific' is no time zone"):
        timeline(lived(), "Pacific")
