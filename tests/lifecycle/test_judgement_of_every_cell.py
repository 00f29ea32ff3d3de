"""What becomes of an order in each of its states, under each report and each decision."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from lifecycle_cases import DECISIONS, NOW, REPORTS, as_said, event, hear, number_order, port_order
from pstnkit.lifecycle.events import Decision, Report
from pstnkit.lifecycle.history import Discrepancy
from pstnkit.lifecycle.machine import DecisionRefused, Outcome
from pstnkit.lifecycle.order import Order
from pstnkit.lifecycle.record import apply
from pstnkit.lifecycle.reports import Acknowledged, Fulfilled, NumbersFailed, NumbersWorking, Settle
from pstnkit.ordering.orders import OrderStatus
from pstnkit.porting.ports import PortStatus

ORDERS: tuple[Order[Any], ...] = (*map(number_order, OrderStatus), *map(port_order, PortStatus))


def told(order: Order[Any]) -> dict[str, object]:
    """What an order holds of its state and its numbers."""
    return {
        "status": order.status,
        "numbers": order.numbers,
        "placed": order.placed,
        "clock_started": order.clock_started,
        "unread": order.unread,
    }


@pytest.mark.parametrize("report", REPORTS, ids=repr)
@pytest.mark.parametrize("order", ORDERS, ids=lambda order: f"{order.id}-{order.status.value}")
def test_a_report_is_never_refused_and_never_breaks_an_order(order: Order[Any], report: Report) -> None:
    moved = hear(order, report)
    after, entry = moved.record, moved.entry
    assert after.revision == order.revision + 1
    assert after.numbers.in_progress + after.numbers.successful + after.numbers.failed == 3
    assert entry.event.body is report
    assert order.status not in entry.path
    assert (entry.path[-1] if entry.path else order.status) is after.status
    if order.is_over:
        assert (after.status, after.numbers) == (order.status, order.numbers)
    if after.is_over:
        assert after.numbers.in_progress == 0
        assert not after.unread
    if entry.outcome in (Outcome.ALREADY, Outcome.LATE):
        assert told(after) == told(order)
        assert after.discrepancies == order.discrepancies
    if entry.outcome is Outcome.IMPLIED:
        assert entry.path
    contradicts = entry.outcome is Outcome.CONTRADICTS
    assert after.needs_attention is contradicts
    if contradicts:
        found = Discrepancy(entry.event.id, NOW, order.status.value, type(report).__name__)
        assert after.discrepancies == (found,)


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: f"{order.id}-{order.status.value}")
def test_a_cell_that_contradicts_keeps_the_state_and_the_numbers(order: Order[Any]) -> None:
    for report in REPORTS:
        if order.machine.hear(order.status, report).outcome is Outcome.CONTRADICTS:
            moved = hear(order, report)
            assert told(moved.record) == told(order)
            if moved.entry.outcome is Outcome.ALREADY:
                # It looked like a contradiction, and says nothing that is not so.
                assert isinstance(report, NumbersWorking | NumbersFailed)
            else:
                assert moved.entry.outcome is Outcome.CONTRADICTS


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: f"{order.id}-{order.status.value}")
def test_the_same_report_again_brings_nothing_new(order: Order[Any]) -> None:
    for report in REPORTS:
        once = hear(order, report).record
        twice = hear(once, report).record
        assert (twice.status, twice.numbers, twice.unread) == (once.status, once.numbers, once.unread)


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda decision: str(decision.word))
@pytest.mark.parametrize("order", ORDERS, ids=lambda order: f"{order.id}-{order.status.value}")
def test_a_decision_moves_the_order_by_the_table_or_is_refused_with_what_is_allowed(
    order: Order[Any], decision: Decision
) -> None:
    open_now = set(order.machine.allowed(order.status)) - {Settle.word}
    before = evolve(order)
    if decision.word in open_now:
        moved = hear(order, decision)
        assert moved.record.status is order.machine.decide(order.status, decision)
        assert moved.entry.outcome is Outcome.EXPECTED
        assert moved.record.revision == order.revision + 1
        if moved.record.is_over:
            assert moved.record.numbers.in_progress == 0
    else:
        with pytest.raises(DecisionRefused) as refusal:
            hear(order, decision)
        error = refusal.value
        assert (error.state, error.decision, set(error.allowed)) == (order.status, decision.word, open_now)
    assert order == before


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: f"{order.id}-{order.status.value}")
def test_what_needs_attention_is_settled_by_a_decision_with_a_note(order: Order[Any]) -> None:
    puzzled = evolve(order, discrepancies=(Discrepancy("event-0", NOW, "draft", "Cancelled"),))
    settled = hear(puzzled, Settle("the carrier has mended it")).record
    assert as_said(settled) == as_said(order)


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: f"{order.id}-{order.status.value}")
def test_late_and_known_reports_may_bring_what_only_they_tell(order: Order[Any]) -> None:
    outcome = order.machine.hear(order.status, Acknowledged).outcome
    if outcome in (Outcome.LATE, Outcome.ALREADY):
        assert hear(order, Acknowledged("theirs-1")).record.carrier_reference == "theirs-1"
    if outcome is Outcome.CONTRADICTS:
        assert hear(order, Acknowledged("theirs-1")).record.carrier_reference is None


def test_an_event_about_another_record_is_refused() -> None:
    with pytest.raises(ValueError, match="is about 'order-2', not about 'order-1'"):
        apply(number_order(), event("order-2", Fulfilled()))
