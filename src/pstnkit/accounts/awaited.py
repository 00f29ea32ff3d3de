"""Which signatures an order waits for, and what is in their way (SPEC O2 to O5, F4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pstnkit.accounts.agreements import Agreement, AgreementKind, AgreementStatus, gates, signature
from pstnkit.accounts.customers import Customer
from pstnkit.accounts.letters import LetterDating, Today
from pstnkit.lifecycle.order import Order
from pstnkit.lifecycle.waiting import Wait, WaitingFor

_AT_THE_SIGNERS = (AgreementStatus.SENT, AgreementStatus.DELIVERED)


def signatures_awaited(
    order: Order[Any], customer: Customer, agreements: Iterable[Agreement], today: Today
) -> Iterator[Wait]:
    """What has still to be signed before ``order`` is processed, and by whom; in the order of its gates.

    ``agreements`` are the customer's. One that was declined, withdrawn or ran out is for the partner to send again, and
    so is a letter that was signed too long ago; one of a day to come is waited for.
    """
    known = tuple(agreements)
    for gate in gates(order.kind, customer.account):
        if signature(known, gate, order.id, today) is None:
            subject = order.id if gate is AgreementKind.LETTER_OF_AUTHORIZATION else None
            asked = [each for each in known if each.kind is gate and each.order == subject]
            yield _wait(gate, customer, asked[-1] if asked else None, today)


def _wait(gate: AgreementKind, customer: Customer, asked: Agreement | None, today: Today) -> Wait:
    who = (asked.signer if asked else customer.signer) or customer.email
    if asked is None or asked.status is AgreementStatus.CREATED:
        return Wait(what=WaitingFor.AGREEMENT, agreement=gate, who=who)
    if asked.status is AgreementStatus.SIGNED:
        old = asked.dating(today) is LetterDating.TOO_OLD
        what = WaitingFor.NEWER_LETTER if old else WaitingFor.LETTER_DAY
        why = f"dated {asked.day(today.tz).isoformat()}"
        return Wait(what=what, agreement=gate, who=who, count=today.letters.days or 0, why=why)
    if asked.status in _AT_THE_SIGNERS:
        return Wait(what=WaitingFor.SIGNATURE, agreement=gate, who=who)
    return Wait(what=WaitingFor.NEW_AGREEMENT, agreement=gate, who=who, why=asked.status.value)
