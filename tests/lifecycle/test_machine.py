"""A machine is two complete grids, and what does not stand in them does not move."""

from __future__ import annotations

import copy
import pickle
from enum import StrEnum

import pytest
from attrs import frozen

from pstnkit.lifecycle.events import Decision, Report
from pstnkit.lifecycle.machine import DecisionRefused, Machine, Outcome, Step


class Door(StrEnum):
    """A door."""

    OPEN = "open"
    SHUT = "shut"
    LOCKED = "locked"
    GONE = "gone"


@frozen
class Close(Decision):
    """Close it."""

    word = "close"


@frozen
class Lock(Decision):
    """Lock it."""

    word = "lock"


@frozen
class FellShut(Report):
    """It fell shut."""

    word = "fell"


@frozen
class WasLocked(Report):
    """Somebody has locked it."""

    word = "locked"


@frozen
class WasStolen(Report):
    """It is not there."""

    word = "stolen"


@frozen
class Rang(Report):
    """Of no concern to doors, although its word is one of theirs."""

    word = "fell"


@frozen
class Knock(Decision):
    """Of no concern to doors, although its word is one of theirs."""

    word = "close"


DECISIONS = """
           close lock
    open   OP SH  x
    shut   SH SH  LO
    locked LO x   x
    gone   GO x   x
"""
REPORTS = """
           fell locked stolen
    open   OP SH SH>LO GO
    shut   SH .  LO    GO
    locked LO -  .     GO
    gone   GO !  !     .
"""


def door(decisions: str = DECISIONS, reports: str = REPORTS) -> Machine[Door]:
    return Machine(
        "a door",
        Door,
        decision_types=(Close, Lock),
        decisions=decisions,
        report_types=(FellShut, WasLocked, WasStolen),
        reports=reports,
    )


def test_a_decision_gives_the_state_that_follows() -> None:
    assert door().decide(Door.OPEN, Close()) is Door.SHUT
    assert door().decide(Door.SHUT, Lock()) is Door.LOCKED


def test_a_refusal_names_the_state_the_decision_and_what_is_allowed() -> None:
    with pytest.raises(DecisionRefused) as refusal:
        door().decide(Door.OPEN, Lock())
    error = refusal.value
    assert (error.subject, error.state, error.decision, error.allowed) == (
        "a door",
        Door.OPEN,
        "lock",
        ("close",),
    )
    assert str(error) == "a door in state open refuses 'lock'; allowed now: close"


def test_where_nothing_is_allowed_a_refusal_says_so() -> None:
    with pytest.raises(DecisionRefused, match="allowed now: nothing"):
        door().decide(Door.LOCKED, Close())


def test_what_a_record_cannot_decide_is_refused_and_not_offered_instead() -> None:
    with pytest.raises(DecisionRefused) as refusal:
        door().decide(Door.SHUT, Lock(), closed=[Lock], subject="the front door")
    assert (refusal.value.subject, refusal.value.allowed) == ("the front door", ("close",))


def test_a_decision_of_another_machine_is_refused_though_its_word_is_known() -> None:
    with pytest.raises(DecisionRefused):
        door().decide(Door.OPEN, Knock())


def test_a_report_is_expected_implied_already_true_late_or_contradicting() -> None:
    machine = door()
    assert machine.hear(Door.OPEN, FellShut()) == Step(Outcome.EXPECTED, (Door.SHUT,))
    assert machine.hear(Door.OPEN, WasLocked) == Step(Outcome.IMPLIED, (Door.SHUT, Door.LOCKED))
    assert machine.hear(Door.SHUT, FellShut()) == Step(Outcome.ALREADY)
    assert machine.hear(Door.LOCKED, FellShut()) == Step(Outcome.LATE)
    assert machine.hear(Door.GONE, FellShut()) == Step(Outcome.CONTRADICTS)


def test_a_report_that_is_none_of_the_machines_contradicts_and_never_raises() -> None:
    assert [door().hear(state, Rang()) for state in Door] == [Step(Outcome.CONTRADICTS)] * 4


def test_the_end_is_where_nothing_leads_on() -> None:
    assert [state for state in Door if door().is_terminal(state)] == [Door.GONE]


def test_a_refusal_survives_pickle_and_copy() -> None:
    error = DecisionRefused("a door", Door.OPEN, "lock", ("close",))
    for twin in (copy.copy(error), pickle.loads(pickle.dumps(error))):
        assert (type(twin), str(twin), twin.state) == (DecisionRefused, str(error), Door.OPEN)


