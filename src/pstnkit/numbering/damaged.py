"""The errors of damaged input: of bytes or a table that this library, or an administrator, wrote whole."""

from __future__ import annotations

from collections.abc import Iterable

from pstnkit.errors import CallerError

_SHOWN = 5
"""As many faults as a message lists; all of them are in ``faults``."""


def expect_text(text: object, noun: str) -> None:
    """Raise :class:`TypeError` for what is no text, such as the bytes or the path of a file."""
    if not isinstance(text, str):
        raise TypeError(f"the {noun} is a str, not {type(text).__name__}: give the text itself")


class CorruptData(CallerError):
    """Saved bytes, or a published report, that are damaged, cut short, or of a later version than this one
    reads."""


class DamagedTable(CorruptData):
    """A text that should hold a table cannot be read as one: every fault at once, each with its line, and
    nothing of it is used.

    :ivar faults: pairs of a line (from 1; None for the table as a whole) and what is wrong there, in order.

    >>> print(DamagedTable([(3, "no date"), (None, "800 is missing")]))
    the table is damaged: line 3: no date; 800 is missing
    """

    noun = "table"
    """What the message calls the text."""

    def __init__(self, faults: Iterable[tuple[int | None, str]]) -> None:
        self.faults = tuple(faults)
        super().__init__(self.faults)

    @property
    def line(self) -> int | None:
        """The line of the first fault that has one, or None."""
        return next((line for line, _ in self.faults if line is not None), None)

    def __str__(self) -> str:
        shown = [what if line is None else f"line {line}: {what}" for line, what in self.faults[:_SHOWN]]
        more = len(self.faults) - len(shown)
        return f"the {self.noun} is damaged: " + "; ".join(shown) + (f"; and {more} more" if more else "")
