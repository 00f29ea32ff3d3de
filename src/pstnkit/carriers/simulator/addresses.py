"""The carrier's address checker: standard form, then the street directory, then the nearest name in it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pstnkit.carriers.simulator.messages import Fields, Reply
from pstnkit.carriers.simulator.streets import DIRECTORY, STATES, SUFFIXES, UNITS, District

SLIPS = 2
"""How many letters may be wrong in a name that is corrected."""

Address = dict[str, str | None]

_PO_BOX = re.compile(r"(P *O|POST OFFICE|POSTAL) *BOX\b|BOX +\d+$")
_ZIP = re.compile(r"(\d{5})(-?\d{4})?", re.ASCII)
_CANADIAN = re.compile(r"([A-Z]\d[A-Z]) ?(\d[A-Z]\d)", re.ASCII)


class AddressChecker:
    """Answers whether a person can be sent to an address.

    >>> address = {"house_number": "1200", "street": "Ansun Street", "city": "San Francisco", "state": "CA"}
    >>> address |= {"postal_code": "94107", "country": "US", "unit": "Suite 300"}
    >>> reply = AddressChecker().check({"address": address})
    >>> reply["outcome"], reply["address"]["street"], reply["address"]["unit"]
    ('corrected', 'ANSON ST', 'STE 300')
    """

    def __init__(self) -> None:
        self.available = True

    def check(self, ask: Fields) -> Reply:
        """The outcome for one address, with the address or the candidates that go with it."""
        if not self.available:
            return _answer("unavailable")
        asked = standard_form(ask["address"])
        street, postal_code = str(asked["street"]), str(asked["postal_code"])
        if _PO_BOX.match(street):
            return _answer("po_box")
        if _belongs_elsewhere(postal_code, asked):
            return _answer("mismatch")
        district = DIRECTORY.get(postal_code[:3] if asked["country"] == "CA" else postal_code[:5])
        if district is None or _slips(str(asked["city"]), district.city) > SLIPS:
            return _answer("not_found")
        found = [{**asked, "street": name, "city": district.city} for name in _streets(district, asked)]
        if len(found) > 1:
            return _answer("ambiguous", candidates=found)
        if not found:
            return _answer("not_found")
        return _answer("valid" if found[0] == asked else "corrected", found[0])


def standard_form(address: Mapping[str, str | None]) -> Address:
    """An address in upper case and postal form: the same place, written as the carrier writes it."""
    clean: Address = {name: _clean(value) if value else None for name, value in address.items()}
    words = str(clean["street"]).replace("-", " ").split()
    # A street that is called by its suffix alone ("AVENUE") keeps its name.
    if len(words) > 1:
        words[-1] = SUFFIXES.get(words[-1], words[-1])
    clean["street"] = " ".join(words)
    if canadian := _CANADIAN.fullmatch(str(clean["postal_code"])):
        clean["postal_code"] = f"{canadian[1]} {canadian[2]}"
    if unit := clean["unit"]:
        word, _, rest = unit.replace("#", "UNIT ", 1).partition(" ")
        clean["unit"] = f"{UNITS.get(word, word)} {rest}".strip()
    return clean


def _clean(text: str) -> str:
    return " ".join(re.sub(r"[.,]", " ", text.upper()).split())


def _belongs_elsewhere(postal_code: str, asked: Address) -> bool:
    """Whether the postal code is one of another country, or of another state or province."""
    if zip_code := _ZIP.fullmatch(postal_code):
        country, prefix = "US", zip_code[1][:3]
    elif _CANADIAN.fullmatch(postal_code):
        country, prefix = "CA", postal_code[0]
    else:
        return False
    return country != asked["country"] or STATES.get(prefix, asked["state"]) != asked["state"]


def _streets(district: District, asked: Address) -> list[str]:
    """The streets of the district that the address may mean: the one it names, else the nearest names."""
    number = re.match(r"\d{1,6}", str(asked["house_number"]), re.ASCII)
    if number is None:
        return []
    along = [name for name, houses in district.streets.items() if int(number[0]) in houses]
    if asked["street"] in along:
        return [str(asked["street"])]
    name, suffix = _parted(str(asked["street"]))
    slips = {street: _slips(name, _parted(street)[0]) for street in along}
    nearest = min(slips.values(), default=SLIPS + 1)
    if nearest > SLIPS:
        return []
    close = [street for street in along if slips[street] == nearest]
    # Of names equally near, the suffix that was written decides.
    return [street for street in close if _parted(street)[1] == suffix] or close


def _parted(street: str) -> tuple[str, str]:
    """A street's name and its suffix, empty when it has none."""
    name, _, last = street.rpartition(" ")
    return (name, last) if name and last in SUFFIXES else (street, "")


def _slips(first: str, second: str) -> int:
    """How many letters have to be changed, put in or left out to make one text of the other.

    >>> _slips("ANSUN", "ANSON"), _slips("ANSN", "ANSON"), _slips("", "ANSON")
    (1, 1, 5)
    """
    row = list(range(len(second) + 1))
    for length, letter in enumerate(first, start=1):
        above, row = row, [length]
        for place, other in enumerate(second, start=1):
            row.append(min(above[place] + 1, row[-1] + 1, above[place - 1] + (letter != other)))
    return row[-1]


def _answer(outcome: str, address: Address | None = None, candidates: list[Address] | None = None) -> Reply:
    return {"outcome": outcome, "address": address, "candidates": candidates or []}
