"""``read_numbers``: dirty text in, verdicts out. The steps, each in its own module:

source -> text or cells -> rows and cells with places -> the columns that hold numbers -> what each cell
says -> what the plan and the policy find -> a report.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from pstnkit.numbering.paste.cells import Table, bare, likely_delimiters, read_table, value_of
from pstnkit.numbering.paste.classify import Classifier
from pstnkit.numbering.paste.cleaning import origins, plain
from pstnkit.numbering.paste.columns import (
    Choice,
    Plausible,
    asked_columns,
    choose_columns,
    looks_like_number,
    may_look_like_number,
)
from pstnkit.numbering.paste.entry import Entry, UnreadCell
from pstnkit.numbering.paste.headings import heading_rows
from pstnkit.numbering.paste.judge import Judge
from pstnkit.numbering.paste.patterns import pattern
from pstnkit.numbering.paste.report import PasteReport
from pstnkit.numbering.paste.runs import Spelled
from pstnkit.numbering.paste.sources import MAX_BYTES, Opened, UnreadableText, open_source
from pstnkit.numbering.paste.spelling import read_cell
from pstnkit.numbering.paste.verdicts import Hint, PastePolicy
from pstnkit.numbering.reasons import Reason

if TYPE_CHECKING:
    from datetime import date

    from pstnkit.numbering.plan import NumberingPlan
    from pstnkit.numbering.ranges import NumberRange
    from pstnkit.numbering.telephone import TelephoneNumber

_EXTENSION = pattern(
    r"(?<![A-Za-z])(?:extension|extn|ext|x|isub|phone-context)[ .:=#]*+[0-9+]", re.IGNORECASE
)
"""Tells that a delimiter stood before an extension or parameter of a number, not between two cells."""
_SAMPLE = 200
_T = TypeVar("_T")


def read_numbers(
    source: Any,
    *,
    plan: NumberingPlan | None = None,
    policy: PastePolicy | None = None,
    on: date | None = None,
    columns: str | int | Iterable[str | int] | None = None,
    sheet: str | int | None = None,
    encoding: str | None = None,
    max_bytes: int = MAX_BYTES,
    known: Mapping[TelephoneNumber, Reason] | Iterable[TelephoneNumber | NumberRange] | None = None,
) -> PasteReport:
    r"""Read the telephone numbers in ``source``, and say of each entry whether it is valid (SPEC P1, P2).

    :param source: a ``str`` (always text, never a path), ``bytes``, a path, a file opened for reading, or an
        iterable of cells (a list, a column of a data frame). Text may be a list of lines, CSV with commas,
        semicolons, tabs or bars, or a spreadsheet's clipboard; bytes may be UTF-8, UTF-16 with its mark, or a
        workbook (extra ``excel``).
    :param plan: the numbering plan; the bundled one unless given.
    :param policy: which kinds of numbers are valid; see :class:`PastePolicy`.
    :param on: the day to judge by; the plan's own day unless given.
    :param columns: which columns to read, by heading, letter or index from 1; found out unless given.
    :param sheet: which sheet of a workbook, by name or index from 1; the first unless given.
    :param encoding: how bytes are to be decoded.
    :param max_bytes: the greatest size of the source.
    :param known: numbers that cannot be listed again: a set (they are ``already_owned``), or a mapping from
        numbers to the reason, ``already_owned`` or ``in_active_order``.

    Never raises for what stands in the source. Raises :class:`UnreadableSource` for one that cannot be
    opened or decoded, or is too large; :class:`~pstnkit.errors.CallerError` for a column or sheet that is
    not there; :class:`TypeError` for arguments of a wrong type.

    >>> for entry in read_numbers("(415) 321-0100\n321-0100\n4153210100"):
    ...     print(entry.row, entry.verdict, entry.hint)
    1 valid None
    2 invalid add the area code
    3 duplicate first listed in row 1 (entry 1)
    """
    from pstnkit.numbering.plan import NumberingPlan
    from pstnkit.numbering.plan import plan as bundled

    plan = _checked("plan", bundled if plan is None else plan, NumberingPlan)
    policy = _checked("policy", PastePolicy() if policy is None else policy, PastePolicy)
    classifier = Classifier(plan, on, policy)
    judge = Judge(classifier, known)
    opened = open_source(source, encoding=encoding, sheet=sheet, max_bytes=max_bytes)

    if opened.tables is None:
        table, choice = _table_of(opened, columns, judge.plausible)
        others: list[Table] = []
    else:
        table, *others = opened.tables
        choice = choose_columns(table, judge.plausible) if columns is None else asked_columns(table, columns)
    reader = _Reader(table, choice, judge)
    reader.read()
    for other in others:
        reader.list_unread(other)
    judge.point_at_first(reader.entries)
    return PasteReport._of(
        map(Entry._of, map(tuple, reader.entries)), choice.columns, reader.unread, judge.spans
    )


def _checked(name: str, value: _T, wanted: type) -> _T:
    if not isinstance(value, wanted):
        raise TypeError(f"{name} is a {wanted.__name__}, not {type(value).__name__}")
    return value


def _table_of(opened: Opened, columns: Any, plausible: Plausible) -> tuple[Table, Choice]:
    """The text as the likeliest table in which a column holds numbers; as a list if there is none."""
    text = opened.text or ""
    tables = [_read(opened, text, delimiter) for delimiter in likely_delimiters(text)]
    if columns is not None:
        table = tables[0] if tables else _read(opened, text, "")
        return table, asked_columns(table, columns)
    tables = [table for table in tables if not _is_one_cell_a_row(table)]
    for settle in (False, True):
        for table in tables:
            choice = choose_columns(table, plausible, settle=settle)
            if choice.columns or (settle and (choice.headings or table.delimiter == "\t")):
                return table, choice
    table = _read(opened, text, "")
    return table, choose_columns(table, plausible)


def _read(opened: Opened, text: str, delimiter: str) -> Table:
    table = read_table(text, delimiter)
    if not opened.positions:
        table.starts = None
    return table


def _is_one_cell_a_row(table: Table) -> bool:
    """Whether what looks like cells are parts of one: ``4153210100;ext=12``, or a lone row of numbers."""
    if table.delimiter == "\t" or heading_rows(table, single=False):
        return False
    filled = [row for row in table.rows if any(cell.strip() for cell in row)]
    if len(filled) == 1:
        if any(_EXTENSION.match(value_of(cell)) for cell in filled[0][1:]):
            return True  # tel:+14155550132;ext=12
        return not any(
            character.isalpha() for cell in filled[0] for character in _EXTENSION.sub("", value_of(cell))
        )
    sample = filled[:_SAMPLE]
    extended = [row for row in sample if any(_EXTENSION.match(value_of(cell)) for cell in row[1:])]
    # One mark of an extension in the notes of a table makes no list of it.
    return bool(extended) and 2 * sum(map(_is_numbers_alone, sample)) > len(sample)


def _is_numbers_alone(row: list[str]) -> bool:
    """Whether the cells of a row are numbers and extensions, one of them a number, and nothing else."""
    values = [value for value in map(value_of, row) if value]
    others = [value for value in values if not _EXTENSION.match(value)]
    return bool(others) and all(any(one.complete for one in read_cell(value)) for value in others)


class _Reader:
    """Walks over the rows of a table and collects entries and what was left unread."""

    def __init__(self, table: Table, choice: Choice, judge: Judge) -> None:
        self.table = table
        self.choice = choice
        self.judge = judge
        self.entries: list[list[Any]] = []
        self.unread: list[UnreadCell] = []

    def read(self) -> None:
        chosen = {column.index - 1 for column in self.choice.columns}
        headings = self.choice.headings
        for row, column, raw, start in self.table.cells():
            if row >= headings and column in chosen:
                self._read_cell(row, column, raw, start)
            else:
                self._note_unread(row, column, raw, start, self.table.sheet)

    def list_unread(self, table: Table) -> None:
        """Every cell of a table of which nothing is read, if it looks like a number."""
        for row, column, raw, start in table.cells():
            self._note_unread(row, column, raw, start, table.sheet)

    def _note_unread(self, row: int, column: int, raw: str, start: int | None, sheet: str | None) -> None:
        if not may_look_like_number(raw):
            return
        value = value_of(raw)
        if looks_like_number(value):
            end = None if start is None else start + len(raw)
            shown = " ".join(value.split())
            self.unread.append(UnreadCell(raw, shown, row + 1, column + 1, start, end, sheet))

    def _read_cell(self, row: int, column: int, raw: str, start: int | None) -> None:
        content, inner = bare(raw) if '"' in raw else (raw, 0)
        clean = plain(content)
        text = clean.strip()
        if not text:
            return
        if isinstance(raw, UnreadableText):
            spelled = Spelled(
                0, len(text), reason=Reason.UNREADABLE_CELL, hint=Hint.CELL_TYPE, figures={"type": raw[1:-1]}
            )
            self._add(row, column, raw, text, start, spelled)
            return
        found = read_cell(text)
        if len(found) == 1:
            self._add(row, column, raw, text, start, found[0])
            return
        places = _places(content, inner, clean, text)
        for spelled in found:
            begin, end = places[spelled.start], places[spelled.end - 1] + 1
            piece_start = None if start is None else start + begin
            self._add(row, column, raw[begin:end], text[spelled.start : spelled.end], piece_start, spelled)

    def _add(self, row: int, column: int, raw: str, text: str, start: int | None, spelled: Spelled) -> None:
        value = " ".join(text.split()) if "\n" in text or "  " in text else text
        end = None if start is None else start + len(raw)
        verdict, reason, hint, figures, first, last = self.judge.judge(spelled)
        self.entries.append(
            [
                raw,
                value,
                row + 1,
                column + 1,
                start,
                end,
                verdict,
                reason,
                hint,
                figures,
                first,
                last,
                spelled.extension,
            ]
        )


def _places(content: str, inner: int, clean: str, text: str) -> list[int]:
    """For each character of the cleaned text, where in the raw cell it comes from."""
    if inner:
        in_raw = []
        place = inner
        for character in content:
            in_raw.append(place)
            place += 2 if character == '"' else 1
        in_raw.append(place)
    else:
        in_raw = list(range(len(content) + 1))
    lead = clean.index(text)
    return [in_raw[origin] for origin in origins(content)[lead : lead + len(text) + 1]]
