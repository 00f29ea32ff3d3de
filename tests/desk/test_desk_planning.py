"""Ports planned at the desk: with the carrier's answers, and with what the partner's own records know."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bench import ACCOUNT, NEW, OLD, Bench, piece, signed_bench
from pstnkit.accounts.customers import AccountKind
from pstnkit.carriers.protocol import Accepted, CheckPortability, RefusalReason, Refused, Reply
from pstnkit.desk.answers import CarrierRefused
from pstnkit.inventory.exchanges import Exchanges
from pstnkit.inventory.supply import RateCenter
from pstnkit.numbering.paste import read_numbers
from pstnkit.numbering.ranges import NumberRange
from pstnkit.ordering.cart import PortingNotOpen
from pstnkit.ordering.lines import PortLine
from pstnkit.porting.papers import IncompleteLetter
from pstnkit.porting.planning.cautions import CautionKind
from pstnkit.porting.planning.facts import PortFacts
from pstnkit.porting.planning.obstacles import Obstacle
from pstnkit.porting.planning.portability import (
    NotPortable,
    NotPortableReason,
    Portability,
    PortabilityUnknown,
    Portable,
    WhyNotKnown,
)
from pstnkit.porting.planning.rules import PortRules
from pstnkit.secret import Secret, SecretRef

KNOWN = PortFacts(
    losing_carrier="OTHER CARRIER",
    account_number=Secret("004-881-22"),
    business_name="Quay Carpentry",
    btn=OLD.first,
    lines=5,
)
FIRST = OLD.first


# --- what the carrier says ------------------------------------------------------------------------------------


def test_portability_is_told_number_by_number_and_nothing_is_asked_about_nothing() -> None:
    bench = Bench()
    bench.order(1)
    bench.sign()
    bench.wait(minutes=10)
    answers = bench.desk.check_portability([OLD.first, NEW.first])
    assert answers == (
        NotPortable(NEW.first, NotPortableReason.ALREADY_HERE),
        Portable(OLD.first, PortFacts(losing_carrier="OTHER CARRIER")),
    )
    bench.wire.sent.clear()
    assert bench.desk.check_portability([]) == ()
    assert bench.wire.sent == []


def test_a_carrier_that_is_silent_has_not_said_no() -> None:
    bench = Bench()
    bench.wire.lose("check_portability", arrives=True)
    assert bench.desk.check_portability([FIRST]) == (
        PortabilityUnknown(FIRST, WhyNotKnown.NO_ANSWER, "no answer in time"),
    )


class Checker:
    """A carrier that has one operation, and gives the reply that it is made with."""

    def __init__(self, reply: Reply[tuple[Portability, ...]]) -> None:
        self.reply = reply
        self.asked: list[CheckPortability] = []

    def check_portability(self, request: CheckPortability, /) -> Reply[tuple[Portability, ...]]:
        self.asked.append(request)
        return self.reply


def test_a_number_that_an_answer_leaves_out_is_not_known() -> None:
    bench = Bench()
    bench.desk.carrier = Checker(Accepted((Portable(FIRST + 1),)))
    assert bench.desk.check_portability([piece(OLD, 0, 2)]) == (
        PortabilityUnknown(FIRST, WhyNotKnown.LEFT_OUT),
        Portable(FIRST + 1),
    )


def test_a_carrier_without_a_check_cannot_tell() -> None:
    bench = Bench()
    bench.desk.carrier = object()
    [answer] = bench.desk.check_portability([FIRST])
    assert isinstance(answer, PortabilityUnknown)
    assert answer.why is WhyNotKnown.CANNOT_TELL


def test_a_carrier_that_refuses_the_question_is_an_error() -> None:
    bench = Bench()
    bench.desk.carrier = Checker(Refused(RefusalReason.INVALID, "no such numbers"))
    with pytest.raises(CarrierRefused, match="no such numbers"):
        bench.desk.check_portability([FIRST])


def test_very_many_numbers_are_asked_about_in_portions() -> None:
    bench = Bench()
    checker = bench.desk.carrier = Checker(Accepted(()))
    many = [NumberRange("4153980000", "4153980599"), NumberRange("4153990000", "4153991999")]
    assert len(bench.desk.check_portability(many)) == 2_600
    assert [sum(map(len, request.numbers)) for request in checker.asked] == [600, 1_000, 1_000]


# --- plans ----------------------------------------------------------------------------------------------------


def test_a_plan_asks_the_carrier_and_knows_the_rate_centers() -> None:
    bench = Bench()
    bench.desk = bench.open_desk(
        exchanges=Exchanges.from_text("State,NPA-NXX,RateCenter\nCA,415-398,SNFC CNTRL\n")
    )
    report = read_numbers("415-398-2010 - 2014\n415-398-20XX")
    plan = bench.desk.plan_ports(bench.customer, report, known=KNOWN)
    [order] = plan.orders
    assert (order.quantity, order.rate_centers) == (5, (RateCenter("US-CA", "SNFC CNTRL"),))
    assert [one.reason for one in plan.cannot] == [Obstacle.UNREADABLE]
    assert CautionKind.PORTABILITY_NOT_KNOWN not in {caution.kind for caution in plan.cautions}


def test_a_plan_is_made_under_the_carriers_rules() -> None:
    bench = Bench()
    plan = bench.desk.plan_ports(bench.customer, [OLD], known=KNOWN, rules=PortRules(most_off_net=2))
    assert [order.quantity for order in plan.orders] == [2, 1, 2]


def test_what_is_here_already_or_in_an_order_is_not_planned_whoever_has_it() -> None:
    bench = Bench()
    bench.order(1)
    bench.sign()
    bench.wait(minutes=10)
    port = bench.port(piece(OLD, 0, 2))
    other = bench.desk.start_trial(company="Bay Boats", email="bo@bay.example", timezone="America/Chicago")
    plan = bench.desk.plan_ports(other, [OLD, NEW.first], known=KNOWN)
    assert [order.numbers for order in plan.orders] == [(piece(OLD, 2, 5),)]
    assert plan.why(OLD.first) == (
        f"2 numbers (+14153982010..+14153982011): they are in an order that is under way ({port.id})",
    )
    assert plan.why(NEW.first) == (
        f"1 number (+14152012000): here already ({bench.customer})",
        "1 number (+14152012000): the carrier has it already",
    )


def test_numbers_of_an_order_that_is_over_can_be_planned_again() -> None:
    bench = Bench()
    port = bench.port()
    assert bench.desk.plan_ports(bench.customer, [OLD], known=KNOWN).quantity == 0
    bench.desk.cancel(port)
    assert bench.desk.plan_ports(bench.customer, [OLD], known=KNOWN).quantity == 5


# --- into the cart ----------------------------------------------------------------------------------------------


def test_a_planned_order_becomes_a_line_whose_secrets_the_store_keeps() -> None:
    bench = Bench()
    cart = bench.desk.open_cart(bench.customer)
    plan = bench.desk.plan_ports(bench.customer, [OLD], known=KNOWN.refined(PortFacts(pin=Secret("7788"))))
    filled = bench.desk.add_planned(cart, plan.orders[0], requested=date(2026, 12, 15))
    [line] = filled.lines
    assert isinstance(line, PortLine)
    assert (line.numbers, line.requested) == ((OLD,), date(2026, 12, 15))
    assert (line.account.carrier, line.account.business_name) == ("OTHER CARRIER", "Quay Carpentry")
    assert (line.account.btn, line.account.service_address) == (OLD.first, None)
    assert isinstance(line.account.account_number, SecretRef)
    assert isinstance(line.account.pin, SecretRef)


def test_what_a_planned_partial_port_names_as_the_new_btn_reaches_the_carrier() -> None:
    bench = signed_bench()
    stays = NumberRange(OLD.last + 1, OLD.last + 2)
    known = [([OLD, stays], KNOWN.refined(PortFacts(new_btn=stays.last, lines=8)))]
    plan = bench.desk.plan_ports(bench.customer, [OLD], known=known)
    assert CautionKind.NEW_BTN_NEEDED not in [caution.kind for caution in plan.cautions]
    cart = bench.desk.add_planned(bench.desk.open_cart(bench.customer), plan.orders[0])
    [port] = bench.finish(bench.desk.place(cart))
    edited = bench.desk.correct_port(port.id, new_btn=f"{stays.first:national}")
    assert edited.new_btn == stays.first
    bench.sign()
    [sent] = bench.asked("submit_port")
    assert (sent["btn"], sent["new_btn"]) == (str(OLD.first), str(stays.first))


@pytest.mark.parametrize(
    ("missing", "fields"),
    [
        ({"business_name": None}, ("business_name",)),
        ({"business_name": None, "account_number": None}, ("account_number", "business_name")),
    ],
)
def test_a_planned_order_of_which_too_little_is_known_says_what_is_missing(
    missing: dict[str, Any], fields: tuple[str, ...]
) -> None:
    bench = Bench()
    told = {name: value for name, value in KNOWN_FIELDS.items() if name not in missing}
    plan = bench.desk.plan_ports(bench.customer, [OLD], known=PortFacts(**told))
    with pytest.raises(IncompleteLetter) as refused:
        bench.desk.add_planned(bench.desk.open_cart(bench.customer), plan.orders[0])
    assert refused.value.fields == fields


KNOWN_FIELDS: dict[str, Any] = {
    "losing_carrier": ACCOUNT.carrier,
    "account_number": ACCOUNT.account_number,
    "business_name": ACCOUNT.business_name,
}


def test_a_trial_can_plan_a_port_and_not_order_it() -> None:
    bench = Bench(paid=False)
    assert bench.desk.customer(bench.customer).account is AccountKind.TRIAL
    plan = bench.desk.plan_ports(bench.customer, [OLD], known=KNOWN)
    with pytest.raises(PortingNotOpen):
        bench.desk.add_planned(bench.desk.open_cart(bench.customer), plan.orders[0])
