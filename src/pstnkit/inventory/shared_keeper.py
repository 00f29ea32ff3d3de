"""The keeper of a ledger that is shared through a store: with other processes, or with those to come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pstnkit.inventory.holds import Hold, brief
from pstnkit.inventory.keeper import Keeper, Numbers, check_hold, ranges_of
from pstnkit.inventory.ledger import Step, apply, pass_time, take
from pstnkit.inventory.ledger_entries import entered, whole, written
from pstnkit.inventory.ledger_requests import Add, Outcome, Request
from pstnkit.inventory.ledger_state import LedgerState
from pstnkit.inventory.policy import InventoryPolicy
from pstnkit.numbering.damaged import CorruptData
from pstnkit.numbering.numberset import NumberSet

if TYPE_CHECKING:
    from pstnkit.inventory.ledger_store import LedgerStore
    from pstnkit.inventory.search import Stock


class SharedKeeper(Keeper):
    """One ledger, for all who open the same store; ``numbers`` are put on offer as by :class:`Add`.

    Whatever it is asked, it reads first what others have written. What it changes counts when it is written, behind all
    that it has read: else it reads on and decides anew, from the state before, which has stayed what it was.
    """

    __slots__ = ("_position", "_store")

    def __init__(
        self,
        store: LedgerStore,
        numbers: NumberSet,
        policy: InventoryPolicy | None,
        stock: Callable[[], Stock],
    ) -> None:
        super().__init__(NumberSet(), policy, stock)
        self._store = store
        self._position = 0
        self._apply(Add(numbers), None)

    def hold(self, numbers: Numbers, owner: str, now: datetime, ttl: timedelta, id: str | None) -> Hold:
        """See :meth:`Inventory.hold`."""
        wanted = brief(ranges_of(numbers))
        check_hold(wanted, owner, id)
        came = self._put(now, take, wanted, owner, ttl, id, self._policy)
        return came if type(came) is Hold else self._settled(came, wanted=wanted)

    def _put(self, now: datetime, rule: Callable[..., Step], *more: object) -> Hold | Outcome:
        def step(state: LedgerState) -> Step:
            state, moment, _ = pass_time(state, now, self._policy)
            return rule(state, moment, *more)

        return self._written(step)

    def _apply(self, request: Request, now: datetime | None) -> Outcome:
        outcome = self._written(lambda state: apply(state, request, now, self._policy))
        assert isinstance(outcome, Outcome), "apply gives nothing else"
        return outcome

    def free(self) -> NumberSet:
        """What nobody has taken: a set that will not change, and must not be changed."""
        with self._lock:
            self._refresh()
        return super().free()

    def compact(self) -> None:
        """Put one entry in the place of all former ones."""
        with self._lock:
            self._write(lambda state: (state, whole(state)))
            self._store.drop(self._position)

    def _written(self, step: Callable[[LedgerState], Step]) -> Hold | Outcome:
        outcomes: list[Hold | Outcome] = []

        def decide(before: LedgerState) -> tuple[LedgerState, str | None]:
            after, outcome = step(before)
            outcomes.append(outcome)
            return after, written(before.changes_to(after), after)

        with self._lock:
            self._write(decide)
        return outcomes[-1]

    def _write(self, decide: Callable[[LedgerState], tuple[LedgerState, str | None]]) -> None:
        """Write what is decided about the newest state there is, if anything is to be written."""
        refused = 0
        while True:
            self._refresh()
            position = self._position + 1
            if position == refused:
                raise CorruptData(f"the store has no entry {position} of the ledger, and takes none")
            after, entry = decide(self._state)
            if entry is None or self._store.write(position, entry):
                break
            refused = position
        self._state = after
        if entry is not None:
            self._position, self._free = position, None

    def _refresh(self) -> None:
        for position, text in self._store.read(self._position):
            self._state = entered(self._state, self._position, position, text)
            self._position, self._free = position, None
