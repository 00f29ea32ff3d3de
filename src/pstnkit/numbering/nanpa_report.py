"""The administrator's report: NANPA's published table of all area codes, read row by row.

It is a CSV file. Its first line says on what day it was made (``File Date,01/05/2026``), the second names
the columns, and one row follows for each of the 800 codes from 200 to 999. Only the columns that say
something about service are kept; :mod:`pstnkit.numbering.plan_sources` makes a plan of them.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import sys
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import NamedTuple

from pstnkit.numbering.damaged import DamagedTable
from pstnkit.numbering.plan_text import ALL_AREA_CODES
from pstnkit.numbering.reasons import quoted

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""Read by hand: ``%b`` would follow the locale."""
_DAYS = (
    (re.compile(rf"(\d\d?)-({'|'.join(_MONTHS)})-(\d{{4}})", re.ASCII | re.IGNORECASE), "dmy"),
    (re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII), "ymd"),
    (re.compile(r"(\d\d?)/(\d\d?)/(\d{4})", re.ASCII), "mdy"),
)
_SHORT_YEAR = re.compile(r"\d\d?[-/.](\w+)[-/.]\d\d", re.ASCII)
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


def read_report(source: str | bytes) -> Report:
    """The report that a text, or the bytes of the file, hold. Raises :class:`DamagedReport` with every fault and
    its line; :class:`TypeError` for anything else.

    A byte order mark in front does no harm; columns may stand in any order, and others beside them.
    """
    text = _text(source).removeprefix("\ufeff")
    first = re.split(r"\r\n|\r|\n", text, maxsplit=1)[0]
    file_date = _file_date(first)
    faults: list[tuple[int | None, str]] = []
    rows: dict[str, ReportRow] = {}
    met: set[str] = set()
    for line, cells, width_fault in _records(text[len(first) :], faults):
        npa = cells.get("NPA_ID", "")
        try:
            if width_fault:
                met.add(npa)
                raise ValueError(f"{npa if npa in ALL_AREA_CODES else quoted(npa)}: {width_fault}")
            if npa not in ALL_AREA_CODES:
                raise ValueError(f"{quoted(npa)} is no area code")
            if npa in met:
                raise ValueError(f"{npa} stands twice")
            met.add(npa)
            rows[npa] = _row(line, cells, file_date)
        except ValueError as fault:
            faults.append((line, str(fault)))
    faults += _strangers(rows)
    missing = [npa for npa in ALL_AREA_CODES if npa not in met]
    if missing:
        faults.append((None, f"{len(missing)} of the 800 area codes are missing, the first is {missing[0]}"))
    if faults:
        raise DamagedReport(sorted(faults, key=lambda fault: fault[0] or sys.maxsize))
    return Report(file_date, tuple(rows[npa] for npa in ALL_AREA_CODES))


def _text(source: object) -> str:
    if isinstance(source, str):
        return source
    if not isinstance(source, bytes):
        raise TypeError(
            f"the report is a str or bytes, not {type(source).__name__}: give what the file holds"
        )
    if source.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return source.decode("utf-16", "replace")
    try:
        return source.decode("utf-8")
    except UnicodeDecodeError:
        # As a spreadsheet of Western Europe or America saves it. All that is read of it is ASCII: accents and
        # curly quotes stand in columns that say nothing about service, and fail as unknown words elsewhere.
        return source.decode("latin-1")


def _file_date(line: str) -> date:
    try:
        label, day = line.strip().rstrip(",").split(",")
        if label != "File Date":
            raise ValueError
        return datetime.strptime(day, "%m/%d/%Y").date()  # noqa: DTZ007 - a day, not an instant
    except ValueError:
        fault = f"{quoted(line.strip())} is not 'File Date,MM/DD/YYYY'"
        if line.startswith("PK\x03\x04"):
            fault += "; the file as published is CSV, and no workbook"
        if line.startswith(("File Date;", "File Date\t")):
            fault += "; the cells of the file as published are separated by commas"
        raise DamagedReport([(1, fault)]) from None


def _records(
    table: str, faults: list[tuple[int | None, str]]
) -> Iterator[tuple[int, Mapping[str, str], str]]:
    """The rows below the line with the date: the line on which each ends, its cells by column name, and what is
    wrong when it has more or fewer cells than there are columns: it has been cut or mixed up.

    What is no CSV ends the table and is added to ``faults``.
    """
    reader = csv.reader(io.StringIO(table, newline=""), strict=True)
    begins = 1
    header: list[str] = []
    try:
        for cells in reader:
            if not any(cells):
                pass  # the end of the first line, and blank ones
            elif not header:
                header = [name.strip() for name in cells]
                _check_header(reader.line_num, header)
            else:
                width_fault = (
                    "" if len(cells) == len(header) else f"{len(cells)} cells in {len(header)} columns"
                )
                yield reader.line_num, dict(zip(header, map(str.strip, cells), strict=False)), width_fault
            begins = reader.line_num + 1
    except csv.Error as fault:
        faults.append((begins, f"from here on it is no CSV ({fault})"))
    if not header:
        _check_header(2, header)


