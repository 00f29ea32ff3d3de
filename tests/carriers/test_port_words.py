"""The states of real carriers for ports: none left out, none that hides who must act; and whole stories."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from attrs import define, field, frozen

from accounts_cases import ready_paid
from lifecycle_cases import FIRST, NOW, SECOND, THREE, after, event, port_order
from pstnkit.carriers.words.port_looks import PortLook, Refusal, port_reports
from pstnkit.carriers.words.states import UnknownWord, port_states, port_states_of
from pstnkit.lifecycle.events import Decision, NaiveTime, Report
from pstnkit.lifecycle.fulfillment import FulfillmentPolicy
from pstnkit.lifecycle.record import apply
from pstnkit.lifecycle.reports import (
    Acknowledged,
    Cancel,
    CancellationRefused,
    Cancelled,
    DocumentsAsked,
    Finish,
    Fulfilled,
    GatesOpened,
    NumbersFailed,
    NumbersWorking,
)
from pstnkit.lifecycle.waiting import Expectation, Party
from pstnkit.porting.dates import FirmDate, RequestedDate
from pstnkit.porting.ports import PORT_ORDER_MACHINE, PortOrder
from pstnkit.porting.ports import PortStatus as At
from pstnkit.porting.rejects import PortRejected, RejectReason
from pstnkit.porting.reports import (
    ActivationHampered,
    CancellationTaken,
    DateInJeopardy,
    FocConfirmed,
    HeldAsDraft,
    NumbersLeaving,
    NumbersLeft,
    SentToLosingCarrier,
    SignatureMissing,
    SupplementTaken,
)
from pstnkit.porting.steps import steps
from pstnkit.porting.supplements import Change, Supplement
from pstnkit.porting.waiting import expect
from pstnkit.secret import SecretRef

# The states as the carriers list them (DOMAIN 4).
LISTED = {
    "telnyx": "draft in-process submitted exception foc-date-confirmed ported cancel-pending cancelled",
    "bandwidth": (
        "DRAFT PENDING_DOCUMENTS SUBMITTED EXCEPTION REQUESTED_SUPP FOC REQUESTED_CANCEL CANCELLED COMPLETE"
    ),
    "twilio": (
        "in_review waiting_for_signature port_submitted port_pending port_rejected completed canceling canceled"
    ),
    "2600hz": "unconfirmed submitted pending scheduled completed rejected canceled",
    "npac": (
        "New Pending Conflict Sending Active Failed Partial-failure Cancel-pending Cancelled Disconnect-pending Old"
    ),
}
A, B, C = THREE
MOMENT = NOW + timedelta(days=21)


# --- the words ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("carrier", LISTED)
def test_every_state_that_a_carrier_lists_is_known_and_no_other(carrier: str) -> None:
    assert {state for _, state in port_states_of(carrier)} == set(LISTED[carrier].split())
    assert set(port_states()) == set(LISTED)


def test_no_two_states_that_differ_in_who_must_act_are_told_by_one_report_at_any_carrier() -> None:
    acts: dict[object, set[Party | None]] = {}
    for states in port_states().values():
        for state in states.values():
            acts.setdefault(state.means, set()).add(state.acts)
    assert {means: parties for means, parties in acts.items() if len(parties) > 1} == {}


@pytest.mark.parametrize(
    ("state", "party"),
    [(state, state.acts) for states in port_states().values() for state in states.values()],
    ids=lambda value: getattr(value, "state", "") and f"{value.carrier}-{value.state}",
)
def test_a_port_in_a_state_says_that_those_have_to_act_who_have_to(
    state: object, party: Party | None
) -> None:
    from pstnkit.carriers.words.states import State

    assert isinstance(state, State)
    assert state.means in PORT_ORDER_MACHINE.report_types
    by_number = state.thing == "port_number"
    look = PortLook(
        state=None if by_number else state.state,
        numbers=dict.fromkeys(THREE, state.state) if by_number else {},
        reference="theirs-1",
        firm=MOMENT,
        works_from=MOMENT.date(),
        refusals=(Refusal("7404", "name"),),
    )
    start = At.COMPLETED if state.means in (NumbersLeaving, NumbersLeft) else At.SUBMITTING
    port = after(port_order(start), *port_reports(port_states_of(state.carrier), look))
    if party is None:
        assert port.is_over
    else:
        # What is to be done about it, and what is waited for: on a firm day the partner prepares, and the others act.
        assert party in {*(step.on for step in steps(port)), *expected(port).on}


def expected(port: PortOrder) -> Expectation:
    return expect(port, customer=ready_paid(), agreements=(), policy=FulfillmentPolicy(), now=NOW)


def test_a_look_is_told_as_the_reports_that_lead_there() -> None:
    telnyx, bandwidth = port_states_of("telnyx"), port_states_of("bandwidth")
    assert port_reports(telnyx, PortLook(state="foc-date-confirmed", reference="t-1", firm=MOMENT)) == (
        Acknowledged("t-1"),
        FocConfirmed(FirmDate(MOMENT)),
    )
    assert port_reports(telnyx, PortLook(state="ported", works_from=date(2026, 12, 11))) == (
        Fulfilled(works_from=date(2026, 12, 11)),
    )
    assert port_reports(telnyx, PortLook(state="draft", text="no bill")) == (HeldAsDraft("no bill"),)
    assert port_reports(bandwidth, PortLook(state="PENDING_DOCUMENTS", text="a bill")) == (
        DocumentsAsked("a bill"),
    )
    assert port_reports(bandwidth, PortLook(state="REQUESTED_SUPP")) == (SupplementTaken(),)
    assert port_reports(bandwidth, PortLook(state="CANCELLED")) == (Cancelled(),)
    assert port_reports(bandwidth, PortLook(state="EXCEPTION", text="see the comments")) == (
        PortRejected("", "see the comments"),
    )
    both = (Refusal("7402", "zip"), Refusal("7435", "PIN"))
    assert [
        report.reason for report in _rejections("bandwidth", PortLook(state="EXCEPTION", refusals=both))
    ] == [
        RejectReason.ADDRESS_MISMATCH,
        RejectReason.PIN_MISMATCH,
    ]


def _rejections(carrier: str, look: PortLook) -> list[PortRejected]:
    found = port_reports(port_states_of(carrier), look)
    return [report for report in found if isinstance(report, PortRejected)]


def test_numbers_in_different_states_are_told_apart() -> None:
    twilio, npac = port_states_of("twilio"), port_states_of("npac")
    look = PortLook(
        numbers={A: "port_rejected", B: "completed", C: "port_pending"}, firm=MOMENT, text="wrong PIN"
    )
    assert port_reports(twilio, look) == (
        FocConfirmed(FirmDate(MOMENT)),
        NumbersWorking((SECOND,)),
        PortRejected("", "wrong PIN", numbers=(FIRST,)),
    )
    assert port_reports(twilio, PortLook(numbers={A: "canceling", B: "port_submitted"})) == (
        SentToLosingCarrier(),
    )
    assert port_reports(twilio, PortLook(numbers={A: "canceling", B: "completed"})) == (
        NumbersWorking((SECOND,)),
        CancellationTaken(),
    )
    assert port_reports(twilio, PortLook(numbers={A: "waiting_for_signature"})) == (SignatureMissing(),)
    assert port_reports(npac, PortLook(numbers={A: "Conflict", B: "Failed"}, text="no")) == (
        DateInJeopardy(RejectReason.NPAC_CONFLICT, "no", (FIRST,)),
        ActivationHampered((SECOND,), "no"),
    )


def test_a_word_that_is_not_known_is_kept_as_it_was_written_and_somebody_looks() -> None:
    telnyx, twilio = port_states_of("telnyx"), port_states_of("twilio")
    assert port_reports(telnyx, PortLook(state="lost in the mail")) == (
        UnknownWord("port", "lost in the mail"),
    )
    strange = port_reports(twilio, PortLook(numbers={A: "thinking", B: "thinking", C: "completed"}))
    assert strange[0] == UnknownWord("port_number", "thinking")
    port = after(port_order(At.SUBMITTED), *strange)
    assert (port.needs_attention, port.numbers.successful) == (True, 1)
    assert "UnknownWord" in port.next_steps()[0]


def test_a_confirmed_date_that_is_not_shown_is_no_date() -> None:
    [told] = port_reports(port_states_of("telnyx"), PortLook(state="foc-date-confirmed"))
    assert told == UnknownWord("port", "confirmed without a date")
    with pytest.raises(NaiveTime):
        PortLook(state="FOC", firm=datetime(2026, 12, 11))  # noqa: DTZ001 - on purpose


# --- whole stories -----------------------------------------------------------------------------------------------

End = tuple[str, int, int, bool]
DECISIONS: dict[str, Decision | Report] = {
    "cancel": Cancel(),
    "kept": CancellationRefused("too late"),
    "correct account_number": Supplement((Change("account_number", SecretRef("secret-2")),)),
    "correct pin": Supplement((Change("pin", SecretRef("secret-3")),)),
    "correct requested_date": Supplement(requested=RequestedDate(date(2026, 12, 18))),
}


@frozen
class Said:
    """What was said on a day: by a carrier, as it showed the port; or by us."""

    day: int
    bodies: tuple[Decision | Report, ...]
    ours: bool = False


@define
class Recording:
    """One port: at which carrier, how it went, what was said, where it led, and where in the reverse order."""

    carrier: str
    story: str
    end: End
    said: list[Said] = field(factory=list)
    backwards: End | None = None


def _end(text: str) -> End:
    status, works, failed, look = text.split()
    return status, int(works), int(failed), look == "look"


def _look(text: str) -> PortLook:
    words = text.split()
    numbers = dict(zip("abc", THREE, strict=True))
    held = {numbers[name]: state for name, _, state in (word.partition(":") for word in words) if state}
    told = dict(pairwise(words))
    return PortLook(
        state=None if held else words[0],
        numbers=held,
        reference="theirs-1",
        firm=NOW + timedelta(days=int(told["firm"])) if "firm" in told else None,
        works_from=(NOW + timedelta(days=int(told["works"]))).date() if "works" in told else None,
        refusals=(Refusal(told["code"], "as the carrier says"),) if "code" in told else (),
    )


def _recordings() -> Iterator[Recording]:
    found: Recording | None = None
    lines = (
        (Path(__file__).parents[1] / "data" / "port_recordings.txt").read_text(encoding="utf-8").splitlines()
    )
    for line in lines:
        day, _, rest = line.strip().partition(" ")
        if not line.strip() or line.startswith("#"):
            continue
        if not line.startswith(" "):
            if found is not None:
                yield found
            head, _, end = line.partition(": ")
            carrier, _, story = head.partition(" / ")
            found = Recording(carrier, story, _end(end))
            continue
        assert found is not None
        if day == "~":
            found.backwards = _end(rest)
        elif rest.startswith("> "):
            found.said.append(Said(int(day), (DECISIONS[rest[2:]],), ours=True))
        else:
            reports = port_reports(port_states_of(found.carrier), _look(rest))
            found.said.append(Said(int(day), reports))
    assert found is not None
    yield found


RECORDINGS = tuple(_recordings())
EACH = pytest.mark.parametrize("recording", RECORDINGS, ids=lambda one: f"{one.carrier}-{one.story}")


def lived(said: list[Said]) -> PortOrder:
    port = after(port_order(), Finish(), GatesOpened())
    for look in said:
        for body in look.bodies:
            port = apply(port, event("port-1", body, at=NOW + timedelta(days=look.day))).record
    return port


def end_of(port: PortOrder) -> End:
    return port.status.value, port.numbers.successful, port.numbers.failed, port.needs_attention


@EACH
def test_a_recorded_port_comes_to_its_end(recording: Recording) -> None:
    assert end_of(lived(recording.said)) == recording.end


@EACH
def test_a_recorded_port_of_which_every_look_comes_twice_comes_to_the_same_end(recording: Recording) -> None:
    doubled = [look for look in recording.said for _ in range(1 if look.ours else 2)]
    assert end_of(lived(doubled)) == recording.end


@EACH
def test_a_recorded_port_of_which_the_looks_come_backwards_comes_to_its_end_too(recording: Recording) -> None:
    backwards = [look for look in reversed(recording.said) if not look.ours]
    assert end_of(lived(backwards)) == (recording.backwards or recording.end)


@pytest.mark.parametrize("carrier", LISTED)
def test_the_date_that_was_told_last_is_the_one_that_counts_in_whatever_order_it_comes(carrier: str) -> None:
    [moved] = [one for one in RECORDINGS if (one.carrier, one.story) == (carrier, "firm date moved")]
    for said in (moved.said, moved.said[::-1]):
        assert lived(said).foc == FirmDate(MOMENT)


def test_an_objection_at_the_administration_is_a_flag() -> None:
    [story] = [one for one in RECORDINGS if (one.carrier, one.story) == ("npac", "jeopardy")]
    port = lived(story.said)
    assert port.jeopardy is not None
    assert (port.jeopardy.numbers, port.foc) == ((SECOND,), FirmDate(MOMENT))


def test_every_carrier_has_a_recording_of_every_kind_of_story() -> None:
    stories = {carrier: {one.story for one in RECORDINGS if one.carrier == carrier} for carrier in LISTED}
    for told in stories.values():
        assert told >= {
            "happy",
            "rejected twice",
            "firm date moved",
            "jeopardy",
            "cancelled late",
            "cancelled",
            "completed after its cancellation",
        }
    assert {carrier for carrier, told in stories.items() if "partly activated" in told} == {"twilio", "npac"}
    assert NumbersFailed in PORT_ORDER_MACHINE.report_types
