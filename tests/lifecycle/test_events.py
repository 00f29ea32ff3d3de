"""Events are facts with an id, a time, a source and an actor."""

from __future__ import annotations

from copy import copy
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from attrs import fields
from hypothesis import given, settings
from hypothesis import strategies as st

from every_class import every_class
from lifecycle_cases import NOW, event
from pstnkit.accounts.emergency import EnterAddress
from pstnkit.errors import CallerError
from pstnkit.lifecycle.events import Decision, Event, NaiveTime, Report, Source, latest
from pstnkit.lifecycle.reports import (
    Acknowledged,
    Cancelled,
    Fulfilled,
    NumbersWorking,
    PartlyFulfilled,
    Settle,
)
from pstnkit.numbering.ranges import NumberRange
from pstnkit.testing.savable import savable_values


def test_an_event_without_a_zone_is_refused() -> None:
    with pytest.raises(NaiveTime, match="the time of an event must say its zone"):
        Event("e", datetime(2026, 11, 20), Source.CLOCK, "clock", "order-1", Cancelled())  # noqa: DTZ001


def test_an_event_has_an_id_a_source_and_something_to_say() -> None:
    with pytest.raises(CallerError, match="needs an id of its own"):
        event("order-1", Cancelled(), event_id="").must_concern("order-1")
    with pytest.raises(TypeError, match="is a str, not int"):
        Event(7, NOW, Source.CLOCK, "clock", "order-1", Cancelled())  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="'somebody' is not a valid Source"):
        Event("e", NOW, "somebody", "clock", "order-1", Cancelled())
    with pytest.raises(TypeError, match="the actor of an event is a str, not NoneType"):
        Event("e", NOW, Source.CLOCK, None, "order-1", Cancelled())  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="the subject of an event is a str, not Cancelled"):
        Event("e", NOW, Source.CLOCK, "clock", Cancelled(), Cancelled())  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="the body of an event is a decision or a report, not a str"):
        Event("e", NOW, Source.CLOCK, "clock", "order-1", "cancelled")  # type: ignore[arg-type]


_ONE = NumberRange("4153210200", "4153210200")


@pytest.mark.parametrize(
    ("body", "misfit"),
    [
        (Settle(None), "note of Settle is a str, not None"),  # type: ignore[arg-type]
        (Acknowledged(7), "reference of Acknowledged is a str, not a int"),  # type: ignore[arg-type]
        (NumbersWorking([_ONE]), "numbers of NumbersWorking is a tuple of NumberRange, not a list"),  # type: ignore[arg-type]
        (
            NumbersWorking((_ONE, _ONE.first)),  # type: ignore[arg-type]
            "is a tuple of NumberRange, not a tuple with a TelephoneNumber",
        ),
        (Fulfilled((), NOW), "works_from of Fulfilled is a date, or None, not a datetime"),
        (PartlyFulfilled("all", ""), "is a tuple of NumberRange, or None, not a str"),  # type: ignore[arg-type]
        (EnterAddress("500 Anson St"), "address of EnterAddress is a CivicAddress, not a str"),  # type: ignore[arg-type]
    ],
)
def test_what_an_event_says_is_made_of_what_its_class_says(body: Decision | Report, misfit: str) -> None:
    with pytest.raises(TypeError, match=misfit):
        event("order-1", body)


@pytest.mark.parametrize("kind", every_class())
def test_no_field_of_anything_that_can_be_said_takes_just_anything(kind: type[Any]) -> None:
    @given(savable_values(kind), st.data())
    @settings(max_examples=5)
    def check(said: Any, data: st.DataObject) -> None:
        assert event("order-1", said).body is said
        for field in fields(kind):
            broken = copy(said)
            object.__setattr__(broken, field.name, data.draw(st.sampled_from([object(), b"", 1.5, [said]])))
            with pytest.raises(TypeError, match=f"^{field.name} of {kind.__name__} is a "):
                event("order-1", broken)

    check()


def test_what_has_no_fields_fits() -> None:
    class Rumor(Report):
        word = "rumor"

    rumor = Rumor()
    assert event("order-1", rumor).body is rumor


def test_the_latest_is_the_latest_instant_whatever_the_zone() -> None:
    earlier = NOW.astimezone(timezone(timedelta(hours=9)))
    later = (NOW + timedelta(minutes=1)).astimezone(UTC)
    assert latest([earlier, later]) is later


def test_an_event_knows_whom_it_concerns() -> None:
    event("order-1", Cancelled()).must_concern("order-1")
    with pytest.raises(ValueError, match="is about 'order-1', not about 'order-2'"):
        event("order-1", Cancelled()).must_concern("order-2")
