"""What a long cell says, in columns of a few bytes an entry.

A list of numbers in one line is one cell, and may have as many entries as a list of lines has. As objects they would
take twenty times what the text takes.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import Any, overload

from pstnkit.numbering.paste.runs import Spelled
from pstnkit.numbering.paste.verdicts import Hint
from pstnkit.numbering.reasons import Reason

_REASONS: tuple[Reason | None, ...] = (None, *Reason)
_HINTS: tuple[Hint | None, ...] = (None, *Hint)
_REASON_CODES = {reason: code for code, reason in enumerate(_REASONS)}
_HINT_CODES = {hint: code for code, hint in enumerate(_HINTS)}
_DIGITS_OF_BOTH_CODES = 6


class Packed(Sequence[Spelled]):
    """Entries of one cell, each made when it is looked at.

    >>> packed = Packed()
    >>> packed.take([Spelled(0, 10, 415_321_0100), Spelled(11, 19, reason=Reason.TOO_SHORT, figures={"digits": 7})])
    >>> packed[0], packed[1].figures
    (<Spelled 4153210100 at 0:10>, {'digits': 7})
    """

    __slots__ = ("_ends", "_extensions", "_hints", "_lengths", "_numbers", "_reasons", "_starts")

    def __init__(self, typecode: str = "I") -> None:
        self._starts = array(typecode)
        self._lengths = array("I")
        self._numbers = array("Q")
        """The first number; where there is none, the digits or the figures that tell why."""
        self._ends = array("H")
        """How far the last number of a range lies behind the first."""
        self._extensions = array("I")
        """Extensions behind a 1, which keeps their zeros; or 0."""
        self._reasons = bytearray()
        self._hints = bytearray()

    def take(self, found: Iterable[Spelled]) -> None:
        """Put entries behind those that are there."""
        for one in found:
            self._starts.append(one.start)
            self._lengths.append(one.end - one.start)
            self._numbers.append(one.first or _told(one))
            self._ends.append(one.last - one.first)
            self._extensions.append(int(f"1{one.extension}") if one.extension else 0)
            self._reasons.append(_REASON_CODES[one.reason])
            self._hints.append(_HINT_CODES[one.hint])

    def __len__(self) -> int:
        return len(self._starts)

    @overload
    def __getitem__(self, index: int) -> Spelled: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Spelled]: ...
    def __getitem__(self, index: int | slice) -> Spelled | Sequence[Spelled]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        start, reason, number = self._starts[index], _REASONS[self._reasons[index]], self._numbers[index]
        first = number if reason is None else 0
        one = Spelled(
            start,
            start + self._lengths[index],
            first,
            first + self._ends[index],
            reason=reason,
            hint=_HINTS[self._hints[index]],
        )
        if reason is Reason.FOREIGN:
            one.digits = str(number)
        elif reason is Reason.AREA_CODE_FORMAT:
            both = f"{number:0{_DIGITS_OF_BOTH_CODES}}"
            one.figures = {"npa": both[:3], "nxx": both[3:]}
        elif reason in (Reason.TOO_SHORT, Reason.TOO_LONG):
            one.figures = {"digits": number}
        if self._extensions[index]:
            one.extension = str(self._extensions[index])[1:]
        return one


def _told(one: Spelled) -> int:
    """The digits of a number of another country, or the figures of what is no number."""
    figures: dict[str, Any] = one.figures or {}
    return int(one.digits or "".join(map(str, figures.values())) or 0)
