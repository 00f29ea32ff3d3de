"""Numbers go into pandas and numpy and come back: none is lost, and none is made of what is none."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from pstnkit import InvalidNumber, NumberRange, NumberSet, TelephoneNumber, read_numbers
from pstnkit.testing import number_sets

NUMBER = TelephoneNumber("4153982010")
FIVE = NumberRange("4153982010", "4153982014")


class TestPaste:
    def test_a_column_is_a_paste_and_a_report_is_a_table(self) -> None:
        sheet = pd.DataFrame(
            {"phone": ["(415) 398-2010", "415-398-2011 x5", None, "415"]}, index=[7, 7, 8, 9]
        )
        table = pd.DataFrame(read_numbers(sheet["phone"]).to_records())
        assert table["row"].tolist() == [1, 2, 4]
        assert table["verdict"].tolist() == ["valid", "valid", "invalid"]
        assert table["numbers"].explode().dropna().map(TelephoneNumber).tolist() == list(FIVE[:2])

    @pytest.mark.parametrize("kind", ["int64", "float64", "Int64", "str", "object", "category"])
    def test_numbers_are_read_from_columns_of_every_type(self, kind: Any) -> None:
        column = pd.Series([int(number) for number in FIVE]).astype(kind)
        assert list(read_numbers(column).numbers) == list(FIVE)

    @pytest.mark.parametrize("kind", ["float64", "Int64", "object"])
    def test_what_is_missing_is_no_entry(self, kind: Any) -> None:
        column = pd.Series([int(NUMBER), None, int(NUMBER + 1)], dtype=kind)
        assert [(entry.row, str(entry.numbers[0])) for entry in read_numbers(column)] == [
            (1, "+14153982010"),
            (3, "+14153982011"),
        ]


class TestIntegers:
    @given(number_sets())
    def test_a_set_is_an_array_and_an_array_is_a_set(self, numbers: NumberSet) -> None:
        integers = np.asarray(numbers.to_integers())
        assert integers.dtype == np.int64
        assert integers.tolist() == [int(number) for number in numbers]
        assert NumberSet.from_integers(integers) == NumberSet.from_integers(pd.Series(integers)) == numbers

    def test_the_array_is_not_copied(self) -> None:
        integers = NumberSet(FIVE).to_integers()
        assert np.shares_memory(np.asarray(integers), np.frombuffer(integers, dtype=np.int64))

    @pytest.mark.parametrize("kind", ["uint64", "int64", "Int64"])
    def test_integers_of_every_type_are_taken(self, kind: Any) -> None:
        assert NumberSet.from_integers(pd.Series([int(number) for number in FIVE], dtype=kind)) == NumberSet(
            FIVE
        )

    @pytest.mark.parametrize(
        "column",
        [
            pd.Series([4153982010.0]),
            pd.Series([4153982010, None], dtype="Int64"),
            pd.Series(["4153982010"]),
            pd.Series([True]),
            np.array([True]),
        ],
        ids=lambda column: str(column.dtype),
    )
    def test_what_is_no_integer_is_refused_with_its_position(self, column: Any) -> None:
        with pytest.raises(TypeError, match="expected a ten-digit int at position"):
            NumberSet.from_integers(column)

    def test_what_is_no_number_is_refused_with_its_position(self) -> None:
        with pytest.raises(InvalidNumber, match=r"exchange 055; .*\(at position 1\)"):
            NumberSet.from_integers(np.array([4153982010, 4150552010]))


class TestValues:
    def test_a_column_of_numbers_is_compared_sorted_and_grouped(self) -> None:
        column = pd.Series(list(reversed(FIVE)))
        assert column.sort_values().tolist() == list(FIVE)
        assert column.isin([NUMBER]).sum() == (column == NUMBER).sum() == 1
        assert column.nunique() == 5
        assert pd.Index(list(FIVE)).get_loc(FIVE[2]) == 2
        assert (
            pd.DataFrame({"number": column, "calls": 1}).groupby("number")["calls"].sum().index[0] == NUMBER
        )

    def test_it_goes_to_integers_and_text_and_back(self) -> None:
        column = pd.Series(list(FIVE))
        assert column.astype("int64").map(TelephoneNumber).tolist() == list(FIVE)
        assert column.astype(str).map(TelephoneNumber).tolist() == list(FIVE)

    @pytest.mark.parametrize(
        "source",
        [
            *(np.int64(4153982010), np.uint64(4153982010), np.bool_(1), np.float64(4153982010)),
            *(np.bytes_(b"4153982010"), np.array(["4153982010"]), pd.NA, pd.NaT, np.datetime64("2026-01-01")),
        ],
        ids=lambda source: type(source).__name__,
    )
    def test_a_number_is_not_made_of_their_types(self, source: Any) -> None:
        with pytest.raises(TypeError, match=f"a str or an int, not {type(source).__name__}$"):
            TelephoneNumber(source)

    def test_their_text_is_text(self) -> None:
        number = TelephoneNumber(np.str_("4153982010"))
        assert number == NUMBER

    def test_their_integers_are_steps_as_numpy_sees_to_it(self) -> None:
        assert NUMBER + np.int64(1) == FIVE[1]  # type: ignore[operator]
        with pytest.raises(TypeError):
            NUMBER + np.bool_(1)  # type: ignore[operator]
