"""What stays of an event: how it was judged, and what it contradicted."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

from attrs import frozen

from pstnkit.lifecycle.events import Event
from pstnkit.lifecycle.machine import Outcome

R = TypeVar("R")


@frozen
class Discrepancy:
    """A report that contradicts what is settled: by which event, when, in which state, and what kind it was."""

    event: str
    at: datetime
    state: str
    report: str


@frozen
class Entry:
    """One line of a history: the event, how it was judged, and the states that it entered, in order."""

    event: Event
    outcome: Outcome
    path: tuple[StrEnum, ...] = ()


@frozen
class Moved(Generic[R]):
    """What an event came to: the record after it, and the line that it leaves in the history.

    ``repeated`` says that the record had taken the event in before: then it is as it was, and nothing is to be entered.
    """

    record: R
    entry: Entry
    repeated: bool = False
