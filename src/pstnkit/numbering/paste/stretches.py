r"""Text into rows, some thousand at a time: what a reader of a million lines walks over.

Rows are separated by ``\n``, ``\r\n`` or ``\r``. A row is a line, unless a cell in quotes goes on over the line's end.
Lines without a quote are split at the speed of ``str.split``; only a line with one is gone through cell by cell.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import accumulate, chain, compress, repeat
from operator import add
from typing import Any, NamedTuple

from pstnkit.numbering.paste.lines import Lines, place_typecode, split_lines
from pstnkit.numbering.paste.patterns import pattern

_FIRST = 1 << 14
"""How many characters are split first, and at least."""
_ROWS = 1 << 13
"""About how many rows are split at once. More would take memory and be no faster."""
_MOST = 1 << 18
"""How many characters are split at most, unless a row is longer."""

_CELLS = 8192
"""How many cells of a long row are looked at at once."""
_QUOTED = '""'
"""An empty cell in quotes."""


class Cells(NamedTuple):
    """Cells that are read together: their raw texts, the rows (from 0), the places in the text (none in a source that
    is no text), and the columns, where they come from several."""

    raw: Sequence[str]
    rows: Sequence[int]
    places: Sequence[int]
    columns: Sequence[int] = ()


class Block:
    """Rows that have the same number of cells: which ones they are, and where each starts (empty outside of text)."""

    __slots__ = ("_columns", "_lines", "_reached", "rows", "starts", "width")

    def __init__(
        self,
        rows: Sequence[int],
        starts: Sequence[int],
        lines: Sequence[Sequence[str]],
        columns: Sequence[Sequence[str]] | None = None,
    ) -> None:
        self.rows = rows
        self.starts = starts
        self.width = len(lines[0]) if columns is None else len(columns)
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
        columns = [column for column in columns if column < self.width]
        step = len(columns)
        size = step * len(self.rows)
        raw = [""] * size
        rows, places = [0] * size, [0] * (size if self.starts else 0)
        for index, column in enumerate(columns):
            raw[index::step] = self.column(column)
            rows[index::step] = self.rows
            if places:
                places[index::step] = self.places(column)
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
                yield Part(found, partial(self._in_column, column), column)
        else:
            for row, line in enumerate(self._lines):
                place = self.starts[row] if self.starts else 0
                for first in range(0, self.width, _CELLS):
                    cells = line[first : first + _CELLS]
                    yield Part(cells, partial(self._in_row, row, cells, first, place))
                    place += sum(map(len, cells), len(cells))

    def _in_column(self, column: int, indexes: Sequence[int]) -> Iterator[tuple[int, int, int]]:
        rows, places = self.rows, self.places(column)
        return ((rows[index], column, places[index] if places else 0) for index in indexes)

    def _in_row(
        self, row: int, cells: Sequence[str], first: int, place: int, indexes: Sequence[int]
    ) -> Iterator[tuple[int, int, int]]:
        places = list(accumulate(map((1).__add__, map(len, cells)), initial=place))
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
    ``columns``, all of one length.
    """

    __slots__ = ("_blocks", "_columns", "_rows", "_starts", "first", "lines", "single")

    def __init__(
        self,
        first: int,
        starts: Sequence[int],
        rows: Sequence[Any] | None,
        *,
        single: bool = False,
        columns: Sequence[Sequence[str]] | None = None,
    ) -> None:
        self.first = first
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
        return Stretch(self.first + start, self.starts[start:end], self.rows[start:end], single=self.single)

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
            return [Block(rows, starts, lines)]
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
        return max((block.width for block in self.blocks()), default=0)


