"""Where a query may look: its places turned into area codes and exchanges, so that a search touches only
those.

A state becomes its area codes, by the plan; a rate center or a city becomes exchanges, by the table that the
user has loaded, and a city without a table becomes what phonenumbers knows of it. What does not fit together
(area code 212 in California) is an error here, because here is where the plan is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from pstnkit.inventory.patterns import ANY, EXCHANGE_DIGITS, meet
from pstnkit.inventory.possible import area_codes_like
from pstnkit.inventory.query import InvalidQuery, SearchQuery
from pstnkit.inventory.regions import subdivision
from pstnkit.numbering.bits import FULL

if TYPE_CHECKING:
    from pstnkit.inventory.exchanges import Exchanges
    from pstnkit.numbering.numberset import NumberSet
    from pstnkit.numbering.plan import NumberingPlan


class Scope:
    """The exchanges that a query may look at, lowest first.

    ``npas`` and ``codes`` are the area codes and the six-digit exchanges admitted, ascending, or None for
    all; ``nxx`` is the one exchange of each area code, if one is asked for; ``within`` are the numbers admitted,
    where some of an exchange are and others not; ``admits`` judges an exchange more closely. ``spanning`` are the
    area codes in ``npas`` that serve a second subdivision besides the one asked for, with all that they serve;
    ``approximate`` is the city, if it was resolved without a table.
    """

    __slots__ = ("admits", "approximate", "codes", "npas", "nxx", "spanning", "state_of", "within")

    def __init__(self) -> None:
        self.npas: tuple[int, ...] | None = None
        self.nxx: int | None = None
        self.codes: tuple[int, ...] | None = None
        self.within: NumberSet | None = None
        self.admits: Callable[[int], bool] | None = None
        self.spanning: dict[int, tuple[str, ...]] = {}
        self.state_of: Callable[[int], str | None] | None = None
        self.approximate: str | None = None

    def items(self, free: NumberSet, start: int = 0) -> Iterator[tuple[int, int]]:
        """Each admitted exchange from ``start`` on with its free lines as a bitmap, lowest first; none without free
        lines."""
        found = self._candidates(free, start)
        admits = self.admits
        return found if admits is None else (field for field in found if admits(field[0]))

    def lines(self, free: NumberSet, code: int) -> int:
        """The free lines of one exchange as a bitmap, 0 if it is not admitted."""
        bitmap = free._bitmap(code)
        if self.npas is not None and code // 1000 not in self.npas:
            return 0
        if self.nxx is not None and code % 1000 != self.nxx:
            return 0
        if self.admits is not None and not self.admits(code):
            return 0
        return bitmap if self.within is None else bitmap & self.within._bitmap(code)

    def uncertain(self, free: NumberSet) -> Iterator[int]:
        """The spanning area codes of which at least one exchange with free numbers is in no known
        subdivision."""
        for npa in self.spanning:
            for code, _ in self._candidates(free, npa * 1000):
                if code // 1000 != npa:
                    break
                if self.state_of is None or self.state_of(code) is None:
                    yield npa
                    break

    def _candidates(self, free: NumberSet, start: int) -> Iterator[tuple[int, int]]:
        if self.codes is not None and self.within is not None:
            for code in self.codes:
                if code >= start and (bitmap := free._bitmap(code)):
                    lines = self.within._bitmap(code)
                    # What is untouched stays the same object, by which its longest run is remembered.
                    if lines == FULL or (bitmap := bitmap & lines):
                        yield code, bitmap
            return
        for npa in free._npas() if self.npas is None else self.npas:
            if npa < start // 1000:
                continue
            if self.nxx is not None:
                code = npa * 1000 + self.nxx
                if code >= start and (bitmap := free._bitmap(code)):
                    yield code, bitmap
            elif npa > start // 1000:
                yield from free._items(npa)
            else:
                yield from (field for field in free._items(npa) if field[0] >= start)


def scope_of(query: SearchQuery, plan: NumberingPlan, exchanges: Exchanges | None) -> Scope:
    """Where ``query`` may look. Raises :class:`InvalidQuery` for places that are unknown or do not fit
    together."""
    scope = Scope()
    npa, nxx = query._fixed[:3], query._fixed[3:6]
    if npa != ANY * 3:
        scope.npas = area_codes_like(npa)
    if ANY not in nxx:
        scope.nxx = int(nxx)
    if query.state is not None:
        _keep_state(scope, query, query.state, plan, exchanges)
    if query.country is not None:
        _keep_country(scope, query, query.country, plan)
    if query.rate_center is not None:
        name, state = _with_state("rate_center", query.rate_center, query.state)
        if exchanges is None:
            raise InvalidQuery("rate_center", f"{name!r} needs a table of exchanges, and none is loaded")
        _keep_within(scope, query, "rate_center", exchanges.in_rate_center(name, state))
    if query.city is not None:
        name, state = _with_state("city", query.city, query.state)
        if exchanges is not None and exchanges.has_cities:
            _keep_within(scope, query, "city", exchanges.in_city(name, state))
        else:
            _keep_city(scope, name, state)
    return scope


def unsettled(fixed: str) -> str:
    """What a scope leaves for a filter of the ten digits that are fixed: the area code, and an exchange that
    is known in full, have become the scope already.

    >>> unsettled("415555????"), unsettled("41?5?50???")
    ('??????????', '???5?50???')
    """
    nxx = fixed[3:6]
    return ANY * 3 + (nxx if ANY in nxx else ANY * 3) + fixed[6:]


def _keep_state(
    scope: Scope, query: SearchQuery, state: str, plan: NumberingPlan, exchanges: Exchanges | None
) -> None:
    serving = _serving(plan, "state", state)
    _keep_npas(scope, query, tuple(serving), plan, state)
    scope.spanning = {npa: serving[npa] for npa in scope.npas or () if len(serving[npa]) > 1}
    if scope.spanning and exchanges is not None:
        known = exchanges.state_of
        scope.state_of = known
        _also(scope, lambda code: code // 1000 not in scope.spanning or known(code) in {None, state})


def _keep_country(scope: Scope, query: SearchQuery, country: str, plan: NumberingPlan) -> None:
    if query.state is None:  # else it lies in the country, or the query could not have been made
        _keep_npas(scope, query, tuple(_serving(plan, "country", country)), plan, country)


@lru_cache(maxsize=256)
def _serving(plan: NumberingPlan, field: str, place: str) -> dict[int, tuple[str, ...]]:
    """The area codes of a state or country, each with the subdivisions that it serves."""
    from pstnkit.numbering.area_code_filters import InvalidAreaCodeFilter

    try:
        codes = plan.area_codes(subdivision=place) if field == "state" else plan.area_codes(country=place)
    except InvalidAreaCodeFilter as unknown:
        raise InvalidQuery(field, str(unknown)) from None
    return {int(code.npa): code.subdivisions for code in codes}


def _keep_npas(
    scope: Scope, query: SearchQuery, serving: tuple[int, ...], plan: NumberingPlan, place: str
) -> None:
    if scope.npas is None:
        scope.npas = serving
        return
    both = tuple(npa for npa in scope.npas if npa in serving)
    if not both:
        field = "npa" if query.npa is not None else "starts_with"
        if len(scope.npas) > 1:
            raise InvalidQuery(field, f"no area code of {place} is like {query._fixed[:3]}")
        code = plan.area_code(str(scope.npas[0]))
        serves = ", ".join(code.subdivisions) or code.country or "no place"
        raise InvalidQuery(field, f"area code {code.npa} serves {serves}, not {place}")
    scope.npas = both


def _with_state(field: str, name: str, state: str | None) -> tuple[str, str | None]:
    """A place's name and state; the state may be written behind it: ``Oakland, CA``."""
    place, comma, tail = name.rpartition(",")
    if not comma:
        return name, state
    try:
        written = subdivision(tail)
    except ValueError as fault:
        raise InvalidQuery(field, f"{name!r}: {tail.strip()!r} {fault}") from None
    if state not in {None, written}:
        raise InvalidQuery(field, f"{name!r} contradicts the state {state}")
    return place.strip(), written


