"""A numbering plan from its sources: the administrator's report, what is known since, what its letters mean.

*Corrections* are a CSV table, each row dated and sourced. Three things can be corrected::

    date,subject,change,value,source
    2026-09-30,565,in_service,2027-12-06,NPA database of 2026-09-30      the day on which a code opens
    2026-09-30,542,kind,personal,NPA database of 2026-09-30              what a code is for: it is assigned
    2026-01-05,679/734,complexes,,Relief of 734 is suspended             what an overlay complex really is

A complex is replaced by those in ``value`` (separated by ``;``), or dropped. A correction that corrects
nothing, or that is older than the report and speaks about what the report could know, is a fault: the list
stays short and true.

*Time zones* are a CSV table too: what the report's letters mean in a place, or of one area code, which
counts more::

    where,letters,timezones,certain,source
    US-FL,EC,America/Chicago;America/New_York,yes,Counties west of the Apalachicola keep Central time
    930,,America/Chicago;America/New_York,no,Its sister 812 spans two; the report says one

Rows of one overlay complex do not always agree in the report. A complex that is part of a larger one is an
earlier state of it and is dropped; where two complexes are wrongly written as one, a correction says so.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from pstnkit.numbering.area_code import AreaCodeKind, AreaCodeStatus
from pstnkit.numbering.area_code_facts import AreaCodeFacts, day_of
from pstnkit.numbering.damaged import DamagedTable, expect_text
from pstnkit.numbering.nanpa_report import DamagedReport, Report, ReportRow, complex_of, read_report
from pstnkit.numbering.nanpa_terms import facts_of, standing_of
from pstnkit.numbering.plan_text import ALL_AREA_CODES, plan_lines


class DamagedCorrections(DamagedTable):
    """A table of corrections that cannot be read, or a correction that does not fit the report.

    >>> read_corrections("date,subject,change,value,source\\n2026-09-30,565,color,blue,?")
    Traceback (most recent call last):
    pstnkit.numbering.plan_sources.DamagedCorrections: the list of corrections is damaged: line 2: 'color' ...
    """

    noun = "list of corrections"


class DamagedTimezones(DamagedTable):
    """A table of time zones that cannot be read, or that leaves some area code without any."""

    noun = "table of time zones"


class Correction(NamedTuple):
    """One row of the corrections: on ``date``, ``source`` said that a ``subject`` has changed."""

    line: int
    date: date
    subject: str
    """An area code, or an overlay complex as ``679/734``."""
    change: str
    """``in_service``, ``kind`` or ``complexes``."""
    value: str
    source: str


class TimezoneRule(NamedTuple):
    """One row of the time zones."""

    line: int
    timezones: tuple[str, ...]
    certain: bool


Complex = tuple[str, ...]


def plan_from_report(report: str, corrections: str = "", timezones: str = "") -> str:
    """The text of the plan that three texts give together; empty ones correct nothing and know no time zones.

    Raises :class:`~pstnkit.numbering.nanpa_report.DamagedReport`, :class:`DamagedCorrections` or
    :class:`DamagedTimezones`, each with all faults of its text.
    """
    published = read_report(report)
    known_since = read_corrections(corrections)
    rules = read_timezones(timezones)
    draft = _Draft(published)
    draft.correct(known_since)
    if rules:
        draft.place_timezones(published.rows, rules)
    lines = plan_lines(
        report=published.file_date,
        as_of=max([published.file_date, *(correction.date for correction in known_since)]),
        assigned=[draft.assigned[npa].to_line() for npa in sorted(draft.assigned)],
        complexes=["/".join(members) for members in sorted(draft.largest_complexes())],
        unopened=draft.unopened,
    )
    return "".join(f"{line}\n" for line in lines)


class _Draft:
    """A plan in the making: first what the report says, then what is made of it."""

    def __init__(self, report: Report) -> None:
        self.file_date = report.file_date
        self.assigned: dict[str, AreaCodeFacts] = {}
        self.unopened: dict[str, AreaCodeStatus] = {}
        self.complexes: set[Complex] = set()
        faults: list[tuple[int | None, str]] = []
        for row in report.rows:
            try:
                if row.assigned:
                    self.assigned[row.npa] = facts_of(row)
                else:
                    self.unopened[row.npa] = standing_of(row)
            except ValueError as fault:
                faults.append((row.line, str(fault)))
            if row.geographic:
                self.complexes.update(row.complexes)
        if faults:
            raise DamagedReport(faults)

    def correct(self, corrections: Iterable[Correction]) -> None:
        faults: list[tuple[int | None, str]] = []
        for correction in corrections:
            try:
                if correction.change == "complexes":
                    self.correct_complex(correction)
                elif correction.date < self.file_date:
                    raise ValueError(
                        f"older than the report of {self.file_date}: check the report, then drop it"
                    )
                elif correction.change == "kind":
                    self.correct_kind(correction)
                else:
                    self.correct_day(correction)
            except ValueError as fault:
                faults.append((correction.line, f"{correction.subject}: {fault}"))
        if faults:
            raise DamagedCorrections(faults)

    def correct_complex(self, correction: Correction) -> None:
        wrong = complex_of(correction.subject)
        right = {complex_of(text) for text in correction.value.split(";") if text}
        if wrong not in self.complexes:
            raise ValueError("the report names no such complex; drop the correction")
        self.complexes.remove(wrong)
        self.complexes |= right

    def correct_kind(self, correction: Correction) -> None:
        if correction.value not in AreaCodeKind.__members__.values():
            raise ValueError(f"{correction.value!r} is no kind of area code")
        if correction.subject in self.assigned:
            raise ValueError("the report has assigned it; drop the correction")
        del self.unopened[correction.subject]
        self.assigned[correction.subject] = AreaCodeFacts(
            correction.subject, None, AreaCodeKind(correction.value)
        )

    def correct_day(self, correction: Correction) -> None:
        facts = self.assigned.get(correction.subject)
        if facts is None:
            raise ValueError("it is not assigned; say its kind first")
        day = day_of(correction.value)
        if facts.opens == day:
            raise ValueError("the report says so too; drop the correction")
        self.assigned[facts.npa] = facts._replace(opens=day)

    def place_timezones(
        self, rows: Iterable[ReportRow], rules: Mapping[tuple[str, str], TimezoneRule]
    ) -> None:
        """Give the geographic codes their time zones. A row of the table that no code asks for is a fault."""
        faults: list[tuple[int | None, str]] = []
        unused = set(rules)
        for row in rows:
            facts = self.assigned.get(row.npa)
            if facts is None or facts.kind is not AreaCodeKind.GEOGRAPHIC:
                continue
            where = ";".join(facts.subdivisions) or str(facts.country)
            own, of_place = (row.npa, ""), (where, row.time_zone)
            key = own if own in rules else of_place
            rule = rules.get(key)
            if rule is None:
                faults.append((None, f"{row.npa}: nothing says what {row.time_zone!r} means in {where}"))
                continue
            unused.discard(key)
            self.assigned[row.npa] = facts._replace(timezones=rule.timezones, timezones_certain=rule.certain)
        faults += [(rules[key].line, f"nothing asks for {' '.join(key).rstrip()}") for key in sorted(unused)]
        if faults:
            raise DamagedTimezones(faults)

    def largest_complexes(self) -> list[Complex]:
        """The complexes that are no part of a larger one."""
        return [
            members
            for members in self.complexes
            if not any(set(members) < set(other) for other in self.complexes)
        ]


def read_corrections(text: str) -> tuple[Correction, ...]:
    """The corrections that a CSV ``text`` lists. Raises :class:`DamagedCorrections`."""
    faults: list[tuple[int | None, str]] = []
    found = []
    for line, cells in _table(text, Correction._fields[1:], DamagedCorrections):
        day, subject, change, value, source = cells
        try:
            if change not in ("in_service", "kind", "complexes"):
                raise ValueError(f"{change!r} is no change; in_service, kind and complexes are")
            if change != "complexes" and subject not in ALL_AREA_CODES:
                raise ValueError(f"{subject!r} is no area code")
            if not source:
                raise ValueError("no source")
            found.append(Correction(line, day_of(day), subject, change, value, source))
        except ValueError as fault:
            faults.append((line, str(fault)))
    if faults:
        raise DamagedCorrections(faults)
    return tuple(found)


def read_timezones(text: str) -> dict[tuple[str, str], TimezoneRule]:
    """The time zones in a CSV ``text``, by where they are and by the report's letters.

    An area code's own row has no letters. Raises :class:`DamagedTimezones`.
    """
    faults: list[tuple[int | None, str]] = []
    rules: dict[tuple[str, str], TimezoneRule] = {}
    for line, (where, letters, timezones, certain, _) in _table(
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


def _table(
    text: str, columns: tuple[str, ...], damaged: type[DamagedTable]
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The rows of a CSV table with exactly these columns, each with its line. An empty text has none."""
    expect_text(text, damaged.noun)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for cells in reader:
            if reader.line_num == 1:
                if tuple(cells) != columns:
                    raise damaged([(1, f"the columns are not {','.join(columns)}")])
            elif len(cells) != len(columns):
                raise damaged([(reader.line_num, f"{len(cells)} cells instead of {len(columns)}")])
            else:
                yield reader.line_num, tuple(cell.strip() for cell in cells)
    except csv.Error as fault:
        raise damaged([(reader.line_num, f"no CSV ({fault})")]) from None
