"""Customers and their addresses for tests of accounts and of ordering."""

from __future__ import annotations

from typing import Any

from lifecycle_cases import event
from pstnkit.accounts.address_checks import AddressConfirmed
from pstnkit.accounts.addresses import CivicAddress
from pstnkit.accounts.customers import ConvertToPaid, Customer, EnterContractInformation
from pstnkit.accounts.emergency import EnterAddress
from pstnkit.lifecycle.events import Decision, Report
from pstnkit.lifecycle.record import apply

ADDRESS = CivicAddress(
    house_number="500", street="Ansun St", city="San Francisco", state="CA", postal_code="94108"
)
PROPOSED = CivicAddress(
    house_number="500", street="Anson St", city="San Francisco", state="CA", postal_code="94107"
)


def trial(**fields: Any) -> Customer:
    """A customer whose trial has begun."""
    known: dict[str, Any] = {
        "id": "customer-1",
        "partner": "partner-1",
        "company": "Harbor Dental",
        "email": "admin@harbor.example",
        "timezone": "America/Los_Angeles",
    }
    return Customer(**(known | fields))


def told(customer: Customer, *bodies: Decision | Report) -> Customer:
    """The customer after all of ``bodies``."""
    for body in bodies:
        customer = apply(customer, event(customer.id, body)).record
    return customer


def ready_trial() -> Customer:
    """A customer on a trial whose set-up is complete."""
    return told(
        trial(), EnterContractInformation("Dana Reed"), EnterAddress(ADDRESS), AddressConfirmed(ADDRESS)
    )


def ready_paid() -> Customer:
    """A paid customer whose set-up is complete."""
    return told(ready_trial(), ConvertToPaid())
