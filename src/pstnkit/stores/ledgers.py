"""Stores of an inventory's ledger: one in memory, and one in any database that SQLAlchemy knows (extra ``sql``).

>>> from datetime import datetime, timezone
>>> from sqlalchemy import create_engine
>>> from pstnkit import Inventory, NumberRange
>>> engine = create_engine("sqlite://")
>>> SqlLedger.table().create(engine)
>>> noon = datetime(2026, 11, 20, 12, tzinfo=timezone.utc)
>>> shop = Inventory([NumberRange("4155550100", "4155550199")], store=SqlLedger(engine))
>>> held = shop.hold(NumberRange("4155550100", "4155550119"), owner="cart 7", now=noon)
>>> other_shop = Inventory(store=SqlLedger(engine))
>>> len(other_shop), [hold.owner for hold in other_shop.holds()]
(80, ['cart 7'])
>>> engine.dispose()
"""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Engine, Table

__all__ = ["MemoryLedger", "SqlLedger"]


class MemoryLedger:
    """The entries of a ledger in a dictionary: for tests, and as the plain statement of what a store does."""

    def __init__(self) -> None:
        self._entries: dict[int, str] = {}
        self._lock = Lock()

    def read(self, after: int) -> Sequence[tuple[int, str]]:
        """The positions and texts behind ``after``, in order."""
        with self._lock:
            entries = list(self._entries.items())
        return [(position, text) for position, text in entries if position > after]

    def write(self, position: int, text: str) -> bool:
        """Keep a text at a position, if that is the next one."""
        with self._lock:
            if position != max(self._entries, default=0) + 1:
                return False
            self._entries[position] = text
        return True

    def drop(self, before: int) -> None:
        """Forget the entries before a position."""
        with self._lock:
            self._entries = {position: text for position, text in self._entries.items() if position >= before}


class SqlLedger:
    """The entries of a ledger in a table, which :meth:`table` describes; ``name`` tells several ledgers apart.

    Every call is a transaction of its own on a connection of the engine's pool, so threads may share one.
    """

    def __init__(self, engine: Engine, name: str = "main") -> None:
        self._engine = engine
        self._name = name
        self._table = self.table()

    @staticmethod
    def table() -> Table:
        """The table, to be created: ``SqlLedger.table().create(engine)``, or by the migrations of its user."""
        from sqlalchemy import BigInteger, Column, MetaData, String, Table, Text

        return Table(
            "pstnkit_ledger",
            MetaData(),
            Column("ledger", String(100), primary_key=True),
            Column("position", BigInteger, primary_key=True, autoincrement=False),
            Column("entry", Text, nullable=False),
        )

    def read(self, after: int) -> Sequence[tuple[int, str]]:
        """The positions and texts behind ``after``, in order."""
        from sqlalchemy import select

        columns = self._table.c
        mine = select(columns.position, columns.entry).where(columns.ledger == self._name)
        behind = mine.where(columns.position > after).order_by(columns.position)
        with self._engine.connect() as connection:
            return [(position, entry) for position, entry in connection.execute(behind)]

    def write(self, position: int, text: str) -> bool:
        """Keep a text at a position, if that is the next one: of two who try at once, the primary key stops one."""
        from sqlalchemy import func, insert, literal, select
        from sqlalchemy.exc import IntegrityError

        columns = self._table.c
        last = select(func.coalesce(func.max(columns.position), 0)).where(columns.ledger == self._name)
        row = select(literal(self._name), literal(position), literal(text))
        if_next = row.where(last.scalar_subquery() == position - 1)
        try:
            with self._engine.begin() as connection:
                kept = connection.execute(insert(self._table).from_select(columns.keys(), if_next))
        except IntegrityError:
            if not self.read(position - 1):
                raise
            return False
        return kept.rowcount == 1

    def drop(self, before: int) -> None:
        """Forget the entries before a position."""
        from sqlalchemy import delete

        columns = self._table.c
        mine = delete(self._table).where(columns.ledger == self._name)
        with self._engine.begin() as connection:
            connection.execute(mine.where(columns.position < before))
