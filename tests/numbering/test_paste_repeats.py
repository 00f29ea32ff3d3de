"""What was listed before is a duplicate, however long the list is and in whatever form it was listed."""

from __future__ import annotations

import random
import re

from hypothesis import given
from hypothesis import strategies as st

from pstnkit import NumberSet, TelephoneNumber
from pstnkit.numbering.paste import read_numbers

_LISTED = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 8), st.sampled_from([415, 628])), max_size=40)


def spelled(first: int, size: int, npa: int) -> str:
    return f"{npa}-321-{first:04}" if not size else f"{npa}-321-{first:04} - {first + size:04}"


@given(_LISTED, _LISTED, st.sampled_from(["valid", "duplicate", None]), st.booleans())
def test_a_merged_report_gives_each_number_once_and_points_at_what_stands_before(
    left: list[tuple[int, int, int]], right: list[tuple[int, int, int]], verdict: str | None, twice: bool
) -> None:
    first, second = (read_numbers("\n".join(spelled(*each) for each in listed)) for listed in (left, right))
    merged = first.where(verdict=verdict).merge(second, *([first] if twice else []))
    given_once: set[TelephoneNumber] = set()
    for index, entry in enumerate(merged):
        hint = entry.hint or ""
        if entry.verdict == "valid":
            assert given_once.isdisjoint(entry.numbers)
        if hint.endswith("not in this report"):
            assert index < len(first.where(verdict=verdict))
            continue
        if entry.verdict == "duplicate":
            earlier = int(hint.rpartition("entry ")[2].removesuffix(")")) - 1
            number = re.search(r"\+1[0-9]{10}", hint)
            assert earlier < index
            assert (TelephoneNumber(number[0]) if number else entry.numbers[0]) in merged[earlier].numbers
        given_once.update(entry.numbers)
    assert len(set(merged.numbers)) == len(merged.numbers)
    assert list(NumberSet(merged.numbers)) == sorted(merged.numbers)
    assert {*second.numbers} <= {*merged.numbers}
    assert {*first.where(verdict=verdict).numbers} <= {*merged.numbers}
    assert merged.merge() == merged


@given(_LISTED)
def test_each_number_counts_at_its_first_occurrence(listed: list[tuple[int, int, int]]) -> None:
    report = read_numbers("\n".join(spelled(*each) for each in listed))
    first_in: dict[int, int] = {}
    expected: list[int] = []
    for row, (entry, (first, size, npa)) in enumerate(zip(report, listed, strict=True), 1):
        base = npa * 10**7 + 3_210_000
        members = range(base + first, base + first + size + 1)
        repeated = [number for number in members if number in first_in]
        assert entry.verdict == ("duplicate" if repeated else "valid")
        if repeated:
            lowest = first_in[repeated[0]]
            assert entry.hint is not None
            assert f"row {lowest} (entry {lowest})" in entry.hint
            assert size == 0 or f"{len(repeated)} of its {size + 1} numbers" in entry.hint
        for number in members:
            if number not in first_in:
                first_in[number] = row
                expected.append(number)
    assert [int(number) for number in report.numbers] == expected
    assert [int(number) for span in report.numbers.ranges() for number in span] == expected
    assert [int(report.numbers[index]) for index in range(len(expected))] == expected
    assert list(NumberSet(report.numbers)) == sorted(report.numbers)


def test_ranges_among_many_numbers_of_their_exchange_repeat_nothing_of_each_other() -> None:
    lines = [spelled(line, 0, 415) for line in range(200)] + [spelled(5000, 9, 415), spelled(6000, 9, 415)]
    report = read_numbers("\n".join(lines))
    assert report.counts == {"valid": 202, "duplicate": 0, "invalid": 0}
    assert list(NumberSet(report.numbers)) == list(report.numbers)
    assert len(report.numbers) == 220


