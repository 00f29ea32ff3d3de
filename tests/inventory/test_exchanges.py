"""Tables of exchanges: what they say, and what is wrong with them."""

from __future__ import annotations

import copy
import pickle

import pytest

from pstnkit.inventory.exchanges import ExchangeFacts, Exchanges, InvalidExchangeTable
from pstnkit.inventory.inventory import Inventory
from pstnkit.inventory.query import InvalidQuery, SearchQuery
from pstnkit.numbering.ranges import NumberRange
from pstnkit.numbering.telephone import Exchange

REPORT = (
    "State\tNPA-NXX\tOCN\tCompany\tRateCenter\tEffectiveDate\tUse\tAssignDate\n"
    "CA\t415-555\t1234\tBell, Inc.\tSNFC CNTRL\t01/01/2000\tAS\t\n"
    "CA\t415-556\t\t\tOAKLAND\t\tAS\t\n"
    "\n"
    "CA\t415-557\t\t\t\t\tUA\t\n"
    "NY\t212-555 \t\t\toakland\t\tAS\t\n"
    "CQ\t670-234\t\t\tSAIPAN\t\tAS\t\n"
)
TABLE = Exchanges.from_text(REPORT)


def free(*exchanges: str) -> list[NumberRange]:
    return [NumberRange(f"{code}0100", f"{code}0109") for code in exchanges]


def test_the_administrators_report_is_read() -> None:
    assert len(TABLE) == 4
    assert repr(TABLE) == "<Exchanges: 4 exchanges, 3 rate centers>"
    assert TABLE.get(Exchange("415555")) == ExchangeFacts(
        Exchange("415555"), "US-CA", "SNFC CNTRL", ocn="1234", company="Bell, Inc."
    )
    assert TABLE.get(415_557) is None
    assert (TABLE.state_of(670_234), TABLE.state_of(415_557)) == ("US-MP", None)
    assert not TABLE.has_cities


@pytest.mark.parametrize(
    "text",
    [
        "npa,nxx,city,lat,lon\n415,555,San Francisco,37.77,-122.42\n",
        "NPA;NXX;City;Latitude;Longitude\n415;555;San Francisco;37.77;-122.42\n",
        "\ufeffNPA\tNXX\tCity\tLatitude\tLongitude\n415\t555\tSan Francisco\t37.77\t-122.42\n",
        'Exchange,City,Lat,Lon\n415-555,"San Francisco",37.77,-122.42\n',
    ],
)
def test_columns_are_found_by_their_names_and_separated_by_commas_tabs_or_semicolons(text: str) -> None:
    facts = Exchanges.from_text(text).get(415_555)
    assert facts == ExchangeFacts(Exchange("415555"), city="San Francisco", coordinates=(37.77, -122.42))


def test_rows_with_named_columns_are_read() -> None:
    table = Exchanges.from_rows([{"NPA-NXX": "415-555", "State": "CA"}, {"NPA-NXX": "212-555"}])
    assert (table.state_of(415_555), table.state_of(212_555), len(table)) == ("US-CA", None, 2)


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("", [(1, "no column NPA-NXX")]),
        ("State,City\nCA,Oakland\n", [(1, "no column NPA-NXX, nor NPA and NXX, among 'State, City'")]),
        (
            "State,NPA-NXX,X,RateCenter\nCA,415-555,1,A\n",
            [(1, "the column 'X' divides exchanges into thousands-blocks")],
        ),
        (
            "NPA-NXX\n415-555-1\n",
            [(2, "'415-555-1' is a thousands-block, and only whole exchanges can be read")],
        ),
        ("NPA,NXX\n415,055\n415,5555\n", [(2, "'415055'"), (3, "'4155555' is a thousands-block")]),
        ("NPA-NXX,State\n\n415-555,Calif.\n", [(3, "'Calif.' is no state")]),
        ("NPA-NXX,Lat,Lon\n415-555,north,\n", [(2, "'north', '' are no latitude and longitude")]),
        ("NPA-NXX,Lat,Lon\n415-555,91,0\n", [(2, "'91', '0' lie outside the degrees of the earth")]),
    ],
)
def test_every_fault_is_reported_with_its_line(text: str, faults: list[tuple[int, str]]) -> None:
    with pytest.raises(InvalidExchangeTable) as caught:
        Exchanges.from_text(text)
    assert [line for line, _ in caught.value.faults] == [line for line, _ in faults]
    for (_, said), (line, expected) in zip(caught.value.faults, faults, strict=True):
        assert expected in said
        assert f"line {line}: " in str(caught.value)


