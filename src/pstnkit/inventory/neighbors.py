"""Which other exchange to turn to: the same rate center first, then the nearest, then the best fit in the
area code."""

from __future__ import annotations

from collections.abc import Iterator
from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING, Any, NamedTuple

from pstnkit.inventory.alternatives import Nearness
from pstnkit.inventory.memory import longest_run
from pstnkit.inventory.query import InvalidQuery
from pstnkit.inventory.search import Search
from pstnkit.numbering.bits import FULL, blocks, span

if TYPE_CHECKING:
    from pstnkit.inventory.exchange_facts import ExchangeFacts
    from pstnkit.inventory.exchanges import Exchanges

_EARTH_KM = 6371.0
_ACROSS_KM = 100.0
"""How near an exchange of another state, in another area code, must be to be offered at all."""
_BLOCK = 1000
_RANKS = {nearness: rank for rank, nearness in enumerate(Nearness)}


class Neighbor(NamedTuple):
    """An exchange that has what is wanted, and how it lies to the ones asked for."""

    code: int
    nearness: Nearness
    rate_center: str | None = None
    kilometers: float | None = None
    places: tuple[tuple[str, str | None], ...] = ()
    """What a query must name beside the exchange to stay in the rate center: nothing, unless only some of its
    thousands-blocks lie there."""


def neighbors(search: Search) -> Iterator[Neighbor]:
    """The exchanges that have what a search wants and were not asked for, best first.

    Only for a search that names an exchange, or a place that is made of exchanges. Where neither a rate center nor a
    distance tells two apart, the one that fits more closely comes first: it breaks the fewest long runs.
    """
    asked, npas = _asked(search)
    if not npas:
        return
    exchanges = search.stock.exchanges
    places = [] if exchanges is None else [*_places(search, asked, exchanges)]
    found: dict[int, tuple[tuple[float, ...], Neighbor]] = {}
    for code, bitmap in _around(search, npas, places):
        if code in asked or (fit := _fit(search, code, bitmap)) is None:
            continue
        neighbor = None
        if exchanges is not None:
            if (same := _in_rate_center(search, code, bitmap, places, exchanges)) is not None:
                fit, neighbor = same
            else:
                neighbor = _near(code, npas, places, exchanges)
        if neighbor is None and code // 1000 in npas:
            neighbor = Neighbor(code, Nearness.SAME_AREA_CODE)
        if neighbor is not None:
            rank = (_RANKS[neighbor.nearness], neighbor.kilometers or 0.0, fit, code)
            found[code] = rank, neighbor
    for _, neighbor in sorted(found.values(), key=lambda each: each[0]):
        yield neighbor


