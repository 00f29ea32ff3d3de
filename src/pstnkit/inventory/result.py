"""The answer to a search: the options that exist, and alternatives to what cannot be had (SPEC N4)."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, final

from pstnkit.catalog import sentence
from pstnkit.errors import CallerError
from pstnkit.inventory.cursor import cursor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pstnkit.inventory.alternatives import Alternative
    from pstnkit.inventory.exchange_map import ExchangeMap
    from pstnkit.inventory.line_plans import LinePlan
    from pstnkit.inventory.query import SearchQuery
    from pstnkit.inventory.search import Search
    from pstnkit.numbering.ranges import NumberRange
    from pstnkit.numbering.telephone import Exchange


class SearchNote(StrEnum):
    """What a reader of an answer should know about it. The sentence for people is in
    :mod:`pstnkit.catalog`."""

    SUBDIVISION_NOT_CERTAIN = "subdivision_not_certain"
    """An area code serves two subdivisions, and which one an exchange of it is in is not known."""
    CITY_APPROXIMATE = "city_approximate"
    """The city was resolved without a table of exchanges."""
    AREA_CODE_NOT_IN_SERVICE = "area_code_not_in_service"
    """The area code asked for is not in service, so that nobody has numbers of it yet, or will."""


@final
class SearchResult:
    """What an inventory had for a query at the moment it was asked.

    The answer never changes, and is worked out as far as it is looked at: :attr:`available`,
    :attr:`alternatives` and :attr:`notes` are computed on first use, from what was free then.

    >>> from pstnkit.inventory.inventory import Inventory
    >>> from pstnkit.inventory.query import SearchQuery
    >>> from pstnkit.numbering.ranges import NumberRange
    >>> free = Inventory([NumberRange("4155550100", "4155550129")])
    >>> print(free.search(SearchQuery(npa="415", quantity=20, consecutive=True)))
    1 run of 20 listed; 30 numbers available
      +14155550100..+14155550119
    """

    def __init__(self, search: Search) -> None:
        self._search = search
        self.query: SearchQuery = search.query
        """The query that was answered."""
        self.options: tuple[NumberRange, ...]
        """What can be had, at most ``query.limit``: runs or blocks, else single numbers as ranges of one."""
        self.options, self._behind = search.page

    @cached_property
    def next(self) -> str | None:
        """The cursor of the options behind these, for ``after`` of the same query; None when there are none."""
        return None if self._behind is None else cursor(self.query, self._behind)

    @property
    def available(self) -> int:
        """How many numbers in the places asked for pass all filters, listed or not."""
        return self._search.available

    @property
    def satisfied(self) -> bool:
        """True if there is at least one run or block as asked for; for single numbers, if there are
        enough."""
        return self._search.satisfied

    @property
    def line_plans(self) -> Sequence[LinePlan]:
        """For a query with ``line_numbers``: what each exchange has of them and lacks, most matches first.

        A plan is made when it is looked at.
        """
        return self._search.line_plans

    @cached_property
    def alternatives(self) -> tuple[Alternative, ...]:
        """What else would do, best first; empty when the query is satisfied."""
        if self.satisfied:
            return ()
        from pstnkit.inventory.substitutes import alternatives_to

        return alternatives_to(self._search)

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """What should be known about this answer, in sentences."""
        scope, query = self._search.scope, self.query
        found = []
        for npa in scope.uncertain(self._search.stock.free):
            serves = " and ".join(scope.spanning[npa])
            found.append(sentence(SearchNote.SUBDIVISION_NOT_CERTAIN, npa=npa, subdivisions=serves))
        if scope.approximate is not None:
            found.append(sentence(SearchNote.CITY_APPROXIMATE, city=scope.approximate))
        if query.npa is not None:
            plan = self._search.stock.plan
            status = plan.area_code(query.npa).status
            if status != "in_service":
                words = sentence(status, horizon=plan.horizon)
                note = SearchNote.AREA_CODE_NOT_IN_SERVICE
                found.append(sentence(note, npa=query.npa, status=words, as_of=plan.as_of))
        return tuple(found)

    def to_text(self) -> str:
        """The answer in lines of text: a summary, the options, the alternatives and the notes."""
        from pstnkit.inventory.views import result_text

        return result_text(self)

    __str__ = to_text

    def map(self, exchange: Exchange | str | int | None = None) -> ExchangeMap:
        """The map of an exchange, or of that of the first option, with the options in it marked.

        An answer knows what is free and not who has the rest: held and taken are one. Raises :class:`CallerError` if
        there is no option and no exchange is named.
        """
        from pstnkit.inventory.exchange_map import ExchangeMap
        from pstnkit.numbering.telephone import Exchange

        if exchange is None:
            if not self.options:
                raise CallerError("there is no option to draw: name an exchange")
            exchange = self.options[0].exchange
        place = exchange if isinstance(exchange, Exchange) else Exchange(exchange)
        return ExchangeMap(place, self._search.stock.free._bitmap(int(place)), None, self.options)

    def _repr_html_(self) -> str:
        """The answer as a part of a page, for notebooks."""
        from pstnkit.inventory.views import result_html

        return result_html(self)

    def _repr_svg_(self) -> str | None:
        """The map of the first option's exchange, for what shows no HTML; None without an option."""
        return self.map().to_svg() if self.options else None

    def __repr__(self) -> str:
        state = "satisfied" if self.satisfied else "not satisfied"
        return f"<SearchResult: {len(self.options)} options, {self.available} available, {state}>"
