"""SPEC O1, O4, O5 and S2: placing a cart, reading its alerts, finishing."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from attrs import evolve

from accounts_cases import ADDRESS, ready_paid, ready_trial, told, trial
from lifecycle_cases import FIRST, NOW, SECOND, THREE, event
from pstnkit.accounts.agreements import Agreement, AgreementKind, AgreementStatus
from pstnkit.accounts.customers import Customer, EnterAddress
from pstnkit.lifecycle.events import NaiveTime
from pstnkit.lifecycle.fulfillment import OrderKind
from pstnkit.lifecycle.record import apply
from pstnkit.lifecycle.reports import NumbersFailed, NumbersWorking
from pstnkit.numbering.plan import plan
from pstnkit.numbering.ranges import NumberRange
from pstnkit.ordering.cart import Cart, Line, LosingAccount, NumbersLine, PortLine, SourcingLine
from pstnkit.ordering.confirmation import (
    Alert,
    AlertKind,
    CannotFinish,
    CartChanged,
    Confirmation,
    ConfirmationLapsed,
    EmptyCart,
    PlacingPolicy,
    UnknownAlert,
    finish,
    place,
)
from pstnkit.ordering.numbers import NumberBook, NumbersExpected
from pstnkit.ordering.orders import CarrierHold, OrderStatus, Wanted
from pstnkit.secret import Secret

TERMS = AgreementKind.TERMS_OF_SERVICE
CONTRACT = AgreementKind.CONTRACT
LETTER = AgreementKind.LETTER_OF_AUTHORIZATION
ACCOUNT = LosingAccount(
    carrier="Old Bell", account_number=Secret("004-881-22"), business_name="Harbor Dental"
)
BOOK = NumberBook(id="customer-1/numbers", partner="partner-1", customer="customer-1")
HALF_AN_HOUR = timedelta(minutes=30)


def new(*numbers: NumberRange, until: datetime = NOW + HALF_AN_HOUR) -> NumbersLine:
    return NumbersLine(id=f"line-{numbers[0]}", numbers=numbers, hold=CarrierHold("RS-1", until))


def ported(*numbers: NumberRange) -> PortLine:
    return PortLine(id="line-port", numbers=numbers, account=ACCOUNT)


SOURCED = SourcingLine(id="line-source", wanted=Wanted(npa="628"), quantity=40)


def cart(*lines: Line) -> Cart:
    return Cart(id="cart-1", partner="partner-1", customer="customer-1", lines=lines, revision=len(lines))


def ids() -> Callable[[str], str]:
    serial = count(1)
    return lambda kind: f"{kind}-{next(serial)}"


def placed(*lines: Line, customer: Customer | None = None, now: datetime = NOW, **given: Any) -> Confirmation:
    known: dict[str, Any] = {"agreements": (), "book": BOOK, "plan": plan, "new_id": ids()}
    return place(cart(*lines), customer=customer or ready_paid(), now=now, **(known | given))


def finished(
    confirmation: Confirmation,
    acknowledged: Collection[AlertKind | str] | None = None,
    *lines: Line,
    now: datetime = NOW,
    book: NumberBook = BOOK,
    customer: Customer | None = None,
) -> Confirmation:
    read = list(AlertKind) if acknowledged is None else acknowledged
    held = cart(*lines) if lines else cart(*([SOURCED] * confirmation.cart_revision))
    return finish(confirmation, read, cart=held, customer=customer or ready_paid(), book=book, now=now)


def kinds(confirmation: Confirmation) -> list[AlertKind]:
    return [alert.kind for alert in confirmation.alerts]


def signed(kind: AgreementKind) -> Agreement:
    return Agreement(
        id="agreement-1",
        partner="partner-1",
        customer="customer-1",
        kind=kind,
        signer="Dana Reed",
        email="admin@harbor.example",
        client_reference="reference-1",
        status=AgreementStatus.SIGNED,
        signed=NOW,
    )


def owning(*working: NumberRange, pending: tuple[NumberRange, ...] = ()) -> NumberBook:
    book = apply(BOOK, event(BOOK.id, NumbersExpected((*working, *pending), "order-0"))).record
    return apply(book, event(BOOK.id, NumbersWorking(working))).record


def test_a_cart_becomes_one_order_of_its_new_numbers_one_of_each_request_and_a_port_of_each_account() -> None:
    more = NumberRange("4155550200", "4155550209")
    confirmation = placed(new(THREE), SOURCED, ported(NumberRange("4155550300", "4155550301")), new(more))
    standard, advanced = confirmation.orders
    assert (standard.kind, standard.quantity, len(standard.numbers.by_number)) == (OrderKind.STANDARD, 13, 13)
    assert (advanced.kind, advanced.quantity, advanced.wanted) == (OrderKind.ADVANCED, 40, Wanted(npa="628"))
    assert [hold.reference for hold in standard.holds] == ["RS-1", "RS-1"]
    [port] = confirmation.ports
    assert (port.line.quantity, port.gates) == (2, (CONTRACT, LETTER))
    assert {order.status for order in confirmation.orders} == {OrderStatus.DRAFT}
    references = {standard.client_reference, advanced.client_reference, port.client_reference}
    assert len({standard.id, advanced.id, port.order} | references) == 6


def test_o4_o5_the_gates_are_what_is_not_signed_yet() -> None:
    assert placed(SOURCED, customer=ready_trial()).orders[0].gates == (TERMS,)
    assert placed(SOURCED, agreements=[signed(TERMS)]).orders[0].gates == (CONTRACT,)
    assert placed(SOURCED, agreements=[signed(CONTRACT)]).orders[0].gates == ()
    [port] = placed(ported(THREE), agreements=[signed(CONTRACT)]).ports
    assert port.gates == (LETTER,)


def test_the_alerts_of_a_first_order_and_of_a_port() -> None:
    confirmation = placed(new(FIRST), ported(SECOND))
    assert [str(alert) for alert in confirmation.alerts] == [
        "nothing is processed until the customer has signed the contract",
        "1 number to be ported, but not before a letter of authorization is signed",
    ]
    assert not confirmation.blocked
    assert placed(new(FIRST), agreements=[signed(CONTRACT)]).alerts == ()


def test_s2_no_order_is_finished_before_the_set_up_is_complete() -> None:
    confirmation = placed(SOURCED, customer=trial(), agreements=[signed(TERMS)])
    assert kinds(confirmation) == [AlertKind.SET_UP_INCOMPLETE]
    assert confirmation.blocked
    with pytest.raises(CannotFinish, match=r"contract information is to be done \(blocking\)"):
        finished(confirmation)


def test_s2_an_address_entered_after_placing_has_to_be_confirmed_before_finishing() -> None:
    confirmation = placed(SOURCED)
    unconfirmed = told(ready_paid(), EnterAddress(evolve(ADDRESS, unit="STE 4")))
    with pytest.raises(CannotFinish) as refusal:
        finished(confirmation, customer=unconfirmed)
    assert [alert.kind for alert in refusal.value.alerts] == [AlertKind.SET_UP_INCOMPLETE]


def test_a_hold_that_is_about_to_lapse_is_warned_of_and_one_that_has_lapsed_blocks() -> None:
    soon, gone = NOW + timedelta(minutes=5), NOW
    confirmation = placed(new(FIRST, until=soon), agreements=[signed(CONTRACT)])
    assert (kinds(confirmation), confirmation.blocked) == ([AlertKind.HOLD_LAPSES_SOON], False)
    confirmation = placed(new(FIRST, until=gone), agreements=[signed(CONTRACT)])
    assert (kinds(confirmation), confirmation.blocked) == ([AlertKind.HOLD_LAPSED], True)
    later = soon + timedelta(seconds=1)
    assert placed(new(FIRST, until=later), agreements=[signed(CONTRACT)]).alerts == ()
    patient = PlacingPolicy(warn_before=timedelta(hours=1))
    assert len(placed(new(FIRST), agreements=[signed(CONTRACT)], policy=patient).alerts) == 1


def test_numbers_in_several_states_are_warned_of() -> None:
    new_york = NumberRange("2125550150", "2125550150")
    [alert] = placed(new(FIRST), new(new_york), agreements=[signed(CONTRACT)]).alerts
    assert str(alert) == "the new numbers are in 2 states or provinces: US-CA, US-NY"
    oakland = NumberRange("5105550150", "5105550150")
    assert placed(new(FIRST), new(oakland), agreements=[signed(CONTRACT)]).alerts == ()


def test_an_area_code_of_several_states_alone_is_no_warning() -> None:
    territories = NumberRange("8675550150", "8675550150")
    assert len(plan.area_code("867").subdivisions) > 1
    assert placed(new(territories), agreements=[signed(CONTRACT)]).alerts == ()
    toll_free = NumberRange("8005550150", "8005550150")
    assert placed(new(territories), new(toll_free), agreements=[signed(CONTRACT)]).alerts == ()
    [alert] = placed(new(FIRST), new(territories), agreements=[signed(CONTRACT)]).alerts
    assert (alert.kind, alert.count) == (AlertKind.SEVERAL_STATES, 2)


def test_numbers_that_are_owned_or_in_an_active_order_block() -> None:
    book = owning(FIRST, pending=(SECOND,))
    confirmation = placed(new(THREE), agreements=[signed(CONTRACT)], book=book)
    owned, ordered = confirmation.alerts
    assert (owned.kind, owned.count, owned.numbers) == (AlertKind.ALREADY_OWNED, 1, (FIRST,))
    assert (ordered.kind, ordered.count, ordered.numbers) == (AlertKind.IN_ACTIVE_ORDER, 1, (SECOND,))
    assert confirmation.blocked
    with pytest.raises(CannotFinish) as refusal:
        finished(confirmation, list(AlertKind), new(THREE))
    assert refusal.value.alerts == (owned, ordered)


def test_o1_every_alert_is_read_before_an_order_is_finished() -> None:
    confirmation = placed(ported(THREE))
    assert kinds(confirmation) == [AlertKind.SIGNATURE_NEEDED, AlertKind.LETTER_NEEDED]
    with pytest.raises(CannotFinish, match="not acknowledged") as refusal:
        finished(confirmation, ["signature_needed"], ported(THREE))
    assert [alert.kind for alert in refusal.value.alerts] == [AlertKind.LETTER_NEEDED]
    done = finished(confirmation, ["signature_needed", AlertKind.LETTER_NEEDED], ported(THREE))
    assert done == evolve(confirmation, finished=True, revision=1)


def test_an_alert_that_does_not_exist_cannot_be_acknowledged() -> None:
    with pytest.raises(ValueError, match="no_worries"):
        finished(placed(SOURCED), ["no_worries"])


def test_finishing_twice_is_the_same_order_however_late() -> None:
    once = finished(placed(SOURCED))
    assert finished(once, [], now=NOW + timedelta(days=9)) is once


def test_a_confirmation_lapses_with_its_first_hold() -> None:
    early = NOW + timedelta(minutes=20)
    confirmation = placed(new(FIRST), new(SECOND, until=early))
    assert confirmation.lapses == early
    lines = (new(FIRST), new(SECOND))
    assert finished(confirmation, None, *lines, now=early - timedelta(seconds=1)).finished
    with pytest.raises(ConfirmationLapsed, match="place the cart again") as refusal:
        finished(confirmation, None, *lines, now=early)
    assert refusal.value.lapsed == early


def test_a_confirmation_without_holds_lapses_by_the_policy() -> None:
    assert placed(SOURCED).lapses == NOW + HALF_AN_HOUR
    assert placed(SOURCED, policy=PlacingPolicy(lapses_after=timedelta(hours=2))).lapses == NOW + timedelta(
        hours=2
    )


def test_a_cart_that_was_changed_has_to_be_placed_again() -> None:
    with pytest.raises(CartChanged, match="place it again"):
        finished(placed(SOURCED), None, SOURCED, new(FIRST))


def test_a_conflict_that_has_arisen_since_blocks() -> None:
    confirmation = placed(new(THREE), agreements=[signed(CONTRACT)])
    assert confirmation.alerts == ()
    with pytest.raises(CannotFinish) as refusal:
        finished(confirmation, list(AlertKind), new(THREE), book=owning(FIRST))
    assert [alert.kind for alert in refusal.value.alerts] == [AlertKind.ALREADY_OWNED]


def test_a_number_that_failed_before_may_be_ordered_again() -> None:
    book = apply(owning(pending=(FIRST,)), event(BOOK.id, NumbersFailed((FIRST,), "gone"))).record
    assert placed(new(FIRST), agreements=[signed(CONTRACT)], book=book).alerts == ()


def test_an_empty_cart_cannot_be_placed() -> None:
    with pytest.raises(EmptyCart):
        placed()


def test_naive_times_are_refused() -> None:
    naive = NOW.replace(tzinfo=None)
    with pytest.raises(NaiveTime):
        placed(SOURCED, now=naive)
    with pytest.raises(NaiveTime):
        finished(placed(SOURCED), now=naive)


@pytest.mark.parametrize(
    "error",
    [
        CannotFinish((Alert(AlertKind.LETTER_NEEDED, 3),)),
        ConfirmationLapsed(NOW),
        EmptyCart("x"),
        CartChanged("y"),
    ],
)
def test_errors_survive_pickle_and_copy(error: Exception) -> None:
    for twin in (copy.copy(error), pickle.loads(pickle.dumps(error))):
        assert (type(twin), str(twin), vars(twin)) == (type(error), str(error), vars(error))


@pytest.mark.parametrize("kind", AlertKind)
def test_every_alert_has_a_sentence(kind: AlertKind) -> None:
    text = str(Alert(kind, 3, "this"))
    assert "{" not in text
    assert "3" in text or "this" in text


def test_acknowledging_what_is_no_alert_is_an_error_that_names_the_alerts_there_are() -> None:
    with pytest.raises(
        UnknownAlert, match="'bogus' is no kind of alert; there are signature_needed"
    ) as unknown:
        finished(placed(SOURCED), ["bogus"])
    assert unknown.value.text == "bogus"
    with pytest.raises(TypeError, match="a collection of kinds of alerts"):
        finished(placed(SOURCED), "signature_needed")
