"""Immutable maps from telephone numbers to values, of which a changed one costs the same whatever the size.

What is known of each number of an order, or of a customer with 40,000 of them, changes number by number;
every version of the record stays as it was. So a map is a tree over groups of digits (area code, exchange,
two and two digits of the line), and a change copies the four nodes on the way to its number and shares all
others. A node has at most 800 entries, and in the lower two levels 100.
"""

from __future__ import annotations

from collections.abc import ItemsView, Iterable, Iterator, Mapping
from copy import deepcopy
from functools import lru_cache
from typing import Any, ClassVar, TypeVar, cast, final

from pstnkit.numbering.immutable import Immutable
from pstnkit.numbering.telephone import TelephoneNumber

V = TypeVar("V")
W = TypeVar("W")

_Node = dict[int, Any]


@final
class NumberMap(Immutable, Mapping[TelephoneNumber, V]):
    """An immutable mapping of telephone numbers, iterating in ascending order.

    ``entries`` is another mapping or pairs of a number and its value; the last value of a number counts. A
    key that is no :class:`TelephoneNumber` raises :class:`TypeError`. A map is equal to any mapping with the
    same entries.

    >>> number = TelephoneNumber("4155550132")
    >>> before = NumberMap({number: "pending"})
    >>> after = before.set(number, "assigned").set(number + 1, "pending")
    >>> before[number], after[number], len(after)
    ('pending', 'assigned', 2)

    """

    __slots__ = ("_root", "_size")
    __hash__: ClassVar[None]  # type: ignore[assignment]
    _root: _Node
    _size: int

    def __new__(cls, entries: Entries[V] = ()) -> NumberMap[V]:
        if isinstance(entries, NumberMap):
            return cast("NumberMap[V]", entries)
        return cls._of({}, 0).set_many(entries)

    @classmethod
    def _of(cls, root: _Node, size: int) -> NumberMap[V]:
        self = object.__new__(cls)
        _set_root(self, root)
        _set_size(self, size)
        return self

    def set(self, number: TelephoneNumber, value: V) -> NumberMap[V]:
        """A map in which ``number`` has ``value``; all else as here."""
        return self.set_many(((number, value),))

    def set_many(self, entries: Entries[V]) -> NumberMap[V]:
        """A map in which each number of ``entries`` has its value there; all else as here."""
        root = self._root.copy()
        fresh = {id(root)}
        size = self._size
        for number, value in entries.items() if isinstance(entries, Mapping) else entries:
            node = root
            *groups, last = _groups(number)
            for group in groups:
                below = node.get(group)
                if below is None:
                    below = node[group] = {}
                    fresh.add(id(below))
                elif id(below) not in fresh:
                    below = node[group] = below.copy()
                    fresh.add(id(below))
                node = below
            size += last not in node
            node[last] = value
        return NumberMap._of(root, size)

    def remove(self, number: TelephoneNumber) -> NumberMap[V]:
        """A map without ``number``; :class:`KeyError` if it is not in this one."""
        if number not in self:
            raise KeyError(number)
        return NumberMap._of(_without(self._root, _groups(number)), self._size - 1)

    def without(self, numbers: Iterable[TelephoneNumber]) -> NumberMap[V]:
        """A map without ``numbers``; those that are not in this one are passed over.

        >>> number = TelephoneNumber("4155550132")
        >>> NumberMap({number: "a", number + 1: "b"}).without([number, number + 2])
        <NumberMap of 1 number>

        """
        gone = {number for number in numbers if number in self}
        if not gone:
            return self
        root = self._root.copy()
        fresh = {id(root)}
        for number in gone:
            way = [root]
            *groups, last = _groups(number)
            for group in groups:
                below = way[-1][group]
                if id(below) not in fresh:
                    below = way[-1][group] = below.copy()
                    fresh.add(id(below))
                way.append(below)
            del way[-1][last]
            for above, group, below in zip(way[-2::-1], reversed(groups), way[:0:-1], strict=True):
                if not below:
                    del above[group]
        return NumberMap._of(root, self._size - len(gone))

    def containing(self, digits: str) -> Iterator[tuple[TelephoneNumber, V]]:
        """The entries whose number has ``digits`` among its ten, in ascending order.

        Which lines of an exchange those are is known beforehand, so that only what is found costs something.

        >>> number = TelephoneNumber("4155550132")
        >>> [int(found) for found, _ in NumberMap({number: "a", number + 1: "b"}).containing("5013")]
        [4155550132, 4155550133]
        >>> list(NumberMap({number: "a"}).containing("99"))
        []

        """
        for npa, exchanges in sorted(self._root.items()):
            for nxx, hundreds in sorted(exchanges.items()):
                chosen = _lines_with(digits, f"{npa}{nxx}")
                base = (npa * 1000 + nxx) * 10_000
                for line, value in _chosen(hundreds, chosen):
                    yield TelephoneNumber._of(base + line), value

    def items(self) -> ItemsView[TelephoneNumber, V]:
        """The entries, in ascending order."""
        return _Items(self)

    def __getitem__(self, number: TelephoneNumber) -> V:
        if isinstance(number, TelephoneNumber):
            node: Any = self._root
            try:
                for group in _groups(number):
                    node = node[group]
            except KeyError:
                raise KeyError(number) from None
            return cast("V", node)
        raise KeyError(number)

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[TelephoneNumber]:
        for npa, exchanges in sorted(self._root.items()):
            for nxx, hundreds in sorted(exchanges.items()):
                for hundred, lines in sorted(hundreds.items()):
                    base = (npa * 1000 + nxx) * 10_000 + hundred * 100
                    for line in sorted(lines):
                        yield TelephoneNumber._of(base + line)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, NumberMap):
            # What two maps share is not looked into: dicts take identical values as equal.
            return self._size == other._size and self._root == other._root
        if isinstance(other, Mapping):
            return self._size == len(other) and dict(self.items()) == dict(other.items())
        return NotImplemented

    def __deepcopy__(self, memo: dict[int, Any]) -> NumberMap[V]:
        # The map cannot change, but the values may.
        return NumberMap((number, deepcopy(value, memo)) for number, value in self.items())

    def __reduce__(self) -> tuple[Any, ...]:
        return NumberMap, (list(self.items()),)

    def __repr__(self) -> str:
        return f"<NumberMap of {self._size:,} number{'' if self._size == 1 else 's'}>"


