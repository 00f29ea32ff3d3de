"""SPEC O2 to O5 and S4: what is signed, by whom, for which order."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve

from accounts_cases import ready_paid
from lifecycle_cases import NOW, cells, event, port_order
from pstnkit.accounts.agreements import (
    AGREEMENT_MACHINE,
    AboutEnvelope,
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
    signed_agreement,
)
from pstnkit.accounts.agreements import AgreementStatus as At
from pstnkit.accounts.awaited import signatures_awaited
from pstnkit.accounts.customers import AccountKind
from pstnkit.accounts.letters import LetterDating, LetterPolicy, Today
from pstnkit.errors import CallerError
from pstnkit.lifecycle.events import Decision, Report
from pstnkit.lifecycle.fulfillment import OrderKind
from pstnkit.lifecycle.machine import DecisionRefused, Outcome
from pstnkit.lifecycle.record import apply
from pstnkit.lifecycle.reports import Settle
from pstnkit.lifecycle.waiting import Party, WaitingFor
from pstnkit.porting.ports import PortStatus

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
TODAY = Today.at(NOW, "America/Los_Angeles")
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
    said: dict[type[Report], At] = {
        EnvelopeSent: At.SENT,
        EnvelopeDelivered: At.DELIVERED,
        EnvelopeSigned: At.SIGNED,
        EnvelopeDeclined: At.DECLINED,
        EnvelopeVoided: At.VOIDED,
        EnvelopeExpired: At.EXPIRED,
    }
    says = said[kind]
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
    for decision, following in ((Send("reference-4"), At.CREATED), (Void(), At.VOIDED)):
        before = evolve(agreement(state), envelope="EN-1")
        if final:
            with pytest.raises(DecisionRefused) as refusal:
                after(before, decision)
            assert refusal.value.allowed == ()
        else:
            assert after(before, decision).status is following
    assert AGREEMENT_MACHINE.is_terminal(state) is final


def test_what_is_sent_again_waits_for_an_envelope_of_its_own() -> None:
    again = after(
        agreement(), EnvelopeSent("EN-1"), EnvelopeDeclined(reason="wrong name"), Send("reference-4")
    )
    assert (again.status, again.envelope, again.reason) == (At.CREATED, None, None)
    assert (again.client_reference, again.former) == ("reference-4", ("reference-3", "EN-1"))
    assert after(again, EnvelopeSent("EN-2")).envelope == "EN-2"
    thrice = after(again, Send("reference-5"))
    assert thrice.former == ("reference-3", "EN-1", "reference-4")


ABOUT_THE_FORMER: tuple[AboutEnvelope, ...] = tuple(
    report
    for name in ("EN-1", "reference-3")
    for report in (
        EnvelopeSent(name),
        EnvelopeDelivered(name),
        EnvelopeSigned(name),
        EnvelopeDeclined(name),
        EnvelopeVoided(name),
        EnvelopeExpired(name),
    )
)


@pytest.mark.parametrize("state", At)
@pytest.mark.parametrize("report", ABOUT_THE_FORMER, ids=lambda report: f"{report.word}-{report.envelope}")
def test_a_report_about_what_was_sent_before_is_late_and_moves_nothing(
    state: At, report: AboutEnvelope
) -> None:
    before = evolve(
        agreement(state), client_reference="reference-4", envelope="EN-2", former=("reference-3", "EN-1")
    )
    moved = apply(before, event(before.id, report))
    assert (moved.entry.outcome, moved.entry.path) == (Outcome.LATE, ())
    assert evolve(moved.record, revision=0, seen=before.seen) == before


@pytest.mark.parametrize("name", [None, "EN-2", "reference-4"])
def test_a_report_about_what_was_sent_last_moves_it_however_that_is_named(name: str | None) -> None:
    sent = evolve(agreement(At.SENT), client_reference="reference-4", envelope="EN-2", former=("EN-1",))
    signed = after(sent, EnvelopeSigned(name, by="Dana Reed"))
    assert (signed.status, signed.envelope, signed.signed_by) == (At.SIGNED, "EN-2", "Dana Reed")


def test_an_envelope_that_nobody_has_told_of_is_named_by_whatever_comes_first() -> None:
    assert after(agreement(), EnvelopeSigned("EN-7")).envelope == "EN-7"
    assert after(agreement(), EnvelopeDelivered("reference-3")).envelope is None
    assert after(agreement(), EnvelopeSent("EN-1"), EnvelopeSigned("EN-7")).status is At.SENT


def test_why_it_was_declined_is_kept() -> None:
    assert after(agreement(), EnvelopeDeclined("EN-1", "wrong name")).reason == "wrong name"


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
    assert signature(signed, base_agreement(AccountKind.TRIAL), "order-1", TODAY) == NOW
    assert signature(signed, base_agreement(AccountKind.PAID), "order-1", TODAY) is None


def test_o5_a_contract_is_signed_once_for_every_order() -> None:
    signed = [agreement(At.SENT), agreement(At.SIGNED)]
    assert [signature(signed, CONTRACT, order, TODAY) for order in ("order-1", "order-2")] == [NOW, NOW]


def test_o5_each_port_has_its_own_letter() -> None:
    signed = [agreement(At.SIGNED, LETTER, order="port-1"), agreement(At.SIGNED, LETTER, order=None)]
    assert [signature(signed, LETTER, order, TODAY) for order in ("port-1", "port-2")] == [NOW, None]


def test_o2_o3_the_partner_is_told_what_comes_and_how() -> None:
    assert instructions(OrderKind.STANDARD, []) == ()
    [terms] = instructions(OrderKind.STANDARD, [TERMS])
    assert "terms of service are coming by e-signature" in terms
    contract, letter = instructions(OrderKind.PORT, [CONTRACT, LETTER])
    assert "contract is coming by e-signature" in contract
    assert "by mail" in letter
    assert "not processed until it is signed" in letter


# --- a letter of authorization and its date ---------------------------------------------------------------------------

THIRTY = LetterPolicy(days=30)


def letter(*, signed: datetime = NOW, dated: date | None = None) -> Agreement:
    return evolve(agreement(At.SIGNED, LETTER, order="port-1"), signed=signed, dated=dated)


def opens(signed: Agreement, policy: LetterPolicy = THIRTY, now: datetime = NOW) -> bool:
    today = Today.at(now, "America/Los_Angeles", policy)
    return signature([signed], signed.kind, "port-1", today) is not None


@pytest.mark.parametrize(("days", "opened"), [(0, True), (30, True), (31, False)])
def test_a_letter_that_was_signed_longer_ago_than_the_policy_allows_opens_no_gate(
    days: int, opened: bool
) -> None:
    assert opens(letter(), now=NOW + timedelta(days=days)) is opened
    assert opens(letter(), LetterPolicy(), now=NOW + timedelta(days=days))


def test_a_letter_of_a_day_to_come_opens_the_gate_when_the_day_has_come() -> None:
    tomorrow = letter(dated=date(2026, 11, 21))
    assert not opens(tomorrow)
    assert not opens(tomorrow, LetterPolicy())
    assert opens(tomorrow, now=NOW + timedelta(days=1))


def test_the_day_that_stands_on_a_letter_counts_and_else_that_of_the_signature_at_the_customers() -> None:
    assert not opens(letter(dated=date(2026, 10, 20)))
    assert opens(letter(dated=date(2026, 10, 21)))
    # 20 November, three in the morning in London: still the 19th in San Francisco.
    night = NOW.replace(hour=3)
    assert letter(signed=night).day(TODAY.tz) == date(2026, 11, 19)
    assert not opens(letter(signed=night), now=NOW + timedelta(days=30))


def test_of_several_letters_the_one_whose_date_is_good_opens_the_gate() -> None:
    old, fresh = letter(dated=date(2026, 1, 2)), evolve(letter(), id="agreement-2")
    today = Today.at(NOW, "America/Los_Angeles", THIRTY)
    assert signed_agreement([old, fresh], LETTER, "port-1", today) == fresh


def test_terms_and_contract_never_grow_old() -> None:
    today = Today.at(NOW + timedelta(days=999), "America/Los_Angeles", LetterPolicy(days=1))
    assert signature([agreement(At.SIGNED)], CONTRACT, "order-1", today) == NOW
    assert agreement(At.SIGNED).dating(today) is LetterDating.VALID
    assert letter().dating(today) is LetterDating.TOO_OLD


@pytest.mark.parametrize("days", [0, -3, 1.5, True])
def test_a_policy_counts_days(days: Any) -> None:
    with pytest.raises(CallerError, match="is no count of days"):
        LetterPolicy(days=days)


@pytest.mark.parametrize(
    ("signed", "what", "said"),
    [
        (
            letter(dated=date(2026, 10, 1)),
            WaitingFor.NEWER_LETTER,
            "the letter of authorization was signed more than 30 days ago (dated 2026-10-01): have a new one signed",
        ),
        (
            letter(dated=date(2026, 12, 1)),
            WaitingFor.LETTER_DAY,
            "the letter of authorization is of a day to come (dated 2026-12-01): "
            "it counts from then on, unless a new one is signed",
        ),
    ],
)
def test_what_is_to_be_done_about_a_letter_whose_date_is_not_good_is_said(
    signed: Agreement, what: WaitingFor, said: str
) -> None:
    today = Today.at(NOW, "America/Los_Angeles", THIRTY)
    port = port_order(PortStatus.AWAITING_LOA)
    contract = agreement(At.SIGNED)
    [wait] = signatures_awaited(port, ready_paid(), [contract, signed], today)
    assert (wait.what, wait.on, str(wait)) == (what, Party.PARTNER, said)
    assert list(signatures_awaited(port, ready_paid(), [contract, letter()], today)) == []
