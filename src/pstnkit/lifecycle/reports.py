"""The decisions and reports that orders of every kind share.

Each class is one thing that can be said about an order; its ``word`` is its column in the tables.
"""

from __future__ import annotations

from datetime import date

from attrs import frozen

from pstnkit.lifecycle.events import Decision, Report
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
class TurnedDown(Report):
    """The carrier refused the order, for ``reason``."""

    reason: str
    word = "refused"


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
    """These numbers of the order cannot be had, for ``reason``."""

    numbers: tuple[NumberRange, ...]
    reason: str
    word = "failing"


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
class PartlyFulfilled(Report):
    """The order is over: the numbers ``working`` do, and the others never will, for ``reason``.

    ``working`` is None from a carrier that only counts them; then it has to be read which they are.
    """

    working: tuple[NumberRange, ...] | None
    reason: str
    word = "partly"


@frozen
class Unfulfilled(Report):
    """The order is over without a single number, for ``reason``."""

    reason: str
    word = "nothing"


@frozen
class Cancelled(Report):
    """The carrier has cancelled the order."""

    word = "cancelled"


@frozen
class CancellationRefused(Report):
    """The carrier keeps the order: it was asked to cancel it, and will not, for ``reason``."""

    reason: str
    word = "kept"
