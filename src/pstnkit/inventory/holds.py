"""A hold: numbers kept for one owner, and what has become of that."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

import attrs

from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.ranges import NumberRange


class HoldStatus(StrEnum):
    """What has become of a hold."""

    HELD = "held"
    """Its numbers are kept from everybody else until it expires."""
    PURCHASED = "purchased"
    """Its numbers are sold, and out of the inventory until they are given back."""
    RELEASED = "released"
    """It was let go: its numbers are free."""
    EXPIRED = "expired"
    """Its time ran out: its numbers are free."""
    GIVEN_BACK = "given_back"
    """All that was purchased has come back: its numbers are free."""


class Standing(StrEnum):
    """How one number stands in an inventory: only what is surely free is called so."""

    FREE = "free"
    """On offer, and nobody has it."""
    HELD = "held"
    """Kept for an owner by a hold that is not known to be over."""
    SOLD = "sold"
    """Purchased, and not given back."""
    NOT_OFFERED = "not_offered"
    """Not in the inventory, which knows nothing of who has it."""


Brief = int | tuple[NumberRange, ...]
"""What a hold is about, as it is kept: the ten digits of one number, or else ranges.

Most holds are of one number. Said in this way, such a hold is made in four fifths of the time, is half as large, and
gives the collector of cyclic garbage a third as much to look through.
"""


def brief(numbers: Brief) -> Brief:
    """Ranges, merged and lowest first, as they are kept."""
    if isinstance(numbers, int) or len(numbers) != 1 or len(numbers[0]) != 1:
        return numbers
    return numbers[0]._first


def spelled_out(numbers: Brief) -> tuple[NumberRange, ...]:
    """The ranges that are meant.

    >>> spelled_out(brief((NumberRange("4155550100", "4155550100"),)))
    (NumberRange('+14155550100', '+14155550100'),)
    """
    return (NumberRange._of(numbers, numbers),) if isinstance(numbers, int) else numbers


@attrs.frozen(weakref_slot=False, repr=False)
class Hold:
    """Numbers kept for one owner, all or none of them, and what has become of that.

    A hold is a record of one moment: each change of it gives a new one under the same ``id``.
    """

    id: str
    owner: str
    _brief: Brief = attrs.field(alias="numbers", converter=brief)
    held_at: datetime
    expires_at: datetime
    """The moment at which it ends by itself, if it is not purchased first. At that moment it has ended."""
    extendable_until: datetime
    """The latest ``expires_at`` that extending it can reach."""
    status: HoldStatus = HoldStatus.HELD
    _back: Brief = attrs.field(default=(), alias="given_back", converter=brief)
    ended_at: datetime | None = None
    """When its numbers became free for good: released, expired or given back."""

    @property
    def numbers(self) -> tuple[NumberRange, ...]:
        """What it is about, lowest first, merged: the same as long as it lives."""
        return spelled_out(self._brief)

    @property
    def given_back(self) -> tuple[NumberRange, ...]:
        """What has come back of a purchase so far."""
        return spelled_out(self._back)

    @property
    def count(self) -> int:
        """How many numbers it is about."""
        return sum(map(len, self.numbers))

    @property
    def kept(self) -> tuple[NumberRange, ...]:
        """The numbers that nobody else can have while this record is the latest: all of them, what has not
        come back of a purchase, or none once it has ended."""
        if self.ended_at is not None:
            return ()
        if not self._back:
            return self.numbers
        return tuple((NumberSet(self.numbers) - NumberSet(self.given_back)).ranges())

    def __repr__(self) -> str:
        return f"Hold({', '.join(f'{name}={getattr(self, name)!r}' for name in FIELDS)})"


FIELDS = tuple(
    {"_brief": "numbers", "_back": "given_back"}.get(each.name, each.name) for each in attrs.fields(Hold)
)
"""What ``Hold(...)`` takes, and a hold tells, by name."""
_HELD = HoldStatus.HELD


class _Draft:
    """A hold while it is filled in, which takes a third of the time that ``Hold(...)`` takes: holds are made and ended
    so often that it shows."""

    __slots__ = tuple(each.name for each in attrs.fields(Hold))  # as Hold has them: it is to become one


_new = object.__new__


def held(
    id: str,
    owner: str,
    numbers: Brief,
    held_at: datetime,
    expires_at: datetime,
    extendable_until: datetime,
) -> Hold:
    """A hold as it begins."""
    draft: Any = _new(_Draft)
    draft.id = id
    draft.owner = owner
    draft._brief = numbers
    draft.held_at = held_at
    draft.expires_at = expires_at
    draft.extendable_until = extendable_until
    draft.status = _HELD
    draft._back = ()
    draft.ended_at = None
    draft.__class__ = Hold
    hold: Hold = draft
    return hold


def moved_on(
    before: Hold,
    expires_at: datetime,
    status: HoldStatus,
    ended_at: datetime | None = None,
    given_back: Brief | None = None,
) -> Hold:
    """A hold with a later end, or another status; and with what has come back, if that is more."""
    draft: Any = _new(_Draft)
    draft.id = before.id
    draft.owner = before.owner
    draft._brief = before._brief
    draft.held_at = before.held_at
    draft.expires_at = expires_at
    draft.extendable_until = before.extendable_until
    draft.status = status
    draft._back = before._back if given_back is None else given_back
    draft.ended_at = ended_at
    draft.__class__ = Hold
    hold: Hold = draft
    return hold
