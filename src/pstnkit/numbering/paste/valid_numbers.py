"""The valid numbers of a paste, as a sequence that makes them when they are looked at."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import final, overload

from pstnkit.numbering.telephone import NumberRange, TelephoneNumber


@final
class ValidNumbers(Sequence[TelephoneNumber]):
    """The valid numbers of a report, each once, in source order, ranges expanded; made when looked at."""

    __slots__ = ("_ends", "_spans")

    def __init__(self, spans: array[int]) -> None:
        self._spans = spans
        self._ends: list[int] = []

    def _counted(self) -> list[int]:
        """After each stretch, how many numbers there are so far."""
        if not self._ends:
            spans = self._spans
            self._ends = list(
                accumulate(last - first + 1 for first, last in zip(spans[::2], spans[1::2], strict=True))
            )
        return self._ends

    def __len__(self) -> int:
        ends = self._counted()
        return ends[-1] if ends else 0

    @overload
    def __getitem__(self, index: int) -> TelephoneNumber: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[TelephoneNumber, ...]: ...
    def __getitem__(self, index: int | slice) -> TelephoneNumber | tuple[TelephoneNumber, ...]:
        if isinstance(index, slice):
            return tuple(self[place] for place in range(*index.indices(len(self))))
        place = range(len(self))[index]
        stretch = bisect_right(self._counted(), place)
        return TelephoneNumber._of(self._spans[2 * stretch + 1] - (self._counted()[stretch] - 1 - place))

    def __iter__(self) -> Iterator[TelephoneNumber]:
        spans = self._spans
        of = TelephoneNumber._of
        for index in range(0, len(spans), 2):
            for digits in range(spans[index], spans[index + 1] + 1):
                yield of(digits)

    def ranges(self) -> Iterator[NumberRange]:
        """The same numbers as ranges, in source order: one for each number or range that was listed."""
        for index in range(0, len(self._spans), 2):
            yield NumberRange._of(self._spans[index], self._spans[index + 1])

    def __eq__(self, other: object) -> bool:
        return self._spans == other._spans if isinstance(other, ValidNumbers) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<{len(self):,} valid numbers>"
