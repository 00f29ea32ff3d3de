"""47 CFR 52.35 (e): the local time of a port is that of the NPAC region of its numbers."""

from __future__ import annotations

import pytest

from pstnkit import NumberRange, TelephoneNumber, plan
from pstnkit.numbering.area_code import AreaCodeKind
from pstnkit.porting.regions import NoNpacRegion, NpacRegion, npac_region, npac_regions


@pytest.mark.parametrize(
    ("number", "region", "timezone"),
    [
        ("6173210100", NpacRegion.NORTHEAST, "America/New_York"),
        ("2023210100", NpacRegion.MID_ATLANTIC, "America/New_York"),
        ("7873210100", NpacRegion.SOUTHEAST, "America/New_York"),
        # Kentucky's west keeps Central time, and is ported in Eastern.
        ("2703210100", NpacRegion.SOUTHEAST, "America/New_York"),
        ("3133210100", NpacRegion.MIDWEST, "America/Chicago"),
        ("2143210100", NpacRegion.SOUTHWEST, "America/Chicago"),
        # Seattle keeps Pacific time, and is ported in Mountain.
        ("2063210100", NpacRegion.WESTERN, "America/Denver"),
        ("4153210100", NpacRegion.WEST_COAST, "America/Los_Angeles"),
        ("6713210100", NpacRegion.WEST_COAST, "America/Los_Angeles"),
        ("4163210100", NpacRegion.CANADA, "America/Toronto"),
    ],
)
def test_a_number_is_ported_in_the_time_of_its_region(number: str, region: NpacRegion, timezone: str) -> None:
    found = npac_region(TelephoneNumber(number), plan)
    assert (found, found.timezone) == (region, timezone)


@pytest.mark.parametrize(
    ("number", "place"),
    [
        ("8003210100", "toll-free"),
        ("8763210100", "JM"),
        ("6223210100", "non-geographic"),
        ("9003210100", "premium"),
        ("2323210100", "an area code that is not assigned"),
    ],
)
def test_a_number_in_no_region_is_named_with_its_place(number: str, place: str) -> None:
    with pytest.raises(NoNpacRegion) as error:
        npac_region(TelephoneNumber(number), plan)
    assert str(error.value) == f"+1{number} ({place}) lies in no region of the NPAC"


def test_every_area_code_of_both_countries_lies_in_a_region() -> None:
    both = [
        *plan.area_codes(country="US"),
        *(
            code
            for territory in ("PR", "GU", "VI", "MP", "AS")
            for code in plan.area_codes(country=territory)
        ),
        *plan.area_codes(country="CA"),
    ]
    for code in both:
        if code.kind is AreaCodeKind.GEOGRAPHIC:
            assert npac_region(TelephoneNumber(f"{code.npa}3210100"), plan)


def test_the_regions_of_some_numbers_come_once_each_in_order() -> None:
    numbers: list[TelephoneNumber | NumberRange] = [
        NumberRange("4153210100", "4153210109"),
        TelephoneNumber("2123210100"),
        NumberRange("4153220100", "4153220109"),
        TelephoneNumber("5103210100"),
    ]
    assert npac_regions(numbers, plan) == (NpacRegion.WEST_COAST, NpacRegion.NORTHEAST)
    assert npac_regions([], plan) == ()