def _check_header(line: int, header: list[str]) -> None:
    absent = [name for name in _COLUMNS if name not in header]
    twice = [name for name in _COLUMNS if header.count(name) > 1]
    faults = [f"no column {', '.join(absent)}"] if absent else []
    faults += [f"the column {name} stands twice" for name in twice]
    if faults:
        raise DamagedReport((line, fault) for fault in faults)


def _row(line: int, cells: Mapping[str, str], file_date: date) -> ReportRow:
    npa = cells["NPA_ID"]
    flags = {name: _flag(cells, name) for name in ("ASSIGNABLE", "RESERVED", "ASSIGNED", "IN_SERVICE")}
    in_service = flags["IN_SERVICE"]
    opened = _day(cells["IN_SERVICE_DT"])
    if flags["ASSIGNED"] and not flags["ASSIGNABLE"]:
        raise ValueError(f"{npa} is assigned, but not assignable")
    if in_service and not flags["ASSIGNED"]:
        raise ValueError(f"{npa} is in service, but not assigned")
    if in_service and opened is None:
        raise ValueError(f"{npa} is in service, but since when?")
    # A day that has come counts, whatever the row says of the service; not so one that has not.
    if in_service and opened is not None and opened > file_date:
        raise ValueError(f"{npa} is in service, and yet opens on {opened}, after the day of the report")
    if cells["USE"] not in ("G", "N", ""):
        raise ValueError(f"USE is {quoted(cells['USE'])}, neither G nor N")
    geographic = cells["USE"] == "G"
    complexes = tuple(map(complex_of, filter(None, map(str.strip, cells["OVERLAY_COMPLEX"].split(",")))))
    for members in complexes if geographic else ():
        if npa not in members:
            raise ValueError(f"{npa} is not in the overlay complex that it names, {'/'.join(members)}")
    return ReportRow(
        line=line,
        npa=npa,
        assignable=flags["ASSIGNABLE"],
        explanation=cells["EXPLANATION"],
        reserved=flags["RESERVED"],
        assigned=flags["ASSIGNED"],
        geographic=geographic,
        location=cells["LOCATION"],
        country=cells["COUNTRY"],
        in_service=in_service,
        in_service_date=opened,
        complexes=complexes,
        service=cells["SERVICE"] or cells["NOTES"],
        time_zone=cells["TIME_ZONE"],
    )


def _strangers(rows: Mapping[str, ReportRow]) -> Iterator[tuple[int | None, str]]:
    """Members of overlay complexes of which a row says that they are not assigned."""
    for row in rows.values():
        for members in row.complexes if row.geographic else ():
            for npa in members:
                if npa in rows and not rows[npa].assigned:
                    yield row.line, f"{row.npa}: {npa} is in its overlay complex, but not assigned"


def _flag(cells: Mapping[str, str], column: str) -> bool:
    flag = cells[column]
    if flag.upper() not in ("YES", "Y", "NO", "N"):
        raise ValueError(f"{column} is {quoted(flag)}, neither yes nor no")
    return flag.upper().startswith("Y")


def _day(text: str) -> date | None:
    """The day as the administrator writes it (``27-Feb-2027``), or in two forms that say no less.

    ``02/27/2027`` is read as the file's first line is. A file in which the day stands first has some beyond
    12, so that it is refused as a whole.
    """
    if not text:
        return None
    if _SHORT_YEAR.fullmatch(text):
        raise ValueError(f"{quoted(text)} has lost its century in a spreadsheet; take the file as published")
    for form, order in _DAYS:
        found = form.fullmatch(text)
        if found is not None:
            parts = dict(zip(order, found.groups(), strict=True))
            month = parts["m"]
            try:
                number = int(month) if month.isdigit() else _MONTHS.index(month.title()) + 1
                return date(int(parts["y"]), number, int(parts["d"]))
            except ValueError:
                raise ValueError(f"{quoted(text)} is no day of the calendar") from None
    raise ValueError(f"{quoted(text)} is no day (DD-Mon-YYYY)")


def complex_of(text: str) -> tuple[str, ...]:
    """The members of an overlay complex as ``201/551``, in order. Raises :class:`ValueError`."""
    members = sorted(text.split("/"))
    if not _COMPLEX.fullmatch(text) or len(set(members)) < len(members):
        raise ValueError(f"{quoted(text)} is no overlay complex")
    return tuple(members)
