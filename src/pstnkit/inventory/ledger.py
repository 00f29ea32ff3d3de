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

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, assert_never

import attrs

from pstnkit.errors import CallerError
from pstnkit.inventory.holds import Hold, HoldStatus
from pstnkit.inventory.ledger_state import LedgerState, Share
from pstnkit.inventory.persistent import Map
from pstnkit.inventory.policy import DEFAULT_POLICY, InventoryPolicy
from pstnkit.numbering.bits import LINES, runs, span
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.ranges import NumberRange, collapse


@attrs.frozen
class Take:
    """Hold ``numbers`` (not empty; merged, lowest first) for ``owner`` for ``ttl``, under an id or a made-up
    one."""

    numbers: tuple[NumberRange, ...]
    owner: str
    ttl: timedelta
    id: str | None = None


@attrs.frozen
class Extend:
    """Let a hold end ``ttl`` from now, if that is later than its end and as far as the cap allows."""

    id: str
    ttl: timedelta


@attrs.frozen
class Release:
    """Let a hold go."""

    id: str


@attrs.frozen
class Purchase:
    """Sell what is held."""

    id: str


@attrs.frozen
class GiveBack:
    """Take back what was purchased under a hold: ``numbers``, or all of it."""

    id: str
    numbers: tuple[NumberRange, ...] | None = None


@attrs.frozen
class Add:
    """Put numbers into the inventory. Those that are held or sold stay so."""

    numbers: NumberSet


@attrs.frozen
class Remove:
    """Take numbers out of the inventory: all of them, unless one of them is held. Those not in it are no
    matter."""

    numbers: NumberSet


@attrs.frozen
class Lapse:
    """Nothing but the passing of time."""


Request = Take | Extend | Release | Purchase | GiveBack | Add | Remove | Lapse


class Verdict(StrEnum):
    """What came of a request."""

    DONE = "done"
    """It was done now."""
    UNCHANGED = "unchanged"
    """It was done before, or there was nothing to do."""
    UNAVAILABLE = "unavailable"
    """Refused: the numbers named are not free."""
    UNKNOWN = "unknown"
    """Refused: no hold of that id is known."""
    ENDED = "ended"
    """Refused: the hold is in a state in which it cannot be done."""
    CONFLICT = "conflict"
    """Refused: the id is that of a hold of other numbers or of another owner."""
    NOT_PURCHASED = "not_purchased"
    """Refused: the numbers named were not purchased under that hold, or are back already."""


@attrs.frozen
class Outcome:
    """What came of a request. A refused one has changed nothing but what the passing of time did."""

    verdict: Verdict
    hold: Hold | None = None
    """The hold as it is now, where there is one."""
    numbers: tuple[NumberRange, ...] = ()
    """The numbers on account of which the request was refused."""
    lapsed: tuple[Hold, ...] = ()
    """The holds that time has ended, in the order of their ends."""


def apply(
    state: LedgerState, request: Request, now: datetime | None, policy: InventoryPolicy = DEFAULT_POLICY
) -> tuple[LedgerState, Outcome]:
    """The state after ``request`` at the moment ``now``, and what came of it.

    :class:`Add` and :class:`Remove` are about no moment: no time passes, and ``now`` may be None. Raises
    :class:`~pstnkit.errors.CallerError` for a ``now`` that is missing or without a time zone, and for a
    ``ttl`` that is no time; :class:`TypeError` for any other type.
    """
    if isinstance(request, Add):
        return _add(state, request)
    if isinstance(request, Remove):
        return _remove(state, request)
    if now is None:
        raise CallerError("now is needed: the ledger reads no clock")
    if not isinstance(now, datetime):
        raise TypeError(f"now is a datetime, not {type(now).__name__}")
    if now.tzinfo is None or now.utcoffset() is None:
        raise CallerError(f"now is {now.isoformat()}, without a time zone: it names no moment")
    now = now.astimezone(UTC)  # hours and minutes are elapsed time, which is plain only there
    if state.clock is not None and now < state.clock:
        now = state.clock
    state, lapsed = _lapse(state, now, policy)
    state, outcome = _step(state, request, now, policy)
    return state, attrs.evolve(outcome, lapsed=lapsed) if lapsed else outcome


