"""Which other exchange to turn to: the same rate center first, then the nearest, then the best fit in the
area code."""

from __future__ import annotations

from collections.abc import Iterator
from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING, NamedTuple

from pstnkit.inventory.alternatives import Nearness
from pstnkit.inventory.query import InvalidQuery
from pstnkit.inventory.search import Search
from pstnkit.numbering.bits import blocks

if TYPE_CHECKING:
    from pstnkit.inventory.exchange_facts import ExchangeFacts
    from pstnkit.inventory.exchanges import Exchanges

_EARTH_KM = 6371.0
_ACROSS_KM = 100.0
"""How near an exchange of another state, in another area code, must be to be offered at all."""


class Neighbor(NamedTuple):
    """An exchange that has what is wanted, and how it lies to the ones asked for."""

    code: int
    nearness: Nearness
    rate_center: str | None
    kilometers: float | None


def neighbors(search: Search) -> Iterator[Neighbor]:
    """The exchanges that have what a search wants and were not asked for, best first.

    Only for a search that names an exchange, or a place that is made of exchanges. Where neither a rate center nor a
    distance tells two apart, the one that fits more closely comes first: it breaks the fewest long runs.
    """
    asked, npas = _asked(search)
    if not npas:
        return
    exchanges = search.stock.exchanges
    places = [facts for code in asked if exchanges is not None and (facts := exchanges.get(code)) is not None]
    found: dict[int, tuple[tuple[float, ...], Neighbor]] = {}
    for code, bitmap in _around(search, npas, places):
        if code in asked:
            continue
        fit = _fit(search, code, bitmap)
        if fit is None:
            continue
        nearness, distance = _relation(code, npas, places, exchanges)
        if nearness is None:
            continue
        facts = None if exchanges is None else exchanges.get(code)
        rank = (list(Nearness).index(nearness), distance or 0.0, fit, code)
        found[code] = rank, Neighbor(code, nearness, facts.rate_center if facts else None, distance)
    for _, neighbor in sorted(found.values()):
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


def _around(search: Search, npas: frozenset[int], places: list[ExchangeFacts]) -> Iterator[tuple[int, int]]:
    """The fields among which neighbors are looked for, as far as the rest of the query admits them: everywhere where
    distances are known, else in the area codes asked for, and in the states in which their rate centers lie."""
    wide: dict[str, str | None] = {"npa": None, "nxx": None, "city": None, "rate_center": None, "after": None}
    if any(place.coordinates is not None for place in places):
        yield from _fields(search, wide)
        return
    for npa in sorted(npas):
        yield from _fields(search, {**wide, "npa": str(npa)})
    for state in sorted({facts.state for facts in places if facts.state is not None}):
        if search.query.state in {None, state}:
            yield from _fields(search, {**wide, "state": state})


def _fields(search: Search, changes: dict[str, str | None]) -> Iterator[tuple[int, int]]:
    try:
        yield from Search(search.stock, search.query.replace(**changes)).fields()
    except InvalidQuery:
        return


def _fit(search: Search, code: int, bitmap: int) -> int | None:
    """How much more than wanted an exchange has, or None if it has too little."""
    query = search.query
    if not query.in_runs:
        has = bitmap.bit_count()
    else:
        has = search.longest(code, bitmap)
        if query.block and not blocks(bitmap, query.quantity):
            return None
    return has - query.quantity if has >= query.quantity else None


def _relation(
    code: int, npas: frozenset[int], places: list[ExchangeFacts], exchanges: Exchanges | None
) -> tuple[Nearness | None, float | None]:
    facts = None if exchanges is None else exchanges.get(code)
    if facts is not None:
        if facts.rate_center is not None and any(facts.same_rate_center(place) for place in places):
            return Nearness.SAME_RATE_CENTER, None
        distances = [d for place in places if (d := _distance(facts, place)) is not None]
        if distances and (code // 1000 in npas or _same_state(facts, places) or min(distances) <= _ACROSS_KM):
            return Nearness.NEAREST, min(distances)
    if code // 1000 in npas:
        return Nearness.SAME_AREA_CODE, None
    return None, None


def _same_state(facts: ExchangeFacts, places: list[ExchangeFacts]) -> bool:
    return facts.state is not None and any(facts.state == place.state for place in places)


def _distance(one: ExchangeFacts, other: ExchangeFacts) -> float | None:
    """Kilometers along a great circle, where both have coordinates."""
    if one.coordinates is None or other.coordinates is None:
        return None
    (lat1, lon1), (lat2, lon2) = (map(radians, at) for at in (one.coordinates, other.coordinates))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(min(1.0, half)))
