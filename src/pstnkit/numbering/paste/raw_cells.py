"""Where the raw cells of a paste are: in a text, a list, or the grid of a sheet.

Each kind hands out its rows in stretches, and any single cell again later, by its place: a report keeps the source and
not what was read from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from math import isnan
from typing import Any

from pstnkit.numbering.paste.cells import HEAD, Table
from pstnkit.numbering.paste.headings import HEAD_OF_LIST
from pstnkit.numbering.paste.lines import place_typecode
from pstnkit.numbering.paste.splitting import Scanner, stretches
from pstnkit.numbering.paste.stretches import Stretch

_FIRST, _AT_ONCE = 1 << 7, 1 << 13
"""How many cells are read together: few to begin with, because they teach how all others can be read in one go."""
_SIZE_OF_NUMBER = 8
_BEYOND = -(10**100), 10**100
"""Whole numbers beyond these are not written out."""
_FIRST_OF_TEN_DIGITS, _LAST_OF_ELEVEN = 1e9, 1e11
_TELLING = frozenset({bool, date, datetime, time, timedelta})
"""What else a spreadsheet holds; it is read as its ``str``."""


class UnreadableText(str):
    """Stands for a cell that holds neither text nor a number; as text it names what it holds."""

    __slots__ = ()


class TextCells:
    """The cells of a text, whose rows are split by ``delimiter`` (one cell a row if that is empty).

    ``positions`` says whether a reader knows the text as it is here, so that places in it mean something.
    """

    __slots__ = ("_scanner", "delimiter", "positions", "sheet", "text")

    def __init__(self, text: str, delimiter: str, *, positions: bool) -> None:
        self.text = text
        self.delimiter = delimiter
        self.positions = positions
        self.sheet: str | None = None
        self._scanner: Scanner | None = None

    @property
    def typecode(self) -> str:
        """The typecode of arrays that hold places."""
        return place_typecode(self.text)

    def walk(self) -> Iterator[Stretch]:
        """All rows."""
        return stretches(self.text, self.delimiter)

    def raw(self, place: int, row: int, column: int) -> str:  # noqa: ARG002 - a text is asked by place
        """The raw cell at ``place``."""
        if self._scanner is None:
            self._scanner = Scanner(self.text, self.delimiter)
        return self.text[place : self._scanner.cell_end(place)]

    def __reduce__(self) -> tuple[Any, ...]:
        return _text_cells, (self.text, self.delimiter, self.positions)


def _text_cells(text: str, delimiter: str, positions: bool) -> TextCells:
    return TextCells(text, delimiter, positions=positions)


class ListCells:
    """A list of cells: one cell a row. What is not text, a plain number or None has been made text."""

    __slots__ = ("cells",)

    delimiter = ""
    positions = False
    typecode = "I"
    sheet: str | None = None

    def __init__(self, cells: list[Any]) -> None:
        self.cells = cells

    def head(self) -> Table:
        """The first rows."""
        return Table([[text] for text in _cell_texts(self.cells[:HEAD_OF_LIST])])

    def walk(self) -> Iterator[Stretch]:
        """All rows."""
        for rows in _parts(len(self.cells)):
            yield Stretch(rows.start, (), texts_to_read(self.cells[rows]), single=True)

    def raw(self, place: int, row: int, column: int) -> str:  # noqa: ARG002 - a list is asked by row
        """The text of the cell of a row."""
        return cell_text(self.cells[row])


class GridCells:
    """The cells of a sheet, column by column: there are as many in each."""

    __slots__ = ("columns", "sheet")

    delimiter = ""
    positions = False
    typecode = "I"

    def __init__(self, columns: list[list[Any]], sheet: str | None) -> None:
        self.columns = columns
        self.sheet = sheet

    def head(self) -> Table:
        """The first rows."""
        rows = HEAD if len(self.columns) > 1 else HEAD_OF_LIST
        columns = [_cell_texts(column[:rows]) for column in self.columns]
        return Table(list(map(list, zip(*columns, strict=True))))

    def walk(self) -> Iterator[Stretch]:
        """All rows."""
        columns = self.columns
        for rows in _parts(len(columns[0]) if columns else 0):
            texts = [texts_to_read(column[rows]) for column in columns]
            if len(texts) == 1 and "" not in texts[0]:
                yield Stretch(rows.start, (), texts[0], single=True)  # is read like a list
            else:
                yield Stretch(rows.start, (), None, columns=texts)

    def raw(self, place: int, row: int, column: int) -> str:  # noqa: ARG002 - a grid is asked by row and column
        """The text of the cell in a row and column."""
        return cell_text(self.columns[column][row])


def _parts(rows: int) -> Iterator[slice]:
    """The rows in parts that are read together."""
    start, size = 0, _FIRST
    while start < rows:
        yield slice(start, start + size)
        start += size
        size = min(4 * size, _AT_ONCE)


RawCells = TextCells | ListCells | GridCells


def cell_text(cell: Any) -> str:
    """A cell's text: text as it is, a number as it is written, nothing for None and for a missing number.

    >>> cell_text(4155550123.0), cell_text(None), cell_text(float("nan")), cell_text([1])
    ('4155550123.0', '', '', '<list>')
    """
    try:
        return _text_of(cell)
    except Exception:  # noqa: BLE001 - a stranger's methods may raise anything
        return UnreadableText(f"<{type(cell).__name__}>")


def _cell_texts(cells: Sequence[Any]) -> list[str]:
    return [cell if type(cell) is str else cell_text(cell) for cell in cells]


def _text_of(cell: Any) -> str:
    if isinstance(cell, str):
        return cell if type(cell) in (str, UnreadableText) else str.__str__(cell)
    if cell is None:
        return ""
    if type(cell) in (int, float) and _BEYOND[0] < cell < _BEYOND[1]:
        return str(cell)
    try:
        missing = bool(cell != cell)  # only a number that is missing differs from itself
    except Exception:  # noqa: BLE001 - a stranger's comparison may raise anything
        missing = type(cell).__name__ == "NAType"
    if missing or type(cell).__name__ == "NAType":
        return ""
    if isinstance(cell, int) and not isinstance(cell, bool) and not _BEYOND[0] < cell < _BEYOND[1]:
        return UnreadableText(f"<int of {cell.bit_length()} bits>")
    if isinstance(cell, int | float) or _is_plain(cell):
        return str(cell)
    return UnreadableText(f"<{type(cell).__name__}>")


def _is_plain(cell: Any) -> bool:
    """Whether a cell's ``str`` is what a person would see: any kind of number, a date, a number of ours."""
    from numbers import Number

    from pstnkit.numbering.telephone import NumberRange, TelephoneNumber

    return isinstance(cell, Number | date | time | timedelta | TelephoneNumber | NumberRange)


