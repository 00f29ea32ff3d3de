"""How an event is judged, and what becomes of the order: the one function through which every order moves.

A decision that the state refuses raises and leaves nothing behind. A report never raises: the table says whether it
is expected, implied, already true, late or contradicting, and the numbers that it names say the rest: a report in
which nothing is new changes nothing, and one that reverses what has settled becomes a discrepancy.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from attrs import evolve, frozen

from pstnkit.lifecycle.events import Decision, Event, Report
from pstnkit.lifecycle.fulfillment import OrderKind
from pstnkit.lifecycle.history import Entry, Moved
from pstnkit.lifecycle.machine import DecisionRefused, Outcome
from pstnkit.lifecycle.order import Order
from pstnkit.lifecycle.progress import Marked, NumberProgress, Progress
from pstnkit.lifecycle.reports import (
    Acknowledged,
    Cancelled,
    Fulfilled,
    NumbersFailed,
    NumbersNamed,
    NumbersWorking,
    PartlyFulfilled,
    Settle,
    TurnedDown,
    Unfulfilled,
)
from pstnkit.numbering.ranges import NumberRange

O = TypeVar("O", bound=Order[Any])  # noqa: E741 - an order


def apply(order: O, event: Event) -> Moved[O]:
    """The order after ``event``.

    Raises :class:`~pstnkit.lifecycle.machine.DecisionRefused` for a decision that the state does not allow, and
    ``ValueError`` for an event about another record.
    """
    if event.subject != order.id:
        raise ValueError(f"event {event.id} is about {event.subject}, not about {order.id}")
    if isinstance(event.body, Decision):
        return _decide(order, event, event.body)
    return _hear(order, event, event.body)


def replay(order: O, events: Iterable[Event]) -> O:
    """Fold ``events`` over the first record of an order; an event that was seen before changes nothing."""
    seen: set[str] = set()
    for event in events:
        if event.id not in seen:
            seen.add(event.id)
            order = apply(order, event).record
    return order


def _decide(order: O, event: Event, decision: Decision) -> Moved[O]:
    if isinstance(decision, Settle) and not order.needs_attention:
        allowed = tuple(word for word in order.machine.allowed(order.status) if word != decision.word)
        raise DecisionRefused(order.machine.subject, order.status, decision.word, allowed)
    following = order.machine.decide(order.status, decision)
    after = evolve(order, status=following, revision=order.revision + 1).with_decision(event, decision)
    return Moved(after, Entry(event, Outcome.EXPECTED, () if following is order.status else (following,)))


@frozen
class _Intake:
    """What a report does to the numbers of an order.

    ``clash`` when it reverses what has settled, or names strangers; ``unread`` when it does not say what happened to
    which number.
    """

    numbers: NumberProgress
    clash: bool = False
    unread: bool = False


def _hear(order: O, event: Event, report: Report) -> Moved[O]:
    step = order.machine.hear(order.status, report)
    outcome, path, after = step.outcome, step.path, order
    intake = _intake(order, report, path)
    news = intake.clash or intake.numbers is not order.numbers
    if path:
        path = _path(order, report, intake, path)
        moved = evolve(order, status=path[-1], numbers=intake.numbers, unread=intake.unread)
        after = moved.with_particulars(event, report)
        if intake.clash:
            outcome = Outcome.CONTRADICTS
        elif isinstance(report, _ABOUT_NUMBERS) and not news and path[-1] is order.status:
            outcome = Outcome.ALREADY
    elif _brings_particulars(report, outcome):
        after = order.with_particulars(event, report)
    elif isinstance(report, NumbersWorking | NumbersFailed) and outcome is not Outcome.LATE:
        outcome = Outcome.CONTRADICTS if news else Outcome.ALREADY
    entry = Entry(event, outcome, tuple(state for state in path if state is not order.status))
    if outcome is Outcome.CONTRADICTS:
        after = evolve(after, discrepancies=(*after.discrepancies, entry.discrepancy(order.status)))
    return Moved(evolve(after, revision=order.revision + 1), entry)


def _brings_particulars(report: Report, outcome: Outcome) -> bool:
    """Whether a report that moves nothing is still the only one to say something.

    A late acknowledgment names the carrier's reference; a completion that the numbers have already told of names the day
    from which they work (SPEC P6).
    """
    if isinstance(report, Fulfilled):
        return outcome is Outcome.ALREADY and report.works_from is not None
    return isinstance(report, Acknowledged) and outcome is Outcome.LATE


_ABOUT_NUMBERS = (NumbersNamed, NumbersWorking, NumbersFailed)


def _path(order: Order[Any], report: Report, intake: _Intake, path: tuple[Any, ...]) -> tuple[Any, ...]:
    """The states that ``report`` enters: by the table, and by what its numbers amount to."""
    if intake.unread:
        return (order.status,)
    if isinstance(report, Fulfilled | PartlyFulfilled | Unfulfilled):
        return order.machine.hear(order.status, _amounts_to(order, intake.numbers)).path
    if isinstance(report, NumbersWorking | NumbersFailed):
        settled = intake.numbers.successful + intake.numbers.failed
        if intake.numbers.in_progress == 0 and settled >= order.quantity:
            return (*path, *order.machine.hear(path[-1], _amounts_to(order, intake.numbers)).path)
    return path


def _amounts_to(order: Order[Any], numbers: NumberProgress) -> type[Report]:
    if numbers.successful == 0:
        return Unfulfilled
    return Fulfilled if numbers.successful >= order.quantity else PartlyFulfilled


def _intake(order: Order[Any], report: Report, path: tuple[Any, ...]) -> _Intake:
    held = order.numbers
    match report:
        case NumbersNamed(ranges):
            named = _with_named(order, ranges)
            strangers = any(number not in named.by_number for numbers in ranges for number in numbers)
            return _Intake(named, clash=strangers)
        case NumbersWorking(ranges):
            return _marked(_with_named(order, ranges).mark(ranges, Progress.SUCCESSFUL))
        case NumbersFailed(ranges):
            return _marked(_with_named(order, ranges).mark(ranges, Progress.FAILED))
        case Fulfilled(ranges):
            intake = _marked(_with_named(order, ranges).mark(ranges, Progress.SUCCESSFUL))
            if len(intake.numbers.by_number) < order.quantity and not ranges:
                return _Intake(held, unread=True)
            settled = intake.numbers.settle(Progress.SUCCESSFUL)
            return _Intake(settled, clash=intake.clash or settled.failed > 0)
        case PartlyFulfilled(None):
            return _Intake(held, unread=True)
        case PartlyFulfilled(ranges) if ranges is not None:
            intake = _marked(_with_named(order, ranges).mark(ranges, Progress.SUCCESSFUL))
            settled = intake.numbers.settle(Progress.FAILED)
            return _Intake(settled, clash=intake.clash or settled.successful in (0, order.quantity))
        case Unfulfilled() | TurnedDown() | Cancelled() if path and order.machine.is_terminal(path[-1]):
            untrue = held.successful > 0 and not isinstance(report, Cancelled)
            return _Intake(held.settle(Progress.FAILED), clash=untrue)
        case _:
            return _Intake(held)


def _with_named(order: Order[Any], ranges: tuple[NumberRange, ...]) -> NumberProgress:
    """The numbers of an order; an advanced one learns those that a report names, up to what was asked for."""
    if order.kind is OrderKind.ADVANCED:
        named = order.numbers.expecting(ranges)
        if len(named.by_number) <= order.quantity:
            return named
    return order.numbers


def _marked(marked: Marked) -> _Intake:
    return _Intake(marked.progress, clash=bool(marked.contrary or marked.strangers))
