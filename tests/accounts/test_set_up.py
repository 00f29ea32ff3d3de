"""SPEC S and E3: the set-up of a customer, step by step, skipped and resumed."""

from __future__ import annotations

import copy
import pickle

import pytest
from attrs import evolve

from accounts_cases import ADDRESS, PROPOSED, ready_paid, ready_trial, told, trial
from lifecycle_cases import NOW, as_said, cells, event
from pstnkit.accounts.addresses import (
    AddressAmbiguous,
    AddressConfirmed,
    AddressCorrected,
    AddressRejected,
    CheckerUnavailable,
    CivicAddress,
    Difference,
    IncompleteAddress,
)
from pstnkit.accounts.customers import (
    SET_UP_MACHINE,
    AcceptProposal,
    AccountKind,
    ConvertToPaid,
    EnterAddress,
    EnterContractInformation,
    MissingSigner,
    SkipSetUp,
)
from pstnkit.accounts.customers import SetUpStatus as At
from pstnkit.lifecycle.events import Decision, Report
from pstnkit.lifecycle.history import Discrepancy
from pstnkit.lifecycle.machine import DecisionRefused, Outcome
from pstnkit.lifecycle.record import apply
from pstnkit.lifecycle.reports import Cancelled, Settle

CONTRACT = EnterContractInformation("Dana Reed")
ANSWERS: tuple[Report, ...] = (
    AddressConfirmed(ADDRESS),
    AddressCorrected(ADDRESS, PROPOSED),
    AddressAmbiguous(ADDRESS, (PROPOSED,)),
    AddressRejected(ADDRESS, "not found"),
    CheckerUnavailable(ADDRESS),
)
DECISIONS: tuple[Decision, ...] = (
    CONTRACT,
    EnterAddress(ADDRESS),
    AcceptProposal(),
    SkipSetUp(),
    ConvertToPaid(),
    Settle("looked at"),
)


@pytest.mark.parametrize("state", At)
@pytest.mark.parametrize("decision", DECISIONS, ids=lambda decision: str(decision.word))
def test_every_decision_in_every_step_is_taken_or_refused_by_what_it_is(
    state: At, decision: Decision
) -> None:
    customer = trial(status=state, address=ADDRESS)
    following: At | None = None
    match decision:
        case EnterContractInformation():
            following = At.EMERGENCY_ADDRESS if state is At.CONTRACT_INFORMATION else state
        case EnterAddress():
            following = None if state is At.CONTRACT_INFORMATION else At.ADDRESS_CHECK
        case AcceptProposal():
            following = At.READY if state is At.ADDRESS_PROPOSED else None
        case SkipSetUp():
            following = None if state is At.READY else state
        case ConvertToPaid():
            following = state
        case _:
            assert isinstance(decision, Settle)
    if following is None:
        with pytest.raises(DecisionRefused) as refusal:
            told(customer, decision)
        assert (refusal.value.state, refusal.value.decision) == (state, decision.word)
        assert decision.word not in refusal.value.allowed
    else:
        after = told(customer, decision)
        assert (after.status, after.revision) == (following, 1)


def test_every_cell_of_the_answers_is_what_its_class_says() -> None:
    accepted = {At.ADDRESS_CHECK, At.ADDRESS_PROPOSED}
    for (state, kind), cell in cells(SET_UP_MACHINE).items():
        if state in (At.CONTRACT_INFORMATION, At.EMERGENCY_ADDRESS):
            assert cell == "-"
        elif kind is AddressConfirmed:
            assert cell == ("ready" if state in accepted else ".")
        elif kind is CheckerUnavailable:
            assert cell == ("address_check" if state is At.ADDRESS_CHECK else ".")
        elif state is At.READY:
            assert cell == "!"
        elif kind is AddressCorrected:
            assert cell == ("address_proposed" if state is At.ADDRESS_CHECK else ".")
        else:
            assert cell == "emergency_address"


@pytest.mark.parametrize("state", At)
@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: str(answer.word))
def test_an_answer_is_never_refused_and_does_what_its_cell_says(state: At, answer: Report) -> None:
    customer = trial(status=state, address=ADDRESS)
    moved = apply(customer, event(customer.id, answer))
    step = SET_UP_MACHINE.hear(state, answer)
    assert moved.entry.outcome is step.outcome
    assert moved.record.status is (step.path[-1] if step.path else state)
    assert moved.record.check is (answer if step.path else None)
    assert moved.record.needs_attention is (step.outcome is Outcome.CONTRADICTS)
    assert moved.record.revision == 1


def test_s1_company_and_mail_come_from_the_trial_and_may_be_corrected() -> None:
    kept = told(trial(), CONTRACT)
    assert (kept.signer, kept.company, kept.email) == ("Dana Reed", "Harbor Dental", "admin@harbor.example")
    corrected = told(trial(), EnterContractInformation(" Dana  Reed ", "Harbor Dental LLC", " "))
    assert (corrected.signer, corrected.company) == ("Dana Reed", "Harbor Dental LLC")
    assert corrected.email == "admin@harbor.example"


@pytest.mark.parametrize("signer", ["", "  ", None])
def test_s1_the_signer_must_be_given(signer: str) -> None:
    with pytest.raises(MissingSigner) as error:
        EnterContractInformation(signer)
    assert str(pickle.loads(pickle.dumps(error.value))) == "the name of the signer must be given"


def test_s2_an_address_is_entered_checked_and_confirmed() -> None:
    customer = told(trial(), CONTRACT)
    assert not customer.is_set_up
    customer = told(customer, EnterAddress(ADDRESS))
    assert (customer.status, customer.is_set_up) == (At.ADDRESS_CHECK, False)
    assert told(customer, AddressConfirmed(ADDRESS)).is_set_up


