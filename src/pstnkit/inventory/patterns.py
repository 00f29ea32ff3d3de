"""Patterns over the ten digits of a number, and the lines of an exchange that match them.

A pattern is a text of digits in which ``?`` is one unknown digit; letters are read as on a phone pad.
Matching never looks at numbers one by one: each digit of a line has its bitmap of 10,000 lines
(:func:`lines_with`), and a pattern is their intersection. What a pattern says about the first six digits is
settled once per exchange.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

from pstnkit.numbering.bits import FULL

ANY = "?"
"""The symbol that stands for one unknown digit."""

DIGITS = 10
"""How many digits a number has."""

EXCHANGE_DIGITS = 6
"""How many of them name the exchange."""

_KEYPAD = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", "22233344455566677778889999" * 2, " -.()"
)
_SYMBOLS = frozenset("0123456789" + ANY)
_EVERY = tuple(FULL // ((1 << 10**length) - 1) for length in range(5))
"""The lines that end in as many zeros as the place says."""


def symbols(text: str) -> str:
    """A written pattern as digits and ``?``: letters as on a phone pad, spaces and ``-.()`` left out.

    Raises :class:`ValueError` that says what is wrong with it.

    >>> symbols("(415) 55?-CAFE")
    '41555?2233'
    """
    found = text.translate(_KEYPAD)
    if strangers := sorted(set(found) - _SYMBOLS):
        raise ValueError(f"{strangers[0]!r} is no digit, letter of a phone pad or '?'")
    if not found:
        raise ValueError("there is nothing to look for")
    if len(found) > DIGITS:
        raise ValueError(f"a number has {DIGITS} digits, the pattern {len(found)}")
    return found


def at(pattern: str, position: int) -> str:
    """The pattern spread over ten digits from ``position`` (0 to 9) on, unknown elsewhere.

    >>> at("555", 3)
    '???555????'
    """
    return (ANY * position + pattern).ljust(DIGITS, ANY)


def meet(one: str, other: str) -> str | None:
    """What matches both of two patterns of equal length, or None when nothing can.

    >>> meet("41?", "4?5"), meet("41?", "42?")
    ('415', None)
    """
    both = []
    for a, b in zip(one, other, strict=True):
        if a != b and ANY not in (a, b):
            return None
        both.append(b if a == ANY else a)
    return "".join(both)


def lines_like(pattern: str) -> int:
    """The lines that match a pattern of four symbols, as a bitmap.

    >>> bin(lines_like("000?")), lines_like("0001") == 0b10
    ('0b1111111111', True)
    """
    bitmap = FULL
    for position, symbol in enumerate(pattern):
        if symbol != ANY:
            bitmap &= lines_with(position, int(symbol))
    return bitmap


def lines_ending(endings: Iterable[str]) -> int:
    """The lines that end in one of the texts of one to four digits, as a bitmap.

    >>> lines_ending(["0001", "0002"]) == 0b110, lines_ending(["7"]).bit_count()
    (True, 1000)
    """
    found = 0
    for ending in endings:
        # Line 2001 is the lowest that ends in 2001, 201 in 201: the others lie whole powers of ten above.
        found |= _EVERY[len(ending)] << int(ending)
    return found


@cache
def lines_with(position: int, digit: int) -> int:
    """The lines whose digit at ``position`` (0 is the thousands, 3 the units) is ``digit``, as a bitmap.

    >>> lines_with(3, 7) & 0b11111111111 == 1 << 7
    True
    """
    width: int = 10 ** (3 - position)
    stretch = (1 << width) - 1 << digit * width
    # One bit at the start of every ten widths: multiplying by it repeats the stretch all over the exchange.
    return stretch * (FULL // ((1 << 10 * width) - 1))


class Filter:
    """Which lines of an exchange pass: what is fixed digit by digit, and what must appear somewhere.

    ``fixed`` has ten symbols, the first three of which are left to whoever chooses the exchanges. ``contains`` may lie
    anywhere in the ten digits, across the border of exchange and line too. ``endings`` are texts of digits of which a
    line must end in one.

    >>> wanted = Filter(contains="5501")
    >>> wanted.mask(415_555) == lines_like("01??") | lines_like("501?") | lines_like("5501")
    True
    """

    __slots__ = ("_by_npa", "_by_nxx", "_by_ways", "_contains", "_line", "_nxx", "_pieces", "everything")

    everything: bool
    """True if every number passes, so that no mask need be asked for."""

    def __init__(
        self, fixed: str = ANY * DIGITS, contains: str | None = None, endings: tuple[str, ...] | None = None
    ) -> None:
        self._nxx, line = fixed[3:EXCHANGE_DIGITS], fixed[EXCHANGE_DIGITS:]
        self._line = lines_like(line)
        if endings is not None:
            self._line &= lines_ending(endings)
        self._contains = contains or ""
        # Exchanges are many, and their halves are few. What contains may begin at a position is a way, and the ways
        # open to an exchange are those open to both of its halves, as bits.
        self._pieces = [_pieces(self._contains, place) for place in (0, 3)]
        self._by_npa: dict[int, int] = {}
        self._by_nxx: dict[int, int | None] = {}
        self._by_ways: dict[int, int] = {}
        self.everything = self._nxx == ANY * 3 and self._line == FULL and contains is None

    def mask(self, exchange: int) -> int:
        """The lines of ``exchange`` (six digits) that pass, as a bitmap."""
        npa, nxx = divmod(exchange, 1000)
        right = self._by_nxx.get(nxx, -1)
        if right == -1:
            fits = meet(self._nxx, str(nxx)) is not None
            right = self._by_nxx[nxx] = _ways(self._pieces[1], str(nxx)) if fits else None
        if right is None:
            return 0
        left = self._by_npa.get(npa)
        if left is None:
            left = self._by_npa[npa] = _ways(self._pieces[0], str(npa))
        ways = left & right
        lines = self._by_ways.get(ways)
        if lines is None:
            lines = self._by_ways[ways] = self._line & self._containing(ways)
        return lines

    def _containing(self, ways: int) -> int:
        """The lines with which ``contains`` appears in the ten digits, at one of the positions."""
        lines = 0
        for position in range(DIGITS - len(self._contains) + 1):
            if ways >> position & 1:
                lines |= lines_like(at(self._contains, position)[EXCHANGE_DIGITS:])
        return lines


@lru_cache(maxsize=32)
def filter_of(fixed: str, contains: str | None, endings: tuple[str, ...] | None) -> Filter:
    """The filter of these patterns: the same one again for what was asked lately, with all that it has found out."""
    return Filter(fixed, contains, endings)


def _pieces(contains: str, place: int) -> list[tuple[int, str, str, str]]:
    """For each position at which ``contains`` may begin, what the three digits at ``place`` must then be like."""
    spread = [at(contains, position) for position in range(DIGITS - len(contains) + 1)]
    return [(position, s[place], s[place + 1], s[place + 2]) for position, s in enumerate(spread)]


def _ways(pieces: list[tuple[int, str, str, str]], digits: str) -> int:
    """The positions, as bits, that three digits leave open."""
    found = 0
    for position, a, b, c in pieces:
        if (a in (ANY, digits[0])) and (b in (ANY, digits[1])) and (c in (ANY, digits[2])):
            found |= 1 << position
    return found
