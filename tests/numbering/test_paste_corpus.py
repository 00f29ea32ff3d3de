"""The project's own collection of pastes, judged by hand: what ``tests/data/README.md`` describes."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pstnkit import Entry, PasteReport, read_numbers

_CORPUS = Path(__file__).parents[1] / "data" / "paste_corpus.csv"
with _CORPUS.open(encoding="utf-8", newline="") as file:
    _EXAMPLES = list(csv.DictReader(file))


def _numbers_of(entry: Entry) -> str:
    return "..".join(
        dict.fromkeys(
            [str(number) for number in (entry.numbers[0], entry.numbers[-1])] if entry.numbers else []
        )
    )


def _check(report: PasteReport, example: dict[str, str]) -> None:
    assert [entry.verdict for entry in report] == example["verdict"].split("|")
    assert [_numbers_of(entry) for entry in report] == example["numbers"].split("|")
    assert [entry.extension or "" for entry in report] == example["extension"].split("|")
    for entry, reasons in zip(report, example["reason"].split("|"), strict=True):
        assert reasons == "any" or (entry.reason or "") in reasons.split("/"), entry.reason


def test_there_are_some_hundreds_of_examples_each_with_its_source() -> None:
    assert len(_EXAMPLES) >= 500
    assert len({example["input"] for example in _EXAMPLES}) == len(_EXAMPLES)
    assert all(example["source"] for example in _EXAMPLES)


@pytest.mark.parametrize("example", _EXAMPLES, ids=lambda example: ascii(example["input"]))
def test_an_example_is_read_as_it_was_judged_by_hand(example: dict[str, str]) -> None:
    _check(read_numbers(["", example["input"]]), example)  # as a cell, below a blank one
    report = read_numbers(example["input"])  # as text that is pasted alone
    _check(report, example)
    assert all(example["input"][entry.start : entry.end] == entry.text for entry in report)
    assert not report.unread


def test_the_examples_in_one_column_are_read_each_as_it_is_alone() -> None:
    report = read_numbers([example["input"] for example in _EXAMPLES])
    by_row: dict[int, list[Entry]] = {}
    for entry in report:
        by_row.setdefault(entry.row, []).append(entry)
    for row, example in enumerate(_EXAMPLES, 1):
        verdicts = ["invalid" if entry.verdict == "invalid" else "valid" for entry in by_row[row]]
        assert verdicts == example["verdict"].replace("duplicate", "valid").split("|"), example["input"]
