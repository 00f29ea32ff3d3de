"""Where exchanges are: a table of rate centers, cities and coordinates that the user loads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import final

from pstnkit.inventory.exchange_facts import ExchangeFacts, InvalidExchangeTable, folded
from pstnkit.inventory.query import InvalidQuery
from pstnkit.numbering.telephone import Exchange

__all__ = ["ExchangeFacts", "Exchanges", "InvalidExchangeTable"]


@final
class Exchanges:
    r"""A table of exchanges: which rate center and city each is in. Immutable.

    It is made of :class:`ExchangeFacts`, from rows (:meth:`from_rows`) or from text (:meth:`from_text`). Two
    facts about one exchange that differ raise :class:`InvalidExchangeTable`.

    >>> table = Exchanges.from_text("State,NPA-NXX,RateCenter\nCA,415-555,SNFC CNTRL\n")
    >>> table.get(415_555).rate_center, len(table)
    ('SNFC CNTRL', 1)
    """

    __slots__ = ("_by_code", "_cities", "_rate_centers")

    def __init__(self, facts: Iterable[ExchangeFacts]) -> None:
        self._by_code: dict[int, ExchangeFacts] = {}
        self._rate_centers: dict[str, dict[str | None, set[int]]] = {}
        self._cities: dict[str, dict[str | None, set[int]]] = {}
        faults = []
        for row, fact in enumerate(facts, start=1):
            code = fact.exchange._code
            if self._by_code.setdefault(code, fact) != fact:
                faults.append((row, f"{fact.exchange} is described twice, and differently"))
            for name, index in ((fact.rate_center, self._rate_centers), (fact.city, self._cities)):
                if name is not None:
                    index.setdefault(folded(name), {}).setdefault(fact.state, set()).add(code)
        if faults:
            raise InvalidExchangeTable(tuple(faults))

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, str]]) -> Exchanges:
        """The table of rows with named columns, named as :meth:`from_text` says."""
        from pstnkit.inventory.exchange_table import facts_of_rows

        return cls(facts_of_rows(rows))

    @classmethod
    def from_text(cls, text: str) -> Exchanges:
        """The table in a CSV text with named columns, or in the administrator's utilized-codes report.

        The first line names the columns, in any order and case: ``NPA-NXX`` (or ``NPA`` and ``NXX``), and any
        of ``State``, ``RateCenter``, ``City``, ``Latitude`` and ``Longitude``, ``OCN``, ``Company`` and
        ``Use``; others are not read. Cells are separated by tabs, commas or semicolons. Where there is a
        ``Use``, rows that are not ``AS`` (assigned) are left out.

        Raises :class:`InvalidExchangeTable` with the line of every fault. Rows of thousands-blocks are
        refused: a table of whole exchanges cannot say that a rate center differs by block.
        """
        from pstnkit.inventory.exchange_table import facts_of_text

        return cls(facts_of_text(text))

    @property
    def has_cities(self) -> bool:
        """True if the table names a city for at least one exchange."""
        return bool(self._cities)

    def __len__(self) -> int:
        return len(self._by_code)

    def __repr__(self) -> str:
        return f"<Exchanges: {len(self)} exchanges, {len(self._rate_centers)} rate centers>"

    def get(self, exchange: Exchange | int) -> ExchangeFacts | None:
        """What is known of an exchange (or of its six digits as an int), or None."""
        return self._by_code.get(exchange if isinstance(exchange, int) else exchange._code)

    def state_of(self, code: int) -> str | None:
        """The state of an exchange of six digits, or None if it is not known."""
        facts = self._by_code.get(code)
        return None if facts is None else facts.state

    def in_rate_center(self, name: str, state: str | None) -> frozenset[int]:
        """The exchanges of a rate center, as six-digit ints. Its name is unique only within a state.

        Raises :class:`InvalidQuery` for a name that is unknown, or that several states have and none was
        given.
        """
        return _in_place("rate_center", self._rate_centers, name, state)

    def in_city(self, name: str, state: str | None) -> frozenset[int]:
        """The exchanges of a city, as six-digit ints; errors as in :meth:`in_rate_center`."""
        return _in_place("city", self._cities, name, state)


def _in_place(
    field: str, index: dict[str, dict[str | None, set[int]]], name: str, state: str | None
) -> frozenset[int]:
    places = index.get(folded(name), {})
    found = places if state is None else {where: codes for where, codes in places.items() if where == state}
    if not found:
        where = f" in {state}" if state else ""
        others = f", only in {_listed(places)}" if places else ""
        raise InvalidQuery(field, f"the table of exchanges has no {name!r}{where}{others}")
    if len(found) > 1:
        raise InvalidQuery(field, f"{name!r} is in several states: {_listed(found)}; name one")
    [codes] = found.values()
    return frozenset(codes)


def _listed(places: Iterable[str | None]) -> str:
    return ", ".join(sorted(state or "no state" for state in places))
