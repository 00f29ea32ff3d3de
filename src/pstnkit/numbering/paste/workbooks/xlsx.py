"""Measuring the sheets of an ``.xlsx`` workbook before they are read.

Nearly all sheets are written in one way: every cell begins with ``<c r="B7"``, then some attributes of a kind. Where no
cell is written otherwise, one search finds the outermost rows and columns, in a small part of the time that it takes to
read the sheet. Any other sheet is walked through with a parser of XML.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from zlib import crc32

from pstnkit.numbering.paste.columns import index_of
from pstnkit.numbering.paste.workbooks.allowance import Allowance, UnreadableWorkbook
from pstnkit.numbering.paste.workbooks.listing import Sheets, check_listed_once
from pstnkit.numbering.paste.workbooks.markup import Walk, local
from pstnkit.numbering.paste.workbooks.packages import Part

_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_ATTRIBUTES = rb'(?:>| t="s">| s="[0-9]*+"(?: t="s")?+/?>|(?: (?:s|t|cm|vm|ph)="[a-zA-Z0-9]*+")*+/?>)'
"""What may stand behind the place of a cell; what mostly does is tried first."""
_CELL_BEGINS = b'<c r="'
_CELL = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"' + _ATTRIBUTES)
_DIMENSION = re.compile(rb'<dimension ref="(?:[A-Z]{1,3}[0-9]{1,7}:)?([A-Z]{1,3})([0-9]{1,7})"')
_COUNTED = b"uniqueCount"
_COUNT = re.compile(_COUNTED + rb"""(\s*=\s*["'])([0-9]+)""")
"""How many texts a table of texts says to hold: as much memory is reserved."""
_MOST_COUNTED = 9
_HEAD_OF_TEXTS = re.compile(rb"[^<>]*(?:<\?xml [^<>]*>[^<>]*)?<sst[^<>]*>")
_REFERENCE = re.compile("([A-Za-z]{0,3})([0-9]{1,7})")
_LONGEST_INDEX = 20
_FEW_DIGITS = 5
_LEAST_CELL = 24
"""The fewest bytes of a sheet that a cell takes which refers to a text."""
_END_OF_TEXT = b"</si>"
_DECLARATION, _END_OF_DECLARATION = b"<?xml", b"?>"
_HOLDS_CELLS = b"sheetData"
_NO_MARKS = bytes(code for code in range(256) if code not in b"<>\"'!?D")
"""What is neither a mark of XML nor the letter by which the tag of a sheet's cells is known."""


def measure(parts: dict[str, Part], allowance: Allowance) -> None:
    """Refuse a workbook whose sheets or texts would take too much memory."""
    names = [name for name in parts if name.casefold().endswith("sharedstrings.xml")]
    if len(names) > 1:
        raise UnreadableWorkbook("holds more than one table of texts")
    for name in names:
        parts[name] = _with_believed_count(parts[name])
    listed = Sheets()
    for name, part in parts.items():
        if name.casefold().endswith("workbook.xml"):
            listed.through(part.data)
    for name, part in parts.items():
        if name.casefold().endswith("workbook.xml.rels"):
            check_listed_once(listed.keys, part.data)
    texts = [parts[name].data for name in names]
    plain = all(map(_is_plain, texts))
    sheets = [
        part.data
        for name, part in parts.items()
        if not (plain and name in names) and _HOLDS_CELLS in part.data
    ]
    cells = sum(map(len, sheets)) // _LEAST_CELL
    bounded = plain and all(_texts_are_short(part, allowance.texts // max(cells, 1)) for part in texts)
    lengths = () if bounded else [length for part in texts for length in _Texts.lengths_in(part)]
    for sheet in sheets:
        extent = _extent(sheet) if bounded else None
        if extent is None or not allowance.holds(*extent, len(sheet)):
            walked = _Sheet(lengths)
            walked.through(sheet)
            allowance.take_texts(walked.copied)
            extent = walked.rows, walked.columns
        allowance.check_grid(*extent, len(sheet))


def _with_believed_count(part: Part) -> Part:
    """A table of texts that says to hold no more of them than there can be."""
    head = _HEAD_OF_TEXTS.match(part.data)
    if _COUNTED not in (part.data if head is None else head[0]):
        return part
    data = _COUNT.sub(_believed, part.data)
    return Part(data, crc32(data)) if data != part.data else part


def _believed(count: re.Match[bytes]) -> bytes:
    """A count as it stands if there can be so many texts, else none."""
    digits = count[2]
    believed = len(digits) <= _MOST_COUNTED and int(digits) <= len(count.string)
    return count[0] if believed else _COUNTED + count[1] + b"0" * len(digits)


# --- sheets that are written as nearly all are ----------------------------------------------------------------


def _extent(sheet: bytes) -> tuple[int, int] | None:
    """A number of rows and of columns that hold all cells; None if some are written in another way."""
    start, end = sheet.find(b"<sheetData"), sheet.rfind(b"</sheetData>")
    if start < 0 or end < 0 or (sheet.find(b":", start, end) >= 0 and sheet.find(b":c", start, end) >= 0):
        return None
    # The size that a sheet says it has is a guess to begin with, and so is its last cell.
    guess = _DIMENSION.search(sheet, 0, start) or _CELL.match(sheet, sheet.rfind(_CELL_BEGINS, start, end))
    letters, row = guess.groups() if guess else (b"A", b"1")
    while True:
        search, extent = _searching_beyond(letters, row)
        found = search.search(sheet, start, end)
        if found is None:
            return extent
        start = found.start()
        cell = _CELL.match(sheet, start)
        if cell is None:
            return None
        if int(cell[2]) > extent[0] or len(cell[2]) > len(row):
            row = b"9" * len(cell[2])
        if index_of(cell[1].decode()) > extent[1]:
            letters = b"Z" * len(cell[1])


def _searching_beyond(letters: bytes, row: bytes) -> tuple[re.Pattern[bytes], tuple[int, int]]:
    """A pattern for cells beyond a column and a row, both rounded up in all but their first character."""
    lead, more = letters.decode()[0], len(letters) - 1
    columns = f"[A-{lead}][A-Z]{{{more}}}|[A-Z]{{1,{more}}}" if more else f"[A-{lead}]"
    digit, zeros = row.decode()[0], len(row) - 1
    if not more and zeros < _FEW_DIGITS:
        digit, rows = "9", f"[0-9]{{1,{zeros + 1}}}+"  # is found sooner, and is close enough
    else:
        rows = f"[0-{digit}][0-9]{{{zeros}}}|[0-9]{{1,{zeros}}}+" if zeros else f"[0-{digit}]"
    pattern = rf'<c(?! r="(?:{columns})(?:{rows})"'.encode() + _ATTRIBUTES + rb")"
    return re.compile(pattern), ((int(digit) + 1) * 10**zeros - 1, index_of(lead + "Z" * more))


def _is_plain(texts: bytes) -> bool:
    """Whether a table of texts holds nothing but texts and tags, and none of those is a sheet's.

    Each tag is one if nothing but attributes in double quotes, without other marks in them, stands between its ends.
    So the end of a text, where it is written, stands in no attribute, comment or the like.
    """
    start = texts.find(_END_OF_DECLARATION) + 2 if texts.startswith(_DECLARATION) else 0
    marks = texts[start:].translate(None, _NO_MARKS).replace(b'""', b"")
    return marks.count(b"<") == marks.count(b"<>")


def _texts_are_short(texts: bytes, most: int) -> bool:
    """Whether it is certain that no text of a plain table of texts is longer than ``most`` bytes."""
    step = most // 2
    return len(texts) <= most or (
        step >= len(_END_OF_TEXT)
        and all(
            texts.find(_END_OF_TEXT, place, place + step) >= 0
            for place in range(0, len(texts) - step + 1, step)
        )
    )


# --- any other sheet --------------------------------------------------------------------------------------------


class _Texts(Walk):
    """The lengths of the texts in a table of texts."""

    def __init__(self) -> None:
        super().__init__()
        self._lengths = [0]

    @classmethod
    def lengths_in(cls, part: bytes) -> Sequence[int]:
        """The lengths in the order of the texts."""
        walked = cls()
        walked.through(part)
        return walked._lengths[1:]

    def opened(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002
        if local(name) == "si":
            self._lengths.append(0)

    def text(self, text: str) -> None:
        self._lengths[-1] += len(text)


class _Sheet(Walk):
    """How far the filled cells of a sheet reach, and how many characters are copied into them."""

    def __init__(self, lengths: Sequence[int]) -> None:
        super().__init__()
        self.rows = self.columns = self.copied = 0
        self._lengths = lengths
        self._row = self._column = 0
        self._place: tuple[int, int] | None = None
        self._refers = False
        self._index = ""

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        name = local(name)
        if name == "row":
            self._row = _place_of(attributes["r"])[0] if "r" in attributes else self._row
        elif name == "c":
            place = _place_of(attributes["r"]) if "r" in attributes else (self._row, self._column)
            self._column = place[1] + 1
            self._place = place
            self._refers = attributes.get("t") == "s"
            self._index = ""
        elif self._place is not None:
            self.rows = max(self.rows, self._place[0] + 1)
            self.columns = max(self.columns, self._place[1] + 1)

    def text(self, text: str) -> None:
        if self._place is not None and self._refers and len(self._index) < _LONGEST_INDEX:
            self._index += text[:_LONGEST_INDEX]

    def closed(self, name: str) -> None:
        name = local(name)
        if name == "row":
            self._row += 1
            self._column = 0
        elif name == "c":
            self._place = None
            index = self._index.strip()
            if self._refers and index.isascii() and index.isdigit() and int(index) < len(self._lengths):
                self.copied += self._lengths[int(index)]


def _place_of(reference: str) -> tuple[int, int]:
    """The row and column of a reference such as ``B7``, from 0; what is none is as far away as can be."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return _MOST_ROWS, _MOST_COLUMNS
    return int(found[2]) - 1, index_of(found[1]) - 1
