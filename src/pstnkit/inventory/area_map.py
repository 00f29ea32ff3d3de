"""The exchanges of area codes as a picture: a square for each, the larger the more of its numbers are free."""

from __future__ import annotations

from collections.abc import Iterator
from math import sqrt
from typing import TYPE_CHECKING, final

from pstnkit.catalog import counted
from pstnkit.errors import CallerError
from pstnkit.numbering.bits import LINES

if TYPE_CHECKING:
    from pstnkit.numbering.numberset import NumberSet

_COLUMNS, _ROWS = 100, 8
_SQUARE = 8
_LEFT, _TOP, _RIGHT, _BOTTOM = 70, 64, 20, 44
_BAND = _ROWS * _SQUARE + 12
_LEVELS = 5
_BOX = "pstnkit-areas"


@final
class AreaMap:
    """How much is free in each exchange of some area codes, those with the most numbers.

    A notebook shows the picture; :meth:`to_svg` gives it. Each area code has eight rows, of the exchanges 200 to 299,
    300 to 399 and so on, from left to right by their last two digits. A square fills its place when nearly all of an
    exchange is free, and there is none where nothing is.

    >>> from pstnkit.inventory.inventory import Inventory
    >>> from pstnkit.numbering.ranges import NumberRange
    >>> Inventory([NumberRange("4155550000", "4155559999")]).area_map()
    <AreaMap of 1 area code: 1 exchange>
    """

    __slots__ = ("_areas", "_left_out")

    def __init__(self, free: NumberSet, limit: int | None) -> None:
        _check(limit)
        areas: dict[int, dict[int, int]] = {}
        for code, bitmap in free._items():
            npa, nxx = divmod(code, 1000)
            areas.setdefault(npa, {})[nxx] = bitmap.bit_count()
        shown = sorted(areas, key=lambda npa: -sum(areas[npa].values()))[:limit]
        self._areas = {npa: areas[npa] for npa in sorted(shown)}
        self._left_out = len(areas) - len(shown)

    def __repr__(self) -> str:
        return f"<AreaMap of {self._counts()}>"

    def _counts(self) -> str:
        exchanges = sum(map(len, self._areas.values()))
        return f"{counted(len(self._areas), 'area code')}: {counted(exchanges, 'exchange')}"

    def to_svg(self) -> str:
        """The picture, for light and dark surroundings, described in words for those who do not see it."""
        from pstnkit.rendering.theme import themes

        width = _LEFT + _COLUMNS * _SQUARE + _RIGHT
        height = _TOP + _BAND * len(self._areas) + _BOTTOM
        said = "; ".join(
            f"{npa}: {counted(sum(exchanges.values()), 'number')} free in {counted(len(exchanges), 'exchange')}"
            for npa, exchanges in self._areas.items()
        )
        more = f"; {counted(self._left_out, 'more area code')} not shown" if self._left_out else ""
        return "\n".join(
            [
                f'<svg xmlns="http://www.w3.org/2000/svg" class="{_BOX}" role="img" width="{width}" height="{height}"'
                f' viewBox="0 0 {width} {height}" font-family="system-ui,sans-serif" font-size="12">',
                f"<title>{self._counts()}</title>",
                f"<desc>A square for each exchange, the larger the more is free. {said}{more}.</desc>",
                "<style>",
                *themes(_BOX, {"free": "#3f7fc4"}, {"free": "#5b96d6"}),
                f".{_BOX}{{max-width:100%;height:auto}}",
                f".{_BOX} .paper{{fill:var(--paper);stroke:var(--line)}}.{_BOX} .free{{fill:var(--free)}}",
                f".{_BOX} .ink{{fill:var(--ink)}}.{_BOX} .dim{{fill:var(--dim)}}",
                f".{_BOX} .grid{{fill:none;stroke:var(--line);stroke-width:1}}",
                "</style>",
                f'<rect class="paper" x=".5" y=".5" width="{width - 1}" height="{height - 1}" rx="8"/>',
                f'<text class="ink" x="{_LEFT}" y="26" font-size="15" font-weight="600">Free, by exchange</text>',
                *self._columns(),
                *self._bands(),
                *self._legend(height),
                "</svg>",
            ]
        )

    def _repr_svg_(self) -> str:
        return self.to_svg()

    def _repr_html_(self) -> str:
        # As a part of the page, and not as an image of its own, it follows the page's light.
        return self.to_svg()

    def _columns(self) -> Iterator[str]:
        for ten in range(0, _COLUMNS, 10):
            yield f'<text class="dim" x="{_LEFT + ten * _SQUARE}" y="{_TOP - 10}">{ten:02}</text>'

    def _bands(self) -> Iterator[str]:
        for index, (npa, exchanges) in enumerate(self._areas.items()):
            top = _TOP + index * _BAND
            yield f'<text class="ink" x="12" y="{top + 12}" font-weight="600">{npa}</text>'
            for row, hundred in ((0, "2xx"), (_ROWS - 1, "9xx")):
                y = top + row * _SQUARE + 8
                yield f'<text class="dim" x="{_LEFT - 6}" y="{y}" font-size="9" text-anchor="end">{hundred}</text>'
            path = "".join(
                _square(_LEFT + nxx % 100 * _SQUARE, top + (nxx // 100 - 2) * _SQUARE, _level(count))
                for nxx, count in exchanges.items()
            )
            yield f'<path class="grid" d="M{_LEFT} {top - 5.5}h{_COLUMNS * _SQUARE}"/><path class="free" d="{path}"/>'

    def _legend(self, height: int) -> Iterator[str]:
        y = height - 28
        for level in range(1, _LEVELS + 1):
            x = _LEFT + (level - 1) * 110
            most = LINES * level // _LEVELS
            yield f'<path class="free" d="{_square(x, y + 3, level)}"/>'
            yield f'<text class="ink" x="{x + 12}" y="{y + 10}">to {most:,} free</text>'


def _check(limit: object) -> None:
    if limit is not None and (type(limit) is not int or limit < 1):
        raise CallerError(f"limit: {limit!r} is not a count of area codes, from 1 on; None shows all")


def _level(count: int) -> int:
    """How large a square is, from 1 on: the steps are of equal numbers."""
    return -(-count * _LEVELS // LINES)


def _square(x: int, y: int, level: int) -> str:
    """A square in the middle of its place, with an area in proportion to the level."""
    side = round((_SQUARE - 1) * sqrt(level / _LEVELS), 1)
    inset = round((_SQUARE - side) / 2, 1)
    return f"M{x + inset:g} {y + inset:g}h{side:g}v{side:g}h-{side:g}z"
