"""Numbers that are kept for a cart: at the carrier, or in an inventory of one's own.

Whoever keeps them keeps all of a hold or none. So a number that is taken out of the cart stays kept until the hold ends
or nothing of it is wanted any more: to let go of all and ask for the rest again could lose the rest.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from attrs import evolve, field, frozen

from pstnkit.lifecycle.events import aware
from pstnkit.numbering.ranges import NumberRange, collapse
from pstnkit.numbering.telephone import TelephoneNumber


def as_ranges(numbers: Iterable[NumberRange | TelephoneNumber]) -> tuple[NumberRange, ...]:
    """Numbers as ranges, merged, lowest first.

    >>> as_ranges([TelephoneNumber("4155550101"), TelephoneNumber("4155550100")])
    (NumberRange('+14155550100', '+14155550101'),)
    """
    return tuple(collapse(numbers))


def _moment(_instance: object, attribute: object, value: datetime) -> None:
    aware(value, getattr(attribute, "name", ""))


@frozen(kw_only=True)
class CarrierHold:
    """Numbers that are kept for us under ``reference``, the keeper's own.

    ``since`` is when they were first kept, ``seen`` when the cart was last looked at, and ``until`` the moment at which
    the keeper lets them go. ``over`` says that they are kept no more: let go by us, or by the keeper before its time.
    Raises :class:`~pstnkit.lifecycle.events.NaiveTime` for a time without a zone.

    >>> from datetime import UTC, timedelta
    >>> noon = datetime(2026, 11, 20, 12, tzinfo=UTC)
    >>> hold = CarrierHold(reference="RS-1", numbers=[TelephoneNumber("4155550100")], since=noon, seen=noon,
    ...                    until=noon + timedelta(minutes=30))
    >>> hold.ended(noon + timedelta(minutes=5)).until.minute
    5
    """

    reference: str
    numbers: tuple[NumberRange, ...] = field(converter=as_ranges)
    since: datetime = field(validator=_moment)
    seen: datetime = field(validator=_moment)
    until: datetime = field(validator=_moment)
    over: bool = False

    def ended(self, at: datetime) -> CarrierHold:
        """The hold when it has ended, at the latest ``at`` that moment."""
        return evolve(self, over=True, until=min(self.until, at))
