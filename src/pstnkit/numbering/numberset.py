"""Sets of telephone numbers that know their order, their runs and their blocks.

Inside, an exchange is one integer of 10,000 bits (:mod:`pstnkit.numbering.bitmaps`), so that set algebra and
the search for runs take one integer operation for 10,000 numbers.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, MutableSet, Set
from itertools import chain
from typing import Any, ClassVar, NoReturn, final

from pstnkit.errors import CallerError
from pstnkit.numbering import bits
from pstnkit.numbering.arguments import checked_area_code, checked_length
from pstnkit.numbering.bitmaps import Bitmaps
from pstnkit.numbering.damaged import CorruptData
from pstnkit.numbering.gather import gather
from pstnkit.numbering.interchange import _Validated
from pstnkit.numbering.ranges import ends_of
from pstnkit.numbering.reasons import quoted
from pstnkit.numbering.telephone import Exchange, NumberRange, TelephoneNumber, each_number

__all__ = ["CorruptData", "NumberSet"]

_LINES = bits.LINES


@final
class NumberSet(_Validated, MutableSet[TelephoneNumber]):
    """A mutable set of telephone numbers that iterates in ascending order and answers for runs, blocks and
    ranges.

    ``items`` are numbers and ranges, mixed. Where a method of :class:`set` takes an iterable of elements, the
    same method here takes an iterable of numbers and ranges; a :class:`NumberSet` is the fastest of them. The
    operators take any :class:`~collections.abc.Set` of numbers. What is neither number nor range raises
    :class:`TypeError`.

    An iterator shows the set as it was when the iterator was made; changing the set meanwhile is safe.

    >>> free = NumberSet([NumberRange("4155550100", "4155550149"), TelephoneNumber("4155550160")])
    >>> len(free), free.count_runs(20)
    (51, 1)
    >>> free.discard(TelephoneNumber("4155550110"))
    >>> [str(run) for run in free.runs(20)]
    ['+14155550111..+14155550149']

    """

    __slots__ = ("_bitmaps",)
    _form = "items"
    _parts = (TelephoneNumber, NumberRange)
    __hash__: ClassVar[None]  # type: ignore[assignment]
    _bitmaps: Bitmaps

    def __init__(self, items: Items = ()) -> None:
        self._bitmaps = items._bitmaps.copy() if isinstance(items, NumberSet) else _read(items)

    @classmethod
    def from_integers(cls, integers: Iterable[int]) -> NumberSet:
        """The set of these ten-digit ints: the way in for millions of them.

        Takes any iterable, an :class:`array.array`, a numpy array or a pandas column included. The first int
        that is no telephone number raises :class:`InvalidNumber`, which quotes it and its position (from 0);
        :class:`TypeError` for what is no int.

        >>> len(NumberSet.from_integers(range(4155550000, 4155560000)))
        10000

        """
        return cls._of(Bitmaps.of(gather(integers)))

    def to_integers(self) -> array[int]:
        """The ten-digit ints of the numbers, ascending: the way out for millions of them.

        It is an :class:`array.array` of 64-bit ints, which numpy and pandas take as it is, without a copy.

        >>> NumberSet([NumberRange("4155550100", "4155550102")]).to_integers()
        array('q', [4155550100, 4155550101, 4155550102])

        """
        return array("q", _all_digits(self._bitmaps.snapshot()))

    @classmethod
    def _of(cls, bitmaps: Bitmaps) -> NumberSet:
        """The set over ``bitmaps``, which become its own."""
        self = cls.__new__(cls)
        self._bitmaps = bitmaps
        return self

    # --- elements -------------------------------------------------------------------------------------

    def __contains__(self, number: object) -> bool:
        if not isinstance(number, TelephoneNumber):
            return False
        code, line = divmod(number._digits, _LINES)
        return self._bitmaps.get(code) >> line & 1 == 1

    def __len__(self) -> int:
        return self._bitmaps.size()

    def __bool__(self) -> bool:
        return bool(self._bitmaps.areas)

    def __iter__(self) -> Iterator[TelephoneNumber]:
        return each_number(_all_digits(self._bitmaps.snapshot()))

    def add(self, value: TelephoneNumber | NumberRange) -> None:
        """Put a number, or all numbers of a range, into the set."""
        code, bitmap, span = self._place(value)
        self._bitmaps.put(code, bitmap, bitmap | span)

    def discard(self, value: TelephoneNumber | NumberRange) -> None:
        """Take a number, or all numbers of a range, out of the set, whether or not they are in it."""
        code, bitmap, span = self._place(value)
        self._bitmaps.put(code, bitmap, bitmap & ~span)

    def remove(self, value: TelephoneNumber | NumberRange) -> None:
        """Take a number, or all numbers of a range, out of the set; :class:`KeyError` if not all of them are
        in it, and then none is taken out."""
        code, bitmap, span = self._place(value)
        if bitmap & span != span:
            raise KeyError(value)
        self._bitmaps.put(code, bitmap, bitmap ^ span)

    def pop(self) -> TelephoneNumber:
        """Take out the lowest number and return it; :class:`KeyError` if the set is empty."""
        for code, bitmap in self._bitmaps.items():
            line = (bitmap & -bitmap).bit_length() - 1
            self._bitmaps.put(code, bitmap, bitmap & bitmap - 1)
            return TelephoneNumber._of(code * _LINES + line)
        raise KeyError("pop from an empty NumberSet")

    def clear(self) -> None:
        """Take out everything."""
        self._bitmaps = Bitmaps()

    def _place(self, value: TelephoneNumber | NumberRange) -> tuple[int, int, int]:
        """The exchange of a number or range, its bitmap now, and the bits that the value stands for."""
        first, last = ends_of(value)
        code, line = divmod(first, _LINES)
        return code, self._bitmaps.get(code), bits.span(line, line + last - first)

    # --- reading, for this library --------------------------------------------------------------------

    def _bitmap(self, exchange_code: int) -> int:
        """The bitmap of an exchange, 0 when the set has none of its numbers."""
        return self._bitmaps.get(exchange_code)

    def _npas(self) -> list[int]:
        """The area codes that the set has numbers in, ascending."""
        return sorted(self._bitmaps.areas)

    def _area(self, npa: int) -> Mapping[int, int] | None:
        """The bitmaps of an area code by exchange, None when the set has none: to be read only.

        A copy has the same object until it is changed there, so two sets that never change agree where they share it.
        """
        return self._bitmaps.areas.get(npa)

    def _items(self, npa: int | None = None) -> Iterator[tuple[int, int]]:
        """Exchange codes and bitmaps, ascending, of one area code or of all. The set must not change
        meanwhile."""
        return self._bitmaps.items(npa)

    # --- algebra --------------------------------------------------------------------------------------

    def update(self, *others: Items) -> None:
        """Put in all numbers of ``others``."""
        for other in others:
            self._bitmaps.unite(_read(other))

    def intersection_update(self, *others: Items) -> None:
        """Keep only the numbers that are in every one of ``others``."""
        for other in others:
            self._bitmaps.intersect(_read(other))

    def difference_update(self, *others: Items) -> None:
        """Take out all numbers of ``others``."""
        for other in others:
            self._bitmaps.subtract(_read(other))

    def symmetric_difference_update(self, other: Items) -> None:
        """Put in the numbers of ``other`` that are not in the set, and take out those that are."""
        self._bitmaps.toggle(_read(other))

    def union(self, *others: Items) -> NumberSet:
        """A new set of the numbers that are in this one or any of ``others``."""
        result = self.copy()
        result.update(*others)
        return result

    def intersection(self, *others: Items) -> NumberSet:
        """A new set of the numbers that are in this one and every one of ``others``."""
        if len(others) == 1:
            # The smaller side is the one to copy and cut.
            small, large = sorted((self._bitmaps, _read(others[0])), key=Bitmaps.exchanges)
            small = small.copy()
            small.intersect(large)
            return NumberSet._of(small)
        result = self.copy()
        result.intersection_update(*others)
        return result

    def difference(self, *others: Items) -> NumberSet:
        """A new set of the numbers that are in none of ``others``."""
        result = self.copy()
        result.difference_update(*others)
        return result

    def symmetric_difference(self, other: Items) -> NumberSet:
        """A new set of the numbers that are either in this one or in ``other``."""
        result = self.copy()
        result.symmetric_difference_update(other)
        return result

    def isdisjoint(self, other: Items) -> bool:
        """Whether no number is in both."""
        return self._bitmaps.apart(_read(other))

    def issubset(self, other: Items) -> bool:
        """Whether every number is in ``other``."""
        return self._bitmaps.within(_read(other))

    def issuperset(self, other: Items) -> bool:
        """Whether every number of ``other`` is in the set."""
        return _read(other).within(self._bitmaps)

    # The operators of collections.abc promise to mix with sets of anything. This set holds numbers only, as a
    # bytearray holds bytes only: hence the narrower signatures.

    def __or__(self, other: Set[TelephoneNumber]) -> NumberSet:  # type: ignore[override]
        return self.union(other) if _is_set(other) else NotImplemented

    def __and__(self, other: Set[TelephoneNumber]) -> NumberSet:
        return self.intersection(other) if _is_set(other) else NotImplemented

    def __sub__(self, other: Set[TelephoneNumber]) -> NumberSet:
        return self.difference(other) if _is_set(other) else NotImplemented

    def __xor__(self, other: Set[TelephoneNumber]) -> NumberSet:  # type: ignore[override]
        return self.symmetric_difference(other) if _is_set(other) else NotImplemented

    def __rsub__(self, other: Set[TelephoneNumber]) -> NumberSet:
        return NumberSet(other) - self if _is_set(other) else NotImplemented

    __ror__ = __or__
    __rand__ = __and__
    __rxor__ = __xor__

    def __ior__(self, other: Set[TelephoneNumber]) -> NumberSet:  # type: ignore[override]
        if not _is_set(other):
            return NotImplemented
        self.update(other)
        return self

    def __iand__(self, other: Set[TelephoneNumber]) -> NumberSet:
        if not _is_set(other):
            return NotImplemented
        self.intersection_update(other)
        return self

    def __isub__(self, other: Set[TelephoneNumber]) -> NumberSet:
        if not _is_set(other):
            return NotImplemented
        self.difference_update(other)
        return self

    def __ixor__(self, other: Set[TelephoneNumber]) -> NumberSet:  # type: ignore[override]
        if not _is_set(other):
            return NotImplemented
        self.symmetric_difference_update(other)
        return self

    def __eq__(self, other: object) -> bool:
        if isinstance(other, NumberSet):
            return self._bitmaps.areas == other._bitmaps.areas
        if isinstance(other, Set):
            return len(self) == len(other) and all(number in self for number in other)
        return NotImplemented

    def __le__(self, other: Set[Any]) -> bool:
        if isinstance(other, NumberSet):
            return self._bitmaps.within(other._bitmaps)
        if _is_set(other):
            return len(self) <= len(other) and all(number in other for number in self)
        return NotImplemented

    def __ge__(self, other: Set[Any]) -> bool:
        if isinstance(other, NumberSet):
            return other._bitmaps.within(self._bitmaps)
        if _is_set(other):
            return len(self) >= len(other) and all(number in self for number in other)
        return NotImplemented

    def __lt__(self, other: Set[Any]) -> bool:
        return self <= other and self != other if _is_set(other) else NotImplemented

    def __gt__(self, other: Set[Any]) -> bool:
        return self >= other and self != other if _is_set(other) else NotImplemented

    # --- copies and text ------------------------------------------------------------------------------

    def copy(self) -> NumberSet:
        """An independent set of the same numbers, in bounded time and memory whatever the size."""
        return NumberSet._of(self._bitmaps.copy())

    __copy__ = copy

    def __deepcopy__(self, memo: object) -> NumberSet:
        return self.copy()

    def __reduce__(self) -> tuple[Any, ...]:
        return NumberSet.from_bytes, (self.to_bytes(),)

    def __repr__(self) -> str:
        if not self:
            return "NumberSet()"
        exchanges = self._bitmaps.exchanges()
        return f"<NumberSet of {len(self):,} number{_s(len(self))} in {exchanges:,} exchange{_s(exchanges)}>"

    def __init_subclass__(cls) -> NoReturn:
        raise TypeError("NumberSet cannot be subclassed")

    # --- what the numbers form ------------------------------------------------------------------------

    def ranges(self) -> Iterator[NumberRange]:
        """All numbers as the fewest ranges, lowest first.

        >>> [str(part) for part in NumberSet([NumberRange("4155550100", "4155550109")]).ranges()]
        ['+14155550100..+14155550109']

        """
        return self.runs(1)

    def runs(self, length: int, npa: str | int | None = None) -> Iterator[NumberRange]:
        """The maximal runs of at least ``length`` consecutive numbers within an exchange, lowest first,
        lazily.

        ``length`` is 1 to 10,000, ``npa`` an area code to stay in; :class:`ValueError` otherwise.

        """
        length = checked_length(length)
        return _ranges_of_runs(self._bitmaps.snapshot(checked_area_code(npa)), length)

    def count_runs(self, length: int) -> int:
        """How many maximal runs of at least ``length`` (1 to 10,000) consecutive numbers there are.

        The counts of the lengths asked for last are remembered: asked again, only exchanges that have changed
        are looked at.
        """
        return self._bitmaps.count_runs(checked_length(length))

    def blocks(self, size: int) -> Iterator[NumberRange]:
        """The blocks of ``size`` numbers, aligned on multiples of it, that are wholly in the set, lowest
        first.

        ``size`` divides 10,000; :class:`ValueError` otherwise.

        >>> tens = NumberSet([NumberRange("4155550105", "4155550129")]).blocks(10)
        >>> [str(ten) for ten in tens]
        ['+14155550110..+14155550119', '+14155550120..+14155550129']

        """
        size = checked_length(size)
        if _LINES % size:
            raise CallerError(f"blocks of {size} do not fill an exchange: their size must divide 10,000")
        return _ranges_of_blocks(self._bitmaps.snapshot(), size)

    def exchanges(self) -> Iterator[Exchange]:
        """The exchanges that the set has numbers in, lowest first."""
        return (Exchange._of(code) for code, _ in self._bitmaps.snapshot())

    # --- bytes ----------------------------------------------------------------------------------------

    def to_bytes(self) -> bytes:
        """The set as compact, versioned, checksummed bytes, always the same for the same numbers.

        >>> data = NumberSet([NumberRange("4155550100", "4155550199")]).to_bytes()
        >>> NumberSet.from_bytes(data)
        <NumberSet of 100 numbers in 1 exchange>

        """
        from pstnkit.numbering.packed import pack

        return pack(self._bitmaps.items())

    @classmethod
    def from_bytes(cls, data: bytes | bytearray | memoryview) -> NumberSet:
        """The set that :meth:`to_bytes` wrote; :class:`CorruptData` for other or damaged bytes, never a wrong
        set; :class:`TypeError` for what are no bytes."""
        from pstnkit.numbering.packed import unpack

        return cls._of(Bitmaps.of(dict(unpack(data))))

    def to_parts(self, exchanges: Iterable[Exchange] | None = None) -> Iterator[tuple[Exchange, bytes]]:
        """The same bytes exchange by exchange, to be kept as rows of a table: each exchange that there is, lowest
        first, or each of ``exchanges``, with the bytes of what the set has there (which may be nothing).

        >>> numbers = NumberSet([NumberRange("4155550100", "4155550199"), NumberRange("4155560000", "4155569999")])
        >>> rows = {str(exchange): part for exchange, part in numbers.to_parts()}
        >>> numbers.discard(TelephoneNumber("4155560000"))
        >>> rows.update((str(exchange), part) for exchange, part in numbers.to_parts([Exchange("415556")]))
        >>> NumberSet.from_parts(rows.values()) == numbers
        True

        """
        from pstnkit.numbering.packed import pack

        if exchanges is None:
            return ((Exchange._of(code), pack([(code, lines)])) for code, lines in self._bitmaps.snapshot())
        named = [(exchange, self._bitmaps.get(exchange._code)) for exchange in exchanges]
        return ((place, pack([(place._code, lines)] if lines else [])) for place, lines in named)

    @classmethod
    def from_parts(cls, parts: Iterable[bytes | bytearray | memoryview]) -> NumberSet:
        """The set of all numbers in ``parts``, which :meth:`to_parts` or :meth:`to_bytes` wrote; errors as in
        :meth:`from_bytes`, with the position of the part (from 0)."""
        from pstnkit.numbering.packed import unpack_all

        return cls._of(Bitmaps.of(unpack_all(parts)))


Items = Iterable[TelephoneNumber | NumberRange]
"""What a set is made from: numbers and ranges, mixed."""


def _read(items: Items) -> Bitmaps:
    """The bitmaps of ``items``; of another set its own, which are to be read only."""
    if isinstance(items, NumberSet):
        return items._bitmaps
    by_exchange = getattr(items, "_by_exchange", None)
    if by_exchange is not None:
        return Bitmaps.of(by_exchange())
    _check_several(items)
    ranges: list[tuple[int, int]] = []
    bitmaps = gather(_digits(items, ranges))
    for first, last in ranges:
        code, line = divmod(first, _LINES)
        bitmaps[code] = bitmaps.get(code, 0) | bits.span(line, line + last - first)
    return Bitmaps.of(bitmaps)


def _check_several(items: object) -> None:
    """Refuse what holds no items, and a text: its letters are none."""
    if isinstance(items, str | bytes) or not isinstance(items, Iterable):
        what = f"{type(items).__name__} ({quoted(repr(items))})"
        raise TypeError(f"expected several numbers or ranges, such as a list of them, not {what}")


def _digits(items: Items, ranges: list[tuple[int, int]]) -> Iterator[int]:
    """The digits of the numbers among ``items``; the ends of the ranges are put on ``ranges``."""
    for item in items:
        if isinstance(item, TelephoneNumber):
            yield item._digits
        else:
            ranges.append(ends_of(item))


def _all_digits(items: Iterator[tuple[int, int]]) -> Iterator[int]:
    return chain.from_iterable(map((code * _LINES).__add__, bits.lines(bitmap)) for code, bitmap in items)


def _ranges_of_runs(items: Iterator[tuple[int, int]], length: int) -> Iterator[NumberRange]:
    for code, bitmap in items:
        base = code * _LINES
        for first, last in bits.runs(bitmap, length):
            yield NumberRange._of(base + first, base + last)


def _ranges_of_blocks(items: Iterator[tuple[int, int]], size: int) -> Iterator[NumberRange]:
    for code, bitmap in items:
        base = code * _LINES
        for line in bits.lines(bits.blocks(bitmap, size)):
            yield NumberRange._of(base + line, base + line + size - 1)


def _is_set(other: object) -> bool:
    # Type checkers know it already; the interpreter does not.
    return isinstance(other, Set)


def _s(count: int) -> str:
    return "" if count == 1 else "s"
