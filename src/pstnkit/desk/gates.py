"""Signatures: which agreement has to be sent for which order, and which orders one sets free (SPEC O2 to O5)."""

from __future__ import annotations

from pstnkit.accounts.agreements import (
    Agreement,
    AgreementKind,
    AgreementStatus,
    gates,
    signature,
)
from pstnkit.accounts.customers import Customer
from pstnkit.accounts.letters import LetterDating, LetterOfAuthorization, Today
from pstnkit.desk.office import Work
from pstnkit.lifecycle.events import Source, latest
from pstnkit.lifecycle.reports import GatesOpened
from pstnkit.numbering.ranges import collapse
from pstnkit.ordering.orders import NumberOrder, OrderStatus
from pstnkit.porting.ports import PortOrder, PortStatus
from pstnkit.porting.reports import ContractSigned

_UNDER_WAY = (
    AgreementStatus.CREATED,
    AgreementStatus.SENT,
    AgreementStatus.DELIVERED,
    AgreementStatus.SIGNED,
)


def waiting(work: Work, customer: str) -> list[NumberOrder | PortOrder]:
    """The customer's orders that wait for a signature."""
    orders: list[NumberOrder | PortOrder] = [
        order
        for order in work.of_customer(NumberOrder, customer)
        if order.status is OrderStatus.AWAITING_SIGNATURE
    ]
    closed = (PortStatus.AWAITING_CONTRACT, PortStatus.AWAITING_LOA)
    orders += [port for port in work.of_customer(PortOrder, customer) if port.status in closed]
    return orders


def closed_gates(work: Work, customer: Customer, order: NumberOrder | PortOrder) -> tuple[AgreementKind, ...]:
    """What has still to be signed before ``order`` is processed: nothing, once its clock has started or it is over."""
    if order.clock_started is not None or order.is_over:
        return ()
    known, today = tuple(work.of_customer(Agreement, customer.id)), work.office.today(customer)
    needed = gates(order.kind, customer.account)
    return tuple(gate for gate in needed if signature(known, gate, order.id, today) is None)


def ask_for_signatures(work: Work, customer: Customer, *, anew: bool = False) -> None:
    """Create every agreement that an order of the customer waits for; carrying on sends it.

    What was declined, or was signed too long ago, is asked for again only when ``anew`` is true: when something has
    been decided since.
    """
    today = work.office.today(customer)
    for order in waiting(work, customer.id):
        for gate in gates(order.kind, customer.account):
            asked = asked_for(work, customer, gate, order)
            if not any(_is_under_way(agreement, today) for agreement in asked) and (anew or not asked):
                ask_for(work, customer, gate, order)


def ask_for(work: Work, customer: Customer, gate: AgreementKind, order: NumberOrder | PortOrder) -> Agreement:
    """Create the agreement by which a signature is asked for.

    It has its id by its place, so that of two who ask for the same one at the same time only one can save it.
    """
    letter = _letter(order, customer) if isinstance(order, PortOrder) and _is_letter(gate) else None
    asked = asked_for(work, customer, gate, order)
    agreement = Agreement(
        id=f"{_subject(gate, order) or customer.id}/{gate.value}/{len(asked) + 1}",
        partner=work.office.partner,
        customer=customer.id,
        kind=gate,
        signer=letter.authorized_signer if letter else customer.signer or "",
        email=customer.email,
        client_reference=work.office.new_id("reference"),
        order=_subject(gate, order),
        letter=letter,
    )
    work.put(agreement)
    return agreement


def asked_for(
    work: Work, customer: Customer, gate: AgreementKind, order: NumberOrder | PortOrder
) -> list[Agreement]:
    """The agreements by which the signature of a gate was asked for, oldest first."""
    subject = _subject(gate, order)
    agreements = work.of_customer(Agreement, customer.id)
    return [agreement for agreement in agreements if agreement.kind is gate and agreement.order == subject]


def _is_letter(gate: AgreementKind) -> bool:
    return gate is AgreementKind.LETTER_OF_AUTHORIZATION


def _subject(gate: AgreementKind, order: NumberOrder | PortOrder) -> str | None:
    """The order that an agreement belongs to: a letter to its own port, any other to the customer."""
    return order.id if _is_letter(gate) else None


def _is_under_way(agreement: Agreement, today: Today) -> bool:
    """Whether there is something to be had of it: a letter that was signed too long ago has had its time."""
    return agreement.status in _UNDER_WAY and agreement.dating(today) is not LetterDating.TOO_OLD


def _letter(port: PortOrder, customer: Customer) -> LetterOfAuthorization:
    """What the customer has to sign so that the numbers of ``port`` may leave."""
    return LetterOfAuthorization(
        losing_carrier=port.losing_carrier,
        account_number=port.account_number,
        business_name=port.business_name,
        authorized_signer=port.authorized_signer or customer.signer or "",
        numbers=tuple(collapse(port.numbers.by_number)),
        service_address=port.service_address,
        btn=port.btn,
        pin=port.pin,
    )


def open_gates(work: Work, customer: Customer) -> None:
    """Let every order go whose last gate has opened, at the time of its last signature (SPEC F5)."""
    agreements = tuple(work.of_customer(Agreement, customer.id))
    today = work.office.today(customer)
    for order in waiting(work, customer.id):
        signed = [
            signature(agreements, gate, order.id, today) for gate in gates(order.kind, customer.account)
        ]
        given = [moment for moment in signed if moment is not None]
        if len(given) == len(signed):
            work.happen(
                order, GatesOpened(), source=Source.SIGNING_SERVICE, actor="signatures", at=latest(given)
            )
        elif isinstance(order, PortOrder) and order.status is PortStatus.AWAITING_CONTRACT:
            contract = signed[0]  # the terms or the contract are the first gate of every order
            if contract is not None:
                work.happen(
                    order, ContractSigned(), source=Source.SIGNING_SERVICE, actor="signatures", at=contract
                )
