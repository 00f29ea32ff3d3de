"""Measuring the sheets of an ``.ods`` workbook before they are read.

A row or cell can say how often it is repeated, and a text how many blanks stand in it: a few bytes make any number of
cells. Whether the part is well-formed is found out on the way; the library would look for the end of a sheet that has
none for ever.
"""

from __future__ import annotations

from pstnkit.numbering.paste.workbooks.allowance import Allowance, UnreadableWorkbook
from pstnkit.numbering.paste.workbooks.markup import Walk
from pstnkit.numbering.paste.workbooks.packages import Part

_CELLS = frozenset({"table:table-cell", "table:covered-table-cell"})
_VALUES = ("office:value", "office:string-value", "office:date-value", "office:time-value")


def measure(parts: dict[str, Part], allowance: Allowance) -> None:
    """Refuse a workbook whose sheets or texts would take too much memory."""
    manifest = parts["META-INF/manifest.xml"].data if "META-INF/manifest.xml" in parts else b""
    content = parts["content.xml"].data
    if b"encryption-data" in manifest:
        raise UnreadableWorkbook("is protected by a password")
    Walk().through(manifest)
    _Content(allowance, len(content)).through(content)


class _Content(Walk):
    """What the cells of all sheets come to."""

    def __init__(self, allowance: Allowance, size: int) -> None:
        super().__init__()
        self._allowance = allowance
        self._size = size
        self._rows = self._columns = self._places = 0
        self._repeated = self._reached = self._column = self._width = 0
        self._filled = False
        self._copied = 0

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            self._rows = self._columns = 0
        elif name == "table:table-row":
            self._repeated = _count(attributes.get("table:number-rows-repeated", "1"))
            self._column = self._reached = 0
        elif name in _CELLS:
            self._width = _count(attributes.get("table:number-columns-repeated", "1"))
            self._filled = attributes.keys() - {"table:number-columns-repeated", "table:style-name"} != set()
            self._copied = sum(len(attributes.get(key, "")) for key in (*_VALUES, "table:formula"))
        elif name == "text:s":
            self._copied += _count(attributes.get("text:c", "1"))
        elif name == "text:p":
            self._filled = True
            self._copied += 1

    def text(self, text: str) -> None:
        self._copied += len(text)

    def closed(self, name: str) -> None:
        if name in _CELLS:
            self._column += self._width
            if self._filled:
                self._reached = self._column
                self._allowance.take_texts(self._copied * self._width * max(self._repeated, 1))
        elif name == "table:table-row":
            self._places += self._reached  # of each row, all cells up to the last that is filled are laid out
            self._rows += self._repeated
            self._columns = max(self._columns, self._reached)
            self._allowance.check_grid(self._places, 1, self._size)
            if self._reached:
                self._allowance.check_grid(self._rows, self._columns, self._size)


def _count(written: str) -> int:
    if not (written.isascii() and written.isdigit() and len(written) < 10):
        raise UnreadableWorkbook(f"is damaged: it repeats something {written[:20]!r} times")
    return int(written)
