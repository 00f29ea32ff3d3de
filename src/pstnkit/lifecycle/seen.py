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
_BITS, _LEVELS = 5, 3


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
        if event_id in self:
            return self
        *groups, last = _groups(event_id)
        root = node = self._root.copy()
        for group in groups:
            below = node[group] = node[group].copy() if group in node else {}
            node = below
        node[last] = (*node.get(last, ()), event_id)
        return self._of(root, self._size + 1)

    def __contains__(self, event_id: object) -> bool:
        node: Any = self._root
        for group in _groups(event_id):
            node = node.get(group)
            if node is None:
                return False
        leaf: _Leaf = node
        return event_id in leaf

    def __iter__(self) -> Iterator[str]:
        nodes: list[_Node] = [self._root]
        for _ in range(_LEVELS - 1):
            nodes = [below for node in nodes for below in node.values()]
        return iter(sorted(event_id for node in nodes for leaf in node.values() for event_id in leaf))

    def __len__(self) -> int:
        return self._size

    def __hash__(self) -> int:
        return self._hash()

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (list(self),)

    def __repr__(self) -> str:
        return f"SeenEvents({list(self)})"


def _groups(event_id: object) -> tuple[int, ...]:
    """The way through the tree to the leaf of an id."""
    value = hash(event_id)
    return tuple(value >> _BITS * level & (1 << _BITS) - 1 for level in range(_LEVELS))


_set_root: Any = SeenEvents.__dict__["_root"].__set__
_set_size: Any = SeenEvents.__dict__["_size"].__set__
