"""Cities without a table: what phonenumbers knows of where numbers are, by their first digits. Approximate.

Its data names a city for some exchanges, for some area codes as a whole, and a state or nothing for others;
the longest beginning of a number that it knows decides. It is loaded when the first city is asked for.
"""

from __future__ import annotations

from functools import lru_cache

from pstnkit.inventory.query import InvalidQuery
from pstnkit.inventory.regions import known_subdivision

_CAPITAL = "Washington D.C."
"""The one city that the data names without a state behind a comma."""


class City:
    """The exchanges of a city: ``npas`` are the area codes, ascending, in which it has some.

    >>> oakland = city_named("oakland", "US-CA")
    >>> 510 in oakland.npas, 510_444 in oakland, 415_421 in oakland
    (True, True, False)
    """

    __slots__ = ("_name", "_state", "npas")

    def __init__(self, name: str, state: str, npas: tuple[int, ...]) -> None:
        self._name = name
        self._state = state
        self.npas = npas

    def __contains__(self, code: int) -> bool:
        """True if the exchange ``code`` (six digits) is known to be in the city."""
        named = _places()
        text = f"1{code}"
        for length in range(len(text), 3, -1):
            if (place := named.get(text[:length])) is not None:
                return place == (self._name, self._state)
        return False


def city_named(name: str, state: str | None) -> City:
    """The city of that name, in a state (ISO 3166-2) or in the only one that has it.

    Raises :class:`InvalidQuery` for a name that is unknown, or that several states have and no state was
    given.
    """
    wanted = name.casefold()
    found: dict[str, set[int]] = {}
    for digits, (city, where) in _places().items():
        if city == wanted and state in {None, where}:
            found.setdefault(where, set()).add(int(digits[1:4]))
    if not found:
        raise InvalidQuery("city", f"no city {name!r} is known{f' in {state}' if state else ''}")
    if len(found) > 1:
        raise InvalidQuery("city", f"{name!r} is in several states: {', '.join(sorted(found))}; name one")
    [(where, npas)] = found.items()
    return City(wanted, where, tuple(sorted(npas)))


@lru_cache(maxsize=1)
def _places() -> dict[str, tuple[str, str]]:
    """City and subdivision by the first digits (country code included); both empty where only a state is
    named."""
    from phonenumbers.geodata import GEOCODE_DATA

    found = {}
    for digits, texts in GEOCODE_DATA.items():
        if digits[0] == "1" and len(digits) >= 4 and "en" in texts:
            found[digits] = _city_and_state(texts["en"])
    return found


def _city_and_state(text: str) -> tuple[str, str]:
    if text == _CAPITAL:
        return "washington", "US-DC"
    city, _, state = text.rpartition(", ")
    where = known_subdivision(state)
    return ("", "") if where is None else (city.casefold(), where)
