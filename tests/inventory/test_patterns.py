"""Patterns and the longest run, against looking at every line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pstnkit.inventory.memory import Memory, longest_run
from pstnkit.inventory.patterns import Filter, at, lines_ending, lines_like, lines_with, meet, symbols
from pstnkit.numbering.ranges import NumberRange

patterns = st.text("0123456789?", min_size=4, max_size=4)


def like(pattern: str, text: str) -> bool:
    return len(pattern) == len(text) and all(p in {"?", t} for p, t in zip(pattern, text, strict=True))


@given(patterns)
def test_the_lines_of_a_pattern_are_those_that_match_digit_by_digit(pattern: str) -> None:
    assert lines_like(pattern) == sum(1 << line for line in range(10_000) if like(pattern, f"{line:04}"))


@pytest.mark.parametrize("position", range(4))
def test_each_line_has_one_digit_at_each_position(position: int) -> None:
    masks = [lines_with(position, digit) for digit in range(10)]
    assert sum(masks) == (1 << 10_000) - 1
    assert all(mask.bit_count() == 1000 for mask in masks)


@given(st.text("015?", min_size=1, max_size=10), st.sampled_from([415_555, 201_510, 550_155]))
def test_what_a_number_contains_may_lie_across_exchange_and_line(pattern: str, exchange: int) -> None:
    mask = Filter(contains=pattern).mask(exchange)
    for line in range(0, 10_000, 7):
        text = f"{exchange}{line:04}"
        contained = any(like(pattern, text[i : i + len(pattern)]) for i in range(11 - len(pattern)))
        assert bool(mask >> line & 1) == contained


def test_a_filter_knows_when_it_lets_everything_pass() -> None:
    assert Filter().everything
    assert not Filter(contains="?").everything
    assert not Filter(fixed=at("5", 9)).everything
    assert not Filter(fixed=at("5", 3)).everything
    assert not Filter(endings=("5",)).everything


def test_exchanges_that_do_not_fit_have_no_lines() -> None:
    fixed = Filter(fixed=at("5?5", 3))
    assert fixed.mask(415_555) == fixed.mask(212_505) == lines_like("????")
    assert fixed.mask(415_556) == fixed.mask(212_556) == 0


@pytest.mark.parametrize(
    ("written", "read"),
    [("(415) 555-01??", "41555501??"), ("call me", "225563"), ("Q.Z", "79"), ("555", "555")],
)
def test_patterns_are_read_as_people_write_them(written: str, read: str) -> None:
    assert symbols(written) == read


@given(patterns, patterns, st.text("0123456789", min_size=4, max_size=4))
def test_what_meets_two_patterns_matches_both(one: str, other: str, text: str) -> None:
    both = meet(one, other)
    assert (both is not None and like(both, text)) == (like(one, text) and like(other, text))


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(1, 70)), max_size=8))
def test_the_longest_run_is_the_longest_text_of_ones(stretches: list[tuple[int, int]]) -> None:
    bitmap = 0
    for first, length in stretches:
        bitmap |= ((1 << length) - 1) << first
    assert longest_run(bitmap) == max(map(len, f"{bitmap:b}".split("0")))


def test_the_longest_run_of_an_exchange_is_found_again_when_it_has_changed() -> None:
    memory = Memory()
    assert [memory.longest(415_555, bitmap) for bitmap in (0b111, 0b111, 0b1011)] == [3, 3, 2]


@given(st.lists(st.text("0123456789", min_size=1, max_size=4), max_size=6))
def test_lines_end_in_a_text_as_their_four_digits_do(endings: list[str]) -> None:
    expected = sum(1 << line for line in range(10_000) if f"{line:04}".endswith(tuple(endings)))
    assert lines_ending(endings) == expected


def test_only_short_lists_are_remembered_and_only_so_many() -> None:
    memory, area = Memory(), {415_555: 1}
    stretch = NumberRange("4155550000", "4155550000")
    memory.keep("long", area, ((stretch,) * 300, None))
    assert memory.page("long", area) is None
    for key in range(40):
        memory.keep(key, area, ((stretch,), None))
    assert memory.page(39, area) == ((stretch,), None)
    assert memory.page(39, {415_555: 1}) is None
    assert memory.page(0, area) is None


def test_the_first_options_of_an_exchange_are_remembered_until_it_changes_or_more_are_wanted() -> None:
    memory, bitmap = Memory(), 0b1111
    options = [NumberRange(f"415555000{line}", f"415555000{line}") for line in range(4)]

    def first(count: int, bitmap: int = bitmap, found: list[NumberRange] = options) -> int:
        return len(memory.first(415_555, 0, bitmap, count, iter(found)))

    assert [first(2), first(2, found=[]), first(1, found=[])] == [2, 2, 1]
    assert [first(3), first(9), first(20, found=[])] == [3, 4, 4]
    assert first(2, bitmap=0b111, found=[]) == 0
    for other in range(40):
        memory.first(other, 0, bitmap, 1, iter(options))
    assert first(2, found=[]) == 0
    assert len(memory.first(1, 0, bitmap, 999, iter(options * 100))) == 400
    assert len(memory.first(1, 0, bitmap, 999, iter([]))) == 0
