"""Which columns of a table hold telephone numbers.

A heading that says so decides; without one, a column is read when at least half of its cells are numbers
that could be dialed. Account numbers, postal codes, dates and amounts fall short of that, and what looks
like a number in a column that is not read is listed as unread.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import takewhile
from typing import final

from pstnkit.catalog import sentence
from pstnkit.errors import CallerError
from pstnkit.numbering.immutable import Immutable
from pstnkit.numbering.paste.cells import Table, value_of
from pstnkit.numbering.paste.headings import (
    HEADING_ROWS,
    heading_rows,
    says_number,
    says_number_of,
    says_telephone,
)
from pstnkit.numbering.paste.patterns import pattern
from pstnkit.numbering.paste.spelling import read_cell
from pstnkit.numbering.reasons import Reason

_SAMPLE = 1000
_LEAST_SHARE = 0.5
_MOST_LETTERS = 20
_TELLING = pattern("[0-9#]")
"""Without one of these a cell holds no number, and none that a spreadsheet could not show."""


class UnknownColumn(CallerError):
    """A column that was asked for and is not there.

    :ivar column: what was asked for.
    :ivar known: the columns that there are, each by heading or letter.
    """

    def __init__(self, column: object, known: tuple[str, ...]) -> None:
        super().__init__(column, known)
        self.column = column
        self.known = known

    def __str__(self) -> str:
        return f"there is no column {self.column!r}; there are {', '.join(self.known) or 'none'}"


class WhyRead(StrEnum):
    """Why a column was read. The sentences stand in :mod:`pstnkit.catalog`."""

    ASKED_FOR = "asked_for"
    ONLY_COLUMN = "only_column"
    HEADING = "heading"
    CONTENT = "content"
    MOST = "most"


@final
class ReadColumn(Immutable):
    """A column that was read: ``index`` from 1, its ``name`` if it has a heading, and ``why`` it was chosen.

    >>> column = ReadColumn(2, "Phone", WhyRead.HEADING)
    >>> column.letter, column.why
    ('B', <WhyRead.HEADING: 'heading'>)
    >>> print(column)
    column B ("Phone"): its heading names telephone numbers
    """

    __slots__ = ("index", "name", "share", "why")

    index: int
    name: str | None
    why: WhyRead
    share: float | None

    def __init__(self, index: int, name: str | None, why: WhyRead, share: float | None = None) -> None:
        for slot, told in zip(ReadColumn.__slots__, (index, name, share, why), strict=True):
            object.__setattr__(self, slot, told)

    @property
    def letter(self) -> str:
        """The column's letter in a spreadsheet."""
        return letter_of(self.index)

    def is_called(self, name: object) -> bool:
        """Whether ``name`` is its heading, its letter or its index from 1.

        >>> ReadColumn(2, "Phone", WhyRead.HEADING).is_called("phone")
        True
        """
        if isinstance(name, str):
            called = name.strip().casefold()
            return called in (self.letter.casefold(), None if self.name is None else self.name.casefold())
        return isinstance(name, int) and not isinstance(name, bool) and name == self.index

    @property
    def explanation(self) -> str:
        """Why it was read, as a sentence."""
        percent = None if self.share is None else round(100 * self.share)
        return sentence(self.why, percent=percent)

    def __str__(self) -> str:
        named = "" if self.name is None else f' ("{self.name}")'
        return f"column {self.letter}{named}: {self.explanation}"

    def __repr__(self) -> str:
        return f"ReadColumn({self.index}, {self.name!r}, {self.why!r})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ReadColumn):
            return NotImplemented
        return (self.index, self.name, self.why) == (other.index, other.name, other.why)

    def __hash__(self) -> int:
        return hash((self.index, self.name, self.why))

    def __reduce__(self) -> tuple[object, ...]:
        return ReadColumn, (self.index, self.name, self.why, self.share)


class Choice:
    """The columns to read and how many rows of titles and headings stand above the cells."""

    __slots__ = ("columns", "headings")

    def __init__(self, columns: Sequence[ReadColumn], headings: int) -> None:
        self.columns = tuple(columns)
        self.headings = headings


Plausible = Callable[[int], bool]
"""Whether ten digits could be a subscriber's number."""


def letter_of(index: int) -> str:
    """The letter of a column by its index from 1.

    >>> letter_of(1), letter_of(27)
    ('A', 'AA')
    """
    letters = ""
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def index_of(letters: str) -> int:
    """The index of a column by its letter; 0 if it is none.

    >>> index_of("B"), index_of("aa"), index_of("Phone 1")
    (2, 27, 0)
    """
    if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):
        return 0
    index = 0
    for letter in letters.upper():
        index = 26 * index + ord(letter) - ord("A") + 1
    return index


def choose_columns(table: Table, plausible: Plausible) -> Choice:
    """The columns of ``table`` that hold numbers; none if nothing says so."""
    return Survey(table, plausible).choice(settle=True)


