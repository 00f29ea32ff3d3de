"""What a plan of ports warns of: numbers that stay, the BTN, accounts in several orders; and which ports are simple."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pstnkit.numbering.ranges import NumberRange
from pstnkit.numbering.telephone import TelephoneNumber
from pstnkit.porting.planning.cautions import (
    Caution,
    CautionKind,
    MoreThanItsLines,
    NewBtnLeaves,
    NewBtnNeeded,
    PartialPort,
    PortabilityNotKnown,
    SeveralOrders,
    StayingNotTold,
)
from pstnkit.porting.planning.facts import PortFacts
from pstnkit.porting.planning.planner import plan_ports
from pstnkit.porting.planning.port_plan import PortPlan
from pstnkit.porting.planning.portability import NotPortable, NotPortableReason
from pstnkit.porting.planning.rules import PortRules
from pstnkit.porting.planning.simplicity import NotSimple, Simple, simplicity
from pstnkit.secret import Secret, SecretRef

TEN = NumberRange("4152012000", "4152012009")
BTN = TEN[0]


def ten(first: int, last: int) -> NumberRange:
    """The numbers of TEN from the one place to the other."""
    return NumberRange(TEN[first], TEN[last])


ACCOUNT = PortFacts(losing_carrier="Old Bell", account_number=Secret("004-881"), btn=BTN)


def warned(plan: PortPlan) -> list[Caution]:
    """The cautions but that nobody has asked whether the numbers can be ported."""
    return [caution for caution in plan.cautions if not isinstance(caution, PortabilityNotKnown)]


# --- partial ports -----------------------------------------------------------------------------------------


def test_numbers_of_the_account_that_are_not_in_the_list_stay() -> None:
    plan = plan_ports(ten(1, 3), known={TEN: ACCOUNT})
    stay = (ten(0, 0), ten(4, 9))
    assert warned(plan) == [PartialPort(orders=(1,), staying=stay, unnamed=0)]
    [order] = plan.orders
    assert (order.staying, order.unnamed, order.is_partial) == (stay, 0, True)
    assert str(warned(plan)[0]) == (
        "order 1: a partial port: 7 numbers (+14152012000, +14152012004..+14152012009) stay on the account"
    )
    assert plan.cautions_of(order) == plan.cautions


def test_where_the_btn_leaves_and_numbers_stay_a_new_one_must_be_named() -> None:
    plan = plan_ports(ten(0, 3), known={TEN: ACCOUNT})
    assert NewBtnNeeded(orders=(1,), btn=BTN) in plan.cautions
    named = plan_ports(ten(0, 3), known={TEN: ACCOUNT.refined(PortFacts(new_btn=TEN[5]))})
    assert warned(named) == [PartialPort(orders=(1,), staying=(ten(4, 9),), unnamed=0)]
    leaving = plan_ports(ten(0, 3), known={TEN: ACCOUNT.refined(PortFacts(new_btn=TEN[2]))})
    assert NewBtnLeaves(orders=(1,), new_btn=TEN[2]) in leaving.cautions


def test_the_count_of_lines_tells_how_many_stay_though_not_which() -> None:
    plan = plan_ports([TEN], known=ACCOUNT.refined(PortFacts(lines=12)))
    assert warned(plan) == [
        PartialPort(orders=(1,), staying=(), unnamed=2),
        NewBtnNeeded(orders=(1,), btn=BTN),
    ]
    assert str(warned(plan)[0]) == "order 1: a partial port: 2 numbers stay on the account"
    assert plan.orders[0].unnamed == 2


def test_a_whole_account_leaves_without_a_warning() -> None:
    assert warned(plan_ports([TEN], known=ACCOUNT.refined(PortFacts(lines=10)))) == []


def test_a_btn_that_is_not_in_the_list_stays() -> None:
    plan = plan_ports(ten(1, 9), known=ACCOUNT)
    assert warned(plan) == [PartialPort(orders=(1,), staying=(ten(0, 0),), unnamed=0)]
    assert str(warned(plan)[0]).startswith("order 1: a partial port: 1 number (+14152012000) stays")


def test_what_stays_has_to_be_told() -> None:
    plan = plan_ports([TEN], known=ACCOUNT)
    assert warned(plan) == [StayingNotTold(orders=(1,))]


def test_what_stays_is_asked_once_for_all_accounts() -> None:
    other = PortFacts(losing_carrier="Pac Tel", account_number=Secret("004-881"))
    plan = plan_ports([TEN], known=[(TEN, ACCOUNT), (ten(5, 9), other)])
    assert warned(plan) == [StayingNotTold(orders=(1, 2))]


def test_numbers_that_cannot_port_stay_and_those_that_are_here_already_do_not() -> None:
    answers = [NotPortable(TEN[1], NotPortableReason.PORT_FREEZE)]
    plan = plan_ports([TEN], known=ACCOUNT, answers=answers, owned=ten(2, 2), active=ten(3, 3))
    assert PartialPort(orders=(1,), staying=(ten(1, 1),), unnamed=0) in plan.cautions
    moved = plan_ports(ten(1, 9), known={TEN: ACCOUNT}, owned=[BTN])
    assert warned(moved) == [StayingNotTold(orders=(1,))]


def test_more_numbers_than_lines_cannot_be() -> None:
    plan = plan_ports([TEN], known=ACCOUNT.refined(PortFacts(lines=1)))
    assert warned(plan) == [MoreThanItsLines(orders=(1,), lines=1, named=10)]
    assert (
        str(warned(plan)[0]) == "order 1: the account is said to have 1 line, and 10 of its numbers are named"
    )


def test_an_account_is_known_by_its_btn_where_its_number_is_not() -> None:
    by_btn = PortFacts(losing_carrier="OLD BELL", btn=BTN)
    plan = plan_ports(ten(0, 3), known=[(ten(0, 3), ACCOUNT), (ten(4, 9), by_btn)])
    assert plan.orders[0].staying == (ten(4, 9),)
    alone = plan_ports(ten(0, 3), known=[(ten(0, 3), by_btn), (ten(4, 4), by_btn)])
    assert alone.orders[0].staying == (ten(4, 4),)
    others = PortFacts(losing_carrier="Old Bell")
    assert not plan_ports(ten(0, 3), known=[(ten(0, 3), others), (ten(4, 9), others)]).orders[0].is_partial
    nobodys = PortFacts(btn=BTN)
    assert not plan_ports(ten(0, 3), known=[(ten(0, 3), by_btn), (ten(4, 9), nobodys)]).orders[0].is_partial


def test_toll_free_numbers_are_on_no_account_of_a_losing_carrier() -> None:
    number = TelephoneNumber("8002012000")
    plan = plan_ports([number], known=PortFacts(losing_carrier="XYZ01", btn=BTN, lines=4))
    assert warned(plan) == []


def test_an_account_in_several_orders_sends_its_btn_last() -> None:
    known = ACCOUNT.refined(PortFacts(port_type="off_net", lines=100))
    numbers = NumberRange("4152012000", "4152012099")
    plan = plan_ports([numbers], known=known, rules=PortRules.of_one_carrier())
    assert [order.has_btn for order in plan.orders] == [False, False, True]
    several = SeveralOrders(orders=(1, 2, 3), last=3)
    assert several in plan.cautions
    assert str(several) == (
        "orders 1, 2, 3: one account leaves in 3 orders: "
        "order 3 has its BTN and is to go last, or on the same day as the others"
    )
    assert str(SeveralOrders(orders=range(1, 9), last=None)) == (
        "orders 1, 2, 3, 4, 5, 6 ...: one account leaves in 8 orders"
    )


def test_named_and_unnamed_numbers_that_stay_are_told_together() -> None:
    plan = plan_ports(ten(0, 3), known={TEN: ACCOUNT.refined(PortFacts(lines=11))})
    assert str(warned(plan)[0]) == (
        "order 1: a partial port: 6 numbers (+14152012004..+14152012009) stay on the account, and 1 more"
    )


@given(
    st.lists(st.integers(0, 9), min_size=1, max_size=10, unique=True),
    st.lists(st.sampled_from(["one", "two"]), min_size=10, max_size=10),
    st.sets(st.integers(0, 9)),
    st.sets(st.integers(0, 9)),
    st.sets(st.integers(0, 9)),
)
def test_what_stays_is_what_is_on_the_account_and_goes_nowhere(
    wanted: list[int], accounts: list[str], owned: set[int], active: set[int], frozen: set[int]
) -> None:
    """By the plainest of rules: on the account, not in an order of the plan, not here already, not in another order."""
    known = [
        (TEN[k], PortFacts(losing_carrier="Old Bell", account_number=SecretRef(accounts[k])))
        for k in range(10)
    ]
    plan = plan_ports(
        [TEN[k] for k in wanted],
        known=known,
        owned=[TEN[k] for k in owned],
        active=[TEN[k] for k in active],
        answers=[NotPortable(TEN[k], NotPortableReason.PORT_FREEZE) for k in frozen],
    )
    going = set(wanted) - owned - active - frozen
    planned = [n for order in plan.orders for part in order.numbers for n in part]
    assert sorted(planned) == [TEN[k] for k in sorted(going)]
    stopped = {n for one in plan.cannot for part in one.numbers for n in part}
    assert stopped == {TEN[k] for k in wanted if k not in going}
    for order in plan.orders:
        account = accounts[TEN.index(order.numbers[0].first)]
        left = [k for k in range(10) if accounts[k] == account and k not in going | owned | active]
        assert [n for part in order.staying for n in part] == [TEN[k] for k in left]
        assert order.is_partial is bool(left)


def test_accounts_do_not_mix() -> None:
    other = PortFacts(losing_carrier="Pac Tel", account_number=Secret("004-881"), btn=TEN[9])
    plan = plan_ports([TEN[0], TEN[9]], known=[(ten(0, 4), ACCOUNT), (ten(5, 9), other)])
    assert [order.staying for order in plan.orders] == [(ten(1, 4),), (ten(5, 8),)]


def test_every_caution_has_figures_of_its_own() -> None:
    with pytest.raises(NotImplementedError):
        _ = Caution(orders=(1,)).figures
    assert {kind.kind for kind in Caution.__subclasses__()} == set(CautionKind)


# --- simple ports ------------------------------------------------------------------------------------------

KNOWN: dict[str, Any] = {"lines": 1, "reseller": False, "unbundled": False, "complex_features": False}


@pytest.mark.parametrize(
    ("given", "numbers", "others", "toll_free", "answer", "because"),
    [
        ({}, 1, 0, False, Simple.YES, ()),
        ({}, 2, 0, False, Simple.NO, (NotSimple.SEVERAL_NUMBERS,)),
        ({}, 1, 1, False, Simple.NO, (NotSimple.OTHER_LINES,)),
        ({"lines": 2}, 1, 0, False, Simple.NO, (NotSimple.OTHER_LINES,)),
        ({"lines": None}, 1, 0, False, Simple.NOT_KNOWN, ()),
        ({"reseller": True}, 1, 0, False, Simple.NO, (NotSimple.RESELLER,)),
        ({"unbundled": True, "complex_features": None}, 1, 0, False, Simple.NO, (NotSimple.UNBUNDLED,)),
        ({"complex_features": True}, 1, 0, False, Simple.NO, (NotSimple.COMPLEX_FEATURES,)),
        ({"reseller": None}, 1, 0, False, Simple.NOT_KNOWN, ()),
        ({}, 1, 0, True, Simple.NO, (NotSimple.TOLL_FREE,)),
    ],
)
def test_a_simple_port_is_one_line_without_any_complication(
    given: dict[str, Any],
    numbers: int,
    others: int,
    toll_free: bool,
    answer: Simple,
    because: tuple[NotSimple, ...],
) -> None:
    found = simplicity(PortFacts(**{**KNOWN, **given}), numbers=numbers, others=others, toll_free=toll_free)
    assert (found.answer, found.because) == (answer, because)
    assert found.is_simple is {Simple.YES: True, Simple.NO: False, Simple.NOT_KNOWN: None}[answer]


def test_whether_a_port_is_simple_is_said_in_words() -> None:
    assert str(simplicity(PortFacts(**KNOWN), numbers=1, others=0)) == "a simple port"
    several = simplicity(PortFacts(reseller=True), numbers=2, others=0)
    assert str(several) == "not a simple port: it has several numbers, a reseller is involved"


def test_one_number_of_several_orders_is_not_simple() -> None:
    known = {TEN: ACCOUNT.refined(PortFacts(reseller=False)), BTN: PortFacts(signer="Ada Park")}
    plan = plan_ports(ten(0, 1), known=known)
    assert [order.simplicity.because for order in plan.orders] == [(NotSimple.OTHER_LINES,)] * 2
