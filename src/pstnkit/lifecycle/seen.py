"""Which events a record has taken in, so that the same event again is known for what it is.

An order of 5,000 numbers can have as many events. So the ids are kept in a tree of which a new version copies three
small nodes and shares all others: to remember one more costs the same however many there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from typing import Any, Self, final

from pstnkit.numbering.immutable import Immutable

_Leaf = tuple[str, ...]
_Node = dict[int, Any]


@final
class SeenEvents(Immutable, Set[str]):
    """An immutable set of the ids of events, iterating in alphabetical order.

    >>> seen = SeenEvents(["event-1"]).and_("event-2")
    >>> "event-2" in seen, "event-3" in seen, seen
    (True, False, SeenEvents(['event-1', 'event-2']))
    """

    __slots__ = ("_root", "_size")
    _root: _Node
    _size: int

    def __new__(cls, ids: Iterable[str] = ()) -> Self:
        self = cls._of({}, 0)
        for event_id in ids:
            self = self.and_(event_id)
        return self

    @classmethod
    def _of(cls, root: _Node, size: int) -> Self:
        self = object.__new__(cls)
        _set_root(self, root)
        _set_size(self, size)
        return self

    def and_(self, event_id: str) -> Self:
        """These ids and one more."""
        first, second, last = _way(event_id)
        root = self._root.copy()
        branch = root[first] = root[first].copy() if first in root else {}
        twig = branch[second] = branch[second].copy() if second in branch else {}
        leaf: _Leaf = twig.get(last, ())
        if event_id in leaf:
            return self
        twig[last] = (*leaf, event_id)
        return self._of(root, self._size + 1)

    def __contains__(self, event_id: object) -> bool:
        first, second, last = _way(event_id)
        branch: _Node = self._root.get(first, {})
        twig: _Node = branch.get(second, {})
        return event_id in twig.get(last, ())

    def __iter__(self) -> Iterator[str]:
        twigs = (twig for branch in self._root.values() for twig in branch.values())
        return iter(sorted(event_id for twig in twigs for leaf in twig.values() for event_id in leaf))

    def __len__(self) -> int:
        return self._size

    def __hash__(self) -> int:
        return self._hash()

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (list(self),)

    def __repr__(self) -> str:
        return f"SeenEvents({list(self)})"


def _way(event_id: object) -> tuple[int, int, int]:
    """The way through the tree to the leaf of an id: 32 ways at each of three forks."""
    value = hash(event_id)
    return value & 31, value >> 5 & 31, value >> 10 & 31


_set_root: Any = SeenEvents.__dict__["_root"].__set__
_set_size: Any = SeenEvents.__dict__["_size"].__set__
