"""Where the numbers of a customer are registered for emergency calls, number by number (DOMAIN 5).

A customer may have tens of thousands of numbers, and one decision may concern them all: another address. So numbers are
kept in groups, a group for the customer's own address and one for every :class:`~pstnkit.accounts.emergency.Location`
that has numbers of its own. When the address of a group changes, all its numbers are pending: the group takes the map
of its numbers for the map of those that wait, which costs the same however many there are. Counts are kept in step.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice

from attrs import evolve, field, frozen

from pstnkit.accounts.emergency import ServiceAddress
from pstnkit.errors import DecisionError
from pstnkit.lifecycle.progress import each
from pstnkit.numbering.numbermap import NumberMap
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.ranges import NumberRange, collapse
from pstnkit.numbering.shape import TOLL_FREE
from pstnkit.numbering.telephone import TelephoneNumber
from pstnkit.ordering.registration_events import OWN, RegistrationStatus
from pstnkit.ordering.shelf import Shelf

UNREGISTERED, PENDING, REGISTERED, FAILED, REMOVAL = (
    RegistrationStatus.UNREGISTERED,
    RegistrationStatus.PENDING,
    RegistrationStatus.REGISTERED,
    RegistrationStatus.FAILED,
    RegistrationStatus.PENDING_REMOVAL,
)


class NoAddressInEffect(DecisionError):
    """Numbers were to be registered where no address is in effect: it has to be confirmed, accepted or overridden.

    ``.location`` is the id of the location, empty for the customer's own.
    """

    def __init__(self, location: str) -> None:
        super().__init__(location)
        self.location = location

    def __str__(self) -> str:
        whose = f"location {self.location!r}" if self.location else "the customer"
        return f"{whose} has no emergency address in effect"


def needs_registration(number: TelephoneNumber) -> bool:
    """Whether emergency calls can be made with ``number``: with a toll-free one they cannot, it only receives calls.

    >>> needs_registration(TelephoneNumber("4155550132")), needs_registration(TelephoneNumber("8885550132"))
    (True, False)
    """
    return int(number.npa) not in TOLL_FREE


@frozen
class Standing:
    """How a number stood when that was last said: its status, since when, and why it failed.

    While a number is pending this is how it stood before, so that one that was registered is known to be covered.
    """

    status: RegistrationStatus
    since: datetime
    reason: str = ""


@frozen
class Ask:
    """What the carrier was asked under ``reference`` and has not answered: to register numbers of a ``location`` at
    ``address``, or (``address`` is None) to take their registration away.

    ``taken`` is the carrier's own reference, once it has said that it will.
    """

    reference: str
    numbers: tuple[NumberRange, ...]
    location: str | None
    address: ServiceAddress | None
    taken: str = ""


@frozen
class Due:
    """What the carrier has to be asked next: to register these numbers of a ``location`` at ``address``, or (both are
    None) to take their registration away."""

    numbers: tuple[NumberRange, ...]
    location: str | None
    address: ServiceAddress | None


@frozen
class Group:
    """The numbers of one address: ``waiting`` are those that are pending, ``unasked`` those of them that nobody has
    asked the carrier for."""

    address: ServiceAddress | None = None
    numbers: NumberMap[Standing] = NumberMap()
    waiting: NumberMap[Standing] = NumberMap()
    unasked: NumberMap[Standing] = NumberMap()
    registered: int = 0
    failed: int = 0

    def status(self, number: TelephoneNumber) -> RegistrationStatus | None:
        """How a number of the group stands; None for a stranger."""
        if number in self.waiting:
            return PENDING
        found = self.numbers.get(number)
        return None if found is None else found.status

    def at(self, address: ServiceAddress) -> Group:
        """The group at another address: all its numbers are pending anew."""
        return Group(address, self.numbers, self.numbers, self.numbers)

    def with_(self, entries: Mapping[TelephoneNumber, Standing], *, pending: bool) -> Group:
        """The group in which these numbers stand so, or are pending and stood so before."""
        registered = failed = 0
        if not pending:
            registered = sum(standing.status is REGISTERED for standing in entries.values())
            failed = sum(standing.status is FAILED for standing in entries.values())
        return evolve(
            self,
            numbers=self.numbers.set_many(entries),
            waiting=self.waiting.set_many(entries) if pending else self.waiting.without(entries),
            unasked=self.unasked.set_many(entries) if pending else self.unasked.without(entries),
            registered=self.registered - self._count(entries, REGISTERED) + registered,
            failed=self.failed - self._count(entries, FAILED) + failed,
        )

    def without(self, numbers: Collection[TelephoneNumber]) -> Group:
        """The group without these numbers."""
        return evolve(
            self,
            numbers=self.numbers.without(numbers),
            waiting=self.waiting.without(numbers),
            unasked=self.unasked.without(numbers),
            registered=self.registered - self._count(numbers, REGISTERED),
            failed=self.failed - self._count(numbers, FAILED),
        )

    def _count(self, numbers: Iterable[TelephoneNumber], status: RegistrationStatus) -> int:
        return sum(self.status(number) is status for number in numbers)

    def asked(self, numbers: Iterable[TelephoneNumber]) -> Group:
        """The group once the carrier has been asked for these."""
        return evolve(self, unasked=self.unasked.without(numbers))

    def unanswered(self, numbers: Iterable[TelephoneNumber]) -> Group:
        """The group once an answer about these has come or is not waited for: what still waits is to be asked."""
        left = {number: self.waiting[number] for number in numbers if number in self.waiting}
        return evolve(self, unasked=self.unasked.set_many(left)) if left else self


@frozen
class Registration:
    """Where one number is registered for emergency calls, or is to be.

    ``address`` is the one that applies to it, ``location`` the id of its own location (empty for the customer's
    address); ``covered`` says that it is registered at a former address while it is pending.
    """

    status: RegistrationStatus
    address: ServiceAddress | None = None
    location: str = OWN
    reason: str = ""
    covered: bool = False


_NEVER = Registration(UNREGISTERED)


@frozen
class Registrations:
    """The emergency registrations of a customer's numbers; counts cost nothing to ask for.

    ``leaving`` are numbers that have left and are still registered; ``asks`` what the carrier has been asked and has
    not answered; ``due_at`` names the locations with numbers that nobody has asked for.
    """

    groups: Shelf[Group] = field(factory=Shelf)
    places: NumberMap[str] = NumberMap()
    leaving: Group = Group()
    asks: tuple[Ask, ...] = ()
    due_at: Shelf[bool] = field(factory=Shelf)
    counts: Mapping[RegistrationStatus, int] = field(factory=lambda: dict.fromkeys(RegistrationStatus, 0))
    latest_failure: str = ""

    def group(self, location: str) -> Group:
        """The numbers of one address."""
        return self.groups.get(location, _NOBODY)

    def address_at(self, location: str) -> ServiceAddress:
        """The address in effect at a location; raises :class:`NoAddressInEffect`."""
        address = self.group(location).address
        if address is None:
            raise NoAddressInEffect(location)
        return address

    def location_of(self, number: TelephoneNumber) -> str:
        """The id of the location that ``number`` has instead of the customer's own address; empty when it has none."""
        return self.places.get(number, OWN)

    def status(self, number: TelephoneNumber) -> RegistrationStatus:
        """How ``number`` stands."""
        if number in self.leaving.numbers:
            return REMOVAL
        return self.group(self.location_of(number)).status(number) or UNREGISTERED

    def of(self, number: TelephoneNumber) -> Registration:
        """Where ``number`` is registered, or is to be."""
        if number in self.leaving.numbers:
            return Registration(REMOVAL)
        location = self.location_of(number)
        group = self.group(location)
        status = group.status(number)
        if status is None:
            return evolve(_NEVER, address=group.address, location=location)
        before = group.numbers[number]
        pending = status is PENDING
        return Registration(
            status,
            group.address,
            location,
            reason="" if pending else before.reason,
            covered=pending and before.status is REGISTERED,
        )

    def having(self, status: RegistrationStatus) -> Iterator[TelephoneNumber]:
        """The numbers that stand so, by their addresses."""
        if status is REMOVAL:
            yield from self.leaving.numbers
            return
        for location in self.groups:
            group = self.group(location)
            yield from (number for number in group.numbers if group.status(number) is status)

    def due(self, most: int, passed_over: Collection[str | None] = ()) -> Due | None:
        """What the carrier has to be asked next, for at most so many numbers; None when there is nothing.

        Nothing is asked for the locations of ``passed_over`` (None among them: for numbers that have left).
        """
        if self.leaving.unasked and None not in passed_over:
            return Due(_first(self.leaving.unasked, most), None, None)
        location = self.due_at.first(passed_over)
        if location is None:
            return None
        group = self.group(location)
        return Due(_first(group.unasked, most), location, group.address)

    # --- what changes them ----------------------------------------------------------------------------------------

    def with_group(self, location: str | None, group: Group) -> Registrations:
        """The same with the group of a location (None: of the numbers that have left) as it is now."""
        before = self.leaving if location is None else self.group(location)
        counts = dict(self.counts)
        for sign, counted in ((-1, before), (1, group)):
            if location is None:
                counts[REMOVAL] += sign * len(counted.numbers)
            else:
                settled = counted.registered + counted.failed + len(counted.waiting)
                counts[PENDING] += sign * len(counted.waiting)
                counts[REGISTERED] += sign * counted.registered
                counts[FAILED] += sign * counted.failed
                counts[UNREGISTERED] += sign * (len(counted.numbers) - settled)
        if location is None:
            return evolve(self, leaving=group, counts=counts)
        due = self.due_at
        if (location in due) is not bool(group.unasked):
            due = due.with_(location, value=True) if group.unasked else due.without(location)
        return evolve(self, groups=self.groups.with_(location, group), due_at=due, counts=counts)

    def putting(self, entries: Mapping[TelephoneNumber, Standing], *, pending: bool = False) -> Registrations:
        """The same with these numbers standing so, each in the group of its location."""
        after = self
        for location, numbers in self.by_location(entries).items():
            group = after.group(location)
            chosen = {number: entries[number] for number in numbers}
            after = after.with_group(location, group.with_(chosen, pending=pending))
        return after

    def by_location(self, numbers: Iterable[TelephoneNumber]) -> dict[str, list[TelephoneNumber]]:
        """Numbers by the location that they belong to."""
        found: dict[str, list[TelephoneNumber]] = {}
        for number in numbers:
            found.setdefault(self.location_of(number), []).append(number)
        return found

    def taking(self, numbers: Collection[TelephoneNumber]) -> Registrations:
        """The same without these numbers, wherever they stand, and without what was asked about them."""
        after = self.not_asking(numbers)
        for location, here in self.by_location(numbers).items():
            after = after.with_group(location, after.group(location).without(here))
        return after.with_group(None, after.leaving.without(numbers))

    def not_asking(self, numbers: Collection[TelephoneNumber]) -> Registrations:
        """The same without what was asked about these numbers: it is to be asked anew for the others."""
        if not self.asks:
            return self
        chosen = NumberSet(numbers)
        return self.forgetting(ask for ask in self.asks if chosen & NumberSet(ask.numbers))

    def asking(self, ask: Ask) -> Registrations:
        """The same with ``ask`` on its way."""
        group = self.leaving if ask.location is None else self.group(ask.location)
        after = self.with_group(ask.location, group.asked(each(ask.numbers)))
        return evolve(after, asks=(*self.asks, ask))

    def forgetting(self, asks: Iterable[Ask]) -> Registrations:
        """The same once ``asks`` are answered, or of no use any more: what still waits of them is to be asked."""
        after = self
        for ask in asks:
            after = evolve(after, asks=tuple(other for other in after.asks if other is not ask))
            group = after.leaving if ask.location is None else after.group(ask.location)
            after = after.with_group(ask.location, group.unanswered(each(ask.numbers)))
        return after

    def asked_under(self, reference: str) -> tuple[Ask, ...]:
        """What was asked under ``reference`` and is still open."""
        return tuple(ask for ask in self.asks if ask.reference == reference)


_NOBODY = Group()


def _first(numbers: NumberMap[Standing], most: int) -> tuple[NumberRange, ...]:
    return tuple(collapse(islice(numbers, most)))
