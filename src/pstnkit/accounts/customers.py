"""Customers and their set-up: contract information, then the emergency address, confirmed by the carrier (SPEC S1, S2).

The set-up of a trial may be skipped and is resumed at the first step that is not done (SPEC E3). That step is computed
from what is there, and stored nowhere: so nothing can be lost on the way back to it.
"""

from __future__ import annotations

import re
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Self

from attrs import Attribute, evolve, field, frozen
from attrs.validators import optional

from pstnkit.accounts.addresses import cleaned
from pstnkit.accounts.emergency import ADDRESS_MACHINE, Addressed, AddressStatus, EnterAddress, entered
from pstnkit.errors import CallerError
from pstnkit.lifecycle.events import Decision, Event, Report
from pstnkit.lifecycle.machine import DecisionRefused, Machine, Outcome
from pstnkit.lifecycle.record import Judged
from pstnkit.lifecycle.reports import Settle
from pstnkit.lifecycle.zones import zone


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
    ADDRESS_AMBIGUOUS = "address_ambiguous"
    ADDRESS_REJECTED = "address_rejected"
    READY = "ready"


_STEPS = {
    AddressStatus.NONE: SetUpStatus.EMERGENCY_ADDRESS,
    AddressStatus.CHECKING: SetUpStatus.ADDRESS_CHECK,
    AddressStatus.PROPOSED: SetUpStatus.ADDRESS_PROPOSED,
    AddressStatus.AMBIGUOUS: SetUpStatus.ADDRESS_AMBIGUOUS,
    AddressStatus.REJECTED: SetUpStatus.ADDRESS_REJECTED,
    AddressStatus.CONFIRMED: SetUpStatus.READY,
    AddressStatus.OVERRIDDEN: SetUpStatus.READY,
}


class MissingSigner(CallerError):
    """Contract information without the name of the person who will sign (SPEC S1)."""


class InvalidContact(CallerError):
    """A company or an e-mail address that cannot be one. ``.field`` is which of them, ``.text`` what stood there."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(field, text)
        self.field = field
        self.text = text

    def __str__(self) -> str:
        return f"{self.text!r} is no {self.field}"


_MAIL = re.compile(r"[^@\s]+@[^@\s]+")


def _contact(_record: object, attribute: Attribute[Any], text: str | None) -> None:
    if not text or (attribute.name == "email" and not _MAIL.fullmatch(text)):
        raise InvalidContact("e-mail address" if attribute.name == "email" else "company", text or "")


def _contact_or_none(record: object, attribute: Attribute[Any], text: str | None) -> None:
    if text is not None:
        _contact(record, attribute, text)


def _zone_name(_record: object, _attribute: object, name: Any) -> None:
    if not isinstance(name, str):
        raise TypeError(f"a time zone is given by its name, not as a {type(name).__name__}")
    zone(name)


@frozen
class EnterContractInformation(Decision):
    """Who signs; company and e-mail address come prefilled from the trial and may be corrected (SPEC S1), and so may
    the time zone.

    Raises :class:`MissingSigner`, :class:`InvalidContact` and
    :class:`~pstnkit.lifecycle.zones.UnknownTimeZone`.
    """

    signer: str = field(converter=cleaned)
    company: str | None = field(default=None, converter=cleaned, validator=_contact_or_none)
    email: str | None = field(default=None, converter=cleaned, validator=_contact_or_none)
    timezone: str | None = field(default=None, validator=optional(_zone_name))
    word = "contract"

    def __attrs_post_init__(self) -> None:
        if not self.signer:
            raise MissingSigner("the name of the signer must be given")


@frozen
class SkipSetUp(Decision):
    """The set-up of a trial is left for later (SPEC E3)."""

    word = "skip"


@frozen
class ConvertToPaid(Decision):
    """The organization moves from trial to paid, at the event's time, once and for all (SPEC E1)."""

    word = "convert"


@frozen
class MovedToPaid(Report):
    """Whoever keeps the accounts says that the organization has moved from trial to paid, at the event's time."""

    word = "paid"


