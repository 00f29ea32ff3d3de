"""A set of numbers is an ordered set that knows its runs; its copies are its own, its bytes never misread."""

from __future__ import annotations

import copy
import operator
import pickle
from array import array
from collections.abc import Callable, Iterable, MutableSet
from decimal import Decimal
from hashlib import blake2b
from itertools import islice
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from probes import AlwaysEqual, LyingInt, LyingText, NeverEqual
from pstnkit.numbering import gather
from pstnkit.numbering.numberset import CorruptData, NumberSet
from pstnkit.numbering.ranges import NumberRange, collapse
from pstnkit.numbering.reasons import InvalidNumber
from pstnkit.numbering.telephone import Exchange, TelephoneNumber
from pstnkit.testing.strategies import number_sets

PLACE = Exchange("415555")
NUMBER = TelephoneNumber("4155550132")
HUNDRED = NumberRange("4155550100", "4155550199")

# A small universe, in which what is drawn meets: both ends of three exchanges, two of which adjoin.
NEAR_EXCHANGES = st.sampled_from([PLACE, Exchange("415556"), Exchange("212555")])
NEAR_NUMBERS = st.builds(
    lambda place, line: place.numbers[line], NEAR_EXCHANGES, st.integers(0, 25) | st.integers(9_975, 9_999)
)
NEAR_RANGES = st.builds(
    lambda first, size: NumberRange(first, first + min(size, 9_999 - int(first.line))),
    NEAR_NUMBERS,
    st.integers(0, 15),
)
NEAR = NEAR_NUMBERS | NEAR_RANGES
SETS = st.lists(NEAR, max_size=6).map(NumberSet) | number_sets(max_ranges=2)
LENGTHS = st.integers(1, 20) | st.integers(1, 10_000)

