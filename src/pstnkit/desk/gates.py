"""Signatures: which agreement has to be sent for which order, and which orders one sets free (SPEC O2 to O5)."""

from __future__ import annotations

from pstnkit.accounts.agreements import (
    Agreement,
    AgreementKind,
    AgreementStatus,
    base_agreement,
    gates,
    signature,
)
from pstnkit.accounts.customers import Customer
from pstnkit.desk.office import Work
from pstnkit.lifecycle.events import Source, latest
from pstnkit.lifecycle.reports import GatesOpened
from pstnkit.ordering.orders import NumberOrder, OrderStatus
from pstnkit.porting.ports import ContractSigned, PortOrder, PortStatus

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


def ask_for_signatures(work: Work, customer: Customer, *, anew: bool = False) -> None:
    """Create every agreement that an order of the customer waits for; carrying on sends it.

    What was declined is asked for again only when ``anew`` is true: when something has been decided since. An agreement
    has its id by its place, so that of two who ask for the same one at the same time only one can save it.
    """
    for order in waiting(work, customer.id):
        for gate in gates(order.kind, customer.account):
            subject = order.id if gate is AgreementKind.LETTER_OF_AUTHORIZATION else None
            asked = [
                agreement
                for agreement in work.of_customer(Agreement, customer.id)
                if agreement.kind is gate and agreement.order == subject
            ]
            if any(agreement.status in _UNDER_WAY for agreement in asked) or (asked and not anew):
                continue
            work.put(
                Agreement(
                    id=f"{subject or customer.id}/{gate.value}/{len(asked) + 1}",
                    partner=work.office.partner,
                    customer=customer.id,
                    kind=gate,
                    signer=customer.signer or "",
                    email=customer.email,
                    client_reference=work.office.new_id("reference"),
                    order=subject,
                )
            )


def open_gates(work: Work, customer: Customer) -> None:
    """Let every order go whose last gate has opened, at the time of its last signature (SPEC F5)."""
    agreements = tuple(work.of_customer(Agreement, customer.id))
    for order in waiting(work, customer.id):
        signed = [signature(agreements, gate, order.id) for gate in gates(order.kind, customer.account)]
        given = [moment for moment in signed if moment is not None]
        if len(given) == len(signed):
            work.happen(
                order, GatesOpened(), source=Source.SIGNING_SERVICE, actor="signatures", at=latest(given)
            )
        elif isinstance(order, PortOrder) and order.status is PortStatus.AWAITING_CONTRACT:
            contract = signature(agreements, base_agreement(customer.account), order.id)
            if contract is not None:
                work.happen(
                    order, ContractSigned(), source=Source.SIGNING_SERVICE, actor="signatures", at=contract
                )
