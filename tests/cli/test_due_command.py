"""``pstnkit due``: when an order is due (SPEC F1 to F5)."""

from __future__ import annotations

import json

import pytest

from command_line import run


@pytest.mark.parametrize(
    ("arguments", "due"),
    [
        ("--kind standard --signed 2026-11-20T15:00:00-08:00", "2026-11-20T15:10:00-08:00"),
        ("--kind advanced --signed 2026-11-20T15:00:00-08:00", "2026-11-25T15:00:00-08:00"),
        (
            "--kind port --signed 2026-10-20T22:00:00Z --tz America/Los_Angeles",
            "2026-11-10T15:00:00-08:00",
        ),
        (
            "--kind standard --signed 2026-11-20T15:00:00-08:00 --placed 2026-11-20T23:30:00+00:00",
            "2026-11-20T15:40:00-08:00",
        ),
    ],
)
def test_the_time_is_told_in_the_signers_zone(arguments: str, due: str) -> None:
    assert run("due", *arguments.split()) == (0, f"{due}\n", "")
    assert json.loads(run("due", *arguments.split(), "--json").out) == {"due": due}


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ("--signed 2026-11-20T15:00:00", "signed must say its zone, and 2026-11-20T15:00:00 does not"),
        ("--signed 2026-11-20T15:00Z --placed 2026-11-20", "placed must say its zone"),
        ("--signed 2026-11-20T15:00Z --tz Mars/Base", "'Mars/Base' is no time zone"),
        ("--signed 2026-11-20T15:00Z --tz=", "'' is no time zone"),
        ("--signed 2026-11-20T15:00Z --tz America", "'America' is no time zone"),
        ("--signed 2026-11-20T15:00Z --tz ../../etc/passwd", "'../../etc/passwd' is no time zone"),
        ("--signed 9999-12-30T00:00Z", "the time lies outside of the calendar's years 1 to 9999"),
    ],
)
def test_a_time_that_cannot_be_meant_is_wrong_usage(arguments: str, complaint: str) -> None:
    ran = run("due", "--kind", "port", *arguments.split())
    assert ran.status == 2
    assert ran.complaint.startswith(f"pstnkit due: {complaint}")
