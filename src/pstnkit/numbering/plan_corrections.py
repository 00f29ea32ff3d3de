"""What is known better than a plan, or since: facts about area codes, each dated and with its source.

Corrections are a CSV table of single changes::

    date,subject,change,value,source
    2027-01-15,222,kind,geographic,Planning Letter 700              what a code is for: it is assigned
    2027-01-15,222,subdivisions,US-TX,Planning Letter 700           where it is; its country follows
    2027-01-15,222,timezones,America/Chicago,Planning Letter 700    ~ in front where sources disagree
    2027-01-15,222,complexes,222/432,Planning Letter 700            the overlay complexes that it is in
    2027-01-15,222,in_service,2027-09-01,Planning Letter 700        the day on which it opens
    2027-02-01,761,in_service,-,Planning Letter 702                 no day is known any more
    2026-01-05,679/734,complexes,,Relief of 734 is suspended        what a complex really is, or none
    2027-02-01,822,status,reserved,Notice of 2027-02-01             an assignment is taken back

``country`` can be said of places that have no subdivisions. Several values are separated by ``;``. The same facts as
values are an :class:`AreaCodeCorrection`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from attrs import field, frozen

from pstnkit.numbering.area_code import AreaCodeKind, AreaCodeStatus
from pstnkit.numbering.area_code_facts import day_of
from pstnkit.numbering.damaged import DamagedTable, expect_text
from pstnkit.numbering.nanpa_report import complex_of
from pstnkit.numbering.plan_draft import CHANGES, Draft
from pstnkit.numbering.plan_text import ALL_AREA_CODES
from pstnkit.numbering.reasons import quoted

COLUMNS = ("date", "subject", "change", "value", "source")


class DamagedCorrections(DamagedTable):
    """Corrections that cannot be read, or that do not fit the plan.

    Of corrections given as values, what the message calls a line is the place in the list.

    >>> read_corrections("date,subject,change,value,source\\n2026-09-30,565,color,blue,?")
    Traceback (most recent call last):
    pstnkit.numbering.plan_corrections.DamagedCorrections: the list of corrections is damaged: line 2: 'color' ...
    """

    noun = "list of corrections"


class Correction(NamedTuple):
    """One change: on ``date``, ``source`` said so of a ``subject``."""

    line: int | None
    date: date
    subject: str
    """An area code, or an overlay complex as ``679/734``."""
    change: str
    value: str
    source: str


def _several(values: Iterable[str] | None) -> tuple[str, ...] | None:
    if isinstance(values, str):
        raise TypeError(f"several values are a list or a tuple, not a str ({quoted(values)})")
    return None if values is None else tuple(values)


def _complexes(values: Iterable[Iterable[str]] | None) -> frozenset[frozenset[str]] | None:
    if isinstance(values, str):
        raise TypeError(f"overlays are sets of area codes, not a str ({quoted(values)})")
    return None if values is None else frozenset(frozenset(_several(members) or ()) for members in values)


@frozen(kw_only=True)
class AreaCodeCorrection:
    """What is known of one area code, since a day and from a source. What is None stays as it is.

    :ivar npa: the area code.
    :ivar dated: the day on which the source said so.
    :ivar source: who said it; not empty.
    :ivar kind: what the code is for. Saying it of a code without assignment assigns it.
    :ivar subdivisions: ISO 3166-2 codes of what it serves; the country follows from them.
    :ivar country: ISO 3166-1 code, for a place without subdivisions.
    :ivar timezones: IANA names.
    :ivar timezones_certain: False where sources disagree about the time zones.
    :ivar overlays: all overlay complexes that it belongs to, itself included in each.
    :ivar in_service: the day on which it opened or is announced to open.
    :ivar postponed: no such day is known any more.
    :ivar status: ``unassigned``, ``reserved`` or ``not_assignable``: an assignment is taken back.

    Raises :class:`DamagedCorrections` for one that corrects nothing, contradicts itself, has no source or is about
    no area code.

    >>> from datetime import date
    >>> from pstnkit import plan
    >>> newer = plan.corrected(
    ...     AreaCodeCorrection(
    ...         npa="761", dated=date(2026, 11, 20), source="Planning Letter 701", in_service=date(2027, 8, 1)
    ...     )
    ... )
    >>> newer.area_code("761", date(2027, 8, 1)).status, newer.as_of
    (<AreaCodeStatus.IN_SERVICE: 'in_service'>, datetime.date(2026, 11, 20))
    """

    npa: str
    dated: date
    source: str
    kind: AreaCodeKind | str | None = None
    subdivisions: tuple[str, ...] | None = field(default=None, converter=_several)
    country: str | None = None
    timezones: tuple[str, ...] | None = field(default=None, converter=_several)
    timezones_certain: bool = True
    overlays: frozenset[frozenset[str]] | None = field(default=None, converter=_complexes)
    in_service: date | None = None
    postponed: bool = False
    status: AreaCodeStatus | str | None = None

    def __attrs_post_init__(self) -> None:
        for name in ("npa", "source", "kind", "country", "status"):
            text = getattr(self, name)
            if not isinstance(text, str) and (text is not None or name in ("npa", "source")):
                raise TypeError(f"{name} is a str, not {type(text).__name__}")
        for name, day in (("dated", self.dated), ("in_service", self.in_service or date.min)):
            if isinstance(day, datetime) or not isinstance(day, date):
                raise TypeError(f"{name} is a date, not {type(day).__name__}")
        changes = {correction.change for correction in self.changes(None)}
        fault = None
        if not changes:
            fault = "nothing is corrected"
        elif self.postponed and self.in_service is not None:
            fault = "it is postponed, and has a day"
        elif "status" in changes and len(changes) > 1:
            fault = "an assignment that is taken back has no other facts"
        if fault:
            raise DamagedCorrections([(None, f"{self.npa}: {fault}")])

    def changes(self, place: int | None) -> tuple[Correction, ...]:
        """The single changes that it comes to, ``place`` being its own in a list."""
        certain = "" if self.timezones_certain else "~"
        values = {
            "kind": self.kind,
            "country": self.country,
            "subdivisions": _joined(self.subdivisions),
            "timezones": None if self.timezones is None else f"{certain}{_joined(self.timezones)}",
            "complexes": _joined(
                None if self.overlays is None else sorted(map(_complex_text, self.overlays))
            ),
            "in_service": "-" if self.postponed else self.in_service,
            "status": self.status,
        }
        rows = (
            (place, (str(self.dated), self.npa, change, str(value), self.source.strip()))
            for change, value in values.items()
            if value is not None
        )
        return _checked(rows)


def _joined(values: Iterable[str] | None) -> str | None:
    return None if values is None else ";".join(values) or "-"


def _complex_text(members: Iterable[str]) -> str:
    return "/".join(sorted(members))


def read_corrections(text: str) -> tuple[Correction, ...]:
    """The corrections that a CSV ``text`` lists. Raises :class:`DamagedCorrections`."""
    return _checked(rows_of_table(text, COLUMNS, DamagedCorrections))


def corrections_of(given: Iterable[str | AreaCodeCorrection]) -> tuple[Correction, ...]:
    """The corrections in CSV tables and in values. Raises :class:`DamagedCorrections`, and :class:`TypeError` for
    anything else."""
    found: list[Correction] = []
    for place, each in enumerate(given, 1):
        if isinstance(each, AreaCodeCorrection):
            found += each.changes(place)
        elif isinstance(each, str):
            found += read_corrections(each)
        else:
            raise TypeError(f"a correction is CSV text or an AreaCodeCorrection, not {type(each).__name__}")
    return tuple(found)


def _checked(rows: Iterable[tuple[int | None, Sequence[str]]]) -> tuple[Correction, ...]:
    faults: list[tuple[int | None, str]] = []
    found = []
    for line, (day, subject, change, value, source) in rows:
        try:
            if change not in CHANGES:
                raise ValueError(f"{quoted(change)} is no change; {', '.join(CHANGES)} are")
            if subject not in ALL_AREA_CODES:
                if change != "complexes":
                    raise ValueError(f"{quoted(subject)} is no area code")
                complex_of(subject)
            if not source:
                raise ValueError("no source")
            since = day_of(day)
            if since.year == date.max.year:
                raise ValueError(f"{quoted(day)} leaves no room for a horizon")
            found.append(Correction(line, since, subject, change, value, source))
        except ValueError as fault:
            faults.append((line, str(fault)))
    if faults:
        raise DamagedCorrections(faults)
    return tuple(found)


def corrected_plan(text: str, given: Iterable[str | AreaCodeCorrection]) -> str:
    """The text of the plan that ``text``, a sound plan, becomes by corrections; its day moves with them.

    What the plan says already changes nothing, and of several corrections of one thing the latest counts. One that is
    older than the plan and says otherwise is a fault. Raises :class:`DamagedCorrections` with every fault.
    """
    draft = Draft.of_plan(text)
    as_of = draft.as_of
    latest = {
        (correction.subject, correction.change): correction
        for correction in sorted(corrections_of(given), key=lambda correction: correction.date)
    }
    corrections = sorted(latest.values(), key=lambda correction: correction.date)
    begun = {correction.subject: draft.state(correction.subject) for correction in corrections}
    older: list[Correction] = []
    faults: list[tuple[int | None, str]] = []
    for correction in corrections:
        line, day, subject, change, value, source = correction
        before = draft.state(subject)
        try:
            draft.change(subject, change, value)
        except ValueError as fault:
            faults.append((line, f"{subject}: {fault}"))
            continue
        changed = draft.state(subject) != before
        if changed and day < as_of:
            older.append(correction)
        comment = f"# corrected {day}: {subject} {change} {value or '-'} ({_one_line(source)})"
        if (changed or day > as_of) and comment not in draft.comments:
            draft.comments.append(comment)
    # What an older correction changes and a later one takes back again leaves the plan as it was.
    faults += [
        (line, f"{subject}: of {day}, and the plan of {as_of} says otherwise")
        for line, day, subject, _, _, _ in older
        if draft.state(subject) != begun[subject]
    ]
    faults = faults or incoherent(draft, corrections)
    if faults:
        raise DamagedCorrections(sorted(faults, key=lambda fault: fault[0] or 0))
    draft.as_of = max([as_of, *(correction.date for correction in corrections)])
    return draft.to_text()


def incoherent(draft: Draft, corrections: Iterable[Correction]) -> list[tuple[int | None, str]]:
    """What does not go together of the area codes that were corrected, at the line of each's last correction."""
    last = {correction.subject: correction.line for correction in corrections}
    return [(last[npa], f"{npa}: {fault}") for npa, fault in draft.incoherences(last)]


def _one_line(text: str) -> str:
    return " ".join(text.split())


def rows_of_table(
    text: str, columns: tuple[str, ...], damaged: type[DamagedTable]
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The rows of a CSV table with exactly these columns, each with its line. An empty text has none.

    Raises ``damaged`` with the rows that have too few or too many cells.
    """
    expect_text(text, damaged.noun)
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    faults: list[tuple[int | None, str]] = []
    rows: list[tuple[int, tuple[str, ...]]] = []
    begins = 1
    try:
        for cells in reader:
            plain = tuple(cell.strip() for cell in cells)
            if begins == 1:
                if plain != columns:
                    raise damaged([(1, f"the columns are not {','.join(columns)}")])
            elif any(plain):
                if len(plain) != len(columns):
                    faults.append((reader.line_num, f"{len(plain)} cells instead of {len(columns)}"))
                rows.append((reader.line_num, plain))
            begins = reader.line_num + 1
    except csv.Error as fault:
        faults.append((begins, f"from here on it is no CSV ({fault})"))
    if faults:
        raise damaged(faults)
    yield from rows
