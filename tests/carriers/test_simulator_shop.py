"""Searching and reserving at the simulated carrier."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pstnkit.carriers.simulator.stock import NumberPool, Scope
from simulated_company import FIRST, Company, texts


def test_an_offer_has_its_features_and_prices() -> None:
    company = Company()
    company.stock(count=1)
    assert company.do("search", filters={})["offers"] == [
        {
            "number": "+14155550200",
            "features": ["voice", "sms"],
            "monthly": "1.00",
            "setup": "0.50",
            "currency": "USD",
            "reservable": True,
        }
    ]


@pytest.mark.parametrize(
    "filters",
    [
        {},
        {"npa": "415"},
        {"npa": "415", "nxx": "556"},
        {"nxx": "555"},
        {"state": "CA"},
        {"state": "NY", "contains": "2555502"},
        {"contains": "77"},
        {"npa": "212", "state": "CA"},
    ],
)
def test_the_pages_of_a_search_are_together_what_brute_force_finds(filters: dict[str, str]) -> None:
    company = Company()
    stocked = company.stock(4155550000, 900) + company.stock(4155560500, 300) + company.stock(2125550200, 100)
    states = {"415": "CA", "212": "NY"}
    expected = sorted(
        text
        for text in stocked
        if text[2:5] == filters.get("npa", text[2:5])
        and text[5:8] == filters.get("nxx", text[5:8])
        and states[text[2:5]] == filters.get("state", states[text[2:5]])
        and filters.get("contains", "") in text[2:]
    )
    assert company.offered(filters) == expected


@pytest.mark.parametrize("quantity", [1, 249, 250, 251, 500, 700, 1000])
def test_a_quantity_bounds_all_pages_together(quantity: int) -> None:
    company = Company()
    stocked = company.stock(4155550000, 700)
    assert company.offered(quantity=quantity) == stocked[:quantity]


def test_the_page_that_holds_the_last_number_asked_for_has_no_next() -> None:
    company = Company()
    company.stock(count=10)
    assert company.do("search", filters={}, quantity=2)["next"] is None
    assert company.do("search", filters={}, quantity=2)["offers"][1]["number"] == "+14155550201"


def test_a_page_that_ends_the_stock_has_no_next() -> None:
    company = Company()
    company.stock(4155550000, 250)
    assert company.do("search", filters={})["next"] is None


def test_a_page_goes_on_after_the_last_number_whatever_is_sold_meanwhile() -> None:
    company = Company()
    stocked = company.stock(4155550000, 400)
    first = company.do("search", filters={})
    company.do("reserve", numbers=stocked[:100] + stocked[300:310], client_reference="r-1")
    second = company.do("search", filters={}, page=first["next"])
    assert [offer["number"] for offer in second["offers"]] == stocked[250:300] + stocked[310:]


def test_what_is_reserved_sold_or_delayed_is_not_on_offer() -> None:
    company = Company()
    numbers = company.stock(count=6)
    company.do("reserve", numbers=numbers[:1], client_reference="r-1")
    company.do("order", kind="standard", numbers=numbers[1:2], client_reference="o-1")
    company.do("world.delay_numbers", numbers=numbers[2:3], until="2026-11-21T00:00:00+00:00")
    assert company.offered() == numbers[3:]
    assert company.refused("reserve", numbers=numbers[:4], client_reference="r-2")["gone"] == numbers[:3]
    company.advance(days=1)
    assert company.offered() == [numbers[0], *numbers[2:]]


def test_stock_that_the_carrier_has_already_is_not_added_again() -> None:
    company = Company()
    numbers = company.stock(count=10)
    company.do("order", kind="standard", numbers=numbers[:2], client_reference="o-1")
    assert company.do("world.stock", ranges=[[numbers[0], "+14155550219"]])["added"] == 10
    assert company.offered() == texts(FIRST + 2, 18)


def test_a_reservation_lasts_30_minutes_and_what_has_expired_is_on_offer_again() -> None:
    company = Company()
    numbers = company.stock(count=5)
    reservation = company.do("reserve", numbers=numbers[:3], client_reference="r-1")
    assert reservation["expires_at"] == "2026-11-20T23:30:00+00:00"
    company.advance(minutes=29)
    assert company.offered() == numbers[3:]
    company.advance(minutes=1)
    assert company.offered() == numbers
    assert company.refused("extend", reservation=reservation["reservation"])["state"] == "expired"


def test_a_reservation_is_all_or_nothing() -> None:
    company = Company()
    numbers = company.stock(count=5)
    company.do("reserve", numbers=numbers[:1], client_reference="r-1")
    reply = company.refused("reserve", numbers=[*numbers[:3], "+12125550200"], client_reference="r-2")
    assert (reply["code"], reply["gone"]) == ("numbers_unavailable", [numbers[0], "+12125550200"])
    assert company.offered() == numbers[1:]


def test_a_reservation_can_be_extended_up_to_two_hours() -> None:
    company = Company()
    numbers = company.stock(count=2)
    name = company.do("reserve", numbers=numbers[:1], client_reference="r-1")["reservation"]
    for minutes, until in [(20, "23:50"), (20, "00:10"), (25, "00:35"), (20, "00:55")]:
        company.advance(minutes=minutes)
        assert company.do("extend", reservation=name)["expires_at"][11:16] == until
    company.advance(minutes=20)
    assert company.do("extend", reservation=name)["expires_at"] == "2026-11-21T01:00:00+00:00"
    assert company.refused("extend", reservation=name)["code"] == "extension_limit"
    assert company.offered() == numbers[1:]
    company.advance(minutes=15)
    assert company.offered() == numbers


def test_a_reservation_that_is_given_up_is_on_offer_again_and_can_be_given_up_twice() -> None:
    company = Company()
    numbers = company.stock(count=2)
    name = company.do("reserve", numbers=numbers, client_reference="r-1")["reservation"]
    assert company.do("unreserve", reservation=name)["state"] == "released"
    assert company.offered() == numbers
    other = company.do("reserve", numbers=numbers, client_reference="r-2")["reservation"]
    assert company.do("unreserve", reservation=name)["state"] == "released"
    assert company.offered() == []
    company.advance(minutes=30)
    assert company.do("unreserve", reservation=other)["state"] == "expired"


def test_reserving_again_under_the_reference_of_an_ended_reservation_makes_a_new_one() -> None:
    company = Company()
    ask = {"numbers": company.stock(count=2), "client_reference": "r-1"}
    first = company.do("reserve", **ask)
    assert company.do("reserve", **ask) == first
    company.advance(hours=1)
    assert company.do("reserve", **ask)["reservation"] != first["reservation"]


@pytest.mark.parametrize("op", ["extend", "unreserve"])
def test_a_reservation_that_was_never_made_is_not_found(op: str) -> None:
    assert Company().refused(op, reservation="RS-000001")["code"] == "not_found"


def test_forty_thousand_numbers_are_read_page_by_page() -> None:
    company = Company()
    stocked = [
        text for nxx in (555, 556, 557, 558) for text in company.stock(415_000_0000 + nxx * 10_000, 10_000)
    ]
    assert company.offered({"npa": "415"}) == stocked


small = st.integers(0, 60).map(lambda line: 4155550000 + line * 997)


@given(st.lists(st.tuples(st.booleans(), st.lists(small))), small)
def test_a_pool_reads_like_a_sorted_set(changes: list[tuple[bool, list[int]]], after: int) -> None:
    pool, oracle = NumberPool(), set[int]()
    for put, numbers in changes:
        if put:
            pool.add(numbers)
            oracle.update(numbers)
        else:
            pool.discard(numbers)
            oracle.difference_update(numbers)
        assert list(pool.ascending()) == sorted(oracle)
    assert list(pool.ascending(Scope(nxx="556"), after)) == sorted(
        number for number in oracle if number > after and number // 10_000 % 1000 == 556
    )
    assert all((number in pool) == (number in oracle) for number in range(after - 5, after + 5))
