"""Orders of new numbers at the simulated carrier, told by its reports and its reads."""

from __future__ import annotations

from typing import Any

import pytest

from simulated_company import Company


def order(company: Company, numbers: list[str], reference: str = "o-1", **fields: Any) -> str:
    name: str = company.do("order", kind="standard", numbers=numbers, client_reference=reference, **fields)[
        "order"
    ]
    return name


def advanced(company: Company, quantity: int, reference: str = "o-1", **fields: str) -> str:
    reply = company.do("order", kind="advanced", quantity=quantity, client_reference=reference, **fields)
    name: str = reply["order"]
    return name


def test_a_standard_order_is_active_ten_minutes_after_its_acceptance() -> None:
    company = Company()
    numbers = company.stock()[:3]
    name = order(company, numbers)
    accepted = company.events()
    assert accepted[0] | {"id": "", "order": ""} == {
        "id": "",
        "type": "order.accepted",
        "at": "2026-11-20T23:00:00+00:00",
        "order": "",
        "client_reference": "o-1",
        "kind": "standard",
        "quantity": 3,
        "due_at": "2026-11-20T23:10:00+00:00",
    }
    company.advance(minutes=9.9)
    assert company.events() == []
    company.advance(minutes=60)
    active, complete = company.events()
    assert (active["type"], active["numbers"], active["at"]) == (
        "order.numbers_active",
        numbers,
        "2026-11-20T23:10:00+00:00",
    )
    assert complete["type"] == "order.complete"
    assert (complete["active"], complete["failed"], complete["missing"], complete["reason"]) == (
        3,
        0,
        0,
        None,
    )
    assert {event["order"] for event in (*accepted, active, complete)} == {name}
    read = company.do("read_order", order=name)
    assert read["state"] == "complete"
    assert read["numbers"] == [{"number": text, "state": "active", "reason": None} for text in numbers]
    assert company.do("read_order", client_reference="o-1") == read


def test_an_order_of_5000_numbers_is_reported_in_batches_of_100() -> None:
    company = Company()
    numbers = company.stock(4155550000, 5000)
    order(company, numbers)
    company.advance(minutes=10)
    reported = [event["numbers"] for event in company.events() if event["type"] == "order.numbers_active"]
    assert [len(batch) for batch in reported] == [100] * 50
    assert [text for batch in reported for text in batch] == numbers


def test_an_order_uses_its_reservation_up_and_what_it_leaves_is_on_offer_again() -> None:
    company = Company()
    numbers = company.stock(count=5)
    name = company.do("reserve", numbers=numbers[:3], client_reference="r-1")["reservation"]
    order(company, [numbers[0], numbers[3]], reservation=name)
    assert company.offered() == [numbers[1], numbers[2], numbers[4]]
    reply = company.refused(
        "order", kind="standard", numbers=[numbers[1]], client_reference="o-2", reservation=name
    )
    assert (reply["code"], reply["state"]) == ("reservation_ended", "ordered")
    company.advance(hours=1)
    assert company.offered() == [numbers[1], numbers[2], numbers[4]]


def test_an_order_can_use_several_reservations_and_all_have_to_be_live() -> None:
    company = Company()
    numbers = company.stock(count=5)
    names = [
        company.do("reserve", numbers=numbers[place : place + 2], client_reference=f"r-{place}")[
            "reservation"
        ]
        for place in (0, 2)
    ]
    ask = {"kind": "standard", "numbers": numbers[1:5], "client_reference": "o-1"}
    assert company.refused("order", **ask, reservations=names, reservation=names[0])["field"] == "reservation"
    assert company.refused("order", **ask, reservations=names[:1])["gone"] == numbers[2:4]
    assert company.do("order", **ask, reservations=names)["state"] == "processing"
    assert company.offered() == numbers[:1]
    ask = {"kind": "standard", "numbers": numbers[:1], "client_reference": "o-2"}
    assert company.refused("order", **ask, reservations=names)["code"] == "reservation_ended"
    assert company.do("order", **ask, reservations=[])["state"] == "processing"


