"""The suite that every store of an inventory's ledger has to pass.

Make a class of your own from it, say how your store is made, and pytest runs the rest::

    from pstnkit.testing import LedgerStoreSuite

    class TestMyStore(LedgerStoreSuite):
        def make_store(self):
            return MyStore(...)
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from random import Random

from pstnkit.errors import DecisionError, PstnkitError
from pstnkit.inventory.holds import Hold, HoldStatus
from pstnkit.inventory.inventory import Inventory
from pstnkit.inventory.ledger_store import LedgerStore
from pstnkit.inventory.refusals import HoldEnded, NumbersUnavailable
from pstnkit.numbering.ranges import NumberRange

__all__ = ["LedgerStoreSuite"]

_NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
_HUNDRED = NumberRange("4155550100", "4155550199")
_THREADS = 8


def _lines(first: int, end: int) -> NumberRange:
    """The lines from ``first`` up to ``end``, which is not among them."""
    return NumberRange(_HUNDRED[first], _HUNDRED[end - 1])


_TEN = _lines(0, 10)


class LedgerStoreSuite:
    """Tests of a :class:`~pstnkit.inventory.ledger_store.LedgerStore`: for a class of tests to inherit.

    Such a class has :meth:`make_store`; where a store is more than an object (a table, a file), :meth:`reopen` as well.
    Each test makes a store of its own, and several threads use it at once.

    >>> from pstnkit.stores.ledgers import MemoryLedger
    >>> class TestMemoryLedger(LedgerStoreSuite):
    ...     def make_store(self):
    ...         return MemoryLedger()
    >>> TestMemoryLedger().test_a_new_store_has_no_entries()
    """

    def make_store(self) -> LedgerStore:
        """A new store, without entries."""
        raise NotImplementedError

    def reopen(self, store: LedgerStore) -> LedgerStore:
        """The same store as another process would open it; unless this is overridden, the object itself."""
        return store

    # --- the store alone ------------------------------------------------------------------------------------

    def test_a_new_store_has_no_entries(self) -> None:
        """Nothing is read from it, and the first position is 1."""
        store = self.make_store()
        assert list(store.read(0)) == []
        assert store.write(1, "first")

    def test_entries_are_read_in_order_behind_a_position(self) -> None:
        """They are read as they were written, whatever they say, by everybody who opens the store."""
        store = self.make_store()
        texts = [
            "{}",
            "a 'quoted' \"text\"; -- and more\n",
            "\u00e9\u4e00\U0001f4de",
            "",
            "x" * 1_000_000,
            "%s %(a)s \\0",
        ]
        for position, text in enumerate(texts, 1):
            assert store.write(position, text)
        written = list(enumerate(texts, 1))
        for opened in (store, self.reopen(store)):
            assert [(int(position), text) for position, text in opened.read(0)] == written
            assert list(opened.read(2)) == written[2:]
            assert list(opened.read(len(texts))) == []

    def test_only_the_next_position_can_be_written(self) -> None:
        """Neither one that is taken, nor one behind a gap; and nothing is kept then."""
        store = self.make_store()
        assert not store.write(2, "too early")
        assert store.write(1, "first")
        assert not store.write(1, "again")
        assert not store.write(3, "behind a gap")
        assert store.write(2, "second")
        assert list(store.read(0)) == [(1, "first"), (2, "second")]

    def test_what_is_dropped_is_gone_and_its_positions_stay_taken(self) -> None:
        """Who has not read on cannot write where something was dropped."""
        store = self.make_store()
        for position in range(1, 6):
            assert store.write(position, str(position))
        store.drop(4)
        assert list(self.reopen(store).read(0)) == [(4, "4"), (5, "5")]
        for position in range(1, 6):
            assert not store.write(position, "again")
        assert store.write(6, "6")
        store.drop(6)
        store.drop(6)
        assert list(store.read(0)) == [(6, "6")]
        assert not store.write(1, "from the start")

    def test_of_several_who_write_at_once_one_succeeds(self) -> None:
        """Every position has the text of exactly one of those who were told that theirs was kept."""
        store = self.make_store()
        opened = [self.reopen(store) for _ in range(_THREADS)]

        def write(thread: int) -> list[tuple[int, str]]:
            kept = []
            for position in range(1, 26):
                text = f"{thread} at {position}"
                if opened[thread].write(position, text):
                    kept.append((position, text))
            return kept

        with ThreadPoolExecutor(_THREADS) as pool:
            kept = sorted(entry for found in pool.map(write, range(_THREADS)) for entry in found)
        assert kept == list(store.read(0))
        assert [position for position, _ in kept] == list(range(1, 26))

    # --- inventories over it --------------------------------------------------------------------------------

    def test_an_inventory_sees_what_another_has_done(self) -> None:
        """At once, and in every question."""
        store = self.make_store()
        one, other = Inventory([_HUNDRED], store=store), Inventory(store=self.reopen(store))
        hold = one.hold(_TEN, owner="Ann", now=_NOON, id="cart 7")
        assert (len(other), other.holds(), other.holder(_TEN.first)) == (90, (hold,), hold)
        assert _TEN.first not in other
        assert other.hold(_TEN, owner="Ann", now=_NOON, id="cart 7") == hold
        bought = other.purchase(hold, now=_NOON)
        assert one.holder(_TEN.first) == bought
        one.give_back(bought, _lines(0, 4), now=_NOON)
        one.remove(_lines(50, 100))
        other.add([NumberRange("2125550100", "2125550109")])
        assert one.free == other.free
        assert len(one) == 40 + 4 + 10

    def test_a_number_is_refused_that_another_inventory_holds(self) -> None:
        """With what is gone, and without a trace in the store."""
        store = self.make_store()
        one, other = Inventory([_HUNDRED], store=store), Inventory(store=self.reopen(store))
        hold = one.hold(_TEN, owner="Ann", now=_NOON)
        before = list(store.read(0))
        _refused(NumbersUnavailable, lambda: other.hold(_lines(5, 15), owner="Bob", now=_NOON))
        assert list(store.read(0)) == before
        one.release(hold, now=_NOON)
        _refused(HoldEnded, lambda: other.purchase(hold, now=_NOON))
        assert other.hold(_lines(5, 15), owner="Bob", now=_NOON).count == 10

    def test_what_has_expired_for_one_has_expired_for_all(self) -> None:
        """Though the other's clock is slow."""
        store = self.make_store()
        one, other = Inventory([_HUNDRED], store=store), Inventory(store=self.reopen(store))
        hold = one.hold(_TEN, owner="Ann", now=_NOON, ttl=timedelta(minutes=15))
        assert [lapsed.id for lapsed in one.lapse(_NOON + timedelta(minutes=15))] == [hold.id]
        _refused(HoldEnded, lambda: other.extend(hold, now=_NOON + timedelta(minutes=14)))
        assert len(other) == 100

    def test_what_is_known_outlives_the_process(self) -> None:
        """Holds in every state, their ends and caps, and what has been given back."""
        store = self.make_store()
        shop = Inventory([_HUNDRED], store=store)
        kept = shop.hold(_TEN, owner="Ann", now=_NOON, id="kept")
        shop.extend(kept, now=_NOON, ttl=timedelta(minutes=30))
        shop.hold(_lines(20, 30), owner="Bob", now=_NOON, id="sold")
        shop.purchase("sold", now=_NOON)
        shop.give_back("sold", _lines(22, 24), now=_NOON)
        shop.hold(_lines(30, 40), owner="Cid", now=_NOON, id="over")
        shop.release("over", now=_NOON)
        _same(shop, Inventory(store=self.reopen(store)))

    def test_one_entry_takes_the_place_of_all(self) -> None:
        """Those who know the former ones go on, and those who come find the same."""
        store = self.make_store()
        one, other = Inventory([_HUNDRED], store=store), Inventory(store=self.reopen(store))
        for line in range(20):
            one.release(one.hold(_HUNDRED[line], owner="Ann", now=_NOON, id=f"a{line}"), now=_NOON)
        one.hold(_TEN, owner="Ann", now=_NOON, id="kept")
        one.compact()
        assert len(list(store.read(0))) == 1
        assert other.holder(_TEN.first) == one.holder(_TEN.first)
        assert other.release("a3", now=_NOON).status is HoldStatus.RELEASED
        other.purchase("kept", now=_NOON)
        _same(one, other)
        _same(one, Inventory(store=self.reopen(store)))

    def test_eight_inventories_at_once_never_hold_a_number_twice(self) -> None:
        """Each with the store opened anew, all after the same numbers."""
        store = self.make_store()
        Inventory([_lines(0, 40)], store=store)
        shops = [Inventory(store=self.reopen(store)) for _ in range(_THREADS)]

        def shop(thread: int) -> list[Hold]:
            held = []
            order = Random(thread).sample(range(0, 40, 2), 20)
            for line in order:
                try:
                    held.append(shops[thread].hold(_lines(line, line + 2), owner=str(thread), now=_NOON))
                except NumbersUnavailable:
                    continue
            return held

        with ThreadPoolExecutor(_THREADS) as pool:
            holds = [hold for found in pool.map(shop, range(_THREADS)) for hold in found]
        assert sorted(number for hold in holds for part in hold.numbers for number in part) == list(
            _lines(0, 40)
        )
        assert len({hold.id for hold in holds}) == len(holds) == 20
        for one in shops:
            _same(one, Inventory(store=self.reopen(store)))
            assert {hold.id for hold in one.holds()} == {hold.id for hold in holds}

    def test_an_inventory_over_it_does_what_one_in_memory_does(self) -> None:
        """Whatever is asked, in any order: by two who share the store in turn, one of whom is replaced at times."""
        for seed in range(8):
            self._compare(Random(seed))

    def _compare(self, dice: Random) -> None:
        store = self.make_store()
        plain = Inventory([_lines(0, 20)])
        shared = [Inventory([_lines(0, 20)], store=store), Inventory(store=self.reopen(store))]
        now = _NOON
        for _ in range(60):
            now += timedelta(minutes=dice.choice([0, 0, 1, 5, 30]))
            ask = _question(dice, now)
            expected, found = _answer(plain, ask), _answer(dice.choice(shared), ask)
            assert found == expected, f"asked {ask}: {found}, and in memory {expected}"
            match dice.randrange(20):
                case 0:
                    shared[1] = Inventory(store=self.reopen(store))
                case 1:
                    dice.choice(shared).compact()
        for one in shared:
            _same(one, plain)


