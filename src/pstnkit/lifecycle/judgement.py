"""How a report about an order is judged: by the table of its machine, and by the numbers that it names.

The table says whether a report is expected, implied, already true, late or contradicting, and the numbers say the rest:
a report in which nothing is new changes nothing, and one that reverses what has settled contradicts.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Protocol

from attrs import frozen

from pstnkit.lifecycle.events import Report
from pstnkit.lifecycle.failures import Failure
from pstnkit.lifecycle.fulfillment import OrderKind
from pstnkit.lifecycle.machine import Machine, Outcome, Step
from pstnkit.lifecycle.progress import Marked, NumberProgress
from pstnkit.lifecycle.reports import (
    Acknowledged,
    Ending,
    Fulfilled,
    NumbersFailed,
    NumbersNamed,
    NumbersWorking,
    PartlyFulfilled,
    TurnedDown,
    Unfulfilled,
)
from pstnkit.numbering.ranges import NumberRange


class Judgeable(Protocol):
    """What of an order a judgement depends on."""

    machine: ClassVar[Machine[Any]]

    @property
    def status(self) -> Any:
        """Its state."""

    @property
    def kind(self) -> OrderKind:
        """Whether its numbers are known from the start."""

    @property
    def quantity(self) -> int:
        """How many numbers are wanted."""

    @property
    def numbers(self) -> NumberProgress:
        """How far those that are known have come."""

    @property
    def unread(self) -> bool:
        """Whether the carrier has to be read."""

    @property
    def carrier_reference(self) -> str | None:
        """The carrier's own reference, once it is known."""

    @property
    def turned_down(self) -> bool:
        """Whether the carrier did not take it."""

    @property
    def clock_started(self) -> datetime | None:
        """When it could be sent; None when it never could."""


@frozen
class Verdict:
    """How a report was judged: whether the table lets it move the order, and where the order stands then.

    ``path`` are the states that are entered anew.
    """

    outcome: Outcome
    status: Any
    numbers: NumberProgress
    unread: bool
    moves: bool
    path: tuple[StrEnum, ...] = ()


def judge(order: Judgeable, report: Report) -> Verdict:
    """How ``report`` is judged, and where ``order`` stands after it."""
    step = order.machine.hear(order.status, report)
    intake = _intake(order, report, over=bool(step.path) and order.machine.is_terminal(step.path[-1]))
    if step.path:
        return _moved(order, report, step, intake)
    outcome = _unmoved(order, report, step.outcome, intake)
    return Verdict(outcome, order.status, order.numbers, unread=order.unread, moves=False)


def _moved(order: Judgeable, report: Report, step: Step[Any], intake: _Intake) -> Verdict:
    """Where ``report`` moves the order, as the table has it."""
    path = _path(order, report, intake, step.path)
    over = order.machine.is_terminal(path[-1])
    # What a carrier has not brought when it closes an order, it will never bring.
    numbers = intake.numbers
    if over and isinstance(report, Ending):
        numbers = numbers.rest_failing(report.failure)
    unread = (intake.unread or order.unread) and not over
    entered = tuple(state for state in path if state is not order.status)
    known = not entered and numbers is order.numbers and unread is order.unread
    outcome = step.outcome
    if intake.clash:
        outcome = Outcome.CONTRADICTS
    elif known and isinstance(report, _ABOUT_NUMBERS):
        outcome = Outcome.ALREADY
    return Verdict(outcome, path[-1], numbers, unread=unread, moves=True, path=entered)


def _unmoved(order: Judgeable, report: Report, outcome: Outcome, intake: _Intake) -> Outcome:
    """How ``report`` is judged where the table moves nothing: by what it says of the numbers, unless it is late."""
    if intake.clash and isinstance(report, Acknowledged):
        return Outcome.CONTRADICTS
    settled = isinstance(report, NumbersWorking | NumbersFailed)
    if outcome is Outcome.ALREADY and (intake.clash or (settled and intake.numbers is not order.numbers)):
        return Outcome.CONTRADICTS
    if outcome is Outcome.CONTRADICTS and settled and not intake.clash and intake.numbers is order.numbers:
        return Outcome.ALREADY
    return outcome


