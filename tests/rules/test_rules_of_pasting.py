"""SPEC P1 and P2: a paste is read in the forms that people paste, and each entry is green or red."""

from __future__ import annotations

from pstnkit.numbering.paste import Verdict, read_numbers

LINES = "415-201-2671\n212-736-5000\n"
CSV = "Name,Phone\nMaria,415-201-2671\nJo,212-736-5000\n"
CLIPBOARD = "Name\tPhone\tNote\r\nMaria\t415-201-2671\tcalls, mostly\r\nJo\t212-736-5000\t\r\n"


def test_p1_lines_csv_and_a_spreadsheets_clipboard_give_the_same_numbers() -> None:
    for pasted in (LINES, CSV, CLIPBOARD):
        assert [number.line for number in read_numbers(pasted).numbers] == ["2671", "5000"]
    assert [(entry.row, entry.column) for entry in read_numbers(CLIPBOARD)] == [(2, 2), (3, 2)]


def test_p2_each_entry_is_valid_and_green_or_invalid_and_red() -> None:
    report = read_numbers("415-201-2671\n415-201-26\n415-911-2671\n")
    assert [entry.verdict for entry in report] == [Verdict.VALID, Verdict.INVALID, Verdict.INVALID]
    green, red = "\x1b[32m", "\x1b[31m"
    colors = [line[:5] for line in report.to_text(color=True).splitlines() if line.startswith("\x1b")]
    assert colors == [green, red, red]
