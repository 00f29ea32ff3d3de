"""Which columns of a table hold telephone numbers, and where its headings end.

A heading that says so decides; without one, a column is read when at least half of its cells are numbers
that could be dialed. Account numbers, postal codes, dates and amounts fall short of that, and what looks
like a number in a column that is not read is listed as unread.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum

from pstnkit.catalog import sentence
from pstnkit.errors import CallerError
from pstnkit.numbering.paste.cells import Table, bare
from pstnkit.numbering.paste.cleaning import plain
from pstnkit.numbering.paste.patterns import pattern
from pstnkit.numbering.paste.spelling import read_cell
from pstnkit.numbering.reasons import Reason

_PHONES = """
    ani btn btns cell cellular ddi did dids dn dns e164 fax faxes landline mdn mobile msisdn phone phones tel
    telephone telephones tfn tfns tn tns wtn wtns celular móvil movil teléfono telefon telefono téléphone
    télécopieur
"""
_NUMBERS = "number numbers numero número numéro"
_QUALIFIERS = "billing business calling contact dial direct home line main office port ported porting work"
_DECISIVE = """
    account acct amount card carrier case code contract cost count date email ein ext extension iccid id ids
    imei invoice kind model name names note notes of order pin plan po postal postcode price provider qty
    quantity ref reference serial sku ssn status ticket total type zip
"""
_OTHER = """
    address area begin center city comment comments company contact country customer department description
    end first last lata location npa nxx ocn province rate region site start state street title user users
"""
_PHONE_WORDS = frozenset(_PHONES.split())
"""Words of a heading that name telephone numbers."""
_DECISIVE_WORDS = frozenset(_DECISIVE.split())
"""Words that name something else even beside one of those: "phone type", "account number"."""
_NUMBER_WORDS = frozenset(_NUMBERS.split())
"""Words that name numbers of some kind: of a telephone, a customer, a house."""
_TELEPHONE_QUALIFIERS = frozenset(_QUALIFIERS.split())
"""Words that make it a telephone's: "main number", "numbers to port"."""
_HEADING_WORDS = _PHONE_WORDS | _NUMBER_WORDS | _DECISIVE_WORDS | frozenset(_OTHER.split())
"""Words by which a row of headings is known."""
_WORD = pattern(r"[^\W\d_]+")
_LONGEST_HEADING = 48
_MOST_DIGITS_IN_HEADING = 2
_HEADING_ROWS = 20
_SAMPLE = 1000
_LEAST_SHARE = 0.5
_MOST_LETTERS = 20
_NUMBER_LIKE = pattern(r"(?<![0-9$\u20ac\u00a3\u00a5.,])(?:[0-9][ ().\-\[\]/]{0,3}+){7,15}(?![0-9])")
_NINE_DIGIT_ZIP = pattern("[0-9]{5}-[0-9]{4}")
_SHORTEST = 7
_DIGITS = pattern(r"(?:[^0-9]*+[0-9]){7}")
_LETTERS = pattern(r"[0-9]{3}[)\-. ]*+[A-Za-z]")
_DATE = pattern(
    r"\s*(?:(?:19|20)[0-9]{2}[-./][0-9]{1,2}[-./][0-9]{1,2}"
    r"|[0-9]{1,2}[-./][0-9]{1,2}[-./](?:19|20)?[0-9]{2})(?![0-9-])"
)


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


class ReadColumn:
    """A column that was read: ``index`` from 1, its ``name`` if it has a heading, and ``why`` it was chosen.

    >>> column = ReadColumn(2, "Phone", WhyRead.HEADING)
    >>> column.letter, column.why
    ('B', <WhyRead.HEADING: 'heading'>)
    >>> print(column)
    column B ("Phone"): its heading names telephone numbers
    """

    __slots__ = ("index", "name", "share", "why")

    def __init__(self, index: int, name: str | None, why: WhyRead, share: float | None = None) -> None:
        self.index = index
        self.name = name
        self.why = why
        self.share = share

    @property
    def letter(self) -> str:
        """The column's letter in a spreadsheet."""
        return letter_of(self.index)

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


def value_of(raw: str) -> str:
    """The cleaned text of a raw cell."""
    return plain(bare(raw)[0]).strip()


def choose_columns(table: Table, plausible: Plausible, *, settle: bool = True) -> Choice:
    """The columns of ``table`` that hold numbers; none if nothing says so.

    Where no column is named by its heading or filled by half, ``settle`` takes those with the most numbers.
    """
    single = table.width() <= 1
    headings = heading_rows(table, single=single)
    heading = table.rows[headings - 1] if headings else []
    names = [value_of(cell) or None for cell in heading]
    if single:
        name = names[0] if names else None
        return Choice([ReadColumn(1, name, WhyRead.ONLY_COLUMN)], headings)
    filled = [0] * table.width()
    numbers = [0] * table.width()
    lost = [0] * table.width()
    for row in table.rows[headings : headings + _SAMPLE]:
        for index, cell in enumerate(row):
            kind = _kind_of(cell, plausible)
            filled[index] += kind is not None
            numbers[index] += kind is True
            lost[index] += kind == "lost"
    names += [None] * (table.width() - len(names))
    told = [_heading_says(name) if name else None for name in names]
    doubtful = True in (says for says, count in zip(told, filled, strict=True) if count)
    chosen = []
    for index, name in enumerate(names):
        says = told[index]
        if says is None and doubtful and name and _is_number_of_something(name):
            says = False
        share = numbers[index] / (filled[index] - lost[index]) if filled[index] > lost[index] else 0.0
        if says and filled[index]:
            chosen.append(ReadColumn(index + 1, name, WhyRead.HEADING))
        elif says is None and numbers[index] and share >= _LEAST_SHARE:
            chosen.append(ReadColumn(index + 1, name, WhyRead.CONTENT, share))
    if not chosen:
        for index, name in enumerate(names):
            if name and filled[index] and _words(name) <= _NUMBER_WORDS:
                chosen.append(ReadColumn(index + 1, name, WhyRead.HEADING))
    most = max(numbers)
    if settle and most and not chosen:
        for index, name in enumerate(names):
            if numbers[index] == most and told[index] is not False:
                chosen.append(ReadColumn(index + 1, name, WhyRead.MOST, most / filled[index]))
    return Choice(chosen, headings)


