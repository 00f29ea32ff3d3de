"""Extension plans: which of the wanted line endings an exchange can serve, and which it lacks.

Each wanted ending asks for a number of its own. Endings of different lengths may compete for one (``"01"``
and ``"3301"``): the longer ones choose first, because every number that suits them also suits the same
shorter ones, so that no choice can spoil another.

An inventory may have hundreds of thousands of exchanges. So they are ranked by how many endings each can serve, and a
plan is made when it is looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import final, overload

import attrs

from pstnkit.inventory.patterns import lines_ending
from pstnkit.numbering.telephone import Exchange, TelephoneNumber

_LINE_DIGITS = 4


@attrs.frozen
class LinePlan:
    """What one exchange has of the line numbers wanted.

    >>> [plan] = LinePlans(("2001", "2002"), [(415_555, 1 << 2001)])
    >>> plan.exchange, plan.found, plan.missing
    (Exchange('415555'), {'2001': TelephoneNumber('+14155552001')}, ('2002',))
    """

    exchange: Exchange
    found: Mapping[str, TelephoneNumber]
    """A number for each ending that can be had, in the order in which they were asked for."""
    missing: tuple[str, ...]
    """The endings that cannot be had here, in the same order."""


@final
class LinePlans(Sequence[LinePlan]):
    """The plan of each exchange that has at least one of the ``endings``: most matches first, then lowest
    exchange.

    ``fields`` are exchanges of six digits with those of their free lines, as bitmaps, that end in one of the
    ``endings``; none is empty.

    >>> plans = LinePlans(("1", "2"), [(415_555, 0b10), (415_556, 0b1110)])
    >>> [(str(plan.exchange), plan.missing) for plan in plans]
    [('415-556', ()), ('415-555', ('2',))]
    """

    __slots__ = ("_choosing", "_endings", "_ranked")

    def __init__(self, endings: tuple[str, ...], fields: Iterable[tuple[int, int]]) -> None:
        self._endings = endings
        self._choosing = [
            (ending, lines_ending([ending])) for ending in sorted(endings, key=len, reverse=True)
        ]
        alone = all(len(ending) == _LINE_DIGITS for ending in endings)  # none has a choice, none competes
        served = int.bit_count if alone else self._served
        self._ranked = sorted((-served(bitmap), code, bitmap) for code, bitmap in fields)

    def __len__(self) -> int:
        return len(self._ranked)

    @overload
    def __getitem__(self, index: int) -> LinePlan: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[LinePlan, ...]: ...
    def __getitem__(self, index: int | slice) -> LinePlan | tuple[LinePlan, ...]:
        if isinstance(index, slice):
            return tuple(self._plan(code, bitmap) for _, code, bitmap in self._ranked[index])
        _, code, bitmap = self._ranked[index]
        return self._plan(code, bitmap)

    def fields(self) -> Iterator[tuple[int, int]]:
        """The exchanges of six digits, in their order, with their lines as bitmaps."""
        return ((code, bitmap) for _, code, bitmap in self._ranked)

    def __repr__(self) -> str:
        return f"<LinePlans for {len(self._endings):,} endings in {len(self):,} exchanges>"

    def _served(self, bitmap: int) -> int:
        return len(self._choice(bitmap))

    def _choice(self, bitmap: int) -> dict[str, int]:
        """The line that each ending gets, for those that get one."""
        lines: dict[str, int] = {}
        for ending, suiting in self._choosing:
            if left := bitmap & suiting:
                lowest = left & -left
                bitmap ^= lowest
                lines[ending] = lowest.bit_length() - 1
        return lines

    def _plan(self, code: int, bitmap: int) -> LinePlan:
        lines = self._choice(bitmap)
        found = {e: TelephoneNumber._of(code * 10_000 + lines[e]) for e in self._endings if e in lines}
        missing = tuple(ending for ending in self._endings if ending not in lines)
        return LinePlan(Exchange._of(code), found, missing)
