"""Alternatives to what cannot be had, as values: a kind, typed figures, and a sentence made of them (SPEC
N4).

How each is found stands in :mod:`pstnkit.inventory.substitutes`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

import attrs

from pstnkit.catalog import sentence
from pstnkit.numbering.ranges import NumberRange

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pstnkit.inventory.query import SearchQuery
    from pstnkit.numbering.telephone import Exchange

_SIZES_NAMED = 8


class AlternativeKind(StrEnum):
    """What an alternative gives up, in the order in which alternatives are ranked."""

    SAME_EXCHANGE = "same_exchange"
    """Other numbers of the same exchange, for numbers that have just gone. No search that fails has one."""
    SPLIT_RUNS = "split_runs"
    """One run: the fewest shorter ones that add up."""
    UNALIGNED_RUN = "unaligned_run"
    """The block's alignment: a run of its size elsewhere."""
    OTHER_EXCHANGE = "other_exchange"
    """The exchange: one of the same rate center, the nearest, or the best fit in the area code."""
    OVERLAY = "overlay"
    """The area code: another that serves the same area."""
    SAME_STATE = "same_state"
    """The area: anywhere in the state."""
    NON_CONSECUTIVE = "non_consecutive"
    """Being consecutive."""
    SMALLER_RUN = "smaller_run"
    """The quantity: the longest run that there is."""
    ADVANCED_ORDER = "advanced_order"
    """Time: the carrier is asked to source the numbers."""


class Shape(StrEnum):
    """In what form numbers are wanted."""

    NUMBER = "number"
    NUMBERS = "numbers"
    RUN = "run"
    BLOCK = "block"


class Nearness(StrEnum):
    """Why another exchange is offered."""

    SAME_RATE_CENTER = "same_rate_center"
    NEAREST = "nearest"
    SAME_AREA_CODE = "same_area_code"


@attrs.frozen
class Figures:
    """What every alternative is measured against: how many numbers were wanted, in which form."""

    quantity: int
    shape: Shape


@attrs.frozen
class SplitRunsFigures(Figures):
    """``sizes`` are the lengths of the pieces, longest first; they add up to ``quantity``."""

    sizes: tuple[int, ...]


@attrs.frozen
class ExchangeFigures(Figures):
    """``exchange`` has what is wanted; ``rate_center`` and ``kilometers`` are known as far as a table gave
    them."""

    exchange: Exchange
    nearness: Nearness
    rate_center: str | None = None
    kilometers: float | None = None


@attrs.frozen
class OverlayFigures(Figures):
    """``npa`` has what is wanted and serves the area of ``instead_of``."""

    npa: str
    instead_of: str


@attrs.frozen
class StateFigures(Figures):
    """``state`` (ISO 3166-2) has what is wanted, first in area code ``npa``."""

    state: str
    npa: str


@attrs.frozen
class NonConsecutiveFigures(Figures):
    """``available`` numbers are free, not in one run."""

    available: int


@attrs.frozen
class SmallerRunFigures(Figures):
    """The longest run has ``length`` numbers."""

    length: int


@attrs.frozen
class AdvancedOrderFigures(Figures):
    """An advanced order takes ``days`` days (SPEC F2)."""

    days: int


@attrs.frozen
class Alternative:
    """Something else that would do: really there when it was found, and why it is offered.

    ``query``, run again on the same inventory, lists ``ranges`` first; it is None for split runs, which no
    one query finds, and for an advanced order, whose numbers are not in the inventory (and ``ranges`` is
    empty).
    """

    kind: AlternativeKind
    ranges: tuple[NumberRange, ...]
    figures: Figures
    query: SearchQuery | None = None

    @property
    def explanation(self) -> str:
        """The sentence for people, in English."""
        return self.explain()

    def explain(self, catalog: Mapping[str, str] | None = None) -> str:
        """The sentence for people, from ``catalog`` (see :mod:`pstnkit.catalog`)."""
        figures = self.figures
        words: dict[str, Any] = attrs.asdict(figures, recurse=False)
        words["wanted"] = sentence(figures.shape, catalog, quantity=figures.quantity)
        if isinstance(figures, SplitRunsFigures):
            words["pieces"] = len(figures.sizes)
            sizes = [str(size) for size in figures.sizes[:_SIZES_NAMED]]
            words["sizes"] = " + ".join(sizes if len(sizes) == len(figures.sizes) else [*sizes, "..."])
        if isinstance(figures, ExchangeFigures):
            words["nearness"] = sentence(
                figures.nearness, catalog, rate_center=figures.rate_center, kilometers=figures.kilometers
            )
        return sentence(self.kind, catalog, **words)