Entries = Mapping[TelephoneNumber, W] | Iterable[tuple[TelephoneNumber, W]]
"""What a map is made from."""


def _groups(number: TelephoneNumber) -> tuple[int, int, int, int]:
    """The groups of digits by which a number is found: NPA, NXX, and two and two digits of the line."""
    if not isinstance(number, TelephoneNumber):
        raise TypeError(f"the keys of a NumberMap are TelephoneNumbers, not {type(number).__name__}")
    digits = number._digits
    return digits // 10_000_000, digits // 10_000 % 1000, digits // 100 % 100, digits % 100


class _Items(ItemsView[TelephoneNumber, V]):
    """The entries of a map, met on one walk through it."""

    _mapping: NumberMap[V]

    def __iter__(self) -> Iterator[tuple[TelephoneNumber, V]]:
        return self._mapping.containing("")


_EVERY_LINE = frozenset(range(10_000))
_FEW = 100


def _chosen(hundreds: _Node, chosen: frozenset[int]) -> Iterator[tuple[int, Any]]:
    """The entries of an exchange whose lines are among those chosen, in order: few are looked up, of many those that
    there are looked through."""
    if len(chosen) <= _FEW:
        for line in sorted(chosen):
            lines = hundreds.get(line // 100, ())
            if line % 100 in lines:
                yield line, lines[line % 100]
        return
    for hundred, lines in sorted(hundreds.items()):
        for last in sorted(lines):
            if hundred * 100 + last in chosen:
                yield hundred * 100 + last, lines[last]


def _lines_with(digits: str, exchange: str) -> frozenset[int]:
    """The lines of an exchange, given by its six digits, whose whole numbers have ``digits`` among their ten."""
    if digits in exchange:
        return _EVERY_LINE
    lines = _lines_having(digits, None)
    for inside in range(1, min(len(digits), 6) + 1):
        if exchange.endswith(digits[:inside]):
            lines |= _lines_having(digits[inside:], 0)
    return lines


@lru_cache(maxsize=256)
def _lines_having(digits: str, place: int | None) -> frozenset[int]:
    """The lines that have ``digits`` at a place among their four, or anywhere."""
    if len(digits) > 4:
        return frozenset()
    if place is None:
        return frozenset().union(*(_lines_having(digits, at) for at in range(5 - len(digits))))
    after = 10 ** (4 - len(digits) - place)
    return frozenset(
        before * after * 10 ** len(digits) + int(digits) * after + rest
        for before in range(10**place)
        for rest in range(after)
    )


def _without(node: _Node, groups: tuple[int, ...]) -> _Node:
    """A copy of ``node`` without the entry at ``groups``, which is there, and without nodes left empty."""
    copy = node.copy()
    group, *rest = groups
    below = _without(copy[group], tuple(rest)) if rest else None
    if below:
        copy[group] = below
    else:
        del copy[group]
    return copy


_set_root: Any = NumberMap.__dict__["_root"].__set__
_set_size: Any = NumberMap.__dict__["_size"].__set__
