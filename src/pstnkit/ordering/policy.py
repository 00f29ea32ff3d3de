"""What may be ordered, and how long a cart keeps numbers: matters of choice, as values that are passed in.

The defaults are the source's own: no limits, and numbers are kept for as long as the carrier keeps them. The limits of
later years are presets.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from attrs import Attribute, field, frozen

from pstnkit.errors import CallerError, DecisionError
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.ranges import NumberRange
from pstnkit.numbering.telephone import TelephoneNumber
from pstnkit.ordering.holding import CarrierHold


class BlockNotSplit(DecisionError):
    """A part of a block, which goes only as a whole. ``.block`` is the block, ``.part`` what was asked for of it.

    >>> block = NumberRange("4152012300", "4152012309")
    >>> str(BlockNotSplit(block, (block[:2],)))
    '+14152012300..+14152012309 was sold as a block: it goes only as a whole, not +14152012300..+14152012301 of it'
    """

    def __init__(self, block: NumberRange, part: tuple[NumberRange, ...]) -> None:
        super().__init__(block, part)
        self.block = block
        self.part = part

    def __str__(self) -> str:
        part = ", ".join(map(str, self.part))
        return f"{self.block} was sold as a block: it goes only as a whole, not {part} of it"


def _limit(_policy: object, attribute: Attribute[Any], value: Any) -> None:
    if value is not None and (type(value) is not int or value < 0):
        raise CallerError(f"{attribute.name}: {value!r} is no count of numbers")


def _sizes(_policy: object, attribute: Attribute[Any], value: tuple[Any, ...] | None) -> None:
    for size in value or ():
        if type(size) is not int or size < 1:
            raise CallerError(f"{attribute.name}: {size!r} is no size of a block")


@frozen(kw_only=True)
class OrderPolicy:
    """What may be ordered. ``None`` is no limit; by default there is none.

    Raises :class:`~pstnkit.errors.CallerError` for a limit or a size that is no count.

    >>> OrderPolicy() == OrderPolicy(most_standard=None)
    True
    >>> OrderPolicy.as_of_2026().most_standard
    100
    """

    block_sizes: tuple[int, ...] | None = field(default=None, validator=_sizes)
    """The sizes in which blocks are sold."""
    whole_blocks: bool = False
    """Whether a block that was ordered as one goes only as a whole: out of a cart, and back to the carrier."""
    toll_free_blocks: bool = True
    """Whether there are blocks of toll-free numbers."""
    most_standard: int | None = field(default=None, validator=_limit)
    """How many new standard numbers one order may have."""
    most_on_trial: int | None = field(default=None, validator=_limit)
    """How many new numbers a customer on a trial may have in all, ordered ones included."""

    @classmethod
    def as_of_2026(cls) -> OrderPolicy:
        """The limits of the same family of products by its public help pages, 2023 to 2026: blocks of 10, 50 or 100,
        never of toll-free numbers and never in part; at most 100 new standard numbers in one order; at most 10 new
        numbers on a trial.

        >>> OrderPolicy.as_of_2026().block_sizes
        (10, 50, 100)
        """
        return cls(
            block_sizes=(10, 50, 100),
            whole_blocks=True,
            toll_free_blocks=False,
            most_standard=100,
            most_on_trial=10,
        )

    def keep_whole(
        self, blocks: Iterable[NumberRange], going: Iterable[NumberRange | TelephoneNumber]
    ) -> None:
        """See that of ``blocks`` nothing goes but the whole; raises :class:`BlockNotSplit` with the first other one.

        Where :attr:`whole_blocks` is false, anything may go.

        >>> block = NumberRange("4152012300", "4152012309")
        >>> OrderPolicy.as_of_2026().keep_whole([block], [block])
        >>> OrderPolicy.as_of_2026().keep_whole([block], [block.first])
        Traceback (most recent call last):
        ...
        pstnkit.ordering.policy.BlockNotSplit: +14152012300..+14152012309 was sold as a block: ...
        """
        if not self.whole_blocks:
            return
        leaving = NumberSet(going)
        for block in blocks:
            part = NumberSet([block]) & leaving
            if part and len(part) < len(block):
                raise BlockNotSplit(block, tuple(part.ranges()))


def _lasting(_policy: object, attribute: Attribute[Any], value: Any) -> None:
    if value is not None and (not isinstance(value, timedelta) or value <= timedelta(0)):
        raise CallerError(f"{attribute.name}: {value!r} is no length of time")


@frozen(kw_only=True)
class CartPolicy:
    """How long a cart keeps its numbers, and how long a confirmation stays open.

    Raises :class:`~pstnkit.errors.CallerError` for a length of time that is none.

    >>> CartPolicy().warn_before
    datetime.timedelta(seconds=300)
    """

    keeps_for: timedelta | None = field(default=None, validator=_lasting)
    """How long numbers are kept from when the cart was last looked at; None: as long as the carrier keeps them."""
    keeps_at_most: timedelta | None = field(default=None, validator=_lasting)
    """How long after they were first kept that can go on; None: as long as the carrier lets it."""
    warn_before: timedelta = field(default=timedelta(minutes=5), validator=_lasting)
    """How shortly before a hold ends it is warned of."""
    lapses_after: timedelta = field(default=timedelta(minutes=30), validator=_lasting)
    """How long a confirmation without holds stays open; any other ends with the first of its holds."""

    def ends(self, hold: CarrierHold) -> datetime:
        """The moment at which a cart keeps the numbers of ``hold`` no longer; at that moment it has ended.

        >>> from datetime import UTC
        >>> noon = datetime(2026, 11, 20, 12, tzinfo=UTC)
        >>> hold = CarrierHold(reference="RS-1", numbers=(), since=noon, seen=noon, until=noon + timedelta(hours=4))
        >>> CartPolicy().ends(hold).hour, CartPolicy.sliding().ends(hold).minute
        (16, 15)
        """
        ends = [hold.until]
        if self.keeps_for is not None and not hold.over:
            ends.append(hold.seen + self.keeps_for)
        if self.keeps_at_most is not None and not hold.over:
            ends.append(hold.since + self.keeps_at_most)
        return min(ends)

    def wishes(self, hold: CarrierHold, now: datetime) -> datetime | None:
        """Until when the numbers of ``hold`` are to be kept when the cart is looked at now; None: as long as can be.

        >>> from datetime import UTC
        >>> noon = datetime(2026, 11, 20, 12, tzinfo=UTC)
        >>> hold = CarrierHold(reference="RS-1", numbers=(), since=noon, seen=noon, until=noon)
        >>> CartPolicy.sliding().wishes(hold, noon + timedelta(minutes=118)).isoformat()
        '2026-11-20T14:00:00+00:00'
        """
        ends = [] if self.keeps_for is None else [now + self.keeps_for]
        if self.keeps_at_most is not None:
            ends.append(hold.since + self.keeps_at_most)
        return min(ends, default=None)

    def keeps(self, hold: CarrierHold, now: datetime) -> bool:
        """Whether the numbers of ``hold`` are kept at the moment ``now``."""
        return not hold.over and now < self.ends(hold)

    @classmethod
    def sliding(cls) -> CartPolicy:
        """Numbers kept for 15 minutes from each look at the cart, and for 2 hours at most, as one large carrier has it.

        >>> CartPolicy.sliding().keeps_at_most
        datetime.timedelta(seconds=7200)
        """
        return cls(keeps_for=timedelta(minutes=15), keeps_at_most=timedelta(hours=2))


NO_LIMITS = OrderPolicy()
"""The source's own rules: nothing is limited."""
AS_THE_CARRIER = CartPolicy()
"""Numbers are kept as long as the carrier keeps them."""
