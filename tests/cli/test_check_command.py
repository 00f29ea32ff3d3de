"""``pstnkit check``: verdicts for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from command_line import run
from pstnkit import read_numbers
from pstnkit.cli.clock import today


@pytest.mark.parametrize(
    ("listed", "status"),
    [
        (b"415-201-2671\n212-736-5000\n", 0),
        (b"415-201-2671 x12\n415-201-2700 - 2709\n800-356-9377\n", 0),
        (b"415-201-2671\n415-201-26\n", 1),
        (b"415-201-2671\n(415) 201-2671\n", 1),
        (b"nonsense\n", 1),
        (b"", 0),
        (b"\xef\xbb\xbf\n\n \n", 0),
    ],
)
def test_the_status_says_whether_every_entry_is_valid(listed: bytes, status: int) -> None:
    for arguments in ([], ["--json"]):
        ran = run("check", "-", *arguments, stdin=listed)
        assert (ran.status, ran.err) == (status, "")


def test_a_file_is_shown_as_the_library_shows_it(tmp_path: Path) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text("name,phone\nMaria,415-201-2671\nJo,415-201-26\n", encoding="utf-8")
    shown = read_numbers(listed, on=today()).to_text(color=False)
    assert "1 valid" in shown
    assert run("check", str(listed)) == (1, f"{shown}\n", "")


def test_json_is_one_object_a_line_with_the_fields_of_an_entry() -> None:
    ran = run("check", "-", "--json", stdin=b"415-201-2671 x12\n415-201-26\n415-201-2698 - 2701\n")
    objects = [json.loads(line) for line in ran.out.splitlines()]
    assert ran.status == 1
    assert objects[0] == {
        "text": "415-201-2671 x12",
        "value": "415-201-2671 x12",
        "row": 1,
        "column": 1,
        "start": objects[0]["start"],
        "end": objects[0]["end"],
        "verdict": "valid",
        "reason": None,
        "hint": None,
        "numbers": ["+14152012671"],
        "extension": "12",
    }
    assert [made["verdict"] for made in objects] == ["valid", "invalid", "valid"]
    assert (objects[1]["reason"], objects[1]["numbers"]) == ("too_short", [])
    assert objects[2]["numbers"] == ["+14152012698", "+14152012699", "+14152012700", "+14152012701"]


def test_columns_can_be_chosen() -> None:
    table = b"Main,Old\n415-201-2671,415-201-26\n"
    assert run("check", "-", "--columns", "Main", stdin=table).status == 0
    assert run("check", "-", "--columns", "2", stdin=table).status == 1
    wrong = run("check", "-", "--columns", "C", stdin=table)
    assert wrong.status == 2
    assert wrong.complaint == "pstnkit check: there is no column 'C'; there are A, B"


def test_area_codes_are_judged_by_the_day_that_is_given() -> None:
    announced = b"565-201-2671\n"
    assert run("check", "-", "--on", "2026-11-20", stdin=announced).status == 1
    assert run("check", "-", "--on", "2028-01-01", stdin=announced).status == 0


def test_json_leaves_what_was_not_read_to_standard_error() -> None:
    two = b"Phone,Account number\n415-201-2671,4152012672\n212-736-5000,4152012673\n"
    ran = run("check", "-", "--json", stdin=two)
    assert (ran.status, len(ran.out.splitlines())) == (0, 2)
    assert ran.err == (
        "pstnkit check: 2 cells outside the columns read may be numbers; --columns chooses columns\n"
    )
    one = b"Phone,Account number\n415-201-2671,4152012672\n212-736-5000,none\n"
    assert "1 cell outside" in run("check", "-", "--json", stdin=one).err
    assert "Not read, but like a number:" in run("check", "-", stdin=one).out


def test_a_list_of_which_nothing_was_read_is_no_good_news() -> None:
    unread = b"Account number,Order number\n4152012671,12\n4152012672,13\n"
    ran = run("check", "-", stdin=unread)
    assert ran.out.startswith("0 entries")
    assert ran.status == 1


@pytest.mark.parametrize("junk", [b"\x00\xff\xfe\x80" * 100, b"\xff" * 10, b"PK\x03\x04 not a workbook"])
def test_what_is_not_text_is_one_clear_line(junk: bytes) -> None:
    ran = run("check", "-", stdin=junk)
    assert ran.status == 2
    assert ran.complaint.startswith("pstnkit check: the file ")


def test_text_in_another_encoding_can_be_named() -> None:
    note = "Zo\u00eb,415-201-2671\n".encode("cp1252")
    assert run("check", "-", stdin=note).status == 2
    assert run("check", "-", "--encoding", "cp1252", stdin=note).status == 0


def test_a_file_that_is_none_is_one_clear_line(tmp_path: Path) -> None:
    assert "cannot be opened: No such file" in run("check", str(tmp_path / "missing")).complaint
    assert run("check", str(tmp_path)).status == 2
    assert run("check", "nul\0character").status == 2


def test_hostile_text_cannot_drive_the_terminal() -> None:
    hostile = "\x1b]0;title\x07 \u202e415\r\n" + "5" * 100_000 + "\n"
    ran = run("check", "-", stdin=hostile.encode())
    assert ran.status == 1
    assert not {"\x1b", "\x07", "\u202e", "\r"} & set(ran.out)
    assert max(map(len, ran.out.splitlines())) < 300
