"""The ranges among the entries of a paste, in columns: a list of a million ranges is no rare thing."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence


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

    def in_order(self) -> Iterator[tuple[int, int, int]]:
        """The index, the first and the last number of each."""
        for index, first, more in zip(self._indexes, self._firsts, self._more, strict=True):
            yield index, first, first + more

    def __len__(self) -> int:
        return len(self._indexes)


class Rests:
    """What of ranges was not listed before while something else of them was: the first and the last line of each piece,
    by the index of the entry, in any order.

    >>> rests = Rests()
    >>> rests.add(7, [(100, 119), (180, 199)])
    >>> rests.of(7), rests.of(8)
    ([(100, 119), (180, 199)], [])
    """

    __slots__ = ("_pieces", "_sorted")

    def __init__(self) -> None:
        self._pieces = array("Q")
        self._sorted = True

    def add(self, index: int, lines: Sequence[tuple[int, int]]) -> None:
        """Note the pieces that are left of the range of an entry, ascending."""
        self._pieces.extend(index << 32 | first << 16 | last for first, last in lines)
        self._sorted = False

    def of(self, index: int) -> list[tuple[int, int]]:
        """The pieces that are left of the range of an entry."""
        if not self._sorted:
            self._pieces = array("Q", sorted(self._pieces))
            self._sorted = True
        low, high = (bisect_left(self._pieces, at << 32) for at in (index, index + 1))
        return [(piece >> 16 & 0xFFFF, piece & 0xFFFF) for piece in self._pieces[low:high]]
