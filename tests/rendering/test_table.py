"""Tables line up, whatever stands in them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pstnkit.rendering.table import display_width, table_lines, text_table


@given(st.lists(st.tuples(st.text(), st.integers()), max_size=8))
def test_every_row_is_one_line_under_header_and_rule(rows: list[tuple[str, int]]) -> None:
    assert len(text_table(["name", "n"], rows).split("\n")) == len(rows) + 2


def test_cells_of_a_column_begin_at_one_place() -> None:
    lines = text_table(["a", "b"], [["xyz", "1"], ["", "2"]]).split("\n")
    assert lines[0].index("b") == lines[2].index("1") == lines[3].index("2") == 5
    assert lines[2:] == ["xyz  1", "     2"]


def test_a_short_row_is_filled_and_a_long_one_refused() -> None:
    assert text_table(["a", "b"], [["x"]]).split("\n")[2] == "x"
    with pytest.raises(ValueError, match="row 2 of the table has 3 cells under 2 headings"):
        text_table(["a", "b"], [["x"], [1, 2, 3]])


def test_rows_can_be_painted_without_disturbing_the_columns() -> None:
    table = text_table(["a", "b"], [["x", 1], ["yy", 2]], paint_row=lambda row, line: f"<{line} of {row[1]}>")
    assert table.split("\n")[2:] == ["<x   1 of 1>", "<yy  2 of 2>"]


def test_wide_and_combining_characters_take_the_columns_that_a_terminal_gives_them() -> None:
    table = text_table(["name", "n"], [["\u7530\u4e2d\u592a", 1], ["Jose\u0301", 2]])
    assert table.split("\n")[2:] == ["\u7530\u4e2d\u592a  1", "Jose\u0301    2"]
    assert display_width("\u7530\u4e2d\u592a") == 6


def test_what_is_written_from_right_to_left_stays_in_its_cell() -> None:
    line = text_table(["name", "n"], [["\u05d0\u05d1 415", 321]]).split("\n")[2]
    assert line == "\u2068\u05d0\u05d1 415\u2069  321"


def test_a_table_is_made_line_by_line_and_widens_where_it_must() -> None:
    asked = []

    def rows() -> Iterator[list[object]]:
        for number in range(1002):
            asked.append(number)
            yield ["x" * (12 if number == 1001 else 1), number]

    lines = table_lines(["a", "b"], rows())
    assert next(lines) == "a  b"
    assert len(asked) == 1000
    *_, before, wide = lines
    assert before == "x  1000"
    assert wide == "xxxxxxxxxxxx  1001"
