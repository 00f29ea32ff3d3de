"""Which other exchange to turn to: the same rate center first, then the nearest, then the best fit in the
area code."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from math import asin, cos, radians, sin, sqrt
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from pstnkit.inventory.alternatives import Nearness
from pstnkit.inventory.memory import longest_run
from pstnkit.inventory.search import Search
from pstnkit.numbering.bits import FULL, blocks, span

if TYPE_CHECKING:
    from pstnkit.inventory.exchange_facts import ExchangeFacts
    from pstnkit.inventory.exchanges import Exchanges

_EARTH_KM = 6371.0
_ACROSS_KM = 100.0
"""How near an exchange of another state, in another area code, must be to be offered at all."""
_BLOCK = 1000


class Neighbor(NamedTuple):
    """An exchange that has what is wanted, and how it lies to the ones asked for."""

    code: int
    nearness: Nearness
    rate_center: str | None = None
    kilometers: float | None = None
    within: tuple[tuple[str, str | None], ...] = ()
    """What a query must name beside the exchange to stay in the rate center: nothing, unless only some of its
    thousands-blocks lie there."""


def neighbors(search: Search) -> Iterator[Neighbor]:
    """The exchanges that have what a search wants and were not asked for, best first.

    Only for a search that names an exchange, or a place that is made of exchanges. Where neither a rate center nor a
    distance tells two apart, the one that fits more closely comes first: it breaks the fewest long runs. Whoever needs
    no more than the first few has only those looked for.
    """
    asked, npas = _asked(search)
    if not npas:
        return
    seen = set(asked)
    exchanges = search.stock.exchanges
    if exchanges is not None:
        places = [*_places(search, asked, exchanges)]
        everywhere = _wider(search)
        for find in (_in_rate_centers, _nearest):
            for neighbor in find(everywhere, seen, npas, places, exchanges):
                seen.add(neighbor.code)
                yield neighbor
    yield from _in_area_codes(search, seen, npas)


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


def _wider(search: Search, npa: str | None = None) -> Search:
    """The search without the places that it names, or in one area code."""
    return Search(
        search.stock, search.query.replace(npa=npa, nxx=None, city=None, rate_center=None, after=None)
    )


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


def _in_rate_centers(
    search: Search, seen: set[int], _: frozenset[int], places: list[ExchangeFacts], exchanges: Exchanges
) -> list[Neighbor]:
    """The neighbors in the rate centers of the places, the best fit first.

    An exchange that lies in two of them is offered for the first one that is asked for.
    """
    found: dict[int, tuple[int, int, Neighbor]] = {}
    for place in places:
        for code, there in exchanges.rate_center_of(place).items():
            if code in seen or code in found or not (bitmap := search.field(code)):
                continue
            fit = _fit(search, code, bitmap) if there == FULL else _fit_of_part(search, bitmap & there)
            if fit is not None:
                within = () if there == FULL else (("rate_center", place.rate_center), ("state", place.state))
                neighbor = Neighbor(code, Nearness.SAME_RATE_CENTER, place.rate_center, None, within)
                found[code] = fit, code, neighbor
    return [neighbor for _, _, neighbor in sorted(found.values(), key=lambda each: each[:2])]


def _nearest(
    search: Search,
    seen: set[int],
    npas: frozenset[int],
    places: list[ExchangeFacts],
    exchanges: Exchanges,
) -> Iterator[Neighbor]:
    """The neighbors at a known distance, the nearest first: in the states and area codes of the places at any, in
    others only when they are near."""
    states = {place.state for place in places} - {None}
    points = {place.coordinates for place in places if place.coordinates is not None}
    if not points:
        return
    distances = [
        (min(_kilometers(point, at) for point in points), codes)
        for at, codes in exchanges.by_coordinates.items()
    ]
    distances.sort(key=itemgetter(0))
    for kilometers, group in groupby(distances, key=itemgetter(0)):
        found = []
        for code in (code for _, codes in group for code in codes):
            inside = code // 1000 in npas or exchanges.state_of(code) in states
            if code in seen or not (inside or kilometers <= _ACROSS_KM):
                continue
            if (bitmap := search.field(code)) and (fit := _fit(search, code, bitmap)) is not None:
                found.append((fit, code))
        for _, code in sorted(found):
            facts = exchanges.get(code)
            center = None if facts is None else facts.rate_center
            yield Neighbor(code, Nearness.NEAREST, center, kilometers)


def _in_area_codes(search: Search, seen: set[int], npas: frozenset[int]) -> Iterator[Neighbor]:
    """The neighbors of which no more is known than the area code, the best fit first."""
    found = []
    for npa in sorted(npas):
        for code, bitmap in _wider(search, str(npa)).fields():
            if code not in seen and (fit := _fit(search, code, bitmap)) is not None:
                found.append((fit, code))
    for _, code in sorted(found):
        yield Neighbor(code, Nearness.SAME_AREA_CODE)


def _kilometers(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance along a great circle between two points, each in degrees of latitude and longitude."""
    (lat1, lon1), (lat2, lon2) = (map(radians, at) for at in (one, other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(min(1.0, half)))
