"""Searching a carrier's numbers, filling a cart, placing it and finishing (SPEC N, O)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from attrs import evolve, frozen

from pstnkit.accounts.agreements import Agreement
from pstnkit.accounts.customers import Customer
from pstnkit.carriers.flow import Flow, ask
from pstnkit.carriers.protocol import (
    Accepted,
    AskCapabilities,
    CheckPortability,
    ExtendReservation,
    Portability,
    RefusalReason,
    Refused,
    ReserveNumbers,
    SearchOffers,
    Unreserve,
)
from pstnkit.desk.answers import CarrierRefused, CarrierSilent, UnsupportedFilter, answer
from pstnkit.desk.carrying import carry_on
from pstnkit.desk.gates import ask_for_signatures
from pstnkit.desk.office import Office, Work, book_id
from pstnkit.errors import PstnkitError
from pstnkit.inventory.alternatives import Alternative
from pstnkit.inventory.inventory import Inventory
from pstnkit.inventory.query import FIELDS, SearchQuery
from pstnkit.inventory.refusals import NumbersUnavailable
from pstnkit.inventory.result import SearchResult
from pstnkit.lifecycle.events import Source
from pstnkit.lifecycle.fulfillment import OrderKind
from pstnkit.lifecycle.progress import NumberProgress
from pstnkit.lifecycle.reports import Finish
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.ranges import NumberRange, collapse
from pstnkit.numbering.telephone import TelephoneNumber
from pstnkit.ordering import confirmation as confirmations
from pstnkit.ordering.alerts import Alert, AlertKind
from pstnkit.ordering.cart import (
    Cart,
    EmptyLine,
    Line,
    LosingAccount,
    NumbersLine,
    PortLine,
    SourcingLine,
    must_be_block,
)
from pstnkit.ordering.confirmation import Confirmation, PortDraft
from pstnkit.ordering.numbers import NumberBook, NumbersExpected
from pstnkit.ordering.orders import CarrierHold, NumberOrder, Wanted
from pstnkit.ordering.review import Circumstances
from pstnkit.porting.dates import RequestedDate
from pstnkit.porting.ports import PortOrder
from pstnkit.secret import SecretRef

# What a query may filter by and a carrier may lack: every field but those that are always done here. A field that is
# new to queries is thus a filter that a carrier lacks, and never one that is ignored.
_ALWAYS_OURS = ("quantity", "consecutive", "block", "exclude", "limit", "after")
_NOT_HELD = (RefusalReason.RESERVATION_ENDED, RefusalReason.NOT_FOUND)
_FILTERS = tuple(name for name in FIELDS if name not in _ALWAYS_OURS)


@frozen(kw_only=True)
class Found:
    """What a carrier's inventory had for a query.

    ``filtered_here`` names the filters that the carrier lacks and that were applied on our side; ``dropped`` counts the
    numbers that it sent although they do not match what it was asked for.
    """

    result: SearchResult
    carrier: str
    filtered_here: tuple[str, ...] = ()
    dropped: int = 0


def search(office: Office, query: SearchQuery, *, on_our_side: bool = False) -> Flow[Found]:
    """Search what the carrier has on offer, with runs and blocks found here (SPEC N1 to N4).

    A filter that the carrier lacks is an error, unless ``on_our_side`` is true. When nothing fits, everything that is
    on offer is looked at for alternatives. Raises :class:`~pstnkit.desk.answers.UnsupportedFilter`,
    :class:`~pstnkit.inventory.query.InvalidQuery` and what the carrier's refusal or silence raises.
    """
    if not isinstance(query, SearchQuery):
        raise TypeError(f"a search is asked with a SearchQuery, not {type(query).__name__}")
    carrier, theirs, lacking = yield from _shared_filters(query, on_our_side=on_our_side)
    offered, dropped = yield from _offers(office, theirs)
    result = Inventory(offered, exchanges=office.exchanges, plan=office.plan).search(query)
    if not result.satisfied and theirs:
        everything, _ = yield from _offers(office, {})
        result = Inventory(everything, exchanges=office.exchanges, plan=office.plan).search(query)
    return Found(result=result, carrier=carrier, filtered_here=lacking, dropped=dropped)


def stock(office: Office, query: SearchQuery | None = None, *, at_most: int | None = None) -> Flow[Inventory]:
    """What the carrier has on offer, fetched page by page, as an inventory that can be searched again and again.

    ``query`` says where and with which digits, as far as the carrier has filters for it; how many and in which form is
    for the searches. With ``at_most``, no further page is asked for once there are so many numbers. What is on offer at
    the carrier changes while we look: to have the numbers, put them into a cart.

    Raises :class:`~pstnkit.desk.answers.UnsupportedFilter` for a filter that the carrier lacks, and what the carrier's
    refusal or silence raises.
    """
    theirs: dict[str, str] = {}
    if query is not None:
        _, theirs, _ = yield from _shared_filters(query, on_our_side=False)
    offered, _ = yield from _offers(office, theirs, at_most)
    return Inventory(offered, exchanges=office.exchanges, plan=office.plan)


def _shared_filters(
    query: SearchQuery, *, on_our_side: bool
) -> Flow[tuple[str, dict[str, str], tuple[str, ...]]]:
    """The carrier's name, the filters of a query that it has, with their values, and the names of those that it
    lacks: an error, unless they are applied on our side."""
    abilities = yield from answer(AskCapabilities())
    used = [name for name in _FILTERS if getattr(query, name) is not None]
    theirs = {
        name: value for name in used if (value := _as_filter(query, name)) and name in abilities.filters
    }
    lacking = tuple(name for name in used if name not in theirs)
    if lacking and not on_our_side:
        raise UnsupportedFilter(abilities.carrier, lacking)
    return abilities.carrier, theirs, lacking


def _as_filter(query: SearchQuery, name: str) -> str | None:
    """A field of the query as a carrier's filter takes it; None where no carrier could."""
    value = getattr(query, name)
    if name == "state":
        return str(value).rpartition("-")[2]
    if name in ("starts_with", "contains", "ends_with"):
        return value if value and value.isascii() and value.isdigit() else None
    return value if isinstance(value, str) else None


