"""What customers sign: terms of service, the carrier's contract, letters of authorization; and which order needs which.

A trial signs the terms of service; once paid, the contract, and the terms signed on the trial do not count. Either is
signed once per customer; each port order has its own letter of authorization (SPEC O4, O5).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, tzinfo
from enum import StrEnum
from typing import Any, ClassVar, Self

from attrs import evolve, frozen

from pstnkit.accounts.customers import AccountKind
from pstnkit.accounts.letters import LetterDating, LetterOfAuthorization, Today
from pstnkit.catalog import sentence
from pstnkit.lifecycle.events import Decision, Event, Report, latest
from pstnkit.lifecycle.fulfillment import OrderKind
from pstnkit.lifecycle.machine import Machine, Outcome, Step
from pstnkit.lifecycle.record import Judged, Staged
from pstnkit.lifecycle.reports import Settle


class AgreementKind(StrEnum):
    """What is to be signed."""

    TERMS_OF_SERVICE = "terms_of_service"
    CONTRACT = "contract"
    LETTER_OF_AUTHORIZATION = "letter_of_authorization"


class AgreementStatus(StrEnum):
    """Where an agreement stands at the e-signature service."""

    CREATED = "created"
    SENT = "sent"
    DELIVERED = "delivered"
    SIGNED = "signed"
    DECLINED = "declined"
    VOIDED = "voided"
    EXPIRED = "expired"


@frozen
class Send(Decision):
    """Send the agreement to the signer's mailbox again, under a new client ``reference``.

    What was sent before no longer counts.
    """

    reference: str
    word = "send"


@frozen
class Void(Decision):
    """The agreement is withdrawn."""

    word = "void"


@frozen
class EnvelopeSent(Report):
    """The e-signature service has sent the agreement, as its ``envelope``."""

    envelope: str
    word = "sent"


@frozen
class EnvelopeDelivered(Report):
    """The agreement has reached the signer's mailbox."""

    envelope: str | None = None
    word = "delivered"


@frozen
class EnvelopeSigned(Report):
    """It was signed, at the event's time, ``by`` whom where that is said.

    ``dated`` is the day that stands on it: the day of the signature, unless it is said.
    """

    envelope: str | None = None
    by: str | None = None
    dated: date | None = None
    word = "signed"


@frozen
class EnvelopeDeclined(Report):
    """The signer has declined to sign, for a ``reason`` where one is said."""

    envelope: str | None = None
    reason: str | None = None
    word = "declined"


@frozen
class EnvelopeVoided(Report):
    """The agreement was withdrawn at the e-signature service."""

    envelope: str | None = None
    word = "voided"


@frozen
class EnvelopeExpired(Report):
    """Nobody signed in time."""

    envelope: str | None = None
    word = "expired"


AboutEnvelope = (
    EnvelopeSent | EnvelopeDelivered | EnvelopeSigned | EnvelopeDeclined | EnvelopeVoided | EnvelopeExpired
)
"""What the e-signature service, or a person, says of an agreement on its way.

``envelope`` is the service's own reference of what was sent, or the client reference under which it was; None is what
was sent last.
"""

AGREEMENT_MACHINE: Machine[AgreementStatus] = Machine(
    "an agreement",
    AgreementStatus,
    decision_types=(Send, Void, Settle),
    decisions="""
                 send void settle
    created   CR CR   VO   CR
    sent      SE CR   VO   SE
    delivered DE CR   VO   DE
    signed    SI x    x    SI
    declined  DC CR   VO   DC
    voided    VO x    x    VO
    expired   EX CR   VO   EX
    """,
    report_types=(
        EnvelopeSent,
        EnvelopeDelivered,
        EnvelopeSigned,
        EnvelopeDeclined,
        EnvelopeVoided,
        EnvelopeExpired,
    ),
    reports="""
                 sent delivered signed   declined voided expired
    created   CR SE   SE>DE     SE>DE>SI SE>DE>DC VO     SE>EX
    sent      SE .    DE        DE>SI    DE>DC    VO     EX
    delivered DE -    .         SI       DC       VO     EX
    signed    SI -    -         .        !        !      -
    declined  DC -    -         !        .        VO     -
    voided    VO -    -         !        -        .      -
    expired   EX -    -         !        -        VO     .
    """,
)


