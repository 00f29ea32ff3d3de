"""Carts and confirmations for tests of ordering, and the circumstances in which they are placed."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from accounts_cases import ready_paid
from lifecycle_cases import NOW, event
from pstnkit.accounts.agreements import Agreement, AgreementKind, AgreementStatus
from pstnkit.lifecycle.record import apply
from pstnkit.lifecycle.reports import NumbersWorking
from pstnkit.numbering.plan import plan
from pstnkit.numbering.ranges import NumberRange
from pstnkit.ordering.alerts import Alert, AlertKind
from pstnkit.ordering.cart import Cart
from pstnkit.ordering.confirmation import Confirmation, finish, place
from pstnkit.ordering.holding import CarrierHold
from pstnkit.ordering.lines import Line, LosingAccount, NumbersLine, PortLine, SourcingLine
from pstnkit.ordering.number_events import NumbersExpected
from pstnkit.ordering.numbers import NumberBook
from pstnkit.ordering.orders import Wanted
from pstnkit.ordering.review import Circumstances
from pstnkit.secret import Secret

TERMS = AgreementKind.TERMS_OF_SERVICE
CONTRACT = AgreementKind.CONTRACT
LETTER = AgreementKind.LETTER_OF_AUTHORIZATION
ACCOUNT = LosingAccount(
    carrier="Old Bell", account_number=Secret("004-881-22"), business_name="Harbor Dental"
)
SOURCED = SourcingLine(id="line-source", wanted=Wanted(npa="628"), quantity=40)
BOOK = NumberBook(id="customer-1/numbers", partner="partner-1", customer="customer-1")
HALF_AN_HOUR = timedelta(minutes=30)


def held(*numbers: NumberRange, until: datetime = NOW + HALF_AN_HOUR) -> CarrierHold:
    """A hold as the carrier has given it half an hour before its end."""
    made = until - HALF_AN_HOUR
    return CarrierHold(
        reference=f"RS-{numbers[0].first:digits}", numbers=numbers, since=made, seen=made, until=until
    )


def new(*numbers: NumberRange, until: datetime = NOW + HALF_AN_HOUR, block: bool = False) -> NumbersLine:
    return NumbersLine(
        id=f"line-{numbers[0]}", numbers=numbers, holds=(held(*numbers, until=until),), block=block
    )


def ported(*numbers: NumberRange) -> PortLine:
    return PortLine(id="line-port", numbers=numbers, account=ACCOUNT)


def cart(*lines: Line) -> Cart:
    return Cart(id="cart-1", partner="partner-1", customer="customer-1", lines=lines, edition=len(lines))


def ids() -> Callable[[str], str]:
    serial = count(1)
    return lambda kind: f"{kind}-{next(serial)}"


def circumstances(**given: Any) -> Circumstances:
    known: dict[str, Any] = {"customer": ready_paid(), "book": BOOK, "now": NOW, "plan": plan}
    return Circumstances(**(known | given))


def placed(*lines: Line, **given: Any) -> Confirmation:
    return place(cart(*lines), circumstances(**given), new_id=ids())


def finished(
    confirmation: Confirmation,
    acknowledged: Collection[Alert | AlertKind | str] | None = None,
    *lines: Line,
    **given: Any,
) -> Confirmation:
    read = list(AlertKind) if acknowledged is None else acknowledged
    held = cart(*lines) if lines else cart(*([SOURCED] * confirmation.cart_edition))
    return finish(confirmation, read, cart=held, now=circumstances(**given))


def kinds(confirmation: Confirmation) -> list[AlertKind]:
    return [alert.kind for alert in confirmation.alerts]


def signed(kind: AgreementKind) -> Agreement:
    return Agreement(
        id="agreement-1",
        partner="partner-1",
        customer="customer-1",
        kind=kind,
        signer="Dana Reed",
        email="admin@harbor.example",
        client_reference="reference-1",
        status=AgreementStatus.SIGNED,
        signed=NOW,
    )


def owning(*working: NumberRange, pending: tuple[NumberRange, ...] = ()) -> NumberBook:
    book = apply(BOOK, event(BOOK.id, NumbersExpected((*working, *pending), "order-0"))).record
    return apply(book, event(BOOK.id, NumbersWorking(working))).record


SIGNED = (signed(CONTRACT),)
