"""What carriers and signers really say about a port, from the pasted list to the day its numbers work."""

from __future__ import annotations

import copy
import pickle
from datetime import UTC, date, datetime, timedelta

import pytest
from attrs import evolve

from lifecycle_cases import FIRST, NOW, SECOND, THIRD, THREE, after, as_said, event, judged, port_order
from pstnkit.accounts.agreements import AgreementKind
from pstnkit.lifecycle.commands import AskCancellation, AskSupplement, ReadBack, Submit
from pstnkit.lifecycle.events import Decision, NaiveTime, Report
from pstnkit.lifecycle.failures import Failure, FailureKind
from pstnkit.lifecycle.machine import DecisionRefused, Outcome
from pstnkit.lifecycle.progress import Progress
from pstnkit.lifecycle.record import apply, replay
from pstnkit.lifecycle.reports import (
    Acknowledged,
    AnswerLost,
    Cancel,
    CancellationRefused,
    Cancelled,
    Finish,
    Fulfilled,
    GatesOpened,
    NeverArrived,
    NumbersFailed,
    NumbersWorking,
    PartlyFulfilled,
    TurnedDown,
    Unfulfilled,
)
from pstnkit.porting.dates import ActualDate, FirmDate, RequestedDate
from pstnkit.porting.ports import PortStatus as At
from pstnkit.porting.rejects import PortRejected
from pstnkit.porting.reports import (
    ActivationStarted,
    ContractSigned,
    FocConfirmed,
    PortExpired,
    SupplementTaken,
)
from pstnkit.porting.supplements import PLAIN_FIELDS, Change, NeedsNewRequest, Supplement
from pstnkit.secret import Secret, SecretRef

FOC = FirmDate(NOW + timedelta(days=21))
MOVED = FirmDate(NOW + timedelta(days=28))
DAY = date(2026, 12, 11)
REJECTED = PortRejected("6A", "account number is wrong")
CORRECTED = Supplement((Change("account_number", SecretRef("secret-2")),))
PIN = Supplement((Change("pin", SecretRef("secret-3")),))
GOOD: tuple[Decision | Report, ...] = (
    Finish(),
    ContractSigned(),
    GatesOpened(),
    Acknowledged("theirs-1"),
    FocConfirmed(FOC),
    ActivationStarted(),
    NumbersWorking((FIRST,)),
    NumbersWorking((SECOND, THIRD)),
    Fulfilled(works_from=DAY),
)


def test_a_port_goes_from_draft_to_completed() -> None:
    port = port_order()
    seen = [port.status]
    for body in GOOD:
        port = after(port, body)
        if seen[-1] is not port.status:
            seen.append(port.status)
    assert seen == [
        At.DRAFT,
        At.AWAITING_CONTRACT,
        At.AWAITING_LOA,
        At.SUBMITTING,
        At.SUBMITTED,
        At.FOC_CONFIRMED,
        At.ACTIVATING,
        At.COMPLETED,
    ]
    assert (port.foc, port.works_from, port.commands) == (FOC, ActualDate(DAY), ())


def test_o3_nothing_is_processed_before_the_letter_is_signed() -> None:
    port = after(port_order(), Finish(), ContractSigned())
    assert (port.status, port.commands, port.clock_started) == (At.AWAITING_LOA, (), None)
    for early in (Acknowledged("theirs-1"), FocConfirmed(FOC), Fulfilled((THREE,))):
        surprised = after(port, early)
        assert (surprised.status, surprised.needs_attention) == (At.AWAITING_LOA, True)
    assert after(port, GatesOpened()).commands == (Submit("port-1"),)


def test_every_report_twice_comes_to_the_same_end() -> None:
    twice = [body for body in GOOD for _ in range(1 if isinstance(body, Finish) else 2)]
    assert as_said(after(port_order(), *twice)) == as_said(after(port_order(), *GOOD))


def test_reports_ahead_of_us_are_entered_with_what_is_implied() -> None:
    assert judged(port_order(At.SUBMITTING), Fulfilled()) == (
        Outcome.IMPLIED,
        ("submitted", "foc_confirmed", "activating", "completed"),
    )
    assert judged(port_order(At.SUBMITTED), ActivationStarted()) == (
        Outcome.IMPLIED,
        ("foc_confirmed", "activating"),
    )


def test_replay_gives_what_was_lived() -> None:
    lived, events = port_order(), [event("port-1", body) for body in GOOD]
    for one in events:
        lived = apply(lived, one).record
    assert replay(port_order(), [*events, *events]) == lived


def test_p6_the_day_from_which_the_numbers_work_may_be_told_when_they_do_already() -> None:
    port = after(port_order(At.ACTIVATING), NumbersWorking((THREE,)))
    assert (port.status, port.works_from) == (At.COMPLETED, None)
    assert judged(port, Fulfilled(works_from=DAY))[0] is Outcome.ALREADY
    port = after(port, Fulfilled(works_from=DAY))
    assert port.works_from == ActualDate(DAY)
    assert after(port, Fulfilled()).works_from == ActualDate(DAY)
    assert after(port, Fulfilled(works_from=date(2026, 12, 14))).works_from == ActualDate(date(2026, 12, 14))


