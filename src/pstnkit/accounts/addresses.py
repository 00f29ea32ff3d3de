"""Civic addresses, in the fields of RFC 5139 and NENA CLDXF (DOMAIN 5).

An address is kept as it was entered, blanks and short forms of units aside. What is checked here is its shape, which
is settled for ever; whether there is such a place is for the carrier's check to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum

from attrs import NOTHING, field, fields, frozen

from pstnkit.accounts.postal import read_postal_code, read_state
from pstnkit.accounts.street_line import HouseNumber, StreetName, Unit, read_units
from pstnkit.accounts.street_words import UnitKind
from pstnkit.catalog import sentence
from pstnkit.errors import CallerError


class AddressFaultKind(StrEnum):
    """Why a field cannot be one of an address."""

    MISSING = "missing"
    HOUSE_NUMBER = "house_number"
    STATE = "state"
    COUNTRY = "country"
    OTHER_COUNTRY = "other_country"
    POSTAL_CODE = "postal_code"
    UNIT = "unit"
    TWICE = "twice"
    LINE = "line"


@frozen
class AddressFault:
    """One thing that is wrong with an address: in which ``field``, what stood there, and why it cannot be."""

    field: str
    text: str
    kind: AddressFaultKind

    def __str__(self) -> str:
        return sentence(self.kind, field=self.field.replace("_", " "), text=f"{self.text!r:.80}")


class InvalidAddress(CallerError):
    """Fields that cannot be those of an address. ``.faults`` has all, each with its field and what stood there."""

    def __init__(self, faults: tuple[AddressFault, ...]) -> None:
        super().__init__(faults)
        self.faults = faults

    def __str__(self) -> str:
        return "; ".join(map(str, self.faults))


def cleaned(text: str | None) -> str | None:
    """Text as a person meant it, without outer or doubled blanks; an empty one is none.

    >>> cleaned("  Anson   St "), cleaned(" ")
    ('Anson St', None)
    """
    if text is not None and not isinstance(text, str):
        raise TypeError(f"expected text, not {type(text).__name__}")
    return " ".join(text.split()) or None if text else None


@frozen(kw_only=True)
class CivicAddress:
    """Where a building, and a place in it, is.

    ``state`` is a state, province or territory by its two letters (its name will do, too); the country, ``US`` or
    ``CA``, follows from it. ``postal_code`` is a ZIP code, ZIP+4 or a Canadian code. ``unit`` is a suite or another
    part of the building by its postal word (``STE 4``); what is said there of a building, floor or room goes into
    ``building``, ``floor`` and ``room``. ``additional`` is a landmark, or whatever else helps to be found. Raises
    :class:`InvalidAddress` with every fault, and ``TypeError`` for what is no text.

    >>> print(CivicAddress(house_number="500", street="Anson St", city="San Francisco", state="California",
    ...                    postal_code="94108", unit="3rd floor, Suite 4"))
    500 Anson St FL 3 STE 4, San Francisco, CA 94108, US
    >>> CivicAddress(house_number="500", street="Anson St", city="San Francisco", state="CA", postal_code="9410")
    Traceback (most recent call last):
        ...
    pstnkit.accounts.addresses.InvalidAddress: the postal code '9410' is none of its country
    """

    house_number: str = field(converter=cleaned)
    street: str = field(converter=cleaned)
    city: str = field(converter=cleaned)
    state: str = field(converter=cleaned)
    postal_code: str = field(converter=cleaned)
    country: str = field(default="", converter=cleaned)
    unit: str | None = field(default=None, converter=cleaned)
    building: str | None = field(default=None, converter=cleaned)
    floor: str | None = field(default=None, converter=cleaned)
    room: str | None = field(default=None, converter=cleaned)
    additional: str | None = field(default=None, converter=cleaned)

    def __attrs_post_init__(self) -> None:
        faults = [*_missing(self)]
        for read in (_read_house_number, _read_place, _read_parts):
            found, wrong = read(self)
            faults += wrong
            for name, value in found.items():
                object.__setattr__(self, name, value)
        if faults:
            raise InvalidAddress(tuple(faults))

    @classmethod
    def parse(cls, text: str) -> CivicAddress:
        """An address written in one line, its parts parted by commas; raises :class:`InvalidAddress`.

        >>> CivicAddress.parse("1200 Anson St, Suite 300, San Francisco, CA 94107").unit
        'STE 300'
        >>> CivicAddress.parse("12 Rue Cardinal (behind the church), Montréal, QC H3B 1A1, Canada").additional
        'behind the church'
        """
        from pstnkit.accounts.address_text import fields_of

        given = fields_of(text)
        if given is None:
            raise InvalidAddress((AddressFault("address", text, AddressFaultKind.LINE),))
        return cls(**given)

    @property
    def number(self) -> HouseNumber:
        """The house number by its parts."""
        return HouseNumber.parse(self.house_number)

    @property
    def street_name(self) -> StreetName:
        """The street by its parts."""
        return StreetName.parse(self.street)

    @property
    def units(self) -> tuple[Unit, ...]:
        """The building, floor, unit and room, as far as they are given, each as a :class:`Unit`."""
        unit = Unit.parse(self.unit) if self.unit else None
        parts = ((UnitKind.BLDG, self.building), (UnitKind.FL, self.floor), (UnitKind.RM, self.room))
        building, floor, room = (Unit(kind, value) if value else None for kind, value in parts)
        # A lobby comes last: a word without a value could be one of the street's, were there more units behind it.
        last = (unit, room) if unit and unit.value else (room, unit)
        return tuple(part for part in (building, floor, *last) if part)

    @property
    def is_within_a_building(self) -> bool:
        """Whether it names a suite (or another unit), floor or room: with that, a street address is dispatchable."""
        return bool(self.unit or self.floor or self.room)

    def __str__(self) -> str:
        inner = "".join(f" {unit}" for unit in self.units)
        found_by = f" ({self.additional})" if self.additional else ""
        place = f"{self.city}, {self.state} {self.postal_code}, {self.country}"
        return f"{self.house_number} {self.street}{inner}{found_by}, {place}"

    def differences(self, other: CivicAddress) -> tuple[Difference, ...]:
        """Field by field, what ``other`` says otherwise; the same written in another way is no difference.

        >>> entered = CivicAddress.parse("500 Ansun Street, San Francisco, CA 94108")
        >>> entered.differences(CivicAddress.parse("500 ANSON ST, SAN FRANCISCO, CA 94108-1234"))
        (Difference(field='street', entered='Ansun Street', proposed='ANSON ST'),)
        """
        return tuple(
            Difference(part.name, getattr(self, part.name), getattr(other, part.name))
            for part in fields(CivicAddress)
            if not _alike(part.name, getattr(self, part.name), getattr(other, part.name))
        )


@frozen
class Difference:
    """One field of an address as it was entered and as the carrier has it."""

    field: str
    entered: str | None
    proposed: str | None


def _alike(name: str, ours: str | None, theirs: str | None) -> bool:
    if ours is None or theirs is None:
        return ours is theirs
    if name == "postal_code" and min(len(ours), len(theirs)) == 5:
        # ZIP+4 says more of the same place than ZIP, and nothing else.
        return ours[:5] == theirs[:5]
    meant = _MEANT.get(name, _plain)
    return meant(ours) == meant(theirs)


def _plain(text: str) -> object:
    return text.upper().replace(".", "").replace("-", " ").replace("'", "").split()


_MEANT: dict[str, Callable[[str], object]] = {"house_number": HouseNumber.parse, "street": StreetName.parse}

Reading = tuple[dict[str, str | None], list[AddressFault]]
"""What some fields were read as, and what is wrong with them."""


def _missing(address: CivicAddress) -> Iterator[AddressFault]:
    for part in fields(CivicAddress):
        if part.default is NOTHING and getattr(address, part.name) is None:
            yield AddressFault(part.name, "", AddressFaultKind.MISSING)


def _read_house_number(address: CivicAddress) -> Reading:
    if address.house_number is not None:
        try:
            HouseNumber.parse(address.house_number)
        except ValueError:
            return {}, [AddressFault("house_number", address.house_number, AddressFaultKind.HOUSE_NUMBER)]
    return {}, []


_COUNTRIES = {"US": "US", "USA": "US", "UNITED STATES": "US", "CA": "CA", "CANADA": "CA"}


def _read_place(address: CivicAddress) -> Reading:
    """State, country and postal code, each in its usual form."""
    faults = []
    state = read_state(address.state) if address.state else None
    if address.state and state is None:
        faults.append(AddressFault("state", address.state, AddressFaultKind.STATE))
    given = address.country
    country = _COUNTRIES.get(given.upper().replace(".", "")) if given else state[1] if state else None
    if given and country is None:
        faults.append(AddressFault("country", given, AddressFaultKind.COUNTRY))
    elif state and country != state[1]:
        faults.append(AddressFault("state", address.state, AddressFaultKind.OTHER_COUNTRY))
    postal_code = address.postal_code
    if postal_code and country:
        code = read_postal_code(postal_code, country)
        if code is None:
            faults.append(AddressFault("postal_code", postal_code, AddressFaultKind.POSTAL_CODE))
        postal_code = code or postal_code
    short = state[0] if state else address.state
    return {"state": short, "country": country, "postal_code": postal_code}, faults


_PART_OF = {UnitKind.BLDG: "building", UnitKind.FL: "floor", UnitKind.RM: "room"}


def _read_parts(address: CivicAddress) -> Reading:
    """Building, floor, room and unit: what the unit says of the others goes to its own field."""
    found = {name: getattr(address, name) for name in ("building", "floor", "room")}
    unit = None
    faults = []
    for kind, name in _PART_OF.items():
        if found[name]:
            found[name] = _value_of(kind, found[name])
    try:
        read = read_units(address.unit) if address.unit else []
    except ValueError:
        return {}, [AddressFault("unit", address.unit or "", AddressFaultKind.UNIT)]
    for part in read:
        name = _PART_OF.get(part.kind, "unit")
        if (found[name] if name != "unit" else unit) is not None:
            faults.append(AddressFault(name, str(part), AddressFaultKind.TWICE))
        elif name == "unit":
            unit = str(part)
        else:
            found[name] = part.value
    return {**found, "unit": unit}, faults


def _value_of(kind: UnitKind, text: str) -> str:
    """The value alone of a text that may say its kind, too: ``3`` of ``3rd floor``."""
    try:
        read = Unit.parse(text)
    except ValueError:
        return text.upper()
    return read.value if read.kind is kind and read.value else text.upper()
