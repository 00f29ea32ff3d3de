"""Measuring the sheets of an ``.xlsb`` workbook before they are read: records of a type, a size and data."""

from __future__ import annotations

from collections.abc import Iterator

from pstnkit.numbering.paste.workbooks.allowance import Allowance, UnreadableWorkbook
from pstnkit.numbering.paste.workbooks.listing import check_listed_once
from pstnkit.numbering.paste.workbooks.packages import Part

_ROW, _SHARED_TEXT, _TEXT, _SHEET = 0x00, 0x07, 0x13, 0x9C
_SHORTEST = {_ROW: 4, 0x02: 12, 0x03: 9, 0x04: 9, 0x05: 16, 0x06: 12, _SHARED_TEXT: 12, 0x08: 12}
_SHORTEST |= {0x09: 16, 0x0A: 9, 0x0B: 9}
"""How long rows and the kinds of cells are at least: the library reads what they lack out of the record before."""


def measure(parts: dict[str, Part], allowance: Allowance) -> None:
    """Refuse a workbook whose sheets or texts would take too much memory."""
    keys = list(_keys_of_sheets(parts["xl/workbook.bin"].data))
    texts: list[int] = []
    for name, part in parts.items():
        if name.casefold() == "xl/_rels/workbook.bin.rels":
            check_listed_once(keys, part.data)
        if name.casefold() == "xl/sharedstrings.bin":
            texts = [size // 2 for kind, size, _ in _records(part.data) if kind == _TEXT]
    for name, part in parts.items():
        if "/worksheets/" in name.casefold():
            allowance.check_grid(*_extent(part.data, texts, allowance), len(part.data))


def _keys_of_sheets(part: bytes) -> Iterator[str]:
    """The keys of the relationships of sheets: behind 8 bytes, its length in characters, and the text itself."""
    for kind, size, place in _records(part):
        if kind == _SHEET:
            length = int.from_bytes(part[place + 8 : place + 12], "little")
            yield part[place + 12 : place + size][: 2 * length].decode("utf-16-le", "replace")


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
        if kind not in _SHORTEST:
            continue
        if size < _SHORTEST[kind]:
            raise UnreadableWorkbook("is damaged: a row or cell of it is cut short")
        if kind == _ROW:
            row = int.from_bytes(part[place : place + 4], "little")
        else:
            column = int.from_bytes(part[place : place + 4], "little")
            rows, columns = max(rows, row + 1), max(columns, column + 1)
            if kind == _SHARED_TEXT:
                index = int.from_bytes(part[place + 8 : place + 12], "little")
                allowance.take_texts(texts[index] if index < len(texts) else 0)
    return rows, columns
