"""The words of a street line: directions, kinds of street, and units, each with its short form.

The unit words are those that postal standards know (DOMAIN 5); kinds of street are the common ones of the United
States and Canada, English and French. Source: common postal knowledge of 2026-11.
"""

from __future__ import annotations

from enum import StrEnum


class UnitKind(StrEnum):
    """What kind of part of a building a unit is, by its postal short form."""

    APT = "APT"
    BSMT = "BSMT"
    BLDG = "BLDG"
    DEPT = "DEPT"
    FL = "FL"
    FRNT = "FRNT"
    HNGR = "HNGR"
    LBBY = "LBBY"
    LOT = "LOT"
    LOWR = "LOWR"
    OFC = "OFC"
    PH = "PH"
    PIER = "PIER"
    REAR = "REAR"
    RM = "RM"
    SIDE = "SIDE"
    SLIP = "SLIP"
    SPC = "SPC"
    STOP = "STOP"
    STE = "STE"
    TRLR = "TRLR"
    UNIT = "UNIT"
    UPPR = "UPPR"

    @property
    def stands_alone(self) -> bool:
        """Whether the word says enough without a value behind it, as a lobby does and a suite does not."""
        return self in _ALONE


_ALONE = frozenset(
    UnitKind[word] for word in ("BSMT", "FRNT", "LBBY", "LOWR", "OFC", "PH", "REAR", "SIDE", "UPPR")
)

UNIT_WORDS: dict[str, UnitKind] = {kind.value: kind for kind in UnitKind} | {
    word: UnitKind[kind]
    for kind, words in {
        "APT": "APARTMENT",
        "BSMT": "BASEMENT",
        "BLDG": "BUILDING",
        "DEPT": "DEPARTMENT",
        "FL": "FLOOR FLR",
        "FRNT": "FRONT",
        "HNGR": "HANGAR HANGER",
        "LBBY": "LOBBY",
        "LOWR": "LOWER",
        "OFC": "OFFICE",
        "PH": "PENTHOUSE",
        "RM": "ROOM",
        "SPC": "SPACE",
        "STE": "SUITE",
        "TRLR": "TRAILER",
        "UPPR": "UPPER",
    }.items()
    for word in words.split()
}
"""Every spelling of a unit word -> its kind."""


def _by_spelling(table: dict[str, str]) -> dict[str, str]:
    """Each of the spellings that a table lists for a short form, with that short form."""
    return {word: short for short, words in table.items() for word in words.split()}


DIRECTIONS: dict[str, str] = _by_spelling(
    {
        "N": "N NORTH NORD",
        "S": "S SOUTH SUD",
        "E": "E EAST EST",
        "W": "W WEST",
        "O": "O OUEST",
        "NE": "NE NORTHEAST",
        "NW": "NW NORTHWEST",
        "SE": "SE SOUTHEAST",
        "SW": "SW SOUTHWEST",
    }
)
"""Every spelling of a direction -> its short form; French ones, too, as Quebec writes them."""

SUFFIXES: dict[str, str] = _by_spelling(
    {
        "ALY": "ALY ALLEY",
        "AVE": "AVE AV AVENUE",
        "BLVD": "BLVD BOULEVARD BOUL",
        "BRG": "BRG BRIDGE",
        "CIR": "CIR CIRCLE",
        "CRES": "CRES CRESCENT",
        "CT": "CT COURT",
        "CTR": "CTR CENTER CENTRE",
        "DR": "DR DRIVE",
        "EXPY": "EXPY EXPRESSWAY",
        "FWY": "FWY FREEWAY",
        "HTS": "HTS HEIGHTS",
        "HWY": "HWY HIGHWAY",
        "LN": "LN LANE",
        "LOOP": "LOOP",
        "PARK": "PARK",
        "PKWY": "PKWY PARKWAY",
        "PL": "PL PLACE",
        "PLZ": "PLZ PLAZA",
        "PT": "PT POINT",
        "RD": "RD ROAD",
        "ROW": "ROW",
        "RUN": "RUN",
        "SQ": "SQ SQUARE",
        "ST": "ST STR STREET",
        "TER": "TER TERRACE",
        "TRL": "TRL TRAIL",
        "WALK": "WALK",
        "WAY": "WAY WY",
    }
)
"""Every spelling of a kind of street that stands behind its name -> its short form."""

PRETYPES: dict[str, str] = _by_spelling(
    {
        "AV": "AV AVE AVENUE",
        "BOUL": "BOUL BOULEVARD",
        "CALLE": "CALLE",
        "CH": "CH CHEMIN",
        "COTE": "COTE",
        "HWY": "HWY HIGHWAY",
        "MONTEE": "MONTEE",
        "RANG": "RANG",
        "ROUTE": "ROUTE RTE",
        "RUE": "RUE",
    }
)
"""Every spelling of a kind of street that stands before its name -> its short form."""
