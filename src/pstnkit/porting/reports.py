"""What carriers, losing carriers and signers say of a port, beside what they say of any order.

Each class is one thing that can be said; its ``word`` is its column in the tables. Reports that leave the port in the
same state differ in who has to act next, and are never one class.
"""

from __future__ import annotations

from attrs import field, frozen

from pstnkit.catalog import sentence
from pstnkit.lifecycle.events import Report
from pstnkit.lifecycle.failures import Failure, FailureKind
from pstnkit.lifecycle.reports import Ending
from pstnkit.numbering.ranges import NumberRange
from pstnkit.porting.dates import FirmDate
from pstnkit.porting.rejects import RejectReason


@frozen
class ContractSigned(Report):
    """The carrier's contract is signed (SPEC O4), at the event's time."""

    word = "contract"


@frozen
class HeldAsDraft(Report):
    """The carrier keeps the port as a draft: the partner has to complete it there (``text`` may say how)."""

    text: str = ""
    word = "drafted"


@frozen
class SignatureMissing(Report):
    """The carrier waits for a signature that the administrator has to give."""

    text: str = ""
    word = "unsigned"


@frozen
class SentToLosingCarrier(Report):
    """The carrier has sent the request (LSR) to the losing carrier, which has to answer."""

    word = "forwarded"


@frozen
class SupplementTaken(Report):
    """The carrier has the supplement and goes on with the port."""

    word = "supplied"


@frozen
class SupplementRefused(Report):
    """The supplement is not taken, for ``reason``: the port is as it was before it."""

    reason: str
    word = "unsupplied"


@frozen
class FocConfirmed(Report):
    """The losing carrier commits itself to ``foc``; a later report moves it."""

    foc: FirmDate
    word = "foc"


@frozen
class DateInJeopardy(Report):
    """The firm date may not be kept, for ``reason`` and in the carrier's ``text``: a flag, and no state.

    ``numbers`` are those in danger, where a carrier tells them apart. A date that is confirmed anew ends it.

    >>> print(DateInJeopardy("losing_carrier_delayed", "no field crew"))
    the losing carrier is behind with its work: wait for its answer [no field crew]
    """

    reason: RejectReason = field(default=RejectReason.OTHER, converter=RejectReason)
    text: str = ""
    numbers: tuple[NumberRange, ...] = ()
    word = "jeopardy"

    def __str__(self) -> str:
        return sentence(self.reason) + (f" [{self.text}]" if self.text else "")


@frozen
class ActivationStarted(Report):
    """The numbers are being activated."""

    word = "activating"


@frozen
class ActivationHampered(Report):
    """The activation of these numbers did not reach every network, and the carrier has to repeat it."""

    numbers: tuple[NumberRange, ...]
    text: str = ""
    word = "hampered"


@frozen
class NumbersSnappedBack(Report):
    """These numbers were ported in error, and went back to the losing carrier (a snapback)."""

    numbers: tuple[NumberRange, ...]
    text: str = ""
    word = "snapback"


@frozen
class NumbersLeaving(Report):
    """These numbers are about to leave: to be disconnected, or ported to another carrier."""

    numbers: tuple[NumberRange, ...]
    text: str = ""
    word = "leaving"


@frozen
class NumbersLeft(Report):
    """These numbers have left for another carrier, or were disconnected."""

    numbers: tuple[NumberRange, ...]
    text: str = ""
    word = "left"


@frozen
class CancellationTaken(Report):
    """The carrier is about to cancel the port, and will say when it has."""

    word = "cancelling"


@frozen
class PortExpired(Ending):
    """The carrier has closed a port that nobody put right in time."""

    word = "expired"

    @property
    def failure(self) -> Failure:
        """Nobody answered in time."""
        return Failure(FailureKind.EXPIRED)
