"""Supplements: changes of a port that the carrier has already.

SUP 1 cancels the port, SUP 2 asks for another date, SUP 3 corrects something else. The first is the decision
:class:`~pstnkit.lifecycle.reports.Cancel`, the others are a :class:`Supplement`. New numbers and another losing carrier
are no supplements at all: they need a new request.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import IntEnum

import attrs
from attrs import Attribute, frozen

from pstnkit.errors import CallerError, DecisionError
from pstnkit.lifecycle.events import Decision
from pstnkit.numbering.telephone import TelephoneNumber
from pstnkit.porting.dates import RequestedDate
from pstnkit.porting.rejects import PortRejected, Remedy
from pstnkit.secret import SecretRef

PLAIN_FIELDS = frozenset(
    {
        "business_name",
        "service_address",
        "postal_code",
        "btn",
        "new_btn",
        "authorized_signer",
        "port_type",
        "loa",
        "documents",
    }
)
"""The fields of a port that anybody may read. Every other one is taken for a secret: of a field that is new to us,
nobody has said that it is none."""

NEW_REQUEST_FIELDS = frozenset({"numbers", "losing_carrier"})
"""What no supplement can change."""


_TELEPHONE_NUMBERS = ("btn", "new_btn")


class SupplementKind(IntEnum):
    """Which supplement (SUP) it is, by its number in the trade."""

    CANCEL = 1
    DUE_DATE = 2
    OTHER = 3


class NeedsNewRequest(DecisionError):
    """A change that no supplement can make: other numbers, or another losing carrier. ``.field`` is which."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field

    def __str__(self) -> str:
        return f"the {self.field.replace('_', ' ')} of a port cannot be changed: it takes a new request"


class NothingToCorrect(CallerError):
    """A supplement without a change."""

    def __init__(self) -> None:
        super().__init__("a supplement changes something: give a field, or another date")

    def __reduce__(self) -> tuple[type[NothingToCorrect], tuple[()]]:
        return type(self), ()


def _in_its_place(change: Change, _value: Attribute[str | SecretRef], value: str | SecretRef) -> None:
    if change.field in NEW_REQUEST_FIELDS:
        raise NeedsNewRequest(change.field)
    kind = str if change.field in PLAIN_FIELDS else SecretRef
    if not isinstance(value, kind):  # the value itself is not told: it may well be the secret
        raise TypeError(
            f"{change.field!r:.80} of a supplement is a {kind.__name__}, not a {type(value).__name__}"
        )
    if change.field in _TELEPHONE_NUMBERS:
        TelephoneNumber.parse(str(value))


@frozen
class Change:
    """One field of a port, corrected to ``value``.

    The value is text where everybody may read it (:data:`PLAIN_FIELDS`), and else the reference under which the store
    keeps the secret: an account number or a PIN is in no event. Raises ``TypeError`` for one in the other's place,
    :class:`NeedsNewRequest` for what no supplement can change, and
    :class:`~pstnkit.numbering.reasons.InvalidNumber` for a billing telephone number that is none. ``str`` names the
    field alone.

    >>> Change("business_name", "Harbor Dental").value, Change("pin", SecretRef("secret-7")).value
    ('Harbor Dental', SecretRef(id='secret-7'))
    """

    field: str
    value: str | SecretRef = attrs.field(validator=_in_its_place)

    def __str__(self) -> str:
        return self.field.replace("_", " ")


@frozen
class Supplement(Decision):
    """A change of a port: fields corrected, another date asked for, or both.

    Before the port is sent the record is edited, and nothing goes to a carrier; afterwards it is a supplement.
    Raises :class:`NothingToCorrect` when nothing is changed.

    >>> Supplement((Change("btn", "+14155550100"),)).kind
    <SupplementKind.OTHER: 3>
    >>> Supplement(requested=RequestedDate(date(2027, 1, 8))).kind
    <SupplementKind.DUE_DATE: 2>
    """

    changes: tuple[Change, ...] = ()
    requested: RequestedDate | None = None
    word = "supplement"

    def __attrs_post_init__(self) -> None:
        if not self.changes and self.requested is None:
            raise NothingToCorrect

    @property
    def kind(self) -> SupplementKind:
        """SUP 2 when nothing but the date is changed, else SUP 3."""
        return SupplementKind.OTHER if self.changes else SupplementKind.DUE_DATE

    def answers(self, refused: PortRejected) -> bool:
        """Whether this is what puts ``refused`` right, by its facts.

        What a person has to clear up by telephone, and what is no known reason, any supplement may answer.
        """
        facts = refused.facts
        if facts.remedy is Remedy.PHONE:
            return True
        if facts.remedy is Remedy.SUP_2:
            return self.requested is not None
        return facts.remedy is Remedy.SUP_3 and any(change.field in facts.fields for change in self.changes)


def supplement(fields: Mapping[str, str | SecretRef], requested: date | None = None) -> Supplement:
    """The supplement that corrects ``fields``, by name, and asks for the day ``requested``.

    Raises what :class:`Change` and :class:`Supplement` raise.
    """
    changes = tuple(Change(name, value) for name, value in fields.items())
    return Supplement(changes, None if requested is None else RequestedDate(requested))
