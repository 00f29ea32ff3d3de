"""A long text is split as a short one is: where it is cut into stretches cannot be seen."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pstnkit.numbering.paste import read_numbers
from pstnkit.numbering.paste.lines import Lines
from pstnkit.numbering.paste.splitting import stretches
from pstnkit.numbering.paste.stretches import Stretch


def rows_one_by_one(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """Every row, found character by character: slow, and easy to believe."""
    rows: list[tuple[int, list[str]]] = []
    start = place = 0
    cells: list[str] = []
    while True:
        end = place
        opening = place + len(text[place:]) - len(text[place:].lstrip(" "))
        if text[opening : opening + 1] == '"':
            closing = opening + 1
            while closing < len(text) and text[closing] != '"':
                closing += 1
            while text[closing : closing + 2] == '""':
                closing += 2
                while closing < len(text) and text[closing] != '"':
                    closing += 1
            behind = closing + 1
            while text[behind : behind + 1] == " ":
                behind += 1
            if closing < len(text) and (behind == len(text) or text[behind] in f"{delimiter}\r\n"):
                end = behind
        if end == place:
            while end < len(text) and text[end] not in f"{delimiter}\r\n":
                end += 1
        cells.append(text[place:end])
        if delimiter and text[end : end + 1] == delimiter:
            place = end + 1
            continue
        rows.append((start, cells))
        if end == len(text):
            return rows
        start = place = end + (2 if text[end : end + 2] == "\r\n" else 1)
        cells = []


def as_rows(parts: list[Stretch]) -> list[tuple[int, list[str]]]:
    return [
        (start, row if isinstance(row, list) else [row])
        for part in parts
        for start, row in zip(part.starts, part.rows, strict=True)
    ]


_PIECES = st.sampled_from(
    [
        "a",
        "bc",
        '"',
        '""',
        '"x"',
        ' "y" ',
        '"a\nb"',
        '"c,d"',
        ",",
        ",",
        "\n",
        "\n",
        "\r\n",
        "\r",
        " ",
        '"e""f"',
    ]
)


@given(st.lists(_PIECES, max_size=40).map("".join), st.sampled_from(["", ",", ";"]))
def test_rows_are_those_found_character_by_character(text: str, delimiter: str) -> None:
    assert as_rows(list(stretches(text, delimiter))) == rows_one_by_one(text, delimiter)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", ["", ","])
@settings(max_examples=12)
@given(
    lead=st.integers(0, 40),
    piece=st.lists(_PIECES, min_size=1, max_size=6).map("".join),
)
def test_a_text_of_several_stretches_is_split_as_one(
    lead: int, piece: str, delimiter: str, line_end: str
) -> None:
    # So long that it is cut, at another place with each lead.
    filler = "x" * (32_768 - 20) + line_end
    text = "y" * lead + filler + piece + line_end + filler + piece
    found = list(stretches(text, delimiter))
    assert as_rows(found) == rows_one_by_one(text, delimiter)
    counted = [part.first for part in found]
    assert counted == [sum(len(part.rows) for part in found[:index]) for index in range(len(found))]


def test_entries_far_down_a_long_text_know_their_place() -> None:
    numbers = [f"415-{321 + line // 10_000}-{line % 10_000:04}" for line in range(30_000)]
    text = 'Name,Phone\n"Jane\nDoe",' + ',\n"Joe\r\nDoe",'.join(numbers)
    report = read_numbers(text)
    assert len(report) == len(report.valid) == 30_000
    for index in (0, 1, 9_999, 20_000, 29_999):
        entry = report[index]
        assert (entry.row, entry.column) == (index + 2, 2)
        assert text[entry.start : entry.end] == entry.text == numbers[index]


@given(
    st.lists(
        st.lists(st.sampled_from(["", "a", "bcd", '""', '"e,f"', "gh"]), min_size=1, max_size=9), max_size=12
    ),
    st.lists(st.integers(0, 9), min_size=1, max_size=4, unique=True).map(sorted),
)
def test_columns_hold_the_cells_that_are_filled_row_by_row(rows: list[list[str]], columns: list[int]) -> None:
    text = "\n".join(map(",".join, rows))
    expected = []
    for start, (row, cells) in zip(as_starts(rows), enumerate(rows), strict=True):
        for column, cell in enumerate(cells):
            if column in columns and cell not in ("", '""'):
                expected.append((cell, row, start + len(",".join([*cells[:column], ""])), column))
    [stretch] = stretches(text, ",")
    found = stretch.several(columns)
    assert list(zip(*found, strict=True)) == expected
    if rows:
        assert stretch.width() == max(map(len, rows))
    for column in columns:
        raw, lines, places, _ = stretch.column(column)
        assert list(zip(raw, lines, places, strict=True)) == [one[:3] for one in expected if one[3] == column]


def as_starts(rows: list[list[str]]) -> list[int]:
    """Where each row starts in a text of lines."""
    return [len("\n".join([*map(",".join, rows[:index]), ""])) for index in range(len(rows))]


def test_columns_are_found_in_any_order() -> None:
    [stretch] = stretches("a,bc,d\nef,g,h", ",")
    for column, places in ((2, [5, 12]), (0, [0, 7]), (1, [2, 10]), (1, [2, 10])):
        assert list(stretch.column(column).places) == places


@given(st.lists(st.sampled_from(['"Doe, Jane"', '"x"', "y", '" z""w, "', 'in " the middle', ""]), min_size=1))
def test_lines_whose_quotes_hide_delimiters_are_split_at_the_others(cells: list[str]) -> None:
    line = ",".join(cells)
    [stretch] = stretches(f"{line}\n{line}", ",")
    assert as_rows([stretch]) == rows_one_by_one(f"{line}\n{line}", ",")


def test_lines_that_were_not_split_know_where_they_start() -> None:
    lines = Lines("ab\nc\n", 0, 5)
    assert (len(lines), list(lines), lines[-1], lines.rows()) == (3, [0, 3, 5], 5, ["ab", "c", ""])


def test_rows_over_several_lines_were_not_split_and_are_known() -> None:
    [stretch] = stretches('a\n"b\nc"\n"\n\n"\nd', "")
    lines = stretch.lines
    assert lines is not None
    assert (len(lines), lines.several()) == (4, {1: '"b\nc"', 2: '"\n\n"'})
    assert (list(lines), lines.rows()) == ([0, 2, 8, 13], ["a", '"b\nc"', '"\n\n"', "d"])


def test_a_doubled_quote_before_a_number_moves_its_place() -> None:
    text = '"415-321-0100 / ""Jo"" 415-321-0101"\n415-321-0102'
    entries = read_numbers(text).valid
    assert [entry.text for entry in entries] == ["415-321-0100", "415-321-0101", "415-321-0102"]
    assert all(text[entry.start : entry.end] == entry.text for entry in entries)


@pytest.mark.parametrize("cell", ['"a\nb"', '"a"', "ab"])
@pytest.mark.parametrize("above", ["", "e,f\n"])
def test_a_long_row_is_split_in_parts(cell: str, above: str) -> None:
    text = f"{above}{','.join([cell] * 20_000)}\nc,d"
    found = list(stretches(text, ","))
    parts = [part for part in found if part.first == above.count("\n") and len(part) == 1]
    assert [part.rows[0] for part in found[-1:]] == [["c", "d"]]
    assert len(parts) > 1
    assert [one for part in parts for one in part.rows[0]] == [cell] * 20_000
    assert parts[-1].before + len(parts[-1].rows[0]) == parts[-1].width() == 20_000
    assert all(text[part.starts[0] :].startswith(part.rows[0][0]) for part in parts)
    assert parts[1].column(parts[1].before).raw == [cell]
    assert not parts[1].column(0).raw


def test_a_list_whose_row_goes_on_to_lines_that_end_otherwise_is_split_at_all_of_them() -> None:
    text = "x" * 16_000 + '\n"' + "y" * 1_000 + '\nz\r\nw"\rq\n' + "x\r" * 9
    assert as_rows(list(stretches(text, ""))) == rows_one_by_one(text, "")


@pytest.mark.parametrize("lead", range(0, 40, 3))
@pytest.mark.parametrize("size", [1 << 10, 1 << 11, 1 << 12, 1 << 13, 1 << 14])
def test_a_row_may_go_on_into_a_part_with_other_line_ends(size: int, lead: int) -> None:
    text = "x" * (size - 30 + lead) + '\n"628-321-0100\nJane\r\nDoe"\r\n415-321-0100'
    assert as_rows(list(stretches(text, ""))) == rows_one_by_one(text, "")
