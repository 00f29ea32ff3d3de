"""How long the longest run of each exchange is, remembered until the exchange changes.

A search for twenty in a row passes over every exchange whose longest run is shorter, without looking at it
again. The bitmap itself is the key: it is a new integer whenever the exchange has changed, so nothing ever
has to be told.
"""

from __future__ import annotations


def longest_run(bitmap: int) -> int:
    """The length of the longest run of lines in a bitmap.

    >>> longest_run(0b1110111101), longest_run(0)
    (4, 0)
    """
    if not bitmap:
        return 0
    doubled = [bitmap]  # doubled[i] marks where 2**i lines in a row begin
    while larger := doubled[-1] & (doubled[-1] >> (1 << len(doubled) - 1)):
        doubled.append(larger)
    windows = doubled.pop()
    length = 1 << len(doubled)
    while doubled:
        half = doubled.pop()
        if larger := windows & (half >> length):
            windows = larger
            length += 1 << len(doubled)
    return length


class LongestRuns:
    """The longest run of each exchange, by its six digits and its bitmap.

    Shared by the threads that search one inventory: two that miss at once both compute the same answer.

    >>> memory = LongestRuns()
    >>> memory.of(415_555, 0b1110111101)
    4
    """

    __slots__ = ("_known",)

    def __init__(self) -> None:
        self._known: dict[int, tuple[int, int]] = {}

    def of(self, code: int, bitmap: int) -> int:
        """The length of the longest run in ``bitmap``, the free lines of exchange ``code``."""
        known = self._known.get(code)
        if known is not None and known[0] is bitmap:
            return known[1]
        length = longest_run(bitmap)
        self._known[code] = bitmap, length
        return length
