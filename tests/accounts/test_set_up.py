"""SPEC S and E: the set-up of a customer, step by step, skipped and resumed; trial and paid."""

from __future__ import annotations

import copy
import pickle
from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve

from accounts_cases import ADDRESS, PROPOSED, ready_paid, ready_trial, told, trial
from lifecycle_cases import NOW, as_said, event
from pstnkit.accounts.address_checks import (
    AddressAmbiguous,
    AddressConfirmed,
    AddressCorrected,
    AddressNotFound,
    CheckerUnavailable,
    PostOfficeBox,
)
from pstnkit.accounts.customers import (
    ACCOUNT_MACHINE,
    AccountKind,
    ConvertToPaid,
    Customer,
    EnterContractInformation,
    InvalidContact,
    MissingSigner,
    MovedToPaid,
    SkipSetUp,
)
from pstnkit.accounts.customers import SetUpStatus as At
from pstnkit.accounts.emergency import AcceptAddress, EnterAddress, OverrideCheck
from pstnkit.lifecycle.events import Decision, Report
from pstnkit.lifecycle.history import Discrepancy
from pstnkit.lifecycle.machine import DecisionRefused, Outcome
from pstnkit.lifecycle.record import apply
from pstnkit.lifecycle.reports import Cancelled, Settle
from pstnkit.lifecycle.zones import UnknownTimeZone

CONTRACT = EnterContractInformation("Dana Reed")
OTHER = evolve(PROPOSED, street="Maple St")
WAYS: dict[At, tuple[Decision | Report, ...]] = {
    At.CONTRACT_INFORMATION: (),
    At.EMERGENCY_ADDRESS: (CONTRACT,),
    At.ADDRESS_CHECK: (CONTRACT, EnterAddress(ADDRESS)),
    At.ADDRESS_PROPOSED: (CONTRACT, EnterAddress(ADDRESS), AddressCorrected(ADDRESS, PROPOSED)),
    At.ADDRESS_AMBIGUOUS: (CONTRACT, EnterAddress(ADDRESS), AddressAmbiguous(ADDRESS, (PROPOSED, OTHER))),
    At.ADDRESS_REJECTED: (CONTRACT, EnterAddress(ADDRESS), AddressNotFound(ADDRESS)),
    At.READY: (CONTRACT, EnterAddress(ADDRESS), AddressConfirmed(ADDRESS)),
}
OF_ADDRESSES: dict[Decision, dict[At, At]] = {
    EnterAddress(PROPOSED): dict.fromkeys(set(At) - {At.CONTRACT_INFORMATION}, At.ADDRESS_CHECK),
    AcceptAddress(PROPOSED): dict.fromkeys((At.ADDRESS_PROPOSED, At.ADDRESS_AMBIGUOUS), At.READY),
    OverrideCheck(ADDRESS, "it is new"): dict.fromkeys(
        (At.ADDRESS_PROPOSED, At.ADDRESS_AMBIGUOUS, At.ADDRESS_REJECTED), At.READY
    ),
    Settle("looked at"): {},
}


def at(step: At) -> Customer:
    """A customer on a trial at a step of its set-up."""
    customer = told(trial(), *WAYS[step])
    assert customer.status is step
    return evolve(customer, revision=0)


@pytest.mark.parametrize("step", At)
@pytest.mark.parametrize("paid", [False, True])
def test_every_decision_at_every_step_is_taken_or_refused_by_what_it_is(step: At, paid: bool) -> None:
    customer = evolve(at(step), paid_since=NOW if paid else None)
    beyond = At.EMERGENCY_ADDRESS if step is At.CONTRACT_INFORMATION else step
    expected: dict[Decision, At | None] = {
        CONTRACT: beyond,
        SkipSetUp(): None if paid or step is At.READY else step,
        ConvertToPaid(): None if paid else step,
        **{decision: steps.get(step) for decision, steps in OF_ADDRESSES.items()},
    }
    assert customer.allowed == tuple(decision.word for decision, then in expected.items() if then is not None)
    for decision, following in expected.items():
        if following is None:
            with pytest.raises(DecisionRefused) as refusal:
                told(customer, decision)
            assert (refusal.value.state, refusal.value.decision) == (step, decision.word)
            assert refusal.value.allowed == customer.allowed
        else:
            moved = apply(customer, event(customer.id, decision))
            assert (moved.record.status, moved.record.revision) == (following, 1)
            assert moved.entry.path == (() if following is step else (following,))


