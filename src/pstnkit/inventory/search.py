"""The search itself: filters first, then runs (SPEC N1 to N3).

A :class:`Stock` is what an inventory has on offer at one moment; it never changes, so that an answer stays
what it was while numbers are taken and come back. A :class:`Search` is one query over one stock. It looks at
the exchanges of its scope lowest first and stops as soon as it has listed enough; everything that needs a
look at all of them is computed when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from pstnkit.inventory.cursor import place_of
from pstnkit.inventory.memory import Memory, longest_run
from pstnkit.inventory.page import Place
from pstnkit.inventory.patterns import Filter, filter_of
from pstnkit.inventory.query import InvalidQuery, SearchQuery
from pstnkit.inventory.scope import Scope, scope_of, unsettled
from pstnkit.numbering import bits
from pstnkit.numbering.ranges import NumberRange

if TYPE_CHECKING:
    from pstnkit.inventory.exchanges import Exchanges
    from pstnkit.inventory.line_plans import LinePlan, LinePlans
    from pstnkit.inventory.page import Page
    from pstnkit.inventory.policy import InventoryPolicy
    from pstnkit.numbering.numberset import NumberSet
    from pstnkit.numbering.plan import NumberingPlan

_LINES = bits.LINES
_EVERYTHING = Filter()


class Stock:
    """What is free at one moment, with what is needed to search it. Its ``free`` set is never changed."""

    __slots__ = ("_policy", "exchanges", "free", "memory", "plan")

    def __init__(
        self,
        free: NumberSet,
        plan: NumberingPlan,
        exchanges: Exchanges | None,
        policy: InventoryPolicy | None,
        memory: Memory,
    ) -> None:
        self.free = free
        self.plan = plan
        self.exchanges = exchanges
        self.memory = memory
        self._policy = policy

    @property
    def policy(self) -> InventoryPolicy:
        """What the seller decides. The default is loaded when it is asked for: most searches never do."""
        if self._policy is None:
            from pstnkit.inventory.policy import DEFAULT_POLICY

            return DEFAULT_POLICY
        return self._policy

    @property
    def by_best_fit(self) -> bool:
        """True if the seller wants those options first that break the fewest larger runs."""
        return self._policy is not None and self._policy.order == "best_fit"


class Search:
    """One query over one stock. Raises :class:`InvalidQuery` for what only a plan, table or policy can
    judge.

    ``like`` is a search of the same stock that has the same filters: what it has found out need not be found out again.
    """

    def __init__(self, stock: Stock, query: SearchQuery, like: Search | None = None) -> None:
        if not isinstance(query, SearchQuery):
            raise TypeError(f"a search is asked with a SearchQuery, not {type(query).__name__}")
        self.stock = stock
        self.query = query
        if query.block and query.quantity not in stock.policy.block_sizes:
            sizes = ", ".join(map(str, stock.policy.block_sizes))
            raise InvalidQuery("quantity", f"blocks come in sizes of {sizes}, not {query.quantity}")
        self._place = None if query.after is None else place_of(query, query.after)
        self._last = -1 if self._place is None else self._place.last
        self._lengths: dict[int, int] = {} if like is None else like._lengths
        if like is not None:
            self.scope, self.filter, self.available = like.scope, like.filter, like.available
        elif query._bare is None:
            self.scope  # noqa: B018 - a place that is unknown is an error of the search, not of its first reader

    @cached_property
    def scope(self) -> Scope:
        """Where the query may look."""
        return scope_of(self.query, self.stock.plan, self.stock.exchanges)

    @cached_property
    def filter(self) -> Filter:
        """Which lines of an exchange pass."""
        query = self.query
        if query._bare is not None:
            return _EVERYTHING
        return filter_of(unsettled(query._fixed), query.contains, query.line_numbers)

    @cached_property
    def page(self) -> Page:
        """The options listed, at most ``limit``, and the place behind which there are more, if there are any."""
        bare = self.query._bare
        area = None if bare is None else self.stock.free._area(bare[0])
        if area is None:
            return self._listed()
        page = self.stock.memory.page(bare, area)
        if page is None:
            page = self._listed()
            self.stock.memory.keep(bare, area, page)
        return page

    def _listed(self) -> Page:
        if self.by_line_plan:
            return self._line_plan_page()
        if self.stock.by_best_fit:
            from pstnkit.inventory.best_fit import best_fit_page

            stock = self.stock
            return best_fit_page(self.query, self.fields(), stock.free, stock.policy.block_sizes, self._place)
        limit, last, memory, form = self.query.limit, self._last, self.stock.memory, self._form
        options: list[NumberRange] = []
        for code, bitmap in self.fields(max(0, last) // _LINES):
            wanted, found = limit + 1 - len(options), self._options(code, bitmap, last)
            if form is not None and code * _LINES > last:
                options += memory.first(code, form, bitmap, wanted, found)
            else:
                options += islice(found, wanted)
            if len(options) > limit:
                del options[limit:]
                return tuple(options), Place(options[-1]._last)
        return tuple(options), None

    @property
    def _form(self) -> int | None:
        """In what form numbers are wanted, where no filter tells more than an exchange and its free lines do."""
        if not self._unfiltered:
            return None
        query = self.query
        return (-query.quantity if query.block else query.quantity) if query.in_runs else 0

    @cached_property
    def available(self) -> int:
        """How many numbers in scope pass all filters."""
        return sum(bitmap.bit_count() for _, bitmap in self.fields())

    @cached_property
    def satisfied(self) -> bool:
        """True if there is a run or a block as asked for; for single numbers, if there are as many as asked
        for."""
        if not self.query.in_runs:
            return self.available >= self.query.quantity
        options, _ = self.page
        # A page behind the last option is empty, and yet there were some before it.
        return bool(options) or (
            self._place is not None and any(any(self._options(*f)) for f in self.fields())
        )

    @cached_property
    def longest_run(self) -> int:
        """The length of the longest run of numbers in scope that pass all filters."""
        return max((self.longest(code, bitmap) for code, bitmap in self.fields()), default=0)

    @cached_property
    def line_plans(self) -> Sequence[LinePlan]:
        """What each exchange has of the line numbers wanted, most matches first; empty for any other
        query."""
        return self._line_plans if self.by_line_plan else ()

    @cached_property
    def _line_plans(self) -> LinePlans:
        from pstnkit.inventory.line_plans import LinePlans

        return LinePlans(self.query.line_numbers or (), self.fields())

    @property
    def by_line_plan(self) -> bool:
        """True if the options are listed by how much of an extension plan their exchange has."""
        return self.query.line_numbers is not None and not self.query.in_runs

    def fields(self, start: int = 0) -> Iterator[tuple[int, int]]:
        """Each exchange in scope from ``start`` on, lowest first, with the lines that pass all filters; none without
        any."""
        items = self.scope.items(self.stock.free, start)
        return items if self._unfiltered else self._passing(items)

    def field(self, code: int) -> int:
        """The lines of one exchange that pass all filters, 0 if it is not in scope."""
        bitmap = self.scope.lines(self.stock.free, code)
        if self._unfiltered or not bitmap:
            return bitmap
        return next((passing for _, passing in self._passing(iter([(code, bitmap)]))), 0)

    def _passing(self, items: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        mask, excluded = self.filter.mask, self.query._excluded
        for code, bitmap in items:
            bitmap &= mask(code)
            if excluded is not None:
                bitmap &= ~excluded._bitmap(code)
            if bitmap:
                yield code, bitmap

    @property
    def _unfiltered(self) -> bool:
        return self.filter.everything and self.query._excluded is None

    def longest(self, code: int, bitmap: int) -> int:
        """The longest run of a field of this search: remembered by the stock where no filter has touched
        it, else for as long as the search lasts."""
        if self._unfiltered:
            return self.stock.memory.longest(code, bitmap)
        length = self._lengths.get(code)
        if length is None:
            length = self._lengths[code] = longest_run(bitmap)
        return length

    def reaches(self, code: int, bitmap: int, length: int) -> bool:
        """Whether a field of this search has a run of ``length`` numbers."""
        if self._unfiltered:
            return self.stock.memory.reaches(code, bitmap, length)
        known = self._lengths.get(code)
        return bool(bits.starts(bitmap, length)) if known is None else known >= length

    def _options(self, code: int, bitmap: int, last: int = -1) -> Iterator[NumberRange]:
        """The options of one exchange that lie behind the number ``last``, lowest first."""
        base, wanted, make = code * _LINES, self.query.quantity, NumberRange._of
        if base <= last:
            bitmap &= ~bits.span(0, last - base)
        if self.query.in_runs and base > last and not self.reaches(code, bitmap, wanted):
            return
        more = wanted - 1 if self.query.in_runs else 0
        for piece in bits.pieces(bitmap):
            if not self.query.in_runs:
                lines = bits.lines(piece)
            elif self.query.block:
                lines = bits.lines(bits.blocks(piece, wanted))
            else:
                lines = bits.apart(bits.starts(piece, wanted), wanted)
            for line in lines:
                yield make(base + line, base + line + more)

    def _line_plan_page(self) -> Page:
        """Exchange by exchange, those with most of the plan first. An exchange that has been begun is gone on
        with, and one that was listed does not come again, whatever has been sold of it since."""
        options: list[NumberRange] = []
        last, listed = self._place or (-1, frozenset[int]())
        begun = last // _LINES
        fields = [field for field in self._line_plans.fields() if field[0] not in listed]
        fields.sort(key=lambda field: field[0] != begun)
        done = {*listed, begun} if self._place else set(listed)
        for code, bitmap in fields:
            for option in self._options(code, bitmap, last if code == begun else -1):
                if len(options) == self.query.limit:
                    last = options[-1]._last
                    return tuple(options), Place(last, frozenset(done - {last // _LINES}))
                options.append(option)
            done.add(code)
        return tuple(options), None
