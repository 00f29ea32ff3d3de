"""Cells that look like numbers and stand outside of the columns that were read: none disappears without a trace."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
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


class _Places:
    """Where unread cells stand in their sheet."""

    __slots__ = ("columns", "places", "rows", "sheet")

    def __init__(self, sheet: RawCells) -> None:
        self.sheet = sheet
        self.rows = array("I")
        self.columns = array("I")
        self.places = array(sheet.typecode)

    def cell(self, index: int, source: int | None) -> UnreadCell:
        row, column = self.rows[index], self.columns[index]
        place = self.places[index] if self.places else 0
        raw = self.sheet.raw(place, row, column)
        shown = " ".join(value_of(raw).split())
        start, end = (place, place + len(raw)) if self.sheet.positions else (None, None)
        return UnreadCell(raw, shown, row + 1, column + 1, start, end, self.sheet.sheet, source)


@final
class UnreadCells(LazySequence[UnreadCell]):
    """The unread cells of a paste in source order, each made when it is looked at."""

    __slots__ = ("_sheets",)

    def __init__(self, merged: Iterable[UnreadCells] = ()) -> None:
        self._sheets: list[tuple[_Places, int | None]] = [one for cells in merged for one in cells._sheets]
        """Of each sheet the places, and the number of its source."""

    @property
    def origins(self) -> set[tuple[int | None, str | None]]:
        """The sources, by number, and sheets, by name, that hold them."""
        return {(source, places.sheet.sheet) for places, source in self._sheets}

    def renumbered(self, numbers: Mapping[int | None, int | None]) -> UnreadCells:
        """The same cells, of sources with other ``numbers``."""
        made = UnreadCells()
        made._sheets = [(places, numbers[source]) for places, source in self._sheets]
        return made

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
        if not self._sheets or self._sheets[-1][0].sheet is not source:
            self._sheets.append((_Places(source), None))
        sheet = self._sheets[-1][0]
        for row, column, place in sorted(found):
            sheet.rows.append(row)
            sheet.columns.append(column)
            if stretch.starts:
                sheet.places.append(place)

    def __len__(self) -> int:
        return sum(len(places.rows) for places, _ in self._sheets)

    def _made(self, index: int) -> UnreadCell:
        ends = list(accumulate(len(places.rows) for places, _ in self._sheets))
        at = bisect_right(ends, index)
        places, source = self._sheets[at]
        return places.cell(index - ends[at] + len(places.rows), source)

    def __iter__(self) -> Iterator[UnreadCell]:
        for places, source in self._sheets:
            for index in range(len(places.rows)):
                yield places.cell(index, source)

    def __repr__(self) -> str:
        return f"<{counted(len(self), 'unread cell', 'unread cells')}>"