def test_s1_company_and_mail_come_from_the_trial_and_may_be_corrected() -> None:
    kept = told(trial(), CONTRACT)
    assert (kept.signer, kept.company, kept.email) == ("Dana Reed", "Harbor Dental", "admin@harbor.example")
    corrected = told(
        trial(), EnterContractInformation(" Dana  Reed ", "Harbor Dental LLC", " ", "America/Denver")
    )
    assert (corrected.signer, corrected.company) == ("Dana Reed", "Harbor Dental LLC")
    assert (corrected.email, corrected.timezone) == ("admin@harbor.example", "America/Denver")


@pytest.mark.parametrize("signer", ["", "  ", None])
def test_s1_the_signer_must_be_given(signer: str) -> None:
    with pytest.raises(MissingSigner) as error:
        EnterContractInformation(signer)
    assert str(pickle.loads(pickle.dumps(error.value))) == "the name of the signer must be given"


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("company", " ", "'' is no company"),
        ("email", "", "'' is no e-mail address"),
        ("email", "dana", "'dana' is no e-mail address"),
        ("email", "dana @harbor.example", "'dana @harbor.example' is no e-mail address"),
    ],
)
def test_a_customer_without_a_name_or_a_mailbox_does_not_exist(field: str, text: str, said: str) -> None:
    with pytest.raises(InvalidContact) as error:
        trial(**{field: text})
    for twin in (copy.copy(error.value), pickle.loads(pickle.dumps(error.value))):
        assert (str(twin), twin.text) == (said, error.value.text)


def test_what_is_corrected_is_checked_like_what_was_given_first() -> None:
    with pytest.raises(InvalidContact):
        EnterContractInformation("Dana Reed", email="dana")
    with pytest.raises(UnknownTimeZone):
        EnterContractInformation("Dana Reed", timezone="Pacific")


@pytest.mark.parametrize("zone", ["Pacific", "", "America/San_Francisco"])
def test_a_time_zone_that_nobody_knows_is_refused_at_the_records_edge(zone: str) -> None:
    with pytest.raises(UnknownTimeZone) as error:
        trial(timezone=zone)
    assert error.value.text == zone
    with pytest.raises(TypeError, match="given by its name, not as a timedelta"):
        trial(timezone=timedelta())


def test_s2_an_address_is_entered_checked_and_confirmed() -> None:
    customer = told(trial(), CONTRACT)
    assert not customer.is_set_up
    customer = told(customer, EnterAddress(ADDRESS))
    assert (customer.status, customer.is_set_up) == (At.ADDRESS_CHECK, False)
    assert told(customer, AddressConfirmed(ADDRESS)).is_set_up


def test_s2_an_overridden_check_will_do_for_the_set_up() -> None:
    overridden = told(at(At.ADDRESS_REJECTED), OverrideCheck(ADDRESS, "it is new"))
    assert overridden.is_set_up
    box = told(trial(), CONTRACT, EnterAddress(ADDRESS), PostOfficeBox(ADDRESS))
    with pytest.raises(DecisionRefused):
        told(box, OverrideCheck(ADDRESS, "they know us there"))


def test_s2_another_address_has_to_be_confirmed_before_the_next_order() -> None:
    edited = told(ready_trial(), EnterAddress(PROPOSED))
    assert (edited.status, edited.is_set_up) == (At.ADDRESS_CHECK, False)
    assert edited.in_effect == ready_trial().in_effect


