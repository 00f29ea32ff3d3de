"""Entries of several books in one: one after the other, repetitions found across all of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pstnkit.numbering.bcd import from_bcd
from pstnkit.numbering.paste.book import Book, Page
from pstnkit.numbering.paste.outcomes import DUPLICATE, code_of
from pstnkit.numbering.paste.records import Records
from pstnkit.numbering.paste.repeats import mark_repeats


def merged(selections: Iterable[tuple[Book, Sequence[int]]]) -> Book:
    """One book of the entries of other books that are at these indexes."""
    records = Records(typecode="Q")
    records.parts = {}
    places: list[int] = []
    pages: list[Page] = []
    rows: list[int] = []
    columns: list[int] = []
    for book, indexes in selections:
        theirs = book.records
        for index in indexes:
            page = book.page(index)
            if not pages or pages[-1].source is not page.source:
                pages.append(Page(len(records), page.source, page.classifier, page.known))
            if span := theirs.spans.get(index):
                records.spans[len(records)] = span
            if part := theirs.part(index):
                records.parts[len(records)] = part
            records.codes.append(_code_alone(theirs, index, page))
            records.numbers.append(theirs.numbers[index])
            places.append(theirs.place(index))
            rows.append(theirs.rows[index])
            columns.append(theirs.column(index))
    records.places.add(places)
    records.rows.add(rows)
    records.columns.add(columns)
    mark_repeats(records)
    return Book(pages, records)


def _code_alone(records: Records, index: int, page: Page) -> int:
    """What becomes of an entry as long as others have no part in it: what it repeats may not be there."""
    code = records.codes[index]
    if code != DUPLICATE:
        return code
    number = from_bcd(records.numbers[index])
    return code_of(page.classifier.worst_of(*records.spans.get(index, (number, number)))[0])
