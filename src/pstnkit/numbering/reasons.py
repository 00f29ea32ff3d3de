"""Why a text is no usable telephone number: one reason each, and the error that carries it.

The reasons run from shape to policy, in the order in which they are found: *is it ten digits of the right
shape?* (structural, for ever), *is it in service and ordinary?* (the plan, at a date), *may it be ordered or
ported here?* (policy). The values of this district raise structural reasons only (DOMAIN 1); the others are
found by a paste.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from pstnkit.catalog import sentence
from pstnkit.errors import CallerError

_QUOTED = 60
"""How much of an offending text an error message quotes, in characters."""


class Reason(StrEnum):
    """Why an entry is not, or not simply, a usable number. The sentence for people is in
    :mod:`pstnkit.catalog`.

    Some sentences take figures: ``digits`` (how many there are) for a wrong count, ``country`` for
    ``foreign``, ``npa`` for findings about an area code, ``nxx`` for findings about an exchange,
    ``extension`` for an extension.

    >>> Reason.TOO_SHORT == "too_short"
    True

    """

    NOT_A_NUMBER = "not_a_number"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    FOREIGN = "foreign"
    AREA_CODE_FORMAT = "area_code_format"
    AREA_CODE_NOT_IN_SERVICE = "area_code_not_in_service"
    AREA_CODE_UNCONFIRMED = "area_code_unconfirmed"
    EXCHANGE_FORMAT = "exchange_format"
    N11_EXCHANGE = "n11_exchange"
    FICTITIOUS = "fictitious"
    DIRECTORY_ASSISTANCE = "directory_assistance"
    TEST_EXCHANGE = "test_exchange"
    SPECIAL_EXCHANGE = "special_exchange"
    TOLL_FREE = "toll_free"
    PREMIUM = "premium"
    PERSONAL = "personal"
    NON_GEOGRAPHIC = "non_geographic"
    DIGITS_LOST = "digits_lost"
    RANGE_INVALID = "range_invalid"
    SEVERAL_NUMBERS = "several_numbers"
    HAS_EXTENSION = "has_extension"
    DUPLICATE = "duplicate"
    ALREADY_OWNED = "already_owned"
    IN_ACTIVE_ORDER = "in_active_order"
    UNREADABLE_CELL = "unreadable_cell"


class InvalidNumber(CallerError):
    """A text that is no telephone number (or, for an exchange, no exchange): ``reason`` says why, ``text`` is
    it.

    ``figures`` are the named figures of the reason's sentence, ``hint`` how to mend it where there is a way.

    >>> error = InvalidNumber(Reason.TOO_SHORT, "555-0132", digits=7)
    >>> error.reason, error.text, error.figures
    (<Reason.TOO_SHORT: 'too_short'>, '555-0132', {'digits': 7})
    >>> print(error)
    '555-0132' has 7 digits; a telephone number has 10

    """

    def __init__(self, reason: Reason, text: str, hint: str = "", **figures: Any) -> None:
        self.reason = reason
        self.text = text
        self.hint = hint
        self.figures = figures
        message = f"{quoted(text)} {sentence(reason, **figures)}"
        super().__init__(f"{message} ({hint})" if hint else message)

    def __reduce__(self) -> tuple[Any, ...]:
        # Rebuilt from its fields: the default would pass the finished message as if it were the reason.
        return _rebuilt, (self.reason, self.text, self.hint, self.figures)


def _rebuilt(reason: Reason, text: str, hint: str, figures: dict[str, Any]) -> InvalidNumber:
    return InvalidNumber(reason, text, hint, **figures)


def quoted(text: str) -> str:
    r"""``text`` in quotes, safe for a terminal and a log: control, bidi and other unprintable characters
    escaped, and all but the first 60 characters left out and counted.

    >>> print(quoted("415\u202e\n"))
    '415\u202e\n'
    >>> print(quoted("5" * 1000))
    '555555555555555555555555555555555555555555555555555555555555'... (1000 characters)

    """
    if len(text) <= _QUOTED:
        return repr(str(text))
    return f"{str(text[:_QUOTED])!r}... ({len(text)} characters)"