def _offers(
    office: Office, filters: dict[str, str], at_most: int | None = None
) -> Flow[tuple[NumberSet, int]]:
    """What the carrier offers for its filters, page by page, and how many numbers of it do not match."""
    numbers = NumberSet()
    dropped = 0
    after: str | None = None
    states: dict[str, frozenset[str]] = {}

    def serves(number: TelephoneNumber, state: str) -> bool:
        npa = number.npa
        if npa not in states:
            names = office.plan.area_code(npa).subdivisions
            states[npa] = frozenset(name.rpartition("-")[2] for name in names)
        return state in states[npa]

    def matches(number: TelephoneNumber) -> bool:
        digits = f"{number:digits}"
        return (
            digits.startswith(filters.get("npa", ""))
            and digits[3:].startswith(filters.get("nxx", ""))
            and filters.get("contains", "") in digits
            and digits.startswith(filters.get("starts_with", ""))
            and digits.endswith(filters.get("ends_with", ""))
            and ("state" not in filters or serves(number, filters["state"]))
        )

    while True:
        page = yield from answer(SearchOffers(filters, after))
        matching = [offer.number for offer in page.offers if matches(offer.number)]
        numbers.update(matching)
        dropped += page.dropped + len(page.offers) - len(matching)
        after = page.next
        if after is None or (at_most is not None and len(numbers) >= at_most):
            return numbers, dropped


def check_portability(
    _office: Office, numbers: Iterable[NumberRange | TelephoneNumber]
) -> Flow[tuple[Portability, ...]]:
    """What the carrier says of porting these numbers: which can come, from where, and else why not, in order."""
    ranges = tuple(collapse(numbers))
    return (yield from answer(CheckPortability(ranges))) if ranges else ()


def open_cart(office: Office, customer: Customer | str) -> Cart:
    """An empty cart for a customer."""
    work = Work(office)
    owner = work.get(Customer, customer)
    cart = Cart(id=office.new_id("cart"), partner=office.partner, customer=owner.id)
    work.put(cart)
    work.save()
    return cart


def _with_line(office: Office, cart: Cart | str, line: Line, work: Work | None = None) -> Cart:
    work = work or Work(office)
    held = work.get(Cart, cart)
    work.put(held.with_line(line, work.get(Customer, held.customer)))
    work.save()
    return work.get(Cart, cart)


