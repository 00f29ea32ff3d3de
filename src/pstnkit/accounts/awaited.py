"""Which signatures an order waits for, and what is in their way (SPEC O2 to O5, F4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pstnkit.accounts.agreements import Agreement, AgreementKind, AgreementStatus, gates, signature
from pstnkit.accounts.customers import Customer
from pstnkit.lifecycle.order import Order
from pstnkit.lifecycle.waiting import Wait, WaitingFor

_AT_THE_SIGNERS = (AgreementStatus.SENT, AgreementStatus.DELIVERED, AgreementStatus.SIGNED)


def signatures_awaited(
    order: Order[Any], customer: Customer, agreements: Iterable[Agreement]
) -> Iterator[Wait]:
    """What has still to be signed before ``order`` is processed, and by whom; in the order of its gates.

    ``agreements`` are the customer's. One that was declined, withdrawn or ran out is for the partner to send again.
    """
    known = tuple(agreements)
    for gate in gates(order.kind, customer.account):
        if signature(known, gate, order.id) is None:
            subject = order.id if gate is AgreementKind.LETTER_OF_AUTHORIZATION else None
            asked = [each for each in known if each.kind is gate and each.order == subject]
            yield _wait(gate, customer, asked[-1] if asked else None)


def _wait(gate: AgreementKind, customer: Customer, asked: Agreement | None) -> Wait:
    who = (asked.signer if asked else customer.signer) or customer.email
    if asked is None or asked.status is AgreementStatus.CREATED:
        return Wait(what=WaitingFor.AGREEMENT, agreement=gate, who=who)
    if asked.status in _AT_THE_SIGNERS:
        return Wait(what=WaitingFor.SIGNATURE, agreement=gate, who=who)
    return Wait(what=WaitingFor.NEW_AGREEMENT, agreement=gate, who=who, why=asked.status.value)
