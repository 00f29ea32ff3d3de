"""The states of real carriers: all are known, none is told by another's report, and recorded orders end as they did."""

from __future__ import annotations

from typing import Any

import pytest

from carrier_recordings import CANCEL, KEPT, RECORDINGS, Recording
from lifecycle_cases import FIRST, THIRD, THREE, after, number_order
from pstnkit.carriers.protocol import Accepted, OutcomeUnknown, Refused
from pstnkit.carriers.words.snapshots import Snapshot, reports
from pstnkit.carriers.words.states import UnknownWord, carrier_states, states_of
from pstnkit.lifecycle.events import Decision, Report
from pstnkit.lifecycle.failures import FailureKind
from pstnkit.lifecycle.fulfillment import OrderKind
from pstnkit.lifecycle.reports import (
    Acknowledged,
    Cancel,
    CancellationRefused,
    DocumentsAsked,
    Finish,
    Fulfilled,
    GatesOpened,
    NeverArrived,
    NumbersFailed,
    NumbersNamed,
    NumbersWorking,
    PartlyFulfilled,
    TurnedDown,
)
from pstnkit.lifecycle.waiting import Party
from pstnkit.numbering.ranges import NumberRange
from pstnkit.numbering.telephone import TelephoneNumber
from pstnkit.ordering.orders import NUMBER_ORDER_MACHINE, NumberOrder
from pstnkit.porting.ports import PORT_ORDER_MACHINE

# The states as the carriers list them: of orders, of numbers, of reservations.
LISTED = {
    "telnyx": {
        "order": "pending success failure",
        "order_group": "pending partial_success success failure",
        "sub_order": "pending success failure",
        "block_order": "pending success failure",
        "advanced_order": "pending processing ordered",
        "number": "pending success failure",
        "requirements": (
            "pending approved cancelled deleted requirement-info-exception requirement-info-pending "
            "requirement-info-under-review"
        ),
        "reservation": "pending success failure",
    },
    "bandwidth": {"order": "RECEIVED PROCESSING COMPLETE PARTIAL BACKORDERED FAILED"},
    "chime": {
        "order or port": (
            "Processing Successful Failed Partial PendingDocuments Submitted FOC ChangeRequested Exception "
            "CancelRequested Cancelled"
        ),
        "ordered_number": "Processing Acquired Failed",
        "number": (
            "AcquireInProgress AcquireFailed Unassigned Assigned PortinInProgress PortinCancelRequested Cancelled "
            "ReleaseInProgress DeleteInProgress ReleaseFailed DeleteFailed"
        ),
    },
    "twilio": {"purchase": "in-use 21422 21452 20404", "number": "in-use 21422 21452"},
    "azure": {
        "reservation": "active submitted completed expired",
        "number": "available reserved expired error purchased",
    },
}
A, B, C = THREE


@pytest.mark.parametrize("carrier", LISTED)
def test_every_state_that_a_carrier_lists_is_known_and_no_other(carrier: str) -> None:
    listed = {
        (thing, state)
        for name, states in LISTED[carrier].items()
        for thing in name.split(" or ")
        for state in states.split()
    }
    known = set(states_of(carrier))
    if carrier == "chime":  # one list for orders and ports, of which each has its own
        assert {state for thing, state in known if thing in ("order", "port")} == set(
            LISTED[carrier]["order or port"].split()
        )
        known = {key for key in known if key[0] not in ("order", "port")}
        listed = {key for key in listed if key[0] not in ("order", "port")}
    assert known == listed
    assert set(carrier_states()) == set(LISTED)


@pytest.mark.parametrize("carrier", LISTED)
def test_no_two_states_that_differ_in_who_must_act_are_told_by_one_report(carrier: str) -> None:
    acts: dict[tuple[str, object], set[Party | None]] = {}
    for state in states_of(carrier).values():
        acts.setdefault((state.thing, state.means), set()).add(state.acts)
    assert {key: parties for key, parties in acts.items() if len(parties) > 1} == {}


def test_a_state_amounts_to_a_report_that_a_machine_knows_or_of_a_reservation_to_a_reply() -> None:
    orders = {*NUMBER_ORDER_MACHINE.report_types, *PORT_ORDER_MACHINE.report_types}
    for states in carrier_states().values():
        for state in states.values():
            means: Any = state.means
            if state.thing == "reservation" and states.carrier == "telnyx":
                assert means in (Accepted, Refused, OutcomeUnknown)
            else:
                assert means in orders or "number" in state.thing
            assert (state.failure is not None) is (means is NumbersFailed)


def test_what_is_not_known_is_missing() -> None:
    with pytest.raises(KeyError):
        states_of("somebody")
    with pytest.raises(KeyError):
        states_of("telnyx")["order", "lost"]
    assert len(states_of("bandwidth")) == 6


def seen(carrier: str, **shown: Any) -> tuple[Report, ...]:
    return reports(states_of(carrier), Snapshot(**{"thing": "order", "reference": "t-1", **shown}))


