"""Planning ports at the desk: what the carrier says of the numbers, and what the partner's own records do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from pstnkit.accounts.customers import Customer
from pstnkit.carriers.flow import Flow, ask
from pstnkit.carriers.protocol import Accepted, CheckPortability, RefusalReason, Refused
from pstnkit.desk.answers import CarrierRefused
from pstnkit.desk.office import Office
from pstnkit.desk.shopping import add_port
from pstnkit.numbering.numbermap import NumberMap
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.ranges import NumberRange
from pstnkit.ordering.lines import LosingAccount, listed
from pstnkit.ordering.number_events import NumberStatus
from pstnkit.ordering.numbers import NumberBook
from pstnkit.porting.papers import IncompleteLetter
from pstnkit.porting.planning import planner
from pstnkit.porting.planning.portability import Portability, PortabilityUnknown, WhyNotKnown
from pstnkit.porting.planning.rules import PortRules
from pstnkit.porting.ports import PortOrder

if TYPE_CHECKING:
    from pstnkit.ordering.cart import Cart
    from pstnkit.porting.planning.planned import PlannedPort
    from pstnkit.porting.planning.port_plan import PortPlan
    from pstnkit.porting.planning.told import KnownFacts, Numbers

_AT_ONCE = 1_000
"""About how many numbers are asked about in one request: no carrier answers about any number of them."""
_HERE = (NumberStatus.PENDING, NumberStatus.UNASSIGNED, NumberStatus.ASSIGNED)


def check_portability(_office: Office, numbers: Numbers) -> Flow[tuple[Portability, ...]]:
    """What the carrier says of porting these numbers, one answer for each, ascending.

    A number that it does not answer about, whether it is silent, leaves it out or has no such check, is a
    :class:`~pstnkit.PortabilityUnknown` and no "no". Raises :class:`~pstnkit.desk.answers.CarrierRefused` where the
    carrier refuses the question.
    """
    found: list[Portability] = []
    for ranges in _portions(listed(numbers)):
        found += yield from _checked(ranges)
    return tuple(found)


def _portions(ranges: tuple[NumberRange, ...]) -> Iterator[tuple[NumberRange, ...]]:
    portion: list[NumberRange] = []
    count = 0
    for part in ranges:
        for first in range(0, len(part), _AT_ONCE):
            piece = NumberRange(part[first], part[min(first + _AT_ONCE, len(part)) - 1])
            if portion and count + len(piece) > _AT_ONCE:
                yield tuple(portion)
                portion, count = [], 0
            portion.append(piece)
            count += len(piece)
    if portion:
        yield tuple(portion)


def _checked(ranges: tuple[NumberRange, ...]) -> Flow[list[Portability]]:
    request = CheckPortability(ranges)
    reply = yield from ask(request)
    told: dict[object, Portability] = {}
    why, text = WhyNotKnown.LEFT_OUT, ""
    if isinstance(reply, Accepted):
        told = {one.number: one for one in reply.answer}
    elif not isinstance(reply, Refused):
        why, text = WhyNotKnown.NO_ANSWER, reply.why
    elif reply.reason is RefusalReason.UNSUPPORTED:
        why, text = WhyNotKnown.CANNOT_TELL, reply.text
    else:
        raise CarrierRefused(request.operation, reply.reason, reply.text)
    return [told.get(number) or PortabilityUnknown(number, why, text) for part in ranges for number in part]


def plan_ports(
    office: Office,
    customer: Customer | str,
    numbers: Numbers,
    *,
    known: KnownFacts = (),
    rules: PortRules = planner.NO_LIMITS,
) -> Flow[PortPlan]:
    """The fewest port orders for a customer's list, as :func:`~pstnkit.plan_ports` finds them, with what is known here.

    The carrier is asked which numbers can be ported. What any of the partner's customers has already, and what is in
    any order under way, is not planned; area codes are those of the customer's day. ``known`` and ``rules`` are as
    there. Nothing is ordered. Raises what :func:`check_portability` and :func:`~pstnkit.plan_ports` raise.
    """
    owner = office.get(Customer, customer)
    answers = yield from check_portability(office, numbers)
    owned, active = _taken(office, NumberSet(listed(numbers)))
    return planner.plan_ports(
        numbers,
        known=known,
        answers=answers,
        rules=rules,
        owned=owned,
        active=active,
        exchanges=office.exchanges,
        plan=office.plan,
        on=office.today(owner).day,
    )


def _taken(office: Office, wanted: NumberSet) -> tuple[dict[str, NumberSet], dict[str, NumberSet]]:
    """Which of the numbers the partner's customers have, by their ids, and which are in ports under way, by the
    orders' ids."""
    owned: dict[str, NumberSet] = {}
    ports = office.store.all(PortOrder, office.partner)
    active = {port.id: _among(port.numbers.by_number, wanted) for port in ports if port.is_active}
    coming = NumberSet().union(*active.values())
    for book in office.store.all(NumberBook, office.partner):
        # A number that is on its way by a port is told of once, with the order.
        here = _among(book.records, wanted) - coming
        owned[book.customer] = NumberSet(number for number in here if book[number].status in _HERE)
    return owned, active


def _among(numbers: NumberMap[Any], wanted: NumberSet) -> NumberSet:
    """Those of ``wanted`` that a record has, by way of the fewer: a customer may have 40,000, and so may a list."""
    few, many = (numbers, wanted) if len(numbers) < len(wanted) else (wanted, numbers)
    return NumberSet(number for number in few if number in many)


def add_planned(
    office: Office, cart: Cart | str, order: PlannedPort, *, requested: date | None = None
) -> Cart:
    """Put an order of a plan into the cart, as one line, to become one port with one letter of authorization.

    Raises :class:`~pstnkit.IncompleteLetter` where the account number or the business name is not known yet, and what
    :meth:`add_port` raises.
    """
    facts = order.facts
    carrier, number, name = facts.losing_carrier, facts.account_number, facts.business_name
    if carrier is None or number is None or name is None:
        needed = ("losing_carrier", "account_number", "business_name")
        raise IncompleteLetter(tuple(field for field in needed if getattr(facts, field) is None))
    account = LosingAccount(
        carrier=carrier,
        account_number=number,
        business_name=name,
        btn=facts.btn,
        pin=facts.pin,
        service_address=facts.service_address,
        authorized_signer=facts.signer,
        new_btn=facts.new_btn,
    )
    return add_port(office, cart, order.numbers, account, requested=requested)
