"""The decisions and reports that orders of every kind share.

Each class is one thing that can be said about an order; its ``word`` is its column in the tables.
"""

from __future__ import annotations

from abc import abstractmethod
from datetime import date

from attrs import field, frozen

from pstnkit.lifecycle.events import Decision, Report
from pstnkit.lifecycle.failures import Failure, FailureKind
from pstnkit.numbering.ranges import NumberRange


@frozen
class Finish(Decision):
    """The confirmation was read and finished (SPEC O1)."""

    word = "finish"


@frozen
class Cancel(Decision):
    """The order is no longer wanted. What a carrier already has must be cancelled there, too."""

    word = "cancel"


@frozen
class Settle(Decision):
    """A person has looked at the discrepancies, and says with ``note`` how they were settled."""

    note: str
    word = "settle"


class Ending(Report):
    """A report after which nothing more comes: what has not come by then has failed."""

    __slots__ = ()

    @property
    @abstractmethod
    def failure(self) -> Failure:
        """Why it has."""
        ...


@frozen
class GatesOpened(Report):
    """The last signature that the order needs has been given (SPEC O2 to O5), at the event's time."""

    word = "gates"


@frozen
class Acknowledged(Report):
    """The carrier has the order, under its own ``reference``."""

    reference: str
    word = "taken"


@frozen
class TurnedDown(Ending):
    """The carrier refused the order, for ``reason``."""

    reason: str
    word = "refused"

    @property
    def failure(self) -> Failure:
        """The carrier does not take the order."""
        return Failure(FailureKind.TURNED_DOWN, self.reason)


@frozen
class AnswerLost(Report):
    """The carrier was asked and no answer came: whether it has the order is unknown (``why``)."""

    why: str
    word = "lost"


@frozen
class NeverArrived(Report):
    """The carrier was read, and has no order under our reference."""

    word = "absent"


@frozen
class NumbersNamed(Report):
    """The carrier has named the numbers of an advanced order (SPEC F2)."""

    numbers: tuple[NumberRange, ...]
    word = "named"


@frozen
class NumbersWorking(Report):
    """These numbers of the order are provisioned and work."""

    numbers: tuple[NumberRange, ...]
    word = "working"


@frozen
class NumbersFailed(Report):
    """These numbers of the order cannot be had, for ``reason`` in the carrier's words and of that ``kind``."""

    numbers: tuple[NumberRange, ...]
    reason: str
    kind: FailureKind = field(default=FailureKind.OTHER, converter=FailureKind)
    word = "failing"

    @property
    def failure(self) -> Failure:
        """Why each of them failed."""
        return Failure(self.kind, self.reason)


@frozen
class DocumentsAsked(Report):
    """The carrier goes on with the order once it has documents or facts about the customer: ``what`` it lacks."""

    what: str
    word = "documents"


@frozen
class BackOrdered(Report):
    """The carrier cannot fulfill the order now and keeps it waiting."""

    word = "waiting"


@frozen
class Fulfilled(Report):
    """The order is done, and all its numbers work: from ``works_from`` on, where somebody says so (SPEC P6).

    ``numbers`` may name them. A carrier that does not has to be read when it had never named them before.
    """

    numbers: tuple[NumberRange, ...] = ()
    works_from: date | None = None
    word = "done"


@frozen
class PartlyFulfilled(Ending):
    """The order is over: the numbers ``working`` do, and the others never will, for ``reason``.

    ``working`` is None from a carrier that only counts them; then it has to be read which they are. They work from
    ``works_from`` on, where somebody says so (SPEC P6).
    """

    working: tuple[NumberRange, ...] | None
    reason: str
    works_from: date | None = None
    word = "partly"

    @property
    def failure(self) -> Failure:
        """The carrier closed the order without the others."""
        return Failure(FailureKind.UNFULFILLED, self.reason)


@frozen
class Unfulfilled(Ending):
    """The order is over without a single number, for ``reason``."""

    reason: str
    word = "nothing"

    @property
    def failure(self) -> Failure:
        """The carrier closed the order without any."""
        return Failure(FailureKind.UNFULFILLED, self.reason)


@frozen
class Cancelled(Ending):
    """The carrier has cancelled the order."""

    word = "cancelled"

    @property
    def failure(self) -> Failure:
        """They are not wanted any more."""
        return Failure(FailureKind.CANCELLED)


@frozen
class CancellationRefused(Report):
    """The carrier keeps the order: it was asked to cancel it, and will not, for ``reason``."""

    reason: str
    word = "kept"
