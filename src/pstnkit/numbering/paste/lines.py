r"""Where lines and cells stand, kept so that it costs nothing until somebody asks: mostly nobody does.

Rows are separated by ``\n``, ``\r\n`` or ``\r``.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any, TypeVar

from pstnkit.numbering.paste.patterns import pattern

_T = TypeVar("_T", str, bytes)
_LINE_END = pattern("\r\n|\r|\n")


def place_typecode(text: str) -> str:
    """The typecode of arrays of places in a text."""
    return "I" if len(text) < 1 << 32 else "Q"


def split_lines(text: str, place: int, end: int) -> tuple[Sequence[int], list[str]]:
    r"""The lines of ``text[place:end]``, and where each starts.

    >>> split_lines("ab\r\nc\nd", 0, 6)
    (array('I', [0, 4, 6]), ['ab', 'c', ''])
    """
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


class Lines(Sequence[int]):
    r"""Where the rows start that stand in a piece of a text, one cell each, ``\n`` between them.

    ``over`` names those that go on over the ends of lines: of each the index of its first line, and of the line behind.
    """

    __slots__ = ("_count", "_end", "_over", "_place", "_text")

    def __init__(self, text: str, place: int, end: int, over: Sequence[int] = ()) -> None:
        self._text = text
        self._place = place
        self._end = end
        self._over = over
        self._count = text.count("\n", place, end) + 1 - sum(over[1::2]) + sum(over[::2]) + len(over) // 2

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, index: Any) -> Any:
        return self.starts()[index]

    def __iter__(self) -> Iterator[int]:
        return iter(self.starts())

    def starts(self) -> Sequence[int]:
        """All of them."""
        starts, _ = split_lines(self._text, self._place, self._end)
        if not self._over:
            return starts
        found = array(place_typecode(self._text), starts)
        for first, behind in self._backwards():
            del found[first + 1 : behind]
        return found

    @property
    def several(self) -> list[int]:
        """The indexes of the rows that go on over the ends of lines."""
        found = []
        more = 0
        for first, behind in zip(self._over[::2], self._over[1::2], strict=True):
            found.append(first - more)
            more += behind - first - 1
        return found

    def rows(self) -> list[str]:
        """The rows themselves."""
        lines = self.text().split("\n")
        self.join(lines)
        return lines

    def _backwards(self) -> Iterator[tuple[int, int]]:
        return zip(self._over[-2::-2], self._over[::-2], strict=True)

    def text(self) -> str:
        """The lines as they stand in the text."""
        return self._text[self._place : self._end]

    def join(self, items: list[_T]) -> None:
        """From an item for each line, which are all texts or all bytes, to one for each row."""
        for first, behind in self._backwards():
            between: Any = "\n" if isinstance(items[first], str) else b"\n"
            items[first:behind] = [between.join(items[first:behind])]
