"""SPEC O1, O4, O5 and S2: placing a cart, reading its alerts, finishing."""

from __future__ import annotations

import copy
import pickle
from datetime import timedelta

import pytest
from attrs import evolve

from accounts_cases import ADDRESS, ready_paid, ready_trial, told, trial
from lifecycle_cases import FIRST, NOW, SECOND, THREE, event
from ordering_cases import (
    BOOK,
    CONTRACT,
    HALF_AN_HOUR,
    LETTER,
    SIGNED,
    SOURCED,
    TERMS,
    finished,
    kinds,
    new,
    owning,
    placed,
    ported,
    signed,
)
from pstnkit.accounts.emergency import EnterAddress
from pstnkit.lifecycle.events import NaiveTime
from pstnkit.lifecycle.fulfillment import OrderKind
from pstnkit.lifecycle.record import apply
from pstnkit.lifecycle.reports import NumbersFailed
from pstnkit.numbering.ranges import NumberRange
from pstnkit.ordering.alerts import AlertKind, LetterNeeded, SignatureNeeded, TooManyNumbers
from pstnkit.ordering.confirmation import (
    CannotFinish,
    CartChanged,
    ConfirmationLapsed,
    EmptyCart,
    UnknownAlert,
)
from pstnkit.ordering.orders import OrderStatus, Wanted
from pstnkit.ordering.policy import CartPolicy, OrderPolicy


def test_a_cart_becomes_one_order_of_its_new_numbers_one_of_each_request_and_a_port_of_each_account() -> None:
    more = NumberRange("4155550200", "4155550209")
    confirmation = placed(new(THREE), SOURCED, ported(NumberRange("4155550300", "4155550301")), new(more))
    standard, advanced = confirmation.orders
    assert (standard.kind, standard.quantity, len(standard.numbers.by_number)) == (OrderKind.STANDARD, 13, 13)
    assert (advanced.kind, advanced.quantity, advanced.wanted) == (OrderKind.ADVANCED, 40, Wanted(npa="628"))
    assert [hold.reference for hold in standard.holds] == ["RS-4155550100", "RS-4155550200"]
    [port] = confirmation.ports
    assert (port.line.quantity, port.gates) == (2, (CONTRACT, LETTER))
    assert {order.status for order in confirmation.orders} == {OrderStatus.DRAFT}
    references = {standard.client_reference, advanced.client_reference, port.client_reference}
    assert len({standard.id, advanced.id, port.order} | references) == 6


def test_o4_o5_the_gates_are_what_is_not_signed_yet() -> None:
    assert placed(SOURCED, customer=ready_trial()).orders[0].gates == (TERMS,)
    assert placed(SOURCED, agreements=(signed(TERMS),)).orders[0].gates == (CONTRACT,)
    assert placed(SOURCED, agreements=SIGNED).orders[0].gates == ()
    [port] = placed(ported(THREE), agreements=SIGNED).ports
    assert port.gates == (LETTER,)


def test_s2_no_order_is_finished_before_the_set_up_is_complete() -> None:
    confirmation = placed(SOURCED, customer=trial(), agreements=(signed(TERMS),))
    assert kinds(confirmation) == [AlertKind.SET_UP_INCOMPLETE]
    assert confirmation.blocked
    with pytest.raises(CannotFinish, match=r"contract information is to be done \(blocking\)"):
        finished(confirmation)


def test_s2_an_address_entered_after_placing_has_to_be_confirmed_before_finishing() -> None:
    confirmation = placed(SOURCED)
    unconfirmed = told(ready_paid(), EnterAddress(evolve(ADDRESS, unit="STE 4")))
    with pytest.raises(CannotFinish) as refusal:
        finished(confirmation, customer=unconfirmed)
    assert [alert.kind for alert in refusal.value.alerts] == [AlertKind.EMERGENCY_ADDRESS_MISSING]


def test_o1_every_alert_is_read_before_an_order_is_finished() -> None:
    confirmation = placed(ported(THREE))
    assert kinds(confirmation) == [AlertKind.SIGNATURE_NEEDED, AlertKind.LETTER_NEEDED]
    with pytest.raises(CannotFinish, match="not acknowledged") as refusal:
        finished(confirmation, ["signature_needed"], ported(THREE))
    assert [alert.kind for alert in refusal.value.alerts] == [AlertKind.LETTER_NEEDED]
    done = finished(confirmation, ["signature_needed", AlertKind.LETTER_NEEDED], ported(THREE))
    assert done == evolve(confirmation, finished=True, revision=1)


def test_an_alert_is_acknowledged_by_its_kind_or_by_itself() -> None:
    confirmation = placed(ported(THREE))
    signature, letter = confirmation.alerts
    assert finished(confirmation, [signature, "letter_needed"], ported(THREE)).finished
    assert finished(confirmation, [letter, signature], ported(THREE)).finished
    with pytest.raises(CannotFinish) as refusal:
        finished(confirmation, [signature, LetterNeeded(4, "Old Bell")], ported(THREE))
    assert refusal.value.alerts == (letter,)


