"""Which columns are read, why, and what happens to the others."""

from __future__ import annotations

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pstnkit.errors import CallerError
from pstnkit.numbering.paste import PasteReport, ReadColumn, UnknownColumn, WhyRead, read_numbers
from pstnkit.numbering.paste.columns import letter_of
from pstnkit.numbering.paste.spelling import read_cell
from pstnkit.numbering.reasons import Reason

OFFICE = """\
Name,Phone,Fax,Since,Amount,Zip,Account,Notes
Jane,415-321-0100,(628) 321-0100,2012-01-02,"$1,234.50",94105-1234,4153210199,"call 415-321-0777, at noon"
Joe,415-321-01,n/a,06/21/84,12.50,94105,6283210111,

Ann,4153210101,,,,,,
"""


def read(report: PasteReport) -> list[tuple[int, str]]:
    return [(column.index, column.why.value) for column in report.columns]


def places(report: PasteReport) -> list[tuple[int, int]]:
    return [(entry.row, entry.column) for entry in report]


def test_headings_name_the_columns_of_phone_and_fax() -> None:
    report = read_numbers(OFFICE)
    assert read(report) == [(2, "heading"), (3, "heading")]
    assert places(report) == [(2, 2), (2, 3), (3, 2), (3, 3), (5, 2)]


def test_what_looks_like_a_number_elsewhere_is_listed_as_unread() -> None:
    unread = read_numbers(OFFICE).unread
    assert [(cell.row, cell.column, cell.value) for cell in unread] == [
        (2, 7, "4153210199"),
        (2, 8, "call 415-321-0777, at noon"),
        (3, 7, "6283210111"),
    ]
    assert all(OFFICE[cell.start : cell.end] == cell.text for cell in unread)
    assert repr(unread[0]) == "<UnreadCell row 2 column 7 '4153210199'>"


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("Jane,415-321-0100\nJoe,415-321-0101", [(2, "content")]),
        ("1,4153210100,94105\n2,4153210101,94105", [(2, "content")]),
        ("Jane;415-321-0100;2,50\nJoe;415-321-0101;3,50", [(2, "content")]),
        ("Jane|415-321-0100\nJoe|415-321-0101", [(2, "content")]),
        ("415-321-0100\t628-321-0100\n415-321-0101\tn/a", [(1, "content"), (2, "content")]),
        ("Jane,n/a,x\nJoe,n/a,y\nAnn,415-321-0100,z\nBob,n/a,w", [(2, "most")]),
        ("Jane,n/a,x\nJoe,n/a,y\nAnn,4.15E+09,z\nBob,415-321-0100,w", [(2, "most")]),
        ("Name,Account\nJane,4153210100", []),
        ("Name,Phone type\nJane,4153210100", []),
        ("Name,Contact number\nJane,4153210100", [(2, "heading")]),
        ("Number,Phone\n1,4153210100\n2,4153210101", [(2, "heading")]),
        ("House number,Street,Phone\n12,Oak,4153210100", [(3, "heading")]),
        ("Customer number,Phone\n6283210100,4153210100", [(2, "heading")]),
        ("Customer number,Account number\n6283210100,4153210100", [(1, "content")]),
        ("Customer number,City\n10001234,Oakland", []),
        ("Name,Number\nJane,321-0100\nJoe,321-0101", [(2, "heading")]),
        ("Main number\tFax number\n4153210100\tn/a", [(1, "heading"), (2, "heading")]),
        ("Start,End\n4153210100,4153210199", [(1, "content"), (2, "content")]),
        ("Name,Phone,Notes\nJane,4153210100,x12\nJoe,4153210101,x415-321-0102", [(2, "heading")]),
        ("Jane,415-321-0100,ext 12 is Bob\nJoe,415-321-0101,", [(2, "content")]),
        ("Name,E.164\nJane,+14153210100", [(2, "heading")]),
        ("DID\tExt\n4153210100\t1234567", [(1, "heading")]),
        ("Name\tPlace\nJane\tBerlin", []),
        ("Acme Inc.,,\n\nName,Phone,\nJane,415-321-0100,", [(2, "heading")]),
        ("Name,Principal\nJane,415-321-0100", [(2, "content")]),
        ("Jane,see below\nJoe,call (415) 321-0100 before nine in the morning", []),
        ("4153210100,12\n4153210101,13", [(1, "content")]),
        ("Name,Phone\nJane,4.15E+09\nJoe,", [(2, "heading")]),
        ("Name,Principal\nJane,4.15E+09\nJoe,4.15E+09", []),
        ("Jane Doe,415-321-0100,jane@example.com", [(2, "content")]),
    ],
)
def test_columns_are_chosen_by_heading_or_else_by_content(text: str, columns: list[tuple[int, str]]) -> None:
    found = [column for column in read(read_numbers(text)) if column[1] != "only_column"]
    assert found == columns


def test_a_table_without_a_number_column_lists_its_numbers_as_unread() -> None:
    report = read_numbers("Name,Account\nJane,4153210100\nJoe,1-800-FLOWERS")
    assert not report
    assert [cell.text for cell in report.unread] == ["4153210100", "1-800-FLOWERS"]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Phone numbers\n415-321-0100\nhello\n\n415-321-0101", [2, 3, 5]),
        ("hello\n415-321-0100", [1, 2]),
        ("Phone\n", []),
        ("Phone 1-800-FLOWERS\n415-321-0100", [1, 2]),
        ("Number 1234567\n415-321-0100", [1, 2]),
        ("\n \n\u200b\n415-321-0100\n", [4]),
        ("4,155,550,123\n4,155,550,124", [1, 2]),
        ("tel:+1-415-321-0132;ext=12\ntel:+1-415-321-0133;ext=13", [1, 2]),
        ("415-321-0100, x12\n415-321-0101, ext 13", [1, 2]),
        ("415-321-0100, x12\n415-321-0101, 415-321-0102", [1, 2, 2]),
        ("(415) 321-0100 (main); ext 12\n(415) 321-0101; ext 13\nn/a; n/a", [1, 2, 3]),
        ("Numbers to port\n415-321-0100", [2]),
        ("DN\n415-321-0100", [2]),
        ("hello, world", [1]),
        ("phone " * 20, [1]),
        ("", []),
    ],
)
def test_in_a_list_every_line_after_a_heading_is_an_entry(text: str, rows: list[int]) -> None:
    report = read_numbers(text)
    assert read(report) == [(1, "only_column")]
    assert [entry.row for entry in report] == rows


