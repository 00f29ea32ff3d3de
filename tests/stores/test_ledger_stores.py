"""The stores of the ledger: each passes the suite; and what an inventory does when its store fails it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import sleep

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import IntegrityError

from pstnkit import CorruptData, Inventory, NumberRange, PstnkitError, SearchQuery
from pstnkit.inventory.ledger_store import LedgerStore
from pstnkit.inventory.policy import InventoryPolicy
from pstnkit.stores.ledgers import MemoryLedger, SqlLedger
from pstnkit.testing import LedgerStoreSuite

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
HUNDRED = NumberRange("4155550100", "4155550199")
TEN = NumberRange(HUNDRED[0], HUNDRED[9])


class TestMemoryLedger(LedgerStoreSuite):
    def make_store(self) -> MemoryLedger:
        return MemoryLedger()


class TestSqlLedger(LedgerStoreSuite):
    """In a file of SQLite's, opened as by processes of their own: an engine for each."""

    @pytest.fixture(autouse=True)
    def somewhere(self, tmp_path: Path) -> Iterator[None]:
        self.folder = tmp_path
        self.engines: list[Engine] = []
        yield
        for engine in self.engines:
            engine.dispose()

    def make_store(self) -> SqlLedger:
        store = self.open(f"{len(self.engines)}.db")
        SqlLedger.table().create(self.engines[-1])
        return store

    def reopen(self, store: LedgerStore) -> SqlLedger:
        assert isinstance(store, SqlLedger)
        return self.open(str(store._engine.url.database))

    def open(self, name: str) -> SqlLedger:
        self.engines.append(create_engine(f"sqlite:///{self.folder / name}", connect_args={"timeout": 60}))
        return SqlLedger(self.engines[-1])

    def test_several_ledgers_are_in_one_table(self) -> None:
        store = self.make_store()
        other = SqlLedger(self.engines[-1], "other")
        assert store.write(1, "mine")
        assert other.write(1, "yours")
        other.write(2, "yours, too")
        other.drop(2)
        assert list(store.read(0)) == [(1, "mine")]
        assert list(other.read(0)) == [(2, "yours, too")]

    def test_what_the_database_refuses_for_another_reason_is_raised(self) -> None:
        store = self.make_store()
        refuse = (
            "create trigger no before insert on pstnkit_ledger begin select raise(abort, 'closed today'); end"
        )
        with self.engines[-1].begin() as connection:
            connection.execute(text(refuse))
        with pytest.raises(IntegrityError, match="closed today"):
            store.write(1, "first")

    def test_who_is_stopped_by_the_primary_key_was_overtaken(self) -> None:
        # As in databases that let two insert at once: the later one is stopped when the earlier one commits.
        engine = create_engine("sqlite://")
        self.engines.append(engine)
        SqlLedger.table().create(engine)
        stop = "create trigger stop before insert on pstnkit_ledger begin select raise(abort, 'unique'); end"
        theirs = "insert into pstnkit_ledger values ('main', 1, 'theirs')"

        class Late(SqlLedger):
            def read(self, after: int) -> Sequence[tuple[int, str]]:
                with engine.begin() as connection:
                    connection.execute(text("drop trigger stop"))
                    connection.execute(text(theirs))
                return super().read(after)

        with engine.begin() as connection:
            connection.execute(text(stop))
        store = Late(engine)
        assert not store.write(1, "mine")
        assert list(SqlLedger(engine).read(0)) == [(1, "theirs")]


# --- what the suite finds -------------------------------------------------------------------------------------------


class Overwrites(MemoryLedger):
    def write(self, position: int, entry: str) -> bool:
        self._entries[position] = entry
        return True


class Reverses(MemoryLedger):
    def read(self, after: int) -> list[tuple[int, str]]:
        return list(super().read(after))[::-1]


class Forgets(MemoryLedger):
    def drop(self, before: int) -> None:
        super().drop(before + 1)


