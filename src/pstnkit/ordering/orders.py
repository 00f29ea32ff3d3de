"""Number orders, standard and advanced: their states and the two tables that move them."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar, Self

from attrs import evolve, frozen

from pstnkit.accounts.agreements import instructions
from pstnkit.inventory.query import InvalidQuery, SearchQuery
from pstnkit.lifecycle.commands import AskCancellation, OrderCommand, ReadBack, Submit
from pstnkit.lifecycle.events import Event, Report
from pstnkit.lifecycle.machine import Machine, Outcome
from pstnkit.lifecycle.order import Order
from pstnkit.lifecycle.record import Judged
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
from pstnkit.numbering.ranges import NumberRange
from pstnkit.ordering.holding import CarrierHold


class OrderStatus(StrEnum):
    """Where an order of new numbers stands."""

    DRAFT = "draft"
    AWAITING_SIGNATURE = "awaiting_signature"
    SUBMITTING = "submitting"
    OUTCOME_UNKNOWN = "outcome_unknown"
    PROCESSING = "processing"
    BACKORDERED = "backordered"
    COMPLETED = "completed"
    PARTIALLY_COMPLETED = "partially_completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


# A carrier's word about an order that we have never sent contradicts it, and implies nothing: what would be missing is
# no report, but our own finishing (SPEC O1) and somebody's signature (SPEC O2). While the order is on its way, a
# cancellation is refused: nobody can say what there is to cancel. An answer that is lost once the carrier has the order
# is that to a cancellation, which is asked for again.
NUMBER_ORDER_MACHINE: Machine[OrderStatus] = Machine(
    "a number order",
    OrderStatus,
    decision_types=(Finish, Cancel, Settle),
    decisions="""
                           finish  cancel  settle
    draft               DR AW      CA      DR
    awaiting_signature  AW x       CA      AW
    submitting          SU x       x       SU
    outcome_unknown     OU x       x       OU
    processing          PR x       PR      PR
    backordered         BO x       BO      BO
    completed           CO x       x       CO
    partially_completed PC x       x       PC
    failed              FA x       x       FA
    cancelled           CA x       x       CA
    """,
    report_types=(
        GatesOpened,
        Acknowledged,
        TurnedDown,
        AnswerLost,
        NeverArrived,
        NumbersNamed,
        NumbersWorking,
        NumbersFailed,
        DocumentsAsked,
        BackOrdered,
        Fulfilled,
        PartlyFulfilled,
        Unfulfilled,
        CancellationRefused,
        Cancelled,
    ),
    reports="""
                           gates taken refused lost absent named working failing documents waiting done  partly nothing kept cancelled
    draft               DR .     !     !       !    .      !     !       !       !         !       !     !      !       !    !
    awaiting_signature  AW SU    !     !       !    .      !     !       !       !         !       !     !      !       !    !
    submitting          SU .     PR    FA      OU   SU     PR    PR      PR      PR        PR>BO   PR>CO PR>PC  PR>FA   PR   PR>CA
    outcome_unknown     OU -     PR    FA      .    SU     PR    PR      PR      PR        PR>BO   PR>CO PR>PC  PR>FA   PR   PR>CA
    processing          PR -     .     FA      PR   !      PR    PR      PR      PR        BO      CO    PC     FA      PR   CA
    backordered         BO -     -     FA      BO   !      PR    PR      BO      PR        .       PR>CO PR>PC  FA      BO   CA
    completed           CO -     -     !       -    !      -     .       !       -         -       .     !      !       -    !
    partially_completed PC -     -     !       -    !      -     !       !       -         -       !     .      !       -    !
    failed              FA -     -     .       -    -      !     !       .       -         -       !     !      .       -    -
    cancelled           CA -     -     -       -    -      !     !       -       -         -       !     !      -       !    .
    """,  # noqa: E501
)


@frozen
class Wanted:
    """Where an advanced order wants its numbers: a state or province, an area code, or both (SPEC F2).

    Raises :class:`~pstnkit.inventory.query.InvalidQuery`, as a search for that place would, and for no place at all.

    >>> Wanted(state="US-CA", npa="415")
    Wanted(state='US-CA', npa='415')
    """

    state: str | None = None
    npa: str | None = None

    def __attrs_post_init__(self) -> None:
        if self.state is None and self.npa is None:
            raise InvalidQuery("state", "an advanced order needs a state or province, or an area code")
        SearchQuery(state=self.state, npa=self.npa)


@frozen(kw_only=True)
class NumberOrder(Order[OrderStatus]):
    """An order of new numbers.

    A standard order knows its numbers from the start; an advanced one holds what is ``wanted`` and how many, until the
    carrier names numbers. ``holds`` are what the carrier kept when it was placed; an order that waits for a signature
    longer than they last takes its chances, as availability shown is never a guarantee. ``blocks`` are those of its
    numbers that are given back only together, where the policy under which it was placed says so. ``documents`` is what
    the carrier lacks to go on.
    """

    status: OrderStatus = OrderStatus.DRAFT
    wanted: Wanted | None = None
    holds: tuple[CarrierHold, ...] = ()
    blocks: tuple[NumberRange, ...] = ()
    documents: str | None = None

    machine: ClassVar[Machine[OrderStatus]] = NUMBER_ORDER_MACHINE

    @property
    def commands(self) -> tuple[OrderCommand, ...]:
        """What has to be asked of the carrier now."""
        if self.status is OrderStatus.SUBMITTING:
            return (Submit(self.id),)
        if self.status is OrderStatus.OUTCOME_UNKNOWN or self.unread or self.needs_attention:
            return (ReadBack(self.id),)
        if self.cancel_requested and not self.is_over:
            return (AskCancellation(self.id),)
        return ()

    def heard(self, event: Event, report: Report) -> Judged[Self]:
        """The order where ``report`` moves it; what the carrier has asked for already is known."""
        judged = super().heard(event, report)
        known = isinstance(report, DocumentsAsked) and report.what == self.documents
        if known and judged.outcome is Outcome.EXPECTED and not judged.path:
            return evolve(judged, outcome=Outcome.ALREADY)
        return judged

    def with_particulars(self, event: Event, report: Report) -> Self:
        """The order with what the carrier lacks, until it goes on."""
        after = super().with_particulars(event, report)
        if isinstance(report, DocumentsAsked):
            return evolve(after, documents=report.what)
        goes_on = after.is_over or isinstance(report, NumbersNamed | NumbersWorking | BackOrdered)
        return evolve(after, documents=None) if goes_on and after.documents else after

    def instructions(self) -> tuple[str, ...]:
        """What the partner tells the customer's administrator, a sentence each (SPEC O2, O4)."""
        return instructions(self.kind, self.gates)
