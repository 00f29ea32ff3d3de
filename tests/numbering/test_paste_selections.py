"""Reports on some of the entries, and on those of several reports."""

from __future__ import annotations

import pickle
import re
from typing import Any

import pytest

from pstnkit.errors import CallerError
from pstnkit.numbering.paste import PasteReport, Verdict, read_numbers
from pstnkit.numbering.reasons import Reason

OFFICE = """\
Name,Phone,Fax
Jane,415-321-0100,628-321-0100
Joe,321-0101,+44 20 7946 0958
Ann,415-321-0100,628-321-0110 - 0119
Bob,"415-321-0120; 415-321-0121",n/a
"""


@pytest.fixture
def report() -> PasteReport:
    return read_numbers(OFFICE)


def test_a_selection_is_a_report_on_what_meets_every_condition(report: PasteReport) -> None:
    fax = report.where(column=3, verdict="valid")
    assert [entry.text for entry in fax] == ["628-321-0100", "628-321-0110 - 0119"]
    assert len(fax.numbers) == 11
    assert fax.counts == {"valid": 2, "duplicate": 0, "invalid": 0}
    assert fax.columns == report.columns
    assert fax.to_csv().count("\r\n") == 3
    assert pickle.loads(pickle.dumps(fax)) == fax != report
    assert list(report.where()) == list(report)


def test_verdicts_and_reasons_are_named_by_member_or_text_one_or_several(report: PasteReport) -> None:
    for verdict in (Verdict.DUPLICATE, "duplicate", [Verdict.DUPLICATE], ("duplicate",)):
        assert [entry.row for entry in report.where(verdict=verdict)] == [4]
    wanted = report.where(reason=[Reason.TOO_SHORT, "foreign"])
    assert [entry.reason for entry in wanted] == [Reason.TOO_SHORT, Reason.FOREIGN]
    assert len(wanted.where(reason="foreign")) == 1
    assert len(report.where(reason="toll_free")) == 0


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        ({"verdict": "green"}, "'green' is no verdict; there are valid, duplicate, invalid"),
        ({"verdict": b"valid"}, "b'valid' is no verdict; there are valid, duplicate, invalid"),
        ({"reason": "bad"}, "'bad' is no reason; there are not_a_number, "),
        ({"reason": ["foreign", 3]}, "3 is no reason"),
        ({"column": "Mobile"}, "there is no column 'Mobile'; there are Phone, Fax"),
        ({"column": 1}, "there is no column 1; there are Phone, Fax"),
        ({"column": True}, "there is no column True"),
        ({"column": ["Fax", "Mobile"]}, "there is no column 'Mobile'; there are Phone, Fax"),
    ],
)
def test_a_condition_that_nothing_can_meet_is_an_error_that_names_what_there_is(
    report: PasteReport, condition: dict[str, Any], message: str
) -> None:
    with pytest.raises(CallerError, match=f"^{re.escape(message)}"):
        report.where(**condition)


def test_a_column_is_named_by_heading_letter_or_index(report: PasteReport) -> None:
    assert report.where(column="fax") == report.where(column="C") == report.where(column=3)
    assert len(read_numbers("415-321-0100").where(column="A")) == 1


def test_columns_are_named_one_or_several(report: PasteReport) -> None:
    assert report.where(column=["Phone", 3]) == report.where(column=("B", "C")) == report.where()
    assert report.where(column=["Fax"]) == report.where(column="Fax")
    assert len(report.where(column=[])) == len(report.where(verdict=[])) == 0


def test_parts_of_a_report_are_sequences_made_when_looked_at(report: PasteReport) -> None:
    valid = report.valid
    assert report.valid is valid
    assert len(valid) == 5
    assert valid[0] == report[0]
    assert valid[-1].text == "415-321-0121"
    assert valid[1:3] == tuple(report[index] for index in (1, 5))
    assert valid == tuple(valid) == tuple(report.where(verdict="valid"))
    assert valid != tuple(valid)[:-1]
    assert valid != 5
    assert repr(valid) == "<5 entries>"
    assert repr(report.duplicates) == "<1 entry>"
    assert report[0] in valid
    assert report[2] not in valid


