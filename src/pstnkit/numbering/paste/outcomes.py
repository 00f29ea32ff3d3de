"""What becomes of an entry, as one byte: the columns of a report hold a million of them.

>>> OUTCOMES[VALID], OUTCOMES[code_of(Reason.TOO_SHORT)]
((<Verdict.VALID: 'valid'>, None), (<Verdict.INVALID: 'invalid'>, <Reason.TOO_SHORT: 'too_short'>))
"""

from __future__ import annotations

from collections.abc import Iterator

from pstnkit.numbering.paste.verdicts import Verdict
from pstnkit.numbering.reasons import Reason

VALID, UNCONFIRMED, DUPLICATE = 1, 2, 3
"""The outcomes that leave an entry its numbers. 0 stands for what is not known yet."""

LISTED = bytes(255 * (code in (VALID, UNCONFIRMED)) for code in range(256))
"""255 for the outcomes that list numbers, as a table for ``bytes.translate``."""

_REFUSALS = [reason for reason in Reason if reason not in (Reason.AREA_CODE_UNCONFIRMED, Reason.DUPLICATE)]

OUTCOMES: dict[int, tuple[Verdict, Reason | None]] = {
    VALID: (Verdict.VALID, None),
    UNCONFIRMED: (Verdict.VALID, Reason.AREA_CODE_UNCONFIRMED),
    DUPLICATE: (Verdict.DUPLICATE, Reason.DUPLICATE),
    **{code: (Verdict.INVALID, reason) for code, reason in enumerate(_REFUSALS, DUPLICATE + 1)},
}
"""What each byte stands for."""

_CODES = {reason: code for code, (_, reason) in OUTCOMES.items()}


def code_of(reason: Reason | None) -> int:
    """The byte of a finding; that of a valid entry for None."""
    return _CODES[reason]


def places_of(code: int, codes: bytes | bytearray) -> Iterator[int]:
    """Where ``code`` stands in ``codes``, which may change meanwhile at the places that were given."""
    index = codes.find(code)
    while index >= 0:
        yield index
        index = codes.find(code, index + 1)
