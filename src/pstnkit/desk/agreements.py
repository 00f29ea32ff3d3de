"""What is done about agreements at a desk: sent again, withdrawn, and told of by people (SPEC O3, O5)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pstnkit.accounts.agreements import Agreement, AgreementStatus, EnvelopeSigned, Send, Void
from pstnkit.accounts.customers import Customer
from pstnkit.carriers.flow import Flow
from pstnkit.desk.carrying import AnyOrder, carry_on
from pstnkit.desk.gates import ask_for, asked_for, closed_gates
from pstnkit.desk.office import Office, Work, carry_through
from pstnkit.desk.orders import find_order
from pstnkit.errors import CallerError
from pstnkit.lifecycle.events import Source, aware

_WITH_THE_SIGNER = (AgreementStatus.CREATED, AgreementStatus.SENT, AgreementStatus.DELIVERED)


class FutureSignature(CallerError):
    """A signature that is still to come: tell it when it has come. ``.at`` is the moment that was given."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at)
        self.at = at

    def __str__(self) -> str:
        return f"{self.at.isoformat()} is still to come: nobody has signed yet"


def send_again(office: Office, order: AnyOrder | str) -> Flow[tuple[Agreement, ...]]:
    """Send again whatever an order still has to have signed; gives those agreements.

    What was sent before no longer counts, though it be signed. In place of one that came to nothing, and of a letter
    whose date the policy does not take, a new one is sent. Of an order that waits for no signature, nothing is sent.
    """
    found = find_order(office, order)
    sent, _ = carry_through(office, lambda work: _sent_again(work, work.again(found)))
    yield from carry_on(office, found.customer)
    return tuple(office.get(Agreement, agreement) for agreement in sent)


def _sent_again(work: Work, order: AnyOrder) -> list[str]:
    customer = work.get(Customer, order.customer)
    sent = []
    for gate in closed_gates(work, customer, order):
        asked = asked_for(work, customer, gate, order)
        if asked and asked[-1].status in _WITH_THE_SIGNER:
            last = asked[-1]
            work.happen(last, Send(work.office.new_id("reference")))
        else:
            last = ask_for(work, customer, gate, order)
        sent.append(last.id)
    return sent


def withdraw(office: Office, agreement: Agreement | str) -> Flow[Agreement]:
    """Withdraw an agreement that is not signed: what is done with it at the signer's from now on contradicts.

    Raises :class:`~pstnkit.lifecycle.machine.DecisionRefused` for one that is signed or was withdrawn.
    """
    found = office.get(Agreement, agreement)
    carry_through(office, lambda work: work.happen(work.again(found), Void()))
    yield from carry_on(office, found.customer)
    return office.again(found)


def told_signed(
    office: Office,
    agreement: Agreement | str,
    *,
    at: datetime,
    by: str,
    signer: str | None = None,
    dated: date | None = None,
) -> Flow[Agreement]:
    """A person (``by``) says that an agreement was signed ``at`` a moment: a letter that comes back by mail (SPEC O3).

    ``signer`` is whose signature it bears, ``dated`` the day that stands on it. A letter whose date the policy does not
    take opens no gate: what is to be done stands in the order's :meth:`~pstnkit.Desk.expectation`. Raises
    :class:`FutureSignature` for a moment that is still to come: whatever waits for the signature would be sent now.
    """
    if aware(at, "at") > office.clock():
        raise FutureSignature(at)

    found, report = office.get(Agreement, agreement), EnvelopeSigned(by=signer, dated=dated)
    said: dict[str, Any] = {"source": Source.CUSTOMER, "actor": by, "at": at}
    carry_through(office, lambda work: work.happen(work.again(found), report, **said))
    yield from carry_on(office, found.customer)
    return office.again(found)
