"""A page of options: what is listed at once, and where it stops."""

from __future__ import annotations

from typing import NamedTuple

from pstnkit.numbering.ranges import NumberRange


class Place(NamedTuple):
    """The ``last`` number listed, as a ten-digit int, and the exchanges (six digits) that were ``listed`` in full
    before its own, as far as their order does not tell."""

    last: int
    listed: frozenset[int] = frozenset()


Options = tuple[NumberRange, ...]
Page = tuple[Options, Place | None]
"""The options listed, and the place behind which there are more; None when there are none."""
