"""A port as a picture and as text: what has happened, what is promised, and what is late.

The picture is one SVG without scripts or anything from elsewhere. On top lie the states of the port, to scale in time,
with the days that were asked for and promised; below stands what happened, a line for each, and what is still to come.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum
from textwrap import wrap
from typing import final

from attrs import frozen

from pstnkit.catalog import sentence
from pstnkit.lifecycle.history import Entry
from pstnkit.lifecycle.machine import Outcome
from pstnkit.lifecycle.timeline import TimelineLine, timeline
from pstnkit.lifecycle.waiting import Expectation
from pstnkit.lifecycle.zones import on_the_wall, zone
from pstnkit.porting.ports import PortOrder, PortStatus
from pstnkit.rendering.escape import html
from pstnkit.rendering.table import text_table

_BOX = "pstnkit-port"
_WIDTH, _MARGIN = 880, 24
_BAR_TOP, _BAR = 84, 26
_LIST_TOP = 196
_RAIL = 206
_TEXT = _RAIL + 24
_COLUMNS = 92
_LINE = 19
_CHARACTER = 6.6
_STACKED = 62


class Milestone(StrEnum):
    """A moment of a port that was asked for, promised or told, whether or not it has come."""

    REQUESTED = "requested"
    FIRM = "firm"
    DUE = "due"
    ACTUAL = "actual"


_LETTERS = {
    Milestone.REQUESTED: "R",
    Milestone.FIRM: "F",
    Milestone.DUE: "D",
    Milestone.ACTUAL: "W",
}


@frozen
class Mark:
    """A milestone with its moment; ``late`` says that it has passed and was not kept."""

    milestone: Milestone
    at: datetime
    whole_day: bool
    late: bool = False

    @property
    def when(self) -> str:
        """The moment, or the day when that is all that is known."""
        return f"{self.at:%Y-%m-%d}" if self.whole_day else f"{self.at:%Y-%m-%d %H:%M %Z}"

    def __str__(self) -> str:
        late = f" ({sentence(Lateness.LATE)})" if self.late else ""
        return sentence(self.milestone) + late


class Lateness(StrEnum):
    """What is said of a promise that has passed and was not kept."""

    LATE = "late"


@frozen
class _Row:
    """A line of the list: its time, its text, what stands small below it, and its shape on the rail."""

    at: datetime
    when: str
    text: str
    small: str
    shape: str


@final
class PortStory:
    """The story of one port; a notebook shows it, :meth:`to_svg` gives the picture and :meth:`to_text` the text.

    ``expectation`` says what is waited for and as of when; its times are those of the picture.

    >>> from datetime import UTC
    >>> from pstnkit.lifecycle.events import Event, Source
    >>> from pstnkit.lifecycle.fulfillment import OrderKind
    >>> from pstnkit.lifecycle.reports import Acknowledged
    >>> from pstnkit.secret import SecretRef
    >>> port = PortOrder(id="port-1", partner="north", customer="c-1", kind=OrderKind.PORT, client_reference="r-1",
    ...     status=PortStatus.SUBMITTED, quantity=3, losing_carrier="Old Bell", account_number=SecretRef("s-1"),
    ...     business_name="Bay Bicycles")
    >>> noon = datetime(2026, 11, 20, 12, tzinfo=UTC)
    >>> taken = Event("e-1", noon, Source.CARRIER, "answer", "port-1", Acknowledged("theirs-1"))
    >>> expected = Expectation(order="port-1", status=PortStatus.SUBMITTED, now=noon)
    >>> PortStory(port, [Entry(taken, Outcome.EXPECTED, (PortStatus.SUBMITTED,))], expected, "UTC")
    <PortStory of port-1: submitted, 1 event>
    """

    __slots__ = ("_entered", "_expectation", "_lines", "_local", "_now", "_port")

    def __init__(
        self, port: PortOrder, history: Sequence[Entry], expectation: Expectation, tz: str | tzinfo
    ) -> None:
        self._port = port
        self._expectation = expectation
        self._local = zone(tz)
        self._now = expectation.now.astimezone(self._local)
        self._lines = _grouped(history, timeline(history, self._local))
        self._entered = _entered(history, self._local)

    def __repr__(self) -> str:
        events = sum(count for _, count in self._lines)
        counted = f"{events:,} event{'' if events == 1 else 's'}"
        return f"<PortStory of {self._port.id}: {_words(self._port.status)}, {counted}>"

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The milestones of the port in the order of their moments: asked for, promised by either side, told."""
        port, over = self._port, self._port.is_over
        found = []
        if port.requested:
            at = on_the_wall(port.requested.day, time(), self._local)
            found.append(Mark(Milestone.REQUESTED, at, whole_day=True))
        if port.foc:
            at = port.foc.at.astimezone(self._local)
            found.append(Mark(Milestone.FIRM, at, whole_day=False, late=not over and at < self._now))
        if self._expectation.due:
            at = self._expectation.due.astimezone(self._local)
            found.append(Mark(Milestone.DUE, at, whole_day=False, late=not over and at < self._now))
        if port.works_from:
            at = on_the_wall(port.works_from.day, time(), self._local)
            found.append(Mark(Milestone.ACTUAL, at, whole_day=True))
        return tuple(sorted(found, key=lambda mark: mark.at))

    def to_text(self) -> str:
        """What has happened, what was asked for and promised, and what is waited for, as three tables of text."""
        happened = text_table(
            ("when", "who", "what", "judged", "state"),
            (
                (
                    f"{line.at:%Y-%m-%d %H:%M %Z}",
                    line.who,
                    _with_count(line.what, count),
                    line.judged,
                    _states(line),
                )
                for line, count in self._lines
            ),
        )
        parts = [f"{self._title()}, as of {self._now:%Y-%m-%d %H:%M %Z}", happened]
        if marks := self.marks:
            parts.append(text_table(("when", "milestone"), ((mark.when, str(mark)) for mark in marks)))
        if waits := self._expectation.sentences():
            parts.append("\n".join(waits))
        return "\n\n".join(parts)

    def to_svg(self) -> str:
        """The picture, for light and dark surroundings, described in words for those who do not see it."""
        from pstnkit.rendering.theme import themes

        rows = self._rows()
        tops, height = _layout(rows)
        waits = "; ".join(self._expectation.sentences()) or "Nothing is waited for"
        return "\n".join(
            [
                f'<svg xmlns="http://www.w3.org/2000/svg" class="{_BOX}" role="img" width="{_WIDTH}" height="{height}"'
                f' viewBox="0 0 {_WIDTH} {height}" font-family="system-ui,sans-serif" font-size="13">',
                f"<title>{html(self._title())}</title>",
                f"<desc>{html(f'{waits}. {len(rows)} lines, oldest first.')}</desc>",
                "<style>",
                *themes(_BOX, {"late": "#b3261e", "band": "#dbe9f9"}, {"late": "#ff8a80", "band": "#223a57"}),
                f".{_BOX}{{max-width:100%;height:auto}}",
                f".{_BOX} .paper{{fill:var(--paper);stroke:var(--line)}}.{_BOX} .ink{{fill:var(--ink)}}",
                f".{_BOX} .dim{{fill:var(--dim)}}.{_BOX} .late{{fill:var(--late)}}",
                f".{_BOX} :is(.band,.other){{stroke:var(--mark)}}.{_BOX} .band{{fill:var(--band)}}",
                f".{_BOX} .other{{fill:var(--paper)}}",
                f".{_BOX} .rail{{stroke:var(--line);stroke-width:2}}.{_BOX} .dot{{fill:var(--mark)}}",
                f".{_BOX} .speck{{fill:var(--dim)}}",
                f".{_BOX} .hollow{{fill:var(--paper);stroke:var(--mark);stroke-width:2}}",
                f".{_BOX} .odd{{fill:var(--paper);stroke:var(--late);stroke-width:2}}",
                f".{_BOX} .now{{stroke:var(--ink);stroke-width:2;stroke-dasharray:3 3}}",
                f".{_BOX} .come{{fill:none;stroke:var(--mark);stroke-dasharray:4 4}}",
                "</style>",
                f'<rect class="paper" x=".5" y=".5" width="{_WIDTH - 1}" height="{height - 1}" rx="8"/>',
                _label(_MARGIN, 32, self._title(), "ink", 'font-size="16" font-weight="600"'),
                _label(_MARGIN, 54, waits[:120], "dim"),
                *self._bar(),
                f'<path class="rail" d="M{_RAIL} {_LIST_TOP}V{height - 24}"/>',
                *(part for row, top in zip(rows, tops, strict=True) for part in _drawn(row, top)),
                "</svg>",
            ]
        )

    def _repr_svg_(self) -> str:
        return self.to_svg()

    def _repr_html_(self) -> str:
        # As a part of the page, and not as an image of its own, it follows the page's light.
        return self.to_svg()

    def _title(self) -> str:
        numbers = f"{self._port.quantity:,} number{'' if self._port.quantity == 1 else 's'}"
        return (
            f"Port {self._port.id}: {numbers} from {self._port.losing_carrier}, {_words(self._port.status)}"
        )

    # --- to scale ---------------------------------------------------------------------------------------------------

    def _bar(self) -> Iterator[str]:
        """The states one after the other, each as long as it lasted, and the milestones above and below them."""
        entered = self._entered or [(self._now, self._port.status)]
        marks = self.marks
        start = min(entered[0][0], self._now)
        end = max([self._now, entered[-1][0], *(mark.at for mark in marks)])
        span = max(end - start, timedelta(minutes=1))

        def x(at: datetime) -> float:
            return round(_MARGIN + (_WIDTH - 2 * _MARGIN) * max((at - start) / span, 0.0), 1)

        until = entered[-1][0] if self._port.is_over else max(self._now, entered[-1][0])
        ends = [at for at, _ in entered[1:]] + [until]
        for place, ((begin, state), stop) in enumerate(zip(entered, ends, strict=True)):
            left, wide = x(begin), max(x(stop) - x(begin), 2.0)
            shade = "other" if place % 2 else "band"
            name = _words(state)
            yield f'<rect class="{shade}" x="{left}" y="{_BAR_TOP}" width="{wide:.1f}" height="{_BAR}"><title>'
            yield f"{html(name)}, from {begin:%Y-%m-%d %H:%M %Z}</title></rect>"
            if wide > len(name) * _CHARACTER + 8:
                yield _label(left + 5, _BAR_TOP + 18, name, "ink", 'font-size="12"')
        if x(until) < x(end):
            yield f'<rect class="come" x="{x(until)}" y="{_BAR_TOP}" width="{x(end) - x(until):.1f}" height="{_BAR}"/>'
        yield f'<path class="now" d="M{x(self._now)} {_BAR_TOP - 12}v{_BAR + 24}"/>'
        yield _label(*_beside(x(self._now)), f"now, {self._now:%b %d}", "ink", 'font-size="11"')
        taken = -1000.0
        level = 0
        for mark in marks:
            at = x(mark.at)
            level = (level + 1) % 3 if at - taken < _STACKED else 0
            taken = at
            bottom = _BAR_TOP + _BAR + 12 + 24 * level
            shape, ink = ("odd", "late") if mark.late else ("hollow", "ink")
            yield f'<path class="{shape}" d="M{at} {bottom - 8}l7 12h-14z"><title>{html(str(mark))}</title></path>'
            text = f"{_LETTERS[mark.milestone]} {mark.at:%b %d}{' late' if mark.late else ''}"
            side = 'text-anchor="end"' if at > _WIDTH - 110 else ""
            yield _label(
                at - 11 if side else at + 11, bottom + 4, text, ink, f'font-size="11" {side}'.strip()
            )

    # --- the list ---------------------------------------------------------------------------------------------------

    def _rows(self) -> list[_Row]:
        """What happened, then what is still to come; a promise that was not kept stands where it should have been."""
        rows = [
            _Row(
                line.at,
                f"{line.at:%Y-%m-%d %H:%M}",
                _with_count(line.what, count),
                ", ".join(filter(None, (line.who, _judged(line), _states(line)))),
                _SHAPE_OF[line.outcome],
            )
            for line, count in self._lines
        ]
        for mark in self.marks:
            letter = _LETTERS[mark.milestone]
            when = f"{mark.at:%Y-%m-%d}" if mark.whole_day else f"{mark.at:%Y-%m-%d %H:%M}"
            rows.append(_Row(mark.at, when, f"{letter}: {mark}", "", "late" if mark.late else "hollow"))
        waits = self._expectation.waits
        first = str(waits[0]) if waits else ""
        rows.append(_Row(self._now, f"{self._now:%Y-%m-%d %H:%M}", "now", first, "now"))
        return sorted(rows, key=lambda row: row.at)


