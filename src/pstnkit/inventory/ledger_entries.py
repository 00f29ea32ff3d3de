"""The entries of a ledger as text: what has changed, and not what was asked, so that reading them needs no rules."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from pstnkit.inventory.holds import FIELDS, Hold, HoldStatus
from pstnkit.inventory.ledger_state import LedgerState
from pstnkit.inventory.ledger_tables import Changing, outside
from pstnkit.inventory.views import range_text
from pstnkit.numbering.damaged import CorruptData
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.ranges import NumberRange

_VERSION = 1
_MOMENTS = ("held_at", "expires_at", "extendable_until", "ended_at")
_RANGES = ("numbers", "given_back")


def written(changes: Iterable[tuple[Changing, Changing]], state: LedgerState) -> str | None:
    """The entry that says what was changed to make ``state``; None if nobody else needs to know."""
    holds = []
    entry: dict[str, Any] = {}
    for before, after in changes:
        if type(after) is Hold:
            holds.append(after)
        elif type(after) is NumberSet:
            entry["come"] = _packed(after)
        elif type(before) is NumberSet:
            entry["go"] = _packed(before)
    return _text(state, holds, entry) if holds or entry else None


def whole(state: LedgerState) -> str:
    """The entry that says everything, and stands for all that came before it."""
    stock, holds = _all(state)
    return _text(state, holds, {"whole": _packed(stock)})


def stock_and_holds(state: LedgerState) -> tuple[NumberSet, str]:
    """All numbers that there are, taken or not, and the entry of everything else: what :func:`whole` says, in two."""
    stock, holds = _all(state)
    return stock, _text(state, holds, {})


def state_of(stock: NumberSet, text: str) -> LedgerState:
    """The state that :func:`stock_and_holds` was asked of; errors as of :func:`entered`."""
    return entered(LedgerState(stock), 0, 1, text)


def _all(state: LedgerState) -> tuple[NumberSet, list[Hold]]:
    holds = state.remembered()
    return state.free | NumberSet(part for hold in holds for part in hold.kept), holds


def entered(state: LedgerState, after: int, position: int, text: str) -> LedgerState:
    """The state when the entry at ``position`` has been read next to that at ``after``.

    Raises :class:`CorruptData` for an entry that is damaged, of a later version, or gives a number to two, and where
    one is missing: what is not understood might be about any number, so none could be called free.
    """
    try:
        entry = json.loads(text)
        if entry["version"] != _VERSION:
            raise CorruptData(
                f"it is of version {entry['version']!r}, and this release reads version {_VERSION}"
            )
        holds = [_hold(fields) for fields in entry["holds"]]
        clock = None if entry["clock"] is None else datetime.fromisoformat(entry["clock"])
        serial = max(state.serial, int(entry["serial"]))
        if "whole" in entry:
            state = LedgerState(_unpacked(entry["whole"]))
        elif position != after + 1:
            raise CorruptData(f"entry {after + 1} is missing before it")
        go, come = (_unpacked(entry[name]) if name in entry else None for name in ("go", "come"))
    except (ValueError, KeyError, TypeError) as error:
        raise CorruptData(f"entry {position} of the ledger cannot be read: {error}") from error
    for hold in holds:
        state = _with(state, hold, position)
    return state.then(go, come, _later(state.clock, clock), serial)


def _with(state: LedgerState, hold: Hold, position: int) -> LedgerState:
    before = state.hold(hold.id)
    if before is not None and before.ended_at is not None and before.held_at != hold.held_at:
        # Somebody who had forgotten it already has used its id again.
        state = state.then(before, None, state.clock, state.serial)
        before = None
    wrong = None
    if before is not None and before.ended_at is not None:
        wrong = "it had ended"
    elif hold.ended_at is None and not hold.kept:
        wrong = "keeps no number"
    elif doubly := outside(hold.kept, state.tables.free if before is None else NumberSet(before.kept)):
        wrong = f"{range_text(doubly[0])} is not free"
    if wrong is not None:
        at = f"entry {position} of the ledger cannot be true"
        raise CorruptData(f"{at}: hold {hold.id!r:.80} is {hold.status} there, and {wrong}")
    return state.then(before, hold, state.clock, state.serial)


def _text(state: LedgerState, holds: Iterable[Hold], more: dict[str, str]) -> str:
    entry = {
        "version": _VERSION,
        "clock": None if state.clock is None else state.clock.isoformat(),
        "serial": state.serial,
        "holds": [{name: getattr(hold, name) for name in FIELDS} for hold in holds],
        **more,
    }
    return json.dumps(entry, default=_plain, separators=(",", ":"))


def _plain(value: object) -> object:
    if isinstance(value, NumberRange):
        return [f"{value.first:digits}", f"{value.last:digits}"]
    assert isinstance(value, datetime), "a hold has nothing else"
    return value.isoformat()


def _hold(fields: dict[str, Any]) -> Hold:
    moments = {name: datetime.fromisoformat(fields[name]) for name in _MOMENTS if fields[name] is not None}
    ranges = {name: tuple(NumberRange(first, last) for first, last in fields[name]) for name in _RANGES}
    return Hold(**{**fields, **moments, **ranges, "status": HoldStatus(fields["status"])})


def _packed(numbers: NumberSet) -> str:
    return b64encode(numbers.to_bytes()).decode("ascii")


def _unpacked(text: str) -> NumberSet:
    return NumberSet.from_bytes(b64decode(text, validate=True))


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max((moment for moment in (one, other) if moment is not None), default=None)
