"""Every request to the simulated carrier gets one plain reply, and what is wrong with it is named."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pstnkit.carriers.simulator as simulator
from pstnkit.carriers.simulator import Simulator
from pstnkit.carriers.simulator.interface import SHAPES
from simulated_company import FIRST, START, Company, texts

NUMBER = f"+1{FIRST}"


@pytest.mark.parametrize(
    ("message", "field"),
    [
        ([], None),
        ({}, "op"),
        ({"op": ["search"]}, "op"),
        ({"op": "buy"}, "op"),
        ({"op": "search"}, "filters"),
        ({"op": "search", "filters": []}, "filters"),
        ({"op": "search", "filters": {}, "limit": 3}, "limit"),
        ({"op": "search", "filters": {"rate_center": "RENO"}}, "filters.rate_center"),
        ({"op": "search", "filters": {"npa": 415}}, "filters.npa"),
        ({"op": "search", "filters": {"npa": "115"}}, "filters.npa"),
        ({"op": "search", "filters": {"nxx": "55"}}, "filters.nxx"),
        ({"op": "search", "filters": {"contains": "55?"}}, "filters.contains"),
        ({"op": "search", "filters": {"state": "US-CA"}}, "filters.state"),
        ({"op": "search", "filters": {"state": []}}, "filters.state"),
        ({"op": "search", "filters": {}, "quantity": 0}, "quantity"),
        ({"op": "search", "filters": {}, "quantity": True}, "quantity"),
        ({"op": "search", "filters": {}, "page": "two"}, "page"),
        ({"op": "search", "filters": {}, "page": " "}, "page"),
        ({"op": "reserve", "client_reference": "r", "numbers": []}, "numbers"),
        ({"op": "reserve", "client_reference": "r", "numbers": NUMBER}, "numbers"),
        ({"op": "reserve", "client_reference": "r", "numbers": [NUMBER, NUMBER]}, "numbers"),
        ({"op": "reserve", "client_reference": "r", "numbers": [NUMBER, "+12125"]}, "numbers[1]"),
        ({"op": "reserve", "client_reference": "r", "numbers": [FIRST]}, "numbers[0]"),
        ({"op": "reserve", "numbers": [NUMBER]}, "client_reference"),
        ({"op": "reserve", "numbers": [NUMBER], "client_reference": ""}, "client_reference"),
        ({"op": "order", "client_reference": "o"}, "kind"),
        ({"op": "order", "kind": "port", "client_reference": "o"}, "kind"),
        ({"op": "order", "kind": ["standard"], "client_reference": "o"}, "kind"),
        ({"op": "order", "kind": "standard", "client_reference": "o", "quantity": 2}, "quantity"),
        ({"op": "order", "kind": "advanced", "client_reference": "o", "quantity": 2}, "npa"),
        (
            {
                "op": "order",
                "kind": "advanced",
                "client_reference": "o",
                "quantity": 2,
                "npa": "415",
                "state": "CA",
            },
            "npa",
        ),
        (
            {
                "op": "order",
                "kind": "advanced",
                "client_reference": "o",
                "quantity": 2,
                "npa": "415",
                "timezone": "US",
            },
            "timezone",
        ),
        ({"op": "read_order"}, "order"),
        ({"op": "supplement", "port": "PT-000001", "kind": True, "changes": {}}, "kind"),
        ({"op": "supplement", "port": "PT-000001", "kind": 1, "changes": {"pin": "1"}}, "changes.pin"),
        ({"op": "supplement", "port": "PT-000001", "kind": 2, "changes": {}}, "changes.requested_date"),
        (
            {"op": "supplement", "port": "PT-000001", "kind": 2, "changes": {"requested_date": "soon"}},
            "changes.requested_date",
        ),
        (
            {"op": "supplement", "port": "PT-000001", "kind": 2, "changes": {"requested_date": "1999-01-01"}},
            "changes.requested_date",
        ),
        (
            {"op": "supplement", "port": "PT-000001", "kind": 3, "changes": {"documents": "DC-1"}},
            "changes.documents",
        ),
        (
            {"op": "supplement", "port": "PT-000001", "kind": 3, "changes": {"documents": [1]}},
            "changes.documents[0]",
        ),
        ({"op": "poll", "after": "EV-000001"}, "after"),
        ({"op": "world.stock", "ranges": []}, "ranges"),
        ({"op": "world.stock", "ranges": [[NUMBER]]}, "ranges[0]"),
        ({"op": "world.stock", "ranges": [[NUMBER, "+14155550100"]]}, "ranges[0]"),
        ({"op": "world.stock", "ranges": [[NUMBER, "+14155560100"]]}, "ranges[0]"),
        ({"op": "world.stock", "ranges": [[NUMBER, None]]}, "ranges[0][1]"),
        ({"op": "world.advance", "to": "tomorrow"}, "to"),
        ({"op": "world.advance", "to": "2026-12-01T00:00:00"}, "to"),
        ({"op": "world.advance", "to": "2026-11-20T14:59:59-08:00"}, "to"),
        ({"op": "world.advance", "to": "9999-12-31T23:59:59+00:00"}, "to"),
        ({"op": "world.address_service", "available": 1}, "available"),
    ],
)
def test_a_bad_request_is_refused_and_its_field_named(message: Any, field: str | None) -> None:
    carrier = Simulator(start=START)
    reply = carrier.handle(message)
    assert (reply["ok"], reply["code"], reply["field"]) == (False, "bad_request", field)
    if field is not None:
        assert field in reply["message"]
    assert carrier.handle({"op": "poll"}) == {"ok": True, "events": [], "cursor": None}


def test_more_numbers_than_a_request_may_name_are_refused_with_the_limit() -> None:
    company = Company()
    reply = company.refused("reserve", numbers=texts(FIRST, 5001), client_reference="r")
    assert (reply["code"], reply["limit"]) == ("too_many_numbers", 5000)
    reply = company.refused("order", kind="advanced", quantity=5001, npa="415", client_reference="o")
    assert reply["code"] == "too_many_numbers"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
FIELD_NAMES = sorted(
    {
        "op",
        "kind",
        "filters",
        "numbers",
        "ranges",
        "address",
        "loa",
        "changes",
        "page",
        "to",
        "client_reference",
    }
)


@given(st.sampled_from(sorted(SHAPES)), st.dictionaries(st.sampled_from(FIELD_NAMES), JSON), JSON)
def test_whatever_is_asked_the_reply_is_plain_json_and_never_an_exception(
    op: str, fields: dict[str, Any], anything: Any
) -> None:
    carrier = Simulator(start=START)
    for message in ({**fields, "op": op}, fields, anything):
        reply = carrier.handle(message)
        assert json.loads(json.dumps(reply)) == reply
        assert reply["ok"] is True or reply["code"] in {"bad_request", "not_found", "loa_required"}


def test_the_documentation_names_every_operation_and_the_carrier_lists_its_own() -> None:
    assert simulator.__doc__ is not None
    for op in SHAPES:
        assert f"``{op}``" in simulator.__doc__, op
    own = Company().do("capabilities")
    assert own["operations"] == [op for op in SHAPES if not op.startswith("world.")]
    assert own["filters"] == ["contains", "npa", "nxx", "state"]
    assert (own["reservation_minutes"], own["max_reservation_minutes"]) == (30, 120)


def test_a_change_under_a_reference_is_made_once_and_the_reference_serves_no_other() -> None:
    company = Company()
    numbers = company.stock()
    first = company.do("order", kind="standard", numbers=numbers[:2], client_reference="o-1")
    company.advance(minutes=10)
    again = company.do("order", kind="standard", numbers=numbers[:2], client_reference="o-1")
    assert (first["state"], again["state"]) == ("processing", "complete")
    assert again["order"] == first["order"]
    assert len(company.do("owned_numbers")["numbers"]) == 2
    reply = company.refused("order", kind="standard", numbers=numbers[2:4], client_reference="o-1")
    assert reply["code"] == "reference_reused"
    # The same text is another name for another operation.
    assert company.do("reserve", numbers=numbers[2:4], client_reference="o-1")["state"] == "live"


def test_changes_of_every_kind_are_made_once_under_their_reference() -> None:
    company = Company()
    numbers = company.stock()
    assert company.send() == company.send()
    port = company.port(texts(2125550200, 1))
    assert company.do("submit_port", **port)["port"] == company.do("submit_port", **port)["port"]
    reserved = company.do("reserve", numbers=numbers[:1], client_reference="r-1")
    company.advance(minutes=5)
    extension = {"reservation": reserved["reservation"], "client_reference": "x-1"}
    extended = company.do("extend", **extension)
    company.advance(minutes=5)
    assert company.do("extend", **extension) == extended
    upload = {"name": "bill.pdf", "reference": "box/17", "client_reference": "d-1"}
    assert company.do("upload_document", **upload) == company.do("upload_document", **upload)
    assert company.types().count("port.submitted") == 1


def test_a_refused_change_leaves_its_reference_free() -> None:
    company = Company()
    numbers = texts(FIRST, 2)
    company.refused("order", kind="standard", numbers=numbers, client_reference="o-1")
    company.stock()
    assert (
        company.do("order", kind="standard", numbers=numbers, client_reference="o-1")["state"] == "processing"
    )


def test_two_carriers_of_one_seed_say_the_same_and_another_seed_has_other_ids() -> None:
    def told(seed: int) -> list[dict[str, Any]]:
        company = Company(seed=seed)
        numbers = company.stock()
        company.do("order", kind="standard", numbers=numbers[:3], client_reference="o-1")
        company.do("submit_port", **company.port(texts(2125550200, 3)))
        company.advance(days=30)
        return company.events()

    assert told(7) == told(7)
    assert told(7) != told(8)


def test_replies_share_nothing_with_the_carrier() -> None:
    company = Company()
    numbers = company.stock()
    message = {"op": "order", "kind": "standard", "numbers": numbers[:2], "client_reference": "o-1"}
    reply = company.carrier.handle(message)
    company.do("poll")["events"].clear()
    company.carrier.handle({"op": "poll"})["events"][0].clear()
    reply["numbers"].clear()
    numbers.clear()
    company.carrier.handle({"op": "capabilities"})["features"].clear()
    assert company.do("capabilities")["features"] == ["sms", "voice"]
    assert len(company.do("read_order", client_reference="o-1")["numbers"]) == 2
    assert company.events()[0]["type"] == "order.accepted"
    company.advance(minutes=10)
    release = {"op": "release", "numbers": ["+14155550200"], "client_reference": "l-1"}
    for _ in range(3):
        reply = company.carrier.handle(release)
        assert reply["numbers"] == ["+14155550200"]
        reply["numbers"].clear()


@pytest.mark.parametrize("start", ["now", "2026-11-20T15:00:00", "1999-01-01T00:00:00+00:00"])
def test_a_carrier_starts_at_a_time_with_an_offset_within_its_years(start: str) -> None:
    with pytest.raises(ValueError):
        Simulator(start=start)
