"""An entry tells what stood where, whichever way it is come by and in whatever kind of source its cell is."""

from __future__ import annotations

import random
from html import escape

import pytest

from pstnkit.numbering.paste import Entry, PasteReport, read_numbers
from workbooks import xlsx

SEVERAL = "415-321-0100; 415-321-0101 x7 / 321-0102"
"""One cell of three entries, the last of which lacks its area code."""


def sheet_of(rows: list[list[str]]) -> bytes:
    """A workbook of one sheet."""
    cells = ([f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>' for text in row] for row in rows)
    return xlsx("".join(f"<row>{''.join(row)}</row>" for row in cells))


def where(entry: Entry) -> tuple[str, str, int, int, int | None, int | None]:
    return entry.text, entry.value, entry.row, entry.column, entry.start, entry.end


def said(entry: Entry) -> tuple[object, ...]:
    return entry.text, entry.verdict, entry.reason, tuple(entry.numbers), entry.extension, entry.hint


def of_kinds() -> dict[str, PasteReport]:
    """Cells with one entry and with several, in every kind of source, in one column and in two."""
    pytest.importorskip("python_calamine")
    rows = [
        ["Phone", "Fax"],
        [SEVERAL, "628-321-0100; 628-321-0101"],
        ["415-321-0103", "628-321-0102"],
        ["(415) 321-0104 (main)", "call later"],
        ["415-321-0105 / 415-321-0106", "628-321-0103 & 628-321-0104"],
        ["321-0107", ""],
    ]
    one_column = [row[0] for row in rows]
    return {
        "lines": read_numbers("\n".join(one_column)),
        "lines alone": read_numbers("415-321-0100\n(415) 321-0101\n\n4153210102\n222-321-0103\n"),
        "lines with returns": read_numbers("\r\n".join(one_column)),
        "table": read_numbers("\n".join("\t".join(row) for row in rows)),
        "quoted": read_numbers("\n".join(",".join(f'"{cell}"' for cell in row) for row in rows)),
        "list": read_numbers(one_column),
        "list of numbers": read_numbers([4153210100, None, 4153210101.0]),
        "sheet": read_numbers(sheet_of(rows)),
        "data": read_numbers("\n".join("\t".join(row) for row in rows).encode()),
    }


def test_entries_are_the_same_in_any_order_of_looking() -> None:
    for kind, report in of_kinds().items():
        walked = [(where(entry), said(entry)) for entry in report]
        assert len(walked) == len(report) > 1, kind
        order = list(range(len(report))) * 3
        random.Random(7).shuffle(order)
        for index in order:
            entry = report[index]
            assert (where(entry), said(entry)) == walked[index], kind
        backward = [(where(entry), said(entry)) for entry in report[::-1]]
        assert backward[::-1] == walked, kind
        held = list(report)
        assert [said(entry) for entry in reversed(held)][::-1] == [told for _, told in walked], kind


def test_a_text_is_where_its_entry_says_and_nowhere_else_is_a_place_told() -> None:
    source = f'Phone,Fax\n{SEVERAL},"628-321-0100; 628-321-0101"\n415-321-0103,628-321-0102\n'
    for entry in read_numbers(source):
        assert source[entry.start : entry.end] == entry.text
    for kind in ("list", "sheet", "data"):
        assert all(entry.start is None and entry.end is None for entry in of_kinds()[kind])


def test_entries_of_one_cell_in_a_sheet_of_two_number_columns_stay_in_their_cells() -> None:
    assert [where(entry)[:4] for entry in of_kinds()["sheet"]] == [
        ("415-321-0100", "415-321-0100", 2, 1),
        ("415-321-0101 x7", "415-321-0101 x7", 2, 1),
        ("321-0102", "321-0102", 2, 1),
        ("628-321-0100", "628-321-0100", 2, 2),
        ("628-321-0101", "628-321-0101", 2, 2),
        ("415-321-0103", "415-321-0103", 3, 1),
        ("628-321-0102", "628-321-0102", 3, 2),
        ("(415) 321-0104 (main)", "(415) 321-0104 (main)", 4, 1),
        ("call later", "call later", 4, 2),
        ("415-321-0105", "415-321-0105", 5, 1),
        ("415-321-0106", "415-321-0106", 5, 1),
        ("628-321-0103", "628-321-0103", 5, 2),
        ("628-321-0104", "628-321-0104", 5, 2),
        ("321-0107", "321-0107", 6, 1),
    ]


def test_an_extension_is_told_in_whatever_digits_it_is_written() -> None:
    cells = [
        "415-321-0100",
        "1 415 321 0100",
        "415-321-0100 x\uff11\uff12",
        "415-321-0100 x1",
        "415-321-0100 x",
    ]
    assert [entry.extension for entry in read_numbers(cells)] == [None, None, "12", "1", None]
    refused = ["015-321-0100 x5", "+44 20 7946 0958 x5", "911-321-0100 x5", "415-321-0100-0199"]
    assert [entry.extension for entry in read_numbers(refused)] == ["5", "5", "5", None]


def test_a_cell_of_very_many_entries_is_walked_in_time_in_every_kind_of_source() -> None:
    numbers = [f"415-32{n // 10_000}-{n % 10_000:04}" for n in range(20_000)]
    cell = "; ".join(numbers)
    for source in (cell, [cell], f"Phone\tFax\n{cell}\t{cell.replace('415', '628')}"):
        report = read_numbers(source, columns=[1])
        assert [entry.value for entry in report] == numbers
        assert report[9_999].value == numbers[9_999]


def test_a_sheet_is_named_in_the_entries_of_a_workbook() -> None:
    assert {entry.sheet for entry in of_kinds()["sheet"]} == {"Sheet1"}
    assert {entry.sheet for entry in of_kinds()["table"]} == {None}
