"""Text into rows and cells, each with its place: lists, CSV in its dialects, a spreadsheet's clipboard.

A row is kept as its raw cells, quotes included; between two neighbors stands exactly one delimiter, so the
place of every cell follows from where its row starts. Rows count as a spreadsheet counts them: a quoted
line break starts none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice

from pstnkit.numbering.paste.cleaning import plain

DELIMITERS = "\t;|,"
"""What may stand between the cells of a row, the least ambiguous first."""

_Match = Callable[[str, int], re.Match[str] | None]

_SAMPLE = 200
_LEAST_SHARE = 0.5


class Table:
    """Rows of raw cells. ``starts`` holds the place of each row in the text; None where there is no text."""

    __slots__ = ("delimiter", "rows", "sheet", "starts")

    def __init__(
        self,
        rows: list[list[str]],
        starts: list[int] | None = None,
        delimiter: str = "",
        sheet: str | None = None,
    ) -> None:
        self.rows = rows
        self.starts = starts
        self.delimiter = delimiter
        self.sheet = sheet

    def cells(self) -> Iterator[tuple[int, int, str, int | None]]:
        """Every cell with its row and column, both from 0, and where it begins in the text."""
        for row, cells in enumerate(self.rows):
            place = None if self.starts is None else self.starts[row]
            for column, raw in enumerate(cells):
                yield row, column, raw, place
                if place is not None:
                    place += len(raw) + 1

    def width(self) -> int:
        """The greatest number of cells in a row."""
        return max(map(len, self.rows), default=0)


def read_table(text: str, delimiter: str) -> Table:
    r"""All rows of ``text``; an empty ``delimiter`` reads one cell a row.

    >>> table = read_table('Jane,"a\nb"\nJoe,c', ",")
    >>> table.rows, table.starts
    ([['Jane', '"a\nb"'], ['Joe', 'c']], [0, 11])
    """
    rows: list[list[str]] = []
    starts: list[int] = []
    for start, cells in _rows(text, delimiter):
        rows.append(cells)
        starts.append(start)
    return Table(rows, starts, delimiter)


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    if '"' in text:
        yield from _quoted_rows(text, delimiter)
        return
    for start, line in _lines(text):
        yield start, line.split(delimiter) if delimiter else [line]


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    if "\r" not in text:
        for line in text.split("\n"):
            yield start, line
            start += len(line) + 1
        return
    for end in re.finditer("\r\n|\r|\n", text):
        yield start, text[start : end.start()]
        start = end.end()
    yield start, text[start:]


def _quoted_rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    stop = f"{re.escape(delimiter)}\r\n"
    unquoted = re.compile(f"[^{stop}]*").match
    closed = re.compile(rf" *(?=[{stop}]|\Z)").match
    mark = re.compile(rf"\r\n|[{stop}]|\Z").match
    start = place = 0
    cells: list[str] = []
    while True:
        end = _after_quotes(text, place, closed)
        if end is None:
            end = _end(unquoted, text, place)
        cells.append(text[place:end])
        place = _end(mark, text, end)
        if delimiter and text[end:place] == delimiter:
            continue
        yield start, cells
        if end == place:
            return
        start = place
        cells = []


def _after_quotes(text: str, place: int, closed: _Match) -> int | None:
    """Where the quoted cell at ``place`` ends, if there is one.

    A quote opens a cell only if it is closed at the cell's end; any other is a character like any other. Every run of
    quotes is looked at once, so that a quote that nobody closes costs no more than the text is long.
    """
    opening = place + text.startswith("\ufeff", place)  # a byte order mark hides no quote
    while text.startswith(" ", opening):
        opening += 1
    if not text.startswith('"', opening):
        return None
    closing = text.find('"', opening + 1)
    while closing >= 0 and text.startswith('"', closing + 1):
        closing = text.find('"', closing + 2)
    found = closed(text, closing + 1) if closing >= 0 else None
    return None if found is None else found.end()


def _end(match: _Match, text: str, place: int) -> int:
    found = match(text, place)
    assert found is not None  # these patterns match everywhere, if need be the empty text
    return found.end()


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


def likely_delimiters(text: str) -> list[str]:
    """The delimiters under which the head of ``text`` is a table, best first.

    A table has, in at least half of its rows, the same number of cells, two or more. Shares are compared
    first; between equal ones, the mark that is rarer inside cells wins.
    """
    found: list[tuple[float, int, str]] = []
    for rank, delimiter in enumerate(DELIMITERS):
        if delimiter not in text:
            continue
        widths = [
            len(cells) if not is_amount(cells, delimiter) else 1
            for _, cells in islice(_rows(_head(text), delimiter), 4 * _SAMPLE)
            if any(map(str.strip, cells))
        ][:_SAMPLE]
        common = max(sorted(set(widths)), key=widths.count, default=1)
        share = widths.count(common) / len(widths) if widths else 0
        if delimiter == "\t" and max(widths, default=1) > 1:
            share = max(share, _LEAST_SHARE)  # nobody types a tab into a list
        elif common < 2:
            continue
        if share >= _LEAST_SHARE:
            found.append((-round(share, 2), rank, delimiter))
    return [delimiter for _, _, delimiter in sorted(found)]


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


def _head(text: str) -> str:
    """So much of the text as a decision about it needs."""
    return text if len(text) <= 1 << 18 else text[: 1 << 18]
