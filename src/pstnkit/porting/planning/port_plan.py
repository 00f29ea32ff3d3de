"""A plan of ports: which numbers go in which order, why, what to mind, and what cannot go."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import final

from attrs import frozen

from pstnkit.errors import CallerError
from pstnkit.numbering.ranges import NumberRange
from pstnkit.numbering.telephone import TelephoneNumber
from pstnkit.porting.planning.cautions import Caution
from pstnkit.porting.planning.cuts import Cut, CutReason
from pstnkit.porting.planning.obstacles import CannotPort, Undecided
from pstnkit.porting.planning.planned import PlannedPort
from pstnkit.porting.planning.rules import PortRules
from pstnkit.porting.planning.sameness import Sameness, limit_reason, parted_by


class NotPlanned(CallerError):
    """A number that is in no order of the plan. ``.number`` is the number, ``.why`` what the plan says of it."""

    def __init__(self, number: TelephoneNumber, why: tuple[str, ...]) -> None:
        super().__init__(number, why)
        self.number = number
        self.why = why

    def __str__(self) -> str:
        why = "; ".join(self.why) or "it was not in the list"
        return f"{self.number} is in no order of the plan: {why}"


@final
@frozen(kw_only=True)
class PortPlan:
    """The fewest orders for a list of numbers, as :func:`~pstnkit.plan_ports` finds them.

    ``orders`` are the orders, by losing carrier and account, an account's BTN in the last of its orders. ``cuts`` say
    why there are several, ``cautions`` what to mind. ``cannot`` has every number that cannot port with the reason,
    ``undecided`` those of which too little is known. ``proven`` is false where a search for still fewer orders, or
    fewer cut ranges, was given up.
    """

    orders: tuple[PlannedPort, ...]
    cuts: tuple[Cut, ...]
    cautions: tuple[Caution, ...]
    cannot: tuple[CannotPort, ...]
    undecided: tuple[Undecided, ...]
    rules: PortRules
    proven: bool

    @property
    def quantity(self) -> int:
        """How many numbers are in an order."""
        return sum(order.quantity for order in self.orders)

    def order_of(self, number: TelephoneNumber) -> PlannedPort:
        """The order that ``number`` is in; raises :class:`NotPlanned`, which says why it is in none."""
        found = self._order_of(number)
        if found is None:
            raise NotPlanned(number, self.why(number))
        return found

    def why(self, number: TelephoneNumber) -> tuple[str, ...]:
        """Why ``number`` is in no order: everything that stands in its way, a sentence each; empty if nothing does."""
        obstacles: tuple[CannotPort | Undecided, ...] = (*self.cannot, *self.undecided)
        return tuple(str(obstacle) for obstacle in obstacles if _among(number, obstacle.numbers))

    def why_apart(self, one: TelephoneNumber, other: TelephoneNumber) -> tuple[CutReason, ...]:
        """Why two numbers are in different orders: everything in which they differ, or else that there are too many;
        empty if they are in one. Raises :class:`NotPlanned` for a number in no order."""
        mine, theirs = self.order_of(one), self.order_of(other)
        if mine is theirs:
            return ()
        differing = tuple(
            CutReason(part)
            for part, here, there in zip(
                parted_by(self.rules), self._key(mine), self._key(theirs), strict=True
            )
            if here != there
        )
        return differing or (self._limit(mine),)

    def _limit(self, order: PlannedPort) -> CutReason:
        alike = [one.quantity for one in self.orders if self._key(one) == self._key(order)]
        most = self.rules.most(order.facts.port_type) or sum(alike)
        return limit_reason(sum(alike), len(alike), most)

    def _key(self, order: PlannedPort) -> tuple[object, ...]:
        return self._sameness.key(order.facts, toll_free=order.toll_free)

    def _order_of(self, number: TelephoneNumber) -> PlannedPort | None:
        ranges, orders = self._by_range
        place = bisect_right(ranges, number, key=lambda part: part.first) - 1
        return orders[place] if place >= 0 and number in ranges[place] else None

    @cached_property
    def _sameness(self) -> Sameness:
        return Sameness(self.rules)

    @cached_property
    def _by_range(self) -> tuple[list[NumberRange], list[PlannedPort]]:
        pairs = sorted(
            ((part, order) for order in self.orders for part in order.numbers),
            key=lambda pair: pair[0].first,
        )
        return [part for part, _ in pairs], [order for _, order in pairs]

    def cautions_of(self, order: PlannedPort) -> tuple[Caution, ...]:
        """The cautions that concern an order."""
        return tuple(caution for caution in self.cautions if order.position in caution.orders)

    def to_text(self, *, limit: int | None = 20) -> str:
        """The plan in lines of text: a table of the orders, why they are apart, what to mind, and what cannot port;
        of each at most ``limit``."""
        from pstnkit.porting.planning.plan_views import plan_text

        return plan_text(self, limit)

    __str__ = to_text

    def to_html(self, *, limit: int | None = 20) -> str:
        """The same as a part of a page, for light and dark surroundings."""
        from pstnkit.porting.planning.plan_views import plan_html

        return plan_html(self, limit)

    def _repr_html_(self) -> str:
        return self.to_html()

    def __repr__(self) -> str:
        left = sum(obstacle.quantity for obstacle in self.cannot) + sum(
            one.quantity for one in self.undecided
        )
        return f"<PortPlan: {self.quantity:,} numbers in {len(self.orders):,} orders, {left:,} in none>"


def _among(number: TelephoneNumber, ranges: tuple[NumberRange, ...]) -> bool:
    return any(number in part for part in ranges)
