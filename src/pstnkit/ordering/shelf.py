"""An immutable map of a few thousand names, of which a changed one costs little whatever is on it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Generic, TypeVar, overload
from zlib import crc32

from attrs import field, frozen

V = TypeVar("V")
D = TypeVar("D")

_PARTS = 256


@frozen
class Shelf(Generic[V]):
    """Values by name, in parts: a change copies the one part that the name belongs to.

    >>> before = Shelf[int]()
    >>> after = before.with_("a", 1)
    >>> before.get("a"), after.get("a"), len(after)
    (None, 1, 1)
    """

    _parts: tuple[Mapping[str, V], ...] = field(factory=lambda: tuple({} for _ in range(_PARTS)))

    @overload
    def get(self, name: str) -> V | None: ...
    @overload
    def get(self, name: str, default: D) -> V | D: ...
    def get(self, name: str, default: D | None = None) -> V | D | None:
        """The value of ``name``, or ``default``."""
        return self._parts[_part(name)].get(name, default)

    def with_(self, name: str, value: V) -> Shelf[V]:
        """The shelf on which ``name`` has ``value``; all else as here."""
        at = _part(name)
        changed = {**self._parts[at], name: value}
        return Shelf((*self._parts[:at], changed, *self._parts[at + 1 :]))

    def without(self, name: str) -> Shelf[V]:
        """The shelf without ``name``, whether it is there or not."""
        at = _part(name)
        if name not in self._parts[at]:
            return self
        left = {other: value for other, value in self._parts[at].items() if other != name}
        return Shelf((*self._parts[:at], left, *self._parts[at + 1 :]))

    def first(self, passed_over: Collection[object] = ()) -> str | None:
        """A name that is on the shelf and none of ``passed_over``, always the same one; None when there is none."""
        for part in self._parts:
            if names := [name for name in part if name not in passed_over]:
                return min(names)
        return None

    def __contains__(self, name: str) -> bool:
        return name in self._parts[_part(name)]

    def __iter__(self) -> Iterator[str]:
        return (name for part in self._parts for name in part)

    def __len__(self) -> int:
        return sum(map(len, self._parts))


def _part(name: str) -> int:
    return crc32(name.encode()) % _PARTS
