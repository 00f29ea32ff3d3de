"""Whether a number can be ported: yes, no, or not known. A question that was not answered is never taken for a "no"."""

from __future__ import annotations

from enum import StrEnum

from attrs import field, frozen

from pstnkit.catalog import sentence
from pstnkit.numbering.telephone import TelephoneNumber
from pstnkit.porting.planning.facts import PortFacts


class NotPortableReason(StrEnum):
    """Why a carrier cannot take a number over.

    >>> NotPortableReason("no_coverage")
    <NotPortableReason.NO_COVERAGE: 'no_coverage'>
    """

    ALREADY_HERE = "already_here"
    """It is with the carrier already."""
    CARRIER_STOCK = "carrier_stock"
    """It is on offer at the carrier: it is to be ordered, not ported."""
    PENDING_ORDER = "pending_order"
    """Another order for it is under way."""
    NO_COVERAGE = "no_coverage"
    """The carrier does not serve its rate center."""
    NOT_IN_SERVICE = "not_in_service"
    """Nobody has it: it was disconnected, or never given out."""
    PORT_FREEZE = "port_freeze"
    """Its user has had it locked."""
    OTHER = "other"
    """For a reason of the carrier's own: see its words."""


class WhyNotKnown(StrEnum):
    """Why there is no answer.

    >>> WhyNotKnown("no_answer")
    <WhyNotKnown.NO_ANSWER: 'no_answer'>
    """

    NOT_ASKED = "not_asked"
    """Nobody has asked."""
    NO_ANSWER = "no_answer"
    """The question was asked, and no answer came."""
    LEFT_OUT = "left_out"
    """The answer says nothing about this number."""
    CANNOT_TELL = "cannot_tell"
    """The carrier has no check, or its check cannot tell."""


@frozen
class Portable:
    """The number can be ported. ``facts`` is what the check told besides: the losing carrier, the type of the port, the
    rate center, and sometimes data of the account.

    >>> number = TelephoneNumber("4152012000")
    >>> print(Portable(number, PortFacts(losing_carrier="Old Bell", port_type="manual")))
    can be ported
    """

    number: TelephoneNumber
    facts: PortFacts = field(factory=PortFacts)

    def __str__(self) -> str:
        return sentence(Portable)


@frozen
class NotPortable:
    """The number cannot be ported, for ``reason``; ``text`` is the carrier's own words.

    >>> print(NotPortable(TelephoneNumber("4152012000"), NotPortableReason.OTHER, "pager number"))
    the carrier does not take it (pager number)
    """

    number: TelephoneNumber
    reason: NotPortableReason
    text: str = ""
    facts: PortFacts = field(factory=PortFacts)

    def __str__(self) -> str:
        return sentence(self.reason, text=f" ({self.text})" if self.text else "")


@frozen
class PortabilityUnknown:
    """Whether the number can be ported is not known: ``why``, and in the carrier's own words ``text``.

    >>> print(PortabilityUnknown(TelephoneNumber("4152012000"), WhyNotKnown.NO_ANSWER))
    the carrier was asked and did not answer
    """

    number: TelephoneNumber
    why: WhyNotKnown
    text: str = ""

    def __str__(self) -> str:
        return sentence(self.why, text=f" ({self.text})" if self.text else "")


Portability = Portable | NotPortable | PortabilityUnknown
"""What is known about porting one number."""