def test_an_alert_that_has_arisen_since_stops_the_finish_until_it_is_acknowledged_by_itself() -> None:
    confirmation = placed(SOURCED, customer=ready_trial())
    assert confirmation.alerts == (SignatureNeeded(TERMS),)
    with pytest.raises(CannotFinish, match=r"signed the contract \(not acknowledged\)") as refusal:
        finished(confirmation, list(AlertKind), customer=ready_paid())
    arisen = refusal.value.alerts
    assert arisen == (SignatureNeeded(CONTRACT),)
    assert finished(confirmation, [*AlertKind, *arisen], customer=ready_paid()).finished


def test_an_alert_whose_cause_is_gone_is_none_to_be_read() -> None:
    confirmation = placed(SOURCED)
    assert finished(confirmation, ["signature_needed"], agreements=SIGNED).finished


def test_who_finishes_in_time_is_not_stopped_because_time_runs_out() -> None:
    confirmation = placed(new(FIRST), agreements=SIGNED)
    late = NOW + HALF_AN_HOUR - timedelta(seconds=1)
    assert finished(confirmation, [], new(FIRST), now=late, agreements=SIGNED).finished


def test_a_limit_that_was_set_since_stops_the_finish() -> None:
    confirmation = placed(new(THREE), agreements=SIGNED)
    with pytest.raises(CannotFinish) as refusal:
        finished(confirmation, [], new(THREE), agreements=SIGNED, limits=OrderPolicy(most_standard=2))
    assert refusal.value.alerts == (TooManyNumbers(count=3, most=2),)


def test_blocks_are_remembered_in_the_order_where_they_go_only_as_a_whole() -> None:
    ten = NumberRange("4155550200", "4155550209")
    assert placed(new(ten, block=True), new(THREE)).orders[0].blocks == ()
    [order] = placed(new(ten, block=True), new(THREE), limits=OrderPolicy.as_of_2026()).orders
    assert order.blocks == (ten,)


def test_an_alert_that_does_not_exist_cannot_be_acknowledged() -> None:
    with pytest.raises(ValueError, match="no_worries"):
        finished(placed(SOURCED), ["no_worries"])


def test_finishing_twice_is_the_same_order_however_late() -> None:
    once = finished(placed(SOURCED))
    assert finished(once, [], now=NOW + timedelta(days=9)) is once


def test_a_confirmation_lapses_with_its_first_hold() -> None:
    early = NOW + timedelta(minutes=20)
    lines = (new(FIRST), new(SECOND, until=early))
    confirmation = placed(*lines)
    assert confirmation.lapses == early
    assert finished(confirmation, None, *lines, now=early - timedelta(seconds=1)).finished
    with pytest.raises(ConfirmationLapsed, match="place the cart again") as refusal:
        finished(confirmation, None, *lines, now=early)
    assert refusal.value.lapsed == early


def test_a_confirmation_stays_open_as_long_as_its_numbers_are_kept() -> None:
    confirmation = placed(new(FIRST))
    longer = new(FIRST, until=NOW + 2 * HALF_AN_HOUR)
    assert finished(confirmation, None, longer, now=NOW + HALF_AN_HOUR).finished
    with pytest.raises(ConfirmationLapsed):
        finished(confirmation, None, longer, now=NOW + 2 * HALF_AN_HOUR)


def test_a_confirmation_without_holds_lapses_by_the_policy() -> None:
    assert placed(SOURCED).lapses == NOW + HALF_AN_HOUR
    assert placed(SOURCED, keeping=CartPolicy(lapses_after=timedelta(hours=2))).lapses == NOW + timedelta(
        hours=2
    )


def test_a_cart_that_was_changed_has_to_be_placed_again() -> None:
    with pytest.raises(CartChanged, match="place it again"):
        finished(placed(SOURCED), None, SOURCED, new(FIRST))


def test_a_conflict_that_has_arisen_since_blocks() -> None:
    confirmation = placed(new(THREE), agreements=SIGNED)
    assert confirmation.alerts == ()
    with pytest.raises(CannotFinish) as refusal:
        finished(confirmation, [], new(THREE), book=owning(FIRST), agreements=SIGNED)
    assert [alert.kind for alert in refusal.value.alerts] == [AlertKind.ALREADY_OWNED]


def test_a_number_that_failed_before_may_be_ordered_again() -> None:
    book = apply(owning(pending=(FIRST,)), event(BOOK.id, NumbersFailed((FIRST,), "gone"))).record
    assert placed(new(FIRST), agreements=SIGNED, book=book).alerts == ()


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
        CannotFinish((LetterNeeded(3, "Old Bell"),)),
        ConfirmationLapsed(NOW),
        EmptyCart("x"),
        CartChanged("y"),
    ],
)
def test_errors_survive_pickle_and_copy(error: Exception) -> None:
    for twin in (copy.copy(error), pickle.loads(pickle.dumps(error))):
        assert (type(twin), str(twin), vars(twin)) == (type(error), str(error), vars(error))


def test_acknowledging_what_is_no_alert_is_an_error_that_names_the_alerts_there_are() -> None:
    with pytest.raises(
        UnknownAlert, match="'bogus' is no kind of alert; there are signature_needed"
    ) as unknown:
        finished(placed(SOURCED), ["bogus"])
    assert unknown.value.text == "bogus"
    with pytest.raises(TypeError, match="a collection of alerts or their kinds"):
        finished(placed(SOURCED), "signature_needed")