def test_p6_nobody_guesses_the_day_from_which_the_numbers_work() -> None:
    assert after(port_order(At.ACTIVATING), Fulfilled()).works_from is None


def test_a_rejection_is_corrected_by_a_supplement_and_the_record_has_what_was_corrected() -> None:
    port = after(port_order(At.SUBMITTED), FocConfirmed(FOC), REJECTED)
    assert (port.status, port.rejection, port.reason) == (At.REJECTED, REJECTED, "account number is wrong")
    assert (port.foc, port.commands) == (None, ())
    port = after(port, CORRECTED)
    assert (port.status, port.commands) == (At.SUPPLEMENT_PENDING, (AskSupplement("port-1"),))
    assert port.account_number == SecretRef("secret-1")
    port = after(port, SupplementTaken())
    assert (port.status, port.rejection, port.supplement) == (At.SUBMITTED, None, None)
    assert port.account_number == SecretRef("secret-2")


def test_what_the_record_has_of_a_supplement_is_corrected_with_it() -> None:
    decision = Supplement((Change("business_name", "Pier Dental"), PIN.changes[0]), RequestedDate(DAY))
    port = after(port_order(At.REJECTED), decision)
    assert (port.business_name, port.details, port.requested) == ("Harbor Dental", (), None)
    port = after(port, SupplementTaken())
    assert (port.business_name, port.pin, port.requested) == (
        "Pier Dental",
        SecretRef("secret-3"),
        RequestedDate(DAY),
    )
    for kept in ("secret-4", "secret-5"):
        again = Change("tax_id", SecretRef(kept))
        port = after(port, REJECTED, Supplement((again,)), SupplementTaken())
        assert port.details == (again,)


@pytest.mark.parametrize("field", ["account_number", "pin", "tax_id", "something_new"])
def test_no_event_has_a_secret_or_what_might_be_one(field: str) -> None:
    for value in ("004-881-22", Secret("004-881-22")):
        with pytest.raises(
            TypeError, match=f"'{field}' of a supplement is a SecretRef, not a (str|Secret)$"
        ) as refusal:
            Change(field, value)  # type: ignore[arg-type]
        assert "004-881-22" not in repr(refusal.value)


@pytest.mark.parametrize("field", sorted(PLAIN_FIELDS))
def test_what_everybody_may_read_is_text_and_no_reference(field: str) -> None:
    assert Change(field, "415-555-0100").value == "415-555-0100"
    with pytest.raises(TypeError, match=f"'{field}' of a supplement is a str, not a SecretRef"):
        Change(field, SecretRef("secret-2"))


@pytest.mark.parametrize("field", ["numbers", "losing_carrier"])
def test_what_no_supplement_can_change_takes_a_new_request(field: str) -> None:
    with pytest.raises(
        NeedsNewRequest, match=f"the {field.replace('_', ' ')} of a port cannot be changed"
    ) as refusal:
        Change(field, "Old Bell")
    assert pickle.loads(pickle.dumps(refusal.value)).field == field


def test_replaying_a_history_gives_the_same_references() -> None:
    bodies = (Acknowledged("theirs-1"), REJECTED, CORRECTED, SupplementTaken())
    events = [event("port-1", body) for body in bodies]
    port = replay(port_order(At.SUBMITTING), events)
    assert port == replay(port_order(At.SUBMITTING), pickle.loads(pickle.dumps(events)))
    assert port.account_number == SecretRef("secret-2")


def test_a_supplement_that_is_refused_leaves_the_port_rejected() -> None:
    port = after(port_order(At.REJECTED), PIN, TurnedDown("too late"))
    assert (port.status, port.reason) == (At.REJECTED, "too late")
    lost = after(port_order(At.REJECTED), PIN, AnswerLost("timed out"))
    assert (lost.status, lost.commands) == (At.SUPPLEMENT_PENDING, (AskSupplement("port-1"),))


def test_a_firm_date_is_moved_by_a_later_one() -> None:
    port = after(port_order(At.SUBMITTED), FocConfirmed(FOC), FocConfirmed(MOVED))
    assert (port.status, port.foc) == (At.FOC_CONFIRMED, MOVED)


def test_a_port_that_the_carrier_does_not_take_is_over_and_its_numbers_are_free() -> None:
    for status in (At.SUBMITTING, At.OUTCOME_UNKNOWN):
        port = after(port_order(status), TurnedDown("not portable"))
        assert (port.status, port.reason, port.progress) == (At.CANCELLED, "not portable", Progress.FAILED)
        assert (port.numbers.failed, port.commands) == (3, ())


def test_a_port_that_expires_sets_its_numbers_free() -> None:
    port = after(port_order(At.REJECTED), PortExpired())
    assert (port.status, port.is_active, port.numbers.failed) == (At.EXPIRED, False, 3)


