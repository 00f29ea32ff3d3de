"""What a person should do about a port now, and who that is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum
from typing import Any, Protocol, assert_never

from attrs import frozen

from pstnkit.accounts.agreements import AgreementKind
from pstnkit.catalog import sentence
from pstnkit.lifecycle.events import aware
from pstnkit.lifecycle.history import Discrepancy
from pstnkit.lifecycle.progress import NumberProgress, Progress
from pstnkit.lifecycle.waiting import Party
from pstnkit.lifecycle.zones import zone
from pstnkit.numbering.ranges import NumberRange
from pstnkit.porting.cutoffs import PortDatePolicy
from pstnkit.porting.dates import ActualDate, FirmDate
from pstnkit.porting.rejects import REJECT_FACTS, PortRejected
from pstnkit.porting.reports import DateInJeopardy
from pstnkit.porting.states import PortStage, PortStatus
from pstnkit.porting.supplements import Supplement, SupplementKind

PATIENCE = PortDatePolicy().patience
"""How long carriers wait for an answer to a refusal before they close the port, unless a policy says otherwise."""


class StepKind(StrEnum):
    """What there is to do about a port."""

    LOOK_AT_DISCREPANCY = "look_at_discrepancy"
    READ_THE_CARRIER = "read_the_carrier"
    FINISH = "finish"
    SIGN_CONTRACT = "sign_contract"
    SIGN_LETTER = "sign_letter"
    SEND_AGAIN = "send_again"
    AWAIT_ANSWER = "await_answer"
    FIND_OUT_WHETHER_SENT = "find_out_whether_sent"
    AWAIT_CARRIER = "await_carrier"
    COMPLETE_DRAFT = "complete_draft"
    SEND_DOCUMENTS = "send_documents"
    SIGN_AT_CARRIER = "sign_at_carrier"
    AWAIT_DATE = "await_date"
    PUT_RIGHT = "put_right"
    ANSWER_IN_TIME = "answer_in_time"
    CHANGE_AGAIN = "change_again"
    AWAIT_SUPPLEMENT = "await_supplement"
    PREPARE_FOR_DATE = "prepare_for_date"
    SECURE_DATE = "secure_date"
    ASK_WHY_LATE = "ask_why_late"
    AWAIT_ACTIVATION = "await_activation"
    REPEAT_ACTIVATION = "repeat_activation"
    REPLACE_FAILED = "replace_failed"
    STOP_LEAVING = "stop_leaving"
    REPLACE_LEFT = "replace_left"
    ASK_FROM_WHEN = "ask_from_when"
    TELL_CUSTOMER = "tell_customer"
    AWAIT_CANCELLATION = "await_cancellation"
    NOTHING_LEFT = "nothing_left"
    PORT_ANEW = "port_anew"
    PORT_CORRECTED = "port_corrected"


class Portable(Protocol):
    """What of a port its next steps depend on."""

    @property
    def status(self) -> PortStatus:
        """Its state."""

    @property
    def stage(self) -> PortStage:
        """Where it stands at the carrier."""

    @property
    def stage_note(self) -> str:
        """What that stage asks for."""

    @property
    def discrepancies(self) -> tuple[Discrepancy, ...]:
        """What contradicts."""

    @property
    def turned_down(self) -> bool:
        """Whether the carrier did not take it."""

    @property
    def reason(self) -> str | None:
        """Why not, in the carrier's words."""

    @property
    def unread(self) -> bool:
        """Whether the carrier has to be read."""

    @property
    def gates(self) -> tuple[StrEnum, ...]:
        """What was unsigned when it was placed."""

    @property
    def numbers(self) -> NumberProgress:
        """How far its numbers have come."""

    @property
    def rejections(self) -> tuple[PortRejected, ...]:
        """The refusals that nothing has answered."""

    @property
    def supplement(self) -> Supplement | None:
        """The change that is on its way."""

    @property
    def change_refused(self) -> str | None:
        """Why the latest change was not taken."""

    @property
    def jeopardy(self) -> DateInJeopardy | None:
        """Why the date is in danger."""

    @property
    def foc(self) -> FirmDate | None:
        """What the losing carrier has promised."""

    @property
    def works_from(self) -> ActualDate | None:
        """Since when the numbers work."""

    @property
    def hampered(self) -> tuple[NumberRange, ...]:
        """The numbers whose activation is to be repeated."""

    @property
    def leaving(self) -> tuple[NumberRange, ...]:
        """The numbers that are about to leave."""

    @property
    def left(self) -> tuple[NumberRange, ...]:
        """The numbers that have left."""

    def expires_at(self, patience: timedelta, /) -> datetime | None:
        """When the carrier closes it."""


