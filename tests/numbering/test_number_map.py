"""A map of numbers is a dict that never changes, and shares what it can with its successors."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probes import AlwaysEqual, NeverEqual
from pstnkit.numbering.numbermap import NumberMap
from pstnkit.numbering.telephone import Exchange, TelephoneNumber
from pstnkit.testing.strategies import number_maps, telephone_numbers

PLACE = Exchange("415555")
NUMBER = TelephoneNumber("4155550132")
KEYS = st.integers(0, 9).map(lambda step: NUMBER + step) | telephone_numbers(PLACE) | telephone_numbers()
VALUES = st.integers(0, 3)


@given(st.dictionaries(KEYS, VALUES, max_size=6), st.lists(st.tuples(KEYS, VALUES | st.none()), max_size=8))
def test_every_version_stays_as_the_dict_of_its_time(
    start: dict[TelephoneNumber, int], changes: list[tuple[TelephoneNumber, int | None]]
) -> None:
    model = dict(start)
    versions = [(NumberMap(start), dict(start))]
    for number, value in changes:
        present = versions[-1][0]
        if value is not None:
            model[number] = value
            versions.append((present.set(number, value), dict(model)))
        elif number in model:
            del model[number]
            versions.append((present.remove(number), dict(model)))
        else:
            with pytest.raises(KeyError):
                present.remove(number)
    for version, expected in versions:
        assert dict(version) == expected
        assert list(version) == sorted(expected)
        assert len(version) == len(expected)
        assert version == expected
        assert version == NumberMap(expected)


@given(st.dictionaries(KEYS, VALUES, max_size=8), st.lists(KEYS, max_size=8))
def test_many_numbers_are_taken_out_at_once(
    start: dict[TelephoneNumber, int], numbers: list[TelephoneNumber]
) -> None:
    before = NumberMap(start)
    after = before.without(numbers)
    left = {number: value for number, value in start.items() if number not in numbers}
    assert (dict(after), len(after)) == (left, len(left))
    assert after == NumberMap(left)
    assert before == NumberMap(start)
    assert (after is before) is (len(left) == len(start))


@settings(max_examples=settings().max_examples // 3)
@given(number_maps(VALUES, max_size=6), st.dictionaries(KEYS, VALUES, max_size=6))
def test_many_changes_at_once_are_the_same_as_one_after_the_other(
    before: NumberMap[int], changes: dict[TelephoneNumber, int]
) -> None:
    kept = dict(before)
    one_by_one = before
    for number, value in changes.items():
        one_by_one = one_by_one.set(number, value)
    assert before.set_many(changes) == before.set_many(changes.items()) == one_by_one
    assert dict(before) == kept


def test_an_error_in_the_middle_leaves_the_map_as_it_was() -> None:
    before = NumberMap({NUMBER: "a"})
    with pytest.raises(TypeError, match="TelephoneNumbers, not str"):
        before.set_many([(NUMBER, "b"), ("4155550132", "c")])  # type: ignore[list-item]
    assert dict(before) == {NUMBER: "a"}


def test_a_change_shares_all_but_the_way_to_its_number() -> None:
    before = NumberMap(dict.fromkeys(PLACE.numbers, "x"))
    after = before.set(NUMBER, "y")
    root, changed = before._root, after._root
    assert changed[415][555][2] is root[415][555][2]
    assert sum(changed[415][555][hundred] is not root[415][555][hundred] for hundred in range(100)) == 1


def test_the_last_value_of_a_number_counts() -> None:
    assert dict(NumberMap([(NUMBER, 1), (NUMBER, 2)])) == {NUMBER: 2}


def test_a_map_of_a_map_is_that_map() -> None:
    first = NumberMap({NUMBER: 1})
    assert NumberMap(first) is first


def test_a_removed_number_leaves_nothing_behind() -> None:
    assert NumberMap({NUMBER: 1}).remove(NUMBER)._root == {}


@pytest.mark.parametrize("stranger", ["4155550132", 4155550132, None])
def test_only_numbers_are_keys(stranger: Any) -> None:
    entries = NumberMap({NUMBER: 1})
    assert stranger not in entries
    assert entries.get(stranger) is None
    with pytest.raises(KeyError):
        entries[stranger]
    with pytest.raises(KeyError):
        entries.remove(stranger)
    with pytest.raises(TypeError, match=f"not {type(stranger).__name__}"):
        entries.set(stranger, 2)


def test_it_equals_mappings_with_the_same_entries_only() -> None:
    entries = NumberMap({NUMBER: 1})
    assert entries != NumberMap({NUMBER: 2})
    assert entries != {NUMBER: 1, NUMBER + 1: 1}
    assert entries != [(NUMBER, 1)]
    assert entries == AlwaysEqual()
    assert entries != NeverEqual()


def test_it_is_immutable_final_and_unhashable() -> None:
    entries = NumberMap({NUMBER: [1]})
    with pytest.raises(AttributeError, match="NumberMap is immutable"):
        entries._size = 0
    with pytest.raises(TypeError, match="unhashable"):
        hash(entries)
    with pytest.raises(TypeError, match="NumberMap cannot be subclassed"):
        type("Special", (NumberMap,), {})


def test_it_survives_pickle_and_copies_are_what_copies_are() -> None:
    entries = NumberMap({NUMBER: [1]})
    assert pickle.loads(pickle.dumps(entries)) == entries
    assert copy.copy(entries) is entries
    deep = copy.deepcopy(entries)
    assert deep == entries
    assert deep[NUMBER] is not entries[NUMBER]


def test_repr_counts_the_numbers() -> None:
    assert repr(NumberMap[int]()) == "<NumberMap of 0 numbers>"
    assert repr(NumberMap({NUMBER: 1})) == "<NumberMap of 1 number>"
