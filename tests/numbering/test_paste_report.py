"""The report adds up, and shows itself safely in every form."""

from __future__ import annotations

import copy
import csv
import io
import json
import pickle

import pytest

from probes import AlwaysEqual
from pstnkit.numbering.paste import Counts, Entry, PasteReport, Verdict, read_numbers
from pstnkit.numbering.ranges import NumberRange
from pstnkit.numbering.reasons import Reason
from pstnkit.numbering.telephone import TelephoneNumber

PASTE = """\
Name,Phone,Account
Jane,415-321-0100 x12,4153210199
<b>Joe</b>,"=HYPERLINK(""http://x"")",
Ann,(415) 321-0100,
Bob,415-321-0110 - 0119,
Eve,\u202e+44 20 7946 0958,
"""


@pytest.fixture
def report() -> PasteReport:
    return read_numbers(PASTE)


def test_a_report_is_a_sequence_of_its_entries(report: PasteReport) -> None:
    assert len(report) == 5
    assert [report[index] for index in range(5)] == list(report) == list(report[:])
    assert report[-1].row == 6
    assert report[0] in report
    with pytest.raises(IndexError):
        report[5]


def test_entries_part_into_valid_duplicate_and_invalid(report: PasteReport) -> None:
    assert [entry.row for entry in report.valid] == [2, 5]
    assert [entry.row for entry in report.duplicates] == [4]
    assert [entry.row for entry in report.invalid] == [3, 6]


def test_counts_are_by_verdict_and_by_reason(report: PasteReport) -> None:
    counts = report.counts
    assert counts == {"valid": 2, "duplicate": 1, "invalid": 2, "not_a_number": 1, "foreign": 1}
    assert (counts.valid, counts.duplicate, counts.invalid, counts.total) == (2, 1, 2, 5)
    assert counts[Verdict.VALID] == counts["valid"] == 2
    assert counts[Reason.FOREIGN] == 1
    assert counts[Reason.TOO_SHORT] == 0
    assert counts.reasons == {Reason.DUPLICATE: 1, Reason.NOT_A_NUMBER: 1, Reason.FOREIGN: 1}
    assert len(counts) == 5
    assert repr(counts) == "Counts(valid=2, duplicate=1, invalid=2, not_a_number=1, foreign=1)"
    assert report.counts is counts
    assert "foreign" in counts
    assert "too_short" not in counts
    with pytest.raises(KeyError):
        counts["green"]


def test_counts_of_nothing_are_zero() -> None:
    assert dict(Counts(b"")) == {"valid": 0, "duplicate": 0, "invalid": 0}
    assert Counts(b"").reasons == {}


def test_numbers_are_a_lazy_sequence_in_source_order(report: PasteReport) -> None:
    numbers = report.numbers
    expected = [TelephoneNumber("4153210100"), *NumberRange("4153210110", "4153210119")]
    assert list(numbers) == expected
    assert [numbers[index] for index in range(-11, 11)] == expected + expected
    assert numbers[2:5] == tuple(expected[2:5])
    assert expected[3] in numbers
    assert numbers == read_numbers(PASTE).numbers == expected == numbers
    assert numbers != expected[:-1]
    assert numbers != [*expected[:-1], expected[0]]
    assert numbers == read_numbers("\n".join(map(str, expected))).numbers
    assert numbers == AlwaysEqual()
    assert numbers != set(expected)
    assert [str(span) for span in numbers.ranges()] == [
        "+14153210100..+14153210100",
        "+14153210110..+14153210119",
    ]
    assert repr(numbers) == "<11 valid numbers>"
    assert len(read_numbers("").numbers) == 0
    with pytest.raises(IndexError):
        numbers[11]


def test_an_entry_tells_everything_about_itself(report: PasteReport) -> None:
    entry = report[0]
    assert PASTE[entry.start : entry.end] == entry.text == entry.value == "415-321-0100 x12"
    assert repr(entry) == "<Entry row 2 column 2 '415-321-0100 x12' valid>"
    assert repr(report[4]) == "<Entry row 6 column 2 '+44 20 7946 0958' invalid: foreign>"
    assert entry.explanation is None
    assert report[4].explanation == "is a number of another country (United Kingdom)"
    assert report[3].to_dict() == {
        "text": "415-321-0110 - 0119",
        "value": "415-321-0110 - 0119",
        "row": 5,
        "column": 2,
        "start": PASTE.index("415-321-0110"),
        "end": PASTE.index("415-321-0110") + 19,
        "verdict": "valid",
        "reason": None,
        "hint": None,
        "numbers": [f"+141532101{last}" for last in range(10, 20)],
        "extension": None,
    }


def test_an_entry_is_an_immutable_value(report: PasteReport) -> None:
    entry = report[2]
    assert entry == read_numbers(PASTE)[2] == copy.copy(entry) == pickle.loads(pickle.dumps(entry))
    assert hash(entry) == hash(read_numbers(PASTE)[2])
    assert entry != report[0]
    assert entry != entry.text
    assert entry == AlwaysEqual()
    with pytest.raises(AttributeError, match="an Entry is immutable"):
        entry.row = 3  # type: ignore[misc]
    with pytest.raises(AttributeError, match="immutable"):
        del entry._index


