"""Ports at the desk: corrected before and after they are sent, cancelled in time, in jeopardy, moved, snapped back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve

from bench import EMAIL, OLD, Bench, signed_bench
from pstnkit.desk.answers import CarrierSilent
from pstnkit.desk.port_news import port_news
from pstnkit.lifecycle.events import Event, Source
from pstnkit.lifecycle.machine import DecisionRefused, Outcome
from pstnkit.lifecycle.record import apply
from pstnkit.lifecycle.waiting import Party
from pstnkit.numbering.ranges import NumberRange
from pstnkit.porting.changes import TooLateToChange
from pstnkit.porting.cutoffs import DateNotPermitted, PortDatePolicy
from pstnkit.porting.dates import ActualDate
from pstnkit.porting.ports import PortOrder, PortStatus
from pstnkit.porting.rejects import RejectReason
from pstnkit.porting.reports import NumbersLeaving, NumbersLeft
from pstnkit.porting.steps import StepKind
from pstnkit.porting.supplements import NeedsNewRequest, NothingToCorrect
from pstnkit.stores.protocol import StaleRecord

FIRST = NumberRange(OLD.first, OLD.first)


def told(bench: Bench) -> list[str]:
    return [notice.text for notice in bench.notices]


def confirmed(bench: Bench) -> PortOrder:
    """A port with a firm date, three weeks after it was signed."""
    port = bench.port()
    bench.sign()
    bench.wait(days=2)
    return bench.port_order(port.id)


def rejected(bench: Bench, code: str = "8D") -> PortOrder:
    bench.world.reject_next_port(code, "does not match")
    port = bench.port()
    bench.sign()
    bench.wait(days=1)
    return bench.port_order(port.id)


def reference(port: PortOrder) -> str:
    assert port.carrier_reference is not None
    return port.carrier_reference


def test_what_is_corrected_before_a_port_is_sent_is_sent_with_it() -> None:
    bench = signed_bench()
    port = bench.port()
    edited = bench.desk.correct_port(
        port, requested=date(2026, 12, 18), business_name="Quay", pin="1234", service_address="1 Anson St"
    )
    assert (edited.status, edited.business_name) == (PortStatus.AWAITING_LOA, "Quay")
    assert bench.asked("supplement") == []
    bench.sign()
    [sent] = bench.asked("submit_port")
    assert (sent["business_name"], sent["pin"], sent["service_address"]) == ("Quay", "1234", "1 Anson St")
    assert sent["requested_date"] == "2026-12-18"
    assert "1234" not in repr(bench.desk.history(port))


def test_a_port_that_the_carrier_does_not_take_says_why_and_what_to_do() -> None:
    bench = signed_bench()
    port = bench.port()
    bench.desk.correct_port(port, documents="lost")
    bench.sign()
    over = bench.port_order(port.id)
    assert (over.status, over.turned_down) == (PortStatus.CANCELLED, True)
    assert told(bench)[-1] == (
        f"port {port.id} is cancelled: the carrier does not take it (submit_port: no document lost)"
    )
    assert over.next_steps() == (
        "port the numbers anew, with what is wrong put right: the carrier does not take the port"
        " (submit_port: no document lost)",
    )
    assert evolve(over, reason=None).next_steps()[0].endswith("the carrier does not take the port")
    # The numbers are free to be ported anew.
    again = bench.port()
    bench.sign()
    assert bench.port_order(again.id).status is PortStatus.SUBMITTED


def test_a_letter_that_was_declined_is_to_be_sent_again_before_it_can_be_signed() -> None:
    bench = signed_bench()
    port = bench.port()
    assert [step.kind for step in bench.desk.next_steps(port)] == [StepKind.SIGN_LETTER]
    [letter] = bench.world.mailbox(EMAIL)
    bench.world.decline(letter, "the wrong account")
    bench.hear()
    again, sign = bench.desk.next_steps(port)
    assert (again.kind, again.on, sign.kind) == (StepKind.SEND_AGAIN, Party.PARTNER, StepKind.SIGN_LETTER)
    assert again.text == "nobody has signed the letter of authorization (declined): send it again, or cancel"
    bench.desk.send_again(port)
    assert [step.kind for step in bench.desk.next_steps(port)] == [StepKind.SIGN_LETTER]


def test_several_fields_and_a_date_are_one_supplement_and_a_date_alone_is_another() -> None:
    bench = signed_bench()
    port = rejected(bench)
    desk = bench.desk
    assert desk.correct_port(port, service_address="1 Anson St", pin="1234").status is PortStatus.SUBMITTED
    bench.wait(days=2)
    assert desk.correct_port(port, requested=date(2026, 12, 21)).status is PortStatus.SUBMITTED
    desk.correct_port(port, requested=date(2026, 12, 22), documents="bill")
    third, second, first = reversed(bench.asked("supplement"))
    assert (first["kind"], first["changes"]) == (3, {"service_address": "1 Anson St", "pin": "1234"})
    assert (second["kind"], second["changes"]) == (2, {"requested_date": "2026-12-21"})
    assert third["changes"] == {"documents": ["bill"], "requested_date": "2026-12-22"}


def test_the_simulated_losing_carriers_codes_are_understood() -> None:
    port = rejected(signed_bench(), "8D")
    assert port.rejection is not None
    assert port.rejection.reason is RejectReason.ADDRESS_MISMATCH


def test_a_correction_of_something_else_is_made_and_people_are_told_what_it_leaves_open() -> None:
    bench = signed_bench()
    port = rejected(bench, "8D")
    bench.desk.correct_port(port, business_name="Quay")
    [notice] = [text for text in told(bench) if "leaves something open" in text]
    assert "the service address is not the account's" in notice
    other = signed_bench()
    other.desk.correct_port(rejected(other, "8D"), service_address="1 Anson St")
    assert not any("leaves something open" in text for text in told(other))


def test_what_is_no_supplement_changes_nothing_and_asks_nobody() -> None:
    bench = signed_bench()
    port = rejected(bench)
    before = bench.kept()
    with pytest.raises(NeedsNewRequest):
        bench.desk.correct_port(port, losing_carrier="Bay Telephone")
    with pytest.raises(NothingToCorrect):
        bench.desk.correct_port(port)
    assert bench.kept() == before
    assert bench.asked("supplement") == []


def test_near_its_firm_date_a_port_is_changed_with_a_warning_and_then_not_at_all() -> None:
    bench = signed_bench()
    port = confirmed(bench)
    assert port.foc is not None
    bench.world.wait_until(port.foc.at - timedelta(hours=20))
    before = bench.kept()
    with pytest.raises(TooLateToChange, match="no carrier changes or cancels it"):
        bench.desk.cancel(port)
    with pytest.raises(TooLateToChange, match="no carrier changes or cancels it"):
        bench.desk.correct_port(port, business_name="Quay")
    assert bench.kept() == before
    assert bench.asked("cancel_port") == []

    again = signed_bench()
    second = confirmed(again)
    assert second.foc is not None
    again.world.wait_until(second.foc.at - timedelta(hours=40))
    assert again.desk.cancel(second).status is PortStatus.CANCELLED
    assert f"port {second.id} moves so soon that a change can only be tried" in told(again)


def test_a_port_that_is_under_way_refuses_for_what_it_is_and_not_for_its_date() -> None:
    bench = signed_bench()
    port = confirmed(bench)
    bench.wait(days=22)
    with pytest.raises(DecisionRefused, match="in state completed"):
        bench.desk.cancel(port)
    with pytest.raises(DecisionRefused, match="in state completed"):
        bench.desk.correct_port(port, documents="x")


def test_a_date_in_jeopardy_and_a_date_that_is_moved_are_told() -> None:
    bench = signed_bench()
    port = confirmed(bench)
    bench.world.put_in_jeopardy(reference(port), "1C", "no field crew")
    bench.hear()
    port = bench.port_order(port.id)
    assert port.jeopardy is not None
    assert (port.status, port.jeopardy.reason) == (
        PortStatus.FOC_CONFIRMED,
        RejectReason.LOSING_CARRIER_DELAYED,
    )
    assert any("may not be kept" in text and "no field crew" in text for text in told(bench))
    assert port.foc is not None
    bench.world.move_firm_date(reference(port), port.foc.at + timedelta(days=3))
    bench.hear()
    moved = bench.port_order(port.id)
    assert moved.foc is not None
    assert (moved.foc.at - port.foc.at, moved.jeopardy) == (timedelta(days=3), None)
    assert f"the firm date of port {port.id} was moved: it is 2026-12-14 17:10 UTC now" in told(bench)
    bench.wait(days=23)
    assert bench.port_order(port.id).status is PortStatus.COMPLETED


def test_a_jeopardy_is_read_back_too() -> None:
    bench = signed_bench()
    port = confirmed(bench)
    bench.world.put_in_jeopardy(reference(port), "1C", "no field crew")
    bench.world.messages()
    assert bench.port_order(port.id).jeopardy is None
    read = bench.desk.correct_port(
        port, color="blue"
    )  # is not taken, so that the carrier's own state is read
    assert read.jeopardy is not None


def test_a_person_can_tell_that_a_date_is_in_jeopardy() -> None:
    bench = signed_bench()
    port = confirmed(bench)
    warned = bench.desk.told_in_jeopardy(port, "customer_not_ready", "nobody at home", by="Dana Reed")
    assert warned.jeopardy is not None
    assert warned.jeopardy.reason is RejectReason.CUSTOMER_NOT_READY
    assert bench.desk.history(port)[-1].event.actor == "Dana Reed"
    assert any("nobody at home" in step for step in warned.next_steps())


def test_of_a_port_that_was_kept_in_part_a_person_can_tell_from_when_its_numbers_work() -> None:
    bench = signed_bench()
    bench.world.let_fail([FIRST], "no dial tone")
    port = confirmed(bench)
    bench.wait(days=22)
    over = bench.port_order(port.id)
    assert (over.status, over.works_from) == (PortStatus.PARTIALLY_PORTED, ActualDate(date(2026, 12, 11)))
    told_of = bench.desk.told_works_from(port, date(2026, 12, 12), by="Dana Reed")
    assert (told_of.status, told_of.needs_attention) == (PortStatus.PARTIALLY_PORTED, False)
    assert told_of.works_from == ActualDate(date(2026, 12, 12))
    assert "tell the customer that the numbers work from 2026-12-12 on, and that the old service can end" in (
        told_of.next_steps()
    )


@pytest.mark.parametrize("day", ["2026-12-12", datetime(2026, 12, 12, 9, tzinfo=UTC)])
def test_a_day_that_is_no_date_is_refused_by_what_it_is(day: Any) -> None:
    bench = signed_bench()
    port = confirmed(bench)
    with pytest.raises(TypeError, match=f"day from which numbers work is a date, not a {type(day).__name__}"):
        bench.desk.told_works_from(port, day, by="Dana Reed")
    with pytest.raises(TypeError, match=f"day is a date, not a {type(day).__name__}"):
        bench.desk.correct_port(port, requested=day)
    assert bench.port_order(port.id) == port


def test_numbers_that_snap_back_are_the_customers_no_more() -> None:
    bench = signed_bench()
    port = confirmed(bench)
    bench.wait(days=22)
    assert bench.count("unassigned") == 6
    bench.world.snap_back(reference(port), [FIRST], "ported in error")
    bench.hear()
    done = bench.port_order(port.id)
    assert (done.status, done.left, done.needs_attention) == (PortStatus.COMPLETED, (FIRST,), False)
    assert (bench.count("unassigned"), bench.count("ported_out")) == (5, 1)
    assert f"1 number of port {port.id} went back to the losing carrier" in told(bench)
    assert not bench.desk.numbers(bench.customer).needs_attention


def test_a_snapback_that_overtakes_the_activation_comes_to_the_same_numbers() -> None:
    bench = signed_bench()
    port = confirmed(bench)
    bench.world.pass_time(days=22)
    bench.world.snap_back(reference(port), [FIRST], "ported in error")
    messages = bench.world.messages()
    for message in (messages[-1], *messages[:-1]):
        assert bench.desk.receive(message)[0].outcome is not Outcome.CONTRADICTS
    assert bench.port_order(port.id).status is PortStatus.COMPLETED
    assert (bench.count("unassigned"), bench.count("ported_out")) == (5, 1)


def test_ports_that_nobody_answers_are_found_before_the_carrier_closes_them() -> None:
    bench = signed_bench()
    port = rejected(bench)
    assert bench.desk.unanswered_ports() == ()
    assert [one.id for one in bench.desk.unanswered_ports(within=timedelta(days=14))] == [port.id]
    assert bench.desk.unanswered_ports(bench.customer, within=timedelta(days=13)) == ()
    hasty = bench.open_desk(port_dates=PortDatePolicy(patience=timedelta(days=3)))
    bench.world.pass_time(days=3)
    assert [one.id for one in hasty.unanswered_ports(bench.customer)] == [port.id]
    assert bench.port_order(port.id).status is PortStatus.REJECTED, "nothing but the carrier closes it"
    bench.wait(days=12)
    assert bench.port_order(port.id).status is PortStatus.EXPIRED
    assert hasty.unanswered_ports(within=timedelta(days=99)) == ()


def test_a_change_that_is_not_taken_is_told_and_leaves_the_port_where_the_carrier_has_it() -> None:
    bench = signed_bench()
    port = confirmed(bench)
    kept = bench.desk.correct_port(port, color="blue")
    assert (kept.status, kept.foc, kept.unread) == (PortStatus.FOC_CONFIRMED, port.foc, False)
    assert any("was not taken" in text for text in told(bench))


def test_people_are_told_of_numbers_that_are_about_to_leave_and_that_have() -> None:
    bench = signed_bench()
    port = confirmed(bench)
    bench.wait(days=22)
    done = bench.port_order(port.id)
    texts = []
    for serial, report in enumerate((NumbersLeaving((FIRST,)), NumbersLeft((FIRST,)))):
        said = Event(f"e-{serial}", bench.world.now(), Source.CARRIER, "npac", port.id, report)
        texts += [notice.text for notice in port_news(done, apply(done, said).entry)]
    assert texts == [f"1 number of port {port.id} is about to leave", f"1 number of port {port.id} has left"]


def test_a_day_that_the_losing_carriers_rules_do_not_allow_is_not_asked_for() -> None:
    bench = signed_bench()
    port = rejected(bench)
    before = bench.kept()
    with pytest.raises(DateNotPermitted, match="Sunday, 2026-12-06 is no business day"):
        bench.desk.correct_port(port, requested=date(2026, 12, 6))
    assert bench.kept() == before


def test_a_letter_that_says_something_else_after_a_correction_is_to_be_sent_again() -> None:
    bench = signed_bench()
    port = bench.port()
    bench.desk.correct_port(port, documents="bill")
    assert not any("to be signed anew" in text for text in told(bench))
    bench.desk.correct_port(port, business_name="Quay")
    assert any("to be signed anew" in text for text in told(bench))


def test_the_next_steps_are_told_in_the_customers_time_and_by_the_desks_clock_and_policy() -> None:
    bench = signed_bench()
    port = rejected(bench)
    hasty = bench.open_desk(port_dates=PortDatePolicy(patience=timedelta(days=3)))
    right, until = hasty.next_steps(port)
    assert (right.on.value, until.text) == (
        "partner",
        "answer before 2026-11-24 09:10 PST: the carrier closes the port then",
    )
    other = signed_bench()
    promised = confirmed(other)
    other.world.pass_time(days=30)
    assert other.desk.next_steps(promised)[0].kind.value == "ask_why_late"


def test_papers_that_are_handed_in_before_a_port_is_sent_are_named_in_its_request() -> None:
    bench = Bench()
    port = bench.port()
    bench.desk.attach(port, name="bill.pdf", content=b"%PDF-1.7 a bill")
    bench.desk.attach(port, name="csr.pdf", content=b"%PDF-1.7 a record")
    bench.sign()
    [sent] = bench.asked("submit_port")
    assert len(sent["documents"]) == 2
    assert [asked["name"] for asked in bench.asked("upload_document")] == ["bill.pdf", "csr.pdf"]
    assert bench.port_order(port.id).status is PortStatus.SUBMITTED


def test_a_paper_that_a_refusal_asks_for_travels_as_a_supplement() -> None:
    bench = signed_bench()
    port = rejected(bench)
    assert bench.desk.attach(port, name="bill.pdf", content=b"%PDF").status is PortStatus.SUBMITTED
    [asked] = bench.asked("supplement")
    assert len(asked["changes"]["documents"]) == 1


def test_nothing_is_handed_in_for_a_port_that_takes_no_correction() -> None:
    bench = signed_bench()
    port = bench.port()
    bench.sign()
    bench.desk.cancel(port)
    with pytest.raises(DecisionRefused):
        bench.desk.attach(port, name="bill.pdf", content=b"%PDF")
    assert bench.asked("upload_document") == []


def test_a_paper_whose_receipt_is_lost_is_handed_in_again() -> None:
    bench = Bench()
    port = bench.port()
    bench.wire.lose("upload_document", arrives=True)
    with pytest.raises(CarrierSilent):
        bench.desk.attach(port, name="bill.pdf", content=b"%PDF")
    bench.desk.attach(port, name="bill.pdf", content=b"%PDF")
    bench.sign()
    [sent] = bench.asked("submit_port")
    assert len(sent["documents"]) == 1


def test_a_correction_so_late_that_it_can_only_be_tried_is_told_of_once_it_is_saved_and_not_before() -> None:
    bench = signed_bench()
    port = confirmed(bench)
    assert port.foc is not None
    bench.world.wait_until(port.foc.at - timedelta(hours=40))
    warning = f"port {port.id} moves so soon that a change can only be tried"
    bench.store.always_overtaken = True
    with pytest.raises(StaleRecord):
        bench.desk.correct_port(port, business_name="Quay")
    assert warning not in told(bench)
    bench.store.always_overtaken = False
    bench.desk.correct_port(port, business_name="Quay")
    assert told(bench).count(warning) == 1
