"""Customers and their set-up: contract information, then the emergency address, confirmed by the carrier (SPEC S1, S2).

The set-up of a trial may be skipped and is resumed at the first step that is not done (SPEC E3): the step is the state.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any, ClassVar, Self

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
from pstnkit.lifecycle.machine import Machine, Outcome, Step
from pstnkit.lifecycle.record import Judged, Staged
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
class Customer(Staged[SetUpStatus]):
    """A partner's customer.

    ``email`` is the administrator's, who receives mail and signs; ``timezone`` the IANA zone in which days are counted;
    ``address`` the emergency service address as entered, ``check`` what the carrier last said of it.
    """

    company: str
    email: str
    timezone: str
    account: AccountKind = AccountKind.TRIAL
    signer: str | None = None
    address: CivicAddress | None = None
    check: AddressCheck | None = None
    status: SetUpStatus = SetUpStatus.CONTRACT_INFORMATION
    skipped: bool = False

    machine: ClassVar[Machine[SetUpStatus]] = SET_UP_MACHINE

    @property
    def is_set_up(self) -> bool:
        """Whether everything is there that an order needs (SPEC S1, S2)."""
        return self.status is SetUpStatus.READY

    @property
    def closed(self) -> tuple[type[Decision], ...]:
        """The decisions that the customer cannot take whatever its state: an account moves to paid once."""
        paid = (ConvertToPaid,) if self.account is AccountKind.PAID else ()
        return (*super().closed, *paid)

    def with_decision(self, _event: Event, decision: Decision) -> Self:
        """The customer with what was entered, accepted, put off or converted."""
        match decision:
            case EnterContractInformation(signer, company, email):
                return evolve(
                    self,
                    signer=signer,
                    company=company or self.company,
                    email=email or self.email,
                    skipped=False,
                )
            case EnterAddress(address):
                return evolve(self, address=address, check=None, skipped=False)
            case AcceptProposal() if isinstance(self.check, AddressCorrected):
                return evolve(self, address=self.check.proposed, skipped=False)
            case SkipSetUp():
                return evolve(self, skipped=True)
            case ConvertToPaid():
                return evolve(self, account=AccountKind.PAID)
            case _:
                return self

    def heard(self, event: Event, report: Report) -> Judged[Self]:
        """The customer where ``report`` moves it."""
        if isinstance(report, AddressCheck) and report.address != self.address:
            # An answer about an address that has been edited since: true, and no longer of use.
            return Judged(self, Outcome.LATE)
        return super().heard(event, report)

    def with_report(self, _event: Event, report: Report, step: Step[Any]) -> Self:
        """The customer with what the carrier says of its address."""
        return evolve(self, check=report) if isinstance(report, AddressCheck) and step.path else self
