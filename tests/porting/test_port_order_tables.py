"""Every cell of a port order's tables, against a statement of what each class of cell means."""

from __future__ import annotations

import pytest

from lifecycle_cases import DECISIONS, cells
from pstnkit.lifecycle.events import Report
from pstnkit.lifecycle.machine import DecisionRefused
from pstnkit.lifecycle.reports import (
    Acknowledged,
    AnswerLost,
    CancellationRefused,
    Cancelled,
    DocumentsAsked,
    Fulfilled,
    GatesOpened,
    NeverArrived,
    NumbersFailed,
    NumbersWorking,
    PartlyFulfilled,
    TurnedDown,
    Unfulfilled,
)
from pstnkit.porting.ports import PORT_ORDER_MACHINE as MACHINE
from pstnkit.porting.ports import PortStatus as At
from pstnkit.porting.rejects import PortRejected
from pstnkit.porting.reports import (
    ActivationHampered,
    ActivationStarted,
    CancellationTaken,
    ContractSigned,
    DateInJeopardy,
    FocConfirmed,
    HeldAsDraft,
    NumbersLeaving,
    NumbersLeft,
    NumbersSnappedBack,
    PortExpired,
    SentToLosingCarrier,
    SignatureMissing,
    SupplementRefused,
    SupplementTaken,
)

UNSENT = {At.DRAFT, At.AWAITING_CONTRACT, At.AWAITING_LOA}
ON_ITS_WAY = {At.SUBMITTING, At.OUTCOME_UNKNOWN}
PORTED = {At.PARTIALLY_PORTED, At.COMPLETED}
CLOSED = {At.CANCELLED, At.EXPIRED}
OVER = PORTED | CLOSED
SUPPLEMENTED = {At.SUBMITTED, At.REJECTED, At.FOC_CONFIRMED}
HELD = (HeldAsDraft, DocumentsAsked, SignatureMissing, SentToLosingCarrier)

# The way of a port that goes well, and how far along it each report says that the port has come.
WAY = (At.SUBMITTED, At.FOC_CONFIRMED, At.ACTIVATING)
REACHES: dict[type[Report], tuple[At, ...]] = {
    FocConfirmed: WAY[:2],
    ActivationStarted: WAY,
    NumbersWorking: WAY,
    NumbersFailed: WAY,
    ActivationHampered: WAY,
    NumbersSnappedBack: WAY,
    NumbersLeaving: WAY,
    NumbersLeft: WAY,
    Fulfilled: (*WAY, At.COMPLETED),
    PartlyFulfilled: (*WAY, At.PARTIALLY_PORTED),
}
ENDS: dict[type[Report], At] = {
    Unfulfilled: At.CANCELLED,
    Cancelled: At.CANCELLED,
    PortExpired: At.EXPIRED,
}


def cell(state: At, kind: type[Report]) -> str:
    """What a cell should be, by what it means."""
    if kind in (ContractSigned, GatesOpened):
        return _signed(state, kind)
    if kind is NeverArrived:
        if state in ON_ITS_WAY:
            return "submitting"
        return "." if state in UNSENT else "-" if state in CLOSED else "!"
    if state in UNSENT:
        return "!"
    if kind is AnswerLost:
        asked = {At.SUBMITTING: At.OUTCOME_UNKNOWN}
        asked |= {waiting: waiting for waiting in (At.SUPPLEMENT_PENDING, At.CANCEL_PENDING)}
        return asked[state].value if state in asked else "." if state is At.OUTCOME_UNKNOWN else "-"
    if state in PORTED:
        return _ported(state, kind)
    if state in CLOSED:
        return _closed(state, kind)
    if kind is DateInJeopardy:
        return "submitted" if state in ON_ITS_WAY else state.value
    if kind in REACHES:
        return _reached(state, kind)
    if kind in ENDS:
        return "!" if state is At.ACTIVATING and kind is not Unfulfilled else ENDS[kind].value
    return _answered(state, kind)


def _signed(state: At, kind: type[Report]) -> str:
    if kind is GatesOpened and state in (At.AWAITING_CONTRACT, At.AWAITING_LOA):
        return "submitting"
    if kind is ContractSigned and state is At.AWAITING_CONTRACT:
        return "awaiting_loa"
    return "." if state in UNSENT | {At.SUBMITTING} else "-"


def _ported(state: At, kind: type[Report]) -> str:
    """What is ported cannot be refused or closed; that it leaves again changes nothing in what the port has done."""
    if kind in (NumbersSnappedBack, NumbersLeft, NumbersLeaving):
        return state.value
    if kind in {TurnedDown, Unfulfilled, Cancelled, PortExpired}:
        return "!"
    if kind in (Fulfilled, PartlyFulfilled):
        return "." if (kind is Fulfilled) is (state is At.COMPLETED) else "!"
    if kind is NumbersWorking:
        return "."
    if kind is NumbersFailed:
        return "." if state is At.PARTIALLY_PORTED else "!"
    return "-"


