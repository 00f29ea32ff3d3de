"""The shop window: searching the numbers on offer page by page, and reserving them for a while."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from pstnkit.carriers.simulator.clock import write_time
from pstnkit.carriers.simulator.messages import Fields, Refusal, Reply, bad, e164
from pstnkit.carriers.simulator.office import Office
from pstnkit.carriers.simulator.stock import Scope

PAGE_SIZE = 250
RESERVATION = timedelta(minutes=30)
LONGEST_RESERVATION = timedelta(minutes=120)
FEATURES = ("voice", "sms")
CURRENCY = "USD"

# The number that a page begins after, and how many more were asked for (none: no bound).
_TOKEN = re.compile(r"(\d{10})(?:/(\d{1,9}))?", re.ASCII)


def page_after(token: str | None) -> tuple[int, int | None]:
    """What a page token means: the number before the page, and how many numbers are still wanted."""
    if token is None:
        return 0, None
    match = _TOKEN.fullmatch(token)
    if match is None:
        raise bad("page", "is not a page token of this carrier")
    return int(match[1]), None if match[2] is None else int(match[2])


@dataclass
class Reservation:
    """Numbers kept off the shelf for one caller until a moment."""

    id: str
    client_reference: str
    numbers: list[int]
    made_at: datetime
    expires_at: datetime
    state: str = "live"


class Shop:
    """Search, reserve, extend, unreserve."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._reservations: dict[str, Reservation] = {}

    def search(self, ask: Fields) -> Reply:
        """One page of offers."""
        filters = ask["filters"]
        scope = Scope(filters["npa"], filters["nxx"], filters["state"])
        after, wanted = page_after(ask["page"])
        if ask["page"] is None:
            wanted = ask["quantity"]
        size = PAGE_SIZE if wanted is None else min(PAGE_SIZE, wanted)
        found = self._office.numbers.on_offer(scope, filters["contains"] or "", after, self._office.clock.now)
        # One more than the page holds tells whether there is another.
        page = list(islice(found, size + 1))
        following = None
        if len(page) > size and wanted != size:
            following = f"{page[size - 1]}" + ("" if wanted is None else f"/{wanted - size}")
        return {"offers": [self._offer(number) for number in page[:size]], "next": following}

    @staticmethod
    def _offer(number: int) -> Reply:
        return {
            "number": e164(number),
            "features": list(FEATURES),
            "monthly": "1.00",
            "setup": "0.50",
            "currency": CURRENCY,
            "reservable": True,
        }

    def reserve(self, ask: Fields) -> Reply:
        """Keep numbers off the shelf, all or nothing."""
        office = self._office
        numbers: list[int] = ask["numbers"]
        self.refuse_gone(numbers)
        reservation = Reservation(
            office.ids.next("RS"),
            ask["client_reference"],
            numbers,
            office.clock.now,
            office.clock.now + RESERVATION,
        )
        self._reservations[reservation.id] = reservation
        office.numbers.hold(numbers)
        self._expire_later(reservation)
        return self.view(reservation.id)

    def refuse_gone(self, numbers: list[int], held: Iterable[int] = ()) -> None:
        """Refuse unless each of ``numbers`` is on offer, or among those ``held`` for the caller."""
        kept = set(held)
        asked = [number for number in numbers if number not in kept]
        gone = self._office.numbers.gone(asked, self._office.clock.now)
        if gone:
            raise Refusal(
                "numbers_unavailable",
                f"{len(gone)} of {len(numbers)} numbers cannot be had",
                gone=[e164(number) for number in gone],
            )

    def extend(self, ask: Fields) -> Reply:
        """Keep numbers longer."""
        reservation = self.live(ask["reservation"])
        now = self._office.clock.now
        until = min(now + RESERVATION, reservation.made_at + LONGEST_RESERVATION)
        if until <= reservation.expires_at:
            raise Refusal("extension_limit", f"{reservation.id} cannot be kept longer than it is")
        reservation.expires_at = until
        self._expire_later(reservation)
        return self.view(reservation.id)

    def unreserve(self, ask: Fields) -> Reply:
        """Put reserved numbers back on offer."""
        reservation = self._find(ask["reservation"])
        if reservation.state == "live":
            self._end(reservation, "released")
        return self.view(reservation.id)

    def live(self, reservation_id: str) -> Reservation:
        """A reservation that still holds its numbers."""
        reservation = self._find(reservation_id)
        if reservation.state != "live":
            raise Refusal(
                "reservation_ended",
                f"{reservation.id} is {reservation.state}",
                state=reservation.state,
            )
        return reservation

    def use_up(self, reservation: Reservation) -> None:
        """An order has taken what it wants of the reservation: the rest is on offer again."""
        left = [number for number in reservation.numbers if number in self._office.numbers.held]
        self._office.numbers.unhold(left)
        reservation.state = "ordered"

    def view(self, reservation_id: str) -> Reply:
        """A reservation as the carrier writes it."""
        reservation = self._find(reservation_id)
        return {
            "reservation": reservation.id,
            "client_reference": reservation.client_reference,
            "state": reservation.state,
            "numbers": [e164(number) for number in reservation.numbers],
            "expires_at": write_time(reservation.expires_at),
        }

    def _find(self, reservation_id: str) -> Reservation:
        reservation = self._reservations.get(reservation_id)
        if reservation is None:
            raise Refusal("not_found", f"no reservation {reservation_id}")
        return reservation

    def _expire_later(self, reservation: Reservation) -> None:
        until = reservation.expires_at

        def expire() -> None:
            # An extension has moved the end, and has put its own expiry on the agenda.
            if reservation.state == "live" and reservation.expires_at == until:
                self._end(reservation, "expired")

        self._office.clock.at(until, expire)

    def _end(self, reservation: Reservation, state: str) -> None:
        self._office.numbers.unhold(reservation.numbers)
        reservation.state = state
