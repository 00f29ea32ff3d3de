"""Who was first: which entries of a paste repeat numbers that were listed before.

It is found out when all entries are known. Single numbers are looked up in one set. In exchanges of which a range is
listed, stretches are compared as well: a range of 10,000 numbers costs no more than one of two.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from pstnkit.numbering.paste.outcomes import DUPLICATE
from pstnkit.numbering.paste.records import Records, Repeated

_LINES = 10_000
_AT_ONCE = 1 << 14


def mark_repeats(records: Records) -> None:
    """Make repetitions duplicates in ``records``, and note of each range among them what of it was listed before."""
    codes, numbers = records.codes, records.numbers
    ranges = {index: span for index, span in sorted(records.spans.items()) if codes[index] <= DUPLICATE}
    ranged = {first // _LINES: Stretches() for first, _ in ranges.values()}
    seen: set[int] = set()
    for start in range(0, len(codes), _AT_ONCE):
        some = numbers[start : start + _AT_ONCE].tolist()
        for index in _repetitions(some, codes[start : start + _AT_ONCE], seen):
            codes[start + index] = DUPLICATE
        if not ranged:
            continue
        of_ranged = [index for index, number in enumerate(some, start) if number // _LINES in ranged]
        for index in sorted([*of_ranged, *(range(start, start + len(some)) & ranges.keys())]):
            if index in ranges:
                first, last = ranges[index]
                before = ranged[first // _LINES].add(first, last)
                if before.size:
                    codes[index] = DUPLICATE
                    records.repeated[index] = before
            elif codes[index] < DUPLICATE and ranged[numbers[index] // _LINES].had(numbers[index]):
                codes[index] = DUPLICATE


def _repetitions(numbers: list[int], codes: bytearray, seen: set[int]) -> list[int]:
    """Where single numbers stand that are in ``seen`` or stand there before; adds all of them to ``seen``."""
    listed = [number for number, code in zip(numbers, codes, strict=True) if code < DUPLICATE]
    fresh = set(listed)
    fresh.discard(0)
    met = fresh & seen
    seen |= fresh
    if len(fresh) == len(listed) and not met:
        return []
    found = []
    for index, (number, code) in enumerate(zip(numbers, codes, strict=True)):
        if number in met:
            if code < DUPLICATE:
                found.append(index)
        elif number and code < DUPLICATE:
            met.add(number)
    return found


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
