"""What an order of new numbers waits for, state by state (SPEC F4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from pstnkit.accounts.agreements import Agreement
from pstnkit.accounts.awaited import signatures_awaited
from pstnkit.accounts.customers import Customer
from pstnkit.accounts.letters import ANY_AGE, LetterPolicy, Today
from pstnkit.lifecycle.fulfillment import FulfillmentPolicy
from pstnkit.lifecycle.history import Entry
from pstnkit.lifecycle.waiting import Expectation, Wait, WaitingFor, expected, held_up, outstanding
from pstnkit.ordering.orders import NumberOrder, OrderStatus


def expect(
    order: NumberOrder,
    *,
    customer: Customer,
    agreements: Iterable[Agreement],
    policy: FulfillmentPolicy,
    now: datetime,
    letters: LetterPolicy = ANY_AGE,
    history: Sequence[Entry] = (),
) -> Expectation:
    """When an order of new numbers is due, what it waits for and on whom, and how late it is (SPEC F)."""
    today = Today.at(now, customer.timezone, letters)
    waits = (*held_up(order), *_waits(order, customer, agreements, today))
    return expected(order, waits, policy=policy, tz=customer.timezone, now=now, history=history)


def _waits(
    order: NumberOrder, customer: Customer, agreements: Iterable[Agreement], today: Today
) -> Iterator[Wait]:
    match order.status:
        case OrderStatus.DRAFT:
            yield Wait(what=WaitingFor.FINISHING)
        case OrderStatus.AWAITING_SIGNATURE:
            yield from signatures_awaited(order, customer, agreements, today)
        case OrderStatus.SUBMITTING:
            yield Wait(what=WaitingFor.ANSWER)
        case OrderStatus.OUTCOME_UNKNOWN:
            yield Wait(what=WaitingFor.READING)
        case OrderStatus.PROCESSING if order.documents:
            yield Wait(what=WaitingFor.DOCUMENTS, why=order.documents)
        case OrderStatus.PROCESSING if order.unnamed:
            yield Wait(what=WaitingFor.NAMING, count=order.unnamed)
        case OrderStatus.PROCESSING:
            yield Wait(what=WaitingFor.PROVISIONING, count=order.numbers.in_progress)
        case OrderStatus.BACKORDERED:
            yield Wait(what=WaitingFor.STOCK, count=outstanding(order), why=order.reason or "")
        case _:
            return  # it is over
