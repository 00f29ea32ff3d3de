"""Ports at the simulated carrier: three weeks from a signature to the day the numbers work."""

from __future__ import annotations

from typing import Any

import pytest

from simulated_company import Company, texts

FOREIGN = texts(2125550200, 5)


def submitted(company: Company, numbers: list[str] | None = None, **details: Any) -> str:
    name: str = company.do("submit_port", **company.port(numbers or FOREIGN, **details))["port"]
    return name


def state(company: Company, port: str) -> str:
    text: str = company.do("read_port", port=port)["state"]
    return text


def test_a_port_is_confirmed_after_two_days_and_its_numbers_work_three_weeks_after_the_signature() -> None:
    company = Company()
    name = submitted(company)
    company.events()
    assert state(company, name) == "submitted"
    company.advance(days=2)
    (foc,) = company.events()
    assert (foc["type"], foc["at"]) == ("port.foc", "2026-11-22T23:00:00+00:00")
    assert (foc["foc_at"], foc["foc_date"]) == ("2026-12-11T23:00:00+00:00", "2026-12-11")
    assert state(company, name) == "foc_confirmed"
    company.advance(days=18.9)
    assert company.events() == []
    assert company.do("owned_numbers")["numbers"] == []
    company.advance(days=1)
    events = company.events()
    assert [event["type"] for event in events] == ["port.activating", "port.numbers_active", "port.complete"]
    assert {(event["at"], event["port"], event["client_reference"]) for event in events} == {
        ("2026-12-11T23:00:00+00:00", name, "port-1")
    }
    assert events[1]["numbers"] == FOREIGN
    assert (events[2]["active"], events[2]["failed"], events[2]["works_from"]) == (5, 0, "2026-12-11")
    read = company.do("read_port", client_reference="port-1")
    assert read == company.do("read_port", port=name)
    assert (read["state"], read["works_from"]) == ("complete", "2026-12-11")
    assert [held["source"] for held in company.do("owned_numbers")["numbers"]] == [name] * 5


def test_the_three_weeks_keep_the_wall_clock_where_a_time_zone_is_given() -> None:
    company = Company(start="2027-03-01T20:30:00-08:00")
    here = submitted(company, FOREIGN[:1], reference="here", timezone="America/Los_Angeles")
    anywhere = submitted(company, FOREIGN[1:2], reference="anywhere")
    company.advance(days=2)
    zoned, elapsed = company.do("read_port", port=here), company.do("read_port", port=anywhere)
    assert (zoned["foc_at"], zoned["foc_date"]) == ("2027-03-23T03:30:00+00:00", "2027-03-22")
    # Without a zone the letter's own offset is the carrier's wall clock, here UTC.
    assert (elapsed["foc_at"], elapsed["foc_date"]) == ("2027-03-23T04:30:00+00:00", "2027-03-23")


@pytest.mark.parametrize(
    ("requested", "foc_at"),
    [("2026-12-01", "2026-12-11T23:00:00+00:00"), ("2026-12-20", "2026-12-20T23:00:00+00:00")],
)
def test_a_requested_date_can_make_a_foc_later_and_not_earlier(requested: str, foc_at: str) -> None:
    company = Company()
    name = submitted(company, requested_date=requested)
    company.advance(days=2)
    read = company.do("read_port", port=name)
    assert (read["requested_date"], read["foc_at"]) == (requested, foc_at)


def test_a_letter_signed_long_ago_gives_a_foc_two_days_after_its_confirmation() -> None:
    company = Company()
    ask = company.port(FOREIGN)
    company.advance(days=60)
    name = company.do("submit_port", **ask)["port"]
    company.advance(days=2)
    assert company.do("read_port", port=name)["foc_at"] == "2027-01-23T23:00:00+00:00"


