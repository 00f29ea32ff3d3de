"""Whether patterns can be met at all: by any number, and by any run of them, whatever is free (SPEC N1 to N3).

A query that nothing could ever answer is refused, with a reason, before anybody searches for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from pstnkit.inventory.memory import longest_run
from pstnkit.inventory.patterns import ANY, DIGITS, EXCHANGE_DIGITS, at, lines_ending, lines_like, meet
from pstnkit.numbering.bits import FULL, LINES, starts
from pstnkit.numbering.shape import NPA_MARKS, NXX_MARKS

_ANY_EXCHANGE = ANY * EXCHANGE_DIGITS


@lru_cache(maxsize=256)
def codes_like(pattern: str) -> tuple[int, ...]:
    """The three-digit codes that match a pattern of three symbols, ascending.

    >>> codes_like("41?")[:3], len(codes_like("???"))
    ((410, 411, 412), 1000)
    """
    found = [0]
    for symbol in pattern:
        digits = range(10) if symbol == ANY else (int(symbol),)
        found = [10 * code + digit for code in found for digit in digits]
    return tuple(found)


@lru_cache(maxsize=256)
def area_codes_like(pattern: str) -> tuple[int, ...]:
    """The area codes that match a pattern of three symbols, ascending: all that have the right shape.

    >>> len(area_codes_like("41?")), area_codes_like("?11")
    (9, ())
    """
    return tuple(code for code in codes_like(pattern) if NPA_MARKS[code])


def exchange_exists(pattern: str) -> bool:
    """True if an exchange can match the pattern, of which the first six symbols count.

    >>> exchange_exists("415555"), exchange_exists("415?11"), exchange_exists("876?11")
    (True, False, True)
    """
    return bool(_marks(NPA_MARKS, pattern[:3]) & _marks(NXX_MARKS, pattern[3:6]))


@lru_cache(maxsize=1024)
def _marks(marks: bytes, pattern: str) -> int:
    """All marks of the codes that match: an exchange exists when its two halves have one in common."""
    found = 0
    for code in codes_like(pattern):
        found |= marks[code]
    return found


@lru_cache(maxsize=256)
def most_lines(fixed: str, contains: str | None, endings: tuple[str, ...] | None) -> tuple[int, ...]:
    """The lines that pass in an exchange that lets as many pass as one can, as bitmaps: one for each way to
    be such an exchange, none of them empty.

    ``fixed`` are ten symbols, ``contains`` is a pattern that lies anywhere, ``endings`` are texts of digits
    of which a line ends in one.

    >>> [lines.bit_count() for lines in most_lines("415555????", "99", ("0199", "0200"))]
    [1]
    >>> most_lines("415555????", "0000000", None)
    ()
    """
    exchange, lines = fixed[:EXCHANGE_DIGITS], lines_like(fixed[EXCHANGE_DIGITS:])
    if not exchange_exists(exchange):
        return ()
    if endings is not None:
        lines &= lines_ending(endings)
    if contains is None:
        return (lines,) if lines else ()
    inside = 0
    astride: list[tuple[str, int]] = []  # what an exchange must be like, and the lines that then pass
    for position in range(DIGITS - len(contains) + 1):
        spread = at(contains, position)
        if spread[:EXCHANGE_DIGITS] == _ANY_EXCHANGE:
            inside |= lines_like(spread[EXCHANGE_DIGITS:])
        else:
            astride.append((spread[:EXCHANGE_DIGITS], lines_like(spread[EXCHANGE_DIGITS:])))
    found = {mask & lines for mask in _masks(exchange, inside, astride)} - {0}
    # Who is like one way may not help being like another: then the lines of both pass, and of the one alone in none.
    return tuple(mask for mask in found if not any(mask & ~more == 0 for more in found - {mask}))


def _masks(exchange: str, mask: int, astride: list[tuple[str, int]]) -> Iterator[int]:
    """The lines let through by each set of ways that one exchange can be like, all at once."""
    if not astride or mask == FULL:
        yield mask
        return
    (wanted, lines), *rest = astride
    both = meet(exchange, wanted)
    if both is not None and exchange_exists(both):
        yield from _masks(both, mask | lines, rest)
        if both == exchange or mask | lines == FULL:
            return  # it costs the exchange nothing to be like that, or nothing is left to be had
    yield from _masks(exchange, mask, rest)


def longest_possible(masks: tuple[int, ...]) -> int:
    """The longest run of lines in any of the bitmaps."""
    return max(map(longest_run, masks), default=0)


def block_possible(masks: tuple[int, ...], size: int) -> bool:
    """True if any of the bitmaps has ``size`` lines in a row of which the first is a multiple of it."""
    aligned = sum(1 << line for line in range(0, LINES, size))
    return any(starts(mask, size) & aligned for mask in masks)