_Question = Callable[[Inventory], object]


def _question(dice: Random, now: datetime) -> _Question:
    id, owner = dice.choice("abcd"), dice.choice(["Ann", "Bob"])
    first = dice.randrange(20)
    numbers = _lines(first, first + dice.choice([1, 1, 3, 8]))
    ttl = timedelta(minutes=dice.choice([5, 40]))
    return dice.choice(
        [
            lambda shop: shop.hold(numbers, owner=owner, now=now, ttl=ttl, id=id),
            lambda shop: shop.hold(numbers, owner=owner, now=now, ttl=ttl),
            lambda shop: shop.extend(id, now=now, ttl=ttl),
            lambda shop: shop.release(id, now=now),
            lambda shop: shop.purchase(id, now=now),
            lambda shop: shop.give_back(id, numbers, now=now),
            lambda shop: shop.give_back(id, now=now),
            lambda shop: shop.lapse(now),
            lambda shop: shop.add(numbers),
            lambda shop: shop.remove(numbers),
        ]
    )


def _answer(shop: Inventory, ask: _Question) -> object:
    try:
        return ask(shop)
    except PstnkitError as error:
        return type(error), str(error)


def _same(one: Inventory, other: Inventory) -> None:
    """Two inventories know the same."""
    assert one.free == other.free
    assert one.holds() == other.holds()
    for number in _HUNDRED:
        assert one.holder(number) == other.holder(number)


def _refused(error: type[DecisionError], ask: Callable[[], object]) -> None:
    refused = False
    try:
        ask()
    except error:
        refused = True
    assert refused, f"{error.__name__} is raised"