def test_a_port_without_a_signed_letter_of_authorization_is_refused() -> None:
    company = Company()
    ask = company.port(FOREIGN)
    unsigned, contract = company.send(reference="a-2"), company.send("contract", "a-3")
    company.do("world.sign", envelope=contract)
    for letter in (None, *({**ask["loa"], "envelope": name} for name in (unsigned, contract, "EN-000001"))):
        assert company.refused("submit_port", **{**ask, "loa": letter})["code"] == "loa_required"
    later = {**ask["loa"], "signed_at": "2026-11-20T23:00:01+00:00"}
    assert company.refused("submit_port", **{**ask, "loa": later})["field"] == "loa.signed_at"
    assert company.refused("submit_port", **ask, documents=["DC-000001"])["code"] == "not_found"


def test_numbers_in_an_active_order_are_refused_until_it_has_ended() -> None:
    company = Company()
    name = submitted(company)
    ask = company.port([*FOREIGN[3:], "+12125550300"], "port-2")
    reply = company.refused("submit_port", **ask)
    assert (reply["code"], reply["numbers"]) == ("pending_order", FOREIGN[3:])
    company.do("cancel_port", port=name)
    assert company.do("submit_port", **ask)["state"] == "submitted"


def test_portability_is_told_number_by_number() -> None:
    company = Company()
    ours = company.stock(count=2)
    company.do("order", kind="standard", numbers=ours[:1], client_reference="o-1")
    company.advance(minutes=10)
    submitted(company, FOREIGN[:1])
    company.do("world.foreign", ranges=[["+12125550201", "+12125550209"]], carrier="Northern Bell")
    company.do(
        "world.foreign",
        ranges=[["+12125550203", "+12125550203"]],
        carrier="Isle Tel",
        not_portable="no agreement",
    )
    asked = [*ours, *FOREIGN[:2], FOREIGN[3], "+13125550200"]
    results = company.do("check_portability", numbers=asked)["results"]
    assert [result["number"] for result in results] == asked
    assert [(result["portable"], result["losing_carrier"], result["reason"]) for result in results] == [
        (False, None, "already_here"),
        (False, None, "carrier_stock"),
        (False, "OTHER CARRIER", "pending_order"),
        (True, "Northern Bell", None),
        (False, "Isle Tel", "no agreement"),
        (True, "OTHER CARRIER", None),
    ]
    reply = company.refused("submit_port", **company.port([*ours, *FOREIGN[1:]], "port-2"))
    assert (reply["code"], reply["numbers"]) == ("not_portable", [*ours, FOREIGN[3]])


def test_a_rejected_port_is_put_right_by_a_supplement() -> None:
    company = Company()
    company.do("world.reject_next_port", code="AN", message="account number does not match")
    name = submitted(company)
    company.events()
    company.advance(days=1)
    (rejected,) = company.events()
    assert (rejected["type"], rejected["code"]) == ("port.rejected", "AN")
    assert company.do("read_port", port=name)["rejection"] == {
        "code": "AN",
        "message": "account number does not match",
    }
    company.advance(days=5)
    assert company.events() == []
    change = {"port": name, "kind": 3, "changes": {"account_number": "A-78"}, "client_reference": "s-1"}
    assert company.do("supplement", **change)["state"] == "submitted"
    company.do("supplement", **change)
    company.advance(days=2)
    supplemented, foc = company.events()
    assert (supplemented["type"], supplemented["kind"]) == ("port.supplemented", 3)
    assert (foc["type"], foc["foc_at"]) == ("port.foc", "2026-12-11T23:00:00+00:00")
    assert company.do("read_port", port=name)["rejection"] is None


def test_rejections_queue_up_and_one_that_nobody_answers_for_14_days_cancels_the_port() -> None:
    company = Company()
    for code in ("AN", "PIN"):
        company.do("world.reject_next_port", code=code, message="no match")
    name = submitted(company)
    company.advance(days=1)
    company.do("supplement", port=name, kind=3, changes={"pin": "1234"})
    company.advance(days=14.9)
    assert state(company, name) == "rejected"
    company.advance(days=1)
    assert company.types() == ["envelope.sent", "envelope.delivered", "envelope.signed"] + [
        f"port.{word}" for word in ("submitted", "rejected", "supplemented", "rejected", "cancelled")
    ]
    read = company.do("read_port", port=name)
    assert (read["state"], read["reason"]) == ("cancelled", "unanswered")
    assert {line["state"] for line in read["numbers"]} == {"cancelled"}


