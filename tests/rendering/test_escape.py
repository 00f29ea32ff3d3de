"""Foreign text is shown safely wherever it goes."""

from __future__ import annotations

import csv
import io
import re

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


_SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20"
_RISKY = st.text(alphabet=f"{_SIGNS}'\"\t\r\n;, \x00\u200b7a") | st.text()


def _read(cell: str, delimiter: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(f"1,{cell}", newline=""), delimiter=delimiter))


def _without_defusing(cell: str) -> str:
    """A cell as it was: without the apostrophe before what would begin a formula."""
    unseen = '"\\x00-\\x08\\x0b\\x0c\\x0e-\\x20\\x7f-\\xa0\\u200b'
    cell = re.sub(r"\A'(?='*[\t\r\n])", "", cell)
    return re.sub(rf"(\A|[;\t\r\n])'(?='*[{unseen}]*[=+\-@\uff1d\uff0b\uff0d\uff20])", r"\1", cell)


@given(_RISKY)
@example('"@')
@example("a\n=1+1")
@example("\r\n=1+1;2")
@example("'=1")
@example("\r=")
def test_a_csv_cell_never_starts_a_formula_and_reads_back(text: str) -> None:
    ((_, cell),) = _read(csv_cell(text), ",")
    assert not cell.lstrip(" \x00\u200b").startswith(tuple(_SIGNS))
    assert cell[:1] not in set("\t\r\n")
    assert text.replace("'", "") == cell.replace("'", "")


@given(st.text(alphabet=f"{_SIGNS}'\"\t\r\n;, \x00\u200b7a"))
def test_a_csv_cell_is_as_it_was_without_the_apostrophe_that_defuses_it(text: str) -> None:
    ((_, cell),) = _read(csv_cell(text), ",")
    assert _without_defusing(cell) == text


@given(_RISKY)
@example("a;=1+1")
@example('x\n"=1+1"')
def test_no_formula_starts_where_a_semicolon_ends_a_cell(text: str) -> None:
    for row in _read(csv_cell(text), ";"):
        assert not any(cell.lstrip(" \x00\u200b").startswith(tuple(_SIGNS)) for cell in row)


@pytest.mark.parametrize("text", ["  =1+1", "\uff1d1", "\ufe661", "\xa0=1", "\ufeff=1", "\t1", "\r1"])
def test_a_formula_behind_what_is_not_seen_and_in_wider_signs_is_defused_too(text: str) -> None:
    ((_, cell),) = _read(csv_cell(text), ",")
    assert cell == f"'{text}"


@pytest.mark.parametrize("text", ["", "Jane", "it's", "415-321-0100", "(415) 321-0100", "a = b", "'quoted'"])
def test_what_starts_no_formula_is_left_alone(text: str) -> None:
    assert csv_cell(text) == text
