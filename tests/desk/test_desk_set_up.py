"""Setting a customer up through the desk: every answer of the address check, skipping, wrong input."""

from __future__ import annotations

import pytest
from attrs import evolve

from bench import ADDRESS, Bench
from pstnkit.accounts.addresses import (
    AddressAmbiguous,
    AddressConfirmed,
    AddressCorrected,
    AddressRejected,
    CheckerUnavailable,
    CivicAddress,
)
from pstnkit.accounts.customers import SetUpStatus
from pstnkit.desk.answers import CarrierSilent
from pstnkit.desk.desk import Desk
from pstnkit.lifecycle.zones import UnknownTimeZone
from pstnkit.stores.protocol import UnknownRecord


def step(bench: Bench) -> SetUpStatus:
    return bench.desk.customer(bench.customer).status


@pytest.mark.parametrize(
    ("changes", "said", "then"),
    [
        ({}, AddressConfirmed, SetUpStatus.READY),
        ({"street": "Ansun St"}, AddressCorrected, SetUpStatus.ADDRESS_PROPOSED),
        ({"street": "Maple"}, AddressAmbiguous, SetUpStatus.EMERGENCY_ADDRESS),
        ({"street": "Nowhere Road"}, AddressRejected, SetUpStatus.EMERGENCY_ADDRESS),
        ({"street": "PO Box 12"}, AddressRejected, SetUpStatus.EMERGENCY_ADDRESS),
        ({"state": "TX"}, AddressRejected, SetUpStatus.EMERGENCY_ADDRESS),
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


def test_reasons_and_candidates_of_a_check_are_told() -> None:
    bench = Bench()
    ambiguous = bench.desk.enter_emergency_address(bench.customer, evolve(ADDRESS, street="Maple"))
    assert isinstance(ambiguous, AddressAmbiguous)
    assert {candidate.street for candidate in ambiguous.candidates} == {"MAPLE ST", "MAPLE AVE"}
    reasons = []
    for changes in ({"street": "Nowhere Road"}, {"street": "PO Box 12"}, {"state": "TX"}):
        rejected = bench.desk.enter_emergency_address(bench.customer, evolve(ADDRESS, **changes))
        assert isinstance(rejected, AddressRejected)
        reasons.append(rejected.reason)
    assert reasons == ["not_found", "po_box", "mismatch"]


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
    bench.desk.enter_emergency_address(bench.customer, ADDRESS)
    assert step(bench) is SetUpStatus.READY


def test_a_check_without_an_answer_keeps_the_address_and_is_asked_again() -> None:
    bench = Bench()
    bench.wire.lose("check_address", arrives=True)
    with pytest.raises(CarrierSilent):
        bench.desk.enter_emergency_address(bench.customer, ADDRESS)
    assert step(bench) is SetUpStatus.ADDRESS_CHECK
    bench.desk.enter_emergency_address(bench.customer, ADDRESS)
    assert step(bench) is SetUpStatus.READY


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
    from pstnkit.desk.office import Notice

    return Notice(customer="c", subject="s", at=desk.office.clock(), text="x")