def test_e3_a_skipped_set_up_is_resumed_where_it_was_with_nothing_lost() -> None:
    begun: list[Decision | Report] = []
    for step in (CONTRACT, EnterAddress(ADDRESS), AddressCorrected(ADDRESS, PROPOSED), AcceptAddress()):
        here = told(trial(), *begun)
        skipped = told(here, SkipSetUp())
        assert as_said(skipped) == as_said(evolve(here, skipped=True, revision=here.revision + 1))
        begun.append(step)
        resumed = told(skipped, step)
        straight = evolve(told(trial(), *begun), revision=resumed.revision)
        assert as_said(evolve(resumed, skipped=False)) == as_said(straight)
        assert resumed.skipped is isinstance(step, AddressCorrected)
    assert told(trial(), *begun).is_set_up


def test_e3_a_trial_that_moves_to_paid_while_skipped_goes_on_where_it_was() -> None:
    moved = told(at(At.ADDRESS_REJECTED), SkipSetUp(), ConvertToPaid())
    assert (moved.status, moved.skipped) == (At.ADDRESS_REJECTED, True)
    assert not told(moved, EnterAddress(PROPOSED)).skipped


def test_e1_a_trial_moves_to_paid_once_at_any_step_and_knows_since_when() -> None:
    assert (trial().account, trial().paid_since) == (AccountKind.TRIAL, None)
    paid = told(trial(), ConvertToPaid())
    assert (paid.account, paid.paid_since, paid.status) == (AccountKind.PAID, NOW, At.CONTRACT_INFORMATION)
    assert as_said(ready_paid()) == as_said(evolve(ready_trial(), paid_since=NOW, revision=4))
    with pytest.raises(DecisionRefused) as refusal:
        told(paid, ConvertToPaid())
    assert refusal.value.allowed == ("contract",)


@pytest.mark.parametrize("account", AccountKind)
def test_whoever_keeps_the_accounts_may_say_so_too_and_repeat_it(account: AccountKind) -> None:
    paid = account is AccountKind.PAID
    customer = trial(paid_since=NOW if paid else None)
    moment = NOW + timedelta(days=1)
    moved = apply(customer, event(customer.id, MovedToPaid(), at=moment))
    step = ACCOUNT_MACHINE.hear(account, MovedToPaid)
    assert (moved.entry.outcome, moved.entry.path) == (step.outcome, step.path)
    assert step.outcome is (Outcome.ALREADY if paid else Outcome.EXPECTED)
    assert (moved.record.account, moved.record.paid_since) == (AccountKind.PAID, NOW if paid else moment)
    assert moved.record.revision == 1


def test_a_confirmed_address_that_is_doubted_later_needs_attention_until_it_is_settled() -> None:
    doubted = told(ready_trial(), AddressNotFound(ADDRESS))
    assert (doubted.status, doubted.needs_attention) == (At.READY, True)
    settled = told(doubted, Settle("the carrier has mended its table"))
    assert (settled.needs_attention, settled.is_set_up) == (False, True)


def test_settling_a_doubt_does_not_resume_a_set_up() -> None:
    customer = evolve(told(at(At.EMERGENCY_ADDRESS), SkipSetUp(), Cancelled()))
    assert told(customer, Settle("a slip of theirs")).skipped


def test_a_checker_that_is_away_leaves_the_step_as_it_is() -> None:
    assert told(at(At.ADDRESS_CHECK), CheckerUnavailable(ADDRESS)).status is At.ADDRESS_CHECK


def test_a_report_that_is_none_of_a_customers_needs_attention() -> None:
    moved = apply(trial(), event("customer-1", Cancelled(), event_id="e-1"))
    assert moved.record.discrepancies == (Discrepancy("e-1", NOW, "contract_information", "Cancelled"),)


def test_an_event_about_another_customer_is_refused() -> None:
    with pytest.raises(ValueError, match="is about 'customer-2'"):
        apply(trial(), event("customer-2", CONTRACT))


def test_a_customer_survives_pickle_and_copy() -> None:
    customer: Any = ready_paid()
    assert copy.deepcopy(customer) == pickle.loads(pickle.dumps(customer)) == customer
