"""SPEC S2 and DOMAIN 5: an emergency address is entered, checked, and confirmed, accepted or overridden."""

from __future__ import annotations

import copy
import pickle
from datetime import timedelta

import pytest
from attrs import evolve

from accounts_cases import ADDRESS, PROPOSED
from lifecycle_cases import NOW, as_said, cells, event
from pstnkit.accounts.address_checks import (
    AddressAmbiguous,
    AddressConfirmed,
    AddressCorrected,
    AddressNotFound,
    CheckerUnavailable,
    PostalCodeMismatch,
    PostOfficeBox,
)
from pstnkit.accounts.emergency import (
    ADDRESS_MACHINE,
    AcceptAddress,
    DispatchableLocation,
    EnterAddress,
    Location,
    MissingReason,
    NotDispatchable,
    NotProposed,
    NotThisAddress,
    Override,
    OverrideCheck,
    ServiceAddress,
)
from pstnkit.accounts.emergency import AddressStatus as At
from pstnkit.lifecycle.events import Decision, Report
from pstnkit.lifecycle.history import Discrepancy
from pstnkit.lifecycle.machine import DecisionRefused, Outcome
from pstnkit.lifecycle.record import apply
from pstnkit.lifecycle.reports import Cancelled, Settle

OTHER = evolve(PROPOSED, street="Maple St")
CHECKS: dict[type[Report], Report] = {
    type(check): check
    for check in (
        AddressConfirmed(ADDRESS),
        AddressCorrected(ADDRESS, PROPOSED),
        AddressAmbiguous(ADDRESS, (PROPOSED, OTHER)),
        AddressNotFound(ADDRESS),
        PostOfficeBox(ADDRESS),
        PostalCodeMismatch(ADDRESS),
        CheckerUnavailable(ADDRESS),
    )
}
REJECTIONS = (AddressNotFound, PostOfficeBox, PostalCodeMismatch)
LEADS_TO = {AddressConfirmed: At.CONFIRMED, AddressCorrected: At.PROPOSED, AddressAmbiguous: At.AMBIGUOUS}
LEADS_TO |= dict.fromkeys(REJECTIONS, At.REJECTED)
SETTLED = (At.CONFIRMED, At.OVERRIDDEN)
EMPTY = Location(id="location-1", partner="partner-1", customer="customer-1")


def after(location: Location, *bodies: Decision | Report) -> Location:
    for body in bodies:
        location = apply(location, event(location.id, body)).record
    return location


def standing(status: At) -> Location:
    """A location in ``status``, by the shortest way there."""
    ways: dict[At, tuple[Decision | Report, ...]] = {
        At.NONE: (),
        At.CHECKING: (EnterAddress(ADDRESS),),
        At.PROPOSED: (EnterAddress(ADDRESS), CHECKS[AddressCorrected]),
        At.AMBIGUOUS: (EnterAddress(ADDRESS), CHECKS[AddressAmbiguous]),
        At.REJECTED: (EnterAddress(ADDRESS), CHECKS[AddressNotFound]),
        At.CONFIRMED: (EnterAddress(ADDRESS), CHECKS[AddressConfirmed]),
        At.OVERRIDDEN: (EnterAddress(ADDRESS), CHECKS[AddressNotFound], OverrideCheck(ADDRESS, "it is new")),
    }
    location = after(EMPTY, *ways[status])
    assert location.status is status
    return evolve(location, revision=0)


def test_every_cell_of_the_checks_is_what_its_class_says() -> None:
    found = cells(ADDRESS_MACHINE)
    assert len(found) == 7 * 7
    for (state, kind), cell in found.items():
        if state is At.NONE:
            assert cell == "-"
        elif kind is CheckerUnavailable:
            assert cell == ("checking" if state is At.CHECKING else ".")
        elif state is At.CONFIRMED:
            assert cell == ("." if kind is AddressConfirmed else "!")
        elif state is At.OVERRIDDEN:
            # What the check says was overridden; but whoever takes the blame, nobody can be sent to a box.
            assert cell == {AddressConfirmed: "confirmed", PostOfficeBox: "!"}.get(kind, ".")
        else:
            assert cell == LEADS_TO[kind].value


