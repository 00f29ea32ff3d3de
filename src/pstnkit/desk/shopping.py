"""Filling a cart and changing it (SPEC N5, P3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from attrs import evolve

from pstnkit.accounts.customers import Customer
from pstnkit.carriers.flow import Flow
from pstnkit.desk.holding import let_go, look_at, reserve
from pstnkit.desk.office import Office, Work, id_of, persist
from pstnkit.errors import PstnkitError
from pstnkit.inventory.query import SearchQuery
from pstnkit.inventory.scope import scope_of
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.paste import PasteReport
from pstnkit.numbering.ranges import NumberRange
from pstnkit.numbering.telephone import TelephoneNumber
from pstnkit.ordering.cart import Cart, EmptyLine, OtherCustomersCart
from pstnkit.ordering.holding import CarrierHold
from pstnkit.ordering.lines import (
    Line,
    LosingAccount,
    NumbersLine,
    PortLine,
    SourcingLine,
    listed,
    must_be_block,
)
from pstnkit.ordering.orders import Wanted
from pstnkit.porting.cutoffs import check_requested
from pstnkit.porting.regions import port_timezones
from pstnkit.secret import Secret, SecretRef

Numbers = Iterable[NumberRange | TelephoneNumber] | PasteReport


def open_cart(office: Office, customer: Customer | str) -> Cart:
    """An empty cart for a customer."""
    work = Work(office)
    owner = work.get(Customer, customer)
    cart = Cart(id=office.new_id("cart"), partner=office.partner, customer=owner.id)
    work.put(cart)
    work.save()
    return cart


def add_numbers(office: Office, cart: Cart | str, numbers: Numbers, *, block: bool = False) -> Flow[Cart]:
    """Put numbers into the cart: the carrier keeps them for us, all or none (SPEC N5).

    A ``block`` is one range that begins at a multiple of its size, and is ordered as a whole. What the cart had before
    and is still kept for it goes back to the line that had it.

    Raises :class:`~pstnkit.inventory.refusals.NumbersUnavailable` with those that are gone, and with alternatives to
    them (SPEC N4), :class:`~pstnkit.ordering.cart.AlreadyInCart`, and :class:`~pstnkit.ordering.lines.NotABlock`.
    """
    wanted = _some(numbers)
    if block:
        must_be_block(wanted)
    held = yield from look_at(office, cart)
    held.must_be_new(wanted)
    back = {} if block else dict(held.spare(NumberSet(wanted), office.keeping, office.clock()))
    missing = NumberSet(wanted)
    for again in back.values():
        missing -= again
    hold = yield from _reserved(office, held, missing)

    def changed(cart: Cart, customer: Customer) -> Cart:
        for line_id, again in back.items():
            cart = cart.with_numbers(line_id, again.ranges())
        if hold is None:
            return cart
        line = NumbersLine(id=office.new_id("line"), numbers=hold.numbers, holds=(hold,), block=block)
        return cart.with_line(line, customer)

    return (yield from _changed(office, held, changed, hold))


def _some(numbers: Numbers) -> tuple[NumberRange, ...]:
    wanted = listed(numbers)
    if not wanted:
        raise EmptyLine("a line of a cart needs at least one number")
    return wanted


def _reserved(office: Office, cart: Cart, numbers: NumberSet) -> Flow[CarrierHold | None]:
    if not numbers:
        return None
    wanted = tuple(numbers.ranges())
    # By cart, edition and numbers: asked again after a lost answer, it is the same question.
    return (yield from reserve(office, f"{cart.id}/{cart.edition}/{'+'.join(map(repr, wanted))}", wanted))


def _changed(
    office: Office, cart: Cart, change: Callable[[Cart, Customer], Cart], hold: CarrierHold | None = None
) -> Flow[Cart]:
    """The cart after ``change``, saved; what it keeps no more is let go, and so is ``hold`` when it cannot be used."""

    def save() -> tuple[Cart, Cart]:
        work = Work(office)
        held = work.again(cart)
        after = change(held, work.get(Customer, held.customer))
        work.put(after)
        work.save()
        return held, after

    try:
        # Who has looked at the cart meanwhile has changed nothing in it; who has, is decided about anew.
        held, after = persist(save)
    except PstnkitError:
        # Of two who put the same numbers in at the same time, both have the one hold that the first has in the cart.
        if hold is not None and hold.reference not in {kept.reference for kept in office.again(cart).holds}:
            yield from let_go(hold.reference)
        raise
    kept = {hold.reference for hold in after.holds}
    for former in held.holds:
        if former.reference not in kept and not former.over:
            yield from let_go(former.reference)
    lines = {line.id for line in after.lines}
    for line in held.lines:
        if isinstance(line, PortLine) and line.id not in lines:
            for secret in _secrets(line.account):
                office.store.forget(office.partner, secret)
    return after


def add_request(
    office: Office, cart: Cart | str, *, quantity: int, state: str | None = None, npa: str | None = None
) -> Cart:
    """Put a request into the cart: the carrier is to find so many numbers there (an advanced order, SPEC F2).

    Raises :class:`~pstnkit.inventory.query.InvalidQuery` for a place that is none, as a search there would.
    """
    scope_of(SearchQuery(state=state, npa=npa), office.plan, office.exchanges)
    line = SourcingLine(id=office.new_id("line"), wanted=Wanted(state, npa), quantity=quantity)
    return persist(lambda: _with_line(Work(office), cart, line))


def _with_line(work: Work, cart: Cart | str, line: Line) -> Cart:
    held = work.get(Cart, cart)
    work.put(held.with_line(line, work.get(Customer, held.customer)))
    work.save()
    return work.get(Cart, cart)


def add_port(
    office: Office,
    cart: Cart | str,
    numbers: Numbers,
    account: LosingAccount,
    *,
    requested: date | None = None,
) -> Cart:
    """Put numbers to be ported into the cart: those of a :class:`~pstnkit.PasteReport` that are valid, or any others.

    Each line becomes one port with one letter of authorization. The account number and the PIN are kept by the store,
    apart from the cart. ``requested`` is the day that the customer would like, if there is one. Raises
    :class:`~pstnkit.ordering.cart.PortingNotOpen` for a customer on a trial (SPEC E1),
    :class:`~pstnkit.porting.regions.NoNpacRegion` for a number that is not ported at all (premium, personal, of another
    country), and :class:`~pstnkit.porting.cutoffs.DateNotPermitted` for a day that the losing carrier's rules do not
    allow.
    """
    line = PortLine(id=office.new_id("line"), numbers=listed(numbers), account=account, requested=requested)
    port_timezones(line.numbers, office.plan)
    if requested is not None:
        check_requested(
            requested, line.numbers, now=office.clock(), policy=office.port_dates, plan=office.plan
        )

    def save() -> Cart:
        work = Work(office)

        def keep(given: Secret | SecretRef) -> SecretRef:
            # Of what another line has, too, this line has its own copy: it is forgotten with the line.
            return work.keep(office.secret(given) if isinstance(given, SecretRef) else given)

        pin = None if account.pin is None else keep(account.pin)
        hidden = evolve(account, account_number=keep(account.account_number), pin=pin)
        return _with_line(work, cart, evolve(line, account=hidden))

    return persist(save)


def _secrets(account: LosingAccount) -> tuple[SecretRef, ...]:
    given = (account.account_number, account.pin)
    return tuple(secret for secret in given if isinstance(secret, SecretRef))


def kept(secret: Secret | SecretRef) -> SecretRef:
    """Where a secret of a line is kept."""
    assert isinstance(secret, SecretRef)  # as add_port has put it into the cart
    return secret


def change_numbers(office: Office, cart: Cart | str, line: str, numbers: Numbers) -> Flow[Cart]:
    """Have a line of the cart consist of ``numbers``: those that it has not are put in, the others taken out (SPEC N5).

    Raises what :func:`add_numbers` and :func:`remove_numbers` raise, :class:`~pstnkit.ordering.cart.UnknownLine`, and
    :class:`~pstnkit.ordering.cart.NoNumbersYet` for a line that asks for numbers.
    """
    wanted = NumberSet(_some(numbers))
    held = yield from look_at(office, cart)
    old = held.line(line)
    had = NumberSet(() if isinstance(old, SourcingLine) else old.numbers)
    more, less = wanted - had, had - wanted
    # Asked before anything is reserved: what cannot be done is not begun.
    with_more = held.with_numbers(line, more.ranges())
    with_more.without_numbers(less.ranges(), office.limits)
    hold = None
    if isinstance(old, NumbersLine):
        spare = dict(held.spare(more, office.keeping, office.clock())).get(line, NumberSet())
        hold = yield from _reserved(office, held, more - spare)

    def changed(cart: Cart, _customer: Customer) -> Cart:
        return cart.with_numbers(line, more.ranges(), hold).without_numbers(less.ranges(), office.limits)

    return (yield from _changed(office, held, changed, hold))


def remove_numbers(office: Office, cart: Cart | str, numbers: Numbers) -> Flow[Cart]:
    """Take numbers out of the cart, in whichever lines they stand (SPEC N5).

    A carrier keeps all numbers of a hold or none: what is taken out is on offer again when nothing of its hold is
    wanted any more, or when the hold ends. Raises :class:`~pstnkit.ordering.cart.NotInCart`, and
    :class:`~pstnkit.ordering.policy.BlockNotSplit` for a part of a block where the policy has it whole.
    """
    going = _some(numbers)
    held = office.get(Cart, cart)
    return (yield from _changed(office, held, lambda cart, _: cart.without_numbers(going, office.limits)))


def change_quantity(office: Office, cart: Cart | str, line: str, quantity: int) -> Cart:
    """Change how many numbers a request of the cart asks for.

    Raises :class:`~pstnkit.ordering.cart.NotARequest` for a line that has its numbers.
    """

    def save() -> Cart:
        work = Work(office)
        work.put(work.get(Cart, cart).with_quantity(line, quantity))
        work.save()
        return work.get(Cart, cart)

    return persist(save)


def move_line(
    office: Office,
    cart: Cart | str,
    line: str,
    *,
    to: Cart | str | None = None,
    position: int | None = None,
) -> Cart:
    """Move a line ``to`` another cart of the same customer, or within the cart; gives the cart that has it then.

    ``position`` is how many lines stand before it afterwards; at the end, unless it is given. Its numbers are kept as
    they were. Raises :class:`~pstnkit.ordering.cart.OtherCustomersCart`.
    """

    def save() -> Cart:
        work = Work(office)
        source = work.get(Cart, cart)
        moved = source.line(line)
        target = source if to is None else work.get(Cart, to)
        if target.customer != source.customer:
            raise OtherCustomersCart(target.id, target.customer, source.customer)
        if target.id != source.id:
            work.put(source.without_line(line))
            target = target.with_line(moved, work.get(Customer, target.customer))
        work.put(target.with_line_at(line, len(target.lines) if position is None else position))
        work.save()
        return work.get(Cart, id_of(target))

    return persist(save)


def remove_line(office: Office, cart: Cart | str, line: str) -> Flow[Cart]:
    """Take a line out of the cart; numbers that the carrier kept for it are on offer again, and the account number of
    a port is forgotten."""
    held = office.get(Cart, cart)
    return (yield from _changed(office, held, lambda cart, _: cart.without_line(line)))
