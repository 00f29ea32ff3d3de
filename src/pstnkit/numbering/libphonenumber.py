"""To and from ``phonenumbers.PhoneNumber``, the numbers of the world in Google's libphonenumber.

Such an object can say more than ten digits: another country, an extension, a carrier to dial through. What a
:class:`~pstnkit.TelephoneNumber` cannot hold is refused and never left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pstnkit.errors import CallerError
from pstnkit.numbering.reasons import InvalidNumber, Reason, quoted
from pstnkit.numbering.written import plain_int, plain_text, strict_digits, written_out

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

_COUNTRY_CODE = 1
_LONGEST_EXTENSION = 40
"""As many digits as libphonenumber gives an extension."""


def phone_number_of(digits: int, extension: str | None) -> PhoneNumber:
    """The ``PhoneNumber`` of ten digits, with an ``extension`` where there is one.

    >>> found = phone_number_of(4152012671, "12")
    >>> found.country_code, found.national_number, found.extension
    (1, 4152012671, '12')

    """
    from phonenumbers import PhoneNumber

    return PhoneNumber(
        country_code=_COUNTRY_CODE, national_number=digits, extension=_checked_extension(extension)
    )


def _checked_extension(extension: str | None) -> str | None:
    if extension is None:
        return None
    text = plain_text(extension)
    if text is None:
        raise TypeError(f"an extension is a str, not {type(extension).__name__}")
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_EXTENSION):
        raise CallerError(
            f"{quoted(text)} is no extension; one is 1 to {_LONGEST_EXTENSION} digits, without a mark"
        )
    return text


def digits_of(number: PhoneNumber) -> int:
    """The ten digits that a ``PhoneNumber`` consists of; :class:`InvalidNumber` if it is none of the North
    American plan, or consists of more."""
    from phonenumbers import PhoneNumber

    if not isinstance(number, PhoneNumber):
        raise TypeError(f"expected a phonenumbers.PhoneNumber, not {type(number).__name__}")
    text = _written(number)
    country, national = plain_int(number.country_code), plain_int(number.national_number)
    if country is None or national is None:
        raise InvalidNumber(Reason.NOT_A_NUMBER, text, "it lacks its country code or its digits")
    if country != _COUNTRY_CODE:
        raise InvalidNumber(Reason.FOREIGN, text, country=f"country code +{written_out(country)}")
    if number.italian_leading_zero:
        raise InvalidNumber(Reason.NOT_A_NUMBER, text, "no number of the plan has a leading zero")
    try:
        digits = strict_digits(national)
    except InvalidNumber as fault:
        raise InvalidNumber(fault.reason, text, **fault.figures) from None
    if number.extension:
        hint = f"keep the extension apart; the number alone is +1{digits}"
        raise InvalidNumber(Reason.HAS_EXTENSION, text, hint, extension=number.extension)
    if carrier := number.preferred_domestic_carrier_code:
        hint = f"keep apart that it is to be dialed through the carrier {quoted(str(carrier))}"
        raise InvalidNumber(Reason.NOT_A_NUMBER, text, hint)
    return digits


def _written(number: PhoneNumber) -> str:
    """The number for a message: as much of E.164 as it has, and its extension."""
    country, national = (
        "?" if part is None else written_out(part)
        for part in (plain_int(number.country_code), plain_int(number.national_number))
    )
    zero = "0" if number.italian_leading_zero else ""
    extension = f";ext={number.extension}" if number.extension else ""
    return f"+{country}{zero}{national}{extension}"
