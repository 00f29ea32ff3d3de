"""Orders, ports and customers' numbers moved event by event, small ones and large ones, and replayed.

    python benchmarks/lifecycle.py                    500, 5,000 and 40,000 numbers; 100,000 events
    python benchmarks/lifecycle.py --quick --clock cpu

What an event costs must not depend on how many numbers an order or a customer has, nor on how much has happened to it
before. The peer is the package ``transitions``, which moves an object between states by a table and keeps nothing.
"""

from __future__ import annotations

import argparse
import importlib
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path

from measuring import CLOCKS, PACKAGES, Figure, Findings, Timing, opened, ratio_figure

from pstnkit import (
    Assignee,
    CivicAddress,
    NumberBook,
    NumberOrder,
    NumberRange,
    NumberStatus,
    OrderKind,
    PortOrder,
    PortStatus,
    SecretRef,
    ServiceAddress,
    Source,
    TelephoneNumber,
)
from pstnkit.lifecycle.events import Decision, Event, Report
from pstnkit.lifecycle.progress import NumberProgress
from pstnkit.lifecycle.record import Record, replay
from pstnkit.lifecycle.reports import Acknowledged, Finish, Fulfilled, GatesOpened, NumbersWorking
from pstnkit.ordering.number_events import Assign, NumbersExpected, Unassign
from pstnkit.ordering.orders import NUMBER_ORDER_MACHINE, OrderStatus
from pstnkit.ordering.registration_events import NumbersRegistered, UseAddress

US = 1e6
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
SIZES = (500, 5_000, 40_000)
HERE, THERE = (
    ServiceAddress(CivicAddress.parse(f"{number} Anson St, San Francisco, CA 94107"), NOON)
    for number in (500, 700)
)
SAMPLE = 400
SEED = 20_261_120
_ids = count(1)


def event(record: Record, body: Decision | Report) -> Event:
    """``body`` about ``record``, under an id of its own."""
    serial = next(_ids)
    return Event(
        f"event-{serial}", NOON + timedelta(seconds=serial), Source.CARRIER, "carrier", record.id, body
    )


