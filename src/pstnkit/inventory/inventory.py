"""The inventory: free numbers, searched and held (SPEC N).

It is a thin shell: the answers come from :mod:`pstnkit.inventory.search`, the rules of holding from
:mod:`pstnkit.inventory.ledger`. What it adds is one place for both, and a lock.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING, Any, NoReturn, final

from pstnkit.inventory.memory import Memory
from pstnkit.inventory.result import SearchResult
from pstnkit.inventory.search import Search, Stock
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.plan import plan as bundled_plan
from pstnkit.numbering.telephone import Exchange, NumberRange, TelephoneNumber

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

    from pstnkit.inventory.alternatives import Alternative
    from pstnkit.inventory.area_map import AreaMap
    from pstnkit.inventory.exchange_map import ExchangeMap
    from pstnkit.inventory.exchanges import Exchanges
    from pstnkit.inventory.holds import Hold, Standing
    from pstnkit.inventory.keeper import Keeper
    from pstnkit.inventory.ledger_store import LedgerStore
    from pstnkit.inventory.policy import InventoryPolicy
    from pstnkit.inventory.query import SearchQuery
    from pstnkit.inventory.summary import InventorySummary
    from pstnkit.numbering.plan import NumberingPlan

__all__ = ["Inventory", "SearchResult"]

_FIFTEEN_MINUTES = timedelta(minutes=15)
_SUMMED_UP_AT_ONCE = 20_000
"""Up to how many exchanges a notebook is shown the summary of: they take about half a second."""


@final
class Inventory:
    """Numbers on offer: searched by place, pattern, run and block, and held so that none is given to two.

    ``numbers`` are numbers and ranges, mixed, or a :class:`NumberSet`. ``exchanges`` is a table of rate
    centers and cities, ``plan`` the numbering plan (the bundled one unless given), ``policy`` what the seller
    decides (block sizes, the cap of holds).

    ``store`` (a :class:`~pstnkit.inventory.ledger_store.LedgerStore`) keeps what changes, for other processes that open
    the same store, and for after a restart: the inventory has what is there already, and puts ``numbers`` on offer as
    :meth:`add` does. It reads what others have written before it answers anything, and lets the store's errors through:
    it never answers from what it knew before.

    Threads may search and hold at once: a search answers from one moment, and no number is ever held twice.
    ``len`` counts what is free, and ``in`` asks whether one number is.

    >>> from pstnkit.inventory.query import SearchQuery
    >>> inventory = Inventory([NumberRange("4155550100", "4155550149")])
    >>> result = inventory.search(SearchQuery(npa="415", quantity=20, consecutive=True))
    >>> [str(run) for run in result.options]
    ['+14155550100..+14155550119', '+14155550120..+14155550139']
    """

    def __init__(
        self,
        numbers: Iterable[TelephoneNumber | NumberRange] = (),
        *,
        exchanges: Exchanges | None = None,
        plan: NumberingPlan | None = None,
        policy: InventoryPolicy | None = None,
        store: LedgerStore | None = None,
    ) -> None:
        self._numbers = _set_of(numbers)  # all that there is until something is held; then the keeper's
        self._keeping: Keeper | None = None
        if exchanges is not None or plan is not None or policy is not None:
            _check(exchanges, plan, policy)
        self._exchanges = exchanges
        self._plan = bundled_plan if plan is None else plan
        self._policy = policy
        self._memory = Memory()
        self._lock = Lock()
        if store is not None:
            from pstnkit.inventory.shared_keeper import SharedKeeper

            self._keeping = SharedKeeper(store, self._numbers, policy, self._stock)
            self._numbers = NumberSet()

    @classmethod
    def from_text(
        cls,
        text: str | bytes | Path | BinaryIO | Iterable[object],
        *,
        exchanges: Exchanges | None = None,
        plan: NumberingPlan | None = None,
        policy: InventoryPolicy | None = None,
        **reading: Any,
    ) -> Inventory:
        """The inventory of the valid numbers in a text, in bytes, in a file or in a list of cells, in any form
        that a person pastes; ``reading`` are further arguments of :func:`pstnkit.read_numbers` (``columns``,
        ``sheet``, ``encoding``, ``max_bytes``).

        Numbers of every kind count: whoever writes down an inventory says what is on offer. See
        :func:`pstnkit.read_numbers`, whose errors it raises. What is no number is left out: to know what that was,
        read the text first and make the inventory of ``report.numbers``.

        >>> len(Inventory.from_text("415-200-0100 - 0149"))
        50
        """
        from pstnkit.numbering.paste import PastePolicy, read_numbers

        report = read_numbers(text, plan=plan, policy=PastePolicy.everything(), **reading)
        return cls(report.numbers, exchanges=exchanges, plan=plan, policy=policy)

    # --- searching ------------------------------------------------------------------------------------------

    def search(
        self, query: SearchQuery, *, owner: str | None = None, now: datetime | None = None
    ) -> SearchResult:
        """What there is for ``query``, of the numbers that are free at this moment.

        Numbers held for ``owner`` count as free to it, and to nobody else. Holds that have ended by ``now``
        are free again; without ``now``, every hold counts that no former call has found to be over.

        Raises :class:`InvalidQuery` for a query that cannot be meant: area code 212 in California, a block
        size that is not sold, a rate center that two states have.
        """
        if now is not None:
            self.lapse(now)
        return SearchResult(Search(self._stock(owner), query))

    def instead_of(
        self,
        wanted: TelephoneNumber | Iterable[TelephoneNumber | NumberRange],
        gone: TelephoneNumber | Iterable[TelephoneNumber | NumberRange],
    ) -> tuple[Alternative, ...]:
        """What would do instead of ``wanted`` numbers some of which are ``gone``: of what is free, best first (N4).

        >>> inventory = Inventory([NumberRange("4155550100", "4155550109"), NumberRange("4155550120", "4155550139")])
        >>> wanted = NumberRange("4155550105", "4155550114")
        >>> [str(a) for a in inventory.instead_of(wanted, NumberRange("4155550110", "4155550114"))[0].ranges]
        ['+14155550100..+14155550109']
        """
        from pstnkit.inventory.substitutes import alternatives_to_gone

        return alternatives_to_gone(
            tuple(_set_of(wanted).ranges()), tuple(_set_of(gone).ranges()), self._stock()
        )

    def _stock(self, owner: str | None = None) -> Stock:
        free = self._free
        own = () if owner is None else self._keeper.keeping(owner)
        if own:
            free = free.copy()
            for stretch in (stretch for hold in own for stretch in hold.numbers):
                free.add(stretch)
        return Stock(free, self._plan, self._exchanges, self._policy, self._memory)

    # --- what is in it --------------------------------------------------------------------------------------

    @property
    def free(self) -> NumberSet:
        """What nobody holds, as a set of its own."""
        return self._free.copy()

    @property
    def held(self) -> NumberSet:
        """What is held, as a set of its own."""
        return NumberSet(stretch for hold in self._keeper.keeping() for stretch in hold.numbers)

    def summary(self) -> InventorySummary:
        """What is free in all, by area code and by rate center: numbers, runs and blocks."""
        from pstnkit.inventory.summary import summary_of

        stock = self._stock()
        return summary_of(stock.free, stock.policy.block_sizes, self._exchanges)

    def map(
        self, exchange: Exchange | str | int, marked: Iterable[NumberRange | TelephoneNumber] = ()
    ) -> ExchangeMap:
        """An exchange as a picture: what is free, held and taken in it, and those of the ``marked`` numbers and
        ranges (the options of a search, say) that lie in it."""
        from pstnkit.inventory.exchange_map import ExchangeMap

        place = exchange if isinstance(exchange, Exchange) else Exchange(exchange)
        return ExchangeMap(place, self.free._bitmap(int(place)), self.held._bitmap(int(place)), marked)

    def area_map(self, limit: int | None = 12) -> AreaMap:
        """The exchanges of the ``limit`` area codes with the most numbers as a picture: how much is free in each."""
        from pstnkit.inventory.area_map import AreaMap

        return AreaMap(self._free, limit)

    def _repr_html_(self) -> str:
        """The summary, for notebooks; of so much that it would take seconds, the map of its area codes."""
        if self._free._bitmaps.exchanges() > _SUMMED_UP_AT_ONCE:
            return self.area_map().to_svg()
        return self.summary().to_html()

    def _repr_svg_(self) -> str:
        """The map of its area codes, for what shows no HTML."""
        return self.area_map().to_svg()

    def __len__(self) -> int:
        numbers = self._numbers
        return len(numbers) if self._keeping is None else self._keeping.count()

    def __contains__(self, number: object) -> bool:
        return number in self._free

    def __repr__(self) -> str:
        from pstnkit.catalog import counted

        return f"<Inventory: {counted(len(self), 'number')} free>"

    def add(self, numbers: Iterable[TelephoneNumber | NumberRange]) -> None:
        """Put numbers on offer. Those that are held stay held; those that were sold stay sold until given
        back."""
        from pstnkit.inventory.ledger import Add

        self._keeper.do(Add(_set_of(numbers)))

    def remove(self, numbers: Iterable[TelephoneNumber | NumberRange]) -> None:
        """Take numbers off offer, all of them or none. Those that are not in the inventory are no matter.

        Raises :class:`NumbersUnavailable` if some of them are held.
        """
        from pstnkit.inventory.ledger import Remove

        self._keeper.do(Remove(_set_of(numbers)))

    def merge(self, other: Inventory) -> None:
        """Put on offer what is free in another inventory. What is held or sold in either one is not free here
        afterwards; holds are not taken over."""
        if not isinstance(other, Inventory):
            raise TypeError(f"an inventory is merged with another one, not with a {type(other).__name__}")
        taken = NumberSet() if other._keeping is None else other._keeping.taken()
        if taken:
            self.remove(taken - self.held)
        self.add(other.free)

    def to_bytes(self) -> bytes:
        """The inventory with its holds as compact, versioned, checksummed bytes. To keep what is free exchange by
        exchange, see :meth:`NumberSet.to_parts`."""
        from pstnkit.inventory.saved_inventory import pack

        numbers = self._numbers
        return pack(numbers, "") if self._keeping is None else pack(*self._keeping.saved())

    @classmethod
    def from_bytes(
        cls,
        data: bytes | bytearray | memoryview,
        *,
        exchanges: Exchanges | None = None,
        plan: NumberingPlan | None = None,
        policy: InventoryPolicy | None = None,
    ) -> Inventory:
        """The inventory that :meth:`to_bytes` wrote, or one of the numbers that :meth:`NumberSet.to_bytes` wrote.

        Raises :class:`CorruptData` for other or damaged bytes, never a wrong inventory; :class:`TypeError` for
        what are no bytes.

        >>> inventory = Inventory([NumberRange("4155550100", "4155550149")])
        >>> Inventory.from_bytes(inventory.to_bytes())
        <Inventory: 50 numbers free>
        """
        from pstnkit.inventory.saved_inventory import unpack

        numbers, holds = unpack(data)
        inventory = cls(() if holds else numbers, exchanges=exchanges, plan=plan, policy=policy)
        if holds:
            inventory._keeper.load(numbers, holds)
        return inventory

    def copy(self) -> Inventory:
        """An inventory in this process alone that begins with what this one has, holds included, and goes its own
        way: a millisecond for ten thousand holds."""
        twin = Inventory(exchanges=self._exchanges, plan=self._plan, policy=self._policy)
        if self._keeping is None:
            twin._numbers = self._numbers
        else:
            twin._keeping = self._keeping.copy(twin._stock)
        return twin

    __copy__ = copy

    def __deepcopy__(self, memo: object) -> Inventory:
        return self.copy()

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            "an inventory is saved by to_bytes() and read by from_bytes(), or shared through a store"
        )

    def compact(self) -> None:
        """Write all that the inventory knows to its store as one entry, and drop those before it, so that opening the
        store takes no longer and longer. Others may go on meanwhile. Without a store, there is nothing to do."""
        if self._keeping is not None:
            self._keeping.compact()

    # --- holding --------------------------------------------------------------------------------------------

    def hold(
        self,
        numbers: TelephoneNumber | Iterable[TelephoneNumber | NumberRange],
        *,
        owner: str,
        now: datetime,
        ttl: timedelta = _FIFTEEN_MINUTES,
        id: str | None = None,
    ) -> Hold:
        """Keep numbers for ``owner`` for ``ttl`` from ``now``: all of them, or none.

        ``numbers`` is a number, a range or several of both. ``id`` makes the request safe to repeat: the
        second time it gives the same hold; without it, the ledger makes one up.

        Raises :class:`NumbersUnavailable`, with the numbers that are gone and alternatives to them;
        :class:`HoldConflict` if the id is that of a hold of something else; :class:`HoldEnded` if that hold
        is over.
        """
        return (self._keeping or self._keeper).hold(numbers, owner, now, ttl, id)

    def extend(self, hold: Hold | str, *, now: datetime, ttl: timedelta = _FIFTEEN_MINUTES) -> Hold:
        """Let a hold end ``ttl`` from ``now``: never earlier than it would, never later than
        ``extendable_until``.

        Raises :class:`HoldEnded` if it is over, :class:`UnknownHold`.
        """
        return self._keeper.extend(hold, now, ttl)

    def release(self, hold: Hold | str, *, now: datetime) -> Hold:
        """Let a hold go: its numbers are free. Of one that is over already, nothing changes.

        Raises :class:`HoldEnded` if its numbers are sold, :class:`UnknownHold`.
        """
        return (self._keeping or self._keeper).release(hold, now)

    def purchase(self, hold: Hold | str, *, now: datetime) -> Hold:
        """Sell what is held: it is out of the inventory until it is given back.

        Raises :class:`HoldEnded` if the hold is over (its numbers may be another's by now),
        :class:`UnknownHold`.
        """
        return self._keeper.purchase(hold, now)

    def give_back(
        self,
        hold: Hold | str,
        numbers: TelephoneNumber | Iterable[TelephoneNumber | NumberRange] | None = None,
        *,
        now: datetime,
    ) -> Hold:
        """Put what was purchased under a hold back on offer: ``numbers``, or all of it. What is back stays
        back.

        Raises :class:`NotPurchased` for numbers that were not bought under it, :class:`UnknownHold`.
        """
        return self._keeper.give_back(hold, numbers, now)

    def lapse(self, now: datetime) -> tuple[Hold, ...]:
        """Let the holds end whose time is over by ``now``, and say which these are."""
        from pstnkit.inventory.ledger import Lapse

        return self._keeper.do(Lapse(), now).lapsed

    def holder(self, number: TelephoneNumber, *, now: datetime | None = None) -> Hold | None:
        """The hold that keeps a number, or under which it was purchased; None for any other number, which need not be
        free: :meth:`standing` tells."""
        if now is not None:
            self.lapse(now)
        return self._keeper.holder(_digits(number))

    def standing(self, number: TelephoneNumber, *, now: datetime | None = None) -> Standing:
        """How a number stands: free, held, sold, or not on offer at all.

        Holds that have ended by ``now`` are free again. Without ``now`` it is not known which have, and a number is
        held until a call with a later moment has found its hold to be over.

        >>> inventory = Inventory([NumberRange("4155550100", "4155550109")])
        >>> str(inventory.standing(TelephoneNumber("4155550100")))
        'free'
        >>> str(inventory.standing(TelephoneNumber("4155550110")))
        'not_offered'
        """
        if now is not None:
            self.lapse(now)
        return self._keeper.standing(_digits(number))

    def holds(self, owner: str | None = None) -> tuple[Hold, ...]:
        """The holds that keep numbers, of one owner or of all, the first to end first."""
        return tuple(sorted(self._keeper.keeping(owner), key=lambda hold: (hold.expires_at, hold.id)))

    @property
    def _keeper(self) -> Keeper:
        """The keeper of the ledger, from when it is first needed: most searches never do."""
        keeper = self._keeping
        if keeper is None:
            from pstnkit.inventory.keeper import Keeper

            with self._lock:
                keeper = self._keeping = self._keeping or Keeper(self._numbers, self._policy, self._stock)
                self._numbers = NumberSet()
        return keeper

    @property
    def _free(self) -> NumberSet:
        """What nobody has taken, not to be changed."""
        numbers = self._numbers  # looked at first: when there is a keeper, it has them
        return numbers if self._keeping is None else self._keeping.free()


def _set_of(numbers: Any) -> NumberSet:
    """A number, a range or several of both as a set."""
    return NumberSet([numbers] if isinstance(numbers, TelephoneNumber | NumberRange) else numbers)


def _digits(number: object) -> int:
    if not isinstance(number, TelephoneNumber):
        raise TypeError(f"a number is a TelephoneNumber, not {type(number).__name__}")
    return number._digits


def _check(exchanges: object, plan: object, policy: object) -> None:
    """Refuse what is none of these now, and not when something first looks into it."""
    from pstnkit.inventory.exchanges import Exchanges
    from pstnkit.inventory.policy import InventoryPolicy
    from pstnkit.numbering.plan import NumberingPlan

    given: tuple[tuple[str, object, type], ...] = (
        ("exchanges", exchanges, Exchanges),
        ("plan", plan, NumberingPlan),
        ("policy", policy, InventoryPolicy),
    )
    for name, value, kind in given:
        if value is not None and not isinstance(value, kind):
            raise TypeError(f"{name} is {_a(kind.__name__)}, not {type(value).__name__}")


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'AEIOU' else 'a'} {noun}"