def test_a_table_with_many_faults_names_the_first_ten_and_counts_the_rest() -> None:
    with pytest.raises(InvalidExchangeTable, match=r"line 11: .*; and 2 more") as caught:
        Exchanges.from_text("NPA-NXX\n" + "x\n" * 12)
    assert len(caught.value.faults) == 12
    assert pickle.loads(pickle.dumps(caught.value)).faults == copy.copy(caught.value).faults


def test_two_descriptions_of_one_exchange_must_agree() -> None:
    same = "NPA-NXX,RateCenter\n415-555,A\n415-555,A\n"
    assert len(Exchanges.from_text(same)) == 1
    with pytest.raises(InvalidExchangeTable, match="415-555 is described twice, and differently"):
        Exchanges.from_text(same + "415-555,B\n")


def test_a_rate_center_is_found_in_any_case_and_only_there() -> None:
    inventory = Inventory(free("415555", "415556"), exchanges=TABLE)
    result = inventory.search(SearchQuery(rate_center="snfc  cntrl"))
    assert {option.exchange for option in result.options} == {Exchange("415555")}


@pytest.mark.parametrize(
    "query", [SearchQuery(rate_center="Oakland, CA"), SearchQuery(rate_center="Oakland", state="CA")]
)
def test_a_name_that_two_states_have_is_told_apart_by_the_state(query: SearchQuery) -> None:
    inventory = Inventory(free("415556", "212555"), exchanges=TABLE)
    assert {option.exchange for option in inventory.search(query).options} == {Exchange("415556")}


@pytest.mark.parametrize(
    ("query", "message"),
    [
        (SearchQuery(rate_center="Oakland"), "'Oakland' is in several states: US-CA, US-NY; name one"),
        (SearchQuery(rate_center="Nowhere"), "the table of exchanges has no 'Nowhere'"),
        (SearchQuery(rate_center="Oakland, TX"), "no 'Oakland' in US-TX, only in US-CA, US-NY"),
        (SearchQuery(rate_center="Oakland, Calif"), "'Oakland, Calif': 'Calif' is no state"),
        (SearchQuery(rate_center="Oakland, NY", state="CA"), "'Oakland, NY' contradicts the state US-CA"),
        (SearchQuery(rate_center="Oakland, NY", npa="415"), "has no exchange in the other places"),
        (SearchQuery(rate_center="Oakland, CA", npa="415", nxx="555"), "has no exchange in the other places"),
    ],
)
def test_a_rate_center_that_cannot_be_meant_is_an_error(query: SearchQuery, message: str) -> None:
    with pytest.raises(InvalidQuery) as caught:
        Inventory(exchanges=TABLE).search(query)
    assert caught.value.field == "rate_center"
    assert message in str(caught.value)


def test_cities_of_the_table_are_used_and_meet_with_rate_centers() -> None:
    table = Exchanges.from_text(
        "NPA-NXX,State,RateCenter,City\n415-555,CA,A,Sausalito\n415-556,CA,B,Sausalito\n415-557,CA,A,Tiburon\n"
    )
    inventory = Inventory(free("415555", "415556", "415557"), exchanges=table)
    result = inventory.search(SearchQuery(city="sausalito"))
    assert (result.available, result.notes) == (20, ())
    assert inventory.search(SearchQuery(city="sausalito", rate_center="A")).available == 10
    with pytest.raises(InvalidQuery, match="city: the table of exchanges has no 'Oakland'"):
        inventory.search(SearchQuery(city="Oakland"))


def test_the_table_settles_which_subdivision_an_exchange_is_in() -> None:
    table = Exchanges.from_text("NPA-NXX,State\n902-555,NS\n902-556,PE\n")
    inventory = Inventory(free("902555", "902556"), exchanges=table)
    result = inventory.search(SearchQuery(state="PE"))
    assert {option.exchange for option in result.options} == {Exchange("902556")}
    assert result.notes == ()
    inventory.add(free("902557"))
    wider = inventory.search(SearchQuery(state="PE"))
    assert wider.available == 20
    assert wider.notes == ("subdivision not certain: area code 902 serves CA-NS and CA-PE",)


def test_rate_centers_of_one_name_are_the_same_only_within_a_state() -> None:
    oakland, other = TABLE.get(415_556), TABLE.get(212_555)
    assert oakland is not None
    assert other is not None
    assert oakland.same_rate_center(oakland)
    assert not oakland.same_rate_center(other)
    assert not oakland.same_rate_center(ExchangeFacts(Exchange("415558"), "US-CA"))