def add_numbers(
    office: Office,
    cart: Cart | str,
    numbers: Iterable[NumberRange | TelephoneNumber],
    *,
    block: bool = False,
) -> Flow[Cart]:
    """Put numbers into the cart: the carrier keeps them for us, all or none (SPEC N5).

    A ``block`` is one range that begins at a multiple of its size, and is ordered as a whole.

    Raises :class:`~pstnkit.inventory.refusals.NumbersUnavailable` with those that are gone, and with alternatives to
    them (SPEC N4), and :class:`~pstnkit.ordering.cart.NotABlock`.
    """
    wanted = tuple(collapse(numbers))
    if not wanted:
        raise EmptyLine("a line of a cart needs at least one number")
    if block:
        must_be_block(wanted)
    held = office.get(Cart, cart)
    # By cart, revision and numbers: asked again after a lost answer, it is the same question.
    reference = f"{held.id}/{held.revision}/{'+'.join(map(repr, wanted))}"
    reply = yield from ask(ReserveNumbers(reference, wanted))
    if isinstance(reply, Accepted):
        kept = reply.answer
        line = NumbersLine(
            id=office.new_id("line"),
            numbers=kept.numbers,
            hold=CarrierHold(kept.reference, kept.until),
            block=block,
        )
        try:
            return _with_line(office, cart, line)
        except PstnkitError:
            yield from _let_go(kept.reference)
            raise
    if not isinstance(reply, Refused):
        raise CarrierSilent(ReserveNumbers.operation, reply.why)
    if reply.reason is RefusalReason.NUMBERS_UNAVAILABLE:
        raise NumbersUnavailable(reply.numbers, (yield from _instead(office, wanted, reply.numbers)))
    raise CarrierRefused(ReserveNumbers.operation, reply.reason, reply.text)


def _instead(
    office: Office, wanted: tuple[NumberRange, ...], gone: tuple[NumberRange, ...]
) -> Flow[tuple[Alternative, ...]]:
    """What would do instead of numbers that are gone: of what is on offer, first in the area code of the first."""
    found: tuple[Alternative, ...] = ()
    try:
        abilities = yield from answer(AskCapabilities())
        for filters in ({"npa": wanted[0].first.npa}, {}) if "npa" in abilities.filters else ({},):
            offered, _ = yield from _offers(office, filters)
            inventory = Inventory(offered, exchanges=office.exchanges, plan=office.plan)
            found = inventory.instead_of(wanted, gone)
            if any(alternative.ranges for alternative in found):
                break
    except (CarrierRefused, CarrierSilent):
        pass  # that the numbers are gone is certain, and what there is instead can be asked for again
    return found


def add_request(
    office: Office, cart: Cart | str, *, quantity: int, state: str | None = None, npa: str | None = None
) -> Cart:
    """Put a request into the cart: the carrier is to find so many numbers there (an advanced order, SPEC F2)."""
    return _with_line(
        office, cart, SourcingLine(id=office.new_id("line"), wanted=Wanted(state, npa), quantity=quantity)
    )


def add_port(
    office: Office,
    cart: Cart | str,
    numbers: Iterable[NumberRange | TelephoneNumber],
    account: LosingAccount,
    *,
    requested: date | None = None,
) -> Cart:
    """Put numbers to be ported into the cart; the account number is kept by the store, apart from the cart.

    Raises :class:`~pstnkit.ordering.cart.PortingNotOpen` for a customer on a trial (SPEC E1).
    """
    line = PortLine(id=office.new_id("line"), numbers=tuple(numbers), account=account, requested=requested)
    number = account.account_number
    work = Work(office)
    # Of an account that another line has, too, this line has its own copy: it is forgotten with the line.
    kept = work.keep(office.secret(number) if isinstance(number, SecretRef) else number)
    return _with_line(office, cart, evolve(line, account=evolve(account, account_number=kept)), work)


def remove_line(office: Office, cart: Cart | str, line: str) -> Flow[Cart]:
    """Take a line out of the cart; numbers that the carrier kept for it are on offer again, and the account number of
    a port is forgotten."""
    work = Work(office)
    held = work.get(Cart, cart)
    gone = held.line(line)
    work.put(held.without_line(line))
    work.save()
    if isinstance(gone, NumbersLine):
        yield from _let_go(gone.hold.reference)
    if isinstance(gone, PortLine):
        office.store.forget(office.partner, _kept(gone))
    return work.get(Cart, cart)


def _kept(line: PortLine) -> SecretRef:
    """Where the account number of a line is kept."""
    kept = line.account.account_number
    assert isinstance(kept, SecretRef)  # as add_port has put it into the cart
    return kept


def _let_go(reservation: str) -> Flow[None]:
    # An answer that is lost costs nothing: the reservation lapses by itself.
    yield from ask(Unreserve(f"{reservation}/unreserve", reservation))


def _circumstances(work: Work, customer: str) -> Circumstances:
    """How things stand with a customer now."""
    office = work.office
    under_way = (order for order in work.of_customer(NumberOrder, customer) if not order.is_over)
    return Circumstances(
        customer=work.get(Customer, customer),
        book=work.get(NumberBook, book_id(customer)),
        now=office.clock(),
        plan=office.plan,
        agreements=tuple(work.of_customer(Agreement, customer)),
        coming=sum(order.quantity - len(order.numbers.by_number) for order in under_way),
        limits=office.limits,
        keeping=office.keeping,
    )


