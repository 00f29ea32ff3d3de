"""Telephone numbers in binary-coded decimal: ten digits, four bits each, in one integer of 40 bits.

Text becomes BCD a million numbers at a time, by ``bytes.fromhex``: to a reader of hexadecimal the digits of a decimal
are digits as well. Numbers compare in BCD as they do in decimal; the exchange stands above the lowest 16 bits.

>>> hex(to_bcd(4153210123)), from_bcd(0x4153210123)
('0x4153210123', 4153210123)
"""

from __future__ import annotations

import sys
from array import array
from collections import deque
from collections.abc import Iterator, Sequence
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


def bcd_of_rows(digits: bytes, size: int, place: int, length: int = 10) -> array[int]:
    r"""The BCD of ``length`` digits at ``place`` in each row of ``size`` digits, of rows without anything between.

    >>> [hex(bcd) for bcd in bcd_of_rows(b"14153210123" b"16283210124", 11, 1)]
    ['0x4153210123', '0x6283210124']
    >>> [hex(bcd) for bcd in bcd_of_rows(b"41532101230199", 14, 10, 4)]
    ['0x199']
    """
    text = bytearray(b"0" * (len(digits) // size * 16))
    for column in range(length):
        text[16 - length + column :: 16] = digits[place + column :: size]
    found = array("Q", bytes.fromhex(text.decode("ascii")))
    if _SWAP:  # pragma: no branch - each machine goes one way
        found.byteswap()
    return found


def exchanges_of(numbers: array[int]) -> array[int]:
    r"""The exchange of each number: its first six digits, in decimal.

    >>> exchanges_of(bcd_of_lines(b"\n4153210123\n6283219876"))
    array('I', [415321, 628321])
    """
    data = numbers.tobytes()
    codes = bytearray(4 * len(numbers))
    for place in range(3):
        codes[place::4] = data[place + 2 if _SWAP else 5 - place :: 8]
    return array("I", _decimal(codes, 4, 3))


def masked(exchanges: array[int], keep: bytes | bytearray) -> array[int]:
    """The exchanges, those made 0 where ``keep`` has a 0 and no 255.

    >>> masked(array("I", [415321, 628321]), b"\\xff\\0")
    array('I', [415321, 0])
    """
    mask = bytearray(4 * len(keep))
    for place in range(4):
        mask[place::4] = keep
    kept = int.from_bytes(exchanges.tobytes(), "little") & int.from_bytes(mask, "little")
    return array("I", kept.to_bytes(len(mask), "little"))


def lines_of(numbers: array[int]) -> array[int]:
    r"""The line of each number: its last four digits, in decimal.

    >>> lines_of(bcd_of_lines(b"\n4153210123\n6283219876"))
    array('H', [123, 9876])
    """
    found = array("H")
    for start in range(0, len(numbers), _AT_ONCE):  # all at once they would take ten times what is found
        data = numbers[start : start + _AT_ONCE].tobytes()
        codes = bytearray(len(data) // 4)
        for place in range(2):
            codes[place::2] = data[place if _SWAP else 7 - place :: 8]
        found.frombytes(_decimal(codes, 2, 2))
    return found


_PAIRS = bytes(code - 6 * (code >> 4) for code in range(256))
"""What two digits are that stand in one byte of a BCD."""


def _decimal(codes: bytearray, size: int, pairs: int) -> bytes:
    """From BCD to integers, all at once: ``codes`` holds one in each ``size`` bytes, its ``pairs`` of digits, the least
    significant first.

    They stand in one large integer. What is taken away from one never borrows from the next.
    """
    count = len(codes) // size
    digits = found = int.from_bytes(codes.translate(_PAIRS), "little")
    for place in range(1, pairs):
        mask = int.from_bytes((b"\xff" + bytes(size - 1)) * count, "little")
        found -= (256**place - 100**place) * (digits >> 8 * place & mask)
    return found.to_bytes(size * count, sys.byteorder)


def decimals(numbers: array[int]) -> Iterator[int]:
    """The decimal numbers of BCD."""
    for start in range(0, len(numbers), _AT_ONCE):
        some = numbers[start : start + _AT_ONCE]
        if _SWAP:  # pragma: no branch - each machine goes one way
            some.byteswap()
        yield from map(int, some.tobytes().hex(" ", 8).split())


class PlacesByExchange(dict[int, "array[int]"]):
    """Where in a list the numbers of each exchange (its six digits) stand, ascending. Those in exchange 0 are left out.

    They stand side by side in arrays: in lists, each would stand somewhere else, and be found slowly.

    >>> PlacesByExchange(array("I", [415321, 0, 628321, 415321]))
    {415321: array('I', [0, 3]), 628321: array('I', [2])}
    """

    def __init__(self, exchanges: array[int]) -> None:
        super().__init__()
        deque(map(array.append, map(self.__getitem__, exchanges), range(len(exchanges))), maxlen=0)
        self.pop(0, None)

    def __missing__(self, exchange: int) -> array[int]:
        places = self[exchange] = array("I")
        return places


MANY = 400
"""From how many lines on it is quicker to write them all and convert the whole exchange at once."""
_AS_TEXT = bytes((48, *(49,) * 255))
_BIT = bytes([1, 2, 4, 8, 16, 32, 64, 128] * 1250)


def bitmap_of(lines: Sequence[int]) -> int:
    """The bitmap in which the bits of ``lines`` are set.

    >>> bitmap_of([0, 2, 2])
    5
    """
    if len(lines) >= MANY:
        flags = bytearray(10_000)
        deque(map(flags.__setitem__, lines, repeat(1)), maxlen=0)
        return bitmap_of_flags(flags)
    octets = bytearray(1250)
    for line in lines:
        octets[line >> 3] |= _BIT[line]
    return int.from_bytes(octets, "little")


def bitmap_of_flags(flags: bytearray) -> int:
    """The bitmap in which the bits of those lines are set whose flags are not 0.

    >>> bitmap_of_flags(bytearray((1, 0, 1)))
    5
    """
    return int(flags.translate(_AS_TEXT)[::-1], 2)  # the highest line comes first, as in any numeral
