"""What is kept of the entries of a paste: a few bytes each, in columns.

A million entries as objects would take half a gigabyte. Kept are what became of each, its number and its place; the
rest is read again from the source when an entry is looked at (:mod:`~pstnkit.numbering.paste.book`).
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Any, NamedTuple


class Repeated(NamedTuple):
    """What of a range was listed before: the lowest such ``number``, how many there are, and the others (``fresh``)."""

    number: int
    size: int
    fresh: tuple[tuple[int, int], ...]


class Pieces(Sequence[int]):
    """Ints that were added piece by piece: a range stays one, anything else becomes an array."""

    __slots__ = ("_begins", "_pieces", "_size")

    def __init__(self) -> None:
        self._pieces: list[Sequence[int]] = []
        self._begins: list[int] = []
        self._size = 0

    def add(self, piece: Sequence[int]) -> None:
        """Put ``piece`` behind what is there."""
        self._begins.append(self._size)
        self._pieces.append(piece if isinstance(piece, range) else array("I", piece))
        self._size += len(piece)

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, index: Any) -> Any:
        at = bisect_right(self._begins, index) - 1
        return self._pieces[at][index - self._begins[at]]


class Records:
    """An item for each entry in every column.

    ``codes`` are outcomes; ``numbers`` is 0 where an entry gives no single number; ``spans`` holds the ends of those
    that are ranges, by index, and ``repeated`` what of a range was listed before, if anything was. ``rows`` and
    ``columns`` say where the cell stands, from 0, and ``places`` where it begins in a source that is text. ``columns``
    is empty when only one was read, which is ``only_column``. ``parts`` says which of several entries of its cell an
    entry is, where that cannot be told from its neighbors.
    """

    __slots__ = ("codes", "columns", "numbers", "only_column", "parts", "places", "repeated", "rows", "spans")

    def __init__(self, *, typecode: str = "I", only_column: int = 0) -> None:
        self.codes = bytearray()
        self.numbers = array("Q")
        self.places = array(typecode)
        self.rows = Pieces()
        self.columns = Pieces()
        self.only_column = only_column
        self.spans: dict[int, tuple[int, int]] = {}
        self.repeated: dict[int, Repeated] = {}
        self.parts: dict[int, int] | None = None

    def __len__(self) -> int:
        return len(self.codes)

    def place(self, index: int) -> int:
        """Where the cell of an entry begins in a text; 0 in any other source."""
        return self.places[index] if self.places else 0

    def column(self, index: int) -> int:
        """The column of an entry, from 0."""
        return self.columns[index] if self.columns else self.only_column

    def span(self, index: int) -> tuple[int, int]:
        """The lowest and the highest number that an entry is about; zeros where there is none."""
        number = self.numbers[index]
        return (number, number) if number else self.spans.get(index, (0, 0))

    def part(self, index: int) -> int:
        """Which of the entries of its cell an entry is, from 0."""
        if self.parts is not None:
            return self.parts.get(index, 0)
        if self.places:
            return index - bisect_left(self.places, self.places[index], 0, index)
        first = bisect_left(self.rows, self.rows[index], 0, index)
        return sum(self.column(other) == self.column(index) for other in range(first, index))
