"""Cursors: where a listing stopped, as an opaque text that stays right when the inventory changes.

A cursor names a place in the order of the options, not a count of them: what was sold or came back in between
neither repeats an option nor skips one behind the place. Where the order itself moves with the inventory, as that of
the exchanges for an extension plan, the cursor also names the exchanges that have been listed.

A cursor belongs to its query; what may change from page to page is ``limit``, and ``exclude``: what was taken in the
meantime is naturally left out of the next page.
"""

from __future__ import annotations

from binascii import crc32
from itertools import accumulate, pairwise
from operator import attrgetter

from pstnkit.inventory.page import Place
from pstnkit.inventory.query import FIELDS, InvalidQuery, SearchQuery
from pstnkit.numbering.reasons import quoted

_binding = attrgetter(*(name for name in FIELDS if name not in {"limit", "exclude", "after"}))


def cursor(query: SearchQuery, place: Place) -> str:
    """The text for a place in the options of ``query``."""
    # Of ascending exchanges only the distances are written: there may be many of them.
    steps = [place.last, *(after - before for before, after in pairwise([0, *sorted(place.listed)]))]
    body = "-".join(format(step, "x") for step in steps)
    return f"{body}-{_check(query, body):08x}"


def place_of(query: SearchQuery, after: str) -> Place:
    """The place that the text ``after`` names. Raises :class:`InvalidQuery` for a text that is no cursor of the
    query.

    >>> query = SearchQuery(npa="415")
    >>> place_of(query, cursor(query, Place(4155550100)))
    Place(last=4155550100, listed=frozenset())
    """
    body, _, check = after.rpartition("-")
    if not body or check != f"{_check(query, body):08x}":
        raise InvalidQuery("after", f"{quoted(after)} is no cursor of this search")
    last, *steps = (int(step, 16) for step in body.split("-"))
    return Place(last, frozenset(accumulate(steps)))


def _check(query: SearchQuery, body: str) -> int:
    return crc32(repr((_binding(query), body)).encode())
