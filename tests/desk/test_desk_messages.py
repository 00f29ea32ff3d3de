"""What carriers send of their own accord: repeated, shuffled, unknown, unreadable."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench import NEW, OLD, Bench, states
from pstnkit.carriers.simulated_words import UnreadableAnswer
from pstnkit.desk.office import Work
from pstnkit.lifecycle.events import Source
from pstnkit.lifecycle.machine import Outcome
from pstnkit.lifecycle.reports import BackOrdered
from pstnkit.numbering.ranges import NumberRange


def story(post: Any) -> tuple[Any, ...]:
    """Orders of every kind and a port, to their ends; ``post`` delivers the messages. Gives how all stands then."""
    bench = Bench()
    bench.world.let_fail([NumberRange(NEW.first, NEW.first)], "no dial tone")
    bench.finish(bench.confirm(new=3, source=12, port=[OLD]))
    for envelope in bench.world.mailbox("admin@quay.example"):
        bench.world.sign(envelope)
    post(bench, bench.world.messages())
    bench.world.pass_time(days=22)
    post(bench, bench.world.messages())
    orders = bench.desk.orders(bench.customer)
    book = bench.desk.numbers(bench.customer)
    return (
        states(orders),
        dict(book.counts),
        [(number, record.status) for number, record in book.having()],
        [agreement.status for agreement in bench.desk.agreements(bench.customer)],
        bench.port_order(orders[-1].id).foc,
        bench.port_order(orders[-1].id).works_from,
        bool(book.discrepancies),
        bench.taken(),
        sorted(bench.desk.history(order.id)[0].event.id for order in orders),
    )


def in_order(bench: Bench, messages: list[dict[str, Any]]) -> None:
    for message in messages:
        bench.desk.receive(message)


END = story(in_order)


def test_in_order_everything_comes_to_its_end() -> None:
    assert END[0] == [
        ("partially_completed", 2, 1, False),
        ("partially_completed", 10, 0, False),
        ("completed", 5, 0, False),
    ]


@settings(max_examples=25)
@given(seed=st.integers(min_value=0))
def test_three_times_and_in_any_order_messages_come_to_the_same_end(seed: int) -> None:
    dice = Random(seed)

    def shuffled(bench: Bench, messages: list[dict[str, Any]]) -> None:
        post = messages * 3
        dice.shuffle(post)
        in_order(bench, post)

    assert story(shuffled) == END


def test_nothing_happens_twice() -> None:
    bench = Bench()
    order = bench.order()
    bench.sign()
    bench.world.pass_time(minutes=10)
    messages = bench.world.messages()
    in_order(bench, messages)
    notices, before = list(bench.notices), bench.kept()
    again = [news for message in messages for news in bench.desk.receive(message)]
    assert again
    assert all(news.repeated and news.outcome is None for news in again)
    assert (bench.notices, bench.kept()) == (notices, before)
    assert [notice.subject for notice in notices] == [order.id]


def test_people_are_told_only_of_what_was_saved() -> None:
    from pstnkit.stores.protocol import StaleRecord

    bench = Bench()
    bench.order()
    bench.sign()
    bench.world.pass_time(minutes=10)
    messages = bench.world.messages()

    bench.store.always_overtaken = True
    for message in messages:
        with pytest.raises(StaleRecord):
            bench.desk.receive(message)
    assert bench.notices == []
    bench.store.always_overtaken = False
    in_order(bench, messages)
    assert len(bench.notices) == 1


def test_a_message_about_nothing_of_ours_is_set_aside_and_not_lost() -> None:
    bench = Bench()
    message = {
        "id": "EV-1",
        "type": "order.complete",
        "at": "2026-11-20T17:00:00+00:00",
        "order": "SO-1",
        "client_reference": "somebody else's",
    }
    for _ in range(2):
        [received] = bench.desk.receive(message)
        assert (received.outcome, received.repeated) == (None, False)
    [kept] = bench.store.unmatched("north")
    assert (kept.id, kept.concerns) == ("EV-1", "somebody else's")
    assert bench.store.unmatched("south") == ()


STARTED: dict[str, Any] = {
    "type": "port.activating",
    "at": "2026-11-20T09:00:00Z",
    "id": "EV-1",
    "client_reference": "r",
}


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"type": "order.teleported", "id": "EV-1", "account_number": "004-881"},
        {"type": "order.accepted"},
        STARTED | {"id": None},
        STARTED | {"id": ""},
        STARTED | {"id": ["EV-1"]},
        STARTED | {"client_reference": {}},
        STARTED | {"at": "2026"},
        STARTED | {"at": "2026-11-20T09:00:00"},
        {"type": "order.numbers_active", "id": "EV-1", "numbers": ["12"], "client_reference": "r"},
        {"type": "order.accepted", "id": "EV-1", "order": "SO-1", "client_reference": "r", "at": "yesterday"},
        {"type": "order.accepted", "id": "EV-1", "order": "SO-1", "client_reference": "r", "at": None},
    ],
)
def test_a_message_that_cannot_be_read_is_the_carriers_fault_and_its_fields_are_named(
    message: dict[str, Any],
) -> None:
    bench = Bench()
    before = bench.kept()
    with pytest.raises(UnreadableAnswer) as unreadable:
        bench.desk.receive(message)
    assert unreadable.value.message == message
    told = str(unreadable.value)
    assert ", ".join(message) in told
    assert "004-881" not in told + repr(unreadable.value)
    assert bench.kept() == before


def test_a_report_that_is_late_stays_in_the_history_and_changes_nothing_else() -> None:
    bench = Bench()
    order = bench.order()
    bench.sign()
    bench.world.pass_time(minutes=10)
    messages = bench.world.messages()
    in_order(bench, messages)
    before = bench.number_order(order.id)
    late = {**messages[-1], "id": "EV-late", "type": "order.backordered"}
    [received] = bench.desk.receive(late)
    assert received.outcome is Outcome.LATE
    after = bench.number_order(order.id)
    assert (after.status, after.numbers) == (before.status, before.numbers)
    assert bench.desk.history(order.id)[-1].event.id == "EV-late"


def test_failures_for_different_reasons_in_one_message_are_taken_in_each() -> None:
    bench = Bench()
    bench.world.let_fail([NumberRange(NEW.first, NEW.first)], "no dial tone")
    bench.world.let_fail([NumberRange(NEW.first + 1, NEW.first + 1)], "wrong switch")
    order = bench.order()
    bench.sign()
    bench.world.pass_time(minutes=10)
    [failed] = [message for message in bench.world.messages() if message["type"] == "order.numbers_failed"]
    received = bench.desk.receive(failed)
    assert [news.news.id for news in received] == [failed["id"], f"{failed['id']}/1"]
    assert bench.number_order(order.id).numbers.failed == 2
    assert all(news.repeated for news in bench.desk.receive(failed))


def test_the_same_event_twice_in_one_work_is_entered_once() -> None:
    bench = Bench()
    order = bench.order()
    work = Work(bench.desk.office)
    first, again = (
        work.happen(work.again(order), BackOrdered(), source=Source.CARRIER, event_id="EV-1")
        for _ in range(2)
    )
    work.save()
    assert (first.outcome, again.outcome) == (Outcome.CONTRADICTS, Outcome.ALREADY)
    assert [entry.event.id for entry in bench.desk.history(order)].count("EV-1") == 1


@pytest.mark.parametrize("payload", [None, [], "x", 7])
def test_a_message_that_is_no_object_is_the_carriers_fault_and_says_what_it_is(payload: Any) -> None:
    with pytest.raises(UnreadableAnswer) as unreadable:
        Bench().desk.receive(payload)
    assert str(unreadable.value).endswith(f"does not know: a {type(payload).__name__}")
