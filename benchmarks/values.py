"""Numbers, ranges and sets as values, beside ``phonenumbers``, ``rphonenumbers``, ``ipaddress`` and plain ``int``.

    python benchmarks/values.py                 100,000 values; sets of 1,000,000 and 10,000,000
    python benchmarks/values.py --quick         a tenth of each
    python benchmarks/values.py --values 50000 --sets 1000000 --rounds 3 --json

Each line is one operation; what it takes for one value stands first, then how many times as long the others take for
theirs. ``phonenumbers`` reads numbers of every country and knows no order; what it is asked here is what a program has
to ask it for the same end.
"""

from __future__ import annotations

import argparse
import importlib
import operator
import pickle
import random
import tracemalloc
from array import array
from collections import deque
from collections.abc import Callable, Iterable
from functools import partial
from ipaddress import IPv4Address
from itertools import repeat
from pathlib import Path
from typing import Any

import pastes
from measuring import CLOCKS, Figure, Findings, opened, ratio_figure, short

from pstnkit import NumberRange, NumberSet, TelephoneNumber

Job = Callable[[], object]
OURS = "pstnkit"
NS = 1e9
RANGE = NumberRange("4152012000", "4152019999")


def each(function: Callable[..., object], *columns: Iterable[object]) -> Job:
    """A job that calls ``function`` for each value and throws away what it gives, one at a time."""
    return partial(_exhaust, function, *columns)


def _exhaust(function: Callable[..., object], *columns: Iterable[object]) -> None:
    deque(map(function, *columns), maxlen=0)


class Values:
    """The same numbers as everybody keeps them, in no order."""

    def __init__(self, count: int, findings: Findings) -> None:
        rng = random.Random(pastes.SEED)
        self.digits = list(pastes.numbers(count, 2_000, rng))
        self.integers = list(map(int, self.digits))
        self.e164 = [f"+1{digits}" for digits in self.digits]
        self.national = [f"({digits[:3]}) {digits[3:6]}-{digits[6:]}" for digits in self.digits]
        self.dotted = [str(IPv4Address(integer % 2**32)) for integer in self.integers]
        self.addresses = list(map(IPv4Address, self.dotted))
        self.numbers = list(map(TelephoneNumber, self.integers))
        self.peers: dict[str, Any] = {}
        for name in ("phonenumbers", "rphonenumbers"):
            try:
                self.peers[name] = importlib.import_module(name)
            except ImportError:
                findings.say(f"{name} is not installed, and not compared (pip install --group bench)")
        self.parsed = {name: _parse_all(module, self.e164) for name, module in self.peers.items()}

    def with_peers(self, make: Callable[[Any, list[Any]], Job], **jobs: Job) -> dict[str, Job]:
        """The jobs given, and one for each peer, from its module and its numbers."""
        return jobs | {name: make(module, self.parsed[name]) for name, module in self.peers.items()}


