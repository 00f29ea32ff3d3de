"""From millions of ten-digit ints to bitmaps, at the speed of the interpreter's own loops.

A million at a time, each int is put on the list of its exchange, and the lines of each exchange are then
written into an array that becomes its bitmap in one conversion. Nothing is checked int by int: a wrong int
shows itself as a code that is no exchange, or as a line that cannot be an index; only then is the million
gone through slowly, to quote the first.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice, repeat
from operator import index
from typing import Any

from pstnkit.numbering.bits import LINES
from pstnkit.numbering.reasons import InvalidNumber, quoted
from pstnkit.numbering.shape import exchange_fault
from pstnkit.numbering.written import strict_digits

_CHUNK = 1_000_000
_FEW = 150
"""Up to how many lines it is quicker to set one bit after the other."""
_NONE = b"0" * LINES
_ONE = ord("1")


def gather(integers: Iterable[int]) -> dict[int, int]:
    """The bitmap of each exchange (by its six-digit code) that the ten-digit ``integers`` lie in.

    Raises :class:`InvalidNumber`, or :class:`TypeError` for what is no int, at the first bad one, with its
    position.
    """
    bitmaps: dict[int, int] = {}
    position = 0
    for chunk in _chunks(integers):
        try:
            _gather(chunk, bitmaps)
        except (TypeError, ValueError, ArithmeticError):
            _gather(_checked(chunk, position), bitmaps)
        position += len(chunk)
    return bitmaps


def _gather(chunk: list[int], bitmaps: dict[int, int]) -> None:
    """Set the bits of the plain ints of ``chunk`` in ``bitmaps``; ValueError where one is in no exchange."""
    by_exchange: dict[int, list[int]] = {}
    latest: int | None = None
    numbers: list[int] = []
    for number in chunk:
        code = number // LINES
        if code != latest:  # neighbors mostly lie in one exchange
            latest = code
            numbers = by_exchange.setdefault(code, [])
        numbers.append(number)
    for code, numbers in by_exchange.items():
        # The integers of numpy count as well but would stay what they are, and not be plain in the end.
        if type(code) is not int or exchange_fault(code):
            raise ValueError(code)
        bitmaps[code] = bitmaps.get(code, 0) | _bitmap(numbers, code * LINES)


def _chunks(integers: Iterable[int]) -> Iterator[list[int]]:
    """Lists of up to a million ints; arrays and columns are unpacked to plain ints piece by piece."""
    if hasattr(integers, "tolist") and hasattr(integers, "__len__"):
        column: Any = integers
        by_place = getattr(column, "iloc", column)  # pandas may slice the column itself by its labels
        for start in range(0, len(column), _CHUNK):
            yield by_place[start : start + _CHUNK].tolist()
        return
    rest = iter(integers)
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk


def _bitmap(numbers: list[int], base: int) -> int:
    if len(numbers) <= _FEW:
        octets = bytearray(LINES // 8)
        for number in numbers:
            line = number - base
            octets[line >> 3] |= 1 << (line & 7)
        return int.from_bytes(octets, "little")
    characters = bytearray(_NONE)
    top = base + LINES - 1  # the highest line is written first, as in any numeral
    deque(map(characters.__setitem__, [top - number for number in numbers], repeat(_ONE)), maxlen=0)
    return int(characters, 2)


def _checked(chunk: list[int], position: int) -> list[int]:
    """``chunk``, whose first int stands at ``position``, as plain ints; raises for the first that is no
    number."""
    plain: list[int] = []
    for place, number in enumerate(chunk, position):
        try:
            plain.append(strict_digits(number if isinstance(number, bool) else index(number)))
        except InvalidNumber as error:
            hint = f"at position {place}" + (f"; {error.hint}" if error.hint else "")
            raise InvalidNumber(error.reason, error.text, hint, **error.figures) from None
        except TypeError:
            found = f"{type(number).__name__} {quoted(repr(number))}"
            raise TypeError(f"expected a ten-digit int at position {place}, not {found}") from None
    return plain
