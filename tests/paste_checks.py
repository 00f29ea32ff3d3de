"""What a report has to be, by entries whose reading is known: compared one by one, and summed up naively."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from paste_forms import Line
from paste_oracle import Listed, Reading, whole_list
from pstnkit import Entry, PasteReport, Reason, Verdict


def said_of(readings: Iterable[Reading]) -> list[tuple[Any, ...]]:
    return [(one.verdict, one.numbers, one.extension) for one in readings]


def check_entries(entries: Sequence[Entry], expected: Sequence[Listed]) -> None:
    """Each entry is as expected: row, verdict, reason, numbers, extension, and of a duplicate the first row."""
    assert [of_entry(entry) for entry in entries] == [
        (one.row, *said_of([one.reading])[0]) for one in expected
    ]
    for entry, one in zip(entries, expected, strict=True):
        assert entry.reason in one.reading.reasons, entry
        if entry.verdict is Verdict.DUPLICATE:
            pointed = re.search(r"row ([0-9]+)", entry.hint or "")
            assert pointed is not None
            assert int(pointed[1]) in one.first_rows


def of_entry(entry: Entry) -> tuple[Any, ...]:
    ends = (int(entry.numbers[0]), int(entry.numbers[-1])) if entry.numbers else None
    if ends is not None:
        assert len(entry.numbers) == ends[1] - ends[0] + 1
    return entry.row, entry.verdict, ends, entry.extension


def check_sums(report: PasteReport, expected: Sequence[Listed], numbers: Sequence[int]) -> None:
    """Counts and numbers are those of the entries, counted one by one."""
    verdicts = Counter(one.reading.verdict for one in expected)
    assert {verdict: report.counts[verdict] for verdict in Verdict} == {v: verdicts[v] for v in Verdict}
    reasons = Counter(entry.reason for entry in report if entry.reason is not None)
    assert report.counts.reasons == dict(reasons)
    assert [int(number) for number in report.numbers] == list(numbers)
    assert len(report.numbers) == len(numbers)


def check_list(made: Sequence[Line], report: PasteReport, known: Mapping[int, Reason] | None = None) -> None:
    """``report`` is of a list of ``made``, one a row."""
    rows = [(row, list(line.readings)) for row, line in enumerate(made, 1)]
    expected, numbers = whole_list(rows, known or {})
    check_entries(report, expected)
    check_sums(report, expected, numbers)
