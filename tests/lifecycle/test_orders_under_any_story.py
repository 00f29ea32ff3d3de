"""Orders of every kind under any story: reports in any order, twice, contradicting; decisions at any time."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from lifecycle_cases import (
    DECISIONS,
    FIRST,
    REPORTS,
    SECOND,
    STRANGERS,
    THIRD,
    THREE,
    event,
    number_order,
    port_order,
)
from pstnkit.lifecycle.commands import Submit
from pstnkit.lifecycle.events import Decision, Event, Report
from pstnkit.lifecycle.fulfillment import OrderKind
from pstnkit.lifecycle.machine import DecisionRefused, Outcome
from pstnkit.lifecycle.order import Order
from pstnkit.lifecycle.progress import Progress
from pstnkit.lifecycle.record import apply, replay
from pstnkit.lifecycle.reports import (
    Acknowledged,
    Cancel,
    Finish,
    Fulfilled,
    GatesOpened,
    NumbersFailed,
    NumbersNamed,
    NumbersWorking,
    PartlyFulfilled,
    Settle,
)
from pstnkit.porting.reports import ContractSigned

# Of an advanced order, fewer than were asked for, one by one, or more.
SOME_OF_THEM: tuple[Report, ...] = (
    NumbersNamed((FIRST,)),
    NumbersNamed((SECOND, THIRD)),
    NumbersNamed((THREE, STRANGERS)),
    NumbersWorking((FIRST, SECOND)),
    NumbersFailed((THIRD,), "gone"),
    Fulfilled((FIRST, SECOND)),
    Fulfilled((THREE, STRANGERS)),
    PartlyFulfilled((FIRST, SECOND), "no more there"),
    PartlyFulfilled((), "none there"),
)
WAITING = {"awaiting_signature", "awaiting_contract", "awaiting_loa"}
OURS = {"draft", *WAITING}


class AnyStory(RuleBasedStateMachine):
    """One order and whatever is said about it."""

    @initialize(
        first=st.sampled_from(
            [number_order(), number_order(kind=OrderKind.ADVANCED), port_order()],
        ),
        signed=st.booleans(),
    )
    def begin(self, first: Order[Any], signed: bool) -> None:
        self.first = self.order = first
        self.events: list[Event] = []
        self.opened = False
        if signed:
            self._take(Finish())
            self._take(GatesOpened())

    def _take(self, body: Decision | Report) -> None:
        before, status = self.order, self.order.status.value
        said = event(before.id, body)
        moved = apply(before, said)
        self.order = moved.record
        self.events.append(said)
        self.opened = self.opened or (isinstance(body, GatesOpened) and status in WAITING)
        assert self.order.revision == before.revision + 1
        again = apply(self.order, said)
        assert again.repeated
        assert again.record is self.order
        if before.is_over:
            assert (self.order.status, self.order.numbers) == (before.status, before.numbers)
        if status in WAITING and self.order.status.value not in WAITING:
            assert isinstance(body, GatesOpened | Cancel)
        if moved.entry.outcome in (Outcome.ALREADY, Outcome.LATE):
            assert (self.order.status, self.order.numbers) == (before.status, before.numbers)
        if moved.entry.outcome is Outcome.CONTRADICTS:
            assert len(self.order.discrepancies) == len(before.discrepancies) + 1

    @rule(report=st.sampled_from(REPORTS))
    def is_told(self, report: Report) -> None:
        self._take(report)

    @rule(decision=st.sampled_from(DECISIONS))
    def decides(self, decision: Decision) -> None:
        before = self.order
        allowed = set(before.machine.allowed(before.status))
        if not before.needs_attention:
            allowed.discard(Settle.word)
        if decision.word in allowed:
            self._take(decision)
        else:
            with pytest.raises(DecisionRefused) as refusal:
                self._take(decision)
            assert (refusal.value.state, set(refusal.value.allowed)) == (before.status, allowed)
            assert self.order is before

    @rule(report=st.sampled_from(SOME_OF_THEM))
    def hears_of_some_of_the_numbers(self, report: Report) -> None:
        self._take(report)

    @rule(reference=st.sampled_from(["theirs-1", "theirs-2"]))
    def is_acknowledged(self, reference: str) -> None:
        known = self.order.carrier_reference
        self._take(Acknowledged(reference))
        if known not in (None, reference):
            assert self.order.needs_attention
            assert self.order.carrier_reference == known

    @precondition(lambda self: self.order.status.value in WAITING)
    @rule(report=st.sampled_from([GatesOpened(), ContractSigned()]))
    def is_signed(self, report: Report) -> None:
        self._take(report)

    @precondition(lambda self: self.events)
    @rule()
    def hears_the_last_thing_again(self) -> None:
        if isinstance(self.events[-1].body, Report):
            before = self.order
            self._take(self.events[-1].body)
            assert (self.order.status, self.order.numbers) == (before.status, before.numbers)

    @invariant()
    def counts_add_up(self) -> None:
        numbers = self.order.numbers
        naive = list(numbers.by_number.values())
        assert numbers.counts == {progress: naive.count(progress) for progress in Progress}
        assert len(numbers.by_number) <= self.order.quantity
        assert set(numbers.failures) == {
            number for number, progress in numbers.by_number.items() if progress is Progress.FAILED
        }
        if self.order.is_over:
            assert numbers.in_progress == 0
            assert self.order.shortfall == self.order.quantity - numbers.successful - numbers.failed
            assert self.order.shortfall == 0 or self.order.kind is OrderKind.ADVANCED
            if self.order.status.value == "completed":
                assert numbers.successful == self.order.quantity
        else:
            assert self.order.shortfall == 0

    @invariant()
    def nothing_is_sent_before_the_gates_have_opened(self) -> None:
        if not self.opened:
            assert self.order.status.value in OURS | {"cancelled"}
            assert not any(isinstance(command, Submit) for command in self.order.commands)
            assert self.order.clock_started is None

    @invariant()
    def nothing_works_or_is_asked_for_once_it_is_settled(self) -> None:
        if self.order.is_over and not self.order.needs_attention:
            assert self.order.commands == ()
            assert not self.order.is_active

    def teardown(self) -> None:
        if hasattr(self, "first"):
            assert replay(self.first, [*self.events, *self.events]) == self.order


TestAnyStory = AnyStory.TestCase