@frozen(kw_only=True)
class Agreement(Staged[AgreementStatus]):
    """One agreement with one customer; a letter of authorization belongs to one port ``order``, and ``letter`` is what
    it says.

    ``envelope`` is the e-signature service's reference, once it has sent the agreement; ``former`` are the references
    under which it was sent before, which no longer count. ``signed`` is when it was signed, ``signed_by`` by whom, and
    ``dated`` the day that stands on it, where these are said; ``reason`` is why it was declined.

    >>> contract = Agreement(id="agreement-1", partner="north", customer="customer-1", kind=AgreementKind.CONTRACT,
    ...                      signer="Dana Reed", email="dana@quay.example", client_reference="reference-1")
    >>> contract.status.value, contract.machine.allowed(contract.status)
    ('created', ('send', 'void', 'settle'))
    """

    customer: str
    kind: AgreementKind
    signer: str
    email: str
    client_reference: str
    order: str | None = None
    letter: LetterOfAuthorization | None = None
    status: AgreementStatus = AgreementStatus.CREATED
    envelope: str | None = None
    former: tuple[str, ...] = ()
    signed: datetime | None = None
    signed_by: str | None = None
    dated: date | None = None
    reason: str | None = None

    machine: ClassVar[Machine[AgreementStatus]] = AGREEMENT_MACHINE

    def dating(self, today: Today) -> LetterDating:
        """Whether it counts ``today``, by its date, once it is signed; terms and contract always do."""
        if self.kind is not AgreementKind.LETTER_OF_AUTHORIZATION or self.signed is None:
            return LetterDating.VALID
        return today.letters.judge(self.day(today.tz), today.day)

    def opened(self, tz: tzinfo) -> datetime | None:
        """When it opened its gate: at the signature, or with the day that stands on it when that came later."""
        if self.signed is None or self.dated is None:
            return self.signed
        return latest((self.signed, datetime.combine(self.dated, time(), tz)))

    def day(self, tz: tzinfo) -> date:
        """The day that stands on it, once it is signed: as was said, or else that of the signature in ``tz``."""
        assert self.signed is not None, "a day stands on what is signed"
        return self.dated or self.signed.astimezone(tz).date()

    def with_decision(self, _event: Event, decision: Decision) -> Self:
        """The agreement without its envelope, when it is to be sent again."""
        if not isinstance(decision, Send):
            return self
        former = (*self.former, self.client_reference, *filter(None, (self.envelope,)))
        return evolve(self, client_reference=decision.reference, envelope=None, former=former, reason=None)

    def heard(self, event: Event, report: Report) -> Judged[Self]:
        """The agreement where ``report`` moves it: one about what was sent before moves nothing."""
        if isinstance(report, AboutEnvelope) and self._is_former(report.envelope):
            return Judged(self, Outcome.LATE)
        return super().heard(event, report)

    def _is_former(self, envelope: str | None) -> bool:
        known = (None, self.client_reference, self.envelope)
        return envelope in self.former or (self.envelope is not None and envelope not in known)

    def with_report(self, event: Event, report: Report, step: Step[Any]) -> Self:
        """The agreement with the envelope that it travels in, and with its signature."""
        after = self
        if isinstance(report, AboutEnvelope) and report.envelope != self.client_reference:
            # The envelope's own name counts whenever it comes.
            after = evolve(self, envelope=self.envelope or report.envelope)
        match report:
            case EnvelopeSigned() if step.path:
                return evolve(after, signed=event.at, signed_by=report.by, dated=report.dated)
            case EnvelopeDeclined() if step.path:
                return evolve(after, reason=report.reason)
            case _:
                return after


def base_agreement(account: AccountKind) -> AgreementKind:
    """What a customer signs once: the terms of service on a trial, the contract once paid (SPEC O5)."""
    return AgreementKind.TERMS_OF_SERVICE if account is AccountKind.TRIAL else AgreementKind.CONTRACT


def gates(kind: OrderKind, account: AccountKind) -> tuple[AgreementKind, ...]:
    """What has to be signed before an order of ``kind`` is processed, in order (SPEC O2 to O5).

    >>> [gate.value for gate in gates(OrderKind.PORT, AccountKind.PAID)]
    ['contract', 'letter_of_authorization']
    """
    base = base_agreement(account)
    return (base, AgreementKind.LETTER_OF_AUTHORIZATION) if kind is OrderKind.PORT else (base,)


def instructions(kind: OrderKind, unsigned: Iterable[StrEnum]) -> tuple[str, ...]:
    """What the partner tells the customer's administrator about an order of ``kind``, given what is ``unsigned``.

    A contract comes by e-signature (SPEC O2, O4) and a letter of authorization by mail (SPEC O3); nothing is to be
    told of an order that waits for nobody.

    >>> instructions(OrderKind.STANDARD, [AgreementKind.CONTRACT])
    ('Tell the administrator that the contract is coming by e-signature; the order is processed once it is signed.',)
    """
    return tuple(sentence(agreement, order=kind.value) for agreement in unsigned)


def signed_agreement(
    agreements: Iterable[Agreement], kind: AgreementKind, order: str, today: Today
) -> Agreement | None:
    """The one of a customer's ``agreements`` that opens the gate of ``kind`` for ``order`` ``today``; None while it is
    closed.

    A letter of authorization opens the gate of its own port alone, and only as long as its date is good; terms and
    contract that of every order (SPEC O5).
    """
    subject = order if kind is AgreementKind.LETTER_OF_AUTHORIZATION else None
    for agreement in agreements:
        meant = agreement.kind is kind and agreement.order == subject and agreement.signed is not None
        if meant and agreement.dating(today) is LetterDating.VALID:
            return agreement
    return None


def signature(
    agreements: Iterable[Agreement], kind: AgreementKind, order: str, today: Today
) -> datetime | None:
    """When the gate of ``kind`` was opened for ``order``: see :func:`signed_agreement`."""
    found = signed_agreement(agreements, kind, order, today)
    return None if found is None else found.opened(today.tz)
