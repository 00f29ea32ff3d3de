"""What is kept of the entries of a paste: a few bytes each.

A million entries as objects would take half a gigabyte. Kept are what became of each, its number and its place; the
rest is read again from the source when an entry is looked at (:mod:`~pstnkit.numbering.paste.book`).
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pstnkit.numbering.paste.stretches import Lines

_COLUMNS = 1 << 32
"""More than there are columns in any table."""


class Repeated(NamedTuple):
    """What of a range was listed before: the lowest such ``number``, how many there are, and the others (``fresh``)."""

    number: int
    size: int
    fresh: tuple[tuple[int, int], ...]


class Piece:
    """Where the cells of some entries stand that were read one after another: an item for each in every column.

    ``rows`` and ``columns`` count from 0; ``columns`` is empty where only one was read, which is ``column``. ``places``
    say where cells begin in a source that is text, and are empty in any other. Cells never go back, so the entries of
    one are neighbors. In a piece that lacks some of its entries, ``parts`` says which of the entries of its cell an
    entry is, for all that share theirs.
    """

    __slots__ = ("_cells", "column", "columns", "parts", "places", "rows")

    def __init__(
        self,
        rows: Sequence[int],
        places: Sequence[int],
        columns: Sequence[int],
        column: int,
        parts: Mapping[int, int] | None = None,
    ) -> None:
        self.rows = rows
        self.places = places
        self.columns = columns
        self.column = column
        self.parts = parts
        self._cells: Sequence[int] | None = None

    def column_of(self, at: int) -> int:
        """The column of an entry, from 0."""
        return self.columns[at] if self.columns else self.column

    def cells(self) -> Sequence[int]:
        """An int for each entry that is that of the others of its cell, and of no other entry."""
        if self._cells is None:
            if isinstance(self.rows, range) or not (len(self.places) or self.columns):
                self._cells = self.rows
            elif len(self.places):
                self._cells = self.places
            else:
                named = zip(self.rows, self.columns, strict=True)
                self._cells = array("Q", [row * _COLUMNS + column for row, column in named])
        return self._cells

    def part(self, at: int) -> int | None:
        """Which of the entries of its cell an entry is, from 0; None if it is the only one."""
        if self.parts is not None:
            return self.parts.get(at)
        cells = self._cells or self.cells()
        if isinstance(cells, range):
            return None
        cell = cells[at]
        if (at and cells[at - 1] == cell) or (at + 1 < len(cells) and cells[at + 1] == cell):
            return at - bisect_left(cells, cell, 0, at)
        return None

    def chosen(self, wanted: Sequence[int]) -> Piece:
        """The piece with some of its entries only, which are not all."""
        parts = {at: part for at, part in enumerate(map(self.part, wanted)) if part is not None}
        places = self.places.starts() if isinstance(self.places, Lines) else self.places
        rows, places, columns = (
            array("Q", map(column.__getitem__, wanted)) if len(column) else column
            for column in (self.rows, places, self.columns)
        )
        return Piece(rows, places, columns, self.column, parts)


class Records:
    """An item for each entry in every column, and the pieces in which their cells were read.

    ``codes`` are outcomes; ``numbers``, in BCD, is 0 where an entry gives no single number; ``spans`` holds the ends of
    those that are ranges, by index, and ``repeated`` what of a range was listed before, if anything was. ``bitmaps``
    are those of the valid numbers by exchange, where they have been made.
    """

    __slots__ = (
        "_begins",
        "_only_column",
        "_typecode",
        "bitmaps",
        "codes",
        "numbers",
        "pieces",
        "repeated",
        "spans",
    )

    def __init__(self, *, typecode: str = "I", only_column: int = 0) -> None:
        self.codes = bytearray()
        self.numbers = array("Q")
        self.pieces: list[Piece] = []
        self.spans: dict[int, tuple[int, int]] = {}
        self.repeated: dict[int, Repeated] = {}
        self.bitmaps: dict[int, int] | None = None
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
    ) -> None:
        """Put entries behind those that are there, of all of which there is one number."""
        if len(codes):
            kept = _kept(rows), _kept(places, self._typecode), _kept(columns)
            self.add_piece(codes, numbers, Piece(*kept, self._only_column))

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
            end = bisect_left(indexes, begin + len(piece.rows), reached)
            yield begin, piece, indexes[reached:end]
            reached = end

    def row(self, index: int) -> int:
        """The row of an entry, from 0."""
        begin, piece = self.piece_at(index)
        return piece.rows[index - begin]


def _kept(column: Sequence[int], typecode: str = "I") -> Sequence[int]:
    """A range and the starts of lines stay what they are, and all other columns become arrays."""
    return column if isinstance(column, range | Lines) or not len(column) else array(typecode, column)
