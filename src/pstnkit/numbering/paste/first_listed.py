"""Which entry of a paste listed a number first: what a repetition is told of."""

from __future__ import annotations

from bisect import bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING

from pstnkit.numbering.bcd import to_bcd
from pstnkit.numbering.paste.outcomes import DUPLICATE, places_of

if TYPE_CHECKING:
    from pstnkit.numbering.paste.records import Records


class FirstListed:
    """Which entry listed a number first, for all numbers that are listed again."""

    __slots__ = ("_index_of", "_stretches")

    def __init__(self, records: Records) -> None:
        again = {
            records.numbers[index] or to_bcd(records.repetition(index).number)
            for index in places_of(DUPLICATE, records.codes)
        }
        self._index_of: dict[int, int] = {}
        for index, (number, code) in enumerate(zip(records.numbers, records.codes, strict=True)):
            if code < DUPLICATE and number in again:
                self._index_of.setdefault(number, index)
        self._stretches = sorted(
            (first, last, index)
            for index in records.spans
            if records.codes[index] <= DUPLICATE
            for first, last in records.fresh(index)
        )

    def entry_of(self, number: int) -> int:
        """The index of the entry that listed ``number``, which was listed again, first."""
        index = self._index_of.get(to_bcd(number))
        if index is None:
            index = self._stretches[bisect_right(self._stretches, number, key=itemgetter(0)) - 1][2]
        return index
