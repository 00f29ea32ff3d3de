"""States and provinces as people write them, and as ISO 3166-2 writes them.

A two-letter code names one place: those of the United States and of Canada do not overlap. So ``CA`` is
California; Canada is a country, and its provinces are ``ON`` or ``CA-ON``.
"""

from __future__ import annotations

_STATES = (
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND"
    " OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY"
)
_TERRITORIES = "AS GU MP PR VI"
_PROVINCES = "AB BC MB NB NL NS NT NU ON PE QC SK YT"

_COUNTRY_OF = {
    **dict.fromkeys(_STATES.split(), "US"),
    **dict.fromkeys(_TERRITORIES.split(), "US"),
    **dict.fromkeys(_PROVINCES.split(), "CA"),
}


def subdivision(text: str) -> str:
    """The ISO 3166-2 code of a state, territory or province written as two letters or in full form.

    Raises :class:`ValueError` for what is none.

    >>> subdivision("CA"), subdivision("us-ca"), subdivision("ON")
    ('US-CA', 'US-CA', 'CA-ON')
    """
    found = known_subdivision(text)
    if found is None:
        raise ValueError("is no state, territory or province of the US or Canada, such as CA or US-CA")
    return found


def known_subdivision(text: str) -> str | None:
    """As :func:`subdivision`, or None for what is none.

    >>> known_subdivision("pr"), known_subdivision("US-ON")
    ('US-PR', None)
    """
    country, dash, short = text.strip().upper().rpartition("-")
    if short not in _COUNTRY_OF or (dash and country != _COUNTRY_OF[short]):
        return None
    return f"{_COUNTRY_OF[short]}-{short}"


def countries_of(iso: str) -> frozenset[str]:
    """The countries that a subdivision may be said to lie in: a territory is also a country of its own
    (DOMAIN 1).

    >>> sorted(countries_of("US-PR")), sorted(countries_of("US-CA"))
    (['PR', 'US'], ['US'])
    """
    country, short = iso.split("-")
    return frozenset({country, short}) if short in _TERRITORIES.split() else frozenset({country})
