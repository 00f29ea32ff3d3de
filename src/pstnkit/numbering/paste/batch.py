r"""Thousands of cells side by side, as bytes: their shapes and their digits.

A text in UTF-8 is copied twice at the speed of the interpreter's own loops: once with every digit written as ``0``,
once with nothing but the digits. Cells that are not in ASCII are cleaned before; those that go on over several lines,
or hold quotes that were other letters before, stand ``alone``, and have to be read as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress

from pstnkit.numbering.paste.cells import bare
from pstnkit.numbering.paste.cleaning import plain
from pstnkit.numbering.paste.lines import Lines
from pstnkit.numbering.paste.shapes import SHAPE

NOT_DIGITS = bytes(code for code in range(256) if code != 10 and not 48 <= code <= 57)
"""All bytes but digits and newlines."""
_ASCII_ON_A_LINE = bytes(code for code in range(128) if code != 10)


class Batch:
    """Some cells: a list of them, or those of ``lines`` of a text.

    >>> batch = Batch(["415-321-0100", "\uff14\uff11\uff15"])
    >>> batch.shapes, batch.digits, batch.text(1)
    ([b'000-000-0000', b'000'], [b'4153210100', b'415'], '415')
    """

    __slots__ = ("_cells", "_cleaned", "alone", "digits", "shapes")

    def __init__(self, cells: Sequence[str] | Lines) -> None:
        data, self._cells, strange = _of_lines(cells) if isinstance(cells, Lines) else _of_cells(cells)
        self.shapes = data.translate(SHAPE).split(b"\n")
        """What the cells are with every digit written as ``0``."""
        self.digits = data.translate(None, NOT_DIGITS).split(b"\n")
        """The digits of each."""
        self.alone: set[int] = set()
        """The indexes of cells that cannot be told by their shapes."""
        self._cleaned: dict[int, str] = {}
        if isinstance(cells, Lines):
            for column in (self.shapes, self.digits):
                cells.join(column)
        if not data.isascii():
            letters = data.translate(None, _ASCII_ON_A_LINE).split(b"\n")
            if isinstance(cells, Lines):
                cells.join(letters)
            strange.update(compress(range(len(letters)), letters))
        if strange:
            self._clean(sorted(strange))

    def _clean(self, strange: Sequence[int]) -> None:
        raw = list(map(self.raw, strange))
        cleaned = plain("\n".join([cell for cell in raw if not _has_quote_or_line_end(cell)])).split("\n")
        simple = iter(cleaned)
        if len(cleaned) != len(raw) - sum(map(_has_quote_or_line_end, raw)):
            simple = iter([plain(cell) for cell in raw if not _has_quote_or_line_end(cell)])
        for index, cell in zip(strange, raw, strict=True):
            text = plain(bare(cell)[0]).strip() if _has_quote_or_line_end(cell) else next(simple)
            # A quote that was another letter before is no quote around the cell.
            if _has_quote_or_line_end(text):
                self.alone.add(index)
                text = ""
            self._cleaned[index] = text
            data = text.encode()
            self.shapes[index] = data.translate(SHAPE)
            self.digits[index] = data.translate(None, NOT_DIGITS)

    def __len__(self) -> int:
        return len(self.shapes)

    def raw(self, index: int) -> str:
        """A cell as it is."""
        cell = self._cells[index]
        return cell if isinstance(cell, str) else cell.decode("utf-8", "surrogatepass")

    def text(self, index: int) -> str:
        """A cell, cleaned if it is not in ASCII; empty if it stands alone."""
        text = self._cleaned.get(index)
        return self.raw(index) if text is None else text


def _of_lines(lines: Lines) -> tuple[bytes, Sequence[str] | Sequence[bytes], set[int]]:
    data = lines.text().encode("utf-8", "surrogatepass")
    cells = data.split(b"\n")
    lines.join(cells)
    return data, cells, set(lines.several)


def _of_cells(cells: Sequence[str]) -> tuple[bytes, Sequence[str] | Sequence[bytes], set[int]]:
    data = "\n".join(cells).encode("utf-8", "surrogatepass")
    if data.count(b"\n") < len(cells):
        return data, cells, set()
    strange = {index for index, cell in enumerate(cells) if "\n" in cell}
    blanked = ["" if index in strange else cell for index, cell in enumerate(cells)]
    return "\n".join(blanked).encode("utf-8", "surrogatepass"), cells, strange


def _has_quote_or_line_end(text: str) -> bool:
    return '"' in text or "\n" in text
