"""What can be decided and reported about the emergency registration of numbers, and the two tables that judge it."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from pstnkit.accounts.addresses import CivicAddress
from pstnkit.accounts.emergency import ServiceAddress
from pstnkit.lifecycle.events import Decision, Report
from pstnkit.lifecycle.machine import Machine
from pstnkit.lifecycle.reports import NumbersWorking
from pstnkit.numbering.ranges import NumberRange
from pstnkit.ordering.number_events import NumbersPortedOut, NumbersReleased

OWN = ""
"""Where a number is that has no address of its own: at the customer's."""


class RegistrationStatus(StrEnum):
    """How far a number has come with emergency services."""

    UNREGISTERED = "unregistered"
    PENDING = "pending"
    REGISTERED = "registered"
    FAILED = "failed"
    PENDING_REMOVAL = "pending_removal"


@frozen
class UseAddress(Decision):
    """``address`` is in effect from now on at a ``location``, or as the customer's own: all its numbers are to be
    registered there anew. A number with an address of its own does not follow the customer's."""

    address: ServiceAddress
    location: str = OWN
    word = "use"


@frozen
class MoveNumbers(Decision):
    """The numbers have the address of ``location`` from now on, or the customer's own again."""

    numbers: tuple[NumberRange, ...]
    location: str = OWN
    word = "move"


@frozen
class RegisterAgain(Decision):
    """The numbers are to be registered again where they are: what made it fail has been mended."""

    numbers: tuple[NumberRange, ...]
    word = "again"


@frozen
class AskCarrier(Decision):
    """The carrier is going to be asked, under ``reference``, to register the numbers of ``location`` at its address, or
    (``location`` is None) to take their registration away. Saved before it is asked."""

    reference: str
    numbers: tuple[NumberRange, ...]
    location: str | None
    word = "ask"


@frozen
class NumbersRegistered(Report):
    """The numbers are registered at ``address``, in answer to what was asked under ``reference`` if it was asked."""

    numbers: tuple[NumberRange, ...]
    address: CivicAddress
    reference: str = ""
    word = "registered"


@frozen
class RegistrationFailed(Report):
    """The numbers are not registered at ``address``, for ``reason``."""

    numbers: tuple[NumberRange, ...]
    address: CivicAddress
    reason: str
    reference: str = ""
    word = "failing"


@frozen
class RegistrationRemoved(Report):
    """The numbers are registered nowhere any more."""

    numbers: tuple[NumberRange, ...]
    reference: str = ""
    word = "removed"


@frozen
class RegistrationTaken(Report):
    """The carrier has what was asked under ``reference`` as its ``theirs``, and will say what came of it."""

    reference: str
    theirs: str
    word = "taken"


@frozen
class RegistrationPutOff(Report):
    """The carrier cannot do now what was asked under ``reference`` (``why``): nothing has changed there."""

    reference: str
    why: str
    word = "later"


# A number is here from the day on which it works: before, there is nothing that a carrier could register. One that
# comes back is as new. What is late for a number that is leaving is about the time before.
REGISTRATION_MACHINE: Machine[RegistrationStatus] = Machine(
    "the emergency registration of a number",
    RegistrationStatus,
    decision_types=(UseAddress, MoveNumbers, RegisterAgain, AskCarrier),
    decisions="""
                       use move again ask
    unregistered    UN PE  PE   PE    x
    pending         PE PE  PE   PE    PE
    registered      RE PE  PE   PE    x
    failed          FA PE  PE   PE    x
    pending_removal PR x   x    x     PR
    """,
    report_types=(
        NumbersWorking,
        NumbersRegistered,
        RegistrationFailed,
        RegistrationRemoved,
        RegistrationTaken,
        RegistrationPutOff,
        NumbersReleased,
        NumbersPortedOut,
    ),
    reports="""
                       working registered failing removed taken later released ported
    unregistered    UN .       !          -       .       -     -     .        .
    pending         PE .       RE         FA      -       PE    PE    PR       PR
    registered      RE .       .          FA      UN      -     -     PR       PR
    failed          FA .       RE         FA      UN      -     -     PR       PR
    pending_removal PR UN      -          -       UN      PR    PR    .        .
    """,
)