class Survey:
    """What is to be seen of the columns of a table, found once."""

    __slots__ = ("_names", "_tallies", "_told", "headings", "table")

    def __init__(self, table: Table, plausible: Plausible) -> None:
        self.table = table
        width = table.width()
        self.headings = heading_rows(table, single=width <= 1)
        self._names = _names(table, self.headings)
        self._tallies = _tallies(table, self.headings, plausible) if width > 1 else []
        self._told = [None if name is None else says_telephone(name) for name in self._names]

    def choice(self, *, settle: bool) -> Choice:
        """The columns that hold numbers. Where none is named by its heading or filled by half, ``settle`` takes those
        with the most numbers."""
        names, tallies, told = self._names, self._tallies, self._told
        if not tallies:
            only = ReadColumn(1, names[0] if names else None, WhyRead.ONLY_COLUMN)
            return Choice([only], self.headings)
        if any(says and tally.is_filled for says, tally in zip(told, tallies, strict=True)):
            # Beside a column of telephone numbers, a "customer number" is none, whatever it looks like.
            told = [
                False if name and says_number_of(name) and not says else says
                for name, says in zip(names, told, strict=True)
            ]
        chosen = []
        for index, (name, says, tally) in enumerate(zip(names, told, tallies, strict=True), 1):
            if says and tally.is_filled:
                chosen.append(ReadColumn(index, name, WhyRead.HEADING))
            elif says is None and tally.share >= _LEAST_SHARE:
                chosen.append(ReadColumn(index, name, WhyRead.CONTENT, tally.share))
        if not chosen:
            for index, (name, tally) in enumerate(zip(names, tallies, strict=True), 1):
                if name and tally.is_filled and says_number(name):
                    chosen.append(ReadColumn(index, name, WhyRead.HEADING))
        if settle and not chosen:
            most = max(tally.numbers for tally in tallies)
            for index, (name, says, tally) in enumerate(zip(names, told, tallies, strict=True), 1):
                if most and tally.numbers == most and says is not False:
                    chosen.append(ReadColumn(index, name, WhyRead.MOST, most / tally.filled))
        return Choice(chosen, self.headings)


class _Tally:
    """How many cells of a column are filled, are numbers, and have lost their digits in a spreadsheet.

    They are counted when it is asked for: of a column whose heading says what it holds, nobody asks. The ``rows`` are
    those with the most cells first.
    """

    __slots__ = ("_column", "_counts", "_plausible", "_rows")

    def __init__(self, rows: Sequence[Sequence[str]], column: int, plausible: Plausible) -> None:
        self._rows = rows
        self._column = column
        self._plausible = plausible
        self._counts: tuple[int, int, int] | None = None

    def _cells(self) -> Iterator[str]:
        column = self._column
        return (row[column] for row in takewhile(lambda row: column < len(row), self._rows))

    @property
    def is_filled(self) -> bool:
        """Whether any cell is."""
        return any(map(value_of, self._cells()))

    def _counted(self) -> tuple[int, int, int]:
        if self._counts is None:
            kinds = Counter(_kind_of(cell, self._plausible) for cell in self._cells())
            self._counts = kinds.total() - kinds[None], kinds[True], kinds["lost"]
        return self._counts

    @property
    def filled(self) -> int:
        return self._counted()[0]

    @property
    def numbers(self) -> int:
        return self._counted()[1]

    @property
    def share(self) -> float:
        """The share of numbers among the cells that can still be read."""
        filled, numbers, lost = self._counted()
        return numbers / (filled - lost) if filled > lost else 0.0


def _tallies(table: Table, headings: int, plausible: Plausible) -> list[_Tally]:
    rows = sorted(table.rows[headings : headings + _SAMPLE], key=len, reverse=True)
    return [_Tally(rows, column, plausible) for column in range(table.width())]


def _names(table: Table, headings: int) -> list[str | None]:
    """The heading of each column, None where it has none."""
    width = table.width()
    row = table.rows[headings - 1] if headings else []
    names = [value_of(cell) or None for cell in row[:width]]
    return names + [None] * (width - len(names))


def asked_columns(table: Table, asked: object) -> Choice:
    """The columns that the caller names, one or several: by heading, by letter, or by index from 1.

    Raises :class:`UnknownColumn`, which lists what there is, and :class:`TypeError` for any other type.
    """
    wanted = list(asked) if isinstance(asked, Iterable) and not isinstance(asked, str | bytes) else [asked]
    headings = heading_rows(table, single=table.width() <= 1)
    titles = {name.strip().casefold() for name in wanted if isinstance(name, str)}
    for number, row in enumerate(table.rows[:HEADING_ROWS], 1):
        if titles & {value_of(cell).casefold() for cell in row}:
            headings = number
            break
    names = _names(table, headings)
    chosen: dict[int, ReadColumn] = {}
    for one in wanted:
        if isinstance(one, bool) or not isinstance(one, str | int):
            raise TypeError(f"a column is named by heading, letter or index, not by {type(one).__name__}")
        for index in _indexes(one, names, table.width()):
            chosen[index] = ReadColumn(index, names[index - 1], WhyRead.ASKED_FOR)
    return Choice([chosen[index] for index in sorted(chosen)], headings)


def _indexes(asked: str | int, names: list[str | None], width: int) -> list[int]:
    if isinstance(asked, str):
        title = asked.strip().casefold()
        found = [index for index, name in enumerate(names, 1) if name and name.casefold() == title]
        index = index_of(asked.strip())
    else:
        found, index = [], asked
    if not found and 1 <= index <= width:
        found = [index]
    if not found:
        known = (f"{letter_of(i)} ({name!r})" if name else letter_of(i) for i, name in enumerate(names, 1))
        raise UnknownColumn(asked, tuple(known))
    return found


def _kind_of(raw: str, plausible: Plausible) -> bool | str | None:
    """Of a cell under a heading: None if blank, "lost" if its digits are, else whether it is a number."""
    value = value_of(raw)
    if not value:
        return None
    if _TELLING.search(value) is None:
        return False
    found = read_cell(value)
    if found[0].reason is Reason.DIGITS_LOST:
        return "lost"
    if sum(map(str.isalpha, value)) > _MOST_LETTERS:
        return False
    return any(one.reason is Reason.FOREIGN or (one.first > 0 and plausible(one.first)) for one in found)