ACCOUNT_MACHINE: Machine[AccountKind] = Machine(
    "the account of a customer",
    AccountKind,
    decision_types=(EnterContractInformation, SkipSetUp, ConvertToPaid),
    decisions="""
             contract skip convert
    trial TR TR       TR   PA
    paid  PA PA       x    x
    """,
    report_types=(MovedToPaid,),
    reports="""
             paid
    trial TR PA
    paid  PA .
    """,
)


@frozen(kw_only=True)
class Customer(Addressed):
    """A partner's customer.

    ``email`` is the administrator's, who receives mail and signs; ``timezone`` the IANA name of the zone in which days
    are counted; ``paid_since`` is when the organization moved from trial to paid; ``address`` is the emergency service
    address as entered, and ``in_effect`` the one that its numbers have unless they have their own. Raises
    :class:`InvalidContact` and :class:`~pstnkit.lifecycle.zones.UnknownTimeZone`.

    >>> customer = Customer(id="c-1", partner="north", company="Bay Bicycles", email="ada@bay.example",
    ...                     timezone="America/Los_Angeles")
    >>> customer.account.value, customer.status.value
    ('trial', 'contract_information')
    """

    company: str = field(converter=cleaned, validator=_contact)
    email: str = field(converter=cleaned, validator=_contact)
    timezone: str = field(validator=_zone_name)
    signer: str | None = None
    paid_since: datetime | None = None
    skipped: bool = False

    machine: ClassVar[Machine[AccountKind]] = ACCOUNT_MACHINE

    @property
    def account(self) -> AccountKind:
        """A trial, or paid since :attr:`paid_since`."""
        return AccountKind.TRIAL if self.paid_since is None else AccountKind.PAID

    @property
    def status(self) -> SetUpStatus:
        """The first step of the set-up that is not done (SPEC S, E3)."""
        return SetUpStatus.CONTRACT_INFORMATION if self.signer is None else _STEPS[self.address_status]

    @property
    def is_set_up(self) -> bool:
        """Whether everything is there that an order needs (SPEC S1, S2)."""
        return self.status is SetUpStatus.READY

    @property
    def allowed(self) -> tuple[str, ...]:
        """The words of the decisions that can be taken about the customer now.

        The steps come in order: without a signer there is no address to be entered yet (SPEC S).
        """
        shut = {kind.word for kind in self.closed}
        if self.signer is None:
            shut.add(EnterAddress.word)
        if self.is_set_up:
            shut.add(SkipSetUp.word)
        words = (*ACCOUNT_MACHINE.allowed(self.account), *ADDRESS_MACHINE.allowed(self.address_status))
        return tuple(word for word in words if word not in shut)

    def decided(self, event: Event, decision: Decision) -> Judged[Self]:
        """The customer with what was entered, accepted, put off or converted.

        Raises :class:`~pstnkit.lifecycle.machine.DecisionRefused` for what the step of the set-up does not allow, and
        what :meth:`pstnkit.accounts.emergency.Addressed.decided` raises about an address.
        """
        if decision.word not in self.allowed:
            raise DecisionRefused("the set-up of a customer", self.status, decision.word, self.allowed)
        match decision:
            case EnterContractInformation(signer, company, email, timezone):
                after = evolve(
                    self,
                    signer=signer,
                    company=company or self.company,
                    email=email or self.email,
                    timezone=timezone or self.timezone,
                    skipped=False,
                )
            case SkipSetUp():
                after = evolve(self, skipped=True)
            case ConvertToPaid():
                after = evolve(self, paid_since=event.at)
            case _:
                judged = super().decided(event, decision)
                # Whoever goes on with the address has taken the set-up up again.
                still_skipped = self.skipped and isinstance(decision, Settle)
                after = evolve(judged.record, skipped=still_skipped)
        return Judged(after, Outcome.EXPECTED, entered(self, after))

    def heard(self, event: Event, report: Report) -> Judged[Self]:
        """The customer with what the carrier says of its address, or somebody else of its account."""
        if not isinstance(report, MovedToPaid):
            return super().heard(event, report)
        step = ACCOUNT_MACHINE.hear(self.account, report)
        return Judged(evolve(self, paid_since=event.at) if step.path else self, step.outcome, step.path)
