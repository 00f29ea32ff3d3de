"""The numbers of a customer: their statuses, whom they are assigned to, and the counts (SPEC T2, T5, P4, P5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Self

from attrs import evolve, field, frozen

from pstnkit.errors import DecisionError
from pstnkit.lifecycle.events import Decision, Event, Report
from pstnkit.lifecycle.failures import Failure
from pstnkit.lifecycle.finding import containing
from pstnkit.lifecycle.machine import DecisionRefused, Machine, Outcome
from pstnkit.lifecycle.progress import each
from pstnkit.lifecycle.record import Judged, Record
from pstnkit.lifecycle.reports import NumbersFailed, Settle
from pstnkit.numbering.numbermap import NumberMap
from pstnkit.numbering.telephone import TelephoneNumber
from pstnkit.ordering import registering
from pstnkit.ordering.number_events import (
    NUMBER_MACHINE,
    Assign,
    Assignee,
    NumbersExpected,
    NumberStatus,
    Release,
    Unassign,
)
from pstnkit.ordering.registering import GRAVITY, RegistrationDecision, RegistrationReport
from pstnkit.ordering.registration_events import MoveNumbers, RegisterAgain, RegistrationStatus
from pstnkit.ordering.registrations import Registration, Registrations, needs_registration

PENDING, REGISTERED, FAILED = (
    RegistrationStatus.PENDING,
    RegistrationStatus.REGISTERED,
    RegistrationStatus.FAILED,
)


class NotThisCustomers(DecisionError):
    """A number that the customer does not have. ``.number`` is the first such number."""

    def __init__(self, number: TelephoneNumber) -> None:
        super().__init__(number)
        self.number = number

    def __str__(self) -> str:
        return f"{self.number} is no number of this customer"


class AlreadyAssigned(DecisionRefused):
    """A number that is assigned cannot be assigned to somebody else: ``.number`` is which, ``.assignee`` whose."""

    def __init__(self, number: TelephoneNumber, status: NumberStatus, assignee: Assignee) -> None:
        super().__init__(f"number {number}, assigned to {assignee},", status, Assign.word, (Unassign.word,))
        self.number = number
        self.assignee = assignee

    def __reduce__(self) -> tuple[type[AlreadyAssigned], tuple[TelephoneNumber, StrEnum, Assignee]]:
        return type(self), (self.number, self.state, self.assignee)


@frozen
class NumberRecord:
    """One number of a customer: its status and since when it has that, the order it came by, and whom it is for.

    ``failure`` is why it failed, if it did; ``releasing`` says that it is on its way back to the carrier.
    """

    status: NumberStatus
    order: str
    since: datetime
    assignee: Assignee | None = None
    failure: Failure | None = None
    releasing: bool = False

    @property
    def provisioned(self) -> bool:
        """Whether it works: a number on its way is of no use yet (SPEC P5)."""
        return self.status in (NumberStatus.UNASSIGNED, NumberStatus.ASSIGNED)


class Usability(StrEnum):
    """Whether a number can be used, or why not."""

    USABLE = "usable"
    COVERED = "covered"
    NOT_PROVISIONED = "not_provisioned"
    NO_ADDRESS = "no_address"
    REGISTRATION_PENDING = "registration_pending"
    REGISTRATION_FAILED = "registration_failed"


_USABILITY = {
    RegistrationStatus.UNREGISTERED: Usability.NO_ADDRESS,
    PENDING: Usability.REGISTRATION_PENDING,
    REGISTERED: Usability.USABLE,
    FAILED: Usability.REGISTRATION_FAILED,
}

_ALL = (NumberStatus.PENDING, NumberStatus.UNASSIGNED, NumberStatus.ASSIGNED)


@frozen(kw_only=True)
class NumberBook(Record):
    """All numbers that a customer has or has had, each with its record; counts cost nothing to ask for.

    Immutable: :func:`~pstnkit.lifecycle.record.apply` gives the book after an event.
    """

    customer: str
    records: NumberMap[NumberRecord] = NumberMap()
    counts: Mapping[NumberStatus, int] = field(factory=lambda: dict.fromkeys(NumberStatus, 0))

    emergency: Registrations = field(factory=Registrations)

    machine: ClassVar[Machine[NumberStatus]] = NUMBER_MACHINE

    def __len__(self) -> int:
        """How many numbers belong to the customer: pending, unassigned and assigned (SPEC T2, T5)."""
        return sum(self.counts[status] for status in _ALL)

    def __getitem__(self, number: TelephoneNumber) -> NumberRecord:
        record = self.records.get(number)
        if record is None:
            raise NotThisCustomers(number)
        return record

    @property
    def registrations(self) -> Mapping[RegistrationStatus, int]:
        """How many numbers stand how with emergency services: those of the customer, and those that have left and are
        still registered."""
        counts = dict(self.emergency.counts)
        known = sum(counts[status] for status in (PENDING, REGISTERED, FAILED))
        return counts | {RegistrationStatus.UNREGISTERED: len(self) - known}

    def registration(self, number: TelephoneNumber) -> Registration:
        """Where a number is registered for emergency calls, or is to be; raises :class:`NotThisCustomers`."""
        self[number]
        return self.emergency.of(number)

    def usability(self, number: TelephoneNumber) -> Usability:
        """Whether a number can be used, or why not; raises :class:`NotThisCustomers`."""
        if not self[number].provisioned:
            return Usability.NOT_PROVISIONED
        if not needs_registration(number):
            return Usability.USABLE
        registration = self.emergency.of(number)
        if registration.covered:
            return Usability.COVERED
        return _USABILITY[registration.status]

    def usable(self, number: TelephoneNumber) -> bool:
        """Whether a number can be used: it works (SPEC P5), and an emergency call with it would be sent to an address.

        Raises :class:`NotThisCustomers`.
        """
        return self.usability(number) in (Usability.USABLE, Usability.COVERED)

    def having(self, *statuses: NumberStatus) -> Iterator[tuple[TelephoneNumber, NumberRecord]]:
        """The numbers with one of ``statuses`` ("all" when none is given), in order, with their records."""
        wanted = statuses or _ALL
        return ((number, record) for number, record in self.records.items() if record.status in wanted)

    def find(self, part: str) -> tuple[TelephoneNumber, ...]:
        """The customer's numbers with ``part`` among their ten digits, in order; ``ValueError`` for no digits."""
        found = containing(part, self.records)
        return tuple(number for number, record in found if record.status in _ALL)

    def decided(self, event: Event, decision: Decision) -> Judged[Self]:
        """The book after ``decision``, which is taken for all its numbers or for none.

        Raises :class:`NotThisCustomers`, :class:`AlreadyAssigned` or
        :class:`~pstnkit.lifecycle.machine.DecisionRefused`, which say which number stood in the way, and
        :class:`~pstnkit.ordering.registrations.NoAddressInEffect`.
        """
        if isinstance(decision, Settle):
            return Judged(evolve(self, discrepancies=()), Outcome.EXPECTED)
        if isinstance(decision, RegistrationDecision):
            return Judged(self._registering(decision), Outcome.EXPECTED)
        changes = []
        for number in _numbers(decision):
            old = self[number]
            new = _decided(number, old, decision, event.at)
            if new is not old:
                changes.append((number, new))
        return Judged(self._changed(changes, event.at), Outcome.EXPECTED)

    def heard(self, event: Event, report: Report) -> Judged[Self]:
        """The book after ``report``, taken in for each number that it fits; the others make it a discrepancy."""
        if isinstance(report, RegistrationReport):
            found = registering.heard(self.emergency, report, event.at)
            after = evolve(self, emergency=found.registrations)
            return Judged(after, found.outcome, contradicted=found.contradicted)
        changes = []
        outcome, contradicted = Outcome.ALREADY, ""
        for number in _numbers(report):
            old = self.records.get(number)
            new, judged = _heard(old, report, event.at)
            if new is not None and new is not old:
                changes.append((number, new))
            if judged is Outcome.CONTRADICTS and not contradicted:
                contradicted = old.status.value if old else "unknown"
            outcome = max(outcome, judged, key=GRAVITY.index)
        return Judged(self._changed(changes, event.at), outcome, contradicted=contradicted)

    def _changed(self, changes: list[tuple[TelephoneNumber, NumberRecord]], at: datetime) -> Self:
        """The book with these records, its counts and registrations kept in step."""
        if not changes:
            return self
        counts = dict(self.counts)
        began: list[TelephoneNumber] = []
        ended: list[TelephoneNumber] = []
        for number, new in changes:
            counts[new.status] += 1
            old = self.records.get(number)
            if old is not None:
                counts[old.status] -= 1
            provisioned = old is not None and old.provisioned
            if provisioned is not new.provisioned:
                (ended if provisioned else began).append(number)
        emergency = registering.began(self.emergency, began, at) if began else self.emergency
        emergency = registering.ended(emergency, ended, at) if ended else emergency
        return evolve(self, records=self.records.set_many(changes), counts=counts, emergency=emergency)

    def _registering(self, decision: RegistrationDecision) -> Self:
        """The book after a decision about emergency registrations."""
        for number in _numbers(decision) if isinstance(decision, MoveNumbers | RegisterAgain) else ():
            record = self[number]
            if record.status not in _ALL:
                raise NotThisCustomers(number)
            if isinstance(decision, RegisterAgain) and not record.provisioned:
                raise DecisionRefused(f"number {number}", record.status, decision.word, ())
        return evolve(self, emergency=registering.decided(self.emergency, decision))


