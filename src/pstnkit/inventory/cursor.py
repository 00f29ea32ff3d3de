"""Cursors: where a listing stopped, as an opaque text that stays right when the inventory changes.

A cursor names a place in the order of the options, not a count of them: what was sold or came back in between
neither repeats an option nor skips one behind the place. It belongs to its query; what may change from page
to page is ``limit``, and ``exclude``: what was taken in the meantime is naturally left out of the next page.
"""

from __future__ import annotations

from binascii import crc32

from pstnkit.inventory.query import FIELDS, InvalidQuery, SearchQuery
from pstnkit.numbering.reasons import quoted

_BINDING = tuple(name for name in FIELDS if name not in {"limit", "exclude", "after"})


def cursor(query: SearchQuery, *place: int) -> str:
    """The text for a ``place`` in the options of ``query``."""
    body = "-".join(format(part, "x") for part in place)
    return f"{body}-{_check(query, body):08x}"


def place_of(query: SearchQuery) -> tuple[int, ...] | None:
    """The place that ``query.after`` names, or None without one. Raises :class:`InvalidQuery` for a foreign
    text.

    >>> query = SearchQuery(npa="415")
    >>> place_of(query.replace(after=cursor(query, 4155550100)))
    (4155550100,)
    """
    if query.after is None:
        return None
    body, _, check = query.after.rpartition("-")
    if not body or check != f"{_check(query, body):08x}":
        raise InvalidQuery("after", f"{quoted(query.after)} is no cursor of this search")
    return tuple(int(part, 16) for part in body.split("-"))


def _check(query: SearchQuery, body: str) -> int:
    filters = [getattr(query, name) for name in _BINDING]
    return crc32(repr((filters, body)).encode())