def numbers_of(size: int) -> tuple[NumberRange, ...]:
    """So many numbers: exchange after exchange, whole ones."""
    full = [NumberRange(f"415{nxx}0000", f"415{nxx}9999") for nxx in range(300, 300 + size // 10_000)]
    if rest := size % 10_000:
        full.append(NumberRange("4152990000", f"415299{rest - 1:04}"))
    return tuple(full)


def some(ranges: tuple[NumberRange, ...], wanted: int) -> list[TelephoneNumber]:
    """So many of the numbers, from everywhere, in no order."""
    rng = random.Random(SEED)
    everywhere = [number for numbers in ranges for number in numbers]
    return rng.sample(everywhere, min(wanted, len(everywhere)))


def port(size: int) -> PortOrder:
    """A port of so many numbers, about to be activated."""
    return PortOrder(
        id="port-1",
        partner="north",
        customer="customer-1",
        kind=OrderKind.PORT,
        client_reference="reference-1",
        status=PortStatus.ACTIVATING,
        quantity=size,
        numbers=NumberProgress().expecting(numbers_of(size)),
        losing_carrier="Old Bell",
        account_number=SecretRef("secret-1"),
        business_name="Harbor Dental",
        placed=NOON,
    )


def book(size: int) -> NumberBook:
    """A customer that has so many numbers, all of them working."""
    empty = NumberBook(id="customer-1/numbers", partner="north", customer="customer-1")
    ranges = numbers_of(size)
    return replay(
        empty, [event(empty, NumbersExpected(ranges, "order-1")), event(empty, NumbersWorking(ranges))]
    )


def of_any_size(
    findings: Findings,
    subject: str,
    what: str,
    job: Callable[[int], Callable[[], object]],
    sizes: tuple[int, ...],
    rounds: int,
    steps: int = SAMPLE,
) -> None:
    """What one of ``steps`` steps takes, of the smallest and of the largest; and how much more the largest takes."""
    timings = findings.in_turn({str(size): job(size) for size in sizes}, rounds)
    each = {size: timings[str(size)].scaled(US / steps) for size in sizes}
    for size, timing in each.items():
        findings.add(Figure(subject, f"{what}, of {size:,}", timing.median, "us", spread=timing.spread))
    small, large = each[sizes[0]], each[sizes[-1]]
    findings.add(
        ratio_figure(
            subject, f"{what}: {sizes[-1]:,} beside {sizes[0]:,}", large, small, must=2.0, at_most=True
        )
    )


def events_of_any_size(findings: Findings, sizes: tuple[int, ...], rounds: int) -> None:
    """Numbers of a port that are activated one by one, and a customer's that are assigned one by one."""

    def activated(size: int) -> Callable[[], object]:
        record = port(size)
        events = [
            event(record, NumbersWorking((NumberRange(number, number),)))
            for number in some(numbers_of(size), SAMPLE)
        ]
        return partial(replay, record, events)

    of_any_size(findings, "an event of a port", "one number activated", activated, sizes, rounds)

    def assigned(size: int) -> Callable[[], object]:
        record = book(size)
        numbers = some(numbers_of(size), SAMPLE // 2)
        ranges = [(NumberRange(number, number),) for number in numbers]
        events = [
            event(record, Assign(one, Assignee("user", f"user {place}"))) for place, one in enumerate(ranges)
        ]
        events += [event(record, Unassign(one)) for one in ranges]
        return partial(replay, record, events)

    of_any_size(
        findings, "an event of a customer's numbers", "one assigned or freed", assigned, sizes, rounds
    )

    def registered(size: int) -> Callable[[], object]:
        record = book(size)
        record = replay(record, [event(record, UseAddress(HERE))])
        events = [
            event(record, NumbersRegistered((NumberRange(number, number),), HERE.address))
            for number in some(numbers_of(size), SAMPLE)
        ]
        return partial(replay, record, events)

    subject = "emergency registration"
    of_any_size(findings, subject, "one number registered", registered, sizes, rounds)

    def moved(size: int) -> Callable[[], object]:
        record = book(size)
        events = [event(record, UseAddress(address)) for address in (HERE, THERE) * (SAMPLE // 2)]
        return partial(replay, record, events)

    of_any_size(findings, subject, "the address of all of them changed", moved, sizes, rounds)

    def counted(size: int) -> Callable[[], object]:
        record = book(size)
        return lambda: [(len(record), record.counts[NumberStatus.UNASSIGNED]) for _ in range(100 * SAMPLE)]

    of_any_size(findings, "counts", "all and unassigned", counted, sizes, rounds, steps=100 * SAMPLE)


def found_by_a_part(findings: Findings, size: int, rounds: int) -> None:
    """The numbers of a large customer that have some digits among their ten."""
    record = book(size)
    parts = {"all ten digits": "4153010132", "the last four": "0132", "three anywhere": "777"}
    timings = findings.in_turn({what: partial(record.find, part) for what, part in parts.items()}, rounds)
    for what, part in parts.items():
        found, timing = len(record.find(part)), timings[what].scaled(US)
        told = f"{what}, {found:,} found of {size:,}"
        findings.add(Figure("numbers found by a part", told, timing.median, "us", spread=timing.spread))


def replayed(findings: Findings, events: int, rounds: int) -> None:
    """A long history, a tenth of it, and all of it a second time."""
    size = 5_000
    first = book(size)
    numbers = some(numbers_of(size), size)
    bodies: list[Decision | Report] = []
    while len(bodies) < events:
        for place, number in enumerate(numbers):
            one = (NumberRange(number, number),)
            bodies += [Assign(one, Assignee("user", f"user {place}")), Unassign(one)]
    history = [event(first, body) for body in bodies[:events]]
    tenth = history[: events // 10]
    lived = replay(first, history)
    timings = findings.in_turn(
        {
            "all": partial(replay, first, history),
            "tenth": partial(replay, first, tenth),
            "again": partial(replay, lived, history),
        },
        rounds,
    )
    if replay(lived, history) != lived:
        raise AssertionError("events that were seen before have changed something")
    subject = f"a history of {events:,} events replayed"
    whole = timings["all"]
    findings.add(
        Figure(subject, "the whole of it", whole.median, "s", spread=whole.spread),
        Figure(subject, "one event", whole.scaled(US / events).median, "us"),
        ratio_figure(subject, "beside a tenth of it", whole, timings["tenth"], must=15.0, at_most=True),
        Figure(subject, "one event that was seen before", timings["again"].scaled(US / events).median, "us"),
    )


HAPPY: tuple[Decision | Report, ...] = (Finish(), GatesOpened(), Acknowledged("theirs-1"), Fulfilled())


def beside_transitions(findings: Findings, orders: int, rounds: int) -> None:
    """Orders that go the usual way, beside objects that go the same way through the same table."""
    try:
        peers = importlib.import_module("transitions")
    except ImportError:
        findings.say("transitions is not installed, and nothing is compared with it")
        return
    ranges = (NumberRange("4155550100", "4155550100"),)
    fresh = NumberOrder(
        id="order-1",
        partner="north",
        customer="customer-1",
        kind=OrderKind.STANDARD,
        client_reference="reference-1",
        quantity=1,
        numbers=NumberProgress().expecting(ranges),
    )
    table = []
    for state in OrderStatus:
        for kind in NUMBER_ORDER_MACHINE.report_types:
            step = NUMBER_ORDER_MACHINE.hear(state, kind)
            if step.path:
                table.append({"trigger": kind.word, "source": state.value, "dest": step.path[-1].value})
        for word in NUMBER_ORDER_MACHINE.allowed(state):
            if word == Finish.word:
                table.append({"trigger": word, "source": state.value, "dest": "awaiting_signature"})
    machine = peers.Machine(
        states=[state.value for state in OrderStatus],
        transitions=table,
        initial="draft",
        auto_transitions=False,
    )
    words = [body.word for body in HAPPY]

    class Peer:
        """An object that is moved."""

    def theirs() -> None:
        for _ in range(orders):
            peer = Peer()
            machine.add_model(peer)
            for word in words:
                getattr(peer, word)()
            machine.remove_model(peer)

    histories = [[event(fresh, body) for body in HAPPY] for _ in range(orders)]

    def ours() -> None:
        for history in histories:
            replay(fresh, history)

    if replay(fresh, histories[0]).status is not OrderStatus.COMPLETED:
        raise AssertionError("the usual way does not lead to the end")
    timings = findings.in_turn({"ours": ours, "theirs": theirs}, rounds)
    subject = f"{orders:,} orders that go the usual way, {len(HAPPY)} events each"

    def each(timing: Timing) -> float:
        return timing.scaled(US / (orders * len(HAPPY))).median

    findings.add(
        Figure(subject, "an event", each(timings["ours"]), "us"),
        Figure(subject, "a trigger of transitions", each(timings["theirs"]), "us"),
        ratio_figure(subject, "transitions beside pstnkit", timings["theirs"], timings["ours"]),
    )


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--events", type=int, default=100_000, metavar="N", help="of the history replayed")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--quick", action="store_true", help="a tenth of the events, and three rounds")
    parser.add_argument("--clock", choices=tuple(CLOCKS), default="wall", help="cpu when the machine is busy")
    parser.add_argument("--json", action="store_true", help="print one JSON document at the end")
    parser.add_argument("--save", type=Path, metavar="FILE", help="write that document to a file")
    asked = parser.parse_args()
    events, rounds = (asked.events // 10, 3) if asked.quick else (asked.events, asked.rounds)
    findings = opened(quiet=asked.json, clock=asked.clock, packages=(*PACKAGES, "transitions"))
    events_of_any_size(findings, SIZES, rounds)
    found_by_a_part(findings, SIZES[-1], rounds)
    replayed(findings, events, rounds)
    beside_transitions(findings, events // 20, rounds)
    findings.close(asked.save)


if __name__ == "__main__":
    main()
