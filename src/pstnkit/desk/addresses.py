"""Emergency addresses: a customer's own, and those of numbers that are somewhere else (SPEC S2, DOMAIN 5).

Wherever a customer or one of its locations is meant, either is named by itself or by its id. When an address comes into
effect, the numbers that it applies to are registered there.
"""

from __future__ import annotations

from collections.abc import Iterable

from pstnkit.accounts import missing as lacking
from pstnkit.accounts.address_checks import AddressCheck
from pstnkit.accounts.addresses import CivicAddress
from pstnkit.accounts.agreements import Agreement
from pstnkit.accounts.customers import Customer
from pstnkit.accounts.emergency import AcceptAddress, Addressed, EnterAddress, Location, OverrideCheck
from pstnkit.accounts.missing import Missing, MissingKind
from pstnkit.carriers.flow import Flow
from pstnkit.carriers.protocol import CheckAddress
from pstnkit.desk.answers import answer
from pstnkit.desk.office import Office, Work, book_id, carry_through, id_of
from pstnkit.desk.registering import register
from pstnkit.errors import DecisionError
from pstnkit.lifecycle.events import Decision, Report, Source
from pstnkit.lifecycle.waiting import Party
from pstnkit.numbering.ranges import NumberRange, collapse
from pstnkit.numbering.telephone import TelephoneNumber
from pstnkit.ordering.numbers import NumberBook
from pstnkit.ordering.registration_events import (
    OWN,
    MoveNumbers,
    NumbersRegistered,
    RegisterAgain,
    RegistrationStatus,
    UseAddress,
)
from pstnkit.porting.ports import PortOrder
from pstnkit.stores.protocol import UnknownRecord

Owner = Customer | Location
Numbers = Iterable[NumberRange | TelephoneNumber]


class NoAddress(DecisionError):
    """An emergency address was to be checked before one was entered."""


def _owner(office: Office, named: Owner | str) -> Owner:
    """The customer or location that is named."""
    if isinstance(named, str):
        try:
            return office.get(Customer, named)
        except UnknownRecord:
            try:
                return office.get(Location, named)
            except UnknownRecord:
                raise UnknownRecord("customer or location", named) from None
    if not isinstance(named, Customer | Location):
        raise TypeError(f"an address is a customer's or a location's, not one of {type(named).__name__}")
    return office.again(named)


def _customer_of(owner: Owner) -> str:
    return owner.id if isinstance(owner, Customer) else owner.customer


def _happen(work: Work, owner: Owner, body: Decision | Report, source: Source, actor: str | None) -> None:
    """Let ``body`` happen to the address; what has come into effect applies to numbers from the same moment on."""
    entry = work.happen(owner, body, source=source, actor=actor)
    after = work.again(owner)
    if after.in_effect is not None and after.in_effect != owner.in_effect:
        book = work.get(NumberBook, book_id(_customer_of(owner)))
        location = OWN if isinstance(owner, Customer) else owner.id
        using = UseAddress(after.in_effect, location)
        work.happen(book, using, source=source, actor=actor, at=entry.event.at)


def _decide(office: Office, named: Owner | str, decision: Decision) -> Owner:
    owner = _owner(office, named)
    carry_through(office, lambda work: _happen(work, work.again(owner), decision, Source.PARTNER, None))
    return office.again(owner)


def enter_emergency_address(
    office: Office, of: Customer | Location | str, address: CivicAddress
) -> Flow[AddressCheck]:
    """Enter the emergency address of a customer or location and have the carrier check it (SPEC S2); gives what the
    check said.

    The address is saved before the carrier is asked. When the carrier does not answer, that is raised, and the address
    stays :attr:`~pstnkit.accounts.emergency.AddressStatus.CHECKING`: have it checked again.
    """
    owner = _decide(office, of, EnterAddress(address))
    return (yield from _check(office, owner, address))


def check_emergency_address(office: Office, of: Customer | Location | str) -> Flow[AddressCheck]:
    """Have the carrier check the address again that was entered: its checker was away, or knows more by now.

    Raises :class:`NoAddress` when none was entered.
    """
    owner = _owner(office, of)
    if owner.address is None:
        raise NoAddress("there is no emergency address to be checked: enter one")
    return (yield from _check(office, owner, owner.address))


def _check(office: Office, owner: Owner, address: CivicAddress) -> Flow[AddressCheck]:
    said = yield from answer(CheckAddress(address))

    carry_through(
        office, lambda work: _happen(work, work.again(owner), said, Source.CARRIER, "address check")
    )
    yield from register(office, _customer_of(owner))
    return said


def accept_address(
    office: Office, of: Customer | Location | str, address: CivicAddress | None = None
) -> Flow[Addressed]:
    """Take the address that the carrier has proposed, or the one of its candidates that is meant (SPEC S2).

    Raises :class:`~pstnkit.accounts.emergency.NotProposed` for an address that the carrier did not propose.
    """
    owner = _decide(office, of, AcceptAddress(address))
    yield from register(office, _customer_of(owner))
    return owner


