"""Finding numbers by a part of them, as people write it (SPEC T4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from pstnkit.numbering.numbermap import NumberMap
from pstnkit.numbering.telephone import TelephoneNumber

V = TypeVar("V")

_PUNCTUATION = str.maketrans("", "", " .-()+")


def digits_of(part: str) -> str:
    """The digits of a part of a number, without what is written between them.

    Raises ``ValueError`` for a part without digits, or with anything else in it.

    >>> digits_of("(415) 555-"), digits_of("+1 415 555 0132")
    ('415555', '4155550132')
    """
    digits = part.translate(_PUNCTUATION)
    if not (digits.isascii() and digits.isdigit()):
        raise ValueError(f"{part!r} is no part of a telephone number: write some of its ten digits")
    # With its country code a number is written whole, and no ten digits begin with a 1.
    return digits[1:] if len(digits) == 11 and digits[0] == "1" else digits


def containing(part: str, numbers: NumberMap[V]) -> Iterator[tuple[TelephoneNumber, V]]:
    """Those entries of ``numbers`` whose number has ``part`` among its ten digits, in ascending order.

    Raises ``ValueError`` as :func:`digits_of` does, at once.
    """
    return numbers.containing(digits_of(part))
