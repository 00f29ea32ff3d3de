"""A query is checked in full when it is made, and nothing in it is ever ignored."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest

from pstnkit.errors import CallerError
from pstnkit.inventory.query import InvalidQuery, SearchQuery, UnknownFilter
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.ranges import NumberRange
from pstnkit.numbering.telephone import TelephoneNumber

NUMBER = TelephoneNumber("4155550100")
RANGE = NumberRange("4155550100", "4155550109")


def test_fields_are_kept_in_one_form() -> None:
    query = SearchQuery(
        state=" ca ",
        country="us",
        npa=415,
        nxx="555",
        city="  San   Francisco ",
        starts_with="(415) 5",
        contains="call",
        line_numbers=["2001", "5"],
    )
    assert (query.state, query.country, query.npa, query.nxx) == ("US-CA", "US", "415", "555")
    assert (query.city, query.starts_with, query.contains) == ("San Francisco", "4155", "2255")
    assert query.line_numbers == ("2001", "5")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("CA", "US-CA"),
        ("US-CA", "US-CA"),
        ("ON", "CA-ON"),
        ("ca-on", "CA-ON"),
        ("PR", "US-PR"),
        ("DC", "US-DC"),
    ],
)
def test_a_state_is_written_in_two_letters_or_in_full(written: str, kept: str) -> None:
    assert SearchQuery(state=written).state == kept


def test_the_country_ca_is_canada_and_the_state_ca_is_california() -> None:
    assert SearchQuery(country="CA", state="ON").state == "CA-ON"
    with pytest.raises(InvalidQuery, match="country: 'CA' contradicts the state US-CA"):
        SearchQuery(country="CA", state="CA")


@pytest.mark.parametrize("country", ["US", "PR"])
def test_a_territory_lies_in_the_united_states_and_is_a_country(country: str) -> None:
    assert SearchQuery(state="PR", country=country).country == country


@pytest.mark.parametrize(
    ("chosen", "field", "message"),
    [
        ({"state": "California"}, "state", "'California' is no state, territory or province"),
        ({"state": "US-ON"}, "state", "'US-ON' is no state"),
        ({"state": 5}, "state", "a text is wanted, not int (5)"),
        ({"country": "USA"}, "country", "'USA' is no country code of two letters"),
        ({"npa": "41"}, "npa", "'41' is not three digits"),
        ({"npa": "٤١٥"}, "npa", "is not three digits"),
        ({"npa": True}, "npa", "a text is wanted, not bool (True)"),
        ({"npa": "115"}, "npa", "'115' fits no number: an area code begins with 2 to 9"),
        ({"npa": "911"}, "npa", "'911' fits no number: 911 is never an area code"),
        ({"nxx": "415555"}, "nxx", "'415555' is not three digits; the area code goes into npa"),
        ({"nxx": "055"}, "nxx", "'055' fits no number: an exchange begins with 2 to 9"),
        ({"npa": "415", "nxx": "911"}, "nxx", "'911' fits no number: 415-911 is never an exchange"),
        ({"city": " "}, "city", "the name is empty"),
        ({"rate_center": 7}, "rate_center", "a text is wanted"),
        ({"quantity": 0}, "quantity", "0 is not a count of numbers"),
        ({"quantity": "5"}, "quantity", "'5' is not a count of numbers"),
        ({"quantity": True}, "quantity", "True is not a count of numbers"),
        ({"quantity": 2.0}, "quantity", "2.0 is not a count of numbers"),
        ({"quantity": 10_001, "consecutive": True}, "quantity", "no run has 10,001 numbers"),
        ({"quantity": 10_001, "block": True}, "quantity", "no run has 10,001 numbers"),
        ({"consecutive": "yes"}, "consecutive", "True or False is wanted, not 'yes'"),
        ({"block": 1}, "block", "True or False is wanted, not 1"),
        ({"starts_with": ""}, "starts_with", "there is nothing to look for"),
        ({"starts_with": "0"}, "starts_with", "'0' fits no number"),
        ({"starts_with": "411"}, "starts_with", "411 is never an area code"),
        ({"contains": "5*5"}, "contains", "'*' is no digit, letter of a phone pad or '?'"),
        ({"contains": "+1415"}, "contains", "'+' is no digit"),
        ({"contains": "x" * 11}, "contains", "a number has 10 digits, the pattern 11"),
        ({"ends_with": 100}, "ends_with", "a text is wanted, not int (100)"),
        (
            {"npa": "415", "starts_with": "212"},
            "starts_with",
            "'212' contradicts what other fields fix: 415???????",
        ),
        ({"nxx": "555", "starts_with": "415556"}, "starts_with", "contradicts what other fields fix"),
        ({"starts_with": "4155550", "ends_with": "1000"}, "ends_with", "contradicts what other fields fix"),
        ({"starts_with": "415555010", "contains": "9999"}, "contains", "contradicts what other fields fix"),
        (
            {"ends_with": "00", "line_numbers": ["2001", "5"]},
            "line_numbers",
            "all contradict what other fields fix",
        ),
        ({"starts_with": "?11"}, "starts_with", "'?11' fits no number: ?11 is never an area code"),
        ({"npa": "415", "starts_with": "????11"}, "starts_with", "415-?11 is never an exchange"),
        (
            {"contains": "0000000"},
            "contains",
            "'0000000' fits no number: area codes and exchanges begin with",
        ),
        ({"contains": "ß"}, "contains", "'ß' is no digit, letter of a phone pad or '?'"),
        (
            {"contains": "9999", "line_numbers": ["2001", "201"], "starts_with": "415555"},
            "contains",
            "'9999' contradicts what other fields fix: 415555????, and line_numbers",
        ),
        (
            {"ends_with": "7", "quantity": 2, "consecutive": True},
            "consecutive",
            "the patterns let no 2 consecutive numbers exist, whatever is free: 1 at most",
        ),
        (
            {"starts_with": "4155550", "contains": "71", "quantity": 200, "consecutive": True},
            "consecutive",
            "exist, whatever is free: 10 at most",
        ),
        (
            {"line_numbers": ["0009", "0010", "0011", "0012"], "quantity": 4, "block": True},
            "block",
            "the patterns let no block of 4 exist, whatever is free",
        ),
        ({"line_numbers": "2001"}, "line_numbers", "a list of texts is wanted"),
        ({"line_numbers": 2001}, "line_numbers", "a list of texts is wanted"),
        ({"line_numbers": [2001]}, "line_numbers", "2001 is not a text of one to four digits"),
        ({"line_numbers": ["20011"]}, "line_numbers", "'20011' is not a text of one to four digits"),
        ({"line_numbers": []}, "line_numbers", "the list is empty"),
        ({"line_numbers": ["1", "1"]}, "line_numbers", "'1' stands there twice"),
        ({"exclude": ["4155550100"]}, "exclude", "numbers or ranges are wanted"),
        ({"exclude": "4155550100"}, "exclude", "numbers or ranges are wanted"),
        ({"limit": 0}, "limit", "0 is not a count of options"),
        ({"after": 12}, "after", "a text is wanted"),
    ],
)
def test_a_malformed_or_contradictory_field_is_named(
    chosen: dict[str, Any], field: str, message: str
) -> None:
    with pytest.raises(InvalidQuery) as caught:
        SearchQuery(**chosen)
    assert caught.value.field == field
    assert str(caught.value).startswith(f"{field}: ")
    assert message in caught.value.problem
    assert isinstance(caught.value, CallerError)


def test_an_unknown_filter_is_a_value_error_and_a_type_error() -> None:
    with pytest.raises(
        UnknownFilter, match="quantty: is no filter of a search; did you mean quantity"
    ) as caught:
        SearchQuery(quantty=5)  # type: ignore[arg-type]
    assert isinstance(caught.value, ValueError)
    assert isinstance(caught.value, TypeError)
    with pytest.raises(UnknownFilter, match="there are state, country, npa"):
        SearchQuery(zzz=5)  # type: ignore[arg-type]


def test_errors_survive_pickle_and_copy() -> None:
    with pytest.raises(InvalidQuery) as caught:
        SearchQuery(quantity=0)
    for twin in (pickle.loads(pickle.dumps(caught.value)), copy.copy(caught.value)):
        assert (twin.field, twin.problem, str(twin)) == ("quantity", caught.value.problem, str(caught.value))


@pytest.mark.parametrize("excluded", [[NUMBER], [RANGE], [NUMBER, RANGE], NumberSet([RANGE]), RANGE, NUMBER])
def test_what_is_excluded_is_given_as_numbers_ranges_or_a_set(excluded: Any) -> None:
    exclude = SearchQuery(exclude=excluded).exclude
    assert exclude is not None
    assert exclude[0].first == NUMBER


def test_a_query_keeps_its_own_copy_of_what_is_excluded() -> None:
    excluded = NumberSet([RANGE])
    query = SearchQuery(exclude=excluded)
    excluded.clear()
    assert query.exclude == (RANGE,)


def test_excluding_nothing_is_no_filter() -> None:
    assert SearchQuery(exclude=[]) == SearchQuery()


QUERIES = [
    SearchQuery(),
    SearchQuery(state="CA"),
    SearchQuery(npa="415", nxx="555", quantity=20, consecutive=True),
    SearchQuery(quantity=20, block=True, limit=3, after="1-2"),
    SearchQuery(starts_with="4", contains="5?5", ends_with="00", line_numbers=["00"]),
    SearchQuery(exclude=[RANGE]),
]


@pytest.mark.parametrize("query", QUERIES)
def test_repr_evaluates_back_and_copies_are_equal(query: SearchQuery) -> None:
    assert eval(repr(query)) == query
    assert copy.copy(query) == query
    assert copy.deepcopy(query) == query
    assert pickle.loads(pickle.dumps(query)) == query
    assert hash(pickle.loads(pickle.dumps(query))) == hash(query)


def test_different_queries_differ_and_no_stranger_is_equal() -> None:
    assert len({*QUERIES}) == len(QUERIES)
    assert SearchQuery() != {}
    assert SearchQuery(exclude=[RANGE]) != SearchQuery(exclude=[NUMBER])


def test_replace_changes_fields_and_none_takes_one_away() -> None:
    query = SearchQuery(npa="415", nxx="555", exclude=[RANGE])
    changed = query.replace(nxx=None, quantity=2)
    assert changed == SearchQuery(npa="415", quantity=2, exclude=[RANGE])
    assert query.nxx == "555"
    assert query.replace(exclude=None) == SearchQuery(npa="415", nxx="555")
    with pytest.raises(InvalidQuery, match="starts_with"):
        query.replace(starts_with="212")


def test_a_query_cannot_be_changed() -> None:
    query = SearchQuery()
    with pytest.raises(AttributeError, match="immutable; see replace"):
        query.npa = "415"
    with pytest.raises(AttributeError, match="immutable"):
        del query.npa
