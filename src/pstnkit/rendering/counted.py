"""A count with its noun, in English."""

from __future__ import annotations


def counted(count: int, noun: str) -> str:
    """``count`` and ``noun``, in the plural unless it is one.

    >>> counted(1, "exchange"), counted(2_000, "number")
    ('1 exchange', '2,000 numbers')
    """
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
