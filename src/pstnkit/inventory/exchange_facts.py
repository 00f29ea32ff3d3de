"""What a table says of one exchange, and the error of a table that cannot be read."""

from __future__ import annotations

import attrs

from pstnkit.errors import CallerError
from pstnkit.numbering.telephone import Exchange

_FAULTS_SHOWN = 10


class InvalidExchangeTable(CallerError):
    r"""A table of exchanges that cannot be read: ``faults`` are (line, what is wrong), all that there are.

    Lines count from 1, the header included; from rows without text, rows do.
    """

    def __init__(self, faults: tuple[tuple[int, str], ...]) -> None:
        super().__init__(faults)
        self.faults = faults

    def __str__(self) -> str:
        shown = "; ".join(f"line {line}: {what}" for line, what in self.faults[:_FAULTS_SHOWN])
        more = len(self.faults) - _FAULTS_SHOWN
        return f"{shown}; and {more} more" if more > 0 else shown


@attrs.frozen
class ExchangeFacts:
    """What a table says of one exchange; what it does not say is None."""

    exchange: Exchange
    state: str | None = None
    """ISO 3166-2."""
    rate_center: str | None = None
    city: str | None = None
    coordinates: tuple[float, float] | None = None
    """Latitude and longitude in degrees."""
    ocn: str | None = None
    """Operating company number: whose exchange it is."""
    company: str | None = None

    def same_rate_center(self, other: ExchangeFacts) -> bool:
        """True if both are in one rate center: its name counts only within a state."""
        if self.rate_center is None or other.rate_center is None:
            return False
        return (self.state, folded(self.rate_center)) == (other.state, folded(other.rate_center))


def folded(name: str) -> str:
    """A place's name as it is compared: in any case, with any space between its words.

    >>> folded("SNFC  Cntrl")
    'snfc cntrl'
    """
    return " ".join(name.split()).casefold()
