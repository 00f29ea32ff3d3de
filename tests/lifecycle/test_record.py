"""The one way in which every record moves: customers, agreements, number books and orders alike."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import ClassVar

import pytest
from attrs import frozen

from lifecycle_cases import NOW, THREE, event, number_order, port_order
from pstnkit.accounts.agreements import Agreement, AgreementKind, EnvelopeSigned, Send, Void
from pstnkit.accounts.customers import ConvertToPaid, Customer, EnterContractInformation
from pstnkit.lifecycle.events import Decision, Report
from pstnkit.lifecycle.history import Discrepancy
from pstnkit.lifecycle.machine import DecisionRefused, Machine, Outcome
from pstnkit.lifecycle.record import Record, Staged, apply, replay
from pstnkit.lifecycle.reports import Acknowledged, Cancel, Finish, GatesOpened, NumbersWorking, Settle
from pstnkit.ordering.number_events import NumbersExpected
from pstnkit.ordering.numbers import NumberBook
from pstnkit.ordering.orders import OrderStatus

CUSTOMER = Customer(
    id="customer-1", partner="partner-1", company="Harbor", email="a@harbor.example", timezone="UTC"
)
AGREEMENT = Agreement(
    id="agreement-1",
    partner="partner-1",
    customer="customer-1",
    kind=AgreementKind.CONTRACT,
    signer="Dana Reed",
    email="a@harbor.example",
    client_reference="reference-3",
)
BOOK = NumberBook(id="customer-1/numbers", partner="partner-1", customer="customer-1")

STORIES: tuple[tuple[Record, tuple[Decision | Report, ...]], ...] = (
    (
        CUSTOMER,
        (EnterContractInformation("Dana Reed"), ConvertToPaid(), NumbersWorking((THREE,)), Settle("no")),
    ),
    (AGREEMENT, (EnvelopeSigned(), GatesOpened(), Settle("not ours"))),
    (
        BOOK,
        (NumbersExpected((THREE,), "order-1"), NumbersExpected((THREE,), "order-2"), Settle("one of them")),
    ),
    (number_order(), (Finish(), Acknowledged("theirs-1"), Settle("too early"), GatesOpened())),
    (port_order(), (Finish(), Acknowledged("theirs-1"), Settle("too early"), GatesOpened())),
)
EACH = pytest.mark.parametrize(("first", "story"), STORIES, ids=lambda part: getattr(part, "id", ""))


@EACH
def test_every_event_is_counted_and_one_that_was_taken_in_before_changes_nothing(
    first: Record, story: tuple[Decision | Report, ...]
) -> None:
    record = first
    for place, body in enumerate(story, 1):
        said = event(first.id, body)
        moved = apply(record, said)
        record = moved.record
        assert not moved.repeated
        assert record.revision == len(record.seen) == place
        again = apply(record, said)
        assert again.repeated
        assert again.record is record
        assert (again.entry.outcome, again.entry.path) == (Outcome.ALREADY, ())


@EACH
def test_an_event_id_is_one_fact_whatever_is_said_under_it(
    first: Record, story: tuple[Decision | Report, ...]
) -> None:
    record = apply(first, event(first.id, story[0], event_id="e-1")).record
    for other in story[1:]:
        assert (
            apply(record, event(first.id, other, at=NOW + timedelta(days=1), event_id="e-1")).record is record
        )


@EACH
def test_a_history_told_again_with_every_event_thrice_gives_the_same_record(
    first: Record, story: tuple[Decision | Report, ...]
) -> None:
    events = [event(first.id, body) for body in story]
    lived = first
    for one in events:
        lived = apply(lived, one).record
    assert replay(first, [one for one in events for _ in range(3)]) == lived
    assert replay(first, [*events, *reversed(events)]) == lived


@EACH
def test_what_contradicts_stays_with_the_record_until_it_is_settled(
    first: Record, story: tuple[Decision | Report, ...]
) -> None:
    record = first
    for body in story:
        said = event(first.id, body)
        moved = apply(record, said)
        if moved.entry.outcome is Outcome.CONTRADICTS:
            [found] = moved.record.discrepancies
            assert (found.event, found.at, found.report) == (said.id, said.at, type(body).__name__)
            assert found.state
            assert moved.record.needs_attention
        if isinstance(body, Settle):
            assert record.needs_attention
            assert not moved.record.needs_attention
        record = moved.record
    assert any(isinstance(body, Settle) for body in story)


@pytest.mark.parametrize(
    ("record", "decision"),
    [
        (number_order(OrderStatus.COMPLETED), Cancel()),
        (apply(AGREEMENT, event(AGREEMENT.id, Void())).record, Send("reference-9")),
        (apply(CUSTOMER, event(CUSTOMER.id, ConvertToPaid())).record, ConvertToPaid()),
        (CUSTOMER, Settle("there is nothing to settle")),
    ],
    ids=repr,
)
def test_a_decision_that_is_refused_is_not_taken_for_seen(record: Record, decision: Decision) -> None:
    said = event(record.id, decision)
    for _ in range(2):
        with pytest.raises(DecisionRefused):
            apply(record, said)
    assert said.id not in record.seen


def test_an_event_about_another_record_is_an_error_even_when_it_was_seen() -> None:
    order = apply(number_order(), event("order-1", Finish(), event_id="e-1")).record
    with pytest.raises(ValueError, match="is about 'order-2', not about 'order-1'"):
        apply(order, event("order-2", Finish(), event_id="e-1"))


def test_a_record_that_does_not_say_how_it_moves_does_not_move() -> None:
    record = Record(id="record-1", partner="partner-1", discrepancies=(Discrepancy("e", NOW, "s", "r"),))
    for body in (Cancel(), GatesOpened()):
        with pytest.raises(NotImplementedError):
            apply(record, event("record-1", body))


class Light(StrEnum):
    """A light."""

    OFF = "off"
    ON = "on"


@frozen(kw_only=True)
class Lamp(Staged[Light]):
    """A record that is nothing but its state."""

    status: Light = Light.OFF
    machine: ClassVar[Machine[Light]] = Machine(
        "a lamp",
        Light,
        decision_types=(Finish,),
        decisions="""
               finish
        off OF ON
        on  ON x
        """,
        report_types=(GatesOpened,),
        reports="""
               gates
        off OF .
        on  ON OF
        """,
    )


def test_a_record_that_is_nothing_but_its_state_needs_no_more_than_its_tables() -> None:
    lamp = Lamp(id="lamp-1", partner="partner-1")
    lit = apply(lamp, event("lamp-1", Finish())).record
    assert (lit.status, apply(lit, event("lamp-1", GatesOpened())).record.status) == (Light.ON, Light.OFF)
