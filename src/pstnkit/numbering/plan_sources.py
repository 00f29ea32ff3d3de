"""A numbering plan from its sources: the administrator's report, what is known since, what its letters mean.

*Corrections* are a CSV table, which :mod:`pstnkit.numbering.plan_corrections` describes. Those of a report are kept
short and true: one that corrects nothing, or that is older than the report and speaks about what the report could
know, is a fault.

*Time zones* are a CSV table too: what the report's letters mean in a place, or of one area code, which
counts more::

    where,letters,timezones,certain,source
    US-FL,EC,America/Chicago;America/New_York,yes,Counties west of the Apalachicola keep Central time
    930,,America/Chicago;America/New_York,no,Its sister 812 spans two; the report says one

Rows of one overlay complex do not always agree in the report. A complex that is part of a larger one is an
earlier state of it and is dropped; where two complexes are wrongly written as one, a correction says so.

A plan that there is can be brought up to a newer report: what the report does not say, it then has from the plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pstnkit.numbering.area_code import AreaCodeKind
from pstnkit.numbering.damaged import DamagedTable
from pstnkit.numbering.nanpa_report import DamagedReport, ReportRow, read_report
from pstnkit.numbering.plan_corrections import (
    Correction,
    DamagedCorrections,
    incoherent,
    read_corrections,
    rows_of_table,
)
from pstnkit.numbering.plan_draft import Draft
from pstnkit.numbering.reasons import quoted


class DamagedTimezones(DamagedTable):
    """A table of time zones that cannot be read, or that leaves some area code without any."""

    noun = "table of time zones"


class TimezoneRule(NamedTuple):
    """One row of the time zones."""

    line: int
    timezones: tuple[str, ...]
    certain: bool


def plan_from_report(report: str | bytes, corrections: str = "", timezones: str = "") -> str:
    """The text of the plan that three texts give together; empty ones correct nothing and know no time zones.

    Raises :class:`~pstnkit.numbering.nanpa_report.DamagedReport`,
    :class:`~pstnkit.numbering.plan_corrections.DamagedCorrections` or :class:`DamagedTimezones`, each with all
    faults of its text.
    """
    published = read_report(report)
    known_since = read_corrections(corrections)
    rules = read_timezones(timezones)
    draft = Draft.of_report(published)
    _correct(draft, known_since)
    if rules:
        _place_timezones(draft, published.rows, rules)
    draft.as_of = max([published.file_date, *(correction.date for correction in known_since)])
    return draft.to_text()


def updated_plan(text: str, report: str | bytes) -> str:
    """The text of the plan that ``text``, a sound plan, becomes by a newer report.

    What the report does not say is carried over: the time zones of codes that serve the place that they did,
    and the complexes of which its own rows tell different things. A code that is new has the time zones of the
    codes that it overlays, or of those with the same letters in its place, as far as these agree. Raises
    :class:`~pstnkit.numbering.nanpa_report.DamagedReport`, also for a report that is older than the plan.
    """
    known = Draft.of_plan(text)
    published = read_report(report)
    if published.file_date < known.as_of:
        what = f"it is of {published.file_date}, and the plan, last corrected on {known.as_of}, knows more"
        raise DamagedReport([(1, what)])
    draft = Draft.of_report(published)
    _carry_complexes(draft, known, published.rows)
    _carry_timezones(draft, known, published.rows)
    return draft.to_text()


def _correct(draft: Draft, corrections: tuple[Correction, ...]) -> None:
    """Correct a report: each correction is newer than it, and says what it does not."""
    published = draft.report
    faults: list[tuple[int | None, str]] = []
    for line, day, subject, change, value, _ in corrections:
        before = draft.state(subject)
        try:
            if change == "complexes" and "/" in subject:
                if tuple(sorted(subject.split("/"))) not in draft.complexes:
                    raise ValueError("the report names no such complex; drop the correction")
            elif day < published:
                raise ValueError(f"older than the report of {published}: check the report, then drop it")
            draft.change(subject, change, value)
            if draft.state(subject) == before:
                raise ValueError("the report says so too; drop the correction")
        except ValueError as fault:
            faults.append((line, f"{subject}: {fault}"))
    faults = faults or incoherent(draft, corrections)
    if faults:
        raise DamagedCorrections(faults)


def _place_timezones(
    draft: Draft, rows: Iterable[ReportRow], rules: Mapping[tuple[str, str], TimezoneRule]
) -> None:
    """Give the geographic codes their time zones. A row of the table that no code asks for is a fault."""
    faults: list[tuple[int | None, str]] = []
    unused = set(rules)
    for row in _geographic(draft, rows):
        where = _place(draft, row.npa)
        own, of_place = (row.npa, ""), (where, row.time_zone)
        key = own if own in rules else of_place
        rule = rules.get(key)
        if rule is None:
            faults.append((None, f"{row.npa}: nothing says what {quoted(row.time_zone)} means in {where}"))
            continue
        unused.discard(key)
        draft.assigned[row.npa] = draft.assigned[row.npa]._replace(
            timezones=rule.timezones, timezones_certain=rule.certain
        )
    faults += [(rules[key].line, f"nothing asks for {' '.join(key).rstrip()}") for key in sorted(unused)]
    if faults:
        raise DamagedTimezones(faults)


def _carry_complexes(draft: Draft, known: Draft, rows: Iterable[ReportRow]) -> None:
    """Where a code's own row names neither a complex that others say it is in nor a larger one, what another plan
    knows of these codes counts, if it knows them all."""
    named = {row.npa: [set(members) for members in row.complexes] for row in rows}
    for written in draft.largest_complexes():
        members = set(written)
        agreed = all(any(members <= other for other in named[npa]) for npa in written)
        if not agreed and members <= known.assigned.keys():
            parts = {other for other in known.complexes if members >= set(other)}
            draft.complexes = draft.complexes - {written} | parts


def _carry_timezones(draft: Draft, known: Draft, rows: tuple[ReportRow, ...]) -> None:
    """Give the geographic codes the time zones that another plan knows, and codes that it does not know those of
    their sisters."""
    geographic = list(_geographic(draft, rows))
    zones = {
        row.npa: (known.assigned[row.npa].timezones, known.assigned[row.npa].timezones_certain)
        for row in geographic
        if row.npa in known.assigned and _place(known, row.npa) == _place(draft, row.npa)
    }
    places = {row.npa: _place(draft, row.npa) for row in geographic}
    sisters: dict[str, set[str]] = {}
    for members in draft.largest_complexes():
        for npa in members:
            sisters.setdefault(npa, set()).update(m for m in members if places[m] == places[npa])
    alike: dict[tuple[str, str], set[str]] = {}
    for row in geographic:
        alike.setdefault((places[row.npa], row.time_zone), set()).add(row.npa)
    for row in geographic:
        found = zones.get(row.npa)
        for others in (sisters.get(row.npa, set()), alike[places[row.npa], row.time_zone]):
            theirs = {zones[npa] for npa in others if npa in zones}
            if found is None and len(theirs) == 1:
                found = theirs.pop()
        timezones, certain = found or ((), False)
        draft.assigned[row.npa] = draft.assigned[row.npa]._replace(
            timezones=timezones, timezones_certain=certain
        )


def _geographic(draft: Draft, rows: Iterable[ReportRow]) -> Iterable[ReportRow]:
    return (
        row
        for row in rows
        if row.npa in draft.assigned and draft.assigned[row.npa].kind is AreaCodeKind.GEOGRAPHIC
    )


def _place(draft: Draft, npa: str) -> str:
    facts = draft.assigned[npa]
    return ";".join(facts.subdivisions) or str(facts.country)


def read_timezones(text: str) -> dict[tuple[str, str], TimezoneRule]:
    """The time zones in a CSV ``text``, by where they are and by the report's letters.

    An area code's own row has no letters. Raises :class:`DamagedTimezones`.
    """
    faults: list[tuple[int | None, str]] = []
    rules: dict[tuple[str, str], TimezoneRule] = {}
    for line, (where, letters, timezones, certain, _) in rows_of_table(
        text, ("where", "letters", "timezones", "certain", "source"), DamagedTimezones
    ):
        if (where, letters) in rules:
            faults.append((line, f"{where} {letters} stands twice"))
        if not timezones or certain not in ("yes", "no"):
            faults.append((line, "time zones and then 'yes' or 'no' are expected"))
        rules[where, letters] = TimezoneRule(line, tuple(timezones.split(";")), certain == "yes")
    if faults:
        raise DamagedTimezones(faults)
    return rules