def test_merged_reports_find_repetitions_across_each_other(report: PasteReport) -> None:
    more = read_numbers("628-321-0105 - 0114\n415-321-0121\n415-321-0199")
    both = report.merge(more)
    assert len(both) == len(report) + 3
    assert [entry.verdict.value for entry in both][-3:] == ["duplicate", "duplicate", "valid"]
    assert (
        both[-3].hint == "5 of its 10 numbers are listed before, +16283210110 in row 4 of source 1 (entry 6)"
    )
    assert both[-2].hint == "first listed in row 5 of source 1 (entry 8)"
    assert set(both.numbers) == {*report.numbers, *more.numbers}
    assert len(both.numbers) == len(set(both.numbers))
    assert both.columns == (*report.columns, *more.columns)
    assert [(entry.text, entry.row, entry.start) for entry in both] == [
        (entry.text, entry.row, entry.start) for entry in (*report, *more)
    ]
    assert pickle.loads(pickle.dumps(both)) == both


def test_what_is_merged_stands_on_its_own(report: PasteReport) -> None:
    both = report.where(verdict="duplicate").merge(report.where(column=2, reason="duplicate"), report)
    assert [entry.row for entry in both][:3] == [4, 4, 2]
    assert [entry.verdict.value for entry in both][:3] == ["valid", "duplicate", "duplicate"]
    assert [entry.hint for entry in both][1:3] == ["first listed in row 4 (entry 1)"] * 2
    second = report.where(column=2).merge(report)
    assert [entry.text for entry in second][3:5] == ["415-321-0120", "415-321-0121"]


def test_a_range_that_was_a_duplicate_is_one_only_beside_what_it_repeats() -> None:
    report = read_numbers("415-321-0105\n415-321-0100 - 0109\n800-321-0100 - 0101")
    alone = report.where(verdict="duplicate").merge()
    assert (alone.counts.valid, len(alone.numbers)) == (1, 10)
    assert (report.merge(report).counts.duplicate, len(report.merge(report).numbers)) == (4, 12)


def test_merging_lists_and_texts_keeps_what_each_knows_of_places() -> None:
    both = read_numbers(["415-321-0100", 4153210101.0]).merge(read_numbers("415-321-0102"))
    assert [entry.start for entry in both] == [None, None, 0]
    assert [entry.text for entry in both] == ["415-321-0100", "4153210101.0", "415-321-0102"]


def test_entries_of_one_cell_stay_apart_in_reports_merged_again_and_again() -> None:
    cells = ["415-321-0100; 415-321-0101", "415-321-0102", "n/a", "415-321-0103; 415-321-0104; 415-321-0105"]
    listed, text = read_numbers(cells), read_numbers("\n".join(cells).replace("415", "628"))
    both = listed.where(reason=None).merge(read_numbers(""), text.where(verdict="valid"))
    twice = text.merge(both.where(verdict="valid"), both)
    for report, parts in (
        (both, (listed, text.where(verdict="valid"))),
        (twice, (text, both.where(verdict="valid"), both)),
    ):
        expected = [entry for part in parts for entry in part]
        assert [(entry.text, entry.row, entry.column, entry.start) for entry in report] == [
            (entry.text, entry.row, entry.column, entry.start) for entry in expected
        ]
    assert len(twice.numbers) == 12
    assert [str(number) for number in twice.numbers[:6]] == [str(number) for number in text.numbers]
    assert twice.numbers[-1] in twice.numbers
    assert text.numbers[0] not in listed.numbers
    assert str(listed.numbers[0]) not in listed.numbers
    assert listed.numbers[0] in read_numbers("415-321-0099 - 0100").numbers