def test_a_new_due_date_voids_the_foc_and_gives_another() -> None:
    company = Company()
    name = submitted(company)
    company.advance(days=3)
    company.do("supplement", port=name, kind=2, changes={"requested_date": "2026-12-30"})
    assert company.do("read_port", port=name)["foc_at"] is None
    company.advance(days=2)
    assert company.do("read_port", port=name)["foc_date"] == "2026-12-30"
    company.advance(days=20)
    assert state(company, name) == "foc_confirmed"
    company.advance(days=20)
    assert company.do("read_port", port=name)["works_from"] == "2026-12-30"


def test_a_supplement_has_to_change_something_and_names_documents_that_exist() -> None:
    company = Company()
    name = submitted(company)
    assert company.refused("supplement", port=name, kind=3, changes={})["field"] == "changes"
    reply = company.refused("supplement", port=name, kind=3, changes={"documents": ["DC-000001"]})
    assert reply["code"] == "not_found"
    bill = company.do("upload_document", name="bill.pdf", reference="box/17")["document"]
    assert company.do("supplement", port=name, kind=3, changes={"documents": [bill]})["state"] == "submitted"


@pytest.mark.parametrize("by_supplement", [True, False])
def test_a_port_is_cancelled_once_and_nothing_comes_of_it(by_supplement: bool) -> None:
    company = Company()
    name = submitted(company)
    company.advance(days=2)
    company.events()
    reply = (
        company.do("supplement", port=name, kind=1, changes={})
        if by_supplement
        else company.do("cancel_port", port=name)
    )
    assert (reply["state"], reply["reason"], reply["foc_at"]) == ("cancelled", "requested", None)
    assert company.do("cancel_port", port=name) == reply
    company.advance(days=40)
    assert company.types() == ["port.cancelled"]
    assert company.do("owned_numbers")["numbers"] == []
    reply = company.refused("supplement", port=name, kind=3, changes={"pin": "1"})
    assert (reply["code"], reply["state"]) == ("port_closed", "cancelled")


def test_nothing_can_be_changed_under_24_hours_before_the_foc() -> None:
    company = Company()
    name, other = submitted(company), submitted(company, ["+12125550300"], reference="port-2")
    company.advance(days=20)
    assert company.do("cancel_port", port=other)["state"] == "cancelled"
    company.advance(minutes=1)
    assert company.refused("cancel_port", port=name)["code"] == "too_late"
    assert company.refused("supplement", port=name, kind=3, changes={"pin": "1"})["code"] == "too_late"
    company.advance(days=1)
    assert company.refused("cancel_port", port=name)["code"] == "port_closed"


@pytest.mark.parametrize(("failing", "works_from"), [(2, "2026-12-11"), (5, None)])
def test_numbers_that_fail_leave_a_port_partial(failing: int, works_from: str | None) -> None:
    company = Company()
    company.do("world.fail_numbers", numbers=FOREIGN[:failing], reason="not released")
    name = submitted(company)
    company.advance(days=21)
    events = company.events()
    assert events[-1]["type"] == "port.partial"
    assert (events[-1]["active"], events[-1]["failed"]) == (5 - failing, failing)
    assert events[-1]["works_from"] == works_from
    read = company.do("read_port", port=name)
    assert read["numbers"][0] == {"number": FOREIGN[0], "state": "failed", "reason": "not released"}
    # What has failed still lives at the losing carrier, and can be asked for again.
    assert company.do("check_portability", numbers=FOREIGN[:1])["results"][0]["portable"] is True


