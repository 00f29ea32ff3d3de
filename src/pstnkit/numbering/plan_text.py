"""The text that a numbering plan is kept in: how it is written, and whether one is sound.

The text is made to be read and compared line by line. Blank lines and lines that begin with ``#`` say
nothing; two lines give the dates of the source; sections follow, in any order::

    report 2026-01-05               day of the administrator's report
    as-of 2026-09-30                day of the last correction of it

    [assigned]                      code, day it opens, kind, country, subdivisions, time zones; - where none
    201 1947-01-01 geographic US US-NJ America/New_York
    867 1997-10-21 geographic CA CA-YT,CA-NT,CA-NU ~America/Whitehorse,America/Edmonton

    [overlays]                      one complex to a line, its members in order, those to come included
    201/551

    [unassigned]                    any number of area codes to a line; so too [reserved] and [not_assignable]
    200 221 222

A tilde before the time zones says that the sources disagree about them. Each of the 800 codes from 200 to 999
stands in exactly one section beside ``[overlays]``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from pstnkit.numbering.area_code import AreaCodeKind, AreaCodeStatus
from pstnkit.numbering.area_code_facts import AreaCodeFacts, day_of
from pstnkit.numbering.damaged import DamagedTable, expect_text
from pstnkit.numbering.reasons import quoted

ALL_AREA_CODES = tuple(str(npa) for npa in range(200, 1000))
"""Every text that has the shape ``[2-9]XX``, in order."""

UNOPENED = (AreaCodeStatus.UNASSIGNED, AreaCodeStatus.RESERVED, AreaCodeStatus.NOT_ASSIGNABLE)
"""What a code can be that is not assigned: each has a section."""

TIME_ZONE = re.compile(r"[A-Z][A-Za-z_]+(/[A-Z][A-Za-z_+-]+){1,2}", re.ASCII)
"""The form of an IANA name, as far as the plan's places need one."""

_COUNTRY = re.compile(r"[A-Z]{2}", re.ASCII)
_SUBDIVISION = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}", re.ASCII)
_SHAPES = frozenset(ALL_AREA_CODES)
_SECTIONS = frozenset({"[assigned]", "[overlays]", *(f"[{standing}]" for standing in UNOPENED)})
_DATES = ("report", "as-of")


class DamagedPlan(DamagedTable):
    """A text that is no numbering plan in the form of :mod:`pstnkit.numbering.plan_text`.

    >>> check_plan("as-of someday")
    Traceback (most recent call last):
    pstnkit.numbering.plan_text.DamagedPlan: the plan is damaged: line 1: 'someday' is no day ...
    """

    noun = "plan"


def sound_text(text: str) -> str:
    """A sound ``text`` as it is kept: without a byte order mark, its lines ended by newlines. Raises like
    :func:`check_plan`."""
    expect_text(text, DamagedPlan.noun)
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n")
    check_plan(plain)
    return plain


def check_plan(text: str) -> None:
    """Raise :class:`DamagedPlan`, with every fault and its line, unless ``text`` is a sound plan;
    :class:`TypeError` for what is no text."""
    expect_text(text, DamagedPlan.noun)
    _Check().run(text)