def port_story(
    port: PortOrder, history: Sequence[Entry], expectation: Expectation, tz: str | tzinfo
) -> PortStory:
    """The story of ``port``: its ``history``, and what is expected of it, on the clock of ``tz``.

    Raises :class:`~pstnkit.lifecycle.zones.UnknownTimeZone` for a text that names no zone.
    """
    return PortStory(port, history, expectation, tz)


# --- what it is made of ---------------------------------------------------------------------------------------------


def _grouped(history: Sequence[Entry], lines: Sequence[TimelineLine]) -> tuple[tuple[TimelineLine, int], ...]:
    """The lines; those that follow each other and differ only in the numbers that they name are one, with a count."""
    groups: list[tuple[TimelineLine, int]] = []
    before: object = None
    for entry, line in zip(history, lines, strict=True):
        alike = (type(entry.event.body), entry.outcome, line.who)
        if groups and alike == before and not line.states:
            groups[-1] = (groups[-1][0], groups[-1][1] + 1)
        else:
            groups.append((line, 1))
        before = alike
    return tuple(groups)


def _entered(history: Sequence[Entry], local: tzinfo) -> list[tuple[datetime, PortStatus]]:
    """When each state was entered, none before the one that came before it: reports can be told late."""
    entered: list[tuple[datetime, PortStatus]] = []
    for entry in history:
        if entry.path:
            at = entry.event.at.astimezone(local)
            state = PortStatus(entry.path[-1].value)
            entered.append((max(at, entered[-1][0]) if entered else at, state))
    return entered


