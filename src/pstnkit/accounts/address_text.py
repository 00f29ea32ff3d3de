"""An address out of one line of text, as people write it on an envelope."""

from __future__ import annotations

import re
from contextlib import suppress

from pstnkit.accounts.postal import read_postal_code, read_state
from pstnkit.accounts.street_line import read_units
from pstnkit.accounts.street_words import UNIT_WORDS

_COUNTRY = re.compile(r"(US|USA|U\.S\.(A\.)?|United States|CA|Canada)", re.IGNORECASE)
_HOUSE = re.compile(r"(\S+(?: \d/\d(?=\s))?)\s+(.+)", re.DOTALL)
_ASIDE = re.compile(r"\(([^()]*)\)")


def fields_of(text: str) -> dict[str, str] | None:
    """The fields of an address in one line, as they are written; None where they cannot be told apart.

    The line is a house number and a street, then the units, then the city, the state and the postal code, and perhaps
    the country; an aside in parentheses is the additional location.

    >>> fields_of("1200 Anson St #300, San Francisco, CA 94107")["unit"]
    '# 300'
    >>> fields_of("Anson St, San Francisco") is None
    True
    """
    asides = _ASIDE.findall(text)
    parts = [" ".join(part.split()) for part in re.split(r"[,\n]", _ASIDE.sub("", text))]
    parts = [part for part in parts if part]
    found: dict[str, str] = {}
    if len(parts) > 3 and _COUNTRY.fullmatch(parts[-1]) and _place(parts[:-1]):
        found["country"] = parts.pop()
    place = _place(parts)
    house = _HOUSE.fullmatch(parts[0]) if parts else None
    if place is None or house is None:
        return None
    state, postal_code, used = place
    *line, city = parts[: len(parts) - used] or [""]
    if not line:
        return None
    street, units = _without_units(house[2])
    inner = [part for part in (units, *line[1:]) if part]
    found |= {
        "house_number": house[1],
        "street": street,
        "city": city,
        "state": state,
        "postal_code": postal_code,
    }
    if inner:
        found["unit"] = ", ".join(inner)
    if asides:
        found["additional"] = ", ".join(asides)
    return found


def _place(parts: list[str]) -> tuple[str, str, int] | None:
    """The state and the postal code at the end of the parts, and how many of these they take up."""
    if not parts:
        return None
    words = parts[-1].split()
    for cut in range(1, len(words)):
        state, postal_code = " ".join(words[:cut]), " ".join(words[cut:])
        if read_state(state) and _is_postal_code(postal_code):
            return state, postal_code, 1
    if len(parts) > 1 and read_state(parts[-2]) and _is_postal_code(parts[-1]):
        return parts[-2], parts[-1], 2
    return None


def _is_postal_code(text: str) -> bool:
    return any(read_postal_code(text, country) for country in ("US", "CA"))


def _without_units(line: str) -> tuple[str, str]:
    """A street, and the units that stand behind it without a comma: only such as say which one they are."""
    words = line.replace("#", " # ").split()
    for start in range(1, len(words)):
        units = " ".join(words[start:])
        if _begin_units(words[start:], alone=start > 1):
            with suppress(ValueError):
                read_units(units)
                return " ".join(words[:start]), units
    return line, ""


def _begin_units(words: list[str], *, alone: bool) -> bool:
    """Whether a unit begins here: a street may well be called Pier or Front."""
    word, value = words[0].upper().rstrip("."), words[1] if len(words) > 1 else ""
    if word[0].isdigit() and value.upper() in ("FLOOR", "FL", "FLR"):
        return True
    if word == "#" or word in UNIT_WORDS:
        says_which = len(value) == 1 or any(letter.isdigit() for letter in value)
        return says_which or (not value and alone and word in UNIT_WORDS and UNIT_WORDS[word].stands_alone)
    return False
