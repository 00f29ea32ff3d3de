"""Ranges into orders of a limited size: the fewest orders, then the fewest ranges cut, beside all ways there are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pstnkit.porting.planning.packing import Effort, Packing, Piece, least_orders, pack


def partitions(items: Sequence[int], most: int) -> Iterator[list[list[int]]]:
    """Every way to put items into orders of at most ``most``."""
    if not items:
        yield []
        return
    for rest in partitions(items[1:], most):
        yield [[items[0]], *rest]
        for place, order in enumerate(rest):
            if len(order) < most:
                yield [*rest[:place], [items[0], *order], *rest[place + 1 :]]


def is_cut(piece: Piece, orders: list[list[int]]) -> bool:
    return sum(any(piece[0] <= number <= piece[1] for number in order) for order in orders) > 1


def ranges_of(sizes: Sequence[int]) -> list[Piece]:
    made, at = [], 0
    for size in sizes:
        made.append((at, at + size - 1))
        at += size + 1
    return made


def numbers_of(pieces: Sequence[Piece]) -> list[int]:
    return [number for first, last in pieces for number in range(first, last + 1)]


def sound(packing: Packing, ranges: Sequence[Piece], most: int | None) -> None:
    """Every number is in one order, no order is too large or empty, and what is said to be cut is what is cut."""
    orders = [numbers_of(order) for order in packing.orders]
    assert sorted(number for order in orders for number in order) == numbers_of(ranges)
    assert all(orders)
    assert most is None or all(len(order) <= most for order in orders)
    assert packing.cut == [piece for piece in ranges if is_cut(piece, orders)]
    assert packing.orders == sorted(map(sorted, packing.orders))


small = st.lists(st.integers(1, 5), min_size=1, max_size=7).filter(lambda sizes: sum(sizes) <= 8)


@given(small, st.integers(1, 5))
def test_there_are_no_fewer_orders_and_with_them_no_fewer_cuts(sizes: list[int], most: int) -> None:
    ranges = ranges_of(sizes)
    packing = pack(ranges, most, whole=False, effort=Effort())
    sound(packing, ranges, most)
    ways = list(partitions(numbers_of(ranges), most))
    fewest = min(map(len, ways))
    cuts = min(sum(is_cut(piece, way) for piece in ranges) for way in ways if len(way) == fewest)
    assert (len(packing.orders), len(packing.cut), packing.proven) == (fewest, cuts, True)


@given(small, st.integers(1, 5))
def test_ranges_that_stay_whole_take_no_more_orders_than_they_must(sizes: list[int], most: int) -> None:
    ranges = ranges_of(sizes)
    packing = pack(ranges, most, whole=True, effort=Effort())
    sound(packing, ranges, most)
    ways = [
        way
        for way in partitions(numbers_of(ranges), most)
        if not any(is_cut(piece, way) for piece in ranges if piece[1] - piece[0] < most)
    ]
    assert (len(packing.orders), packing.proven) == (min(map(len, ways)), True)


@given(st.lists(st.integers(1, 60), min_size=1, max_size=40), st.integers(1, 60), st.booleans())
def test_long_lists_are_packed_soundly_and_always_alike(sizes: list[int], most: int, whole: bool) -> None:
    ranges = ranges_of(sizes)
    packing = pack(ranges, most, whole=whole, effort=Effort())
    sound(packing, ranges, most)
    assert pack(ranges, most, whole=whole, effort=Effort()) == packing
    if not whole:
        assert len(packing.orders) == -(-sum(sizes) // most)


@given(st.lists(st.integers(1, 8), min_size=1, max_size=8), st.integers(8, 16))
def test_the_bound_is_never_above_what_is_needed(sizes: list[int], most: int) -> None:
    packing = pack(ranges_of(sizes), most, whole=True, effort=Effort())
    assert least_orders(sizes, most) <= len(packing.orders)


def test_without_a_limit_everything_goes_in_one_order() -> None:
    ranges = ranges_of([100, 3])
    assert pack(ranges, None, whole=True, effort=Effort()) == Packing([ranges], [], proven=True)


# In two orders of 34, best fit puts the two ranges of 14 together, and one of the others has no place.
MISFITS = [9, 14, 13, 14, 9, 7]


@pytest.mark.parametrize("whole", [False, True])
def test_what_best_fit_would_cut_or_put_off_a_search_keeps_together(whole: bool) -> None:
    packing = pack(ranges_of(MISFITS), 34, whole=whole, effort=Effort())
    sound(packing, ranges_of(MISFITS), 34)
    assert (len(packing.orders), packing.cut, packing.proven) == (2, [], True)


@pytest.mark.parametrize(("whole", "orders"), [(False, 2), (True, 3)])
def test_a_search_that_is_given_up_is_not_taken_for_a_proof(whole: bool, orders: int) -> None:
    packing = pack(ranges_of(MISFITS), 34, whole=whole, effort=Effort(steps=1))
    sound(packing, ranges_of(MISFITS), 34)
    assert (len(packing.orders), packing.proven) == (orders, False)


def test_what_cannot_be_is_proven_and_no_dead_end_is_gone_into_twice() -> None:
    # 63 numbers would go into four orders of 16, and these ranges do not.
    sizes = [10, 10, 9, 7, 7, 7, 5, 4, 4]
    packing = pack(ranges_of(sizes), 16, whole=True, effort=Effort())
    sound(packing, ranges_of(sizes), 16)
    assert (len(packing.orders), packing.proven) == (5, True)


def test_of_very_many_ranges_no_search_is_tried() -> None:
    sizes = [7, 6, 5] * 100
    packing = pack(ranges_of(sizes), 16, whole=False, effort=Effort())
    sound(packing, ranges_of(sizes), 16)
    assert not packing.proven


def test_where_a_bound_says_that_fewer_cuts_will_not_do_nothing_is_searched() -> None:
    sizes = [2] * 1_000
    packing = pack(ranges_of(sizes), 49, whole=False, effort=Effort(steps=0))
    assert packing.proven
    assert len(packing.cut) == 1_000 - 24 * len(packing.orders)
