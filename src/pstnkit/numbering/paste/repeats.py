"""Who was first: which entries of a paste repeat numbers that were listed before.

It is found out when all entries are known. Where there are many of each exchange, those of one are compared among
themselves; else all are looked up in one set. Few entries have to be
gone through in the order in which they were listed: only those whose numbers were met more than once.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from itertools import compress

from pstnkit.numbering import bits
from pstnkit.numbering.bcd import LinesByExchange, exchanges_of, from_bcd, lines_within, masked, to_bcd
from pstnkit.numbering.paste.outcomes import DUPLICATE, LISTED
from pstnkit.numbering.paste.records import Records, Repeated

_LINES = 10_000
_AT_ONCE = 1 << 14
_MANY_PER_EXCHANGE = 16
_SAMPLE = 1 << 16


def mark_repeats(records: Records, exchanges: array[int] | None = None) -> None:
    """Make repetitions duplicates in ``records``, and note of each range among them what of it was listed before.

    ``exchanges`` are those of the single numbers that are listed, 0 for all other entries, if they are known.
    """
    codes, numbers = records.codes, records.numbers
    if exchanges is None:
        exchanges = masked(exchanges_of(numbers), codes.translate(LISTED))
    ranges = {index: span for index, span in sorted(records.spans.items()) if codes[index] < DUPLICATE}
    in_ranges: set[int] = set()
    if _are_many_of_each(exchanges):
        records.lines = by_exchange = LinesByExchange(numbers, exchanges)
        again = _repeated_lines(by_exchange)
    else:
        by_exchange = None
        again = _listed_again(array("Q", compress(numbers, exchanges)))
    if ranges:
        if by_exchange is None:
            ranged = {first // _LINES for first, _ in ranges.values()}
            met_by = bytes(map(ranged.__contains__, exchanges))
            by_exchange = LinesByExchange(array("Q", compress(numbers, met_by)))
        in_ranges, mixed = _meetings(ranges.values(), by_exchange)
        ranges = {index: span for index, span in ranges.items() if span[0] // _LINES in mixed}
    listed_twice = again | in_ranges
    met: set[int] = set()
    within: list[int] = []
    for index in compress(range(len(codes)), map(listed_twice.__contains__, numbers)) if listed_twice else ():
        number = numbers[index]
        if not exchanges[index]:
            continue
        if number in met:
            codes[index] = DUPLICATE
        else:
            met.add(number)
            if number in in_ranges:
                within.append(index)
    _mark_with_ranges(records, ranges, within)


def _are_many_of_each(exchanges: array[int]) -> bool:
    """Whether there are many numbers of each exchange. Of a long list some tell for all."""
    every = max(1, len(exchanges) // _SAMPLE)
    return len(exchanges) >= _MANY_PER_EXCHANGE * len(set(exchanges[::every]))


def _listed_again(numbers: array[int]) -> set[int]:
    """Which numbers stand in ``numbers`` more than once."""
    seen: set[int] = set()
    again: set[int] = set()
    for start in range(0, len(numbers), _AT_ONCE):
        some = numbers[start : start + _AT_ONCE].tolist()
        before = len(seen)
        fresh = set(some)
        again |= fresh & seen
        seen |= fresh
        if len(seen) - before < len(some):
            once: set[int] = set()
            again.update(number for number in some if number in once or once.add(number))  # type: ignore[func-returns-value]
    return again


def _repeated_lines(by_exchange: Mapping[int, array[int]]) -> set[int]:
    """Which numbers stand in their exchange more than once, in BCD."""
    again: set[int] = set()
    for exchange, lines in by_exchange.items():
        met = bytearray(_LINES)
        for line in lines:
            if met[line]:
                again.add(to_bcd(exchange * _LINES + line))
            met[line] = 1
    return again


def _meetings(
    ranges: Iterable[tuple[int, int]], singles: Mapping[int, array[int]]
) -> tuple[set[int], set[int]]:
    """Which single numbers (in BCD; their lines are given by exchange) lie in ``ranges``, and the exchanges in which a
    range meets such a number or another range."""
    ranged: dict[int, int] = {}
    mixed: set[int] = set()
    for first, last in ranges:
        exchange, line = divmod(first, _LINES)
        span = bits.span(line, line + last - first)
        before = ranged.get(exchange, 0)
        if before & span:
            mixed.add(exchange)
        ranged[exchange] = before | span
    within: set[int] = set()
    for exchange, bitmap in ranged.items():
        lines = lines_within(bitmap, singles.get(exchange, ()))
        if lines:
            mixed.add(exchange)
            within.update(to_bcd(exchange * _LINES + line) for line in lines)
    return within, mixed


def _mark_with_ranges(records: Records, ranges: Mapping[int, tuple[int, int]], within: list[int]) -> None:
    """Mark what ranges repeat, and which single numbers ``within`` them repeat those, in the order in which all were
    listed."""
    codes, numbers = records.codes, records.numbers
    by_exchange = {first // _LINES: Stretches() for first, _ in ranges.values()}
    for index in sorted([*within, *ranges]):
        if index in ranges:
            first, last = ranges[index]
            before = by_exchange[first // _LINES].add(first, last)
            if before.size:
                codes[index] = DUPLICATE
                records.repeated[index] = before
        else:
            number = from_bcd(numbers[index])
            if by_exchange[number // _LINES].had(number):
                codes[index] = DUPLICATE


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
