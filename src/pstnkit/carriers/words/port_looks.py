"""What a carrier says of a port at one moment, as the reports that lead there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from attrs import field, frozen

from pstnkit.carriers.words.reject_codes import rejected
from pstnkit.carriers.words.states import Meaning, State, States, UnknownWord
from pstnkit.lifecycle.events import Report, aware
from pstnkit.lifecycle.failures import FailureKind
from pstnkit.lifecycle.reports import (
    Acknowledged,
    Cancelled,
    DocumentsAsked,
    Fulfilled,
    NumbersFailed,
    NumbersWorking,
)
from pstnkit.numbering.ranges import NumberRange, collapse
from pstnkit.numbering.telephone import TelephoneNumber
from pstnkit.porting.dates import FirmDate
from pstnkit.porting.rejects import PortRejected, RejectReason
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


def _moment(_instance: object, _attribute: object, value: datetime | None) -> None:
    if value is not None:
        aware(value, "a firm date")


@frozen
class Refusal:
    """Why a carrier refuses a port, by its own code and in its own words."""

    code: str
    text: str = ""


@frozen(kw_only=True)
class PortLook:
    """A port as a carrier shows it: its ``state``, where it has one, and the states of its numbers, in the carrier's
    words (with ``-`` for a blank).

    ``reference`` is the carrier's own name of the port, ``firm`` the date that it shows as confirmed, ``works_from``
    the day from which the numbers work. ``refusals`` are its reasons, by code, and ``text`` what it says besides.
    Raises :class:`~pstnkit.lifecycle.events.NaiveTime` for a firm date without a zone.
    """

    state: str | None = None
    numbers: Mapping[TelephoneNumber, str] = field(factory=dict)
    reference: str | None = None
    firm: datetime | None = field(default=None, validator=_moment)
    works_from: date | None = None
    refusals: tuple[Refusal, ...] = ()
    text: str = ""


# The order in which a port comes into its states. What is told last is where it stands: of several numbers, where those
# stand that have come furthest; but a refusal comes after that, since somebody has to act upon it.
_IN_ORDER: tuple[Meaning, ...] = (
    Acknowledged,
    HeldAsDraft,
    DocumentsAsked,
    SignatureMissing,
    SentToLosingCarrier,
    SupplementTaken,
    FocConfirmed,
    DateInJeopardy,
    ActivationStarted,
    ActivationHampered,
    NumbersWorking,
    NumbersFailed,
    NumbersLeaving,
    NumbersLeft,
    PortRejected,
    CancellationTaken,
    Cancelled,
    Fulfilled,
)
_SETTLED = (NumbersWorking, NumbersFailed, NumbersLeaving, NumbersLeft)


def port_reports(states: States, look: PortLook) -> tuple[Report, ...]:
    """The reports that lead to where a carrier's port stands, in order.

    A word that is not known, and a confirmed date that is not shown, are told as
    :class:`~pstnkit.carriers.words.states.UnknownWord`, so that a person looks.

    >>> from pstnkit.carriers.words.states import port_states_of
    >>> look = PortLook(state="exception", reference="t-1", refusals=(Refusal("PASSCODE_PIN_INVALID", "PIN?"),))
    >>> taken, refused = port_reports(port_states_of("telnyx"), look)
    >>> taken.word, refused.word, refused.reason.value
    ('taken', 'rejected', 'pin_mismatch')
    """
    return tuple(_reports(states, look))


def _reports(states: States, look: PortLook) -> Iterator[Report]:
    if look.reference is not None:
        yield Acknowledged(look.reference)
    held: dict[tuple[Meaning, FailureKind | None], list[TelephoneNumber]] = {}
    unknown = {}
    for number, written in look.numbers.items():
        known = states.get(("port_number", written))
        if known is None:
            unknown[written] = UnknownWord("port_number", written)
        else:
            held.setdefault((known.means, known.failure), []).append(number)
    yield from unknown.values()
    unsettled = {means for means, _ in held if means not in _SETTLED}
    for (means, failure), numbers in sorted(held.items(), key=lambda item: _IN_ORDER.index(item[0][0])):
        if means is CancellationTaken and unsettled != {CancellationTaken}:
            continue  # The others go on; these are told once they are cancelled.
        yield from _said(states.carrier, look, means, failure, tuple(collapse(numbers)))
    if look.state is not None:
        word = states.get(("port", look.state))
        yield from _of_the_port(states.carrier, look, word)


def _of_the_port(carrier: str, look: PortLook, word: State | None) -> Iterator[Report]:
    if word is None:
        yield UnknownWord("port", look.state or "")
    else:
        yield from _said(carrier, look, word.means, word.failure, ())


def _said(
    carrier: str,
    look: PortLook,
    means: Meaning,
    failure: FailureKind | None,
    numbers: tuple[NumberRange, ...],
) -> Iterator[Report]:
    """What one state says, of ``numbers`` or of the whole port."""
    if means is FocConfirmed:
        yield (
            FocConfirmed(FirmDate(look.firm))
            if look.firm
            else UnknownWord("port", "confirmed without a date")
        )
    elif means is PortRejected:
        part = numbers if len(look.numbers) > sum(map(len, numbers)) else ()
        for refusal in look.refusals or (Refusal("", look.text),):
            yield rejected(carrier, refusal.code, refusal.text, part)
    elif means is NumbersFailed:
        yield NumbersFailed(numbers, look.text, failure or FailureKind.OTHER)
    elif means is Fulfilled:
        yield Fulfilled(works_from=look.works_from)
    elif means is DateInJeopardy:
        yield DateInJeopardy(RejectReason.NPAC_CONFLICT, look.text, numbers)
    elif means is HeldAsDraft:
        yield HeldAsDraft(look.text)
    elif means is DocumentsAsked:
        yield DocumentsAsked(look.text)
    elif means is SignatureMissing:
        yield SignatureMissing(look.text)
    elif means is NumbersWorking:
        yield NumbersWorking(numbers)
    elif means is ActivationHampered:
        yield ActivationHampered(numbers, look.text)
    elif means is NumbersLeaving:
        yield NumbersLeaving(numbers, look.text)
    elif means is NumbersLeft:
        yield NumbersLeft(numbers, look.text)
    else:
        plain = _PLAIN.get(means)
        if plain is not None:
            yield plain


_PLAIN: dict[Meaning, Report] = {
    SentToLosingCarrier: SentToLosingCarrier(),
    SupplementTaken: SupplementTaken(),
    ActivationStarted: ActivationStarted(),
    CancellationTaken: CancellationTaken(),
    Cancelled: Cancelled(),
}
