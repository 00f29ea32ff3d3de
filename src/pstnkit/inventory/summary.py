"""What an inventory amounts to: how many numbers, in which runs, how many blocks, by area code and rate center.

An exchange is looked at with a few operations on its whole bitmap. The windows of ``n`` lines tell how many runs of at
least ``n`` there are and how many numbers are in them: a run of ``L`` has ``L - n + 1`` windows, so ``r`` runs with
``w`` windows have ``w + r * (n - 1)`` numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import attrs

from pstnkit.inventory.memory import longest_run
from pstnkit.inventory.supply import RateCenter, RunBand, Supply
from pstnkit.numbering import bits
from pstnkit.numbering.ranges import NumberRange

if TYPE_CHECKING:
    from pstnkit.inventory.exchanges import Exchanges
    from pstnkit.numbering.numberset import NumberSet

_SHORTEST = (1, 2, 10, 20, 50, 100, 500, 1000, bits.LINES)
_BANDS = tuple((low, high - 1) for low, high in pairwise((*_SHORTEST, bits.LINES + 1)))


@attrs.frozen
class InventorySummary:
    """What an inventory has free, in all and by place, at one moment.

    >>> from pstnkit.inventory.inventory import Inventory
    >>> free = [NumberRange("4155550100", "4155550149"), NumberRange("4155550151", "4155550151")]
    >>> summary = Inventory(free).summary()
    >>> summary.total.numbers, summary.total.blocks[10], str(summary.total.longest_run)
    (51, 5, '+14155550100..+14155550149')
    >>> summary.by_area_code["415"].exchanges
    1
    """

    total: Supply
    by_area_code: Mapping[str, Supply]
    """Ascending; only area codes with numbers."""
    by_rate_center: Mapping[RateCenter, Supply]
    """Ascending, as far as the table of exchanges knows; a run never goes on into another rate center."""
    not_placed: int
    """How many numbers are in no rate center that is known."""

    def to_text(self, *, limit: int | None = 20) -> str:
        """The summary in lines of text; of area codes and rate centers, the ``limit`` with the most numbers."""
        from pstnkit.inventory.summary_views import summary_text

        return summary_text(self, limit)

    def __str__(self) -> str:
        return self.to_text()

    def to_html(self, *, limit: int | None = 20) -> str:
        """The same as a part of a page, with the profile drawn, for light and dark surroundings."""
        from pstnkit.inventory.summary_views import summary_html

        return summary_html(self, limit)

    def _repr_html_(self) -> str:
        return self.to_html()


def summary_of(
    free: NumberSet, block_sizes: tuple[int, ...], exchanges: Exchanges | None
) -> InventorySummary:
    """The summary of the numbers in ``free``, by the rate centers of a table if there is one."""
    total = _Tally(block_sizes)
    areas: dict[str, _Tally] = {}
    centers: dict[RateCenter, _Tally] = {}
    placed = 0
    for code, bitmap in free._items():
        found = _field(code, bitmap, block_sizes)
        total.add(found)
        areas.setdefault(str(code // 1000), _Tally(block_sizes)).add(found)
        for center, lines in () if exchanges is None else _centers(exchanges, code):
            here = bitmap & lines
            if here:
                part = found if here == bitmap else _field(code, here, block_sizes)
                placed += part.numbers
                centers.setdefault(center, _Tally(block_sizes)).add(part)
    return InventorySummary(
        total.supply(),
        {npa: tally.supply() for npa, tally in areas.items()},
        {center: centers[center].supply() for center in sorted(centers, key=_by_name)},
        total.numbers - placed,
    )


def _by_name(center: RateCenter) -> tuple[str, str]:
    return center.state or "", center.name


def _centers(exchanges: Exchanges, code: int) -> Iterable[tuple[RateCenter, int]]:
    """The rate centers that an exchange has lines in, with these lines."""
    lines_of: dict[RateCenter, int] = {}
    for lines, place in exchanges._lines_of(code):
        if place.rate_center is not None:
            center = RateCenter(place.state, " ".join(place.rate_center.split()).upper())
            lines_of[center] = lines_of.get(center, 0) | lines
    return lines_of.items()


class _Field(NamedTuple):
    """What one exchange has, with ``windows`` and ``runs`` of each of the lengths in ``_SHORTEST``."""

    code: int
    bitmap: int
    numbers: int
    longest: int
    runs: list[tuple[int, int]]
    blocks: list[int]


def _field(code: int, bitmap: int, block_sizes: tuple[int, ...]) -> _Field:
    longest = longest_run(bitmap)
    runs = []
    windows, length = bitmap, 1
    for shortest in _SHORTEST:
        if shortest > longest:
            runs.append((0, 0))
            continue
        # Windows of the next length come from windows of the last one.
        windows, length = bits.starts(windows, shortest - length + 1), shortest
        count = (windows & ~(windows << 1)).bit_count()
        runs.append((count, windows.bit_count() + count * (shortest - 1)))
    blocks = [bits.blocks(bitmap, size).bit_count() if size <= longest else 0 for size in block_sizes]
    return _Field(code, bitmap, bitmap.bit_count(), longest, runs, blocks)


class _Tally:
    """The sum of some exchanges, which come lowest first."""

    def __init__(self, block_sizes: tuple[int, ...]) -> None:
        self.numbers = 0
        self._exchanges = 0
        self._runs = [(0, 0)] * len(_SHORTEST)
        self._blocks = dict.fromkeys(block_sizes, 0)
        self._longest: _Field | None = None

    def add(self, field: _Field) -> None:
        self.numbers += field.numbers
        self._exchanges += 1
        self._runs = [(a + c, b + d) for (a, b), (c, d) in zip(self._runs, field.runs, strict=True)]
        for size, count in zip(self._blocks, field.blocks, strict=True):
            self._blocks[size] += count
        if self._longest is None or field.longest > self._longest.longest:
            self._longest = field

    def supply(self) -> Supply:
        return Supply(
            self.numbers, self._exchanges, tuple(self._profile()), self._longest_run(), self._blocks
        )

    def _profile(self) -> Iterator[RunBand]:
        """The runs of each band: those of at least its shortest length, without those of the next band's."""
        for (low, high), here, above in zip(_BANDS, self._runs, [*self._runs[1:], (0, 0)], strict=True):
            yield RunBand(low, high, here[0] - above[0], here[1] - above[1])

    def _longest_run(self) -> NumberRange | None:
        if self._longest is None:
            return None
        code, bitmap, length = self._longest.code, self._longest.bitmap, self._longest.longest
        first, last = next(bits.runs(bitmap, length))
        return NumberRange._of(code * bits.LINES + first, code * bits.LINES + last)
