"""How far each number of an order has come (SPEC T3), and what that says about the order as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from attrs import evolve, frozen

from pstnkit.lifecycle.failures import Failure
from pstnkit.numbering.numbermap import NumberMap
from pstnkit.numbering.ranges import NumberRange, collapse
from pstnkit.numbering.telephone import TelephoneNumber


class Progress(StrEnum):
    """Of each number of an order, and of the order as a whole."""

    IN_PROGRESS = "in_progress"
    SUCCESSFUL = "successful"
    FAILED = "failed"


def each(ranges: Iterable[NumberRange]) -> list[TelephoneNumber]:
    """The numbers of ``ranges``, each once.

    >>> len(each([NumberRange("4155550100", "4155550104"), NumberRange("4155550103", "4155550105")]))
    6
    """
    return [number for numbers in collapse(ranges) for number in numbers]


@frozen
class Marked:
    """What a report about some numbers came to: the new progress, and the numbers sorted by what it meant for them.

    ``changed`` moved now; ``same`` were there before; ``contrary`` had settled otherwise and stay as they were;
    ``strangers`` are no numbers of this order.
    """

    progress: NumberProgress
    changed: Sequence[TelephoneNumber]
    same: Sequence[TelephoneNumber]
    contrary: Sequence[TelephoneNumber]
    strangers: Sequence[TelephoneNumber]


@frozen
class NumberProgress:
    """The progress of every number of an order, with the count of each at hand, and why the failed ones did.

    Immutable; a change costs the same however many numbers the order has.

    >>> from pstnkit.numbering.ranges import NumberRange
    >>> ordered = NumberRange("4155550100", "4155550104")
    >>> progress = NumberProgress().expecting((ordered,)).working((ordered[:2],)).progress
    >>> progress.in_progress, progress.successful, progress.of(Progress.SUCCESSFUL)
    (3, 2, (NumberRange('+14155550100', '+14155550101'),))
    """

    by_number: NumberMap[Progress] = NumberMap()
    successful: int = 0
    failed: int = 0
    failures: NumberMap[Failure] = NumberMap()

    @property
    def in_progress(self) -> int:
        """How many numbers have not settled."""
        return len(self.by_number) - self.successful - self.failed

    @property
    def counts(self) -> dict[Progress, int]:
        """How many numbers are in each progress."""
        return {
            Progress.IN_PROGRESS: self.in_progress,
            Progress.SUCCESSFUL: self.successful,
            Progress.FAILED: self.failed,
        }

    def of(self, progress: Progress) -> tuple[NumberRange, ...]:
        """The numbers in ``progress``, as ranges."""
        return tuple(collapse(number for number, held in self.by_number.items() if held is progress))

    def expecting(self, ranges: tuple[NumberRange, ...]) -> NumberProgress:
        """The same with the numbers of ``ranges`` added as in progress; numbers already known keep their progress."""
        new = [number for number in each(ranges) if number not in self.by_number]
        if not new:
            return self
        return evolve(
            self, by_number=self.by_number.set_many((number, Progress.IN_PROGRESS) for number in new)
        )

    def working(self, ranges: tuple[NumberRange, ...]) -> Marked:
        """Take in that the numbers of ``ranges`` work."""
        return self._mark(ranges, Progress.SUCCESSFUL, None)

    def failing(self, ranges: tuple[NumberRange, ...], failure: Failure) -> Marked:
        """Take in that the numbers of ``ranges`` have failed, and why."""
        return self._mark(ranges, Progress.FAILED, failure)

    def all_working(self) -> NumberProgress:
        """The same with everything that is still in progress working."""
        return self.working(self.of(Progress.IN_PROGRESS)).progress

    def rest_failing(self, failure: Failure) -> NumberProgress:
        """The same with everything that is still in progress failed, and why."""
        return self.failing(self.of(Progress.IN_PROGRESS), failure).progress

    def _mark(self, ranges: tuple[NumberRange, ...], progress: Progress, failure: Failure | None) -> Marked:
        changed: list[TelephoneNumber] = []
        same: list[TelephoneNumber] = []
        contrary: list[TelephoneNumber] = []
        strangers: list[TelephoneNumber] = []
        for number in each(ranges):
            held = self.by_number.get(number)
            if held is None:
                strangers.append(number)
            elif held is progress:
                same.append(number)
            elif held is not Progress.IN_PROGRESS:
                contrary.append(number)
            else:
                changed.append(number)
        moved = self
        if changed:
            by_number = self.by_number.set_many((number, progress) for number in changed)
            if failure is None:
                moved = evolve(self, by_number=by_number, successful=self.successful + len(changed))
            else:
                failures = self.failures.set_many((number, failure) for number in changed)
                failed = self.failed + len(changed)
                moved = evolve(self, by_number=by_number, failed=failed, failures=failures)
        return Marked(moved, changed, same, contrary, strangers)
