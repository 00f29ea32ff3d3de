"""Every cell of a number order's tables, against a statement of what each class of cell means."""

from __future__ import annotations

import pytest

from lifecycle_cases import cells
from pstnkit.lifecycle.events import Report
from pstnkit.lifecycle.machine import DecisionRefused
from pstnkit.lifecycle.reports import (
    Acknowledged,
    AnswerLost,
    BackOrdered,
    Cancel,
    CancellationRefused,
    Cancelled,
    DocumentsAsked,
    Finish,
    Fulfilled,
    GatesOpened,
    NeverArrived,
    NumbersFailed,
    NumbersNamed,
    NumbersWorking,
    PartlyFulfilled,
    Settle,
    TurnedDown,
    Unfulfilled,
)
from pstnkit.ordering.orders import NUMBER_ORDER_MACHINE as MACHINE
from pstnkit.ordering.orders import OrderStatus as At

UNSENT = {At.DRAFT, At.AWAITING_SIGNATURE}
ON_ITS_WAY = {At.SUBMITTING, At.OUTCOME_UNKNOWN}
WITH_THE_CARRIER = {At.PROCESSING, At.BACKORDERED}
OVER = {At.COMPLETED, At.PARTIALLY_COMPLETED, At.FAILED, At.CANCELLED}

# Where a report leads once the carrier has the order.
LEADS_TO: dict[type[Report], At] = {
    Acknowledged: At.PROCESSING,
    NumbersNamed: At.PROCESSING,
    NumbersWorking: At.PROCESSING,
    NumbersFailed: At.PROCESSING,
    CancellationRefused: At.PROCESSING,
    DocumentsAsked: At.PROCESSING,
    BackOrdered: At.BACKORDERED,
    Fulfilled: At.COMPLETED,
    PartlyFulfilled: At.PARTIALLY_COMPLETED,
    Unfulfilled: At.FAILED,
    TurnedDown: At.FAILED,
    Cancelled: At.CANCELLED,
}
# Reports that say, of an order that is over, what it has come to already ...
SAME_END = {
    (At.COMPLETED, NumbersWorking),
    (At.COMPLETED, Fulfilled),
    (At.PARTIALLY_COMPLETED, PartlyFulfilled),
    (At.FAILED, TurnedDown),
    (At.FAILED, NumbersFailed),
    (At.FAILED, Unfulfilled),
    (At.CANCELLED, Cancelled),
}
# ... and those that an order which is over has behind it.
BEHIND: dict[At, set[type[Report]]] = {
    At.COMPLETED: {Acknowledged, NumbersNamed},
    At.PARTIALLY_COMPLETED: {Acknowledged, NumbersNamed},
    At.FAILED: {Acknowledged, NeverArrived, Cancelled},
    At.CANCELLED: {Acknowledged, TurnedDown, NeverArrived, NumbersFailed, Unfulfilled},
}
PASSING = {GatesOpened, AnswerLost, DocumentsAsked, BackOrdered, CancellationRefused}


def cell(state: At, kind: type[Report]) -> str:
    """What a cell should be, by what it means."""
    if state in UNSENT:
        return _unsent(state, kind)
    if state in OVER:
        if (state, kind) in SAME_END:
            return "."
        if kind in PASSING | BEHIND[state] and (state, kind) != (At.CANCELLED, CancellationRefused):
            return "-"
        return "!"
    if kind is GatesOpened:
        return "." if state is At.SUBMITTING else "-"
    if kind is AnswerLost:
        return {At.SUBMITTING: "outcome_unknown", At.OUTCOME_UNKNOWN: "."}.get(state, state.value)
    if kind is NeverArrived:
        return "submitting" if state in ON_ITS_WAY else "!"
    return _leads(state, kind)


def _unsent(state: At, kind: type[Report]) -> str:
    if kind is NeverArrived:
        return "."
    if kind is GatesOpened:
        return "submitting" if state is At.AWAITING_SIGNATURE else "."
    return "!"


def _leads(state: At, kind: type[Report]) -> str:
    target = LEADS_TO[kind]
    if kind is Acknowledged and state in WITH_THE_CARRIER:
        return "." if state is At.PROCESSING else "-"
    if state is At.BACKORDERED:
        if kind is BackOrdered:
            return "."
        if kind in (NumbersFailed, CancellationRefused):
            return "backordered"
        if kind in (Fulfilled, PartlyFulfilled):
            return f"processing>{target.value}"
    if state in ON_ITS_WAY and kind in (BackOrdered, Fulfilled, PartlyFulfilled, Unfulfilled, Cancelled):
        return f"processing>{target.value}"
    return target.value


def test_every_cell_of_the_reports_is_what_its_class_says() -> None:
    found = cells(MACHINE)
    assert len(found) == 10 * 15
    wrong = {
        (state.value, kind.__name__): (is_now, cell(state, kind))
        for (state, kind), is_now in found.items()
        if is_now != cell(state, kind)
    }
    assert wrong == {}


@pytest.mark.parametrize("state", At)
def test_an_order_is_finished_once_and_cancelled_while_it_is_ours_or_the_carrier_has_it(state: At) -> None:
    expected = {"settle": state}
    if state is At.DRAFT:
        expected["finish"] = At.AWAITING_SIGNATURE
    if state in UNSENT:
        expected["cancel"] = At.CANCELLED
    if state in WITH_THE_CARRIER:
        expected["cancel"] = state
    assert set(MACHINE.allowed(state)) == set(expected)
    for decision in (Finish(), Cancel(), Settle("looked at")):
        if decision.word in expected:
            assert MACHINE.decide(state, decision) is expected[decision.word]
        else:
            with pytest.raises(DecisionRefused) as refusal:
                MACHINE.decide(state, decision)
            assert refusal.value.state is state


def test_what_is_over_is_never_left_and_everything_else_can_be() -> None:
    assert {state for state in At if MACHINE.is_terminal(state)} == OVER


def test_the_diagram_names_every_state_and_ends_where_orders_end() -> None:
    drawn = MACHINE.mermaid().splitlines()
    assert drawn[:3] == ["stateDiagram-v2", "    [*] --> draft", "    draft --> awaiting_signature: finish"]
    assert [line for line in drawn if line.endswith("--> [*]")] == [
        f"    {state.value} --> [*]" for state in At if state in OVER
    ]
    assert "    awaiting_signature --> submitting: gates" in drawn
    assert all(any(state.value in line for line in drawn) for state in At)
