"""Corrections: supplements that fit what was refused or say what they leave open, and until when they are taken."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve

from lifecycle_cases import NOW, after, event, judged, port_order
from pstnkit.lifecycle.commands import AskSupplement
from pstnkit.lifecycle.machine import DecisionRefused, Outcome
from pstnkit.lifecycle.record import apply
from pstnkit.lifecycle.reports import TurnedDown
from pstnkit.numbering.reasons import InvalidNumber
from pstnkit.numbering.telephone import TelephoneNumber
from pstnkit.porting.changes import TooLateToChange, change_window, check_change
from pstnkit.porting.cutoffs import ChangeWindow, PortDatePolicy
from pstnkit.porting.dates import FirmDate, RequestedDate
from pstnkit.porting.ports import PortStatus as At
from pstnkit.porting.rejects import REJECT_FACTS, PortRejected, RejectReason, Remedy
from pstnkit.porting.reports import (
    ActivationHampered,
    FocConfirmed,
    NumbersSnappedBack,
    SentToLosingCarrier,
    SupplementTaken,
)
from pstnkit.porting.supplements import (
    PLAIN_FIELDS,
    NeedsNewRequest,
    NothingToCorrect,
    Supplement,
    SupplementKind,
)
from pstnkit.secret import SecretRef

DAY = date(2026, 12, 14)
FOC = FirmDate(NOW + timedelta(days=21))
POLICY = PortDatePolicy()


def value_of(field: str) -> str | SecretRef:
    return "415-555-0100" if field in PLAIN_FIELDS else SecretRef("secret-2")


@pytest.mark.parametrize(
    "reason",
    [reason for reason, facts in REJECT_FACTS.items() if facts.remedy in (Remedy.SUP_2, Remedy.SUP_3)],
)
def test_what_the_facts_of_a_reason_say_is_the_correction_that_answers_it(reason: RejectReason) -> None:
    port = after(port_order(At.SUBMITTED), PortRejected("", "", reason))
    fields: dict[str, Any] = {name: value_of(name) for name in REJECT_FACTS[reason].fields}
    requested = DAY if fields.pop("requested_date", None) else None
    decision = port.correct(requested=requested, **fields)
    assert decision.kind == int(REJECT_FACTS[reason].remedy.value[-1])
    assert port.unanswered(decision) == ()
    assert after(port, decision).commands == (AskSupplement("port-1"),)
    assert after(port, decision, SupplementTaken()).rejections == ()


@pytest.mark.parametrize("reason", RejectReason)
def test_a_correction_of_something_else_is_taken_and_says_what_it_leaves_open(reason: RejectReason) -> None:
    port = after(port_order(At.SUBMITTED), PortRejected("", "", reason))
    decision = port.correct(documents="bill-1")
    answered = REJECT_FACTS[reason].remedy is Remedy.PHONE
    assert port.unanswered(decision) == (() if answered else port.rejections)
    assert after(port, decision).status is At.SUPPLEMENT_PENDING


def test_several_fields_and_a_date_go_into_one_supplement() -> None:
    port = port_order(At.REJECTED)
    decision = port.correct(requested=DAY, business_name="Quay", pin=SecretRef("secret-7"))
    assert (decision.kind, decision.requested) == (SupplementKind.OTHER, RequestedDate(DAY))
    assert [str(change) for change in decision.changes] == ["business name", "pin"]
    assert port.correct(requested=DAY).kind is SupplementKind.DUE_DATE


def test_what_cannot_be_a_supplement_is_refused_by_its_type() -> None:
    port = port_order(At.REJECTED)
    with pytest.raises(NothingToCorrect, match="a supplement changes something"):
        port.correct()
    for field in ("numbers", "losing_carrier"):
        with pytest.raises(NeedsNewRequest):
            port.correct(**{field: "Bay Telephone"})  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="'pin' of a supplement is a SecretRef, not a str"):
        port.correct(pin="1234")
    with pytest.raises(InvalidNumber):
        port.correct(new_btn="the main line")
    assert isinstance(pickle.loads(pickle.dumps(NothingToCorrect())), NothingToCorrect)


@pytest.mark.parametrize(
    "status", [At.SUPPLEMENT_PENDING, At.ACTIVATING, At.COMPLETED, At.CANCELLED, At.SUBMITTING]
)
def test_where_a_port_takes_no_correction_none_is_built(status: At) -> None:
    with pytest.raises(DecisionRefused, match="refuses 'supplement'"):
        port_order(status).correct(business_name="Quay")


@pytest.mark.parametrize("status", [At.DRAFT, At.AWAITING_CONTRACT, At.AWAITING_LOA])
def test_before_it_is_sent_a_correction_edits_the_record_and_asks_nobody(status: At) -> None:
    port = port_order(status)
    decision = port.correct(
        requested=DAY,
        business_name="Quay",
        account_number=SecretRef("secret-9"),
        btn="415 555 0100",
        tax_id=SecretRef("secret-8"),
        service_address="500 Anson St",
    )
    edited = after(port, decision)
    assert (edited.status, edited.commands, edited.supplement) == (status, (), None)
    assert (edited.business_name, edited.account_number) == ("Quay", SecretRef("secret-9"))
    assert edited.btn == TelephoneNumber("4155550100")
    assert (edited.requested, edited.details) == (RequestedDate(DAY), decision.changes[3:])
    assert edited.service_address is None
    whole = after(edited, edited.correct(service_address="500 Anson St, San Francisco, CA 94108"))
    assert whole.service_address is not None
    assert whole.service_address.city == "San Francisco"


def test_a_supplement_voids_the_date_once_it_is_taken() -> None:
    port = after(port_order(At.SUBMITTED), FocConfirmed(FOC), Supplement(requested=RequestedDate(DAY)))
    assert port.foc == FOC
    taken = after(port, SupplementTaken())
    assert (taken.status, taken.foc, taken.requested) == (At.SUBMITTED, None, RequestedDate(DAY))


def test_a_change_is_open_then_tried_then_refused_the_nearer_the_date_is() -> None:
    port = after(port_order(At.SUBMITTED), FocConfirmed(FOC))
    windows = [
        change_window(port, FOC.at - timedelta(hours=hours), POLICY) for hours in (49, 48, 47, 24, 23, -1)
    ]
    assert windows == [
        ChangeWindow.OPEN,
        ChangeWindow.OPEN,
        ChangeWindow.BEST_EFFORT,
        ChangeWindow.BEST_EFFORT,
        ChangeWindow.CLOSED,
        ChangeWindow.CLOSED,
    ]
    assert check_change(port, FOC.at - timedelta(hours=30), POLICY) is ChangeWindow.BEST_EFFORT
    with pytest.raises(
        TooLateToChange, match="since 2026-12-10 15:00 UTC no carrier changes or cancels it"
    ) as late:
        check_change(port, FOC.at - timedelta(hours=2), POLICY)
    again = pickle.loads(pickle.dumps(late.value))
    assert (again.port, again.firm, again.closed) == ("port-1", FOC.at, FOC.at - timedelta(hours=24))


def test_without_a_date_a_change_is_open() -> None:
    assert check_change(port_order(At.REJECTED), NOW, POLICY) is ChangeWindow.OPEN


def test_a_refusal_that_nobody_answers_has_a_day_on_which_the_carrier_closes_the_port() -> None:
    port = after(port_order(At.SUBMITTED), PortRejected("8G", "name"))
    later = apply(port, event("port-1", PortRejected("8C", "pin"), at=NOW + timedelta(days=3))).record
    assert later.expires_at() == NOW + POLICY.patience == NOW + timedelta(days=14)
    assert later.expires_at(timedelta(days=7)) == NOW + timedelta(days=7)
    answered = after(later, later.correct(business_name="Quay"))
    assert answered.expires_at() is None
    anew = apply(answered, event("port-1", PortRejected("8C", "pin"), at=NOW + timedelta(days=5))).record
    assert anew.expires_at() == NOW + timedelta(days=19)
    assert port_order(At.SUBMITTED).expires_at() is None


def test_an_answer_that_says_no_is_a_refusal_with_its_text() -> None:
    port = after(port_order(At.SUBMITTED), TurnedDown("not today"))
    assert (port.status, port.rejections) == (At.REJECTED, (PortRejected("", "not today"),))


def test_of_two_reports_that_overtake_each_other_the_older_one_is_late() -> None:
    moved = FocConfirmed(FirmDate(FOC.at + timedelta(days=7)))
    port = apply(port_order(At.SUBMITTED), event("port-1", moved, at=NOW + timedelta(days=2))).record
    for old in (FocConfirmed(FOC), PortRejected("8G", "name"), SentToLosingCarrier()):
        said = apply(port, event("port-1", old, at=NOW + timedelta(days=1)))
        assert said.entry.outcome is Outcome.LATE
        assert (said.record.status, said.record.foc) == (At.FOC_CONFIRMED, moved.foc)
    close = apply(port, event("port-1", FocConfirmed(FOC), at=NOW + timedelta(days=2, minutes=-5)))
    assert (close.entry.outcome, close.record.foc) == (Outcome.EXPECTED, FOC), "clocks differ by some minutes"
    assert close.record.told_at == NOW + timedelta(days=2)


def test_a_late_promise_is_kept_where_the_port_went_on_without_one() -> None:
    port = evolve(port_order(At.ACTIVATING), told_at=NOW + timedelta(days=9))
    assert after(port, FocConfirmed(FOC)).foc == FOC


def test_what_is_said_of_strangers_contradicts() -> None:
    from lifecycle_cases import STRANGERS

    for report in (ActivationHampered((STRANGERS,)), NumbersSnappedBack((STRANGERS,))):
        assert judged(port_order(At.COMPLETED), report)[0] is Outcome.CONTRADICTS


def test_an_instant_of_another_zone_is_the_same_instant() -> None:
    port = after(port_order(At.SUBMITTED), FocConfirmed(FirmDate(datetime(2026, 12, 11, 15, tzinfo=UTC))))
    assert (
        change_window(port, datetime.fromisoformat("2026-12-10T07:00:01-08:00"), POLICY)
        is ChangeWindow.CLOSED
    )
