"""Looking over a cart: which alerts it calls for, as things stand at a moment."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime

from attrs import field, frozen

from pstnkit.accounts.agreements import Agreement, AgreementKind, gates, signature
from pstnkit.accounts.customers import AccountKind, Customer
from pstnkit.accounts.letters import Today
from pstnkit.lifecycle.events import aware
from pstnkit.lifecycle.fulfillment import OrderKind
from pstnkit.numbering.area_code import AreaCodeKind
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.plan import NumberingPlan
from pstnkit.numbering.ranges import NumberRange
from pstnkit.numbering.telephone import TelephoneNumber
from pstnkit.ordering.alerts import (
    Alert,
    AlreadyOwned,
    BlockCannotBeSplit,
    BlockSizeNotSold,
    EmergencyAddressMissing,
    HoldLapsed,
    HoldLapsesSoon,
    InActiveOrder,
    LetterNeeded,
    NumbersGone,
    OfAnotherCustomer,
    SetUpIncomplete,
    SeveralStates,
    SignatureNeeded,
    TollFreeAmongGeographic,
    TollFreeBlock,
    TooManyNumbers,
    TooManyOnTrial,
)
from pstnkit.ordering.cart import Cart
from pstnkit.ordering.lines import PortLine, numbers_of
from pstnkit.ordering.number_events import NumberStatus
from pstnkit.ordering.numbers import NumberBook
from pstnkit.ordering.policy import AS_THE_CARRIER, NO_LIMITS, CartPolicy, OrderPolicy


def _aware(_instance: object, _attribute: object, value: datetime) -> None:
    aware(value, "now")


@frozen(kw_only=True)
class Circumstances:
    """How things stand when a cart is placed or a confirmation finished: everything that decides, but the cart itself.

    ``agreements`` and ``book`` are the customer's; ``others`` are the books of the partner's other customers, where
    something is to be ported. ``coming`` is how many numbers the customer waits for that no carrier has named yet
    (advanced orders under way).

    Raises :class:`~pstnkit.lifecycle.events.NaiveTime` for a ``now`` without a zone.
    """

    customer: Customer
    book: NumberBook
    now: datetime = field(validator=_aware)
    plan: NumberingPlan
    agreements: tuple[Agreement, ...] = ()
    others: tuple[NumberBook, ...] = ()
    coming: int = 0
    limits: OrderPolicy = NO_LIMITS
    keeping: CartPolicy = AS_THE_CARRIER

    def unsigned(self, kind: OrderKind) -> tuple[AgreementKind, ...]:
        """What has to be signed yet before a new order of ``kind`` is processed, in order (SPEC O4, O5)."""
        needed = gates(kind, self.customer.account)
        today = Today.at(self.now, self.customer.timezone)
        return tuple(gate for gate in needed if signature(self.agreements, gate, "", today) is None)


def alerts(cart: Cart, now: Circumstances) -> tuple[Alert, ...]:
    """What is to be known before ``cart`` is ordered, and what stands in the way of that (SPEC O1)."""
    return tuple(alert for rule in _RULES for alert in rule(cart, now))


def _set_up(_cart: Cart, now: Circumstances) -> Iterator[Alert]:
    """That no order is made before the set-up is complete, and none without an emergency address (SPEC S1, S2)."""
    customer = now.customer
    if not customer.is_set_up:
        yield (EmergencyAddressMissing if customer.signer else SetUpIncomplete)(customer.status)


def _signatures(cart: Cart, now: Circumstances) -> Iterator[Alert]:
    for agreement in now.unsigned(OrderKind.STANDARD):
        yield SignatureNeeded(agreement)
    for line in cart.lines:
        if isinstance(line, PortLine):
            yield LetterNeeded(line.quantity, line.account.carrier)


def _holds(cart: Cart, now: Circumstances) -> Iterator[Alert]:
    """What is kept no more, and what will not be kept much longer."""
    for line in cart.chosen:
        if line.gone:
            yield NumbersGone(line.gone, line.instead)
        for hold in line.holds:
            ends = now.keeping.ends(hold)
            numbers = NumberSet(line.of(hold)) - NumberSet(line.gone)
            if not numbers:
                continue
            if not now.keeping.keeps(hold, now.now):
                yield HoldLapsed(numbers.ranges(), ends)
            elif ends - now.now <= now.keeping.warn_before:
                yield HoldLapsesSoon(numbers.ranges(), ends)


def _conflicts(cart: Cart, now: Circumstances) -> Iterator[Alert]:
    """The numbers that the customer has already, or waits for in another order."""
    owned: list[TelephoneNumber] = []
    ordered: dict[TelephoneNumber, str] = {}
    for line in cart.lines:
        for numbers in numbers_of(line):
            for number in numbers:
                record = now.book.records.get(number)
                if record is None:
                    continue
                if record.status is NumberStatus.PENDING:
                    ordered[number] = record.order
                elif record.provisioned:
                    owned.append(number)
    if owned:
        yield AlreadyOwned(owned)
    if ordered:
        yield InActiveOrder(ordered, tuple(dict.fromkeys(ordered.values())))


def _of_others(cart: Cart, now: Circumstances) -> Iterator[Alert]:
    """The numbers to be ported that another customer of the partner has, or waits for: a number is in one order."""
    taken: dict[TelephoneNumber, str] = {}
    ported = [numbers for line in cart.lines if isinstance(line, PortLine) for numbers in line.numbers]
    for book in now.others:
        for number in (number for numbers in ported for number in numbers):
            record = book.records.get(number)
            if record is not None and (record.provisioned or record.status is NumberStatus.PENDING):
                taken[number] = book.customer
    if taken:
        yield OfAnotherCustomer(taken, tuple(dict.fromkeys(taken.values())))


def _limits(cart: Cart, now: Circumstances) -> Iterator[Alert]:
    """What is more than the policy allows, in all or on a trial, and blocks that are not sold."""
    limits = now.limits
    standard = sum(line.quantity for line in cart.chosen)
    if limits.most_standard is not None and standard > limits.most_standard:
        yield TooManyNumbers(count=standard, most=limits.most_standard)
    has = len(now.book) + now.coming
    trial = now.customer.account is AccountKind.TRIAL
    if trial and limits.most_on_trial is not None and has + cart.new_numbers > limits.most_on_trial:
        yield TooManyOnTrial(count=cart.new_numbers, has=has, most=limits.most_on_trial)
    blocks = cart.blocks
    for block in blocks:
        if limits.block_sizes is not None and len(block) not in limits.block_sizes:
            yield BlockSizeNotSold(block, limits.block_sizes)
        if not limits.toll_free_blocks and _toll_free(block, now.plan):
            yield TollFreeBlock([block])
    if limits.whole_blocks and blocks:
        yield BlockCannotBeSplit(blocks)


def _toll_free(numbers: NumberRange, plan: NumberingPlan) -> bool:
    return plan.area_code(numbers.first.npa).kind is AreaCodeKind.TOLL_FREE


def _places(cart: Cart, now: Circumstances) -> Iterator[Alert]:
    """That the new numbers are of several states, and that toll-free numbers travel with others."""
    new = [numbers for line in cart.chosen for numbers in line.numbers]
    yield from _states({numbers.first.npa for numbers in new}, now.plan)
    ported = [list(line.numbers) for line in cart.lines if isinstance(line, PortLine)]
    for together in (new, *ported):
        free = [numbers for numbers in together if _toll_free(numbers, now.plan)]
        if free and (others := sum(map(len, together)) - sum(map(len, free))):
            yield TollFreeAmongGeographic(free, others)


def _states(npas: Collection[str], plan: NumberingPlan) -> Iterable[Alert]:
    """That the area codes cannot all serve one state or province: some serve two, and toll-free ones none."""
    served = {frozenset(plan.area_code(npa).subdivisions) for npa in npas} - {frozenset()}
    if served and not frozenset.intersection(*served):
        yield SeveralStates(tuple(sorted("/".join(sorted(subdivisions)) for subdivisions in served)))


_RULES: tuple[Callable[[Cart, Circumstances], Iterator[Alert]], ...] = (
    _set_up,
    _signatures,
    _holds,
    _conflicts,
    _of_others,
    _limits,
    _places,
)
