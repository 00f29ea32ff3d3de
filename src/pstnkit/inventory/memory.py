"""What has been found out about the numbers on offer, and is remembered until they change.

A search for twenty in a row passes over every exchange whose longest run is shorter, without looking at it
again; and who asks the same again about an area code in which nothing has changed gets the same list. Nothing ever has
to be told what has changed: the bitmap of an exchange is a new integer from then on, and its area code a new table.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from pstnkit.numbering.bits import LINES, starts

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping

    from pstnkit.inventory.page import Options, Page
    from pstnkit.numbering.ranges import NumberRange

_LISTS = 32
_OPTIONS = 256
"""How many lists of each kind are remembered at most, and how many options each may have."""


def longest_run(bitmap: int) -> int:
    """The length of the longest run of lines in a bitmap.

    >>> longest_run(0b1110111101), longest_run(0)
    (4, 0)
    """
    if not bitmap:
        return 0
    windows, width = bitmap, 1
    doubled = []  # doubled[i] marks where 2**i lines in a row begin
    while larger := windows & windows >> width:
        doubled.append(windows)
        windows, width = larger, 2 * width
    length = width
    for half in reversed(doubled):
        width >>= 1
        if larger := windows & half >> length:
            windows, length = larger, length + width
    return length


class Memory:
    """What is remembered of the searches of one inventory.

    Shared by the threads that search it: two that miss at once both compute the same answer.

    >>> memory = Memory()
    >>> memory.longest(415_555, 0b1110111101)
    4
    """

    __slots__ = ("_first", "_longest", "_pages")

    def __init__(self) -> None:
        # Exchange -> its bitmap, and between what lengths its longest run is known to lie.
        self._longest: dict[int, tuple[int, int, int]] = {}
        # Exchange and form -> its bitmap, the first options in it, and whether these are all.
        self._first: dict[tuple[int, int], tuple[int, Options, bool]] = {}
        self._pages: dict[Hashable, tuple[Mapping[int, int], Page]] = {}

    def longest(self, code: int, bitmap: int) -> int:
        """The length of the longest run in ``bitmap``, the free lines of exchange ``code``."""
        known = self._longest.get(code)
        if known is not None and known[0] is bitmap and known[1] == known[2]:
            return known[1]
        length = longest_run(bitmap)
        self._longest[code] = bitmap, length, length
        return length

    def reaches(self, code: int, bitmap: int, length: int) -> bool:
        """Whether there is a run of ``length`` lines in ``bitmap``, the free lines of exchange ``code``.

        To know whether the longest run is long enough takes half the time that it takes to measure it.

        >>> memory = Memory()
        >>> memory.reaches(415_555, 0b111011, 3), memory.reaches(415_555, 0b111011, 4)
        (True, False)
        """
        low, high = 0, LINES
        known = self._longest.get(code)
        if known is not None and known[0] is bitmap:
            _, low, high = known
        if low < length <= high:
            if starts(bitmap, length):
                low = length
            else:
                high = length - 1
            self._longest[code] = bitmap, low, high
        return length <= low

    def first(self, code: int, form: int, bitmap: int, count: int, options: Iterator[NumberRange]) -> Options:
        """The first ``count`` of the ``options`` in ``bitmap``, the free lines of exchange ``code``, for numbers in
        some ``form``; they are not looked at when they are remembered."""
        known = self._first.get((code, form))
        if known is not None and known[0] is bitmap and (known[2] or len(known[1]) >= count):
            return known[1][:count]
        found = tuple(islice(options, count))
        if 0 < len(found) <= _OPTIONS:
            if len(self._first) >= _LISTS:
                self._first = {}
            self._first[code, form] = bitmap, found, len(found) < count
        return found

    def page(self, key: Hashable, area: Mapping[int, int]) -> Page | None:
        """The list that was kept for a query of one area code, if that is still the same table ``area``."""
        known = self._pages.get(key)
        return known[1] if known is not None and known[0] is area else None

    def keep(self, key: Hashable, area: Mapping[int, int], page: Page) -> None:
        """Remember the list for a query of one area code, unless it is long."""
        if len(page[0]) <= _OPTIONS:
            if len(self._pages) >= _LISTS:
                self._pages = {}
            self._pages[key] = area, page
