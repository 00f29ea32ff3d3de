"""The book of a paste: its source, the records of its entries, and how an entry is told of when it is looked at.

The records know what became of an entry and where its cell stands. Its text is taken from the source; the cell is read
once more only for what neither tells: extensions, and why it is no number.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from pstnkit.numbering import bits
from pstnkit.numbering.bcd import from_bcd
from pstnkit.numbering.paste.cells import bare
from pstnkit.numbering.paste.cleaning import origins, plain
from pstnkit.numbering.paste.entry import Entry, entry_at
from pstnkit.numbering.paste.first_listed import FirstListed
from pstnkit.numbering.paste.lines import Lines
from pstnkit.numbering.paste.outcomes import DUPLICATE, OUTCOMES, UNCONFIRMED, VALID
from pstnkit.numbering.paste.raw_cells import UnreadableText
from pstnkit.numbering.paste.runs import Spelled
from pstnkit.numbering.paste.spelling import read_cell
from pstnkit.numbering.paste.verdicts import Hint
from pstnkit.numbering.reasons import Reason

if TYPE_CHECKING:
    from pstnkit.numbering.paste.bulk import Known
    from pstnkit.numbering.paste.classify import Classifier
    from pstnkit.numbering.paste.entry import Origin, Outcome, Place, Told
    from pstnkit.numbering.paste.raw_cells import RawCells
    from pstnkit.numbering.paste.records import Piece, Records

_NO_FIGURES: Mapping[str, Any] = {}
_LINES = 10_000
_NOT_DIGITS = bytes(code for code in range(256) if not 48 <= code <= 57)


def read_raw(raw: str) -> Sequence[Spelled]:
    """What a raw cell says; nothing if it is blank."""
    text = plain(bare(raw)[0] if '"' in raw else raw).strip()
    if type(raw) is UnreadableText:
        figures: dict[str, object] = {"type": raw[1:-1]}
        return [Spelled(0, len(text), reason=Reason.UNREADABLE_CELL, hint=Hint.CELL_TYPE, figures=figures)]
    return read_cell(text) if text else ()


class Page:
    """One source of a book: where its entries begin, what it holds, and by what they were judged.

    ``number`` is that of the source among those of the book, from 1; None if there is only one.
    """

    __slots__ = ("base", "classifier", "known", "number", "source")

    def __init__(
        self, base: int, source: RawCells, classifier: Classifier, known: Known, number: int | None = None
    ) -> None:
        self.base = base
        self.number = number
        self.source = source
        self.classifier = classifier
        self.known = known

    def told(self, code: int, first: int, last: int) -> Told:
        """What is to be said about a number or range that is no repetition."""
        if code == VALID:
            return None, _NO_FIGURES
        npa = first // 10_000_000
        if code == UNCONFIRMED:
            plan = self.classifier.plan
            days = {"as_of": plan.as_of.isoformat(), "horizon": plan.horizon.isoformat()}
            return Hint.PLAN_DATE, {"npa": npa, **days}
        member = self._refused_member(first, last)
        figures: dict[str, Any] = {"npa": npa, "nxx": f"{member // _LINES % 1000:03}"}
        if OUTCOMES[code][1] is Reason.AREA_CODE_NOT_IN_SERVICE:
            opens = self.classifier.opens(npa)
            if opens is not None:
                return Hint.OPENS, {**figures, "opens": opens.isoformat()}
        if first != last:
            return Hint.RANGE_MEMBER, {**figures, "number": f"+1{member}"}
        return None, figures

    def _refused_member(self, first: int, last: int) -> int:
        """The number because of which a number or range is refused: the lowest with the finding, or that is known."""
        finding, member = self.classifier.worst_of(first, last)
        if finding is not None and finding is not Reason.AREA_CODE_UNCONFIRMED:
            return member
        span = bits.span(first % _LINES, last % _LINES)
        held = next(filter(None, (numbers._bitmap(first // _LINES) & span for numbers, _ in self.known)))
        return first // _LINES * _LINES + (held & -held).bit_length() - 1


class Book:
    """Everything that is known of the entries of a paste, or of several that were merged: the records and pages."""

    __slots__ = ("_first_listed", "_opened", "pages", "records")

    def __init__(self, pages: Sequence[Page], records: Records) -> None:
        self.pages = tuple(pages)
        self.records = records
        self._opened: _Opened | None = None
        self._first_listed: FirstListed | None = None

    @property
    def sources(self) -> int:
        """How many sources there are."""
        return max(page.number or 1 for page in self.pages)

    def page(self, index: int) -> Page:
        """The page on which an entry stands."""
        return self.pages[bisect_right(self.pages, index, key=lambda page: page.base) - 1]

    def entry(self, index: int) -> Entry:
        """The entry at ``index``."""
        kept = self._opened  # looked at once: another thread may open another piece meanwhile
        if kept is None or not kept.begin <= index < kept.end:
            kept = self._opened = _Opened(self, *self.records.piece_at(index))
        return entry_at(kept, index)

    def entries(self, indexes: Sequence[int]) -> Iterator[Entry]:
        """The entries at ``indexes``, which ascend: each piece of the records is opened once for all in it."""
        for begin, piece, some in self.records.parted(indexes):
            opened = _Opened(self, begin, piece)
            for index in some:
                yield entry_at(opened, index)

    def repetition(self, index: int, first: int, last: int) -> Told:
        """What is to be said about a duplicate: where its number was listed first."""
        if self._first_listed is None:
            self._first_listed = FirstListed(self.records)
        size = last - first + 1
        number, count, _ = self.records.repetition(index)
        entry = self._first_listed.entry_of(number)
        figures: dict[str, Any] = {
            "number": f"+1{number}",
            "repeated": count,
            "count": size,
            "entry": entry + 1,
            "row": self.records.row(entry) + 1,
        }
        source = self.page(entry).number
        if source == self.page(index).number:
            return Hint.FIRST_LISTED if size == 1 else Hint.PARTLY_LISTED, figures
        figures["source"] = source
        return Hint.FIRST_LISTED_ELSEWHERE if size == 1 else Hint.PARTLY_LISTED_ELSEWHERE, figures


class _Opened:
    """A piece of the records that is looked at, on its page: it tells of the entries from ``begin`` to ``end``.

    Its lines are split once for all of them. A cell that has to be read is read once for all of its entries, as long
    as they are looked at one after another.
    """

    __slots__ = (
        "_book",
        "_cell",
        "_found",
        "_lines",
        "_page",
        "_piece",
        "_starts",
        "_taken",
        "_texts",
        "begin",
        "end",
    )

    def __init__(self, book: Book, begin: int, piece: Piece) -> None:
        self.begin = begin
        self.end = begin + len(piece)
        self._book = book
        self._page = book.page(begin)
        self._piece = piece
        self._lines = piece.places if isinstance(piece.places, Lines) else None
        self._starts = None if self._lines is not None else piece.places
        self._texts: Sequence[str] | None = None
        # Each is looked at once and then put in whole: another thread may look at another entry meanwhile.
        self._found: tuple[int, int, int | None] = (-1, 0, None)
        self._taken: tuple[int, str] = (-1, "")
        self._cell: tuple[int, _Cell] | None = None

    def _find(self, index: int) -> tuple[int, int, int | None]:
        """An entry, its cell in the piece, and which of the entries of that it is; None if it is the only one."""
        kept = self._found
        if kept[0] != index:
            cell, part = self._piece.find(index - self.begin)
            kept = self._found = index, cell, part
        return kept

    def _raw(self, cell: int) -> str:
        """The text of a cell."""
        if self._lines is not None:
            if self._texts is None:
                self._texts = self._lines.rows()
            return self._texts[cell]
        kept = self._taken
        if kept[0] != cell:
            piece = self._piece
            take = self._page.source.raw
            places = piece.places
            raw = take(places[cell], 0, 0) if places else take(0, piece.rows[cell], piece.column_of(cell))
            kept = self._taken = cell, raw
        return kept[1]

    def _read(self, cell: int) -> _Cell:
        """A cell, read."""
        kept = self._cell
        if kept is None or kept[0] != cell:
            kept = self._cell = cell, _Cell(self._raw(cell))
        return kept[1]

    def text(self, index: int) -> str:
        """What stood in the source."""
        _, cell, part = self._find(index)
        return self._raw(cell) if part is None else self._read(cell).text_of(part)

    def value(self, index: int) -> str:
        """The same, cleaned."""
        _, cell, part = self._find(index)
        value = _cleaned(self._raw(cell)) if part is None else self._read(cell).value_of(part)
        return " ".join(value.split()) if "\n" in value or "  " in value else value

    def place(self, index: int) -> Place:
        """Where it stood."""
        _, cell, _ = self._find(index)
        return self._piece.rows[cell] + 1, self._piece.column_of(cell) + 1

    def start(self, index: int) -> int | None:
        """Where it began in a text."""
        if not self._page.source.positions:
            return None
        if self._starts is None:
            assert self._lines is not None
            self._starts = self._lines.starts()
        _, cell, part = self._find(index)
        return self._starts[cell] + (0 if part is None else self._read(cell).start_of(part))

    def origin(self, _: int) -> Origin:
        """From which of several sources, and from which sheet of a workbook."""
        return self._page.number, self._page.source.sheet

    def outcome(self, index: int) -> Outcome:
        """What became of it, and why."""
        return OUTCOMES[self._book.records.codes[index]]

    def span(self, index: int) -> tuple[int, int]:
        """The first and the last of its numbers; zeros if it gives none."""
        return (0, 0) if self._book.records.codes[index] > DUPLICATE else self._written(index)

    def _written(self, index: int) -> tuple[int, int]:
        """The same, also if they are refused."""
        records = self._book.records
        bcd = records.numbers[index]
        if bcd:
            number = from_bcd(bcd)
            return number, number
        return records.spans.get(index, (0, 0))

    def extension(self, index: int) -> str | None:
        """The digits of its extension."""
        _, cell, part = self._find(index)
        if part is None and _is_all(self._book.records.numbers[index], self._raw(cell)):
            return None
        return self._read(cell).spelled[part or 0].extension

    def told(self, index: int) -> Told:
        """What is to be said about it."""
        code = self._book.records.codes[index]
        first, last = self._written(index)
        if code == DUPLICATE:
            return self._book.repetition(index, first, last)
        if first:
            return self._page.told(code, first, last)
        _, cell, part = self._find(index)
        spelled = self._read(cell).spelled[part or 0]
        if spelled.reason is Reason.FOREIGN:
            return Hint.COUNTRY, {"international": spelled.digits}
        return spelled.hint, spelled.figures or _NO_FIGURES


def _cleaned(raw: str) -> str:
    return plain(bare(raw)[0] if '"' in raw else raw).strip()


def _is_all(number: int, raw: str) -> bool:
    """Whether a cell holds no other digits than those of a number (in BCD), with a 1 before them at most."""
    if not number or not raw.isascii():
        return False
    digits = raw.encode().translate(None, _NOT_DIGITS)
    written = b"%x" % number
    # Of a number that begins with 1, the first could be its own, and the last that of an extension.
    return digits == written or (digits == b"1" + written and not written.startswith(b"1"))


def _in_quotes(content: str, inner: int, places: Iterable[int]) -> Iterator[int]:
    """Where in a raw cell the ``places`` of its content are, which begins at ``inner``: each quote is doubled there."""
    reached = 0
    for place in places:
        inner += content.count('"', reached, place)
        reached = place
        yield place + inner


class _Cell:
    """A raw cell, and what it says."""

    __slots__ = ("_clean", "_content", "_inner", "_places", "_raw", "_text", "spelled")

    def __init__(self, raw: str) -> None:
        self._raw = raw
        self._content, self._inner = bare(raw) if '"' in raw else (raw, 0)
        self._clean = plain(self._content)
        self._text = self._clean.strip()
        self.spelled = read_raw(raw)
        self._places: Sequence[int] | None = None

    def text_of(self, part: int) -> str:
        """What stood in the source of one of its entries."""
        spelled = self.spelled[part]
        places = self._origins()
        return self._raw[places[spelled.start] : places[spelled.end - 1] + 1]

    def value_of(self, part: int) -> str:
        """The same, cleaned."""
        return self._text[self.spelled[part].start : self.spelled[part].end]

    def start_of(self, part: int) -> int:
        """Where in the cell one of its entries begins."""
        return self._origins()[self.spelled[part].start]

    def _origins(self) -> Sequence[int]:
        """For each character of the cleaned text, where in the raw cell it comes from."""
        if self._places is None:
            self._places = self._found_origins()
        return self._places

    def _found_origins(self) -> Sequence[int]:
        lead = self._clean.index(self._text)
        size = len(self._text) + 1
        if self._clean is self._content and not (self._inner and '"' in self._content):
            return range(lead + self._inner, lead + self._inner + size)
        in_content = islice(origins(self._content), lead, lead + size)
        return array("I", _in_quotes(self._content, self._inner, in_content) if self._inner else in_content)
