"""What a table says of an exchange or of one of its thousands-blocks, and the error of a table that cannot be read."""

from __future__ import annotations

from typing import Any, NamedTuple

import attrs

from pstnkit.errors import CallerError
from pstnkit.inventory.regions import subdivision
from pstnkit.numbering.damaged import DamagedTable
from pstnkit.numbering.reasons import quoted
from pstnkit.numbering.telephone import Exchange

BLOCKS = 10
"""How many thousands-blocks an exchange has (47 CFR 52.20)."""


class InvalidExchangeTable(DamagedTable):
    """A table of exchanges that cannot be read: ``faults`` are (line, what is wrong), all that there are.

    Lines count from 1, the header included; where there are rows and no text, rows do.
    """

    noun = "table of exchanges"


def _block(_facts: object, _attribute: object, block: int | None) -> None:
    if block is not None and not (type(block) is int and 0 <= block < BLOCKS):
        raise CallerError(f"{block!r} is no thousands-block: they are the ints 0 to {BLOCKS - 1}")


def _state(written: str | None) -> str | None:
    if written is None:
        return None
    try:
        return subdivision(written)
    except ValueError as fault:
        raise CallerError(f"{quoted(written)} {fault}") from None


@attrs.frozen
class ExchangeFacts:
    """What a table says of one exchange, or of one thousands-block of it; what it does not say is None."""

    exchange: Exchange
    state: str | None = attrs.field(default=None, converter=_state)
    """ISO 3166-2; ``"CA"`` becomes ``"US-CA"``. :class:`~pstnkit.errors.CallerError` for what is no state, territory
    or province."""
    rate_center: str | None = None
    city: str | None = None
    coordinates: tuple[float, float] | None = None
    """Latitude and longitude in degrees."""
    ocn: str | None = None
    """Operating company number: whose exchange or block it is."""
    company: str | None = None
    block: int | None = attrs.field(default=None, validator=_block)
    """The thousands-block that this is about (3 is the lines 3000 to 3999); None for the exchange as a whole."""


class Place(NamedTuple):
    """What is said, without of what: thousands of exchanges share one of these."""

    state: str | None = None
    rate_center: str | None = None
    city: str | None = None
    coordinates: tuple[float, float] | None = None
    ocn: str | None = None
    company: str | None = None

    def refined(self, finer: Place) -> Place:
        """What holds where ``finer`` says more, or better, than this.

        What belongs together comes from one of the two: a company and its number; a rate center, and the city
        and coordinates that it is in.

        >>> exchange = Place("US-CA", "OAKLAND", "Oakland", None, "1234", "Bell")
        >>> exchange.refined(Place(ocn="5678"))
        Place(state='US-CA', rate_center='OAKLAND', city='Oakland', coordinates=None, ocn='5678', company=None)
        >>> exchange.refined(Place(rate_center="FREMONT")).city is None
        True
        """
        moved = None not in (self.rate_center, finer.rate_center) and self._center() != finer._center()
        city, coordinates = (None, None) if moved else (self.city, self.coordinates)
        company = (finer.ocn, finer.company)
        return Place(
            finer.state or self.state,
            finer.rate_center or self.rate_center,
            finer.city or city,
            finer.coordinates or coordinates,
            *(company if any(company) else (self.ocn, self.company)),
        )

    def _center(self) -> str:
        return folded(self.rate_center or "")

    def shared(self, other: Place) -> Place:
        """What both say.

        >>> Place("US-CA", "OAKLAND", ocn="1").shared(Place("US-CA", "OAKLAND", ocn="2"))
        Place(state='US-CA', rate_center='OAKLAND', city=None, coordinates=None, ocn=None, company=None)
        """
        both: list[Any] = [mine if mine == theirs else None for mine, theirs in zip(self, other, strict=True)]
        return Place(*both)


def folded(name: str) -> str:
    """A place's name as it is compared: in any case, with any space between its words.

    >>> folded("SNFC  Cntrl")
    'snfc cntrl'
    """
    return " ".join(name.split()).casefold()
