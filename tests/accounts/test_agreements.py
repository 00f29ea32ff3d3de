"""SPEC O2 to O5 and S4: what is signed, by whom, for which order."""

from __future__ import annotations

from datetime import timedelta

import pytest
from attrs import evolve

from lifecycle_cases import NOW, cells, event
from pstnkit.accounts.agreements import (
    AGREEMENT_MACHINE,
    Agreement,
    AgreementKind,
    EnvelopeDeclined,
    EnvelopeDelivered,
    EnvelopeExpired,
    EnvelopeSent,
    EnvelopeSigned,
    EnvelopeVoided,
    Send,
    Void,
    base_agreement,
    gates,
    instructions,
    signature,
)
from pstnkit.accounts.agreements import AgreementStatus as At
from pstnkit.accounts.customers import AccountKind
from pstnkit.lifecycle.events import Decision, Report
from pstnkit.lifecycle.fulfillment import OrderKind
from pstnkit.lifecycle.machine import DecisionRefused, Outcome
from pstnkit.lifecycle.record import apply
from pstnkit.lifecycle.reports import Settle

TERMS = AgreementKind.TERMS_OF_SERVICE
CONTRACT = AgreementKind.CONTRACT
LETTER = AgreementKind.LETTER_OF_AUTHORIZATION
REPORTS: tuple[Report, ...] = (
    EnvelopeSent("EN-1"),
    EnvelopeDelivered(),
    EnvelopeSigned(),
    EnvelopeDeclined(),
    EnvelopeVoided(),
    EnvelopeExpired(),
)
UNDER_WAY = (At.CREATED, At.SENT, At.DELIVERED)


def agreement(status: At = At.CREATED, kind: AgreementKind = CONTRACT, order: str | None = None) -> Agreement:
    return Agreement(
        id="agreement-1",
        partner="partner-1",
        customer="customer-1",
        kind=kind,
        signer="Dana Reed",
        email="admin@harbor.example",
        client_reference="reference-3",
        order=order,
        status=status,
        signed=NOW if status is At.SIGNED else None,
    )


def after(given: Agreement, *bodies: Decision | Report) -> Agreement:
    for body in bodies:
        given = apply(given, event(given.id, body)).record
    return given


def cell(state: At, kind: type[Report]) -> str:
    """What a cell should be, by what it means."""
    says = {
        EnvelopeSent: At.SENT,
        EnvelopeDelivered: At.DELIVERED,
        EnvelopeSigned: At.SIGNED,
        EnvelopeDeclined: At.DECLINED,
        EnvelopeVoided: At.VOIDED,
        EnvelopeExpired: At.EXPIRED,
    }[kind]
    if says is state:
        return "."
    if state in UNDER_WAY:
        if says in UNDER_WAY and UNDER_WAY.index(says) < UNDER_WAY.index(state):
            return "-"
        # Signed or declined is only what was delivered; expired only what was sent.
        needs = 3 if says in (At.SIGNED, At.DECLINED) else 2 if says is At.DELIVERED else 1
        needs = 2 if says is At.EXPIRED else 0 if says is At.VOIDED else needs
        between = [at.value for at in UNDER_WAY[UNDER_WAY.index(state) + 1 : needs]]
        return ">".join([*between, says.value])
    if says in (At.SENT, At.DELIVERED, At.EXPIRED):
        return "-"
    if says is At.VOIDED:
        return "!" if state is At.SIGNED else "voided"
    return (
        "-"
        if (state, says) == (At.VOIDED, At.DECLINED) or (state, says) == (At.EXPIRED, At.DECLINED)
        else "!"
    )


def test_every_cell_of_the_reports_is_what_its_class_says() -> None:
    found = cells(AGREEMENT_MACHINE)
    assert len(found) == 7 * 6
    assert {key: cell(*key) for key in found} == found


@pytest.mark.parametrize("state", At)
@pytest.mark.parametrize("report", REPORTS, ids=lambda report: str(report.word))
def test_a_report_is_never_refused_and_does_what_its_cell_says(state: At, report: Report) -> None:
    before = agreement(state)
    moved = apply(before, event(before.id, report))
    step = AGREEMENT_MACHINE.hear(state, report)
    assert (moved.entry.outcome, moved.entry.path) == (step.outcome, step.path)
    assert moved.record.status is (step.path[-1] if step.path else state)
    assert moved.record.needs_attention is (step.outcome is Outcome.CONTRADICTS)
    assert moved.record.revision == 1
    assert (moved.record.signed is not None) is (moved.record.status is At.SIGNED)