def _step(
    state: LedgerState,
    request: Take | Extend | Release | Purchase | GiveBack | Lapse,
    now: datetime,
    policy: InventoryPolicy,
) -> tuple[LedgerState, Outcome]:
    if isinstance(request, Take):
        return _take(state, request, now, policy)
    if isinstance(request, Lapse):
        return state, Outcome(Verdict.UNCHANGED)
    hold = state.holds.get(request.id)
    if hold is None:
        return state, Outcome(Verdict.UNKNOWN)
    if isinstance(request, Extend):
        return _extend(state, hold, request, now)
    if isinstance(request, Release):
        return _release(state, hold, now, policy)
    if isinstance(request, Purchase):
        return _purchase(state, hold)
    if isinstance(request, GiveBack):
        return _give_back(state, hold, request, now, policy)
    assert_never(request)


def _take(
    state: LedgerState, request: Take, now: datetime, policy: InventoryPolicy
) -> tuple[LedgerState, Outcome]:
    _check_ttl(request.ttl)
    known = None if request.id is None else state.holds.get(request.id)
    if known is not None:
        if (known.numbers, known.owner) != (request.numbers, request.owner):
            return state, Outcome(Verdict.CONFLICT, known)
        live = known.status in {HoldStatus.HELD, HoldStatus.PURCHASED}
        return state, Outcome(Verdict.UNCHANGED if live else Verdict.ENDED, known)
    if gone := _outside(request.numbers, state.free):
        return state, Outcome(Verdict.UNAVAILABLE, None, gone)
    serial = state.serial
    id = request.id
    while id is None or (request.id is None and state.holds.get(id) is not None):
        serial += 1
        id = f"hold-{serial}"
    expires = _after(now, request.ttl)
    cap = max(expires, _after(now, policy.longest_hold))
    hold = Hold(id, request.owner, request.numbers, now, expires, cap)
    free = state.free.copy()
    for stretch in request.numbers:
        free.discard(stretch)
    owned = state.owners.get(hold.owner) or Map()
    state = _changed(
        state,
        free=free,
        holds=state.holds.put(id, hold),
        owners=state.owners.put(hold.owner, owned.put(id, id)),
        taken=_with_shares(state.taken, hold),
        deadlines=state.deadlines.put((expires, id)),
        serial=serial,
    )
    return state, Outcome(Verdict.DONE, hold)


def _extend(state: LedgerState, hold: Hold, request: Extend, now: datetime) -> tuple[LedgerState, Outcome]:
    _check_ttl(request.ttl)
    if hold.status is not HoldStatus.HELD:
        return state, Outcome(Verdict.ENDED, hold)
    expires = min(_after(now, request.ttl), hold.extendable_until)
    if expires <= hold.expires_at:
        return state, Outcome(Verdict.UNCHANGED, hold)
    hold = attrs.evolve(hold, expires_at=expires)
    state = _changed(
        state, holds=state.holds.put(hold.id, hold), deadlines=state.deadlines.put((expires, hold.id))
    )
    return state, Outcome(Verdict.DONE, hold)


def _purchase(state: LedgerState, hold: Hold) -> tuple[LedgerState, Outcome]:
    if hold.status is HoldStatus.PURCHASED:
        return state, Outcome(Verdict.UNCHANGED, hold)
    if hold.status is not HoldStatus.HELD:
        return state, Outcome(Verdict.ENDED, hold)
    hold = attrs.evolve(hold, status=HoldStatus.PURCHASED)
    return _changed(state, holds=state.holds.put(hold.id, hold)), Outcome(Verdict.DONE, hold)


