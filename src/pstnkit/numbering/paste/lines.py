r"""Where lines and cells stand, kept so that it costs nothing until somebody asks: mostly nobody does.

Rows are separated by ``\n``, ``\r\n`` or ``\r``.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any

from pstnkit.numbering.paste.patterns import pattern

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

    ``over`` says of those that go on over the ends of lines where they start and end.
    """

    __slots__ = ("_end", "_over", "_place", "_size", "_text")

    def __init__(self, text: str, place: int, end: int, over: Sequence[int] = ()) -> None:
        self._text = text
        self._place = place
        self._end = end
        self._over = over
        inside = sum(text.count("\n", start, stop) for start, stop in self._pairs())
        self._size = text.count("\n", place, end) + 1 - inside

    def _pairs(self) -> Iterator[tuple[int, int]]:
        return zip(self._over[::2], self._over[1::2], strict=True)

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, index: Any) -> Any:
        return self.starts()[index]

    def __iter__(self) -> Iterator[int]:
        return iter(self.starts())

    @property
    def go_over(self) -> bool:
        """Whether any row goes on over the end of a line."""
        return len(self._over) > 0

    @property
    def size(self) -> int:
        """How many characters they have in all."""
        return self._end - self._place

    def starts(self) -> Sequence[int]:
        """All of them."""
        lengths = map(len, self.text().split("\n"))
        starts = array(place_typecode(self._text), accumulate(map((1).__add__, lengths), initial=self._place))
        starts.pop()
        return starts

    def text(self) -> str:
        """The rows as they stand in the text, but for a blank where a row goes on over the end of a line."""
        text, reached = self._text, self._place
        if not self._over:
            return text[reached : self._end]
        pieces = []
        for start, stop in self._pairs():
            pieces += [text[reached:start], text[start:stop].replace("\n", " ")]
            reached = stop
        return "".join([*pieces, text[reached : self._end]])

    def several(self) -> dict[int, str]:
        """The rows that go on over the ends of lines, by their indexes."""
        found = {}
        index, reached = 0, self._place
        for start, stop in self._pairs():
            index += self._text.count("\n", reached, start)
            found[index] = self._text[start:stop]
            reached = stop
        return found

    def rows(self) -> list[str]:
        """The rows themselves."""
        rows = self.text().split("\n")
        for index, row in self.several().items():
            rows[index] = row
        return rows