def _closed(state: At, kind: type[Report]) -> str:
    """What is closed cannot come to pass; numbers that went back are where they belong then."""
    if kind in (NumbersSnappedBack, NumbersLeft):
        return state.value
    if kind in {ActivationStarted, ActivationHampered, NumbersWorking, Fulfilled, PartlyFulfilled}:
        return "!"
    same = {(At.CANCELLED, Cancelled), (At.CANCELLED, Unfulfilled), (At.EXPIRED, PortExpired)}
    if (state, kind) in same:
        return "."
    return "!" if (state, kind) == (At.CANCELLED, CancellationRefused) else "-"


def _reached(state: At, kind: type[Report]) -> str:
    path = REACHES[kind]
    if state is At.CANCEL_PENDING:
        # Firm dates no longer matter, but what is activated is activated.
        return "-" if kind is FocConfirmed else ">".join(at.value for at in path[2:])
    if state in WAY:
        here = WAY.index(state) + 1
        if kind is FocConfirmed:
            return "-" if state is At.ACTIVATING else "foc_confirmed"
        if kind is ActivationStarted and state is At.ACTIVATING:
            return "."
        return ">".join(at.value for at in path[here:] or path[-1:])
    return ">".join(at.value for at in path)


def _answered(state: At, kind: type[Report]) -> str:
    if kind is Acknowledged:
        return "submitted" if state in ON_ITS_WAY else "." if state is At.SUBMITTED else "-"
    if kind is TurnedDown:
        if state in ON_ITS_WAY:
            return "cancelled"
        return {At.REJECTED: ".", At.ACTIVATING: "!", At.CANCEL_PENDING: "-"}.get(state, "rejected")
    if kind is PortRejected:
        if state in ON_ITS_WAY:
            return "submitted>rejected"
        return "-" if state is At.CANCEL_PENDING else "rejected"
    if kind is SupplementTaken:
        asked = ON_ITS_WAY | {At.SUBMITTED, At.REJECTED, At.SUPPLEMENT_PENDING}
        return "submitted" if state in asked else "-"
    if kind is SupplementRefused:
        return "submitted" if state in ON_ITS_WAY | {At.SUPPLEMENT_PENDING} else "-"
    if kind is CancellationTaken:
        return {At.CANCEL_PENDING: ".", At.ACTIVATING: "-"}.get(state, "cancel_pending")
    if kind in HELD:
        asked = {At.SUBMITTED} | ON_ITS_WAY
        asked |= set() if kind is HeldAsDraft else {At.REJECTED, At.SUPPLEMENT_PENDING}
        return "submitted" if state in asked else "-"
    assert kind is CancellationRefused
    return "submitted" if state in ON_ITS_WAY | {At.CANCEL_PENDING} else "-"


def test_every_cell_of_the_reports_is_what_its_class_says() -> None:
    found = cells(MACHINE)
    assert len(found) == 15 * 29
    wrong = {
        (state.value, kind.__name__): (is_now, cell(state, kind))
        for (state, kind), is_now in found.items()
        if is_now != cell(state, kind)
    }
    assert wrong == {}


@pytest.mark.parametrize("state", At)
def test_a_port_is_finished_once_and_supplemented_and_cancelled_while_it_can_be(state: At) -> None:
    expected = {"settle": state}
    if state is At.DRAFT:
        expected["finish"] = At.AWAITING_CONTRACT
    if state in UNSENT:
        expected["cancel"] = At.CANCELLED
        expected["supplement"] = state
    if state in SUPPLEMENTED:
        expected["supplement"] = At.SUPPLEMENT_PENDING
    if state in SUPPLEMENTED | {At.SUPPLEMENT_PENDING}:
        expected["cancel"] = At.CANCEL_PENDING
    for decision in DECISIONS:
        if decision.word in expected:
            assert MACHINE.decide(state, decision) is expected[decision.word]
        else:
            with pytest.raises(DecisionRefused) as refusal:
                MACHINE.decide(state, decision)
            assert set(refusal.value.allowed) == set(expected)


def test_what_is_over_is_never_left_and_everything_else_can_be() -> None:
    assert {state for state in At if MACHINE.is_terminal(state)} == OVER


def test_the_diagram_draws_the_way_of_a_port() -> None:
    drawn = MACHINE.mermaid().splitlines()
    for line in (
        "[*] --> draft",
        "draft --> awaiting_contract: finish",
        "awaiting_contract --> awaiting_loa: contract",
        "awaiting_loa --> submitting: gates",
        "rejected --> supplement_pending: supplement",
        "submitted --> foc_confirmed: foc",
        "completed --> [*]",
    ):
        assert f"    {line}" in drawn
