"""One order of a plan of ports."""

from __future__ import annotations

from attrs import frozen

from pstnkit.inventory.supply import RateCenter
from pstnkit.numbering.ranges import NumberRange
from pstnkit.porting.cutoffs import PortSpeed
from pstnkit.porting.planning.facts import PortFacts
from pstnkit.porting.planning.simplicity import Simplicity


@frozen(kw_only=True)
class PlannedPort:
    """One order of a plan: numbers that the carrier accepts together.

    ``position`` counts from 1; ``facts`` is what is known of all of its numbers alike; ``staying`` are the numbers that
    are known to stay on its account, and ``unnamed`` says how many more there are.
    """

    position: int
    numbers: tuple[NumberRange, ...]
    facts: PortFacts
    toll_free: bool
    rate_centers: tuple[RateCenter, ...]
    simplicity: Simplicity
    staying: tuple[NumberRange, ...] = ()
    unnamed: int = 0

    @property
    def quantity(self) -> int:
        """How many numbers the order has."""
        return sum(map(len, self.numbers))

    @property
    def speed(self) -> PortSpeed:
        """By which intervals it is ported: as a simple port only if it is known to be one."""
        return PortSpeed.SIMPLE if self.simplicity.is_simple else PortSpeed.OTHER

    @property
    def has_btn(self) -> bool:
        """Whether the BTN of the account is among the numbers."""
        btn = self.facts.btn
        return btn is not None and any(btn in part for part in self.numbers)

    @property
    def is_partial(self) -> bool:
        """Whether numbers are known to stay on the account."""
        return bool(self.staying or self.unnamed)
