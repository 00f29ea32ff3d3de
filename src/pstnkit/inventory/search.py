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

from pstnkit.inventory.cursor import Place, cursor, place_of
from pstnkit.inventory.patterns import Filter
from pstnkit.inventory.query import InvalidQuery, SearchQuery
from pstnkit.inventory.scope import scope_of, unsettled
from pstnkit.inventory.windows import LongestRuns, longest_run
from pstnkit.numbering import bits
from pstnkit.numbering.ranges import NumberRange

if TYPE_CHECKING:
    from pstnkit.inventory.exchanges import Exchanges
    from pstnkit.inventory.line_plans import LinePlan, LinePlans
    from pstnkit.inventory.policy import InventoryPolicy
    from pstnkit.numbering.numberset import NumberSet
    from pstnkit.numbering.plan import NumberingPlan

_LINES = bits.LINES


class Stock:
    """What is free at one moment, with what is needed to search it. Its ``free`` set is never changed."""

    __slots__ = ("_policy", "exchanges", "free", "memory", "plan")

    def __init__(
        self,
        free: NumberSet,
        plan: NumberingPlan,
        exchanges: Exchanges | None,
        policy: InventoryPolicy | None,
        memory: LongestRuns,
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


class Search:
    """One query over one stock. Raises :class:`InvalidQuery` for what only a plan, table or policy can
    judge."""

    def __init__(self, stock: Stock, query: SearchQuery) -> None:
        if not isinstance(query, SearchQuery):
            raise TypeError(f"a search is asked with a SearchQuery, not {type(query).__name__}")
        self.stock = stock
        self.query = query
        if query.block and query.quantity not in stock.policy.block_sizes:
            sizes = ", ".join(map(str, stock.policy.block_sizes))
            raise InvalidQuery("quantity", f"blocks come in sizes of {sizes}, not {query.quantity}")
        self._place = place_of(query)
        self.scope = scope_of(query, stock.plan, stock.exchanges)
        self.filter = Filter(unsettled(query._fixed), query.contains, query.line_numbers)
        self._unfiltered = self.filter.everything and query._excluded is None

    @cached_property
    def page(self) -> tuple[tuple[NumberRange, ...], str | None]:
        """The options listed, at most ``limit``, and the cursor of those behind them, if there are any."""
        limit = self.query.limit
        if self.by_line_plan:
            return self._line_plan_page()
        options = list(islice(self._options(self._place), limit + 1))
        if len(options) <= limit:
            return tuple(options), None
        del options[limit:]
        return tuple(options), cursor(self.query, options[-1]._last)

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
        return bool(options) or (self._place is not None and next(self._options(None), None) is not None)

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
        """Each exchange in scope from ``start`` on, lowest first, with the lines that pass all filters."""
        free, excluded = self.stock.free, self.query._excluded
        for code, bitmap in self.scope.items(free, start):
            if not self.filter.everything:
                bitmap &= self.filter.mask(code)
            if excluded is not None:
                bitmap &= ~excluded._bitmap(code)
            if bitmap:
                yield code, bitmap

    def longest(self, code: int, bitmap: int) -> int:
        """The longest run of a field of this search; remembered by the stock where no filter has touched
        it."""
        return self.stock.memory.of(code, bitmap) if self._unfiltered else longest_run(bitmap)

    def _options(self, place: Place | None) -> Iterator[NumberRange]:
        """All options behind a place, lowest first."""
        last = -1 if place is None else place.last
        for code, bitmap in self.fields(max(0, last) // _LINES):
            yield from self._options_of(code, bitmap, last)

    def _options_of(self, code: int, bitmap: int, last: int) -> Iterator[NumberRange]:
        """The options of one exchange that lie behind the number ``last``, lowest first."""
        first = code * _LINES
        if first <= last:
            bitmap &= ~bits.span(0, last - first)
        for line, length in self._windows(code, bitmap):
            yield NumberRange._of(first + line, first + line + length - 1)

    def _windows(self, code: int, bitmap: int) -> Iterator[tuple[int, int]]:
        """First line and length of each option in one exchange."""
        wanted = self.query.quantity
        if not self.query.in_runs:
            for line in bits.lines(bitmap):
                yield line, 1
        elif self.longest(code, bitmap) < wanted:
            return
        elif self.query.block:
            for line in bits.lines(bits.blocks(bitmap, wanted)):
                yield line, wanted
        else:
            for first, last in bits.runs(bitmap, wanted):
                for line in range(first, last - wanted + 2, wanted):
                    yield line, wanted

    def _line_plan_page(self) -> tuple[tuple[NumberRange, ...], str | None]:
        """Exchange by exchange, those with most of the plan first. An exchange that has been begun is gone on
        with, and one that was listed does not come again, whatever has been sold of it since."""
        options: list[NumberRange] = []
        last, listed = self._place or (-1, frozenset[int]())
        begun = last // _LINES
        fields = [field for field in self._line_plans.fields() if field[0] not in listed]
        fields.sort(key=lambda field: field[0] != begun)
        done = {*listed, begun} if self._place else set(listed)
        for code, bitmap in fields:
            for option in self._options_of(code, bitmap, last if code == begun else -1):
                if len(options) == self.query.limit:
                    last = options[-1]._last
                    return tuple(options), cursor(self.query, last, done - {last // _LINES})
                options.append(option)
            done.add(code)
        return tuple(options), None
