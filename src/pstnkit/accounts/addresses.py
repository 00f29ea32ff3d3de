"""Emergency service addresses: civic fields, and what a carrier's check may say of them (DOMAIN 5)."""

from __future__ import annotations

from attrs import asdict, field, fields, frozen

from pstnkit.errors import CallerError
from pstnkit.lifecycle.events import Report


class IncompleteAddress(CallerError):
    """A civic address without a field that it needs. ``.fields`` names every one that is missing."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(missing)
        self.fields = missing

    def __str__(self) -> str:
        return f"an emergency address needs {', '.join(self.fields).replace('_', ' ')}"


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
    """A street address in the fields of RFC 5139 and NENA CLDXF.

    ``state`` is a state or province by its two letters; ``unit`` the suite, floor or room that makes the address a
    dispatchable location. Raises :class:`IncompleteAddress` naming every field that is missing.

    >>> print(CivicAddress(house_number="500", street="Anson St", city="San Francisco", state="CA",
    ...                    postal_code="94108", unit="STE 4"))
    500 Anson St STE 4, San Francisco, CA 94108, US
    """

    house_number: str = field(converter=cleaned)
    street: str = field(converter=cleaned)
    city: str = field(converter=cleaned)
    state: str = field(converter=cleaned)
    postal_code: str = field(converter=cleaned)
    country: str = field(default="US", converter=cleaned)
    unit: str | None = field(default=None, converter=cleaned)

    def __attrs_post_init__(self) -> None:
        missing = tuple(name for name, value in asdict(self).items() if not value and name != "unit")
        if missing:
            raise IncompleteAddress(missing)

    def __str__(self) -> str:
        unit = f" {self.unit}" if self.unit else ""
        place = f"{self.city}, {self.state} {self.postal_code}, {self.country}"
        return f"{self.house_number} {self.street}{unit}, {place}"

    def differences(self, other: CivicAddress) -> tuple[Difference, ...]:
        """Field by field, what ``other`` says otherwise."""
        pairs = (
            (part.name, getattr(self, part.name), getattr(other, part.name)) for part in fields(CivicAddress)
        )
        return tuple(Difference(name, ours, theirs) for name, ours, theirs in pairs if ours != theirs)


@frozen
class Difference:
    """One field of an address as it was entered and as the carrier has it."""

    field: str
    entered: str | None
    proposed: str | None


@frozen
class AddressConfirmed(Report):
    """The carrier knows ``address`` as it stands."""

    address: CivicAddress
    word = "valid"


@frozen
class AddressCorrected(Report):
    """The carrier does not know ``address``, and proposes ``proposed`` instead: a person accepts it or edits."""

    address: CivicAddress
    proposed: CivicAddress
    word = "corrected"

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Field by field, what the carrier would change."""
        return self.address.differences(self.proposed)


@frozen
class AddressAmbiguous(Report):
    """Several known addresses could be meant by ``address``."""

    address: CivicAddress
    candidates: tuple[CivicAddress, ...]
    word = "ambiguous"


@frozen
class AddressRejected(Report):
    """The carrier knows no such place, for ``reason``: not found, a PO box, a postal code of another state."""

    address: CivicAddress
    reason: str
    word = "rejected"


@frozen
class CheckerUnavailable(Report):
    """The carrier could not check ``address`` now: which is not "invalid"."""

    address: CivicAddress
    word = "unavailable"


AddressCheck = AddressConfirmed | AddressCorrected | AddressAmbiguous | AddressRejected | CheckerUnavailable