def _give_back(
    state: LedgerState, hold: Hold, request: GiveBack, now: datetime, policy: InventoryPolicy
) -> tuple[LedgerState, Outcome]:
    if hold.status not in {HoldStatus.PURCHASED, HoldStatus.GIVEN_BACK}:
        return state, Outcome(Verdict.ENDED, hold)
    back = hold.numbers if request.numbers is None else request.numbers
    if strangers := _outside(back, NumberSet(hold.numbers)):
        return state, Outcome(Verdict.NOT_PURCHASED, hold, strangers)
    coming = _outside(back, NumberSet(hold.given_back))
    if not coming:
        return state, Outcome(Verdict.UNCHANGED, hold)
    hold = attrs.evolve(hold, given_back=tuple(collapse((*hold.given_back, *coming))))
    state = _freed(state, hold, coming)
    if hold.given_back == hold.numbers:
        state, hold = _ended(state, hold, HoldStatus.GIVEN_BACK, now, policy)
    else:
        state = _changed(state, holds=state.holds.put(hold.id, hold))
    return state, Outcome(Verdict.DONE, hold)


def _add(state: LedgerState, request: Add) -> tuple[LedgerState, Outcome]:
    free = state.free | request.numbers
    for share in _shares_in(state, request.numbers):
        free.discard(NumberRange._of(share.first, share.last))
    if len(free) == len(state.free):
        return state, Outcome(Verdict.UNCHANGED)
    return _changed(state, free=free), Outcome(Verdict.DONE)


def _remove(state: LedgerState, request: Remove) -> tuple[LedgerState, Outcome]:
    held = [
        NumberRange._of(share.first, share.last)
        for share in _shares_in(state, request.numbers)
        if (hold := state.holds.get(share.hold)) is not None and hold.status is HoldStatus.HELD
    ]
    if in_the_way := tuple((NumberSet(held) & request.numbers).ranges()):
        return state, Outcome(Verdict.UNAVAILABLE, None, in_the_way)
    free = state.free - request.numbers
    if len(free) == len(state.free):
        return state, Outcome(Verdict.UNCHANGED)
    return _changed(state, free=free), Outcome(Verdict.DONE)


def _release(
    state: LedgerState, hold: Hold, now: datetime, policy: InventoryPolicy
) -> tuple[LedgerState, Outcome]:
    if hold.status in {HoldStatus.RELEASED, HoldStatus.EXPIRED}:
        return state, Outcome(Verdict.UNCHANGED, hold)
    if hold.status is not HoldStatus.HELD:
        return state, Outcome(Verdict.ENDED, hold)
    state, hold = _ended(_freed(state, hold, hold.numbers), hold, HoldStatus.RELEASED, now, policy)
    return state, Outcome(Verdict.DONE, hold)


def _ended(
    state: LedgerState, hold: Hold, status: HoldStatus, now: datetime, policy: InventoryPolicy
) -> tuple[LedgerState, Hold]:
    """Enter a hold's last status; it is remembered for a while."""
    hold = attrs.evolve(hold, status=status, ended_at=now)
    owned = (state.owners.get(hold.owner) or Map()).drop(hold.id)
    state = _changed(
        state,
        holds=state.holds.put(hold.id, hold),
        owners=state.owners.put(hold.owner, owned) if len(owned) else state.owners.drop(hold.owner),
        deadlines=state.deadlines.put((now + policy.remembered, hold.id)),
    )
    return state, hold


def _lapse(
    state: LedgerState, now: datetime, policy: InventoryPolicy
) -> tuple[LedgerState, tuple[Hold, ...]]:
    """Let time pass: end the holds whose moment has come, forget those that ended long ago."""
    lapsed = []
    while (due := state.deadlines.first) is not None and due[0] <= now:
        _, id = due
        state = _changed(state, deadlines=state.deadlines.rest())
        hold = state.holds.get(id)
        if hold is None:
            continue
        if hold.ended_at is not None:
            if hold.ended_at + policy.remembered <= now:
                state = _changed(state, holds=state.holds.drop(id))
        elif hold.status is HoldStatus.HELD and hold.expires_at <= now:
            state = _freed(state, hold, hold.numbers)
            state, hold = _ended(state, hold, HoldStatus.EXPIRED, hold.expires_at, policy)
            lapsed.append(hold)
    return _changed(state, clock=now), tuple(lapsed)


