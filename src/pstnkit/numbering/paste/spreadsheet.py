"""What spreadsheets do to telephone numbers, and what of it can be undone (DOMAIN 2).

A spreadsheet takes a telephone number for an amount: it adds ``.0``, writes it with an exponent or with
thousands separators, or fills a column that is too narrow with ``#``. What still has all its digits is
mended here; where digits are gone, that is said, and nothing is guessed.
"""

from __future__ import annotations

import re

from pstnkit.numbering.paste.patterns import pattern
from pstnkit.numbering.paste.runs import Spelled, read_run
from pstnkit.numbering.paste.verdicts import Hint
from pstnkit.numbering.reasons import Reason

_SUSPECT = pattern(
    r"\s*+(?:[=#'\"]|ERR:[0-9]|[+-]?+[0-9][0-9.,' ]*+(?:E\+?+[0-9]{1,3})?+\s*+\Z)", re.IGNORECASE
)
"""What every cell that a spreadsheet has damaged begins with, or consists of."""
_EXPONENT = pattern(r"[+-]?([0-9])(?:[.,]([0-9]*+))?E\+?([0-9]{1,3})", re.IGNORECASE)
# A blank parts thousands, too (French): but 1 415 321 0100 is written like that as well, so the rest must fit exactly.
_THOUSANDS = pattern(
    r"([0-9]{1,3}(?:([,.'])[0-9]{3})(?:\2[0-9]{3})+)(?:(?!\2)[.,]0*+)?|((?:1[0-9]|[2-9])(?: [0-9]{3}){3})(?:,0*+)?"
)
_WHOLE_AMOUNT = pattern(r"([0-9]{10,})[.,]0*+|([0-9]{7,9})\.[0-9]")
"""A numeric cell; 3210100.0 is what a whole number looks like as a float, and how many digits it has is to be said."""
# Behind the comma after all the digits of a number stands an extension; a whole amount has no such fraction.
_AMOUNT = pattern(r"(?:[0-9]++\.|(?!1?[0-9]{10},)[0-9]{7,},)[0-9]{1,2}")
_FORMULA = pattern(r'(=?\s*+")([^"]*+)(")\s*+')
_ERRORS = frozenset(
    {
        "#REF!",
        "#N/A",
        "#VALUE!",
        "#NAME?",
        "#DIV/0!",
        "#NULL!",
        "#NUM!",
        "#SPILL!",
        "#CALC!",
        "#GETTING_DATA",
        "#FIELD!",
        "#BUSY!",
        "#BLOCKED!",
        "#CONNECT!",
        "#UNKNOWN!",
        "#ERROR!",
    }
)
"""What spreadsheets show in place of a result."""
_NUMBERED_ERROR = pattern("ERR:[0-9]{3}", re.IGNORECASE)
"""LibreOffice numbers most of its errors: ``Err:502``."""
_SMALLEST_EXPONENT = 7


def read_damage(text: str) -> str | Spelled:
    """The text with its spreadsheet wrapping blanked out, of the same length; or what a damaged cell says.

    >>> read_damage('="4153210123"'), read_damage("1.41556E+10")
    ('  4153210123 ', <Spelled digits_lost at 0:11>)
    """
    if _SUSPECT.match(text) is None:
        return text
    text = _unwrapped(text)
    bare = text.strip()
    if bare.isdecimal():
        return text
    size = len(text)
    if bare.upper() in _ERRORS or _NUMBERED_ERROR.fullmatch(bare):
        return Spelled(0, size, reason=Reason.UNREADABLE_CELL, hint=Hint.FORMULA_ERROR)
    if len(bare) > 1 and not bare.strip("#"):
        return Spelled(0, size, reason=Reason.DIGITS_LOST, hint=Hint.WIDEN_COLUMN)
    exponent = _EXPONENT.fullmatch(bare)
    if exponent is not None:
        return _with_exponent(size, exponent[1] + (exponent[2] or ""), int(exponent[3]))
    thousands = _THOUSANDS.fullmatch(bare)
    if thousands is not None:
        return _number(size, re.sub("[^0-9]", "", thousands[1] or thousands[3]))
    amount = _WHOLE_AMOUNT.fullmatch(bare)
    if amount is not None:
        return _number(size, amount[1] or amount[2])
    if _AMOUNT.fullmatch(bare):
        return Spelled(0, size, reason=Reason.NOT_A_NUMBER)
    return text


def _unwrapped(text: str) -> str:
    """Formula wrapping, quotes around it all and the apostrophe that marks text, each made blanks."""
    blank = len(text) - len(text.lstrip())
    formula = _FORMULA.fullmatch(text, blank)
    if formula is not None:
        text = " " * formula.start(2) + formula[2] + " " * (len(text) - formula.end(2))
        blank = len(text) - len(text.lstrip())
    if text[blank : blank + 1] in ("'", "="):
        text = " " * (blank + 1) + text[blank + 1 :]
    return text


def _with_exponent(size: int, mantissa: str, exponent: int) -> str | Spelled:
    whole, fraction = mantissa[: exponent + 1], mantissa[exponent + 1 :]
    if exponent < _SMALLEST_EXPONENT or fraction.strip("0"):
        return Spelled(0, size, reason=Reason.NOT_A_NUMBER)
    if len(whole) <= exponent:
        # Fewer digits than the number has: the rest were rounded away, or were zeros; nobody can tell.
        return Spelled(0, size, reason=Reason.DIGITS_LOST, hint=Hint.FORMAT_AS_TEXT)
    return _number(size, whole)


def _number(size: int, digits: str) -> Spelled:
    spelled = read_run(digits, 0, len(digits))[0]
    spelled.start, spelled.end = 0, size
    return spelled
