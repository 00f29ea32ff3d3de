"""Where a number is at home, what time it is there, and whose it was first, as far as phonenumbers tells.

phonenumbers carries tables of prefixes: of places and time zones by exchange, and of carriers by the blocks
that were handed to them. They are loaded on first need (the places take a quarter of a second) and asked
directly: whether phonenumbers takes a number for valid plays no part, because it does not know every area
code. What a table does not say is not known, and never "no".
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TypeVar

from pstnkit.numbering.area_code_facts import AreaCodeFacts

T = TypeVar("T")

_AREA_CODE = 4
"""How long a prefix is that stands for a whole area code: the country code 1 and three digits."""


def place_of(digits: int) -> str | None:
    """The place of a number in English: a city, or the state, province or country where nothing closer is
    known; None where nothing is.

    The country is that of the area code in the bundled plan: phonenumbers has no places in the small ones.

    >>> place_of(4153982010), place_of(8765115013), place_of(8003569377)
    ('San Francisco, CA', 'Jamaica', None)

    """
    from phonenumbers.geodata import GEOCODE_DATA, GEOCODE_LONGEST_PREFIX
    from phonenumbers.geodata.locale import LOCALE_DATA

    if place := _english(_closest(GEOCODE_DATA, digits, GEOCODE_LONGEST_PREFIX, _AREA_CODE)):
        return place
    facts = _assigned().get(digits // 10_000_000)
    return _english(LOCALE_DATA.get(facts.country)) if facts and facts.country else None


def carrier_name_of(digits: int) -> str | None:
    """The carrier that the number's block was handed to, or None where it is not known.

    >>> carrier_name_of(8765115013), carrier_name_of(4153982010)
    ('C&W', None)

    """
    from phonenumbers.carrierdata import CARRIER_DATA, CARRIER_LONGEST_PREFIX

    return _english(_closest(CARRIER_DATA, digits, CARRIER_LONGEST_PREFIX, _AREA_CODE))


def timezones_of(digits: int) -> tuple[str, ...]:
    """The IANA names of the time zones that a number may be in; empty for numbers without a place.

    The plan says which zones the area code spans. Where there are several, phonenumbers may know in which of
    them the exchange lies. Its entries for whole area codes are not asked: they name the zone of the majority
    (Eastern for all of 364, half of which is Central), and some the wrong one. So an exchange that it does
    not list by itself may be in any zone of its area code.

    >>> timezones_of(8504321234), timezones_of(8502221234), timezones_of(8003569377)
    (('America/Chicago',), ('America/Chicago', 'America/New_York'), ())

    """
    facts = _assigned().get(digits // 10_000_000)
    zones = facts.timezones if facts else ()
    if len(zones) > 1:
        from phonenumbers.tzdata import TIMEZONE_DATA, TIMEZONE_LONGEST_PREFIX

        closer = _closest(TIMEZONE_DATA, digits, TIMEZONE_LONGEST_PREFIX, _AREA_CODE + 1)
        if closer and set(closer) <= set(zones):
            return tuple(zone for zone in zones if zone in closer)
    return zones


def _closest(table: Mapping[str, T], digits: int, longest: int, shortest: int) -> T | None:
    """What the longest prefix of the number says that is in ``table`` and has ``shortest`` digits or more."""
    text = f"1{digits}"
    for length in range(longest, shortest - 1, -1):
        if (found := table.get(text[:length])) is not None:
            return found
    return None


def _english(names: Mapping[str, str] | None) -> str | None:
    name = names.get("en", "") if names else ""
    # A name that languages share is written once; "*aa" says under which.
    return (names.get(name[1:]) if names and name.startswith("*") else name) or None


@lru_cache(maxsize=1)
def _assigned() -> dict[int, AreaCodeFacts]:
    """What the bundled plan says of each assigned area code, whatever the day."""
    from pstnkit.numbering.plan_data import bundled_text

    lines = bundled_text().partition("\n[assigned]\n")[2].partition("\n[")[0].splitlines()
    return {int(facts.npa): facts for facts in map(AreaCodeFacts.from_line, lines)}
