"""Sequences whose items are made when they are looked at: a report has a million of them, and no room for them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import TypeVar, overload

_T = TypeVar("_T", covariant=True)


class LazySequence(Sequence[_T]):
    """A sequence that keeps what its items are made of, and makes each whenever it is looked at.

    A slice is a tuple. It equals every sequence that has equal items in the same order, a list too.
    """

    __slots__ = ()

    @abstractmethod
    def _made(self, index: int) -> _T:
        """The item at ``index``, which is one of those that there are."""

    @overload
    def __getitem__(self, index: int) -> _T: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[_T, ...]: ...
    def __getitem__(self, index: int | slice) -> _T | tuple[_T, ...]:
        found = range(len(self))[index]
        return self._made(found) if isinstance(found, int) else tuple(map(self._made, found))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(
            mine == theirs for mine, theirs in zip(self, other, strict=True)
        )

    __hash__ = None  # type: ignore[assignment]
