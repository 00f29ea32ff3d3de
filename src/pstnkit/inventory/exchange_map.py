"""An exchange as a picture: a map of 100 by 100, a line of numbers to each square (pure SVG, nothing else needed).

What is what is told by texture as well as by color: what is free is filled, what is held is hatched, what is taken is
blank, and what matches is filled darker (lighter in the dark) and outlined.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import final
from zlib import crc32

from pstnkit.numbering import bits
from pstnkit.numbering.ranges import NumberRange
from pstnkit.numbering.telephone import Exchange, TelephoneNumber

_SIDE = 100
_ROW = (1 << _SIDE) - 1
_SQUARE = 6
"""How many pixels a square is wide."""
_LEFT, _TOP, _RIGHT, _BOTTOM = 60, 64, 20, 44
_BOX = "pstnkit-map"
_LIGHT = {"free": "#5b96d6", "match": "#0b2f5e"}
_DARK = {"free": "#3b73ad", "match": "#d9ebff"}
_MARKED_NAMED = 3


@final
class ExchangeMap:
    """Which lines of an exchange are free, held and taken, and which of them match.

    A notebook shows the picture; :meth:`to_svg` gives it. Each square is one number: the rows are the hundreds, top
    down from 0000, and in a row the last two digits go from left to right.

    >>> from pstnkit.inventory.inventory import Inventory
    >>> shown = Inventory([NumberRange("4155550100", "4155550149")]).map(Exchange("415555"))
    >>> shown
    <ExchangeMap of 415-555: 50 free, 0 held, 9,950 taken>
    >>> shown.to_svg()[:4]
    '<svg'
    """

    __slots__ = ("_free", "_held", "_marked", "exchange")

    def __init__(
        self,
        exchange: Exchange,
        free: int,
        held: int | None,
        marked: Iterable[NumberRange | TelephoneNumber] = (),
    ) -> None:
        """``free`` and ``held`` are bitmaps of lines (see :mod:`pstnkit.numbering.bits`); where ``held`` is None, it
        is not known what of the rest is held and what is taken."""
        self.exchange = exchange
        self._free = free
        self._held = held
        parts = (NumberRange(part, part) if isinstance(part, TelephoneNumber) else part for part in marked)
        self._marked = tuple(part for part in parts if part.exchange == exchange)

    @property
    def free(self) -> int:
        """How many numbers are free."""
        return self._free.bit_count()

    @property
    def held(self) -> int | None:
        """How many numbers are held; None if that is not known."""
        return None if self._held is None else self._held.bit_count()

    @property
    def taken(self) -> int:
        """How many numbers are neither free nor held: sold, or not in the inventory."""
        return bits.LINES - self.free - (self.held or 0)

    @property
    def marked(self) -> tuple[NumberRange, ...]:
        """What of this exchange matches, as it was given."""
        return self._marked

    def __repr__(self) -> str:
        return f"<ExchangeMap of {self.exchange}: {self._counts()}>"

    def _counts(self) -> str:
        rest = f"{self.taken:,} taken" if self.held is not None else f"{self.taken:,} not free"
        held = f"{self.held:,} held, " if self.held is not None else ""
        return f"{self.free:,} free, {held}{rest}"

    def to_svg(self) -> str:
        """The picture, for light and dark surroundings, described in words for those who do not see it."""
        width, height = _LEFT + _SIDE * _SQUARE + _RIGHT, _TOP + _SIDE * _SQUARE + _BOTTOM
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" class="{_BOX}" role="img" width="{width}" height="{height}"'
            f' viewBox="0 0 {width} {height}" font-family="system-ui,sans-serif" font-size="12">',
            f"<title>Exchange {self.exchange}</title>",
            f"<desc>A map of 100 by 100 squares, one for each number. {self._counts()}. {self._matches()}</desc>",
            "<style>",
            *_style(),
            "</style>",
            self._pattern(),
            f'<rect class="paper" x=".5" y=".5" width="{width - 1}" height="{height - 1}" rx="8"/>',
            f'<text class="ink" x="{_LEFT}" y="26" font-size="15" font-weight="600">Exchange {self.exchange}</text>',
            *_labels(),
            f'<g transform="translate({_LEFT},{_TOP}) scale({_SQUARE})">',
            f'<g shape-rendering="crispEdges"><path class="free" d="{_squares(self._free)}"/>',
            f'<path fill="url(#{self._hatch()})" d="{_squares(self._held or 0)}"/></g>',
            f'<path class="grid" d="{_grid()}"/>',
            *(
                f'<path class="match" d="{_outline(part)}"><title>{_said(part)}</title></path>'
                for part in self._marked
            ),
            "</g>",
            *self._legend(),
            "</svg>",
        ]
        return "\n".join(parts)

    def _repr_svg_(self) -> str:
        return self.to_svg()

    def _repr_html_(self) -> str:
        # As a part of the page, and not as an image of its own, it follows the page's light.
        return self.to_svg()

    def _hatch(self) -> str:
        # A page may show an exchange twice, and one of the pictures may be folded up, its pattern with it.
        return f"pstnkit-held-{int(self.exchange)}-{crc32(repr((self._free, self._held)).encode()):08x}"

    def _pattern(self) -> str:
        if not self._held:
            return "<defs/>"
        return (
            f'<defs><pattern id="{self._hatch()}" width=".5" height=".5" patternUnits="userSpaceOnUse"'
            ' patternTransform="rotate(45)"><path class="hatch" d="M0 0v.5"/></pattern></defs>'
        )

    def _matches(self) -> str:
        if not self._marked:
            return "Nothing is marked."
        named = ", ".join(map(_said, self._marked[:_MARKED_NAMED]))
        more = len(self._marked) - _MARKED_NAMED
        return f"Marked: {named}{f' and {more:,} more' if more > 0 else ''}."

    def _legend(self) -> Iterator[str]:
        entries = [("free", f"{self.free:,} free")]
        if self.held is not None:
            entries.append(("held", f"{self.held:,} held"))
        entries.append(("taken", f"{self.taken:,} {'taken' if self.held is not None else 'held or taken'}"))
        if self._marked:
            entries.append(("match", f"{len(self._marked):,} marked"))
        y = _TOP + _SIDE * _SQUARE + 18
        for index, (kind, text) in enumerate(entries):
            x = _LEFT + index * 150
            fill = f' style="fill:url(#{self._hatch()})"' if kind == "held" else ""
            scale = f'transform="translate({x},{y}) scale({_SQUARE})"'
            yield f'<path class="key {kind}" {scale} d="M0 0h2v2h-2z"{fill}/>'
            yield f'<text class="ink" x="{x + 20}" y="{y + 10}">{text}</text>'


def _style() -> list[str]:
    from pstnkit.rendering.theme import themes

    return [
        *themes(_BOX, _LIGHT, _DARK),
        f".{_BOX}{{max-width:100%;height:auto}}",
        f".{_BOX} .paper{{fill:var(--paper);stroke:var(--line)}}",
        f".{_BOX} .ink{{fill:var(--ink)}}.{_BOX} .dim{{fill:var(--dim)}}",
        f".{_BOX} .free{{fill:var(--free)}}.{_BOX} .taken{{fill:none}}",
        f".{_BOX} .hatch{{stroke:var(--ink);stroke-width:.3}}",
        f".{_BOX} .grid{{fill:none;stroke:var(--dim);stroke-width:.06}}",
        f".{_BOX} .match{{fill:var(--match);stroke:var(--paper);stroke-width:.25}}",
        f".{_BOX} .key{{stroke:var(--ink);stroke-width:.12}}",
    ]


def _said(part: NumberRange) -> str:
    return str(part.first) if len(part) == 1 else str(part)


def _labels() -> Iterator[str]:
    for ten in range(0, _SIDE, 10):
        x, y = _LEFT + ten * _SQUARE, _TOP + ten * _SQUARE
        yield f'<text class="dim" x="{x}" y="{_TOP - 8}">{ten:02}</text>'
        yield f'<text class="dim" x="{_LEFT - 8}" y="{y + 10}" text-anchor="end">{ten:02}00</text>'


def _grid() -> str:
    """Lines around every ten squares: down the page, a thousands-block."""
    tens = range(0, _SIDE + 1, 10)
    return "".join(f"M{ten} 0v{_SIDE}M0 {ten}h{_SIDE}" for ten in tens)


def _squares(bitmap: int) -> str:
    """The lines of a bitmap as one path of bars, none of them over the end of a row."""
    return "".join(
        f"M{first} {row}h{last - first + 1}v1h-{last - first + 1}z"
        for row in range(_SIDE)
        for first, last in bits.runs(bitmap >> row * _SIDE & _ROW)
    )


def _outline(part: NumberRange) -> str:
    """The outline of a stretch of lines: a bar, two bars that do not touch, or a block with steps at its ends."""
    top, left = divmod(part._first % bits.LINES, _SIDE)
    bottom, right = divmod(part._last % bits.LINES, _SIDE)
    right += 1
    if top == bottom:
        return f"M{left} {top}H{right}v1H{left}z"
    if bottom == top + 1 and right <= left:
        return f"M{left} {top}H{_SIDE}v1H{left}zM0 {bottom}H{right}v1H0z"
    return f"M{left} {top}H{_SIDE}V{bottom}H{right}v1H0V{top + 1}H{left}z"
