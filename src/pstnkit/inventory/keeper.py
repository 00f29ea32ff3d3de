"""The keeper of an inventory's ledger: its newest state behind a lock, and what may be asked of it, checked.

The rules are in :mod:`pstnkit.inventory.ledger`, which changes nothing. Whatever changes in an inventory changes here.
An inventory has a keeper from when something is first held or changed: most searches never do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING, cast

from pstnkit.errors import CallerError
from pstnkit.inventory.holds import Brief, Hold, Standing, brief, spelled_out
from pstnkit.inventory.ledger import Step, apply, extend, give_back, pass_time, purchase, release, take
from pstnkit.inventory.ledger_requests import Add, Lapse, Outcome, Remove, Request, Verdict
from pstnkit.inventory.ledger_state import LedgerState
from pstnkit.inventory.policy import DEFAULT_POLICY, InventoryPolicy
from pstnkit.inventory.refusals import refusal
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.telephone import NumberRange, TelephoneNumber

if TYPE_CHECKING:
    from pstnkit.inventory.search import Stock

Numbers = TelephoneNumber | Iterable[TelephoneNumber | NumberRange]

_DONE = Verdict.DONE


class Keeper:
    """One ledger, for all threads of a process. ``stock`` gives what is free, to find alternatives in."""

    __slots__ = ("_free", "_lock", "_policy", "_state", "_stock")

    def __init__(self, free: NumberSet, policy: InventoryPolicy | None, stock: Callable[[], Stock]) -> None:
        self._lock = Lock()
        self._policy = DEFAULT_POLICY if policy is None else policy
        self._stock = stock
        self._state = LedgerState(free)
        self._free: NumberSet | None = free

    # --- changing -------------------------------------------------------------------------------------------

    def hold(self, numbers: Numbers, owner: str, now: datetime, ttl: timedelta, id: str | None) -> Hold:
        """See :meth:`Inventory.hold`."""
        wanted = numbers._digits if type(numbers) is TelephoneNumber else brief(ranges_of(numbers))
        if type(owner) is not str or not owner or not wanted or id is not None:
            check_hold(wanted, owner, id)
        with self._lock:
            state, moment, lapsed = pass_time(self._state, now, self._policy)
            self._state, came = take(state, moment, wanted, owner, ttl, id, self._policy)
            if lapsed or type(came) is Hold:
                self._free = None
        return came if type(came) is Hold else self._settled(came, wanted=wanted)

    def extend(self, hold: Hold | str, now: datetime, ttl: timedelta) -> Hold:
        """See :meth:`Inventory.extend`."""
        return self._about(hold, now, extend, ttl)

    def release(self, hold: Hold | str, now: datetime) -> Hold:
        """See :meth:`Inventory.release`."""
        return self._about(hold, now, release)

    def purchase(self, hold: Hold | str, now: datetime) -> Hold:
        """See :meth:`Inventory.purchase`."""
        return self._about(hold, now, purchase)

    def give_back(self, hold: Hold | str, numbers: Numbers | None, now: datetime) -> Hold:
        """See :meth:`Inventory.give_back`."""
        return self._about(hold, now, give_back, None if numbers is None else ranges_of(numbers))

    def _about(self, hold: Hold | str, now: datetime, rule: Callable[..., Step], *more: object) -> Hold:
        """Put one rule about a hold to the ledger; what it refuses is raised."""
        id = hold.id if type(hold) is Hold else _id(hold)
        came = self._put(now, rule, id, *more)
        return came if type(came) is Hold else self._settled(came, id=id)

    def _settled(self, came: Hold | Outcome, *, id: str = "", wanted: Brief = ()) -> Hold:
        """The hold of a request that was not done now: refused, or done before."""
        outcome = cast(Outcome, came)
        if outcome.refused:
            raise refusal(outcome, self._stock, id=id, wanted=spelled_out(wanted))
        assert outcome.hold is not None, "what was done before names its hold"
        return outcome.hold

    def _put(self, now: datetime, rule: Callable[..., Step], *more: object) -> Hold | Outcome:
        """Let time pass, and put one rule to the ledger."""
        with self._lock:
            state, moment, lapsed = pass_time(self._state, now, self._policy)
            self._state, came = rule(state, moment, *more)
            if lapsed or type(came) is Hold:
                self._free = None
        return came

    def do(self, request: Add | Remove | Lapse, now: datetime | None = None) -> Outcome:
        """Put a request that is about no hold to the ledger; what it refuses is raised."""
        outcome = self._apply(request, now)
        if outcome.refused:
            raise refusal(outcome, self._stock)
        return outcome

    def _apply(self, request: Request, now: datetime | None) -> Outcome:
        with self._lock:
            self._state, outcome = apply(self._state, request, now, self._policy)
            if outcome.lapsed or outcome.verdict is _DONE:
                self._free = None
        return outcome

    # --- asking ---------------------------------------------------------------------------------------------

    def free(self) -> NumberSet:
        """What nobody has taken: a set that will not change, and must not be changed."""
        free = self._free  # taken away from here by every change, before anybody can know of that
        if free is None:
            with self._lock:
                free = self._free = self._state.free if self._free is None else self._free
        return free

    def count(self) -> int:
        """How many numbers nobody has taken: counted once, and then known."""
        with self._lock:
            self._refresh()
            return len(self._state.tables.free)

    def holder(self, digits: int) -> Hold | None:
        """The hold that has the number of these ten digits, held or purchased, or None."""
        with self._lock:
            self._refresh()
            return self._state.holder(digits)

    def standing(self, digits: int) -> Standing:
        """How the number of these ten digits stands."""
        with self._lock:
            self._refresh()
            return self._state.standing(digits)

    def keeping(self, owner: str | None = None) -> tuple[Hold, ...]:
        """The holds that keep numbers, of one owner or of all."""
        if owner is not None and not isinstance(owner, str):
            raise TypeError(f"owner is a str, not {type(owner).__name__}")
        with self._lock:
            self._refresh()
            return tuple(self._state.keeping(owner))

    def taken(self) -> NumberSet:
        """The numbers that holds keep, or under which they were bought."""
        with self._lock:
            self._refresh()
            return NumberSet(part for hold in self._state.tables.of_owner(None) for part in hold.kept)

    def saved(self) -> tuple[NumberSet, str]:
        """All numbers that there are, and the holds on them as text."""
        from pstnkit.inventory.ledger_entries import stock_and_holds

        with self._lock:
            self._refresh()
            return stock_and_holds(self._state)

    def load(self, numbers: NumberSet, holds: str) -> None:
        """Begin with what :meth:`saved` gave."""
        from pstnkit.inventory.ledger_entries import state_of

        with self._lock:
            self._state, self._free = state_of(numbers, holds), None

    def copy(self, stock: Callable[[], Stock]) -> Keeper:
        """A keeper of a ledger of its own, in this process alone, that begins where this one is."""
        twin = Keeper(NumberSet(), self._policy, stock)
        with self._lock:
            self._refresh()
            twin._state = self._state.copy()
            twin._free = None
        return twin

    def compact(self) -> None:
        """See :meth:`Inventory.compact`."""

    def _refresh(self) -> None:
        """Learn what others have changed: here, nobody else can."""


def ranges_of(numbers: Numbers) -> tuple[NumberRange, ...]:
    """Numbers as ranges, merged, lowest first."""
    if isinstance(numbers, TelephoneNumber):
        return (NumberRange._of(numbers._digits, numbers._digits),)
    one = numbers[0] if isinstance(numbers, list | tuple) and len(numbers) == 1 else numbers
    return (one,) if isinstance(one, NumberRange) else tuple(NumberSet(numbers).ranges())


def check_hold(numbers: Brief, owner: object, id: object) -> None:
    """Refuse a hold of nothing, of nobody, or under an id that is none."""
    if not numbers:
        raise CallerError("a hold needs at least one number")
    if not isinstance(owner, str):
        raise TypeError(f"owner is a str, not {type(owner).__name__}")
    if not owner:
        raise CallerError("a hold needs an owner")
    if id is not None and not isinstance(id, str):
        raise TypeError(f"id is a str, not {type(id).__name__}")
    if id == "":
        raise CallerError("an id is not empty: leave it out, and the hold gets one")


def _id(id: object) -> str:
    if isinstance(id, str):
        return id
    raise TypeError(f"a hold is named by itself or by its id, not by {type(id).__name__}")
