"""The events that a record has taken in: a set of which every version stays as it was."""

from __future__ import annotations

import copy
import pickle

from hypothesis import given
from hypothesis import strategies as st

from pstnkit.lifecycle.seen import SeenEvents

ids = st.text(alphabet="abc-12", max_size=4)


@given(st.lists(ids))
def test_it_is_the_set_of_what_was_added_and_no_version_changes(added: list[str]) -> None:
    versions = [SeenEvents()]
    for event_id in added:
        versions.append(versions[-1].and_(event_id))
    for place, version in enumerate(versions):
        plain = set(added[:place])
        assert set(version) == plain
        assert list(version) == sorted(plain)
        assert len(version) == len(plain)
        assert all((event_id in version) is (event_id in plain) for event_id in added)


@given(st.lists(ids))
def test_the_order_of_adding_makes_no_difference(added: list[str]) -> None:
    one, other = SeenEvents(added), SeenEvents(reversed(added))
    assert (one, hash(one), repr(one)) == (other, hash(other), repr(other))


def test_many_ids_are_told_apart() -> None:
    many = SeenEvents(f"event-{serial}" for serial in range(40_000))
    assert len(many) == 40_000
    assert "event-39999" in many
    assert "event-40000" not in many


def test_it_survives_pickle_and_copy() -> None:
    seen = SeenEvents(["event-1", "event-2"])
    for twin in (copy.copy(seen), copy.deepcopy(seen), pickle.loads(pickle.dumps(seen))):
        assert twin == seen
        assert repr(twin) == "SeenEvents(['event-1', 'event-2'])"
