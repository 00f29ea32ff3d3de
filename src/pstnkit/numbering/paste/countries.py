"""The country of an international number, by name. Loads phonenumbers on first need."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=1024)
def country_of(digits: str) -> str:
    """The country of a number given as its digits with the country code; the code where no country owns it.

    >>> country_of("6433316005"), country_of("80012345678")
    ('New Zealand', 'country code +800')
    """
    import phonenumbers

    try:
        number = phonenumbers.parse(f"+{digits}")
    except phonenumbers.NumberParseException:
        return f"unknown country code +{digits[:3]}"
    region = phonenumbers.region_code_for_number(number) or phonenumbers.region_code_for_country_code(
        number.country_code or 0
    )
    return _name(region) or f"country code +{number.country_code}"


def _name(region: str) -> str | None:
    from phonenumbers.geodata.locale import LOCALE_DATA

    names = LOCALE_DATA.get(region)
    if names is None:
        return None
    name = names["en"]
    # A name that two languages share is written once; "*aa" says under which.
    return names[name[1:]] if name.startswith("*") else name
