"""What there is to be had in a place, as values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import attrs

from pstnkit.numbering.ranges import NumberRange


class RateCenter(NamedTuple):
    """A rate center by its state (ISO 3166-2), within which its name is unique, and its name in the table."""

    state: str | None
    name: str


@attrs.frozen
class RunBand:
    """How many runs have between ``shortest`` and ``longest`` numbers, and how many ``numbers`` are in them."""

    shortest: int
    longest: int
    runs: int
    numbers: int


@attrs.frozen
class Supply:
    """What there is to be had in one place, or in all."""

    numbers: int
    exchanges: int
    """How many exchanges have at least one of the numbers."""
    runs: tuple[RunBand, ...]
    """The run-length profile, shortest first: each number is in one run, as long as it can be, in one exchange."""
    longest_run: NumberRange | None
    """The lowest of the longest runs; None when there is no number."""
    blocks: Mapping[int, int]
    """How many whole blocks there are of each size on sale."""
