"""What a paste takes in memory, and that nothing in it grows faster than its length, whatever it is made of.

Nothing here asserts a time; but each of the long texts was once read in the square of its length, and would keep this
file running for minutes if it were so again.
"""

from __future__ import annotations

import gc
import tracemalloc

import pytest

from pstnkit.numbering.paste import read_numbers
from pstnkit.numbering.telephone import TelephoneNumber

_LENGTH = 150_000
_BYTES_OF_CHARACTER = 12
_ALWAYS = 4_500_000
"""What reading takes however short the text is: a stretch of it at a time, and what is loaded on first need."""

LINES = {
    "numbers": "415-321-0100\n",
    "digits": "1\n",
    "blank lines": "\n",
    "ranges": "415-321-0100 - 0199\n",
    "wide characters": "\uff11\n",
    "empty quotes": '""\n',
    "quoted lines": '"a\n"\n',
    "rows of two": "1,1\n",
    "rows of three": "Jane,415-321-0100,x\n",
    "numbers not read": "a,4153210100,4153210100\n",
    "tabs": "x\ty\n",
}
ONE_LINE = {
    "digits": "4",
    "digits apart": "1-",
    "digits between commas": "1,",
    "blanks": " ",
    "commas": ",",
    "tabs": "\t",
    "quotes": '"',
    "parentheses": "(",
    "dashes": " - ",
    "digits and crosses": "x1",
    "thousands": "4,155,",
    "numbers": "4153210100 ",
    "numbers and slashes": "415/321/0100 ",
    "numbers of seven digits": "321-0100;",
    "ranges": "4153210100-0199;",
    "wide characters": "\uff14153210100 ",
    "empty quotes": '"",',
}
BEHIND_A_HEADING = {
    "digits": "12,",
    "numbers": "4153210100,",
    "empty quotes": '"",',
    "commas": ",",
    "lines in quotes": '"1\n",',
}


def _taken(text: str) -> int:
    """How many bytes reading a text and looking at its first entries takes at most, beyond the text itself."""
    gc.collect()
    tracemalloc.start()
    try:
        report = read_numbers(text)
        assert report.counts.total == len(report)
        for _ in report[:100]:
            pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("line", LINES.values(), ids=LINES.keys())
def test_many_lines_take_no_more_memory_than_is_told(line: str) -> None:
    text = line * (_LENGTH // len(line))
    assert _taken(text) <= _BYTES_OF_CHARACTER * len(text) + _ALWAYS


def test_ranges_that_overlap_in_part_take_no_more_memory_than_is_told() -> None:
    starts = [7 * line * line % 9_900 for line in range(3 * _LENGTH // 19)]
    text = "\n".join(f"415-{321 + line % 78}-{start:04}-{start + 9:04}" for line, start in enumerate(starts))
    assert _taken(text) <= _BYTES_OF_CHARACTER * len(text) + _ALWAYS
    assert read_numbers(text).counts.duplicate > len(starts) // 4


@pytest.mark.parametrize("piece", ONE_LINE.values(), ids=ONE_LINE.keys())
def test_one_long_line_takes_no_more_memory_than_is_told(piece: str) -> None:
    text = piece * (_LENGTH // 2 // len(piece))
    assert _taken(text) <= _BYTES_OF_CHARACTER * len(text) + _ALWAYS // 3


@pytest.mark.parametrize("piece", BEHIND_A_HEADING.values(), ids=BEHIND_A_HEADING.keys())
def test_one_long_row_of_a_table_takes_no_more_memory_than_is_told(piece: str) -> None:
    text = "Name,Phone\n" + piece * (_LENGTH // len(piece)) + "\nJane,415-321-0100" * 9
    assert _taken(text) <= _BYTES_OF_CHARACTER * len(text) + _ALWAYS


@pytest.mark.parametrize("between", [", ", "; ", " / ", "\t", " "])
def test_all_numbers_of_one_long_line_are_read(between: str) -> None:
    numbers = [f"415-32{n // 10_000}-{n % 10_000:04}" for n in range(20_000)]
    report = read_numbers(between.join(numbers))
    assert [f"{number:dashed}" for number in report.numbers] == numbers
    assert report[-1].text == numbers[-1]


def test_rows_of_any_width_are_read_beside_one_another() -> None:
    wide = ",".join(["x", "415-321-0199"] * 10_000)
    report = read_numbers(
        f"Phone,Note\n415-321-0100,{wide}\n415-321-0101,\n" + "415-321-0102,\n" * 5_000, columns=1
    )
    assert len(report) == 5_002
    assert len(report.unread) == 10_000


def test_a_row_that_is_long_by_its_quotes_is_a_row_among_others() -> None:
    row = ",".join(f'"Jane\nDoe","415-32{n // 10_000}-{n % 10_000:04}"' for n in range(10_000))
    report = read_numbers(f"Name,Phone\nJoe,415-320-0100\n{row}\nJim,415-320-0101", columns="Phone")
    assert [(entry.row, entry.text) for entry in report] == [
        (2, "415-320-0100"),
        (3, '"415-320-0000"'),
        (4, "415-320-0101"),
    ]
    assert [(cell.row, cell.column) for cell in report.unread] == [(3, 2 * n) for n in range(2, 10_001)]
    assert report.unread[-1].text == '"415-320-9999"'


def test_rows_wider_than_any_spreadsheet_are_lists() -> None:
    numbers = [f"415-32{n // 10_000}-{n % 10_000:04}" for n in range(40_000)]
    text = ",".join(numbers[:20_000]) + "\n" + ",".join(numbers[20_000:])
    report = read_numbers(text)
    assert [f"{number:dashed}" for number in report.numbers] == numbers
    assert {(entry.row, entry.column) for entry in report} == {(1, 1), (2, 1)}


def test_a_row_with_a_long_cell_is_read_to_its_end() -> None:
    note = "4153210100 " * 20_000
    report = read_numbers(f"Phone,Note,Fax\n415-321-0100,{note},415-321-0101\n415-321-0102,,", columns=[1, 3])
    assert [(entry.row, entry.column, entry.text) for entry in report] == [
        (2, 1, "415-321-0100"),
        (2, 3, "415-321-0101"),
        (3, 1, "415-321-0102"),
    ]
    assert [(cell.row, cell.column, len(cell.text)) for cell in report.unread] == [(2, 2, len(note))]


_LONG = 100_000
_GAPS = [" ", "  ", "\u00a0", "-", ".", "(", ") ", "[", " -", "~", "\t", "/", "0", "x", "'", ";"]


@pytest.mark.parametrize("gap", _GAPS)
@pytest.mark.parametrize("before", ["4153210100", "1", "(", "1-800-", "415-321-0100 x"])
def test_a_long_gap_before_digits_is_read_and_is_no_trouble(before: str, gap: str) -> None:
    text = before + gap * (_LONG // len(gap)) + "1"
    report = read_numbers(text)
    assert report.counts.total == len(report)
    try:
        TelephoneNumber.parse(text)
    except ValueError as error:
        assert len(str(error)) < 400  # noqa: PT017 - either outcome is right
