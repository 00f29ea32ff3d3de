"""Numbers that cannot be listed again, because they are owned already or in an order that is active."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pstnkit.errors import CallerError
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.paste.report import PasteReport
from pstnkit.numbering.ranges import NumberRange
from pstnkit.numbering.reasons import Reason, quoted
from pstnkit.numbering.telephone import TelephoneNumber

KnownNumbers = (
    Mapping[TelephoneNumber | NumberRange, Reason] | Iterable[TelephoneNumber | NumberRange] | PasteReport
)
"""Numbers that are owned already, or numbers and ranges with the reason for which they cannot be listed."""


_REASONS = (Reason.ALREADY_OWNED, Reason.IN_ACTIVE_ORDER)


def known_sets(known: Any) -> list[tuple[NumberSet, Reason]]:
    """The :data:`KnownNumbers` by the reason for which they cannot be listed; :class:`TypeError` for anything else.

    >>> known_sets({TelephoneNumber("4153210100"): Reason.IN_ACTIVE_ORDER})
    [(<NumberSet of 1 number in 1 exchange>, <Reason.IN_ACTIVE_ORDER: 'in_active_order'>)]
    """
    if isinstance(known, Mapping):
        by_reason: dict[Reason, list[Any]] = {reason: [] for reason in _REASONS}
        for number, reason in known.items():
            if reason not in _REASONS:
                raise CallerError(f"a known number is already_owned or in_active_order, not {reason!r}")
            by_reason[reason].append(number)
        return [(_set_of(numbers), reason) for reason, numbers in by_reason.items() if numbers]
    if not isinstance(known, Iterable) or isinstance(known, str | bytes | bytearray | memoryview):
        raise TypeError(
            "known numbers are a set, a list, a range, a report or a mapping to the reason, "
            f"not {type(known).__name__} ({quoted(repr(known))})"
        )
    return [(_set_of(known.numbers if isinstance(known, PasteReport) else known), Reason.ALREADY_OWNED)]


def _set_of(numbers: Iterable[TelephoneNumber | NumberRange]) -> NumberSet:
    try:
        return NumberSet(numbers)
    except TypeError as error:
        raise TypeError(f"known numbers: {error}") from error
