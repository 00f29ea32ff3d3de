"""A cell of any length says what its parts say, and costs no more than they do."""

from __future__ import annotations

from itertools import cycle, islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pstnkit.numbering.paste import read_numbers
from pstnkit.numbering.paste.packed import Packed
from pstnkit.numbering.paste.runs import Spelled
from pstnkit.numbering.paste.spelling import read_cell

_APART = [
    "415-321-0100",
    "(415) 321-0101 x12",
    "4153210102 ext. 007",
    "415-321-0103 - 0199",
    "+44 20 7946 0958",
    "415-321-0199 - 0100",
    "321-0100",
    "015-321-0100",
    "415-321-0100000",
    "Tel. 415-321-0100",
    "1-800-356-9377",
]


def _told(one: Spelled) -> tuple[object, ...]:
    return tuple(getattr(one, name) for name in Spelled.__slots__)


@settings(max_examples=8)
@given(st.lists(st.sampled_from(_APART), min_size=1, max_size=12))
def test_a_long_cell_says_of_each_entry_what_a_short_one_says(some: list[str]) -> None:
    parts = list(islice(cycle(some), 550))
    found = read_cell("; ".join(parts))
    place = 0
    expected = []
    for part in parts:
        [one] = read_cell(f"{part}; 628-321-0100")[:-1]
        one.start, one.end = one.start + place, one.end + place
        expected.append(_told(one))
        place += len(part) + 2
    assert list(map(_told, found)) == expected
    assert [_told(one) for one in found[1:3]] == expected[1:3]


@given(st.sampled_from([" ", ", ", " / ", "\n"]), st.integers(2, 60))
def test_a_run_of_many_numbers_is_parted_as_one_of_few(gap: str, count: int) -> None:
    numbers = [f"415-321-{line:04}" for line in range(count)]
    assert [one.first for one in read_cell(gap.join(numbers))] == [
        4_153_210_000 + line for line in range(count)
    ]


@pytest.mark.parametrize("last", ["1", " 1", "; 1", "; x", " account 4153210100", "-", "%"])
def test_what_stands_at_the_end_of_a_long_cell_decides_about_all_of_it(last: str) -> None:
    few, many = ("; ".join(["415-321-0100"] * count) + last for count in (3, 3_000))
    said = [{(one.reason, one.first) for one in read_cell(text)} for text in (few, many)]
    assert said[0] == said[1]


@pytest.mark.parametrize("gap", ["/", ", ", "\n"])
def test_a_number_far_behind_single_digits_makes_several_of_them(gap: str) -> None:
    text = gap.join("1" * 100)
    assert [one.reason for one in read_cell(text)] == ["not_a_number"]
    assert [one.reason for one in read_cell(f"{text}{gap}415-3210{gap}4153210100{gap}1")] == [
        "several_numbers"
    ]


@pytest.mark.parametrize("between", ["; ", "\n"])
def test_entries_of_a_long_cell_know_their_places(between: str) -> None:
    numbers = [f"415-32{n // 10_000}-{n % 10_000:04}" for n in range(25_000)]
    text = "\n".join(["628-321-0100", '"' + between.join(numbers) + '"', "628-321-0101"])
    report = read_numbers(text)
    assert [entry.row for entry in (report[0], report[1], report[25_000], report[25_001])] == [1, 2, 2, 3]
    for index in (1, 2, 500, 501, 502, 8_193, 25_000):
        entry = report[index]
        assert entry.text == numbers[index - 1] == text[entry.start : entry.end]


def test_long_cells_of_a_list_are_read_beside_short_ones() -> None:
    long = "; ".join(f"415-321-{n:04}" for n in range(5_000)) + "; 415-322-0100 - 0199"
    cells = ["628-321-0100", long, "", None, " " * 150_000, long, "x" * 200_000, "628-321-0101"]
    report = read_numbers(cells)
    assert [entry.row for entry in report] == [1, *[2] * 5_001, *[6] * 5_001, 7, 8]
    assert [entry.row for entry in report.duplicates] == [6] * 5_001
    assert len(report.numbers) == 5_102
    assert report[5_001].numbers[-1] == report.numbers[-2]


def test_packed_entries_are_a_sequence() -> None:
    packed = Packed()
    packed.take([Spelled(0, 12, 415_321_0100), Spelled(14, 26, 415_321_0101, 415_321_0199)])
    assert len(packed) == 2
    assert [one.last for one in packed] == [415_321_0100, 415_321_0199]
    assert [one.end for one in packed[::-1]] == [26, 12]