def test_s2_a_corrected_address_is_accepted_or_edited() -> None:
    proposed = told(trial(), CONTRACT, EnterAddress(ADDRESS), AddressCorrected(ADDRESS, PROPOSED))
    assert (proposed.status, proposed.address) == (At.ADDRESS_PROPOSED, ADDRESS)
    accepted = told(proposed, AcceptProposal())
    assert (accepted.status, accepted.address) == (At.READY, PROPOSED)
    edited = told(proposed, EnterAddress(PROPOSED))
    assert (edited.status, edited.address, edited.check) == (At.ADDRESS_CHECK, PROPOSED, None)


@pytest.mark.parametrize("answer", ANSWERS[2:4], ids=lambda answer: str(answer.word))
def test_s2_an_address_that_is_not_known_is_entered_again(answer: Report) -> None:
    customer = told(trial(), CONTRACT, EnterAddress(ADDRESS), answer)
    assert (customer.status, customer.check, customer.address) == (At.EMERGENCY_ADDRESS, answer, ADDRESS)


def test_s2_a_checker_that_is_away_says_nothing_about_the_address() -> None:
    customer = told(trial(), CONTRACT, EnterAddress(ADDRESS), CheckerUnavailable(ADDRESS))
    assert customer.status is At.ADDRESS_CHECK
    assert told(customer, AddressConfirmed(ADDRESS)).is_set_up


def test_an_answer_about_an_address_that_was_edited_since_is_late() -> None:
    customer = told(trial(), CONTRACT, EnterAddress(ADDRESS), EnterAddress(PROPOSED))
    moved = apply(customer, event(customer.id, AddressConfirmed(ADDRESS)))
    assert moved.entry.outcome is Outcome.LATE
    assert as_said(moved.record) == as_said(customer)


def test_e3_a_skipped_set_up_is_resumed_where_it_was_with_nothing_lost() -> None:
    begun: list[Decision | Report] = []
    for step in (CONTRACT, EnterAddress(ADDRESS), AddressCorrected(ADDRESS, PROPOSED), AcceptProposal()):
        here = told(trial(), *begun)
        skipped = told(here, SkipSetUp())
        assert as_said(skipped) == evolve(as_said(here), skipped=True)
        begun.append(step)
        resumed = told(skipped, step)
        assert as_said(evolve(resumed, skipped=False)) == as_said(told(trial(), *begun))
        assert resumed.skipped is isinstance(step, AddressCorrected)
    assert told(trial(), *begun).is_set_up


def test_e1_a_trial_moves_to_paid_once_at_any_step() -> None:
    assert trial().account is AccountKind.TRIAL
    paid = told(trial(), ConvertToPaid())
    assert (paid.account, paid.status) == (AccountKind.PAID, At.CONTRACT_INFORMATION)
    assert as_said(ready_paid()) == evolve(as_said(ready_trial()), account=AccountKind.PAID)
    with pytest.raises(DecisionRefused) as refusal:
        told(paid, ConvertToPaid())
    assert refusal.value.allowed == ("contract", "skip")


def test_a_confirmed_address_that_is_doubted_later_needs_attention_until_it_is_settled() -> None:
    doubted = told(ready_trial(), AddressRejected(ADDRESS, "not found"))
    assert (doubted.status, doubted.needs_attention) == (At.READY, True)
    settled = told(doubted, Settle("the carrier has mended its table"))
    assert (settled.needs_attention, settled.is_set_up) == (False, True)


def test_a_report_that_is_none_of_a_customers_needs_attention() -> None:
    moved = apply(trial(), event("customer-1", Cancelled(), event_id="e-1"))
    assert moved.record.discrepancies == (Discrepancy("e-1", NOW, "contract_information", "Cancelled"),)


def test_an_event_about_another_customer_is_refused() -> None:
    with pytest.raises(ValueError, match="is about 'customer-2'"):
        apply(trial(), event("customer-2", CONTRACT))


def test_an_address_names_every_field_that_it_lacks() -> None:
    with pytest.raises(IncompleteAddress) as error:
        CivicAddress(house_number="500", street=" ", city="", state="CA", postal_code="94108")
    assert error.value.fields == ("street", "city")
    assert str(error.value) == "an emergency address needs street, city"
    for twin in (copy.copy(error.value), pickle.loads(pickle.dumps(error.value))):
        assert (twin.fields, str(twin)) == (error.value.fields, str(error.value))


def test_an_address_is_kept_as_it_was_meant() -> None:
    meant = CivicAddress(
        house_number=" 500",
        street="Anson   St",
        city="San Francisco",
        state="CA",
        postal_code="94107",
        unit=" ",
    )
    assert (meant, meant.unit) == (PROPOSED, None)
    with pytest.raises(TypeError, match="expected text, not int"):
        evolve(meant, house_number=500)  # type: ignore[arg-type]


def test_a_correction_is_shown_field_by_field() -> None:
    corrected = AddressCorrected(ADDRESS, PROPOSED)
    assert corrected.differences == (
        Difference("street", "Ansun St", "Anson St"),
        Difference("postal_code", "94108", "94107"),
    )
    assert ADDRESS.differences(ADDRESS) == ()


def test_an_address_is_written_as_on_an_envelope() -> None:
    assert str(PROPOSED) == "500 Anson St, San Francisco, CA 94107, US"
    assert str(evolve(PROPOSED, unit="STE 4")) == "500 Anson St STE 4, San Francisco, CA 94107, US"
