"""The store inside a set of numbers: one integer of 10,000 bits per exchange, in two levels, copied on write.

The levels are area code and exchange. A copy takes one entry per area code (there are at most 800) and shares
the second level, which is copied, one entry per exchange of that area code, when either twin first changes
it. So a copy, and a copy with one change, cost a bounded amount whatever the size.

Nothing here knows a telephone number; :class:`~pstnkit.numbering.numberset.NumberSet` is the set over it.
"""

from __future__ import annotations

from collections.abc import Iterator

from pstnkit.numbering import bits

_REMEMBERED_LENGTHS = 8
"""For how many lengths of run the counts are remembered; the one first asked for goes first."""

_NOTHING: dict[int, int] = {}


class Bitmaps:
    """Exchange code (six digits) -> bitmap. No empty bitmap and no empty area code is ever kept."""

    __slots__ = ("_counts", "_own", "_size", "areas")

    def __init__(self) -> None:
        self.areas: dict[int, dict[int, int]] = {}
        """Area code -> exchange code -> bitmap: to be read only."""
        self._own: set[int] = set()
        """The area codes whose inner dict nobody shares: these may be changed in place."""
        self._size: int | None = 0
        """How many bits are set, or None when that has to be counted again."""
        self._counts: dict[int, _RunCounts] = {}
        """Length -> what is known about runs of it."""

    @classmethod
    def of(cls, bitmaps: dict[int, int]) -> Bitmaps:
        """The store of ``bitmaps`` by exchange code, none of them empty."""
        self = cls()
        areas = self.areas
        for code, bitmap in bitmaps.items():
            areas.setdefault(code // 1000, {})[code] = bitmap
        self._own.update(areas)
        self._size = None
        return self

    def copy(self) -> Bitmaps:
        """An independent store with the same bitmaps."""
        twin = Bitmaps()
        twin.areas = self.areas.copy()
        twin._size = self._size
        self._own.clear()
        return twin

    def get(self, code: int) -> int:
        """The bitmap of an exchange, 0 when there is none."""
        return self.areas.get(code // 1000, _NOTHING).get(code, 0)

    def put(self, code: int, before: int, bitmap: int) -> None:
        """Change the bitmap of an exchange from ``before``, which is what :meth:`get` gives."""
        if bitmap == before:
            return
        self._place(code, bitmap, 0 if self._size is None else bitmap.bit_count() - before.bit_count())

    def clear(self, code: int, line: int) -> bool:
        """Clear the bit of one line; False if it is not set, and then nothing changes."""
        npa = code // 1000
        area = self.areas.get(npa, _NOTHING)
        bitmap = area.get(code, 0)
        cleared = bitmap ^ 1 << line
        if cleared > bitmap:
            return False
        if (
            cleared and npa in self._own and not self._counts
        ):  # as it is nearly always: the same in fewer steps
            area[code] = cleared
            if self._size is not None:
                self._size -= 1
        else:
            self._place(code, cleared, -1)
        return True

    def flip(self, code: int, lines: int, more: int) -> None:
        """Turn ``lines`` of an exchange over: all of them are set and are cleared, or the other way round. ``more``
        says how many more bits are set then; to count them would take longer than all the rest."""
        npa = code // 1000
        area = self.areas.get(npa, _NOTHING)
        bitmap = area.get(code, 0) ^ lines
        if (
            bitmap and npa in self._own and not self._counts
        ):  # as it is nearly always: the same in fewer steps
            area[code] = bitmap
            if self._size is not None:
                self._size += more
        else:
            self._place(code, bitmap, more)

    def _place(self, code: int, bitmap: int, more: int) -> None:
        npa = code // 1000
        if npa not in self._own:
            self.areas[npa] = self.areas.get(npa, _NOTHING).copy()
            self._own.add(npa)
        area = self.areas[npa]
        if bitmap:
            area[code] = bitmap
        else:
            del area[code]
            if not area:
                del self.areas[npa]
                self._own.remove(npa)
        if self._size is not None:
            self._size += more
        for known in self._counts.values():
            known.stale.add(code)

    def items(self, npa: int | None = None) -> Iterator[tuple[int, int]]:
        """Exchange codes and bitmaps, ascending, of one area code or of all. Nothing must be put
        meanwhile."""
        for key in sorted(self.areas) if npa is None else (npa,):
            area = self.areas.get(key, _NOTHING)
            for code in sorted(area):
                yield code, area[code]

    def snapshot(self, npa: int | None = None) -> Iterator[tuple[int, int]]:
        """As :meth:`items`, of what is held now, whatever is put later."""
        return iter(sorted(self.areas.get(npa, _NOTHING).items())) if npa is not None else self.copy().items()

    def exchanges(self) -> int:
        """How many exchanges have a bitmap."""
        return sum(map(len, self.areas.values()))

    def size(self) -> int:
        """How many bits are set."""
        if self._size is None:
            self._size = sum(bitmap.bit_count() for area in self.areas.values() for bitmap in area.values())
        return self._size

    def count_runs(self, length: int) -> int:
        """How many maximal runs of at least ``length`` there are; exchanges that have not changed since this
        was last asked are not looked at again."""
        known = self._counts.get(length)
        if known is None:
            if len(self._counts) == _REMEMBERED_LENGTHS:
                del self._counts[next(iter(self._counts))]
            known = self._counts[length] = _RunCounts()
            counts, steps = known.by_exchange, bits.steps(length)
            for area in self.areas.values():
                for code, windows in area.items():
                    for step in steps:
                        windows &= windows >> step
                    if windows:  # as bits.count_runs, without the price of two calls for each exchange
                        counts[code] = (windows ^ windows << 1).bit_count() >> 1
            known.total = sum(known.by_exchange.values())
        for code in known.stale:
            count = bits.count_runs(self.get(code), length)
            known.total += count - known.by_exchange.pop(code, 0)
            if count:
                known.by_exchange[code] = count
        known.stale.clear()
        return known.total

    # --- algebra: each exchange at a stroke -----------------------------------------------------------

    def unite(self, other: Bitmaps) -> None:
        """Set every bit that ``other`` has; area codes that are new are shared with it."""
        for npa, area in other.areas.items():
            mine = self.areas.get(npa)
            if mine is None:
                self._share(npa, other)
            elif mine is not area:
                for code, theirs in area.items():
                    bitmap = mine.get(code, 0)
                    self.put(code, bitmap, bitmap | theirs)

    def intersect(self, other: Bitmaps) -> None:
        """Clear every bit that ``other`` has not."""
        for npa, mine in list(self.areas.items()):
            theirs = other.areas.get(npa, _NOTHING)
            if mine is not theirs:
                for code, bitmap in list(mine.items()):
                    self.put(code, bitmap, bitmap & theirs.get(code, 0))

    def subtract(self, other: Bitmaps) -> None:
        """Clear every bit that ``other`` has."""
        for npa, mine in list(self.areas.items()):
            theirs = other.areas.get(npa, _NOTHING)
            for code in mine.keys() & theirs.keys():
                bitmap = self.get(code)
                self.put(code, bitmap, bitmap & ~theirs[code])

    def toggle(self, other: Bitmaps) -> None:
        """Flip every bit that ``other`` has."""
        for npa, area in list(other.areas.items()):
            if npa not in self.areas:
                self._share(npa, other)
            else:
                for code, theirs in list(area.items()):
                    bitmap = self.get(code)
                    self.put(code, bitmap, bitmap ^ theirs)

    def within(self, other: Bitmaps) -> bool:
        """Whether ``other`` has every bit that this store has."""
        for npa, mine in self.areas.items():
            theirs = other.areas.get(npa, _NOTHING)
            if mine is not theirs and any(bitmap & ~theirs.get(code, 0) for code, bitmap in mine.items()):
                return False
        return True

    def apart(self, other: Bitmaps) -> bool:
        """Whether no bit is in both."""
        for npa in self.areas.keys() & other.areas.keys():
            mine, theirs = self.areas[npa], other.areas[npa]
            if any(mine[code] & theirs[code] for code in mine.keys() & theirs.keys()):
                return False
        return True

    def _share(self, npa: int, other: Bitmaps) -> None:
        """Take over an area code that this store has nothing in."""
        self.areas[npa] = other.areas[npa]
        other._own.discard(npa)
        self._size = None
        for known in self._counts.values():
            known.stale.update(self.areas[npa])


class _RunCounts:
    """How many runs of one length each exchange has, and which exchanges have changed since they were
    counted."""

    __slots__ = ("by_exchange", "stale", "total")

    def __init__(self) -> None:
        self.by_exchange: dict[int, int] = {}
        self.stale: set[int] = set()
        self.total = 0
