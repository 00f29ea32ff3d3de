"""Measuring the sheets of an ``.xls`` workbook before they are read: records of a type, a size and data (BIFF).

What the library would believe without need is taken out of the stream: the sizes that sheets claim to have, and the
formulas, whose results stand beside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from struct import unpack_from

from pstnkit.numbering.paste.workbooks.allowance import Allowance, UnreadableWorkbook

_BEGIN, _END, _CONTINUE, _SHEET, _TEXTS = 0x0809, 0x000A, 0x003C, 0x0085, 0x00FC
_DIMENSIONS, _FORMULA, _ROW_OF_NUMBERS, _SHARED_TEXT = 0x0200, 0x0006, 0x00BD, 0x00FD
_CELLS = frozenset({0x0203, 0x0204, 0x00D6, 0x0205, 0x027E, _SHARED_TEXT, _FORMULA})
_IGNORED = b"\xff\xff"
_FORMULA_SIZE = 20
_LONGEST_TEXT = 0xFFFF

Record = tuple[int, int, int]
"""Type, place of the data, and its size."""


def measure(stream: bytes, allowance: Allowance) -> bytes:
    """The stream made harmless; :class:`UnreadableWorkbook` if its sheets or texts would take too much memory."""
    safe = bytearray(stream)
    starts: list[int] = []
    segments: list[tuple[int, int]] = []
    before = 0
    for kind, place, size in _records(stream, 0):
        if kind == _END:
            break
        if kind == _SHEET and size >= 4:
            starts.append(unpack_from("<I", stream, place)[0])
        elif kind == _TEXTS:
            segments = [(place, size)]
        elif kind == _CONTINUE and before in (_TEXTS, _CONTINUE) and segments:
            segments.append((place, size))
        before = kind
    texts = _lengths(stream, segments) if segments else ()
    walked = 0
    for start in starts:
        sheet = _Sheet(safe, texts, allowance)
        for record in _records(stream, start):
            walked += record[2] + 4
            if walked > len(stream):
                raise UnreadableWorkbook("is damaged: its sheets overlap")
            if sheet.meet(record):
                break
        allowance.check_grid(sheet.rows, sheet.columns, len(stream))
    return bytes(safe)


def _records(stream: bytes, place: int) -> Iterator[Record]:
    end = len(stream)
    while place + 4 <= end:
        kind, size = unpack_from("<HH", stream, place)
        place += 4
        if place + size > end:
            return  # the library says that this is damaged
        yield kind, place, size
        place += size


class _Sheet:
    """How far the cells of a sheet reach."""

    def __init__(self, safe: bytearray, texts: Sequence[int], allowance: Allowance) -> None:
        self.rows = self.columns = 0
        self._safe = safe
        self._texts = texts
        self._allowance = allowance
        self._depth = 0

    def meet(self, record: Record) -> bool:
        """Look at one record; whether it is the last of the sheet."""
        kind, place, size = record
        if kind == _BEGIN:
            self._depth += 1
        elif kind == _END:
            self._depth -= 1
            return self._depth <= 0
        elif kind == _DIMENSIONS:
            self._safe[place - 4 : place - 2] = _IGNORED
        elif kind in _CELLS and size >= 6:
            row, column = unpack_from("<HH", self._safe, place)
            self._reach(row, column)
            if kind == _SHARED_TEXT and size >= 10:
                index = unpack_from("<I", self._safe, place + 6)[0]
                self._allowance.take_texts(self._texts[index] if index < len(self._texts) else 0)
            elif kind == _FORMULA and size >= _FORMULA_SIZE + 2:
                self._safe[place + _FORMULA_SIZE : place + _FORMULA_SIZE + 2] = b"\0\0"
        elif kind == _ROW_OF_NUMBERS and size >= 6:
            row, column = unpack_from("<HH", self._safe, place)
            self._reach(row, column + (size - 6) // 6)
        return False

    def _reach(self, row: int, column: int) -> None:
        self.rows = max(self.rows, row + 1)
        self.columns = max(self.columns, column + 1)


def _lengths(stream: bytes, segments: Sequence[tuple[int, int]]) -> Sequence[int]:
    """The lengths of the texts in a table of texts, which is continued over several records.

    Where the table cannot be followed, its texts are taken to be as long as texts can be.
    """
    table = _Table(stream, segments)
    table.skip(8)
    lengths: list[int] = []
    while table.left:
        lengths.append(table.read_text())
    return lengths


class _Table:
    """Reads a table of texts across the records that it is continued over."""

    def __init__(self, stream: bytes, segments: Sequence[tuple[int, int]]) -> None:
        self._stream = stream
        self._segments = list(segments)[::-1]
        self._place, self.left = self._segments.pop()

    def _next(self) -> bool:
        while self._segments and not self.left:
            self._place, self.left = self._segments.pop()
        return self.left > 0

    def skip(self, size: int) -> None:
        """Leave out ``size`` bytes, wherever they lie."""
        while size and (self.left or self._next()):
            step = min(size, self.left)
            self._place += step
            self.left -= step
            size -= step
        self._next()

    def read_text(self) -> int:
        """The length of the text that comes next; behind it is the following one."""
        if self.left < 3:
            self.left = 0
            self._segments.clear()
            return _LONGEST_TEXT
        length: int
        length, flags = unpack_from("<HB", self._stream, self._place)
        behind = 0
        self.skip(3)
        if flags & 0x08 and self.left >= 2:
            behind += 4 * unpack_from("<H", self._stream, self._place)[0]
            self.skip(2)
        if flags & 0x04 and self.left >= 4:
            behind += unpack_from("<I", self._stream, self._place)[0]
            self.skip(4)
        remaining = length
        while remaining and self.left:
            width = 2 if flags & 1 else 1
            here = min(remaining, self.left // width)
            remaining -= here
            rest = self.left - here * width
            self._place += here * width
            self.left = rest
            if remaining:
                self.left = 0  # half a character at the end of a record is lost
                if self._next():
                    flags = self._stream[self._place]  # a continued text says anew how it is written
                    self.skip(1)
        self._next()
        self.skip(behind)
        return length