def override_address_check(
    office: Office, of: Customer | Location | str, address: CivicAddress, why: str
) -> Flow[Addressed]:
    """Say that ``address``, exactly as it was entered, is right whatever the check said; who says so is kept.

    Raises :class:`~pstnkit.accounts.emergency.NotThisAddress` when another one stands there by now.
    """
    owner = _decide(office, of, OverrideCheck(address, why))
    yield from register(office, _customer_of(owner))
    return owner


def add_location(office: Office, customer: Customer | str, address: CivicAddress) -> Flow[Location]:
    """Another place of a customer, with an emergency address of its own, which the carrier checks; its numbers are
    named with :func:`use_location` once the address is in effect."""
    work = Work(office)
    owner = work.get(Customer, customer)
    location = Location(id=office.new_id("location"), partner=office.partner, customer=owner.id)
    work.put(location)
    work.happen(location, EnterAddress(address))
    work.save()
    yield from _check(office, location, address)
    return office.again(location)


def locations(office: Office, customer: Customer | str) -> tuple[Location, ...]:
    """The places of a customer that have emergency addresses of their own."""
    return office.of_customer(Location, office.get(Customer, customer))


def use_location(
    office: Office, customer: Customer | str, numbers: Numbers, location: Location | str | None
) -> Flow[NumberBook]:
    """Have numbers registered at a location instead of the customer's address, or (None) there again.

    Raises :class:`~pstnkit.ordering.registrations.NoAddressInEffect`,
    :class:`~pstnkit.ordering.numbers.NotThisCustomers`, and
    :class:`~pstnkit.stores.protocol.UnknownRecord` for a location that is another customer's.
    """
    owner = office.get(Customer, customer)
    if location is not None:
        place = office.get(Location, location)
        if place.customer != owner.id:
            raise UnknownRecord("location of that customer", place.id)
    moving = MoveNumbers(tuple(collapse(numbers)), OWN if location is None else id_of(location))
    return (yield from _decide_about_numbers(office, owner, moving))


def register_again(office: Office, customer: Customer | str, numbers: Numbers) -> Flow[NumberBook]:
    """Register numbers again where they are, once whatever made it fail has been mended."""
    return (yield from _decide_about_numbers(office, customer, RegisterAgain(tuple(collapse(numbers)))))


def _decide_about_numbers(
    office: Office, customer: Customer | str, decision: MoveNumbers | RegisterAgain
) -> Flow[NumberBook]:
    carry_through(office, lambda work: work.happen(work.get(NumberBook, book_id(customer)), decision))
    yield from register(office, customer)
    return office.get(NumberBook, book_id(customer))


def told_registered(office: Office, customer: Customer | str, numbers: Numbers, *, by: str) -> NumberBook:
    """A person (``by``) says that numbers are registered at the address that applies to them, in another way than
    through the carrier.

    Raises :class:`~pstnkit.ordering.registrations.NoAddressInEffect` for a number that no address applies to.
    """
    chosen = tuple(collapse(numbers))

    def hear(work: Work) -> NumberBook:
        book = work.get(NumberBook, book_id(customer))
        for report in told(book, chosen):
            work.happen(work.again(book), report, source=Source.CUSTOMER, actor=by)
        return work.again(book)

    after, _ = carry_through(office, hear)
    return after


def told(book: NumberBook, chosen: tuple[NumberRange, ...]) -> list[NumbersRegistered]:
    """What is told of ``chosen`` numbers, a report for each address that applies to some of them."""
    by_location = book.emergency.by_location(number for numbers in chosen for number in numbers)
    reports = []
    for location, numbers in by_location.items():
        for number in numbers:
            book.registration(number)  # a number of the customer's
        reports.append(
            NumbersRegistered(tuple(collapse(numbers)), book.emergency.address_at(location).address)
        )
    return reports


def missing(office: Office, customer: Customer | str) -> tuple[Missing, ...]:
    """What is missing before a customer can order and use numbers, and on whom each of it waits: the set-up, then what
    is to be signed, then the locations and the registrations of its numbers."""
    owner = office.get(Customer, customer)
    over = {port.id for port in office.of_customer(PortOrder, owner) if port.is_over}
    signing = (each for each in office.of_customer(Agreement, owner) if each.order not in over)
    found = list(lacking.missing(owner, signing))
    for location in office.of_customer(Location, owner):
        found += lacking.missing_of_address(location)
    return (*found, *_missing_of_numbers(office.get(NumberBook, book_id(owner))))


_OF_NUMBERS = (
    (RegistrationStatus.PENDING, MissingKind.REGISTRATION_PENDING, Party.CARRIER),
    (RegistrationStatus.FAILED, MissingKind.REGISTRATION_FAILED, Party.PARTNER),
    (RegistrationStatus.PENDING_REMOVAL, MissingKind.REMOVAL_PENDING, Party.CARRIER),
)


def _missing_of_numbers(book: NumberBook) -> Iterable[Missing]:
    if bare := book.emergency.counts[RegistrationStatus.UNREGISTERED]:
        yield Missing(MissingKind.NUMBER_ADDRESS, Party.PARTNER, book.id, count=bare)
    for status, kind, on in _OF_NUMBERS:
        if count := book.emergency.counts[status]:
            detail = book.emergency.latest_failure if status is RegistrationStatus.FAILED else ""
            yield Missing(kind, on, book.id, detail, count)