def asked_columns(table: Table, asked: object) -> Choice:
    """The columns that the caller names, one or several: by heading, by letter, or by index from 1.

    Raises :class:`UnknownColumn`, which lists what there is, and :class:`TypeError` for any other type.
    """
    wanted = (
        list(asked) if isinstance(asked, Iterable) and not isinstance(asked, str | bytes) else [asked]
    )
    headings = heading_rows(table, single=table.width() <= 1)
    titles = {name.strip().casefold() for name in wanted if isinstance(name, str)}
    for number, row in enumerate(table.rows[:_HEADING_ROWS], 1):
        if titles & {value_of(cell).casefold() for cell in row}:
            headings = number
            break
    names = [value_of(cell) or None for cell in table.rows[headings - 1]] if headings else []
    chosen: dict[int, ReadColumn] = {}
    for one in wanted:
        if isinstance(one, bool) or not isinstance(one, str | int):
            raise TypeError(f"a column is named by heading, letter or index, not by {type(one).__name__}")
        for index in _indexes(one, names, table.width()):
            name = names[index - 1] if index <= len(names) else None
            chosen[index] = ReadColumn(index, name, WhyRead.ASKED_FOR)
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
        known = (
            f"{letter_of(i)} ({names[i - 1]!r})" if i <= len(names) and names[i - 1] else letter_of(i)
            for i in range(1, width + 1)
        )
        raise UnknownColumn(asked, tuple(known))
    return found


def may_look_like_number(raw: str) -> bool:
    """A quick look at a raw cell: False only where :func:`looks_like_number` is, too."""
    return len(raw) >= _SHORTEST and (
        _DIGITS.match(raw) is not None or _LETTERS.search(raw) is not None or not raw.isascii()
    )


def looks_like_number(value: str) -> bool:
    """Whether a cell that is not read would be missed: cleaned, it holds what could be a telephone number."""
    if not value or _DATE.match(value) or _NINE_DIGIT_ZIP.fullmatch(value):
        return False
    return _NUMBER_LIKE.search(value) is not None or any(one.complete for one in read_cell(value))


def _kind_of(raw: str, plausible: Plausible) -> bool | str | None:
    """Of a cell under a heading: None if blank, "lost" if its digits are, else whether it is a number."""
    value = value_of(raw)
    if not value:
        return None
    found = read_cell(value)
    if found[0].reason is Reason.DIGITS_LOST:
        return "lost"
    if sum(map(str.isalpha, value)) > _MOST_LETTERS:
        return False
    return any(one.reason is Reason.FOREIGN or (one.first > 0 and plausible(one.first)) for one in found)


def heading_rows(table: Table, *, single: bool) -> int:
    """How many rows stand above the first cell that counts, the headings being the last of them; or 0."""
    looked_at = 0
    for number, row in enumerate(table.rows[: 10 * _HEADING_ROWS], 1):
        values = [value for value in map(value_of, row) if value]
        if not values:
            continue
        if any(one.complete for value in values for one in read_cell(value)):
            return 0
        if _are_headings(values, single=single):
            return number
        looked_at += 1
        if single or looked_at == _HEADING_ROWS:
            return 0
    return 0


def _are_headings(values: list[str], *, single: bool) -> bool:
    if any(
        len(value) > _LONGEST_HEADING or sum(map(str.isdigit, _without_e164(value))) > _MOST_DIGITS_IN_HEADING
        for value in values
    ):
        return False
    if single:
        return bool(_words(values[0]) & (_PHONE_WORDS | _NUMBER_WORDS))
    return len(values) > 1 and any(_words(value) & _HEADING_WORDS for value in values)


def _heading_says(name: str) -> bool | None:
    """True if a heading names telephone numbers, False if it names other things, None if it does not say."""
    words = _words(name)
    if words & _PHONE_WORDS or (words & _NUMBER_WORDS and words & _TELEPHONE_QUALIFIERS):
        return not words & _DECISIVE_WORDS
    if words & _NUMBER_WORDS:
        return False if words & _DECISIVE_WORDS else None
    return False if words & _HEADING_WORDS else None


def _is_number_of_something(name: str) -> bool:
    """Whether a heading names numbers that may be a telephone's or not: "customer number"."""
    words = _words(name)
    return bool(words & _NUMBER_WORDS) and not words <= _NUMBER_WORDS


def _words(value: str) -> set[str]:
    bare_of_it = _without_e164(value)
    words = {word.casefold() for word in _WORD.findall(bare_of_it)}
    if len(bare_of_it) < len(value):
        words.add("e164")
    return words


def _without_e164(value: str) -> str:
    return re.sub(r"e\.?164", "", value, flags=re.IGNORECASE)
