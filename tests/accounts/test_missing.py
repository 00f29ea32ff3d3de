"""What is missing at any time, and on whom it waits."""

from __future__ import annotations

import pytest
from attrs import evolve

from accounts_cases import ADDRESS, PROPOSED, ready_paid, ready_trial, told, trial
from lifecycle_cases import NOW
from pstnkit.accounts.address_checks import (
    AddressAmbiguous,
    AddressCorrected,
    AddressNotFound,
    CheckerUnavailable,
)
from pstnkit.accounts.agreements import Agreement, AgreementKind, AgreementStatus
from pstnkit.accounts.customers import Customer, EnterContractInformation
from pstnkit.accounts.emergency import EnterAddress
from pstnkit.accounts.missing import Missing, missing
from pstnkit.accounts.missing import MissingKind as Lack
from pstnkit.catalog import SENTENCES, key_of
from pstnkit.lifecycle.waiting import Party

NAMED = told(trial(), EnterContractInformation("Dana Reed"))
ENTERED = told(NAMED, EnterAddress(ADDRESS))


def agreement(
    status: AgreementStatus, kind: AgreementKind = AgreementKind.CONTRACT, order: str | None = None
) -> Agreement:
    return Agreement(
        id=f"{order or 'base'}/{status.value}",
        partner="partner-1",
        customer="customer-1",
        kind=kind,
        signer="Dana Reed",
        email="admin@harbor.example",
        client_reference="reference-1",
        order=order,
        status=status,
        signed=NOW if status is AgreementStatus.SIGNED else None,
    )


def lacks(customer: Customer, *agreements: Agreement) -> list[tuple[Lack, Party]]:
    return [(lack.kind, lack.on) for lack in missing(customer, agreements)]


UNSENT = (Lack.AGREEMENT_UNSENT, Party.PARTNER)


@pytest.mark.parametrize(
    ("customer", "kind", "on"),
    [
        (NAMED, Lack.EMERGENCY_ADDRESS, Party.PARTNER),
        (ENTERED, Lack.ADDRESS_CHECK, Party.CARRIER),
        (told(ENTERED, CheckerUnavailable(ADDRESS)), Lack.ADDRESS_CHECKER, Party.CARRIER),
        (told(ENTERED, AddressCorrected(ADDRESS, PROPOSED)), Lack.ADDRESS_PROPOSED, Party.PARTNER),
        (told(ENTERED, AddressAmbiguous(ADDRESS, (PROPOSED,))), Lack.ADDRESS_AMBIGUOUS, Party.PARTNER),
        (told(ENTERED, AddressNotFound(ADDRESS)), Lack.ADDRESS_REJECTED, Party.PARTNER),
        (told(ready_trial(), AddressNotFound(ADDRESS)), Lack.DISCREPANCY, Party.PARTNER),
    ],
)
def test_each_step_that_is_not_done_waits_on_somebody(customer: Customer, kind: Lack, on: Party) -> None:
    assert lacks(customer) == [(kind, on), UNSENT]
    assert str(missing(customer)[0]).count("{") == 0


def test_at_the_beginning_everything_is_missing_in_the_order_in_which_it_is_done() -> None:
    assert lacks(trial()) == [
        (Lack.CONTRACT_INFORMATION, Party.PARTNER),
        (Lack.EMERGENCY_ADDRESS, Party.PARTNER),
        UNSENT,
    ]


@pytest.mark.parametrize(
    ("status", "found"),
    [
        (AgreementStatus.CREATED, [(Lack.AGREEMENT_UNSENT, Party.CARRIER)]),
        (AgreementStatus.SENT, [(Lack.SIGNATURE, Party.ADMINISTRATOR)]),
        (AgreementStatus.DELIVERED, [(Lack.SIGNATURE, Party.ADMINISTRATOR)]),
        (AgreementStatus.SIGNED, []),
        (AgreementStatus.DECLINED, [(Lack.AGREEMENT_REFUSED, Party.PARTNER)]),
        (AgreementStatus.VOIDED, [(Lack.AGREEMENT_REFUSED, Party.PARTNER)]),
        (AgreementStatus.EXPIRED, [(Lack.AGREEMENT_REFUSED, Party.PARTNER)]),
    ],
)
def test_an_agreement_waits_on_the_carrier_then_on_the_administrator_and_if_refused_on_the_partner(
    status: AgreementStatus, found: list[tuple[Lack, Party]]
) -> None:
    assert lacks(ready_paid(), agreement(status)) == found


def test_what_was_sent_again_counts_and_terms_signed_on_the_trial_do_not() -> None:
    sent_again = [agreement(AgreementStatus.DECLINED), agreement(AgreementStatus.SENT)]
    assert lacks(ready_paid(), *sent_again) == [(Lack.SIGNATURE, Party.ADMINISTRATOR)]
    terms = agreement(AgreementStatus.SIGNED, AgreementKind.TERMS_OF_SERVICE)
    assert lacks(ready_trial(), terms) == []
    assert lacks(ready_paid(), terms) == [UNSENT]


def test_each_port_waits_for_its_own_letter() -> None:
    letter = AgreementKind.LETTER_OF_AUTHORIZATION
    found = missing(
        ready_paid(),
        [
            agreement(AgreementStatus.SIGNED),
            agreement(AgreementStatus.SIGNED, letter, "port-1"),
            agreement(AgreementStatus.SENT, letter, "port-2"),
        ],
    )
    assert found == (Missing(Lack.SIGNATURE, Party.ADMINISTRATOR, "port-2/sent", "letter of authorization"),)
    assert str(found[0]) == "still to be signed: the letter of authorization"


def test_what_is_missing_is_said_in_sentences_with_its_figures() -> None:
    assert str(evolve(missing(trial())[0])) == "the name of whoever signs for Harbor Dental has to be entered"
    one = Missing(Lack.REGISTRATION_PENDING, Party.CARRIER, "customer-1/numbers", count=1)
    assert str(one) == "1 number is not registered at its emergency address yet"
    assert str(evolve(one, count=1200)).startswith("1,200 numbers are not registered at their")
    assert {key_of(kind) for kind in Lack} <= set(SENTENCES)
