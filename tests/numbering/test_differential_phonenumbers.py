"""Where libphonenumber is behind the administrator, the plan is not: it must never be the gate (DOMAIN 1)."""

from __future__ import annotations

import phonenumbers
import pytest

from pstnkit.numbering.plan import plan

BEHIND = ("357", "436", "457", "465", "471", "483", "621", "624", "679", "729", "837", "861", "924")
"""In service in the United States, and yet every number in them is invalid to phonenumbers 9.0.43."""


@pytest.mark.parametrize("npa", BEHIND)
def test_a_code_that_libphonenumber_came_to_late_is_in_service(npa: str) -> None:
    code = plan.area_code(npa)
    assert (code.status, code.kind, code.country) == ("in_service", "geographic", "US")


def test_libphonenumber_is_behind_nowhere_else() -> None:
    """A newer libphonenumber may have come to know some of the thirteen; it must not refuse any other."""
    refused = {
        code.npa
        for country in ("US", "CA")
        for code in plan.area_codes(country=country, kind="geographic", status="in_service")
        if not phonenumbers.is_valid_number(phonenumbers.parse(f"+1{code.npa}2342368"))
    }
    assert refused <= set(BEHIND)


def test_libphonenumber_accepts_what_can_be_no_number() -> None:
    assert phonenumbers.is_valid_number(phonenumbers.parse("+12129111234"))