def _asked(search: Search) -> tuple[frozenset[int], frozenset[int]]:
    """The exchanges asked for, as six digits, and their area codes; none if a search asks for more or less."""
    query, scope = search.query, search.scope
    if query.npa is not None and query.nxx is not None:
        asked = frozenset({int(query.npa + query.nxx)})
    elif scope.approximate is not None:
        # Which exchanges a city has is known one by one only; those without free numbers are no matter.
        return frozenset(code for code, _ in scope.items(search.stock.free)), frozenset(scope.npas or ())
    else:
        asked = frozenset(scope.codes or ())
    return asked, frozenset(code // 1000 for code in asked)


def _places(search: Search, asked: frozenset[int], exchanges: Exchanges) -> Iterator[ExchangeFacts]:
    """What a table says of the exchanges asked for, as far as they are."""
    within = search.scope.within
    for code in asked:
        lines = FULL if within is None else within._bitmap(code)
        yield from (facts for facts in _told(exchanges, code) if lines & _lines(facts))


def _lines(facts: ExchangeFacts) -> int:
    """The lines of an exchange that something is said of, as a bitmap."""
    first = _BLOCK * (facts.block or 0)
    return FULL if facts.block is None else span(first, first + _BLOCK - 1)


def _told(exchanges: Exchanges, code: int) -> tuple[ExchangeFacts, ...]:
    """What a table says of an exchange, block by block where it does."""
    facts = exchanges.get(code)
    return exchanges.blocks(code) or (() if facts is None else (facts,))


def _around(search: Search, npas: frozenset[int], places: list[ExchangeFacts]) -> Iterator[tuple[int, int]]:
    """The fields among which neighbors are looked for, as far as the rest of the query admits them: everywhere where
    distances are known, else in the area codes asked for, and in the states in which their rate centers lie."""
    wide: dict[str, Any] = {"npa": None, "nxx": None, "city": None, "rate_center": None, "after": None}
    if any(place.coordinates is not None for place in places):
        yield from _fields(search, wide)
        return
    for npa in sorted(npas):
        yield from _fields(search, {**wide, "npa": str(npa)})
    for state in sorted({facts.state for facts in places if facts.state is not None}):
        if search.query.state in {None, state}:
            yield from _fields(search, {**wide, "state": state})


def _fields(search: Search, changes: dict[str, Any]) -> Iterator[tuple[int, int]]:
    try:
        yield from Search(search.stock, search.query.replace(**changes)).fields()
    except InvalidQuery:
        return


def _fit(search: Search, code: int, bitmap: int) -> int | None:
    """How much more than wanted an exchange has, or None if it has too little."""
    wanted = search.query.quantity
    if not search.query.in_runs:
        has = bitmap.bit_count()
        return has - wanted if has >= wanted else None
    if not search.reaches(code, bitmap, wanted) or not _block_if_asked(search, bitmap):
        return None
    return search.longest(code, bitmap) - wanted


def _fit_of_part(search: Search, bitmap: int) -> int | None:
    """The same of a part of an exchange, of which nothing is remembered."""
    has = longest_run(bitmap) if search.query.in_runs else bitmap.bit_count()
    if has < search.query.quantity or not _block_if_asked(search, bitmap):
        return None
    return has - search.query.quantity


def _block_if_asked(search: Search, bitmap: int) -> bool:
    return not search.query.block or bool(blocks(bitmap, search.query.quantity))


def _in_rate_center(
    search: Search, code: int, bitmap: int, places: list[ExchangeFacts], exchanges: Exchanges
) -> tuple[int, Neighbor] | None:
    """The exchange as a neighbor in the rate center of one of the places, and how it fits; None if it is none."""
    same = [
        facts for facts in _told(exchanges, code) if any(facts.same_rate_center(place) for place in places)
    ]
    if not same:
        return None
    there = 0
    for facts in same:
        if facts.same_rate_center(same[0]):
            there |= _lines(facts)
    fit = _fit(search, code, bitmap) if there == FULL else _fit_of_part(search, bitmap & there)
    if fit is None:
        return None
    named, state = same[0].rate_center, same[0].state
    within = () if there == FULL else (("rate_center", named), ("state", state))
    return fit, Neighbor(code, Nearness.SAME_RATE_CENTER, named, None, within)


def _near(
    code: int, npas: frozenset[int], places: list[ExchangeFacts], exchanges: Exchanges
) -> Neighbor | None:
    """The exchange as a neighbor at a distance from the nearest of the places; None if that is not known, or far."""
    facts = exchanges.get(code)
    if facts is None:
        return None
    nearest = min((d for place in places if (d := _distance(facts, place)) is not None), default=None)
    if nearest is None:
        return None
    inside = code // 1000 in npas or any(facts.state == place.state for place in places if place.state)
    if not inside and nearest > _ACROSS_KM:
        return None
    return Neighbor(code, Nearness.NEAREST, facts.rate_center, nearest)


def _distance(one: ExchangeFacts, other: ExchangeFacts) -> float | None:
    """Kilometers along a great circle, where both have coordinates."""
    if one.coordinates is None or other.coordinates is None:
        return None
    (lat1, lon1), (lat2, lon2) = (map(radians, at) for at in (one.coordinates, other.coordinates))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(min(1.0, half)))