def place(office: Office, cart: Cart | str) -> Confirmation:
    """Place the cart: a confirmation with its alerts; nothing is sent (SPEC O1)."""
    work = Work(office)
    held = work.get(Cart, cart)
    confirmation = confirmations.place(held, _circumstances(work, held.customer), new_id=office.new_id)
    work.put(confirmation)
    work.save()
    return confirmation


def finish(
    office: Office,
    confirmation: Confirmation | str,
    acknowledged: Collection[Alert | AlertKind | str] = (),
) -> Flow[tuple[NumberOrder | PortOrder, ...]]:
    """Finish a confirmation: its orders are made, and sent as soon as everything is signed.

    Finishing it again gives the same orders.

    ``acknowledged`` are the alerts that were read, or their kinds. The carrier is asked to keep the numbers longer,
    since signing takes time; those that it keeps no more are reserved anew. Raises
    :class:`~pstnkit.ordering.confirmation.CannotFinish`,
    :class:`~pstnkit.ordering.confirmation.ConfirmationLapsed`, and
    :class:`~pstnkit.inventory.refusals.NumbersUnavailable` with alternatives when some are gone (SPEC N4); then nothing
    was made and no order sent.
    """
    work = Work(office)
    open_one = work.get(Confirmation, confirmation)
    if not open_one.finished:
        cart = work.get(Cart, open_one.cart)
        now = _circumstances(work, open_one.customer)
        work.put(confirmations.finish(open_one, acknowledged, cart=cart, now=now))
        kept = yield from _keep(office, open_one, cart)
        orders: list[NumberOrder | PortOrder] = [
            evolve(order, holds=tuple(kept.get(hold.reference, hold) for hold in order.holds))
            for order in open_one.orders
        ]
        orders += [_port(open_one, draft) for draft in open_one.ports]
        for order in orders:
            work.put(order)
            work.happen(order, Finish())
            if numbers := tuple(collapse(order.numbers.by_number)):
                book = work.get(NumberBook, book_id(open_one.customer))
                work.happen(book, NumbersExpected(numbers, order.id), source=Source.PARTNER)
        work.put(evolve(cart, lines=(), revision=cart.revision + 1))
        ask_for_signatures(work, now.customer, anew=True)
        work.save()
    yield from carry_on(office, open_one.customer)
    numbers_orders = tuple(office.get(NumberOrder, order.id) for order in open_one.orders)
    return (*numbers_orders, *(office.get(PortOrder, draft.order) for draft in open_one.ports))


def _keep(office: Office, confirmation: Confirmation, cart: Cart) -> Flow[dict[str, CarrierHold]]:
    """The carrier's holds on the numbers of a cart, as long as it gives them, by the references that they had."""
    kept: dict[str, CarrierHold] = {}
    anew: list[str] = []
    wanted: list[NumberRange] = []
    gone: list[NumberRange] = []
    for line in (line for line in cart.lines if isinstance(line, NumbersLine)):
        former = line.hold.reference
        reference = f"{confirmation.id}/{former}"
        reply = yield from ask(ExtendReservation(f"{reference}/extend", former))
        if isinstance(reply, Refused) and reply.reason in _NOT_HELD:
            reply = yield from ask(ReserveNumbers(f"{reference}/reserve", line.numbers))
            if isinstance(reply, Accepted):
                anew.append(reply.answer.reference)
            elif isinstance(reply, Refused) and reply.reason is RefusalReason.NUMBERS_UNAVAILABLE:
                wanted += line.numbers
                gone += reply.numbers
        if isinstance(reply, Accepted):
            kept[former] = CarrierHold(reply.answer.reference, reply.answer.until)
    if gone:
        for reservation in anew:
            yield from _let_go(reservation)
        found = yield from _instead(office, tuple(wanted), tuple(gone))
        raise NumbersUnavailable(tuple(collapse(gone)), found)
    return kept


def _port(confirmation: Confirmation, draft: PortDraft) -> PortOrder:
    """The port order that a draft becomes."""
    line = draft.line
    return PortOrder(
        id=draft.order,
        partner=confirmation.partner,
        customer=confirmation.customer,
        kind=OrderKind.PORT,
        client_reference=draft.client_reference,
        quantity=line.quantity,
        numbers=NumberProgress().expecting(line.numbers),
        gates=draft.gates,
        losing_carrier=line.account.carrier,
        account_number=_kept(line),
        business_name=line.account.business_name,
        requested=RequestedDate(line.requested) if line.requested else None,
    )
