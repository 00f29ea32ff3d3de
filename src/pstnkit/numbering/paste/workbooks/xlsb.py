"""Measuring the sheets of an ``.xlsb`` workbook before they are read: records of a type, a size and data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pstnkit.numbering.paste.workbooks.allowance import Allowance, UnreadableWorkbook

_ROW, _SHARED_TEXT, _TEXT = 0x00, 0x07, 0x13
_CELLS = range(0x02, 0x0C)
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384


def measure(parts: Mapping[str, bytes], allowance: Allowance) -> None:
    """Refuse a workbook whose sheets or texts would take too much memory."""
    texts: list[int] = []
    for name, part in parts.items():
        if name.casefold().endswith("sharedstrings.bin"):
            texts += (size // 2 for kind, size, _ in _records(part) if kind == _TEXT)
    for name, part in parts.items():
        if "/worksheets/" in name.casefold() and name.casefold().endswith(".bin"):
            allowance.check_grid(*_extent(part, texts, allowance), len(part))


def _records(part: bytes) -> Iterator[tuple[int, int, int]]:
    """Type, size and place of each record of a part."""
    place, end = 0, len(part)
    try:
        while place < end:
            kind = part[place]
            place += 1
            if kind & 0x80:
                kind = (kind & 0x7F) | (part[place] & 0x7F) << 7
                place += 1
            size = shift = 0
            while True:
                byte = part[place]
                place += 1
                size |= (byte & 0x7F) << shift
                shift += 7
                if byte < 0x80 or shift == 28:
                    break
            if place + size > end:
                break
            yield kind, size, place
            place += size
        else:
            return
    except IndexError:
        pass
    raise UnreadableWorkbook("is damaged: a part of it ends too early")


def _extent(part: bytes, texts: list[int], allowance: Allowance) -> tuple[int, int]:
    """A number of rows and of columns that hold all cells; their texts are taken from the allowance."""
    rows = columns = row = 0
    for kind, size, place in _records(part):
        if kind == _ROW and size >= 4:
            row = min(int.from_bytes(part[place : place + 4], "little"), _MOST_ROWS)
        elif kind in _CELLS and size >= 8:
            column = int.from_bytes(part[place : place + 4], "little")
            rows, columns = max(rows, row + 1), max(columns, min(column, _MOST_COLUMNS) + 1)
            if kind == _SHARED_TEXT:
                index = int.from_bytes(part[place + 8 : place + 12], "little")
                allowance.take_texts(texts[index] if index < len(texts) else 0)
    return rows, columns
