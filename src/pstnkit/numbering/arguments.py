"""What sets and runs are asked with, checked: a length, an area code."""

from __future__ import annotations

from pstnkit.errors import CallerError
from pstnkit.numbering.bits import LINES
from pstnkit.numbering.reasons import quoted
from pstnkit.numbering.written import plain_int, plain_text, written_out


def checked_length(length: int) -> int:
    """How many numbers a run or a block has, 1 to 10,000; :class:`ValueError` or :class:`TypeError`
    otherwise.

    >>> checked_length(50)
    50

    """
    plain = plain_int(length)
    if plain is None:
        raise TypeError(f"a length is an int, not {type(length).__name__}")
    if not 1 <= plain <= LINES:
        raise CallerError(
            f"no run or block has {written_out(plain)} numbers: it has 1 to 10,000, in one exchange"
        )
    return plain


def checked_area_code(npa: str | int | None) -> int | None:
    """The area code ``npa`` as an int, checked for its shape ``[2-9]XX``; None, for all of them, stays None.

    >>> checked_area_code("415"), checked_area_code(None)
    (415, None)

    """
    if npa is None:
        return None
    text = plain_text(npa)
    if text is None:
        if (number := plain_int(npa)) is None:
            raise TypeError(f"an area code is a str or an int, not {type(npa).__name__}")
        text = written_out(number)
    if not (len(text) == 3 and text.isascii() and text.isdigit() and text[0] >= "2"):
        raise CallerError(f"{quoted(text)} is no area code; one is three digits, the first 2 to 9")
    return int(text)
