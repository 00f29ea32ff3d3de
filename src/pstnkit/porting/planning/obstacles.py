"""Why a number of a pasted list is in none of the planned orders: it cannot port, or too little is known of it."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from pstnkit.catalog import counted, sentence
from pstnkit.numbering.ranges import NumberRange


class Obstacle(StrEnum):
    """What stands in the way of a number.

    >>> Obstacle("already_owned")
    <Obstacle.ALREADY_OWNED: 'already_owned'>
    """

    UNREADABLE = "unreadable"
    """What was pasted is no number that could be used."""
    NOT_A_LINE = "not_a_line"
    """The number belongs to no subscriber, or to no place."""
    AREA_CODE_NOT_IN_SERVICE = "area_code_not_in_service"
    ELSEWHERE = "elsewhere"
    """The number is of a country that shares the plan and not the porting."""
    ALREADY_OWNED = "already_owned"
    """The customer, or another one, has it here already."""
    IN_ACTIVE_ORDER = "in_active_order"
    """It is in an order that is under way: a number is in one active order at most."""
    NOT_PORTABLE = "not_portable"
    """The carrier says that it cannot take it over."""


@frozen(kw_only=True)
class CannotPort:
    """Numbers that cannot port, and why; ``str`` of it is the sentence.

    ``text`` is what was pasted, where that is no number; ``why`` the reason as a sentence; ``holder`` who has the
    numbers already, or the order that they are in.

    >>> print(CannotPort(reason=Obstacle.ALREADY_OWNED, numbers=(NumberRange("4152012000", "4152012003"),)))
    4 numbers (+14152012000..+14152012003): here already
    >>> print(CannotPort(reason=Obstacle.UNREADABLE, text="415-201-20XX", why="is not a telephone number"))
    '415-201-20XX' is not a telephone number
    """

    reason: Obstacle
    numbers: tuple[NumberRange, ...] = ()
    text: str = ""
    why: str = ""
    holder: str = ""

    @property
    def quantity(self) -> int:
        """How many numbers it is about."""
        return sum(map(len, self.numbers))

    def __str__(self) -> str:
        told = sentence(
            self.reason,
            count=self.quantity,
            text=f"{self.text!r}",
            why=self.why,
            holder=f" ({self.holder})" if self.holder else "",
        )
        return f"{named(self.numbers)}: {told}" if self.numbers else told


@frozen
class Undecided:
    """Numbers that are in no order because too little is known of them: who the losing carrier is.

    It is not said that they cannot port. ``str`` of it says what to find out.

    >>> print(Undecided((NumberRange("4152012000", "4152012000"),)))
    1 number (+14152012000): find out the losing carrier, by a portability check or from a bill
    """

    numbers: tuple[NumberRange, ...]

    @property
    def quantity(self) -> int:
        """How many numbers it is about."""
        return sum(map(len, self.numbers))

    def __str__(self) -> str:
        return f"{named(self.numbers)}: {sentence(Undecided)}"


_NAMED = 4
"""How many ranges a sentence names."""


def written(part: NumberRange) -> str:
    """A range as people read it: one number alone as one.

    >>> written(NumberRange("4152012000", "4152012000")), written(NumberRange("4152012000", "4152012009"))
    ('+14152012000', '+14152012000..+14152012009')
    """
    return str(part.first) if len(part) == 1 else str(part)


def listed(numbers: tuple[NumberRange, ...], most: int = _NAMED) -> str:
    """The first few ranges, and how many more there are.

    >>> listed((NumberRange("4152012000", "4152012000"), NumberRange("4152012005", "4152012006")), 1)
    '+14152012000, and 1 more range'
    """
    told = ", ".join(map(written, numbers[:most]))
    more = len(numbers) - most
    return f"{told}, and {counted(more, 'more range', 'more ranges')}" if more > 0 else told


def named(numbers: tuple[NumberRange, ...]) -> str:
    """How many numbers, and which: ``4 numbers (+14152012000..+14152012003)``."""
    return f"{counted(sum(map(len, numbers)), 'number', 'numbers')} ({listed(numbers)})"