@pytest.mark.parametrize("state", At)
@pytest.mark.parametrize("kind", CHECKS, ids=lambda kind: str(kind.word))
def test_a_check_is_never_refused_and_does_what_its_cell_says(state: At, kind: type[Report]) -> None:
    before = standing(state)
    moved = apply(before, event(before.id, CHECKS[kind], event_id="e-1"))
    step = ADDRESS_MACHINE.hear(state, kind)
    now = step.path[-1] if step.path else state
    if state is At.NONE:
        assert (moved.entry.outcome, as_said(moved.record)) == (
            Outcome.LATE,
            as_said(evolve(before, revision=1)),
        )
        return
    assert moved.entry.outcome is step.outcome
    assert moved.record.status is now
    assert moved.entry.path == (() if now is state else (now,))
    assert moved.record.check == (CHECKS[kind] if step.path else before.check)
    found = (Discrepancy("e-1", NOW, state.value, kind.__name__),)
    assert moved.record.discrepancies == (found if step.outcome is Outcome.CONTRADICTS else ())
    assert (moved.record.in_effect is not None) is (now in SETTLED)
    assert moved.record.revision == 1


@pytest.mark.parametrize("state", At)
def test_every_decision_in_every_state_is_taken_or_refused_by_what_it_is(state: At) -> None:
    checked_against = (At.PROPOSED, At.AMBIGUOUS, At.REJECTED)
    chosen = OTHER if state is At.AMBIGUOUS else None
    expected: dict[Decision, At | None] = {
        EnterAddress(PROPOSED): At.CHECKING,
        AcceptAddress(chosen): At.CONFIRMED if state in (At.PROPOSED, At.AMBIGUOUS) else None,
        OverrideCheck(ADDRESS, "it is new"): At.OVERRIDDEN if state in checked_against else None,
        Settle("nothing to settle"): None,
    }
    for decision, following in expected.items():
        before = standing(state)
        if following is None:
            with pytest.raises(DecisionRefused) as refusal:
                after(before, decision)
            assert (refusal.value.state, refusal.value.decision) == (state, decision.word)
            assert decision.word not in refusal.value.allowed
        else:
            decided = after(before, decision)
            assert (decided.status, decided.revision) == (following, 1)


def test_an_answer_about_an_address_that_was_edited_since_is_late() -> None:
    edited = after(standing(At.CHECKING), EnterAddress(PROPOSED))
    moved = apply(edited, event(edited.id, CHECKS[AddressConfirmed]))
    assert moved.entry.outcome is Outcome.LATE
    assert as_said(moved.record) == as_said(evolve(edited, revision=edited.revision + 1))


def test_a_checker_that_is_away_says_nothing_about_the_address() -> None:
    unchecked = after(standing(At.CHECKING), CHECKS[CheckerUnavailable])
    assert (unchecked.status, unchecked.in_effect) == (At.CHECKING, None)
    assert after(unchecked, CHECKS[AddressConfirmed]).status is At.CONFIRMED


def test_a_correction_is_accepted_and_is_the_address_from_then_on() -> None:
    for choice in (None, PROPOSED):
        accepted = after(standing(At.PROPOSED), AcceptAddress(choice))
        assert accepted.address == PROPOSED
        assert accepted.in_effect == ServiceAddress(PROPOSED, NOW)


def test_of_several_candidates_one_has_to_be_named_and_no_other_address() -> None:
    ambiguous = standing(At.AMBIGUOUS)
    assert after(ambiguous, AcceptAddress(OTHER)).in_effect == ServiceAddress(OTHER, NOW)
    with pytest.raises(NotProposed, match="say which of these is meant: 500 Anson St"):
        after(ambiguous, AcceptAddress())
    for stranger in (ambiguous, standing(At.PROPOSED)):
        with pytest.raises(NotProposed) as refusal:
            after(stranger, AcceptAddress(ADDRESS))
        assert refusal.value.given == ADDRESS
        assert PROPOSED in refusal.value.candidates
        assert str(refusal.value).startswith(
            "500 Ansun St, San Francisco, CA 94108, US was not proposed; proposed:"
        )


def test_an_override_is_bound_to_the_exact_address_and_says_who_when_and_why() -> None:
    overridden = after(standing(At.REJECTED), OverrideCheck(ADDRESS, " it is  new "))
    assert overridden.override == Override(ADDRESS, "carrier", NOW, "it is new")
    assert overridden.in_effect == ServiceAddress(ADDRESS, NOW, overridden.override)
    with pytest.raises(NotThisAddress) as refusal:
        after(standing(At.REJECTED), OverrideCheck(PROPOSED, "it is new"))
    assert (refusal.value.given, refusal.value.present) == (PROPOSED, ADDRESS)
    assert "and not 500 Anson St" in str(refusal.value)
    with pytest.raises(MissingReason):
        OverrideCheck(ADDRESS, "  ")
    with pytest.raises(ValueError, match="says nothing of"):
        ServiceAddress(PROPOSED, NOW, overridden.override)