def test_a_range_over_three_hundreds_is_compared_with_what_stands_in_the_middle_one() -> None:
    report = read_numbers("415-321-0250\n415-321-0160 - 0340\n415-321-0299")
    assert [entry.verdict.value for entry in report] == ["valid", "duplicate", "duplicate"]
    assert len(NumberSet(report.numbers)) == len(report.numbers) == 181


def test_a_range_repeats_no_number_that_was_refused_and_the_other_way_round() -> None:
    refused = read_numbers("415-321-0105", known={TelephoneNumber("4153210105")})
    listed = read_numbers("415-321-0100 - 0110")
    assert [entry.verdict.value for entry in refused.merge(listed)] == ["invalid", "valid"]
    assert [entry.verdict.value for entry in listed.merge(refused)] == ["valid", "invalid"]


def test_repetitions_far_apart_are_found() -> None:
    rng = random.Random(8)
    lines = [
        f"{rng.choice([415, 628, 212])}-{rng.randint(321, 399)}-{rng.randint(0, 9999):04}"
        for _ in range(60_000)
    ]
    lines += lines[:5_000]
    report = read_numbers(lines)
    assert len(report.valid) == len(set(lines)) == len(report.numbers) == len(NumberSet(report.numbers))
    assert report.counts.duplicate == len(lines) - len(set(lines))
    assert report[60_000].hint == "first listed in row 1 (entry 1)"


def test_a_range_of_thousands_is_compared_with_single_numbers_at_once() -> None:
    lines = [
        "415-321-5000",
        "415-321-0000 - 9999",
        "415-321-7000",
        "415-322-0000 - 9999",
        "415-322-0000 - 9999",
    ]
    report = read_numbers("\n".join(lines))
    assert [entry.verdict.value for entry in report] == [
        "valid",
        "duplicate",
        "duplicate",
        "valid",
        "duplicate",
    ]
    assert report[1].hint == "1 of its 10,000 numbers is listed before, +14153215000 in row 1 (entry 1)"
    assert report[4].hint == "10,000 of its 10,000 numbers are listed before, +14153220000 in row 4 (entry 4)"
    assert len(report.numbers) == 20_000


def test_of_a_clean_list_only_the_lines_that_are_otherwise_are_read_otherwise() -> None:
    lines = [f"415-{321 + line // 10_000}-{line % 10_000:04}" for line in range(60_000)]
    for place, text in {
        12_000: "115-321-0100",
        28_000: "015-321-0100",
        45_000: "415-555-0100",
        45_001: "",
        45_002: "415-321-0001",
        50_000: "Jane",
    }.items():
        lines[place] = text
    report = read_numbers("\n".join(lines))
    assert [(entry.row - 1, entry.reason) for entry in report.where(verdict=["invalid", "duplicate"])] == [
        (12_000, "area_code_format"),
        (28_000, "area_code_format"),
        (45_000, "fictitious"),
        (45_002, "duplicate"),
        (50_000, "not_a_number"),
    ]
    assert len(report) == 59_999
    assert len(NumberSet(report.numbers)) == 59_994


def test_what_is_no_number_does_not_repeat_anything() -> None:
    lines = [f"415-{321 + line // 10_000}-{line % 10_000:04}" for line in range(20_000)] + [
        "900-321-0100"
    ] * 3
    report = read_numbers(lines * 2)
    assert report.counts == {"valid": 20_000, "duplicate": 20_000, "invalid": 6, "premium": 6}


def test_a_set_of_many_numbers_of_an_exchange_holds_them_be_they_all_or_chosen() -> None:
    lines = [spelled(7 * line % 10_000, 0, 415) for line in range(1_500)]
    report = read_numbers("\n".join(["600", *lines, *lines[:3]]))
    expected = sorted(map(TelephoneNumber.parse, lines))
    assert list(NumberSet(report.numbers)) == expected
    assert list(NumberSet(report.where(verdict="valid").numbers)) == expected
