"""Inventories searched and held from, beside what else they could be kept in, and in every size up to the whole plan.

    python benchmarks/inventory.py                      2,000 exchanges, then 320,000
    python benchmarks/inventory.py --quick              200 exchanges, then 32,000
    python benchmarks/inventory.py --exchanges 2000 --whole 0 --rounds 3 --clock cpu

What is compared keeps the same numbers, and its answers are checked to be equal. DuckDB and polars use every core: by
the wall clock they wait less than the processor is busy for them, so that ``--clock cpu`` shows them at a disadvantage.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import sqlite3
import sys
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import holds
import inventories
from measuring import CLOCKS, Figure, Findings, Timing, in_a_fresh_process, opened, ratio_figure
from memory import resident
from peers import PEERS, Peer, Run, SqliteRuns, SqliteWindows

from pstnkit import Inventory, InventoryPolicy, NumberSet, SearchQuery, TelephoneNumber

Job = Callable[[], object]
COUNTED, WANTED, LISTED = 50, 20, 25
MS, US = 1e3, 1e6
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
SLOW = "SQLite, window functions"
MUST_COUNT = {SLOW: 1_000.0, "DuckDB": 50.0, "numpy": 4.0, "pyroaring": 1.0}


def many(job: Job, times: int) -> Job:
    """The job so many times in a row: what is quick is measured in bulk."""

    def jobs() -> None:
        for _ in range(times):
            job()

    return jobs


class Subject:
    """The inventory that is measured, and what every part of the benchmark asks of it."""

    def __init__(self, exchanges: int, findings: Findings, rounds: int) -> None:
        self.findings, self.rounds = findings, rounds
        self.free = inventories.inventory(exchanges)
        self.exchanges = exchanges
        self.npa = int(inventories.area_codes(inventories.STATE)[3])
        self.name = f"{len(self.free):,} free numbers in {exchanges:,} exchanges"
        self.integers = self.free.to_integers()
        self.peers: dict[str, Peer] = {}
        for name, make in PEERS.items():
            try:
                self.peers[name] = make(self.integers)
            except ImportError:
                findings.say(f"{name} is not installed, and not compared (pip install --group bench)")

    def anew(self) -> Inventory:
        """The same numbers in an inventory that remembers nothing yet."""
        return Inventory(self.free)

    def in_turn(self, jobs: dict[str, Job], times: dict[str, int] | None = None) -> dict[str, Timing]:
        """What each job takes once, in seconds; quick ones are run ``times`` in a row."""
        each = {name: (times or {}).get(name, 1) for name in jobs}
        timings = self.findings.in_turn({name: many(jobs[name], each[name]) for name in jobs}, self.rounds)
        return {name: timing.scaled(1 / each[name]) for name, timing in timings.items()}

    def compare(self, what: str, ours: Timing, theirs: dict[str, Timing], must: dict[str, float]) -> None:
        """How many times as long the peers take."""
        for name, timing in theirs.items():
            figure = ratio_figure(self.name, f"{what}: {name}", timing, ours, must=must.get(name))
            self.findings.add(figure)


def check(subject: Subject) -> None:
    """Every peer must give the same answers."""
    counted, listed = subject.free.count_runs(COUNTED), _runs(subject.free, subject.npa)
    for name, peer in subject.peers.items():
        if name != SLOW:  # that one is checked as it is measured
            _agree(name, peer.count(COUNTED), counted)
        _agree(name, peer.first(subject.npa, WANTED, LISTED), listed)
    cut = [(n, n + WANTED - 1) for first, last in listed for n in range(first, last - WANTED + 2, WANTED)]
    options = Inventory(subject.free).search(_query(subject.npa)).options
    _agree("the search", [(int(option.first), int(option.last)) for option in options], cut[:LISTED])
    subject.findings.say(f"\nThe same answers everywhere: {counted:,} runs of {COUNTED} or more")


def _agree(name: str, found: object, expected: object) -> None:
    if found != expected:
        raise AssertionError(f"{name} answers {found}, not {expected}")


def _runs(free: NumberSet, npa: int) -> list[Run]:
    return [(int(run.first), int(run.last)) for run in islice(free.runs(WANTED, npa), LISTED)]


def _query(npa: int) -> SearchQuery:
    return SearchQuery(npa=npa, quantity=WANTED, consecutive=True, limit=LISTED)


def counting(subject: Subject) -> None:
    """Counting all runs: for the first time, and again after one number has changed."""
    findings, free = subject.findings, subject.free
    slow: dict[str, Timing] = {}
    if isinstance(peer := subject.peers.get(SLOW), SqliteWindows):
        found: list[int] = []
        ways = {SLOW: peer.count, f"{SLOW}, row numbers": peer.count_by_row_numbers}
        once: dict[str, Job] = {way: lambda ask=ask: found.append(ask(COUNTED)) for way, ask in ways.items()}  # type: ignore[misc]
        for way, timing in findings.in_turn(once, 1).items():
            slow[way] = Timing(timing.rounds * subject.rounds)
        _agree(SLOW, found, [free.count_runs(COUNTED)] * 2)
    jobs: dict[str, Job] = {"ours": lambda: free.copy().count_runs(COUNTED)}
    quick = {name: peer for name, peer in subject.peers.items() if name != SLOW}
    jobs |= {name: partial(peer.count, COUNTED) for name, peer in quick.items()}
    table = "SQLite, a table of runs"
    timings = subject.in_turn(jobs, {"ours": 5, "pyroaring": 5, table: 50})
    ours, mended = timings.pop("ours"), timings.pop(table)
    what = f"count the runs of {COUNTED} or more"
    findings.add(Figure(subject.name, what, ours.median * MS, "ms", spread=_scaled(ours, MS)))
    subject.compare(what, ours, {**slow, **timings}, MUST_COUNT)

    number = TelephoneNumber(subject.integers[len(subject.integers) // 2])

    def again() -> None:
        free.discard(number)
        free.count_runs(COUNTED)
        free.add(number)
        free.count_runs(COUNTED)

    again()
    timing = subject.in_turn({"ours": again}, {"ours": 500})["ours"].scaled(1 / 2)
    what = "count them again after one number has changed"
    findings.add(Figure(subject.name, what, timing.median * US, "us", spread=_scaled(timing, US)))
    subject.compare(f"{what}, beside no change", timing, {table: mended}, {table: 1.0})


def listing(subject: Subject) -> None:
    """The first runs of one area code."""
    findings, npa, table = subject.findings, subject.npa, "SQLite, a table of runs"
    inventory = subject.anew()
    jobs: dict[str, Job] = {
        "ours": lambda: inventory.search(_query(npa)).options,
        "ours, runs": lambda: list(islice(subject.free.runs(WANTED, npa), LISTED)),
        **{name: partial(peer.first, npa, WANTED, LISTED) for name, peer in subject.peers.items()},
    }
    times = {"ours": 2_000, "ours, runs": 500, table: 500, "numpy": 50, "pyroaring": 50}
    timings = subject.in_turn(jobs, times)
    ours, bare = timings.pop("ours"), timings.pop("ours, runs")
    what = what_is_listed = f"the first {LISTED} runs of {WANTED} in one area code"
    findings.add(Figure(subject.name, what, ours.median * US, "us", spread=_scaled(ours, US)))
    subject.compare(what, ours, timings, dict.fromkeys(timings, 1.0))
    what = "the same out of a NumberSet, which remembers no list"
    findings.add(Figure(subject.name, what, bare.median * US, "us", spread=_scaled(bare, US)))
    jobs = {"ours": lambda: subject.anew().search(_query(npa)).options, table: jobs[table]}
    timings = subject.in_turn(jobs, {"ours": 500, table: 500})
    ours = timings.pop("ours")
    what = f"{what_is_listed}, by an inventory that remembers nothing yet"
    findings.add(Figure(subject.name, what, ours.median * US, "us", spread=_scaled(ours, US)))
    subject.compare(what, ours, timings, {})


def interleaved(subject: Subject) -> None:
    """A number held, then a search, over and over, in the same area code."""
    inventory, table, npa = subject.anew(), SqliteRuns(subject.integers), subject.npa
    rng = random.Random(inventories.SEED)
    numbers = [rng.choice(run) for run in islice(subject.free.runs(WANTED, npa), 200)]
    integers = list(map(int, numbers))

    def ours() -> None:
        holds = []
        for number in numbers:
            holds.append(inventory.hold(number, owner="somebody", now=NOON))
            _ = inventory.search(_query(npa)).options
        for hold in holds:
            inventory.release(hold, now=NOON)

    def theirs() -> None:
        for number in integers:
            table.take(number)
            table.first(npa, WANTED, LISTED)
        for number in integers:
            table.give(number)

    ours()
    timings = subject.in_turn({"ours": ours, "theirs": theirs})
    timing = timings["ours"].scaled(1 / len(numbers))
    what = "hold a number, list those runs, and let it go"
    subject.findings.add(Figure(subject.name, what, timing.median * US, "us", spread=_scaled(timing, US)))
    subject.compare(what, timings["ours"], {"SQLite, a table of runs, mended": timings["theirs"]}, {})


def holding(subject: Subject) -> None:
    """Numbers held, kept longer, let go and bought: ``holds.py`` says how."""
    holds.holds(subject.findings, subject.free, subject.rounds)


def unsatisfied(subject: Subject) -> None:
    """Queries that find nothing, with all their alternatives: for the first time, and again."""
    exchange = next(subject.free.runs(1, subject.npa)).first.exchange
    here = subject.free & NumberSet([exchange.numbers])
    longest = max(len(run) for run in here.ranges())
    wanted: dict[str, dict[str, Any]] = {
        "a run": {"quantity": 900, "consecutive": True},
        "a block": {"quantity": 1_000, "block": True},
        "a run by pattern": {"quantity": 900, "consecutive": True, "contains": "55"},
        "numbers": {"quantity": 90_000_000},
        "an extension plan": {"quantity": 100_000, "line_numbers": [str(line) for line in range(2001, 2051)]},
    }
    one: dict[str, Any] = {"npa": exchange.npa, "nxx": exchange.nxx, "consecutive": True}
    places: dict[str, tuple[dict[str, Any], float]] = {
        "one area code": ({"npa": subject.npa}, 20.0),
        "a state": ({"state": inventories.STATE}, 100.0),
        "anywhere": ({}, 100.0),
    }
    queries = [
        ("one exchange: a run that others have", SearchQuery(**one, quantity=longest + 1), 20.0),
        *(
            (f"{where}: {what}", SearchQuery(**place, **fields), must)
            for where, (place, must) in places.items()
            for what, fields in wanted.items()
        ),
    ]
    for what, query, must in queries:
        first, again = _unsatisfied(subject, query)
        note = f"again {again.median * MS:.1f} ms"
        subject.findings.add(
            Figure(
                f"{subject.name}: queries that find nothing, with all alternatives",
                what,
                first.median * MS,
                "ms",
                must,
                at_most=True,
                spread=_scaled(first, MS),
                note=note,
            )
        )


def _unsatisfied(subject: Subject, query: SearchQuery) -> tuple[Timing, Timing]:
    """How long a query takes in an inventory that remembers nothing yet, and when it is asked again."""
    policy = InventoryPolicy(block_sizes=(10, 100, 1_000))
    now = CLOCKS[subject.findings.clock]
    first: list[float] = []
    again: list[float] = []
    for _ in range(subject.rounds):
        inventory = Inventory(subject.free, policy=policy)
        gc.collect()
        for times in (first, again):
            start = now()
            result = inventory.search(query)
            found = result.alternatives
            times.append(now() - start)
            if result.satisfied or not found:
                raise AssertionError(f"{query} is satisfied, or has no alternatives")
    return Timing(tuple(first)), Timing(tuple(again))


def keeping(subject: Subject) -> None:
    """What the inventory takes in memory, and to be saved and loaded."""
    saved = subject.free.to_bytes()
    gc.collect()
    tracemalloc.start()
    loaded = Inventory(NumberSet.from_bytes(saved))
    _ = loaded.search(SearchQuery(quantity=900, consecutive=True)).alternatives
    size = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    if loaded.free != subject.free:
        raise AssertionError("what was saved is not what was loaded")
    add, name = subject.findings.add, subject.name
    add(Figure(name, "memory, searched through", size / 1e6, "MB", 4.0, at_most=True))
    jobs: dict[str, Job] = {"save": subject.free.to_bytes, "load": partial(NumberSet.from_bytes, saved)}
    timings = subject.in_turn(jobs, {"save": 5, "load": 5})
    note = f"{len(saved):,} bytes"
    add(
        Figure(
            name, "save", timings["save"].median * MS, "ms", spread=_scaled(timings["save"], MS), note=note
        )
    )
    load = timings["load"]
    add(Figure(name, "load", load.median * MS, "ms", 20.0, at_most=True, spread=_scaled(load, MS)))
    made = subject.in_turn({"make": lambda: NumberSet.from_integers(subject.integers)})["make"]
    add(Figure(name, "make from ten-digit integers", made.median, "s", spread=_scaled(made, 1)))


def growth(subject: Subject) -> None:
    """Ten times the exchanges: how many times as long."""
    small = inventories.inventory(max(1, subject.exchanges // 10))
    query = SearchQuery(quantity=900, consecutive=True)
    work: dict[str, tuple[Callable[[NumberSet], object], int]] = {
        "count the runs": (lambda free: free.copy().count_runs(COUNTED), 5),
        "an unsatisfied query, anywhere": (lambda free: Inventory(free).search(query).alternatives, 1),
        "a satisfied one": (
            lambda free: (
                Inventory(free).search(SearchQuery(quantity=WANTED, block=False, consecutive=True)).options
            ),
            50,
        ),
        "save": (lambda free: free.to_bytes(), 5),
    }
    for name, (job, times) in work.items():
        jobs: dict[str, Job] = {"small": partial(job, small), "large": partial(job, subject.free)}
        timings = subject.in_turn(jobs, dict.fromkeys(jobs, times))
        what = f"ten times the exchanges: {name}"
        figure = ratio_figure(subject.name, what, timings["large"], timings["small"], must=15.0, at_most=True)
        subject.findings.add(figure)


def whole(findings: Findings, exchanges: int) -> None:
    """The whole plan, in a process of its own."""
    found = in_a_fresh_process(Path(__file__), "--whole-of", str(exchanges), "--clock", findings.clock)
    name = f"the whole plan, {found['exchanges']:,} exchanges, {found['numbers']:,} free numbers"
    share = exchanges / 320_000
    if found["megabytes"] is not None:
        must = 600.0 * share if share >= 1 else None
        findings.add(Figure(name, "memory, searched through", found["megabytes"], "MB", must, at_most=True))
    for what, seconds in found["seconds"].items():
        must = {"save": 5.0, "load": 5.0}.get(what, 1.0 if "state" in what else None)
        findings.add(Figure(name, what, seconds, "s", must, at_most=True, note=found["notes"].get(what, "")))


def measure_whole(exchanges: int, clock: str) -> dict[str, Any]:
    """The whole plan's figures: run in a fresh process."""
    now = CLOCKS[clock]
    before = resident("VmRSS")
    free = inventories.continent(exchanges)
    seconds: dict[str, float] = {}
    notes: dict[str, str] = {}
    inventory = Inventory(free)
    state: dict[str, Any] = {"state": inventories.STATE}
    queries = {
        "a run in one state, with alternatives": {**state, "quantity": 900, "consecutive": True},
        "the same again": {**state, "quantity": 900, "consecutive": True},
        "a run by pattern in one state, with alternatives": {
            **state,
            "quantity": 900,
            "consecutive": True,
            "contains": "55",
        },
        "numbers in one state, with alternatives": {**state, "quantity": 10**9},
        "an extension plan in one state": {
            **state,
            "quantity": 10**6,
            "line_numbers": [str(line) for line in range(2001, 2051)],
        },
        "a run anywhere, with alternatives": {"quantity": 900, "consecutive": True},
        "that again": {"quantity": 900, "consecutive": True},
    }
    for what, fields in queries.items():
        start = now()
        result = inventory.search(SearchQuery(**fields))
        kinds = [alternative.kind.value for alternative in result.alternatives]
        seconds[what] = now() - start
        notes[what] = ", ".join(kinds)
    gc.collect()
    after = resident("VmRSS")
    megabytes = None if before is None or after is None else (after - before) / 1e6
    start = now()
    saved = free.to_bytes()
    seconds["save"] = now() - start
    notes["save"] = f"{len(saved):,} bytes"
    start = now()
    loaded = NumberSet.from_bytes(saved)
    seconds["load"] = now() - start
    if loaded != free:
        raise AssertionError("what was saved is not what was loaded")
    return {
        "exchanges": exchanges,
        "numbers": len(free),
        "megabytes": megabytes,
        "seconds": seconds,
        "notes": notes,
    }


