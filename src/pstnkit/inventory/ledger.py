"""The ledger: who may have which number, as one pure function that every store shares.

:func:`apply` takes a state, a request and the time, and gives the next state and what came of it. It reads no
clock, keeps nothing, and changes no state it is given, so that a process that keeps the state in memory and
one that keeps it in a database cannot disagree about the rules. They are:

- a hold is all or nothing: if one number is gone, none is taken, and the outcome names those that are gone;
- every request about a hold is idempotent by its id: repeated, it changes nothing and gives the same answer;
- a hold ends by itself at the moment it was given, and its numbers are free from that moment on. Extending
  moves the
  moment to a new time from now, never back, and never past a cap counted from when the hold was made;
- what is purchased is gone until it is given back, and only what was purchased can be given back;
- time does not run backward: what has expired stays expired, though a slower clock asks.

>>> from datetime import datetime, timedelta, timezone
>>> noon = datetime(2026, 11, 20, 12, tzinfo=timezone.utc)
>>> state = LedgerState(NumberSet([NumberRange("4155550100", "4155550199")]))
>>> wanted = (NumberRange("4155550100", "4155550119"),)
>>> state, outcome = apply(state, Take(wanted, "cart 7", timedelta(minutes=15)), noon)
>>> outcome.verdict, len(state.free)
(<Verdict.DONE: 'done'>, 80)
>>> state, outcome = apply(state, Take(wanted, "cart 8", timedelta(minutes=15)), noon)
>>> outcome.verdict, len(state.free)
(<Verdict.UNAVAILABLE: 'unavailable'>, 80)
>>> state, outcome = apply(state, Lapse(), noon + timedelta(minutes=15))
>>> [hold.owner for hold in outcome.lapsed], len(state.free)
(['cart 7'], 100)
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import attrs

from pstnkit.errors import CallerError
from pstnkit.inventory.holds import Brief, Hold, HoldStatus, brief, held, moved_on
from pstnkit.inventory.ledger_requests import (
    Add,
    Extend,
    GiveBack,
    Lapse,
    Outcome,
    Purchase,
    Release,
    Remove,
    Request,
    Take,
    Verdict,
)
from pstnkit.inventory.ledger_state import LedgerState
from pstnkit.inventory.ledger_tables import outside
from pstnkit.inventory.policy import DEFAULT_POLICY, InventoryPolicy
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.ranges import NumberRange, collapse

__all__ = [
    "Add",
    "Extend",
    "GiveBack",
    "Lapse",
    "LedgerState",
    "Outcome",
    "Purchase",
    "Release",
    "Remove",
    "Request",
    "Take",
    "Verdict",
    "apply",
]

Step = tuple[LedgerState, Hold | Outcome]
"""What a rule gives: the next state, and the hold as it is now where it was done, or what else came of the request."""

_NO_TIME = timedelta(0)
_HELD = HoldStatus.HELD
_PURCHASED = HoldStatus.PURCHASED
_RELEASED = HoldStatus.RELEASED
_GIVEN_BACK = HoldStatus.GIVEN_BACK
_TAKEN = frozenset({_HELD, _PURCHASED})
_BOUGHT = frozenset({_PURCHASED})
_LET_GO = frozenset({_RELEASED, HoldStatus.EXPIRED})


def apply(
    state: LedgerState, request: Request, now: datetime | None, policy: InventoryPolicy = DEFAULT_POLICY
) -> tuple[LedgerState, Outcome]:
    """The state after ``request`` at the moment ``now``, and what came of it.

    :class:`Add` and :class:`Remove` are about no moment: no time passes, and ``now`` may be None. Raises
    :class:`~pstnkit.errors.CallerError` for a ``now`` that is missing or without a time zone, and for a
    ``ttl`` that is no time; :class:`TypeError` for any other type.
    """
    rule = _RULES.get(type(request))
    if rule is None:
        return _restock(state, request)
    state, now, lapsed = pass_time(state, now, policy)
    state, came = rule(state, now, request, policy)
    outcome = Outcome(Verdict.DONE, came) if isinstance(came, Hold) else came
    return state, attrs.evolve(outcome, lapsed=lapsed) if lapsed else outcome


def pass_time(
    state: LedgerState, now: datetime | None, policy: InventoryPolicy
) -> tuple[LedgerState, datetime, tuple[Hold, ...]]:
    """The state when the holds have ended that are over by ``now``, and those that ended long ago are forgotten; the
    moment that counts as now, in UTC; and the holds that have ended."""
    if type(now) is not datetime or now.tzinfo is not UTC:
        now = _moment(now)
    clock = state.clock
    if clock is not None and now < clock:
        now = clock
    tables = state._tables or state.tables
    soonest, oldest = tables.soonest, tables.oldest
    if (soonest is None or now < soonest) and (oldest is None or now < oldest):
        return state, now, ()
    state, lapsed = _lapse(state, now, policy)
    return state, now, lapsed


def _moment(now: datetime | None) -> datetime:
    """``now`` in UTC: hours and minutes are elapsed time, which is plain only there."""
    if now is None:
        raise CallerError("now is needed: the ledger reads no clock")
    if not isinstance(now, datetime):
        raise TypeError(f"now is a datetime, not {type(now).__name__}")
    if now.tzinfo is None or now.utcoffset() is None:
        raise CallerError(f"now is {now.isoformat()}, without a time zone: it names no moment")
    return now.astimezone(UTC)


def take(
    state: LedgerState,
    now: datetime,
    numbers: Brief,
    owner: str,
    ttl: timedelta,
    id: str | None,
    policy: InventoryPolicy,
) -> Step:
    """What comes of :class:`Take`, when time has passed."""
    if type(ttl) is not timedelta or ttl <= _NO_TIME:
        _check_ttl(ttl)
    tables, serial = state._tables or state.tables, state.serial
    if id is None:
        serial += 1
        while (name := f"hold-{serial}") in tables.holds:
            serial += 1
    elif (known := tables.holds.get(name := id)) is not None:
        return _unchanged(state, now), _repeated(numbers, owner, known)
    try:
        expires, cap = now + ttl, now + policy.longest_hold
    except OverflowError:
        raise _beyond(now, ttl) from None
    hold = held(name, owner, numbers, now, expires, cap if cap > expires else expires)
    after, gone = state.begun(hold, now, serial)
    return (_unchanged(state, now), Outcome(Verdict.UNAVAILABLE, None, gone)) if gone else (after, hold)


def _repeated(numbers: Brief, owner: str, known: Hold) -> Outcome:
    if (known._brief, known.owner) != (numbers, owner):
        return Outcome(Verdict.CONFLICT, known)
    return Outcome(Verdict.UNCHANGED if known.status in _TAKEN else Verdict.ENDED, known)


def extend(state: LedgerState, now: datetime, id: str, ttl: timedelta) -> Step:
    """What comes of :class:`Extend`, when time has passed."""
    _check_ttl(ttl)
    hold = (state._tables or state.tables).holds.get(id)
    if hold is None or hold.status is not _HELD:
        return _refused(state, hold, now)
    try:
        expires = now + ttl
    except OverflowError:
        raise _beyond(now, ttl) from None
    if expires > hold.extendable_until:
        expires = hold.extendable_until
    if expires <= hold.expires_at:
        return _unchanged(state, now), Outcome(Verdict.UNCHANGED, hold)
    after = moved_on(hold, expires, _HELD)
    return state.then(hold, after, now, state.serial), after


def release(state: LedgerState, now: datetime, id: str) -> Step:
    """What comes of :class:`Release`, when time has passed."""
    hold = (state._tables or state.tables).holds.get(id)
    if hold is None or hold.status is not _HELD:
        return _settled(state, hold, _LET_GO, now)
    after = moved_on(hold, hold.expires_at, _RELEASED, now)
    return state.then(hold, after, now, state.serial), after


def purchase(state: LedgerState, now: datetime, id: str) -> Step:
    """What comes of :class:`Purchase`, when time has passed."""
    hold = (state._tables or state.tables).holds.get(id)
    if hold is None or hold.status is not _HELD:
        return _settled(state, hold, _BOUGHT, now)
    after = moved_on(hold, hold.expires_at, _PURCHASED)
    return state.then(hold, after, now, state.serial), after


def give_back(state: LedgerState, now: datetime, id: str, numbers: tuple[NumberRange, ...] | None) -> Step:
    """What comes of :class:`GiveBack`, when time has passed."""
    hold = (state._tables or state.tables).holds.get(id)
    if hold is None or (hold.status is not _PURCHASED and hold.status is not _GIVEN_BACK):
        return _refused(state, hold, now)
    given_back = hold._brief
    if numbers is not None or hold._back:
        bought = hold.numbers
        back = bought if numbers is None else numbers
        if strangers := outside(back, NumberSet(bought)):
            return _unchanged(state, now), Outcome(Verdict.NOT_PURCHASED, hold, strangers)
        coming = outside(back, NumberSet(hold.given_back))
        if not coming:
            return _unchanged(state, now), Outcome(Verdict.UNCHANGED, hold)
        given_back = brief(tuple(collapse((*hold.given_back, *coming))))
    if given_back == hold._brief:
        after = moved_on(hold, hold.expires_at, _GIVEN_BACK, now, given_back)
    else:
        after = moved_on(hold, hold.expires_at, _PURCHASED, None, given_back)
    return state.then(hold, after, now, state.serial), after


def _settled(state: LedgerState, hold: Hold | None, settled: frozenset[HoldStatus], now: datetime) -> Step:
    """What comes of a request about a hold that is not live: nothing new if it is what was asked for."""
    if hold is not None and hold.status in settled:
        return _unchanged(state, now), Outcome(Verdict.UNCHANGED, hold)
    return _refused(state, hold, now)


def _refused(state: LedgerState, hold: Hold | None, now: datetime) -> Step:
    return _unchanged(state, now), Outcome(Verdict.UNKNOWN if hold is None else Verdict.ENDED, hold)


def _unchanged(state: LedgerState, now: datetime) -> LedgerState:
    """The same state, a little later."""
    return state if state.clock == now else state.then(None, None, now, state.serial)


_RULES: dict[type, Callable[[LedgerState, datetime, Any, InventoryPolicy], Step]] = {
    Take: lambda state, now, it, policy: take(state, now, brief(it.numbers), it.owner, it.ttl, it.id, policy),
    Extend: lambda state, now, it, _: extend(state, now, it.id, it.ttl),
    Release: lambda state, now, it, _: release(state, now, it.id),
    Purchase: lambda state, now, it, _: purchase(state, now, it.id),
    GiveBack: lambda state, now, it, _: give_back(state, now, it.id, it.numbers),
    Lapse: lambda state, now, _, __: (_unchanged(state, now), Outcome(Verdict.UNCHANGED)),
}


def _restock(state: LedgerState, request: Request) -> tuple[LedgerState, Outcome]:
    """What comes of :class:`Add` and :class:`Remove`."""
    tables = state.tables
    if isinstance(request, Add):
        come = request.numbers - tables.free
        come -= tables.kept(come, _TAKEN)
        return _stocked(state, None, come) if come else (state, Outcome(Verdict.UNCHANGED))
    if isinstance(request, Remove):
        if in_the_way := tuple(tables.kept(request.numbers, {_HELD}).ranges()):
            return state, Outcome(Verdict.UNAVAILABLE, None, in_the_way)
        go = request.numbers & tables.free
        return _stocked(state, go, None) if go else (state, Outcome(Verdict.UNCHANGED))
    raise TypeError(f"a ledger is asked with a request, not {type(request).__name__}")


def _stocked(state: LedgerState, go: NumberSet | None, come: NumberSet | None) -> tuple[LedgerState, Outcome]:
    return state.then(go, come, state.clock, state.serial), Outcome(Verdict.DONE)


def _lapse(
    state: LedgerState, now: datetime, policy: InventoryPolicy
) -> tuple[LedgerState, tuple[Hold, ...]]:
    """Let time pass: end the holds whose moment has come, forget those that ended long ago."""
    lapsed: list[Hold] = []
    for hold in state.tables.due(now, policy.remembered):
        if hold.ended_at is None:
            over = moved_on(hold, hold.expires_at, HoldStatus.EXPIRED, ended_at=hold.expires_at)
            lapsed.append(over)
            state = state.then(hold, over, now, state.serial)
        else:
            state = state.then(hold, None, now, state.serial)
    return _unchanged(state, now), tuple(lapsed)


def _check_ttl(ttl: timedelta) -> None:
    if not isinstance(ttl, timedelta):
        raise TypeError(f"ttl is a timedelta, not {type(ttl).__name__}")
    if ttl <= _NO_TIME:
        raise CallerError(f"ttl is {ttl!r}, which is no time to hold numbers for")


def _beyond(now: datetime, ttl: timedelta) -> CallerError:
    return CallerError(f"{ttl!r} after {now.isoformat()} lies outside of the calendar")
