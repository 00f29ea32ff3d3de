"""States, provinces and postal codes: their shape, and which state a postal code's beginning belongs to.

The tables are common postal knowledge, not a copy of a postal operator's: three digits of a ZIP code name a sectional
center, and a few of them serve single places across a border. So a disagreement is a finding and no refusal; only the
carrier's own check decides (DOMAIN 5).
"""

from __future__ import annotations

import re

from pstnkit.inventory.regions import known_subdivision

# The tables of this module were last looked through in 2026-11.

_ZIP = re.compile(r"(\d{5})(?:-?(\d{4}))?", re.ASCII)
_CANADIAN = re.compile(r"([ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z])[ -]?(\d[ABCEGHJ-NPRSTV-Z]\d)", re.ASCII)

# Source: common postal knowledge of 2026-11. The first three digits of a ZIP code, alone or as a span, and the states
# or territories that they serve. Those of the armed forces (090-098, 340, 962-966) serve none.
_ZIP_PREFIXES = """
005 NY  006-007 PR  008 VI  009 PR  010-027 MA  028-029 RI  030-038 NH  039-049 ME  050-054 VT  055 MA  056-059 VT
060-062 CT  063 CT/NY  064-069 CT  070-089 NJ  100-149 NY  150-196 PA  197-199 DE  200 DC  201 VA  202-205 DC
206-219 MD  220-246 VA  247-268 WV  270-289 NC  290-299 SC  300-319 GA  320-339 FL  341-342 FL  344 FL  346-347 FL
349 FL  350-369 AL  370-385 TN  386-397 MS  398-399 GA  400-421 KY  422 KY/TN  423-427 KY  430-459 OH  460-479 IN
480-499 MI  500-526 IA  527 IA/IL  528 IA  530-549 WI  550-566 MN  567 MN/ND  569 DC  570-576 SD  577 SD/WY/MT
580-581 ND  582 ND/MN  583-585 ND  586 ND/SD  587-588 ND  590-591 MT  592 MT/ND  593-599 MT  600-629 IL  630-635 MO
636 MO/IL  637-658 MO  660-679 KS  680-693 NE  700-714 LA  716 AR  717 AR/LA  718-729 AR  730-732 OK  733 TX
734-738 OK  739 OK/TX  740-749 OK  750-799 TX  800-810 CO  811 CO/NM  812-816 CO  820-831 WY  832-833 ID  834 ID/WY
835-838 ID  840-844 UT  845 UT/AZ  846-847 UT  850-859 AZ  860 AZ/UT  863-864 AZ  865 AZ/NM  870-879 NM  880 NM/TX
881-884 NM  885 TX  889-893 NV  894 NV/CA  895-898 NV  900-961 CA  967 HI/AS  968 HI  969 GU/MP  970-975 OR
976 OR/CA  977-979 OR  980-994 WA  995-999 AK
"""

# Source: common postal knowledge of 2026-11. The first letter of a Canadian postal code and its provinces; federal
# offices on both sides of the river at Ottawa share codes with K.
_FIRST_LETTERS = """
A NL  B NS  C PE  E NB  G QC  H QC  J QC  K ON/QC  L ON  M ON  N ON  P ON  R MB  S SK  T AB  V BC  X NT/NU  Y YT
"""

_NAMES = """
AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware
DC District of Columbia|FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|KS Kansas|KY Kentucky
LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|MI Michigan|MN Minnesota|MS Mississippi|MO Missouri|MT Montana
NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey|NM New Mexico|NY New York|NC North Carolina|ND North Dakota
OH Ohio|OK Oklahoma|OR Oregon|PA Pennsylvania|RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas
UT Utah|VT Vermont|VA Virginia|WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming|AS American Samoa|GU Guam
MP Northern Mariana Islands|PR Puerto Rico|VI Virgin Islands|AB Alberta|BC British Columbia|MB Manitoba
NB New Brunswick|NL Newfoundland and Labrador|NS Nova Scotia|NT Northwest Territories|NU Nunavut|ON Ontario
PE Prince Edward Island|QC Quebec|QC Québec|SK Saskatchewan|YT Yukon
"""

_BY_NAME = {
    name.upper(): short
    for short, _, name in (row.partition(" ") for line in _NAMES.split("\n") for row in line.split("|"))
}


def _spread(table: str) -> dict[str, tuple[str, ...]]:
    """A table of beginnings, spans spread out."""
    words = table.split()
    found: dict[str, tuple[str, ...]] = {}
    for span, states in zip(words[::2], words[1::2], strict=True):
        first, dash, last = span.partition("-")
        beginnings = [f"{prefix:03}" for prefix in range(int(first), int(last) + 1)] if dash else [first]
        found.update(dict.fromkeys(beginnings, tuple(states.split("/"))))
    return found


_BEGINNINGS = _spread(_ZIP_PREFIXES) | _spread(_FIRST_LETTERS)


def read_state(text: str) -> tuple[str, str] | None:
    """A state, territory or province as people write it: its two letters and its country, or None for what is none.

    >>> read_state("us-ca"), read_state("Ontario"), read_state("Bavaria")
    (('CA', 'US'), ('ON', 'CA'), None)
    """
    plain = " ".join(text.upper().split())
    found = known_subdivision(_BY_NAME.get(plain, plain.replace(".", "")))
    return (found[3:], found[:2]) if found else None


def read_postal_code(text: str, country: str) -> str | None:
    """A postal code of ``country`` (``US`` or ``CA``) in its usual form, or None for what has not its shape.

    A ZIP code has five digits, or nine; a Canadian code ``A1A 1A1``, without the letters that are never used (D, F, I,
    O, Q and U anywhere, W and Z at the beginning).

    >>> read_postal_code("941071234", "US"), read_postal_code("m5v2t6", "CA"), read_postal_code("M5V 2O6", "CA")
    ('94107-1234', 'M5V 2T6', None)
    """
    found = (_ZIP if country == "US" else _CANADIAN).fullmatch(text.upper())
    if found is None:
        return None
    first, rest = found.groups()
    return f"{first}{'-' if country == 'US' else ' '}{rest}" if rest else first


def states_of_postal_code(postal_code: str) -> tuple[str, ...]:
    """The states or provinces in which postal codes begin as this one does; empty where the table knows of none.

    >>> states_of_postal_code("94107"), states_of_postal_code("M5V 2T6"), states_of_postal_code("09012")
    (('CA',), ('ON',), ())
    """
    return _BEGINNINGS.get(beginning(postal_code), ())


def beginning(postal_code: str) -> str:
    """What of a postal code tells its state: three digits, or one letter.

    >>> beginning("94107-1234"), beginning("M5V 2T6")
    ('941', 'M')
    """
    return postal_code[:3] if postal_code[0].isdigit() else postal_code[0]