@frozen
class PortStep:
    """One thing to do about a port: what, on whom it is, and how that is said (``str`` gives the sentence)."""

    kind: StepKind
    on: Party
    text: str

    def __str__(self) -> str:
        return self.text


def _step(kind: StepKind, on: Party, **figures: Any) -> PortStep:
    return PortStep(kind, on, sentence(kind, **figures))


def steps(
    port: Portable, *, tz: str | tzinfo = "UTC", patience: timedelta = PATIENCE, now: datetime | None = None
) -> tuple[PortStep, ...]:
    """What there is to do about ``port`` now, the most pressing first, with who has to act; times are told in ``tz``.

    ``patience`` is how long the carrier waits for an answer to a refusal. Whoever says which moment is ``now`` is told
    of a firm date that has gone by, too. Raises :class:`~pstnkit.lifecycle.events.NaiveTime` for one without a zone.
    """
    local = zone(tz)
    late = now is not None and _has_gone_by(port, aware(now, "now"))
    return (*_held_up(port), *_overdue(late=late), *_by_status(port, local, patience), *_afterwards(port))


def _has_gone_by(port: Portable, now: datetime) -> bool:
    """Whether the firm date is past, and nothing is known of the numbers' being moved."""
    if port.status is not PortStatus.FOC_CONFIRMED or port.foc is None:
        return False
    return port.foc.at.astimezone(UTC) < now.astimezone(UTC)


def _overdue(*, late: bool) -> Iterator[PortStep]:
    if late:
        yield _step(StepKind.ASK_WHY_LATE, Party.PARTNER)


def _held_up(port: Portable) -> Iterator[PortStep]:
    if port.discrepancies:
        told = ", ".join(found.report for found in port.discrepancies)
        yield _step(StepKind.LOOK_AT_DISCREPANCY, Party.PARTNER, reports=told)
    if port.unread:
        yield _step(StepKind.READ_THE_CARRIER, Party.CARRIER)


def _by_status(port: Portable, tz: tzinfo, patience: timedelta) -> Iterator[PortStep]:
    moving = port.numbers.in_progress
    match port.status:
        case PortStatus.DRAFT:
            yield _step(StepKind.FINISH, Party.PARTNER)
        case PortStatus.AWAITING_CONTRACT:
            yield _step(StepKind.SIGN_CONTRACT, Party.ADMINISTRATOR)
            if AgreementKind.LETTER_OF_AUTHORIZATION in port.gates:
                yield _step(StepKind.SIGN_LETTER, Party.ADMINISTRATOR)
        case PortStatus.AWAITING_LOA:
            yield _step(StepKind.SIGN_LETTER, Party.ADMINISTRATOR)
        case PortStatus.SUBMITTING:
            yield _step(StepKind.AWAIT_ANSWER, Party.CARRIER)
        case PortStatus.OUTCOME_UNKNOWN:
            yield _step(StepKind.FIND_OUT_WHETHER_SENT, Party.CARRIER)
        case PortStatus.SUBMITTED:
            kind, on = _AT_THE_CARRIER[port.stage]
            yield _step(kind, on, note=f" ({port.stage_note})" if port.stage_note else "")
        case PortStatus.REJECTED:
            yield from _rejected(port, tz, patience)
        case PortStatus.SUPPLEMENT_PENDING:
            number = port.supplement.kind if port.supplement else SupplementKind.OTHER
            yield _step(StepKind.AWAIT_SUPPLEMENT, Party.LOSING_CARRIER, number=int(number))
        case PortStatus.FOC_CONFIRMED:
            until = port.foc.at.astimezone(tz) if port.foc else None
            at = f"{until:%Y-%m-%d %H:%M %Z}" if until else "a day that is not known"
            yield _step(StepKind.PREPARE_FOR_DATE, Party.PARTNER, at=at, count=moving)
        case PortStatus.ACTIVATING:
            yield _step(StepKind.AWAIT_ACTIVATION, Party.CARRIER, count=moving)
        case PortStatus.PARTIALLY_PORTED:
            yield _step(StepKind.REPLACE_FAILED, Party.PARTNER, count=port.numbers.failed)
            yield from _told(port)
        case PortStatus.COMPLETED:
            yield from _told(port)
        case PortStatus.CANCEL_PENDING:
            yield _step(StepKind.AWAIT_CANCELLATION, Party.CARRIER)
        case PortStatus.CANCELLED if port.turned_down:
            yield _step(
                StepKind.PORT_CORRECTED, Party.PARTNER, why=f" ({port.reason})" if port.reason else ""
            )
        case PortStatus.CANCELLED:
            yield _step(StepKind.NOTHING_LEFT, Party.PARTNER)
        case PortStatus.EXPIRED:
            yield _step(StepKind.PORT_ANEW, Party.PARTNER)
        case status:
            assert_never(status)


