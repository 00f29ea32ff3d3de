"""The errors of holding numbers: what the ledger refused, as exceptions with typed fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pstnkit.errors import CallerError, DecisionError, PstnkitError
from pstnkit.inventory.ledger import Outcome, Request, Verdict
from pstnkit.inventory.views import range_text
from pstnkit.numbering.reasons import quoted

if TYPE_CHECKING:
    from pstnkit.inventory.alternatives import Alternative
    from pstnkit.inventory.holds import Hold
    from pstnkit.inventory.search import Stock
    from pstnkit.numbering.ranges import NumberRange

_NAMED = 3
"""How many ranges a message names before it counts the rest."""


class NumbersUnavailable(DecisionError):
    """Some of the numbers asked for are not to be had; none was taken.

    ``numbers`` are the ranges that are gone, lowest first.
    """

    def __init__(
        self,
        numbers: tuple[NumberRange, ...],
        alternatives: tuple[Alternative, ...] | Callable[[], tuple[Alternative, ...]] = (),
    ) -> None:
        super().__init__(numbers)
        self.numbers = numbers
        self._alternatives = alternatives

    @property
    def alternatives(self) -> tuple[Alternative, ...]:
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
    """A hold on which this can no longer be done; ``hold`` says what has become of it."""

    def __init__(self, hold: Hold) -> None:
        super().__init__(hold)
        self.hold = hold

    def __str__(self) -> str:
        return f"hold {quoted(self.hold.id)} is {self.hold.status}"


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


def refusal(request: Request, outcome: Outcome, stock: Callable[[], Stock]) -> PstnkitError | None:
    """The error for what the ledger refused, or None. ``stock`` gives what is free, to find alternatives
    in."""
    verdict = outcome.verdict
    if verdict is Verdict.UNAVAILABLE:
        return _unavailable(request, outcome, stock())
    if verdict is Verdict.UNKNOWN:
        return UnknownHold(getattr(request, "id"))  # noqa: B009 - every request that names a hold has one
    if outcome.hold is not None and verdict is Verdict.ENDED:
        return HoldEnded(outcome.hold)
    if outcome.hold is not None and verdict is Verdict.CONFLICT:
        return HoldConflict(outcome.hold)
    if outcome.hold is not None and verdict is Verdict.NOT_PURCHASED:
        return NotPurchased(outcome.hold, outcome.numbers)
    return None


def _unavailable(request: Request, outcome: Outcome, stock: Stock) -> NumbersUnavailable:
    from pstnkit.inventory.ledger import Take

    if not isinstance(request, Take):
        return NumbersUnavailable(outcome.numbers)
    wanted = request.numbers

    def find() -> tuple[Alternative, ...]:
        from pstnkit.inventory.substitutes import alternatives_to_gone

        return alternatives_to_gone(wanted, outcome.numbers, stock)

    return NumbersUnavailable(outcome.numbers, find)


def _named(numbers: tuple[NumberRange, ...]) -> str:
    listed = ", ".join(map(range_text, numbers[:_NAMED]))
    more = len(numbers) - _NAMED
    return f"{listed} and {more} more" if more > 0 else listed
