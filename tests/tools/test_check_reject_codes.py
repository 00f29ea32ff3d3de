"""The tool that compares the table of reject codes with a list of them."""

from __future__ import annotations

import csv
from pathlib import Path

import check_reject_codes as tool
import pytest

from pstnkit.carriers.words.reject_codes import reject_codes


def listed() -> list[tuple[str, str, str]]:
    return [(row.carrier, row.code, code) for row in reject_codes() for code in row.passed_on or ("",)]


def write(path: Path, rows: list[tuple[str, str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("provider", "code", "vendor_code"), *rows])
    return path


def test_a_list_of_the_same_codes_passes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert tool.main([str(write(tmp_path / "codes.csv", listed()))]) == 0
    assert "every code is in the table" in capsys.readouterr().out


def test_what_the_table_and_the_list_have_not_in_common_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [*listed()[1:], ("telnyx", "NEW_CODE", "")]
    assert tool.main([str(write(tmp_path / "codes.csv", rows))]) == 1
    told = capsys.readouterr().out
    assert "telnyx NEW_CODE is not in the table" in told
    assert f"the table has {' '.join(listed()[0])}, and the list has not" in told


def test_a_code_under_two_reasons_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = (row for row in reject_codes() if row.code in ("7401", "7435"))
    monkeypatch.setattr(tool, "reject_codes", lambda: (one, type(other)("bandwidth", "7401", other.reason)))
    tool.main([str(write(tmp_path / "codes.csv", listed()))])
    assert (
        "7401 of bandwidth has several reasons: account_number_mismatch, pin_mismatch"
        in capsys.readouterr().out
    )


def test_what_is_no_list_of_codes_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "codes.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert tool.main([str(tmp_path / "codes.csv")]) == 2
    assert tool.main([str(tmp_path / "none.csv")]) == 2
    assert "has no columns code, provider, vendor_code" in capsys.readouterr().err
