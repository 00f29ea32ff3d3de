"""The tables that an operator looks at: a customer's orders, and its numbers (SPEC T)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, islice

from pstnkit.accounts.customers import Customer
from pstnkit.catalog import SENTENCES, filled_in, sentence
from pstnkit.desk.carrying import AnyOrder
from pstnkit.desk.numbers import book
from pstnkit.desk.office import Office
from pstnkit.desk.views import expectation, orders
from pstnkit.errors import CallerError
from pstnkit.lifecycle.progress import Progress
from pstnkit.lifecycle.waiting import outstanding
from pstnkit.numbering.ranges import collapse
from pstnkit.numbering.telephone import TelephoneNumber
from pstnkit.ordering.number_events import NumberStatus
from pstnkit.ordering.numbers import NumberBook, NumberRecord
from pstnkit.rendering.table import text_table


def orders_table(office: Office, customer: Customer | str) -> str:
    """A customer's orders: what each is, where it stands, how far its numbers have come, and what to expect:
    when it is due and what it waits for, or why it is over without all of them."""
    return text_table(
        ("order", "kind", "status", "numbers", "in progress", "successful", "failed", "what to expect"),
        (_order_row(office, order) for order in orders(office, customer)),
        right=(3, 4, 5, 6),
    )


def _order_row(office: Office, order: AnyOrder) -> tuple[object, ...]:
    counts = order.numbers
    return (
        order.id,
        order.kind.value,
        order.status.value + (" (needs attention)" if order.needs_attention else ""),
        order.quantity,
        0 if order.is_over else outstanding(order),
        counts.successful,
        counts.failed,
        _expected(office, order),
    )


def _expected(office: Office, order: AnyOrder) -> str:
    if order.is_over and order.progress is not Progress.SUCCESSFUL:
        lacking = filled_in(SENTENCES["Order.shortfall"], {"count": order.shortfall})
        return "; ".join(part for part in (order.reason, lacking if order.shortfall else "") if part)
    return "; ".join(expectation(office, order).sentences())


def numbers_table(office: Office, customer: Customer | str, *, lines: int | None = None) -> str:
    """A customer's numbers, with the failed ones; neighbors that stand alike make one line. Below, the counts.

    At most ``lines`` lines are shown, when that is given; how many are not is said. Raises
    :class:`~pstnkit.errors.CallerError` for fewer than none.
    """
    if lines is not None and lines < 0:
        raise CallerError(f"lines is {lines}, which is no count of lines to show")
    numbers = book(office, customer)
    statuses = (NumberStatus.PENDING, NumberStatus.UNASSIGNED, NumberStatus.ASSIGNED, NumberStatus.FAILED)
    rows = _number_rows(numbers, numbers.having(*statuses))
    table = text_table(
        ("numbers", "count", "status", "assigned to", "can be used", "order"),
        islice(rows, lines),
        right=(1,),
    )
    hidden = sum(1 for _ in rows)
    more = f"\n... and {hidden:,} {'line' if hidden == 1 else 'lines'} more" if hidden else ""
    counts = ", ".join(f"{numbers.counts[status]} {status.value}" for status in statuses[:3])
    return f"{table}{more}\n\nall: {len(numbers)} ({counts}); failed: {numbers.counts[NumberStatus.FAILED]}"


def _number_rows(
    book: NumberBook, records: Iterable[tuple[TelephoneNumber, NumberRecord]]
) -> Iterator[tuple[object, ...]]:
    def alike(pair: tuple[TelephoneNumber, NumberRecord]) -> tuple[object, ...]:
        number, record = pair
        return record.status, record.order, record.assignee, record.failure, sentence(book.usability(number))

    for (status, order, assignee, failure, usable), group in groupby(records, key=alike):
        for part in collapse(number for number, _ in group):
            name = f"{part.first:national}" + (f" to {part.last.line}" if len(part) > 1 else "")
            stands = status if failure is None else f"{status}: {failure}"
            yield name, len(part), stands, assignee or "", usable, order
