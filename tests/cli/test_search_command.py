"""``pstnkit search``: every filter of a query is an option, and nothing is dropped without a word."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command_line import Ran, run
from pstnkit import Inventory, NumberRange, SearchQuery
from pstnkit.cli.arguments import parse
from pstnkit.inventory.query import FIELDS
from workbooks import workbook

OFFER = "415-201-2095 - 2230\n415-201-9990 - 9999\n628-201-0000 - 0049\n212-736-1000 - 1009\n"
RANGES = [
    NumberRange("4152012095", "4152012230"),
    NumberRange("4152019990", "4152019999"),
    NumberRange("6282010000", "6282010049"),
    NumberRange("2127361000", "2127361009"),
]
EXCHANGES = (
    "NPA-NXX,State,RateCenter,City\n415-201,CA,SNFC CNTRL,San Francisco\n212-736,NY,NWYRCYZN01,New York\n"
)


def search(*arguments: str, offer: str = OFFER) -> Ran:
    return run("search", "--inventory", "-", *arguments, stdin=offer.encode())


def test_a_search_is_shown_as_the_library_shows_it() -> None:
    wanted = Inventory(RANGES).search(SearchQuery(state="CA", quantity=40, consecutive=True))
    assert search("--state", "CA", "--quantity", "40", "--consecutive") == (0, f"{wanted.to_text()}\n", "")


def test_an_unsatisfied_search_offers_alternatives_and_has_status_1() -> None:
    ran = search("--npa", "212", "--quantity", "20", "--consecutive")
    assert (ran.status, ran.err) == (1, "")
    assert "\nInstead:\n" in ran.out
    assert search("--npa", "415", "--quantity", "500").status == 1


def test_json_has_the_ends_of_each_option_and_of_each_range() -> None:
    ran = search("--npa", "415", "--quantity", "50", "--block", "--json")
    assert ran.status == 0
    assert json.loads(ran.out) == {
        "options": [["+14152012100", "+14152012149"], ["+14152012150", "+14152012199"]],
        "available": 146,
        "satisfied": True,
        "alternatives": [],
    }
    unsatisfied = json.loads(search("--npa", "212", "--quantity", "12", "--json").out)
    assert (unsatisfied["satisfied"], unsatisfied["available"]) == (False, 10)
    assert [set(offered) for offered in unsatisfied["alternatives"]] == [
        {"kind", "ranges", "explanation"} for _ in unsatisfied["alternatives"]
    ]
    assert unsatisfied["alternatives"][-1]["kind"] == "advanced_order"


def test_every_filter_of_a_query_is_an_option() -> None:
    arguments = parse(["search", "--inventory", "-"])
    assert set(FIELDS) <= set(vars(arguments))


@pytest.mark.parametrize(
    ("arguments", "query"),
    [
        ("--country US --npa 415", SearchQuery(country="US", npa="415")),
        (
            "--npa 415 --nxx 201 --starts-with 415201?1",
            SearchQuery(npa="415", nxx="201", starts_with="415201?1"),
        ),
        ("--contains 0121 --ends-with 00", SearchQuery(contains="0121", ends_with="00")),
        ("--line-numbers 2100,9999,0001", SearchQuery(line_numbers=["2100", "9999", "0001"])),
        ("--quantity 3 --consecutive --limit 7", SearchQuery(quantity=3, consecutive=True, limit=7)),
        (
            "--exclude 415-201-2095-2229 --npa 415",
            SearchQuery(npa="415", exclude=[NumberRange("4152012095", "4152012229")]),
        ),
    ],
)
def test_an_option_means_what_the_filter_means(arguments: str, query: SearchQuery) -> None:
    found = Inventory(RANGES).search(query)
    got = json.loads(search(*arguments.split(), "--json").out)
    assert got["options"] == [[str(option.first), str(option.last)] for option in found.options]
    assert got["available"] == found.available > 0


def test_several_numbers_can_be_excluded_in_one_option_or_in_several() -> None:
    assert "available" in search("--npa", "212", "--exclude", "212-736-1000 - 1003, 2127361009").out
    one = json.loads(search("--npa", "212", "--exclude", "212-736-1000 - 1003, 2127361009", "--json").out)
    two = json.loads(
        search("--npa", "212", "--exclude", "212-736-1000 - 1003", "--exclude", "2127361009", "--json").out
    )
    assert one["available"] == two["available"] == 5


def test_the_next_page_is_named_and_begins_behind_this_one() -> None:
    first = search("--npa", "415", "--quantity", "50", "--consecutive", "--limit", "1")
    assert "+14152012095..+14152012144" in first.out
    [option, cursor] = first.out.splitlines()[-1].removeprefix("Next page: ").split()
    second = search("--npa", "415", "--quantity", "50", "--consecutive", "--limit", "1", option, cursor)
    assert "+14152012145..+14152012194" in second.out
    assert "Next page" not in second.out


def test_places_come_from_a_table_of_exchanges(tmp_path: Path) -> None:
    table = tmp_path / "exchanges.csv"
    table.write_text(EXCHANGES, encoding="utf-8")
    found = search("--exchanges", str(table), "--rate-center", "snfc cntrl", "--limit", "1")
    assert (found.status, found.out.splitlines()[0]) == (0, "1 number listed; 146 numbers available")
    city = search("--exchanges", str(table), "--city", "New York", "--state", "NY", "--limit", "1")
    assert (city.status, city.out.splitlines()[0]) == (0, "1 number listed; 10 numbers available")


def test_tables_of_exchanges_and_of_their_blocks_are_put_together(tmp_path: Path) -> None:
    codes, blocks = tmp_path / "codes.csv", tmp_path / "blocks.csv"
    codes.write_text("NPA-NXX,State,RateCenter\n415-201,CA,SNFC CNTRL\n", encoding="utf-8")
    blocks.write_text("NPA-NXX,X,RateCenter\n415-201,2,OAKLAND\n", encoding="utf-8")
    options = ("--exchanges", str(codes), "--exchanges", str(blocks), "--rate-center", "Oakland, CA")
    assert search(*options, "--limit", "1").out.splitlines()[0] == "1 number listed; 136 numbers available"


def test_a_table_of_exchanges_that_cannot_be_read_is_one_clear_line(tmp_path: Path) -> None:
    table = tmp_path / "exchanges.csv"
    table.write_text("NPA-NXX,State\n415-201,ZZ\n115-201,CA\n", encoding="utf-8")
    ran = search("--exchanges", str(table))
    assert ran.status == 2
    assert "line 2: 'ZZ'" in ran.complaint
    assert "line 3: " in ran.complaint
    assert "cannot be opened" in search("--exchanges", str(tmp_path / "missing")).complaint
    assert search("--exchanges", "-").complaint.endswith(
        "--exchanges: standard input is the inventory already, or another table"
    )


def test_a_workbook_of_exchanges_is_to_be_saved_as_csv(tmp_path: Path) -> None:
    table = tmp_path / "exchanges.xlsx"
    table.write_bytes(workbook("NPA-NXX", "415-201"))
    ran = search("--exchanges", str(table))
    assert ran.status == 2
    assert ran.complaint.endswith("exchanges.xlsx' is a workbook; save the table as CSV")


def test_what_is_no_number_in_the_inventory_is_left_out_and_counted() -> None:
    ran = search("--limit", "1", offer=f"{OFFER}415-201-26\n415-201-27\n+44 20 7946 0018\n")
    assert (ran.status, ran.out.splitlines()[0]) == (0, "1 number listed; 206 numbers available")
    assert ran.err == (
        "pstnkit search: of the inventory, 3 of 7 entries are not valid (too_short 2, foreign 1), "
        "and left out; see pstnkit check\n"
    )


@pytest.mark.parametrize(("second", "said"), [("4152012673", "2 cells were"), ("none", "1 cell was")])
def test_what_was_not_read_in_the_inventory_is_counted(second: str, said: str) -> None:
    offer = f"Phone,Account number\n415-201-2671,4152012672\n212-736-5000,{second}\n"
    ran = search("--json", offer=offer)
    assert (ran.status, json.loads(ran.out)["available"]) == (0, 2)
    assert ran.err == (
        f"pstnkit search: of the inventory, {said} not read though like a number, and left out; see pstnkit check\n"
    )


def test_an_inventory_may_offer_numbers_of_every_kind_and_list_them_twice() -> None:
    offer = "415-555-0100 - 0149\n800-356-9377\n900-201-2671\n500-201-2671\n415-555-0120\n"
    ran = search("--json", offer=offer)
    assert (ran.err, json.loads(ran.out)["available"]) == ("", 53)


def test_a_fault_is_the_only_line_even_where_the_inventory_has_faults_too() -> None:
    ran = search("--quantity", "60", "--block", offer=f"{OFFER}415-201-26\n")
    assert ran.complaint == "pstnkit search: --quantity: blocks come in sizes of 10, 50, 100, not 60"


def test_the_columns_of_an_inventory_can_be_chosen() -> None:
    offer = "Main,Fax\n415-201-2671,415-201-2672\n415-201-2673,415-201-2674\n415-201-2675,\n"
    assert json.loads(search("--columns", "A", "--json", offer=offer).out)["available"] == 3
    assert json.loads(search("--columns", "A,Fax", "--json", offer=offer).out)["available"] == 5


def test_an_empty_inventory_satisfies_nobody() -> None:
    ran = search(offer="")
    assert (ran.status, ran.err) == (1, "")
    assert ran.out.startswith("no numbers listed, of 1 wanted; 0 numbers available")


def test_an_announced_area_code_can_be_searched_from_its_day_on() -> None:
    offer = "565-201-2000 - 2009\n"
    assert search("--npa", "565", "--on", "2028-01-01", offer=offer).status == 0
    assert "area_code_not_in_service 1" in search("--on", "2026-11-20", offer=offer).err


def test_notes_are_kept_apart_from_json() -> None:
    offer = "902-555-2000 - 2009\n"
    ran = search("--state", "PE", "--json", offer=offer)
    assert json.loads(ran.out)["available"] == 10
    assert ran.err == "pstnkit search: subdivision not certain: area code 902 serves CA-NS and CA-PE\n"
    assert "\nNote: subdivision not certain" in search("--state", "PE", offer=offer).out


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ("--npa 4x5", "--npa: '4x5' is not three digits"),
        ("--npa 415 --starts-with 212", "--starts-with: '212' contradicts what other fields fix: 415???????"),
        ("--quantity -5", "--quantity: -5 is not a count of numbers, from 1 on"),
        ("--quantity 60 --block", "--quantity: blocks come in sizes of 10, 50, 100, not 60"),
        ("--state CA --npa 212", "--npa: "),
        ("--rate-center Oakland", "--rate-center: 'Oakland' needs a table of exchanges"),
        ("--line-numbers 12345", "--line-numbers: '12345' is not a text of one to four digits"),
        ("--after somewhere", "--after: 'somewhere' is no cursor of this search"),
        ("--exclude 415-201-26", "--exclude: '415-201-26' has 8 digits; a telephone number has 10"),
        ("--exclude=", "--exclude: '' holds no number"),
    ],
)
def test_a_filter_that_cannot_be_meant_is_named_as_it_was_written(arguments: str, complaint: str) -> None:
    ran = search(*arguments.split())
    assert ran.status == 2
    assert ran.complaint.startswith(f"pstnkit search: {complaint}")


def test_an_inventory_that_cannot_be_opened_is_one_clear_line(tmp_path: Path) -> None:
    ran = run("search", "--inventory", str(tmp_path / "missing"))
    assert (ran.status, "cannot be opened" in ran.complaint) == (2, True)
