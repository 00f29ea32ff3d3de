"""The desk: a partner's own counter, with a carrier behind it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pstnkit.accounts.letters import ANY_AGE, LetterPolicy
from pstnkit.desk import (
    addresses,
    agreements,
    carrying,
    holding,
    numbers,
    orders,
    placing,
    planning,
    porting,
    releasing,
    searching,
    setup,
    shopping,
    tables,
    views,
)
from pstnkit.desk.drivers import Bound, awaitable, blocking, plain
from pstnkit.desk.office import Office
from pstnkit.desk.signing import CarrierSigning, SigningService
from pstnkit.lifecycle.fulfillment import FulfillmentPolicy
from pstnkit.lifecycle.notices import Notice
from pstnkit.numbering.plan import NumberingPlan
from pstnkit.numbering.plan import plan as bundled_plan
from pstnkit.ordering.policy import AS_THE_CARRIER, NO_LIMITS, CartPolicy, OrderPolicy
from pstnkit.porting.cutoffs import PortDatePolicy
from pstnkit.stores.memory import MemoryStore

if TYPE_CHECKING:
    from pstnkit.inventory.exchanges import Exchanges
    from pstnkit.stores.protocol import Store


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _random_id(kind: str) -> str:
    from uuid import uuid4

    return f"{kind}-{uuid4().hex}"


def _keep_quiet(_notice: Notice) -> None:
    """The default for notices: nobody asked to be told."""


class _Counter(Bound):
    """What both desks share: whatever asks no carrier."""

    def __init__(
        self,
        carrier: object,
        *,
        partner: str,
        actor: str,
        store: Store | None = None,
        clock: Callable[[], datetime] = _utc_now,
        new_id: Callable[[str], str] = _random_id,
        plan: NumberingPlan | None = None,
        exchanges: Exchanges | None = None,
        signing: SigningService | None = None,
        notify: Callable[[Notice], None] = _keep_quiet,
        fulfillment: FulfillmentPolicy | None = None,
        limits: OrderPolicy | None = None,
        keeping: CartPolicy | None = None,
        letters: LetterPolicy | None = None,
        port_dates: PortDatePolicy | None = None,
    ) -> None:
        office = Office(
            partner=partner,
            actor=actor,
            store=store or MemoryStore(),
            clock=clock,
            new_id=new_id,
            plan=plan or bundled_plan,
            exchanges=exchanges,
            signing=signing or CarrierSigning(),
            notify=notify,
            fulfillment=fulfillment or FulfillmentPolicy(),
            limits=limits or NO_LIMITS,
            keeping=keeping or AS_THE_CARRIER,
            letters=letters or ANY_AGE,
            port_dates=port_dates or PortDatePolicy(),
        )
        super().__init__(office, carrier)

    start_trial = plain(setup.start_trial)
    skip_set_up = plain(setup.skip_set_up)
    enter_contract_information = plain(setup.enter_contract_information)
    told_registered = plain(addresses.told_registered)
    locations = plain(addresses.locations)
    missing = plain(addresses.missing)
    open_cart = plain(shopping.open_cart)
    add_request = plain(shopping.add_request)
    add_port = plain(shopping.add_port)
    add_planned = plain(planning.add_planned)
    change_quantity = plain(shopping.change_quantity)
    move_line = plain(shopping.move_line)
    place = plain(placing.place)
    tell_what_is_left = plain(orders.tell_what_is_left)
    told_in_jeopardy = plain(porting.told_in_jeopardy)
    unanswered_ports = plain(porting.unanswered_ports)
    next_steps = plain(porting.next_steps)
    settle_record = plain(orders.settle_record)
    assign = plain(numbers.assign)
    unassign = plain(numbers.unassign)
    told_ported_out = plain(numbers.told_ported_out)
    numbers = plain(numbers.book)
    releases = plain(releasing.releases)
    told_of_release = plain(releasing.told_of_release)
    customer = plain(views.customer)
    customers = plain(views.customers)
    cart = plain(views.cart)
    order = plain(views.order)
    orders = plain(views.orders)
    agreements = plain(views.agreements)
    instructions = plain(views.instructions)
    history = plain(views.history)
    timeline = plain(views.timeline)
    dealings = plain(views.dealings)
    expectation = plain(views.expectation)
    overdue = plain(views.overdue)
    story = plain(views.story)
    orders_table = plain(tables.orders_table)
    numbers_table = plain(tables.numbers_table)


class Desk(_Counter):
    """A partner's desk in front of a carrier whose methods answer at once.

    Customers, carts, confirmations and orders are named by themselves or by their ids; what a method gives back is the
    record as it stands then.

    ``carrier`` is any object with the methods of :class:`~pstnkit.carriers.protocol.Carrier`. ``partner`` and ``actor``
    say for whom the desk works and who sits at it: no other partner's records are seen. ``clock`` gives the present as
    an aware datetime, ``new_id`` an id for a kind of record; ``notify`` is handed what people want to
    be told, each :class:`~pstnkit.Notice` once, and once more under the same id only where a crash left it open.
    ``exchanges`` is a table of exchanges, for searches by city and rate center; ``signing`` has agreements signed,
    ``store`` keeps it all. ``plan`` is the numbering plan. ``fulfillment``, ``limits``, ``keeping``, ``letters``
    and ``port_dates`` are the policies: how long orders take, what may be ordered, how long a cart keeps its numbers,
    how old a letter of authorization may be, for which days a port can be asked.
    """

    enter_emergency_address = blocking(addresses.enter_emergency_address)
    check_emergency_address = blocking(addresses.check_emergency_address)
    accept_address = blocking(addresses.accept_address)
    override_address_check = blocking(addresses.override_address_check)
    add_location = blocking(addresses.add_location)
    use_location = blocking(addresses.use_location)
    register_again = blocking(addresses.register_again)
    convert_to_paid = blocking(setup.convert_to_paid)
    told_paid = blocking(setup.told_paid)
    search = blocking(searching.search)
    stock = blocking(searching.stock)
    check_portability = blocking(planning.check_portability)
    plan_ports = blocking(planning.plan_ports)
    add_numbers = blocking(shopping.add_numbers)
    look_at = blocking(holding.look_at)
    hold_anew = blocking(holding.hold_anew)
    change_numbers = blocking(shopping.change_numbers)
    remove_numbers = blocking(shopping.remove_numbers)
    remove_line = blocking(shopping.remove_line)
    finish = blocking(placing.finish)
    lapse = blocking(placing.lapse)
    send_again = blocking(agreements.send_again)
    withdraw = blocking(agreements.withdraw)
    told_signed = blocking(agreements.told_signed)
    receive = blocking(orders.receive)
    told_works_from = blocking(porting.told_works_from)
    cancel = blocking(orders.cancel)
    correct_port = blocking(porting.correct_port)
    attach = blocking(porting.attach)
    settle = blocking(orders.settle)
    recover = blocking(orders.recover)
    release = blocking(releasing.release)
    carry_on = blocking(carrying.carry_on)


class AsyncDesk(_Counter):
    """The same desk in front of a carrier whose methods are coroutines."""

    enter_emergency_address = awaitable(addresses.enter_emergency_address)
    check_emergency_address = awaitable(addresses.check_emergency_address)
    accept_address = awaitable(addresses.accept_address)
    override_address_check = awaitable(addresses.override_address_check)
    add_location = awaitable(addresses.add_location)
    use_location = awaitable(addresses.use_location)
    register_again = awaitable(addresses.register_again)
    convert_to_paid = awaitable(setup.convert_to_paid)
    told_paid = awaitable(setup.told_paid)
    search = awaitable(searching.search)
    stock = awaitable(searching.stock)
    check_portability = awaitable(planning.check_portability)
    plan_ports = awaitable(planning.plan_ports)
    add_numbers = awaitable(shopping.add_numbers)
    look_at = awaitable(holding.look_at)
    hold_anew = awaitable(holding.hold_anew)
    change_numbers = awaitable(shopping.change_numbers)
    remove_numbers = awaitable(shopping.remove_numbers)
    remove_line = awaitable(shopping.remove_line)
    finish = awaitable(placing.finish)
    lapse = awaitable(placing.lapse)
    send_again = awaitable(agreements.send_again)
    withdraw = awaitable(agreements.withdraw)
    told_signed = awaitable(agreements.told_signed)
    receive = awaitable(orders.receive)
    told_works_from = awaitable(porting.told_works_from)
    cancel = awaitable(orders.cancel)
    correct_port = awaitable(porting.correct_port)
    attach = awaitable(porting.attach)
    settle = awaitable(orders.settle)
    recover = awaitable(orders.recover)
    release = awaitable(releasing.release)
    carry_on = awaitable(carrying.carry_on)
