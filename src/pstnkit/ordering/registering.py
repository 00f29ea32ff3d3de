"""How a customer's emergency registrations move: what is decided and reported, number by number, by the table."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from attrs import evolve, frozen

from pstnkit.lifecycle.events import Report
from pstnkit.lifecycle.machine import DecisionRefused, Outcome
from pstnkit.lifecycle.progress import each
from pstnkit.numbering.telephone import TelephoneNumber
from pstnkit.ordering.registration_events import (
    OWN,
    REGISTRATION_MACHINE,
    AskCarrier,
    MoveNumbers,
    NumbersRegistered,
    RegisterAgain,
    RegistrationFailed,
    RegistrationPutOff,
    RegistrationRemoved,
    RegistrationStatus,
    RegistrationTaken,
    UseAddress,
)
from pstnkit.ordering.registrations import (
    Ask,
    Registrations,
    Standing,
    needs_registration,
)

RegistrationDecision = UseAddress | MoveNumbers | RegisterAgain | AskCarrier
RegistrationReport = (
    NumbersRegistered | RegistrationFailed | RegistrationRemoved | RegistrationTaken | RegistrationPutOff
)

GRAVITY = (Outcome.ALREADY, Outcome.LATE, Outcome.IMPLIED, Outcome.EXPECTED, Outcome.CONTRADICTS)
"""Of the judgements of a report about several numbers, the last of these counts."""


def decided(now: Registrations, decision: RegistrationDecision) -> Registrations:
    """The registrations after ``decision``.

    Raises :class:`~pstnkit.ordering.registrations.NoAddressInEffect` where numbers would have no address, and
    :class:`~pstnkit.lifecycle.machine.DecisionRefused` for a number that cannot be registered.
    """
    match decision:
        case UseAddress(address, location):
            group = now.group(location)
            if group.address == address:
                return now
            # What was asked about the former address must not be asked again: it would come after the new one.
            asks = tuple(ask for ask in now.asks if ask.location != location)
            return evolve(now, asks=asks).with_group(location, group.at(address))
        case MoveNumbers(_, location):
            return _moved(now, decision, location)
        case RegisterAgain():
            return _again(now, decision)
        case _:
            return _asking(now, decision)


def _asking(now: Registrations, decision: AskCarrier) -> Registrations:
    group = now.leaving if decision.location is None else now.group(decision.location)
    for number in each(decision.numbers):
        if number not in group.unasked:
            raise DecisionRefused(f"number {number}", now.status(number), decision.word, ())
    return now.asking(Ask(decision.reference, decision.numbers, decision.location, group.address))


def _moved(now: Registrations, decision: MoveNumbers, location: str) -> Registrations:
    now.address_at(location)
    moving = [number for number in each(decision.numbers) if now.location_of(number) != location]
    standings = _standings(now, moving, decision)
    after = now.taking(moving)
    places = after.places.without(moving)
    if location != OWN:
        places = places.set_many((number, location) for number in moving)
    return evolve(after, places=places).putting(standings, pending=True)


def _again(now: Registrations, decision: RegisterAgain) -> Registrations:
    numbers = each(decision.numbers)
    for location in now.by_location(numbers):
        now.address_at(location)
    standings = _standings(now, numbers, decision)
    waiting = RegistrationStatus.PENDING
    chosen = {number: held for number, held in standings.items() if now.status(number) is not waiting}
    # Somebody else may have said what became of a number that is still asked about: now it is a new question.
    return now.not_asking(chosen).putting(chosen, pending=True)


def _standings(
    now: Registrations, numbers: Iterable[TelephoneNumber], decision: MoveNumbers | RegisterAgain
) -> dict[TelephoneNumber, Standing]:
    """How those of the numbers stand that work; raises for one that the table does not let go on."""
    found = {}
    for number in numbers:
        REGISTRATION_MACHINE.decide(now.status(number), decision, subject=f"number {number}")
        held = now.group(now.location_of(number)).numbers.get(number)
        if held is not None:
            found[number] = held
    return found


def began(now: Registrations, numbers: Collection[TelephoneNumber], at: datetime) -> Registrations:
    """The registrations once ``numbers`` work: those that have an address are to be registered there."""
    new = [number for number in numbers if needs_registration(number)]
    back = [number for number in new if number in now.leaving.numbers]
    after = now.taking(back) if back else now
    for location, here in after.by_location(new).items():
        group = after.group(location)
        entries = dict.fromkeys(here, Standing(RegistrationStatus.UNREGISTERED, at))
        after = after.with_group(location, group.with_(entries, pending=group.address is not None))
    return after


def ended(now: Registrations, numbers: Collection[TelephoneNumber], at: datetime) -> Registrations:
    """The registrations once ``numbers`` have left: what may be registered of them is to be removed."""
    unregistered = RegistrationStatus.UNREGISTERED
    going = [number for number in numbers if now.status(number) is not unregistered]
    after = now.taking(numbers)
    after = evolve(after, places=after.places.without(numbers))
    entries = dict.fromkeys(going, Standing(RegistrationStatus.PENDING_REMOVAL, at))
    return after.with_group(None, after.leaving.with_(entries, pending=True))


@frozen
class Heard:
    """What a report came to: the registrations after it, how it was judged, and the status that it contradicts."""

    registrations: Registrations
    outcome: Outcome
    contradicted: str = ""


def heard(now: Registrations, report: RegistrationReport, at: datetime) -> Heard:
    """What ``report`` comes to; it is never refused."""
    asks = now.asked_under(report.reference)
    match report:
        case RegistrationTaken(_, theirs):
            taken = tuple(evolve(ask, taken=theirs) if ask in asks else ask for ask in now.asks)
            after = evolve(now, asks=taken)
            return Heard(after, Outcome.EXPECTED if asks else Outcome.LATE)
        case RegistrationPutOff():
            return Heard(now.forgetting(asks), Outcome.EXPECTED if asks else Outcome.LATE)
    judged = _about_numbers(now, report, at)
    return evolve(judged, registrations=judged.registrations.forgetting(asks))


def _about_numbers(
    now: Registrations, report: NumbersRegistered | RegistrationFailed | RegistrationRemoved, at: datetime
) -> Heard:
    entries: dict[TelephoneNumber, Standing] = {}
    gone: list[TelephoneNumber] = []
    outcome, contradicted = Outcome.ALREADY, ""
    reason = report.reason if isinstance(report, RegistrationFailed) else ""
    for number in each(report.numbers):
        status = now.status(number)
        step = REGISTRATION_MACHINE.hear(status, report)
        judged = Outcome.LATE if _is_about_another_address(now, number, report) else step.outcome
        if judged is Outcome.EXPECTED:
            if status is RegistrationStatus.PENDING_REMOVAL:
                gone.append(number)
            else:
                entries[number] = Standing(step.path[-1], at, reason)
        elif judged is Outcome.CONTRADICTS and not contradicted:
            contradicted = status.value
        outcome = max(outcome, judged, key=GRAVITY.index)
    after = now.putting(entries)
    after = after.taking(gone) if gone else after
    return Heard(evolve(after, latest_failure=reason or now.latest_failure), outcome, contradicted)


def _is_about_another_address(now: Registrations, number: TelephoneNumber, report: Report) -> bool:
    """Whether a registration is told of an address that does not apply to the number any more."""
    if not isinstance(report, NumbersRegistered | RegistrationFailed):
        return False
    if now.status(number) is RegistrationStatus.PENDING_REMOVAL:
        return False
    present = now.group(now.location_of(number)).address
    return present is not None and present.address != report.address
