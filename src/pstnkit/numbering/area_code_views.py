"""How an area code is shown: as lines of text, and as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pstnkit.catalog import sentence

if TYPE_CHECKING:
    from datetime import date

    from pstnkit.numbering.area_code import AreaCode


def area_code_text(code: AreaCode, *, on: date, horizon: date) -> str:
    """What an area code is on the day ``on``, by a plan that vouches up to ``horizon``.

    >>> from datetime import date
    >>> from pstnkit.numbering.plan import plan
    >>> day = date(2026, 11, 20)
    >>> print(area_code_text(plan.area_code("628", day), on=day, horizon=plan.horizon))
    On 2026-11-20, area code 628 is in service; it serves a place.
      country       US
      subdivisions  US-CA
      time zones    America/Los_Angeles
      overlays      415/628
      opened        2015-03-21
    """
    said = sentence(code.status, horizon=horizon)
    if code.kind is not None:
        said = f"{said}; it {sentence(code.kind)}"
    zones = ", ".join(code.timezones)
    facts = {
        "country": code.country,
        "subdivisions": ", ".join(code.subdivisions),
        "time zones": zones if code.timezones_certain else f"{zones} (sources disagree)",
        "overlays": ", ".join("/".join(sharing) for sharing in _sorted_overlays(code)),
        "opens" if code.in_service is not None and code.in_service > on else "opened": code.in_service,
    }
    lines = [f"On {on}, area code {code.npa} {said}."]
    lines += (f"  {name:<12}  {fact}" for name, fact in facts.items() if fact)
    return "\n".join(lines)


def area_code_data(code: AreaCode) -> dict[str, Any]:
    """The fields of an area code as plain data: sets as sorted lists, the day as YYYY-MM-DD.

    >>> from pstnkit.numbering.plan import plan
    >>> data = area_code_data(plan.area_code("628"))
    >>> data["status"], data["overlays"], data["in_service"]
    ('in_service', [['415', '628']], '2015-03-21')
    """
    return {
        "npa": code.npa,
        "kind": None if code.kind is None else code.kind.value,
        "country": code.country,
        "subdivisions": list(code.subdivisions),
        "timezones": list(code.timezones),
        "timezones_certain": code.timezones_certain,
        "overlays": _sorted_overlays(code),
        "status": code.status.value,
        "in_service": None if code.in_service is None else code.in_service.isoformat(),
    }


def _sorted_overlays(code: AreaCode) -> list[list[str]]:
    return sorted(sorted(sharing) for sharing in code.overlays)
