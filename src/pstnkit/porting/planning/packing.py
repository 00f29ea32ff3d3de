"""Ranges into the fewest orders of a given size, with the fewest ranges cut: plain integers, no telephony.

Single numbers fill whatever gap there is, so only ranges of two or more are *packed*. If a range must be cut, its
pieces fill gaps as well. So with a fixed number of orders the question is which ranges stay whole, and it can always
be the shorter ones: wherever a longer range fits, a shorter one would. What is left is bin packing of all but the
longest few, which is hard in general. It is done best-fit first, then by a search that gives up after so many steps;
what it has not proven it says.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

Piece = tuple[int, int]
"""The first and the last number of a range, or of a part of one."""

_STEPS = 400_000
"""How much work the searches of one plan may take in all, in looks at an order."""
_ITEMS = 200
"""Of how many ranges at most a search is tried: its depth is their number."""


class Effort:
    """How much searching is left to do. It counts steps and not time, so that a plan is always the same."""

    def __init__(self, steps: int = _STEPS) -> None:
        self.steps = steps

    def spend(self, steps: int) -> bool:
        """Whether there was so much left."""
        self.steps -= steps
        return self.steps >= 0


class Packing(NamedTuple):
    """The pieces of each order, which ranges are cut, and whether it is known that no better packing exists."""

    orders: list[list[Piece]]
    cut: list[Piece]
    proven: bool


def pack(ranges: list[Piece], most: int | None, *, whole: bool, effort: Effort) -> Packing:
    """Pack ``ranges`` (apart, ascending) into orders of at most ``most`` numbers.

    The fewest orders, and with these the fewest ranges cut. If ``whole``, only ranges longer than ``most`` are cut, and
    there are the fewest orders in which the others stay whole.

    >>> pack([(0, 29), (40, 69), (80, 109)], 60, whole=False, effort=Effort())
    Packing(orders=[[(0, 29), (40, 69)], [(80, 109)]], cut=[], proven=True)
    >>> [len(pack([(0, 29), (40, 69), (80, 109)], 45, whole=whole, effort=Effort()).orders) for whole in (False, True)]
    [2, 3]
    """
    total = sum(map(_size, ranges))
    if most is None or total <= most:
        return Packing([ranges], [], proven=True)
    longer = sorted((piece for piece in ranges if _size(piece) > 1), key=lambda piece: (-_size(piece), piece))
    sizes = [_size(piece) for piece in longer]
    least = sum(size > most for size in sizes)  # so many are cut whatever is done
    orders = -(-total // most)
    if whole:
        cut = least
        orders, where, proven = _more_orders(sizes[cut:], most, orders, effort)
    else:
        cut, where, proven = _fewest_cut(sizes, most, orders, least, effort)
    filled: list[list[Piece]] = [[] for _ in range(orders)]
    for piece, order in zip(longer[cut:], where, strict=True):
        filled[order].append(piece)
    _pour(sorted(longer[:cut]), filled, most)
    _pour([piece for piece in ranges if _size(piece) == 1], filled, most)
    # A range that was to fill gaps may have found one that is large enough.
    placed = {piece for order in filled for piece in order}
    torn = sorted(piece for piece in longer[:cut] if piece not in placed)
    return Packing(sorted(sorted(order) for order in filled if order), torn, proven)


def _size(piece: Piece) -> int:
    return piece[1] - piece[0] + 1


def _fewest_cut(
    sizes: Sequence[int], most: int, orders: int, least: int, effort: Effort
) -> tuple[int, list[int], bool]:
    """How many of the longest ranges are cut, at least ``least``; into which order each other one goes; and whether
    fewer would not do."""
    low, cut = least, len(sizes)
    where: list[int] = []
    while low < cut:  # by best fit and by halves: it need not be the fewest, but it is soon found
        middle = (low + cut) // 2
        tried = _best_fit(sizes[middle:], most, orders)
        if tried is None:
            low = middle + 1
        else:
            cut, where = middle, tried
    while cut > least:
        found, certain = _search(sizes[cut - 1 :], most, orders, effort)
        if found is None:
            return cut, where, certain
        cut, where = cut - 1, found
    return cut, where, True


def _more_orders(sizes: Sequence[int], most: int, orders: int, effort: Effort) -> tuple[int, list[int], bool]:
    """At how many orders, at least ``orders``, all of the ranges fit; into which each goes; and whether fewer would not
    do."""
    orders, proven = max(orders, least_orders(sizes, most)), True
    while (where := _best_fit(sizes, most, orders)) is None:
        found, certain = _search(sizes, most, orders, effort)
        if found is not None:
            return orders, found, proven
        proven &= certain
        orders += 1
    return orders, where, proven


def _pour(pieces: Sequence[Piece], orders: list[list[Piece]], most: int) -> None:
    """Fill the gaps with what can be cut, in ascending order, gap after gap."""
    gaps = [most - sum(map(_size, order)) for order in orders]
    place = 0
    for first, last in pieces:
        while first <= last:
            while not gaps[place]:
                place += 1
            taken = min(gaps[place], last - first + 1)
            orders[place].append((first, first + taken - 1))
            gaps[place] -= taken
            first += taken


def _best_fit(sizes: Sequence[int], most: int, orders: int) -> list[int] | None:
    """Which order each size goes into, longest first, each where the least is left; None if one has no place."""
    gaps = [(most, order) for order in range(orders)]  # ascending
    where = []
    for size in sizes:
        place = bisect_left(gaps, (size, -1))
        if place == len(gaps):
            return None
        gap, order = gaps.pop(place)
        insort(gaps, (gap - size, order))
        where.append(order)
    return where


def least_orders(sizes: Sequence[int], most: int) -> int:
    """A number of orders that ``sizes`` (none above ``most``) need at least.

    Ranges of more than half an order are never together, and what is shorter has to go into their gaps (the bound L2 of
    Martello and Toth, 1990); and an order has room for only so many of at least some size.

    >>> least_orders([30, 30, 30], 45), least_orders([25, 25, 20, 20], 45), least_orders([2] * 25, 49)
    (3, 2, 2)
    """
    ascending = sorted(sizes)
    sums = [0, *accumulate(ascending)]
    half = bisect_right(ascending, most // 2)
    bound = -(-sums[-1] // most)
    for least in {1, *ascending[:half]}:
        shorter, alone = bisect_left(ascending, least), bisect_right(ascending, most - least)
        gaps = (alone - half) * most - (sums[alone] - sums[half])  # beside those that are not alone
        in_gaps = max(0, -(-(sums[half] - sums[shorter] - gaps) // most))
        room = -(-(len(ascending) - shorter) // (most // least))
        bound = max(bound, len(ascending) - half + in_gaps, room)
    return bound


def _search(sizes: Sequence[int], most: int, orders: int, effort: Effort) -> tuple[list[int] | None, bool]:
    """Which of so many orders each size goes into, longest first, or None; and whether that is certain."""
    if least_orders(sizes, most) > orders:
        return None, True
    if len(sizes) > _ITEMS:
        return None, False
    gaps = [most] * orders
    where: list[int] = []
    hopeless: set[tuple[int, ...]] = set()

    def place(index: int) -> bool:
        if index == len(sizes):
            return True
        if not effort.spend(orders):
            return False
        state = (index, *sorted(gaps))
        if state in hopeless:
            return False
        size = sizes[index]
        tried: set[int] = set()
        for order, gap in enumerate(gaps):
            if gap >= size and gap not in tried:  # orders with equal gaps are alike
                tried.add(gap)
                gaps[order] -= size
                where.append(order)
                if place(index + 1):
                    return True
                where.pop()
                gaps[order] += size
        hopeless.add(state)
        return False

    if place(0):
        return where, True
    return None, effort.steps >= 0
