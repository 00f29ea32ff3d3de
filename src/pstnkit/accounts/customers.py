"""Customers and their set-up: contract information, then the emergency address, confirmed by the carrier (SPEC S1, S2).

The set-up of a trial may be skipped and is resumed at the first step that is not done (SPEC E3): the step is the state.
"""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from attrs import evolve, field, frozen

from pstnkit.accounts.addresses import (
    AddressAmbiguous,
    AddressCheck,
    AddressConfirmed,
    AddressCorrected,
    AddressRejected,
    CheckerUnavailable,
    CivicAddress,
    cleaned,
)
from pstnkit.errors import CallerError
from pstnkit.lifecycle.events import Decision, Event, Report
from pstnkit.lifecycle.history import Discrepancy, Entry, Moved
from pstnkit.lifecycle.machine import Machine, Outcome
from pstnkit.lifecycle.reports import Settle


class AccountKind(StrEnum):
    """What the customer's organization has: a trial, which may order new numbers only, or a paid account (SPEC E)."""

    TRIAL = "trial"
    PAID = "paid"


class SetUpStatus(StrEnum):
    """The step of the set-up that is to be done next."""

    CONTRACT_INFORMATION = "contract_information"
    EMERGENCY_ADDRESS = "emergency_address"
    ADDRESS_CHECK = "address_check"
    ADDRESS_PROPOSED = "address_proposed"
    READY = "ready"


class MissingSigner(CallerError):
    """Contract information without the name of the person who will sign (SPEC S1)."""


@frozen
class EnterContractInformation(Decision):
    """Who signs; company and e-mail address come prefilled from the trial and may be corrected (SPEC S1)."""

    signer: str = field(converter=cleaned)
    company: str | None = field(default=None, converter=cleaned)
    email: str | None = field(default=None, converter=cleaned)
    word = "contract"

    def __attrs_post_init__(self) -> None:
        if not self.signer:
            raise MissingSigner("the name of the signer must be given")


@frozen
class EnterAddress(Decision):
    """The emergency service address, to be checked by the carrier (SPEC S2)."""

    address: CivicAddress
    word = "address"


@frozen
class AcceptProposal(Decision):
    """The address that the carrier proposed is right."""

    word = "accept"


@frozen
class SkipSetUp(Decision):
    """The set-up is left for later (SPEC E3)."""

    word = "skip"


@frozen
class ConvertToPaid(Decision):
    """The organization moves from trial to paid, once and for all (SPEC E1)."""

    word = "convert"


SET_UP_MACHINE: Machine[SetUpStatus] = Machine(
    "the set-up of a customer",
    SetUpStatus,
    decision_types=(EnterContractInformation, EnterAddress, AcceptProposal, SkipSetUp, ConvertToPaid, Settle),
    decisions="""
                            contract address accept skip convert settle
    contract_information CI EA       x       x      CI   CI      CI
    emergency_address    EA EA       AC      x      EA   EA      EA
    address_check        AC AC       AC      x      AC   AC      AC
    address_proposed     AP AP       AC      RE     AP   AP      AP
    ready                RE RE       AC      x      x    RE      RE
    """,
    report_types=(AddressConfirmed, AddressCorrected, AddressAmbiguous, AddressRejected, CheckerUnavailable),
    reports="""
                            valid corrected ambiguous rejected unavailable
    contract_information CI -     -         -         -        -
    emergency_address    EA -     -         -         -        -
    address_check        AC RE    AP        EA        EA       AC
    address_proposed     AP RE    .         EA        EA       .
    ready                RE .     !         !         !        .
    """,
)


@frozen(kw_only=True)
class Customer:
    """A partner's customer.

    ``email`` is the administrator's, who receives mail and signs; ``timezone`` the IANA zone in which days are counted;
    ``address`` the emergency service address as entered, ``check`` what the carrier last said of it.
    """

    id: str
    partner: str
    company: str
    email: str
    timezone: str
    account: AccountKind = AccountKind.TRIAL
    signer: str | None = None
    address: CivicAddress | None = None
    check: AddressCheck | None = None
    status: SetUpStatus = SetUpStatus.CONTRACT_INFORMATION
    skipped: bool = False
    discrepancies: tuple[Discrepancy, ...] = ()
    revision: int = 0

    machine: ClassVar[Machine[SetUpStatus]] = SET_UP_MACHINE

    @property
    def is_set_up(self) -> bool:
        """Whether everything is there that an order needs (SPEC S1, S2)."""
        return self.status is SetUpStatus.READY

    @property
    def needs_attention(self) -> bool:
        """Whether a report contradicts what is settled, and nobody has settled that yet."""
        return bool(self.discrepancies)


def apply(customer: Customer, event: Event) -> Moved[Customer]:
    """The customer after ``event``.

    Raises :class:`~pstnkit.lifecycle.machine.DecisionRefused` for a decision that the step of the set-up does not
    allow, and ``ValueError`` for an event about another record.
    """
    event.must_concern(customer.id)
    if isinstance(event.body, Decision):
        return _decide(customer, event, event.body)
    return _hear(customer, event, event.body)


def _decide(customer: Customer, event: Event, decision: Decision) -> Moved[Customer]:
    closed: list[type[Decision]] = [] if customer.needs_attention else [Settle]
    if customer.account is AccountKind.PAID:
        closed.append(ConvertToPaid)
    following = customer.machine.decide(customer.status, decision, closed=closed)
    after = evolve(customer, status=following, revision=customer.revision + 1)
    match decision:
        case EnterContractInformation(signer, company, email):
            after = evolve(
                after,
                signer=signer,
                company=company or after.company,
                email=email or after.email,
                skipped=False,
            )
        case EnterAddress(address):
            after = evolve(after, address=address, check=None, skipped=False)
        case AcceptProposal() if isinstance(customer.check, AddressCorrected):
            after = evolve(after, address=customer.check.proposed, skipped=False)
        case SkipSetUp():
            after = evolve(after, skipped=True)
        case ConvertToPaid():
            after = evolve(after, account=AccountKind.PAID)
        case Settle():
            after = evolve(after, discrepancies=())
    return Moved(after, Entry(event, Outcome.EXPECTED, () if following is customer.status else (following,)))


def _hear(customer: Customer, event: Event, report: Report) -> Moved[Customer]:
    step = customer.machine.hear(customer.status, report)
    entry = Entry(event, step.outcome, tuple(state for state in step.path if state is not customer.status))
    after = evolve(customer, revision=customer.revision + 1)
    if isinstance(report, AddressCheck):
        if report.address != customer.address:
            # An answer about an address that has been edited since: true, and no longer of use.
            return Moved(after, Entry(event, Outcome.LATE))
        if step.path:
            after = evolve(after, status=step.path[-1], check=report)
    if step.outcome is Outcome.CONTRADICTS:
        after = evolve(after, discrepancies=(*after.discrepancies, entry.discrepancy(customer.status)))
    return Moved(after, entry)
