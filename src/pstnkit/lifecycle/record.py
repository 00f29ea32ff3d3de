"""The one way in which a record moves: an event is applied to it.

Customers, agreements, number books and orders are records. Each says by two methods what a decision and what a report
comes to; :func:`apply` does the rest, which is the same for all of them. An event that a record has taken in before
changes nothing; a decision that is refused raises and leaves nothing behind; a report never raises, and one that
contradicts stays with the record as a discrepancy until it is settled.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, ClassVar, Generic, Self, TypeVar

from attrs import evolve, field, frozen

from pstnkit.lifecycle.events import Decision, Event, Report
from pstnkit.lifecycle.history import Discrepancy, Entry, Moved
from pstnkit.lifecycle.machine import Machine, Outcome, Step
from pstnkit.lifecycle.reports import Settle
from pstnkit.lifecycle.seen import SeenEvents

S = TypeVar("S", bound=StrEnum)


@frozen(kw_only=True)
class Record:
    """What every record holds that is moved by events.

    ``revision`` grows by one with every event that is taken in, and ``seen`` knows which those were; ``discrepancies``
    are the reports that contradict what is settled, as long as nobody has settled that.
    """

    id: str
    partner: str
    discrepancies: tuple[Discrepancy, ...] = ()
    revision: int = 0
    seen: SeenEvents = field(default=SeenEvents(), repr=False)

    @property
    def needs_attention(self) -> bool:
        """Whether a report contradicts what is settled, and nothing has settled that yet."""
        return bool(self.discrepancies)

    def decided(self, event: Event, decision: Decision) -> Judged[Self]:
        """What ``decision`` comes to; raises :class:`~pstnkit.errors.DecisionError` when the rules say no."""
        raise NotImplementedError

    def heard(self, event: Event, report: Report) -> Judged[Self]:
        """What ``report`` comes to; never raises."""
        raise NotImplementedError


R = TypeVar("R", bound=Record)


@frozen
class Judged(Generic[R]):
    """What an event comes to: the record after it, how it was judged, and the states that it entered.

    ``contradicted`` is the state that a report contradicts.
    """

    record: R
    outcome: Outcome
    path: tuple[StrEnum, ...] = ()
    contradicted: str = ""


def apply(record: R, event: Event) -> Moved[R]:
    """The record after ``event``, and the line that it leaves in the history.

    An event that the record has taken in before changes nothing, whatever it says: the same id is the same fact. Raises
    :class:`~pstnkit.lifecycle.machine.DecisionRefused` (or another :class:`~pstnkit.errors.DecisionError`) for a
    decision that the rules do not allow, and ``ValueError`` for an event about another record.
    """
    event.must_concern(record.id)
    if event.id in record.seen:
        return Moved(record, Entry(event, Outcome.ALREADY), repeated=True)
    body = event.body
    judged = record.decided(event, body) if isinstance(body, Decision) else record.heard(event, body)
    after = judged.record
    found = after.discrepancies
    if judged.outcome is Outcome.CONTRADICTS:
        found = (*found, Discrepancy(event.id, event.at, judged.contradicted, type(body).__name__))
    after = evolve(after, discrepancies=found, revision=record.revision + 1, seen=record.seen.and_(event.id))
    return Moved(after, Entry(event, judged.outcome, judged.path))


def replay(record: R, events: Iterable[Event]) -> R:
    """Fold ``events`` over the first record: what has been lived comes out again."""
    for event in events:
        record = apply(record, event).record
    return record


@frozen(kw_only=True)
class Staged(Record, Generic[S]):
    """A record that is in one state at a time, and moves by the two tables of its ``machine``."""

    status: S

    machine: ClassVar[Machine[Any]]

    @property
    def closed(self) -> tuple[type[Decision], ...]:
        """The decisions that this record cannot take whatever its state: there may be nothing to settle."""
        return () if self.needs_attention else (Settle,)

    def decided(self, event: Event, decision: Decision) -> Judged[Self]:
        """The record where the table of decisions moves it, with what ``decision`` says beyond that."""
        following = self.machine.decide(self.status, decision, closed=self.closed)
        after = evolve(self, status=following)
        if isinstance(decision, Settle):
            after = evolve(after, discrepancies=())
        path = () if following is self.status else (following,)
        return Judged(after.with_decision(event, decision), Outcome.EXPECTED, path)

    def heard(self, event: Event, report: Report) -> Judged[Self]:
        """The record where the table of reports moves it, with what ``report`` says beyond that."""
        step = self.machine.hear(self.status, report)
        after = evolve(self, status=step.path[-1]) if step.path else self
        path = tuple(state for state in step.path if state is not self.status)
        return Judged(after.with_report(event, report, step), step.outcome, path, self.status.value)

    def with_decision(self, _event: Event, _decision: Decision) -> Self:
        """The record with what a decision says beyond its state."""
        return self

    def with_report(self, _event: Event, _report: Report, _step: Step[Any]) -> Self:
        """The record with what a report says beyond its state; ``step`` is how the table has judged it."""
        return self
