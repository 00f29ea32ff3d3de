"""The history of a record in sentences: when, who, what, how it was judged, and where the record stood then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from typing import overload

from attrs import frozen

from pstnkit.catalog import sentence
from pstnkit.lifecycle.events import Source
from pstnkit.lifecycle.history import Entry
from pstnkit.lifecycle.machine import Outcome
from pstnkit.lifecycle.telling import told
from pstnkit.lifecycle.zones import zone
from pstnkit.rendering import theme
from pstnkit.rendering.escape import html
from pstnkit.rendering.table import text_table


@frozen
class TimelineLine:
    """One event: its id, when it happened (on the clock of the zone that was asked for), who says so, ``what`` it says
    in a sentence, how it was ``judged``, in another, and the states that the record entered with it."""

    event: str
    at: datetime
    source: Source
    who: str
    what: str
    outcome: Outcome
    judged: str
    states: tuple[str, ...]


_HEADER = ("when", "who", "what", "judged", "state")
_RULES = (
    # What contradicts stands out by its weight, as well as by what it says.
    ".pstnkit-timeline.pstnkit-timeline td .odd{color:var(--mark);font-weight:600}",
    ".pstnkit-timeline.pstnkit-timeline table :is(td,th){white-space:normal}"
    ".pstnkit-timeline.pstnkit-timeline table tbody th{white-space:nowrap;font-variant-numeric:tabular-nums}",
)


@frozen
class Timeline(Sequence[TimelineLine]):
    """The lines of a history, in the order in which they were taken in; it shows itself as text and as a page."""

    lines: tuple[TimelineLine, ...]

    @overload
    def __getitem__(self, index: int) -> TimelineLine: ...

    @overload
    def __getitem__(self, index: slice) -> Timeline: ...

    def __getitem__(self, index: int | slice) -> TimelineLine | Timeline:
        if isinstance(index, slice):
            return Timeline(self.lines[index])
        return self.lines[index]

    def __iter__(self) -> Iterator[TimelineLine]:
        return iter(self.lines)

    def __len__(self) -> int:
        return len(self.lines)

    def _rows(self) -> Iterator[tuple[TimelineLine, tuple[str, ...]]]:
        for line in self.lines:
            states = ", ".join(state.replace("_", " ") for state in line.states)
            yield line, (f"{line.at:%Y-%m-%d %H:%M %Z}", line.who, line.what, line.judged, states)

    def to_text(self) -> str:
        """The timeline as a table of text."""
        return text_table(_HEADER, (row for _, row in self._rows()))

    def to_html(self, caption: str = "What has happened") -> str:
        """The timeline as a part of a page, for light and dark surroundings and for screen readers."""
        rows = ((*row[:3], _marked(line.outcome, row[3]), row[4]) for line, row in self._rows())
        return theme.boxed("pstnkit-timeline", [theme.table(caption, _HEADER, rows)], _RULES)

    def _repr_html_(self) -> str:
        return self.to_html()


def _marked(outcome: Outcome, judged: str) -> str:
    """What contradicts stands out; what has changed nothing, or was skipped, stands back."""
    if outcome is Outcome.EXPECTED:
        return judged
    kind = "odd" if outcome is Outcome.CONTRADICTS else "dim"
    return theme.Markup(f'<span class="{kind}">{html(judged)}</span>')


def timeline(
    history: Iterable[Entry], tz: str | tzinfo, catalog: Mapping[str, str] | None = None
) -> Timeline:
    """The ``history`` of a record in sentences of ``catalog`` (the English one unless given), its times in ``tz``.

    Raises :class:`~pstnkit.lifecycle.zones.UnknownTimeZone` for a text that names no zone.

    >>> from datetime import UTC
    >>> from pstnkit.lifecycle.events import Event
    >>> from pstnkit.lifecycle.reports import BackOrdered
    >>> ten = datetime(2026, 11, 20, 18, tzinfo=UTC)
    >>> told_late = Event("e-1", ten, Source.CARRIER, "webhook", "order-1", BackOrdered())
    >>> print(timeline([Entry(told_late, Outcome.LATE)], "America/Los_Angeles").to_text())
    when                  who                    what                                 judged                 state
    --------------------  ---------------------  -----------------------------------  ---------------------  -----
    2026-11-20 10:00 PST  the carrier (webhook)  the carrier keeps the order waiting  late: it is past that
    """
    local = zone(tz)
    return Timeline(tuple(_line(entry, local, catalog) for entry in history))


def _line(entry: Entry, local: tzinfo, catalog: Mapping[str, str] | None) -> TimelineLine:
    event = entry.event
    return TimelineLine(
        event=event.id,
        at=event.at.astimezone(local),
        source=event.source,
        who=sentence(event.source, catalog, actor=event.actor),
        what=told(event.body, local, catalog),
        outcome=entry.outcome,
        judged=sentence(entry.outcome, catalog),
        states=tuple(state.value for state in entry.path),
    )
