"""The numbers of a customer: assigning them, and reading where they stand (SPEC P4, T)."""

from __future__ import annotations

from collections.abc import Iterable

from pstnkit.accounts.customers import Customer
from pstnkit.desk.office import Office, Work, book_id, carry_through
from pstnkit.lifecycle.events import Decision, Report, Source
from pstnkit.numbering.ranges import NumberRange, collapse
from pstnkit.numbering.telephone import TelephoneNumber
from pstnkit.ordering.number_events import (
    Assign,
    Assignee,
    NumbersPortedOut,
    Unassign,
)
from pstnkit.ordering.numbers import NumberBook

Numbers = Iterable[NumberRange | TelephoneNumber]


def book(office: Office, customer: Customer | str) -> NumberBook:
    """All numbers of a customer, with their statuses and counts (SPEC T2, T5)."""
    return office.get(NumberBook, book_id(customer))


def _decide(office: Office, customer: Customer | str, decision: Decision) -> NumberBook:
    return _happened(office, customer, decision, Source.PARTNER, None)


def _happened(
    office: Office, customer: Customer | str, body: Decision | Report, source: Source, actor: str | None
) -> NumberBook:
    def happen(work: Work) -> NumberBook:
        work.happen(work.get(NumberBook, book_id(customer)), body, source=source, actor=actor)
        return work.get(NumberBook, book_id(customer))

    after, _ = carry_through(office, happen)
    return after


def assign(office: Office, customer: Customer | str, numbers: Numbers, to: Assignee) -> NumberBook:
    """Associate numbers with a user, a hunt group or an auto attendant: all of them or, with the error, none (SPEC P4).

    Raises :class:`~pstnkit.ordering.numbers.NotThisCustomers` and :class:`~pstnkit.ordering.numbers.AlreadyAssigned`.
    """
    return _decide(office, customer, Assign(tuple(collapse(numbers)), to))


def unassign(office: Office, customer: Customer | str, numbers: Numbers) -> NumberBook:
    """Free numbers of whom they are assigned to."""
    return _decide(office, customer, Unassign(tuple(collapse(numbers))))


def told_ported_out(office: Office, customer: Customer | str, numbers: Numbers, *, by: str) -> NumberBook:
    """A person (``by``) was told that numbers have left for another carrier."""
    report = NumbersPortedOut(tuple(collapse(numbers)))
    return _happened(office, customer, report, Source.CUSTOMER, by)
