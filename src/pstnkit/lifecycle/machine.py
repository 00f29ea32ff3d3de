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

A grid with a missing cell, an unknown code or a column without its class cannot be built.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Generic, TypeVar

from attrs import frozen

from pstnkit.errors import DecisionError
from pstnkit.lifecycle.events import Decision, Report

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


class Machine(Generic[S]):
    """One lifecycle: its states, and what every decision and every report does in each of them.

    ``subject`` names the record in messages ("an order"). The grids are explained at the top of this module.
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
        self._decisions: dict[S, dict[str, S]] = {}
        self._reports: dict[S, dict[str, Step[S]]] = {}
        words, rows, codes = self._grid(decisions, [kind.word for kind in decision_types])
        for state, cells in rows.items():
            self._decisions[state] = {
                word: codes[cell] for word, cell in zip(words, cells, strict=True) if cell != "x"
            }
        words, rows, codes = self._grid(reports, [kind.word for kind in report_types])
        for state, cells in rows.items():
            self._reports[state] = {
                word: self._step(cell, codes) for word, cell in zip(words, cells, strict=True)
            }
        self.decision_words = tuple(kind.word for kind in decision_types)
        self.report_words = tuple(kind.word for kind in report_types)

    def _grid(self, text: str, expected: list[str]) -> tuple[list[str], dict[S, list[str]], dict[str, S]]:
        header, *lines = [line.split() for line in text.strip().splitlines()]
        if sorted(header) != sorted(expected):
            raise ValueError(f"{self.subject}: columns {header} do not match {expected}")
        rows: dict[S, list[str]] = {}
        codes: dict[str, S] = {}
        for name, code, *cells in lines:
            if len(cells) != len(header):
                raise ValueError(f"{self.subject}: row {name} has {len(cells)} cells for {len(header)} columns")
            codes[code] = self.states(name)
            rows[codes[code]] = cells
        if missing := [state.value for state in self.states if state not in rows]:
            raise ValueError(f"{self.subject}: no row for {', '.join(missing)}")
        return header, rows, codes

    @staticmethod
    def _step(cell: str, codes: dict[str, S]) -> Step[S]:
        if cell in _MARKS:
            return Step(_MARKS[cell])
        path = tuple(codes[code] for code in cell.split(">"))
        return Step(Outcome.EXPECTED if len(path) == 1 else Outcome.IMPLIED, path)

    def decide(self, state: S, decision: Decision) -> S:
        """The state that follows ``decision`` in ``state``; raises :class:`DecisionRefused` when it is not allowed."""
        following = self._decisions[state].get(decision.word)
        if following is None:
            raise DecisionRefused(self.subject, state, decision.word, self.allowed(state))
        return following

    def allowed(self, state: S) -> tuple[str, ...]:
        """The words of the decisions that ``state`` allows, in the order of the table."""
        return tuple(word for word in self.decision_words if word in self._decisions[state])

    def hear(self, state: S, report: Report | type[Report]) -> Step[S]:
        """How ``report`` is judged in ``state``, and which states it enters."""
        return self._reports[state][report.word]

    def is_terminal(self, state: S) -> bool:
        """Whether nothing that stands in the tables leads out of ``state``."""
        onward = set(self._decisions[state].values())
        onward.update(target for step in self._reports[state].values() for target in step.path)
        return onward <= {state}

    def mermaid(self) -> str:
        """The machine as a Mermaid state diagram, drawn from the tables: each change of state once."""
        arrows: dict[tuple[S, S], list[str]] = {}
        for state in self.states:
            for word, following in self._decisions[state].items():
                arrows.setdefault((state, following), []).append(word)
            for word, step in self._reports[state].items():
                if step.outcome is Outcome.EXPECTED:
                    arrows.setdefault((state, step.path[-1]), []).append(word)
        lines = ["stateDiagram-v2", f"    [*] --> {next(iter(self.states)).value}"]
        for (state, following), words in arrows.items():
            if following is not state:
                lines.append(f"    {state.value} --> {following.value}: {', '.join(words)}")
        lines += [f"    {state.value} --> [*]" for state in self.states if self.is_terminal(state)]
        return "\n".join(lines)
