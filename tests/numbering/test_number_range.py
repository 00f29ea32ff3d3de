"""Ranges behave as the tuple of their numbers does, and stay ranges where they can."""

# ruff: noqa: SIM300 - the constant is what is tested
from __future__ import annotations

import copy
import pickle
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probes import AlwaysEqual, AlwaysLarger, AlwaysSmaller, NeverEqual
from pstnkit.errors import CallerError
from pstnkit.numbering.ranges import NumberRange
from pstnkit.numbering.reasons import InvalidNumber
from pstnkit.numbering.telephone import Exchange, TelephoneNumber
from pstnkit.testing.strategies import number_ranges, telephone_numbers

PLACE = Exchange("415555")
HUNDRED = NumberRange("4155550100", "4155550199")
INDEX = st.none() | st.integers(-60, 60)


def test_ends_are_numbers_or_what_a_number_is_made_from() -> None:
    first, last = TelephoneNumber("4155550100"), TelephoneNumber("4155550199")
    assert NumberRange(first, last) == NumberRange("+14155550100", 4155550199) == HUNDRED
    assert (HUNDRED.first, HUNDRED.last, HUNDRED.exchange) == (first, last, PLACE)


@pytest.mark.parametrize(("first", "last"), [("555", "4155550199"), ("4155550100", "555")])
def test_each_end_is_checked(first: str, last: str) -> None:
    with pytest.raises(InvalidNumber, match="'555' has 3 digits"):
        NumberRange(first, last)


@pytest.mark.parametrize("stranger", [HUNDRED, PLACE, None, True, 4155550199.0, b"4155550199"])
def test_other_types_are_refused(stranger: Any) -> None:
    with pytest.raises(TypeError, match=f"not {type(stranger).__name__}"):
        NumberRange(stranger, "4155550199")
    with pytest.raises(TypeError, match=f"not {type(stranger).__name__}"):
        NumberRange("4155550100", stranger)


def test_it_lies_within_one_exchange() -> None:
    with pytest.raises(CallerError, match=r"^\+14155559999\.\.\+14155560000 is no range: .* one exchange"):
        NumberRange("4155559999", "4155560000")


def test_its_last_number_does_not_come_before_its_first() -> None:
    with pytest.raises(
        CallerError, match=r"^\+14155550199\.\.\+14155550100 is no range: .* before its first"
    ):
        NumberRange("4155550199", "4155550100")


def test_it_is_a_sequence_that_is_never_empty() -> None:
    assert isinstance(HUNDRED, Sequence)
    assert bool(NumberRange("4155550100", "4155550100"))


@given(number_ranges(PLACE, max_size=50), INDEX, INDEX, INDEX.filter(lambda step: step != 0))
def test_slices_are_those_of_a_tuple(
    part: NumberRange, start: int | None, stop: int | None, step: int | None
) -> None:
    sliced = part[start:stop:step]
    expected = tuple(part)[start:stop:step]
    assert tuple(sliced) == expected
    assert isinstance(sliced, NumberRange if expected and step in (None, 1) else tuple)


@given(number_ranges(PLACE, max_size=50), telephone_numbers(PLACE), INDEX, INDEX)
def test_it_answers_as_the_tuple_of_its_numbers(
    part: NumberRange, number: TelephoneNumber, start: int | None, stop: int | None
) -> None:
    numbers = tuple(part)
    assert len(part) == len(numbers)
    assert (number in part) == (number in numbers)
    assert part.count(number) == numbers.count(number)
    assert tuple(reversed(part)) == numbers[::-1]
    assert [part[place] for place in range(-len(part), len(part))] == [*numbers, *numbers]
    window = numbers[start:stop]
    for asked in (number, numbers[0], numbers[-1]):
        if asked in window:
            assert part.index(asked, start or 0, stop) == numbers.index(asked)
        else:
            with pytest.raises(ValueError, match="is not in"):
                part.index(asked, start or 0, stop)


@pytest.mark.parametrize("place", [100, -101, 10**30])
def test_an_index_outside_it_is_an_error(place: int) -> None:
    with pytest.raises(IndexError):
        HUNDRED[place]


@pytest.mark.parametrize("stranger", ["4155550100", 4155550100, None, True])
def test_only_numbers_are_in_it(stranger: Any) -> None:
    assert stranger not in HUNDRED
    assert HUNDRED.count(stranger) == 0
    with pytest.raises(ValueError, match="is not in"):
        HUNDRED.index(stranger)


@given(number_ranges())
def test_repr_pickle_and_copies_give_it_back(part: NumberRange) -> None:
    assert eval(repr(part)) == pickle.loads(pickle.dumps(part)) == part
    assert copy.copy(part) is copy.deepcopy(part) is part


def test_text_is_both_ends() -> None:
    assert str(HUNDRED) == "+14155550100..+14155550199"


def test_it_equals_only_ranges() -> None:
    assert HUNDRED == HUNDRED[:]
    assert HUNDRED != HUNDRED[1:]
    assert HUNDRED != HUNDRED[:-1]
    assert HUNDRED != tuple(HUNDRED)
    assert HUNDRED == AlwaysEqual()
    assert HUNDRED != NeverEqual()
    assert len({HUNDRED, NumberRange("4155550100", "4155550199")}) == 1


@given(number_ranges(PLACE, max_size=5), number_ranges(PLACE, max_size=5))
def test_ranges_sort_by_first_then_last_number(a: NumberRange, b: NumberRange) -> None:
    x, y = (a.first, a.last), (b.first, b.last)
    assert (a < b, a <= b, a > b, a >= b) == (x < y, x <= y, x > y, x >= y)


def test_strangers_decide_for_themselves() -> None:
    assert HUNDRED < AlwaysLarger()
    assert HUNDRED <= AlwaysLarger()
    assert HUNDRED > AlwaysSmaller()
    assert HUNDRED >= AlwaysSmaller()


def test_its_ends_or_its_numbers_can_be_matched() -> None:
    match HUNDRED:
        case NumberRange(first, last):
            assert (first, last) == (HUNDRED[0], HUNDRED[-1])
        case _:
            pytest.fail("a range is its ends")
    match HUNDRED[:3]:
        case [first, _, last]:
            assert last - first == 2
        case _:
            pytest.fail("a range is a sequence")


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_it_survives_pickle(protocol: int) -> None:
    assert pickle.loads(pickle.dumps(HUNDRED, protocol)) == HUNDRED


def test_a_long_range_is_gone_through_both_ways() -> None:
    numbers = PLACE.numbers
    assert [int(number) for number in numbers] == list(range(4155550000, 4155560000))
    assert [int(number) for number in reversed(numbers)] == list(range(4155559999, 4155549999, -1))
    assert next(iter(numbers)) == numbers.first


def test_it_is_immutable_and_final() -> None:
    with pytest.raises(AttributeError, match="NumberRange is immutable"):
        HUNDRED._last = 1
    with pytest.raises(TypeError, match="NumberRange cannot be subclassed"):
        type("Special", (NumberRange,), {})
