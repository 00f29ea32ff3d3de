"""What a carrier has been asked about a record, what of it is settled, and what is unknown: read from its history.

A request is open from the moment at which it was saved that it is to be asked. Whether it has reached the carrier is
known by an answer alone: after a crash, "open" is all that can be said. It is unknown when it is certain that an answer
was lost, and settled by the event that answers it. Reading changes nothing at a carrier, and is no request here.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any

from attrs import evolve, frozen

from pstnkit.lifecycle.events import Event
from pstnkit.lifecycle.history import Entry
from pstnkit.lifecycle.machine import Machine, Outcome
from pstnkit.lifecycle.reports import AnswerLost, CancellationRefused


class RequestKind(StrEnum):
    """What a carrier is asked to do."""

    SUBMISSION = "submission"
    CANCELLATION = "cancellation"
    SUPPLEMENT = "supplement"
    RELEASE = "release"


class RequestState(StrEnum):
    """How far a request has come."""

    OPEN = "open"
    UNKNOWN = "unknown"
    SETTLED = "settled"


@frozen
class Dealing:
    """One request to a carrier: what for, since when and by which event, and how far it has come.

    ``answer`` is the event that settled it, and ``answered`` its time: an answer, or what made the request idle, such
    as an order that was completed before it could be cancelled.
    """

    kind: RequestKind
    event: str
    since: datetime
    state: RequestState = RequestState.OPEN
    answer: str | None = None
    answered: datetime | None = None


# States that mean the same have the same names in every machine.
_SUBMITTING, _UNKNOWN, _CANCEL_PENDING = "submitting", "outcome_unknown", "cancel_pending"
_SUPPLEMENT_PENDING = "supplement_pending"
_SENT = (RequestKind.SUBMISSION, RequestKind.RELEASE)


def dealings(machine: Machine[Any], history: Iterable[Entry]) -> tuple[Dealing, ...]:
    """What a carrier has been asked about a record that is moved by ``machine``, oldest first.

    >>> from datetime import UTC
    >>> from pstnkit.lifecycle.events import Source
    >>> from pstnkit.lifecycle.reports import GatesOpened
    >>> from pstnkit.ordering.orders import NUMBER_ORDER_MACHINE, OrderStatus
    >>> signed = Event("e-1", datetime(2026, 11, 20, tzinfo=UTC), Source.CLOCK, "us", "order-1", GatesOpened())
    >>> lost = Event("e-2", datetime(2026, 11, 20, tzinfo=UTC), Source.CARRIER, "us", "order-1", AnswerLost("gone"))
    >>> [asked] = dealings(NUMBER_ORDER_MACHINE, [
    ...     Entry(signed, Outcome.EXPECTED, (OrderStatus.SUBMITTING,)),
    ...     Entry(lost, Outcome.EXPECTED, (OrderStatus.OUTCOME_UNKNOWN,))])
    >>> asked.kind.value, asked.event, asked.state.value
    ('submission', 'e-1', 'unknown')
    """
    log = _Log(machine)
    for entry in history:
        log.take(entry)
    return tuple(log.asked)


class _Log:
    """The dealings of a history as far as it was read."""

    def __init__(self, machine: Machine[Any]) -> None:
        self.asked: list[Dealing] = []
        self._machine = machine
        self._state = ""

    def take(self, entry: Entry) -> None:
        """Read one more entry."""
        was, now = self._state, entry.path[-1].value if entry.path else self._state
        over = bool(entry.path) and self._machine.is_terminal(entry.path[-1])
        word = entry.event.body.word
        for place, dealing in enumerate(self.asked):
            if dealing.state is not RequestState.SETTLED:
                self.asked[place] = self._after(dealing, entry, moved=now != was, was=was, over=over)
        self._state = now
        if now == _SUBMITTING and was != _SUBMITTING and not self._waits_for(_SENT):
            self._open(RequestKind.RELEASE if word == "release" else RequestKind.SUBMISSION, entry.event)
        elif word == "cancel" and not over:
            self._open(RequestKind.CANCELLATION, entry.event)
        elif word == "supplement" and now == _SUPPLEMENT_PENDING:
            self._open(RequestKind.SUPPLEMENT, entry.event)

    def _waits_for(self, kinds: tuple[RequestKind, ...]) -> bool:
        return any(one.kind in kinds and one.state is not RequestState.SETTLED for one in self.asked)

    def _open(self, kind: RequestKind, event: Event) -> None:
        if not self._waits_for((kind,)):
            self.asked.append(Dealing(kind, event.id, event.at))

    def _after(self, dealing: Dealing, entry: Entry, *, moved: bool, was: str, over: bool) -> Dealing:
        """``dealing`` after an entry of the history."""
        event = entry.event
        if dealing.kind in _SENT:
            if moved and entry.path[-1].value in (_SUBMITTING, _UNKNOWN):
                lost = entry.path[-1].value == _UNKNOWN
                return evolve(dealing, state=RequestState.UNKNOWN if lost else RequestState.OPEN)
            settled = moved
        elif dealing.kind is RequestKind.CANCELLATION and was != _CANCEL_PENDING:
            kept = isinstance(event.body, CancellationRefused) and entry.outcome is Outcome.EXPECTED
            settled = over or kept
        else:
            settled = moved
        if settled:
            return evolve(dealing, state=RequestState.SETTLED, answer=event.id, answered=event.at)
        if isinstance(event.body, AnswerLost) and entry.outcome is Outcome.EXPECTED:
            return evolve(dealing, state=RequestState.UNKNOWN)
        return dealing
