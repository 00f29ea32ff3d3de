"""Plans of ports: a pasted list of 20,000 numbers into the fewest orders.

    python benchmarks/planner.py                    20,000 numbers, and a tenth of them
    python benchmarks/planner.py --quick --clock cpu

What takes time depends on what is known: how many accounts there are, and how the numbers lie in ranges. There is no
peer to compare with: what must be reached is a second.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable
from functools import partial
from pathlib import Path

from measuring import CLOCKS, Figure, Findings, opened, ratio_figure

from pstnkit import (
    NumberRange,
    Portable,
    PortFacts,
    PortPlan,
    PortRules,
    PortType,
    Secret,
    TelephoneNumber,
    plan_ports,
    read_numbers,
)

SEED = 20_261_126
SECOND = 1.0
ACCOUNT = PortFacts(losing_carrier="Old Bell", account_number=Secret("004-881"), port_type="off_net")
RULES = PortRules.of_one_carrier()
LOWEST, HIGHEST = 4152120000, 4153109999


def scattered(size: int) -> list[TelephoneNumber]:
    """So many numbers, hardly two of them consecutive, in no order."""
    return list(map(TelephoneNumber, random.Random(SEED).sample(range(LOWEST, HIGHEST), size)))


def in_ranges(size: int, longest: int) -> list[NumberRange]:
    """So many numbers in ranges of 1 to ``longest``, with gaps between them."""
    rng = random.Random(SEED)
    ranges: list[NumberRange] = []
    at, count = LOWEST, 0
    while count < size:
        length = min(rng.randint(1, longest), size - count)
        if at % 10_000 + length > 10_000:
            at += 10_000 - at % 10_000
        ranges.append(NumberRange(TelephoneNumber(at), TelephoneNumber(at + length - 1)))
        count += length
        at += length + rng.randint(1, 3)
    return ranges


def lists(size: int) -> dict[str, Callable[[], PortPlan]]:
    """Lists of so many numbers, by what is known of them, each with what plans it."""
    numbers = scattered(size)
    types = tuple(PortType)
    kinds = [
        PortFacts(losing_carrier=f"Carrier {k % 7}", account_number=Secret(f"{k}"), port_type=types[k % 3])
        for k in range(500)
    ]
    own = [PortFacts(losing_carrier="Old Bell", account_number=Secret(f"{k}")) for k in range(size)]
    answers = [Portable(number, PortFacts(losing_carrier="Old Bell")) for number in numbers]
    pasted = read_numbers("\n".join(map(str, numbers)))
    whole = PortRules(most_off_net=49, ranges_stay_whole=True)
    ranges = in_ranges(size, 60)
    return {
        "one account, scattered": partial(plan_ports, numbers, known=ACCOUNT, rules=RULES),
        "one account, pasted, with answers": partial(
            plan_ports, pasted, known=ACCOUNT, answers=answers, rules=RULES
        ),
        "one account, in pairs": partial(
            plan_ports,
            [NumberRange(number, number + 1) for number in numbers[: size // 2] if number.line < "9999"],
            known=ACCOUNT,
            rules=RULES,
        ),
        "one account, in ranges of up to 60": partial(plan_ports, ranges, known=ACCOUNT, rules=RULES),
        "the same, ranges stay whole": partial(plan_ports, ranges, known=ACCOUNT, rules=whole),
        "500 accounts at 7 carriers": partial(
            plan_ports,
            numbers,
            known=[(number, kinds[place % 500]) for place, number in enumerate(numbers)],
            rules=RULES,
        ),
        "an account for each number": partial(
            plan_ports, numbers, known=list(zip(numbers, own, strict=True)), rules=RULES
        ),
    }


def planned(findings: Findings, size: int, rounds: int) -> None:
    """What a plan takes, of so many numbers, and how much more than of a tenth."""
    subject = f"a plan of {size:,} numbers"
    small = lists(size // 10)
    for what, job in lists(size).items():
        timings = findings.in_turn({"all": job, "tenth": small[what]}, rounds)
        plan = job()
        note = f"{len(plan.orders):,} orders{'' if plan.proven else ', not proven the fewest cuts'}"
        findings.add(
            Figure(
                subject,
                what,
                timings["all"].median,
                "s",
                SECOND,
                at_most=True,
                spread=timings["all"].spread,
                note=note,
            ),
            ratio_figure(
                subject, f"{what}: beside a tenth", timings["all"], timings["tenth"], must=15.0, at_most=True
            ),
        )


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--numbers", type=int, default=20_000, metavar="N")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--quick", action="store_true", help="three rounds")
    parser.add_argument("--clock", choices=tuple(CLOCKS), default="wall", help="cpu when the machine is busy")
    parser.add_argument("--json", action="store_true", help="print one JSON document at the end")
    parser.add_argument("--save", type=Path, metavar="FILE", help="write that document to a file")
    asked = parser.parse_args()
    findings = opened(quiet=asked.json, clock=asked.clock)
    planned(findings, asked.numbers, 3 if asked.quick else asked.rounds)
    findings.close(asked.save)


if __name__ == "__main__":
    main()
