"""Agreements, documents and emergency registrations at the simulated carrier."""

from __future__ import annotations

import base64

import pytest

from simulated_company import Company

ADDRESS = {
    "house_number": "1200",
    "street": "Anson Street",
    "city": "San Francisco",
    "state": "CA",
    "postal_code": "94107",
    "country": "US",
}


def test_an_agreement_waits_in_the_mailbox_until_it_is_signed() -> None:
    company = Company()
    name = company.send("terms_of_service")
    sent, delivered = company.events()
    assert (sent["type"], delivered["type"]) == ("envelope.sent", "envelope.delivered")
    assert {(event["envelope"], event["kind"], event["email"]) for event in (sent, delivered)} == {
        (name, "terms_of_service", "dana@contoso.example")
    }
    assert company.do("world.mailbox", email="sam@contoso.example")["envelopes"] == []
    assert company.do("world.mailbox", email="Dana@Contoso.example")["envelopes"] == [
        {
            "envelope": name,
            "kind": "terms_of_service",
            "customer": "Contoso",
            "signer": "Dana Ortiz",
            "subject": "Please sign",
            "client_reference": "agreement-1",
            "sent_at": "2026-11-20T23:00:00+00:00",
        }
    ]
    company.advance(hours=3)
    assert company.do("world.sign", envelope=name)["state"] == "signed"
    (signed,) = company.events()
    assert (signed["type"], signed["client_reference"]) == ("envelope.signed", "agreement-1")
    assert (signed["signer"], signed["signed_at"]) == ("Dana Ortiz", "2026-11-21T02:00:00+00:00")
    assert company.do("world.mailbox", email="dana@contoso.example")["envelopes"] == []


def test_an_agreement_can_be_declined_and_an_act_is_final() -> None:
    company = Company()
    name = company.send()
    assert company.do("world.decline", envelope=name, reason="wrong company")["state"] == "declined"
    declined = company.events()[-1]
    assert (declined["type"], declined["reason"]) == ("envelope.declined", "wrong company")
    for op in ("world.sign", "world.decline"):
        reply = company.refused(op, envelope=name)
        assert (reply["code"], reply["state"]) == ("envelope_closed", "declined")
    assert company.refused("world.sign", envelope="EN-000001")["code"] == "not_found"


def test_a_document_is_handed_in_whole_or_by_reference() -> None:
    company = Company()
    content = base64.b64encode(b"a bill").decode()
    whole = company.do("upload_document", name="bill.pdf", content_base64=content)
    assert (whole["name"], whole["size"]) == ("bill.pdf", 6)
    assert company.do("upload_document", name="bill.pdf", reference="box/17")["size"] is None
    for wrong in ({"content_base64": "%%"}, {"content_base64": "é"}):
        assert company.refused("upload_document", name="bill.pdf", **wrong)["field"] == "content_base64"
    assert company.refused("upload_document", name="bill.pdf")["code"] == "bad_request"


@pytest.mark.parametrize("minutes", [0, 10])
def test_an_emergency_address_is_registered_for_numbers_that_are_active_or_on_their_way(minutes: int) -> None:
    company = Company()
    numbers = company.stock(count=3)
    company.do("order", kind="standard", numbers=numbers[:2], client_reference="o-1")
    company.advance(minutes=minutes)
    ask = {"numbers": numbers[:2], "address": {**ADDRESS, "unit": "floor 3"}, "client_reference": "e-1"}
    reply = company.do("register_emergency", **ask)
    assert (reply["state"], reply["numbers"]) == ("registered", numbers[:2])
    assert (reply["address"]["street"], reply["address"]["unit"]) == ("ANSON ST", "FL 3")
    assert company.do("register_emergency", **ask) == reply
    company.advance(minutes=10)
    registered = [held["registration"] for held in company.do("owned_numbers")["numbers"]]
    assert registered == [reply["registration"]] * 2
    refused = company.refused("register_emergency", numbers=numbers, address=ADDRESS, client_reference="e-2")
    assert (refused["code"], refused["numbers"]) == ("not_owned", numbers[2:])


def test_a_registration_is_removed_also_once_the_number_has_left() -> None:
    company = Company()
    numbers = company.stock(count=2)
    company.do("order", kind="standard", numbers=numbers, client_reference="o-1")
    company.advance(minutes=10)
    company.do("register_emergency", numbers=numbers, address=ADDRESS, client_reference="e-1")
    company.do("release", numbers=numbers[:1], client_reference="r-1")
    ask = {"numbers": numbers, "client_reference": "e-2"}
    reply = company.do("register_emergency", **ask)
    assert (reply["state"], reply["numbers"], reply["address"]) == ("removed", numbers, None)
    assert company.do("register_emergency", **ask) == reply
    assert [held["registration"] for held in company.do("owned_numbers")["numbers"]] == [None]
    refused = company.refused("register_emergency", numbers=numbers, client_reference="e-3")
    assert (refused["code"], refused["numbers"]) == ("not_owned", numbers)


def test_an_address_is_registered_unchecked_on_demand_and_calls_are_relayed() -> None:
    company = Company()
    numbers = company.stock(count=1)
    company.do("order", kind="standard", numbers=numbers, client_reference="o-1")
    company.do("world.address_service", available=False)
    new = {**ADDRESS, "street": "Brandnew Road"}
    reply = company.do(
        "register_emergency", numbers=numbers, address=new, override=True, client_reference="e-1"
    )
    assert (reply["state"], reply["address"]["street"]) == ("relayed", "BRANDNEW RD")


def test_only_a_valid_address_is_registered() -> None:
    company = Company()
    numbers = company.stock(count=1)
    company.do("order", kind="standard", numbers=numbers, client_reference="o-1")
    wrong = {**ADDRESS, "street": "Ansun Street"}
    reply = company.refused("register_emergency", numbers=numbers, address=wrong, client_reference="e-1")
    assert (reply["code"], reply["outcome"]) == ("address_not_valid", "corrected")
    assert reply["address"]["street"] == "ANSON ST"
    company.do("world.address_service", available=False)
    reply = company.refused("register_emergency", numbers=numbers, address=ADDRESS, client_reference="e-1")
    assert reply["code"] == "address_service_unavailable"
    company.do("world.address_service", available=True)
    assert company.do("register_emergency", numbers=numbers, address=ADDRESS, client_reference="e-1")["ok"]