def test_a_large_port_activates_in_batches_and_goes_on_when_delayed_numbers_come() -> None:
    company = Company()
    numbers = texts(2125551000, 250)
    company.do("world.delay_numbers", numbers=numbers[-1:], until="2026-12-13T23:00:00+00:00")
    name = submitted(company, numbers)
    company.advance(days=22)
    reported = [event["numbers"] for event in company.events() if event["type"] == "port.numbers_active"]
    assert [len(batch) for batch in reported] == [100, 100, 49]
    assert state(company, name) == "activating"
    assert company.refused("cancel_port", port=name)["code"] == "too_late"
    company.advance(days=1)
    active, complete = company.events()
    assert (active["numbers"], complete["type"]) == (numbers[-1:], "port.complete")
    assert (complete["active"], complete["works_from"]) == (250, "2026-12-13")


def test_account_numbers_and_pins_are_never_told_back() -> None:
    company = Company()
    told = company.do("submit_port", **company.port(FOREIGN, account_number="SECRET-1", pin="SECRET-2"))
    told |= company.do("supplement", port=told["port"], kind=3, changes={"pin": "SECRET-3"})
    company.advance(days=30)
    assert "SECRET" not in f"{told} {company.events()} {company.do('read_port', client_reference='port-1')}"


def test_a_port_that_was_never_submitted_is_not_found() -> None:
    company = Company()
    assert company.refused("read_port", port="PT-000001")["code"] == "not_found"
    assert company.refused("read_port", client_reference="port-1")["code"] == "not_found"
    assert company.refused("cancel_port", port="PT-000001")["code"] == "not_found"
    assert company.refused("supplement", port="PT-000001", kind=1, changes={})["code"] == "not_found"


def test_a_date_may_be_in_jeopardy_and_may_be_moved_while_it_is_to_come() -> None:
    company = Company()
    name = submitted(company)
    for early in (
        company.ask("world.move_foc", port=name, to="2026-12-20T12:00:00+00:00"),
        company.ask("world.jeopardize", port=name, code="1C", message="no crew"),
    ):
        assert (early["code"], early["state"]) == ("bad_request", "submitted")
    company.advance(days=2)
    company.events()
    company.do("world.jeopardize", port=name, code="1C", message="no crew")
    assert company.do("read_port", port=name)["jeopardy"] == {"code": "1C", "message": "no crew"}
    past = company.ask("world.move_foc", port=name, to="2026-11-21T12:00:00+00:00")
    assert (past["code"], "lies in the past" in past["message"]) == ("bad_request", True)
    company.do("world.move_foc", port=name, to="2026-12-20T12:00:00+00:00")
    jeopardy, moved = company.events()
    assert (jeopardy["type"], jeopardy["code"], jeopardy["message"]) == ("port.jeopardy", "1C", "no crew")
    assert (moved["type"], moved["foc_at"]) == ("port.foc", "2026-12-20T12:00:00+00:00")
    assert company.do("read_port", port=name)["jeopardy"] is None
    company.advance(days=27)
    assert state(company, name) == "foc_confirmed"
    company.advance(days=2)
    assert state(company, name) == "complete"


def test_numbers_snap_back_once_and_only_those_that_were_ported() -> None:
    company = Company()
    name = submitted(company)
    early = company.ask("world.snap_back", port=name, numbers=FOREIGN[:1], reason="in error")
    assert early["code"] == "bad_request"
    company.advance(days=22)
    company.events()
    company.do("world.snap_back", port=name, numbers=FOREIGN[:1], reason="in error")
    (told,) = company.events()
    assert (told["type"], told["numbers"], told["reason"]) == ("port.snapback", FOREIGN[:1], "in error")
    assert len(company.do("owned_numbers")["numbers"]) == 4
    again = company.ask("world.snap_back", port=name, numbers=FOREIGN[:1], reason="in error")
    assert again["code"] == "bad_request"
