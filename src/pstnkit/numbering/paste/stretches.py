"""Some thousand rows of cells at a time: what a reader of a million lines walks over.

How a text is split into them is told in :mod:`~pstnkit.numbering.paste.splitting`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import accumulate, chain, compress, pairwise, repeat
from operator import add
from typing import Any, NamedTuple

from pstnkit.numbering.paste.lines import Lines

LONG_CELL = 1 << 14
"""A cell of more characters is read by itself."""

_LONG_ON_AVERAGE = 100

_CELLS = 8192
"""How many cells of a long row are looked at at once."""
_QUOTED = '""'
"""An empty cell in quotes."""


def are_long(characters: int, cells: int) -> bool:
    """Whether among so many ``cells`` there may be a long one that matters: they have so many ``characters`` in all.

    >>> are_long(200_000, 8_000), are_long(200_000, 1_000)
    (False, True)
    """
    return characters > LONG_CELL and characters > _LONG_ON_AVERAGE * cells


class Cells(NamedTuple):
    """Cells that are read together: their raw texts, the rows (from 0), the places in the text (none in a source that
    is no text), and the columns, where they come from several."""

    raw: Sequence[str]
    rows: Sequence[int]
    places: Sequence[int]
    columns: Sequence[int] = ()

    def apart(self) -> Iterator[Cells]:
        """The same in parts, in which each long cell is by itself."""
        long = [index for index, cell in enumerate(self.raw) if len(cell) > LONG_CELL]
        cuts = sorted({0, len(self.raw), *long, *(index + 1 for index in long)})
        for start, end in pairwise(cuts):
            yield Cells(self.raw[start:end], *(each[start:end] for each in self[1:]))


class Block:
    """Rows that have the same number of cells: which ones they are, and where each starts (empty outside of text).

    Of rows that are parts of longer ones, so many columns are ``before`` them.
    """

    __slots__ = ("_columns", "_lines", "_reached", "before", "rows", "starts", "width")

    def __init__(
        self,
        rows: Sequence[int],
        starts: Sequence[int],
        lines: Sequence[Sequence[str]],
        columns: Sequence[Sequence[str]] | None = None,
        before: int = 0,
    ) -> None:
        self.rows = rows
        self.starts = starts
        self.width = len(lines[0]) if columns is None else len(columns)
        self.before = before
        self._lines = lines
        self._columns = columns
        self._reached: tuple[int, Sequence[int]] = 0, starts

    def column(self, column: int) -> Sequence[str]:
        """The cells of one column."""
        columns = self._split()
        return [line[column] for line in self._lines] if columns is None else columns[column]

    def _split(self) -> Sequence[Sequence[str]] | None:
        """The cells by columns; None if there are few rows, and those long."""
        if self._columns is None and self.width <= len(self.rows):
            self._columns = list(zip(*self._lines, strict=True))
        return self._columns

    def places(self, column: int) -> Sequence[int]:
        """Where the cells of a column start: quickly found if columns are asked for from the first to the last."""
        if not self.starts:
            return self.starts
        before, starts = self._reached
        if before > column:
            before, starts = 0, self.starts
        columns = self._split()
        if columns is not None:
            for cells in columns[before:column]:
                starts = list(map(add, starts, map((1).__add__, map(len, cells))))
        elif before < column:
            more = column - before
            starts = [
                start + sum(map(len, line[before:column]), more)
                for start, line in zip(starts, self._lines, strict=True)
            ]
        self._reached = column, starts
        return starts

    def cells(self, columns: Sequence[int]) -> Cells:
        """The cells of some columns, row by row, without those that are empty."""
        before = self.before
        columns = [column for column in columns if before <= column < before + self.width]
        step = len(columns)
        size = step * len(self.rows)
        raw = [""] * size
        rows, places = [0] * size, [0] * (size if self.starts else 0)
        for index, column in enumerate(columns):
            raw[index::step] = self.column(column - before)
            rows[index::step] = self.rows
            if places:
                places[index::step] = self.places(column - before)
        named = columns * len(self.rows)
        if _QUOTED in raw:
            raw = ["" if cell == _QUOTED else cell for cell in raw]
        if "" not in raw:
            return Cells(raw, self.rows if step == 1 else rows, places, named)
        return Cells(
            list(compress(raw, raw)),
            list(compress(rows, raw)),
            list(compress(places, raw)),
            list(compress(named, raw)),
        )

    def parts(self) -> Iterator[Part]:
        """All cells, in parts of some thousand: column by column, or of a few long rows each row by itself."""
        columns = self._split()
        if columns is not None:
            for column, found in enumerate(columns):
                yield Part(found, partial(self._in_column, column), self.before + column)
        else:
            for row, line in enumerate(self._lines):
                place = self.starts[row] if self.starts else 0
                for first in range(0, self.width, _CELLS):
                    cells = line[first : first + _CELLS]
                    yield Part(cells, partial(self._in_row, row, cells, first, place))
                    place += sum(map(len, cells), len(cells))

    def _in_column(self, column: int, indexes: Sequence[int]) -> Iterator[tuple[int, int, int]]:
        rows, places = self.rows, self.places(column)
        named = self.before + column
        return ((rows[index], named, places[index] if places else 0) for index in indexes)

    def _in_row(
        self, row: int, cells: Sequence[str], first: int, place: int, indexes: Sequence[int]
    ) -> Iterator[tuple[int, int, int]]:
        places = list(accumulate(map((1).__add__, map(len, cells)), initial=place))
        first += self.before
        return ((self.rows[row], first + index, places[index] if self.starts else 0) for index in indexes)


class Part(NamedTuple):
    """Cells of one column (None where they are those of a row), and what finds of some of them, by their indexes, row,
    column and place."""

    cells: Sequence[str]
    where: Callable[[Sequence[int]], Iterable[tuple[int, int, int]]]
    column: int | None = None


class Stretch:
    """Some rows: the index of the ``first`` one, where each starts (empty where there is no text), and their raw cells.

    In a list, which is ``single``, a row is its one cell. The ``lines`` of a text that is a list are not split before
    their rows or starts are asked for; of other rows they are None. In place of its rows a stretch may be given its
    ``columns``, all of one length. A long row is handed out in parts, each a stretch of its own: so many columns are
    ``before`` the ones in it.
    """

    __slots__ = ("_blocks", "_columns", "_rows", "_starts", "before", "first", "lines", "single")

    def __init__(
        self,
        first: int,
        starts: Sequence[int],
        rows: Sequence[Any] | None,
        *,
        single: bool = False,
        columns: Sequence[Sequence[str]] | None = None,
        before: int = 0,
    ) -> None:
        self.first = first
        self.before = before
        self.lines = starts if isinstance(starts, Lines) else None
        self.single = single
        self._starts = starts
        self._rows = rows
        self._columns = columns
        self._blocks: list[Block] | None = None

    def _split(self) -> Sequence[Any]:
        if self._rows is None:
            if self._columns is not None:
                self._rows = list(zip(*self._columns, strict=True))
            else:
                assert self.lines is not None
                self._rows = self.lines.rows()
        return self._rows

    @property
    def rows(self) -> Sequence[Any]:
        """The cells of each row."""
        return self._split()

    @property
    def starts(self) -> Sequence[int]:
        """Where each row starts."""
        return self._starts

    def __len__(self) -> int:
        if self._columns is not None:
            return len(self._columns[0])
        return len(self._starts) if self._rows is None else len(self._rows)

    def cut(self, start: int, end: int) -> Stretch:
        """The rows from the one at ``start`` up to the one at ``end``."""
        if self._columns is not None:
            columns = [column[start:end] for column in self._columns]
            return Stretch(self.first + start, (), None, columns=columns)
        starts, rows = self.starts[start:end], self.rows[start:end]
        return Stretch(self.first + start, starts, rows, single=self.single, before=self.before)

    def blocks(self) -> Sequence[Block]:
        """The rows by the number of their cells."""
        if self._blocks is None:
            self._blocks = self._parted()
        return self._blocks

    def _parted(self) -> list[Block]:
        rows = range(self.first, self.first + len(self))
        if not rows:
            return []
        if self._columns is not None:
            return [Block(rows, (), (), self._columns)]
        starts, lines = self.starts, self.rows
        if self.single:
            return [Block(rows, starts, (), [lines])]
        widths = list(map(len, lines))
        if widths.count(widths[0]) == len(widths):
            return [Block(rows, starts, lines, before=self.before)]
        of_width: dict[int, list[int]] = {}
        for index, width in enumerate(widths):
            of_width.setdefault(width, []).append(index)
        return [
            Block(
                [rows[index] for index in some],
                [starts[index] for index in some] if starts else (),
                [lines[index] for index in some],
            )
            for width, some in of_width.items()
            if width
        ]

    def column(self, column: int) -> Cells:
        """The cells of one column, of a table without those that are empty."""
        if self.single and column == 0:
            return Cells(self.rows, range(self.first, self.first + len(self)), self.starts)
        return self.several([column])._replace(columns=())

    def several(self, columns: Sequence[int]) -> Cells:
        """The cells of some columns, row by row, without those that are empty."""
        found = [block.cells(columns) for block in self.blocks()]
        if len(found) == 1:
            return found[0]
        merged = sorted(
            chain.from_iterable(
                zip(rows, named, raw, places or repeat(0), strict=False) for raw, rows, places, named in found
            )
        )
        return Cells(
            [raw for _, _, raw, _ in merged],
            [row for row, _, _, _ in merged],
            [place for _, _, _, place in merged] if self.starts else [],
            [column for _, column, _, _ in merged],
        )

    def width(self) -> int:
        """The greatest number of cells in a row."""
        return max((block.before + block.width for block in self.blocks()), default=0)
