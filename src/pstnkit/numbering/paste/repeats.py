"""Who was first: which entries of a paste repeat numbers that were listed before.

It is found out when all entries are known. Where there are many of each exchange, those of one are compared among
themselves; else all are looked up in one set. In the order in which they were listed only those are gone through that
have to do with a range that meets other entries.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Sequence
from itertools import compress, repeat

from pstnkit.numbering.bcd import MANY, PlacesByExchange, bitmap_of_flags, exchanges_of, lines_of, masked
from pstnkit.numbering.paste.items_at import items_at
from pstnkit.numbering.paste.outcomes import DUPLICATE, LISTED
from pstnkit.numbering.paste.records import Records

_LINES = 10_000
_MANY_PER_EXCHANGE = 16
_SAMPLE = 1 << 16
_SINGLE = 0xFFFF
"""Stands for the last line where there is a single number and no range."""


def mark_repeats(records: Records, exchanges: array[int] | None = None) -> None:
    """Make repetitions duplicates in ``records``, and note of each range among them what of it was listed before.

    ``exchanges`` are those of the single numbers that are listed, 0 for all other entries, if they are known.
    """
    codes = records.codes
    if exchanges is None:
        exchanges = masked(exchanges_of(records.numbers), codes.translate(LISTED))
    ranges: dict[int, array[int]] = {}
    for index, first, last in records.spans.in_order():
        if codes[index] < DUPLICATE:
            of_exchange = ranges.get(first // _LINES)
            if of_exchange is None:
                of_exchange = ranges[first // _LINES] = array("Q")
            of_exchange.append(index << 32 | first % _LINES << 16 | last % _LINES)
    if _are_many_of_each(exchanges):
        records.places = places = PlacesByExchange(exchanges)
    else:
        _mark_one_by_one(records, exchanges)
        if not ranges:
            return
        places = PlacesByExchange(masked(exchanges, bytes(255 * (each in ranges) for each in exchanges)))
    lines = lines_of(records.numbers)
    for exchange, some in places.items():
        if len(some) > 1 or exchange in ranges:
            met = _mark_lines(some, lines, codes)
            if len(some) >= MANY and records.places is not None:
                records.bitmaps[exchange] = bitmap_of_flags(met)
            if exchange in ranges and _meet(ranges[exchange], met):
                _mark_with_ranges(records, ranges[exchange], some, lines)
    for exchange in ranges.keys() - places.keys():
        if _meet(ranges[exchange], bytearray(_LINES)):
            _mark_with_ranges(records, ranges[exchange], (), lines)


def _mark_lines(places: array[int], lines: array[int], codes: bytearray) -> bytearray:
    """Mark the single numbers of an exchange that are listed again: whose lines were met before. Gives those lines."""
    met = bytearray(_LINES)
    of_each = items_at(lines, places)
    if len(places) >= MANY:
        deque(map(met.__setitem__, of_each, repeat(1)), maxlen=0)
        if met.count(1) == len(places):
            return met
        met = bytearray(_LINES)
    for place, line in zip(places, of_each, strict=True):
        if met[line]:
            codes[place] = DUPLICATE
        met[line] = 1
    return met


def _meet(ranges: array[int], met: bytearray) -> bool:
    """Whether one of the ranges of an exchange has a line that was ``met``, or that another one has."""
    for _, first, last in map(_unpacked, ranges):
        if met.find(1, first, last + 1) >= 0:
            return True
        met[first : last + 1] = b"\1" * (last + 1 - first)
    return False


def _unpacked(span: int) -> tuple[int, int, int]:
    """The index of a range, its first and its last line."""
    return span >> 32, span >> 16 & 0xFFFF, span & 0xFFFF


def _mark_with_ranges(
    records: Records, ranges: array[int], singles: Sequence[int], lines: array[int]
) -> None:
    """Mark what the ``ranges`` of an exchange repeat, and which of the ``singles`` repeat those, in the order in which
    all were listed."""
    codes = records.codes
    ranged = bytearray(_LINES)
    for _, first, last in map(_unpacked, ranges):
        ranged[first : last + 1] = b"\1" * (last + 1 - first)
    of_each = items_at(lines, singles)
    within = (
        place << 32 | line << 16 | _SINGLE
        for place, line in compress(zip(singles, of_each, strict=True), items_at(ranged, of_each))
        if codes[place] < DUPLICATE
    )
    stretches = Stretches()
    for index, first, last in map(_unpacked, sorted([*within, *ranges])):
        if last == _SINGLE:
            if stretches.had(first):
                codes[index] = DUPLICATE
            continue
        fresh = stretches.add(first, last)
        if fresh != [(first, last)]:
            codes[index] = DUPLICATE
            records.rests.add(index, fresh)


def _are_many_of_each(exchanges: array[int]) -> bool:
    """Whether there are many numbers of each exchange. Of a long list some tell for all."""
    every = max(1, len(exchanges) // _SAMPLE)
    return len(exchanges) >= _MANY_PER_EXCHANGE * len(set(exchanges[::every]))


def _mark_one_by_one(records: Records, exchanges: array[int]) -> None:
    """Mark single numbers that are listed again: those that are in one set of all. Others are in exchange 0."""
    codes, numbers = records.codes, records.numbers
    listed = codes.translate(LISTED)
    again = _listed_again(list(compress(numbers, listed)) if 0 in listed else numbers.tolist())
    again.discard(0)  # which stands for ranges
    if not again:
        return
    met: set[int] = set()
    for index in compress(range(len(codes)), map(again.__contains__, numbers)):
        if exchanges[index]:  # of merged reports one may refuse what another takes
            if numbers[index] in met:
                codes[index] = DUPLICATE
            met.add(numbers[index])


def _listed_again(numbers: list[int]) -> set[int]:
    """Which numbers stand in ``numbers`` more than once: mostly none."""
    if len(set(numbers)) == len(numbers):
        return set()
    met: set[int] = set()
    return {number for number in numbers if number in met or met.add(number)}  # type: ignore[func-returns-value]


class Stretches:
    """The lines of one exchange that were listed, as disjoint stretches in order."""

    __slots__ = ("_firsts", "_lasts", "_singles")

    def __init__(self) -> None:
        self._firsts: list[int] = []
        self._lasts: list[int] = []
        self._singles: list[int] = []
        """Single lines that were listed since a range was: they are compared when the next one is."""

    def had(self, line: int) -> bool:
        """Whether a range with a line was listed before; notes that it is now."""
        at = bisect_right(self._firsts, line) - 1
        if at >= 0 and self._lasts[at] >= line:
            return True
        self._singles.append(line)
        return False

    def add(self, first: int, last: int) -> list[tuple[int, int]]:
        """Note that the lines ``first`` to ``last`` are listed, and say which were not before."""
        for line in self._singles:
            self._put(line, line)
        self._singles.clear()
        return self._put(first, last)

    def _put(self, first: int, last: int) -> list[tuple[int, int]]:
        firsts, lasts = self._firsts, self._lasts
        low = bisect_left(lasts, first)
        high = bisect_right(firsts, last)
        fresh = []
        reached = first
        for start, end in zip(firsts[low:high], lasts[low:high], strict=True):
            if start > reached:
                fresh.append((reached, start - 1))
            reached = end + 1
        if reached <= last:
            fresh.append((reached, last))
        if low < high:
            first, last = min(first, firsts[low]), max(last, lasts[high - 1])
        firsts[low:high], lasts[low:high] = [first], [last]
        return fresh
