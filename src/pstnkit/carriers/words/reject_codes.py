"""What carriers' codes for refused ports come down to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from attrs import frozen

from pstnkit.carriers.words.lines import rows_of
from pstnkit.numbering.ranges import NumberRange
from pstnkit.porting.rejects import PortRejected, RejectReason

LOSING_CARRIERS = "losing carriers"
"""Under this name are the codes of losing carriers themselves, which winning ones pass on."""


@frozen
class RejectCode:
    """One code of a carrier, what it comes down to, and the losing carriers' codes that it stands for."""

    carrier: str
    code: str
    reason: RejectReason
    passed_on: tuple[str, ...] = ()


@cache
def reject_codes() -> tuple[RejectCode, ...]:
    """Every code that is known, by the reason that it comes down to."""
    return tuple(
        RejectCode(carrier, code, RejectReason(reason), tuple(passed_on))
        for reason, carrier, code, *passed_on in rows_of("reject_codes.txt")
    )


@cache
def _reasons() -> Mapping[tuple[str, str], RejectReason]:
    known = {(row.carrier, row.code.casefold()): row.reason for row in reject_codes()}
    passed_on = {
        (LOSING_CARRIERS, code.casefold()): row.reason for row in reject_codes() for code in row.passed_on
    }
    return known | passed_on


def reject_reason(carrier: str, code: str) -> RejectReason:
    """What ``code`` of ``carrier`` comes down to; :attr:`~pstnkit.porting.rejects.RejectReason.OTHER` when unknown.

    A carrier that passes on a losing carrier's code as it is, is understood, too.

    >>> reject_reason("telnyx", "PASSCODE_PIN_INVALID").value, reject_reason("bandwidth", "8C").value
    ('pin_mismatch', 'pin_mismatch')
    >>> reject_reason("bandwidth", "7999").value
    'other'
    """
    written = code.strip().casefold()
    known = _reasons()
    return known.get((carrier, written)) or known.get((LOSING_CARRIERS, written)) or RejectReason.OTHER


def rejected(carrier: str, code: str, text: str, numbers: Iterable[NumberRange] = ()) -> PortRejected:
    """The report that a carrier's ``code`` and ``text`` make; both are kept as they are."""
    return PortRejected(code, text, reject_reason(carrier, code), tuple(numbers))
