r"""Thousands of cells side by side, as bytes: their shapes and their digits.

A text in UTF-8 is copied twice at the speed of the interpreter's own loops: once with every digit written as ``0``,
once with nothing but the digits. Cells that are not in ASCII can be cleaned; those that go on over several lines, or
hold quotes that were other letters before, stand ``alone``, and have to be read as they are.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from pstnkit.numbering.paste.cells import bare
from pstnkit.numbering.paste.cleaning import plain
from pstnkit.numbering.paste.lines import Lines

SHAPE = bytes.maketrans(b"0123456789", b"0000000000")
"""``cell.translate(SHAPE)`` is the shape of a cell in UTF-8."""
NOT_DIGITS = bytes(code for code in range(256) if code != 10 and not 48 <= code <= 57)
"""All bytes but digits and newlines."""
_NO_SHAPE = b"\n"


class Batch:
    """Some cells: a list of them, or those of ``lines`` of a text.

    >>> batch = Batch(["415-321-0100", "\uff14\uff11\uff15"])
    >>> batch.clean([1])
    >>> batch.shapes, batch.digits, batch.text(1)
    ([b'000-000-0000', b'000'], [b'4153210100', b'415'], '415')
    """

    __slots__ = ("_cleaned", "_raw", "alone", "digits", "shapes")

    def __init__(self, cells: Sequence[str] | Lines) -> None:
        text, several = (
            (cells.text(), cells.several()) if isinstance(cells, Lines) else _on_a_line_each(cells)
        )
        data = text.encode("utf-8", "surrogatepass")
        self.shapes = data.translate(SHAPE).split(b"\n")
        """What the cells are with every digit written as ``0``."""
        self.digits = data.translate(None, NOT_DIGITS).split(b"\n")
        """The digits of each."""
        self.alone: set[int] = set()
        """The indexes of cells that cannot be told by their shapes."""
        self._cleaned: dict[int, str] = {}
        self._raw: dict[int, str] = {}
        """What stands in the source of cells that stand alone."""
        for index, cell in several.items():
            self._put(index, plain(bare(cell)[0]).strip(), cell)

    def clean(self, indexes: Sequence[int]) -> None:
        """Put cleaned cells in the place of those at ``indexes`` that are not in ASCII, unless that has been done."""
        together: list[int] = []
        texts: list[str] = []
        for index in indexes:
            if self.shapes[index].isascii() or index in self._cleaned:
                continue
            cell = self.raw(index)
            if '"' in cell:
                self._put(index, plain(bare(cell)[0]).strip(), cell)
            else:
                together.append(index)
                texts.append(cell)
        cleaned = plain("\n".join(texts))
        if '"' in cleaned or cleaned.count("\n") >= len(together):
            for index, text in zip(together, texts, strict=True):
                self._put(index, plain(text), text)
            return
        self._cleaned.update(zip(together, cleaned.split("\n"), strict=False))
        data = cleaned.encode()
        for column, items in (
            (self.shapes, data.translate(SHAPE)),
            (self.digits, data.translate(None, NOT_DIGITS)),
        ):
            deque(map(column.__setitem__, together, items.split(b"\n")), maxlen=0)

    def _put(self, index: int, text: str, raw: str) -> None:
        # A quote that was another letter before is no quote around the cell.
        if '"' in text or "\n" in text:
            self.alone.add(index)
            self._raw[index] = raw
            self.shapes[index] = _NO_SHAPE
            return
        self._cleaned[index] = text
        data = text.encode()
        self.shapes[index] = data.translate(SHAPE)
        self.digits[index] = data.translate(None, NOT_DIGITS)

    def __len__(self) -> int:
        return len(self.shapes)

    def raw(self, index: int) -> str:
        """A cell as it is, unless it was cleaned and does not stand alone."""
        raw = self._raw.get(index)
        if raw is None:
            shape = self.shapes[index].replace(b"%", b"%%").replace(b"0", b"%c")
            raw = (shape % tuple(self.digits[index])).decode("utf-8", "surrogatepass")
        return raw

    def text(self, index: int) -> str:
        """A cell; cleaned, if that was asked for."""
        text = self._cleaned.get(index)
        return self.raw(index) if text is None else text


def _on_a_line_each(cells: Sequence[str]) -> tuple[str, dict[int, str]]:
    """The cells as lines of a text, and those that have several lines: in the text these are blank."""
    text = "\n".join(cells)
    if text.count("\n") < len(cells):
        return text, {}
    several = {index: cell for index, cell in enumerate(cells) if "\n" in cell}
    return "\n".join(["" if index in several else cell for index, cell in enumerate(cells)]), several
