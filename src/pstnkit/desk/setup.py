"""Setting a customer up: the trial, contract information, the emergency address, the move to paid (SPEC S, E)."""

from __future__ import annotations

from pstnkit.accounts.addresses import AddressCheck, CivicAddress
from pstnkit.accounts.customers import (
    AcceptProposal,
    ConvertToPaid,
    Customer,
    EnterAddress,
    EnterContractInformation,
    SkipSetUp,
)
from pstnkit.carriers.flow import Flow
from pstnkit.carriers.protocol import CheckAddress
from pstnkit.desk.answers import answer
from pstnkit.desk.carrying import carry_on
from pstnkit.desk.office import Office, Work, book_id, persist
from pstnkit.lifecycle.events import Decision, Source
from pstnkit.lifecycle.zones import zone
from pstnkit.ordering.numbers import NumberBook


def start_trial(office: Office, *, company: str, email: str, timezone: str) -> Customer:
    """A new customer on a trial; ``company`` and ``email`` are what its contract information will start from (SPEC S1).

    Raises :class:`~pstnkit.lifecycle.zones.UnknownTimeZone`.
    """
    zone(timezone)
    work = Work(office)
    customer = Customer(
        id=office.new_id("customer"), partner=office.partner, company=company, email=email, timezone=timezone
    )
    work.put(customer)
    work.put(NumberBook(id=book_id(customer.id), partner=office.partner, customer=customer.id))
    work.save()
    return customer


def _decide(office: Office, customer: Customer | str, decision: Decision) -> Customer:
    work = Work(office)
    work.happen(work.get(Customer, customer), decision)
    work.save()
    return work.get(Customer, customer)


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
) -> Customer:
    """Name the signer; company and e-mail address stay as the trial has them unless they are given (SPEC S1)."""
    return _decide(office, customer, EnterContractInformation(signer, company, email))


def enter_emergency_address(
    office: Office, customer: Customer | str, address: CivicAddress
) -> Flow[AddressCheck]:
    """Enter the emergency address and have the carrier check it (SPEC S2); gives what the check said.

    The address is saved before the carrier is asked. When the carrier does not answer, that is raised, and the step
    stays :attr:`~pstnkit.accounts.customers.SetUpStatus.ADDRESS_CHECK`: enter the address again.
    """
    _decide(office, customer, EnterAddress(address))
    said = yield from answer(CheckAddress(address))

    def save() -> None:
        work = Work(office)
        work.happen(work.get(Customer, customer), said, source=Source.CARRIER, actor="address check")
        work.save()

    persist(save)
    return said


def accept_address(office: Office, customer: Customer | str) -> Customer:
    """Take the address that the carrier has proposed (SPEC S2)."""
    return _decide(office, customer, AcceptProposal())


def convert_to_paid(office: Office, customer: Customer | str) -> Flow[Customer]:
    """Move a customer from trial to paid: porting opens (SPEC E1), and the contract takes the place of the terms of
    service, also for orders that still wait for a signature (SPEC O5)."""
    work = Work(office)
    work.happen(work.get(Customer, customer), ConvertToPaid())
    work.save()
    yield from carry_on(office, customer)
    return office.get(Customer, customer)