def _keep_within(scope: Scope, query: SearchQuery, field: str, numbers: NumberSet) -> None:
    """Keep to the numbers of a place, as far as the area codes and exchanges asked for allow."""
    npas = None if scope.npas is None else set(scope.npas)
    scope.within = numbers if scope.within is None else scope.within & numbers
    wanted = query._fixed[:EXCHANGE_DIGITS]
    scope.codes = tuple(
        code
        for code, _ in scope.within._items()
        if (npas is None or code // 1000 in npas) and meet(wanted, str(code)) is not None
    )
    if not scope.codes:
        name = getattr(query, field)
        raise InvalidQuery(field, f"{name!r} has no exchange in the other places that are asked for")


def _keep_city(scope: Scope, name: str, state: str | None) -> None:
    from pstnkit.inventory.geography import city_named

    city = city_named(name, state)
    scope.npas = tuple(npa for npa in city.npas if scope.npas is None or npa in scope.npas)
    if not scope.npas:
        raise InvalidQuery("city", f"{name!r} has no exchange in the other places that are asked for")
    scope.approximate = name
    _also(scope, city.__contains__)


def _also(scope: Scope, admits: Callable[[int], bool]) -> None:
    former = scope.admits
    scope.admits = admits if former is None else lambda code: former(code) and admits(code)
