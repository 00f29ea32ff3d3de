"""Telephone numbers in binary-coded decimal: ten digits, four bits each, in one integer of 40 bits.

Text becomes BCD a million numbers at a time, by ``bytes.fromhex``: to a reader of hexadecimal the digits of a decimal
are digits as well. Numbers compare in BCD as they do in decimal; the exchange stands above the lowest 16 bits.

>>> hex(to_bcd(4153210123)), from_bcd(0x4153210123)
('0x4153210123', 4153210123)
"""

from __future__ import annotations

import sys
from array import array
from collections import defaultdict, deque
from collections.abc import Iterator
from functools import lru_cache
from itertools import repeat

_SWAP = sys.byteorder == "little"
_AT_ONCE = 1 << 16


def to_bcd(number: int) -> int:
    """The BCD of a decimal number."""
    return int(str(number), 16)


def from_bcd(bcd: int) -> int:
    """The decimal number of a BCD."""
    return int(f"{bcd:x}")


def bcd_of_lines(digits: bytes, size: int = 10) -> array[int]:
    r"""The BCD of each line of ``size`` digits; each line begins with its newline.

    >>> [hex(bcd) for bcd in bcd_of_lines(b"\n4153210123\n6283210124")]
    ['0x4153210123', '0x6283210124']
    """
    found = array("Q", bytes.fromhex(digits.replace(b"\n", b"0" * (16 - size)).decode("ascii")))
    if _SWAP:  # pragma: no branch - each machine goes one way
        found.byteswap()
    return found


def exchanges_of(numbers: array[int]) -> array[int]:
    """The exchange of each number: its first six digits, in BCD."""
    data = numbers.tobytes()
    codes = bytearray(4 * len(numbers))
    for place in range(3):
        codes[place if _SWAP else place + 1 :: 4] = data[place + 2 if _SWAP else place + 3 :: 8]
    return array("I", bytes(codes))


def lines_of(numbers: array[int]) -> array[int]:
    """The line of each number: its last four digits, in BCD."""
    data = numbers.tobytes()
    lines = bytearray(2 * len(numbers))
    for place in range(2):
        lines[place::2] = data[place if _SWAP else place + 6 :: 8]
    return array("H", bytes(lines))


def decimals(numbers: array[int]) -> Iterator[int]:
    """The decimal numbers of BCD."""
    for start in range(0, len(numbers), _AT_ONCE):
        some = numbers[start : start + _AT_ONCE]
        if _SWAP:  # pragma: no branch - each machine goes one way
            some.byteswap()
        yield from map(int, some.tobytes().hex(" ", 8).split())


def bitmaps_of(numbers: array[int]) -> tuple[dict[int, int], set[int]]:
    r"""The bitmap of each exchange (by its six digits, in decimal) that ``numbers`` lie in, and which of them stand
    there more than once.

    >>> bitmaps, again = bitmaps_of(bcd_of_lines(b"\n4153210000\n4153210002\n4153210002"))
    >>> bitmaps, list(map(hex, again))
    ({415321: 5}, ['0x4153210002'])
    """
    by_exchange: defaultdict[int, list[int]] = defaultdict(list)
    for exchange, line in zip(exchanges_of(numbers), lines_of(numbers), strict=True):
        by_exchange[exchange].append(line)
    bitmaps = {}
    again: set[int] = set()
    for exchange, lines in by_exchange.items():
        bitmap = bitmaps[from_bcd(exchange)] = _few(lines) if len(lines) < _MANY else _many(lines)
        if bitmap.bit_count() < len(lines):
            met: set[int] = set()
            for line in lines:
                if line in met:
                    again.add(exchange << 16 | line)
                met.add(line)
    return bitmaps, again


_HANDFUL = 8
"""Up to how many lines it is quicker to work out where each stands than to look it up."""

_MANY = 900
"""From how many lines on it is quicker to write them all and convert the whole exchange at once."""


def _few(lines: list[int]) -> int:
    if len(lines) <= _HANDFUL:
        bitmap = 0
        for line in lines:
            bitmap |= 1 << line - 6 * (line >> 4) - 60 * (line >> 8) - 600 * (line >> 12)
        return bitmap
    octet, bit = _octets_and_bits()
    octets = bytearray(1250)
    for line in lines:
        octets[octet[line]] |= bit[line]
    return int.from_bytes(octets, "little")


def _many(lines: list[int]) -> int:
    flags = bytearray(_blank_flags())
    deque(map(flags.__setitem__, lines, repeat(49)), maxlen=0)  # 49 is "1"
    # What stands at places that no line has goes, and the highest line comes first, as in any numeral.
    return int(flags.translate(None, b"x")[::-1], 2)


@lru_cache(maxsize=1)
def _octets_and_bits() -> tuple[array[int], bytes]:
    """For the BCD of each line the octet and the bit that it has in a bitmap."""
    octets = array("H", [octet for octet in range(1250) for _ in range(8)])
    bits = bytes([1 << bit for bit in range(8)] * 1250)
    octet = array("H", bytes(2 * _SLOTS))
    bit = bytearray(_SLOTS)
    for ten in range(0, 10_000, 10):
        slot = int(str(ten), 16)
        octet[slot : slot + 10] = octets[ten : ten + 10]
        bit[slot : slot + 10] = bits[ten : ten + 10]
    return octet, bytes(bit)


@lru_cache(maxsize=1)
def _blank_flags() -> bytes:
    """A "0" for the BCD of each line, and an "x" for everything between."""
    ten = b"0" * 10 + b"x" * 6
    hundred = ten * 10 + b"x" * 96
    thousand = hundred * 10 + b"x" * 1536
    return (thousand * 10)[:_SLOTS]


_SLOTS = 0x999A
