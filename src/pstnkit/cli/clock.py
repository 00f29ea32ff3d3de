"""The only clock of the command line: the library is told what day it is and never looks."""

from __future__ import annotations

from datetime import UTC, date, datetime


def today() -> date:
    """The day that it is here, in the zone of this computer."""
    return datetime.now(UTC).astimezone().date()