_ABOUT_NUMBERS = (NumbersNamed, NumbersWorking, NumbersFailed, Fulfilled, PartlyFulfilled)
_ENDINGS = (Fulfilled, PartlyFulfilled, Unfulfilled)


def _path(order: Judgeable, report: Report, intake: _Intake, path: tuple[Any, ...]) -> tuple[Any, ...]:
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


def _amounts_to(order: Judgeable, numbers: NumberProgress) -> type[Report]:
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


def _intake(order: Judgeable, report: Report, *, over: bool) -> _Intake:
    """What ``report`` says of the numbers; ``over`` when the order ends with it, as the table has it."""
    held = order.numbers
    match report:
        case Acknowledged(reference):
            # Two references are two orders at the carrier; and one that it refused, or was never sent, it cannot have.
            over = order.machine.is_terminal(order.status)
            nowhere = order.turned_down or (over and order.clock_started is None)
            return _Intake(held, clash=nowhere or order.carrier_reference not in (None, reference))
        case NumbersNamed(ranges):
            named = _with_named(order, ranges)
            strangers = any(number not in named.by_number for numbers in ranges for number in numbers)
            return _Intake(named, clash=strangers)
        case NumbersWorking(ranges):
            return _taken(_with_named(order, ranges).working(ranges))
        case NumbersFailed(ranges):
            return _taken(_with_named(order, ranges).failing(ranges, report.failure))
        case Fulfilled(ranges):
            return _fulfilled(order, ranges)
        case PartlyFulfilled(None):
            return _Intake(held, unread=True)
        case PartlyFulfilled(ranges) if ranges is not None:
            return _partly_fulfilled(order, ranges, report.failure)
        case Unfulfilled():
            return _Intake(held, clash=held.successful > 0)
        case TurnedDown():
            return _Intake(held, clash=over and held.successful > 0)
        case _:
            return _Intake(held)


def _fulfilled(order: Judgeable, ranges: tuple[NumberRange, ...]) -> _Intake:
    marked = _with_named(order, ranges).working(ranges)
    if _with_others(order, marked):
        return _Intake(marked.progress, clash=True, unread=True)
    if not ranges and len(order.numbers.by_number) < order.quantity:
        return _Intake(order.numbers, unread=True)
    settled = marked.progress.all_working()
    return _Intake(settled, clash=bool(marked.strangers) or settled.failed > 0)


def _partly_fulfilled(order: Judgeable, ranges: tuple[NumberRange, ...], failure: Failure) -> _Intake:
    marked = _with_named(order, ranges).working(ranges)
    if _with_others(order, marked):
        return _Intake(marked.progress, clash=True, unread=True)
    settled = marked.progress.rest_failing(failure)
    working = len(marked.changed) + len(marked.same)
    all_or_nothing = settled.successful in (0, order.quantity)
    clash = bool(marked.contrary or marked.strangers) or working < settled.successful or all_or_nothing
    return _Intake(settled, clash=clash)


def _with_others(order: Judgeable, marked: Marked) -> bool:
    """Whether an end names other numbers than ours while some of ours are open, or were never named: what became of
    those is not said. So an advanced order of which more numbers are named than were asked for does not end."""
    open_ones = marked.progress.in_progress or len(marked.progress.by_number) < order.quantity
    return bool(marked.strangers and open_ones)


def _with_named(order: Judgeable, ranges: tuple[NumberRange, ...]) -> NumberProgress:
    """The numbers of an order; an advanced one learns those that a report names, up to what was asked for."""
    if order.kind is OrderKind.ADVANCED:
        named = order.numbers.expecting(ranges)
        if len(named.by_number) <= order.quantity:
            return named
    return order.numbers


def _taken(marked: Marked) -> _Intake:
    return _Intake(marked.progress, clash=bool(marked.contrary or marked.strangers))
