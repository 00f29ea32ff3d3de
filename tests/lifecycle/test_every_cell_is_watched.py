"""The statements of what each cell should be are complete: whatever cell of whatever table is changed, one notices."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import pytest

from every_class import every_machine
from lifecycle_cases import cells
from pstnkit.lifecycle.machine import Machine

MACHINES = tuple(every_machine())
EACH = pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: str(machine.subject))


def _written(grid: dict[str, dict[str, str]], codes: dict[str, str]) -> str:
    """A table as it is written down."""
    first = next(iter(grid.values()))
    return "\n".join(
        [" ".join(first), *(" ".join((state, codes[state], *row.values())) for state, row in grid.items())]
    )


def rebuilt(
    machine: Machine[Any], decisions: dict[str, dict[str, str]], reports: dict[str, dict[str, str]]
) -> Machine[Any]:
    codes = dict(machine.tables().codes)
    return Machine(
        machine.subject,
        machine.states,
        decision_types=machine.decision_types,
        decisions=_written(decisions, codes),
        report_types=machine.report_types,
        reports=_written(reports, codes),
    )


def copied(grid: Any) -> dict[str, dict[str, str]]:
    return {state: dict(row) for state, row in grid.items()}


def other_cells(machine: Machine[Any], cell: str) -> Iterator[str]:
    """A mark, and a state, that are not what stands there."""
    yield "!" if cell != "!" else "-"
    yield next(code for code in machine.tables().codes.values() if code != cell)


def allowed(machine: Machine[Any]) -> dict[Any, dict[str, Any]]:
    """Every cell of the decisions, as the machine decides."""
    return {
        state: {word: machine.decide(state, _of(machine, word)) for word in machine.allowed(state)}
        for state in machine.states
    }


def _of(machine: Machine[Any], word: str) -> Any:
    [kind] = [kind for kind in machine.decision_types if kind.word == word]
    return object.__new__(kind)


@EACH
def test_a_machine_is_what_its_tables_say(machine: Machine[Any]) -> None:
    tables = machine.tables()
    again = rebuilt(machine, copied(tables.decisions), copied(tables.reports))
    assert cells(again) == cells(machine)
    assert allowed(again) == allowed(machine)
    assert again.mermaid() == machine.mermaid()


@EACH
def test_whatever_cell_of_the_reports_is_changed_is_noticed(machine: Machine[Any]) -> None:
    tables, right = machine.tables(), cells(machine)
    for state, row in tables.reports.items():
        for word, cell in row.items():
            for other in other_cells(machine, cell):
                changed = copied(tables.reports)
                changed[state][word] = other
                found = cells(rebuilt(machine, copied(tables.decisions), changed))
                assert [key for key in right if found[key] != right[key]] == [
                    (machine.states(state), kind) for kind in machine.report_types if kind.word == word
                ]


@EACH
def test_whatever_cell_of_the_decisions_is_changed_is_noticed(machine: Machine[Any]) -> None:
    tables, right = machine.tables(), allowed(machine)
    for state, row in tables.decisions.items():
        for word, cell in row.items():
            changed = copied(tables.decisions)
            changed[state][word] = "x" if cell != "x" else next(iter(tables.codes.values()))
            found = allowed(rebuilt(machine, changed, copied(tables.reports)))
            assert found != right
            assert [at for at in machine.states if found[at] != right[at]] == [machine.states(state)]


def test_every_machine_of_the_package_is_among_them() -> None:
    assert {machine.subject for machine in MACHINES} >= {
        "a number order",
        "a port order",
        "a number",
        "a release",
        "an agreement",
        "an emergency address",
    }


@EACH
def test_every_machine_draws_itself_and_writes_its_tables_out(machine: Machine[Any]) -> None:
    picture = ElementTree.fromstring(machine.svg())
    shapes = picture.iter("{http://www.w3.org/2000/svg}text")
    written = [shape.text for shape in shapes if shape.get("text-anchor") == "middle"]
    text, page = machine.tables().to_text(), machine.tables().to_html()
    assert written == [state.value.replace("_", " ") for state in machine.states]
    for state in machine.states:
        assert text.count(f"\n{state.value} ") == 2
        assert f">{state.value.replace('_', ' ')}</th>" in page
