"""The book of a paste: its source, the records of its entries, and how an entry is made when it is looked at."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from pstnkit.numbering import bits
from pstnkit.numbering.bcd import to_bcd
from pstnkit.numbering.paste.cells import bare
from pstnkit.numbering.paste.cleaning import origins, plain
from pstnkit.numbering.paste.entry import Entry, Fields
from pstnkit.numbering.paste.outcomes import DUPLICATE, OUTCOMES, UNCONFIRMED, VALID, places_of
from pstnkit.numbering.paste.raw_cells import UnreadableText
from pstnkit.numbering.paste.runs import Spelled
from pstnkit.numbering.paste.spelling import read_cell
from pstnkit.numbering.paste.verdicts import Hint, Verdict
from pstnkit.numbering.reasons import Reason

if TYPE_CHECKING:
    from pstnkit.numbering.paste.bulk import Known
    from pstnkit.numbering.paste.classify import Classifier
    from pstnkit.numbering.paste.raw_cells import RawCells
    from pstnkit.numbering.paste.records import Records

_NO_FIGURES: Mapping[str, Any] = {}
_LINES = 10_000

Told = tuple[Reason | None, Hint | None, Mapping[str, Any]]


def read_raw(raw: str) -> Sequence[Spelled]:
    """What a raw cell says; nothing if it is blank."""
    text = plain(bare(raw)[0] if '"' in raw else raw).strip()
    if type(raw) is UnreadableText:
        figures: dict[str, object] = {"type": raw[1:-1]}
        return [Spelled(0, len(text), reason=Reason.UNREADABLE_CELL, hint=Hint.CELL_TYPE, figures=figures)]
    return read_cell(text) if text else ()


class Page:
    """One source of a book: where its entries begin, what it holds, and by what they were judged."""

    __slots__ = ("base", "classifier", "known", "source")

    def __init__(self, base: int, source: RawCells, classifier: Classifier, known: Known) -> None:
        self.base = base
        self.source = source
        self.classifier = classifier
        self.known = known

    def told(self, code: int, spelled: Spelled) -> Told:
        """Reason, hint and figures of an entry that is no duplicate."""
        reason = OUTCOMES[code][1]
        first, last = spelled.first, spelled.last
        if code == VALID:
            return None, None, _NO_FIGURES
        if code == UNCONFIRMED:
            plan = self.classifier.plan
            days = {"as_of": plan.as_of.isoformat(), "horizon": plan.horizon.isoformat()}
            return reason, Hint.PLAN_DATE, {"npa": first // 10_000_000, **days}
        if reason is Reason.FOREIGN:
            return reason, Hint.COUNTRY, {"international": spelled.digits}
        if spelled.reason is not None:
            return reason, spelled.hint, spelled.figures or _NO_FIGURES
        member = self._refused_member(first, last)
        npa = member // 10_000_000
        figures: dict[str, Any] = {"npa": npa, "nxx": f"{member // _LINES % 1000:03}"}
        opens = self.classifier.opens(npa) if reason is Reason.AREA_CODE_NOT_IN_SERVICE else None
        if opens is not None:
            return reason, Hint.OPENS, {**figures, "opens": opens.isoformat()}
        if first != last:
            return reason, Hint.RANGE_MEMBER, {**figures, "number": f"+1{member}"}
        return reason, None, figures

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

    __slots__ = ("_cell", "_first_listed", "pages", "records")

    def __init__(self, pages: Sequence[Page], records: Records) -> None:
        self.pages = tuple(pages)
        self.records = records
        self._cell: tuple[tuple[int, int, int, int], _Cell] | None = None
        self._first_listed: FirstListed | None = None

    def page(self, index: int) -> Page:
        """The page on which an entry stands."""
        return self.pages[bisect_right(self.pages, index, key=lambda page: page.base) - 1]

    def entry(self, index: int) -> Entry:
        """The entry at ``index``."""
        return Entry._at(self, index)

    def outcome(self, index: int) -> tuple[Verdict, Reason | None]:
        """What became of an entry, and why."""
        return OUTCOMES[self.records.codes[index]]

    def fields(self, index: int) -> Fields:
        """All that can be read of the entry at ``index``, read again from its source."""
        records = self.records
        row, column, place = records.rows[index], records.column(index), records.place(index)
        page = self.page(index)
        cell = self._read(page, place, row, column)
        if len(cell.spelled) == 1:
            spelled, raw, text = cell.spelled[0], cell.raw, cell.text
        else:
            spelled = cell.spelled[records.part(index)]
            begin, end = cell.span_of(spelled)
            raw, text, place = cell.raw[begin:end], cell.text[spelled.start : spelled.end], place + begin
        code = records.codes[index]
        lists = code <= DUPLICATE
        positions = page.source.positions
        told = self._repetition(index, spelled) if code == DUPLICATE else page.told(code, spelled)
        return (
            raw,
            " ".join(text.split()) if "\n" in text or "  " in text else text,
            row + 1,
            column + 1,
            place if positions else None,
            place + len(raw) if positions else None,
            OUTCOMES[code][0],
            *told,
            spelled.first if lists else 0,
            spelled.last if lists else 0,
            spelled.extension,
        )

    def _read(self, page: Page, place: int, row: int, column: int) -> _Cell:
        """A cell, which is read once for all of its entries as long as they are looked at one after another."""
        key = (page.base, place, row, column)
        kept = self._cell  # looked at once: another thread may put its own cell there meanwhile
        if kept is None or kept[0] != key:
            kept = self._cell = key, _Cell(page.source.raw(place, row, column))
        return kept[1]

    def _repetition(self, index: int, spelled: Spelled) -> Told:
        """Reason, hint and figures of a duplicate: where its number was listed first."""
        if self._first_listed is None:
            self._first_listed = FirstListed(self.records)
        size = spelled.last - spelled.first + 1
        before = self.records.repeated.get(index)
        number, count = (spelled.first, 1) if before is None else (before.number, before.size)
        first = self._first_listed.entry_of(number)
        figures = {
            "number": f"+1{number}",
            "repeated": count,
            "count": size,
            "entry": first + 1,
            "row": self.records.rows[first] + 1,
        }
        hint = Hint.FIRST_LISTED if size == 1 else Hint.PARTLY_LISTED
        return Reason.DUPLICATE, hint, figures


class _Cell:
    """A raw cell, and what it says."""

    __slots__ = ("_clean", "_content", "_inner", "_places", "raw", "spelled", "text")

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self._content, self._inner = bare(raw) if '"' in raw else (raw, 0)
        self._clean = plain(self._content)
        self.text = self._clean.strip()
        self.spelled = read_raw(raw)
        self._places: Sequence[int] | None = None

    def span_of(self, spelled: Spelled) -> tuple[int, int]:
        """Where in the raw cell one of its entries begins and ends."""
        if self._places is None:
            self._places = self._origins()
        return self._places[spelled.start], self._places[spelled.end - 1] + 1

    def _origins(self) -> Sequence[int]:
        """For each character of the cleaned text, where in the raw cell it comes from."""
        lead = self._clean.index(self.text)
        size = len(self.text) + 1
        if not self._inner and self._clean is self._content:
            return range(lead, lead + size)
        in_content = islice(origins(self._content), lead, lead + size)
        if not self._inner:
            return array("I", in_content)
        doubled = (1 if character == '"' else 0 for character in self._content)
        before = array("I", accumulate(doubled, initial=self._inner))
        return array("I", (place + before[place] for place in in_content))


class FirstListed:
    """Which entry listed a number first, for all numbers that are listed again."""

    __slots__ = ("_firsts", "_index_of", "_stretches")

    def __init__(self, records: Records) -> None:
        again = {
            to_bcd(records.repeated[index].number) if index in records.repeated else records.numbers[index]
            for index in places_of(DUPLICATE, records.codes)
        }
        self._index_of: dict[int, int] = {}
        for index, (number, code) in enumerate(zip(records.numbers, records.codes, strict=True)):
            if code < DUPLICATE and number in again:
                self._index_of.setdefault(number, index)
        self._stretches = sorted(
            (first, last, index)
            for index, span in records.spans.items()
            if records.codes[index] <= DUPLICATE
            for first, last in (records.repeated[index].fresh if index in records.repeated else (span,))
        )

    def entry_of(self, number: int) -> int:
        """The index of the entry that listed ``number``, which was listed again, first."""
        index = self._index_of.get(to_bcd(number))
        if index is None:
            index = self._stretches[bisect_right(self._stretches, number, key=itemgetter(0)) - 1][2]
        return index