few = settings(max_examples=settings().max_examples // 3)
"""For what a mistake breaks at once: any two sets that have something in common show it."""

OPERATORS = [operator.or_, operator.and_, operator.sub, operator.xor]
IN_PLACE = [operator.ior, operator.iand, operator.isub, operator.ixor]
COMPARISONS = [operator.le, operator.lt, operator.ge, operator.gt, operator.eq, operator.ne]


class AgainstTheBuiltinSet(RuleBasedStateMachine):
    """Whatever is done to a few sets, and to copies of them made at any time, builtin sets do the same."""

    def __init__(self) -> None:
        super().__init__()
        self.pairs: list[tuple[NumberSet, set[TelephoneNumber]]] = [(NumberSet(), set()) for _ in range(3)]

    def pick(self, which: int) -> tuple[NumberSet, set[TelephoneNumber]]:
        return self.pairs[which % len(self.pairs)]

    @rule(which=st.integers(0, 5), item=NEAR)
    def add(self, which: int, item: TelephoneNumber | NumberRange) -> None:
        mine, model = self.pick(which)
        mine.add(item)
        model.update([item] if isinstance(item, TelephoneNumber) else item)

    @rule(which=st.integers(0, 5), item=NEAR)
    def discard(self, which: int, item: TelephoneNumber | NumberRange) -> None:
        mine, model = self.pick(which)
        mine.discard(item)
        model.difference_update([item] if isinstance(item, TelephoneNumber) else item)

    @rule(which=st.integers(0, 5), item=NEAR)
    def remove(self, which: int, item: TelephoneNumber | NumberRange) -> None:
        mine, model = self.pick(which)
        numbers = {item} if isinstance(item, TelephoneNumber) else set(item)
        if numbers <= model:
            mine.remove(item)
            model -= numbers
        else:
            with pytest.raises(KeyError):
                mine.remove(item)

    @rule(which=st.integers(0, 5))
    def pop(self, which: int) -> None:
        mine, model = self.pick(which)
        if model:
            lowest = min(model)
            model.remove(lowest)
            assert mine.pop() == lowest
        else:
            with pytest.raises(KeyError):
                mine.pop()

    @rule(which=st.integers(0, 5))
    def copy(self, which: int) -> None:
        mine, model = self.pick(which)
        self.pairs = [*self.pairs[-5:], (mine.copy(), model.copy())]

    @rule(which=st.integers(0, 5))
    def clear(self, which: int) -> None:
        mine, model = self.pick(which)
        mine.clear()
        model.clear()

    @rule(which=st.integers(0, 5), other=st.integers(0, 5), operation=st.sampled_from(IN_PLACE))
    def change_in_place(self, which: int, other: int, operation: Callable[[Any, Any], Any]) -> None:
        mine, model = self.pick(which)
        theirs, their_model = self.pick(other)
        assert operation(mine, theirs) is mine
        operation(model, their_model)

    @rule(which=st.integers(0, 5), other=st.integers(0, 5), operation=st.sampled_from(OPERATORS))
    def combine(self, which: int, other: int, operation: Callable[[Any, Any], Any]) -> None:
        (mine, model), (theirs, their_model) = self.pick(which), self.pick(other)
        self.pairs = [*self.pairs[-5:], (operation(mine, theirs), operation(model, their_model))]

    @rule(which=st.integers(0, 5), length=st.integers(1, 5))
    def count_runs(self, which: int, length: int) -> None:
        mine, model = self.pick(which)
        assert mine.count_runs(length) == sum(len(part) >= length for part in collapse(model))

    @invariant()
    def each_set_is_its_model(self) -> None:
        for mine, model in self.pairs:
            assert len(mine) == len(model)
            assert list(mine) == sorted(model)
            assert bool(mine) == bool(model)


TestAgainstTheBuiltinSet = AgainstTheBuiltinSet.TestCase
TestAgainstTheBuiltinSet.settings = settings(few, stateful_step_count=30)


class TestConstruction:
    @few
    @given(st.lists(NEAR, max_size=10))
    def test_it_is_made_of_numbers_and_ranges_mixed(self, items: list[TelephoneNumber | NumberRange]) -> None:
        expected = {number for part in collapse(items) for number in part}
        assert set(NumberSet(items)) == expected
        assert NumberSet(NumberSet(items)) == expected

    @pytest.mark.parametrize("item", ["4155550132", 4155550132, None, PLACE])
    def test_what_is_neither_is_refused_and_quoted(self, item: Any) -> None:
        with pytest.raises(TypeError, match=rf"not {type(item).__name__} \("):
            NumberSet([NUMBER, item])
        for method in ("add", "discard", "remove"):
            with pytest.raises(TypeError, match=f"not {type(item).__name__}"):
                getattr(NumberSet(), method)(item)

    def test_a_range_is_removed_as_a_whole_or_not_at_all(self) -> None:
        numbers = NumberSet([HUNDRED])
        with pytest.raises(KeyError):
            numbers.remove(NumberRange(HUNDRED.first, HUNDRED.last + 1))
        assert numbers == set(HUNDRED)
        numbers.remove(NumberRange(HUNDRED[1], HUNDRED.last))
        assert numbers == {HUNDRED.first}

    def test_it_is_a_mutable_set_that_cannot_be_hashed_or_subclassed(self) -> None:
        assert isinstance(NumberSet(), MutableSet)
        with pytest.raises(TypeError, match="unhashable"):
            hash(NumberSet())
        with pytest.raises(TypeError, match="NumberSet cannot be subclassed"):
            type("Special", (NumberSet,), {})


class Integer:
    """Calculates as an int does, without being one: so do the integers of a numpy array."""

    def __init__(self, value: int) -> None:
        self.value = value

    def __index__(self) -> int:
        return self.value

    def __hash__(self) -> int:
        return hash(self.value)

    def __eq__(self, other: object) -> bool:
        return self.value == other

    def __floordiv__(self, other: int) -> Integer:
        return Integer(self.value // other)

    def __divmod__(self, other: int) -> tuple[int, int]:
        return divmod(self.value, other)

    def __mul__(self, other: int) -> int:
        return self.value * other

    def __sub__(self, other: int) -> int:
        return self.value - other

    def __rsub__(self, other: int) -> int:
        return other - self.value


class TestFromIntegers:
    @few
    @given(SETS, st.sampled_from([1, 2, 160]), st.integers())
    def test_order_and_repetition_do_not_matter(self, expected: NumberSet, times: int, seed: int) -> None:
        digits = [int(number) for number in expected] * times
        Random(seed).shuffle(digits)
        assert NumberSet.from_integers(digits) == expected

    @pytest.mark.parametrize(
        "make",
        [
            list,
            tuple,
            iter,
            set,
            range.__iter__,
            lambda ints: array("q", ints),
            lambda ints: array("Q", ints),
        ],
    )
    def test_any_iterable_will_do(self, make: Callable[[range], Iterable[int]]) -> None:
        assert NumberSet.from_integers(make(range(4155550100, 4155550200))) == NumberSet([HUNDRED])

    def test_things_that_are_ints_to_python_will_do(self) -> None:
        class Scalar:
            """As a column of a data frame holds them."""

            def __index__(self) -> int:
                return int(NUMBER)

        assert NumberSet.from_integers([Scalar()]) == {NUMBER}  # type: ignore[list-item]

    @pytest.mark.parametrize("many", [1, 500])
    def test_integers_that_are_not_plain_become_plain(self, many: int) -> None:
        numbers = NumberSet.from_integers(Integer(digits) for digits in [4155550132] * many)  # type: ignore[misc]
        assert numbers == {NUMBER}
        assert repr(list(numbers)) == "[TelephoneNumber('+14155550132')]"
        assert repr(list(numbers.exchanges())) == "[Exchange('415555')]"
        assert type(int(numbers.pop())) is int

    def test_a_column_is_read_in_its_order_whatever_its_labels(self) -> None:
        class Column:
            """As pandas may have it: a slice goes by labels, of which none is small here; iloc by place."""

            def __init__(self, values: list[int]) -> None:
                self.iloc = array("q", values)

            def __len__(self) -> int:
                return len(self.iloc)

            def __getitem__(self, labels: slice) -> array[int]:
                return array("q")

            def tolist(self) -> list[int]:
                return self.iloc.tolist()

        column: Any = Column([int(NUMBER), int(NUMBER) + 1])
        assert NumberSet.from_integers(column) == {NUMBER, NUMBER + 1}

    def test_it_reads_on_beyond_one_chunk(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(gather, "_CHUNK", 7)
        digits = range(4155550100, 4155550200)
        assert NumberSet.from_integers(digits) == NumberSet.from_integers(array("q", digits)) == set(HUNDRED)
        with pytest.raises(InvalidNumber, match=r"'0' has 1 digit;.*\(at position 100\)"):
            NumberSet.from_integers([*digits, 0])

    @pytest.mark.parametrize("many", [0, 1, 500])
    @pytest.mark.parametrize(
        ("bad", "reason"),
        [
            (0, "too_short"),
            (-1, "not_a_number"),
            (-4155550132, "not_a_number"),
            (415555013, "too_short"),
            (41555501321, "too_long"),
            (10**40, "too_long"),
            (1155550132, "area_code_format"),
            (4151550132, "exchange_format"),
            (4159110132, "n11_exchange"),
        ],
    )
    def test_the_first_bad_int_is_quoted_with_its_position(self, many: int, bad: int, reason: str) -> None:
        digits = [*range(4155550000, 4155550000 + many), bad]
        for rest in ([], [7]):
            with pytest.raises(InvalidNumber, match=rf"\(at position {many}[;)]") as caught:
                NumberSet.from_integers(digits + rest)
            assert (caught.value.reason, caught.value.text) == (reason, str(bad))

    @pytest.mark.parametrize("many", [0, 1, 500])
    @pytest.mark.parametrize(
        "bad",
        [True, 4155550132.0, float("nan"), float("inf"), Decimal(4155550132), "4155550132", None, NUMBER],
    )
    def test_what_is_no_int_is_refused_with_its_position(self, many: int, bad: Any) -> None:
        digits = [*range(4155550000, 4155550000 + many), bad, *range(4155550000, 4155550000 + many)]
        with pytest.raises(TypeError, match=rf"at position {many}, not {type(bad).__name__}"):
            NumberSet.from_integers(digits)


class TestAlgebra:
    @few
    @given(SETS, SETS, st.sampled_from(OPERATORS))
    def test_operators_agree_with_the_builtin_set(
        self, a: NumberSet, b: NumberSet, operation: Callable[[Any, Any], Any]
    ) -> None:
        before = (set(a), set(b))
        expected = operation(*before)
        for result in (operation(a, b), operation(a, set(b)), operation(set(a), b)):
            assert isinstance(result, NumberSet)
            assert set(result) == expected
        assert (set(a), set(b)) == before

    @given(SETS, SETS)
    def test_named_methods_take_numbers_and_ranges(self, a: NumberSet, b: NumberSet) -> None:
        ranges = list(b.ranges())
        assert a.union(ranges) == a | b
        assert a.intersection(ranges) == a & b
        assert a.difference(ranges) == a - b
        assert a.symmetric_difference(ranges) == a ^ b
        assert a.isdisjoint(ranges) == set(a).isdisjoint(b)
        assert a.issubset(ranges) == (set(a) <= set(b))
        assert a.issuperset(ranges) == (set(a) >= set(b))

    def test_sets_are_disjoint_until_one_exchange_has_a_number_of_both(self) -> None:
        elsewhere = Exchange("415556").numbers[7]
        numbers = NumberSet([NUMBER, elsewhere])
        assert numbers.isdisjoint([NUMBER + 1, elsewhere + 1])
        assert numbers.isdisjoint([Exchange("415557").numbers, Exchange("212555").numbers])
        assert not numbers.isdisjoint([NUMBER + 1, elsewhere])
        assert not numbers.isdisjoint([NUMBER, elsewhere + 1])

    @few
    @given(SETS, SETS, SETS)
    def test_named_methods_take_several(self, a: NumberSet, b: NumberSet, c: NumberSet) -> None:
        assert a.union(b, c) == set(a) | set(b) | set(c)
        assert a.intersection(b, c) == set(a) & set(b) & set(c)
        assert a.difference(b, c) == set(a) - set(b) - set(c)
        assert a.union() == a.intersection() == a.difference() == a

    @few
    @given(SETS, SETS, st.sampled_from(IN_PLACE))
    def test_in_place_operators_change_the_set_itself(
        self, a: NumberSet, b: NumberSet, operation: Callable[[Any, Any], Any]
    ) -> None:
        expected = operation(set(a), set(b))
        twin = a.copy()
        assert operation(a, b) is a
        assert operation(twin, set(b)) is twin
        assert set(a) == set(twin) == expected

    @pytest.mark.parametrize("operation", [*OPERATORS, *IN_PLACE, *COMPARISONS[:4]])
    def test_operators_take_sets_only(self, operation: Callable[[Any, Any], Any]) -> None:
        with pytest.raises(TypeError):
            operation(NumberSet([NUMBER]), [NUMBER])
        with pytest.raises(TypeError):
            operation([NUMBER], NumberSet([NUMBER]))

    @pytest.mark.parametrize("operation", [*OPERATORS, *IN_PLACE])
    def test_a_set_of_other_things_is_refused(self, operation: Callable[[Any, Any], Any]) -> None:
        kept = NumberSet([NUMBER])
        with pytest.raises(TypeError, match="not str"):
            operation(kept, {"4155550132"})
        assert kept == {NUMBER}

    @given(SETS, SETS, st.sampled_from(COMPARISONS))
    def test_comparisons_agree_with_the_builtin_set(
        self, a: NumberSet, b: NumberSet, operation: Callable[[Any, Any], bool]
    ) -> None:
        for left, right in ((a, b), (a, a | b), (a & b, a), (a, a.copy())):
            expected = operation(set(left), set(right))
            assert operation(left, right) == expected
            assert operation(left, set(right)) == expected
            assert operation(set(left), right) == expected

    def test_it_equals_sets_only(self) -> None:
        one = NumberSet([NUMBER])
        assert one != [NUMBER]
        assert one != NUMBER
        assert one != {"+14155550132"}
        assert one == AlwaysEqual()
        assert one != NeverEqual()

    @few
    @given(SETS, NEAR_NUMBERS)
    def test_membership_is_that_of_numbers(self, numbers: NumberSet, number: TelephoneNumber) -> None:
        assert (number in numbers) == (number in set(numbers))
        assert int(number) not in numbers
        assert str(number) not in numbers


class TestCopies:
    @pytest.mark.parametrize("duplicate", [NumberSet.copy, copy.copy, copy.deepcopy, NumberSet])
    def test_neither_affects_the_other(self, duplicate: Callable[[NumberSet], NumberSet]) -> None:
        first = NumberSet([HUNDRED])
        second = duplicate(first)
        first.remove(NUMBER)
        second.add(NUMBER + 100)
        assert first == set(HUNDRED) - {NUMBER}
        assert second == set(HUNDRED) | {NUMBER + 100}

    def test_a_copy_shares_all_but_what_is_changed(self) -> None:
        first = NumberSet([HUNDRED, Exchange("212555").numbers])
        second = first.copy()
        second.discard(NUMBER)
        assert second._bitmaps.areas[212] is first._bitmaps.areas[212]
        assert second._bitmaps.areas[415] is not first._bitmaps.areas[415]

    @pytest.mark.parametrize("operation", [operator.ior, operator.ixor])
    def test_what_an_empty_set_takes_over_is_its_own(self, operation: Callable[[Any, Any], Any]) -> None:
        giver = NumberSet([HUNDRED])
        giver.add(NUMBER + 100)
        taker = operation(NumberSet(), giver)
        giver.discard(NUMBER)
        taker.discard(NUMBER + 1)
        assert giver == {*HUNDRED, NUMBER + 100} - {NUMBER}
        assert taker == {*HUNDRED, NUMBER + 100} - {NUMBER + 1}

    def test_an_area_code_that_is_gone_can_come_back(self) -> None:
        numbers = NumberSet([NUMBER])
        other = NumberSet([HUNDRED])
        for _ in range(2):
            numbers.discard(NUMBER)
            assert not numbers
            numbers.add(NUMBER)
            assert numbers == {NUMBER}
        numbers.clear()
        numbers |= other
        numbers.discard(NUMBER)
        assert other == set(HUNDRED)
        numbers -= other
        numbers |= other
        numbers.discard(NUMBER)
        assert other == set(HUNDRED)

    def test_algebra_with_a_changed_copy_counts_what_they_share_once(self) -> None:
        first = NumberSet([HUNDRED, Exchange("212555").numbers])
        second = first.copy()
        second.discard(NUMBER)
        assert first | second == first
        assert first & second == second
        assert first - second == {NUMBER} == first ^ second
        assert len(first | second) == 10_100
        assert second < first
        first.update(first)
        first.intersection_update(first)
        assert len(first) == 10_100
        first.symmetric_difference_update(first)
        assert not first

    def test_an_iterator_shows_the_set_as_it_was(self) -> None:
        ranges = [NumberRange("2125550100", "2125550199"), HUNDRED, NumberRange("4155560100", "4155560199")]
        numbers = NumberSet(ranges)
        parts, whole = numbers.runs(50, "415"), numbers.runs(50)
        expected = sorted(numbers)
        seen = []
        for number in numbers:
            numbers.discard(number)
            numbers.difference_update(ranges[1:])
            seen.append(number)
        assert seen == expected
        assert not numbers
        assert list(parts) == ranges[1:]
        assert list(whole) == ranges

    @few
    @given(SETS)
    def test_it_survives_pickle(self, numbers: NumberSet) -> None:
        assert pickle.loads(pickle.dumps(numbers)) == numbers

    @pytest.mark.parametrize(
        ("items", "text"),
        [
            ([], "NumberSet()"),
            ([NUMBER], "<NumberSet of 1 number in 1 exchange>"),
            ([HUNDRED, Exchange("212555").numbers], "<NumberSet of 10,100 numbers in 2 exchanges>"),
        ],
    )
    def test_repr_is_short(self, items: list[TelephoneNumber | NumberRange], text: str) -> None:
        assert repr(NumberSet(items)) == text


class TestRuns:
    @given(SETS, LENGTHS)
    def test_runs_are_the_ranges_that_are_long_enough(self, numbers: NumberSet, length: int) -> None:
        expected = [part for part in collapse(set(numbers)) if len(part) >= length]
        assert list(numbers.runs(length)) == expected
        assert numbers.count_runs(length) == len(expected)
        assert list(numbers.runs(length, npa="415")) == [
            part for part in expected if part.exchange.npa == "415"
        ]
        assert list(numbers.runs(length, npa=212)) == [
            part for part in expected if part.exchange.npa == "212"
        ]

    @few
    @given(SETS)
    def test_ranges_are_collapsed(self, numbers: NumberSet) -> None:
        assert list(numbers.ranges()) == collapse(set(numbers))

    @given(SETS, st.sampled_from([1, 2, 5, 10, 100, 10_000]))
    def test_blocks_are_aligned_and_wholly_present(self, numbers: NumberSet, size: int) -> None:
        digits = set(map(int, numbers))
        aligned = sorted(start for start in digits if start % size == 0)
        expected = [
            NumberRange(start, start + size - 1)
            for start in aligned
            if all(start + step in digits for step in range(size))
        ]
        assert list(numbers.blocks(size)) == expected

    @few
    @given(SETS)
    def test_exchanges_are_those_of_the_numbers(self, numbers: NumberSet) -> None:
        assert list(numbers.exchanges()) == sorted({number.exchange for number in numbers})

    @few
    @given(SETS)
    def test_the_bitmaps_are_those_of_the_numbers(self, numbers: NumberSet) -> None:
        items = [(int(place), numbers._bitmap(int(place))) for place in numbers.exchanges()]
        assert list(numbers._items()) == items
        assert list(numbers._items(415)) == [item for item in items if item[0] // 1000 == 415]
        assert numbers._bitmap(111_111) == 0
        assert sum(bitmap.bit_count() for _, bitmap in items) == len(numbers)

    def test_runs_are_found_lazily(self) -> None:
        numbers = NumberSet(Exchange(f"415{nxx}").numbers for nxx in range(200, 300) if nxx != 211)
        assert list(islice(numbers.runs(10_000), 1)) == [Exchange("415200").numbers]

    @pytest.mark.parametrize("length", [0, -1, 10_001, 2**400])
    def test_an_impossible_length_is_refused_when_asked(self, length: int) -> None:
        for ask in (NumberSet().runs, NumberSet().count_runs, NumberSet().blocks):
            with pytest.raises(ValueError, match="1 to 10,000"):
                ask(length)

    @pytest.mark.parametrize("length", [True, 2.0, "2", None])
    def test_a_length_is_an_int(self, length: Any) -> None:
        with pytest.raises(TypeError, match=f"not {type(length).__name__}"):
            NumberSet().count_runs(length)

    def test_a_block_size_divides_the_exchange(self) -> None:
        with pytest.raises(ValueError, match="blocks of 30 do not fill"):
            NumberSet().blocks(30)

    @pytest.mark.parametrize("npa", ["4155", "41", "", "abc", "٤١٥", "012", "115", 41, -415, 10**400])
    def test_a_malformed_area_code_is_refused_when_asked(self, npa: str | int) -> None:
        with pytest.raises(ValueError, match="is no area code"):
            NumberSet().runs(1, npa=npa)

    @pytest.mark.parametrize("npa", [True, 415.0, b"415"])
    def test_an_area_code_is_text_or_an_int(self, npa: Any) -> None:
        with pytest.raises(TypeError, match=f"not {type(npa).__name__}"):
            NumberSet().runs(1, npa=npa)

    def test_counts_of_many_lengths_stay_right_through_changes(self) -> None:
        numbers = NumberSet([HUNDRED])
        for length in [*range(1, 20), *range(1, 20)]:
            assert numbers.count_runs(length) == 1
        numbers.discard(NUMBER)
        assert [numbers.count_runs(length) for length in (19, 32, 33, 67, 68)] == [2, 2, 1, 1, 0]
        numbers |= NumberSet([Exchange("212555").numbers])
        assert [numbers.count_runs(length) for length in (19, 68)] == [3, 1]
        numbers -= NumberSet([HUNDRED])
        assert [numbers.count_runs(length) for length in (19, 68)] == [1, 1]

    def test_a_run_that_is_gone_is_not_taken_away_twice(self) -> None:
        numbers = NumberSet([HUNDRED])
        for number in (NUMBER, NUMBER + 1, NUMBER + 30):
            assert numbers.count_runs(68) == (number == NUMBER)
            numbers.discard(number)
        assert numbers.count_runs(68) == 0
        numbers |= NumberSet([HUNDRED])
        assert numbers.count_runs(68) == 1


def resealed(body: bytes) -> bytes:
    return body + blake2b(body, digest_size=16).digest()


class TestBytes:
    @few
    @given(SETS)
    def test_they_give_the_set_back(self, numbers: NumberSet) -> None:
        data = numbers.to_bytes()
        assert NumberSet.from_bytes(data) == numbers
        assert NumberSet.from_bytes(bytearray(data)) == NumberSet.from_bytes(memoryview(data)) == numbers

    @few
    @given(SETS, SETS)
    def test_equal_sets_have_equal_bytes(self, a: NumberSet, b: NumberSet) -> None:
        assert ((a | b) - b).to_bytes() == (a - b).to_bytes()

    def test_patchy_and_full_exchanges_are_both_compact(self) -> None:
        patchy = NumberSet.from_integers(range(4155550000, 4155560000, 2))
        assert len(patchy.to_bytes()) < 1_300
        assert len(NumberSet([PLACE.numbers]).to_bytes()) < 50
        assert NumberSet.from_bytes(patchy.to_bytes()) == patchy

    @given(st.lists(NEAR, min_size=1, max_size=6).map(NumberSet), st.data())
    def test_any_change_is_noticed(self, numbers: NumberSet, data: st.DataObject) -> None:
        saved = bytearray(numbers.to_bytes())
        place = data.draw(st.integers(0, len(saved) - 1))
        saved[place] ^= data.draw(st.integers(1, 255))
        with pytest.raises(CorruptData):
            NumberSet.from_bytes(saved)

    @given(SETS, st.data())
    def test_cut_and_lengthened_bytes_are_noticed(self, numbers: NumberSet, data: st.DataObject) -> None:
        saved = numbers.to_bytes()
        with pytest.raises(CorruptData):
            NumberSet.from_bytes(saved[: data.draw(st.integers(0, len(saved) - 1))])
        with pytest.raises(CorruptData):
            NumberSet.from_bytes(saved + b"\0")

    def test_a_later_version_is_named(self) -> None:
        with pytest.raises(CorruptData, match="of version 2; this release reads version 1"):
            NumberSet.from_bytes(resealed(b"PSTNSET\x02" + bytes(4)))

    @pytest.mark.parametrize(
        ("body", "message"),
        [
            ("02000000", "no room for 2 exchanges"),
            ("01000000 33570600 0000", "damaged in exchange 415539"),
            ("01000000 33570600 0100", "damaged in exchange 415539"),
            ("01000000 33570600 0100 05000400", "damaged in exchange 415539"),
            ("01000000 33570600 0100 05001027", "damaged in exchange 415539"),
            ("01000000 33570600 0200 05000600 07000800", "damaged in exchange 415539"),
            ("01000000 33570600 0100 05000600 00", "more bytes"),
            ("01000000 33570600 ffff" + "00" * 1250, "damaged in exchange 415539"),
            ("01000000 33570600 ffff" + "ff" * 1250, "damaged in exchange 415539"),
            ("01000000 33570600 ffff" + "55" * 1249, "damaged in exchange 415539"),
            ("01000000 00000000 0100 05000600", "0 is no exchange"),
            ("01000000 ffffffff 0100 05000600", "4294967295 is no exchange"),
            ("02000000 33570600 33570600 0100 0100 05000600 05000600", "out of order"),
        ],
    )
    def test_a_valid_checksum_over_nonsense_helps_nobody(self, body: str, message: str) -> None:
        with pytest.raises(CorruptData, match=message):
            NumberSet.from_bytes(resealed(b"PSTNSET\x01" + bytes.fromhex(body)))

    @pytest.mark.parametrize("data", ["PSTNSET", None, 12, [1]])
    def test_only_bytes_are_read(self, data: Any) -> None:
        with pytest.raises(TypeError, match=f"not {type(data).__name__}"):
            NumberSet.from_bytes(data)
        with pytest.raises(TypeError, match=f"not {type(data).__name__}"):
            NumberSet.from_parts([data])

    @few
    @given(SETS)
    def test_they_can_be_had_exchange_by_exchange(self, numbers: NumberSet) -> None:
        parts = list(numbers.to_parts())
        assert [exchange for exchange, _ in parts] == list(numbers.exchanges())
        assert NumberSet.from_parts(part for _, part in reversed(parts)) == numbers
        for exchange, part in parts:
            assert NumberSet.from_bytes(part) == numbers & NumberSet([exchange.numbers])
            assert list(numbers.to_parts([exchange])) == [(exchange, part)]

    def test_a_part_with_nothing_in_it_is_a_part(self) -> None:
        [(exchange, part)] = NumberSet().to_parts([PLACE])
        assert (exchange, NumberSet.from_bytes(part)) == (PLACE, NumberSet())
        assert NumberSet.from_parts([]) == NumberSet.from_parts([part, part]) == NumberSet()

    def test_parts_of_one_exchange_add_up(self) -> None:
        one, other = NumberSet(PLACE.numbers[:100]), NumberSet(PLACE.numbers[50:200])
        assert NumberSet.from_parts([one.to_bytes(), other.to_bytes()]) == one | other

    def test_parts_show_the_set_as_it_was_when_they_were_asked_for(self) -> None:
        numbers = NumberSet([PLACE.numbers])
        parts = numbers.to_parts()
        numbers.clear()
        assert len(NumberSet.from_parts(part for _, part in parts)) == 10_000

    def test_a_damaged_part_is_named_by_its_position(self) -> None:
        good = NumberSet([PLACE.numbers]).to_bytes()
        with pytest.raises(CorruptData, match="part 1: the saved NumberSet is damaged or cut short"):
            NumberSet.from_parts([good, good[:-1]])


@pytest.mark.parametrize("length", [LyingInt(50), 50])
def test_a_length_is_taken_as_the_int_that_it_is(length: int) -> None:
    fifty = NumberSet([NumberRange("4155550100", "4155550149")])
    assert fifty.count_runs(length) == len(list(fifty.runs(length))) == 1


@pytest.mark.parametrize("npa", [LyingText("415"), LyingInt(415)])
def test_an_area_code_is_taken_as_what_it_holds(npa: str | int) -> None:
    fifty = NumberSet([NumberRange("4155550100", "4155550149")])
    assert len(list(fifty.runs(50, npa))) == 1
