"""Numbers that cannot be listed again, because they are owned already or in an order that is active."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pstnkit.errors import CallerError
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.ranges import NumberRange
from pstnkit.numbering.reasons import Reason
from pstnkit.numbering.telephone import TelephoneNumber

KnownNumbers = Mapping[TelephoneNumber, Reason] | Iterable[TelephoneNumber | NumberRange]
"""Numbers that are owned already, or each number with the reason for which it cannot be listed."""


def known_sets(known: KnownNumbers) -> list[tuple[NumberSet, Reason]]:
    """The known numbers by the reason for which they cannot be listed.

    >>> known_sets({TelephoneNumber("4153210100"): Reason.IN_ACTIVE_ORDER})
    [(<NumberSet of 1 number in 1 exchange>, <Reason.IN_ACTIVE_ORDER: 'in_active_order'>)]
    """
    if not isinstance(known, Mapping):
        return [(NumberSet(known), Reason.ALREADY_OWNED)]
    by_reason: dict[Reason, list[TelephoneNumber]] = {Reason.ALREADY_OWNED: [], Reason.IN_ACTIVE_ORDER: []}
    for number, reason in known.items():
        if reason not in by_reason:
            raise CallerError(f"a known number is already_owned or in_active_order, not {reason!r}")
        by_reason[reason].append(number)
    return [(NumberSet(numbers), reason) for reason, numbers in by_reason.items() if numbers]
