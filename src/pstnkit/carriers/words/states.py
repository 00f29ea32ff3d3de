"""The states that carriers have for orders, numbers and reservations, and what each of them amounts to.

A state in which we have to act is never told by the report that tells a state in which we wait. One that stands in no
table is told as an :class:`UnknownWord`, which fits no machine, so that a person looks at it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from attrs import frozen

from pstnkit.carriers.protocol import Accepted, OutcomeUnknown, Refused
from pstnkit.carriers.words.lines import rows_of
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
from pstnkit.lifecycle.waiting import Party
from pstnkit.ordering.number_events import NumbersKept, NumbersReleased
from pstnkit.porting.rejects import PortRejected
from pstnkit.porting.reports import (
    ActivationHampered,
    ActivationStarted,
    CancellationTaken,
    DateInJeopardy,
    FocConfirmed,
    HeldAsDraft,
    NumbersLeaving,
    NumbersLeft,
    SentToLosingCarrier,
    SignatureMissing,
    SupplementTaken,
)

Meaning = type[Report] | type[Accepted[object]] | type[Refused] | type[OutcomeUnknown]
"""What a carrier's state amounts to: a report, or the reply to a question."""

_MEANINGS: tuple[Meaning, ...] = (
    Accepted,
    Acknowledged,
    ActivationHampered,
    ActivationStarted,
    BackOrdered,
    CancellationTaken,
    Cancelled,
    DateInJeopardy,
    DocumentsAsked,
    FocConfirmed,
    Fulfilled,
    HeldAsDraft,
    NeverArrived,
    NumbersFailed,
    NumbersKept,
    NumbersLeaving,
    NumbersLeft,
    NumbersNamed,
    NumbersReleased,
    NumbersWorking,
    OutcomeUnknown,
    PartlyFulfilled,
    PortRejected,
    Refused,
    SentToLosingCarrier,
    SignatureMissing,
    SupplementTaken,
    TurnedDown,
    Unfulfilled,
)


@frozen
class UnknownWord(Report):
    """A carrier says ``state`` of a ``thing``, a word that stands in no table. It is kept as the carrier wrote it."""

    thing: str
    state: str
    word = "unknown"


@frozen
class State:
    """One state of a carrier's: of which thing, how it is written, what it amounts to, and who has to act then (None
    where nothing is to be done). ``failure`` is the kind of reason that a number failed for."""

    carrier: str
    thing: str
    state: str
    means: Meaning
    acts: Party | None
    failure: FailureKind | None = None


@frozen
class States(Mapping[tuple[str, str], State]):
    """The states of one carrier, by the thing that has them and how they are written.

    >>> states_of("telnyx")["order", "pending"].means.__name__
    'Acknowledged'
    """

    carrier: str
    _known: Mapping[tuple[str, str], State]

    def __getitem__(self, key: tuple[str, str]) -> State:
        return self._known[key]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


@cache
def carrier_states() -> Mapping[str, States]:
    """The states of every carrier whose words for orders are known, by its name."""
    return _read("states.txt")


@cache
def port_states() -> Mapping[str, States]:
    """The states of every carrier whose words for ports are known, by its name, and of the administration (NPAC)."""
    return _read("port_states.txt")


def _read(table: str) -> Mapping[str, States]:
    named = {kind.__name__: kind for kind in _MEANINGS}
    found: dict[str, dict[tuple[str, str], State]] = {}
    for carrier, thing, state, means, acts in rows_of(table):
        party = None if acts == "-" else Party(acts)
        report, _, kind = means.partition(":")
        failure = FailureKind(kind) if kind else None
        found.setdefault(carrier, {})[thing, state] = State(
            carrier, thing, state, named[report], party, failure
        )
    return {carrier: States(carrier, states) for carrier, states in found.items()}


def states_of(carrier: str) -> States:
    """The states of a carrier; raises ``KeyError`` for one whose words are not known."""
    return carrier_states()[carrier]


def port_states_of(carrier: str) -> States:
    """A carrier's states of ports; raises ``KeyError`` for one whose words are not known.

    >>> port_states_of("twilio")["port_number", "waiting_for_signature"].acts.value
    'administrator'
    """
    return port_states()[carrier]
