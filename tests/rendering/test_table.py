"""Tables line up, whatever stands in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pstnkit.rendering.table import text_table


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
    table = text_table(["a"], [["x"], ["y"]], paint_row=lambda number, line: f"<{number}{line}>")
    assert table.split("\n")[2:] == ["<0x>", "<1y>"]
