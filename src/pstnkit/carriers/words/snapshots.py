"""What a carrier says of an order at one moment, as the reports that lead there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import field, frozen

from pstnkit.carriers.words.states import Meaning, States, UnknownWord
from pstnkit.lifecycle.events import Report
from pstnkit.lifecycle.failures import FailureKind
from pstnkit.lifecycle.reports import (
    Acknowledged,
    BackOrdered,
    Cancelled,
    DocumentsAsked,
    Fulfilled,
    NeverArrived,
    NumbersFailed,
    NumbersNamed,
    NumbersWorking,
    PartlyFulfilled,
    TurnedDown,
    Unfulfilled,
)
from pstnkit.numbering.ranges import NumberRange, collapse
from pstnkit.numbering.telephone import TelephoneNumber

_ENDS = (Fulfilled, PartlyFulfilled, Unfulfilled)


@frozen(kw_only=True)
class Snapshot:
    """An order as a carrier shows it: the state of a ``thing``, and the states of its numbers, in the carrier's words.

    ``reference`` is the carrier's own name of the order; ``reason`` what it says about a failure; ``named`` says that
    the carrier has chosen the numbers, as it does of an advanced order.
    """

    thing: str
    state: str
    reference: str | None = None
    number_thing: str = "number"
    numbers: Mapping[TelephoneNumber, str] = field(factory=dict)
    reason: str = ""
    named: bool = False


def reports(states: States, snapshot: Snapshot) -> tuple[Report, ...]:
    """The reports that lead to where a carrier's order stands, in order: that the carrier has it, what became of which
    number, and what became of the order.

    An end is told by what the numbers amount to where the carrier shows them all as settled: carriers that know only
    success and failure call an order a success of which one number failed. A word that is not known is told as
    :class:`~pstnkit.carriers.words.states.UnknownWord`.

    >>> from pstnkit.carriers.words.states import states_of
    >>> seen = Snapshot(thing="order", state="BACKORDERED", reference="b-1")
    >>> [report.word for report in reports(states_of("bandwidth"), seen)]
    ['taken', 'waiting']
    """
    return tuple(_reports(states, snapshot))


def _reports(states: States, snapshot: Snapshot) -> Iterator[Report]:
    word = states.get((snapshot.thing, snapshot.state))
    if word is not None and word.means is NeverArrived:
        yield NeverArrived()
        return
    if snapshot.reference is not None and (word is None or word.means is not TurnedDown):
        yield Acknowledged(snapshot.reference)
    if snapshot.named and snapshot.numbers:
        yield NumbersNamed(tuple(collapse(snapshot.numbers)))
    working: list[TelephoneNumber] = []
    failed: dict[FailureKind, list[TelephoneNumber]] = {}
    strange: dict[str, None] = {}
    for number, state in snapshot.numbers.items():
        known = states.get((snapshot.number_thing, state))
        if known is None:
            strange[state] = None
        elif known.means is NumbersWorking:
            working.append(number)
        elif known.failure is not None:
            failed.setdefault(known.failure, []).append(number)
    for state in strange:
        yield UnknownWord(snapshot.number_thing, state)
    if working:
        yield NumbersWorking(tuple(collapse(working)))
    for kind, numbers in failed.items():
        yield NumbersFailed(tuple(collapse(numbers)), snapshot.reason, kind)
    if word is None:
        yield UnknownWord(snapshot.thing, snapshot.state)
        return
    settled = len(working) + sum(map(len, failed.values()))
    all_settled = 0 < settled == len(snapshot.numbers)
    means = PartlyFulfilled if word.means in _ENDS and all_settled and working and failed else word.means
    yield from _of_the_order(means, snapshot, tuple(collapse(working)) if all_settled else None)


def _of_the_order(
    means: Meaning, snapshot: Snapshot, working: tuple[NumberRange, ...] | None
) -> Iterator[Report]:
    """What the state of the order itself says beyond its numbers; ``working`` when they have all settled."""
    reason = snapshot.reason or snapshot.state
    if means is Fulfilled:
        yield Fulfilled(working or ())
    elif means is PartlyFulfilled:
        yield PartlyFulfilled(working, reason)
    elif means is Unfulfilled:
        yield Unfulfilled(reason)
    elif means is TurnedDown:
        yield TurnedDown(reason)
    elif means is BackOrdered:
        yield BackOrdered()
    elif means is Cancelled:
        yield Cancelled()
    elif means is DocumentsAsked:
        yield DocumentsAsked(reason)
