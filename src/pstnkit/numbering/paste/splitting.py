r"""Text into rows, some thousand at a time.

Rows are separated by ``\n``, ``\r\n`` or ``\r``. A row is a line, unless a cell in quotes goes on over the line's end.
Lines without a quote are split at the speed of ``str.split``; only a line with one is gone through cell by cell. A row
as long as other texts is handed out in parts.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Generator, Iterator, Sequence
from typing import Any

from pstnkit.numbering.paste.lines import Lines, place_typecode, split_lines
from pstnkit.numbering.paste.patterns import pattern
from pstnkit.numbering.paste.stretches import Stretch

_FIRST = 1 << 14
"""How many characters are split first, and at least."""
_ROWS = 1 << 13
"""About how many rows are split at once. More would take memory and be no faster."""
_MOST = 1 << 18
"""How many characters are split at most, unless a row is longer."""
_LONG = 1 << 15
"""A row of more characters may be handed out in parts of about so many."""
_CELLS = 1 << 13
"""How many cells a part has at most that was split cell by cell."""

_LINE_END = pattern("[\r\n]")


def stretches(text: str, delimiter: str) -> Iterator[Stretch]:
    r"""All rows of ``text``, in stretches; without a ``delimiter`` each row is one cell.

    >>> [stretch] = stretches('Jane,"a\nb"\nJoe,c', ",")
    >>> stretch.rows, stretch.starts
    ([['Jane', '"a\nb"'], ['Joe', 'c']], [0, 11])
    """
    scanner = Scanner(text, delimiter)
    row = 0
    place: int | None = 0
    size = _FIRST
    long = False
    while place is not None:
        end = None if long else _end(text, place, size)
        if end is None:
            end = yield from _in_parts(scanner, delimiter, row, place)
            row += 1
            place, long = _behind(text, end), False
            continue
        stretch, end, long = _stretch(scanner, delimiter, text, row, place, end)
        if stretch:
            yield stretch
            row += len(stretch)
            size = min(max((end - place) * _ROWS // len(stretch), _FIRST), 2 * size, _MOST)
        place = end if long else _behind(text, end)


def _stretch(
    scanner: Scanner, delimiter: str, text: str, row: int, place: int, end: int
) -> tuple[Stretch, int, bool]:
    """The rows that begin in ``text[place:end]``, and where the last of them ends; or all up to a long one that goes on
    over lines, and where that one begins."""
    if not delimiter and text.find("\r", place, end) < 0:
        over, reached = scanner.over(place, end)
        if reached == end or text.find("\r", end, reached) < 0:
            return Stretch(row, Lines(text, place, reached, over), None, single=True), reached, False
    starts, lines = split_lines(text, place, end)
    long = False
    if text.find('"', place, end) >= 0:
        starts, rows, end, long = scanner.rows(starts, lines, end)
    else:
        rows = [line.split(delimiter) for line in lines] if delimiter else lines
    return Stretch(row, starts, rows, single=not delimiter), end, long


def _in_parts(scanner: Scanner, delimiter: str, row: int, place: int) -> Generator[Stretch, None, int]:
    """The stretches of one long row; returns where it ends."""
    before = 0
    for start, cells, end in scanner.parts(place):
        yield Stretch(row, [start], [cells] if delimiter else cells, single=not delimiter, before=before)
        before += len(cells)
        place = end
    return place


def _end(text: str, place: int, size: int) -> int | None:
    """Where a line ends, so that about ``size`` characters stand before; None if the line that begins at ``place`` is
    long itself."""
    found = _LINE_END.search(text, place + size)
    end = len(text) if found is None else found.start()
    if end - place > size + _LONG:
        end = max(text.rfind("\n", place, place + size), text.rfind("\r", place, place + size))
        if end < 0:
            return None
    return end - (end > place and text.startswith("\r\n", end - 1))


def _behind(text: str, end: int) -> int | None:
    """Where the line begins that follows on the one that ends at ``end``; None if there is none."""
    if end >= len(text):
        return None
    return end + (2 if text.startswith("\r\n", end) else 1)


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
            behind = text.find("\n", quote)
            line_end = len(text) if behind < 0 else behind
            # An even number of quotes hides no line end, as the one that opens a cell is closed among them.
            if text.count('"', quote, line_end) % 2:
                start = text.rfind("\n", place, quote) + 1 or place
                stop = line_end if text[start:quote].strip(" \ufeff") else self.cell_end(start)
                if stop > line_end:
                    found.extend((start, stop))
                    line_end = stop
                    end = max(end, stop)
            quote = text.find('"', line_end, end)
        return found, end

    def rows(
        self, starts: Sequence[int], lines: list[str], end: int
    ) -> tuple[Sequence[int], list[Any], int, bool]:
        """The rows that begin in the ``lines``, which end at ``end``: where each starts, its cells, and where the last
        of them ends; or, if one of them is ``long``, all before it, and where it begins."""
        delimiter = self._delimiter
        rows: list[Any] = [line.split(delimiter) for line in lines] if delimiter else lines.copy()
        over: list[tuple[int, int]] = []
        reached = 0
        long = False
        for index in self._cut_in_quotes(lines):
            start, line = starts[index], lines[index]
            if start < reached or (not delimiter and line[0] not in '" \ufeff'):
                continue
            if delimiter and self._whole.fullmatch(line + delimiter):
                rows[index] = self._cell.findall(line + delimiter)
                continue
            cells, reached, more = self._some(start)
            if more:
                del rows[index:]
                starts, end, long = starts[:index], start, True
                break
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
        return starts, rows, end, long

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

    def parts(self, place: int) -> Iterator[tuple[int, list[str], int]]:
        """The cells of the row that begins at ``place``, some at a time, with the places where these begin and end."""
        more = True
        while more:
            cells, end, more = self._some_without_quotes(place) or self._some(place)
            yield place, cells, end
            place = end + 1

    def _some(self, place: int) -> tuple[list[str], int, bool]:
        """Cells of a row, of which one begins at ``place``: where the last of them ends, and whether there are more."""
        text, delimiter = self._text, self._delimiter
        cells: list[str] = []
        stop = place + _LONG
        while True:
            end = self.cell_end(place)
            cells.append(text[place:end])
            more = bool(delimiter) and text.startswith(delimiter, end)
            if not more or len(cells) == _CELLS or end > stop:
                return cells, end, more
            place = end + 1

    def _some_without_quotes(self, place: int) -> tuple[list[str], int, bool] | None:
        """The same, quickly, if there is no quote and the cells are not long themselves."""
        text, delimiter = self._text, self._delimiter
        stop = place + _LONG
        if not delimiter or text.find('"', place, stop) >= 0:
            return None
        found = _LINE_END.search(text, place, stop)
        more = found is None and stop < len(text)
        end = found.start() if found else text.rfind(delimiter, place, stop) if more else len(text)
        return None if end < 0 else (text[place:end].split(delimiter), end, more)

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
