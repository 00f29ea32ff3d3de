"""The numbers of one order or port, each in its own state, and the moment when they become active."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from pstnkit.carriers.simulator.clock import write_time
from pstnkit.carriers.simulator.messages import Reply, e164
from pstnkit.carriers.simulator.office import Office, batches


class Lines:
    """The numbers of an order or port: pending, active, failed or cancelled, with the reason of a failure.

    >>> lines = Lines([4155550200, 4155550201])
    >>> lines.mark([4155550201], "failed", "no dial tone")
    >>> lines.count("pending"), lines.written()[1]
    (1, {'number': '+14155550201', 'state': 'failed', 'reason': 'no dial tone'})
    """

    def __init__(self, numbers: Iterable[int]) -> None:
        self._states = dict.fromkeys(numbers, "pending")
        self._reasons: dict[int, str] = {}

    def mark(self, numbers: Iterable[int], state: str, reason: str | None = None) -> None:
        """Put numbers into a state."""
        for number in numbers:
            self._states[number] = state
            if reason is not None:
                self._reasons[number] = reason

    def of(self, state: str) -> list[int]:
        """The numbers in a state, in the order in which they were asked for."""
        return [number for number, present in self._states.items() if present == state]

    def count(self, state: str) -> int:
        """How many numbers are in a state."""
        return len(self.of(state))

    def written(self) -> list[Reply]:
        """The numbers as the carrier writes them."""
        return [
            {"number": e164(number), "state": state, "reason": self._reasons.get(number)}
            for number, state in self._states.items()
        ]


def activate(office: Office, lines: Lines, source: str, tell: Callable[..., None]) -> list[int]:
    """Make the pending numbers of ``lines`` active, report it in batches, and return those that are delayed.

    ``tell(name, **facts)`` reports in the name of the order or port: ``numbers_active`` and
    ``numbers_failed``.
    """
    outcome = office.numbers.activate(lines.of("pending"), source, office.clock.now)
    lines.mark(outcome.active, "active")
    for number, reason in outcome.failed:
        lines.mark([number], "failed", reason)
    for active in batches(outcome.active):
        tell("numbers_active", numbers=[e164(number) for number in active])
    for failed in batches(outcome.failed):
        facts: list[dict[str, Any]] = [
            {"number": e164(number), "reason": reason} for number, reason in failed
        ]
        tell("numbers_failed", numbers=facts)
    return outcome.waiting


def wait_for(office: Office, waiting: list[int], again: Callable[[], None]) -> str:
    """Try again when the first delayed number is ready; returns when the last one is expected to be."""
    first, last = office.numbers.next_try(waiting)
    office.clock.at(first, again)
    return write_time(last)