@pytest.mark.parametrize("asked", ["Fax", "fax ", "C", "c", 3, ["Fax"], (3, "C")])
def test_columns_can_be_asked_for_by_heading_letter_or_index(asked: str | int | list[str | int]) -> None:
    report = read_numbers(OFFICE, columns=asked)
    assert report.columns == (ReadColumn(3, "Fax", WhyRead.ASKED_FOR),)
    assert places(report) == [(2, 3), (3, 3)]
    assert {(cell.row, cell.column) for cell in report.unread} > {(2, 2), (5, 2)}


def test_several_columns_are_read_in_their_order() -> None:
    assert read(read_numbers(OFFICE, columns=["Account", 2])) == [(2, "asked_for"), (7, "asked_for")]


def test_a_heading_that_stands_twice_means_both_columns() -> None:
    report = read_numbers("Who,Line,Line\nJane,415-321-0100,415-321-0101", columns="line")
    assert places(report) == [(2, 2), (2, 3)]


def test_a_column_of_a_list_or_a_table_without_headings_can_be_asked_for() -> None:
    assert places(read_numbers("415-321-0100", columns=1)) == [(1, 1)]
    assert places(read_numbers(["415-321-0100"], columns="A")) == [(1, 1)]
    assert read_numbers("Jane,415-321-0100", columns=2).columns[0].name is None


def test_a_column_that_is_not_there_is_an_error_that_names_those_that_are() -> None:
    with pytest.raises(
        UnknownColumn, match=r"no column 'Mobile'; there are A \('Who'\), B \('Phone'\), C"
    ) as caught:
        read_numbers("Who,Phone\nJane,415-321-0100,x", columns="Mobile")
    assert isinstance(caught.value, CallerError)
    assert caught.value.column == "Mobile"
    again = pickle.loads(pickle.dumps(caught.value))
    assert (str(again), again.known) == (str(caught.value), caught.value.known)
    for wrong in (0, 9, "ZZ", "Phone 7"):
        with pytest.raises(UnknownColumn):
            read_numbers(OFFICE, columns=wrong)
    with pytest.raises(UnknownColumn, match="there are none"):
        read_numbers([], columns=1)


def test_headings_of_a_range_are_no_entries() -> None:
    assert places(read_numbers("From,Through\n4153210100,4153210199")) == [(2, 1), (2, 2)]


def test_a_number_behind_a_date_and_one_that_lost_its_digits_are_listed_as_unread() -> None:
    notes = ["2012-01-02 415-321-0100", "1.41532E+10", "2012-01-02", "2012-01-02 10:30"]
    table = "".join(f"415-321-02{row:02},{note}\n" for row, note in enumerate(notes))
    assert [cell.value for cell in read_numbers(f"Phone,Notes\n{table}").unread] == notes[:2]


@pytest.mark.parametrize("wrong", [True, 1.5, [None], {1.5}, b"A"])
def test_a_column_is_named_by_nothing_else(wrong: object) -> None:
    with pytest.raises(TypeError, match="named by heading, letter or index"):
        read_numbers(OFFICE, columns=wrong)  # type: ignore[arg-type]


def test_a_read_column_is_a_value_that_explains_itself() -> None:
    (column,) = read_numbers("a,415-321-0100\nb,x").columns
    assert str(column) == "column B: 50 % of its cells are telephone numbers"
    assert column == ReadColumn(2, None, WhyRead.CONTENT) == copy.copy(column)
    assert hash(column) == hash(ReadColumn(2, None, WhyRead.CONTENT))
    assert column != "B"
    assert repr(column) == "ReadColumn(2, None, <WhyRead.CONTENT: 'content'>)"
    assert column.explanation == "50 % of its cells are telephone numbers"


def test_letters_go_on_after_z() -> None:
    assert [letter_of(index) for index in (1, 26, 27, 52, 702, 703)] == ["A", "Z", "AA", "AZ", "ZZ", "AAA"]


_WORDS = [
    "GOFEDEXNOW",
    "flowers",
    "x",
    "ext",
    "+",
    "E+",
    "=",
    '"',
    "tel:",
    ";",
    "(",
    ")",
    "-",
    " ",
    "/",
    "N/A",
    ".",
    "\u00e9",
]


@given(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=6).map("".join))
def test_a_cell_without_a_digit_or_a_number_sign_holds_no_number_whatever_else_it_holds(cell: str) -> None:
    for one in read_cell(cell):
        assert one.first == 0
        assert one.reason not in (Reason.DIGITS_LOST, Reason.FOREIGN)


def test_a_column_that_was_read_is_an_immutable_value() -> None:
    (column,) = read_numbers("Name,Phone\nJane,415-321-0100").columns
    assert pickle.loads(pickle.dumps(column)) == column == copy.copy(column)
    assert pickle.loads(pickle.dumps(column)).share == column.share
    assert not column.is_called(2.0)
    with pytest.raises(AttributeError, match="a ReadColumn is immutable"):
        column.index = 3
