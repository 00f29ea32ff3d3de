"""The example of a web service takes numbers wherever a request has them, and says what is wrong with bad ones."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

EXAMPLE = Path(__file__).parents[2] / "examples" / "fastapi_app.py"
CLIENT = TestClient(runpy.run_path(str(EXAMPLE))["app"])


def test_a_number_in_the_path_is_told_about() -> None:
    for written in ("+14153982010", "4153982010", "14153982010"):
        answer = CLIENT.get(f"/numbers/{written}")
        assert answer.status_code == 200
        assert answer.json() == {
            "number": "+14153982010",
            "written": "(415) 398-2010",
            "kind": "ordinary",
            "area_code": "in_service",
            "place": "San Francisco, CA",
            "timezones": ["America/Los_Angeles"],
        }


@pytest.mark.parametrize(
    ("path", "place", "reason"),
    [
        ("/numbers/415-398", ["path", "number"], "too_short"),
        ("/numbers/+442079460958", ["path", "number"], "foreign"),
        ("/numbers/4150982010", ["path", "number"], "exchange_format"),
        ("/neighbors?number=hello", ["query", "number"], "not_a_number"),
        ("/neighbors?number=+14153982010", ["query", "number"], "not_a_number"),  # the plus became a space
    ],
)
def test_what_is_no_number_is_answered_with_the_reason(path: str, place: list[str], reason: str) -> None:
    answer = CLIENT.get(path)
    assert answer.status_code == 422
    [fault] = answer.json()["detail"]
    assert (fault["type"], fault["loc"]) == ("invalid_telephone_number", place)
    assert fault["ctx"]["reason"] == reason
    assert fault["msg"].startswith("'")


def test_a_number_in_the_query_has_neighbors() -> None:
    for written in ("4153989998", "%2B14153989998"):
        answer = CLIENT.get(f"/neighbors?number={written}&count=5")
        assert answer.json() == ["+14153989999"]
    assert CLIENT.get("/neighbors?number=4153989999").json() == []


def test_a_number_in_the_body_is_read_as_people_write_it() -> None:
    answer = CLIENT.post("/assignments", json={"number": "(415) 398-2010", "user": "Dana Reed"})
    assert (answer.status_code, answer.json()["number"]) == (201, "+14153982010")


@pytest.mark.parametrize("number", ["(415) 398-2010 x5", True, None, 4153982010.5, ["4153982010"], {}])
def test_a_body_without_a_number_is_refused(number: Any) -> None:
    answer = CLIENT.post("/assignments", json={"number": number, "user": "Dana Reed"})
    assert answer.status_code == 422
    assert [fault["loc"] for fault in answer.json()["detail"]] == [["body", "number"]]


def test_sets_come_in_and_ranges_go_out() -> None:
    answer = CLIENT.post(
        "/differences",
        json={
            "ordered": [{"first": "4153982010", "last": "4153982014"}, "4153982099"],
            "delivered": ["4153982012"],
        },
    )
    assert answer.json() == {
        "count": 5,
        "ranges": [
            {"first": "+14153982010", "last": "+14153982011"},
            {"first": "+14153982013", "last": "+14153982014"},
            {"first": "+14153982099", "last": "+14153982099"},
        ],
    }


def test_a_paste_is_checked_entry_by_entry() -> None:
    paste = "(415) 398-2010\n415-398-2010 x5\n415-398-20"
    answer = CLIENT.post("/pastes", content=paste, headers={"content-type": "text/plain"})
    assert answer.status_code == 200
    found = answer.json()
    assert (found["valid"], found["duplicates"], found["invalid"]) == (1, 1, 1)
    assert [entry["reason"] for entry in found["entries"]] == [None, "duplicate", "too_short"]
    assert found["entries"][0]["numbers"] == ["+14153982010"]


def test_the_interface_is_described() -> None:
    description = CLIENT.get("/openapi.json").json()
    [number] = description["paths"]["/numbers/{number}"]["get"]["parameters"]
    assert (number["in"], number["schema"]["format"]) == ("path", "phone")
    ranges = description["components"]["schemas"]["Missing"]["properties"]["ranges"]["items"]
    assert ranges["required"] == ["first", "last"]


def test_run_as_a_program_it_shows_a_conversation(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(EXAMPLE), run_name="__main__")
    shown = capsys.readouterr().out
    assert "GET /numbers/+14153982010\n200 {" in shown
    assert shown.count("\n422 {") == 2
