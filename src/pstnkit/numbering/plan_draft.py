"""A numbering plan in the making: area codes and overlay complexes that can still be changed, one fact at a time.

It begins as what a report says or as a plan that there is. Each change is checked when it is made and raises
:class:`ValueError` naming what does not fit; whether the whole makes sense is checked at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from pstnkit.numbering.area_code import AreaCodeKind, AreaCodeStatus
from pstnkit.numbering.area_code_facts import AreaCodeFacts, day_of
from pstnkit.numbering.nanpa_report import DamagedReport, Report, complex_of
from pstnkit.numbering.nanpa_terms import COUNTRIES, SUBDIVISIONS, facts_of, standing_of
from pstnkit.numbering.plan_text import TIME_ZONE, UNOPENED, incoherence, plan_lines
from pstnkit.numbering.reasons import quoted

Complex = tuple[str, ...]
State = tuple[AreaCodeFacts | None, AreaCodeStatus | None, frozenset[Complex]]

_UNCERTAIN = "~"


class Draft:
    """All 800 area codes and what is to be said of them."""

    def __init__(self, report: date, as_of: date) -> None:
        self.report = report
        self.as_of = as_of
        self.comments: list[str] = []
        self.assigned: dict[str, AreaCodeFacts] = {}
        self.unopened: dict[str, AreaCodeStatus] = {}
        self.complexes: set[Complex] = set()

    @classmethod
    def of_report(cls, report: Report) -> Draft:
        """What the administrator's report says. Raises :class:`DamagedReport` for words that are unknown."""
        draft = cls(report.file_date, report.file_date)
        faults: list[tuple[int | None, str]] = []
        for row in report.rows:
            try:
                if row.assigned:
                    draft.assigned[row.npa] = facts_of(row)
                else:
                    draft.unopened[row.npa] = standing_of(row)
            except ValueError as fault:
                faults.append((row.line, str(fault)))
            if row.geographic:
                draft.complexes.update(row.complexes)
        if faults:
            raise DamagedReport(faults)
        return draft

    @classmethod
    def of_plan(cls, text: str) -> Draft:
        """What a sound plan says; the comments on top of it are kept."""
        draft = cls(date.min, date.min)
        section = ""
        for line in text.splitlines():
            if line.startswith("#"):
                draft.comments += [] if section else [line]
            elif line.startswith("["):
                section = line[1:-1]
            elif section == "assigned" and line:
                draft.assigned[line[:3]] = AreaCodeFacts.from_line(line)
            elif section == "overlays" and line:
                draft.complexes.add(complex_of(line))
            elif section and line:
                draft.unopened |= dict.fromkeys(line.split(), AreaCodeStatus(section))
            elif line.startswith("report "):
                draft.report = day_of(line[7:])
            elif line:
                draft.as_of = day_of(line[6:])
        return draft

    def to_text(self) -> str:
        """The plan's text."""
        lines = plan_lines(
            report=self.report,
            as_of=self.as_of,
            assigned=[self.assigned[npa].to_line() for npa in sorted(self.assigned)],
            complexes=["/".join(members) for members in sorted(self.largest_complexes())],
            unopened=self.unopened,
        )
        return "".join(f"{line}\n" for line in (*self.comments, *lines))

    def largest_complexes(self) -> frozenset[Complex]:
        """The complexes that are no part of a larger one."""
        return frozenset(
            members
            for members in self.complexes
            if not any(set(members) < set(other) for other in self.complexes)
        )

    def state(self, subject: str) -> State:
        """All that is said of an area code, or of those of a complex: two that are equal say the same."""
        npas = frozenset(subject.split("/"))
        around = frozenset(members for members in self.complexes if npas.intersection(members))
        return self.assigned.get(subject), self.unopened.get(subject), around

    def change(self, subject: str, change: str, value: str) -> None:
        """Make one change; see :mod:`pstnkit.numbering.plan_corrections` for what can be changed, and to what."""
        _CHANGES[change](self, subject, value)

    def facts(self, npa: str) -> AreaCodeFacts:
        """Of an assigned code."""
        if npa not in self.assigned:
            raise ValueError("it is not assigned; say its kind first")
        return self.assigned[npa]

    def set_kind(self, npa: str, value: str) -> None:
        if value not in AreaCodeKind.__members__.values():
            raise ValueError(f"{quoted(value)} is no kind of area code; {_listed(AreaCodeKind)} are")
        if self.unopened.get(npa) is AreaCodeStatus.NOT_ASSIGNABLE:
            raise ValueError("it can never be assigned")
        self.unopened.pop(npa, None)
        facts = self.assigned.get(npa) or AreaCodeFacts(npa, None, AreaCodeKind(value))
        self.assigned[npa] = facts._replace(kind=AreaCodeKind(value))

    def set_day(self, npa: str, value: str) -> None:
        self.assigned[npa] = self.facts(npa)._replace(opens=day_of(value) if value != "-" else None)

    def set_country(self, npa: str, value: str) -> None:
        if value != "-" and value not in COUNTRIES:
            raise ValueError(f"{quoted(value)} is no country of the plan; {_listed(COUNTRIES)} are")
        self.assigned[npa] = self.facts(npa)._replace(country=value if value != "-" else None)

    def set_subdivisions(self, npa: str, value: str) -> None:
        """Sets the country as well: that of the subdivisions."""
        places = _items(value)
        for place in places:
            if place not in SUBDIVISIONS:
                raise ValueError(
                    f"{quoted(place)} is no subdivision of the plan; {_listed(SUBDIVISIONS)} are"
                )
        countries = {SUBDIVISIONS[place] for place in places}
        if len(countries) > 1:
            raise ValueError(f"{value} are in several countries")
        facts = self.facts(npa)._replace(subdivisions=places)
        self.assigned[npa] = facts._replace(country=countries.pop()) if countries else facts

    def set_timezones(self, npa: str, value: str) -> None:
        zones = _items(value.removeprefix(_UNCERTAIN))
        for zone in zones:
            if not TIME_ZONE.fullmatch(zone):
                raise ValueError(f"{quoted(zone)} is no time zone, such as America/New_York")
        self.assigned[npa] = self.facts(npa)._replace(
            timezones=zones, timezones_certain=not value.startswith(_UNCERTAIN)
        )

    def set_status(self, npa: str, value: str) -> None:
        """Take an assignment back."""
        if value not in UNOPENED:
            raise ValueError(f"{quoted(value)} is no status without assignment; {_listed(UNOPENED)} are")
        self.assigned.pop(npa, None)
        self.unopened[npa] = AreaCodeStatus(value)
        self.complexes = self._without(npa)

    def set_complexes(self, subject: str, value: str) -> None:
        """Of an area code: those that it belongs to. Of a complex: what it really is, or nothing."""
        right = {complex_of(text) for text in _items(value)}
        sharing = sorted({npa for members in right for npa in members})
        strangers = [npa for npa in sharing if npa not in self.assigned]
        if strangers:
            raise ValueError(f"{', '.join(strangers)} in an overlay, but not assigned")
        placeless = [npa for npa in sharing if self.assigned[npa].kind is not AreaCodeKind.GEOGRAPHIC]
        if placeless:
            raise ValueError(f"{', '.join(placeless)} in an overlay, but no place")
        if "/" in subject:
            wrong = complex_of(subject)
            if wrong not in self.complexes and not right <= self.complexes:
                raise ValueError("no such complex is known")
            self.complexes = self.complexes - {wrong} | right
        else:
            self.facts(subject)
            if any(subject not in members for members in right):
                raise ValueError(f"it is not in each of {value}")
            self.complexes = self._without(subject, right) | right

    def _without(self, npa: str, beside: Iterable[Complex] = ()) -> set[Complex]:
        """The complexes, ``npa`` taken out of them; what is then left of one counts, unless it is part of one in
        ``beside``."""
        left = {members for members in self.complexes if npa not in members}
        for members in self.complexes - left:
            others = tuple(other for other in members if other != npa)
            if len(others) > 1 and not any(set(others) <= set(other) for other in beside):
                left.add(others)
        return left

    def incoherences(self, npas: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Area codes among ``npas`` whose facts do not go together, and why."""
        for npa in npas:
            facts = self.assigned.get(npa)
            if facts is None:
                continue
            if fault := incoherence(facts):
                yield npa, fault
            elif any(SUBDIVISIONS[place] != facts.country for place in facts.subdivisions):
                yield npa, f"{facts.country} does not go with {','.join(facts.subdivisions)}"
            elif facts.kind is not AreaCodeKind.GEOGRAPHIC and any(npa in each for each in self.complexes):
                yield npa, f"it is {facts.kind}, and in an overlay complex"


_CHANGES = {
    "kind": Draft.set_kind,
    "in_service": Draft.set_day,
    "country": Draft.set_country,
    "subdivisions": Draft.set_subdivisions,
    "timezones": Draft.set_timezones,
    "complexes": Draft.set_complexes,
    "status": Draft.set_status,
}
CHANGES = tuple(_CHANGES)
"""What can be changed of an area code; of an overlay complex only ``complexes``."""


def _items(value: str) -> tuple[str, ...]:
    items = tuple(item for item in map(str.strip, value.split(";")) if item not in ("", "-"))
    for item in items:
        if items.count(item) > 1:
            raise ValueError(f"{quoted(item)} stands twice")
    return items


def _listed(values: Iterable[str]) -> str:
    return ", ".join(sorted(str(value) for value in values))
