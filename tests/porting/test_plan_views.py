"""A plan of ports as people see it: lines of text and a part of a page, both safe and both short."""

from __future__ import annotations

import copy
import pickle

import pytest

from pstnkit.catalog import SENTENCES, key_of
from pstnkit.inventory.supply import RateCenter
from pstnkit.numbering.paste import read_numbers
from pstnkit.numbering.ranges import NumberRange
from pstnkit.numbering.telephone import TelephoneNumber
from pstnkit.porting.planning.cautions import CautionKind, CautionVariant
from pstnkit.porting.planning.cuts import CutReason
from pstnkit.porting.planning.facts import PortFacts
from pstnkit.porting.planning.obstacles import Obstacle
from pstnkit.porting.planning.parting import CutLabel
from pstnkit.porting.planning.planner import plan_ports
from pstnkit.porting.planning.port_plan import NotPlanned, PortPlan
from pstnkit.porting.planning.portability import NotPortableReason, WhyNotKnown
from pstnkit.porting.planning.rules import PortRules
from pstnkit.porting.planning.simplicity import NotSimple, Simple
from pstnkit.secret import Secret

NUMBERS = NumberRange("4152012000", "4152012099")
FACTS = PortFacts(
    losing_carrier="Old <Bell>",
    account_number=Secret("004-881"),
    port_type="off_net",
    btn=NUMBERS[0],
    lines=100,
)


def a_plan() -> PortPlan:
    known = [
        (NUMBERS, FACTS),
        *((NUMBERS[k], PortFacts(rate_center=RateCenter("US-CA", f"RC{k}"))) for k in range(3)),
    ]
    return plan_ports(
        [NUMBERS, TelephoneNumber("4152019000")],
        known=known,
        rules=PortRules.of_one_carrier(),
        owned=NUMBERS[99:],
    )


def test_a_plan_is_told_in_lines() -> None:
    assert a_plan().to_text().splitlines() == [
        "99 numbers in 3 orders; 1 cannot port; 1 undecided",
        "",
        "order  numbers  losing carrier  type     BTN           rate center                   simple  which numbers",
        "-----  -------  --------------  -------  ------------  ----------------------------  ------  "
        "--------------------------",
        "    1       49  Old <Bell>      off-net  +14152012000                                no      "
        "+14152012049..+14152012097",
        "    2        1  Old <Bell>      off-net  +14152012000                                no      +14152012098",
        "    3       49  Old <Bell>      off-net  +14152012000  RC0, CA; RC1, CA; and 1 more  no      "
        "+14152012000..+14152012048",
        "",
        "Why there are several orders:",
        "- 99 numbers are more than the 49 that one order may have: 3 orders (49, 49, 1)",
        "",
        "To mind:",
        "- orders 1, 2, 3: a partial port: 1 number stays on the account",
        "- order 3: the BTN +14152012000 leaves while numbers stay: name a new BTN for them",
        "- orders 1, 2, 3: one account leaves in 3 orders: order 3 has its BTN and is to go last, "
        "or on the same day as the others",
        "- orders 1, 2, 3: the range +14152012000..+14152012098 is cut",
        "- orders 1, 2, 3: 99 numbers (+14152012000..+14152012098): not known whether they can be ported: "
        "nobody has asked the carrier",
        "",
        "Cannot port:",
        "- 1 number (+14152012099): here already",
        "",
        "Undecided:",
        "- 1 number (+14152019000): find out the losing carrier, by a portability check or from a bill",
    ]


def test_a_long_plan_is_kept_short() -> None:
    text = a_plan().to_text(limit=1)
    assert "... and 2 more orders" in text
    assert "... and 4 more cautions" in text
    page = a_plan().to_html(limit=1)
    assert "... and 2 more orders" in page
    assert "... and 4 more cautions" in page
    assert "more" not in a_plan().to_text(limit=None).partition("\n\n")[0]


def test_a_page_is_escaped_and_shows_no_account_number() -> None:
    page = a_plan()._repr_html_()
    assert "Old &lt;Bell&gt;" in page
    assert "<Bell>" not in page
    for shown in (page, str(a_plan()), repr(a_plan()), repr(a_plan().orders)):
        assert "004-881" not in shown
        assert "004881" not in shown


def test_entries_that_give_no_number_are_counted() -> None:
    plan = plan_ports(read_numbers("415-201-2000\n415-201-20XX"), known=FACTS)
    assert str(plan).splitlines()[0] == "1 number in 1 order; 1 entry gives no number"


def test_an_empty_plan_has_no_table() -> None:
    assert "<table" not in plan_ports([]).to_html()


def test_a_plan_that_is_not_proven_says_so() -> None:
    numbers, at = [], 4152010000
    for size in [7, 6, 5] * 100:
        numbers.append(NumberRange._of(at, at + size - 1))
        at += size + 1
    plan = plan_ports(numbers, known=FACTS, rules=PortRules(most_off_net=16))
    assert not plan.proven
    assert "a longer search might find" in str(plan).splitlines()[0]


def test_a_plan_in_one_line() -> None:
    assert repr(a_plan()) == "<PortPlan: 99 numbers in 3 orders, 2 in none>"


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy])
def test_a_plan_can_be_copied(again: object) -> None:
    assert again(a_plan()) == a_plan()  # type: ignore[operator]


def test_an_error_about_a_number_survives_pickling() -> None:
    error = NotPlanned(NUMBERS[0], ("because",))
    again = pickle.loads(pickle.dumps(error))
    assert (again.number, again.why, str(again)) == (error.number, error.why, str(error))
    assert str(error) == "+14152012000 is in no order of the plan: because"


def test_everything_that_a_plan_may_say_has_a_sentence() -> None:
    kinds = (
        CautionKind,
        CautionVariant,
        CutReason,
        CutLabel,
        Obstacle,
        NotPortableReason,
        WhyNotKnown,
        Simple,
        NotSimple,
    )
    assert {key_of(member) for kind in kinds for member in kind} <= set(SENTENCES)