def operations(values: Values) -> dict[str, dict[str, Job]]:
    """Every operation on single values, by what a person would call it."""
    numbers, addresses = values.numbers, values.addresses
    styles = {"e164": "E164", "national": "NATIONAL", "rfc3966": "RFC3966"}

    def peer_format(style: str) -> Callable[[Any, list[Any]], Job]:
        return lambda peer, parsed: each(
            peer.format_number, parsed, repeat(getattr(peer.PhoneNumberFormat, styles[style]))
        )

    def of_parts(peer: Any, _: list[Any]) -> Job:
        return each(lambda digits: peer.PhoneNumber(country_code=1, national_number=digits), values.integers)

    def by_national_number(_: Any, parsed: list[Any]) -> Job:
        return lambda: sorted(parsed, key=operator.attrgetter("national_number"))

    twins = list(map(TelephoneNumber, values.integers))
    other_addresses = list(map(IPv4Address, values.dotted))
    return {
        "make from E.164 text": values.with_peers(
            lambda peer, _: each(peer.parse, values.e164),
            pstnkit=each(TelephoneNumber, values.e164),
            ipaddress=each(IPv4Address, values.dotted),
        ),
        "make from ten digits as text": values.with_peers(
            lambda peer, _: each(peer.parse, values.digits, repeat("US")),
            pstnkit=each(TelephoneNumber, values.digits),
        ),
        "make from an int": values.with_peers(
            of_parts,
            pstnkit=each(TelephoneNumber, values.integers),
            ipaddress=each(IPv4Address, [one % 2**32 for one in values.integers]),
        ),
        "parse what a person writes": values.with_peers(
            lambda peer, _: each(peer.parse, values.national, repeat("US")),
            pstnkit=each(TelephoneNumber.parse, values.national),
        ),
        "format as E.164": values.with_peers(
            peer_format("e164"), pstnkit=each(str, numbers), ipaddress=each(str, addresses)
        ),
        "format as national": values.with_peers(
            peer_format("national"), pstnkit=each(format, numbers, repeat("national"))
        ),
        "format as RFC 3966": values.with_peers(
            peer_format("rfc3966"), pstnkit=each(format, numbers, repeat("rfc3966"))
        ),
        "turn into an int": {"pstnkit": each(int, numbers), "ipaddress": each(int, addresses)},
        "the next one": {
            "pstnkit": each(operator.add, [number for number in numbers if number.line != "9999"], repeat(1)),
            "ipaddress": each(operator.add, addresses, repeat(1)),
        },
        "compare for order": {
            "pstnkit": each(operator.lt, numbers, reversed_once(numbers)),
            "ipaddress": each(operator.lt, addresses, reversed_once(addresses)),
        },
        "compare with an equal one": values.with_peers(
            lambda peer, parsed: each(operator.eq, parsed, _parse_all(peer, values.e164)),
            pstnkit=each(operator.eq, numbers, twins),
            ipaddress=each(operator.eq, addresses, other_addresses),
            int=each(operator.eq, values.integers, list(map(int, values.digits))),
        ),
        "sort, in no order before": values.with_peers(
            by_national_number,
            pstnkit=lambda: sorted(numbers),
            ipaddress=lambda: sorted(addresses),
            int=lambda: sorted(values.integers),
        ),
        "hash": values.with_peers(
            lambda _, parsed: each(hash, parsed),
            pstnkit=each(hash, numbers),
            ipaddress=each(hash, addresses),
            int=each(hash, values.integers),
        ),
        "put into a set": values.with_peers(
            lambda _, parsed: lambda: set(parsed),
            pstnkit=lambda: set(numbers),
            ipaddress=lambda: set(addresses),
            int=lambda: set(values.integers),
        ),
        "pickle": values.with_peers(
            lambda _, parsed: lambda: pickle.dumps(parsed),
            pstnkit=lambda: pickle.dumps(numbers),
            ipaddress=lambda: pickle.dumps(addresses),
        ),
        "read back from a pickle": values.with_peers(
            lambda _, parsed: partial(pickle.loads, pickle.dumps(parsed)),
            pstnkit=partial(pickle.loads, pickle.dumps(numbers)),
            ipaddress=partial(pickle.loads, pickle.dumps(addresses)),
        ),
    }


def reversed_once(values: list[Any]) -> list[Any]:
    """The same values the other way round."""
    return values[::-1]


def compare(
    findings: Findings, subject: str, what: str, jobs: dict[str, Job], count: int, rounds: int
) -> None:
    """One operation: what it takes for one value, and how many times as long the others take."""
    jobs[OURS]()
    timings = {name: timing.scaled(NS / count) for name, timing in findings.in_turn(jobs, rounds).items()}
    ours = timings.pop(OURS)
    others = {
        name: ratio_figure(subject, f"{what}: {name}", timing, ours) for name, timing in timings.items()
    }
    beside = ", ".join(f"{name} {short(figure.value)} x" for name, figure in others.items())
    findings.add(Figure(subject, what, ours.median, "ns", spread=ours.spread, note=beside))
    findings.keep(*others.values())


def memory(findings: Findings, values: Values) -> None:
    """What a list of values takes beyond the list itself, for each of them."""
    makers: dict[str, Callable[[], object]] = {
        OURS: lambda: list(map(TelephoneNumber, values.e164)),
        "ipaddress": lambda: list(map(IPv4Address, values.dotted)),
        "int": lambda: list(map(int, values.digits)),
        "E.164 text": lambda: ["+1" + digits for digits in values.digits],
    }
    for name, module in values.peers.items():
        makers[name] = partial(_parse_all, module, values.e164)
    for name, make in makers.items():
        size = _allocated(make) / len(values.numbers) - 8
        findings.add(Figure("memory of a value, beyond its place in a list", name, size, "bytes"))


def _parse_all(module: Any, texts: list[str]) -> list[Any]:
    """The peer's numbers, as the kind of them that can be hashed."""
    return [module.FrozenPhoneNumber(module.parse(text)) for text in texts]


def _allocated(make: Callable[[], object]) -> int:
    """How much Python has allocated for what ``make`` gives, while it is there."""
    tracemalloc.start()
    made = make()
    size = tracemalloc.get_traced_memory()[0]
    del made
    tracemalloc.stop()
    return size


