"""Orders, events and carriers' reports for tests of the lifecycles."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from itertools import count
from typing import Any, TypeVar

from attrs import evolve

from pstnkit.lifecycle.events import Decision, Event, Report, Source
from pstnkit.lifecycle.failures import Failure, FailureKind
from pstnkit.lifecycle.fulfillment import OrderKind
from pstnkit.lifecycle.history import Entry, Moved
from pstnkit.lifecycle.machine import Machine, Outcome
from pstnkit.lifecycle.order import Order
from pstnkit.lifecycle.progress import NumberProgress
from pstnkit.lifecycle.record import Record, apply
from pstnkit.lifecycle.reports import (
    Acknowledged,
    AnswerLost,
    BackOrdered,
    Cancel,
    CancellationRefused,
    Cancelled,
    DocumentsAsked,
    Finish,
    Fulfilled,
    GatesOpened,
    NeverArrived,
    NumbersFailed,
    NumbersNamed,
    NumbersWorking,
    PartlyFulfilled,
    Settle,
    TurnedDown,
    Unfulfilled,
)
from pstnkit.lifecycle.seen import SeenEvents
from pstnkit.numbering.ranges import NumberRange
from pstnkit.ordering.orders import NumberOrder, OrderStatus, Wanted
from pstnkit.porting.dates import FirmDate
from pstnkit.porting.ports import PortOrder, PortStatus
from pstnkit.porting.rejects import PortRejected
from pstnkit.porting.reports import (
    ActivationHampered,
    ActivationStarted,
    CancellationTaken,
    ContractSigned,
    DateInJeopardy,
    FocConfirmed,
    HeldAsDraft,
    NumbersLeaving,
    NumbersLeft,
    NumbersSnappedBack,
    PortExpired,
    SentToLosingCarrier,
    SignatureMissing,
    SupplementRefused,
    SupplementTaken,
)
from pstnkit.porting.supplements import Change, Supplement
from pstnkit.secret import SecretRef

O = TypeVar("O", bound=Order[Any])  # noqa: E741 - an order
R = TypeVar("R", bound=Record)
S = TypeVar("S", bound=StrEnum)

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
THREE = NumberRange("4155550100", "4155550102")
FIRST, SECOND, THIRD = (NumberRange(number, number) for number in THREE)
GONE = Failure(FailureKind.TAKEN, "gone")
STRANGERS = NumberRange("2125550100", "2125550101")
_serial = count(1)


def event(subject: str, body: Decision | Report, *, at: datetime = NOW, event_id: str | None = None) -> Event:
    """``body`` about ``subject``, under an id of its own."""
    name = f"event-{next(_serial)}" if event_id is None else event_id
    return Event(name, at, Source.CARRIER, "carrier", subject, body)


def number_order(
    status: OrderStatus = OrderStatus.DRAFT, *, kind: OrderKind = OrderKind.STANDARD
) -> NumberOrder:
    """An order of three numbers; an advanced one does not know them yet."""
    standard = kind is OrderKind.STANDARD
    order = NumberOrder(
        id="order-1",
        partner="partner-1",
        customer="customer-1",
        kind=kind,
        client_reference="reference-1",
        quantity=3,
        numbers=NumberProgress().expecting((THREE,)) if standard else NumberProgress(),
        wanted=None if standard else Wanted(npa="415"),
    )
    return evolve(order, **_as_in(order, status))


def port_order(status: PortStatus = PortStatus.DRAFT) -> PortOrder:
    """A port of three numbers."""
    port = PortOrder(
        id="port-1",
        partner="partner-1",
        customer="customer-1",
        kind=OrderKind.PORT,
        client_reference="reference-2",
        quantity=3,
        numbers=NumberProgress().expecting((THREE,)),
        losing_carrier="Old Bell",
        account_number=SecretRef("secret-1"),
        business_name="Harbor Dental",
    )
    return evolve(port, **_as_in(port, status))


def _as_in(order: Order[Any], status: StrEnum) -> dict[str, Any]:
    """What else an order in ``status`` has: a time of placement, a reference, numbers that have settled."""
    said: dict[str, Any] = {"status": status}
    if status.value != "draft":
        said["placed"] = NOW - timedelta(days=1)
    if status.value not in ("draft", "awaiting_signature", "awaiting_contract", "awaiting_loa"):
        said["clock_started"] = NOW - timedelta(days=1)
    if status.value in ("completed",):
        said["numbers"] = order.numbers.all_working()
    elif status.value in ("partially_completed", "partially_ported"):
        some = order.numbers.working((FIRST,)).progress
        said["numbers"] = some.rest_failing(GONE)
    elif status.value in ("failed", "cancelled", "expired"):
        said["numbers"] = order.numbers.rest_failing(GONE)
    return said


def after(order: O, *bodies: Decision | Report) -> O:
    """The order after all of ``bodies``."""
    for body in bodies:
        order = apply(order, event(order.id, body)).record
    return order


def as_said(record: R) -> R:
    """The record without what counts and knows its events."""
    return evolve(record, revision=0, seen=SeenEvents())


def hear(order: O, body: Decision | Report) -> Moved[O]:
    """The order after ``body``, with the entry of the history."""
    return apply(order, event(order.id, body))


def judged(order: Order[Any], body: Decision | Report) -> tuple[Outcome, tuple[str, ...]]:
    """How ``body`` is judged, and the states that it enters."""
    entry: Entry = hear(order, body).entry
    return entry.outcome, tuple(state.value for state in entry.path)


def cells(machine: Machine[S]) -> dict[tuple[S, type[Report]], str]:
    """Every cell of the table of reports, as it was written: ``A>B``, ``.``, ``-`` or ``!``."""
    marks = {Outcome.ALREADY: ".", Outcome.LATE: "-", Outcome.CONTRADICTS: "!"}
    found = {}
    for state in machine.states:
        for kind in machine.report_types:
            step = machine.hear(state, kind)
            found[state, kind] = marks.get(step.outcome) or ">".join(target.value for target in step.path)
    return found


DECISIONS: tuple[Decision, ...] = (
    Finish(),
    Cancel(),
    Settle("looked at"),
    Supplement((Change("pin", SecretRef("secret-2")),)),
)

# One of each report that there is; those about numbers concern the order's own.
REPORTS: tuple[Report, ...] = (
    GatesOpened(),
    ContractSigned(),
    Acknowledged("theirs-1"),
    TurnedDown("no such rate center"),
    AnswerLost("timed out"),
    NeverArrived(),
    NumbersNamed((THREE,)),
    NumbersWorking((FIRST,)),
    NumbersWorking((THREE,)),
    NumbersFailed((SECOND,), "gone"),
    NumbersFailed((THREE,), "gone"),
    DocumentsAsked("a proof of address"),
    BackOrdered(),
    Fulfilled(),
    Fulfilled((THREE,), date(2026, 12, 11)),
    PartlyFulfilled((FIRST,), "some are gone"),
    PartlyFulfilled(None, "some are gone"),
    Unfulfilled("none left"),
    CancellationRefused("too late"),
    Cancelled(),
    PortRejected("6A", "account number is wrong"),
    SupplementTaken(),
    SupplementRefused("too late"),
    HeldAsDraft("the bill is missing"),
    DocumentsAsked("a recent bill"),
    SignatureMissing(),
    SentToLosingCarrier(),
    DateInJeopardy("losing_carrier_delayed", "no field crew"),
    ActivationHampered((SECOND,)),
    ActivationHampered((STRANGERS,)),
    NumbersSnappedBack((FIRST,)),
    NumbersSnappedBack((STRANGERS,)),
    NumbersLeaving((FIRST,)),
    NumbersLeft((FIRST,)),
    CancellationTaken(),
    FocConfirmed(FirmDate(NOW + timedelta(days=21))),
    ActivationStarted(),
    PortExpired(),
    NumbersWorking((STRANGERS,)),
    NumbersFailed((STRANGERS,), "gone"),
    Fulfilled((STRANGERS,)),
    PartlyFulfilled((STRANGERS,), "some are gone"),
    NumbersNamed((STRANGERS,)),
)
