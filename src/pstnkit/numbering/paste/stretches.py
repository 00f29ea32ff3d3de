r"""Text into rows, some thousand at a time: what a reader of a million lines walks over.

Rows are separated by ``\n``, ``\r\n`` or ``\r``. A row is a line, unless a cell in quotes goes on over the line's end.
Lines without a quote are split at the speed of ``str.split``; only a line with one is gone through cell by cell.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate, count, repeat
from typing import Any, NamedTuple

_SIZE = 1 << 15
"""About how many characters are split at once. More would take memory and be no faster."""

_LINE_END = re.compile("\r\n|\r|\n")


class Cells(NamedTuple):
    """Cells that are read together: their raw texts, the rows (from 0), the places in the text (none in a source that
    is no text), and the columns, where they come from several."""

    raw: Sequence[str]
    rows: Sequence[int]
    places: Sequence[int]
    columns: Sequence[int] = ()


class Lines(Sequence[int]):
    """Where the lines of a piece of a text start, found when it is asked for: mostly nobody does."""

    __slots__ = ("_count", "_end", "_place", "_text")

    def __init__(self, text: str, place: int, end: int, count: int) -> None:
        self._text = text
        self._place = place
        self._end = end
        self._count = count

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, index: Any) -> Any:
        return self.starts()[index]

    def starts(self) -> Sequence[int]:
        """All of them."""
        return _lines(self._text, self._place, self._end)[0]

    def split(self) -> tuple[Sequence[int], list[str]]:
        """All of them, and the lines."""
        return _lines(self._text, self._place, self._end)

    def piece(self) -> str:
        """The lines as they stand in the text."""
        return self._text[self._place : self._end]


class Stretch:
    """Some rows: the index of the ``first`` one, where each starts (empty where there is no text), and their raw cells.

    In a list, which is ``single``, a row is its one cell. The ``lines`` of a text that is a list are not split before
    their rows or starts are asked for; of other rows they are None.
    """

    __slots__ = ("_rows", "_starts", "first", "lines", "single")

    def __init__(
        self,
        first: int,
        starts: Sequence[int],
        rows: Sequence[Any] | None,
        *,
        single: bool = False,
    ) -> None:
        self.first = first
        self.lines = starts if isinstance(starts, Lines) else None
        self.single = single
        self._starts = starts
        self._rows = rows

    def _split(self) -> Sequence[Any]:
        if self._rows is None:
            assert self.lines is not None
            self._starts, self._rows = self.lines.split()
        return self._rows

    @property
    def rows(self) -> Sequence[Any]:
        """The cells of each row."""
        return self._split()

    @property
    def starts(self) -> Sequence[int]:
        """Where each row starts."""
        self._split()
        return self._starts

    def __len__(self) -> int:
        return len(self._starts) if self._rows is None else len(self._rows)

    def cut(self, start: int, end: int) -> Stretch:
        """The rows from the one at ``start`` up to the one at ``end``."""
        return Stretch(self.first + start, self.starts[start:end], self.rows[start:end], single=self.single)

    def column(self, column: int) -> Cells:
        """The cells of one column."""
        rows = range(self.first, self.first + len(self))
        if self.single:
            return Cells(self.rows, rows, self.starts) if column == 0 else Cells((), (), ())
        there = [index for index, cells in enumerate(self.rows) if len(cells) > column]
        raw = [self.rows[index][column] for index in there]
        if self.starts and column:
            starts = [
                self.starts[index] + sum(map(len, self.rows[index][:column])) + column for index in there
            ]
        else:
            starts = [self.starts[index] for index in there] if self.starts else []
        return Cells(raw, [rows[index] for index in there], starts)

    def several(self, columns: Sequence[int]) -> Cells:
        """The cells of some columns, row by row."""
        chosen = frozenset(columns)
        found = [cell for cell in self.cells() if cell[1] in chosen]
        return Cells(
            [raw for _, _, raw, _ in found],
            [row for row, _, _, _ in found],
            [place for _, _, _, place in found] if self.starts else [],
            [column for _, column, _, _ in found],
        )

    def cells(self) -> Iterator[tuple[int, int, str, int]]:
        """The row, the column, the raw text and the place (0 where there is none) of each cell, row by row.

        Row by row, because a row can have as many cells as there are characters.
        """
        for row, cells, start in zip(count(self.first), self.rows, self.starts or repeat(0), strict=False):
            place = start
            for column, raw in enumerate((cells,) if self.single else cells):
                yield row, column, raw, place
                place += len(raw) + 1 if self.starts else 0

    def width(self) -> int:
        """The greatest number of cells in a row."""
        return 1 if self.single else max(map(len, self.rows), default=0)


def stretches(text: str, delimiter: str) -> Iterator[Stretch]:
    r"""All rows of ``text``, in stretches; without a ``delimiter`` each row is one cell.

    >>> [stretch] = stretches('Jane,"a\nb"\nJoe,c', ",")
    >>> stretch.rows, stretch.starts
    ([['Jane', '"a\nb"'], ['Joe', 'c']], [0, 11])
    """
    scanner = Scanner(text, delimiter)
    line_end = "\n" if "\n" in text else "\r"
    row = place = 0
    while True:
        cut = text.find(line_end, place + _SIZE)
        end = len(text) if cut < 0 else cut
        piece = text[place:end]
        if not delimiter and "\r" not in piece and '"' not in piece:
            stretch = Stretch(row, Lines(text, place, end, piece.count("\n") + 1), None, single=True)
        else:
            starts, lines = _lines(text, place, end)
            if '"' in piece:
                starts, rows, end = scanner.rows(starts, lines, end)
            else:
                rows = [line.split(delimiter) for line in lines] if delimiter else lines
            stretch = Stretch(row, starts, rows, single=not delimiter)
        yield stretch
        if end >= len(text):
            return
        row += len(stretch)
        place = end + (2 if text.startswith("\r\n", end) else 1)


def place_typecode(text: str) -> str:
    """The typecode of arrays of places in a text."""
    return "I" if len(text) < 1 << 32 else "Q"


def _lines(text: str, place: int, end: int) -> tuple[Sequence[int], list[str]]:
    """The lines of ``text[place:end]``, and where each starts."""
    piece = text[place:end]
    lines = piece.split("\n")
    returns = piece.count("\r") if "\r" in piece else 0
    cut_inside = returns > 0 and text.startswith("\r\n", end - 1)
    if returns != piece.count("\r\n") + cut_inside:
        begun = [place]
        lines = []
        for match in _LINE_END.finditer(text, place, end - cut_inside):
            lines.append(text[begun[-1] : match.start()])
            begun.append(match.end())
        lines.append(text[begun[-1] : end - cut_inside])
        return begun, lines
    starts = array(place_typecode(text), accumulate(map((1).__add__, map(len, lines)), initial=place))
    starts.pop()
    return starts, [line.removesuffix("\r") for line in lines] if returns else lines


class Scanner:
    """Finds where cells and rows end that may be in quotes."""

    __slots__ = ("_closed", "_delimiter", "_text", "_unquoted")

    def __init__(self, text: str, delimiter: str) -> None:
        stop = f"{re.escape(delimiter)}\r\n"
        self._text = text
        self._delimiter = delimiter
        self._unquoted = re.compile(f"[^{stop}]*")
        self._closed = re.compile(rf" *(?=[{stop}]|\Z)")

    def rows(self, starts: Sequence[int], lines: list[str], end: int) -> tuple[Sequence[int], list[Any], int]:
        """The rows that begin in the ``lines``, which end at ``end``: where each starts, its cells, and where the last
        of them ends."""
        delimiter = self._delimiter
        rows: list[Any] = [line.split(delimiter) for line in lines] if delimiter else lines.copy()
        over: list[tuple[int, int]] = []
        reached = 0
        for index in [index for index, line in enumerate(lines) if '"' in line]:
            start, line = starts[index], lines[index]
            if start < reached or (not delimiter and line[0] not in '" \ufeff'):
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
        opening = place + text.startswith("\ufeff", place)  # a byte order mark hides no quote
        while text.startswith(" ", opening):
            opening += 1
        if text.startswith('"', opening):
            # A quote opens a cell only if it is closed at the cell's end; any other is a character like any other.
            # Every run of quotes is looked at once: a quote that nobody closes costs no more than the text is long.
            closing = text.find('"', opening + 1)
            while closing >= 0 and text.startswith('"', closing + 1):
                closing = text.find('"', closing + 2)
            closed = self._closed.match(text, closing + 1) if closing >= 0 else None
            if closed is not None:
                return closed.end()
        plain = self._unquoted.match(text, place)
        assert plain is not None  # it matches everywhere, if need be the empty text
        return plain.end()
