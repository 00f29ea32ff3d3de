"""Why a list of numbers becomes several port orders: every cut with its reason and its figures."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from attrs import field, frozen

from pstnkit.catalog import counted, sentence


class CutReason(StrEnum):
    """Why numbers travel in different orders. The first ones are in the order in which a list is cut.

    >>> CutReason("most_in_an_order")
    <CutReason.MOST_IN_AN_ORDER: 'most_in_an_order'>
    """

    TOLL_FREE = "toll_free"
    LOSING_CARRIER = "losing_carrier"
    ACCOUNT_NUMBER = "account_number"
    BTN = "btn"
    BUSINESS_NAME = "business_name"
    SERVICE_ADDRESS = "service_address"
    SIGNER = "signer"
    PORT_TYPE = "port_type"
    RATE_CENTER = "rate_center"
    MOST_IN_AN_ORDER = "most_in_an_order"
    """There are more numbers than one order may have."""
    WHOLE_RANGES = "whole_ranges"
    """There are more numbers than one order may have, and ranges that stay whole take more orders than they would."""


@frozen
class CutPart:
    """One side of a cut: what its numbers have in common, how many they are, and in how many orders they go."""

    label: str
    numbers: int
    orders: int


def _parts(parts: Iterable[CutPart]) -> tuple[CutPart, ...]:
    return tuple(parts)


def _labels(labels: Iterable[str]) -> tuple[str, ...]:
    return tuple(labels)


@frozen(kw_only=True)
class Cut:
    """Where the numbers in ``within`` (all of the list, if it is empty) part, and why.

    ``most`` is the limit of an order where that is the reason. ``str`` of it is its sentence.

    >>> print(Cut(by=CutReason.LOSING_CARRIER, parts=[CutPart("Old Bell", 40, 1), CutPart("Pac Tel", 2, 1)]))
    42 numbers are with 2 losing carriers: Old Bell (40), Pac Tel (2)
    >>> print(Cut(by=CutReason.MOST_IN_AN_ORDER, within=("Old Bell", "off net"), most=49,
    ...           parts=[CutPart("", 49, 1), CutPart("", 11, 1)]))
    Old Bell, off net: 60 numbers are more than the 49 that one order may have: 2 orders (49, 11)
    """

    by: CutReason
    parts: tuple[CutPart, ...] = field(converter=_parts)
    within: tuple[str, ...] = field(default=(), converter=_labels)
    most: int | None = None

    @property
    def numbers(self) -> int:
        """How many numbers are parted."""
        return sum(part.numbers for part in self.parts)

    def __str__(self) -> str:
        told = sentence(
            self.by,
            numbers=counted(self.numbers, "number", "numbers"),
            parts=len(self.parts),
            most=self.most,
            listed=_listed(self.parts),
        )
        return f"{', '.join(self.within)}: {told}" if self.within else told


_LISTED = 6
"""How many parts a sentence lists."""


def _listed(parts: tuple[CutPart, ...]) -> str:
    told = [
        f"{part.label} ({part.numbers:,})" if part.label else f"{part.numbers:,}" for part in parts[:_LISTED]
    ]
    more = len(parts) - len(told)
    return ", ".join([*told, f"and {more:,} more"] if more else told)
