"""Whole ports under any story: several numbers, reports of any of them in any order and at any time, decisions at will.

Beside what holds of every order (``tests/lifecycle/test_orders_under_any_story.py``), a naive account of what was said
has to agree with the record: which numbers have left, which date was told last, and that nothing was lost.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from lifecycle_cases import NOW, STRANGERS, THREE, event, port_order
from pstnkit.lifecycle.commands import AskCancellation, AskSupplement, ReadBack, Submit
from pstnkit.lifecycle.events import Decision, Event, Report
from pstnkit.lifecycle.history import Entry
from pstnkit.lifecycle.machine import DecisionRefused, Outcome
from pstnkit.lifecycle.progress import Progress
from pstnkit.lifecycle.record import apply, replay
from pstnkit.lifecycle.reports import (
    Acknowledged,
    AnswerLost,
    Cancel,
    CancellationRefused,
    Cancelled,
    DocumentsAsked,
    Finish,
    Fulfilled,
    GatesOpened,
    NumbersFailed,
    NumbersWorking,
    Settle,
    TurnedDown,
)
from pstnkit.numbering.ranges import NumberRange, collapse
from pstnkit.porting.dates import FirmDate, RequestedDate
from pstnkit.porting.ports import PORT_ORDER_MACHINE
from pstnkit.porting.ports import PortStatus as At
from pstnkit.porting.rejects import PortRejected, RejectReason
from pstnkit.porting.reports import (
    ActivationHampered,
    ActivationStarted,
    CancellationTaken,
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
from pstnkit.porting.steps import steps
from pstnkit.porting.supplements import Change, Supplement
from pstnkit.secret import SecretRef

ONES = tuple(NumberRange(number, number) for number in THREE)
SOME = st.lists(st.sampled_from(ONES), min_size=1, max_size=3, unique=True).map(
    lambda some: tuple(collapse(some))
)
DAYS = st.integers(0, 40)
OF_NUMBERS: tuple[type[Report], ...] = (NumbersSnappedBack, NumbersLeft, NumbersLeaving, ActivationHampered)
OF_THE_PORT: tuple[Report, ...] = (
    Acknowledged("theirs-1"),
    AnswerLost("timed out"),
    TurnedDown("not today"),
    HeldAsDraft("no bill"),
    DocumentsAsked("a bill"),
    SignatureMissing(),
    SentToLosingCarrier(),
    SupplementTaken(),
    SupplementRefused("too late"),
    ActivationStarted(),
    Fulfilled(),
    CancellationRefused("too late"),
    CancellationTaken(),
    Cancelled(),
    PortExpired(),
)
DECISIONS: tuple[Decision, ...] = (
    Cancel(),
    Settle("looked at"),
    Supplement((Change("business_name", "Quay"), Change("tax_id", SecretRef("secret-3")))),
    Supplement((), RequestedDate((NOW + timedelta(days=30)).date())),
)
_PLACED = {
    At.SUBMITTED,
    At.REJECTED,
    At.SUPPLEMENT_PENDING,
    At.FOC_CONFIRMED,
    At.CANCEL_PENDING,
    At.ACTIVATING,
}


class WholePorts(RuleBasedStateMachine):
    """One port of three numbers, and all that is said and decided about it."""

    @initialize(sent=st.booleans())
    def begin(self, sent: bool) -> None:
        self.first = self.port = port_order()
        self.events: list[Event] = []
        self.history: list[Entry] = []
        if sent:
            self.take(Finish(), 0)
            self.take(GatesOpened(), 0)

    def take(self, body: Decision | Report, day: int) -> Entry:
        before = self.port
        said = event(before.id, body, at=NOW + timedelta(days=day))
        moved = apply(before, said)
        self.port, entry = moved.record, moved.entry
        self.events.append(said)
        self.history.append(entry)
        if before.is_over:
            assert (self.port.status, self.port.numbers) == (before.status, before.numbers)
        if entry.outcome in (Outcome.LATE, Outcome.ALREADY):
            kept = ("status", "numbers", "foc", "rejections", "jeopardy", "left", "supplement", "details")
            same = {name for name in kept if getattr(self.port, name) == getattr(before, name)}
            assert same >= set(kept) - {"foc"}
        if entry.outcome is Outcome.CONTRADICTS:
            assert self.port.discrepancies[-1].event == said.id
        return entry

    @rule(report=st.sampled_from(OF_THE_PORT), day=DAYS)
    def is_told(self, report: Report, day: int) -> None:
        self.take(report, day)

    @rule(day=DAYS, until=DAYS)
    def is_promised(self, day: int, until: int) -> None:
        before = self.port
        promise = FocConfirmed(FirmDate(NOW + timedelta(days=until)))
        entry = self.take(promise, day)
        if entry.outcome in (Outcome.EXPECTED, Outcome.IMPLIED):
            assert (self.port.status, self.port.foc) == (At.FOC_CONFIRMED, promise.foc)
            assert before.told_at is None or entry.event.at >= before.told_at - timedelta(minutes=5)

    @rule(reason=st.sampled_from(RejectReason), numbers=st.just(()) | SOME, day=DAYS)
    def is_refused(self, reason: RejectReason, numbers: tuple[NumberRange, ...], day: int) -> None:
        refused = PortRejected("7402", "no match", reason, numbers)
        entry = self.take(refused, day)
        if entry.outcome in (Outcome.EXPECTED, Outcome.IMPLIED):
            assert self.port.status is At.REJECTED
            assert self.port.rejection is not None
            assert refused in self.port.rejections

    @rule(reason=st.sampled_from(RejectReason), day=DAYS)
    def is_in_jeopardy(self, reason: RejectReason, day: int) -> None:
        before = self.port.status
        entry = self.take(DateInJeopardy(reason, "no crew"), day)
        assert self.port.status is before or before in (At.SUBMITTING, At.OUTCOME_UNKNOWN)
        if entry.outcome is Outcome.EXPECTED:
            assert self.port.jeopardy is not None

    @rule(working=st.booleans(), numbers=SOME, day=DAYS)
    def some_settle(self, working: bool, numbers: tuple[NumberRange, ...], day: int) -> None:
        self.take(NumbersWorking(numbers) if working else NumbersFailed(numbers, "blocked"), day)

    @rule(kind=st.sampled_from(OF_NUMBERS), numbers=SOME, day=DAYS)
    def something_happens_to_some(
        self, kind: type[NumbersLeft], numbers: tuple[NumberRange, ...], day: int
    ) -> None:
        self.take(kind(numbers), day)

    @rule(kind=st.sampled_from(OF_NUMBERS), day=DAYS)
    def something_is_said_of_strangers(self, kind: type[NumbersLeft], day: int) -> None:
        before = self.port
        assert self.take(kind((STRANGERS,)), day).outcome is Outcome.CONTRADICTS
        assert (self.port.status, self.port.left, self.port.hampered) == (
            before.status,
            before.left,
            before.hampered,
        )

    @rule(decision=st.sampled_from(DECISIONS), day=DAYS)
    def decides(self, decision: Decision, day: int) -> None:
        before = self.port
        allowed = set(PORT_ORDER_MACHINE.allowed(before.status))
        if not before.needs_attention:
            allowed.discard(Settle.word)
        if decision.word in allowed:
            self.take(decision, day)
            return
        with pytest.raises(DecisionRefused) as refusal:
            self.take(decision, day)
        assert set(refusal.value.allowed) == allowed
        assert self.port is before

    @rule()
    def hears_everything_again(self) -> None:
        before = self.port
        for said in self.events:
            assert apply(before, said).record is before

    @invariant()
    def counts_add_up(self) -> None:
        numbers = self.port.numbers
        naive = list(numbers.by_number.values())
        assert numbers.counts == {progress: naive.count(progress) for progress in Progress}
        assert sum(numbers.counts.values()) == self.port.quantity == 3

    @invariant()
    def no_report_is_lost(self) -> None:
        assert self.port.revision == len(self.history) == len(self.port.seen)
        settled = max(
            (at for at, e in enumerate(self.history) if isinstance(e.event.body, Settle)), default=-1
        )
        open_ones = [e.event.id for e in self.history[settled + 1 :] if e.outcome is Outcome.CONTRADICTS]
        assert [found.event for found in self.port.discrepancies] == open_ones

    @invariant()
    def what_has_left_is_what_was_said_to_have(self) -> None:
        said = {
            number
            for e in self.history
            if isinstance(e.event.body, NumbersSnappedBack | NumbersLeft)
            and e.outcome is not Outcome.CONTRADICTS
            for part in e.event.body.numbers
            for number in part
        }
        assert {number for part in self.port.left for number in part} == said

    @invariant()
    def what_a_port_has_goes_with_its_state(self) -> None:
        port = self.port
        if port.status is At.REJECTED:
            assert port.rejections
            assert port.foc is None
            assert port.expires_at() == (port.rejected_at or NOW) + timedelta(days=14)
        else:
            assert port.expires_at() is None
        assert bool(port.rejections) is (port.rejected_at is not None)
        if port.supplement is not None:
            assert port.status in (At.SUPPLEMENT_PENDING, At.CANCEL_PENDING)
        if port.status is At.SUPPLEMENT_PENDING:
            assert port.supplement is not None
        assert port.told_at is None or isinstance(port.told_at, datetime)

    @invariant()
    def there_is_something_to_do_and_to_ask_that_fits(self) -> None:
        port = self.port
        told = steps(port)
        assert told
        assert all(step.text for step in told)
        for command in port.commands:
            if isinstance(command, Submit):
                assert port.status is At.SUBMITTING
            elif isinstance(command, AskSupplement):
                assert port.status is At.SUPPLEMENT_PENDING
            elif isinstance(command, AskCancellation):
                assert port.status is At.CANCEL_PENDING
            else:
                assert isinstance(command, ReadBack)
                assert port.status is At.OUTCOME_UNKNOWN or port.unread or port.needs_attention
        if port.status not in _PLACED:
            assert port.status is At.REJECTED or port.supplement is None

    def teardown(self) -> None:
        if hasattr(self, "first"):
            assert replay(self.first, [*self.events, *self.events]) == self.port


TestWholePorts = WholePorts.TestCase
