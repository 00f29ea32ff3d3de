"""What is kept of the entries of a paste: a few bytes each.

A million entries as objects would take half a gigabyte. Kept are what became of each, its number and its place; the
rest is read again from the source when an entry is looked at (:mod:`~pstnkit.numbering.paste.book`).
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from pstnkit.numbering.bcd import PlacesByExchange, from_bcd
from pstnkit.numbering.paste.lines import Lines
from pstnkit.numbering.paste.outcomes import DUPLICATE
from pstnkit.numbering.paste.spans import Rests, Spans

_LINES = 10_000


class Repeated(NamedTuple):
    """What of a range was listed before: the lowest such ``number``, how many there are, and the others (``fresh``)."""

    number: int
    size: int
    fresh: tuple[tuple[int, int], ...]


class Spread:
    """Which entry is of which cell, where some of ``cells`` have none, or several.

    ``entries`` says of those how many they have, by the index of the cell, ascending.

    >>> spread = Spread(4, [(1, 0), (2, 3)])
    >>> [spread.find(entry) for entry in range(len(spread))]
    [(0, None), (2, 0), (2, 1), (2, 2), (3, None)]
    """

    __slots__ = ("_begins", "_firsts", "_several", "_size")

    def __init__(self, cells: int, entries: Iterable[tuple[int, int]]) -> None:
        # Runs of entries: where each begins, its first cell, and whether all of it are of that one.
        begins, firsts, several = array("Q"), array("Q"), bytearray()
        size = reached = 0
        for cell, count in chain(entries, ((cells, 0),)):
            if cell > reached:
                begins.append(size)
                firsts.append(reached)
                several.append(0)
                size += cell - reached
            if count:
                begins.append(size)
                firsts.append(cell)
                several.append(count > 1)
                size += count
            reached = cell + 1
        self._begins, self._firsts, self._several, self._size = begins, firsts, several, size

    def __len__(self) -> int:
        return self._size

    def find(self, entry: int) -> tuple[int, int | None]:
        """The cell of an entry, and which of the entries of that it is, from 0; None if it is the only one."""
        at = bisect_right(self._begins, entry) - 1
        inside = entry - self._begins[at]
        first = self._firsts[at]
        return (first, inside) if self._several[at] else (first + inside, None)


class Piece:
    """Where the cells of some entries stand that were read one after another: an item for each cell in every column.

    ``rows`` and ``columns`` count from 0; ``columns`` is empty where only one was read, which is ``column``. ``places``
    say where cells begin in a source that is text, and are empty in any other. Each entry has a cell of its own, unless
    there is a ``spread``. In a piece that lacks some of its entries, ``parts`` says which of the entries of its cell an
    entry is, for all that share theirs.
    """

    __slots__ = ("_parts", "_spread", "column", "columns", "places", "rows")

    def __init__(
        self,
        rows: Sequence[int],
        places: Sequence[int],
        columns: Sequence[int],
        column: int,
        *,
        spread: Spread | None = None,
        parts: Mapping[int, int] | None = None,
    ) -> None:
        self.rows = rows
        self.places = places
        self.columns = columns
        self.column = column
        self._spread = spread
        self._parts = parts

    def __len__(self) -> int:
        return len(self.rows if self._spread is None else self._spread)

    def find(self, at: int) -> tuple[int, int | None]:
        """Where in the columns the cell of an entry is, and which of the entries of that it is, from 0; None if it is
        the only one."""
        if self._spread is not None:
            return self._spread.find(at)
        return at, None if self._parts is None else self._parts.get(at)

    def column_of(self, cell: int) -> int:
        """The column of a cell, from 0."""
        return self.columns[cell] if self.columns else self.column

    def chosen(self, wanted: Sequence[int]) -> Piece:
        """The piece with some of its entries only, which are not all."""
        found = list(map(self.find, wanted))
        parts = {at: part for at, (_, part) in enumerate(found) if part is not None}
        places = self.places.starts() if isinstance(self.places, Lines) else self.places
        cells = [cell for cell, _ in found]
        rows, places, columns = (
            array("Q", map(column.__getitem__, cells)) if len(column) else column
            for column in (self.rows, places, self.columns)
        )
        return Piece(rows, places, columns, self.column, parts=parts)


class Records:
    """An item for each entry in every column, and the pieces in which their cells were read.

    ``codes`` are outcomes; ``numbers``, in BCD, is 0 where an entry gives no single number; ``spans`` holds the ends of
    those that are ranges, by index, and ``rests`` what of a range was not listed before, if something of it was.
    ``places`` says by exchange where single numbers are listed, if that has been sorted out, and ``bitmaps`` which they
    are, where there are many.
    """

    __slots__ = (
        "_begins",
        "_only_column",
        "_typecode",
        "bitmaps",
        "codes",
        "numbers",
        "pieces",
        "places",
        "rests",
        "spans",
    )

    def __init__(self, *, typecode: str = "I", only_column: int = 0) -> None:
        self.codes = bytearray()
        self.numbers = array("Q")
        self.pieces: list[Piece] = []
        self.spans = Spans()
        self.rests = Rests()
        self.places: PlacesByExchange | None = None
        self.bitmaps: dict[int, int] = {}
        self._begins: list[int] = []
        self._typecode = typecode
        self._only_column = only_column

    def __len__(self) -> int:
        return len(self.codes)

    def add(
        self,
        codes: bytes | bytearray,
        numbers: array[int],
        rows: Sequence[int],
        places: Sequence[int],
        columns: Sequence[int],
        spread: Spread | None = None,
    ) -> None:
        """Put entries behind those that are there; rows, places and columns are those of their cells."""
        if len(codes):
            kept = _kept(rows), _kept(places, self._typecode), _kept(columns)
            self.add_piece(codes, numbers, Piece(*kept, self._only_column, spread=spread))

    def add_piece(self, codes: bytes | bytearray, numbers: array[int], piece: Piece) -> None:
        """Put the entries of a piece behind those that are there."""
        self._begins.append(len(self.codes))
        self.pieces.append(piece)
        self.codes += codes
        self.numbers.extend(numbers)

    def piece_at(self, index: int) -> tuple[int, Piece]:
        """The piece in which an entry is, and the index of the first entry in it."""
        at = bisect_right(self._begins, index) - 1
        return self._begins[at], self.pieces[at]

    def parted(self, indexes: Sequence[int]) -> Iterator[tuple[int, Piece, Sequence[int]]]:
        """The ``indexes``, which ascend, piece by piece: where each begins, the piece, and which of them are in it."""
        reached = 0
        while reached < len(indexes):
            begin, piece = self.piece_at(indexes[reached])
            end = bisect_left(indexes, begin + len(piece), reached)
            yield begin, piece, indexes[reached:end]
            reached = end

    def repetition(self, index: int) -> Repeated:
        """What of a duplicate was listed before: all but what is left of a range."""
        number = self.numbers[index]
        first, last = (from_bcd(number),) * 2 if number else self.spans[index]
        base = first // _LINES * _LINES
        fresh = tuple((base + start, base + end) for start, end in self.rests.of(index))
        size = last - first + 1 - sum(end - start + 1 for start, end in fresh)
        lowest = fresh[0][1] + 1 if fresh and fresh[0][0] == first else first
        return Repeated(lowest, size, fresh)

    def fresh(self, index: int) -> Sequence[tuple[int, int]]:
        """What of a range that may be listed was not listed before."""
        return (self.spans[index],) if self.codes[index] < DUPLICATE else self.repetition(index).fresh

    def row(self, index: int) -> int:
        """The row of an entry, from 0."""
        begin, piece = self.piece_at(index)
        return piece.rows[piece.find(index - begin)[0]]


def _kept(column: Sequence[int], typecode: str = "I") -> Sequence[int]:
    """A range and the starts of lines stay what they are, and all other columns become arrays."""
    return column if isinstance(column, range | Lines) or not len(column) else array(typecode, column)