_AT_THE_CARRIER: dict[PortStage, tuple[StepKind, Party]] = {
    PortStage.CARRIER: (StepKind.AWAIT_CARRIER, Party.CARRIER),
    PortStage.DRAFT: (StepKind.COMPLETE_DRAFT, Party.PARTNER),
    PortStage.DOCUMENTS: (StepKind.SEND_DOCUMENTS, Party.PARTNER),
    PortStage.SIGNATURE: (StepKind.SIGN_AT_CARRIER, Party.ADMINISTRATOR),
    PortStage.LOSING_CARRIER: (StepKind.AWAIT_DATE, Party.LOSING_CARRIER),
    PortStage.CANCELLING: (StepKind.AWAIT_CANCELLATION, Party.CARRIER),
}


def _rejected(port: Portable, tz: tzinfo, patience: timedelta) -> Iterator[PortStep]:
    for refused in port.rejections or (PortRejected("", ""),):
        yield PortStep(StepKind.PUT_RIGHT, refused.facts.on, str(refused))
    until = port.expires_at(patience)
    if until is not None:
        at = f"{until.astimezone(tz):%Y-%m-%d %H:%M %Z}"
        yield _step(StepKind.ANSWER_IN_TIME, Party.PARTNER, at=at)


def _told(port: Portable) -> Iterator[PortStep]:
    if port.works_from is None:
        yield _step(StepKind.ASK_FROM_WHEN, Party.PARTNER)
    else:
        yield _step(StepKind.TELL_CUSTOMER, Party.PARTNER, day=port.works_from.day.isoformat())


_CHANGEABLE = (PortStatus.SUBMITTED, PortStatus.REJECTED, PortStatus.FOC_CONFIRMED)


def _afterwards(port: Portable) -> Iterator[PortStep]:
    """What there is to do besides what the state says."""
    if port.jeopardy is not None:
        on = REJECT_FACTS[port.jeopardy.reason].on
        yield _step(StepKind.SECURE_DATE, on, why=str(port.jeopardy))
    if port.change_refused is not None and port.status in _CHANGEABLE:
        yield _step(StepKind.CHANGE_AGAIN, Party.PARTNER, why=port.change_refused)
    by_number = port.numbers.by_number
    again = sum(by_number[number] is Progress.IN_PROGRESS for part in port.hampered for number in part)
    if again:
        yield _step(StepKind.REPEAT_ACTIVATION, Party.CARRIER, count=again)
    gone = {number for part in port.left for number in part}
    if going := sum(number not in gone for part in port.leaving for number in part):
        yield _step(StepKind.STOP_LEAVING, Party.PARTNER, count=going)
    if gone:
        yield _step(StepKind.REPLACE_LEFT, Party.PARTNER, count=len(gone))
