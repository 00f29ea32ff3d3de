"""SPEC F4: what an order waits for at any moment, on whom, and how late it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve

from lifecycle_cases import FIRST, NOW, event, number_order, port_order
from pstnkit.accounts.agreements import Agreement, AgreementKind, AgreementStatus
from pstnkit.accounts.customers import Customer
from pstnkit.catalog import SENTENCES, key_of
from pstnkit.lifecycle.events import NaiveTime, Report
from pstnkit.lifecycle.fulfillment import FulfillmentPolicy, OrderKind
from pstnkit.lifecycle.history import Discrepancy, Entry
from pstnkit.lifecycle.order import Order
from pstnkit.lifecycle.record import apply
from pstnkit.lifecycle.reports import Acknowledged, Cancel, DocumentsAsked, NumbersNamed, NumbersWorking
from pstnkit.lifecycle.waiting import ON, Expectation, Party, WaitingFor
from pstnkit.ordering import waiting as ordering
from pstnkit.ordering.orders import NumberOrder, OrderStatus
from pstnkit.porting import waiting as porting
from pstnkit.porting.dates import FirmDate
from pstnkit.porting.ports import PortOrder, PortStatus
from pstnkit.porting.rejects import PortRejected
from pstnkit.porting.reports import HeldAsDraft, SentToLosingCarrier, SignatureMissing
from pstnkit.porting.steps import steps

ADA = Customer(
    id="customer-1",
    partner="partner-1",
    company="Harbor Dental",
    email="front@harbor.example",
    timezone="America/Los_Angeles",
    paid_since=NOW,
    signer="Ada Byron",
)


def agreement_of(kind: AgreementKind, status: AgreementStatus, *, order: str | None = None) -> Agreement:
    return Agreement(
        id="agreement-1",
        partner="partner-1",
        customer="customer-1",
        kind=kind,
        signer="Ada Byron",
        email="front@harbor.example",
        client_reference="reference-3",
        order=order,
        status=status,
    )


def expect(
    order: Order[Any],
    agreements: Sequence[Agreement] = (),
    *,
    now: datetime = NOW,
    customer: Customer = ADA,
    history: Sequence[Entry] = (),
) -> Expectation:
    said: dict[str, Any] = {
        "customer": customer,
        "agreements": agreements,
        "policy": FulfillmentPolicy(),
        "now": now,
        "history": history,
    }
    if isinstance(order, NumberOrder):
        return ordering.expect(order, **said)
    assert isinstance(order, PortOrder)
    return porting.expect(order, **said)


def waits(order: Order[Any], *agreements: Agreement, customer: Customer = ADA) -> list[str]:
    return [wait.what.value for wait in expect(order, agreements, customer=customer).waits]


@pytest.mark.parametrize("status", OrderStatus)
def test_an_order_waits_for_something_on_somebody_until_it_is_over(status: OrderStatus) -> None:
    order = number_order(status)
    assert bool(waits(order)) is not order.is_over
    assert bool(expect(order).on) is not order.is_over


@pytest.mark.parametrize("status", PortStatus)
def test_a_port_waits_for_something_on_somebody_until_it_is_over(status: PortStatus) -> None:
    port = port_order(status)
    assert bool(waits(port)) is not port.is_over


@pytest.mark.parametrize("what", WaitingFor)
def test_whatever_is_waited_for_has_its_sentence_and_somebody_who_has_to_act(what: WaitingFor) -> None:
    assert key_of(what) in SENTENCES
    assert isinstance(ON[what], Party)


@pytest.mark.parametrize(
    ("status", "what", "on"),
    [
        (OrderStatus.DRAFT, "the confirmation has to be read and finished", "partner"),
        (OrderStatus.SUBMITTING, "the carrier has to answer", "carrier"),
        (OrderStatus.OUTCOME_UNKNOWN, "what the carrier has must be read", "carrier"),
        (OrderStatus.PROCESSING, "the carrier has to provision 3 numbers", "carrier"),
        (OrderStatus.BACKORDERED, "the carrier has no stock for 3 numbers, and keeps the order", "carrier"),
        (PortStatus.SUBMITTED, "the carrier has to check the port", "carrier"),
        (PortStatus.CANCEL_PENDING, "the carrier has to confirm that it is cancelled", "carrier"),
        (PortStatus.REJECTED, "the port was rejected, and has to be corrected", "partner"),
        (PortStatus.SUPPLEMENT_PENDING, "the losing carrier has to take the correction", "losing_carrier"),
        (PortStatus.FOC_CONFIRMED, "3 numbers move at a day that is not known", "losing_carrier"),
        (PortStatus.ACTIVATING, "3 numbers have to be activated", "carrier"),
    ],
)
def test_each_state_says_what_is_waited_for_and_on_whom(
    status: OrderStatus | PortStatus, what: str, on: str
) -> None:
    order: Order[Any] = number_order(status) if isinstance(status, OrderStatus) else port_order(status)
    [wait] = expect(order).waits
    assert str(wait).startswith(what)
    assert wait.on.value == on


@pytest.mark.parametrize(
    ("said", "what", "on"),
    [
        (HeldAsDraft(), "the port has to be completed at the carrier", "partner"),
        (DocumentsAsked("a bill"), "the carrier has to be given what it lacks to go on (a bill)", "partner"),
        (SignatureMissing(), "what the carrier has sent has to be signed", "administrator"),
        (SentToLosingCarrier(), "the losing carrier has to commit itself to a date", "losing_carrier"),
        (
            PortRejected("8G", "name", "name_mismatch"),
            "the port was rejected, and has to be corrected (name)",
            "partner",
        ),
        (PortRejected("", "", "port_protection"), "the port was rejected, and the customer", "administrator"),
        (PortRejected("", "", "carrier_working"), "the port was rejected, and the carrier is", "carrier"),
        (
            PortRejected("", "", "npac_conflict"),
            "the port was rejected, and the losing carrier",
            "losing_carrier",
        ),
    ],
    ids=repr,
)
def test_a_submitted_or_rejected_port_waits_on_whom_its_next_step_names(
    said: Report, what: str, on: str
) -> None:
    port = apply(port_order(PortStatus.SUBMITTED), event("port-1", said)).record
    [wait] = expect(port).waits
    assert str(wait).startswith(what)
    assert wait.on.value == steps(port)[0].on.value == on


def test_an_advanced_order_waits_for_its_numbers_to_be_named_before_they_are_provisioned() -> None:
    order = number_order(OrderStatus.PROCESSING, kind=OrderKind.ADVANCED)
    assert str(expect(order).waits[0]) == "the carrier has to find 3 numbers"
    order = apply(order, event(order.id, NumbersNamed((FIRST,)))).record
    assert str(expect(order).waits[0]) == "the carrier has to find 2 numbers"


def test_a_port_with_a_firm_date_waits_for_it_in_the_customers_time() -> None:
    port = evolve(
        port_order(PortStatus.FOC_CONFIRMED), foc=FirmDate(datetime(2026, 12, 1, 19, 30, tzinfo=UTC))
    )
    [wait] = expect(port).waits
    assert str(wait) == "3 numbers move at 2026-12-01 11:30 PST"


def test_a_number_that_works_is_waited_for_no_more() -> None:
    port = apply(port_order(PortStatus.ACTIVATING), event("port-1", NumbersWorking((FIRST,)))).record
    assert str(expect(port).waits[0]) == "2 numbers have to be activated"


@pytest.mark.parametrize(
    ("status", "what", "on"),
    [
        (None, "the contract has to be sent to Ada Byron", Party.CARRIER),
        (AgreementStatus.CREATED, "the contract has to be sent to Ada Byron", Party.CARRIER),
        (AgreementStatus.SENT, "Ada Byron has to sign the contract", Party.ADMINISTRATOR),
        (AgreementStatus.DELIVERED, "Ada Byron has to sign the contract", Party.ADMINISTRATOR),
        (
            AgreementStatus.DECLINED,
            "nobody has signed the contract (declined): send it again, or cancel",
            Party.PARTNER,
        ),
        (
            AgreementStatus.EXPIRED,
            "nobody has signed the contract (expired): send it again, or cancel",
            Party.PARTNER,
        ),
        (
            AgreementStatus.VOIDED,
            "nobody has signed the contract (voided): send it again, or cancel",
            Party.PARTNER,
        ),
    ],
)
def test_a_signature_is_waited_for_where_its_agreement_lies(
    status: AgreementStatus | None, what: str, on: Party
) -> None:
    asked = [] if status is None else [agreement_of(AgreementKind.CONTRACT, status)]
    [wait] = expect(number_order(OrderStatus.AWAITING_SIGNATURE), asked).waits
    assert (str(wait), wait.on) == (what, on)


def test_the_letter_of_another_port_is_no_letter_of_this_one() -> None:
    other = agreement_of(AgreementKind.LETTER_OF_AUTHORIZATION, AgreementStatus.SENT, order="port-2")
    ours = agreement_of(AgreementKind.LETTER_OF_AUTHORIZATION, AgreementStatus.SENT, order="port-1")
    port = port_order(PortStatus.AWAITING_LOA)
    assert waits(port, other) == ["agreement", "agreement"]
    assert waits(port, ours) == ["agreement", "signature"]


def test_without_a_signer_the_mailbox_is_named() -> None:
    [wait] = expect(number_order(OrderStatus.AWAITING_SIGNATURE), customer=evolve(ADA, signer=None)).waits
    assert wait.who == "front@harbor.example"


def test_an_order_that_is_being_cancelled_waits_for_that_as_well() -> None:
    order = number_order(OrderStatus.PROCESSING)
    order = apply(order, event(order.id, Cancel())).record
    assert waits(order) == ["cancellation", "provisioning"]
    port = apply(port_order(PortStatus.SUBMITTED), event("port-1", Cancel())).record
    assert waits(port) == ["cancellation"]


def test_a_discrepancy_waits_for_somebody_also_when_the_order_is_over() -> None:
    order = number_order(OrderStatus.COMPLETED)
    order = evolve(order, discrepancies=(Discrepancy("e-1", NOW, "completed", "Cancelled"),))
    [wait] = expect(order).waits
    assert str(wait) == ("a report contradicts what is settled, and somebody has to look at it (Cancelled)")


def test_an_end_that_leaves_open_which_numbers_work_has_to_be_read() -> None:
    assert waits(evolve(number_order(OrderStatus.PROCESSING), unread=True)) == ["reading", "provisioning"]


def started(at: datetime) -> NumberOrder:
    return evolve(number_order(OrderStatus.PROCESSING), clock_started=at)


def test_f1_a_standard_order_is_late_after_ten_minutes_and_says_how_much() -> None:
    order = started(NOW)
    in_time = expect(order, now=NOW + timedelta(minutes=10))
    assert in_time.overdue_by is None
    assert in_time.sentences()[0] == "due 2026-11-20 07:10 PST"
    late = expect(order, now=NOW + timedelta(hours=3, minutes=10))
    assert late.overdue_by == timedelta(hours=3)
    assert late.sentences() == (
        "was due 2026-11-20 07:10 PST, 3 h ago",
        "the carrier has to provision 3 numbers",
    )


def test_f4_an_order_that_waits_for_a_signature_is_never_late() -> None:
    order = number_order(OrderStatus.AWAITING_SIGNATURE)
    found = expect(order, now=NOW + timedelta(days=400))
    assert (found.due, found.started, found.overdue_by) == (None, None, None)


def test_an_order_that_is_over_is_not_late() -> None:
    order = evolve(number_order(OrderStatus.COMPLETED), clock_started=NOW)
    found = expect(order, now=NOW + timedelta(days=1))
    assert (found.overdue_by, found.waits, found.sentences()) == (None, (), ())
    assert found.due is not None


def test_a_history_says_since_when_an_order_is_in_its_state() -> None:
    order = number_order(OrderStatus.SUBMITTING)
    moved = apply(order, event(order.id, Acknowledged("theirs-1"), at=NOW - timedelta(hours=1)))
    found = expect(moved.record, history=[moved.entry])
    assert found.since == NOW - timedelta(hours=1)
    assert expect(moved.record).since is None


def test_the_present_says_its_zone() -> None:
    with pytest.raises(NaiveTime, match="now must say its zone"):
        expect(started(NOW), now=NOW.replace(tzinfo=None))


def test_an_order_that_lacks_documents_waits_for_the_partner_to_hand_them_in() -> None:
    order = number_order(OrderStatus.PROCESSING)
    order = apply(order, event(order.id, DocumentsAsked("a bill of the last month"))).record
    [wait] = expect(order).waits
    assert "a bill of the last month" in str(wait)
    assert wait.what is WaitingFor.DOCUMENTS
