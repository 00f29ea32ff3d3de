"""Entries of several books in one: one after the other, repetitions found across all of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pstnkit.numbering.paste.book import Book, Page
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
            if repeated := theirs.repeated.get(index):
                records.repeated[len(records)] = repeated
            if part := theirs.part(index):
                records.parts[len(records)] = part
            records.codes.append(theirs.codes[index])
            records.numbers.append(theirs.numbers[index])
            places.append(theirs.place(index))
            rows.append(theirs.rows[index])
            columns.append(theirs.column(index))
    records.places.add(places)
    records.rows.add(rows)
    records.columns.add(columns)
    mark_repeats(records)
    return Book(pages, records)
