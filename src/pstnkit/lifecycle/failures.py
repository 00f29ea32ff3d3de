"""Why numbers cannot be had."""

from __future__ import annotations

from enum import StrEnum

from attrs import field, frozen

from pstnkit.catalog import sentence


class FailureKind(StrEnum):
    """What kept a number of an order from working."""

    TAKEN = "taken"
    ACTIVATION_FAILED = "activation_failed"
    TURNED_DOWN = "turned_down"
    UNFULFILLED = "unfulfilled"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    OTHER = "other"


@frozen
class Failure:
    """Why a number failed: the kind of reason, and the carrier's own words.

    ``kind`` may be given by its value; raises ``ValueError`` for another.

    >>> print(Failure("activation_failed", "no dial tone"))
    it could not be activated (no dial tone)
    """

    kind: FailureKind = field(converter=FailureKind)
    text: str = ""

    def __str__(self) -> str:
        return sentence(self.kind) + (f" ({self.text})" if self.text else "")
