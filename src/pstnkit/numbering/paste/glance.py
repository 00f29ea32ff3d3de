"""A glance at thousands of cells that nobody asked to read: which of them look like telephone numbers?

Of cells written in one way, digits aside, one is looked at. Asked one by one are those in which the digits decide, and
those that are not in ASCII.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate

from pstnkit.numbering.paste.cells import value_of
from pstnkit.numbering.paste.cleaning import plain
from pstnkit.numbering.paste.patterns import pattern
from pstnkit.numbering.paste.spelling import read_cell
from pstnkit.numbering.reasons import Reason

_FEWEST_DIGITS = 7
_FEWEST_BEFORE_LETTERS = 3
_NOT_DIGITS = bytes(code for code in range(256) if code != 10 and not 48 <= code <= 57)
_NO_ASCII_DIGITS = bytes({10, *_NOT_DIGITS})
_ASCII = bytes(range(128))
_DIGITS_AS_ZEROS = bytes.maketrans(b"123456789", b"000000000")
_LONGEST_SHAPE = 64
_ANY_DIGIT = pattern(r"\d")
_LETTERS = re.compile(rb"[0-9]{3}[)\-. ]*+[A-Za-z]")
"""Letters where a number has its last digits."""
_NUMBER_LIKE = pattern(r"(?<![0-9$\u20ac\u00a3\u00a5.,])(?:[0-9][ ().\-\[\]/]{0,3}+){7,15}(?![0-9])")
_NINE_DIGIT_ZIP = pattern("[0-9]{5}-[0-9]{4}")
_DECIMAL = pattern(r"-?(?:[0-9]{1,2}|[0-9]{4,6})\.[0-9]++")
"""A measure, an amount, or a moment as spreadsheets count days: no number has a dot there."""
_YEAR = "(?:19|20)[0-9]{2}"
_DAY = (
    rf"(?:{_YEAR}[-./][0-9]{{1,2}}[-./][0-9]{{1,2}}|[0-9]{{1,2}}[-./][0-9]{{1,2}}[-./](?:19|20)?[0-9]{{2}})"
)
_DATE = pattern(rf"\s*{_DAY}(?![0-9-])")
_ONLY_DATE = pattern(rf' *+(?:{_DAY}|"{_DAY}") *+')
_DATES = re.compile(rf'(?: *+(?:(?:{_DAY}|"{_DAY}") *+)?\n)*+'.encode())
_DATE_OF_ANY_YEAR = pattern(rf"\s*{_DAY}(?![0-9-])".replace("(?:19|20)", "[0-9]{2}"))


def numbers_among(cells: Sequence[str]) -> list[int]:
    """The indexes of the ``cells`` that look like numbers, in order.

    >>> numbers_among(["Jane Doe", "415-321-0100", "2026-11-26", "1-800-FLOWERS", "94016"])
    [1, 3]
    """
    joined = "\n".join(cells)
    if not joined.isascii() and not _holds_a_digit(joined.encode("utf-8", "ignore")):
        return []
    if not joined.isascii() or joined.count("\n") >= len(cells):
        joined = "\n".join([plain(cell).replace("\n", " ") for cell in cells])
    data = joined.encode()
    digits = data.translate(None, _NOT_DIGITS)
    if len(digits) < len(cells) + _FEWEST_BEFORE_LETTERS - 1 or _DATES.fullmatch(data + b"\n"):
        return []
    likely = _holding_digits(digits)
    if data.lower() != data.upper() and _LETTERS.search(data) is not None:
        likely = sorted({*likely, *_holding_letters(data)})
    if not likely:
        return []
    lines = data.split(b"\n")
    shapes = b"\n".join([lines[index] for index in likely]).translate(_DIGITS_AS_ZEROS).split(b"\n")
    found = []
    for index, shape in zip(likely, shapes, strict=True):
        cell = cells[index]
        plainly = len(shape) <= _LONGEST_SHAPE and cell.isascii() and cell.isprintable()
        looks = _looks(shape) if plainly else None
        if looks is None:
            looks = _ONLY_DATE.fullmatch(cell) is None and looks_like_number(value_of(cell))
        if looks:
            found.append(index)
    return found


def _holds_a_digit(data: bytes) -> bool:
    """Whether there is a digit of any script in a text."""
    return bool(
        data.translate(None, _NO_ASCII_DIGITS) or _ANY_DIGIT.search(data.translate(None, _ASCII).decode())
    )


def _holding_digits(digits: bytes) -> list[int]:
    """Which lines hold enough digits for a number: there is nothing else in them."""
    lengths = list(map(len, digits.split(b"\n")))
    if max(lengths) < _FEWEST_DIGITS:
        return []
    return [index for index, length in enumerate(lengths) if length >= _FEWEST_DIGITS]


def _holding_letters(data: bytes) -> set[int]:
    """Which lines hold letters in place of digits, and are long enough for a number."""
    ends = list(accumulate([len(line) + 1 for line in data.split(b"\n")]))
    found = {bisect_right(ends, match.start()) for match in _LETTERS.finditer(data)}
    return {index for index in found if ends[index] - (ends[index - 1] if index else 0) > _FEWEST_DIGITS}


@lru_cache(maxsize=4096)
def _looks(shape: bytes) -> bool | None:
    """Whether cells of a shape look like numbers, whatever their digits are; None if it depends on the digits."""
    value = value_of(shape.decode())
    if _DATE_OF_ANY_YEAR.match(value):
        return None
    if _NINE_DIGIT_ZIP.fullmatch(value) or _DECIMAL.fullmatch(value):
        return False
    return True if _NUMBER_LIKE.search(value) else None


def looks_like_number(value: str) -> bool:
    """Whether a cell that is not read would be missed: cleaned, it holds what could be a telephone number."""
    day = _DATE.match(value)
    rest = value if day is None else value[day.end() :]
    if not rest.strip() or _NINE_DIGIT_ZIP.fullmatch(rest) or _DECIMAL.fullmatch(rest):
        return False
    return _NUMBER_LIKE.search(rest) is not None or any(
        one.complete or one.reason is Reason.DIGITS_LOST for one in read_cell(rest)
    )
