"""SPEC O1: the alerts of a confirmation, each with its figures, its sentence, and what to do next."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve

from accounts_cases import ADDRESS, ready_trial, told, trial
from lifecycle_cases import FIRST, NOW, SECOND, THREE
from ordering_cases import (
    CONTRACT,
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
from pstnkit.accounts.customers import EnterContractInformation, SetUpStatus
from pstnkit.accounts.emergency import EnterAddress
from pstnkit.numbering.plan import plan
from pstnkit.numbering.ranges import NumberRange
from pstnkit.ordering.alerts import (
    Alert,
    AlertKind,
    AlreadyOwned,
    BlockCannotBeSplit,
    BlockSizeNotSold,
    EmergencyAddressMissing,
    HoldLapsed,
    HoldLapsesSoon,
    InActiveOrder,
    LetterNeeded,
    NextStep,
    OfAnotherCustomer,
    SetUpIncomplete,
    SeveralStates,
    SignatureNeeded,
    TollFreeAmongGeographic,
    TollFreeBlock,
    TooManyNumbers,
    TooManyOnTrial,
)
from pstnkit.ordering.confirmation import CannotFinish
from pstnkit.ordering.lines import Line
from pstnkit.ordering.policy import CartPolicy, OrderPolicy

LATER = OrderPolicy.as_of_2026()
TEN = NumberRange("4155550200", "4155550209")
TOLL_FREE = NumberRange("8005550150", "8005550159")


def alerts(*lines: Line, **given: Any) -> tuple[Alert, ...]:
    """The alerts of a cart with these lines, once the contract is signed."""
    return placed(*lines, **{"agreements": SIGNED, **given}).alerts


def test_o4_a_first_order_needs_a_signature_and_a_port_its_letter() -> None:
    confirmation = placed(new(FIRST), ported(SECOND))
    assert confirmation.alerts == (SignatureNeeded(CONTRACT), LetterNeeded(1, "Old Bell"))
    assert [str(alert) for alert in confirmation.alerts] == [
        "nothing is processed until the customer has signed the contract",
        "1 number of Old Bell to be ported, but not before a letter of authorization is signed",
    ]
    assert {alert.next_step for alert in confirmation.alerts} == {NextStep.TELL_THE_ADMINISTRATOR}
    assert not confirmation.blocked
    assert alerts(new(FIRST)) == ()
    assert placed(new(FIRST), customer=ready_trial()).alerts == (SignatureNeeded(TERMS),)


def test_o4_each_port_line_needs_a_letter_of_its_own() -> None:
    assert alerts(ported(FIRST, SECOND), ported(TEN)) == (
        LetterNeeded(2, "Old Bell"),
        LetterNeeded(10, "Old Bell"),
    )


def test_a_hold_that_is_about_to_lapse_is_warned_of_and_one_that_has_lapsed_blocks() -> None:
    soon, gone = NOW + timedelta(minutes=5), NOW
    assert alerts(new(FIRST, until=soon)) == (HoldLapsesSoon((FIRST,), soon),)
    assert alerts(new(FIRST, until=gone)) == (HoldLapsed((FIRST,), gone),)
    assert [alert.blocking for alert in alerts(new(FIRST, until=gone), new(SECOND, until=soon))] == [
        True,
        False,
    ]
    assert alerts(new(FIRST, until=soon + timedelta(seconds=1))) == ()
    patient = CartPolicy(warn_before=timedelta(hours=1))
    assert [alert.kind for alert in alerts(new(FIRST), keeping=patient)] == [AlertKind.HOLD_LAPSES_SOON]


def test_numbers_in_several_states_are_warned_of() -> None:
    new_york = NumberRange("2125550150", "2125550150")
    [alert] = alerts(new(FIRST), new(new_york))
    assert str(alert) == "the new numbers are in 2 states or provinces: US-CA, US-NY"
    oakland = NumberRange("5105550150", "5105550150")
    assert alerts(new(FIRST), new(oakland)) == ()


def test_an_area_code_of_several_states_alone_is_no_warning() -> None:
    territories = NumberRange("8675550150", "8675550150")
    assert len(plan.area_code("867").subdivisions) > 1
    assert alerts(new(territories)) == ()
    [alert] = alerts(new(FIRST), new(territories))
    assert isinstance(alert, SeveralStates)
    assert alert.places == ("CA-NT/CA-NU/CA-YT", "US-CA")


def test_toll_free_numbers_are_warned_of_among_others_and_not_alone() -> None:
    assert alerts(new(TOLL_FREE)) == ()
    assert alerts(new(TOLL_FREE), new(THREE)) == (TollFreeAmongGeographic((TOLL_FREE,), 3),)
    # What is ordered and what is ported do not travel together.
    assert kinds(placed(new(TOLL_FREE), ported(THREE), agreements=SIGNED)) == [AlertKind.LETTER_NEEDED]
    *_, mixed = alerts(ported(THREE, TOLL_FREE))
    assert mixed == TollFreeAmongGeographic((TOLL_FREE,), 3)


def test_numbers_that_are_owned_or_in_an_active_order_block() -> None:
    confirmation = placed(new(THREE), agreements=SIGNED, book=owning(FIRST, pending=(SECOND,)))
    assert confirmation.alerts == (AlreadyOwned((FIRST,)), InActiveOrder((SECOND,), ("order-0",)))
    assert confirmation.blocked
    with pytest.raises(CannotFinish) as refusal:
        finished(confirmation, list(AlertKind), new(THREE), agreements=SIGNED)
    assert refusal.value.alerts == confirmation.alerts


def test_n5_a_number_that_is_to_be_ported_blocks_when_it_is_owned() -> None:
    assert alerts(ported(THREE), book=owning(FIRST))[-1] == AlreadyOwned((FIRST,))


def test_a_number_that_another_customer_has_or_waits_for_cannot_be_ported() -> None:
    other = evolve(owning(FIRST, pending=(SECOND,)), customer="customer-2")
    alert = OfAnotherCustomer((FIRST, SECOND), ("customer-2",))
    assert alerts(ported(THREE), others=(other,))[-1] == alert
    assert (alert.blocking, alert.count) == (True, 2)
    # What is chosen from an inventory nobody has: the carrier keeps it for one at a time.
    assert alerts(new(THREE), others=(other,)) == ()
    assert kinds(placed(ported(THREE), agreements=SIGNED)) == [AlertKind.LETTER_NEEDED]


@pytest.mark.parametrize(
    ("customer", "alert"),
    [
        (trial(), SetUpIncomplete(SetUpStatus.CONTRACT_INFORMATION)),
        (
            told(trial(), EnterContractInformation("Dana Reed")),
            EmergencyAddressMissing(SetUpStatus.EMERGENCY_ADDRESS),
        ),
        (
            told(trial(), EnterContractInformation("Dana Reed"), EnterAddress(ADDRESS)),
            EmergencyAddressMissing(SetUpStatus.ADDRESS_CHECK),
        ),
    ],
)
def test_s1_s2_what_the_set_up_lacks_blocks_and_the_next_step_says_what(customer: Any, alert: Alert) -> None:
    assert alerts(SOURCED, customer=customer, agreements=(signed(TERMS),)) == (alert,)
    assert alert.blocking
    assert alert.next_step.value in ("enter_contract_information", "enter_emergency_address")


def test_by_default_nothing_is_limited() -> None:
    many = NumberRange("4155550000", "4155559999")
    assert alerts(new(many), new(TOLL_FREE, block=True), new(TEN, block=True))[1:] == ()


def test_an_order_of_more_standard_numbers_than_the_policy_has_blocks() -> None:
    hundred, one = NumberRange("4155550300", "4155550399"), NumberRange("4155550400", "4155550400")
    assert alerts(new(hundred), SOURCED, limits=LATER) == ()
    assert alerts(new(hundred), new(one), limits=LATER) == (TooManyNumbers(count=101, most=100),)


def test_a_trial_has_no_more_new_numbers_than_the_policy_has_ordered_ones_included() -> None:
    terms = (signed(TERMS),)
    one = {"customer": ready_trial(), "agreements": terms, "limits": LATER}
    assert alerts(new(TEN), **one) == ()
    assert alerts(new(TEN), new(FIRST), **one) == (TooManyOnTrial(count=11, has=0, most=10),)
    assert alerts(SOURCED, **one) == (TooManyOnTrial(count=40, has=0, most=10),)
    assert alerts(new(TEN), book=owning(FIRST, pending=(SECOND,)), **one) == (
        TooManyOnTrial(count=10, has=2, most=10),
    )
    assert alerts(new(THREE), coming=8, **one) == (TooManyOnTrial(count=3, has=8, most=10),)
    assert alerts(new(TEN), new(FIRST), limits=LATER) == ()


def test_a_block_is_of_a_size_that_is_sold_and_never_of_toll_free_numbers() -> None:
    twenty = NumberRange("4155550220", "4155550239")
    assert alerts(new(twenty, block=True), limits=LATER) == (
        BlockSizeNotSold(twenty, (10, 50, 100)),
        BlockCannotBeSplit((twenty,)),
    )
    assert alerts(new(TOLL_FREE, block=True), limits=LATER)[0] == TollFreeBlock((TOLL_FREE,))
    assert alerts(new(TOLL_FREE), new(TOLL_FREE), limits=LATER) == ()


def test_a_block_that_cannot_be_split_later_is_warned_of() -> None:
    assert alerts(new(TEN, block=True), limits=LATER) == (BlockCannotBeSplit((TEN,)),)
    assert alerts(new(TEN, block=True)) == ()
    assert not alerts(new(TEN, block=True), limits=LATER)[0].blocking


def test_every_alert_has_a_sentence_of_its_figures_and_one_of_what_to_do() -> None:
    made = [
        *placed(new(FIRST, until=NOW), new(SECOND, until=NOW + timedelta(minutes=1)), ported(THREE)).alerts,
        *alerts(new(TEN, block=True), new(TOLL_FREE, block=True), new(THREE), limits=LATER),
    ]
    for alert in made:
        assert "{" not in str(alert) + alert.advice
        assert alert.advice
    assert len({alert.kind for alert in made}) == 7
    with pytest.raises(NotImplementedError):
        _ = Alert().figures
