"""How alternatives are found: each gives up one thing that the query asked for, and keeps the rest.

Whatever is offered was looked up in the same stock with the same search, so that it is there, passes every
filter that was kept, and comes first when its query is run again. What does not help is not offered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from heapq import heapify, heappop, heappush
from typing import Any

from pstnkit.inventory.alternatives import (
    AdvancedOrderFigures,
    Alternative,
    AlternativeKind,
    ExchangeFigures,
    Figures,
    Nearness,
    NonConsecutiveFigures,
    OverlayFigures,
    Shape,
    SmallerRunFigures,
    SplitRunsFigures,
    StateFigures,
)
from pstnkit.inventory.neighbors import Neighbor, neighbors
from pstnkit.inventory.patterns import ANY
from pstnkit.inventory.query import InvalidQuery, SearchQuery
from pstnkit.inventory.search import Search, Stock
from pstnkit.numbering.bits import LINES, runs
from pstnkit.numbering.ranges import NumberRange
from pstnkit.numbering.telephone import Exchange

_EXCHANGES_OFFERED = 3
_FORMS = frozenset({"quantity", "consecutive", "block", "limit"})
"""The fields that say in what form numbers are wanted; all others say which."""
_MOST_LISTED = 10_000
"""More single numbers than this are not listed, only found; the query goes on from there."""


def alternatives_to(search: Search) -> tuple[Alternative, ...]:
    """What would do instead, for a search that is not satisfied: in the order of the kinds."""
    return tuple(alternative for find in _WAYS for alternative in find(search))


def alternatives_to_gone(
    wanted: tuple[NumberRange, ...], gone: tuple[NumberRange, ...], stock: Stock
) -> tuple[Alternative, ...]:
    """What would do instead of those of the ``wanted`` ranges that some ``gone`` numbers lie in.

    For runs, a run as long as the longest of them; for single numbers as many of the first one's exchange. What is
    wanted and still there is not offered instead.
    """
    hit = [part for part in wanted if any(part._first <= g._last and g._first <= part._last for g in gone)]
    if not hit:
        return ()
    longest = max(hit, key=len)
    number = longest.first
    in_a_row = len(longest) > 1
    query = SearchQuery(
        npa=number.npa,
        nxx=number.nxx,
        quantity=len(longest) if in_a_row else sum(part.exchange == longest.exchange for part in hit),
        consecutive=in_a_row,
        exclude=[part for part in wanted if part not in hit] if in_a_row else wanted,
    )
    search = Search(stock, query)
    if not search.satisfied:
        return alternatives_to(search)
    figures = ExchangeFigures(query.quantity, _shape(query), longest.exchange, Nearness.SAME_AREA_CODE)
    return _offer(search, AlternativeKind.SAME_EXCHANGE, lambda _: figures)


def _split_runs(search: Search) -> tuple[Alternative, ...]:
    query = search.query
    # Pieces of one number are no runs, and a piece that suffices is no split.
    if not (query.in_runs and 1 < search.longest_run < query.quantity <= search.available):
        return ()
    pieces: list[NumberRange] = []
    missing = query.quantity
    runs_left = _longest_first(search)
    while missing:
        run = next(runs_left)
        length = min(missing, len(run))
        pieces.append(NumberRange._of(run._first, run._first + length - 1))
        missing -= length
    sizes = tuple(map(len, pieces))
    figures = SplitRunsFigures(query.quantity, _shape(query), sizes)
    return (Alternative(AlternativeKind.SPLIT_RUNS, tuple(pieces), figures),)


def _longest_first(search: Search) -> Iterator[NumberRange]:
    """All maximal runs of a search, longest first, the lowest of equals; exchanges are opened in their
    turn."""
    # An entry is a length, negative so that the longest comes first, and a first number: of an exchange that
    # is still closed (with its bitmap), or of a run (with the runs of its exchange that come after it).
    heap: list[tuple[int, int, Iterator[tuple[int, int]] | int]] = [
        (-search.longest(code, bitmap), code * LINES, bitmap) for code, bitmap in search.fields()
    ]
    heapify(heap)
    while heap:
        length, first, rest = heappop(heap)
        if isinstance(rest, int):
            rest = iter(sorted((low - high - 1, first + low) for low, high in runs(rest)))
        else:
            yield NumberRange._of(first, first - length - 1)
        following = next(rest, None)
        if following is not None:
            heappush(heap, (*following, rest))


def _unaligned_run(search: Search) -> tuple[Alternative, ...]:
    if not search.query.block:
        return ()
    return _offer(
        search,
        AlternativeKind.UNALIGNED_RUN,
        lambda found: Figures(found.query.quantity, _shape(search.query)),
        block=False,
        consecutive=True,
    )


def _other_exchange(search: Search) -> tuple[Alternative, ...]:
    found: list[Alternative] = []
    for neighbor in neighbors(search):
        if len(found) == _EXCHANGES_OFFERED:
            break
        where = {"npa": str(neighbor.code // 1000), "nxx": str(neighbor.code % 1000)}
        places = {"city": None, "rate_center": None, **dict(neighbor.within)}
        figures = _exchange_figures(neighbor)
        found += _offer(search, AlternativeKind.OTHER_EXCHANGE, figures, **where, **places)
    return tuple(found)


def _exchange_figures(neighbor: Neighbor) -> Callable[[Search], Figures]:
    def figures(found: Search) -> Figures:
        return ExchangeFigures(
            found.query.quantity,
            _shape(found.query),
            Exchange._of(neighbor.code),
            neighbor.nearness,
            neighbor.rate_center,
            neighbor.kilometers,
        )

    return figures


def _overlay(search: Search) -> tuple[Alternative, ...]:
    npa = search.query.npa
    if npa is None:
        return ()
    serving = frozenset[str]().union(*search.stock.plan.area_code(npa).overlays) - {npa}
    found: list[Alternative] = []
    for other in sorted(serving):
        found += _offer(search, AlternativeKind.OVERLAY, _overlay_figures(other, npa), npa=other, nxx=None)
    return tuple(found)


def _overlay_figures(npa: str, instead_of: str) -> Callable[[Search], Figures]:
    return lambda found: OverlayFigures(found.query.quantity, _shape(found.query), npa, instead_of)


def _same_state(search: Search) -> tuple[Alternative, ...]:
    found: list[Alternative] = []
    for state in _states(search):
        wider = {"state": state, "country": None, "npa": None, "nxx": None, "city": None, "rate_center": None}
        found += _offer(search, AlternativeKind.SAME_STATE, _state_figures(state), **wider)
    return tuple(found)


def _state_figures(state: str) -> Callable[[Search], Figures]:
    def figures(found: Search) -> Figures:
        options, _ = found.page
        return StateFigures(found.query.quantity, _shape(found.query), state, options[0].first.npa)

    return figures


def _states(search: Search) -> tuple[str, ...]:
    """The states of a query that asks for less than a state."""
    query, scope = search.query, search.scope
    if query.npa is None and query.nxx is None and query.city is None and query.rate_center is None:
        return ()
    if query.state is not None:
        return (query.state,)
    if scope.codes is not None and search.stock.exchanges is not None:
        known = {search.stock.exchanges.state_of(code) for code in scope.codes}
        return tuple(sorted(state for state in known if state is not None))
    if scope.npas is None or (scope.approximate is None and ANY in query._fixed[:3]):
        return ()  # no one state, unless a dozen are meant
    serving = {s for npa in scope.npas for s in search.stock.plan.area_code(str(npa)).subdivisions}
    return tuple(sorted(serving))


def _non_consecutive(search: Search) -> tuple[Alternative, ...]:
    if not search.query.in_runs:
        return ()
    return _offer(
        search,
        AlternativeKind.NON_CONSECUTIVE,
        lambda found: NonConsecutiveFigures(found.query.quantity, _shape(search.query), found.available),
        block=False,
        consecutive=False,
    )


def _smaller_run(search: Search) -> tuple[Alternative, ...]:
    query = search.query
    if not query.in_runs:
        return ()
    longest = search.longest_run
    if not 1 < longest < query.quantity:
        return ()
    figures = SmallerRunFigures(query.quantity, _shape(query), longest)
    return _offer(
        search,
        AlternativeKind.SMALLER_RUN,
        lambda _: figures,
        quantity=longest,
        block=False,
        consecutive=True,
    )


def _advanced_order(search: Search) -> tuple[Alternative, ...]:
    query, plan = search.query, search.stock.plan
    npas = search.scope.npas
    if npas is not None and not any(_orderable(plan.area_code(str(npa))) for npa in npas):
        return ()
    figures = AdvancedOrderFigures(query.quantity, _shape(query), search.stock.policy.advanced_days)
    return (Alternative(AlternativeKind.ADVANCED_ORDER, (), figures),)


def _orderable(area_code: Any) -> bool:
    """True if a carrier can be asked for numbers of an area code: it has a place, and is open."""
    return bool(area_code.kind == "geographic" and area_code.status == "in_service")


def _offer(
    search: Search, kind: AlternativeKind, figures: Callable[[Search], Figures], **changes: Any
) -> tuple[Alternative, ...]:
    """The alternative that the query with some ``changes`` has, if that is a query and it is satisfied."""
    query = search.query
    quantity = changes.get("quantity", query.quantity)
    if not changes.get("consecutive", query.consecutive) and not changes.get("block", query.block):
        changes["limit"] = max(query.limit, min(quantity, _MOST_LISTED))
    like = search if changes.keys() <= _FORMS else None
    try:
        found = Search(search.stock, query.replace(after=None, **changes), like)
    except InvalidQuery:
        return ()  # what was kept contradicts what was given up: a pattern that names the area code, for one
    if not found.satisfied:
        return ()
    options, _ = found.page
    ranges = options[:1] if found.query.in_runs else options[:quantity]
    return (Alternative(kind, ranges, figures(found), found.query),)


def _shape(query: SearchQuery) -> Shape:
    if query.in_runs:
        return Shape.BLOCK if query.block else Shape.RUN
    return Shape.NUMBER if query.quantity == 1 else Shape.NUMBERS


_WAYS = (
    _split_runs,
    _unaligned_run,
    _other_exchange,
    _overlay,
    _same_state,
    _non_consecutive,
    _smaller_run,
    _advanced_order,
)
