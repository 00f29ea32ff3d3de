"""Who was first: which entries of a paste repeat numbers that were listed before.

It is found out when all entries are known. Where there are many of each exchange, those of one are compared among
themselves; else all are looked up in one set. In the order in which they were listed only those are gone through that
have to do with a range that meets other entries.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from itertools import compress

from pstnkit.numbering import bits
from pstnkit.numbering.bcd import PlacesByExchange, exchanges_of, from_bcd, lines_of, masked
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
    codes = records.codes
    if exchanges is None:
        exchanges = masked(exchanges_of(records.numbers), codes.translate(LISTED))
    ranges = {index: span for index, span in sorted(records.spans.items()) if codes[index] < DUPLICATE}
    places: Mapping[int, array[int]]
    lines = lines_of(records.numbers)
    if _are_many_of_each(exchanges):
        records.places = places = PlacesByExchange(exchanges)
        _mark_by_exchange(places, lines, codes)
    else:
        _mark_one_by_one(records, exchanges)
        ranged = {first // _LINES for first, _ in ranges.values()}
        places = PlacesByExchange(
            masked(exchanges, bytes(255 * (exchange in ranged) for exchange in exchanges))
        )
    if ranges:
        _mark_with_ranges(records, ranges, places, lines)


def _are_many_of_each(exchanges: array[int]) -> bool:
    """Whether there are many numbers of each exchange. Of a long list some tell for all."""
    every = max(1, len(exchanges) // _SAMPLE)
    return len(exchanges) >= _MANY_PER_EXCHANGE * len(set(exchanges[::every]))


def _mark_by_exchange(by_exchange: Mapping[int, array[int]], lines: array[int], codes: bytearray) -> None:
    """Mark single numbers that are listed again: the lines of an exchange that were met before."""
    line_of = lines.__getitem__
    for places in by_exchange.values():
        if len(places) == 1:
            continue
        met = bytearray(_LINES)
        for place, line in zip(places, map(line_of, places), strict=True):
            if met[line]:
                codes[place] = DUPLICATE
            met[line] = 1


def _mark_one_by_one(records: Records, exchanges: array[int]) -> None:
    """Mark single numbers that are listed again: those that are in one set of all. Others are in exchange 0."""
    codes, numbers = records.codes, records.numbers
    again = _listed_again(array("Q", compress(numbers, exchanges)))
    if not again:
        return
    met: set[int] = set()
    for index in compress(range(len(codes)), map(again.__contains__, numbers)):
        if exchanges[index]:  # of merged reports one may refuse what another takes
            if numbers[index] in met:
                codes[index] = DUPLICATE
            met.add(numbers[index])


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


def _mark_with_ranges(
    records: Records,
    ranges: Mapping[int, tuple[int, int]],
    singles: Mapping[int, array[int]],
    lines: array[int],
) -> None:
    """Mark what ranges repeat, and what repeats them, in the order in which all were listed.

    ``singles`` says by exchange where single numbers are listed that a range may meet; ``lines`` are those of all.
    """
    codes, numbers = records.codes, records.numbers
    ranged, mixed = _united(ranges.values())
    within: list[int] = []
    for exchange, bitmap in ranged.items():
        octets = bitmap.to_bytes(_LINES // 8, "little")
        places = singles.get(exchange, ())
        found = [place for place in places if octets[lines[place] >> 3] >> (lines[place] & 7) & 1]
        if found:
            mixed.add(exchange)
            within += [place for place in found if codes[place] < DUPLICATE]
    by_exchange = {exchange: Stretches() for exchange in mixed}
    for index in sorted([*within, *(index for index, span in ranges.items() if span[0] // _LINES in mixed)]):
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


def _united(ranges: Iterable[tuple[int, int]]) -> tuple[dict[int, int], set[int]]:
    """The bitmaps of all ``ranges`` by exchange, and the exchanges in which one meets another."""
    united: dict[int, int] = {}
    mixed: set[int] = set()
    for first, last in ranges:
        exchange, line = divmod(first, _LINES)
        span = bits.span(line, line + last - first)
        before = united.get(exchange, 0)
        if before & span:
            mixed.add(exchange)
        united[exchange] = before | span
    return united, mixed


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
