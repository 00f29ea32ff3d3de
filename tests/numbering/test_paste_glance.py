"""A glance at many cells finds those that a look at each of them would find."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pstnkit.numbering.paste import read_numbers
from pstnkit.numbering.paste.cells import value_of
from pstnkit.numbering.paste.cleaning import plain
from pstnkit.numbering.paste.glance import looks_like_number, numbers_among

_LETTERS = re.compile(r"[0-9]{3}[)\-. ]*[A-Za-z]")


def found_one_by_one(cells: list[str]) -> list[int]:
    """What is found when each cell is looked at by itself."""
    found = []
    for index, cell in enumerate(cells):
        cleaned = plain(cell).replace("\n", " ")
        enough = len(re.findall("[0-9]", cleaned)) >= 7 or (len(cleaned) >= 7 and _LETTERS.search(cleaned))
        if enough and looks_like_number(value_of(cell)):
            found.append(index)
    return found


_CELLS = st.one_of(
    st.sampled_from(
        [
            "",
            "Jane Doe",
            "Chloé",
            "415-321-0100",
            "(628) 321-0199",
            '"415-321-0100"',
            "1-800-FLOWERS",
            "800 FLO",
            "94016-1234",
            "94016",
            "12345.6789",
            "3210100.5",
            "2026-11-26",
            "3026-11-26",
            "11/26/2026 415-321-0100",
            "11/26/26",
            ' "1996-07-18" ',
            '"1996-07-18',
            "1234 Main St",
            "415\u2013321\u20130100",
            "\uff14\uff11\uff15\uff13\uff12\uff11\uff10\uff11\uff10\uff10",
            "0012 34567 8",
            '"415-\n321-0100"',
            "a\tb 4153210100",
            "4" * 80,
            "$4153210100",
        ]
    ),
    st.text('0123456789-./ ()\n"xE\u00e9', max_size=20),
)


@given(st.lists(_CELLS, max_size=12))
def test_many_cells_are_found_as_one_by_one(cells: list[str]) -> None:
    assert numbers_among(cells) == found_one_by_one(cells)


@pytest.mark.parametrize("day", ["1996-07-18", "7/18/96", ' "18.7.1996" ', ""])
def test_a_column_of_nothing_but_days_holds_no_numbers(day: str) -> None:
    assert numbers_among(["2026-11-26", day] * 3) == []
    assert numbers_among(["2026-11-26", day, "4153210100"]) == [2]


def test_a_cell_may_be_long_and_mostly_blank() -> None:
    assert numbers_among(["2026-11-26" + " " * 1_000_000, " " * 1_000_000 + "415-321-0100"]) == [1]


def test_digits_of_any_script_are_digits() -> None:
    assert numbers_among(["Chlo\u00e9", "Zo\u00eb"]) == []
    assert numbers_among(["Chlo\u00e9", "\u0664\u0661\u0665\u0663\u0662\u0661\u0660\u0661\u0660\u0660"]) == [
        1
    ]


def test_numbers_in_rows_of_all_lengths_are_listed_as_unread() -> None:
    rows = [
        "Phone,Note",
        "415-321-0100,call 628-321-0199",
        "",
        "415-321-0101",
        "415-321-0102,x,,212-321-0103",
    ]
    text = "\n".join(rows)
    report = read_numbers(text, columns="Phone")
    assert [(cell.row, cell.column, cell.text) for cell in report.unread] == [
        (2, 2, "call 628-321-0199"),
        (5, 4, "212-321-0103"),
    ]
    for cell in report.unread:
        assert text[cell.start : cell.end] == cell.text
    assert [entry.text for entry in report] == ["415-321-0100", "415-321-0101", "415-321-0102"]


def test_numbers_far_out_in_a_long_row_are_listed_as_unread() -> None:
    far = ["415-321-0199" if column % 7_000 == 6_999 else "x" * (column % 3) for column in range(30_000)]
    text = "Phone,Note\n415-321-0100," + ",".join(far) + "\n415-321-0101,\n"
    report = read_numbers(text, columns=1)
    assert [(cell.row, cell.column) for cell in report.unread] == [
        (2, column + 2) for column in range(6_999, 30_000, 7_000)
    ]
    for cell in report.unread:
        assert text[cell.start : cell.end] == "415-321-0199"


def test_unread_cells_far_apart_are_one_list_in_the_order_of_the_rows() -> None:
    text = "Phone,Note\n" + "".join(f"415-321-{line:04},call 628-321-0199\n" for line in range(3_000))
    unread = read_numbers(text, columns=1).unread
    assert [cell.row for cell in unread] == list(range(2, 3_002))
    assert [cell.row for cell in unread[2_998:]] == [3_000, 3_001]
