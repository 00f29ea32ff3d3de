"""One desk, however its carrier is reached: awaited, or in a process of its own at the other end of a pipe."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, get_type_hints

import pytest

from bench import NEW, START, Bench, piece, states
from pstnkit.accounts.customers import Customer
from pstnkit.desk.desk import AsyncDesk, Desk
from pstnkit.inventory.query import SearchQuery
from pstnkit.ordering.cart import Cart


@contextmanager
def pipe() -> Iterator[Any]:
    """A transport to a simulator in a process of its own, which ends when its input does."""
    command = [sys.executable, "-m", "pstnkit.carriers.simulator", "--start", START]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        to, back = process.stdin, process.stdout

        def send(message: dict[str, Any]) -> dict[str, Any]:
            to.write(json.dumps(message) + "\n")
            to.flush()
            answer: dict[str, Any] = json.loads(back.readline())
            return answer

        yield send
        to.close()
        assert process.wait() == 0


def life(bench: Bench) -> Any:
    bench.finish(bench.confirm(new=3, source=4))
    bench.sign()
    bench.wait(minutes=10)
    bench.wait(days=6)
    book = bench.desk.numbers(bench.customer)
    return states(bench.desk.orders(bench.customer)), dict(book.counts), bench.taken()


def test_a_carrier_in_another_process_leads_to_the_same_end() -> None:
    here = life(Bench())
    assert here[0] == [("completed", 3, 0, False), ("completed", 4, 0, False)]
    with pipe() as transport:
        assert life(Bench(wire=transport)) == here


class Awaited:
    """The same carrier, with methods that are coroutines."""

    def __init__(self, carrier: object) -> None:
        self._carrier = carrier

    def __getattr__(self, operation: str) -> Any:
        method = getattr(self._carrier, operation)

        async def awaited(request: Any) -> Any:
            await asyncio.sleep(0)
            return method(request)

        return awaited


def async_desk(bench: Bench, carrier: object | None = None) -> AsyncDesk:
    desk = AsyncDesk(
        carrier or Awaited(bench.world.carrier),
        partner="north",
        actor="Robin",
        store=bench.store,
        clock=bench.world.now,
        new_id=bench.desk.office.new_id,
        notify=bench.notices.append,
    )
    assert desk.customer(bench.customer) == bench.desk.customer(bench.customer)
    return desk


async def awaited_life(bench: Bench) -> Any:
    desk = async_desk(bench)

    async def hear() -> None:
        for message in bench.world.messages():
            await desk.receive(message)

    assert (await desk.search(SearchQuery(npa="415"))).result.available == 100
    cart = desk.open_cart(bench.customer).id
    await desk.add_numbers(cart, [THREE])
    desk.add_request(cart, quantity=4, npa="415")
    confirmation = desk.place(cart)
    await desk.finish(confirmation.id, {alert.kind for alert in confirmation.alerts})
    for envelope in bench.world.mailbox("admin@quay.example"):
        bench.world.sign(envelope)
    await hear()
    bench.world.pass_time(minutes=10)
    await hear()
    bench.world.pass_time(days=6)
    await hear()
    return states(desk.orders(bench.customer)), dict(desk.numbers(bench.customer).counts), bench.taken()


THREE = piece(NEW, 0, 3)


def test_an_awaited_carrier_leads_to_the_same_end() -> None:
    assert asyncio.run(awaited_life(Bench())) == life(Bench())


class Cancelling(Awaited):
    """A carrier whose answer to an order is waited for in vain."""

    async def order(self, _request: Any) -> Any:
        raise asyncio.CancelledError


def test_a_task_that_is_cancelled_leaves_the_outcome_unknown_and_a_lost_answer_too() -> None:
    async def run() -> None:
        bench = Bench()
        order = bench.order()
        for envelope in bench.world.mailbox("admin@quay.example"):
            bench.world.sign(envelope)
        desk = async_desk(bench, Cancelling(bench.world.carrier))
        [message] = [m for m in bench.world.messages() if m["type"] == "envelope.signed"]
        with pytest.raises(asyncio.CancelledError):
            await desk.receive(message)
        assert desk.order(order.id).status.value == "outcome_unknown"
        bench.wire.lose("read_order", arrives=True)
        desk = async_desk(bench)
        await desk.carry_on(bench.customer)
        assert desk.order(order.id).status.value == "outcome_unknown"
        await desk.carry_on(bench.customer)
        assert desk.order(order.id).status.value == "processing"

    asyncio.run(run())


@pytest.mark.parametrize("desk", [Desk, AsyncDesk])
def test_the_signature_of_a_method_says_what_comes_of_its_flow(desk: type[Any]) -> None:
    assert get_type_hints(desk.convert_to_paid)["return"] is Customer
    assert get_type_hints(desk.add_numbers)["return"] is Cart
