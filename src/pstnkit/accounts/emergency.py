"""The way of an emergency address from being entered to being in effect (SPEC S2, DOMAIN 5).

A customer has one for all its numbers, and a number may have one of its own (a :class:`Location`): both move by the
same two tables. An address is in effect once the carrier's check has confirmed it, once a person has accepted what the
carrier proposed, or once a person has overridden the check; it stays in effect while another is being entered and
checked, because the numbers are registered there until then.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Self

from attrs import evolve, field, frozen

from pstnkit.accounts.address_checks import (
    AddressAmbiguous,
    AddressCheck,
    AddressConfirmed,
    AddressCorrected,
    AddressNotFound,
    CheckerUnavailable,
    PostalCodeMismatch,
    PostOfficeBox,
)
from pstnkit.accounts.addresses import CivicAddress, cleaned
from pstnkit.errors import CallerError, DecisionError
from pstnkit.lifecycle.events import Decision, Event, Report
from pstnkit.lifecycle.machine import Machine, Outcome
from pstnkit.lifecycle.record import Judged, Record
from pstnkit.lifecycle.reports import Settle


class AddressStatus(StrEnum):
    """Where an emergency address stands."""

    NONE = "none"
    CHECKING = "checking"
    PROPOSED = "proposed"
    AMBIGUOUS = "ambiguous"
    REJECTED = "rejected"
    CONFIRMED = "confirmed"
    OVERRIDDEN = "overridden"


class MissingReason(CallerError):
    """An override of an address check without a word why."""


class NotThisAddress(DecisionError):
    """An override of the check of another address than the one that stands there: ``.given`` and ``.present``."""

    def __init__(self, given: CivicAddress, present: CivicAddress | None) -> None:
        super().__init__(given, present)
        self.given = given
        self.present = present

    def __str__(self) -> str:
        return f"what was checked is {self.present}, and not {self.given}"


class NotProposed(DecisionError):
    """An address to be accepted that the carrier did not propose, or none where there are several: ``.given``, and the
    ``.candidates`` that can be accepted."""

    def __init__(self, given: CivicAddress | None, candidates: tuple[CivicAddress, ...]) -> None:
        super().__init__(given, candidates)
        self.given = given
        self.candidates = candidates

    def __str__(self) -> str:
        proposed = "; ".join(map(str, self.candidates))
        if self.given is None:
            return f"say which of these is meant: {proposed}"
        return f"{self.given} was not proposed; proposed: {proposed}"


class NotDispatchable(CallerError):
    """An address that is no dispatchable location; the message says what it lacks. ``.address`` is which."""

    def __init__(self, address: CivicAddress, lacks: str) -> None:
        super().__init__(address, lacks)
        self.address = address
        self.lacks = lacks

    def __str__(self) -> str:
        return f"{self.address} is no dispatchable location: it lacks {self.lacks}"


@frozen
class EnterAddress(Decision):
    """The emergency service address, to be checked by the carrier (SPEC S2). An edit ends an override."""

    address: CivicAddress
    word = "address"


@frozen
class AcceptAddress(Decision):
    """What the carrier proposed is right: ``address`` among several candidates, or the only one."""

    address: CivicAddress | None = None
    word = "accept"


@frozen
class OverrideCheck(Decision):
    """``address`` is right, whatever the check said, for the reason ``why``: for this exact address and no other.

    Raises :class:`MissingReason` without a reason.
    """

    address: CivicAddress
    why: str = field(converter=cleaned)
    word = "override"

    def __attrs_post_init__(self) -> None:
        if not self.why:
            raise MissingReason("an override must say why the check is wrong")


# An override is of what a check has said, so there is none before; what the carrier knows needs none.
ADDRESS_MACHINE: Machine[AddressStatus] = Machine(
    "an emergency address",
    AddressStatus,
    decision_types=(EnterAddress, AcceptAddress, OverrideCheck, Settle),
    decisions="""
                  address accept override settle
    none       NO CH      x      x        NO
    checking   CH CH      x      x        CH
    proposed   PR CH      CO     OV       PR
    ambiguous  AM CH      CO     OV       AM
    rejected   RJ CH      x      OV       RJ
    confirmed  CO CH      x      x        CO
    overridden OV CH      x      x        OV
    """,
    report_types=(
        AddressConfirmed,
        AddressCorrected,
        AddressAmbiguous,
        AddressNotFound,
        PostOfficeBox,
        PostalCodeMismatch,
        CheckerUnavailable,
    ),
    reports="""
                  valid corrected ambiguous not_found po_box mismatch unavailable
    none       NO -     -         -         -         -      -        -
    checking   CH CO    PR        AM        RJ        RJ     RJ       CH
    proposed   PR CO    PR        AM        RJ        RJ     RJ       .
    ambiguous  AM CO    PR        AM        RJ        RJ     RJ       .
    rejected   RJ CO    PR        AM        RJ        RJ     RJ       .
    confirmed  CO .     !         !         !         !      !        .
    overridden OV CO    .         .         .         !      .        .
    """,
)


@frozen
class Override:
    """That a person takes the blame for an address that a check did not confirm: for which, who, when and why."""

    address: CivicAddress
    by: str
    at: datetime
    why: str


@frozen
class ServiceAddress:
    """An address that is in effect ``since`` a moment: numbers are registered there.

    ``override`` is None where the carrier has confirmed it. One of another address raises ``ValueError``.
    """

    address: CivicAddress
    since: datetime
    override: Override | None = None

    def __attrs_post_init__(self) -> None:
        if self.override is not None and self.override.address != self.address:
            raise ValueError(f"the override of {self.override.address} says nothing of {self.address}")

    def __str__(self) -> str:
        return str(self.address)


@frozen
class DispatchableLocation:
    """A validated street address plus suite, floor or room: where a person can be found (DOMAIN 5).

    It is made from a :class:`ServiceAddress`; raises :class:`NotDispatchable` for one that was overridden, since nobody
    has validated that, and for one without suite, floor and room.

    >>> from datetime import UTC
    >>> address = CivicAddress.parse("500 Anson St FL 3, San Francisco, CA 94108")
    >>> print(DispatchableLocation(ServiceAddress(address, datetime(2026, 11, 20, tzinfo=UTC))))
    500 Anson St FL 3, San Francisco, CA 94108, US
    """

    service: ServiceAddress

    def __attrs_post_init__(self) -> None:
        if self.service.override is not None:
            raise NotDispatchable(self.service.address, "a validated street address")
        if not self.service.address.is_within_a_building:
            raise NotDispatchable(self.service.address, "a suite, floor or room")

    def __str__(self) -> str:
        return str(self.service)


@frozen(kw_only=True)
class Addressed(Record):
    """What a record with an emergency address holds, and how that moves.

    ``address`` is the address as it was entered last, ``check`` what the carrier last said of it, and ``in_effect`` the
    address that numbers are registered at.
    """

    address_status: AddressStatus = AddressStatus.NONE
    address: CivicAddress | None = None
    check: AddressCheck | None = None
    in_effect: ServiceAddress | None = None

    @property
    def status(self) -> StrEnum:
        """Where the record stands."""
        return self.address_status

    @property
    def closed(self) -> tuple[type[Decision], ...]:
        """The decisions that this record cannot take, whatever its state says."""
        nothing = () if self.needs_attention else (Settle,)
        # Nobody can be sent to a post office box, whoever takes the blame.
        return (*nothing, OverrideCheck) if isinstance(self.check, PostOfficeBox) else nothing

    @property
    def override(self) -> Override | None:
        """The override that counts now: an edit has ended any earlier one."""
        overridden = self.address_status is AddressStatus.OVERRIDDEN and self.in_effect
        return overridden.override if overridden else None

    @property
    def dispatchable_location(self) -> DispatchableLocation | None:
        """The address in effect as a dispatchable location; None while there is none, or it lacks something."""
        try:
            return DispatchableLocation(self.in_effect) if self.in_effect else None
        except NotDispatchable:
            return None

    def decided(self, event: Event, decision: Decision) -> Judged[Self]:
        """The record after a decision about its address.

        Raises :class:`~pstnkit.lifecycle.machine.DecisionRefused` for one that its state does not allow, and
        :class:`NotProposed` and :class:`NotThisAddress` for one about another address than the one at hand.
        """
        following = ADDRESS_MACHINE.decide(self.address_status, decision, closed=self.closed)
        after = evolve(self, address_status=following)
        match decision:
            case EnterAddress(address):
                after = evolve(after, address=address, check=None)
            case AcceptAddress():
                after = evolve(after, address=self._chosen(decision)).effective(event.at)
            case OverrideCheck(address, why):
                if address != self.address:
                    raise NotThisAddress(address, self.address)
                after = after.effective(event.at, Override(address, event.actor, event.at, why))
            case _:  # settled
                after = evolve(after, discrepancies=())
        return Judged(after, Outcome.EXPECTED, entered(self, after))

    def _chosen(self, decision: AcceptAddress) -> CivicAddress:
        check = self.check
        candidates = check.candidates if isinstance(check, AddressCorrected | AddressAmbiguous) else ()
        if decision.address is None and len(candidates) == 1:
            return candidates[0]
        if decision.address is None or decision.address not in candidates:
            raise NotProposed(decision.address, candidates)
        return decision.address

    def effective(self, at: datetime, override: Override | None = None) -> Self:
        """The record with its address in effect; what was in effect before and is the same stays as it was."""
        assert self.address is not None  # only what was entered is accepted, confirmed or overridden
        before = self.in_effect
        if before and before.address == self.address and before.override is None and override is None:
            return self
        return evolve(self, in_effect=ServiceAddress(self.address, at, override))

    def heard(self, event: Event, report: Report) -> Judged[Self]:
        """The record after what a carrier says of its address."""
        step = ADDRESS_MACHINE.hear(self.address_status, report)
        after = self
        if isinstance(report, AddressCheck):
            if report.address != self.address:
                # An answer about an address that has been edited since: true, and no longer of use.
                return Judged(self, Outcome.LATE)
            if step.path:
                after = evolve(self, address_status=step.path[-1], check=report)
            if step.path and isinstance(report, AddressConfirmed):
                after = after.effective(event.at)
        return Judged(after, step.outcome, entered(self, after), self.status.value)


def entered(before: Addressed, after: Addressed) -> tuple[StrEnum, ...]:
    """The state that a record has entered, if it is another one."""
    return () if after.status is before.status else (after.status,)


@frozen(kw_only=True)
class Location(Addressed):
    """An emergency address that some numbers of a customer have instead of the customer's own."""

    customer: str

    machine: ClassVar[Machine[AddressStatus]] = ADDRESS_MACHINE