@pytest.mark.parametrize("state", At)
def test_an_agreement_is_sent_again_or_withdrawn_until_it_is_signed(state: At) -> None:
    final = state in (At.SIGNED, At.VOIDED)
    for decision, following in ((Send(), At.CREATED), (Void(), At.VOIDED)):
        before = evolve(agreement(state), envelope="EN-1")
        if final:
            with pytest.raises(DecisionRefused) as refusal:
                after(before, decision)
            assert refusal.value.allowed == ()
        else:
            assert after(before, decision).status is following
    assert AGREEMENT_MACHINE.is_terminal(state) is final


def test_what_is_sent_again_waits_for_an_envelope_of_its_own() -> None:
    again = after(agreement(), EnvelopeSent("EN-1"), EnvelopeDeclined(), Send())
    assert (again.status, again.envelope) == (At.CREATED, None)
    assert after(again, EnvelopeSent("EN-2")).envelope == "EN-2"


def test_an_envelope_is_named_even_by_a_late_report_and_only_once() -> None:
    signed = after(agreement(), EnvelopeSigned(), EnvelopeSent("EN-1"), EnvelopeSent("EN-2"))
    assert (signed.status, signed.envelope) == (At.SIGNED, "EN-1")


def test_the_time_of_a_signature_is_that_of_its_event_and_stays() -> None:
    moment = NOW - timedelta(days=2)
    signed = apply(agreement(At.SENT), event("agreement-1", EnvelopeSigned(), at=moment)).record
    assert signed.signed == moment
    assert after(signed, EnvelopeSigned()).signed == moment


def test_a_signed_agreement_that_is_voided_needs_attention_until_that_is_settled() -> None:
    doubted = after(agreement(At.SIGNED), EnvelopeVoided())
    assert (doubted.status, doubted.needs_attention) == (At.SIGNED, True)
    assert not after(doubted, Settle("a slip of theirs")).needs_attention
    with pytest.raises(DecisionRefused):
        after(agreement(At.SIGNED), Settle("nothing to settle"))


def test_an_event_about_another_agreement_is_refused() -> None:
    with pytest.raises(ValueError, match="is about 'agreement-2'"):
        apply(agreement(), event("agreement-2", EnvelopeSigned()))


def test_the_diagram_begins_with_an_agreement_that_was_created() -> None:
    assert "    [*] --> created" in AGREEMENT_MACHINE.mermaid().splitlines()


@pytest.mark.parametrize(
    ("kind", "account", "needed"),
    [
        (OrderKind.STANDARD, AccountKind.TRIAL, (TERMS,)),
        (OrderKind.ADVANCED, AccountKind.TRIAL, (TERMS,)),
        (OrderKind.STANDARD, AccountKind.PAID, (CONTRACT,)),
        (OrderKind.ADVANCED, AccountKind.PAID, (CONTRACT,)),
        (OrderKind.PORT, AccountKind.PAID, (CONTRACT, LETTER)),
    ],
)
def test_o4_o5_what_an_order_needs_goes_by_its_kind_and_the_account(
    kind: OrderKind, account: AccountKind, needed: tuple[AgreementKind, ...]
) -> None:
    assert gates(kind, account) == needed


def test_o5_terms_signed_on_the_trial_do_not_count_once_paid() -> None:
    signed = [agreement(At.SIGNED, TERMS)]
    assert signature(signed, base_agreement(AccountKind.TRIAL), "order-1") == NOW
    assert signature(signed, base_agreement(AccountKind.PAID), "order-1") is None


def test_o5_a_contract_is_signed_once_for_every_order() -> None:
    signed = [agreement(At.SENT), agreement(At.SIGNED)]
    assert [signature(signed, CONTRACT, order) for order in ("order-1", "order-2")] == [NOW, NOW]


def test_o5_each_port_has_its_own_letter() -> None:
    signed = [agreement(At.SIGNED, LETTER, order="port-1"), agreement(At.SIGNED, LETTER, order=None)]
    assert [signature(signed, LETTER, order) for order in ("port-1", "port-2")] == [NOW, None]


def test_o2_o3_the_partner_is_told_what_comes_and_how() -> None:
    assert instructions(OrderKind.STANDARD, []) == ()
    [terms] = instructions(OrderKind.STANDARD, [TERMS])
    assert "terms of service are coming by e-signature" in terms
    contract, letter = instructions(OrderKind.PORT, [CONTRACT, LETTER])
    assert "contract is coming by e-signature" in contract
    assert "by mail" in letter
    assert "not processed until it is signed" in letter
