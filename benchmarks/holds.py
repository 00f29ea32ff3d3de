"""Numbers held, kept longer, let go and bought, while ten thousand others are held; and searches meanwhile.

    python benchmarks/holds.py                      2,000 exchanges, 10,000 live holds
    python benchmarks/holds.py --exchanges 200 --live 1000 --rounds 3 --clock cpu

Each number lies anywhere in the inventory, each hold has an owner of its own, and each round takes numbers that no
round before it has touched. The collector of cyclic garbage is left on, as it is in a service.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import inventories
from measuring import CLOCKS, Figure, Findings, opened, ratio_figure

from pstnkit import Hold, Inventory, NumberSet, NumbersUnavailable, SearchQuery, SqlLedger, TelephoneNumber

US = 1e6
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
BATCH = 2_000
STORED = 200


class Counter:
    """Somebody who holds numbers, a batch at a time: each job goes on where the one before it has stopped."""

    def __init__(self, inventory: Inventory, numbers: list[TelephoneNumber], batch: int) -> None:
        self.inventory = inventory
        self.batch = batch
        self._numbers = numbers
        self._served = 0
        self._now = NOON
        self._holds: list[Hold] = []
        self._names: list[str] = []

    def take(self) -> None:
        """Hold numbers, each for somebody else."""
        hold, now, names = self.inventory.hold, self._now, self._names
        batch = self._numbers[self._served : self._served + self.batch]
        self._holds = [hold(one, owner=name, now=now) for one, name in zip(batch, names, strict=True)]

    def prepare(self) -> None:
        """Make up the owners of the next batch, and go on to its numbers."""
        self._served += self.batch
        if self._served + self.batch > len(self._numbers):
            self._served = 0
        self._names = [f"cart {self._served + place}" for place in range(self.batch)]

    def extend(self) -> None:
        """Keep each half an hour longer."""
        later = timedelta(minutes=45)
        for hold in self._holds:
            self.inventory.extend(hold, now=self._now, ttl=later)

    def purchase(self) -> None:
        """Buy each."""
        for hold in self._holds:
            self.inventory.purchase(hold, now=self._now)

    def give_back(self) -> None:
        """Put each on offer again."""
        for hold in self._holds:
            self.inventory.give_back(hold, now=self._now)

    def release(self) -> None:
        """Let each go."""
        for hold in self._holds:
            self.inventory.release(hold, now=self._now)

    def refuse(self) -> None:
        """Ask for numbers that somebody else has."""
        for hold in self._holds:
            try:
                self.inventory.hold(hold.numbers, owner="late", now=self._now)
            except NumbersUnavailable:
                continue
            raise AssertionError("one number was held twice")

    def expire(self) -> None:
        """Let a quarter of an hour pass, after which all of the batch are over."""
        self._now += timedelta(minutes=15)
        if len(self.inventory.lapse(self._now)) < self.batch:
            raise AssertionError("a hold has outlived its time")


def sample(free: NumberSet, count: int) -> list[TelephoneNumber]:
    """So many of the free numbers, from everywhere, in no order."""
    rng = random.Random(inventories.SEED)
    integers = free.to_integers()
    return [TelephoneNumber(integers[place]) for place in rng.sample(range(len(integers)), count)]


def with_holds(free: NumberSet, numbers: list[TelephoneNumber]) -> Inventory:
    """An inventory in which each of these is held by somebody."""
    inventory = Inventory(free)
    for place, number in enumerate(numbers):
        minutes = timedelta(minutes=place % 30)
        inventory.hold(number, owner=f"shopper {place}", now=NOON, ttl=2 * HOUR + minutes)
    return inventory


def holds(findings: Findings, free: NumberSet, rounds: int, live: int = 10_000) -> None:
    """What each step in the life of a hold takes."""
    batch = min(BATCH, live)
    numbers = sample(free, live + 12 * batch)
    counter = Counter(with_holds(free, numbers[:live]), numbers[live:], batch)
    name = f"{live:,} live holds among {len(free):,} numbers"
    steps: dict[str, tuple[Callable[[], None], float | None]] = {
        "hold a number": (counter.take, 5.0),
        "keep it longer": (counter.extend, 5.0),
        "let it go": (counter.release, 5.0),
        "hold another": (counter.take, 5.0),
        "refuse it to somebody else": (counter.refuse, None),
        "buy it": (counter.purchase, 5.0),
        "give it back": (counter.give_back, 5.0),
        "hold a third": (counter.take, 5.0),
        "find that its time is over": (counter.expire, None),
    }
    jobs: dict[str, Callable[[], None]] = {}
    for what, (job, _) in steps.items():
        if job == counter.take:
            jobs[f"before {what}"] = counter.prepare
        jobs[what] = job
    timings = findings.in_turn(jobs, rounds)
    for what, (_, must) in steps.items():
        timing = timings[what].scaled(US / batch)
        spread = timing.spread
        findings.add(Figure(name, what, timing.median, "us", must, at_most=True, spread=spread))
    searching(findings, free, numbers[:live], name, rounds)
    stored(findings, numbers[:STORED], rounds)


def searching(
    findings: Findings, free: NumberSet, numbers: list[TelephoneNumber], name: str, rounds: int
) -> None:
    """Searches while numbers are held, beside the same searches of an inventory without those numbers."""
    npas = sorted({number.npa for number in numbers})
    queries = [
        SearchQuery(npa=npa, quantity=quantity, consecutive=True) for npa in npas for quantity in (5, 20, 40)
    ]
    without = Inventory(free - NumberSet(numbers))
    held = with_holds(free, numbers)

    def search(inventory: Inventory) -> list[object]:
        return [inventory.search(query).options for query in queries for _ in range(20)]

    if search(without) != search(held):
        raise AssertionError("what is held is found")
    timings = findings.in_turn({"held": partial(search, held), "without": partial(search, without)}, rounds)
    what = "searches, beside an inventory that has not got the held numbers"
    findings.add(ratio_figure(name, what, timings["held"], timings["without"], must=1.1, at_most=True))


def stored(findings: Findings, numbers: list[TelephoneNumber], rounds: int) -> None:
    """The same over a store: what a transaction in a database takes, here in SQLite's memory."""
    try:
        from sqlalchemy import create_engine
        from sqlalchemy.pool import StaticPool
    except ImportError:
        findings.say("SQLAlchemy is not installed, and holds over a store are not measured")
        return
    engine = create_engine("sqlite://", poolclass=StaticPool)
    SqlLedger.table().create(engine)
    shop = Counter(Inventory(numbers, store=SqlLedger(engine)), numbers, len(numbers) // 2)
    shop.prepare()
    timings = findings.in_turn({"before": shop.prepare, "hold": shop.take, "let go": shop.release}, rounds)
    name = "over SqlLedger, in SQLite's memory"
    for what in ("hold", "let go"):
        timing = timings[what].scaled(US / shop.batch)
        findings.add(Figure(name, what, timing.median, "us", spread=timing.spread))
    engine.dispose()


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--exchanges", type=int, default=2_000, metavar="N")
    parser.add_argument(
        "--live", type=int, default=10_000, metavar="N", help="how many holds are live meanwhile"
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--clock", choices=tuple(CLOCKS), default="wall", help="cpu when the machine is busy")
    parser.add_argument("--json", action="store_true", help="print one JSON document at the end")
    parser.add_argument("--save", type=Path, metavar="FILE", help="write that document to a file")
    asked = parser.parse_args()
    findings = opened(quiet=asked.json, clock=asked.clock)
    holds(findings, inventories.inventory(asked.exchanges), asked.rounds, asked.live)
    findings.close(asked.save)


if __name__ == "__main__":
    main()