def _numbers(body: Decision | Report) -> list[TelephoneNumber]:
    """The numbers that a decision or report is about, each once."""
    return each(getattr(body, "numbers", ()))


def _decided(number: TelephoneNumber, old: NumberRecord, decision: Decision, at: datetime) -> NumberRecord:
    assignee = decision.to if isinstance(decision, Assign) else None
    if assignee is not None and old.assignee is not None and assignee != old.assignee:
        raise AlreadyAssigned(number, old.status, old.assignee)
    if assignee == old.assignee and old.assignee is not None:
        return old
    closed = (Assign, Release) if old.releasing else ()
    subject = f"number {number}{', on its way back to the carrier,' if old.releasing else ''}"
    following = NUMBER_MACHINE.decide(old.status, decision, closed=closed, subject=subject)
    since = old.since if following is old.status else at
    return evolve(
        old, status=following, since=since, assignee=assignee, releasing=isinstance(decision, Release)
    )


def _heard(old: NumberRecord | None, report: Report, at: datetime) -> tuple[NumberRecord | None, Outcome]:
    if old is None:
        if isinstance(report, NumbersExpected):
            return NumberRecord(NumberStatus.PENDING, report.order, at), Outcome.EXPECTED
        return None, Outcome.CONTRADICTS
    if isinstance(report, NumbersExpected) and old.order == report.order:
        return old, Outcome.ALREADY
    step = NUMBER_MACHINE.hear(old.status, report)
    if not step.path:
        return old, step.outcome
    status = step.path[-1]
    if status is old.status:
        kept = evolve(old, releasing=False) if old.releasing else old
        return kept, Outcome.ALREADY if kept is old else Outcome.EXPECTED
    order = report.order if isinstance(report, NumbersExpected) else old.order
    assignee = old.assignee if status is NumberStatus.UNASSIGNED else None
    if assignee is not None:
        # Assigned while pending (SPEC P4): what was set up meanwhile takes effect now.
        status = NUMBER_MACHINE.decide(status, Assign((), assignee))
    failure = report.failure if isinstance(report, NumbersFailed) else None
    return NumberRecord(status, order, at, assignee, failure), Outcome.EXPECTED