def _scaled(timing: Timing, factor: float) -> tuple[float, float]:
    low, high = timing.spread
    return low * factor, high * factor


PARTS: dict[str, Callable[[Subject], None]] = {
    "counting": counting,
    "listing": listing,
    "interleaved": interleaved,
    "holding": holding,
    "unsatisfied": unsatisfied,
    "keeping": keeping,
    "growth": growth,
}


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--exchanges", type=int, default=2_000, metavar="N")
    parser.add_argument("--whole", type=int, default=320_000, metavar="N", help="0 leaves the whole plan out")
    parser.add_argument("--only", nargs="*", choices=tuple(PARTS), help="only these parts")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--quick", action="store_true", help="a tenth of everything, 3 rounds")
    parser.add_argument("--clock", choices=tuple(CLOCKS), default="wall", help="cpu when the machine is busy")
    parser.add_argument("--json", action="store_true", help="print one JSON document at the end")
    parser.add_argument("--save", type=Path, metavar="FILE", help="write that document to a file")
    parser.add_argument("--whole-of", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.whole_of:
        json.dump(measure_whole(asked.whole_of, asked.clock), sys.stdout)
        return
    part = 10 if asked.quick else 1
    packages = ("pstnkit", "duckdb", "numpy", "polars", "pyroaring")
    findings = opened(quiet=asked.json, clock=asked.clock, packages=packages)
    findings.about["packages"]["SQLite"] = sqlite3.sqlite_version
    if asked.exchanges:
        subject = Subject(
            asked.exchanges // part, findings, min(asked.rounds, 3) if asked.quick else asked.rounds
        )
        check(subject)
        for name, measure in PARTS.items():
            if not asked.only or name in asked.only:
                measure(subject)
    if asked.whole:
        whole(findings, asked.whole // part)
    findings.close(asked.save)


if __name__ == "__main__":
    main()
