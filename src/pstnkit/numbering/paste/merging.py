"""Entries of several books in one: one after the other, repetitions found across all of them.

A book is taken piece by piece: entry by entry it would take several times as long.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from pstnkit.numbering.bcd import from_bcd
from pstnkit.numbering.paste.book import Book, Page
from pstnkit.numbering.paste.outcomes import DUPLICATE, code_of, places_of
from pstnkit.numbering.paste.records import Records
from pstnkit.numbering.paste.repeats import mark_repeats
from pstnkit.numbering.paste.unread import UnreadCells


def merged(parts: Sequence[tuple[Book, Sequence[int], UnreadCells]]) -> tuple[Book, UnreadCells]:
    """One book of the entries of other books that are at these indexes, which ascend, and the unread cells of all.

    Sources are numbered in the order in which they come, if there are several.
    """
    numbers = _numbered(page for book, _, _ in parts for page in book.pages)
    records = Records()
    pages: list[Page] = []
    unread: list[UnreadCells] = []
    for book, indexes, cells in parts:
        theirs = book.records
        base = len(records)
        for page in book.pages:
            if not pages or pages[-1].source is not page.source:
                start = base + bisect_left(indexes, page.base)
                number = numbers[id(page.source)]
                pages.append(Page(start, page.source, page.classifier, page.known, number))
        unread.append(cells.renumbered({page.number: numbers[id(page.source)] for page in book.pages}))
        for index, span in theirs.spans.items():
            at = bisect_left(indexes, index)
            if at < len(indexes) and indexes[at] == index:
                records.spans.add(base + at, *span)
        for begin, piece, some in theirs.parted(indexes):
            whole = len(some) == len(piece)
            if whole:
                all_of_it = slice(begin, begin + len(piece))
                codes, numbered = theirs.codes[all_of_it], theirs.numbers[all_of_it]
            else:
                codes = bytearray(map(theirs.codes.__getitem__, some))
                numbered = array("Q", map(theirs.numbers.__getitem__, some))
            for at in places_of(DUPLICATE, codes):
                codes[at] = _code_alone(book, some[at])
            records.add_piece(codes, numbered, piece if whole else piece.chosen([at - begin for at in some]))
    mark_repeats(records)
    return Book(pages, records), UnreadCells(unread)


def _numbered(pages: Iterable[Page]) -> dict[int, int | None]:
    """The number of each source, by its identity; None if there is only one."""
    sources = dict.fromkeys(id(page.source) for page in pages)
    return {key: number if len(sources) > 1 else None for number, key in enumerate(sources, 1)}


def _code_alone(book: Book, index: int) -> int:
    """What becomes of a repetition as long as others have no part in it: what it repeats may not be there."""
    number = from_bcd(book.records.numbers[index])
    span = book.records.spans.get(index, (number, number))
    return code_of(book.page(index).classifier.worst_of(*span)[0])
