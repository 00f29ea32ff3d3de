"""Best fit: of all options that would do, the one that breaks the fewest larger runs comes first.

Whoever takes ten numbers out of a free run of a thousand leaves less to those who want a block. So options come out of
the shortest free run that is long enough, and out of that end of it at which the fewest whole blocks are broken. What
counts as a free run is what is on offer, whatever the query filters: a number that ends in 00 may lie in the middle of
a thousand free ones, and another one alone.

The runs of all exchanges are wanted in the order of their lengths, and seldom all of them: they are found band by band
of lengths, with a few operations on the bitmap of each exchange, and only the runs of a band are put in order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from pstnkit.inventory.page import Place
from pstnkit.numbering import bits
from pstnkit.numbering.bits import LINES
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.ranges import NumberRange

if TYPE_CHECKING:
    from pstnkit.inventory.page import Page
    from pstnkit.inventory.query import SearchQuery

_ONE_BY_ONE = 8
"""Up to how much more than wanted each length is a band of its own: there are many short runs."""


class _Field(NamedTuple):
    """An exchange with what is free in it, and what of that passes the filters and has not been listed."""

    code: int
    free: int
    passing: int


class _Run(NamedTuple):
    """A free run, as it is put in order: by its length, then by what its best option breaks, then lowest first."""

    length: int
    broken: tuple[int, ...]
    first: int
    field: _Field


def best_fit_page(
    query: SearchQuery,
    fields: Iterable[tuple[int, int]],
    free: NumberSet,
    block_sizes: Iterable[int],
    place: Place | None,
) -> Page:
    """The options of a query in the order of best fit, at most as many as its limit, and the place behind them.

    ``fields`` are the exchanges with the lines that pass the filters, ``block_sizes`` the sizes on sale, smallest
    first. The order moves with every sale, so that no place in it would stay one: what names it is all that has
    been listed.
    """
    listed = _listed(() if place is None else place.listed)
    wanted = query.quantity if query.in_runs else 1
    larger = [size for size in block_sizes if size > wanted][::-1]
    left = [
        _Field(code, free._bitmap(code), passing)
        for code, bitmap in fields
        if (passing := bitmap & ~listed._bitmap(code))
    ]
    options = list(islice(_options(left, wanted, larger, block=query.block), query.limit + 1))
    if len(options) <= query.limit:
        return tuple(options), None
    del options[query.limit :]
    listed.update(options)
    return tuple(options), Place(options[-1]._last, frozenset(_turning_points(listed)))


def _turning_points(listed: NumberSet) -> set[int]:
    """Where, counting up, one enters what was listed and where one leaves it: ten-digit ints."""
    points: set[int] = set()
    for part in listed.ranges():
        points ^= {part._first}
        points ^= {part._last + 1}  # of two exchanges side by side, the border is none
    return points


def _listed(points: Iterable[int]) -> NumberSet:
    """What lies between the turning points."""
    numbers = NumberSet()
    ascending = iter(sorted(points))
    for first, beyond in zip(ascending, ascending, strict=True):
        while first < beyond:
            last = min(beyond, first // LINES * LINES + LINES) - 1
            numbers.add(NumberRange._of(first, last))
            first = last + 1
    return numbers


def _options(fields: list[_Field], wanted: int, larger: list[int], *, block: bool) -> Iterator[NumberRange]:
    """All options, in the order of best fit."""
    for shortest, longest in _bands(wanted):
        exact = shortest == longest and shortest < min(larger, default=LINES)
        runs = _runs(fields, shortest, longest, wanted, larger, block=block)
        # Where all are of one length and have no block to break, they come in order as they are found.
        for run in runs if exact else sorted(runs):
            for first in _choices(run, wanted, larger, block=block):
                number = run.field.code * LINES + first
                yield NumberRange._of(number, number + wanted - 1)


def _bands(wanted: int) -> Iterator[tuple[int, int]]:
    """Bands of lengths from ``wanted`` on: first each length alone, then ever wider ones."""
    shortest = wanted
    while shortest <= LINES:
        longest = shortest if shortest < wanted + _ONE_BY_ONE else min(2 * shortest, LINES)
        yield shortest, longest
        shortest = longest + 1


def _runs(
    fields: list[_Field], shortest: int, longest: int, wanted: int, larger: list[int], *, block: bool
) -> Iterator[_Run]:
    """The free runs of a band that have at least one option, lowest first."""
    for field in fields:
        within = _in_runs_of(field.free, shortest) & ~_in_runs_of(field.free, longest + 1)
        if not field.passing & within:
            continue
        for first, last in bits.runs(within):
            run = _Run(last - first + 1, (), first, field)
            best = next(_choices(run, wanted, larger, block=block), None)
            if best is not None:
                yield run._replace(broken=_broken(run, best, wanted, larger))


def _in_runs_of(bitmap: int, length: int) -> int:
    """The lines that are in runs of at least ``length``.

    >>> bin(_in_runs_of(0b1110110111, 3))
    '0b1110000111'
    """
    if length > LINES:
        return 0
    lines, have = bits.starts(bitmap, length), 1
    while lines and have < length:
        step = min(have, length - have)
        lines |= lines << step
        have += step
    return lines


def _choices(run: _Run, wanted: int, larger: list[int], *, block: bool) -> Iterator[int]:
    """The first lines of the options in a free run, in the order in which they should go; they do not overlap."""
    passing = run.field.passing & bits.span(run.first, run.first + run.length - 1)
    if block:
        firsts = bits.lines(bits.blocks(passing, wanted))
        yield from sorted(firsts, key=lambda line: (_broken(run, line, wanted, larger), line))
        return
    stretches = []
    for first, last in bits.runs(passing, wanted):
        ends = first, last - wanted + 1
        cost, end = min((_broken(run, line, wanted, larger), end) for end, line in enumerate(ends))
        stretches.append((cost, first, last, end))
    for _, first, last, end in sorted(stretches):
        if end:
            yield from range(last - wanted + 1, first - 1, -wanted)
        else:
            yield from range(first, last - wanted + 2, wanted)


def _broken(run: _Run, line: int, wanted: int, larger: list[int]) -> tuple[int, ...]:
    """How many whole blocks of each larger size, the largest first, an option that begins at ``line`` breaks."""
    last = run.first + run.length - 1
    counts = []
    for size in larger:
        lowest = max(line // size, -(-run.first // size))
        highest = min((line + wanted - 1) // size, (last + 1) // size - 1)
        counts.append(max(0, highest - lowest + 1))
    return tuple(counts)