def _check_ttl(ttl: timedelta) -> None:
    if not isinstance(ttl, timedelta):
        raise TypeError(f"ttl is a timedelta, not {type(ttl).__name__}")
    if ttl <= timedelta(0):
        raise CallerError(f"ttl is {ttl!r}, which is no time to hold numbers for")


def _after(now: datetime, ttl: timedelta) -> datetime:
    try:
        return now + ttl
    except OverflowError:
        raise CallerError(f"{ttl!r} after {now.isoformat()} lies outside of the calendar") from None


def _freed(state: LedgerState, hold: Hold, numbers: tuple[NumberRange, ...]) -> LedgerState:
    free = state.free.copy()
    for stretch in numbers:
        free.add(stretch)
    return _changed(state, free=free, taken=_without_shares(state.taken, hold, numbers))


def _changed(state: LedgerState, **changes: Any) -> LedgerState:
    fields = {name: getattr(state, name) for name in LedgerState.__slots__}
    return LedgerState(**{**fields, **changes})


def _outside(numbers: tuple[NumberRange, ...], known: NumberSet) -> tuple[NumberRange, ...]:
    """Those of ``numbers`` that are not in ``known``."""
    missing: list[NumberRange] = []
    for stretch in numbers:
        code, line = divmod(stretch._first, LINES)
        absent = span(line, stretch._last % LINES) & ~known._bitmap(code)
        missing += (NumberRange._of(code * LINES + a, code * LINES + b) for a, b in runs(absent))
    return tuple(missing)


def _hundreds(numbers: tuple[NumberRange, ...]) -> list[tuple[int, int]]:
    """The stretches of ``numbers`` cut at every hundred, as first and last ten-digit ints."""
    cut = []
    for stretch in numbers:
        first = stretch._first
        while first <= stretch._last:
            last = min(stretch._last, first // 100 * 100 + 99)
            cut.append((first, last))
            first = last + 1
    return cut


def _with_shares(taken: Map[int, tuple[Share, ...]], hold: Hold) -> Map[int, tuple[Share, ...]]:
    for first, last in _hundreds(hold.numbers):
        shares = taken.get(first // 100) or ()
        taken = taken.put(first // 100, tuple(sorted((*shares, Share(first, last, hold.id)))))
    return taken


def _without_shares(
    taken: Map[int, tuple[Share, ...]], hold: Hold, numbers: tuple[NumberRange, ...]
) -> Map[int, tuple[Share, ...]]:
    """``taken`` without what ``hold`` has of ``numbers``; the rest of a share that is split stays."""
    for first, last in _hundreds(numbers):
        left: list[Share] = []
        for share in taken.get(first // 100) or ():
            if share.hold != hold.id or share.last < first or share.first > last:
                left.append(share)
                continue
            if share.first < first:
                left.append(Share(share.first, first - 1, hold.id))
            if share.last > last:
                left.append(Share(last + 1, share.last, hold.id))
        taken = taken.put(first // 100, tuple(left)) if left else taken.drop(first // 100)
    return taken


def _shares_in(state: LedgerState, numbers: NumberSet) -> list[Share]:
    """The shares that may touch ``numbers``: found by their hundreds where they are few, else all that there
    are."""
    if len(numbers) > len(state.taken):
        return [share for _, shares in state.taken.items() for share in shares]
    hundreds = {first // 100 for first, _ in _hundreds(tuple(numbers.ranges()))}
    return [share for hundred in hundreds for share in state.taken.get(hundred) or ()]
