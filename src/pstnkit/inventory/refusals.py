"""The errors of holding numbers: what the ledger refused, as exceptions with typed fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pstnkit.errors import CallerError, DecisionError, PstnkitError
from pstnkit.inventory.ledger_requests import Outcome, Verdict
from pstnkit.inventory.ledger_tables import outside
from pstnkit.inventory.views import range_text
from pstnkit.numbering.reasons import quoted

if TYPE_CHECKING:
    from pstnkit.inventory.alternatives import Alternative
    from pstnkit.inventory.holds import Hold
    from pstnkit.inventory.search import Stock
    from pstnkit.numbering.ranges import NumberRange

_NAMED = 3
"""How many ranges a message names before it counts the rest."""

Found = tuple["Alternative", ...]


class NumbersUnavailable(DecisionError):
    """Some of the numbers asked for are not to be had; none was taken (SPEC N4).

    ``numbers`` are the ranges that are gone, lowest first.
    """

    def __init__(
        self,
        numbers: tuple[NumberRange, ...],
        alternatives: Found | Callable[[], Found] = (),
    ) -> None:
        super().__init__(numbers)
        self.numbers = numbers
        self._alternatives = alternatives

    @property
    def alternatives(self) -> Found:
        """What would do instead of what is gone, best first: as of the refusal, worked out when first asked
        for."""
        if callable(self._alternatives):
            self._alternatives = self._alternatives()
        return self._alternatives

    def __str__(self) -> str:
        return f"not available: {_named(self.numbers)}"

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.numbers, self.alternatives)


class UnknownHold(CallerError):
    """An id that no hold is known by: never given, or ended so long ago that it is forgotten."""

    def __init__(self, id: str) -> None:
        super().__init__(id)
        self.id = id

    def __str__(self) -> str:
        return f"no hold {quoted(self.id)} is known"


class HoldEnded(DecisionError):
    """A hold on which this can no longer be done; ``hold`` says what has become of it.

    ``numbers`` are those of its numbers that could not be held anew: somebody else has them by now.
    """

    def __init__(
        self,
        hold: Hold,
        numbers: tuple[NumberRange, ...] = (),
        alternatives: Found | Callable[[], Found] = (),
    ) -> None:
        super().__init__(hold, numbers)
        self.hold = hold
        self.numbers = numbers
        self._alternatives = alternatives

    @property
    def alternatives(self) -> Found:
        """What would do instead of what is gone: see :attr:`NumbersUnavailable.alternatives`."""
        if callable(self._alternatives):
            self._alternatives = self._alternatives()
        return self._alternatives

    def __str__(self) -> str:
        gone = f"; gone meanwhile: {_named(self.numbers)}" if self.numbers else ""
        return f"hold {quoted(self.hold.id)} is {self.hold.status}{gone}"

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.hold, self.numbers, self.alternatives)


class HoldConflict(DecisionError):
    """An id that is taken: ``hold``, of that id, is about other numbers or of another owner."""

    def __init__(self, hold: Hold) -> None:
        super().__init__(hold)
        self.hold = hold

    def __str__(self) -> str:
        return f"hold {quoted(self.hold.id)} exists, of other numbers or of another owner"


class NotPurchased(DecisionError):
    """Numbers that cannot be given back, because they were not purchased under that hold.

    ``hold`` is the hold, ``numbers`` are the ranges.
    """

    def __init__(self, hold: Hold, numbers: tuple[NumberRange, ...]) -> None:
        super().__init__(hold, numbers)
        self.hold = hold
        self.numbers = numbers

    def __str__(self) -> str:
        return f"not purchased under hold {quoted(self.hold.id)}: {_named(self.numbers)}"


def refusal(
    outcome: Outcome, stock: Callable[[], Stock], *, id: str = "", wanted: tuple[NumberRange, ...] = ()
) -> PstnkitError:
    """The error for what the ledger refused.

    ``stock`` gives what is free, to find alternatives in; ``id`` is the hold that was asked about, ``wanted`` the
    numbers that were to be held.
    """
    verdict, hold = outcome.verdict, outcome.hold
    if verdict is Verdict.UNAVAILABLE:
        gone = outcome.numbers
        return NumbersUnavailable(gone, _instead(wanted, gone, stock()) if wanted else ())
    if hold is None:
        return UnknownHold(id)
    if verdict is Verdict.CONFLICT:
        return HoldConflict(hold)
    if verdict is Verdict.NOT_PURCHASED:
        return NotPurchased(hold, outcome.numbers)
    if hold.ended_at is None:
        return HoldEnded(hold)
    now_free = stock()
    gone = outside(hold.numbers, now_free.free)
    return HoldEnded(hold, gone, _instead(hold.numbers, gone, now_free) if gone else ())


def _instead(
    wanted: tuple[NumberRange, ...], gone: tuple[NumberRange, ...], stock: Stock
) -> Callable[[], Found]:
    """How to find, when somebody asks, what would do instead of what is gone (SPEC N4)."""

    def find() -> Found:
        from pstnkit.inventory.substitutes import alternatives_to_gone

        return alternatives_to_gone(wanted, gone, stock)

    return find


def _named(numbers: tuple[NumberRange, ...]) -> str:
    listed = ", ".join(map(range_text, numbers[:_NAMED]))
    more = len(numbers) - _NAMED
    return f"{listed} and {more} more" if more > 0 else listed
