"""From a pasted list to the fewest orders that a carrier accepts (SPEC P1, DOMAIN 4), with every reason told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pstnkit.accounts.addresses import CivicAddress
from pstnkit.inventory.exchanges import Exchanges
from pstnkit.inventory.supply import RateCenter
from pstnkit.lifecycle.fulfillment import InvalidPolicy
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.paste import read_numbers
from pstnkit.numbering.ranges import NumberRange
from pstnkit.numbering.telephone import TelephoneNumber
from pstnkit.porting.planning.cautions import CarrierDiffers, FactNotKnown, PortabilityNotKnown, RangeCut
from pstnkit.porting.planning.cuts import CutReason
from pstnkit.porting.planning.facts import PortFacts, PortField, PortType
from pstnkit.porting.planning.obstacles import Obstacle
from pstnkit.porting.planning.planned import PlannedPort
from pstnkit.porting.planning.planner import plan_ports
from pstnkit.porting.planning.port_plan import NotPlanned, PortPlan
from pstnkit.porting.planning.portability import (
    NotPortable,
    NotPortableReason,
    Portability,
    PortabilityUnknown,
    Portable,
    WhyNotKnown,
)
from pstnkit.porting.planning.rules import PortRules
from pstnkit.secret import Secret, SecretNotHere, SecretRef

FIRST = TelephoneNumber("4152012000")
TEN = NumberRange("4152012000", "4152012009")
TOLL_FREE = TelephoneNumber("8002012000")
OLD_BELL = PortFacts(losing_carrier="Old Bell", account_number=Secret("004-881"))
ADDRESS = CivicAddress(
    house_number="1200", street="Anson St", city="San Francisco", state="CA", postal_code="94107"
)


def numbers_in(plan: PortPlan) -> list[list[TelephoneNumber]]:
    return [[number for part in order.numbers for number in part] for order in plan.orders]


def said(plan: PortPlan) -> list[str]:
    return [str(cut) for cut in plan.cuts]


# --- the fewest orders, beside all the ways there are ------------------------------------------------------


def partitions(items: Sequence[int]) -> Iterator[list[list[int]]]:
    if not items:
        yield []
        return
    for rest in partitions(items[1:]):
        yield [[items[0]], *rest]
        for place, order in enumerate(rest):
            yield [*rest[:place], [items[0], *order], *rest[place + 1 :]]


def accepted(order: Iterable[int], facts: dict[int, PortFacts], rules: PortRules) -> bool:
    """Whether the carrier takes these numbers in one order, said as plainly as can be."""
    numbers = list(order)
    types = {facts[number].port_type for number in numbers}
    limits = [rules.most(kind) for kind in types]
    if any(limit is not None and len(numbers) > limit for limit in limits):
        return False
    apart = rules.toll_free_apart or PortField.RATE_CENTER in rules.same
    if apart and len({str(number)[0] == "8" for number in numbers}) > 1:
        return False

    def alike(field: str, value: Any) -> Any:
        if isinstance(value, str) and field != "port_type":
            return value.lower()
        return value

    for field in rules.same:
        concerned = [n for n in numbers if not (field is PortField.RATE_CENTER and str(n)[0] == "8")]
        if len({alike(field, getattr(facts[number], field)) for number in concerned}) > 1:
            return False
    return True


some_facts = st.builds(
    PortFacts,
    losing_carrier=st.sampled_from(["Old Bell", "OLD BELL", "Pac Tel"]),
    account_number=st.sampled_from([None, SecretRef("one"), SecretRef("two")]),
    signer=st.sampled_from([None, "Ada Park"]),
    port_type=st.sampled_from([None, "automated", "off_net"]),
    rate_center=st.sampled_from([None, RateCenter("US-CA", "OAKLAND"), RateCenter("US-NV", "OAKLAND")]),
)
few_facts = st.lists(some_facts, min_size=1, max_size=3)
pools = [*range(4152012000, 4152012005), 4152012007, 8002012000, 8002012001]
some_rules = st.builds(
    PortRules,
    same=st.sampled_from([frozenset(PortField), frozenset(PortField) - {PortField.RATE_CENTER}]),
    toll_free_apart=st.booleans(),
    most_automated=st.none() | st.integers(1, 4),
    most_off_net=st.none() | st.integers(1, 3),
)


@given(
    st.lists(st.sampled_from(pools), min_size=1, max_size=7, unique=True),
    few_facts,
    st.lists(st.integers(0, 2), min_size=8, max_size=8),
    some_rules,
)
def test_no_plan_with_fewer_orders_would_be_accepted(
    digits: list[int], facts: list[PortFacts], choice: list[int], rules: PortRules
) -> None:
    known = {number: facts[choice[place] % len(facts)] for place, number in enumerate(digits)}
    numbers = [TelephoneNumber(number) for number in digits]
    plan = plan_ports(numbers, known=[(TelephoneNumber(n), one) for n, one in known.items()], rules=rules)
    orders = [[int(number) for number in order] for order in numbers_in(plan)]
    assert sorted(number for order in orders for number in order) == sorted(digits)
    assert all(accepted(order, known, rules) for order in orders)
    ways = [way for way in partitions(digits) if all(accepted(order, known, rules) for order in way)]
    assert len(orders) == min(map(len, ways))
    assert plan.proven
    shuffled = plan_ports(
        reversed(numbers), known=[(TelephoneNumber(n), one) for n, one in known.items()], rules=rules
    )
    assert shuffled == plan


@given(
    st.lists(st.sampled_from(pools), min_size=2, max_size=7, unique=True),
    few_facts,
    st.lists(st.integers(0, 2), min_size=8, max_size=8),
    some_rules,
)
def test_two_numbers_are_apart_for_a_reason_exactly_when_their_orders_differ(
    digits: list[int], facts: list[PortFacts], choice: list[int], rules: PortRules
) -> None:
    known = [(TelephoneNumber(n), facts[choice[place] % len(facts)]) for place, n in enumerate(digits)]
    plan = plan_ports([number for number, _ in known], known=known, rules=rules)
    for one, _ in known:
        for other, _ in known:
            together = plan.order_of(one) is plan.order_of(other)
            assert (plan.why_apart(one, other) == ()) is together
    assert (len(plan.cuts) > 0) == (len(plan.orders) > 1)


# --- the cuts ----------------------------------------------------------------------------------------------


def test_numbers_with_everything_in_common_go_in_one_order() -> None:
    plan = plan_ports([TEN], known=OLD_BELL)
    [order] = plan.orders
    assert (order.numbers, order.quantity, order.position) == ((TEN,), 10, 1)
    assert (order.facts, order.toll_free, plan.quantity) == (OLD_BELL, False, 10)
    assert (plan.cuts, plan.cannot, plan.undecided, plan.proven) == ((), (), (), True)
    assert plan.why_apart(TEN[0], TEN[9]) == ()


@pytest.mark.parametrize(
    ("one", "other", "reason", "sentence"),
    [
        (
            {"losing_carrier": "Pac Tel"},
            {},
            CutReason.LOSING_CARRIER,
            "2 numbers are with 2 losing carriers: Pac Tel (1), Old Bell (1)",
        ),
        (
            {"account_number": SecretRef("secret-7")},
            {},
            CutReason.ACCOUNT_NUMBER,
            "2 numbers are on 2 accounts: secret-7 (1), account of +14152012005 (1)",
        ),
        (
            {"btn": FIRST},
            {"btn": FIRST + 5},
            CutReason.BTN,
            "2 numbers are billed to 2 BTNs: +14152012000 (1), +14152012005 (1)",
        ),
        (
            {"business_name": "Bay Bicycles"},
            {"business_name": "Bay Boats"},
            CutReason.BUSINESS_NAME,
            "2 numbers are in 2 business names: Bay Bicycles (1), Bay Boats (1)",
        ),
        (
            {"service_address": ADDRESS},
            {},
            CutReason.SERVICE_ADDRESS,
            "2 numbers are at 2 service addresses: 1200 Anson St, San Francisco, CA 94107, US (1), "
            "service address not known (1)",
        ),
        (
            {"signer": "Ada Park"},
            {"signer": "Bo Lind"},
            CutReason.SIGNER,
            "2 numbers have 2 authorized signers: Ada Park (1), Bo Lind (1)",
        ),
        (
            {"port_type": "off_net"},
            {"port_type": "manual"},
            CutReason.PORT_TYPE,
            "2 numbers are of 2 types of port: off-net (1), manual (1)",
        ),
    ],
)
def test_what_has_to_be_the_same_cuts_a_list_and_is_named(
    one: dict[str, Any], other: dict[str, Any], reason: CutReason, sentence: str
) -> None:
    known = [
        (FIRST, OLD_BELL.refined(PortFacts(**one))),
        (FIRST + 5, OLD_BELL.refined(PortFacts(**other))),
    ]
    plan = plan_ports([FIRST, FIRST + 5], known=known)
    assert len(plan.orders) == 2
    assert said(plan) == [sentence]
    assert [cut.by for cut in plan.cuts] == [reason]
    assert plan.why_apart(FIRST, FIRST + 5) == (reason,)


def test_names_and_account_numbers_are_the_same_however_they_are_written() -> None:
    known = [
        (FIRST, PortFacts(losing_carrier="Old Bell", account_number=Secret("004-881"), signer="Ada Park")),
        (
            FIRST + 5,
            PortFacts(losing_carrier="OLD  BELL", account_number=Secret("004 881"), signer="ADA PARK"),
        ),
    ]
    plan = plan_ports([FIRST, FIRST + 5], known=known)
    [order] = plan.orders
    assert (order.facts.losing_carrier, order.facts.signer) == ("Old Bell", "Ada Park")


def test_the_rate_center_counts_where_the_carrier_asks_for_it() -> None:
    table = Exchanges.from_text("State,NPA-NXX,RateCenter\nCA,415-201,SNFC CNTRL\nCA,510-201,OAKLAND\n")
    numbers = [FIRST, TelephoneNumber("5102012000"), TelephoneNumber("6502012000"), TOLL_FREE]
    plan = plan_ports(numbers, known=OLD_BELL, exchanges=table)
    [local, toll_free] = plan.orders
    assert local.rate_centers == (RateCenter("US-CA", "OAKLAND"), RateCenter("US-CA", "SNFC CNTRL"))
    assert local.facts.rate_center is None
    assert toll_free.rate_centers == ()
    strict = plan_ports(numbers, known=OLD_BELL, exchanges=table, rules=PortRules().by_rate_center())
    assert said(strict)[1] == (
        "not toll-free: 3 numbers are in 3 rate centers: "
        "SNFC CNTRL, CA (1), OAKLAND, CA (1), rate center not known (1)"
    )
    assert strict.orders[0].facts.rate_center == RateCenter("US-CA", "SNFC CNTRL")
    assert FactNotKnown(orders=(3,), fact=PortField.RATE_CENTER) in strict.cautions


def test_toll_free_numbers_go_apart_unless_the_carrier_takes_them_along() -> None:
    plan = plan_ports([FIRST, TOLL_FREE], known=OLD_BELL)
    assert [order.toll_free for order in plan.orders] == [False, True]
    assert plan.why_apart(FIRST, TOLL_FREE) == (CutReason.TOLL_FREE,)
    together = plan_ports([FIRST, TOLL_FREE], known=OLD_BELL, rules=PortRules(toll_free_apart=False))
    assert [order.quantity for order in together.orders] == [2]


def test_an_order_has_no_more_numbers_than_its_type_allows() -> None:
    rules = PortRules.of_one_carrier()
    known = [
        (NumberRange("4152010000", "4152010999"), OLD_BELL.refined(PortFacts(port_type="automated"))),
        (NumberRange("4152011000", "4152011049"), OLD_BELL.refined(PortFacts(port_type="off_net"))),
        (NumberRange("4152020000", "4152025000"), OLD_BELL.refined(PortFacts(port_type="manual"))),
    ]
    plan = plan_ports([numbers for numbers, _ in known], known=known, rules=rules)
    assert sorted(order.quantity for order in plan.orders) == [1, 1, 1, 49, 999, 5000]
    limits = [cut for cut in plan.cuts if cut.by is CutReason.MOST_IN_AN_ORDER]
    assert [(cut.most, cut.numbers) for cut in limits] == [(999, 1000), (49, 50), (5000, 5001)]
    assert (
        str(limits[1]) == "off-net: 50 numbers are more than the 49 that one order may have: 2 orders (49, 1)"
    )
    assert RangeCut(orders=(3, 4), cut=known[1][0]) in plan.cautions
    assert plan.why_apart(known[1][0][0], known[1][0][-1]) == (CutReason.MOST_IN_AN_ORDER,)


def test_whole_ranges_stay_together_before_ranges_are_cut() -> None:
    numbers = [NumberRange("4152012000", "4152012029"), NumberRange("4152012100", "4152012129")]
    plan = plan_ports(numbers, known=OLD_BELL, rules=PortRules(most_automated=50))
    assert [order.numbers for order in plan.orders] == [(numbers[0],), (numbers[1],)]
    assert not any(isinstance(caution, RangeCut) for caution in plan.cautions)


def test_ranges_that_must_stay_whole_may_take_more_orders() -> None:
    numbers = [NumberRange(f"4152012{k}00", f"4152012{k}29") for k in range(3)]
    loose = plan_ports(numbers, known=OLD_BELL, rules=PortRules(most_automated=45))
    assert [order.quantity for order in loose.orders] == [45, 45]
    whole = plan_ports(numbers, known=OLD_BELL, rules=PortRules(most_automated=45, ranges_stay_whole=True))
    assert [order.quantity for order in whole.orders] == [30, 30, 30]
    assert said(whole) == [
        "90 numbers are more than the 45 that one order may have, and ranges stay whole: 3 orders (30, 30, 30)"
    ]
    assert whole.why_apart(numbers[0][0], numbers[1][0]) == (CutReason.WHOLE_RANGES,)


def test_cuts_are_told_from_the_whole_list_down_and_long_lists_are_short() -> None:
    known = [(FIRST + k, OLD_BELL.refined(PortFacts(signer=f"Signer {k}"))) for k in range(0, 18, 2)]
    plan = plan_ports([number for number, _ in known], known=known)
    assert said(plan) == [
        "9 numbers have 9 authorized signers: Signer 0 (1), Signer 2 (1), Signer 4 (1), Signer 6 (1), "
        "Signer 8 (1), Signer 10 (1), and 3 more"
    ]
    assert [(part.numbers, part.orders) for part in plan.cuts[0].parts] == [(1, 1)] * 9


# --- what is known, and by whom ----------------------------------------------------------------------------


def test_what_is_said_later_refines_what_was_said_before() -> None:
    known = [
        (TEN, OLD_BELL),
        ([FIRST, FIRST + 1], PortFacts(signer="Ada Park")),
        (FIRST, PortFacts(signer="Bo")),
    ]
    plan = plan_ports([TEN], known=known)
    assert [(order.facts.signer, order.quantity) for order in plan.orders] == [
        ("Bo", 1),
        ("Ada Park", 1),
        (None, 8),
    ]
    assert FactNotKnown(orders=(3,), fact=PortField.SIGNER) in plan.cautions


def test_known_facts_come_as_a_mapping_too() -> None:
    plan = plan_ports([TEN], known={TEN: OLD_BELL, FIRST: PortFacts(pin=Secret("1234"))})
    [order] = plan.orders
    assert order.facts.pin == Secret("1234")


def test_what_is_told_otherwise_of_one_account_is_not_known_of_the_order() -> None:
    known = [(TEN, OLD_BELL), (FIRST, PortFacts(pin=Secret("1"), rate_center=RateCenter(None, "OAKLAND")))]
    plan = plan_ports([TEN], known=[*known, (FIRST + 1, PortFacts(pin=Secret("2")))])
    [order] = plan.orders
    assert (order.facts.pin, order.facts.rate_center) == (None, None)


def test_the_check_says_who_the_losing_carrier_is_and_the_customer_whose_account_it_is() -> None:
    told = PortFacts(losing_carrier="Pac Tel", port_type="manual", business_name="BAY BIKES")
    answers: list[Portability] = [Portable(number, told) for number in TEN]
    plan = plan_ports([TEN], known=OLD_BELL.refined(PortFacts(business_name="Bay Bicycles")), answers=answers)
    [order] = plan.orders
    assert (order.facts.losing_carrier, order.facts.port_type) == ("Pac Tel", PortType.MANUAL)
    assert order.facts.business_name == "Bay Bicycles"
    assert CarrierDiffers(orders=(1,), numbers=(TEN,), said="Old Bell", told="Pac Tel") in plan.cautions


def test_a_carrier_that_is_only_written_otherwise_is_the_same() -> None:
    plan = plan_ports(
        [FIRST], known=OLD_BELL, answers=[Portable(FIRST, PortFacts(losing_carrier="OLD BELL"))]
    )
    assert not any(isinstance(caution, CarrierDiffers) for caution in plan.cautions)


def test_a_question_without_an_answer_is_not_a_no() -> None:
    answers: list[Portability] = [
        PortabilityUnknown(FIRST, WhyNotKnown.NO_ANSWER),
        PortabilityUnknown(FIRST + 1, WhyNotKnown.CANNOT_TELL, "wireless"),
        Portable(FIRST + 2),
    ]
    plan = plan_ports(TEN[:4], known=OLD_BELL, answers=answers)
    assert plan.quantity == 4
    unknown = [caution for caution in plan.cautions if isinstance(caution, PortabilityNotKnown)]
    assert [(caution.why, caution.numbers[0].first) for caution in unknown] == [
        (WhyNotKnown.CANNOT_TELL, FIRST + 1),
        (WhyNotKnown.NO_ANSWER, FIRST),
        (WhyNotKnown.NOT_ASKED, FIRST + 3),
    ]
    assert str(answers[1]) == "the carrier cannot tell (wireless)"


def test_the_last_answer_about_a_number_counts() -> None:
    answers: list[Portability] = [
        NotPortable(FIRST, NotPortableReason.PORT_FREEZE),
        PortabilityUnknown(FIRST, WhyNotKnown.NO_ANSWER),
        Portable(FIRST),
    ]
    assert plan_ports([FIRST], known=OLD_BELL, answers=answers).cannot == ()
    stopped = plan_ports([FIRST], known=OLD_BELL, answers=reversed(answers))
    assert stopped.why(FIRST) == (
        "1 number (+14152012000): its user has had it locked: have the lock taken off first",
    )


def test_without_a_losing_carrier_a_number_is_undecided_and_not_refused() -> None:
    plan = plan_ports([TEN], known={FIRST: OLD_BELL})
    assert (plan.quantity, plan.cannot) == (1, ())
    [undecided] = plan.undecided
    assert (undecided.numbers, undecided.quantity) == ((TEN[1:],), 9)
    with pytest.raises(NotPlanned, match="find out the losing carrier") as refused:
        plan.order_of(TEN[5])
    assert refused.value.number == TEN[5]


# --- what cannot port --------------------------------------------------------------------------------------


def test_every_number_that_cannot_port_says_why() -> None:
    elsewhere, test_line = TelephoneNumber("8765115013"), TelephoneNumber("4159582000")
    premium, closed = TelephoneNumber("9002012000"), TelephoneNumber("2322012000")
    answers = [
        NotPortable(TEN[4], NotPortableReason.OTHER, "pager"),
        NotPortable(TelephoneNumber("2125550000"), NotPortableReason.OTHER),
    ]
    plan = plan_ports(
        [TEN, elsewhere, test_line, premium, closed],
        known=OLD_BELL,
        answers=answers,
        owned=[TEN[0]],
        active={"port-7": [TEN[1]], "port-8": TEN[1:3]},
        on=date(2026, 1, 10),
    )
    assert numbers_in(plan) == [[TEN[3], *TEN[5:]]]
    assert {(one.reason, number) for one in plan.cannot for part in one.numbers for number in part} == {
        (Obstacle.ELSEWHERE, elsewhere),
        (Obstacle.NOT_A_LINE, test_line),
        (Obstacle.NOT_A_LINE, premium),
        (Obstacle.AREA_CODE_NOT_IN_SERVICE, closed),
        (Obstacle.ALREADY_OWNED, TEN[0]),
        (Obstacle.IN_ACTIVE_ORDER, TEN[1]),
        (Obstacle.IN_ACTIVE_ORDER, TEN[2]),
        (Obstacle.NOT_PORTABLE, TEN[4]),
    }
    assert plan.why(TEN[1]) == (
        "1 number (+14152012001): it is in an order that is under way (port-7)",
        "2 numbers (+14152012001..+14152012002): they are in an order that is under way (port-8)",
    )
    assert plan.why(TEN[4]) == ("1 number (+14152012004): the carrier does not take it (pager)",)
    assert plan.why(TEN[5]) == ()
    with pytest.raises(NotPlanned, match="it was not in the list"):
        plan.order_of(FIRST + 100)


def test_lines_that_are_set_apart_are_found_among_others_of_their_exchange() -> None:
    numbers = [TelephoneNumber("8005550198"), TelephoneNumber("8005551212")]
    plan = plan_ports(numbers, known=OLD_BELL)
    assert numbers_in(plan) == [numbers[:1]]
    assert plan.why(numbers[1]) == ("1 number (+18005551212): 555-1212 is directory assistance",)


def test_numbers_of_active_orders_need_no_names() -> None:
    plan = plan_ports([TEN], known=OLD_BELL, active=TEN[:3])
    assert plan.why(TEN[0]) == (
        "3 numbers (+14152012000..+14152012002): they are in an order that is under way",
    )


def test_a_report_brings_the_entries_that_are_no_numbers() -> None:
    report = read_numbers("415-201-2000 - 2009\n415-201-20XX\n415-201-2000")
    plan = plan_ports(report, known=OLD_BELL)
    assert numbers_in(plan) == [list(TEN)]
    [unreadable] = plan.cannot
    assert (unreadable.reason, unreadable.text, unreadable.quantity) == (
        Obstacle.UNREADABLE,
        "415-201-20XX",
        0,
    )
    assert str(unreadable) == "'415-201-20XX' is not a telephone number"


def test_an_area_code_without_a_date_is_not_refused() -> None:
    assert plan_ports([TelephoneNumber("2322012000")], known=OLD_BELL, on=date(2031, 1, 1)).quantity == 1


def test_an_empty_list_is_an_empty_plan() -> None:
    plan = plan_ports([])
    assert (plan.orders, plan.cuts, plan.cautions, plan.cannot, plan.undecided) == ((), (), (), (), ())
    assert str(plan) == "0 numbers in 0 orders"


# --- what is no plan's input -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"numbers": "4152012000"}, "numbers: expected numbers, ranges or a report, not str"),
        ({"numbers": [4152012000]}, "numbers: expected a TelephoneNumber or a NumberRange, not int"),
        ({"known": [FIRST]}, "known: expected numbers and their PortFacts, not TelephoneNumber"),
        ({"known": [(FIRST, "Old Bell")]}, "known: expected numbers and their PortFacts, not tuple"),
        ({"known": [("x", OLD_BELL)]}, "known: expected numbers, ranges or a report, not str"),
        ({"answers": [FIRST]}, "answers: expected what a portability check says, not TelephoneNumber"),
        ({"owned": 7}, "owned: expected numbers, ranges or a report, not int"),
        ({"active": {"port-7": 7}}, "active: port-7: expected numbers, ranges or a report, not int"),
    ],
)
def test_what_is_no_number_fact_or_answer_is_a_type_error_that_says_where(
    given: dict[str, Any], complaint: str
) -> None:
    numbers: Any = given.pop("numbers", [FIRST])
    with pytest.raises(TypeError, match=complaint):
        plan_ports(numbers, **given)


def test_numbers_come_in_any_form() -> None:
    assert plan_ports(TEN, known=OLD_BELL) == plan_ports(
        NumberSet([TEN]), known=[(read_numbers("415-201-2000 - 2009"), OLD_BELL)]
    )
    assert plan_ports([FIRST], known=OLD_BELL, owned=FIRST).quantity == 0  # type: ignore[arg-type]


def test_an_account_number_that_did_not_come_along_cannot_be_compared() -> None:
    with pytest.raises(SecretNotHere):
        plan_ports([FIRST], known=PortFacts(losing_carrier="Old Bell", account_number=Secret.withheld()))


# --- the rules ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        (
            {"same": ["losing_carrier"]},
            "PortRules.same: an order has one account_number whatever a carrier accepts",
        ),
        (
            {"same": ["losing_carrier", "account_number", "color"]},
            "PortRules.same: 'color' is not a valid PortField; there are",
        ),
        ({"same": "btn"}, "PortRules.same: 'btn' is one text"),
        ({"most_manual": 0}, "PortRules.most_manual: 0 is no count"),
        ({"most_off_net": True}, "PortRules.most_off_net: True is no count"),
        (
            {"same": ["losing_carrier", "account_number"], "most_manual": 5},
            "PortRules.same: limits by the type of port",
        ),
    ],
)
def test_rules_that_no_carrier_has_are_refused(given: dict[str, Any], complaint: str) -> None:
    with pytest.raises(InvalidPolicy, match=complaint):
        PortRules(**given)


def test_fewer_things_may_have_to_be_the_same() -> None:
    known = [
        (FIRST, OLD_BELL.refined(PortFacts(signer="Ada Park", port_type="manual"))),
        (FIRST + 1, OLD_BELL.refined(PortFacts(signer="Bo Lind", port_type="off_net"))),
    ]
    plan = plan_ports(TEN[:2], known=known, rules=PortRules(same=["losing_carrier", "account_number"]))
    [order] = plan.orders
    assert (order.facts.signer, order.facts.port_type) == (None, None)


@pytest.mark.parametrize(
    ("kind", "most"), [("automated", 999), ("off_net", 49), ("manual", 5000), (None, 49)]
)
def test_the_preset_of_one_large_carrier(kind: str | None, most: int) -> None:
    assert PortRules.of_one_carrier().most(None if kind is None else PortType(kind)) == most
    assert PortRules().most(PortType.MANUAL) is None


# --- facts -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "error", "complaint"),
    [
        (
            {"account_number": "004-881"},
            TypeError,
            "account_number is a Secret or a SecretRef, not a str: wrap it",
        ),
        ({"pin": 1234}, TypeError, "pin is a Secret or a SecretRef, not a int"),
        ({"btn": "4152012000"}, TypeError, "btn"),
        ({"rate_center": "OAKLAND"}, TypeError, "rate_center is a RateCenter"),
        (
            {"port_type": "wired"},
            ValueError,
            "port_type: 'wired' is no type of port; there are automated, off_net",
        ),
        ({"lines": 0}, ValueError, "lines: 0 is no count of lines"),
    ],
)
def test_a_fact_that_cannot_be_is_refused(
    given: dict[str, Any], error: type[Exception], complaint: str
) -> None:
    with pytest.raises(error, match=complaint) as refused:
        PortFacts(**given)
    assert "004-881" not in str(refused.value)


def test_nothing_new_leaves_facts_as_they_are() -> None:
    assert OLD_BELL.refined(PortFacts()) is OLD_BELL


def test_an_order_knows_whether_the_btn_is_in_it() -> None:
    plan = plan_ports([TEN], known=OLD_BELL.refined(PortFacts(btn=FIRST + 3)))
    [order] = plan.orders
    assert order.has_btn
    assert not order.is_partial
    assert isinstance(order, PlannedPort)
    assert not plan_ports([TEN], known=OLD_BELL).orders[0].has_btn
