"""Setting a customer up through the desk: every answer of the address check, skipping, wrong input."""

from __future__ import annotations

import pickle
from datetime import timedelta

import pytest
from attrs import evolve

from bench import ADDRESS, Bench
from pstnkit.accounts.address_checks import (
    AddressAmbiguous,
    AddressConfirmed,
    AddressCorrected,
    AddressNotFound,
    CheckerUnavailable,
    PostalCodeMismatch,
    PostOfficeBox,
)
from pstnkit.accounts.addresses import CivicAddress
from pstnkit.accounts.customers import SetUpStatus
from pstnkit.accounts.emergency import NotProposed, NotThisAddress
from pstnkit.desk.addresses import NoAddress
from pstnkit.desk.answers import CarrierSilent
from pstnkit.desk.desk import Desk
from pstnkit.desk.setup import FutureConversion
from pstnkit.lifecycle.events import NaiveTime
from pstnkit.lifecycle.zones import UnknownTimeZone
from pstnkit.stores.protocol import UnknownRecord


def step(bench: Bench) -> SetUpStatus:
    return bench.desk.customer(bench.customer).status


@pytest.mark.parametrize(
    ("changes", "said", "then"),
    [
        ({}, AddressConfirmed, SetUpStatus.READY),
        ({"street": "Ansun St"}, AddressCorrected, SetUpStatus.ADDRESS_PROPOSED),
        ({"street": "Maple"}, AddressAmbiguous, SetUpStatus.ADDRESS_AMBIGUOUS),
        ({"street": "Nowhere Road"}, AddressNotFound, SetUpStatus.ADDRESS_REJECTED),
        ({"street": "PO Box 12"}, PostOfficeBox, SetUpStatus.ADDRESS_REJECTED),
        ({"state": "TX"}, PostalCodeMismatch, SetUpStatus.ADDRESS_REJECTED),
    ],
)
def test_each_answer_of_the_check_leads_to_its_step(
    changes: dict[str, str], said: type, then: SetUpStatus
) -> None:
    bench = Bench()
    entered: CivicAddress = evolve(ADDRESS, **changes)
    answer = bench.desk.enter_emergency_address(bench.customer, entered)
    assert isinstance(answer, said)
    assert step(bench) is then
    assert bench.desk.customer(bench.customer).address == entered


def test_one_of_several_candidates_is_accepted() -> None:
    bench = Bench()
    said = bench.desk.enter_emergency_address(bench.customer, evolve(ADDRESS, street="Maple"))
    assert isinstance(said, AddressAmbiguous)
    assert {candidate.street for candidate in said.candidates} == {"MAPLE ST", "MAPLE AVE"}
    with pytest.raises(NotProposed, match="say which of these is meant"):
        bench.desk.accept_address(bench.customer)
    accepted = bench.desk.accept_address(bench.customer, said.candidates[1])
    assert (accepted.status, accepted.address) == (SetUpStatus.READY, said.candidates[1])


def test_a_check_is_overridden_for_the_address_at_hand_and_an_edit_ends_that() -> None:
    bench = Bench()
    new = evolve(ADDRESS, street="Brandnew Road")
    bench.desk.enter_emergency_address(bench.customer, new)
    with pytest.raises(NotThisAddress):
        bench.desk.override_address_check(bench.customer, ADDRESS, "built last month")
    sure = bench.desk.override_address_check(bench.customer, new, "built last month")
    assert sure.status is SetUpStatus.READY
    assert sure.override is not None
    assert (sure.override.address, sure.override.by, sure.override.why) == (new, "Robin", "built last month")
    bench.desk.enter_emergency_address(bench.customer, evolve(new, room="3"))
    edited = bench.desk.customer(bench.customer)
    assert (edited.override, edited.is_set_up) == (None, False)


def test_a_correction_is_accepted_with_the_address_that_was_proposed() -> None:
    bench = Bench()
    bench.desk.enter_emergency_address(bench.customer, evolve(ADDRESS, street="Ansun St"))
    accepted = bench.desk.accept_address(bench.customer)
    assert accepted.status is SetUpStatus.READY
    assert accepted.address is not None
    assert accepted.address.street == "ANSON ST"


def test_a_checker_that_is_down_says_nothing_about_the_address() -> None:
    bench = Bench()
    bench.wire({"op": "world.address_service", "available": False})
    said = bench.desk.enter_emergency_address(bench.customer, ADDRESS)
    assert isinstance(said, CheckerUnavailable)
    assert step(bench) is SetUpStatus.ADDRESS_CHECK
    bench.wire({"op": "world.address_service", "available": True})
    assert isinstance(bench.desk.check_emergency_address(bench.customer), AddressConfirmed)
    assert step(bench) is SetUpStatus.READY


