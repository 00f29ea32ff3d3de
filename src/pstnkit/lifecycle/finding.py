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

    >>> digits_of("(415) 555-"), digits_of("+1 415 555 0132"), digits_of("+1415")
    ('415555', '4155550132', '415')
    """
    digits = part.translate(_PUNCTUATION)
    # No ten digits begin with a 1: it is the country code of a number that is written whole, or behind a plus sign.
    if len(digits) == 11 or part.lstrip().startswith("+"):
        digits = digits.removeprefix("1")
    if not (digits.isascii() and digits.isdigit()):
        raise ValueError(f"{part!r} is no part of a telephone number: write some of its ten digits")
    return digits


def containing(part: str, numbers: NumberMap[V]) -> Iterator[tuple[TelephoneNumber, V]]:
    """Those entries of ``numbers`` whose number has ``part`` among its ten digits, in ascending order.

    Raises ``ValueError`` as :func:`digits_of` does, at once.
    """
    return numbers.containing(digits_of(part))