@pytest.mark.parametrize("address", [ADDRESS, PROPOSED])
def test_an_edit_ends_an_override_also_one_that_changes_nothing(address: object) -> None:
    edited = after(standing(At.OVERRIDDEN), EnterAddress(address))  # type: ignore[arg-type]
    assert (edited.status, edited.override, edited.check) == (At.CHECKING, None, None)


def test_nobody_overrides_that_an_address_is_a_post_office_box() -> None:
    box = after(standing(At.CHECKING), CHECKS[PostOfficeBox])
    with pytest.raises(DecisionRefused) as refusal:
        after(box, OverrideCheck(ADDRESS, "they know us there"))
    assert refusal.value.allowed == ("address",)


def test_an_overridden_address_that_the_carrier_learns_of_is_confirmed() -> None:
    known = after(standing(At.OVERRIDDEN), CHECKS[AddressConfirmed])
    assert (known.status, known.override) == (At.CONFIRMED, None)
    assert known.in_effect == ServiceAddress(ADDRESS, NOW)


def test_an_address_stays_in_effect_until_another_takes_its_place() -> None:
    confirmed = standing(At.CONFIRMED)
    edited = after(confirmed, EnterAddress(PROPOSED))
    assert (edited.status, edited.in_effect) == (At.CHECKING, confirmed.in_effect)
    rejected = after(edited, AddressNotFound(PROPOSED))
    assert rejected.in_effect == confirmed.in_effect
    assert after(edited, AddressConfirmed(PROPOSED)).in_effect == ServiceAddress(PROPOSED, NOW)


def test_an_address_that_is_confirmed_again_has_been_in_effect_all_along() -> None:
    confirmed = standing(At.CONFIRMED)
    again = after(confirmed, EnterAddress(ADDRESS))
    later = event(again.id, CHECKS[AddressConfirmed], at=NOW + timedelta(days=1))
    assert apply(again, later).record.in_effect is confirmed.in_effect


def test_a_confirmed_address_that_is_doubted_needs_attention_until_that_is_settled() -> None:
    doubted = after(standing(At.CONFIRMED), CHECKS[AddressNotFound])
    assert (doubted.status, doubted.needs_attention) == (At.CONFIRMED, True)
    assert not after(doubted, Settle("their table was wrong")).needs_attention


def test_a_report_that_is_none_of_an_address_needs_attention() -> None:
    assert after(EMPTY, Cancelled()).discrepancies[0].report == "Cancelled"


def test_an_event_about_another_location_is_refused() -> None:
    with pytest.raises(ValueError, match="is about 'location-2'"):
        apply(EMPTY, event("location-2", EnterAddress(ADDRESS)))


def test_a_dispatchable_location_is_a_validated_address_and_a_place_within() -> None:
    within = evolve(ADDRESS, unit="STE 4")
    location = DispatchableLocation(ServiceAddress(within, NOW))
    assert str(location) == "500 Ansun St STE 4, San Francisco, CA 94108, US"
    with pytest.raises(NotDispatchable, match="it lacks a suite, floor or room") as error:
        DispatchableLocation(ServiceAddress(ADDRESS, NOW))
    assert error.value.address == ADDRESS
    with pytest.raises(NotDispatchable, match="it lacks a validated street address"):
        DispatchableLocation(ServiceAddress(within, NOW, Override(within, "Robin", NOW, "it is new")))


def test_a_record_has_a_dispatchable_location_once_its_address_in_effect_is_one() -> None:
    within = evolve(ADDRESS, unit="STE 4")
    assert EMPTY.dispatchable_location is None
    assert standing(At.CONFIRMED).dispatchable_location is None
    confirmed = after(EMPTY, EnterAddress(within), AddressConfirmed(within))
    assert confirmed.dispatchable_location == DispatchableLocation(ServiceAddress(within, NOW))


@pytest.mark.parametrize(
    "error",
    [
        NotProposed(None, (ADDRESS,)),
        NotThisAddress(ADDRESS, PROPOSED),
        NotDispatchable(ADDRESS, "a suite, floor or room"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_errors_survive_pickle_and_copy(error: Exception) -> None:
    for twin in (copy.copy(error), pickle.loads(pickle.dumps(error))):
        assert (type(twin), str(twin), vars(twin)) == (type(error), str(error), vars(error))


def test_the_diagram_begins_before_any_address() -> None:
    drawn = ADDRESS_MACHINE.mermaid().splitlines()
    assert drawn[1] == "    [*] --> none"
    assert "    rejected --> overridden: override" in drawn
