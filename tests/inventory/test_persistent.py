"""Persistent collections: each change gives a new one and leaves the old one as it was."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pstnkit.inventory.persistent import Map, Queue


class Crowded:
    """A key whose hash it shares with all the others."""

    def __init__(self, name: int) -> None:
        self.name = name

    def __hash__(self) -> int:
        return -7

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Crowded) and other.name == self.name


keys = st.integers(-30, 60) | st.text(max_size=2)
changes = st.lists(st.tuples(st.booleans(), keys, st.integers()), max_size=200)


@given(changes)
def test_a_map_does_what_a_dict_does_and_former_maps_stay(steps: list[tuple[bool, int | str, int]]) -> None:
    plain: dict[int | str, int] = {}
    mapping: Map[int | str, int] = Map()
    history = [(mapping, dict(plain))]
    for put, key, value in steps:
        if put:
            plain[key] = value
            mapping = mapping.put(key, value)
        else:
            plain.pop(key, None)
            mapping = mapping.drop(key)
        history.append((mapping, dict(plain)))
    for then, expected in history:
        assert dict(then.items()) == expected
        assert len(then) == len(expected)
        assert all(then.get(key) == expected.get(key) for _, key, _ in steps)


def test_many_keys_are_kept_and_dropped() -> None:
    mapping: Map[int, str] = Map()
    for key in range(5_000):
        mapping = mapping.put(key * 37, str(key))
    assert len(mapping) == 5_000
    assert all(mapping.get(key * 37) == str(key) for key in range(5_000))
    assert dict(mapping.items()) == {key * 37: str(key) for key in range(5_000)}
    for key in range(5_000):
        mapping = mapping.drop(key * 37)
    assert len(mapping) == 0
    assert list(mapping.items()) == []


def test_keys_of_one_hash_are_told_apart() -> None:
    mapping: Map[Crowded, int] = Map()
    for name in range(40):
        mapping = mapping.put(Crowded(name), name)
    assert [mapping.get(Crowded(name)) for name in range(40)] == list(range(40))
    assert mapping.get(Crowded(40)) is None
    assert mapping.drop(Crowded(39)).get(Crowded(39)) is None
    assert len(mapping.drop(Crowded(40))) == 40


@given(st.lists(st.integers()))
def test_a_queue_gives_back_in_order_and_former_queues_stay(items: list[int]) -> None:
    queue: Queue[int] = Queue()
    for item in items:
        queue = queue.put(item)
    for _ in range(2):
        rest, given_back = queue, []
        while (first := rest.first) is not None:
            given_back.append(first)
            rest = rest.rest()
        assert given_back == sorted(items)
