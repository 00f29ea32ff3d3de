"""Reading a table of exchanges: columns by their names, every fault with its line.

The columns are called as the public tables call them: the US administrator's utilized codes (a row for each
exchange, cells filled up with blanks and separated by tabs) and thousands-blocks (a row for each, ``X`` being the
block), and the Canadian administrator's code status (CSV; ``CO Code (NXX)``, ``Exchange Area``).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from io import StringIO
from itertools import islice
from typing import NamedTuple

from pstnkit.inventory.exchange_facts import ExchangeFacts, InvalidExchangeTable, Place
from pstnkit.inventory.regions import subdivision
from pstnkit.numbering.reasons import InvalidNumber, quoted
from pstnkit.numbering.shape import NPA_MARKS, NXX_MARKS
from pstnkit.numbering.telephone import Exchange

_COLUMNS = {
    "npanxx": "exchange",
    "npanxxx": "exchange",
    "exchange": "exchange",
    "npa": "npa",
    "areacode": "npa",
    "nxx": "nxx",
    "nxxx": "nxx",
    "cocode": "nxx",
    "cocodenxx": "nxx",
    "x": "block",
    "block": "block",
    "blockid": "block",
    "thousandsblock": "block",
    "state": "state",
    "province": "state",
    "ratecenter": "rate_center",
    "ratecentre": "rate_center",
    "exchangearea": "rate_center",
    "city": "city",
    "latitude": "latitude",
    "lat": "latitude",
    "longitude": "longitude",
    "lon": "longitude",
    "lng": "longitude",
    "ocn": "ocn",
    "blockholderocn": "ocn",
    "company": "company",
    "companyname": "company",
    "blockholder": "company",
    "use": "use",
    "status": "use",
    "blockstatus": "use",
}
"""What columns are called, in lower case without spaces and punctuation, and what they are."""

_PLACE = ("state", "rate_center", "city", "latitude", "longitude", "ocn", "company")

_ASSIGNED = frozenset({"", "AS", "IS", "RT", "ASSIGNED", "IN SERVICE"})
"""What ``Use`` says of an exchange or block that somebody has (RT: the exchange's holder has kept the block). All
else is vacant, reserved, protected or unavailable."""

_WHOLE = frozenset({"", "A"})
"""What stands for a block in the row of an exchange as a whole, in tables that have both."""

_CODE = re.compile(r"[0-9]{3}-?[0-9]{3}(-[0-9])?|[0-9]{7}").fullmatch
"""An exchange, or a thousands-block, as it is written in one cell or put together from two."""

_SEVERAL = "MULT"
"""The number of no company: the administrator's mark for several."""

_ADMINISTRATORS = {"CQ": "MP"}
"""Codes of states that the administrator's reports write in a way of their own."""

_LONGEST_HEADER = 20_000
"""What is longer than this names no columns, and what stands there need not be read."""

_HEADER_WITHIN = 20
"""In how many lines from the top the header is looked for: a report may begin with its date."""


class Row(NamedTuple):
    """One row that was read: where, of what (``block`` is None for the exchange as a whole), and what it says."""

    line: int
    code: int
    block: int | None
    place: Place


def rows_of_text(text: str, faults: list[tuple[int, str]]) -> Iterator[Row]:
    """The rows of a text in which a line near the top names the columns. What cannot be read is put on ``faults``.

    Raises :class:`InvalidExchangeTable` if no line names them, or not a single row is of an exchange in use.
    """
    top, mark, names = _header(text)
    body = StringIO(text, newline=None)
    for _ in range(top):
        next(body)
    cells = _tabbed(body, top) if mark == "\t" else _separated(body, mark, top, faults)
    yield from _rows(names, cells, top, faults)


def rows_of_mappings(rows: Iterable[Mapping[str, object]], faults: list[tuple[int, str]]) -> Iterator[Row]:
    """The rows with named columns; None is an empty cell. Faults as in :func:`rows_of_text`."""
    kept = list(rows)
    names = list(dict.fromkeys(name for row in kept for name in row))
    if kept and not _tells_exchanges(_columns(names)):
        found = ", ".join(map(str, names))
        raise InvalidExchangeTable(((1, f"no column NPA-NXX, nor NPA and NXX, among {quoted(found)}"),))
    cells = ([_text(row.get(name)) for name in names] for row in kept)
    yield from _rows(names, enumerate(cells, start=1), 1, faults)


def rows_of_facts(facts: Iterable[ExchangeFacts]) -> Iterator[Row]:
    """Each of the facts as the row that it could have come from."""
    for line, fact in enumerate(facts, start=1):
        if not isinstance(fact, ExchangeFacts):
            raise TypeError(
                f"a table is made of ExchangeFacts, not of {type(fact).__name__}; see also from_rows()"
            )
        place = Place(fact.state, fact.rate_center, fact.city, fact.coordinates, fact.ocn, fact.company)
        yield Row(line, fact.exchange._code, fact.block, place)


def _header(text: str) -> tuple[int, str, list[str]]:
    """The line of the header, what separates its cells, and what they name the columns."""
    first = ""
    for line, written in enumerate(islice(StringIO(text, newline=None), _HEADER_WITHIN), start=1):
        mark = max("\t,;|", key=written.count)
        names = _split(written[:_LONGEST_HEADER], mark)
        if _tells_exchanges(_columns(names)):
            return line, mark, names
        first = first or written.strip()
    raise InvalidExchangeTable(((1, f"no column NPA-NXX, nor NPA and NXX, in {quoted(first)}"),))


def _text(cell: object) -> str:
    return "" if cell is None else str(cell)


def _columns(names: Sequence[str]) -> dict[str, int]:
    """What is known and in which column, from 0; of two columns of one meaning, the first."""
    found: dict[str, int] = {}
    for index, name in enumerate(names):
        plain = "".join(character for character in str(name).casefold() if character.isalnum())
        if plain in _COLUMNS:
            found.setdefault(_COLUMNS[plain], index)
    return found


def _tells_exchanges(columns: Mapping[str, int]) -> bool:
    return "exchange" in columns or columns.keys() >= {"npa", "nxx"}


def _split(line: str, mark: str) -> list[str]:
    if mark == "\t":
        return [_unquoted(cell) for cell in line.split("\t")]
    return next(csv.reader([line], delimiter=mark), [])


def _unquoted(cell: str) -> str:
    """A cell between tabs: no tab is ever inside, so quotes mean something only around the whole of it."""
    cell = cell.strip()
    if len(cell) > 1 and cell[0] == cell[-1] == '"':
        return cell[1:-1].replace('""', '"')
    return cell


def _tabbed(lines: Iterable[str], top: int) -> Iterator[tuple[int, list[str]]]:
    for line, text in enumerate(lines, start=top + 1):
        yield line, _split(text, "\t") if '"' in text else text.split("\t")


def _separated(
    lines: Iterable[str], mark: str, top: int, faults: list[tuple[int, str]]
) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(lines, delimiter=mark, strict=True)
    line = top + 1
    try:
        for cells in reader:
            yield line, cells
            line = top + reader.line_num + 1
    except csv.Error as fault:
        faults.append((line, f"the table cannot be read from here on: {fault}"))


def _rows(
    names: Sequence[str],
    rows: Iterable[tuple[int, list[str]]],
    top: int,
    faults: list[tuple[int, str]],
) -> Iterator[Row]:
    columns = _columns(names)
    width = max(columns.values(), default=-1) + 1
    where = [columns.get(name, width) for name in ("exchange", "npa", "nxx", "block", "use", *_PLACE)]
    places: dict[tuple[str, ...], Place] = {}
    passed_over = ""
    count = 0
    for line, cells in rows:
        cells += [""] * (width + 1 - len(cells))
        cells[width] = ""  # what the table has no column for
        exchange, npa, nxx, block, use, *said = [cells[index].strip() for index in where]
        if use and use.upper() not in _ASSIGNED:
            passed_over = passed_over or use
            continue
        key = tuple(said)
        written = exchange or npa + nxx
        if not written and not block and not any(key):
            continue
        try:
            code, of_block = _code(written, block)
            place = places.get(key)
            if place is None:
                place = places[key] = _place(*key)
        except ValueError as fault:
            faults.append((line, str(fault)))
            continue
        count += 1
        yield Row(line, code, of_block, place)
    if passed_over and not count and not faults:
        name = quoted(str(names[columns["use"]]))
        said_instead = f"{name} is never AS, IS, RT, Assigned or In Service, but {quoted(passed_over)}"
        raise InvalidExchangeTable(((top, f"no row is of an exchange in use: {said_instead}"),))


def _code(written: str, block: str) -> tuple[int, int | None]:
    """The six digits of an exchange, and the thousands-block, if a seventh digit or a cell of its own names one."""
    digits = written.replace("-", "") if _CODE(written) else ""
    if len(digits) == 7 and block in {"", digits[6]}:
        digits, block = digits[:6], digits[6]
    if len(digits) != 6 or not NPA_MARKS[int(digits[:3])] & NXX_MARKS[int(digits[3:])]:
        try:
            Exchange(written)
        except InvalidNumber as fault:
            raise ValueError(str(fault)) from None
    if block.upper() in _WHOLE:
        return int(digits), None
    if len(block) == 1 and block.isascii() and block.isdigit():
        return int(digits), int(block)
    raise ValueError(f"{quoted(block)} is no thousands-block of {quoted(written)}: they are 0 to 9")


def _place(
    state: str, rate_center: str, city: str, latitude: str, longitude: str, ocn: str, company: str
) -> Place:
    several = ocn.upper() == _SEVERAL
    return Place(
        _state(state),
        rate_center or None,
        city or None,
        _coordinates(latitude, longitude),
        None if several else ocn or None,
        None if several else company or None,
    )


@lru_cache(maxsize=1000)  # a table has some sixty, over and over
def _state(text: str) -> str | None:
    if not text or text.upper() in _other_countries():
        return None
    try:
        return subdivision(_ADMINISTRATORS.get(text.upper(), text))
    except ValueError as fault:
        raise ValueError(f"{quoted(text)} {fault}") from None


@cache
def _other_countries() -> frozenset[str]:
    """The countries of the numbering plan whose exchanges are in no state; Canada's are in provinces."""
    from pstnkit.numbering.plan import plan

    countries = {code.country for code in plan.area_codes() if not code.subdivisions}
    return frozenset(country for country in countries if country is not None) - {"US", "CA"}


def _coordinates(latitude: str, longitude: str) -> tuple[float, float] | None:
    if not latitude and not longitude:
        return None
    try:
        at = float(latitude), float(longitude)
    except ValueError:
        raise ValueError(f"{quoted(latitude)}, {quoted(longitude)} are no latitude and longitude") from None
    if not (-90 <= at[0] <= 90 and -180 <= at[1] <= 180):
        raise ValueError(f"{quoted(latitude)}, {quoted(longitude)} lie outside the degrees of the earth")
    return at
