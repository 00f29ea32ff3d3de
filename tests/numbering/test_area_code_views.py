"""How an area code is shown."""

from __future__ import annotations

from datetime import date

import pytest

from pstnkit.numbering.area_code_views import area_code_data, area_code_text
from pstnkit.numbering.plan import plan

DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("npa", "on", "said"),
    [
        ("415", DAY, "On 2026-11-20, area code 415 is in service; it serves a place."),
        ("800", DAY, "On 2026-11-20, area code 800 is in service; it is toll-free."),
        ("222", DAY, "On 2026-11-20, area code 222 is not assigned."),
        (
            "222",
            date(2030, 1, 1),
            "On 2030-01-01, area code 222 has no known date, and the plan vouches only up to 2027-03-30.",
        ),
    ],
)
def test_the_first_line_is_a_sentence(npa: str, on: date, said: str) -> None:
    shown = area_code_text(plan.area_code(npa, on), on=on, horizon=plan.horizon)
    assert shown.splitlines()[0] == said


def test_a_code_without_facts_is_the_sentence_alone() -> None:
    assert "\n" not in area_code_text(plan.area_code("222", DAY), on=DAY, horizon=plan.horizon)


@pytest.mark.parametrize(("on", "label"), [(DAY, "opens"), (date(2027, 12, 6), "opened")])
def test_the_day_of_opening_is_to_come_or_past(on: date, label: str) -> None:
    shown = area_code_text(plan.area_code("565", on), on=on, horizon=plan.horizon)
    assert shown.splitlines()[-1] == f"  {label:<12}  2027-12-06"


def test_time_zones_that_the_sources_disagree_about_are_marked() -> None:
    shown = area_code_text(plan.area_code("906", DAY), on=DAY, horizon=plan.horizon)
    assert "  time zones    America/Detroit, America/Menominee (sources disagree)\n" in shown


def test_data_has_every_field_of_every_area_code() -> None:
    for code in plan.area_codes():
        data = area_code_data(code)
        assert data["npa"] == code.npa
        assert {frozenset(sharing) for sharing in data["overlays"]} == code.overlays
        assert data["in_service"] == (code.in_service and str(code.in_service))
        assert set(data) == {*type(code).__slots__}
        assert data["kind"] == code.kind
        assert (tuple(data["subdivisions"]), tuple(data["timezones"])) == (code.subdivisions, code.timezones)
