"""Runs and blocks in an exchange: pure functions on integers of 10,000 bits, where bit i stands for line i.

One integer holds a whole exchange, and one operation on it works on all of its lines at once. Two ideas carry
all the searching:

- ``x & (x >> 1)`` marks where *two* consecutive lines begin; doing it again with 2 marks four, then eight:
  windows of any length are found in about log2(length) steps (:func:`starts`);
- ``f"{x:b}"`` writes the integer as text, in which ``str.rfind`` skips from one end of a run to the other
  (:func:`runs`).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import compress

LINES = 10_000
"""How many lines an exchange has."""

FULL = (1 << LINES) - 1
"""The bitmap of an exchange with every line."""

_PIECE = (1 << 2_500) - 1
"""The lines that are looked through first: a quarter of an exchange is enough for a page, as a rule."""

_MANY = 1_500
"""From how many lines on it is quicker to go over all the digits of a bitmap than to look for each 1."""
_ZERO_AND_ONE = bytes.maketrans(b"01", b"\0\1")


def span(first: int, last: int) -> int:
    """The bitmap of the lines ``first`` to ``last``, both included.

    >>> bin(span(1, 3))
    '0b1110'

    """
    return (1 << last + 1) - (1 << first)


def starts(bitmap: int, length: int) -> int:
    """The lines at which ``length`` consecutive lines begin, as a bitmap.

    >>> bin(starts(0b1110111, 2))
    '0b110011'

    """
    for step in steps(length):
        bitmap &= bitmap >> step
    return bitmap


@cache
def steps(length: int) -> tuple[int, ...]:
    """By how much to move a bitmap over itself, one time after the other, to find windows of ``length`` lines.

    >>> steps(20)
    (1, 2, 4, 8, 4)

    """
    found, have = [], 1
    while have < length:
        found.append(min(have, length - have))
        have += found[-1]
    return tuple(found)


def pieces(bitmap: int) -> Iterator[int]:
    """A bitmap in two, the lower lines first, no run being cut: for whoever may find enough in the first one.

    >>> first, rest = pieces(span(100, 150) | span(1000, 1300) | span(5000, 5000))
    >>> first == span(100, 150) | span(1000, 1300), rest == span(5000, 5000)
    (True, True)

    """
    first = bitmap & _PIECE
    # A run that goes on behind the piece begins above the highest line of the piece that is not set.
    first &= (1 << (first ^ _PIECE).bit_length()) - 1
    if first:
        yield first
    if rest := bitmap ^ first:
        yield rest


def count_runs(bitmap: int, length: int) -> int:
    """How many maximal runs of at least ``length`` lines there are.

    >>> count_runs(0b1110111, 2), count_runs(0b1110111, 4)
    (2, 0)

    """
    windows = starts(bitmap, length)
    # The windows of one run are consecutive, so each run leaves the two edges that differ from their neighbors.
    return (windows ^ windows << 1).bit_count() >> 1


def runs(bitmap: int, length: int = 1) -> Iterator[tuple[int, int]]:
    """First and last line of each maximal run of at least ``length`` lines, lowest first.

    >>> list(runs(0b1110111, 2))
    [(0, 2), (4, 6)]

    """
    windows = starts(bitmap, length)
    if not windows:
        return
    text = f"{windows:b}"  # line 0 is written last
    top = len(text) - 1
    one = text.rfind("1")
    while True:
        zero = text.rfind("0", 0, one)
        yield top - one, top - zero + length - 2
        if zero < 0:  # the highest digit of a numeral is a 1, so every text ends here
            return
        one = text.rfind("1", 0, zero)


def apart(firsts: int, length: int) -> Iterator[int]:
    """Lines out of ``firsts``, a bitmap, lowest first: each the next that is ``length`` or more behind the one before.

    Of the lines at which ``length`` consecutive ones begin, these cut as many stretches from each run as it has,
    beginning with its lowest line.

    >>> list(apart(starts(0b11111110111, 2), 2))
    [0, 4, 6, 8]

    """
    text = f"{firsts:b}"  # line 0 is written last
    top = len(text) - 1
    one = text.rfind("1")
    while one >= 0:
        yield top - one
        # One that begins beyond the text's beginning would be looked for from its end.
        one = text.rfind("1", 0, one - length + 1) if one >= length else -1


def blocks(bitmap: int, size: int) -> int:
    """The first lines of the blocks of ``size`` that are wholly present, as a bitmap; ``size`` divides
    10,000.

    >>> bin(blocks((1 << 20) - 1, 10))
    '0b10000000001'

    """
    return starts(bitmap, size) & FULL // ((1 << size) - 1)


def lines(bitmap: int) -> Iterator[int]:
    """The lines, lowest first.

    >>> list(lines(0b1011))
    [0, 1, 3]

    """
    text = bin(bitmap)[:1:-1]
    if bitmap.bit_count() > _MANY:
        return compress(range(len(text)), text.encode().translate(_ZERO_AND_ONE))
    return _found(text)


def _found(text: str) -> Iterator[int]:
    line = text.find("1")
    while line >= 0:
        yield line
        line = text.find("1", line + 1)