def test_an_order_for_what_is_gone_or_held_by_another_is_refused_with_the_list() -> None:
    company = Company()
    numbers = company.stock(count=3)
    company.do("reserve", numbers=numbers[:1], client_reference="r-1")
    ask = {"kind": "standard", "numbers": [*numbers, "+12125550200"], "client_reference": "o-1"}
    reply = company.refused("order", **ask)
    assert (reply["code"], reply["gone"]) == ("numbers_unavailable", [numbers[0], "+12125550200"])
    assert company.refused("read_order", client_reference="o-1")["code"] == "not_found"
    assert company.refused("order", **ask, reservation="RS-000001")["code"] == "not_found"


@pytest.mark.parametrize(("failing", "state"), [(1, "partial"), (3, "failed")])
def test_numbers_that_fail_are_reported_with_their_reason(failing: int, state: str) -> None:
    company = Company()
    numbers = company.stock(count=3)
    company.do("world.fail_numbers", numbers=numbers[:failing], reason="switch fault")
    name = order(company, numbers)
    company.events()
    company.advance(minutes=10)
    events = company.events()
    assert next(event for event in events if event["type"] == "order.numbers_failed")["numbers"] == [
        {"number": text, "reason": "switch fault"} for text in numbers[:failing]
    ]
    assert events[-1]["type"] == f"order.{state}"
    assert (events[-1]["active"], events[-1]["failed"]) == (3 - failing, failing)
    read = company.do("read_order", order=name)
    assert (read["state"], read["reason"]) == (state, "activation_failed")
    assert read["numbers"][0] == {"number": numbers[0], "state": "failed", "reason": "switch fault"}
    assert [held["number"] for held in company.do("owned_numbers")["numbers"]] == numbers[failing:]


def test_an_order_that_waits_for_delayed_numbers_is_backordered_until_they_come() -> None:
    company = Company()
    numbers = company.stock(count=3)
    name = order(company, numbers)
    company.do("world.delay_numbers", numbers=numbers[:1], until="2026-11-21T23:00:00+00:00")
    company.do("world.delay_numbers", numbers=numbers[1:2], until="2026-11-22T23:00:00+00:00")
    company.events()
    company.advance(hours=1)
    active, backordered = company.events()
    assert active["numbers"] == numbers[2:]
    assert (backordered["type"], backordered["numbers"]) == ("order.backordered", numbers[:2])
    assert backordered["expected_at"] == "2026-11-22T23:00:00+00:00"
    assert company.do("read_order", order=name)["state"] == "backordered"
    company.advance(days=3)
    told = [(event["type"], event["at"][:10]) for event in company.events()]
    assert told == [
        ("order.numbers_active", "2026-11-21"),
        ("order.numbers_active", "2026-11-22"),
        ("order.complete", "2026-11-22"),
    ]


def test_an_advanced_order_gets_numbers_from_the_back_room_after_five_days() -> None:
    company = Company()
    company.stock(4155550200)
    hidden = company.stock(4155560300, 50, to="world.backroom")
    company.stock(2125550200, 50, to="world.backroom")
    assert hidden[0] not in company.offered()
    name = advanced(company, 20, npa="415")
    assert company.do("read_order", order=name)["numbers"] == []
    company.advance(hours=119)
    assert company.types() == ["order.accepted"]
    company.advance(hours=1)
    named, active, complete = company.events()
    assert (named["type"], named["numbers"]) == ("order.numbers_named", hidden[:20])
    assert (active["type"], active["numbers"]) == ("order.numbers_active", hidden[:20])
    assert complete["type"] == "order.complete"
    advanced(company, 5, "o-2", state="CA")
    company.advance(days=5)
    assert company.do("read_order", client_reference="o-2")["numbers"][0]["number"] == hidden[20]


@pytest.mark.parametrize(
    ("timezone", "due_at"),
    [(None, "2027-03-17T17:00:00+00:00"), ("America/Los_Angeles", "2027-03-17T16:00:00+00:00")],
)
def test_five_days_keep_the_wall_clock_where_a_time_zone_is_given(timezone: str | None, due_at: str) -> None:
    company = Company(start="2027-03-12T09:00:00-08:00")
    fields = {} if timezone is None else {"timezone": timezone}
    assert company.do("read_order", order=advanced(company, 1, npa="415", **fields))["due_at"] == due_at


