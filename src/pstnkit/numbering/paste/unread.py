"""Cells that look like numbers and stand outside of the columns that were read: none disappears without a trace."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Collection, Iterable
from itertools import accumulate
from typing import TYPE_CHECKING, final

from pstnkit.catalog import counted
from pstnkit.numbering.paste.cells import value_of
from pstnkit.numbering.paste.entry import UnreadCell
from pstnkit.numbering.paste.glance import numbers_among
from pstnkit.numbering.paste.lazy import LazySequence

if TYPE_CHECKING:
    from pstnkit.numbering.paste.raw_cells import RawCells
    from pstnkit.numbering.paste.stretches import Stretch


class _Sheet:
    """The unread cells of one source."""

    __slots__ = ("columns", "places", "rows", "source")

    def __init__(self, source: RawCells) -> None:
        self.source = source
        self.rows = array("I")
        self.columns = array("I")
        self.places = array(source.typecode)

    def cell(self, index: int) -> UnreadCell:
        row, column = self.rows[index], self.columns[index]
        place = self.places[index] if self.places else 0
        raw = self.source.raw(place, row, column)
        shown = " ".join(value_of(raw).split())
        start, end = (place, place + len(raw)) if self.source.positions else (None, None)
        return UnreadCell(raw, shown, row + 1, column + 1, start, end, self.source.sheet)


@final
class UnreadCells(LazySequence[UnreadCell]):
    """The unread cells of a paste in source order, each made when it is looked at."""

    __slots__ = ("_sheets",)

    def __init__(self, merged: Iterable[UnreadCells] = ()) -> None:
        self._sheets: list[_Sheet] = [sheet for cells in merged for sheet in cells._sheets]

    def note(self, source: RawCells, stretch: Stretch, read: Collection[int]) -> None:
        """Keep the cells of a stretch that look like numbers and are not in the columns that are ``read``."""
        chosen = frozenset(read)
        found: list[tuple[int, int, int]] = []
        for block in stretch.blocks():
            for part in block.parts():
                likely = () if part.column in chosen else numbers_among(part.cells)
                if likely:
                    found += [place for place in part.where(likely) if place[1] not in chosen]
        if not found:
            return
        if not self._sheets or self._sheets[-1].source is not source:
            self._sheets.append(_Sheet(source))
        sheet = self._sheets[-1]
        for row, column, place in sorted(found):
            sheet.rows.append(row)
            sheet.columns.append(column)
            if stretch.starts:
                sheet.places.append(place)

    def __len__(self) -> int:
        return sum(len(sheet.rows) for sheet in self._sheets)

    def _made(self, index: int) -> UnreadCell:
        ends = list(accumulate(len(sheet.rows) for sheet in self._sheets))
        at = bisect_right(ends, index)
        return self._sheets[at].cell(index - ends[at] + len(self._sheets[at].rows))

    def __repr__(self) -> str:
        return f"<{counted(len(self), 'unread cell', 'unread cells')}>"
