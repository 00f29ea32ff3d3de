"""Reading a table of exchanges: columns by their names, every fault with its line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pstnkit.inventory.exchange_facts import ExchangeFacts, InvalidExchangeTable
from pstnkit.inventory.regions import subdivision
from pstnkit.numbering.reasons import InvalidNumber, quoted
from pstnkit.numbering.telephone import Exchange

_COLUMNS = {
    "npanxx": "exchange",
    "exchange": "exchange",
    "npa": "npa",
    "nxx": "nxx",
    "state": "state",
    "province": "state",
    "ratecenter": "rate_center",
    "ratecentre": "rate_center",
    "city": "city",
    "latitude": "latitude",
    "lat": "latitude",
    "longitude": "longitude",
    "lon": "longitude",
    "ocn": "ocn",
    "company": "company",
    "use": "use",
}
"""What columns are called, in lower case without spaces and punctuation, and what they are."""

_BLOCKS = frozenset({"x", "npanxxx", "nxxx", "block", "thousandsblock", "blockid"})
"""What the column of a thousands-block is called."""

_ADMINISTRATORS = {"CQ": "MP"}
"""Codes of states that the administrator's reports write in a way of their own."""

_ASSIGNED = "AS"


def facts_of_text(text: str) -> list[ExchangeFacts]:
    """The facts in a text whose first line names the columns; raises :class:`InvalidExchangeTable`."""
    import csv

    lines = text.removeprefix("\ufeff").splitlines()
    header = lines[0] if lines else ""
    separator = next((mark for mark in "\t;" if mark in header), ",")
    reader = csv.reader(lines, delimiter=separator)
    names = [name.strip() for name in next(reader, [])]

    def rows() -> Iterator[tuple[int, Mapping[str, str]]]:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, dict(zip(names, cells, strict=False))

    return _facts(names, rows())


def facts_of_rows(rows: Iterable[Mapping[str, str]]) -> list[ExchangeFacts]:
    """The facts in rows with named columns; raises :class:`InvalidExchangeTable`."""
    numbered = list(enumerate(rows, start=1))
    return _facts(list(dict.fromkeys(name for _, row in numbered for name in row)), numbered)


def _facts(names: list[str], rows: Iterable[tuple[int, Mapping[str, str]]]) -> list[ExchangeFacts]:
    columns = {name: _COLUMNS[plain] for name in names if (plain := _plain(name)) in _COLUMNS}
    found = set(columns.values())
    if blocks := [name for name in names if _plain(name) in _BLOCKS]:
        problem = (
            f"the column {quoted(blocks[0])} divides exchanges into thousands-blocks, which cannot be read"
        )
        raise InvalidExchangeTable(((1, problem),))
    if "exchange" not in found and not found >= {"npa", "nxx"}:
        problem = f"no column NPA-NXX, nor NPA and NXX, among {quoted(', '.join(names))}"
        raise InvalidExchangeTable(((1, problem),))
    facts, faults = [], []
    for line, row in rows:
        cells = {what: (row.get(name) or "").strip() for name, what in columns.items()}
        if cells.get("use", _ASSIGNED).upper() != _ASSIGNED:
            continue
        try:
            facts.append(_fact(cells))
        except ValueError as fault:
            faults.append((line, str(fault)))
    if faults:
        raise InvalidExchangeTable(tuple(faults))
    return facts


def _fact(cells: Mapping[str, str]) -> ExchangeFacts:
    return ExchangeFacts(
        _exchange(cells.get("exchange") or f"{cells.get('npa', '')}{cells.get('nxx', '')}"),
        _state(cells.get("state", "")),
        cells.get("rate_center") or None,
        cells.get("city") or None,
        _coordinates(cells.get("latitude", ""), cells.get("longitude", "")),
        cells.get("ocn") or None,
        cells.get("company") or None,
    )


def _exchange(text: str) -> Exchange:
    digits = text.replace("-", "")
    if len(digits) == 7 and digits.isdigit():
        raise ValueError(f"{quoted(text)} is a thousands-block, and only whole exchanges can be read")
    try:
        return Exchange(digits)
    except InvalidNumber as fault:
        raise ValueError(str(fault)) from None


def _state(text: str) -> str | None:
    if not text:
        return None
    try:
        return subdivision(_ADMINISTRATORS.get(text.upper(), text))
    except ValueError as fault:
        raise ValueError(f"{quoted(text)} {fault}") from None


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


def _plain(name: str) -> str:
    return "".join(character for character in name.casefold() if character.isalnum())
