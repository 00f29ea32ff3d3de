"""What an immutable value answers when somebody tries to change it, or to make another kind of it."""

from __future__ import annotations

from typing import Any, NoReturn


class Immutable:
    """Base of slotted values: no attribute can be set or deleted, a copy is the value itself, and the class
    of the value is final.

    Such a class fills its slots with their own setters (``Value.__dict__["_slot"].__set__``): the one way
    past ``__setattr__``, and half the price of ``object.__setattr__``.
    """

    __slots__ = ()

    def __init_subclass__(cls) -> None:
        # A subclass could have a dict, and equal what it does not behave like.
        for base in cls.__mro__[1:]:
            if Immutable in base.__bases__:
                raise TypeError(f"{base.__name__} cannot be subclassed")
        super().__init_subclass__()

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"cannot set {name!r}: {_one(self)} is immutable")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"cannot delete {name!r}: {_one(self)} is immutable")

    def __copy__(self) -> Any:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Any:
        return self


def _one(value: object) -> str:
    name = type(value).__name__
    return f"{'an' if name[0] in 'AEIOU' else 'a'} {name}"
