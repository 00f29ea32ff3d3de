"""The ranges among the entries of a paste, in columns: a list of a million ranges is no rare thing."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping


class Spans(Mapping[int, tuple[int, int]]):
    """The first and the last number of ranges, by the indexes of entries, which ascend. All of a range are of one
    exchange.

    >>> spans = Spans()
    >>> spans.add(7, 415_321_0100, 415_321_0199)
    >>> dict(spans), spans.get(8)
    ({7: (4153210100, 4153210199)}, None)
    """

    __slots__ = ("_firsts", "_indexes", "_more")

    def __init__(self) -> None:
        self._indexes = array("I")
        self._firsts = array("Q")
        self._more = array("H")
        """How many numbers follow the first."""

    def add(self, index: int, first: int, last: int) -> None:
        """Note the range of the entry at ``index``, which lies behind all others."""
        self._indexes.append(index)
        self._firsts.append(first)
        self._more.append(last - first)

    def __getitem__(self, index: int) -> tuple[int, int]:
        at = bisect_left(self._indexes, index)
        if at == len(self._indexes) or self._indexes[at] != index:
            raise KeyError(index)
        return self._firsts[at], self._firsts[at] + self._more[at]

    def __iter__(self) -> Iterator[int]:
        return iter(self._indexes)

    def __len__(self) -> int:
        return len(self._indexes)
