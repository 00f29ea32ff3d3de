"""Finding numbers by a part of them, as people write it (SPEC T4)."""

from __future__ import annotations

from collections.abc import Iterable

from pstnkit.numbering.telephone import TelephoneNumber

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


def containing(part: str, numbers: Iterable[TelephoneNumber]) -> tuple[TelephoneNumber, ...]:
    """Those of ``numbers`` that have ``part`` among their ten digits, in the order in which they come."""
    digits = digits_of(part)
    return tuple(number for number in numbers if digits in f"{number:digits}")