def test_a_port_of_which_no_number_moves_is_over() -> None:
    for body in (NumbersFailed((THREE,), "blocked"), Unfulfilled("blocked")):
        port = after(port_order(At.ACTIVATING), body)
        assert (port.status, port.numbers.failed, port.reason) == (At.CANCELLED, 3, "blocked")


def test_a_port_of_which_some_numbers_move_is_partial() -> None:
    port = after(
        port_order(At.ACTIVATING), NumbersWorking((FIRST,)), NumbersFailed((SECOND, THIRD), "blocked")
    )
    assert (port.status, port.progress) == (At.PARTIALLY_PORTED, None)
    contrary = after(port_order(At.ACTIVATING), NumbersWorking((FIRST,)), Unfulfilled("blocked"))
    assert (contrary.status, contrary.numbers.failed, contrary.needs_attention) == (
        At.PARTIALLY_PORTED,
        2,
        True,
    )


def test_a_partial_port_without_names_is_read() -> None:
    port = after(port_order(At.SUBMITTING), PartlyFulfilled(None, "some are blocked"))
    assert (port.status, port.commands) == (At.ACTIVATING, (ReadBack("port-1"),))
    assert after(port, PartlyFulfilled((FIRST,), "blocked")).status is At.PARTIALLY_PORTED


def test_a_rejection_while_some_numbers_work_keeps_them() -> None:
    port = after(port_order(At.ACTIVATING), NumbersWorking((FIRST,)), REJECTED)
    assert (port.status, port.numbers.successful) == (At.REJECTED, 1)
    refused = after(port, PIN, TurnedDown("no"))
    assert (refused.status, refused.needs_attention) == (At.REJECTED, False)


def test_a_port_is_cancelled_at_once_before_it_is_sent_and_else_at_the_carrier() -> None:
    assert after(port_order(At.AWAITING_LOA), Cancel()).status is At.CANCELLED
    port = after(port_order(At.FOC_CONFIRMED), Cancel())
    assert (port.status, port.commands) == (At.CANCEL_PENDING, (AskCancellation("port-1"),))
    assert after(port, Cancelled()).status is At.CANCELLED
    assert after(port, CancellationRefused("too late")).status is At.SUBMITTED
    assert after(port, NumbersWorking((THREE,))).status is At.COMPLETED
    with pytest.raises(DecisionRefused):
        after(port_order(At.ACTIVATING), Cancel())


def test_a_supplement_refused_after_the_port_was_to_be_cancelled_does_not_end_it() -> None:
    port = after(port_order(At.REJECTED), PIN, Cancel(), TurnedDown("too late"))
    assert (port.status, port.commands) == (At.CANCEL_PENDING, (AskCancellation("port-1"),))


def test_what_is_completed_after_its_cancellation_needs_attention() -> None:
    port = after(port_order(At.CANCELLED), Fulfilled((THREE,), DAY))
    assert (port.status, port.needs_attention, port.works_from) == (At.CANCELLED, True, None)
    assert port.commands == (ReadBack("port-1"),)


def test_a_lost_answer_is_read_and_sent_again_only_if_it_never_arrived() -> None:
    port = after(port_order(At.SUBMITTING), AnswerLost("timed out"))
    assert (port.status, port.commands) == (At.OUTCOME_UNKNOWN, (ReadBack("port-1"),))
    assert after(port, NeverArrived()).commands == (Submit("port-1"),)


def test_the_partner_is_told_what_is_coming_to_the_administrator() -> None:
    port = evolve(port_order(), gates=(AgreementKind.CONTRACT, AgreementKind.LETTER_OF_AUTHORIZATION))
    contract, letter = port.instructions()
    assert "contract is coming by e-signature" in contract
    assert "letter of authorization is coming by mail" in letter
    assert port_order().instructions() == ()


def test_the_three_dates_are_three_types() -> None:
    day = NOW.date()
    assert len({type(date_) for date_ in (RequestedDate(day), FirmDate(NOW), ActualDate(day))}) == 3
    assert len({RequestedDate(day), ActualDate(day), RequestedDate(day)}) == 2


def test_a_firm_date_is_an_instant() -> None:
    with pytest.raises(NaiveTime, match="a firm order commitment must say its zone"):
        FirmDate(datetime(2026, 12, 11, 11, 30))  # noqa: DTZ001 - on purpose
    assert FirmDate(datetime(2026, 12, 11, 16, 30, tzinfo=UTC)).at.hour == 16


def test_a_port_survives_pickle_and_copy() -> None:
    port = after(port_order(), *GOOD)
    assert copy.deepcopy(port) == pickle.loads(pickle.dumps(port)) == port


def test_each_number_of_a_port_that_expired_says_so() -> None:
    port = after(port_order(At.REJECTED), PortExpired())
    assert set(port.numbers.failures.values()) == {Failure(FailureKind.EXPIRED)}
