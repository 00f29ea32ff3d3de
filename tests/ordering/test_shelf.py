"""A shelf is a dict that never changes, and copies a part of itself at a change."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pstnkit.ordering.shelf import Shelf

NAMES = st.sampled_from(["", "a", "b", "location-1", "location-2", "ort-ü"])


@given(st.lists(st.tuples(NAMES, st.integers(0, 3) | st.none())), st.sets(NAMES))
def test_every_version_stays_as_the_dict_of_its_time(
    changes: list[tuple[str, int | None]], passed_over: set[str]
) -> None:
    versions: list[tuple[Shelf[int], dict[str, int]]] = [(Shelf(), {})]
    for name, value in changes:
        shelf, model = versions[-1][0], dict(versions[-1][1])
        if value is None:
            model.pop(name, None)
            versions.append((shelf.without(name), model))
        else:
            model[name] = value
            versions.append((shelf.with_(name, value), model))
    for shelf, model in versions:
        assert {name: shelf.get(name) for name in shelf} == model
        assert (len(shelf), "nobody" in shelf, shelf.get("nobody", 9)) == (len(model), False, 9)
        assert all(name in shelf for name in model)
        straight: Shelf[int] = Shelf()
        for name in sorted(model):
            straight = straight.with_(name, model[name])
        assert shelf == straight
        first = shelf.first(passed_over)
        assert first == straight.first(passed_over)
        assert first in model.keys() - passed_over if model.keys() - passed_over else first is None