def stretches(text: str, delimiter: str) -> Iterator[Stretch]:
    r"""All rows of ``text``, in stretches; without a ``delimiter`` each row is one cell.

    >>> [stretch] = stretches('Jane,"a\nb"\nJoe,c', ",")
    >>> stretch.rows, stretch.starts
    ([['Jane', '"a\nb"'], ['Joe', 'c']], [0, 11])
    """
    scanner = Scanner(text, delimiter)
    line_end = "\n" if "\n" in text else "\r"
    row = place = 0
    size = _FIRST
    while True:
        cut = text.find(line_end, place + size)
        end = len(text) if cut < 0 else cut
        stretch = None
        if not delimiter and text.find("\r", place, end) < 0:
            over, reached = scanner.over(place, end)
            if reached == end or text.find("\r", end, reached) < 0:
                end = reached
                stretch = Stretch(row, Lines(text, place, end, over), None, single=True)
        if stretch is None:
            starts, lines = split_lines(text, place, end)
            if text.find('"', place, end) >= 0:
                starts, rows, end = scanner.rows(starts, lines, end)
            else:
                rows = [line.split(delimiter) for line in lines] if delimiter else lines
            stretch = Stretch(row, starts, rows, single=not delimiter)
        yield stretch
        if end >= len(text):
            return
        row += len(stretch)
        size = min(max((end - place) * _ROWS // len(stretch), _FIRST), 2 * size, _MOST)
        place = end + (2 if text.startswith("\r\n", end) else 1)


class Scanner:
    """Finds where cells and rows end that may be in quotes."""

    __slots__ = ("_bare", "_cell", "_closed", "_delimiter", "_text", "_unmarked", "_unquoted", "_whole")

    def __init__(self, text: str, delimiter: str) -> None:
        stop = f"{re.escape(delimiter)}\r\n"
        mark = re.escape(delimiter or "\n")
        cell = rf' *+"[^"]*+(?:""[^"]*+)*+" *+(?={mark})|(?![ \ufeff]*+")[^{mark}]*+'
        self._cell = pattern(f"({cell}){mark}")
        self._whole = pattern(f"(?:(?:{cell}){mark})*+")
        """A line with a delimiter behind it, if all of its quotes are closed in it."""
        self._unmarked = bytes(code for code in range(256) if chr(code) not in f'{delimiter}\n"')
        self._text = text
        self._delimiter = delimiter
        self._unquoted = pattern(f"[^{stop}]*")
        self._bare = pattern(rf'(?!\ufeff?+ *+")[^{stop}]*+')
        """A cell that begins with no quote; a byte order mark, and blanks, hide none."""
        self._closed = pattern(rf" *(?=[{stop}]|\Z)")

    def over(self, place: int, end: int) -> tuple[Sequence[int], int]:
        """Where the rows of a list, one cell each, start and end that go on over the ends of lines; and where the last
        row ends that begins before ``end``. Lines end with newlines only."""
        text = self._text
        found = array(place_typecode(text))
        quote = text.find('"', place, end)
        while quote >= 0:
            start = text.rfind("\n", place, quote) + 1 or place
            behind = text.find("\n", quote)
            line_end = len(text) if behind < 0 else behind
            if not text[start:quote].strip(" \ufeff"):
                stop = self.cell_end(start)
                if stop > line_end:
                    found.extend((start, stop))
                    line_end = stop
                    end = max(end, stop)
            quote = text.find('"', line_end, end)
        return found, end

    def rows(self, starts: Sequence[int], lines: list[str], end: int) -> tuple[Sequence[int], list[Any], int]:
        """The rows that begin in the ``lines``, which end at ``end``: where each starts, its cells, and where the last
        of them ends."""
        delimiter = self._delimiter
        rows: list[Any] = [line.split(delimiter) for line in lines] if delimiter else lines.copy()
        over: list[tuple[int, int]] = []
        reached = 0
        for index in self._cut_in_quotes(lines):
            start, line = starts[index], lines[index]
            if start < reached or (not delimiter and line[0] not in '" \ufeff'):
                continue
            if delimiter and self._whole.fullmatch(line + delimiter):
                rows[index] = self._cell.findall(line + delimiter)
                continue
            cells, reached = self._row(start)
            rows[index] = cells if delimiter else cells[0]
            if reached > start + len(line):
                # The row goes on over the end of the line: what follows begins behind it.
                over.append((index + 1, bisect_left(starts, reached, index)))
                end = max(end, reached)
        if over:
            begun = list(starts)
            for first, behind in reversed(over):
                del rows[first:behind], begun[first:behind]
            starts = begun
        return starts, rows, end

    def _cut_in_quotes(self, lines: list[str]) -> list[int]:
        """The lines of which a cell has an odd number of quotes when they are split by the delimiter alone.

        In all others quotes hide no delimiter and no line end: a quote that opens a cell is closed inside of it, as
        between it and the first quote that does not stand for itself there is an even number of others.
        """
        marks = "\n".join(lines).encode("utf-8", "surrogatepass").translate(None, self._unmarked)
        left = marks.replace(b'""', b"")
        if b'"' not in left:
            return []
        return [index for index, line in enumerate(left.split(b"\n")) if b'"' in line]

    def _row(self, place: int) -> tuple[list[str], int]:
        """The cells of the row that begins at ``place``, and where it ends."""
        text = self._text
        cells = []
        while True:
            end = self.cell_end(place)
            cells.append(text[place:end])
            if not self._delimiter or text[end : end + 1] != self._delimiter:
                return cells, end
            place = end + 1

    def cell_end(self, place: int) -> int:
        """Where the cell that begins at ``place`` ends."""
        text = self._text
        bare = self._bare.match(text, place)
        if bare is not None:
            return bare.end()
        # A quote opens a cell only if it is closed at the cell's end; any other is a character like any other.
        # Every run of quotes is looked at once: a quote that nobody closes costs no more than the text is long.
        closing = text.find('"', text.index('"', place) + 1)
        while closing >= 0 and text.startswith('"', closing + 1):
            closing = text.find('"', closing + 2)
        closed = self._closed.match(text, closing + 1) if closing >= 0 else None
        if closed is not None:
            return closed.end()
        plain = self._unquoted.match(text, place)
        assert plain is not None  # it matches everywhere, if need be the empty text
        return plain.end()
