"""Cells that are no text are read as what they say, one by one or thousands together."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pstnkit.numbering.paste import UnreadableSource, read_numbers
from pstnkit.numbering.paste.raw_cells import (
    GridCells,
    UnreadableText,
    cell_text,
    size_of,
    text_to_read,
    texts_to_read,
)

_CELLS = st.one_of(
    st.text(max_size=5),
    st.just("415-321-0100"),
    st.integers(2_000_000_000, 19_999_999_999),
    st.integers(2_000_000_000, 19_999_999_999).map(float),
    st.floats(),
    st.integers(),
    st.dates(),
    st.sampled_from(
        [None, True, 10**100, -(10**100), 10**5000, 1e300, [1], date(2026, 11, 26), Decimal("1.5")]
    ),
)


_COLUMNS = st.one_of(
    st.lists(_CELLS),
    st.sampled_from(
        [
            st.integers(),
            st.floats(),
            st.floats(0, 1e9),
            st.integers(2_000_000_000, 19_999_999_999).map(float),
            st.booleans(),
            st.dates(),
            st.datetimes(),
            st.times(),
            st.timedeltas(),
            st.none(),
        ]
    ).flatmap(lambda cells: st.lists(cells) | st.lists(cells | st.just(""))),
)


@given(_COLUMNS)
def test_many_cells_are_read_as_each_of_them(cells: list[Any]) -> None:
    assert list(texts_to_read(cells)) == [text_to_read(cell) for cell in cells]


@pytest.mark.parametrize("kind", [str, int, float])
def test_a_column_of_one_kind_is_read_as_each_of_its_cells(kind: type) -> None:
    cells = [kind(4153210100 + line) for line in range(3)]
    assert list(texts_to_read(cells)) == ["4153210100", "4153210101", "4153210102"]
    if kind is not str:
        assert list(texts_to_read([*cells, kind(7)])) == [text_to_read(cell) for cell in [*cells, kind(7)]]


@pytest.mark.parametrize("cell", [10**100, -(10**100), 10**5000], ids=["positive", "negative", "huge"])
def test_a_whole_number_of_a_hundred_digits_is_not_written_out(cell: int) -> None:
    assert isinstance(cell_text(cell), UnreadableText)
    assert cell_text(cell) == f"<int of {cell.bit_length()} bits>"


@pytest.mark.parametrize(
    ("cells", "size"),
    [
        (["abc", "", "d"], 5),
        ([None, 1, 2.0], 24),
        (["abc", 1, ""], 12),
        ([UnreadableText("<list>"), 1], 14),
        ([], 0),
    ],
)
def test_each_cell_of_a_list_takes_some_of_its_size(cells: list[Any], size: int) -> None:
    assert size_of(cells) == size


@pytest.mark.parametrize("cell", ["", 1.0, None, [1]])
def test_a_list_that_goes_on_for_ever_is_refused(cell: Any) -> None:
    with pytest.raises(UnreadableSource, match="larger than"):
        read_numbers((cell for _ in iter(int, 1)), max_bytes=1 << 16)


def test_the_columns_of_a_sheet_are_those_of_its_rows() -> None:
    [stretch] = GridCells([["a", "b"], [4153210100.0, None]], "Sheet").walk()
    assert len(stretch) == 2
    assert stretch.width() == 2
    assert list(stretch.rows) == [("a", "4153210100"), ("b", "")]
    below = stretch.cut(1, 2)
    assert (below.first, list(below.column(0).raw), list(below.column(1).raw)) == (1, ["b"], [])
    assert not stretch.cut(2, 2).blocks()
    assert list(stretch.starts) == list(below.column(0).places) == []
