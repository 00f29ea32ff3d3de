"""A small web service over telephone numbers, with FastAPI.

    python -m pip install 'pstnkit' fastapi uvicorn
    uvicorn fastapi_app:app --app-dir examples

Run as a program (which needs httpx2, too), it asks itself a few questions and prints the answers.

Numbers in a path, a query and a body are values before the code of an endpoint sees them; what is no number is
answered with status 422 and the sentence that says why. In a query a plus sign has to be written ``%2B``, as in any
address, or the ten digits do without it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import Body, FastAPI
from fastapi.testclient import TestClient
from pydantic import BaseModel

from pstnkit import AsWritten, NumberRange, NumberSet, TelephoneNumber, plan, read_numbers

app = FastAPI(title="Numbers")


class About(BaseModel):
    """What is known of a number."""

    number: TelephoneNumber
    written: str
    kind: str
    area_code: str
    place: str | None
    timezones: tuple[str, ...]


class Assignment(BaseModel):
    """A number, as somebody types it, and who gets it."""

    number: Annotated[TelephoneNumber, AsWritten()]
    user: str


class Difference(BaseModel):
    """Two lists of numbers; ranges may stand among them."""

    ordered: NumberSet
    delivered: NumberSet


class Missing(BaseModel):
    """What was ordered and not delivered."""

    count: int
    ranges: list[NumberRange]


@app.get("/numbers/{number}")
def about(number: TelephoneNumber) -> About:
    """A number in the path."""
    today = datetime.now(UTC).date()
    return About(
        number=number,
        written=f"{number:national}",
        kind=plan.classify(number, today).kind,
        area_code=plan.area_code(number.npa, today).status,
        place=number.place,
        timezones=number.timezones,
    )


@app.get("/neighbors")
def neighbors(number: TelephoneNumber, count: int = 2) -> list[TelephoneNumber]:
    """A number in the query."""
    numbers = number.exchange.numbers
    place = numbers.index(number)
    return list(numbers[place + 1 : place + 1 + count])


@app.post("/assignments", status_code=201)
def assign(assignment: Assignment) -> Assignment:
    """A number in the body."""
    return assignment


@app.post("/differences")
def difference(lists: Difference) -> Missing:
    """Sets in the body, ranges in the answer."""
    missing = lists.ordered - lists.delivered
    return Missing(count=len(missing), ranges=list(missing.ranges()))


@app.post("/pastes")
def check(text: Annotated[str, Body(media_type="text/plain")]) -> dict[str, Any]:
    """A paste, checked line by line: the service answers for every entry, good or bad, and refuses none."""
    report = read_numbers(text, on=datetime.now(UTC).date())
    return {
        "valid": len(report.valid),
        "invalid": len(report.invalid),
        "duplicates": len(report.duplicates),
        "entries": report.to_records(),
    }


def conversation() -> Iterator[tuple[str, int, Any]]:
    """A few questions to the service: each with the status and the body of its answer."""
    client = TestClient(app)
    for method, path, body in (
        ("GET", "/numbers/+14153982010", None),
        ("GET", "/numbers/415-398", None),
        ("GET", "/neighbors?number=4153982010", None),
        ("POST", "/assignments", {"number": "(415) 398-2010", "user": "Dana Reed"}),
        ("POST", "/assignments", {"number": "(415) 398-2010 x5", "user": "Dana Reed"}),
        (
            "POST",
            "/differences",
            {"ordered": [{"first": "4153982010", "last": "4153982014"}], "delivered": ["4153982012"]},
        ),
    ):
        answer = client.request(method, path, json=body)
        yield f"{method} {path}", answer.status_code, answer.json()
    paste = "(415) 398-2010\n415-398-2010 x5\n415-398-20"
    answer = client.post("/pastes", content=paste, headers={"content-type": "text/plain"})
    yield "POST /pastes", answer.status_code, answer.json()


if __name__ == "__main__":
    for question, status, answer in conversation():
        print(f"{question}\n{status} {json.dumps(answer, indent=2)}\n")
