"""What customers sign: terms of service, the carrier's contract, letters of authorization; and which order needs which.

A trial signs the terms of service; once paid, the contract, and the terms signed on the trial do not count. Either is
signed once per customer; each port order has its own letter of authorization (SPEC O4, O5).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Self

from attrs import evolve, frozen

from pstnkit.accounts.customers import AccountKind
from pstnkit.catalog import sentence
from pstnkit.lifecycle.events import Decision, Event, Report
from pstnkit.lifecycle.fulfillment import OrderKind
from pstnkit.lifecycle.machine import Machine, Step
from pstnkit.lifecycle.record import Staged
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
    """Send the agreement to the signer's mailbox, or send it again: what was sent before no longer counts."""

    word = "send"


@frozen
class Void(Decision):
    """The agreement is withdrawn."""

    word = "void"


@frozen
class EnvelopeSent(Report):
    """The e-signature service has sent the agreement, as its envelope ``reference``."""

    reference: str
    word = "sent"


@frozen
class EnvelopeDelivered(Report):
    """The agreement has reached the signer's mailbox."""

    word = "delivered"


@frozen
class EnvelopeSigned(Report):
    """The signer has signed, at the event's time."""

    word = "signed"


@frozen
class EnvelopeDeclined(Report):
    """The signer has declined to sign."""

    word = "declined"


@frozen
class EnvelopeVoided(Report):
    """The agreement was withdrawn at the e-signature service."""

    word = "voided"


@frozen
class EnvelopeExpired(Report):
    """Nobody signed in time."""

    word = "expired"


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
    """One agreement with one customer; a letter of authorization belongs to one port ``order``.

    ``envelope`` is the e-signature service's reference, once it has sent the agreement; ``signed`` when it was signed.
    """

    customer: str
    kind: AgreementKind
    signer: str
    email: str
    client_reference: str
    order: str | None = None
    status: AgreementStatus = AgreementStatus.CREATED
    envelope: str | None = None
    signed: datetime | None = None

    machine: ClassVar[Machine[AgreementStatus]] = AGREEMENT_MACHINE

    def with_decision(self, _event: Event, decision: Decision) -> Self:
        """The agreement without its envelope, when it is to be sent again."""
        return evolve(self, envelope=None) if isinstance(decision, Send) else self

    def with_report(self, event: Event, report: Report, step: Step[Any]) -> Self:
        """The agreement with the envelope that it travels in, and the time of its signature."""
        match report:
            case EnvelopeSent(reference):
                # The envelope's own name counts whenever it comes: only this report tells it.
                return evolve(self, envelope=self.envelope or reference)
            case EnvelopeSigned() if step.path:
                return evolve(self, signed=event.at)
            case _:
                return self


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


def signature(agreements: Iterable[Agreement], kind: AgreementKind, order: str) -> datetime | None:
    """When the gate of ``kind`` was opened for ``order`` among a customer's ``agreements``; None while it is closed.

    A letter of authorization opens the gate of its own port alone; terms and contract that of every order (SPEC O5).
    """
    subject = order if kind is AgreementKind.LETTER_OF_AUTHORIZATION else None
    for agreement in agreements:
        if agreement.kind is kind and agreement.order == subject and agreement.signed is not None:
            return agreement.signed
    return None
