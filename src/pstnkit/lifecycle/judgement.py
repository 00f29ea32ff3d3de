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
from pstnkit.lifecycle.machine import Outcome, Step
from pstnkit.lifecycle.order import Order
from pstnkit.lifecycle.progress import NumberProgress, Progress
from pstnkit.lifecycle.reports import (
    Acknowledged,
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
    event.must_concern(order.id)
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
    closed = () if order.needs_attention else (Settle,)
    following = order.machine.decide(order.status, decision, closed=closed)
    after = evolve(order, status=following, revision=order.revision + 1).with_decision(event, decision)
    return Moved(after, Entry(event, Outcome.EXPECTED, () if following is order.status else (following,)))


def _hear(order: O, event: Event, report: Report) -> Moved[O]:
    step = order.machine.hear(order.status, report)
    intake = _intake(order, report, over=bool(step.path) and order.machine.is_terminal(step.path[-1]))
    if step.path:
        after, outcome, path = _moved(order, event, report, step, intake)
    else:
        after, outcome, path = order, _unmoved(order, report, step.outcome, intake), ()
        if outcome is not Outcome.CONTRADICTS:
            after = order.with_afterthought(event, report)
    entry = Entry(event, outcome, path)
    if outcome is Outcome.CONTRADICTS:
        after = evolve(after, discrepancies=(*after.discrepancies, entry.discrepancy(order.status)))
    return Moved(evolve(after, revision=order.revision + 1), entry)


def _moved(
    order: O, event: Event, report: Report, step: Step[Any], intake: _Intake
) -> tuple[O, Outcome, tuple[Any, ...]]:
    """The order where the table says that ``report`` moves it; how that is judged; and the states that it enters."""
    path = _path(order, report, intake, step.path)
    over = order.machine.is_terminal(path[-1])
    # What a carrier has not brought when it closes an order, it will never bring.
    numbers = intake.numbers.settle(Progress.FAILED) if over else intake.numbers
    unread = (intake.unread or order.unread) and not over
    entered = tuple(state for state in path if state is not order.status)
    known = not entered and numbers is order.numbers and unread is order.unread
    outcome = step.outcome
    if intake.clash:
        outcome = Outcome.CONTRADICTS
    elif known and isinstance(report, _ABOUT_NUMBERS):
        outcome = Outcome.ALREADY
    after = evolve(order, status=path[-1], numbers=numbers, unread=unread)
    return after.with_particulars(event, report), outcome, entered


def _unmoved(order: Order[Any], report: Report, outcome: Outcome, intake: _Intake) -> Outcome:
    """How ``report`` is judged where the table moves nothing: by what it says of the numbers, unless it is late."""
    settled = isinstance(report, NumbersWorking | NumbersFailed)
    if outcome is Outcome.ALREADY and (intake.clash or (settled and intake.numbers is not order.numbers)):
        return Outcome.CONTRADICTS
    if outcome is Outcome.CONTRADICTS and settled and not intake.clash and intake.numbers is order.numbers:
        return Outcome.ALREADY
    return outcome


_ABOUT_NUMBERS = (NumbersNamed, NumbersWorking, NumbersFailed, Fulfilled, PartlyFulfilled)
_ENDINGS = (Fulfilled, PartlyFulfilled, Unfulfilled)


def _path(order: Order[Any], report: Report, intake: _Intake, path: tuple[Any, ...]) -> tuple[Any, ...]:
    """The states that ``report`` enters: by the table, and by what its numbers amount to."""
    numbers = intake.numbers
    if intake.unread:
        # It is not known yet how the order ended; that the carrier has it is.
        return path[:-1] or (order.status,)
    if isinstance(report, _ENDINGS) or (
        isinstance(report, TurnedDown) and numbers.successful and order.machine.is_terminal(path[-1])
    ):
        return order.machine.hear(order.status, _amounts_to(order, numbers)).path
    if isinstance(report, NumbersWorking | NumbersFailed):
        settled = numbers.successful + numbers.failed
        if numbers.in_progress == 0 and settled >= order.quantity:
            return (*path, *order.machine.hear(path[-1], _amounts_to(order, numbers)).path)
    return path


def _amounts_to(order: Order[Any], numbers: NumberProgress) -> type[Report]:
    if numbers.successful == 0:
        return Unfulfilled
    return Fulfilled if numbers.successful >= order.quantity else PartlyFulfilled


@frozen
class _Intake:
    """What a report says of the numbers of an order.

    ``clash`` when it reverses what has settled, names strangers, or cannot be true of this order; ``unread`` when it
    ends the order without saying what became of which number.
    """

    numbers: NumberProgress
    clash: bool = False
    unread: bool = False


def _intake(order: Order[Any], report: Report, *, over: bool) -> _Intake:
    """What ``report`` says of the numbers; ``over`` when the order ends with it, as the table has it."""
    held = order.numbers
    match report:
        case Acknowledged(reference):
            # Two references are two orders at the carrier.
            return _Intake(held, clash=order.carrier_reference not in (None, reference))
        case NumbersNamed(ranges):
            named = _with_named(order, ranges)
            strangers = any(number not in named.by_number for numbers in ranges for number in numbers)
            return _Intake(named, clash=strangers)
        case NumbersWorking(ranges):
            return _marked(order, ranges, Progress.SUCCESSFUL)
        case NumbersFailed(ranges):
            return _marked(order, ranges, Progress.FAILED)
        case Fulfilled(ranges):
            return _fulfilled(order, ranges)
        case PartlyFulfilled(None):
            return _Intake(held, unread=True)
        case PartlyFulfilled(ranges) if ranges is not None:
            return _partly_fulfilled(order, ranges)
        case Unfulfilled():
            return _Intake(held, clash=held.successful > 0)
        case TurnedDown():
            return _Intake(held, clash=over and held.successful > 0)
        case _:
            return _Intake(held)


def _fulfilled(order: Order[Any], ranges: tuple[NumberRange, ...]) -> _Intake:
    marked = _with_named(order, ranges).mark(ranges, Progress.SUCCESSFUL)
    if marked.strangers and marked.progress.in_progress:
        # It is done with other numbers than ours: which of ours work is not said.
        return _Intake(marked.progress, clash=True, unread=True)
    if not ranges and len(order.numbers.by_number) < order.quantity:
        return _Intake(order.numbers, unread=True)
    settled = marked.progress.settle(Progress.SUCCESSFUL)
    return _Intake(settled, clash=bool(marked.strangers) or settled.failed > 0)


def _partly_fulfilled(order: Order[Any], ranges: tuple[NumberRange, ...]) -> _Intake:
    marked = _with_named(order, ranges).mark(ranges, Progress.SUCCESSFUL)
    if marked.strangers and marked.progress.in_progress:
        return _Intake(marked.progress, clash=True, unread=True)
    settled = marked.progress.settle(Progress.FAILED)
    working = sum(map(len, (*marked.changed, *marked.same)))
    all_or_nothing = settled.successful in (0, order.quantity)
    clash = bool(marked.contrary or marked.strangers) or working < settled.successful or all_or_nothing
    return _Intake(settled, clash=clash)


def _with_named(order: Order[Any], ranges: tuple[NumberRange, ...]) -> NumberProgress:
    """The numbers of an order; an advanced one learns those that a report names, up to what was asked for."""
    if order.kind is OrderKind.ADVANCED:
        named = order.numbers.expecting(ranges)
        if len(named.by_number) <= order.quantity:
            return named
    return order.numbers


def _marked(order: Order[Any], ranges: tuple[NumberRange, ...], progress: Progress) -> _Intake:
    marked = _with_named(order, ranges).mark(ranges, progress)
    return _Intake(marked.progress, clash=bool(marked.contrary or marked.strangers))