def test_a_back_room_with_fewer_numbers_than_asked_ends_an_order_partial_and_an_empty_one_failed() -> None:
    company = Company()
    company.stock(count=7, to="world.backroom")
    advanced(company, 10, "o-1", npa="415")
    advanced(company, 10, "o-2", npa="415")
    company.advance(days=5)
    ends = {event["client_reference"]: event for event in company.events() if "missing" in event}
    assert (ends["o-1"]["type"], ends["o-1"]["active"], ends["o-1"]["missing"]) == ("order.partial", 7, 3)
    assert ends["o-1"]["reason"] == "shortfall"
    assert (ends["o-2"]["type"], ends["o-2"]["missing"]) == ("order.failed", 10)
    assert company.do("read_order", client_reference="o-2")["reason"] == "no_numbers"


def test_an_order_can_be_cancelled_until_it_has_ended_and_its_numbers_are_on_offer_again() -> None:
    company = Company()
    numbers = company.stock(count=3)
    name = order(company, numbers)
    wanted = advanced(company, 3, "o-2", npa="415")
    for each in (name, wanted):
        assert company.do("cancel_order", order=each)["state"] == "cancelled"
        assert company.do("cancel_order", order=each)["state"] == "cancelled"
    assert company.offered() == numbers
    company.advance(days=6)
    assert company.types() == ["order.accepted", "order.accepted", "order.cancelled", "order.cancelled"]
    assert company.do("read_order", order=name)["numbers"][0]["state"] == "cancelled"
    done = order(company, numbers, "o-3")
    company.advance(minutes=10)
    reply = company.refused("cancel_order", order=done)
    assert (reply["code"], reply["state"]) == ("order_closed", "complete")


def test_cancelling_an_order_with_active_numbers_leaves_it_partial() -> None:
    company = Company()
    numbers = company.stock(count=3)
    name = order(company, numbers)
    company.do("world.delay_numbers", numbers=numbers[:1], until="2026-11-21T23:00:00+00:00")
    company.advance(minutes=10)
    reply = company.do("cancel_order", order=name)
    assert (reply["state"], reply["reason"]) == ("partial", "cancelled")
    assert company.do("cancel_order", order=name) == reply
    ended = company.events()[-1]
    assert (ended["type"], ended["active"], ended["missing"]) == ("order.partial", 2, 1)
    company.advance(days=2)
    assert company.events() == []
    assert company.offered() == numbers[:1]


@pytest.mark.parametrize("op", ["read_order", "cancel_order"])
def test_an_order_that_was_never_placed_is_not_found(op: str) -> None:
    assert Company().refused(op, order="SO-000001")["code"] == "not_found"


def test_owned_numbers_are_read_page_by_page_with_the_order_that_brought_them() -> None:
    company = Company()
    numbers = company.stock(4155550000, 600)
    name = order(company, numbers)
    company.advance(minutes=10)
    found: list[str] = []
    page = None
    while page is not None or not found:
        reply = company.do("owned_numbers", page=page)
        found += [held["number"] for held in reply["numbers"]]
        page = reply["next"]
    assert found == numbers
    assert company.do("owned_numbers")["numbers"][0] == {
        "number": numbers[0],
        "since": "2026-11-20T23:10:00+00:00",
        "source": name,
        "registration": None,
    }


def test_released_numbers_rest_and_strangers_cannot_be_released() -> None:
    company = Company()
    numbers = company.stock(count=3)
    order(company, numbers[:2])
    company.advance(minutes=10)
    reply = company.refused("release", numbers=numbers, client_reference="l-1")
    assert (reply["code"], reply["numbers"]) == ("not_owned", numbers[2:])
    assert company.do("release", numbers=numbers[:1], client_reference="l-1")["numbers"] == numbers[:1]
    assert [held["number"] for held in company.do("owned_numbers")["numbers"]] == [numbers[1]]
    assert company.offered() == numbers[2:]
    assert company.do("world.stock", ranges=[[numbers[0], numbers[0]]])["added"] == 0
