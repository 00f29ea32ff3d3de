"""What the administrator's words mean: from a row of the report to the places and kinds of the plan."""

from __future__ import annotations

from pstnkit.numbering.area_code import AreaCodeKind, AreaCodeStatus
from pstnkit.numbering.area_code_facts import AreaCodeFacts
from pstnkit.numbering.nanpa_report import ReportRow
from pstnkit.numbering.reasons import quoted

_PROVINCES = {
    "ALBERTA": ("CA-AB",),
    "BRITISH COLUMBIA": ("CA-BC",),
    "MANITOBA": ("CA-MB",),
    "NEW BRUNSWICK": ("CA-NB",),
    "NEWFOUNDLAND AND LABRADOR": ("CA-NL",),
    "NORTHWEST TERRITORIES -YUKON - NUNAVUT": ("CA-YT", "CA-NT", "CA-NU"),
    "NOVA SCOTIA - PRINCE EDWARD ISLAND": ("CA-NS", "CA-PE"),
    "ONTARIO": ("CA-ON",),
    "QUEBEC": ("CA-QC",),
    "SASKATCHEWAN": ("CA-SK",),
}
_STATES = frozenset(
    f"US-{state}"
    for state in (  # noqa: SIM905 - a list would take a line for each of them
        "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO "
        "MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY"
    ).split()
)
"""The 50 and the District of Columbia."""
_TERRITORIES = {"AS": "AS", "CNMI": "MP", "GU": "GU", "PR": "PR", "VI": "VI"}
"""Counted as countries by ISO 3166-1 and as subdivisions of the United States by ISO 3166-2."""
_COUNTRIES = {
    "ANGUILLA": "AI",
    "ANTIGUA/BARBUDA": "AG",
    "BAHAMAS": "BS",
    "BARBADOS": "BB",
    "BERMUDA": "BM",
    "BRITISH VIRGIN ISLANDS": "VG",
    "CAYMAN ISLANDS": "KY",
    "DOMINICA": "DM",
    "DOMINICAN REPUBLIC": "DO",
    "GRENADA": "GD",
    "JAMAICA": "JM",
    "MONTSERRAT": "MS",
    "SINT MAARTEN": "SX",
    "ST. KITTS & NEVIS": "KN",
    "ST. VINCENT & GRENADINES": "VC",
    "ST.LUCIA": "LC",
    "TRINIDAD & TOBAGO": "TT",
    "TURKS & CAICOS ISLANDS": "TC",
}
COUNTRIES = frozenset({"US", "CA", *_TERRITORIES.values(), *_COUNTRIES.values()})
"""Of the plan, by ISO 3166-1."""
SUBDIVISIONS = (
    dict.fromkeys(_STATES, "US")
    | {f"US-{territory}": territory for territory in _TERRITORIES.values()}
    | {province: "CA" for provinces in _PROVINCES.values() for province in provinces}
)
"""Of the plan, by ISO 3166-2, each with its country."""
_KINDS = {
    "Toll-Free": AreaCodeKind.TOLL_FREE,
    "Non-Geographic Services": AreaCodeKind.PERSONAL,
    "Premium Services": AreaCodeKind.PREMIUM,
    "Canadian Non-Geographic Services": AreaCodeKind.NON_GEOGRAPHIC,
    "Canadian Non-Geographic Tariffed Services": AreaCodeKind.NON_GEOGRAPHIC,
    "Interexchange Carrier Services": AreaCodeKind.NON_GEOGRAPHIC,
    "US Government": AreaCodeKind.NON_GEOGRAPHIC,
}
_NEVER = frozenset({"N11 Code", "Expansion Code", "Reserved by INC"})
"""Explanations of codes that are never assigned (DOMAIN 1), though the report calls most assignable."""


def standing_of(row: ReportRow) -> AreaCodeStatus:
    """What a code is that has not been assigned: unassigned, reserved or not assignable."""
    if not row.assignable or row.explanation in _NEVER:
        return AreaCodeStatus.NOT_ASSIGNABLE
    return AreaCodeStatus.RESERVED if row.reserved else AreaCodeStatus.UNASSIGNED


def facts_of(row: ReportRow) -> AreaCodeFacts:
    """What the row tells of an assigned code. Raises :class:`ValueError` for unknown terms."""
    if row.geographic:
        country, subdivisions = _place(row)
        return AreaCodeFacts(row.npa, row.in_service_date, AreaCodeKind.GEOGRAPHIC, country, subdivisions)
    if row.service not in _KINDS:
        raise ValueError(f"{row.npa}: no kind of area code is known as {quoted(row.service)}")
    kind = _KINDS[row.service]
    # Toll-free, personal and premium codes serve all countries of the plan, whatever a row says.
    owner = {"US": "US", "CANADA": "CA"}.get(row.country) if kind is AreaCodeKind.NON_GEOGRAPHIC else None
    return AreaCodeFacts(row.npa, row.in_service_date, kind, owner)


def _place(row: ReportRow) -> tuple[str, tuple[str, ...]]:
    """Country and subdivisions of a geographic code."""
    if row.country == "CANADA" and row.location in _PROVINCES:
        return "CA", _PROVINCES[row.location]
    if row.country == "US" and f"US-{row.location}" in _STATES:
        return "US", (f"US-{row.location}",)
    if row.country == "US" and row.location in _TERRITORIES:
        territory = _TERRITORIES[row.location]
        return territory, (f"US-{territory}",)
    if row.country in _COUNTRIES:
        return _COUNTRIES[row.country], ()
    raise ValueError(f"{row.npa}: no place is known as {quoted(row.location)} in {quoted(row.country)}")
