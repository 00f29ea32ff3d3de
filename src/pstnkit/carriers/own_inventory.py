"""An inventory of one's own in front of a carrier: numbers are searched and held here, and ordered there.

A partner that has its numbers at a carrier already sells them out of its own inventory. To a desk that is a carrier
like any other: what concerns numbers on offer is answered from the inventory and its ledger of holds, all else by the
carrier behind.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from attrs import evolve

from pstnkit.carriers.protocol import (
    Accepted,
    AskCapabilities,
    Capabilities,
    ExtendReservation,
    Offer,
    OfferPage,
    OrderNumbers,
    Receipt,
    RefusalReason,
    Refused,
    ReleaseNumbers,
    Reply,
    Reservation,
    ReserveNumbers,
    SearchOffers,
    Unreserve,
)
from pstnkit.inventory.holds import Hold, HoldStatus
from pstnkit.inventory.inventory import Inventory
from pstnkit.inventory.query import InvalidQuery, SearchQuery
from pstnkit.inventory.refusals import HoldConflict, HoldEnded, NumbersUnavailable, UnknownHold
from pstnkit.lifecycle.fulfillment import OrderKind
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.ranges import NumberRange
from pstnkit.numbering.telephone import TelephoneNumber

_FILTERS = frozenset({"state", "npa", "nxx", "contains", "starts_with", "ends_with"})
_PAGE = 250


class OwnInventory:
    """An inventory of one's own with the carrier ``behind`` it that provides the numbers; both answer at once.

    ``clock`` gives the present as an aware datetime, ``owner`` is in whose name numbers are held, and ``keeps_for`` how
    long a hold lasts; how long it can be extended, and for how long it is known afterwards, is the inventory's policy.
    What is ordered is sold here before the carrier is asked, and comes back when it refuses, or takes it back later.

    >>> from pstnkit import Desk, SearchQuery, SimulatedWorld
    >>> world = SimulatedWorld.starting("2026-11-20T09:00:00-08:00")
    >>> inventory = Inventory([NumberRange("4152012000", "4152012009")])
    >>> carrier = OwnInventory(inventory, world.carrier, clock=world.now)
    >>> desk = Desk(carrier, partner="north", actor="dana", clock=world.now)
    >>> desk.search(SearchQuery(npa="415", quantity=5, consecutive=True)).result.options[:1]
    (NumberRange('+14152012000', '+14152012004'),)
    """

    def __init__(
        self,
        inventory: Inventory,
        behind: object,
        *,
        clock: Callable[[], datetime],
        owner: str = "desk",
        keeps_for: timedelta = timedelta(minutes=15),
        name: str = "own inventory",
    ) -> None:
        self._inventory = inventory
        self._behind: Any = behind
        self._clock = clock
        self._owner = owner
        self._keeps_for = keeps_for
        self._name = name

    def __getattr__(self, operation: str) -> Any:
        """What does not concern numbers on offer is for the carrier behind."""
        return getattr(self._behind, operation)

    def capabilities(self, request: AskCapabilities, /) -> Reply[Capabilities]:
        """What the carrier behind can do, with the filters of the inventory."""
        reply: Reply[Capabilities] = self._behind.capabilities(request)
        if not isinstance(reply, Accepted):
            return reply
        ours = {"search", "reserve", "extend", "unreserve"}
        return Accepted(
            Capabilities(
                carrier=self._name,
                operations=reply.answer.operations | ours,
                filters=_FILTERS,
                page_size=_PAGE,
            )
        )

    def search(self, request: SearchOffers, /) -> Reply[OfferPage]:
        """One page of what nobody has taken."""
        filters: dict[str, Any] = dict(request.filters)
        try:
            query = SearchQuery(**filters, limit=_PAGE, after=request.after)
            found = self._inventory.search(query, now=self._clock())
        except InvalidQuery as refused:
            return Refused(RefusalReason.INVALID, str(refused))
        offers = tuple(_offer(option) for option in found.options)
        return Accepted(OfferPage(offers, found.next))

    def reserve(self, request: ReserveNumbers, /) -> Reply[Reservation]:
        """Hold all of the numbers, or none; the hold's id is our reference."""
        try:
            return Accepted(_reservation(self._hold(request.client_reference, request.numbers)))
        except NumbersUnavailable as gone:
            return Refused(RefusalReason.NUMBERS_UNAVAILABLE, str(gone), gone.numbers)
        except HoldEnded as over:
            return Refused(RefusalReason.RESERVATION_ENDED, str(over))
        except HoldConflict as other:
            return Refused(RefusalReason.INVALID, str(other))

    def extend(self, request: ExtendReservation, /) -> Reply[Reservation]:
        """Hold them longer, up to the cap of the inventory's policy."""
        try:
            hold = self._inventory.extend(request.reference, now=self._clock(), ttl=self._keeps_for)
        except HoldEnded as over:
            return Refused(RefusalReason.RESERVATION_ENDED, str(over))
        except UnknownHold as unknown:
            return Refused(RefusalReason.NOT_FOUND, str(unknown))
        return Accepted(_reservation(hold))

    def unreserve(self, request: Unreserve, /) -> Reply[Receipt]:
        """Let them go."""
        try:
            self._inventory.release(request.reference, now=self._clock())
        except HoldEnded as over:
            return Refused(RefusalReason.RESERVATION_ENDED, str(over))
        except UnknownHold as unknown:
            return Refused(RefusalReason.NOT_FOUND, str(unknown))
        return Accepted(Receipt(request.reference))

    def order(self, request: OrderNumbers, /) -> Reply[Receipt]:
        """Sell the numbers, and have the carrier behind provide them; an advanced order is for it alone."""
        if request.kind is not OrderKind.STANDARD:
            return self._ask_behind(request)
        try:
            sold = self._sell(request)
        except NumbersUnavailable as gone:
            return Refused(RefusalReason.NUMBERS_UNAVAILABLE, str(gone), gone.numbers)
        reply = self._ask_behind(evolve(request, reservations=()))
        if isinstance(reply, Refused):
            for hold in sold:
                self._inventory.give_back(hold, now=self._clock())
        return reply

    def release(self, request: ReleaseNumbers, /) -> Reply[Receipt]:
        """Give numbers back to the carrier behind, and put those that were sold here on offer again."""
        reply: Reply[Receipt] = self._behind.release(request)
        if isinstance(reply, Accepted):
            now = self._clock()
            sold: dict[str, list[TelephoneNumber]] = {}
            for number in (number for numbers in request.numbers for number in numbers):
                hold = self._inventory.holder(number, now=now)
                if hold is not None and hold.status is HoldStatus.PURCHASED:
                    sold.setdefault(hold.id, []).append(number)
            for held, back in sold.items():
                self._inventory.give_back(held, back, now=now)
        return reply

    def _ask_behind(self, request: OrderNumbers) -> Reply[Receipt]:
        reply: Reply[Receipt] = self._behind.order(request)
        return reply

    def _hold(self, reference: str, numbers: tuple[NumberRange, ...]) -> Hold:
        return self._inventory.hold(
            numbers, owner=self._owner, now=self._clock(), ttl=self._keeps_for, id=reference
        )

    def _sell(self, request: OrderNumbers) -> list[Hold]:
        """The purchases by which the numbers of an order are sold; the same when it is sent again."""
        now = self._clock()
        wanted = NumberSet(request.numbers)
        missing = NumberSet(wanted)
        sold: list[Hold] = []
        for reference in request.reservations:
            try:
                hold = self._inventory.purchase(reference, now=now)
            except (HoldEnded, UnknownHold):
                continue  # the numbers may still be on offer
            sold.append(hold)
            missing -= NumberSet(hold.numbers)
            # Taken out of the cart, but kept until now: holds are all or nothing.
            if spare := NumberSet(hold.numbers) - wanted:
                self._inventory.give_back(hold, spare, now=now)
        if missing:
            reference = f"{request.client_reference}/numbers"
            try:
                sold.append(self._inventory.purchase(self._hold(reference, tuple(missing.ranges())), now=now))
            except (NumbersUnavailable, HoldEnded) as gone:
                for hold in sold:
                    self._inventory.give_back(hold, now=now)
                raise NumbersUnavailable(gone.numbers) from gone
        return sold


def _offer(option: NumberRange) -> Offer:
    return Offer(
        number=option.first,
        features=frozenset(),
        monthly=Decimal(0),
        setup=Decimal(0),
        currency="USD",
        reservable=True,
    )


def _reservation(hold: Hold) -> Reservation:
    return Reservation(hold.id, hold.numbers, hold.expires_at)