def test_a_check_without_an_answer_keeps_the_address_and_is_asked_again() -> None:
    bench = Bench()
    bench.wire.lose("check_address", arrives=True)
    with pytest.raises(CarrierSilent):
        bench.desk.enter_emergency_address(bench.customer, ADDRESS)
    assert step(bench) is SetUpStatus.ADDRESS_CHECK
    bench.desk.enter_emergency_address(bench.customer, ADDRESS)
    assert step(bench) is SetUpStatus.READY


def test_a_check_is_of_an_address_that_was_entered() -> None:
    desk = Desk(object(), partner="north", actor="Robin")
    trial = desk.start_trial(company="Ferry Works", email="f@ferry.example", timezone="America/Chicago")
    with pytest.raises(NoAddress, match="enter one"):
        desk.check_emergency_address(trial)


def test_a_customer_is_paid_since_a_moment_that_has_come() -> None:
    bench = Bench(paid=False)
    soon, before = (bench.world.now() + timedelta(days=days) for days in (1, -1))
    with pytest.raises(FutureConversion, match="is still to come") as error:
        bench.desk.convert_to_paid(bench.customer, since=soon)
    assert pickle.loads(pickle.dumps(error.value)).since == soon
    with pytest.raises(NaiveTime):
        bench.desk.convert_to_paid(bench.customer, since=soon.replace(tzinfo=None))
    assert bench.desk.convert_to_paid(bench.customer, since=before).paid_since == before
    again = bench.desk.told_paid(bench.customer, since=bench.world.now(), by="billing")
    assert again.paid_since == before
    assert [entry.event.actor for entry in bench.desk.history(bench.customer)][-1] == "billing"


def test_a_customer_becomes_paid_when_whoever_keeps_the_accounts_says_so() -> None:
    bench = Bench(paid=False)
    order = bench.order()
    assert [lack.detail for lack in bench.desk.missing(bench.customer)] == ["terms of service"]
    bench.desk.told_paid(bench.customer, since=bench.world.now(), by="billing")
    assert [str(lack) for lack in bench.desk.missing(bench.customer)] == ["still to be signed: the contract"]
    bench.sign("contract")
    assert bench.desk.order(order.id).clock_started is not None
    assert bench.desk.missing(bench.customer) == ()


def test_a_letter_that_no_port_waits_for_any_more_is_not_missing() -> None:
    bench = Bench()
    port = bench.port()
    bench.sign("contract")
    assert [str(lack) for lack in bench.desk.missing(bench.customer)] == [
        "still to be signed: the letter of authorization"
    ]
    bench.desk.cancel(port.id)
    assert bench.desk.missing(bench.customer) == ()


def test_a_partner_sees_its_own_customers_and_no_other() -> None:
    bench = Bench()
    trial = bench.desk.start_trial(company="Ferry Works", email="f@ferry.example", timezone="America/Chicago")
    assert [customer.id for customer in bench.desk.customers()] == [bench.customer, trial.id]
    assert bench.open_desk("south").customers() == ()
    with pytest.raises(UnknownRecord):
        bench.open_desk("south").missing(trial)


def test_a_new_trial_can_be_skipped_and_is_resumed_where_it_was() -> None:
    bench = Bench()
    trial = bench.desk.start_trial(company="Ferry Works", email="f@ferry.example", timezone="America/Chicago")
    skipped = bench.desk.skip_set_up(trial.id)
    assert (skipped.skipped, skipped.status) == (True, SetUpStatus.CONTRACT_INFORMATION)
    named = bench.desk.enter_contract_information(trial.id, signer="Ana", email="ana@ferry.example")
    assert (named.company, named.email) == ("Ferry Works", "ana@ferry.example")
    assert len(bench.desk.numbers(trial.id)) == 0


def test_a_zone_that_nobody_knows_starts_no_trial() -> None:
    bench = Bench()
    with pytest.raises(UnknownTimeZone):
        bench.desk.start_trial(company="Ferry Works", email="f@ferry.example", timezone="Pacific")
    with pytest.raises(UnknownRecord):
        bench.desk.cart("cart-1")


def test_a_desk_works_with_its_own_ids_clock_store_and_silence() -> None:
    desk = Desk(object(), partner="north", actor="Robin")
    one, two = (
        desk.start_trial(company="Ferry Works", email="f@ferry.example", timezone="America/Chicago")
        for _ in range(2)
    )
    assert one.id != two.id
    assert desk.office.clock().utcoffset() is not None
    desk.enter_contract_information(one.id, signer="Ana")
    assert [entry.event.actor for entry in desk.history(one.id)] == ["Robin"]
    desk.office.notify(_notice(desk))


def _notice(desk: Desk):  # type: ignore[no-untyped-def]
    from pstnkit import Notice, OrderStatus

    now = desk.office.clock()
    return Notice(id="n", customer="c", subject="s", at=now, state=OrderStatus.FAILED, text="x")
