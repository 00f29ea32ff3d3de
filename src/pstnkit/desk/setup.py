"""Setting a customer up: the trial, contract information, the move to paid (SPEC S1, E)."""

from __future__ import annotations

from datetime import datetime

from pstnkit.accounts.customers import (
    ConvertToPaid,
    Customer,
    EnterContractInformation,
    MovedToPaid,
    SkipSetUp,
)
from pstnkit.carriers.flow import Flow
from pstnkit.desk.carrying import carry_on
from pstnkit.desk.office import Office, Work, book_id, carry_through
from pstnkit.errors import CallerError
from pstnkit.lifecycle.events import Decision, Source, aware
from pstnkit.ordering.numbers import NumberBook


def start_trial(office: Office, *, company: str, email: str, timezone: str) -> Customer:
    """A new customer on a trial; ``company`` and ``email`` are what its contract information will start from (SPEC S1).

    Raises :class:`~pstnkit.accounts.customers.InvalidContact` and
    :class:`~pstnkit.lifecycle.zones.UnknownTimeZone`.
    """
    work = Work(office)
    customer = Customer(
        id=office.new_id("customer"), partner=office.partner, company=company, email=email, timezone=timezone
    )
    work.put(customer)
    work.put(NumberBook(id=book_id(customer.id), partner=office.partner, customer=customer.id))
    work.save()
    return customer


def _decide(office: Office, customer: Customer | str, decision: Decision) -> Customer:
    carry_through(office, lambda work: work.happen(work.get(Customer, customer), decision))
    return office.get(Customer, customer)


def skip_set_up(office: Office, customer: Customer | str) -> Customer:
    """Leave the set-up for later; it goes on at the step that is not done, with nothing lost (SPEC E3)."""
    return _decide(office, customer, SkipSetUp())


def enter_contract_information(
    office: Office,
    customer: Customer | str,
    *,
    signer: str,
    company: str | None = None,
    email: str | None = None,
    timezone: str | None = None,
) -> Customer:
    """Name the signer; company, e-mail address and time zone stay as the trial has them unless they are given
    (SPEC S1)."""
    return _decide(office, customer, EnterContractInformation(signer, company, email, timezone))


def convert_to_paid(
    office: Office, customer: Customer | str, *, since: datetime | None = None
) -> Flow[Customer]:
    """Move a customer from trial to paid, now or ``since`` a moment that has come: porting opens (SPEC E1), and the
    contract takes the place of the terms of service, also for orders that still wait for a signature (SPEC O5).

    Raises :class:`FutureConversion` for a moment that is still to come.
    """
    _no_future(office, since)
    carry_through(office, lambda work: work.happen(work.get(Customer, customer), ConvertToPaid(), at=since))
    yield from carry_on(office, customer)
    return office.get(Customer, customer)


def told_paid(office: Office, customer: Customer | str, *, since: datetime, by: str) -> Flow[Customer]:
    """Whoever keeps the accounts (``by``) says since when a customer is paid; said again, it changes nothing."""
    _no_future(office, since)

    def hear(work: Work) -> None:
        record = work.get(Customer, customer)
        work.happen(record, MovedToPaid(), source=Source.CUSTOMER, actor=by, at=since)

    carry_through(office, hear)
    yield from carry_on(office, customer)
    return office.get(Customer, customer)


class FutureConversion(CallerError):
    """A move to paid that is still to come: tell it when it has come. ``.since`` is the moment that was given."""

    def __init__(self, since: datetime) -> None:
        super().__init__(since)
        self.since = since

    def __str__(self) -> str:
        return f"{self.since.isoformat()} is still to come: a customer moves to paid when it has come"


def _no_future(office: Office, since: datetime | None) -> None:
    if since is not None and aware(since, "since") > office.clock():
        raise FutureConversion(since)
