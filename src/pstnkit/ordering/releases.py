"""Giving numbers back to the carrier: who may, the states of a release, and the two tables that move it.

A release is asked for once, like an order: it is saved first, under a reference of its own, and when its answer is
lost the carrier is read. What the carrier does not list as ours any more has been released; only what it still lists is
asked for again.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, ClassVar, Self

from attrs import evolve, frozen

from pstnkit.errors import DecisionError
from pstnkit.lifecycle.commands import AskRelease, ReadOwned, ReleaseCommand
from pstnkit.lifecycle.events import Event, Report
from pstnkit.lifecycle.machine import Machine, Outcome, Step
from pstnkit.lifecycle.order import Order
from pstnkit.lifecycle.progress import each
from pstnkit.lifecycle.record import Judged, Staged
from pstnkit.lifecycle.reports import AnswerLost, NeverArrived, Settle, TurnedDown
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.ranges import NumberRange, collapse
from pstnkit.numbering.telephone import TelephoneNumber
from pstnkit.ordering.number_events import NumbersReleased, Release
from pstnkit.ordering.numbers import NumberBook
from pstnkit.ordering.orders import NumberOrder
from pstnkit.ordering.policy import BlockNotSplit


class ReleaseStatus(StrEnum):
    """Where a release stands."""

    DRAFT = "draft"
    SUBMITTING = "submitting"
    OUTCOME_UNKNOWN = "outcome_unknown"
    RELEASED = "released"
    REFUSED = "refused"


RELEASE_MACHINE: Machine[ReleaseStatus] = Machine(
    "a release",
    ReleaseStatus,
    decision_types=(Release, Settle),
    decisions="""
                       release settle
    draft           DR SU      DR
    submitting      SU x       SU
    outcome_unknown OU x       OU
    released        RE x       RE
    refused         RF x       RF
    """,
    report_types=(NumbersReleased, TurnedDown, AnswerLost, NeverArrived),
    reports="""
                       released refused lost absent
    draft           DR !        !       .    .
    submitting      SU RE       RF      OU   SU
    outcome_unknown OU RE       RF      .    SU
    released        RE .        !       -    !
    refused         RF !        .       -    -
    """,
)


@frozen(kw_only=True)
class ReleaseOrder(Staged[ReleaseStatus]):
    """Some numbers of a customer that go back to the carrier.

    ``left`` are those of them that the carrier is not known to have taken; ``reason`` why it does not take them.
    """

    customer: str
    client_reference: str
    numbers: tuple[NumberRange, ...]
    left: tuple[NumberRange, ...]
    status: ReleaseStatus = ReleaseStatus.DRAFT
    reason: str | None = None

    machine: ClassVar[Machine[ReleaseStatus]] = RELEASE_MACHINE

    @property
    def is_over(self) -> bool:
        """Whether the release has come to its end."""
        return self.machine.is_terminal(self.status)

    @property
    def commands(self) -> tuple[ReleaseCommand, ...]:
        """What has to be asked of the carrier now."""
        if self.status is ReleaseStatus.SUBMITTING:
            return (AskRelease(self.id),)
        if self.status is ReleaseStatus.OUTCOME_UNKNOWN:
            return (ReadOwned(self.id),)
        return ()

    def heard(self, event: Event, report: Report) -> Judged[Self]:
        """The release where ``report`` moves it: it is over when nothing of it is left."""
        if not isinstance(report, NumbersReleased) or not self.machine.hear(self.status, report).path:
            return super().heard(event, report)
        gone = NumberSet(report.numbers)
        if not gone <= NumberSet(self.numbers):
            return Judged(self, Outcome.CONTRADICTS, contradicted=self.status.value)
        left = tuple((NumberSet(self.left) - gone).ranges())
        if left:
            return Judged(evolve(self, left=left), Outcome.EXPECTED)
        over = ReleaseStatus.RELEASED
        return Judged(evolve(self, left=(), status=over), Outcome.EXPECTED, (over,))

    def with_report(self, _event: Event, report: Report, step: Step[Any]) -> Self:
        """The release with the reason that the carrier gives."""
        return evolve(self, reason=report.reason) if isinstance(report, TurnedDown) and step.path else self


class OrderNotOver(DecisionError):
    """Numbers of an order that is still under way cannot be given back. ``.order`` is which, ``.numbers`` those.

    >>> print(OrderNotOver("order-1", (NumberRange("4153210200", "4153210219"),)))
    +14153210200..+14153210219 cannot be given back before order order-1 is over
    """

    def __init__(self, order: str, numbers: tuple[NumberRange, ...]) -> None:
        super().__init__(order, numbers)
        self.order = order
        self.numbers = numbers

    def __str__(self) -> str:
        numbers = ", ".join(map(str, self.numbers))
        return f"{numbers} cannot be given back before order {self.order} is over"


def may_release(book: NumberBook, orders: Iterable[Order[Any]], numbers: tuple[NumberRange, ...]) -> None:
    """See that ``orders``, through which the numbers came, let them go as chosen.

    Raises :class:`OrderNotOver`, and :class:`~pstnkit.ordering.policy.BlockNotSplit` where something would be left of a
    block that goes back only whole. Whether each number is the customer's, free and not on its way back already, the
    book itself decides.
    """
    came_by: dict[str, list[TelephoneNumber]] = {}
    for number in each(numbers):
        came_by.setdefault(book[number].order, []).append(number)
    for order in orders:
        came = NumberSet(came_by.get(order.id, ()))
        if came and not order.is_over:
            raise OrderNotOver(order.id, tuple(came.ranges()))
        for block in order.blocks if isinstance(order, NumberOrder) else ():
            part = came & NumberSet([block])
            if part and any(number not in part and _stays(book, number, order.id) for number in block):
                raise BlockNotSplit(block, tuple(part.ranges()))


def _stays(book: NumberBook, number: TelephoneNumber, order: str) -> bool:
    """Whether a number that came by ``order`` is still the customer's."""
    record = book.records.get(number)
    return record is not None and record.order == order and record.provisioned


def release_of(
    numbers: Iterable[NumberRange], *, release_id: str, client_reference: str, book: NumberBook
) -> ReleaseOrder:
    """The release of ``numbers`` of a customer, not asked for yet.

    >>> book = NumberBook(id="customer-1/numbers", partner="Northwind", customer="customer-1")
    >>> numbers = [NumberRange("4153210200", "4153210219")]
    >>> release_of(numbers, release_id="release-1", client_reference="reference-1", book=book).status.value
    'draft'
    """
    chosen = tuple(collapse(numbers))
    return ReleaseOrder(
        id=release_id,
        partner=book.partner,
        customer=book.customer,
        client_reference=client_reference,
        numbers=chosen,
        left=chosen,
    )