@pytest.mark.parametrize(
    ("decisions", "reports", "fault"),
    [
        (
            DECISIONS.replace("locked LO x   x", "locked LO x"),
            REPORTS,
            "row locked has 1 cells for 2 columns",
        ),
        (DECISIONS.replace("OP SH  x", "OP SX  x"), REPORTS, "open x close: SX is no cell of a decision"),
        (DECISIONS.replace("OP SH  x", "OP SH  -"), REPORTS, "open x lock: - is no cell of a decision"),
        (DECISIONS, REPORTS.replace("SH>LO", "SH>LX"), "open x locked: SH>LX is no cell of a report"),
        (DECISIONS, REPORTS.replace("SH>LO", "SH>x"), "open x locked: SH>x is no cell of a report"),
        (DECISIONS.replace("close lock", "close look"), REPORTS, "the columns close look are not close lock"),
        (DECISIONS, REPORTS.replace("fell locked stolen", "fell locked"), "the columns fell locked are not"),
        (DECISIONS.replace("shut   SH", "ajar   SH"), REPORTS, "row ajar is no state"),
        (DECISIONS.replace("shut   SH SH  LO", ""), REPORTS, "state shut has no sound row"),
        (DECISIONS.replace("shut   SH", "open   SH"), REPORTS, "row open stands twice"),
        (DECISIONS.replace("shut   SH", "shut   OP"), REPORTS, "row shut has no code of its own"),
        (DECISIONS.replace("shut   SH SH  LO", "shut"), REPORTS, "row shut has no code of its own"),
        (DECISIONS.replace("gone   GO", "gone   GN"), REPORTS, "the codes of the two grids differ"),
    ],
)
def test_a_damaged_grid_cannot_be_built_and_the_fault_is_named(
    decisions: str, reports: str, fault: str
) -> None:
    with pytest.raises(ValueError) as error:
        door(decisions.replace("\n\n", "\n").replace("\n    \n", "\n"), reports)
    assert fault in str(error.value)
    assert "a door" in str(error.value)


def test_a_word_that_two_decisions_share_cannot_head_a_column() -> None:
    with pytest.raises(ValueError, match="the columns"):
        Machine(
            "a door",
            Door,
            decision_types=(Close, Knock),
            decisions=DECISIONS.replace("close lock", "close close"),
            report_types=(),
            reports="\n_\nopen OP\nshut SH\nlocked LO\ngone GO\n",
        )


def test_the_diagram_draws_each_change_of_state_once_from_the_tables() -> None:
    assert door().mermaid().splitlines() == [
        "stateDiagram-v2",
        "    [*] --> open",
        "    open --> shut: close, fell",
        "    open --> gone: stolen",
        "    shut --> locked: lock, locked",
        "    shut --> gone: stolen",
        "    locked --> gone: stolen",
        "    gone --> [*]",
    ]


def test_the_picture_is_drawn_from_the_same_arrows() -> None:
    machine = door()
    assert [(arrow.source, arrow.target, arrow.decisions, arrow.reports) for arrow in machine.arrows()] == [
        ("open", "shut", ("close",), ("fell",)),
        ("open", "gone", (), ("stolen",)),
        ("shut", "locked", ("lock",), ("locked",)),
        ("shut", "gone", (), ("stolen",)),
        ("locked", "gone", (), ("stolen",)),
    ]
    picture = machine.svg()
    assert picture.startswith("<svg")
    assert "From shut to locked: lock, locked." in picture
    assert machine._repr_svg_() == picture


def test_the_tables_can_be_read_as_text_with_the_codes_of_the_states() -> None:
    text = door().tables().to_text().splitlines()
    assert text[0] == "a door: what we may decide"
    assert [line.split() for line in text[2:8]] == [
        ["state", "close", "lock"],
        ["------", "--", "-----", "----"],
        ["open", "OP", "SH", "x"],
        ["shut", "SH", "SH", "LO"],
        ["locked", "LO", "x", "x"],
        ["gone", "GO", "x", "x"],
    ]
    assert text[9] == "a door: what others may report"
    assert ["open", "OP", "SH", "SH>LO", "GO"] in [line.split() for line in text]
    assert "x is refused" in text[-1]


def test_the_tables_can_be_read_as_a_page_in_words() -> None:
    page = door().tables().to_html()
    assert page == door().tables()._repr_html_()
    for cell in (
        "<b>shut</b>",
        "shut, then <b>locked</b>",
        "stays",
        "<i>already</i>",
        "<i>late</i>",
        "<i>contradicts</i>",
        "<i>refused</i>",
    ):
        assert cell in page
    assert "<caption>a door: what we may decide</caption>" in page
