"""Foreign text is shown safely wherever it goes."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pstnkit.rendering.escape import csv_cell, html, visible


@given(st.text())
def test_visible_text_is_printable_and_on_one_line(text: str) -> None:
    assert visible(text).isprintable()


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn", "Zs", "Zl", "Zp"])))
def test_printable_text_is_left_alone(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31m", "\\x1b[31m"),
        ("a\u202eb", "a\\u202eb"),
        ("\U000e0001", "\\U000e0001"),
        ("\ud800", "\\ud800"),
        ("a\tb\r\n", "a\\tb\\r\\n"),
    ],
)
def test_what_does_not_print_is_shown_as_an_escape(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text())
def test_html_holds_no_markup_of_the_text(text: str) -> None:
    escaped = html(text)
    assert not set("<>\"'") & set(escaped)


@given(st.text())
@example('"@')
@example("a\n=1+1")
@example("\r\n=1+1;2")
def test_a_csv_cell_never_starts_a_formula_and_reads_back(text: str) -> None:
    line = f"{csv_cell(text)},end"
    ((cell, end),) = csv.reader(io.StringIO(line, newline=""), strict=True)
    assert end == "end"
    assert cell in (text, f"'{text}")
    assert cell[:1] not in set("=+-@\t\r\n")


def test_a_formula_behind_blanks_is_defused_too() -> None:
    assert csv_cell("  =1+1") == "'  =1+1"
    assert csv_cell("\uff1d1") == "'\uff1d1"
