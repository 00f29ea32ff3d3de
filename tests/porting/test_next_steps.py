"""What a person should do about a port now: in every state, for every refusal, and for all that happens besides."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

from lifecycle_cases import FIRST, NOW, REPORTS, SECOND, THIRD, THREE, after, hear, port_order
from pstnkit.accounts.agreements import AgreementKind
from pstnkit.catalog import SENTENCES, key_of, sentence
from pstnkit.lifecycle.events import NaiveTime
from pstnkit.lifecycle.reports import (
    CancellationRefused,
    DocumentsAsked,
    Fulfilled,
    NumbersFailed,
    NumbersWorking,
)
from pstnkit.lifecycle.waiting import Party
from pstnkit.porting.dates import FirmDate, RequestedDate
from pstnkit.porting.ports import PortOrder
from pstnkit.porting.ports import PortStatus as At
from pstnkit.porting.rejects import REJECT_FACTS, PortRejected, RejectReason
from pstnkit.porting.reports import (
    ActivationHampered,
    CancellationTaken,
    DateInJeopardy,
    FocConfirmed,
    HeldAsDraft,
    NumbersLeaving,
    NumbersLeft,
    NumbersSnappedBack,
    SentToLosingCarrier,
    SignatureMissing,
    SupplementRefused,
    SupplementTaken,
)
from pstnkit.porting.states import PortStage
from pstnkit.porting.steps import StepKind, steps
from pstnkit.porting.supplements import Supplement

FOC = FocConfirmed(FirmDate(NOW + timedelta(days=21)))


def kinds(port: PortOrder) -> list[StepKind]:
    return [step.kind for step in steps(port)]


def on(port: PortOrder) -> list[Party]:
    return [step.on for step in steps(port)]


@pytest.mark.parametrize(
    ("status", "kind", "party"),
    [
        (At.DRAFT, StepKind.FINISH, Party.PARTNER),
        (At.AWAITING_CONTRACT, StepKind.SIGN_CONTRACT, Party.ADMINISTRATOR),
        (At.AWAITING_LOA, StepKind.SIGN_LETTER, Party.ADMINISTRATOR),
        (At.SUBMITTING, StepKind.AWAIT_ANSWER, Party.CARRIER),
        (At.OUTCOME_UNKNOWN, StepKind.FIND_OUT_WHETHER_SENT, Party.CARRIER),
        (At.SUBMITTED, StepKind.AWAIT_CARRIER, Party.CARRIER),
        (At.SUPPLEMENT_PENDING, StepKind.AWAIT_SUPPLEMENT, Party.LOSING_CARRIER),
        (At.FOC_CONFIRMED, StepKind.PREPARE_FOR_DATE, Party.PARTNER),
        (At.ACTIVATING, StepKind.AWAIT_ACTIVATION, Party.CARRIER),
        (At.PARTIALLY_PORTED, StepKind.REPLACE_FAILED, Party.PARTNER),
        (At.COMPLETED, StepKind.ASK_FROM_WHEN, Party.PARTNER),
        (At.CANCEL_PENDING, StepKind.AWAIT_CANCELLATION, Party.CARRIER),
        (At.CANCELLED, StepKind.NOTHING_LEFT, Party.PARTNER),
        (At.EXPIRED, StepKind.PORT_ANEW, Party.PARTNER),
    ],
)
def test_in_every_state_there_is_something_to_do_and_somebody_to_do_it(
    status: At, kind: StepKind, party: Party
) -> None:
    first = steps(port_order(status))[0]
    assert (first.kind, first.on) == (kind, party)


@pytest.mark.parametrize("status", At)
def test_the_steps_of_every_state_are_sentences(status: At) -> None:
    for report in REPORTS:
        port = hear(port_order(status), report).record
        told = port.next_steps()
        assert told
        assert all(told)
        assert not any("{" in step for step in told)
        assert told == tuple(step.text for step in steps(port))


def test_every_step_has_a_sentence_of_its_own() -> None:
    besides = set(StepKind) - {StepKind.PUT_RIGHT}  # said by the reason of the refusal
    assert {key_of(kind) for kind in besides} <= set(SENTENCES)
    assert len({SENTENCES[key_of(kind)] for kind in besides}) == len(besides)


@pytest.mark.parametrize("reason", RejectReason)
def test_a_refused_port_says_what_puts_it_right_who_does_it_and_until_when(reason: RejectReason) -> None:
    port = after(port_order(At.SUBMITTED), PortRejected("7402", "no match", reason))
    told = port.next_steps()
    assert told[0] == f"{sentence(reason)} [7402: no match]"
    assert told[1] == "answer before 2026-12-04 15:00 UTC: the carrier closes the port then"
    assert on(port) == [REJECT_FACTS[reason].on, Party.PARTNER]
    assert "2026-11-27 07:00 PST" in port.next_steps(tz="America/Los_Angeles", patience=timedelta(days=7))[1]


def test_several_refusals_at_once_are_all_put_right() -> None:
    name, pin = PortRejected("8G", "name", "name_mismatch"), PortRejected("8C", "pin", "pin_mismatch")
    port = after(port_order(At.SUBMITTED), name, pin, name)
    assert port.rejections == (name, pin)
    assert port.rejection == pin
    assert kinds(port) == [StepKind.PUT_RIGHT, StepKind.PUT_RIGHT, StepKind.ANSWER_IN_TIME]
    half = port.correct(business_name="Harbor Dental LLC")
    assert port.unanswered(half) == (pin,)
    assert after(port, half, SupplementTaken()).rejections == ()
    assert after(port, half, pin).rejections == (pin,), (
        "what is said after a supplement is about the port as it is then"
    )


@pytest.mark.parametrize(
    ("report", "stage", "party"),
    [
        (HeldAsDraft(), PortStage.DRAFT, Party.PARTNER),
        (DocumentsAsked("a recent bill"), PortStage.DOCUMENTS, Party.PARTNER),
        (SignatureMissing(), PortStage.SIGNATURE, Party.ADMINISTRATOR),
        (SentToLosingCarrier(), PortStage.LOSING_CARRIER, Party.LOSING_CARRIER),
    ],
)
def test_a_submitted_port_says_on_whom_it_waits(report: HeldAsDraft, stage: PortStage, party: Party) -> None:
    port = after(port_order(At.SUBMITTED), report)
    assert (port.status, port.stage, on(port)) == (At.SUBMITTED, stage, [party])


def test_a_first_port_waits_for_two_signatures() -> None:
    port = evolve(
        port_order(At.AWAITING_CONTRACT),
        gates=(AgreementKind.CONTRACT, AgreementKind.LETTER_OF_AUTHORIZATION),
    )
    assert kinds(port) == [StepKind.SIGN_CONTRACT, StepKind.SIGN_LETTER]
    assert on(port) == [Party.ADMINISTRATOR] * 2


def test_a_promised_date_is_told_in_the_zone_that_is_asked_for() -> None:
    port = after(port_order(At.SUBMITTED), FOC)
    assert "3 numbers move at 2026-12-11 07:00 PST" in port.next_steps(tz=ZoneInfo("America/Los_Angeles"))[0]
    assert "a day that is not known" in port_order(At.FOC_CONFIRMED).next_steps()[0]


def test_a_date_in_jeopardy_is_not_counted_on_until_it_is_confirmed_anew() -> None:
    danger = DateInJeopardy("customer_not_ready", "nobody at home")
    port = after(port_order(At.SUBMITTED), FOC, danger)
    assert (port.status, port.jeopardy) == (At.FOC_CONFIRMED, danger)
    assert kinds(port) == [StepKind.PREPARE_FOR_DATE, StepKind.SECURE_DATE]
    assert on(port)[1] is Party.ADMINISTRATOR
    assert "nobody at home" in port.next_steps()[1]
    assert after(port, FOC).jeopardy is None
    assert str(DateInJeopardy()) == sentence(RejectReason.OTHER)


def test_a_supplement_on_its_way_says_which_and_one_that_was_not_taken_why() -> None:
    port = after(port_order(At.SUBMITTED), FOC, Supplement(requested=RequestedDate(date(2026, 12, 18))))
    assert "(SUP 2)" in port.next_steps()[0]
    port = after(port, SupplementRefused("too late"))
    assert port.next_steps()[0].startswith("have the carrier read")
    assert "too late" in port.next_steps()[-1]
    port = after(port, FOC)
    assert (port.status, port.unread, port.foc) == (At.FOC_CONFIRMED, False, FOC.foc)
    assert "too late" in port.next_steps()[-1]
    again = after(port, Supplement(requested=RequestedDate(date(2026, 12, 21))))
    assert "too late" not in " ".join(again.next_steps())
    assert StepKind.CHANGE_AGAIN not in kinds(after(port, NumbersWorking((FIRST,))))


def test_an_activation_that_has_to_be_repeated_is_told_until_the_number_works() -> None:
    port = after(port_order(At.ACTIVATING), NumbersWorking((FIRST,)), ActivationHampered((SECOND,)))
    assert kinds(port) == [StepKind.AWAIT_ACTIVATION, StepKind.REPEAT_ACTIVATION]
    assert "2 numbers have still to be activated" in port.next_steps()[0]
    assert kinds(after(port, NumbersWorking((SECOND,)))) == [StepKind.AWAIT_ACTIVATION]


def test_numbers_that_went_back_are_told_to_the_customer_and_change_nothing_in_what_the_port_has_done() -> (
    None
):
    port = after(
        port_order(At.ACTIVATING), Fulfilled((THREE,), date(2026, 12, 11)), NumbersSnappedBack((FIRST,))
    )
    assert (port.status, port.numbers.successful, port.left) == (At.COMPLETED, 3, (FIRST,))
    assert not port.needs_attention
    assert kinds(port) == [StepKind.TELL_CUSTOMER, StepKind.REPLACE_LEFT]
    both = after(port, NumbersSnappedBack((SECOND,)), NumbersSnappedBack((FIRST,)))
    assert sum(map(len, both.left)) == 2


def test_numbers_that_are_about_to_leave_are_for_the_partner_until_they_have() -> None:
    port = after(
        port_order(At.ACTIVATING), Fulfilled((THREE,), date(2026, 12, 11)), NumbersLeaving((FIRST, SECOND))
    )
    assert (port.status, port.needs_attention) == (At.COMPLETED, False)
    assert (kinds(port)[-1], on(port)[-1]) == (StepKind.STOP_LEAVING, Party.PARTNER)
    port = after(port, NumbersLeft((FIRST,)))
    assert [step.text for step in steps(port)][1:] == [
        "make sure that 1 number is meant to leave, or have it stopped at once",
        "tell the customer that 1 number has left again",
    ]
    assert kinds(after(port, NumbersLeft((SECOND,)))) == [StepKind.TELL_CUSTOMER, StepKind.REPLACE_LEFT]


def test_what_contradicts_comes_first_and_what_is_to_be_read_next() -> None:
    port = after(port_order(At.CANCEL_PENDING), CancellationRefused("too late"))
    assert kinds(port)[0] is StepKind.READ_THE_CARRIER
    puzzled = after(port_order(At.CANCELLED), NumbersWorking((FIRST,)))
    assert "(NumbersWorking)" in puzzled.next_steps()[0]


def test_a_partial_port_says_how_many_numbers_have_not_moved() -> None:
    port = after(
        port_order(At.ACTIVATING), NumbersWorking((FIRST,)), NumbersFailed((SECOND, THIRD), "blocked")
    )
    assert port.next_steps()[0].startswith("port 2 numbers anew")


def test_a_cancellation_that_the_carrier_has_in_hand_is_not_asked_for_again() -> None:
    port = after(port_order(At.SUBMITTED), CancellationTaken())
    assert (port.status, port.commands, on(port)) == (At.CANCEL_PENDING, (), [Party.CARRIER])


def test_a_firm_date_that_has_gone_by_is_asked_about_by_whoever_says_what_time_it_is() -> None:
    port = after(port_order(At.SUBMITTED), FOC)
    assert kinds(port) == [StepKind.PREPARE_FOR_DATE]
    early, late = FOC.foc.at - timedelta(minutes=1), FOC.foc.at + timedelta(minutes=1)
    assert len(port.next_steps(now=early)) == 1
    [asked, _] = steps(port, now=late)
    assert (asked.kind, asked.on) == (StepKind.ASK_WHY_LATE, Party.PARTNER)
    assert len(after(port, NumbersWorking((FIRST,))).next_steps(now=late)) == 1
    assert len(port_order(At.FOC_CONFIRMED).next_steps(now=late)) == 1
    with pytest.raises(NaiveTime):
        port.next_steps(now=late.replace(tzinfo=None))
