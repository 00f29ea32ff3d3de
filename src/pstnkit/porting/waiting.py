"""What a port waits for, state by state (SPEC F4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from pstnkit.accounts.agreements import Agreement
from pstnkit.accounts.awaited import signatures_awaited
from pstnkit.accounts.customers import Customer
from pstnkit.accounts.letters import ANY_AGE, LetterPolicy, Today
from pstnkit.lifecycle.fulfillment import FulfillmentPolicy
from pstnkit.lifecycle.history import Entry
from pstnkit.lifecycle.waiting import Expectation, Party, Wait, WaitingFor, expected, held_up, outstanding
from pstnkit.lifecycle.zones import zone
from pstnkit.porting.ports import PortOrder, PortStatus
from pstnkit.porting.rejects import PortRejected
from pstnkit.porting.states import PortStage


def expect(
    port: PortOrder,
    *,
    customer: Customer,
    agreements: Iterable[Agreement],
    policy: FulfillmentPolicy,
    now: datetime,
    letters: LetterPolicy = ANY_AGE,
    history: Sequence[Entry] = (),
) -> Expectation:
    """When a port is due, what it waits for and on whom, and how late it is (SPEC F).

    It is due by the policy's promise (SPEC F3); the losing carrier's firm date stands with what is waited for.
    """
    today = Today.at(now, customer.timezone, letters)
    waits = (*held_up(port), *_waits(port, customer, agreements, today))
    return expected(port, waits, policy=policy, tz=customer.timezone, now=now, history=history)


def _waits(
    port: PortOrder, customer: Customer, agreements: Iterable[Agreement], today: Today
) -> Iterator[Wait]:
    match port.status:
        case PortStatus.DRAFT:
            yield Wait(what=WaitingFor.FINISHING)
        case PortStatus.AWAITING_CONTRACT | PortStatus.AWAITING_LOA:
            yield from signatures_awaited(port, customer, agreements, today)
        case PortStatus.SUBMITTING:
            yield Wait(what=WaitingFor.ANSWER)
        case PortStatus.OUTCOME_UNKNOWN:
            yield Wait(what=WaitingFor.READING)
        case PortStatus.SUBMITTED:
            yield Wait(what=_AT_THE_CARRIER[port.stage], why=port.stage_note)
        case PortStatus.REJECTED:
            for refused in port.rejections or (PortRejected("", port.reason or ""),):
                yield Wait(what=_REJECTED[refused.facts.on], why=refused.text)
        case PortStatus.SUPPLEMENT_PENDING:
            yield Wait(what=WaitingFor.SUPPLEMENT)
        case PortStatus.FOC_CONFIRMED:
            until = port.foc.at.astimezone(zone(customer.timezone)) if port.foc else None
            yield Wait(what=WaitingFor.PORT_DAY, count=outstanding(port), until=until)
        case PortStatus.ACTIVATING:
            yield Wait(what=WaitingFor.ACTIVATION, count=outstanding(port))
        case PortStatus.CANCEL_PENDING if not port.cancel_requested:
            yield Wait(what=WaitingFor.CANCELLATION)
        case _:
            return  # it is being cancelled as we have asked, or over


_AT_THE_CARRIER: dict[PortStage, WaitingFor] = {
    PortStage.CARRIER: WaitingFor.FORWARDING,
    PortStage.DRAFT: WaitingFor.CARRIER_DRAFT,
    PortStage.DOCUMENTS: WaitingFor.DOCUMENTS,
    PortStage.SIGNATURE: WaitingFor.CARRIER_SIGNATURE,
    PortStage.LOSING_CARRIER: WaitingFor.FIRM_DATE,
    PortStage.CANCELLING: WaitingFor.CANCELLATION,
}
_REJECTED: dict[Party, WaitingFor] = {
    Party.PARTNER: WaitingFor.CORRECTION,
    Party.ADMINISTRATOR: WaitingFor.CUSTOMER_CLEARANCE,
    Party.CARRIER: WaitingFor.CARRIER_CLEARANCE,
    Party.LOSING_CARRIER: WaitingFor.LOSING_CARRIER_CLEARANCE,
}
