"""What has to be the same in one port order, and so what parts two numbers."""

from __future__ import annotations

from pstnkit.porting.planning.cuts import CutReason
from pstnkit.porting.planning.facts import PortFacts, PortField, comparison
from pstnkit.porting.planning.rules import PortRules


def parted_by(rules: PortRules) -> tuple[str, ...]:
    """What may part two numbers, in the order in which a list is cut; the names of cut reasons."""
    toll_free = (CutReason.TOLL_FREE.value,) if rules.parts_toll_free else ()
    return (*toll_free, *(part.value for part in PortField if part in rules.same))


class Sameness:
    """Compares what has to be the same in one order, field by field as :func:`parted_by` names them.

    >>> same = Sameness(PortRules())
    >>> one, other = PortFacts(losing_carrier="Old Bell"), PortFacts(losing_carrier="OLD BELL")
    >>> same.key(one, toll_free=False) == same.key(other, toll_free=False) != same.key(other, toll_free=True)
    True
    """

    def __init__(self, rules: PortRules) -> None:
        parts = [part for part in PortField if part in rules.same]
        self._apart = rules.parts_toll_free
        self._local = comparison(parts)
        # A toll-free number has no rate center.
        self._toll_free = comparison([part for part in parts if part is not PortField.RATE_CENTER])
        self._filled = (None,) * (PortField.RATE_CENTER in rules.same)

    def key(self, facts: PortFacts, *, toll_free: bool) -> tuple[object, ...]:
        """What is the same for all numbers of an order."""
        key = (*self._toll_free(facts), *self._filled) if toll_free else self._local(facts)
        return (toll_free, *key) if self._apart else key


def limit_reason(numbers: int, orders: int, most: int) -> CutReason:
    """Why so many numbers that could travel together take so many orders."""
    return CutReason.WHOLE_RANGES if orders > -(-numbers // most) else CutReason.MOST_IN_AN_ORDER
