"""Ranges of numbers, and ``collapse``, which makes as few of them as there can be.

>>> number = TelephoneNumber("4155550101")
>>> for block in collapse([number, number - 1, NumberRange("4155550102", "4155550109")]):
...     print(block)
+14155550100..+14155550109
"""

from __future__ import annotations

from collections.abc import Iterable

from pstnkit.numbering.reasons import quoted
from pstnkit.numbering.telephone import NumberRange, TelephoneNumber

__all__ = ["NumberRange", "collapse"]


def collapse(numbers_or_ranges: Iterable[TelephoneNumber | NumberRange]) -> list[NumberRange]:
    """The same numbers as the fewest ranges: sorted, overlapping and adjoining ones merged, never across
    exchanges.

    Takes numbers and ranges mixed, in any order; :class:`TypeError` for anything else.

    >>> collapse([TelephoneNumber("4155559999"), TelephoneNumber("4155560000")])
    [NumberRange('+14155559999', '+14155559999'), NumberRange('+14155560000', '+14155560000')]

    """
    merged: list[NumberRange] = []
    first, last = 0, -1
    for low, high in sorted(map(ends_of, numbers_or_ranges)):
        # A number that adjoins across an exchange's border (its line is 0000) opens a new range.
        if low <= last + 1 and low // 10_000 == first // 10_000:
            last = max(last, high)
            continue
        if first:
            merged.append(NumberRange._of(first, last))
        first, last = low, high
    if first:
        merged.append(NumberRange._of(first, last))
    return merged


def ends_of(item: TelephoneNumber | NumberRange) -> tuple[int, int]:
    """The lowest and highest ten-digit ints of a number or a range; :class:`TypeError` for anything else."""
    if isinstance(item, TelephoneNumber):
        return item._digits, item._digits
    if isinstance(item, NumberRange):
        return item._first, item._last
    raise TypeError(
        f"expected a TelephoneNumber or a NumberRange, not {type(item).__name__} ({quoted(repr(item))})"
    )
