"""The carrier's street directory: made-up streets in real cities, and which postal codes lie in which state.

A district is a US ZIP code or the first half of a Canadian postal code. No street here is meant to be a real
one. Prefixes of postal codes by state are common postal knowledge.
"""

from __future__ import annotations

from typing import NamedTuple


class District(NamedTuple):
    """The streets of one postal district: name -> the house numbers along it."""

    city: str
    state: str
    country: str
    streets: dict[str, range]


DIRECTORY: dict[str, District] = {
    "94107": District(
        "SAN FRANCISCO",
        "CA",
        "US",
        {
            "ANSON ST": range(1, 3000),
            "QUARTZ AVE": range(1, 900),
            "MAPLE ST": range(1, 2000),
            "MAPLE AVE": range(1, 2000),
            "TELEGRAPHER WAY": range(100, 800),
        },
    ),
    "94108": District("SAN FRANCISCO", "CA", "US", {"ANSON ST": range(1, 3000), "LANTERN PL": range(1, 300)}),
    "94103": District(
        "SAN FRANCISCO", "CA", "US", {"MERIDIAN PL": range(1, 400), "OLD SIGNAL RD": range(1, 2500)}
    ),
    "90017": District("LOS ANGELES", "CA", "US", {"ORANGEWIRE BLVD": range(1, 9000)}),
    "78701": District(
        "AUSTIN", "TX", "US", {"PECAN SWITCH RD": range(1, 4000), "BLUE HERON LN": range(1, 700)}
    ),
    "10018": District(
        "NEW YORK", "NY", "US", {"LOOMWEAVER ST": range(1, 600), "W EXCHANGE ST": range(1, 700)}
    ),
    "60607": District("CHICAGO", "IL", "US", {"TANDEM AVE": range(1, 3000)}),
    "98101": District(
        "SEATTLE", "WA", "US", {"RAIN SHADOW CT": range(1, 200), "CABLE PIER DR": range(1, 1500)}
    ),
    "M5V": District("TORONTO", "ON", "CA", {"CROSSBAR ST": range(1, 1000), "DIAL TONE CRES": range(1, 120)}),
    "H3B": District("MONTREAL", "QC", "CA", {"CARDINAL BLVD": range(1, 2200)}),
}
"""Postal district -> its city and streets."""

SUFFIXES: dict[str, str] = {
    spelling: standard
    for standard, spellings in {
        "AVE": "AVENUE AV AVE",
        "BLVD": "BOULEVARD BOUL BLVD",
        "CRES": "CRESCENT CRES",
        "CT": "COURT CT",
        "DR": "DRIVE DR",
        "LN": "LANE LN",
        "PL": "PLACE PL",
        "RD": "ROAD RD",
        "ST": "STREET STR ST",
        "WAY": "WAY WY",
    }.items()
    for spelling in spellings.split()
}
"""Every spelling of a street suffix -> the postal one."""

UNITS: dict[str, str] = {
    "APARTMENT": "APT",
    "BUILDING": "BLDG",
    "DEPARTMENT": "DEPT",
    "FLOOR": "FL",
    "OFFICE": "OFC",
    "ROOM": "RM",
    "SUITE": "STE",
}
"""Unit words that are shortened; every other word stays as it is."""

_ZIP_PREFIXES = """
005 NY 006-007 PR 008 VI 009 PR 010-027 MA 028-029 RI 030-038 NH 039-049 ME 050-054 VT 055 MA 056-059 VT
060-069 CT 070-089 NJ 100-149 NY 150-196 PA 197-199 DE 200 DC 201 VA 202-205 DC 206-219 MD 220-246 VA 247-268
WV 270-289 NC 290-299 SC 300-319 GA 320-339 FL 341-342 FL 344 FL 346-347 FL 349 FL 350-369 AL 370-385 TN
386-397 MS 398-399 GA 400-427 KY 430-459 OH 460-479 IN 480-499 MI 500-528 IA 530-549 WI 550-567 MN 570-577 SD
580-588 ND 590-599 MT 600-629 IL 630-658 MO 660-679 KS 680-693 NE 700-714 LA 716-729 AR 730-732 OK 733 TX
734-749 OK 750-799 TX 800-816 CO 820-831 WY 832-838 ID 840-847 UT 850-865 AZ 870-884 NM 885 TX 889-898 NV
900-961 CA 967-968 HI 969 GU 970-979 OR 980-994 WA 995-999 AK
"""

_CANADIAN_LETTERS = "A NL B NS C PE E NB G QC H QC J QC K ON L ON M ON N ON P ON R MB S SK T AB V BC Y YT"


def _states() -> dict[str, str]:
    words = _ZIP_PREFIXES.split()
    table: dict[str, str] = {}
    for span, state in zip(words[::2], words[1::2], strict=True):
        first, _, last = span.partition("-")
        for prefix in range(int(first), int(last or first) + 1):
            table[f"{prefix:03d}"] = state
    letters = _CANADIAN_LETTERS.split()
    table.update(zip(letters[::2], letters[1::2], strict=True))
    return table


STATES: dict[str, str] = _states()
"""First three digits of a ZIP code, or first letter of a Canadian postal code -> state or province."""