class Hurries(MemoryLedger):
    """Looks where the next entry belongs, and then writes it, with nothing to stop another one in between."""

    def write(self, position: int, entry: str) -> bool:
        if position != max(self._entries, default=0) + 1:
            return False
        sleep(0.001)
        self._entries[position] = entry
        return True


class StartsAnew(MemoryLedger):
    def drop(self, before: int) -> None:
        self._entries = {1: self._entries[before]} if before in self._entries else self._entries


@pytest.mark.parametrize("flawed", [Overwrites, Reverses, Forgets, Hurries, StartsAnew])
def test_the_suite_finds_what_is_wrong_with_a_store(flawed: type[MemoryLedger]) -> None:
    class Suite(LedgerStoreSuite):
        def make_store(self) -> MemoryLedger:
            return flawed()

    found = []
    for name in (name for name in dir(Suite) if name.startswith("test_")):
        try:
            getattr(Suite(), name)()
        except (AssertionError, PstnkitError, LookupError) as error:
            found.append(error)
    assert found


def test_the_suite_has_to_be_told_how_a_store_is_made() -> None:
    with pytest.raises(NotImplementedError):
        LedgerStoreSuite().test_a_new_store_has_no_entries()


# --- stores that fail -----------------------------------------------------------------------------------------------


class Flaky(MemoryLedger):
    """A store that is not reached: before it has done what it should, or after."""

    def __init__(self) -> None:
        super().__init__()
        self.down = False
        self.loses_answers = False

    def read(self, after: int) -> list[tuple[int, str]]:
        if self.down:
            raise TimeoutError("the store was not reached")
        return list(super().read(after))

    def write(self, position: int, entry: str) -> bool:
        kept = super().write(position, entry)
        if self.loses_answers:
            raise TimeoutError("the store's answer was lost")
        return kept


def test_no_question_is_answered_when_the_store_is_not_reached() -> None:
    store = Flaky()
    shop = Inventory([HUNDRED], store=store)
    hold = shop.hold(TEN, owner="Ann", now=NOON)
    store.down = True
    for ask in (
        lambda: shop.hold(HUNDRED[50], owner="Ann", now=NOON),
        lambda: shop.release(hold, now=NOON),
        lambda: shop.search(SearchQuery(npa="415")),
        lambda: shop.search(SearchQuery(npa="415"), owner="Ann", now=NOON),
        lambda: len(shop),
        lambda: HUNDRED[50] in shop,
        lambda: shop.free,
        lambda: shop.held,
        lambda: shop.holds(),
        lambda: shop.holder(TEN.first),
        lambda: shop.standing(HUNDRED[50]),
        lambda: shop.copy(),
        lambda: shop.summary(),
    ):
        with pytest.raises(TimeoutError):
            ask()
    store.down = False
    assert shop.holds() == (hold,)


def test_a_hold_whose_answer_was_lost_is_the_same_when_it_is_asked_for_again() -> None:
    store = Flaky()
    shop = Inventory([HUNDRED], store=store)
    store.loses_answers = True
    with pytest.raises(TimeoutError):
        shop.hold(TEN, owner="Ann", now=NOON, id="cart 7")
    store.loses_answers = False
    assert shop.hold(TEN, owner="Ann", now=NOON + timedelta(seconds=5), id="cart 7").held_at == NOON
    assert len(shop) == 90


