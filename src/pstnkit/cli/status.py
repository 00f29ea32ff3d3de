"""How a command ends: what its exit status says, and the error of one that was used wrongly."""

from __future__ import annotations

from enum import IntEnum


class Status(IntEnum):
    """The exit status of a command.

    >>> int(Status.when(True)), int(Status.when(False))
    (0, 1)
    """

    YES = 0
    """All is valid, the search is satisfied, or the question is answered."""
    NO = 1
    """Something is not valid, or the search is not satisfied."""
    MISUSED = 2
    """The command cannot be carried out as it was written; one line on standard error says why."""
    INTERRUPTED = 130
    """Stopped from the keyboard: what a shell reports for the signal."""

    @classmethod
    def when(cls, good: bool) -> Status:
        """The status of a command whose answer is yes or no."""
        return cls.YES if good else cls.NO


class Misuse(Exception):
    """A command that was used wrongly; the message is the line that the person gets to read."""
