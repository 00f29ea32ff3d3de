"""State machines as two complete tables: state x decision, and state x report.

A machine is written down as two grids of text, and nothing moves that does not stand in them. A row is a state with
its two-letter code; a column is a decision or a report, headed by its word. In the grid of decisions a cell is the
code of the state that follows, or ``x``: refused. In the grid of reports a cell is one of

========  ==========================================================================================
``PR``    expected: the record enters that state (its own code: the report is welcome, and it stays)
``A>B``   ahead of us: the steps in between are entered as implied
``.``     already true: nothing changes
``-``     late: older than the present state; kept in the history, nothing changes
``!``     contradicts what is settled: a discrepancy, which somebody has to look at
========  ==========================================================================================

A grid with a missing cell, an unknown code or a column without its class cannot be built. A report that has no
column at all makes no sense of this kind of record: it contradicts.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from typing import Any, Generic, TypeVar

from attrs import frozen

from pstnkit.errors import DecisionError
from pstnkit.lifecycle.events import Decision, Report
from pstnkit.lifecycle.grids import MachineTables
from pstnkit.rendering.state_diagram import Arrow, state_diagram

S = TypeVar("S", bound=StrEnum)


class Outcome(StrEnum):
    """How a report was judged (a decision that was not refused is always ``expected``)."""

    EXPECTED = "expected"
    IMPLIED = "implied"
    ALREADY = "already"
    LATE = "late"
    CONTRADICTS = "contradicts"


class DecisionRefused(DecisionError):
    """A decision that the present state does not allow; nothing has changed.

    ``.subject`` is what kind of record it was, ``.state`` its state, ``.decision`` the word of what was tried, and
    ``.allowed`` the words of what could be decided instead.
    """

    def __init__(self, subject: str, state: StrEnum, decision: str, allowed: tuple[str, ...]) -> None:
        super().__init__(subject, state, decision, allowed)
        self.subject = subject
        self.state = state
        self.decision = decision
        self.allowed = allowed

    def __str__(self) -> str:
        instead = ", ".join(self.allowed) or "nothing"
        return f"{self.subject} in state {self.state.value} refuses {self.decision!r}; allowed now: {instead}"


@frozen
class Step(Generic[S]):
    """The judgement of one report: the outcome, and the states entered in order (empty when nothing moved)."""

    outcome: Outcome
    path: tuple[S, ...] = ()


_MARKS = {".": Outcome.ALREADY, "-": Outcome.LATE, "!": Outcome.CONTRADICTS}
_REFUSED = "x"
_NO_SENSE: Step[Any] = Step(Outcome.CONTRADICTS)


@frozen
class _Grid(Generic[S]):
    """A grid as it was read: the cells of each state by the word of their column, and the codes of the states."""

    cells: Mapping[S, Mapping[str, str]]
    codes: Mapping[str, S]


def _read(text: str, states: type[S], words: Sequence[str]) -> tuple[_Grid[S], list[str]]:
    """The grid in ``text``, and everything that is wrong with it."""
    header, *lines = [line.split() for line in text.strip().splitlines()]
    faults: list[str] = []
    if sorted(header) != sorted(words) or len(set(words)) < len(words):
        faults.append(f"the columns {' '.join(header)} are not {' '.join(words)}")
    named = {state.value: state for state in states}
    cells: dict[S, dict[str, str]] = {}
    codes: dict[str, S] = {}
    for name, *row in lines:
        code = row[0] if row else ""
        if name not in named:
            faults.append(f"row {name} is no state")
        elif named[name] in cells:
            faults.append(f"row {name} stands twice")
        elif not code.isupper() or code in codes:
            faults.append(f"row {name} has no code of its own")
        elif len(row) - 1 != len(header):
            faults.append(f"row {name} has {len(row) - 1} cells for {len(header)} columns")
        else:
            codes[code] = named[name]
            cells[named[name]] = dict(zip(header, row[1:], strict=True))
    faults += [f"state {state.value} has no sound row" for state in states if state not in cells]
    return _Grid(cells, codes), faults


class Machine(Generic[S]):
    """One lifecycle: its states, and what every decision and every report does in each of them.

    ``subject`` names the record in messages ("an order"); the first of ``states`` is where a record begins. The grids
    are explained at the top of this module; ``ValueError`` names every fault of theirs.

    >>> class Light(StrEnum):
    ...     OFF = "off"
    ...     ON = "on"
    >>> class Press(Decision):
    ...     word = "press"
    >>> class WentOut(Report):
    ...     word = "out"
    >>> light = Machine("a light", Light, decision_types=[Press], report_types=[WentOut],
    ...     decisions='''
    ...            press
    ...     off OF ON
    ...     on  ON OF
    ...     ''',
    ...     reports='''
    ...            out
    ...     off OF .
    ...     on  ON OF
    ...     ''')
    >>> light.decide(Light.OFF, Press()).value, light.hear(Light.OFF, WentOut()).outcome.value
    ('on', 'already')
    """

    def __init__(
        self,
        subject: str,
        states: type[S],
        *,
        decisions: str,
        decision_types: Sequence[type[Decision]],
        reports: str,
        report_types: Sequence[type[Report]],
    ) -> None:
        self.subject = subject
        self.states = states
        self.decision_types = tuple(decision_types)
        self.report_types = tuple(report_types)
        ours, faults = _read(decisions, states, [kind.word for kind in decision_types])
        theirs, more = _read(reports, states, [kind.word for kind in report_types])
        faults += more
        if ours.codes != theirs.codes:
            faults.append("the codes of the two grids differ")
        self._decisions: dict[S, dict[str, S]] = {}
        for state, cells in ours.cells.items():
            follow = self._decisions[state] = {}
            for word, cell in cells.items():
                if cell in ours.codes:
                    follow[word] = ours.codes[cell]
                elif cell != _REFUSED:
                    faults.append(f"{state.value} x {word}: {cell} is no cell of a decision")
        self._reports: dict[S, dict[str, Step[S]]] = {}
        for state, cells in theirs.cells.items():
            steps = self._reports[state] = {}
            for word, cell in cells.items():
                path = tuple(theirs.codes[code] for code in cell.split(">") if code in theirs.codes)
                if cell in _MARKS:
                    steps[word] = Step(_MARKS[cell])
                elif len(path) == cell.count(">") + 1:
                    steps[word] = Step(Outcome.IMPLIED if len(path) > 1 else Outcome.EXPECTED, path)
                else:
                    faults.append(f"{state.value} x {word}: {cell} is no cell of a report")
        if faults:
            raise ValueError(f"the tables of {subject} cannot be built: {'; '.join(faults)}")
        self._codes = {state.value: code for code, state in ours.codes.items()}
        self._written = tuple(
            {state.value: dict(grid.cells[state]) for state in states} for grid in (ours, theirs)
        )
        self._ends = frozenset(state for state in states if not self._leads_on(state))

    def _leads_on(self, state: S) -> bool:
        onward = set(self._decisions[state].values())
        onward.update(target for step in self._reports[state].values() for target in step.path)
        return not onward <= {state}

    def decide(
        self,
        state: S,
        decision: Decision,
        *,
        closed: Collection[type[Decision]] = (),
        subject: str | None = None,
    ) -> S:
        """The state that follows ``decision`` in ``state``; raises :class:`DecisionRefused` when it is not allowed.

        ``closed`` are decisions that this record cannot take whatever its state, and ``subject`` names it in that
        error: both more closely than a table of states can.
        """
        following = self._decisions[state].get(decision.word)
        if following is None or type(decision) not in self.decision_types or type(decision) in closed:
            shut = {kind.word for kind in closed}
            allowed = tuple(word for word in self.allowed(state) if word not in shut)
            raise DecisionRefused(subject or self.subject, state, decision.word, allowed)
        return following

    def allowed(self, state: S) -> tuple[str, ...]:
        """The words of the decisions that ``state`` allows, in the order of the table."""
        return tuple(kind.word for kind in self.decision_types if kind.word in self._decisions[state])

    def hear(self, state: S, report: Report | type[Report]) -> Step[S]:
        """How ``report`` is judged in ``state``, and which states it enters."""
        kind = report if isinstance(report, type) else type(report)
        return self._reports[state][kind.word] if kind in self.report_types else _NO_SENSE

    def is_terminal(self, state: S) -> bool:
        """Whether nothing that stands in the tables leads out of ``state``."""
        return state in self._ends

    def arrows(self) -> tuple[Arrow, ...]:
        """Each change of state once, with the decisions and the reports that make it: those that come next.

        What a report skips is not among them, and neither is what changes nothing.
        """
        found: dict[tuple[S, S], tuple[list[str], list[str]]] = {}
        for state in self.states:
            for word, following in self._decisions[state].items():
                found.setdefault((state, following), ([], []))[0].append(word)
            for word, step in self._reports[state].items():
                if step.outcome is Outcome.EXPECTED:
                    found.setdefault((state, step.path[-1]), ([], []))[1].append(word)
        return tuple(
            Arrow(state.value, following.value, tuple(decisions), tuple(reports))
            for (state, following), (decisions, reports) in found.items()
            if state is not following
        )

    def mermaid(self) -> str:
        """The machine as a Mermaid state diagram, drawn from the tables."""
        lines = ["stateDiagram-v2", f"    [*] --> {next(iter(self.states)).value}"]
        lines += [f"    {arrow.source} --> {arrow.target}: {arrow.label}" for arrow in self.arrows()]
        lines += [f"    {state.value} --> [*]" for state in self.states if self.is_terminal(state)]
        return "\n".join(lines)

    def svg(self) -> str:
        """The machine as a picture, drawn from the tables: SVG that needs nothing else, for light and dark surroundings
        and without color."""
        ends = [state.value for state in self.states if self.is_terminal(state)]
        return state_diagram(self.subject, [state.value for state in self.states], ends, self.arrows())

    def _repr_svg_(self) -> str:
        return self.svg()

    def tables(self) -> MachineTables:
        """Both tables, to be read as text or as a page."""
        return MachineTables(self.subject, self._codes, self._written[0], self._written[1])
