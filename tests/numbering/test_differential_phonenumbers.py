"""The whole space of area codes and exchanges, beside phonenumbers: every difference is in a class that is explained.

libphonenumber must never be the gate (DOMAIN 1). What it says differently is counted here class by class, and the page
of the docs that tells why shows the same figures.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from pathlib import Path

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonenumbers_space import (
    LINE,
    OLDEST_RELEASE,
    VERSION,
    Difference,
    Pair,
    Patterns,
    kinds,
    pairs,
    valid_in_phonenumbers,
    why,
)
from pstnkit.numbering.area_code import AreaCode, AreaCodeStatus
from pstnkit.numbering.plan import plan
from pstnkit.numbering.reasons import InvalidNumber
from pstnkit.numbering.telephone import TelephoneNumber

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "why-not-phonenumbers.md"
as_documented = pytest.mark.skipif(
    phonenumbers.__version__ != VERSION,
    reason=f"the figures are those of phonenumbers {VERSION}, and this is {phonenumbers.__version__}",
)


class Space:
    """All pairs, looked at once."""

    def __init__(self) -> None:
        self.agreed: Counter[bool] = Counter()
        self.differing: list[Pair] = []
        known: set[int] = set()
        for pair in pairs(plan):
            if pair.theirs:
                known.add(pair.npa)
            if pair.ours == pair.theirs:
                self.agreed[pair.ours] += 1
            else:
                self.differing.append(pair)
        self.classes: dict[Difference | None, list[Pair]] = {}
        for pair in self.differing:
            kind = why(pair, plan.area_code(str(pair.npa)), known=pair.npa in known)
            self.classes.setdefault(kind, []).append(pair)


@pytest.fixture(scope="module")
def space() -> Space:
    return Space()


def documented() -> dict[str, int]:
    """The counts in the page's table, by what its rows are called."""
    rows = re.findall(r"^\| ([^|]+?) +\|[^|]*\| +([\d,]+) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    return {name: int(count.replace(",", "")) for name, count in rows}


def test_every_pair_is_looked_at(space: Space) -> None:
    assert space.agreed.total() + len(space.differing) == 640_000


def test_every_difference_is_explained(space: Space) -> None:
    assert space.classes.get(None, []) == []


def test_the_page_names_every_class_that_there_is(space: Space) -> None:
    assert {kind.value for kind in Difference} <= documented().keys()
    assert {kind.value for kind in space.classes if kind} <= documented().keys()


def test_of_an_old_area_code_hardly_an_exchange_is_left_out(space: Space) -> None:
    left_out = Counter(pair.npa for pair in space.classes.get(Difference.LEFT_OUT, []))
    for npa, count in left_out.items():
        opened = plan.area_code(str(npa)).in_service
        assert opened is not None
        assert count < 10 or opened >= OLDEST_RELEASE, npa


@as_documented
def test_the_page_has_the_figures_of_this_plan(space: Space) -> None:
    expected = {kind.value: len(found) for kind, found in space.classes.items() if kind}
    expected |= {
        "numbers in service to both": space.agreed[True],
        "no numbers in service to either": space.agreed[False],
        "all pairs": 640_000,
    }
    assert documented() == expected


@as_documented
def test_the_area_codes_that_are_all_news_to_it_are_the_thirteen(space: Space) -> None:
    assert " ".join(sorted({str(pair.npa) for pair in space.classes[Difference.NEW_AREA_CODE]})) == (
        "357 436 457 465 471 483 621 624 679 729 837 861 924"
    )


def test_a_few_of_each_class_are_so_when_both_are_asked(space: Space) -> None:
    chosen = random.Random(20260930)
    for found in space.classes.values():
        for pair in chosen.sample(found, min(len(found), 25)):
            assert valid_in_phonenumbers(pair.digits) == pair.theirs
            assert in_service(pair.digits) == pair.ours


def in_service(digits: str) -> bool:
    """What a user of both questions gets."""
    try:
        number = TelephoneNumber(digits)
    except InvalidNumber:
        return False
    return plan.classify(number).status is AreaCodeStatus.IN_SERVICE


THEIR_KINDS = {
    phonenumbers.PhoneNumberType.PREMIUM_RATE: "premium",
    phonenumbers.PhoneNumberType.TOLL_FREE: "toll_free",
    phonenumbers.PhoneNumberType.PERSONAL_NUMBER: "personal",
}


SIX_PLACES = {
    (622, "personal"),  # Canadian codes without a place
    (633, "personal"),
    (242, "toll_free"),  # single exchanges of other countries
    (868, "toll_free"),
    (246, "premium"),
    (345, "premium"),
}


def test_where_both_say_yes_they_agree_on_what_a_number_is_for_but_in_six_places() -> None:
    differing = list(kinds(plan))
    if phonenumbers.__version__ == VERSION:
        assert {(npa, theirs) for npa, _, theirs, _ in differing} == SIX_PLACES
    for npa, _, _, ours in differing:
        country = plan.area_code(str(npa)).country
        assert ours == "non_geographic" or (ours == "geographic" and country not in ("US", "CA")), npa
    for npa, nxx, theirs, _ in random.Random(20260930).sample(differing, 25):
        kind = phonenumbers.number_type(phonenumbers.parse(f"+1{npa}{nxx}{LINE}"))
        assert THEIR_KINDS.get(kind, "other") == theirs


@given(st.integers(200, 999), st.integers(200, 999), st.sampled_from([LINE, "1212", "9999"]))
def test_the_patterns_are_used_as_phonenumbers_uses_them(npa: int, nxx: int, line: str) -> None:
    patterns = Patterns()
    digits = f"{npa}{nxx}{line}"
    assert patterns.valid(digits, patterns.concerning(npa)) == valid_in_phonenumbers(digits)


@given(st.integers(200, 999), st.integers(200, 999), st.integers(0, 9999))
def test_phonenumbers_reads_the_digits_that_we_read(npa: int, nxx: int, line: int) -> None:
    digits = f"{npa}{nxx}{line:04}"
    parsed = phonenumbers.parse(f"+1{digits}")
    assert (parsed.country_code, parsed.national_number) == (1, int(digits))
    if in_service(digits):
        assert phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164) == str(
            TelephoneNumber(digits)
        )


def test_what_no_rule_covers_is_in_no_class() -> None:
    home = plan.area_code("415")
    assert why(Pair(415, 321, ours=True, theirs=False), home, known=False) is None
    assert why(Pair(415, 321, ours=False, theirs=True), home, known=True) is None
    assert why(Pair(876, 211, ours=False, theirs=True), plan.area_code("876"), known=True) is None
    assert why(Pair(800, 321, ours=True, theirs=False), plan.area_code("800"), known=True) is None
    assert why(Pair(500, 321, ours=True, theirs=False), plan.area_code("500"), known=False) is None
    never = AreaCode(npa="555", status=AreaCodeStatus.NOT_ASSIGNABLE)
    assert why(Pair(555, 321, ours=False, theirs=True), never, known=True) is None
