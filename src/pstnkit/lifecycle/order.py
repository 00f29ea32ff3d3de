"""What orders of every kind share: one record, moved by events over its machine's two tables.

An order never changes in place: :func:`~pstnkit.lifecycle.record.apply` takes it and an event and gives the order
after it, with a history entry that says how the event was judged.
"""

from __future__ import annotations

from datetime import datetime, tzinfo
from enum import StrEnum
from typing import Self, TypeVar

from attrs import evolve, frozen

from pstnkit.lifecycle.commands import OrderCommand
from pstnkit.lifecycle.events import Decision, Event, Report, latest
from pstnkit.lifecycle.failures import Failure, FailureKind
from pstnkit.lifecycle.finding import containing
from pstnkit.lifecycle.fulfillment import FulfillmentPolicy, OrderKind
from pstnkit.lifecycle.judgement import judge
from pstnkit.lifecycle.machine import Outcome
from pstnkit.lifecycle.progress import NumberProgress, Progress
from pstnkit.lifecycle.record import Judged, Staged
from pstnkit.lifecycle.reports import (
    Acknowledged,
    Cancel,
    CancellationRefused,
    Cancelled,
    Finish,
    GatesOpened,
    NumbersFailed,
    PartlyFulfilled,
    TurnedDown,
    Unfulfilled,
)
from pstnkit.numbering.telephone import TelephoneNumber

S = TypeVar("S", bound=StrEnum)


@frozen(kw_only=True)
class Order(Staged[S]):
    """What every order's record holds.

    ``client_reference`` is chosen before a carrier is ever asked, and is what an order whose answer was lost is found
    by; ``carrier_reference`` is the carrier's own. ``gates`` are the agreements that were unsigned when it was
    placed; ``clock_started`` is when the last gate opened (SPEC F5), or None while a signature is awaited.
    ``quantity`` is how many numbers are wanted; ``numbers`` how far those that are known have come; ``reason`` the
    latest reason that the carrier gave, and ``turned_down`` whether it did not take the order at all. ``unread`` says
    that the carrier's own state has to be read, since a report did not say what became of which number.
    """

    customer: str
    kind: OrderKind
    client_reference: str
    quantity: int
    numbers: NumberProgress = NumberProgress()
    placed: datetime | None = None
    clock_started: datetime | None = None
    carrier_reference: str | None = None
    reason: str | None = None
    gates: tuple[StrEnum, ...] = ()
    cancel_requested: bool = False
    unread: bool = False
    turned_down: bool = False

    @property
    def is_over(self) -> bool:
        """Whether the order has come to its end (a discrepancy may still need attention)."""
        return self.machine.is_terminal(self.status)

    @property
    def unnamed(self) -> int:
        """How many of the numbers wanted the carrier has not named."""
        return self.quantity - len(self.numbers.by_number)

    @property
    def shortfall(self) -> int:
        """How many of the numbers wanted an order that is over was never given: the carrier has named fewer."""
        return self.unnamed if self.is_over else 0

    @property
    def is_active(self) -> bool:
        """Whether the order claims its numbers: it was placed and is not over."""
        return self.placed is not None and not self.is_over

    @property
    def progress(self) -> Progress | None:
        """The order as a whole (SPEC T3): successful only when all its numbers are, failed when none is.

        None for an order that is over with some of each; :attr:`numbers` has the counts.
        """
        if not self.is_over:
            return Progress.IN_PROGRESS
        if self.numbers.successful == 0:
            return Progress.FAILED
        return Progress.SUCCESSFUL if self.numbers.successful >= self.quantity else None

    @property
    def commands(self) -> tuple[OrderCommand, ...]:
        """What has to be asked of the carrier now; derived from the state, so that a crash loses nothing."""
        raise NotImplementedError

    def find(self, part: str) -> tuple[TelephoneNumber, ...]:
        """The numbers of the order with ``part`` among their ten digits, in order (SPEC T4)."""
        return tuple(number for number, _ in containing(part, self.numbers.by_number))

    def due(self, policy: FulfillmentPolicy, tz: str | tzinfo | None = None) -> datetime | None:
        """When the order is due, days counted in ``tz``; None while it waits for a signature (SPEC F4)."""
        if self.clock_started is None:
            return None
        return policy.due(self.kind, signed=self.clock_started, placed=self.placed, tz=tz)

    def with_decision(self, event: Event, decision: Decision) -> Self:
        """The order with what ``decision`` says beyond its state."""
        match decision:
            case Finish():
                return evolve(self, placed=event.at)
            case Cancel() if self.is_over:
                return evolve(self, numbers=self.numbers.rest_failing(Failure(FailureKind.CANCELLED)))
            case Cancel():
                return evolve(self, cancel_requested=True)
            case _:
                return self

    def heard(self, event: Event, report: Report) -> Judged[Self]:
        """The order where ``report`` moves it, by the table and by the numbers that it names."""
        verdict = judge(self, report)
        after = self
        if verdict.moves:
            after = evolve(self, status=verdict.status, numbers=verdict.numbers, unread=verdict.unread)
            after = after.with_particulars(event, report)
            if after.cancel_requested and after.is_over:
                # It has come to its end before it could be cancelled, or by that.
                after = evolve(after, cancel_requested=False)
        elif verdict.outcome is not Outcome.CONTRADICTS:
            after = self.with_afterthought(event, report)
        return Judged(after, verdict.outcome, verdict.path, self.status.value)

    def with_particulars(self, event: Event, report: Report) -> Self:
        """The order with what ``report`` says beyond states and numbers; kinds of order add what they are told."""
        match report:
            case GatesOpened():
                return self.with_clock(event.at)
            case Acknowledged(reference):
                return evolve(self, carrier_reference=self.carrier_reference or reference)
            case TurnedDown(reason):
                return evolve(self, reason=reason, turned_down=self.is_over)
            case NumbersFailed() | Unfulfilled() | PartlyFulfilled():
                return evolve(self, reason=report.reason)
            case Cancelled() | CancellationRefused():
                return evolve(self, cancel_requested=False)
            case _:
                return self

    def with_afterthought(self, _event: Event, report: Report) -> Self:
        """The order with what ``report`` adds although it is late, or says what is known already.

        The carrier's reference may come after the numbers: only the acknowledgment tells it, whenever it arrives.
        """
        if isinstance(report, Acknowledged) and self.carrier_reference is None:
            return evolve(self, carrier_reference=report.reference)
        return self

    def with_clock(self, opened: datetime) -> Self:
        """The order with its clock started when its last gate opened, though not before it was placed (SPEC F5)."""
        return evolve(self, clock_started=opened if self.placed is None else latest((opened, self.placed)))
