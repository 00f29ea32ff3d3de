"""What is missing before a customer can order and use numbers, and on whom it waits: at any time (SPEC S, E3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from attrs import frozen

from pstnkit.accounts.address_checks import CheckerUnavailable
from pstnkit.accounts.agreements import Agreement, AgreementKind, AgreementStatus, base_agreement
from pstnkit.accounts.customers import Customer, SetUpStatus
from pstnkit.accounts.emergency import Addressed, AddressStatus
from pstnkit.catalog import sentence
from pstnkit.lifecycle.waiting import Party


class MissingKind(StrEnum):
    """What can be missing."""

    CONTRACT_INFORMATION = "contract_information"
    EMERGENCY_ADDRESS = "emergency_address"
    ADDRESS_CHECK = "address_check"
    ADDRESS_CHECKER = "address_checker"
    ADDRESS_PROPOSED = "address_proposed"
    ADDRESS_AMBIGUOUS = "address_ambiguous"
    ADDRESS_REJECTED = "address_rejected"
    DISCREPANCY = "discrepancy"
    AGREEMENT_UNSENT = "agreement_unsent"
    SIGNATURE = "signature"
    AGREEMENT_REFUSED = "agreement_refused"
    NUMBER_ADDRESS = "number_address"
    REGISTRATION_PENDING = "registration_pending"
    REGISTRATION_FAILED = "registration_failed"
    REMOVAL_PENDING = "removal_pending"


@frozen
class Missing:
    """One thing that is missing: what, on whom it waits, and the figures of its sentence.

    ``about`` is the id of the record that it is about, ``detail`` what more there is to say, ``count`` how many numbers
    are concerned. ``str`` gives the sentence.
    """

    kind: MissingKind
    on: Party
    about: str
    detail: str = ""
    count: int = 0

    def __str__(self) -> str:
        return sentence(self.kind, detail=self.detail, count=self.count)


_ON_ADDRESS = {
    AddressStatus.NONE: (MissingKind.EMERGENCY_ADDRESS, Party.PARTNER),
    AddressStatus.CHECKING: (MissingKind.ADDRESS_CHECK, Party.CARRIER),
    AddressStatus.PROPOSED: (MissingKind.ADDRESS_PROPOSED, Party.PARTNER),
    AddressStatus.AMBIGUOUS: (MissingKind.ADDRESS_AMBIGUOUS, Party.PARTNER),
    AddressStatus.REJECTED: (MissingKind.ADDRESS_REJECTED, Party.PARTNER),
}


def missing(customer: Customer, agreements: Iterable[Agreement] = ()) -> tuple[Missing, ...]:
    """What is missing of a customer's set-up, in the order in which it is done, and what is unsigned (SPEC S1 to S4).

    The agreement is missing, too, while nobody has ordered yet: it is sent with the first order, which waits for it.

    >>> customer = Customer(id="c-1", partner="north", company="Bay Bicycles", email="ada@bay.example",
    ...                     timezone="America/Los_Angeles")
    >>> [(lack.kind.value, lack.on.value) for lack in missing(customer)][:2]
    [('contract_information', 'partner'), ('emergency_address', 'partner')]
    >>> print(missing(customer)[0])
    the name of whoever signs for Bay Bicycles has to be entered
    """
    return tuple(_missing(customer, agreements))


def _missing(customer: Customer, agreements: Iterable[Agreement]) -> Iterator[Missing]:
    if customer.status is SetUpStatus.CONTRACT_INFORMATION:
        yield Missing(MissingKind.CONTRACT_INFORMATION, Party.PARTNER, customer.id, customer.company)
    yield from missing_of_address(customer)
    yield from _unsigned(customer, agreements)


def missing_of_address(record: Addressed) -> tuple[Missing, ...]:
    """What is missing before the address of a customer, or of some numbers, is in effect."""
    found = []
    if record.address_status in _ON_ADDRESS:
        kind, on = _ON_ADDRESS[record.address_status]
        if isinstance(record.check, CheckerUnavailable):
            kind = MissingKind.ADDRESS_CHECKER
        found.append(Missing(kind, on, record.id, str(record.address or "")))
    if record.needs_attention:
        reports = ", ".join(discrepancy.report for discrepancy in record.discrepancies)
        found.append(Missing(MissingKind.DISCREPANCY, Party.PARTNER, record.id, reports))
    return tuple(found)


_SENT = (AgreementStatus.SENT, AgreementStatus.DELIVERED)


def _unsigned(customer: Customer, agreements: Iterable[Agreement]) -> Iterator[Missing]:
    """The terms or the contract that orders wait for, and every letter of authorization that is not signed."""
    base = base_agreement(customer.account)
    letters: dict[str | None, list[Agreement]] = {}
    based = []
    for agreement in agreements:
        if agreement.kind is base:
            based.append(agreement)
        elif agreement.kind is AgreementKind.LETTER_OF_AUTHORIZATION:
            letters.setdefault(agreement.order, []).append(agreement)
    name = base.value.replace("_", " ")
    if not based:
        yield Missing(MissingKind.AGREEMENT_UNSENT, Party.PARTNER, customer.id, name)
    for asked in (based, *letters.values()):
        if asked and not any(agreement.signed for agreement in asked):
            yield _waiting(asked[-1])


def _waiting(agreement: Agreement) -> Missing:
    name = agreement.kind.value.replace("_", " ")
    if agreement.status is AgreementStatus.CREATED:
        return Missing(MissingKind.AGREEMENT_UNSENT, Party.CARRIER, agreement.id, name)
    if agreement.status in _SENT:
        return Missing(MissingKind.SIGNATURE, Party.ADMINISTRATOR, agreement.id, name)
    return Missing(
        MissingKind.AGREEMENT_REFUSED, Party.PARTNER, agreement.id, f"{name} was {agreement.status.value}"
    )