def test_a_look_is_told_as_the_reports_that_lead_there() -> None:
    assert seen(
        "telnyx", state="pending", numbers={A: "success", B: "pending", C: "failure"}, reason="gone"
    ) == (
        Acknowledged("t-1"),
        NumbersWorking((FIRST,)),
        NumbersFailed((THIRD,), "gone"),
    )
    assert seen("bandwidth", state="COMPLETE") == (Acknowledged("t-1"), Fulfilled())
    assert seen("bandwidth", state="PARTIAL", reason="2 of 3") == (
        Acknowledged("t-1"),
        PartlyFulfilled(None, "2 of 3"),
    )
    assert seen("telnyx", thing="advanced_order", state="ordered", named=True, numbers={A: "pending"}) == (
        Acknowledged("t-1"),
        NumbersNamed((FIRST,)),
    )
    assert seen(
        "telnyx", thing="requirements", state="requirement-info-pending", reason="a proof of address"
    ) == (
        Acknowledged("t-1"),
        DocumentsAsked("a proof of address"),
    )
    assert seen("twilio", thing="purchase", state="21422", reference=None) == (TurnedDown("21422"),)
    assert seen("azure", thing="reservation", state="expired") == (NeverArrived(),)


def test_a_success_of_which_a_number_failed_is_told_as_what_it_is() -> None:
    *_, end = seen("telnyx", state="success", numbers={A: "success", B: "success", C: "failure"})
    assert end == PartlyFulfilled((NumberRange(A, B),), "success")
    *_, failed, _end = seen("chime", number_thing="ordered_number", state="Failed", numbers={A: "Failed"})
    assert failed == NumbersFailed((FIRST,), "", FailureKind.ACTIVATION_FAILED)


def test_a_word_that_is_not_known_is_kept_as_it_was_written_and_needs_attention() -> None:
    assert seen("telnyx", state="lost in the mail") == (
        Acknowledged("t-1"),
        UnknownWord("order", "lost in the mail"),
    )
    strange = seen("telnyx", state="pending", numbers={A: "thinking", B: "thinking", C: "success"})
    assert strange[1] == UnknownWord("number", "thinking")
    order = after(number_order(), Finish(), GatesOpened(), *strange)
    assert order.needs_attention
    assert order.numbers.successful == 1


def looks(recording: Recording) -> list[tuple[Report | Decision, ...]]:
    """What is said at each look."""
    said: list[tuple[Report | Decision, ...]] = []
    numbers = dict(zip("abc", THREE, strict=True))
    for look in recording.looks:
        if look == CANCEL:
            said.append((Cancel(),))
        elif look == KEPT:
            said.append((CancellationRefused("it is done"),))
        else:
            state, shown = (look, "") if isinstance(look, str) else look
            parts = (part.split(":") for part in shown.split())
            held: dict[TelephoneNumber, str] = {numbers[name]: found for name, found in parts}
            refused = state in ("21422", "21452")
            snapshot = Snapshot(
                thing=recording.thing,
                number_thing=recording.number_thing,
                state=state,
                reference=None if refused else "theirs-1",
                numbers=held,
                reason="as the carrier says" if "fail" in state.lower() else "",
                named=recording.advanced,
            )
            said.append(reports(states_of(recording.carrier), snapshot))
    return said


def lived(recording: Recording, said: list[tuple[Report | Decision, ...]]) -> NumberOrder:
    kind = OrderKind.ADVANCED if recording.advanced else OrderKind.STANDARD
    order = after(number_order(kind=kind), Finish(), GatesOpened())
    for look in said:
        order = after(order, *look)
    return order


def end_of(order: NumberOrder) -> tuple[str, int, int, bool]:
    return order.status.value, order.numbers.successful, order.numbers.failed, order.needs_attention


EACH = pytest.mark.parametrize("recording", RECORDINGS, ids=lambda one: f"{one.carrier}-{one.name}")


@EACH
def test_a_recorded_order_comes_to_its_end(recording: Recording) -> None:
    assert end_of(lived(recording, looks(recording))) == recording.end


@EACH
def test_a_recorded_order_of_which_every_look_comes_twice_comes_to_the_same_end(recording: Recording) -> None:
    doubled = [look for look in looks(recording) for _ in range(1 if look == (Cancel(),) else 2)]
    assert end_of(lived(recording, doubled)) == recording.end


@EACH
def test_a_recorded_order_of_which_the_looks_come_backwards_comes_to_its_end_too(
    recording: Recording,
) -> None:
    backwards = [look for look in reversed(looks(recording)) if look != (Cancel(),)]
    assert end_of(lived(recording, backwards)) == (recording.backwards or recording.end)


def test_every_carrier_has_recordings_and_every_kind_of_story_is_among_them() -> None:
    assert {recording.carrier for recording in RECORDINGS} == set(LISTED)
    told = {recording.name for recording in RECORDINGS}
    assert {"happy", "partial", "back-ordered", "cancelled", "cancelled late", "failed"} <= told
