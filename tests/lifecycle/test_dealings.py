"""What a carrier was asked, what is settled, and what is unknown, for any history."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle_cases import FIRST, NOW, REPORTS, THREE, event, number_order, port_order
from pstnkit.lifecycle.commands import AskCancellation, AskRelease, AskSupplement, Submit
from pstnkit.lifecycle.dealings import Dealing, RequestKind, RequestState, dealings
from pstnkit.lifecycle.events import Decision, Report
from pstnkit.lifecycle.fulfillment import OrderKind
from pstnkit.lifecycle.history import Entry
from pstnkit.lifecycle.machine import DecisionRefused
from pstnkit.lifecycle.record import Staged, apply
from pstnkit.lifecycle.reports import (
    Acknowledged,
    AnswerLost,
    BackOrdered,
    Cancel,
    CancellationRefused,
    Cancelled,
    Finish,
    Fulfilled,
    GatesOpened,
    NeverArrived,
    NumbersWorking,
    Settle,
    TurnedDown,
)
from pstnkit.ordering.number_events import NumbersReleased, Release
from pstnkit.ordering.numbers import NumberBook
from pstnkit.ordering.releases import release_of
from pstnkit.porting.reports import SupplementTaken
from pstnkit.porting.supplements import Change, Supplement

ORDER, PORT = number_order(), port_order()
RELEASE = release_of(
    (THREE,),
    release_id="release-1",
    client_reference="reference-9",
    book=NumberBook(id="customer-1/numbers", partner="partner-1", customer="customer-1"),
)
SENT = (Finish(), GatesOpened())
TAKEN = (*SENT, Acknowledged("theirs-1"))
CORRECTED = Supplement((Change("business_name", "Quay Carpentry"),))
LOST = AnswerLost("timed out")
OPEN, UNKNOWN, SETTLED = RequestState


def lived(record: Staged[Any], *bodies: Decision | Report) -> tuple[Staged[Any], list[Entry]]:
    entries = []
    for place, body in enumerate(bodies):
        moved = apply(record, event(record.id, body, event_id=f"e-{place}"))
        record = moved.record
        entries.append(moved.entry)
    return record, entries


@pytest.mark.parametrize(
    ("record", "bodies", "said"),
    [
        (ORDER, (Finish(),), []),
        (ORDER, (Finish(), Cancel()), []),
        (ORDER, SENT, [("submission", "open", "e-1", None)]),
        (ORDER, (*SENT, LOST), [("submission", "unknown", "e-1", None)]),
        (ORDER, (*SENT, LOST, NeverArrived()), [("submission", "open", "e-1", None)]),
        (ORDER, TAKEN, [("submission", "settled", "e-1", "e-2")]),
        (ORDER, (*SENT, LOST, NumbersWorking((FIRST,))), [("submission", "settled", "e-1", "e-3")]),
        (ORDER, (*SENT, TurnedDown("no")), [("submission", "settled", "e-1", "e-2")]),
        (ORDER, (*TAKEN, Cancel(), BackOrdered()), [("cancellation", "open", "e-3", None)]),
        (ORDER, (*TAKEN, Cancel(), LOST), [("cancellation", "unknown", "e-3", None)]),
        (ORDER, (*TAKEN, Cancel(), Cancel()), [("cancellation", "open", "e-3", None)]),
        (ORDER, (*TAKEN, Cancel(), Cancelled()), [("cancellation", "settled", "e-3", "e-4")]),
        (ORDER, (*TAKEN, Cancel(), CancellationRefused("no")), [("cancellation", "settled", "e-3", "e-4")]),
        (ORDER, (*TAKEN, Cancel(), Fulfilled()), [("cancellation", "settled", "e-3", "e-4")]),
        (PORT, (*TAKEN, CORRECTED), [("supplement", "open", "e-3", None)]),
        (PORT, (*TAKEN, CORRECTED, LOST), [("supplement", "unknown", "e-3", None)]),
        (
            PORT,
            (*TAKEN, CORRECTED, SupplementTaken()),
            [("supplement", "settled", "e-3", "e-4")],
        ),
        (PORT, (*TAKEN, Cancel(), LOST), [("cancellation", "unknown", "e-3", None)]),
        (PORT, (*TAKEN, Cancel(), CancellationRefused("no")), [("cancellation", "settled", "e-3", "e-4")]),
        (PORT, (*TAKEN, Cancel(), NumbersWorking((FIRST,))), [("cancellation", "settled", "e-3", "e-4")]),
        (RELEASE, (Release((THREE,)),), [("release", "open", "e-0", None)]),
        (RELEASE, (Release((THREE,)), LOST), [("release", "unknown", "e-0", None)]),
        (RELEASE, (Release((THREE,)), NumbersReleased((THREE,))), [("release", "settled", "e-0", "e-1")]),
    ],
    ids=str,
)
def test_a_request_is_open_unknown_or_settled(
    record: Staged[Any], bodies: tuple[Decision | Report, ...], said: list[tuple[str, str, str, str | None]]
) -> None:
    asked = dealings(record.machine, lived(record, *bodies)[1])
    others = [one for one in asked if len(asked) > 1 and one.kind is RequestKind.SUBMISSION]
    assert all(one.state is SETTLED for one in others)
    assert [
        (one.kind.value, one.state.value, one.event, one.answer) for one in asked if one not in others
    ] == said
    assert all((one.answered is not None) is (one.answer is not None) for one in asked)
    assert all(one.since == NOW for one in asked)


def test_a_second_cancellation_is_a_request_of_its_own_once_the_first_was_refused() -> None:
    _, entries = lived(ORDER, *TAKEN, Cancel(), CancellationRefused("no"), Cancel())
    assert dealings(ORDER.machine, entries)[1:] == (
        Dealing(RequestKind.CANCELLATION, "e-3", NOW, SETTLED, "e-4", NOW),
        Dealing(RequestKind.CANCELLATION, "e-5", NOW),
    )


DECISIONS: tuple[Decision, ...] = (Cancel(), CORRECTED, Settle("looked at"))
CALLS_FOR = {
    RequestKind.SUBMISSION: Submit,
    RequestKind.CANCELLATION: AskCancellation,
    RequestKind.SUPPLEMENT: AskSupplement,
    RequestKind.RELEASE: AskRelease,
}


@given(
    first=st.sampled_from([ORDER, number_order(kind=OrderKind.ADVANCED), PORT]),
    story=st.lists(st.sampled_from([*SENT, *REPORTS, *DECISIONS, *DECISIONS]), max_size=12),
)
def test_what_a_record_calls_for_is_what_its_history_has_left_open(
    first: Staged[Any], story: list[Decision | Report]
) -> None:
    record: Any = first
    entries = []
    for body in (*SENT, *story):
        try:
            moved = apply(record, event(record.id, body))
        except DecisionRefused:
            continue
        record = moved.record
        entries.append(moved.entry)
    left = {one.kind: one for one in dealings(first.machine, entries) if one.state is not SETTLED}
    called = {type(command) for command in record.commands}
    for kind, command in CALLS_FOR.items():
        if command in called:
            assert kind in left, (kind, entries)
    if record.is_over:
        assert left == {}
    if record.status.value == "outcome_unknown":
        assert left[RequestKind.SUBMISSION].state is UNKNOWN


def test_a_correction_before_the_port_is_sent_is_asked_of_nobody() -> None:
    first = port_order()
    said = [event(first.id, body) for body in (CORRECTED, Finish(), CORRECTED)]
    history, port = [], first
    for one in said:
        moved = apply(port, one)
        port = moved.record
        history.append(moved.entry)
    assert dealings(first.machine, history) == ()
