"""Who was first: which entries of a paste repeat numbers that were listed before.

It is found out when all entries are known. Where there are many of an exchange, its bitmap tells; else single numbers
are looked up in one set. In exchanges of which a range is
listed, stretches are compared as well: a range of 10,000 numbers costs no more than one of two.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from pstnkit.numbering.bcd import bitmaps_of, from_bcd, to_bcd
from pstnkit.numbering.paste.outcomes import DUPLICATE, VALID
from pstnkit.numbering.paste.records import Records, Repeated

_LINES = 10_000
_AT_ONCE = 1 << 14
_MANY_PER_EXCHANGE = 64
_WIDE = 200


def mark_repeats(records: Records, exchanges: int | None = None) -> None:
    """Make repetitions duplicates in ``records``, and note of each range among them what of it was listed before.

    ``exchanges`` is how many there are at most, if that is known.
    """
    if exchanges is not None and len(records) >= exchanges * _MANY_PER_EXCHANGE:
        _mark_by_exchange(records)
    else:
        codes, numbers = records.codes, records.numbers
        seen: set[int] = set()
        for start in range(0, len(codes), _AT_ONCE):
            some = numbers[start : start + _AT_ONCE].tolist()
            for index in _repetitions(some, codes[start : start + _AT_ONCE], seen):
                codes[start + index] = DUPLICATE
    if records.spans:
        _mark_with_ranges(records)


def _mark_by_exchange(records: Records) -> None:
    """Mark repetitions among many single numbers of few exchanges, and keep the bitmaps: what is set in one twice was
    listed twice."""
    codes, numbers = records.codes, records.numbers
    if records.spans or codes.count(VALID) < len(codes):
        valid = [number for number, code in zip(numbers, codes, strict=True) if code < DUPLICATE and number]
        numbers = array("Q", valid)
    records.bitmaps, again = bitmaps_of(numbers)
    if again:
        met: set[int] = set()
        for index in [index for index, number in enumerate(records.numbers) if number in again]:
            number = records.numbers[index]
            if number in met:
                codes[index] = DUPLICATE
            met.add(number)


def _repetitions(numbers: list[int], codes: bytearray, seen: set[int]) -> list[int]:
    """Where single numbers stand that are in ``seen`` or stand there before; adds all of them to ``seen``."""
    listed = [number for number, code in zip(numbers, codes, strict=True) if code < DUPLICATE and number]
    fresh = set(listed)
    met = fresh & seen
    seen |= fresh
    again = met
    if len(fresh) < len(listed):
        once: set[int] = set()
        twice = {number for number in listed if number in once or once.add(number)}  # type: ignore[func-returns-value]
        again = met | twice
    found = []
    for index in [index for index, number in enumerate(numbers) if number in again] if again else ():
        if codes[index] < DUPLICATE:  # of merged reports one may refuse what another takes
            if numbers[index] in met:
                found.append(index)
            met.add(numbers[index])
    return found


def _mark_with_ranges(records: Records) -> None:
    """Mark what ranges repeat, and what repeats them, in the order in which all were listed."""
    codes, numbers = records.codes, records.numbers
    ranges = {index: span for index, span in sorted(records.spans.items()) if codes[index] <= DUPLICATE}
    ranged = {first // _LINES: Stretches() for first, _ in ranges.values()}
    hundreds, exchanges_of_wide = _reached(ranges.values())
    for start in range(0, len(codes), _AT_ONCE):
        some = numbers[start : start + _AT_ONCE].tolist()
        of_ranged = [
            index
            for index, number in enumerate(some, start)
            if number >> 8 in hundreds or number >> 16 in exchanges_of_wide
        ]
        for index in sorted([*of_ranged, *(range(start, start + len(some)) & ranges.keys())]):
            if index in ranges:
                first, last = ranges[index]
                before = ranged[first // _LINES].add(first, last)
                if before.size:
                    codes[index] = DUPLICATE
                    records.repeated[index] = before
            elif codes[index] < DUPLICATE:
                number = from_bcd(numbers[index])
                if ranged[number // _LINES].had(number):
                    codes[index] = DUPLICATE


def _reached(ranges: Iterable[tuple[int, int]]) -> tuple[set[int], set[int]]:
    """The hundreds of lines that ranges reach into, and the exchanges of ranges that reach into many: all in BCD. Only
    single numbers of these can have been listed by a range."""
    hundreds: set[int] = set()
    wide: set[int] = set()
    for first, last in ranges:
        if last - first < _WIDE:
            hundreds.update((to_bcd(first) >> 8, to_bcd(min(first + 100, last)) >> 8, to_bcd(last) >> 8))
        else:
            wide.add(to_bcd(first) >> 16)
    return hundreds, wide


class Stretches:
    """The numbers of one exchange that were listed, as disjoint stretches in order."""

    __slots__ = ("_firsts", "_lasts", "_singles")

    def __init__(self) -> None:
        self._firsts: list[int] = []
        self._lasts: list[int] = []
        self._singles: list[int] = []
        """Single numbers that were listed since a range was: they are compared when the next one is."""

    def had(self, number: int) -> bool:
        """Whether a range with ``number`` was listed before; notes that it is now."""
        at = bisect_right(self._firsts, number) - 1
        if at >= 0 and self._lasts[at] >= number:
            return True
        self._singles.append(number)
        return False

    def add(self, first: int, last: int) -> Repeated:
        """Note that the numbers ``first`` to ``last`` are listed, and say which were before."""
        for number in self._singles:
            self._put(number, number)
        self._singles.clear()
        return self._put(first, last)

    def _put(self, first: int, last: int) -> Repeated:
        firsts, lasts = self._firsts, self._lasts
        low = bisect_left(lasts, first)
        high = bisect_right(firsts, last)
        fresh = []
        count = 0
        reached = first
        for start, end in zip(firsts[low:high], lasts[low:high], strict=True):
            if start > reached:
                fresh.append((reached, start - 1))
            count += min(end, last) - max(start, first) + 1
            reached = end + 1
        if reached <= last:
            fresh.append((reached, last))
        lowest = max(firsts[low], first) if count else 0
        if count:
            first, last = min(first, firsts[low]), max(last, lasts[high - 1])
        firsts[low:high], lasts[low:high] = [first], [last]
        return Repeated(lowest, count, tuple(fresh))