def test_unread_cells_of_all_are_listed_in_a_merged_report() -> None:
    left = read_numbers("Phone,Note\n415-321-0100,call 415-321-0177\n415-321-0101,")
    right = read_numbers("Phone,Account\n415-321-0102,4153210188\n415-321-0103,x")
    both = left.merge(right)
    assert [cell.value for cell in both.unread] == ["call 415-321-0177", "4153210188"]
    assert [(cell.value, cell.row, cell.start, cell.source) for cell in both.unread[1:]] == [
        (cell.value, cell.row, cell.start, 2) for cell in right.unread
    ]
    assert both.unread != left.unread
    assert repr(both.unread) == "<2 unread cells>"
    assert both.unread.__eq__(2) is NotImplemented
    assert both.unread == [both.unread[0], both.unread[-1]]
    assert left.merge(left).unread == [*left.unread, *left.unread]
    with pytest.raises(IndexError):
        both.unread[2]
    assert len(left.where(verdict="valid").unread) == 0


def test_sources_are_numbered_as_they_were_merged_however_often(report: PasteReport) -> None:
    more, third = read_numbers("415-321-0100\n415-321-0199"), read_numbers(["415-321-0199"])
    assert (report.sources, {entry.source for entry in report}) == (1, {None})
    both = more.merge(report.where(column="Fax"))
    assert (both.sources, [entry.source for entry in both]) == (2, [1, 1, 2, 2, 2, 2])
    all_three = third.merge(both, third)
    assert all_three.sources == 3
    assert [entry.source for entry in all_three] == [1, 2, 2, 3, 3, 3, 3, 1]
    assert [entry.hint for entry in all_three if entry.verdict is Verdict.DUPLICATE] == [
        "first listed in row 1 of source 1 (entry 1)",
        "first listed in row 1 (entry 1)",
    ]
    assert pickle.loads(pickle.dumps(list(all_three))) == list(all_three)
    assert both.where(verdict="valid").sources == 2
    assert third.merge().sources == third.merge(third).sources == 1


def test_views_of_merged_reports_name_the_source_of_each_entry(report: PasteReport) -> None:
    more = read_numbers("Phone,Account\n415-321-0100,4153210188\n415-321-0103,x")
    both = report.merge(more)
    assert both.to_text(color=False).split("\n")[0].split()[:4] == ["row", "source", "column", "entry"]
    assert "source  row  column  cell" in both.to_text(color=False)
    assert '<th scope="row">2</th><td>2</td><td>B</td>' not in both.to_html()
    assert '<th scope="row">2</th><td>2</td><td>A</td>' in both.to_html()
    assert "<bdi>source 2, row 2, column 2</bdi>" in both.to_html()
    assert both.to_csv().split("\r\n")[0].endswith(",extension,source")
    assert (
        both.to_csv().split("\r\n")[-2]
        == "3,1,415-321-0103,415-321-0103,valid,,,415-321-0103,415-321-0103,,2"
    )
    assert (both.to_records()[-1]["source"], both.unread[0].to_dict()["source"]) == (2, 2)
    for alone in (report, more):
        assert "source" not in alone.to_text(color=False) + alone.to_csv() + alone.to_json()


def test_an_unread_cell_is_an_immutable_value() -> None:
    cell = read_numbers("Phone,Account\n415-321-0102,4153210188\n415-321-0103,x").unread[0]
    with pytest.raises(AttributeError, match="immutable"):
        cell.text = "x"
    assert repr(cell) == "<UnreadCell row 2 column 2 '4153210188'>"


def test_only_reports_are_merged(report: PasteReport) -> None:
    with pytest.raises(TypeError, match="not with list"):
        report.merge([])  # type: ignore[arg-type]


def test_what_one_of_merged_reports_refuses_is_no_repetition() -> None:
    mine, owned = "415-321-0100", read_numbers("415-321-0100").numbers
    both = read_numbers(mine).merge(read_numbers(mine, known=owned), read_numbers(mine))
    assert [entry.reason for entry in both] == [None, "already_owned", "duplicate"]


def test_unread_cells_far_down_a_table_are_listed_with_those_above() -> None:
    rows = [f"415-321-{line:04},call 415-322-{line:04}" for line in range(5_000)]
    unread = read_numbers("Phone,Note\n" + "\n".join(rows)).unread
    assert len(unread) == 5_000
    assert (unread[4_999].row, unread[4_999].value) == (5_001, "call 415-322-4999")