def test_entries_and_reports_are_made_by_reading_only() -> None:
    for kind in (Entry, PasteReport):
        with pytest.raises(TypeError, match="made by read_numbers"):
            kind()


def test_a_report_equals_one_of_the_same_reading(report: PasteReport) -> None:
    assert report == read_numbers(PASTE)
    assert report != read_numbers("415-321-0100")
    assert report != list(report)
    assert pickle.loads(pickle.dumps(report)) == report
    more, fewer = (read_numbers(f"Phone,Notes\n415-321-0100,{note}") for note in ("415-321-0199", "none"))
    assert (list(more), more.columns) == (list(fewer), fewer.columns)
    assert more != fewer
    (unread,) = more.unread
    assert unread == pickle.loads(pickle.dumps(unread)) != "415-321-0199"
    assert len({unread, copy.copy(unread)}) == 1
    assert repr(report) == "<PasteReport: 5 entries, 2 valid, 1 duplicate, 2 invalid>"


def test_text_shows_verdicts_by_word_and_symbol(report: PasteReport) -> None:
    lines = report.to_text(color=False).split("\n")
    assert lines[0].split() == ["row", "entry", "verdict", "number", "why"]
    assert "\u2713 valid" in lines[2]
    assert lines[2].endswith("(415) 321-0100 ext. 12")
    assert "\u2717 invalid" in lines[3]
    assert "= duplicate" in lines[4]
    assert "(415) 321-0110 to 0119 (10)" in lines[5]
    assert "is a number of another country (United Kingdom)" in lines[6]
    assert lines[8] == "5 entries: 2 valid, 1 duplicate, 2 invalid; 11 numbers"
    assert lines[9] == "Reasons: 1 not a number, 1 foreign"
    assert lines[10] == 'Read column B ("Phone"): its heading names telephone numbers'
    assert lines[11] == "Not read, but like a number:"
    assert "4153210199" in lines[14]
    assert "\u202e" not in "".join(lines)


def test_text_is_in_color_when_told_and_on_a_terminal(
    report: PasteReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("TERM", raising=False)

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    assert {"\x1b[32m", "\x1b[31m", "\x1b[33m"} <= set(_styles(report.to_text(color=True)))
    assert report.to_text() == report.to_text(color=False)
    monkeypatch.setattr("sys.stdout", Terminal())
    assert report.to_text() == report.to_text(color=True)


def _styles(text: str) -> list[str]:
    return [f"\x1b{part.split('m')[0]}m" for part in text.split("\x1b")[1:]]


def test_text_of_little_is_short() -> None:
    assert (
        read_numbers("").to_text(color=False).split("\n")[0]
        == "0 entries: 0 valid, 0 duplicate, 0 invalid; 0 numbers"
    )
    assert "No column holds telephone numbers" in read_numbers("NPA,NXX\n415,321").to_text(color=False)
    assert "1 entry: 1 valid, 0 duplicate, 0 invalid; 1 number\n" in read_numbers("415-321-0100").to_text(
        color=False
    )


def test_long_entries_are_cut_in_views_only() -> None:
    report = read_numbers("hello " * 100)
    assert "hello \u2026" in report.to_text(color=False) or "\u2026" in report.to_text(color=False)
    assert len(report.to_text(color=False).split("\n")[2]) < 130
    assert len(report[0].value) == 599


def test_csv_is_safe_to_open_in_a_spreadsheet(report: PasteReport) -> None:
    rows = list(csv.DictReader(io.StringIO(report.to_csv(), newline="")))
    assert [row["verdict"] for row in rows] == ["valid", "invalid", "duplicate", "valid", "invalid"]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())
    assert (rows[3]["first"], rows[3]["last"]) == ("415-321-0110", "415-321-0119")
    assert rows[0]["extension"] == "12"


def test_what_was_written_as_csv_reads_back_as_the_same_numbers(report: PasteReport) -> None:
    again = read_numbers(report.to_csv(), columns="first")
    assert [entry.numbers[0] for entry in again.valid] == [entry.numbers[0] for entry in report.valid]


def test_json_and_records_hold_the_entries(report: PasteReport) -> None:
    document = json.loads(report.to_json())
    assert document["entries"] == report.to_records() == [entry.to_dict() for entry in report]
    assert document["counts"] == {"valid": 2, "duplicate": 1, "invalid": 2, "not_a_number": 1, "foreign": 1}
    assert document["columns"] == [{"index": 2, "letter": "B", "name": "Phone", "why": "heading"}]
    assert [cell["text"] for cell in document["unread"]] == ["4153210199"]
    assert "sheet" not in document["unread"][0]
    assert report.to_json().isascii()


def test_a_number_of_another_country_is_named_even_if_it_belongs_to_none() -> None:
    explanations = [
        entry.explanation for entry in read_numbers("+64 3 331 6005\n+800 1234 5678\n+999 1234567")
    ]
    assert explanations == [
        "is a number of another country (New Zealand)",
        "is a number of another country (country code +800)",
        "is a number of another country (unknown country code +999)",
    ]
