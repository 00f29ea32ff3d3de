"""``pstnkit plan``: an area code on a day."""

from __future__ import annotations

import json

import pytest

from command_line import run
from pstnkit.cli.clock import today


def test_an_area_code_is_told_in_a_sentence_and_facts() -> None:
    assert run("plan", "917", "--on", "2026-11-20") == (
        0,
        "On 2026-11-20, area code 917 is in service; it serves a place.\n"
        "  country       US\n"
        "  subdivisions  US-NY\n"
        "  time zones    America/New_York\n"
        "  overlays      212/332/646/917, 347/465/718/917/929\n"
        "  opened        1992-01-01\n",
        "",
    )


def test_json_has_every_field_with_sets_sorted() -> None:
    ran = run("plan", "628", "--on", "2026-11-20", "--json")
    assert (ran.status, ran.err) == (0, "")
    assert json.loads(ran.out) == {
        "npa": "628",
        "kind": "geographic",
        "country": "US",
        "subdivisions": ["US-CA"],
        "timezones": ["America/Los_Angeles"],
        "timezones_certain": True,
        "overlays": [["415", "628"]],
        "status": "in_service",
        "in_service": "2015-03-21",
    }


@pytest.mark.parametrize(("on", "status"), [("2026-11-20", "planned"), ("2028-01-01", "in_service")])
def test_the_day_decides(on: str, status: str) -> None:
    assert json.loads(run("plan", "565", "--on", on, "--json").out)["status"] == status


def test_the_day_is_today_unless_given() -> None:
    before = today()
    told = run("plan", "415").out
    assert told.startswith((f"On {before}, ", f"On {today()}, "))


def test_a_code_that_is_not_in_service_is_an_answer_too() -> None:
    assert run("plan", "211", "--on", "2026-11-20") == (
        0,
        "On 2026-11-20, area code 211 is never assigned.\n",
        "",
    )


@pytest.mark.parametrize("text", ["115", "41", "4155", "abc", "", "\u0664\u0661\u0665", "4\n5"])
def test_what_cannot_be_an_area_code_is_wrong_usage(text: str) -> None:
    ran = run("plan", text)
    assert ran.status == 2
    assert " is no area code; one is three digits, the first 2 to 9" in ran.complaint
