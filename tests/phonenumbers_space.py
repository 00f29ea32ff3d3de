"""All 640,000 pairs of area code and exchange, as the plan and as phonenumbers see them, and why they differ.

phonenumbers validates at its own speed, some ten thousand numbers a second. What ``is_valid_number`` does for the
numbers of country code 1 is therefore done here with the library's own patterns, each compiled once; a test compares
the two. Of each pair one number stands for its 10,000: the lines of one are told apart in two pairs of the Caribbean
only (246-522 and 876-606).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from enum import Enum
from typing import NamedTuple

import phonenumbers
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata

from pstnkit.numbering.area_code import AreaCode
from pstnkit.numbering.plan import NumberingPlan
from pstnkit.numbering.reasons import Reason
from pstnkit.numbering.shape import exchange_fault

VERSION = "9.0.43"
"""The release of phonenumbers that the figures in the docs are about."""

OLDEST_RELEASE = date(2022, 1, 1)
"""No release of phonenumbers that is allowed here is older: what opened before is no news to any."""

LINE = "0100"

_KINDS = (
    "fixed_line", "mobile", "toll_free", "premium_rate", "personal_number", "voip", "uan", "shared_cost",
    "pager", "voicemail",
)  # fmt: skip


class Difference(Enum):
    """A class of pairs of which one side says that they are numbers in service, and the other that they are not."""

    N11_EXCHANGE = "N11 as an exchange"
    NOT_YET_OPEN = "area code not yet open"
    NEW_AREA_CODE = "new area code"
    LEFT_OUT = "exchanges left out"
    OTHER_COUNTRIES = "exchanges of other countries"
    NEW_PERSONAL = "new personal area code"
    PERSONAL_EXCHANGES = "exchanges of a personal area code"
    NO_PATTERN = "area code without a pattern"


class Pair(NamedTuple):
    """One area code and exchange."""

    npa: int
    nxx: int
    ours: bool
    theirs: bool

    @property
    def digits(self) -> str:
        """A number of it."""
        return f"{self.npa}{self.nxx}{LINE}"


class Region(NamedTuple):
    """What phonenumbers knows of one country: the digits that its numbers begin with, where that is enough to tell
    them, its numbers, and those of them that have a kind of their own (the group says which)."""

    leading: re.Pattern[str] | None
    numbers: re.Pattern[str]
    kinds: re.Pattern[str]


class Patterns:
    """``is_valid_number`` of ten digits behind +1, with each pattern compiled once."""

    def __init__(self) -> None:
        self.regions: list[Region] = []
        for name in COUNTRY_CODE_TO_REGION_CODE[1]:
            region = PhoneMetadata.metadata_for_region(name)
            assert region is not None
            assert region.general_desc is not None
            kinds = [getattr(region, kind) for kind in _KINDS]
            patterns = "|".join(
                kind.national_number_pattern
                for kind in kinds
                if kind is not None
                and kind.national_number_pattern
                and 10 in (kind.possible_length or region.general_desc.possible_length)
            )
            leading = region.leading_digits
            of_a_kind = "|".join(
                f"(?P<{kind}>{getattr(region, kind).national_number_pattern})"
                for kind in ("premium_rate", "toll_free", "personal_number")
            )
            self.regions.append(
                Region(
                    None if leading is None else re.compile(leading),
                    re.compile(f"(?=(?:{region.general_desc.national_number_pattern})$)(?:{patterns})"),
                    re.compile(of_a_kind),
                )
            )

    def concerning(self, npa: int) -> list[Region]:
        """The regions that can have something to say about an area code."""
        return [
            region
            for region in self.regions
            if region.leading is None or any(region.leading.match(f"{npa}{digit}") for digit in range(2, 10))
        ]

    @staticmethod
    def region_of(digits: str, regions: list[Region]) -> Region | None:
        """Where the digits are a valid number: the first region that has the leading digits decides, or one without
        them in which the number is valid."""
        for region in regions:
            if region.leading is None:
                if region.numbers.fullmatch(digits):
                    return region
            elif region.leading.match(digits):
                return region if region.numbers.fullmatch(digits) else None
        return None

    def valid(self, digits: str, regions: list[Region]) -> bool:
        """Whether they are a valid number anywhere."""
        return self.region_of(digits, regions) is not None

    def kind(self, digits: str, regions: list[Region]) -> str | None:
        """``premium_rate``, ``toll_free`` or ``personal_number``, for a valid number of such a kind."""
        region = self.region_of(digits, regions)
        found = None if region is None else region.kinds.fullmatch(digits)
        return None if found is None else found.lastgroup


def valid_in_phonenumbers(digits: str) -> bool:
    """What phonenumbers itself says."""
    return phonenumbers.is_valid_number(phonenumbers.parse(f"+1{digits}"))


def pairs(plan: NumberingPlan, npas: range = range(200, 1000)) -> Iterator[Pair]:
    """Every pair of ``npas``, in order: ours is yes when a number can have that shape and its area code is in
    service on the plan's own day."""
    patterns = Patterns()
    statuses = plan.statuses()
    for npa in npas:
        regions = patterns.concerning(npa)
        serving = statuses[str(npa)] == "in_service"
        for nxx in range(200, 1000):
            ours = serving and exchange_fault(npa * 1000 + nxx) is None
            yield Pair(npa, nxx, ours, patterns.valid(f"{npa}{nxx}{LINE}", regions))


KINDS = {"premium_rate": "premium", "toll_free": "toll_free", "personal_number": "personal"}
"""What the kinds that phonenumbers tells apart are called here."""


def kinds(plan: NumberingPlan) -> Iterator[tuple[int, int, str, str]]:
    """The pairs that are in service to both, and to which phonenumbers gives another kind than the plan does: area
    code, exchange, its kind (``other`` but for three) and ours."""
    patterns = Patterns()
    for npa in range(200, 1000):
        code = plan.area_code(str(npa))
        regions = patterns.concerning(npa)
        if code.status != "in_service":
            continue
        for nxx in range(200, 1000):
            digits = f"{npa}{nxx}{LINE}"
            if exchange_fault(npa * 1000 + nxx) is None and patterns.valid(digits, regions):
                theirs = KINDS.get(patterns.kind(digits, regions) or "", "other")
                ours = str(code.kind)
                if theirs != (ours if ours in KINDS.values() else "other"):
                    yield npa, nxx, theirs, ours


def why(pair: Pair, code: AreaCode, *, known: bool) -> Difference | None:
    """The class of a difference, or None for one that nothing explains.

    ``known`` says whether phonenumbers takes some exchange of the area code for valid.
    """
    at_home = code.kind == "geographic" and code.country in ("US", "CA")
    new = code.in_service is not None and code.in_service >= OLDEST_RELEASE
    if pair.theirs:
        if code.status in ("planned", "unassigned", "reserved"):
            return Difference.NOT_YET_OPEN
        n11 = exchange_fault(pair.npa * 1000 + pair.nxx) is Reason.N11_EXCHANGE
        return Difference.N11_EXCHANGE if at_home and n11 else None
    if at_home:
        if known:
            return Difference.LEFT_OUT
        return Difference.NEW_AREA_CODE if new else None
    if code.kind == "geographic":
        return Difference.OTHER_COUNTRIES
    if code.kind == "personal":
        if known:
            return Difference.PERSONAL_EXCHANGES
        return Difference.NEW_PERSONAL if new else None
    return Difference.NO_PATTERN if code.kind == "non_geographic" and not known else None