class _Check:
    """One reading of one text: remembers what it has met and every fault on the way."""

    def __init__(self) -> None:
        self.faults: list[tuple[int | None, str]] = []
        self.dates: dict[str, date] = {}
        self.assigned: dict[str, AreaCodeFacts] = {}
        self.met: set[str] = set()
        self.complexes: list[tuple[int, str]] = []

    def run(self, text: str) -> None:
        section = ""
        for number, line in enumerate(text.splitlines(), 1):
            if not line or line.startswith("#"):
                continue
            try:
                if line.startswith("["):
                    section = line
                    if section not in _SECTIONS:
                        raise ValueError(f"no section {quoted(section)}")
                elif section == "":
                    self.dated(line)
                elif section == "[assigned]":
                    facts = AreaCodeFacts.from_line(line)
                    self.meet(facts.npa)
                    self.assigned[facts.npa] = facts
                    _check_forms(facts)
                    if fault := incoherence(facts):
                        raise ValueError(f"{facts.npa}: {fault}")
                elif section == "[overlays]":
                    self.complexes.append((number, line))
                elif section in _SECTIONS:
                    for npa in line.split():
                        self.meet(npa)
            except ValueError as fault:
                self.faults.append((number, str(fault)))
        self.finish()

    def dated(self, line: str) -> None:
        name, _, day = line.partition(" ")
        if name not in _DATES:
            raise ValueError(f"{quoted(line)} is neither 'report DAY' nor 'as-of DAY' nor a section")
        if name in self.dates:
            raise ValueError(f"'{name} DAY' stands twice")
        self.dates[name] = date.min  # it has been met, whatever is wrong with its day
        self.dates[name] = day_of(day)
        if self.dates[name].year == date.max.year:
            raise ValueError(f"{quoted(day)} leaves no room for a horizon")

    def meet(self, npa: str) -> None:
        if npa not in _SHAPES:
            raise ValueError(f"{quoted(npa)} is no area code")
        if npa in self.met:
            raise ValueError(f"{npa} stands twice")
        self.met.add(npa)

    def finish(self) -> None:
        """What only shows in the whole text."""
        self.faults += [(None, f"no line '{name} DAY'") for name in _DATES if name not in self.dates]
        if self.dates.keys() == {*_DATES} and self.dates["as-of"] < self.dates["report"]:
            self.faults.append((None, "its last correction is older than the report"))
        for number, line in self.complexes:
            members = line.split("/")
            if len(members) < 2 or members != sorted(set(members)):
                self.faults.append((number, f"{quoted(line)} is no complex: two or more area codes in order"))
            strangers = [npa for npa in members if npa not in self.assigned]
            if strangers:
                self.faults.append((number, f"{', '.join(strangers)} in an overlay, but not assigned"))
            placeless = [npa for npa in members if npa in self.assigned and not _is_place(self.assigned[npa])]
            if placeless:
                self.faults.append((number, f"{', '.join(placeless)} in an overlay, but no place"))
        missing = [npa for npa in ALL_AREA_CODES if npa not in self.met]
        if missing:
            self.faults.append((None, f"{len(missing)} area codes are missing, the first is {missing[0]}"))
        if self.faults:
            raise DamagedPlan(self.faults)


def _check_forms(facts: AreaCodeFacts) -> None:
    """Raise :class:`ValueError` for a country, a subdivision or a time zone that can be none, or stands twice."""
    for noun, form, texts in (
        ("country", _COUNTRY, () if facts.country is None else (facts.country,)),
        ("subdivision", _SUBDIVISION, facts.subdivisions),
        ("time zone", TIME_ZONE, facts.timezones),
    ):
        for text in texts:
            if not form.fullmatch(text):
                raise ValueError(f"{quoted(text)} is no {noun}")
            if texts.count(text) > 1:
                raise ValueError(f"{text} stands twice")


def _is_place(facts: AreaCodeFacts) -> bool:
    return facts.kind is AreaCodeKind.GEOGRAPHIC


def incoherence(facts: AreaCodeFacts) -> str | None:
    """What does not go together of an area code's facts, or None."""
    if not _is_place(facts):
        placed = facts.subdivisions or facts.timezones
        return f"it is {facts.kind}, and has a place" if placed else None
    if facts.country is None:
        return "it is geographic, but where? Say its subdivisions or its country"
    if facts.country in ("US", "CA") and not facts.subdivisions:
        return f"{facts.country} does not go with no subdivision"
    return None


def plan_lines(
    report: date,
    as_of: date,
    assigned: Iterable[str],
    complexes: Iterable[str],
    unopened: dict[str, AreaCodeStatus],
) -> Iterator[str]:
    """The lines of a plan: two days, assigned codes and complexes as lines, the standing of the others."""
    yield f"report {report}"
    yield f"as-of {as_of}"
    yield from ("", "[assigned]", *assigned)
    yield from ("", "[overlays]", *complexes)
    for standing in UNOPENED:
        yield from ("", f"[{standing}]")
        # A line for each hundred, so that a change shows as one short line.
        for hundred in "23456789":
            npas = [npa for npa, its in unopened.items() if its is standing and npa[0] == hundred]
            if npas:
                yield " ".join(npas)
