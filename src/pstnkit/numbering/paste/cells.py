"""Tables of cells, each with its place: lists, CSV in its dialects, a spreadsheet's clipboard.

A row is kept as its raw cells, quotes included; between two neighbors stands exactly one delimiter, so the
place of every cell follows from where its row starts. Rows count as a spreadsheet counts them: a quoted
line break starts none.
"""

from __future__ import annotations

import re
from itertools import islice

from pstnkit.numbering.paste.cleaning import plain
from pstnkit.numbering.paste.splitting import stretches

DELIMITERS = "\t;|,"
"""What may stand between the cells of a row, the least ambiguous first."""

HEAD = 1200
"""How many rows at the top of a source decide what it is."""

_SAMPLE = 200
_LEAST_SHARE = 0.5
MOST_COLUMNS = 16_384
"""How many a spreadsheet has at most. In a line of more cells there is a list."""
_LONG = 1 << 17
"""How much of a text is looked at for how it is laid out, in characters."""
_RULES = " \t+-=|:"
"""What the lines between the rows of a printed table consist of."""


class Table:
    """Rows of raw cells. ``starts`` holds the place of each row in the text; None where there is no text."""

    __slots__ = ("delimiter", "rows", "starts")

    def __init__(
        self,
        rows: list[list[str]],
        starts: list[int] | None = None,
        delimiter: str = "",
    ) -> None:
        self.rows = rows
        self.starts = starts
        self.delimiter = delimiter

    def width(self) -> int:
        """The greatest number of cells in a row, as far as a spreadsheet goes."""
        return min(max(map(len, self.rows), default=0), MOST_COLUMNS)


def read_table(text: str, delimiter: str, most: int | None = None) -> Table:
    r"""The rows of ``text``, or about the first ``most`` of them; an empty ``delimiter`` reads one cell a row.

    >>> table = read_table('Jane,"a\nb"\nJoe,c', ",")
    >>> table.rows, table.starts
    ([['Jane', '"a\nb"'], ['Joe', 'c']], [0, 11])
    """
    rows: list[list[str]] = []
    starts: list[int] = []
    size = 0
    for stretch in stretches(text, delimiter):
        some = [row if isinstance(row, list) else [row] for row in stretch.rows]
        if not stretch.before:
            if most is not None and (len(rows) >= most or size > _LONG):
                break
            rows += some
            starts += stretch.starts
        elif most is None or stretch.before <= MOST_COLUMNS:
            rows[-1] += some[0]
        else:
            continue  # nobody asks what stands so far out, but what stands below it
        size += sum(sum(map(len, row), len(row)) for row in some)
    return Table(rows, starts, delimiter)


def bare(raw: str) -> tuple[str, int]:
    """The content of a raw cell without its quotes, and how many characters stand before it.

    >>> bare(' "4,155"'), bare('plain')
    (('4,155', 2), ('plain', 0))
    """
    stripped = raw.removeprefix("\ufeff").strip(" ")
    if len(stripped) > 1 and stripped[0] == stripped[-1] == '"':
        return stripped[1:-1].replace('""', '"'), raw.index('"') + 1
    return raw, 0


def value_of(raw: str) -> str:
    """The cleaned text of a raw cell.

    >>> value_of(' "415\u2013321" ')
    '415-321'
    """
    return plain(bare(raw)[0]).strip()


def likely_tables(text: str) -> list[Table]:
    """The head of ``text`` under each delimiter that makes it a table, the likeliest first.

    A table has, in at least half of its rows, the same number of cells, two or more. Shares are compared
    first; between equal ones, the mark that is rarer inside cells wins.
    """
    found: list[tuple[float, int, Table]] = []
    for rank, delimiter in enumerate(DELIMITERS):
        if delimiter not in text:
            continue
        table = read_table(text, delimiter, most=HEAD)
        widths = [
            1 if _are_no_cells(cells, delimiter) else len(cells)
            for cells in islice(table.rows, 4 * _SAMPLE)
            if any(cell.strip(_RULES) for cell in cells)
        ][:_SAMPLE]
        common = max(sorted(set(widths)), key=widths.count, default=1)
        share = widths.count(common) / len(widths) if widths else 0
        if delimiter == "\t" and max(widths, default=1) > 1:
            share = max(share, _LEAST_SHARE)  # nobody types a tab into a list
        elif common < 2:
            continue
        if share >= _LEAST_SHARE:
            found.append((-round(share, 2), rank, table))
    return [table for _, _, table in sorted(found, key=lambda each: each[:2])]


def _are_no_cells(cells: list[str], delimiter: str) -> bool:
    """Whether a row is none under this delimiter: it is an amount, or wider than any spreadsheet, or marks in quotes
    have parted it."""
    return len(cells) > MOST_COLUMNS or is_amount(cells, delimiter) or _is_cut_in_quotes(cells)


def _is_cut_in_quotes(cells: list[str]) -> bool:
    """Whether a mark has parted what is quoted under another: ``415-321-0100,"Acme; Co"``."""
    return any(cell.count('"') % 2 for cell in cells)


def is_amount(cells: list[str], delimiter: str) -> bool:
    """Whether commas between the cells are thousands separators of one number: ``4,155,550,123``."""
    return (
        delimiter == ","
        and len(cells) > 2
        and 0 < len(cells[0].strip(" \"'")) <= 3
        and all(len(cell) == 3 for cell in cells[1:-1])
        and re.fullmatch(r"[0-9]{3}(?:\.0*)?[\"' ]*", cells[-1]) is not None
        and all(cell.strip(" \"'").isdecimal() for cell in cells[:-1])
    )
