"""The valid numbers of a paste, as a sequence that makes them when they are looked at."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import compress
from typing import final

from pstnkit.catalog import counted
from pstnkit.numbering import bits
from pstnkit.numbering.bcd import (
    PlacesByExchange,
    bitmap_of,
    decimals,
    exchanges_of,
    from_bcd,
    lines_of,
    to_bcd,
)
from pstnkit.numbering.paste.items_at import items_at
from pstnkit.numbering.paste.lazy import LazySequence
from pstnkit.numbering.paste.outcomes import DUPLICATE, LISTED, VALID
from pstnkit.numbering.paste.records import Records
from pstnkit.numbering.telephone import NumberRange, TelephoneNumber


@final
class ValidNumbers(LazySequence[TelephoneNumber]):
    """The valid numbers of a report, each once, in source order, ranges expanded; made when looked at.

    A :class:`~pstnkit.NumberSet` is made of them in one go.
    """

    __slots__ = ("_after", "_singles", "_sorted", "_stretches")

    def __init__(self, records: Records, picked: Sequence[int] | None = None) -> None:
        self._singles, stretches = _listed(records, picked)
        self._sorted = None
        if picked is None and records.places is not None:
            self._sorted = records.numbers, records.places, records.bitmaps
        self._stretches = [(first, last) for _, first, last in stretches]
        self._after: list[tuple[int, int]] = []
        """For each stretch: how many single numbers stand before it, and how many numbers there are with it."""
        size = 0
        for singles, first, last in stretches:
            size += last - first + 1
            self._after.append((singles, singles + size))

    def __len__(self) -> int:
        singles, reached = self._after[-1] if self._after else (0, 0)
        return len(self._singles) - singles + reached

    def _made(self, place: int) -> TelephoneNumber:
        stretch = bisect_right(self._after, place, key=lambda after: after[1])
        singles, reached = self._after[stretch - 1] if stretch else (0, 0)
        if stretch < len(self._after):
            end = self._after[stretch][1]
            first, last = self._stretches[stretch]
            if place >= end - (last - first + 1):
                return TelephoneNumber._of(last - (end - 1 - place))
        return TelephoneNumber._of(from_bcd(self._singles[singles + place - reached]))

    def __contains__(self, number: object) -> bool:
        if not isinstance(number, TelephoneNumber):
            return False
        digits = int(number)
        return to_bcd(digits) in self._singles or any(
            first <= digits <= last for first, last in self._stretches
        )

    def __iter__(self) -> Iterator[TelephoneNumber]:
        return map(TelephoneNumber._of, self._integers())

    def _integers(self) -> Iterator[int]:
        """The ten digits of each."""
        done = 0
        for (singles, _), (first, last) in zip(self._after, self._stretches, strict=True):
            yield from decimals(self._singles[done:singles])
            yield from range(first, last + 1)
            done = singles
        yield from decimals(self._singles[done:])

    def ranges(self) -> Iterator[NumberRange]:
        """The same numbers as ranges, in source order: one for each number or range that was listed."""
        done = 0
        for (singles, _), (first, last) in zip(self._after, self._stretches, strict=True):
            yield from _each(self._singles[done:singles])
            yield NumberRange._of(first, last)
            done = singles
        yield from _each(self._singles[done:])

    def _by_exchange(self) -> dict[int, int]:
        """The bitmap of each exchange: what a set is made of."""
        singles = self._singles
        numbers, places, known = self._sorted or (singles, PlacesByExchange(exchanges_of(singles)), {})
        bitmaps = known.copy()
        missing = places.keys() - known.keys()
        lines = lines_of(numbers) if missing else array("H")
        bitmaps.update((exchange, bitmap_of(items_at(lines, places[exchange]))) for exchange in missing)
        for first, last in self._stretches:
            exchange, line = divmod(first, bits.LINES)
            bitmaps[exchange] = bitmaps.get(exchange, 0) | bits.span(line, line + last - first)
        return bitmaps

    def __repr__(self) -> str:
        return f"<{counted(len(self), 'valid number', 'valid numbers')}>"


def _each(numbers: array[int]) -> Iterator[NumberRange]:
    return (NumberRange._of(number, number) for number in decimals(numbers))


def _listed(records: Records, picked: Sequence[int] | None) -> tuple[array[int], list[tuple[int, int, int]]]:
    """The single numbers in BCD, and of each stretch how many of those stand before it, and its two ends."""
    codes, numbers = records.codes, records.numbers
    if picked is None:
        if codes.count(VALID) == len(codes) and not records.spans:
            return numbers, []
        indexes: Sequence[int] = range(len(codes))
        chosen = codes.translate(LISTED)
    else:
        indexes = picked
        chosen = bytearray(map(codes.translate(LISTED).__getitem__, picked))
        numbers = array("Q", map(numbers.__getitem__, picked))
    stretches: list[tuple[int, int, int]] = []
    before = reached = 0
    for index in records.spans:
        at = bisect_left(indexes, index)
        if codes[index] > DUPLICATE or at == len(indexes) or indexes[at] != index:
            continue
        chosen[at] = 0
        before += chosen.count(255, reached, at)
        reached = at
        stretches += [(before, *fresh) for fresh in records.fresh(index)]
    return array("Q", compress(numbers, chosen)), stretches
