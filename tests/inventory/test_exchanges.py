"""Tables of exchanges: what they say, and what is wrong with them."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pstnkit.inventory.exchanges import ExchangeFacts, Exchanges, InvalidExchangeTable
from pstnkit.inventory.inventory import Inventory
from pstnkit.inventory.query import InvalidQuery, SearchQuery
from pstnkit.numbering.paste.sources import UnreadableSource
from pstnkit.numbering.ranges import NumberRange
from pstnkit.numbering.telephone import Exchange, TelephoneNumber

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


def test_empty_cells_of_rows_may_be_none_and_numbers_may_be_numbers() -> None:
    table = Exchanges.from_rows([{"NPA": 415, "NXX": 555, "X": 3, "City": None, "Lat": 37.5, "Lon": -122}])
    [block] = table.blocks(415_555)
    assert (block.block, block.city, block.coordinates) == (3, None, (37.5, -122.0))
    assert len(Exchanges.from_rows([])) == 0


def test_the_canadian_administrators_report_is_read() -> None:
    table = Exchanges.from_text(
        "\ufeffNPA,CO Code (NXX),Status,Pooled,Exchange Area,Province,Company,OCN,Remarks\r\n"
        '514,200,In Service,N,"Montr\u00e9al",QC,"Bell, Canada",8051,\r\n'
        "514,211,Not Available,,,,,,N11\r\n"
        "514,201,Available,,,,,,\r\n"
        ",,,,,,,,2026-11-20 04:00\r\n"
    )
    assert len(table) == 1
    facts = table.get(514_200)
    assert facts == ExchangeFacts(
        Exchange("514200"), "CA-QC", "Montr\u00e9al", ocn="8051", company="Bell, Canada"
    )


def test_exchanges_of_other_countries_of_the_plan_are_in_no_state() -> None:
    table = Exchanges.from_text("State\tNPA-NXX\tRateCenter\nJM\t876-511\tKINGSTON\nPR\t787-200\tSAN JUAN\n")
    assert (table.state_of(876_511), table.state_of(787_200)) == (None, "US-PR")
    assert len(table.in_rate_center("Kingston", None)) == 10_000


def test_a_number_that_stands_for_several_companies_names_none() -> None:
    table = Exchanges.from_text("NPA-NXX\tOCN\tCompany\n415-555\tMULT\tMULTIPLE OCN LISTING\n")
    assert table.get(415_555) == ExchangeFacts(Exchange("415555"))


def test_quotes_between_tabs_count_only_around_a_whole_cell() -> None:
    table = Exchanges.from_text(
        'NPA-NXX\tCompany\tRateCenter\n415-555\t"A ""B"" Co"\tX\n415-556\t"Not closed\tY\n415-557\t"\t\n'
    )
    assert [table.get(code).company for code in (415_555, 415_556, 415_557)] == [  # type: ignore[union-attr]
        'A "B" Co',
        '"Not closed',
        '"',
    ]


def test_the_header_may_stand_below_the_date_of_the_report() -> None:
    text = "File Date,11/20/2026\n\nNPA-NXX,RateCenter\n415-555,A\n415-5556,B\n"
    with pytest.raises(InvalidExchangeTable, match="line 5: '415-5556'") as caught:
        Exchanges.from_text(text.replace("415-555,A", "415-55,A"))
    assert [line for line, _ in caught.value.faults] == [4, 5]
    with pytest.raises(
        InvalidExchangeTable, match="line 1: no column NPA-NXX, nor NPA and NXX, in 'File Date"
    ):
        Exchanges.from_text("File Date\n" + "\n" * 20 + "NPA-NXX\n415-555\n")


@pytest.mark.parametrize(
    "make", [lambda path: path, lambda path: path.read_bytes(), lambda path: path.open("rb")]
)
def test_a_table_is_read_from_a_file_from_bytes_and_from_what_can_be_read(make: Any, tmp_path: Path) -> None:
    path = tmp_path / "codes.txt"
    path.write_bytes("NPA-NXX\tRateCenter\n514-200\tMontr\u00e9al\n".encode("cp1252"))
    source = make(path)
    table = Exchanges.from_text(source, encoding="cp1252")
    assert len(table.in_rate_center("MONTR\u00c9AL", None)) == 10_000
    with pytest.raises(UnreadableSource, match="name its encoding"):
        Exchanges.from_text(path)
    with pytest.raises(UnreadableSource, match="larger than 5 bytes"):
        Exchanges.from_text(path, max_bytes=5)
    if hasattr(source, "close"):
        source.close()


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("", [(1, "no column NPA-NXX")]),
        ("State,City\nCA,Oakland\n", [(1, "no column NPA-NXX, nor NPA and NXX, in 'State,City'")]),
        ("NPA-NXX,X\n415-555,10\n", [(2, "'10' is no thousands-block of '415-555': they are 0 to 9")]),
        (
            "NPA-NXX,X\n415-555-2,1\n",
            [(2, "'415-555-2' is not a telephone number (an exchange is six digits")],
        ),
        ("NPA,NXX\n415,055\n415,55\n", [(2, "'415055'"), (3, "'41555'")]),
        ("NPA-NXX,State\n\n415-555,Calif.\n", [(3, "'Calif.' is no state")]),
        ("NPA-NXX,Lat,Lon\n415-555,north,\n", [(2, "'north', '' are no latitude and longitude")]),
        ("NPA-NXX,Lat,Lon\n415-555,91,0\n", [(2, "'91', '0' lie outside the degrees of the earth")]),
        ("NPA-NXX,Lat,Lon\n415-555,0,181\n", [(2, "'0', '181' lie outside the degrees of the earth")]),
        (
            'NPA-NXX,City\n415-55,A\n415-555,"Oak\nland\n415-556,C\n',
            [(2, "'415-55'"), (3, "the table cannot be read from here on: unexpected end of data")],
        ),
        (
            "NPA-NXX,Use\n415-555,active\n415-556,ready\n",
            [
                (
                    1,
                    "no row is of an exchange in use: 'Use' is never AS, IS, RT, Assigned or In Service, but 'active'",
                )
            ],
        ),
        (
            "NPA-NXX,RateCenter,City\n415-555,A,C\n415-5,B,C\n415-555,B,C\n",
            [
                (3, "'415-5'"),
                (4, "415-555 is described twice, and differently: rate center 'A' on line 2, 'B' here"),
            ],
        ),
        (
            "NPA-NXX,X,OCN\n415-555,1,9999\n415-555,1,\n",
            [(3, "415-555-1 is described twice, and differently: ocn '9999' on line 2, None here")],
        ),
    ],
)
def test_every_fault_is_reported_with_its_line_and_what_stands_there(
    text: str, faults: list[tuple[int, str]]
) -> None:
    with pytest.raises(InvalidExchangeTable) as caught:
        Exchanges.from_text(text)
    assert [line for line, _ in caught.value.faults] == [line for line, _ in faults]
    for (_, said), (line, expected) in zip(caught.value.faults, faults, strict=True):
        assert expected in said
        assert f"line {line}: " in str(caught.value)


def test_rows_without_a_text_are_counted_in_the_place_of_lines() -> None:
    with pytest.raises(InvalidExchangeTable, match="among 'City'"):
        Exchanges.from_rows([{"City": "Oakland"}])
    with pytest.raises(InvalidExchangeTable, match="line 2: '415'") as caught:
        Exchanges.from_rows([{"NPA-NXX": "415-555"}, {"NPA-NXX": "415"}])
    assert caught.value.faults[0][0] == 2
    facts = [ExchangeFacts(Exchange("415555"), city="A"), ExchangeFacts(Exchange("415555"), city="B")]
    with pytest.raises(InvalidExchangeTable, match="line 2: 415-555 is described twice"):
        Exchanges(facts)


def test_a_table_with_many_faults_names_the_first_few_and_has_all() -> None:
    with pytest.raises(InvalidExchangeTable, match=r"line 6: .*; and 7 more") as caught:
        Exchanges.from_text("NPA-NXX\n" + "x\n" * 12)
    assert len(caught.value.faults) == 12
    assert pickle.loads(pickle.dumps(caught.value)).faults == copy.copy(caught.value).faults


def test_a_description_may_be_repeated() -> None:
    assert len(Exchanges.from_text("NPA-NXX,RateCenter\n415-555,A\n415-555,A\n")) == 1


POOLED = Exchanges.from_text(
    "State,NPA,NXX,X,Block Status,Rate Center,OCN,Company\n"
    "CA,415,555,A,AS,OAKLAND,1,Bell\n"
    "CA,415,555,3,AS,FREMONT,2,Cell\n"
    "CA,415,555,4,AS,OAKLAND,3,Voice\n"
    "CA,415,555,5,AV,FREMONT,,\n"
    "CA,415,556,0,AS,FREMONT,2,Cell\n"
)
"""An exchange in two rate centers, and one of which only a block is known."""


def test_a_pooled_exchange_is_read_block_by_block() -> None:
    oakland = Exchange("415555")
    assert len(POOLED) == 2
    blocks = {facts.block: facts for facts in POOLED.blocks(oakland)}
    assert len(blocks) == 10
    assert {
        block: facts.rate_center for block, facts in blocks.items() if facts.rate_center != "OAKLAND"
    } == {3: "FREMONT"}
    assert [blocks[block].company for block in (2, 3, 4, 5)] == ["Bell", "Cell", "Voice", "Bell"]
    assert [facts.block for facts in POOLED.blocks(415_556)] == [0]
    assert TABLE.blocks(415_555) == ()


def test_of_a_pooled_exchange_the_whole_has_what_its_blocks_have_in_common() -> None:
    assert POOLED.get(415_555) == ExchangeFacts(Exchange("415555"), "US-CA")
    assert POOLED.get(Exchange("415556")) == ExchangeFacts(
        Exchange("415556"), "US-CA", "FREMONT", ocn="2", company="Cell"
    )
    assert (POOLED.state_of(415_555), POOLED.get(415_557)) == ("US-CA", None)


def test_a_number_is_where_its_block_is() -> None:
    assert [POOLED.get(TelephoneNumber(f"415555{line}")) for line in ("2999", "3000", "3999")] == [
        POOLED.blocks(415_555)[2],
        POOLED.blocks(415_555)[3],
        POOLED.blocks(415_555)[3],
    ]
    assert POOLED.get(TelephoneNumber("4155561000")) is None
    assert TABLE.get(TelephoneNumber("4155550132")) == TABLE.get(415_555)
    assert TABLE.get(TelephoneNumber("4155570132")) is None


def test_a_rate_center_has_only_its_blocks_of_a_pooled_exchange() -> None:
    fremont = POOLED.in_rate_center("Fremont", "US-CA")
    assert [str(part) for part in fremont.ranges()] == [
        "+14155553000..+14155553999",
        "+14155560000..+14155560999",
    ]
    inventory = Inventory([NumberRange("4155552900", "4155554099")], exchanges=POOLED)
    found = inventory.search(SearchQuery(rate_center="Fremont, CA", quantity=100, consecutive=True))
    assert found.available == 1000
    assert (str(found.options[0]), len(found.options)) == ("+14155553000..+14155553099", 10)
    rest = inventory.search(SearchQuery(rate_center="Oakland", quantity=100, consecutive=True))
    assert [str(run) for run in rest.options] == [
        "+14155552900..+14155552999",
        "+14155554000..+14155554099",
    ]


def test_a_block_is_one_of_ten() -> None:
    for wrong in (10, -1, True, "3"):
        with pytest.raises(ValueError, match="is no thousands-block: they are the ints 0 to 9"):
            ExchangeFacts(Exchange("415555"), block=wrong)  # type: ignore[arg-type]


def test_facts_name_a_state_in_either_way_and_no_other() -> None:
    table = Exchanges([ExchangeFacts(Exchange("415321"), state="ca", rate_center="NOVATO")])
    inventory = Inventory([NumberRange("4153210100", "4153210109")], exchanges=table)
    assert inventory.search(SearchQuery(rate_center="Novato", state="CA")).available == 10
    with pytest.raises(ValueError, match="'California' is no state, territory or province"):
        ExchangeFacts(Exchange("415321"), state="California")


def test_a_table_is_made_of_facts() -> None:
    rows: Any = [{"NPA-NXX": "415-321"}]
    with pytest.raises(TypeError, match="made of ExchangeFacts, not of dict"):
        Exchanges(rows)


def test_two_tables_together_say_what_both_say_and_the_second_one_counts() -> None:
    codes = Exchanges.from_text(
        "NPA-NXX,State,RateCenter,OCN,Company\n415-555,CA,OAKLAND,1,Bell\n415-557,CA,OAKLAND,,\n"
    )
    cities = Exchanges.from_text("NPA-NXX,City,Lat,Lon\n415-555,Oakland,37.8,-122.2\n415-558,Alameda,,\n")
    blocks = Exchanges.from_text(
        "NPA-NXX-X,RateCenter,OCN\n415-555-0,oakland,2\n415-555-1,FREMONT,2\n"
    ) | Exchanges.from_text("NPA-NXX-X,Company\n415-555-1,Cell\n")
    table = codes | cities | blocks
    assert len(table) == 3
    same, moved, rest = table.blocks(415_555)[:3]
    assert (same.city, same.coordinates, same.ocn, same.company) == ("Oakland", (37.8, -122.2), "2", None)
    assert (moved.rate_center, moved.city, moved.coordinates, moved.ocn, moved.company) == (
        "FREMONT",
        None,
        None,
        None,
        "Cell",
    )
    assert (rest.rate_center, rest.ocn) == ("OAKLAND", "1")
    assert (len(codes), len(cities), codes.blocks(415_555)) == (2, 2, ())
    with pytest.raises(TypeError):
        codes | "cities"  # type: ignore[operator]


@given(st.data())
def test_a_place_is_the_numbers_that_are_said_to_be_there(data: st.DataObject) -> None:
    named = st.sampled_from([None, "A", "B"])
    made: dict[tuple[int, int | None], ExchangeFacts] = {}
    for code in (415_555, 415_556, 628_555):
        for block in data.draw(st.sets(st.sampled_from([None, 0, 1, 9]))):
            facts = ExchangeFacts(Exchange(code), "US-CA", data.draw(named), data.draw(named), block=block)
            made[code, block] = facts
    table = Exchanges(made.values())
    for code in (415_555, 415_556, 628_555):
        for block in range(10):
            number = TelephoneNumber(code * 10_000 + block * 1000 + data.draw(st.integers(0, 999)))
            said = [made[key] for key in ((code, None), (code, block)) if key in made]
            at = table.get(number)
            centers = [facts.rate_center for facts in said if facts.rate_center]
            assert (at is not None) == bool(said)
            if at is not None:
                assert at.rate_center == (centers[-1] if centers else None)
                for name in ("A", "B"):
                    for place, where in ((at.rate_center, table.in_rate_center), (at.city, table.in_city)):
                        try:
                            assert (number in where(name, None)) == (place == name)
                        except InvalidQuery:
                            assert place != name


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
        (
            SearchQuery(rate_center="Oakland, NY", npa="415"),
            "'Oakland, NY' has no exchange in the other places",
        ),
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
    table = Exchanges.from_text(
        "NPA-NXX,State,RateCenter\n415-556,CA,OAKLAND\n510-556,CA,Oakland\n301-334,MD,OAKLAND\n"
    )
    oakland = table.get(415_556)
    assert oakland is not None
    assert [*table.rate_center_of(oakland)] == [415_556, 510_556]
    assert table.rate_center_of(ExchangeFacts(Exchange("415558"), "US-CA")) == {}


CELLS = st.sampled_from(
    [
        "415-555",
        "415-555-1",
        "415555",
        "CA",
        "Calif.",
        "AS",
        "UA",
        "A",
        "0",
        "9",
        "x",
        '"',
        '""',
        "37.5",
        "nan",
        " ",
    ]
) | st.text(max_size=5)


@given(
    st.lists(
        st.sampled_from(
            ["NPA-NXX", "NPA", "NXX", "X", "State", "RateCenter", "City", "Lat", "Lon", "Use", "z"]
        )
    ),
    st.lists(st.lists(CELLS, max_size=8), max_size=6),
    st.sampled_from("\t,;|"),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_whatever_a_table_holds_it_is_read_or_refused_with_lines_that_it_has(
    names: list[str], rows: list[list[str]], mark: str, end: str
) -> None:
    text = end.join(mark.join(cells) for cells in [names, *rows])
    lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    faults: tuple[tuple[int | None, str], ...] = ()
    try:
        assert len(Exchanges.from_text(text)) <= lines
    except InvalidExchangeTable as refused:
        faults = refused.faults
    assert all(line is not None and 1 <= line <= lines for line, _ in faults)


def test_a_cell_that_never_ends_is_a_fault_of_its_line() -> None:
    endless = "9" * 200_000
    with pytest.raises(
        InvalidExchangeTable, match="line 2: the table cannot be read from here on: field larger"
    ):
        Exchanges.from_text(f"NPA-NXX,City\n415-555,{endless}\n")
    with pytest.raises(InvalidExchangeTable, match="line 1: no column NPA-NXX"):
        Exchanges.from_text(f"{endless},City\n415-555,Oakland\n")
