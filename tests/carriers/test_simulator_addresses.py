"""The simulated carrier's address checker: every outcome, and standard form."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pstnkit.carriers.simulator.addresses import _slips
from pstnkit.carriers.simulator.streets import DIRECTORY, STATES
from simulated_company import Company

ANSON = {
    "house_number": "1200",
    "street": "ANSON ST",
    "city": "SAN FRANCISCO",
    "state": "CA",
    "postal_code": "94107",
    "country": "US",
    "unit": None,
    "building": None,
    "floor": None,
    "room": None,
    "additional": None,
}
CROSSBAR = {
    "house_number": "12",
    "street": "CROSSBAR ST",
    "city": "TORONTO",
    "state": "ON",
    "postal_code": "M5V 2T6",
    "country": "CA",
    "unit": "STE 4",
    "building": "2",
    "floor": "7",
    "room": "710",
    "additional": "BEHIND THE BAKERY",
}


def check(address: dict[str, str | None]) -> dict[str, Any]:
    return Company().do("check_address", address=address)


@pytest.mark.parametrize("address", [ANSON, CROSSBAR])
def test_an_address_in_standard_form_is_valid_as_it_is(address: dict[str, str | None]) -> None:
    assert check(address) == {"ok": True, "outcome": "valid", "address": address, "candidates": []}


@pytest.mark.parametrize(
    ("base", "written", "standard"),
    [
        (ANSON, {"street": "  anson   Street."}, {}),
        (ANSON, {"street": "Anson str", "city": "san francisco", "state": "ca"}, {}),
        (ANSON, {"postal_code": "94107-1234"}, {"postal_code": "94107-1234"}),
        (ANSON, {"house_number": "1200b"}, {"house_number": "1200B"}),
        (ANSON, {"unit": "Suite 300"}, {"unit": "STE 300"}),
        (ANSON, {"unit": "#12"}, {"unit": "UNIT 12"}),
        (ANSON, {"unit": "Lobby"}, {"unit": "LOBBY"}),
        (CROSSBAR, {"postal_code": "m5v2t6"}, {}),
    ],
)
def test_the_same_place_written_otherwise_is_valid_in_standard_form(
    base: dict[str, str | None], written: dict[str, str], standard: dict[str, str]
) -> None:
    reply = check({**base, **written})
    assert (reply["outcome"], reply["address"]) == ("valid", {**base, **standard})


@pytest.mark.parametrize(
    "written",
    [
        {"street": "Ansun Street"},
        {"street": "Ansonn St"},
        {"street": "Anson Avenue"},
        {"street": "Anson"},
        {"city": "San Fransisco"},
    ],
)
def test_a_slip_is_corrected_to_the_nearest_street_or_city(written: dict[str, str]) -> None:
    reply = check({**ANSON, **written})
    assert (reply["outcome"], reply["address"]) == ("corrected", ANSON)


def test_a_name_that_two_streets_share_is_ambiguous_until_the_suffix_decides() -> None:
    reply = check({**ANSON, "street": "Maple"})
    assert (reply["outcome"], reply["address"]) == ("ambiguous", None)
    assert [candidate["street"] for candidate in reply["candidates"]] == ["MAPLE ST", "MAPLE AVE"]
    assert check({**ANSON, "street": "Mapel Avenue"})["address"]["street"] == "MAPLE AVE"


@pytest.mark.parametrize(
    ("outcome", "written"),
    [
        ("po_box", {"street": "P.O. Box 12"}),
        ("po_box", {"street": "PO BOX 12"}),
        ("po_box", {"street": "Post Office Box 12"}),
        ("po_box", {"street": "Box 12"}),
        ("not_found", {"street": "Boxwood St"}),
        ("not_found", {"street": "Street"}),
        ("not_found", {"house_number": "3000"}),
        ("not_found", {"house_number": "Lot 4"}),
        ("not_found", {"city": "Oakland"}),
        ("not_found", {"postal_code": "94199"}),
        ("not_found", {"postal_code": "9410"}),
        ("mismatch", {"state": "NV"}),
        ("mismatch", {"postal_code": "M5V 2T6"}),
        ("mismatch", {"country": "CA"}),
    ],
)
def test_what_cannot_be_reached_is_told_apart(outcome: str, written: dict[str, str]) -> None:
    reply = check({**ANSON, **written})
    assert (reply["outcome"], reply["address"], reply["candidates"]) == (outcome, None, [])


def test_a_checker_that_is_down_says_nothing_about_the_address() -> None:
    company = Company()
    company.do("world.address_service", available=False)
    assert company.do("check_address", address={**ANSON, "state": "NV"})["outcome"] == "unavailable"
    company.do("world.address_service", available=True)
    assert company.do("check_address", address=ANSON)["outcome"] == "valid"


def test_a_field_that_no_address_has_is_refused() -> None:
    company = Company()
    assert company.refused("check_address", address={**ANSON, "county": "X"})["field"] == "address.county"
    assert company.refused("check_address", address={**ANSON, "country": "MX"})["field"] == "address.country"
    assert company.refused("check_address", address={**ANSON, "city": ""})["field"] == "address.city"


def test_every_district_of_the_directory_lies_in_the_state_of_its_postal_code() -> None:
    for code, district in DIRECTORY.items():
        assert STATES[code[:3] if district.country == "US" else code[0]] == district.state


@given(st.text("ANSO", max_size=5), st.text("ANSO", max_size=5))
def test_slips_are_the_edit_distance(first: str, second: str) -> None:
    def plain(one: str, other: str) -> int:
        if not one or not other:
            return len(one) + len(other)
        return min(
            plain(one[1:], other) + 1,
            plain(one, other[1:]) + 1,
            plain(one[1:], other[1:]) + (one[0] != other[0]),
        )

    assert _slips(first, second) == plain(first, second)
