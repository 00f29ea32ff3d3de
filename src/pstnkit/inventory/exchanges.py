"""Where exchanges are: a table of rate centers, cities and coordinates that the user loads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property, reduce
from typing import TYPE_CHECKING, final

from pstnkit.inventory.exchange_facts import (
    BLOCKS,
    ExchangeFacts,
    InvalidExchangeTable,
    Place,
    folded,
)
from pstnkit.inventory.query import InvalidQuery
from pstnkit.numbering.bitmaps import Bitmaps
from pstnkit.numbering.bits import FULL, LINES, span
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.telephone import Exchange, TelephoneNumber

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

    from pstnkit.inventory.exchange_table import Row

__all__ = ["ExchangeFacts", "Exchanges", "InvalidExchangeTable"]

_MAX_BYTES = 1 << 29
"""The greatest size of a table unless told otherwise: the public table of thousands-blocks has some 100 MB."""

_IN_BLOCK = LINES // BLOCKS
_LINES_OF_BLOCKS = tuple(span(block * _IN_BLOCK, (block + 1) * _IN_BLOCK - 1) for block in range(BLOCKS))
"""The bitmaps of the thousands-blocks: all exchanges share them."""

_Index = dict[str, dict[str | None, dict[int, int]]]
"""Place -> state -> exchange -> the lines of it that lie there, as a bitmap."""


@final
class Exchanges:
    r"""A table of exchanges: which rate center and city each is in, and whose it is. Immutable.

    It is made of :class:`ExchangeFacts`, from rows (:meth:`from_rows`) or from text (:meth:`from_text`). Two
    facts about one exchange, or about one thousands-block, that differ raise :class:`InvalidExchangeTable`.

    In a pooled exchange the thousands-blocks belong to several companies, and may lie in several rate centers.
    What is said of a block counts for its lines, and what is said of the exchange as a whole for the others.

    ``one | other`` is the table of both: where both say something, the other one counts.

    >>> table = Exchanges.from_text("State,NPA-NXX,RateCenter\nCA,415-555,SNFC CNTRL\n")
    >>> table.get(415_555).rate_center, len(table)
    ('SNFC CNTRL', 1)
    """

    def __init__(self, facts: Iterable[ExchangeFacts]) -> None:
        from pstnkit.inventory.exchange_table import rows_of_facts

        self._fill(rows_of_facts(facts), [])

    def _fill(self, rows: Iterable[Row], faults: list[tuple[int, str]]) -> None:
        """Take in the rows; raise all faults at once, those that reading them has brought included."""
        self._whole: dict[int, Place] = {}
        self._blocks: dict[int, dict[int, Place]] = {}
        first: dict[tuple[int, int | None], int] = {}
        for line, code, block, place in rows:
            known: dict[int, Place] = self._whole if block is None else self._blocks.setdefault(code, {})
            former = known.setdefault(code if block is None else block, place)
            at = first.setdefault((code, block), line)
            if former is not place and former != place:
                faults.append((line, _contradiction(code, block, at, former, place)))
        if faults:
            raise InvalidExchangeTable(sorted(faults))

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, object]]) -> Exchanges:
        """The table of rows with named columns, named as :meth:`from_text` says."""
        from pstnkit.inventory.exchange_table import rows_of_mappings

        table = cls.__new__(cls)
        faults: list[tuple[int, str]] = []
        table._fill(rows_of_mappings(rows, faults), faults)
        return table

    @classmethod
    def from_text(
        cls,
        source: str | bytes | Path | BinaryIO,
        *,
        encoding: str | None = None,
        max_bytes: int = _MAX_BYTES,
    ) -> Exchanges:
        """The table in a text, in bytes or in a file: an administrator's report as published, or any CSV with
        named columns.

        The columns, in any order and case: ``NPA-NXX`` (or ``NPA`` and ``NXX``), ``X`` (the thousands-block,
        which may also be the seventh digit of ``NPA-NXX``), ``State``, ``RateCenter``, ``City``, ``Latitude`` and
        ``Longitude``, ``OCN``, ``Company`` and ``Use``; the Canadian names of these (``Province``, ``CO Code
        (NXX)``, ``Exchange Area``, ``Status``) are known as well, and other columns are not read. Cells are
        separated by tabs, commas, semicolons or bars, and may be filled up with blanks. Where there is a ``Use``,
        rows of exchanges that nobody has are left out. A text is always text, never a path; ``encoding`` names
        that of bytes and files without a mark that are not UTF-8.

        Raises :class:`InvalidExchangeTable` with the line of every fault, :class:`UnreadableSource` for what
        cannot be opened or decoded.
        """
        from pstnkit.inventory.exchange_table import rows_of_text
        from pstnkit.numbering.paste.sources import UnreadableSource, open_source

        opened = open_source(source, encoding=encoding, sheet=None, max_bytes=max_bytes)
        if opened.text is None:
            raise UnreadableSource(opened.name, "is a workbook; save the table as CSV")
        table = cls.__new__(cls)
        faults: list[tuple[int, str]] = []
        table._fill(rows_of_text(opened.text, faults), faults)
        return table

    def __or__(self, other: Exchanges) -> Exchanges:
        if not isinstance(other, Exchanges):
            return NotImplemented
        table = Exchanges(())
        table._whole = _refined(self._whole, other._whole)
        table._blocks = {
            code: _refined(self._blocks.get(code, {}), other._blocks.get(code, {}))
            for code in self._blocks.keys() | other._blocks.keys()
        }
        return table

    # --- what it says ---------------------------------------------------------------------------------------

    def __len__(self) -> int:
        return len(self._whole.keys() | self._blocks.keys())

    def __repr__(self) -> str:
        from pstnkit.catalog import counted

        return f"<Exchanges: {counted(len(self), 'exchange')}, {counted(len(self._rate_centers), 'rate center')}>"

    def get(self, where: Exchange | int | TelephoneNumber) -> ExchangeFacts | None:
        """What is known of where a number is, or of an exchange (also as an int of six digits); None for nothing.

        Of an exchange that is told block by block, it is what all blocks have in common: ask for a number, or
        for its :meth:`blocks`.
        """
        if isinstance(where, TelephoneNumber):
            code, line = divmod(where._digits, LINES)
            block = line // _IN_BLOCK if code in self._blocks else None
            place = self._whole.get(code) if block is None else self._in_blocks(code)[block]
            return None if place is None else ExchangeFacts(where.exchange, *place, block)
        exchange = Exchange._of(where) if isinstance(where, int) else where
        place = self._place(exchange._code)
        return None if place is None else ExchangeFacts(exchange, *place)

    def blocks(self, exchange: Exchange | int) -> tuple[ExchangeFacts, ...]:
        """What is known of each thousands-block of an exchange, lowest first; empty if it is told as a whole only."""
        exchange = Exchange._of(exchange) if isinstance(exchange, int) else exchange
        if exchange._code not in self._blocks:
            return ()
        places = enumerate(self._in_blocks(exchange._code))
        return tuple(ExchangeFacts(exchange, *place, block) for block, place in places if place is not None)

    def state_of(self, code: int) -> str | None:
        """The state of an exchange of six digits, or None if it is not known."""
        place = self._place(code)
        return None if place is None else place.state

    def _place(self, code: int) -> Place | None:
        """What all of an exchange has in common, as far as it is known."""
        if code not in self._blocks:
            return self._whole.get(code)
        return reduce(Place.shared, filter(None, self._in_blocks(code)))

    def _in_blocks(self, code: int) -> list[Place | None]:
        """What holds in each of the ten blocks of an exchange that is told block by block."""
        whole, blocks = self._whole.get(code), self._blocks[code]
        if whole is None:
            return [blocks.get(block) for block in range(BLOCKS)]
        return [whole.refined(blocks[block]) if block in blocks else whole for block in range(BLOCKS)]

    # --- where a place is -----------------------------------------------------------------------------------

    @property
    def has_cities(self) -> bool:
        """True if the table names a city for at least one exchange."""
        return bool(self._cities)

    def in_rate_center(self, name: str, state: str | None) -> NumberSet:
        """All numbers of a rate center. Its name is unique only within a state.

        Raises :class:`InvalidQuery` for a name that is unknown, or that several states have and none was
        given.
        """
        return _in_place("rate_center", self._rate_centers, name, state)

    def in_city(self, name: str, state: str | None) -> NumberSet:
        """All numbers of a city; errors as in :meth:`in_rate_center`."""
        return _in_place("city", self._cities, name, state)

    def rate_center_of(self, facts: ExchangeFacts) -> Mapping[int, int]:
        """The exchanges (six digits) of the rate center that facts name, with their lines there as bitmaps."""
        name = facts.rate_center
        return {} if name is None else self._rate_centers.get(folded(name), {}).get(facts.state, {})

    @cached_property
    def by_coordinates(self) -> Mapping[tuple[float, float], list[int]]:
        """The exchanges (six digits) at each point of which the table knows some."""
        points: dict[tuple[float, float], list[int]] = {}
        for code in self._whole.keys() | self._blocks.keys():
            place = self._place(code)
            if place is not None and place.coordinates is not None:
                points.setdefault(place.coordinates, []).append(code)
        return points

    @cached_property
    def _rate_centers(self) -> _Index:
        return self._index(lambda place: place.rate_center)

    @cached_property
    def _cities(self) -> _Index:
        return self._index(lambda place: place.city)

    def _index(self, name_of: Callable[[Place], str | None]) -> _Index:
        index: _Index = {}
        named = cache(folded)
        for code, lines, place in self._stretches():
            name = name_of(place)
            if name is not None:
                codes = index.setdefault(named(name), {}).setdefault(place.state, {})
                codes[code] = codes.get(code, 0) | lines
        return index

    def _stretches(self) -> Iterator[tuple[int, int, Place]]:
        """Each exchange, or each block of it, with its lines and what is known of them."""
        for code in self._whole.keys() | self._blocks.keys():
            for lines, place in self._lines_of(code):
                yield code, lines, place

    def _lines_of(self, code: int) -> Iterator[tuple[int, Place]]:
        """The lines of an exchange, all or block by block, with what is known of them."""
        if code in self._blocks:
            for lines, block in zip(_LINES_OF_BLOCKS, self._in_blocks(code), strict=True):
                if block is not None:
                    yield lines, block
        elif (place := self._whole.get(code)) is not None:
            yield FULL, place


def _refined(one: Mapping[int, Place], other: Mapping[int, Place]) -> dict[int, Place]:
    both = {**one, **other}
    for key in one.keys() & other.keys():
        both[key] = one[key].refined(other[key])
    return both


def _contradiction(code: int, block: int | None, line: int, former: Place, place: Place) -> str:
    named = f"{Exchange._of(code)}" if block is None else f"{Exchange._of(code)}-{block}"
    differing = [
        f"{field.replace('_', ' ')} {before!r} on line {line}, {after!r} here"
        for field, before, after in zip(Place._fields, former, place, strict=True)
        if before != after
    ]
    return f"{named} is described twice, and differently: {'; '.join(differing)}"


def _in_place(field: str, index: _Index, name: str, state: str | None) -> NumberSet:
    places = index.get(folded(name), {})
    found = places if state is None else {where: codes for where, codes in places.items() if where == state}
    if not found:
        where = f" in {state}" if state else ""
        others = f", only in {_listed(places)}" if places else ""
        raise InvalidQuery(field, f"the table of exchanges has no {name!r}{where}{others}")
    if len(found) > 1:
        raise InvalidQuery(field, f"{name!r} is in several states: {_listed(found)}; name one")
    [codes] = found.values()
    return NumberSet._of(Bitmaps.of(codes))


def _listed(places: Iterable[str | None]) -> str:
    return ", ".join(sorted(state or "no state" for state in places))
