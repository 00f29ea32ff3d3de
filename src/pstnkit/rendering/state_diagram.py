"""State machines as pictures: pure SVG that needs nothing else, for light and dark surroundings and without color.

States stand below each other in the order in which they are given. A step to the next state is an arrow straight
down. Every other arrow leaves its state at the side, under its label, and runs along a lane that belongs to the state
where it ends: to the right on the way down, to the left on the way back. Arrows to the same state share their lane,
with a dot where one joins; where lines merely cross, one of them is interrupted. So a machine of fifteen states can be
drawn without two labels or two boxes in one place, and every arrow can be followed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain

from attrs import define, field, frozen

from pstnkit.rendering.escape import html
from pstnkit.rendering.theme import themes

_CLASS = "pstnkit-states"
_MARGIN, _TITLE = 18, 44
_BOX_PAD, _BOX_LEAST = 16, 32
_PORT = 21  # between two lines that leave or reach a state on one side
_GAP, _ARROW_GAP = 16, 40  # between two states, without and with an arrow straight down
_LANE = 15  # between two lanes
_ROUND = 6
_FONT, _LABEL = 13, 12


@frozen
class Arrow:
    """A step from one state to another: what we decide that takes it, and what reports take it."""

    source: str
    target: str
    decisions: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """All of it as text."""
        return ", ".join((*self.decisions, *self.reports))


@define
class _Box:
    """A state with its place, and the places of the lines at its two sides."""

    name: str
    top: float = 0
    height: float = 0
    right: dict[str, float] = field(factory=dict)
    left: dict[str, float] = field(factory=dict)

    @property
    def bottom(self) -> float:
        return self.top + self.height


@frozen
class _Side:
    """One side of the column of states: its lanes by the state in which they end, each with its arrows and column."""

    down: bool
    arrows: dict[str, list[Arrow]]
    columns: dict[str, int]

    @property
    def lanes(self) -> int:
        return max(self.columns.values(), default=-1) + 1

    @property
    def label_width(self) -> float:
        return max(
            (_width(arrow.label, _LABEL) for lane in self.arrows.values() for arrow in lane), default=0
        )

    @property
    def width(self) -> float:
        return 0 if not self.arrows else 10 + self.label_width + 10 + self.lanes * _LANE


def state_diagram(title: str, states: Sequence[str], ends: Collection[str], arrows: Iterable[Arrow]) -> str:
    """A picture of a machine: its ``states``, the first of which is the beginning, the ``ends`` among them, and its
    ``arrows``.

    >>> press = [Arrow("off", "on", ("press",)), Arrow("on", "off", ("press",))]
    >>> drawn = state_diagram("a light", ["off", "on"], [], press)
    >>> drawn[:4], drawn.count("<rect")
    ('<svg', 3)
    """
    return "\n".join(_Diagram(title, states, ends, tuple(arrows)).lines())


def _width(text: str, size: float) -> float:
    """How wide a text is, at the most."""
    return len(text) * size * 0.6


def _side(places: dict[str, int], arrows: Iterable[Arrow], *, down: bool) -> _Side:
    """The lanes of one side. The nearer a lane's end, the further in it runs, and lanes that do not meet share a
    column: so that a line that reaches its state crosses none that goes on."""
    lanes: dict[str, list[Arrow]] = {}
    for arrow in arrows:
        lanes.setdefault(arrow.target, []).append(arrow)
    columns: dict[str, int] = {}
    taken: list[list[tuple[int, int]]] = []
    for target in sorted(lanes, key=lambda name: places[name], reverse=not down):
        ends = [places[arrow.source] for arrow in lanes[target]] + [places[target]]
        span = min(ends), max(ends)
        column = 0
        while column < len(taken) and any(
            span[0] <= last and first <= span[1] for first, last in taken[column]
        ):
            column += 1
        if column == len(taken):
            taken.append([])
        taken[column].append(span)
        columns[target] = column
    return _Side(down, lanes, columns)


class _Diagram:
    """The layout of one machine."""

    def __init__(
        self, title: str, states: Sequence[str], ends: Collection[str], arrows: tuple[Arrow, ...]
    ) -> None:
        self.title, self.states, self.ends, self.arrows = title, states, ends, arrows
        places = {name: place for place, name in enumerate(states)}
        self.straight = {
            arrow.source: arrow for arrow in arrows if places[arrow.target] == places[arrow.source] + 1
        }
        others = [arrow for arrow in arrows if arrow not in self.straight.values()]
        self.right = _side(
            places, (one for one in others if places[one.target] > places[one.source]), down=True
        )
        self.left = _side(
            places, (one for one in others if places[one.target] < places[one.source]), down=False
        )
        self.box_width = max(_width(_words(name), _FONT) for name in states) + 2 * _BOX_PAD
        self.x = _MARGIN + self.left.width
        self.boxes = {name: _Box(name) for name in states}
        y: float = _TITLE + 30
        for name, box in self.boxes.items():
            box.top = y
            self._place_ports(box)
            y = box.bottom + (_ARROW_GAP if name in self.straight else _GAP)
        self.height = y + 38
        needed = _MARGIN * 2 + max(_width(text, _LABEL) for text in _LEGEND)
        self.width = max(self.x + self.box_width + self.right.width + _MARGIN, needed)

    def _place_ports(self, box: _Box) -> None:
        """Give every line at the sides of a box its height, so that those of one state do not cross each other."""
        right = sorted(
            (target for target, lane in self.right.arrows.items() for one in lane if one.source == box.name),
            key=lambda target: -self.right.columns[target],
        )
        left = sorted(
            (target for target, lane in self.left.arrows.items() for one in lane if one.source == box.name),
            key=lambda target: self.left.columns[target],
        )
        right = [*([""] if box.name in self.right.arrows else []), *right]
        left = [*left, *([""] if box.name in self.left.arrows else [])]
        box.height = max(_BOX_LEAST, _PORT * max(len(right), len(left)) + 10)
        for ports, held in ((right, box.right), (left, box.left)):
            first = box.top + (box.height - _PORT * (len(ports) - 1)) / 2
            held.update({target: first + _PORT * place for place, target in enumerate(ports)})

    # -- drawing -----------------------------------------------------------------------------------------------

    def lines(self) -> Iterator[str]:
        """The elements of the picture."""
        width, height = round(self.width), round(self.height)
        yield (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="{_CLASS}" role="img" width="{width}" height="{height}"'
            f' viewBox="0 0 {width} {height}" font-family="system-ui,sans-serif" font-size="{_FONT}">'
        )
        yield f"<title>{html(self.title)}: its states and what leads from one to another</title>"
        yield f"<desc>{html(self._description())}</desc>"
        yield from ("<style>", *_style(), "</style>")
        yield f'<rect class="paper" x=".5" y=".5" width="{width - 1}" height="{height - 1}" rx="8"/>'
        yield (
            f'<text class="ink" x="{_MARGIN}" y="{_MARGIN + 12}" font-size="15" font-weight="600">'
            f"{html(self.title[:1].upper() + self.title[1:])}</text>"
        )
        sides = (self.right, self.left)
        yield from chain.from_iterable(map(self._branches, sides))
        yield from chain.from_iterable(map(self._trunks, sides))
        yield from self._begin()
        for box in self.boxes.values():
            yield from self._box(box)
        for arrow in self.straight.values():
            yield from self._straight(arrow)
        for place, text in enumerate(_LEGEND):
            y = self.height - _MARGIN - 15 * (len(_LEGEND) - 1 - place)
            yield f'<text class="dim" x="{_MARGIN}" y="{y:g}" font-size="11">{text}</text>'
        yield "</svg>"

    def _description(self) -> str:
        steps = (
            f"From {_words(arrow.source)} to {_words(arrow.target)}: {arrow.label}." for arrow in self.arrows
        )
        ends = ", ".join(_words(name) for name in self.states if name in self.ends)
        first = f"It begins as {_words(self.states[0])}."
        return " ".join((first, *steps, f"Ends: {ends}." if ends else "It has no end."))

    def _edge(self, side: _Side) -> float:
        """Where the boxes end at a side."""
        return self.x + self.box_width if side.down else self.x

    def _lane(self, side: _Side, target: str) -> float:
        out = 20 + side.label_width + side.columns[target] * _LANE
        return self._edge(side) + out if side.down else self._edge(side) - out

    def _port(self, side: _Side, state: str, target: str = "") -> float:
        box = self.boxes[state]
        return (box.right if side.down else box.left)[target]

    def _branches(self, side: _Side) -> Iterator[str]:
        """The lines from the states to the lanes, with their labels."""
        edge, sign = self._edge(side), 1 if side.down else -1
        anchor = "start" if side.down else "end"
        for target, lane in side.arrows.items():
            x = self._lane(side, target)
            for arrow in lane:
                y = self._port(side, arrow.source, target)
                yield f'<path class="line" d="M{edge:g} {y:g}H{x - sign * _ROUND:g}"/>'
                yield _label(arrow, edge + sign * 8, y - 5, anchor)

    def _trunks(self, side: _Side) -> Iterator[str]:
        """The lanes, each with its arrow into the state where it ends. A lane goes over the lines that it crosses."""
        edge, sign = self._edge(side), 1 if side.down else -1
        for target, lane in side.arrows.items():
            x, end = self._lane(side, target), self._port(side, target)
            starts = sorted((self._port(side, arrow.source, target) for arrow in lane), reverse=not side.down)
            step = _ROUND if side.down else -_ROUND
            path = (
                f"M{x - sign * _ROUND:g} {starts[0]:g}Q{x:g} {starts[0]:g} {x:g} {starts[0] + step:g}"
                f"V{end - step:g}Q{x:g} {end:g} {x - sign * _ROUND:g} {end:g}"
            )
            yield f'<path class="halo" d="{path}"/><path class="line" d="{path}H{edge + sign * 7:g}"/>'
            yield _head(edge, end, -sign * 8, 0)
            for start in starts[1:]:
                yield f'<path class="line" d="M{x - sign * _ROUND:g} {start:g}H{x:g}"/>'
                yield f'<circle class="dot" cx="{x:g}" cy="{start:g}" r="2.8"/>'

    def _begin(self) -> Iterator[str]:
        x, top = self.x + self.box_width / 2, self.boxes[self.states[0]].top
        yield f'<circle class="dot" cx="{x:g}" cy="{top - 24:g}" r="5"/>'
        yield f'<path class="line" d="M{x:g} {top - 20:g}V{top - 7:g}"/>'
        yield _head(x, top, 0, 8)

    def _box(self, box: _Box) -> Iterator[str]:
        x, end = self.x, box.name in self.ends
        yield (
            f'<rect class="state" x="{x:g}" y="{box.top:g}" width="{self.box_width:g}" height="{box.height:g}" rx="7"/>'
        )
        if end:
            yield (
                f'<rect class="inner" x="{x + 3.5:g}" y="{box.top + 3.5:g}" width="{self.box_width - 7:g}"'
                f' height="{box.height - 7:g}" rx="4"/>'
            )
        yield (
            f'<text class="ink" x="{x + self.box_width / 2:g}" y="{box.top + box.height / 2 + 4.5:g}"'
            f' text-anchor="middle" font-weight="600">{html(_words(box.name))}</text>'
        )

    def _straight(self, arrow: Arrow) -> Iterator[str]:
        x = self.x + self.box_width / 2
        start, end = self.boxes[arrow.source].bottom, self.boxes[arrow.target].top
        yield f'<path class="line" d="M{x:g} {start:g}V{end - 7:g}"/>'
        yield _head(x, end, 0, 8)
        yield _label(arrow, x + 8, (start + end) / 2 + 3, "start")


_LEGEND = (
    "bold: what we decide; plain: what others report; double frame: an end",
    "drawn is what comes next; what is late, ahead or contradicts stands in the tables",
)


def _words(name: str) -> str:
    return name.replace("_", " ")


def _label(arrow: Arrow, x: float, y: float, anchor: str) -> str:
    words = [f'<tspan font-weight="700">{html(word)}</tspan>' for word in arrow.decisions]
    words += map(html, arrow.reports)
    place = f'x="{x:g}" y="{y:g}" font-size="{_LABEL}" text-anchor="{anchor}"'
    return f'<text class="ink" {place}>{", ".join(words)}</text>'


def _head(x: float, y: float, dx: float, dy: float) -> str:
    """The head of an arrow that points at a place, having come by ``dx`` or ``dy``."""
    return f'<path class="dot" d="M{x:g} {y:g}l{-dx - dy / 2:g} {-dy - dx / 2:g}l{dy:g} {dx:g}z"/>'


def _style() -> list[str]:
    box = f".{_CLASS}"
    return [
        *themes(_CLASS),
        f"{box}{{max-width:100%;height:auto}}",
        f"{box} .paper{{fill:var(--paper);stroke:var(--line)}}",
        f"{box} .ink{{fill:var(--ink)}}{box} .dim{{fill:var(--dim)}}{box} .dot{{fill:var(--dim)}}",
        f"{box} .state{{fill:var(--paper);stroke:var(--mark);stroke-width:1.5}}",
        f"{box} .inner{{fill:none;stroke:var(--mark)}}",
        f"{box} .line{{fill:none;stroke:var(--dim);stroke-width:1.4}}",
        f"{box} .halo{{fill:none;stroke:var(--paper);stroke-width:6}}",
    ]
