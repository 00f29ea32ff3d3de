"""The regions of the Number Portability Administration Center (NPAC), and the local time of each.

Intervals and cut-offs of a port are told in the predominant time zone of the NPAC region of its numbers, wherever the
customer is (47 CFR 52.35 (e)). Which states make a region is common knowledge in the trade. Canada is a region of its
own, about whose time that rule says nothing: here it is Eastern time.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from pstnkit.errors import CallerError
from pstnkit.numbering.area_code import AreaCodeKind
from pstnkit.numbering.plan import NumberingPlan
from pstnkit.numbering.ranges import NumberRange, collapse
from pstnkit.numbering.telephone import TelephoneNumber


class NpacRegion(StrEnum):
    """A region of the NPAC."""

    NORTHEAST = "northeast"
    MID_ATLANTIC = "mid_atlantic"
    SOUTHEAST = "southeast"
    MIDWEST = "midwest"
    SOUTHWEST = "southwest"
    WESTERN = "western"
    WEST_COAST = "west_coast"
    CANADA = "canada"

    @property
    def timezone(self) -> str:
        """The IANA name of its predominant time zone.

        >>> NpacRegion.WESTERN.timezone
        'America/Denver'
        """
        return _ZONES[self]


_ZONES = {
    NpacRegion.NORTHEAST: "America/New_York",
    NpacRegion.MID_ATLANTIC: "America/New_York",
    NpacRegion.SOUTHEAST: "America/New_York",
    NpacRegion.MIDWEST: "America/Chicago",
    NpacRegion.SOUTHWEST: "America/Chicago",
    NpacRegion.WESTERN: "America/Denver",
    NpacRegion.WEST_COAST: "America/Los_Angeles",
    NpacRegion.CANADA: "America/Toronto",
}

_STATES = {
    NpacRegion.NORTHEAST: "CT MA ME NH NY RI VT",
    NpacRegion.MID_ATLANTIC: "DC DE MD NJ PA VA WV",
    NpacRegion.SOUTHEAST: "AL FL GA KY LA MS NC PR SC TN VI",
    NpacRegion.MIDWEST: "IL IN MI OH WI",
    NpacRegion.SOUTHWEST: "AR KS MO OK TX",
    NpacRegion.WESTERN: "AK AZ CO IA ID MN MT ND NE NM OR SD UT WA WY",
    NpacRegion.WEST_COAST: "AS CA GU HI MP NV",
}
_BY_STATE = {f"US-{state}": region for region, states in _STATES.items() for state in states.split()}


class NoNpacRegion(CallerError):
    """A number that lies in no region of the NPAC: it is toll-free, or of a country that ports otherwise.

    ``.number`` is which, ``.place`` where it is, as far as the plan knows.
    """

    def __init__(self, number: TelephoneNumber, place: str) -> None:
        super().__init__(number, place)
        self.number = number
        self.place = place

    def __str__(self) -> str:
        return f"{self.number} ({self.place}) lies in no region of the NPAC"


def npac_region(number: TelephoneNumber, plan: NumberingPlan) -> NpacRegion:
    """The NPAC region of a geographic number; raises :class:`NoNpacRegion` for any other.

    >>> from pstnkit import plan
    >>> npac_region(TelephoneNumber("4153210100"), plan).value
    'west_coast'
    """
    found = plan.area_code(number.npa)
    if found.kind is AreaCodeKind.GEOGRAPHIC:
        # No area code serves two regions: none crosses a border of states.
        subdivision = found.subdivisions[0] if found.subdivisions else ""
        region = NpacRegion.CANADA if found.country == "CA" else _BY_STATE.get(subdivision)
        if region is not None:
            return region
    place = found.country if found.kind is AreaCodeKind.GEOGRAPHIC else found.kind
    raise NoNpacRegion(number, (place or "an area code that is not assigned").replace("_", "-"))


def port_timezones(numbers: Iterable[TelephoneNumber | NumberRange], plan: NumberingPlan) -> tuple[str, ...]:
    """In whose local time a port of ``numbers`` is received, each zone once; raises :class:`NoNpacRegion`.

    Toll-free numbers, which no losing carrier has, are received on Eastern time. Premium and personal numbers, others
    that belong to no place, and those of other countries are not ported in North America at all.

    >>> from pstnkit import plan
    >>> port_timezones([TelephoneNumber("8003210100"), TelephoneNumber("2063210100")], plan)
    ('America/Denver', 'America/New_York')
    """
    given = collapse(numbers)
    local = [each for each in given if plan.area_code(each.first.npa).kind is not AreaCodeKind.TOLL_FREE]
    zones = {region.timezone for region in npac_regions(local, plan)}
    if len(local) < len(given):
        zones.add(NpacRegion.NORTHEAST.timezone)
    return tuple(sorted(zones))


def npac_regions(
    numbers: Iterable[TelephoneNumber | NumberRange], plan: NumberingPlan
) -> tuple[NpacRegion, ...]:
    """The regions of some numbers, each once, in the order in which they come; raises :class:`NoNpacRegion`.

    >>> from pstnkit import plan
    >>> [region.value for region in npac_regions([TelephoneNumber("2123210100"), TelephoneNumber("4153210100")], plan)]
    ['northeast', 'west_coast']
    """
    firsts: dict[str, TelephoneNumber] = {}
    for one in numbers:
        first = one.first if isinstance(one, NumberRange) else one
        firsts.setdefault(first.npa, first)
    return tuple(dict.fromkeys(npac_region(first, plan) for first in firsts.values()))
