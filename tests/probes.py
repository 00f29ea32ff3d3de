"""Objects that answer every comparison themselves: a value has to leave the answer to them."""

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
