"""Until when a port can still be changed or cancelled: a carrier takes less and less the nearer its firm date is."""

from __future__ import annotations

from datetime import datetime

from pstnkit.catalog import sentence
from pstnkit.errors import DecisionError
from pstnkit.porting.cutoffs import ChangeWindow, PortDatePolicy
from pstnkit.porting.ports import PortOrder


class TooLateToChange(DecisionError):
    """A change or a cancellation so shortly before the firm date that no carrier takes it; nothing has changed.

    ``.port`` is which port, ``.firm`` its firm date, and ``.closed`` when changes ended.
    """

    def __init__(self, port: str, firm: datetime, closed: datetime) -> None:
        super().__init__(port, firm, closed)
        self.port = port
        self.firm = firm
        self.closed = closed

    def __str__(self) -> str:
        closed, firm = (f"{moment:%Y-%m-%d %H:%M %Z}" for moment in (self.closed, self.firm))
        return f"port {self.port}: {sentence(ChangeWindow.CLOSED, closed=closed, firm=firm)}"


def change_window(port: PortOrder, now: datetime, policy: PortDatePolicy) -> ChangeWindow:
    """What a change of ``port`` can still do at ``now``: anything, as long as no firm date is known."""
    return ChangeWindow.OPEN if port.foc is None else policy.change_window(now, port.foc.at)


def check_change(port: PortOrder, now: datetime, policy: PortDatePolicy) -> ChangeWindow:
    """The window in which ``port`` is changed at ``now``; raises :class:`TooLateToChange` when it is closed."""
    window = change_window(port, now, policy)
    if window is ChangeWindow.CLOSED and port.foc is not None:
        raise TooLateToChange(port.id, port.foc.at, port.foc.at - policy.closed)
    return window
