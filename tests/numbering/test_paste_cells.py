"""Text is split into rows and cells as a spreadsheet would, and every cell knows its place."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pstnkit.numbering.paste.cells import bare, likely_tables, read_table
from pstnkit.numbering.paste.cleaning import origins, plain

_MESS = st.text(alphabet='ab1 ,;\t|"\r\n\u00e9', max_size=60)


def cells_of(text: str, delimiter: str) -> list[tuple[str, int]]:
    """Every cell, and where it begins: between two of a row stands one delimiter."""
    table = read_table(text, delimiter)
    assert table.starts is not None
    found = []
    for place, row in zip(table.starts, table.rows, strict=True):
        for raw in row:
            found.append((raw, place))
            place += len(raw) + 1
    return found


@given(_MESS, st.sampled_from(["", ",", ";", "\t", "|"]))
def test_every_cell_is_found_at_its_place(text: str, delimiter: str) -> None:
    for raw, start in cells_of(text, delimiter):
        assert text[start : start + len(raw)] == raw


@given(_MESS, st.sampled_from([",", ";", "\t", "|"]))
def test_nothing_of_a_text_is_lost_between_the_cells(text: str, delimiter: str) -> None:
    reached = 0
    for raw, start in cells_of(text, delimiter):
        assert text[reached:start] in ("", delimiter, "\n", "\r", "\r\n")
        reached = start + len(raw)
    assert reached == len(text)


@given(
    st.lists(
        st.lists(st.text(alphabet='ab1 ,;"\n\u00e9', max_size=6), min_size=1, max_size=4),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_what_the_standard_writer_writes_is_read_back(
    rows: list[list[str]], delimiter: str, line_end: str
) -> None:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter, lineterminator=line_end, quoting=csv.QUOTE_ALL).writerows(rows)
    table = read_table(file.getvalue(), delimiter)
    assert [[bare(raw)[0] for raw in row] for row in table.rows[:-1]] == rows
    assert table.rows[-1] == [""]


def test_a_quoted_line_break_starts_no_row() -> None:
    table = read_table('a\t"b\nc"\r\nd\t\re', "\t")
    assert table.rows == [["a", '"b\nc"'], ["d", ""], ["e"]]
    assert table.starts == [0, 9, 12]


def test_a_quote_that_is_never_closed_is_a_character_like_any_other() -> None:
    assert read_table('"a,b\nc,"d"x', ",").rows == [['"a', "b"], ["c", '"d"x']]


def test_a_byte_order_mark_hides_no_quote() -> None:
    text = '\ufeff"a,b",c\n"d\ne",f'
    assert read_table(text, ",").rows == [['\ufeff"a,b"', "c"], ['"d\ne"', "f"]]
    assert bare('\ufeff"a,b"') == ("a,b", 2)


@pytest.mark.parametrize(
    ("text", "delimiters"),
    [
        ("a,b\nc,d", [","]),
        ("a;b,c\nd;e,f", [";", ","]),
        ("a;1,5\nb;c", [";"]),
        ("a,b\nc,d\ne\nf,g,h\ni,j,k,l", []),
        ("a|b", ["|"]),
        ("a\tb\nc\nd\ne", ["\t"]),
        ("a\nb\nc,d", []),
        ("4,155,550,123\n4,155,550,124", []),
        ('"4,155,550,123"\n"a\tb"', []),
        ("", []),
        (",\n,", []),
        ("a,b\n" * 100_000, [","]),
    ],
)
def test_a_delimiter_is_what_parts_at_least_half_of_the_rows_alike(text: str, delimiters: list[str]) -> None:
    assert [table.delimiter for table in likely_tables(text)] == delimiters


@given(st.text())
def test_clean_text_has_no_invisible_character_but_the_newline(text: str) -> None:
    clean = plain(text)
    assert all(character == "\n" or ord(character) >= 0x20 for character in clean)
    assert not set("\u00a0\u200b\u202e\ufeff\u00ad\u2013") & set(clean)
    clean.encode("utf-8")


@given(st.text())
def test_each_clean_character_comes_from_its_origin(text: str) -> None:
    clean, found = plain(text), list(origins(text))
    assert len(found) == len(clean) + 1
    assert found[-1] == len(text)
    assert all(plain(text[origin]) == character for character, origin in zip(clean, found, strict=False))


@given(st.text(alphabet="0123456789 ()-+."))
def test_plain_text_is_left_alone(text: str) -> None:
    assert plain(text) == text
