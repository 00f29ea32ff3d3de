"""The administrator's report: NANPA's published table of all area codes, read row by row.

It is a CSV file. Its first line says on what day it was made (``File Date,01/05/2026``), the second names
the columns, and one row follows for each of the 800 codes from 200 to 999. Only the columns that say
something about service are kept; :mod:`pstnkit.numbering.plan_sources` makes a plan of them.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import NamedTuple

from pstnkit.numbering.damaged import DamagedTable, expect_text
from pstnkit.numbering.plan_text import ALL_AREA_CODES
from pstnkit.numbering.reasons import quoted

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""Read by hand: ``%b`` would follow the locale."""
_DAY = re.compile(rf"(\d\d)-({'|'.join(_MONTHS)})-(\d{{4}})", re.ASCII)
_COMPLEX = re.compile(r"[2-9]\d\d(/[2-9]\d\d)+", re.ASCII)

_COLUMNS = (
    "NPA_ID",
    "ASSIGNABLE",
    "EXPLANATION",
    "RESERVED",
    "ASSIGNED",
    "USE",
    "LOCATION",
    "COUNTRY",
    "IN_SERVICE",
    "IN_SERVICE_DT",
    "OVERLAY_COMPLEX",
    "SERVICE",
    "NOTES",
    "TIME_ZONE",
)


class DamagedReport(DamagedTable):
    """A text that is no report of area codes, or one that has been cut, mixed up or mistyped.

    >>> read_report("File Date,tomorrow")
    Traceback (most recent call last):
    pstnkit.numbering.nanpa_report.DamagedReport: the report is damaged: line 1: 'File Date,tomorrow' is ...
    """

    noun = "report"


class ReportRow(NamedTuple):
    """What the report says of one area code, in its own words."""

    line: int
    """Where the row ends in the file."""
    npa: str
    assignable: bool
    explanation: str
    """Why it is set aside (``Expansion Code``, ``N11 Code``, ``Reserved by INC``...)."""
    reserved: bool
    assigned: bool
    geographic: bool
    location: str
    """A state by its two letters, a province or an island by its name."""
    country: str
    in_service: bool
    in_service_date: date | None
    """When it opened, or is to open."""
    complexes: tuple[tuple[str, ...], ...]
    """The overlay complexes that the row names, each as written; rows of one complex do not always agree."""
    service: str
    """What a code without a place is for (``Toll-Free``...); some rows say so only in their notes."""
    time_zone: str
    """Letters, mostly: E, C, M, P, A, and EC where there are two."""


class Report(NamedTuple):
    """A whole report."""

    file_date: date
    rows: tuple[ReportRow, ...]
    """All 800, by area code."""


def read_report(text: str) -> Report:
    """The report that ``text`` holds. Raises :class:`DamagedReport` with every fault and its line.

    A byte order mark in front does no harm; columns may stand in any order, and others beside them.
    """
    expect_text(text, DamagedReport.noun)
    first, _, table = text.removeprefix("\ufeff").partition("\n")
    file_date = _file_date(first)
    faults: list[tuple[int | None, str]] = []
    rows: dict[str, ReportRow] = {}
    try:
        for line, cells in _records(table):
            try:
                row = _row(line, cells)
                if row.npa in rows:
                    raise ValueError(f"{row.npa} stands twice")
                rows[row.npa] = row
            except ValueError as fault:
                faults.append((line, str(fault)))
    except csv.Error as fault:
        faults.append((None, f"no CSV ({fault})"))
    missing = [npa for npa in ALL_AREA_CODES if npa not in rows]
    if missing and not faults:
        faults.append((None, f"{len(missing)} of the 800 area codes are missing, the first is {missing[0]}"))
    if faults:
        raise DamagedReport(faults)
    return Report(file_date, tuple(rows[npa] for npa in ALL_AREA_CODES))


def _file_date(line: str) -> date:
    try:
        label, day = line.strip().rstrip(",").split(",")
        if label != "File Date":
            raise ValueError
        return datetime.strptime(day, "%m/%d/%Y").date()  # noqa: DTZ007 - a day, not an instant
    except ValueError:
        raise DamagedReport([(1, f"{quoted(line.strip())} is not 'File Date,MM/DD/YYYY'")]) from None


def _records(table: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    """The rows below the line with the date, as cells by column name, and the line on which each ends."""
    reader = csv.reader(io.StringIO(table, newline=""), strict=True)
    header = [name.strip() for name in next(reader, [])]
    absent = [name for name in _COLUMNS if name not in header]
    if absent:
        raise DamagedReport([(2, f"no column {', '.join(absent)}")])
    for cells in reader:
        if any(cells):
            # A row that is cut keeps its line and fails on what it lacks; NPA_ID stands first.
            padded = (*cells, *[""] * (len(header) - len(cells)))
            yield reader.line_num + 1, dict(zip(header, map(str.strip, padded), strict=False))


def _row(line: int, cells: Mapping[str, str]) -> ReportRow:
    npa = cells["NPA_ID"]
    if npa not in ALL_AREA_CODES:
        raise ValueError(f"{npa!r} is no area code")
    in_service = _flag(cells, "IN_SERVICE")
    opened = _day(cells["IN_SERVICE_DT"])
    if in_service and opened is None:
        raise ValueError(f"{npa} is in service, but since when?")
    return ReportRow(
        line=line,
        npa=npa,
        assignable=_flag(cells, "ASSIGNABLE"),
        explanation=cells["EXPLANATION"],
        reserved=_flag(cells, "RESERVED"),
        assigned=_flag(cells, "ASSIGNED"),
        geographic=cells["USE"] == "G",
        location=cells["LOCATION"],
        country=cells["COUNTRY"],
        in_service=in_service,
        in_service_date=opened,
        complexes=tuple(map(complex_of, filter(None, map(str.strip, cells["OVERLAY_COMPLEX"].split(","))))),
        service=cells["SERVICE"] or cells["NOTES"],
        time_zone=cells["TIME_ZONE"],
    )


def _flag(cells: Mapping[str, str], column: str) -> bool:
    flag = cells[column]
    if flag not in ("Yes", "Y", "No", "N"):
        raise ValueError(f"{column} is {flag!r}, neither yes nor no")
    return flag.startswith("Y")


def _day(text: str) -> date | None:
    if not text:
        return None
    found = _DAY.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no day (DD-Mon-YYYY)")
    day, month, year = found.groups()
    try:
        return date(int(year), _MONTHS.index(month) + 1, int(day))
    except ValueError:
        raise ValueError(f"{text!r} is no day of the calendar") from None


def complex_of(text: str) -> tuple[str, ...]:
    """The members of an overlay complex as ``201/551``, in order. Raises :class:`ValueError`."""
    if not _COMPLEX.fullmatch(text):
        raise ValueError(f"{text!r} is no overlay complex")
    return tuple(sorted(text.split("/")))
