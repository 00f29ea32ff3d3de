"""The collected examples: each is pasted alone, and comes out as it was judged by hand."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from pstnkit.numbering.paste import read_numbers

_DATA = Path(os.environ.get("PSTNKIT_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data"))
_EXAMPLES = _DATA / "paste_examples.csv"


def _examples() -> list[dict[str, str]]:
    if not _EXAMPLES.exists():
        return []
    with _EXAMPLES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.skipif(not _examples(), reason=f"the examples are not at {_EXAMPLES} (set PSTNKIT_SHARED_DATA)")
def test_there_are_a_hundred_examples_to_judge_by() -> None:
    assert len(_examples()) >= 100


@pytest.mark.parametrize("example", _examples(), ids=lambda example: ascii(example["input"]))
def test_an_example_pasted_alone_is_judged_as_by_hand(example: dict[str, str]) -> None:
    pasted = example["input"]
    (entry,) = read_numbers(pasted)
    ends = [str(number) for number in (entry.numbers[0], entry.numbers[-1])] if entry.numbers else []
    assert entry.verdict == example["verdict"]
    assert "..".join(dict.fromkeys(ends)) == example["e164"]
    assert (entry.extension or "") == example["extension"]
    assert not example["reason"] or entry.reason == example["reason"]
    assert pasted[entry.start : entry.end] == entry.text == pasted


@pytest.mark.skipif(not _examples(), reason=f"the examples are not at {_EXAMPLES} (set PSTNKIT_SHARED_DATA)")
def test_the_examples_pasted_as_one_list_keep_their_rows_and_verdicts() -> None:
    examples = _examples()
    report = read_numbers("\n".join(example["input"] for example in examples))
    assert [entry.row for entry in report] == list(range(1, len(examples) + 1))
    for entry, example in zip(report, examples, strict=True):
        expected = {"valid", "duplicate"} if example["verdict"] == "valid" else {"invalid"}
        assert entry.verdict in expected, example["input"]