def text_to_read(cell: Any) -> str:
    """The text by which a cell is read when there are many: short, and read as :func:`cell_text` would be.

    >>> text_to_read(4155550123.0), text_to_read(12.5)
    ('4155550123', '12.5')
    """
    kind = type(cell)
    if kind is str:
        return cell  # type: ignore[no-any-return]
    if kind is float and _FIRST_OF_TEN_DIGITS <= cell < _LAST_OF_ELEVEN and cell.is_integer():
        return str(int(cell))
    text = cell_text(cell)
    # Of a cell that holds something strange is read what is read of one that a spreadsheet could not work out.
    return "#VALUE!" if type(text) is UnreadableText else text


def texts_to_read(cells: Sequence[Any]) -> Sequence[str]:
    """:func:`text_to_read` of many cells, of which most are of one kind.

    >>> texts_to_read((4155550123.0, 4155550124.0)), texts_to_read([4155550123, ""])
    (['4155550123', '4155550124'], ['4155550123', ''])
    """
    kinds = set(map(type, cells))
    if kinds == {str}:
        return cells
    others = list(kinds - {str})
    if len(others) != 1:
        return [cell if type(cell) is str else text_to_read(cell) for cell in cells]
    if str not in kinds:
        return _texts_of_kind(others[0], cells)
    rest = iter(_texts_of_kind(others[0], [cell for cell in cells if type(cell) is not str]))
    return [cell if type(cell) is str else next(rest) for cell in cells]


def _texts_of_kind(kind: type, cells: Sequence[Any]) -> Sequence[str]:
    if kind is float:
        return _texts_of_floats(cells)
    if kind in _TELLING or (kind is int and _BEYOND[0] < min(cells) and max(cells) < _BEYOND[1]):
        return list(map(str, cells))
    return list(map(text_to_read, cells))


def _texts_of_floats(numbers: Sequence[float]) -> Sequence[str]:
    least, most = min(numbers), max(numbers)
    if least >= _FIRST_OF_TEN_DIGITS and most < _LAST_OF_ELEVEN and all(map(float.is_integer, numbers)):
        # All of them are written in one go; each by itself would take twice as long.
        return ("%d\n" * len(numbers) % tuple(numbers)).splitlines()
    if most < _FIRST_OF_TEN_DIGITS and not isnan(sum(numbers)):
        return list(map(str, numbers))
    return list(map(text_to_read, numbers))


def kept(cells: list[Any]) -> list[Any]:
    """The cells as a list keeps them: what may change, or cannot be trusted, as text."""
    if _KEPT.issuperset(map(type, cells)):
        return cells
    return [cell if type(cell) in _KEPT else cell_text(cell) for cell in cells]


def size_of(cells: Sequence[Any]) -> int:
    """About how many bytes cells take that are kept. A blank counts too, or a list of blanks could go on for ever."""
    kinds = set(map(type, cells))
    if kinds == {str}:
        return sum(map(len, cells)) + cells.count("")
    if UnreadableText not in kinds and str not in kinds:
        return _SIZE_OF_NUMBER * len(cells)
    return sum([max(len(cell), 1) if isinstance(cell, str) else _SIZE_OF_NUMBER for cell in cells])


_KEPT = frozenset({str, int, float, type(None)})
