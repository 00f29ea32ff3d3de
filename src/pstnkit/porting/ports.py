"""Port orders: their states, the two tables that move them, and their record."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from typing import ClassVar, Self

from attrs import evolve, frozen

from pstnkit.accounts.addresses import CivicAddress
from pstnkit.accounts.agreements import instructions
from pstnkit.lifecycle.commands import AskCancellation, AskSupplement, OrderCommand, ReadBack, Submit
from pstnkit.lifecycle.events import Decision, Event, Report, latest
from pstnkit.lifecycle.machine import Machine, Outcome
from pstnkit.lifecycle.order import Order
from pstnkit.lifecycle.record import Judged
from pstnkit.lifecycle.reports import (
    CancellationRefused,
    DocumentsAsked,
    Fulfilled,
    PartlyFulfilled,
    TurnedDown,
)
from pstnkit.numbering.ranges import NumberRange, collapse
from pstnkit.numbering.telephone import TelephoneNumber
from pstnkit.porting.dates import ActualDate, FirmDate, RequestedDate
from pstnkit.porting.rejects import PortRejected
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
    SentToLosingCarrier,
    SignatureMissing,
    SupplementRefused,
    SupplementTaken,
)
from pstnkit.porting.request import corrected
from pstnkit.porting.states import PORT_ORDER_MACHINE as PORT_ORDER_MACHINE
from pstnkit.porting.states import PortStage
from pstnkit.porting.states import PortStatus as PortStatus
from pstnkit.porting.steps import PATIENCE, steps
from pstnkit.porting.supplements import Change, Supplement, supplement
from pstnkit.secret import SecretRef

# Where the losing carrier has kept a promise, whether or not we had heard of it.
_KEPT = (PortStatus.ACTIVATING, PortStatus.PARTIALLY_PORTED, PortStatus.COMPLETED)

# What says where a port that the carrier has stands there. Two such reports can overtake each other on their way, and
# then the older one is late, whatever the tables say of its kind. Clocks differ a little, and of two reports of the
# same minutes the one that comes later counts.
_ON_THE_WAY = (
    HeldAsDraft,
    DocumentsAsked,
    SignatureMissing,
    SentToLosingCarrier,
    PortRejected,
    SupplementTaken,
    FocConfirmed,
    DateInJeopardy,
)
_SUPPLEMENTING = (PortStatus.SUPPLEMENT_PENDING, PortStatus.CANCEL_PENDING)
_OF_ITS_NUMBERS = (ActivationHampered, NumbersSnappedBack, NumbersLeaving, NumbersLeft)
_CLOCKS_DIFFER = timedelta(minutes=5)

_STAGES: dict[type[Report], PortStage] = {
    HeldAsDraft: PortStage.DRAFT,
    DocumentsAsked: PortStage.DOCUMENTS,
    SignatureMissing: PortStage.SIGNATURE,
}


@frozen(kw_only=True)
class PortOrder(Order[PortStatus]):
    """An order to bring numbers along from one account at one losing carrier.

    ``account_number`` and ``pin`` say where those secrets are kept; they, the billing telephone number ``btn``, the
    ``service_address`` and the ``authorized_signer`` stand in the letter of authorization; ``new_btn`` is to be the BTN
    of what stays on the account, and ``details`` are the other fields of the request. ``requested``, ``foc`` and
    ``works_from`` are the three dates.

    ``stage`` is where a submitted port stands at the carrier, and ``stage_note`` what that asks for. ``rejections`` are
    the losing carrier's refusals that nothing has answered yet, since ``rejected_at``, and ``supplement`` is the change
    that is on its way to it; once that is taken, the record has what was changed, and ``change_refused`` is why the
    latest one was not. ``jeopardy`` says that the firm date may not be kept, and why. ``hampered`` are numbers of which
    the activation has to be repeated; ``leaving`` are those that are about to leave again, ``left`` those that have.
    ``told_at`` is when the carrier has last said where the port stands.
    """

    losing_carrier: str
    account_number: SecretRef
    business_name: str
    btn: TelephoneNumber | None = None
    pin: SecretRef | None = None
    service_address: CivicAddress | None = None
    authorized_signer: str | None = None
    new_btn: TelephoneNumber | None = None
    details: tuple[Change, ...] = ()
    status: PortStatus = PortStatus.DRAFT
    stage: PortStage = PortStage.CARRIER
    stage_note: str = ""
    requested: RequestedDate | None = None
    foc: FirmDate | None = None
    works_from: ActualDate | None = None
    rejections: tuple[PortRejected, ...] = ()
    rejected_at: datetime | None = None
    supplement: Supplement | None = None
    change_refused: str | None = None
    jeopardy: DateInJeopardy | None = None
    hampered: tuple[NumberRange, ...] = ()
    leaving: tuple[NumberRange, ...] = ()
    left: tuple[NumberRange, ...] = ()
    told_at: datetime | None = None

    machine: ClassVar[Machine[PortStatus]] = PORT_ORDER_MACHINE

    @property
    def rejection(self) -> PortRejected | None:
        """The latest refusal that nothing has answered."""
        return self.rejections[-1] if self.rejections else None

    @property
    def commands(self) -> tuple[OrderCommand, ...]:
        """What has to be asked of the carrier now."""
        if self.status is PortStatus.SUBMITTING:
            return (Submit(self.id),)
        if self.status is PortStatus.OUTCOME_UNKNOWN or self.unread or self.needs_attention:
            return (ReadBack(self.id),)
        if self.status is PortStatus.SUPPLEMENT_PENDING:
            return (AskSupplement(self.id),)
        if self.status is PortStatus.CANCEL_PENDING and self.stage is not PortStage.CANCELLING:
            return (AskCancellation(self.id),)
        return ()

    def instructions(self) -> tuple[str, ...]:
        """What the partner tells the customer's administrator, a sentence each (SPEC O3, O4)."""
        return instructions(self.kind, self.gates)

    def next_steps(
        self, *, tz: str | tzinfo = "UTC", patience: timedelta = PATIENCE, now: datetime | None = None
    ) -> tuple[str, ...]:
        """What a person should do now, in sentences, the most pressing first; times are told in ``tz``.

        ``patience`` is how long the carrier waits for an answer to a refusal. :func:`~pstnkit.porting.steps.steps` has
        the same with who has to act, and says what ``now`` is for.
        """
        return tuple(str(step) for step in steps(self, tz=tz, patience=patience, now=now))

    def correct(self, *, requested: date | None = None, **fields: str | SecretRef) -> Supplement:
        """The decision that corrects ``fields``, by name, and asks for the day ``requested``.

        Before the port is sent it edits the record, afterwards it is a supplement (SUP 2 for the date alone, else SUP
        3). Raises :class:`~pstnkit.lifecycle.machine.DecisionRefused` where the port takes none,
        :class:`~pstnkit.porting.supplements.NeedsNewRequest` for numbers or another losing carrier,
        :class:`~pstnkit.porting.supplements.NothingToCorrect` for no change, and ``TypeError`` for a secret as text.
        A correction of something else than was refused is none of our business to refuse: codes are often imprecise.
        :meth:`unanswered` tells what it leaves open.
        """
        decision = supplement(fields, requested)
        self.machine.decide(self.status, decision)
        return decision

    def unanswered(self, decision: Supplement) -> tuple[PortRejected, ...]:
        """The refusals that ``decision`` does not put right."""
        return tuple(refused for refused in self.rejections if not decision.answers(refused))

    def expires_at(self, patience: timedelta = PATIENCE) -> datetime | None:
        """When the carrier closes a rejected port that nobody answers; None for one that is not rejected."""
        if self.rejected_at is None or self.status is not PortStatus.REJECTED:
            return None
        return self.rejected_at + patience

    def heard(self, event: Event, report: Report) -> Judged[Self]:
        """The port where ``report`` moves it, unless a later one has overtaken it or it is about strangers."""
        if self._overtaken(event, report):
            return Judged(self.with_afterthought(event, report), Outcome.LATE, (), self.status.value)
        if isinstance(report, _OF_ITS_NUMBERS) and self._has_strangers(report.numbers):
            return Judged(self, Outcome.CONTRADICTS, (), self.status.value)
        return super().heard(event, report)

    def _overtaken(self, event: Event, report: Report) -> bool:
        if self.told_at is None or not isinstance(report, _ON_THE_WAY):
            return False
        older = event.at < self.told_at - _CLOCKS_DIFFER
        return older and bool(self.machine.hear(self.status, report).path)

    def _has_strangers(self, ranges: tuple[NumberRange, ...]) -> bool:
        return any(number not in self.numbers.by_number for part in ranges for number in part)

    def with_decision(self, event: Event, decision: Decision) -> Self:
        """The port with the supplement that ``decision`` is: on its way, or entered where nobody has the port yet."""
        after = super().with_decision(event, decision)
        if not isinstance(decision, Supplement):
            return after
        if after.status is PortStatus.SUPPLEMENT_PENDING:
            return evolve(after, supplement=decision, change_refused=None)
        return after._with_changes(decision)

    def with_particulars(self, event: Event, report: Report) -> Self:
        """The port with what ``report`` tells of its stage, its dates, its refusals and its numbers."""
        after = self
        if isinstance(report, _ON_THE_WAY):
            after = evolve(after, told_at=latest((event.at, after.told_at or event.at)), unread=False)
        if after.supplement is not None and after.status not in _SUPPLEMENTING:
            after = after._past_its_supplement(report)
        match report:
            case HeldAsDraft(note) | DocumentsAsked(note) | SignatureMissing(note):
                return evolve(after._unrefused(), stage=_STAGES[type(report)], stage_note=note)
            case SentToLosingCarrier():
                return evolve(after._unrefused(), stage=PortStage.LOSING_CARRIER, stage_note="")
            case CancellationTaken():
                return evolve(after, stage=PortStage.CANCELLING)
            case FocConfirmed(foc):
                return evolve(after._unrefused(), foc=foc, jeopardy=None)
            case DateInJeopardy():
                return evolve(after, jeopardy=report)
            case PortRejected():
                return after._refused(event, report)
            case TurnedDown(reason) if after.status is PortStatus.REJECTED:
                return after._refused(event, PortRejected("", reason))
            case SupplementTaken():
                done = after._unrefused()
                return evolve(done, change_refused=None, stage=PortStage.LOSING_CARRIER, stage_note="")
            case SupplementRefused(reason):
                # As it was before, which the carrier knows best.
                return evolve(after, change_refused=reason, unread=True)
            case ActivationHampered(numbers):
                return evolve(after, hampered=tuple(collapse((*after.hampered, *numbers))), jeopardy=None)
            case NumbersLeaving(numbers):
                return evolve(after, leaving=tuple(collapse((*after.leaving, *numbers))))
            case NumbersSnappedBack(numbers) | NumbersLeft(numbers):
                return evolve(after, left=tuple(collapse((*after.left, *numbers))))
            case ActivationStarted():
                return evolve(after, jeopardy=None)
            case Fulfilled() | PartlyFulfilled():
                kept = super(PortOrder, after).with_particulars(event, report)
                return kept._working_from(report)
            case CancellationRefused():
                # The port goes on from where the carrier has it, which is more than "submitted" when a date was set.
                kept = super(PortOrder, after).with_particulars(event, report)
                return evolve(kept, unread=True, stage=PortStage.CARRIER, stage_note="")
            case _:
                return super(PortOrder, after).with_particulars(event, report)

    def with_afterthought(self, event: Event, report: Report) -> Self:
        """The port with a date that it is told late.

        The day from which numbers work is often told when they work already (SPEC P6), and a promise may be overtaken
        by what it promised.
        """
        match report:
            case Fulfilled() | PartlyFulfilled():
                return self._working_from(report)
            case FocConfirmed(foc) if self.foc is None and self.status in _KEPT:
                return evolve(self, foc=foc)
            case _:
                return super().with_afterthought(event, report)

    def _working_from(self, report: Fulfilled | PartlyFulfilled) -> Self:
        if report.works_from is None:
            return self
        return evolve(self, works_from=ActualDate(report.works_from))

    def _past_its_supplement(self, report: Report) -> Self:
        """The port after a report that leaves its supplement behind.

        What a carrier says of where the port stands is about the port as the supplement has changed it. That it was
        refused, or that the numbers have moved meanwhile, leaves the port without the change.
        """
        done = evolve(self, supplement=None)
        if self.supplement is None or not isinstance(report, _ON_THE_WAY):
            return done
        return evolve(done._unrefused()._with_changes(self.supplement), foc=None, jeopardy=None)

    def _refused(self, event: Event, report: PortRejected) -> Self:
        """The port with one more refusal."""
        before = self.rejections
        return evolve(
            self,
            rejections=before if report in before else (*before, report),
            rejected_at=self.rejected_at or event.at,
            foc=None,
            jeopardy=None,
            reason=report.text,
        )

    def _unrefused(self) -> Self:
        return evolve(self, rejections=(), rejected_at=None) if self.rejections else self

    def _with_changes(self, decision: Supplement) -> Self:
        """The port with what a supplement has changed."""
        changed = corrected(self.details, decision.changes)
        if decision.requested is not None:
            changed["requested"] = decision.requested
        return evolve(self, **changed)
