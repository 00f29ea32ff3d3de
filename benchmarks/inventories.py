"""Inventories to measure with: made up by a seed, the same each time.

In each exchange free and taken stretches take turns, six of ten of them short, one of ten some hundred numbers long, as
they become when numbers are sold one by one, in runs and in blocks. About half of all numbers are free.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from pstnkit import AreaCodeKind, AreaCodeStatus, NumberRange, NumberSet, plan

SEED = 20261126
STATE = "US-CA"
LINES = 10_000
_FULL = (1 << LINES) - 1


def area_codes(state: str | None = None) -> list[str]:
    """The geographic area codes in service, of one state or of all."""
    return [
        code.npa
        for code in plan.area_codes(subdivision=state)
        if (code.kind, code.status) == (AreaCodeKind.GEOGRAPHIC, AreaCodeStatus.IN_SERVICE)
    ]


def places(count: int, npas: list[str], rng: random.Random) -> list[str]:
    """So many exchanges, the same number in each area code, as six digits, ascending."""
    nxxs = [str(nxx) for nxx in range(200, 1000) if nxx % 100 != 11]
    each, rest = divmod(count, len(npas))
    chosen = (rng.sample(nxxs, each + (place < rest)) for place in range(len(npas)))
    return sorted(npa + nxx for npa, some in zip(npas, chosen, strict=True) for nxx in some)


def stretches(rng: random.Random) -> Iterator[tuple[int, int]]:
    """The first and the last line of each free stretch of an exchange."""
    line, free = 0, rng.random() < 0.5
    while line < LINES:
        kind = rng.random()
        length = (
            rng.randint(1, 6) if kind < 0.6 else rng.randint(7, 40) if kind < 0.9 else rng.randint(41, 300)
        )
        length = min(length, LINES - line)
        if free:
            yield line, line + length - 1
        line, free = line + length, not free


def inventory(count: int, state: str | None = STATE) -> NumberSet:
    """The free numbers of so many exchanges."""
    rng = random.Random(SEED)
    free = NumberSet()
    for place in places(count, area_codes(state), rng):
        for first, last in stretches(rng):
            free.add(NumberRange(f"{place}{first:04}", f"{place}{last:04}"))
    return free


def continent(count: int) -> NumberSet:
    """The free numbers of so many exchanges of the whole plan: hundreds of thousands are made in seconds, by turning
    each of some thousand round by a number of lines of its own."""
    from pstnkit.numbering.bitmaps import Bitmaps

    rng = random.Random(SEED)
    patterns = []
    for _ in range(1_000):
        patterns.append(sum((1 << last + 1) - (1 << first) for first, last in stretches(rng)))
    bitmaps = {}
    for place, code in enumerate(places(count, area_codes(), rng)):
        pattern, turn = patterns[place % len(patterns)], 1 + 7 * (place // len(patterns)) % (LINES - 1)
        bitmaps[int(code)] = (pattern << turn | pattern >> LINES - turn) & _FULL
    return NumberSet._of(Bitmaps.of(bitmaps))
