"""The state of a ledger as a value: what its rules read, and what they make a new one of.

Stepping from a state leaves it as it was, and costs only what the step changes, however many holds there are. The
newest state has the tables; each older one knows what the step from it has changed. To read an older one, or to step
from it anew, swaps the changes back, one by one: the tables move to it, and the newer states know the way from there.
(Henry Baker found this way to shallow binding in 1978; Sylvain Conchon and Jean-Christophe Filliâtre call it a
persistent array.)
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from pstnkit.inventory.holds import Hold, HoldStatus, Standing
from pstnkit.inventory.ledger_tables import Changing, Tables
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.telephone import NumberRange, TelephoneNumber

_new = object.__new__


class LedgerState:
    """All that is known of free, held and sold numbers at one moment. Never changed: each step makes a new one.

    ``free`` is what is on offer to begin with. States that come of one another share their tables, and reading one may
    move these: whoever shares them among threads puts a lock around, as :class:`~pstnkit.Inventory` does.
    """

    __slots__ = ("_after", "_before", "_next", "_tables", "clock", "serial")

    _tables: Tables | None
    _next: LedgerState
    """Where the tables are not here: the state on the way to them,"""
    _before: Changing
    _after: Changing
    """and what makes this state into that one."""
    clock: datetime | None
    """The latest moment that the ledger has been told of: for it, time never runs backward."""
    serial: int
    """How many ids it has made up."""

    def __init__(self, free: NumberSet) -> None:
        self._tables = Tables(free.copy())
        self.clock = None
        self.serial = 0

    # --- stepping -------------------------------------------------------------------------------------------

    def then(self, before: Changing, after: Changing, clock: datetime | None, serial: int) -> LedgerState:
        """The state in which ``after`` has taken the place of ``before`` (see :meth:`Tables.swap`)."""
        tables = self._tables or self.tables
        tables.swap(before, after)
        return self._followed(tables, before, after, clock, serial)

    def begun(self, hold: Hold, clock: datetime, serial: int) -> tuple[LedgerState, tuple[NumberRange, ...]]:
        """The state in which a new hold keeps its numbers; or this one, and those of them that are not free."""
        tables = self._tables or self.tables
        gone = tables.begin(hold)
        return self if gone else self._followed(tables, None, hold, clock, serial), gone

    def _followed(
        self, tables: Tables, before: Changing, after: Changing, clock: datetime | None, serial: int
    ) -> LedgerState:
        """The state that comes next, now that the tables say what it does."""
        state = _new(LedgerState)
        state._tables = tables
        state.clock = clock
        state.serial = serial
        self._tables = None
        self._next = state
        self._before = before
        self._after = after
        return state

    @property
    def tables(self) -> Tables:
        """The tables as of this state, to be read only."""
        if self._tables is None:
            self._fetch()
        assert self._tables is not None
        return self._tables

    def _fetch(self) -> None:
        """Move the tables here."""
        way = [self]
        while way[-1]._tables is None:
            way.append(way[-1]._next)
        here = way.pop()
        tables = here._tables
        assert tables is not None
        while way:
            there = way.pop()
            tables.swap(there._after, there._before)
            here._tables, here._next, here._before, here._after = None, there, there._after, there._before
            here = there
        here._tables = tables

    def changes_to(self, later: LedgerState) -> list[tuple[Changing, Changing]]:
        """What takes the place of what on the way from this state to one that has come of it."""
        changes = []
        state = self
        while state is not later:
            changes.append((state._before, state._after))
            state = state._next
        return changes

    def copy(self) -> LedgerState:
        """The same state over tables of its own."""
        twin = _new(LedgerState)
        twin._tables = self.tables.copy()
        twin.clock = self.clock
        twin.serial = self.serial
        return twin

    # --- questions ------------------------------------------------------------------------------------------

    @property
    def free(self) -> NumberSet:
        """What nobody has taken, as a set of its own."""
        return self.tables.free.copy()

    def hold(self, id: str) -> Hold | None:
        """The hold of an id; None if none is known."""
        return self.tables.holds.get(id)

    def holder(self, digits: int) -> Hold | None:
        """The hold that has the number of these ten digits, held or purchased, or None."""
        return self.tables.holder(digits)

    def standing(self, digits: int) -> Standing:
        """How the number of these ten digits stands."""
        if TelephoneNumber._of(digits) in self.tables.free:
            return Standing.FREE
        holder = self.holder(digits)
        if holder is None:
            return Standing.NOT_OFFERED
        return Standing.HELD if holder.status is HoldStatus.HELD else Standing.SOLD

    def keeping(self, owner: str | None = None) -> Iterator[Hold]:
        """The holds that keep numbers, of one owner or of all. The state must not be stepped from meanwhile."""
        return (hold for hold in self.tables.of_owner(owner) if hold.status is HoldStatus.HELD)

    def remembered(self) -> list[Hold]:
        """Every hold that is known, those that have ended behind the others, the last to end first."""
        tables = self.tables
        live = (hold for hold in tables.holds.values() if hold.ended_at is None)
        return [*live, *reversed(tables.ended)]