def _words(state: StrEnum) -> str:
    return state.value.replace("_", " ")


def _states(line: TimelineLine) -> str:
    return ", ".join(state.replace("_", " ") for state in line.states)


def _judged(line: TimelineLine) -> str:
    return "" if line.outcome is Outcome.EXPECTED else line.judged


def _with_count(what: str, count: int) -> str:
    return what if count == 1 else f"{what}, and {count - 1:,} more like it"


def _label(x: float, y: float, text: str, shade: str, more: str = "") -> str:
    return f'<text class="{shade}" x="{x}" y="{y}"{" " + more if more else ""}>{html(text)}</text>'


def _beside(x: float) -> tuple[float, float]:
    """Where the word at the present stands: above it, and inside the picture."""
    return (x + 4 if x < _WIDTH - 110 else x - 76), _BAR_TOP - 4


def _layout(rows: Sequence[_Row]) -> tuple[list[int], int]:
    """Where each row begins, and how high the picture is."""
    tops, y = [], _LIST_TOP
    for row in rows:
        tops.append(y)
        y += _LINE * len(_pieces(row)) + (_LINE if row.small else 0) + 14
    return tops, y + 12


def _pieces(row: _Row) -> list[str]:
    return wrap(row.text, _COLUMNS) or [""]


def _drawn(row: _Row, top: int) -> Iterator[str]:
    """A row: its time, its shape on the rail, its text, and what stands small below it."""
    ink = "late" if row.shape == "late" else "ink"
    yield _label(_MARGIN, top + 5, row.when, "dim", 'font-size="12"')
    yield _SHAPES[row.shape].format(x=_RAIL, y=top)
    weight = 'font-weight="600"' if row.shape in ("now", "late") else ""
    y = top + 5
    for piece in _pieces(row):
        yield _label(_TEXT, y, piece, ink, weight)
        y += _LINE
    if row.small:
        yield _label(_TEXT, y, row.small, "dim", 'font-size="12"')


_SHAPE_OF = {
    Outcome.EXPECTED: "dot",
    Outcome.IMPLIED: "dot",
    Outcome.ALREADY: "speck",
    Outcome.LATE: "speck",
    Outcome.CONTRADICTS: "odd",
}
_SHAPES = {
    "speck": '<circle class="speck" cx="{x}" cy="{y}" r="3"/>',
    "dot": '<circle class="dot" cx="{x}" cy="{y}" r="5"/>',
    "odd": '<path class="odd" d="M{x} {y}m0-7l7 7-7 7-7-7z"/>',
    "hollow": '<circle class="hollow" cx="{x}" cy="{y}" r="5"/>',
    "late": '<path class="odd" d="M{x} {y}m0-8l8 13h-16z"/>',
    "now": '<path class="now" d="M{x} {y}m-14 0h28"/>',
}
"""What moved the port is a dot, what changed nothing a speck, what contradicts a diamond; what is promised is a circle,
and a triangle when it was not kept."""
