"""The states of a port order, and the two tables that move it."""

from __future__ import annotations

from enum import StrEnum

from pstnkit.lifecycle.machine import Machine
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
    NeverArrived,
    NumbersFailed,
    NumbersWorking,
    PartlyFulfilled,
    Settle,
    TurnedDown,
    Unfulfilled,
)
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
from pstnkit.porting.supplements import Supplement


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


class PortStage(StrEnum):
    """Where a port that the carrier has stands there, while neither a date nor a refusal is known."""

    CARRIER = "carrier"
    DRAFT = "draft"
    DOCUMENTS = "documents"
    SIGNATURE = "signature"
    LOSING_CARRIER = "losing_carrier"
    CANCELLING = "cancelling"


# As with number orders, what a carrier says of a port that we have never sent contradicts it: a port is not processed
# until the letter of authorization is signed (SPEC O3). A port that the carrier does not take, or closes without a
# number, has nothing left to be supplemented: it is cancelled, its reason says why, and its numbers are free again.
PORT_ORDER_MACHINE: Machine[PortStatus] = Machine(
    "a port order",
    PortStatus,
    decision_types=(Finish, Cancel, Supplement, Settle),
    decisions="""
                          finish cancel supplement settle
    draft              DR AC     CA     DR         DR
    awaiting_contract  AC x      CA     AC         AC
    awaiting_loa       AL x      CA     AL         AL
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
        HeldAsDraft,
        DocumentsAsked,
        SignatureMissing,
        SentToLosingCarrier,
        PortRejected,
        SupplementTaken,
        SupplementRefused,
        FocConfirmed,
        DateInJeopardy,
        ActivationStarted,
        ActivationHampered,
        NumbersWorking,
        NumbersFailed,
        NumbersSnappedBack,
        NumbersLeaving,
        NumbersLeft,
        Fulfilled,
        PartlyFulfilled,
        Unfulfilled,
        CancellationRefused,
        CancellationTaken,
        Cancelled,
        PortExpired,
    ),
    reports="""
                          contract gates taken refused lost absent drafted documents unsigned forwarded rejected supplied unsupplied foc   jeopardy activating hampered working  failing  snapback leaving  left     done        partly      nothing kept cancelling cancelled expired
    draft              DR .        .     !     !       !    .      !       !         !        !         !        !        !          !     !        !          !        !        !        !        !        !        !           !           !       !    !          !         !
    awaiting_contract  AC AL       SU    !     !       !    .      !       !         !        !         !        !        !          !     !        !          !        !        !        !        !        !        !           !           !       !    !          !         !
    awaiting_loa       AL .        SU    !     !       !    .      !       !         !        !         !        !        !          !     !        !          !        !        !        !        !        !        !           !           !       !    !          !         !
    submitting         SU .        .     SB    CA      OU   SU     SB      SB        SB       SB        SB>RJ    SB       SB         SB>FC SB       SB>FC>AV   SB>FC>AV SB>FC>AV SB>FC>AV SB>FC>AV SB>FC>AV SB>FC>AV SB>FC>AV>CO SB>FC>AV>PP CA      SB   CP         CA        EX
    outcome_unknown    OU -        -     SB    CA      .    SU     SB      SB        SB       SB        SB>RJ    SB       SB         SB>FC SB       SB>FC>AV   SB>FC>AV SB>FC>AV SB>FC>AV SB>FC>AV SB>FC>AV SB>FC>AV SB>FC>AV>CO SB>FC>AV>PP CA      SB   CP         CA        EX
    submitted          SB -        -     .     RJ      -    !      SB      SB        SB       SB        RJ       SB       -          FC    SB       FC>AV      FC>AV    FC>AV    FC>AV    FC>AV    FC>AV    FC>AV    FC>AV>CO    FC>AV>PP    CA      -    CP         CA        EX
    rejected           RJ -        -     -     .       -    !      -       SB        SB       SB        RJ       SB       -          SB>FC RJ       SB>FC>AV   SB>FC>AV SB>FC>AV SB>FC>AV SB>FC>AV SB>FC>AV SB>FC>AV SB>FC>AV>CO SB>FC>AV>PP CA      -    CP         CA        EX
    supplement_pending SP -        -     -     RJ      SP   !      -       SB        SB       SB        RJ       SB       SB         SB>FC SP       SB>FC>AV   SB>FC>AV SB>FC>AV SB>FC>AV SB>FC>AV SB>FC>AV SB>FC>AV SB>FC>AV>CO SB>FC>AV>PP CA      -    CP         CA        EX
    foc_confirmed      FC -        -     -     RJ      -    !      -       -         -        -         RJ       -        -          FC    FC       AV         AV       AV       AV       AV       AV       AV       AV>CO       AV>PP       CA      -    CP         CA        EX
    activating         AV -        -     -     !       -    !      -       -         -        -         RJ       -        -          -     AV       .          AV       AV       AV       AV       AV       AV       CO          PP          CA      -    -          !         !
    partially_ported   PP -        -     -     !       -    !      -       -         -        -         -        -        -          -     -        -          -        .        .        PP       PP       PP       !           .           !       -    -          !         !
    completed          CO -        -     -     !       -    !      -       -         -        -         -        -        -          -     -        -          -        .        !        CO       CO       CO       .           !           !       -    -          !         !
    cancel_pending     CP -        -     -     -       CP   !      -       -         -        -         -        -        -          -     CP       AV         AV       AV       AV       AV       AV       AV       AV>CO       AV>PP       CA      SB   .          CA        EX
    cancelled          CA -        -     -     -       -    -      -       -         -        -         -        -        -          -     -        !          !        !        -        CA       -        CA       !           !           .       !    -          .         -
    expired            EX -        -     -     -       -    -      -       -         -        -         -        -        -          -     -        !          !        !        -        EX       -        EX       !           !           -       -    -          -         .
    """,  # noqa: E501
)