class Overtaken(MemoryLedger):
    """A store in which somebody else always comes first, a few times."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self.times = times
        self.busy = False

    def write(self, position: int, entry: str) -> bool:
        if self.times and not self.busy and position > 1:
            self.times -= 1
            self.busy = True
            Inventory(store=self).hold(HUNDRED[20 + position], owner="Bob", now=NOON)
            self.busy = False
        return super().write(position, entry)


def test_who_was_overtaken_decides_anew() -> None:
    store = Overtaken(3)
    shop = Inventory([HUNDRED], store=store)
    hold = shop.hold(TEN, owner="Ann", now=NOON)
    assert hold.id == "hold-4"
    assert len(shop) == 87
    store.times = 1
    shop.compact()
    assert len(shop) == 86
    assert len(Inventory(store=store)) == 86


def test_a_store_that_takes_nothing_is_not_asked_for_ever() -> None:
    class Full(MemoryLedger):
        def write(self, position: int, entry: str) -> bool:  # noqa: ARG002 - whatever it is, it is refused
            return False

    with pytest.raises(CorruptData, match="the store has no entry 1 of the ledger, and takes none"):
        Inventory([HUNDRED], store=Full())


def test_an_entry_that_cannot_be_read_is_never_passed_over() -> None:
    store = MemoryLedger()
    shop = Inventory([HUNDRED], store=store)
    hold = shop.hold(TEN, owner="Ann", now=NOON)
    [_, (_, good)] = store.read(0)
    entry = json.loads(good)
    wrong = {
        "no json": "Expecting value",
        json.dumps([]): "list indices",
        json.dumps({**entry, "version": 2}): "version 2, and this release reads version 1",
        json.dumps({**entry, "holds": [{**entry["holds"][0], "numbers": [["415", "415"]]}]}): "415",
        json.dumps({**entry, "holds": [{**entry["holds"][0], "id": "b"}]}): r"4155550100.* is not free",
        json.dumps(
            {**entry, "holds": [{**entry["holds"][0], "numbers": []}]}
        ): "is held there, and keeps no number",
        json.dumps({**entry, "holds": [{**entry["holds"][0], "owner_": "b"}]}): "owner_",
        json.dumps({**entry, "come": "AAAA"}): "entry 3",
    }
    for damaged, message in wrong.items():
        copied = MemoryLedger()
        for position, known in store.read(0):
            copied.write(position, known)
        copied.write(3, damaged)
        with pytest.raises(CorruptData, match=message):
            Inventory(store=copied)
    store.write(3, "no json")
    for _ in range(2):
        with pytest.raises(CorruptData, match="entry 3 of the ledger cannot be read"):
            shop.release(hold, now=NOON)


def test_a_missing_entry_is_noticed() -> None:
    store = MemoryLedger()
    Inventory([HUNDRED], store=store).hold(TEN, owner="Ann", now=NOON)
    store.drop(2)
    with pytest.raises(CorruptData, match="entry 1 is missing before it"):
        Inventory(store=store)


def test_a_hold_that_ended_does_not_come_back() -> None:
    store = MemoryLedger()
    shop = Inventory([HUNDRED], store=store)
    shop.release(shop.hold(TEN, owner="Ann", now=NOON), now=NOON)
    [_, (_, taken), _] = store.read(0)
    store.write(4, taken)
    with pytest.raises(CorruptData, match="hold 'hold-1' is held there, and it had ended"):
        len(shop)


def test_who_remembers_a_hold_learns_that_its_id_was_used_again() -> None:
    store = MemoryLedger()
    short = InventoryPolicy(remembered=timedelta(minutes=1))
    patient, forgetful = Inventory([HUNDRED], store=store), Inventory(store=store, policy=short)
    for line, id in enumerate("abc"):
        patient.release(patient.hold(HUNDRED[line], owner="Ann", now=NOON, id=id), now=NOON)
    later = NOON + timedelta(minutes=1)
    again = forgetful.hold(HUNDRED[50], owner="Bob", now=later, id="b")
    assert patient.holds() == (again,)
    assert patient.release("a", now=later).id == "a"


def test_an_inventory_without_a_store_has_nothing_to_compact() -> None:
    shop = Inventory([HUNDRED])
    shop.compact()
    shop.hold(TEN, owner="Ann", now=NOON)
    shop.compact()
    assert len(shop) == 90


def test_numbers_are_put_on_offer_when_a_store_is_opened_and_what_is_held_stays_held() -> None:
    store = MemoryLedger()
    shop = Inventory([HUNDRED], store=store)
    shop.hold(TEN, owner="Ann", now=NOON)
    assert len(Inventory([HUNDRED, NumberRange("2125550100", "2125550109")], store=store)) == 100
    assert len(shop) == 100