def sets(findings: Findings, size: int, rounds: int) -> None:
    """Sets of numbers in 2,000 exchanges, beside Python's own sets of integers."""
    rng = random.Random(pastes.SEED)
    spread = max(200, size // 5_000)
    places = [10_000 * int(exchange) for exchange in pastes.exchanges(spread, rng)]
    integers = array(
        "q", (places[one // 10_000] + one % 10_000 for one in rng.sample(range(10_000 * spread), size))
    )
    half, other_half = integers[: 2 * size // 3], integers[size // 3 :]
    some, others = NumberSet.from_integers(half), NumberSet.from_integers(other_half)
    plain, other_plain = set(half), set(other_half)
    whole = NumberSet.from_integers(integers)
    subject = f"a set of {size:,} numbers in {spread:,} exchanges"
    numbers = [TelephoneNumber._of(one) for one in integers[: size // 10]]
    saved = whole.to_bytes()
    work: dict[str, dict[str, Job]] = {
        "make from integers": {
            OURS: lambda: NumberSet.from_integers(integers),
            "set of int": lambda: set(integers),
        },
        "iterate, in order": {
            OURS: lambda: deque(whole, maxlen=0),
            "sorted set of int": lambda: deque(sorted(plain), maxlen=0),
        },
        "union": {OURS: lambda: some | others, "set of int": lambda: plain | other_plain},
        "intersection": {OURS: lambda: some & others, "set of int": lambda: plain & other_plain},
        "difference": {OURS: lambda: some - others, "set of int": lambda: plain - other_plain},
        "symmetric difference": {OURS: lambda: some ^ others, "set of int": lambda: plain ^ other_plain},
        "copy": {OURS: some.copy, "set of int": plain.copy},
        "length of a union": {
            OURS: lambda: len(some | others),
            "set of int": lambda: len(plain | other_plain),
        },
        "all runs of 5 or more": {OURS: lambda: deque(whole.runs(5), maxlen=0)},
        "count runs of 5 or more": {OURS: lambda: whole.copy().count_runs(5)},
        "all ranges": {OURS: lambda: deque(whole.ranges(), maxlen=0)},
        "blocks of 10": {OURS: lambda: deque(whole.blocks(10), maxlen=0)},
        "save as bytes": {OURS: whole.to_bytes, "set of int": lambda: pickle.dumps(plain)},
        "load from bytes": {
            OURS: lambda: NumberSet.from_bytes(saved),
            "set of int": partial(pickle.loads, pickle.dumps(plain)),
        },
    }
    for what, jobs in work.items():
        compare(findings, subject, f"{what}, for a number", jobs, size, rounds)
    tests: dict[str, Job] = {
        OURS: each(whole.__contains__, numbers),
        "set of int": each(plain.__contains__, integers[: size // 10]),
    }
    compare(findings, subject, "is it in the set", tests, len(numbers), rounds)
    into: dict[str, Job] = {OURS: lambda: NumberSet(numbers), "set of TelephoneNumber": lambda: set(numbers)}
    compare(findings, subject, "make from TelephoneNumbers, for a number", into, len(numbers), rounds)
    for name, make in (("NumberSet", NumberSet.from_integers), ("set of int", set)):
        taken = _allocated(partial(_made, make, integers)) / size
        findings.add(Figure(subject, f"memory of a {name}, for a number", taken, "bytes"))
    findings.add(Figure(subject, "size when saved, for a number", len(saved) / size, "bytes"))


def _made(make: Callable[[Iterable[int]], object], integers: Iterable[int]) -> object:
    return make(integers)


def ranges(findings: Findings, rounds: int) -> None:
    """A range of numbers, beside Python's own."""
    plain = range(int(RANGE.first), int(RANGE.last) + 1)
    numbers = list(RANGE)
    size = len(plain)
    subject = f"a range of {size:,} numbers"
    work: dict[str, dict[str, Job]] = {
        "iterate": {OURS: lambda: deque(RANGE, maxlen=0), "range": lambda: deque(plain, maxlen=0)},
        "item": {OURS: each(RANGE.__getitem__, range(size)), "range": each(plain.__getitem__, range(size))},
        "is it in the range": {
            OURS: each(RANGE.__contains__, numbers),
            "range": each(plain.__contains__, plain),
        },
        "slice": {
            OURS: each(lambda at: RANGE[at : at + 10], range(size - 10)),
            "range": each(lambda at: plain[at : at + 10], range(size - 10)),
        },
    }
    for what, jobs in work.items():
        compare(findings, subject, what, jobs, size, rounds)


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--values", type=int, default=100_000, metavar="N")
    parser.add_argument("--sets", type=int, nargs="*", default=[1_000_000, 10_000_000], metavar="N")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--quick", action="store_true", help="a tenth of everything, 3 rounds")
    parser.add_argument("--clock", choices=tuple(CLOCKS), default="wall", help="cpu when the machine is busy")
    parser.add_argument("--json", action="store_true", help="print one JSON document at the end")
    parser.add_argument("--save", type=Path, metavar="FILE", help="write that document to a file")
    asked = parser.parse_args()
    part = 10 if asked.quick else 1
    rounds = min(asked.rounds, 3) if asked.quick else asked.rounds
    findings = opened(quiet=asked.json, clock=asked.clock)
    values = Values(asked.values // part, findings)
    for what, jobs in operations(values).items():
        compare(findings, f"{len(values.numbers):,} values", what, jobs, len(values.numbers), rounds)
    memory(findings, values)
    ranges(findings, rounds)
    for size in asked.sets:
        sets(findings, size // part, rounds)
    findings.close(asked.save)


if __name__ == "__main__":
    main()
