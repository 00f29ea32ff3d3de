"""What is kept of the entries of a paste: a few bytes each, in columns.

A million entries as objects would take half a gigabyte. Kept are what became of each, its number and its place; the
rest is read again from the source when an entry is looked at (:mod:`~pstnkit.numbering.paste.book`).
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from pstnkit.numbering.paste.stretches import Lines


class Repeated(NamedTuple):
    """What of a range was listed before: the lowest such ``number``, how many there are, and the others (``fresh``)."""

    number: int
    size: int
    fresh: tuple[tuple[int, int], ...]


class Pieces(Sequence[int]):
    """Ints that were added piece by piece: a range and the starts of lines stay what they are, and all others become
    arrays."""

    __slots__ = ("_begins", "_open", "_pieces", "_size", "_typecode")

    def __init__(self, typecode: str = "I") -> None:
        self._typecode = typecode
        self._pieces: list[Sequence[int]] = []
        self._begins: list[int] = []
        self._size = 0
        self._open: tuple[int, Sequence[int]] = (-1, ())

    def add(self, piece: Sequence[int]) -> None:
        """Put ``piece`` behind what is there."""
        if len(piece):
            self._begins.append(self._size)
            self._pieces.append(piece if isinstance(piece, range | Lines) else array(self._typecode, piece))
            self._size += len(piece)

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, index: Any) -> Any:
        piece, begin = self._piece(index)
        return piece[index - begin]

    def all(self) -> array[int]:
        """All of them in one array."""
        found = array("Q")
        for piece in self._pieces:
            found.extend(array("Q", piece.starts() if isinstance(piece, Lines) else piece))
        return found

    def alike(self, index: int) -> int:
        """How many ints next below ``index`` are equal to the one there. In a piece they never descend."""
        piece, begin = self._piece(index)
        place = index - begin
        return place - bisect_left(piece, piece[place], 0, place)

    def _piece(self, index: int) -> tuple[Sequence[int], int]:
        """The piece that ``index`` lies in, and where it begins. The one last asked for is kept at hand."""
        at = bisect_right(self._begins, index) - 1
        piece = self._pieces[at]
        if isinstance(piece, Lines):
            kept = self._open  # looked at once: another thread may open another piece meanwhile
            if kept[0] != at:
                kept = self._open = at, piece.starts()
            piece = kept[1]
        return piece, self._begins[at]


class Records:
    """An item for each entry in every column.

    ``codes`` are outcomes; ``numbers``, in BCD, is 0 where an entry gives no single number; ``spans`` holds the ends of
    those that are ranges, by index, and ``repeated`` what of a range was listed before, if anything was. ``rows`` and
    ``columns`` say where the cell stands, from 0, and ``places`` where it begins in a source that is text. ``columns``
    is empty when only one was read, which is ``only_column``. ``parts`` says which of several entries of its cell an
    entry is, where that cannot be told from its neighbors. ``bitmaps`` are those of the valid numbers by exchange,
    where they have been made.
    """

    __slots__ = (
        "bitmaps",
        "codes",
        "columns",
        "numbers",
        "only_column",
        "parts",
        "places",
        "repeated",
        "rows",
        "spans",
    )

    def __init__(self, *, typecode: str = "I", only_column: int = 0) -> None:
        self.codes = bytearray()
        self.numbers = array("Q")
        self.places = Pieces(typecode)
        self.rows = Pieces()
        self.columns = Pieces()
        self.only_column = only_column
        self.spans: dict[int, tuple[int, int]] = {}
        self.repeated: dict[int, Repeated] = {}
        self.parts: dict[int, int] | None = None
        self.bitmaps: dict[int, int] | None = None

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
        self.codes += codes
        self.numbers.extend(numbers)
        self.rows.add(rows)
        self.places.add(places)
        self.columns.add(columns)

    def place(self, index: int) -> int:
        """Where the cell of an entry begins in a text; 0 in any other source."""
        return self.places[index] if self.places else 0

    def column(self, index: int) -> int:
        """The column of an entry, from 0."""
        return self.columns[index] if self.columns else self.only_column

    def part(self, index: int) -> int:
        """Which of the entries of its cell an entry is, from 0."""
        if self.parts is not None:
            return self.parts.get(index, 0)
        if self.places:
            return self.places.alike(index)
        first = index
        while first > index - self.rows.alike(index) and self.column(first - 1) == self.column(index):
            first -= 1
        return index - first

    def all_places(self) -> array[int]:
        """:meth:`place` of each entry."""
        return self.places.all() if self.places else array("Q", (0,)) * len(self)

    def all_columns(self) -> array[int]:
        """:meth:`column` of each entry."""
        return self.columns.all() if self.columns else array("Q", (self.only_column,)) * len(self)

    def all_parts(self) -> dict[int, int]:
        """Which of the entries of its cell an entry is, for all that are not the first."""
        if self.parts is not None:
            return self.parts
        parts: dict[int, int] = {}
        cells: Iterable[object] = self.places.all()
        if not self.places:
            cells = zip(self.rows.all(), self.all_columns(), strict=True)
        for index, (before, cell) in enumerate(pairwise(cells), 1):
            if before == cell:
                parts[index] = parts.get(index - 1, 0) + 1
        return parts
