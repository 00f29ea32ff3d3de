"""Two persistent collections: a map and a queue that share what they have in common with what they were
before.

A change gives a new collection and leaves the old one as it was, at a cost that grows with the logarithm of
the size at most. That is what lets the ledger be a pure function over any number of holds.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any, Generic, TypeVar, final

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

_BITS = 5
_WIDTH = 1 << _BITS
_LEAF = 16
"""A leaf splits when it would hold more entries than this."""
_DEEPEST = 60
"""Keys whose hashes agree in all of the bits used so far stay in one leaf from this depth on."""


@final
class Map(Generic[K, V]):
    """An immutable mapping, as a trie over the hashes of its keys.

    >>> before = Map()
    >>> after = before.put("a", 1).put("b", 2)
    >>> len(before), after.get("b"), after.drop("b").get("b")
    (0, 2, None)
    """

    __slots__ = ("_root", "_size")

    def __init__(self, root: Any = None, size: int = 0) -> None:
        # A node is None, a dict (a leaf) or a tuple of 32 nodes.
        self._root = root
        self._size = size

    def get(self, key: K) -> V | None:
        """The value of ``key``, or None."""
        node, digest = self._root, hash(key) & 0xFFFF_FFFF_FFFF_FFFF
        while type(node) is tuple:
            node = node[digest % _WIDTH]
            digest >>= _BITS
        return None if node is None else node.get(key)

    def put(self, key: K, value: V) -> Map[K, V]:
        """This map with ``value`` under ``key``."""
        grown = self.get(key) is None
        return Map(_put(self._root, hash(key) & 0xFFFF_FFFF_FFFF_FFFF, 0, key, value), self._size + grown)

    def drop(self, key: K) -> Map[K, V]:
        """This map without ``key``."""
        if self.get(key) is None:
            return self
        return Map(_drop(self._root, hash(key) & 0xFFFF_FFFF_FFFF_FFFF, key), self._size - 1)

    def items(self) -> Iterator[tuple[K, V]]:
        """All keys with their values, in no particular order."""
        pending = [self._root]
        while pending:
            node = pending.pop()
            if type(node) is tuple:
                pending += node
            elif node is not None:
                yield from node.items()

    def __len__(self) -> int:
        return self._size


def _put(node: Any, digest: int, depth: int, key: object, value: object) -> Any:
    if node is None:
        return {key: value}
    if type(node) is dict:
        if len(node) < _LEAF or key in node or depth >= _DEEPEST:
            return {**node, key: value}
        children: list[Any] = [None] * _WIDTH
        for other, kept in node.items():
            branch = (hash(other) & 0xFFFF_FFFF_FFFF_FFFF) >> depth
            children[branch % _WIDTH] = _put(
                children[branch % _WIDTH], branch >> _BITS, depth + _BITS, other, kept
            )
    else:
        children = list(node)
    index = digest % _WIDTH
    children[index] = _put(children[index], digest >> _BITS, depth + _BITS, key, value)
    return tuple(children)


def _drop(node: Any, digest: int, key: object) -> Any:
    if type(node) is dict:
        return {other: value for other, value in node.items() if other != key} or None
    index = digest % _WIDTH
    children = list(node)
    children[index] = _drop(children[index], digest >> _BITS, key)
    return tuple(children) if any(child is not None for child in children) else None


@final
class Queue(Generic[V]):
    """An immutable queue from which the least item comes first, as a leftist heap.

    >>> queue = Queue().put(3).put(1).put(2)
    >>> queue.first, queue.rest().first
    (1, 2)
    """

    __slots__ = ("_heap",)

    def __init__(self, heap: Any = None) -> None:
        # A heap is None or (rank, least item, left, right); the rank is the length of its right spine.
        self._heap = heap

    @property
    def first(self) -> V | None:
        """The least item, or None when there is none."""
        return None if self._heap is None else self._heap[1]

    def put(self, item: V) -> Queue[V]:
        """This queue with ``item``."""
        return Queue(_merge(self._heap, (1, item, None, None)))

    def rest(self) -> Queue[V]:
        """This queue without its least item."""
        return Queue(_merge(self._heap[2], self._heap[3]))


def _merge(a: Any, b: Any) -> Any:
    if a is None or b is None:
        return a or b
    if b[1] < a[1]:
        a, b = b, a
    _, item, left, right = a
    right = _merge(right, b)
    if left is None or left[0] < right[0]:
        left, right = right, left
    return (1 if right is None else right[0] + 1, item, left, right)
