"""Objects that test how far a value trusts others: some answer every comparison themselves, and a value has to
leave the answer to them; some lie about what they are, and a value has to look for itself."""

from __future__ import annotations


class AlwaysEqual:
    """Equal to everything."""

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        return True


class NeverEqual:
    """Equal to nothing, itself included."""

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        return False


class AlwaysLarger:
    """Larger than everything."""

    def __gt__(self, other: object) -> bool:
        return True

    def __ge__(self, other: object) -> bool:
        return True


class AlwaysSmaller:
    """Smaller than everything."""

    def __lt__(self, other: object) -> bool:
        return True

    def __le__(self, other: object) -> bool:
        return True


class LyingText(str):
    """A str of another type, as data frames and enums hold, whose methods do not tell what it says."""

    __slots__ = ()

    def __str__(self) -> str:
        return "something else"

    def __len__(self) -> int:
        return 12

    def __getitem__(self, index: object) -> str:
        return "2125550100" if index else "2"

    def isdigit(self) -> bool:
        return True

    isascii = isdigit


class LyingInt(int):
    """An int of another type, whose methods do not tell what it is."""

    def __int__(self) -> int:
        return 2125550100

    __index__ = __neg__ = __int__

    def __add__(self, other: object) -> int:
        return 2125550100 if other else 0

    __radd__ = __sub__ = __rsub__ = __floordiv__ = __mod__ = __add__

    def __lt__(self, other: object) -> bool:
        return other is not None

    __le__ = __gt__ = __ge__ = __lt__


class Pretender:
    """What claims to be of another type, as a mock made from a specification does."""

    def __init__(self, claimed: type) -> None:
        self.claimed = claimed

    def __getattribute__(self, name: str) -> object:
        return object.__getattribute__(self, "claimed" if name == "__class__" else name)
