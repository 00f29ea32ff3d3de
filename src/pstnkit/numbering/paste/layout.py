"""How a source is laid out: whether a text is a list or a table, and which of its columns are read.

The rows at the top decide. A million rows below them are read as they say.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from pstnkit.numbering.paste.cells import HEAD, Table, likely_tables, read_table, value_of
from pstnkit.numbering.paste.columns import Choice, Plausible, Survey, asked_columns, choose_columns
from pstnkit.numbering.paste.patterns import pattern
from pstnkit.numbering.paste.spelling import read_cell

_EXTENSION = pattern(
    r"(?<![A-Za-z])(?:extension|extn|ext|x|isub|phone-context)[ .:=#]*+[0-9+]", re.IGNORECASE
)
"""Tells that a delimiter stood before an extension or parameter of a number, not between two cells."""
_SAMPLE = 200


class Layout(NamedTuple):
    """The delimiter of a text (empty for a list), and what was chosen of its columns."""

    delimiter: str
    choice: Choice


def layout_of(text: str, columns: Any, plausible: Plausible) -> Layout:
    """The text as the likeliest table in which a column holds numbers; as a list if there is none."""
    tables = likely_tables(text)
    if columns is not None:
        table = tables[0] if tables else read_table(text, "", most=HEAD)
        return Layout(table.delimiter, asked_columns(table, columns))
    surveys = [Survey(table, plausible) for table in tables]
    surveys = [survey for survey in surveys if not _is_one_cell_a_row(survey.table, survey.headings)]
    for settle in (False, True):
        for survey in surveys:
            choice = survey.choice(settle=settle)
            delimiter = survey.table.delimiter
            if choice.columns or (settle and (choice.headings or delimiter == "\t")):
                return Layout(delimiter, choice)
    return Layout("", choose_columns(read_table(text, "", most=HEAD), plausible))


def _is_one_cell_a_row(table: Table, headings: int) -> bool:
    """Whether what looks like cells are parts of one: ``4153210100;ext=12``, or a lone row of numbers."""
    if table.delimiter == "\t" or headings:
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
