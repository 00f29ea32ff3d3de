"""Port orders: their states, the two tables that move them, and their record."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar, Self

import attrs
from attrs import Attribute, evolve, frozen

from pstnkit.accounts.addresses import CivicAddress
from pstnkit.accounts.agreements import instructions
from pstnkit.lifecycle.commands import AskCancellation, AskSupplement, OrderCommand, ReadBack, Submit
from pstnkit.lifecycle.events import Decision, Event, Report
from pstnkit.lifecycle.failures import Failure, FailureKind
from pstnkit.lifecycle.machine import Machine
from pstnkit.lifecycle.order import Order
from pstnkit.lifecycle.reports import (
    Acknowledged,
    AnswerLost,
    Cancel,
    CancellationRefused,
    Cancelled,
    Ending,
    Finish,
    Fulfilled,
    GatesOpened,
    NeverArrived,
    NumbersFailed,
    NumbersWorking,
    PartlyFulfilled,
    Settle,
    TurnedDown,
    Unfulfilled,
)
from pstnkit.numbering.telephone import TelephoneNumber
from pstnkit.porting.dates import ActualDate, FirmDate, RequestedDate
from pstnkit.porting.rejects import PortRejected
from pstnkit.secret import SecretRef


class PortStatus(StrEnum):
    """Where a port order stands."""

    DRAFT = "draft"
    AWAITING_CONTRACT = "awaiting_contract"
    AWAITING_LOA = "awaiting_loa"
    SUBMITTING = "submitting"
    OUTCOME_UNKNOWN = "outcome_unknown"
    SUBMITTED = "submitted"
    REJECTED = "rejected"
    SUPPLEMENT_PENDING = "supplement_pending"
    FOC_CONFIRMED = "foc_confirmed"
    ACTIVATING = "activating"
    PARTIALLY_PORTED = "partially_ported"
    COMPLETED = "completed"
    CANCEL_PENDING = "cancel_pending"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


PLAIN_FIELDS = frozenset({"losing_carrier", "business_name", "service_address", "btn", "signer"})
"""The fields of a port that anybody may read. Every other one is taken for a secret: of a field that is new to us,
nobody has said that it is none."""


def _in_its_place(
    _supplement: Supplement, _value: Attribute[str | SecretRef], value: str | SecretRef
) -> None:
    kind = str if _supplement.field in PLAIN_FIELDS else SecretRef
    if not isinstance(value, kind):  # the value itself is not told: it may well be the secret
        raise TypeError(
            f"{_supplement.field!r:.80} of a supplement is a {kind.__name__}, not a {type(value).__name__}"
        )


@frozen
class Supplement(Decision):
    """A change to a port that the carrier has: ``field`` corrected to ``value`` (SUP 3).

    The value is text where everybody may read it (:data:`PLAIN_FIELDS`), and else the reference under which the store
    keeps the secret: an account number or a PIN is in no event. Raises ``TypeError`` for one in the other's place.

    >>> Supplement("business_name", "Harbor Dental").value, Supplement("pin", SecretRef("secret-7")).value
    ('Harbor Dental', SecretRef(id='secret-7'))
    """

    field: str
    value: str | SecretRef = attrs.field(validator=_in_its_place)
    word = "supplement"


@frozen
class ContractSigned(Report):
    """The carrier's contract is signed (SPEC O4), at the event's time."""

    word = "contract"


@frozen
class SupplementTaken(Report):
    """The carrier has the supplement and goes on with the port."""

    word = "supplied"


@frozen
class FocConfirmed(Report):
    """The losing carrier commits itself to ``foc``; a later report moves it."""

    foc: FirmDate
    word = "foc"


@frozen
class ActivationStarted(Report):
    """The numbers are being activated."""

    word = "activating"


@frozen
class PortExpired(Ending):
    """The carrier has closed a port that nobody put right in time."""

    word = "expired"

    @property
    def failure(self) -> Failure:
        """Nobody answered in time."""
        return Failure(FailureKind.EXPIRED)


# As with number orders, what a carrier says of a port that we have never sent contradicts it: a port is not processed
# until the letter of authorization is signed (SPEC O3). A port that the carrier does not take, or closes without a
# number, has nothing left to be supplemented: it is cancelled, its reason says why, and its numbers are free again.
PORT_ORDER_MACHINE: Machine[PortStatus] = Machine(
    "a port order",
    PortStatus,
    decision_types=(Finish, Cancel, Supplement, Settle),
    decisions="""
                          finish cancel supplement settle
    draft              DR AC     CA     x          DR
    awaiting_contract  AC x      CA     x          AC
    awaiting_loa       AL x      CA     x          AL
    submitting         SU x      x      x          SU
    outcome_unknown    OU x      x      x          OU
    submitted          SB x      CP     SP         SB
    rejected           RJ x      CP     SP         RJ
    supplement_pending SP x      CP     x          SP
    foc_confirmed      FC x      CP     SP         FC
    activating         AV x      x      x          AV
    partially_ported   PP x      x      x          PP
    completed          CO x      x      x          CO
    cancel_pending     CP x      x      x          CP
    cancelled          CA x      x      x          CA
    expired            EX x      x      x          EX
    """,
    report_types=(
        ContractSigned,
        GatesOpened,
        Acknowledged,
        TurnedDown,
        AnswerLost,
        NeverArrived,
        PortRejected,
        SupplementTaken,
        FocConfirmed,
        ActivationStarted,
        NumbersWorking,
        NumbersFailed,
        Fulfilled,
        PartlyFulfilled,
        Unfulfilled,
        CancellationRefused,
        Cancelled,
        PortExpired,
    ),
    reports="""
                          contract gates taken refused lost absent rejected supplied foc   activating working  failing  done        partly      nothing kept cancelled expired
    draft              DR .        .     !     !       !    .      !        !        !     !          !        !        !           !           !       !    !         !
    awaiting_contract  AC AL       SU    !     !       !    .      !        !        !     !          !        !        !           !           !       !    !         !
    awaiting_loa       AL .        SU    !     !       !    .      !        !        !     !          !        !        !           !           !       !    !         !
    submitting         SU .        .     SB    CA      OU   SU     SB>RJ    SB       SB>FC SB>FC>AV   SB>FC>AV SB>FC>AV SB>FC>AV>CO SB>FC>AV>PP CA      SB   CA        EX
    outcome_unknown    OU -        -     SB    CA      .    SU     SB>RJ    SB       SB>FC SB>FC>AV   SB>FC>AV SB>FC>AV SB>FC>AV>CO SB>FC>AV>PP CA      SB   CA        EX
    submitted          SB -        -     .     RJ      -    !      RJ       -        FC    FC>AV      FC>AV    FC>AV    FC>AV>CO    FC>AV>PP    CA      -    CA        EX
    rejected           RJ -        -     -     .       -    !      RJ       SB       SB>FC SB>FC>AV   SB>FC>AV SB>FC>AV SB>FC>AV>CO SB>FC>AV>PP CA      -    CA        EX
    supplement_pending SP -        -     -     RJ      SP   !      RJ       SB       SB>FC SB>FC>AV   SB>FC>AV SB>FC>AV SB>FC>AV>CO SB>FC>AV>PP CA      -    CA        EX
    foc_confirmed      FC -        -     -     RJ      -    !      RJ       -        FC    AV         AV       AV       AV>CO       AV>PP       CA      -    CA        EX
    activating         AV -        -     -     !       -    !      RJ       -        -     .          AV       AV       CO          PP          CA      -    !         !
    partially_ported   PP -        -     -     !       -    !      -        -        -     -          .        .        !           .           !       -    !         !
    completed          CO -        -     -     !       -    !      -        -        -     -          .        !        .           !           !       -    !         !
    cancel_pending     CP -        -     -     -       CP   !      -        -        -     AV         AV       AV       AV>CO       AV>PP       CA      SB   CA        EX
    cancelled          CA -        -     -     -       -    -      -        -        -     !          !        -        !           !           .       !    .         -
    expired            EX -        -     -     -       -    -      -        -        -     !          !        -        !           !           -       -    -         .
    """,  # noqa: E501
)


# Where the losing carrier has kept a promise, whether or not we had heard of it.
_KEPT = (PortStatus.ACTIVATING, PortStatus.PARTIALLY_PORTED, PortStatus.COMPLETED)


@frozen(kw_only=True)
class PortOrder(Order[PortStatus]):
    """An order to bring numbers along from one account at one losing carrier.

    ``account_number`` and ``pin`` say where those secrets are kept; they, the billing telephone number ``btn``, the
    ``service_address`` and the ``authorized_signer`` stand in the letter of authorization. ``requested``, ``foc`` and
    ``works_from`` are the three dates; ``rejection`` the losing carrier's latest refusal, and ``supplement`` the change
    that is on its way to it. Once that is taken, the record has what was corrected.
    """

    losing_carrier: str
    account_number: SecretRef
    business_name: str
    btn: TelephoneNumber | None = None
    pin: SecretRef | None = None
    service_address: CivicAddress | None = None
    authorized_signer: str | None = None
    status: PortStatus = PortStatus.DRAFT
    requested: RequestedDate | None = None
    foc: FirmDate | None = None
    works_from: ActualDate | None = None
    rejection: PortRejected | None = None
    supplement: Supplement | None = None

    machine: ClassVar[Machine[PortStatus]] = PORT_ORDER_MACHINE

    @property
    def commands(self) -> tuple[OrderCommand, ...]:
        """What has to be asked of the carrier now."""
        if self.status is PortStatus.SUBMITTING:
            return (Submit(self.id),)
        if self.status is PortStatus.OUTCOME_UNKNOWN or self.unread or self.needs_attention:
            return (ReadBack(self.id),)
        if self.status is PortStatus.SUPPLEMENT_PENDING:
            return (AskSupplement(self.id),)
        if self.status is PortStatus.CANCEL_PENDING:
            return (AskCancellation(self.id),)
        return ()

    def instructions(self) -> tuple[str, ...]:
        """What the partner tells the customer's administrator, a sentence each (SPEC O3, O4)."""
        return instructions(self.kind, self.gates)

    def with_decision(self, event: Event, decision: Decision) -> Self:
        """The port with the supplement that ``decision`` is."""
        after = super().with_decision(event, decision)
        return evolve(after, supplement=decision) if isinstance(decision, Supplement) else after

    def with_particulars(self, event: Event, report: Report) -> Self:
        """The port with the dates and the rejection that ``report`` tells."""
        match report:
            case FocConfirmed(foc):
                return evolve(self, foc=foc, rejection=None)
            case PortRejected(text=text):
                return evolve(self, rejection=report, foc=None, reason=text)
            case SupplementTaken():
                return evolve(self._corrected(), supplement=None, rejection=None)
            case Fulfilled():
                return self._working_from(report)
            case CancellationRefused():
                # The port goes on from where the carrier has it, which is more than "submitted" when a date was set.
                return evolve(super().with_particulars(event, report), unread=True)
            case _:
                return super().with_particulars(event, report)

    def with_afterthought(self, event: Event, report: Report) -> Self:
        """The port with a date that it is told late.

        The day from which numbers work is often told when they work already (SPEC P6), and a promise may be overtaken
        by what it promised.
        """
        match report:
            case Fulfilled():
                return self._working_from(report)
            case FocConfirmed(foc) if self.foc is None and self.status in _KEPT:
                return evolve(self, foc=foc)
            case _:
                return super().with_afterthought(event, report)

    def _working_from(self, report: Fulfilled) -> Self:
        if report.works_from is None:
            return self
        return evolve(self, works_from=ActualDate(report.works_from))

    def _corrected(self) -> Self:
        """The port with the field that its supplement has corrected, where the record has that field."""
        match self.supplement:
            case Supplement("account_number", SecretRef() as kept):
                return evolve(self, account_number=kept)
            case Supplement("business_name", str(name)):
                return evolve(self, business_name=name)
            case Supplement("losing_carrier", str(name)):
                return evolve(self, losing_carrier=name)
            case _:
                return self
