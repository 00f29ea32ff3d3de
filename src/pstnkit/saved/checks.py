"""What must be true of a record beyond the types of its fields: what has been saved by no release is refused.

A record that events have moved has all this by construction, and does not ask itself with each of them. A text that
somebody has put together, or mended by hand, need not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any

from pstnkit.lifecycle.order import Order
from pstnkit.lifecycle.progress import NumberProgress, Progress
from pstnkit.numbering.numberset import NumberSet
from pstnkit.ordering.cart import Cart
from pstnkit.ordering.confirmation import Confirmation
from pstnkit.ordering.lines import SourcingLine
from pstnkit.ordering.number_events import NumberStatus
from pstnkit.ordering.numbers import NumberBook
from pstnkit.ordering.registration_events import RegistrationStatus
from pstnkit.ordering.registrations import Group, Registrations
from pstnkit.saved.faults import Fault, step


def faults_of(value: Any) -> Iterator[Fault]:
    """What is wrong with a value as a whole, each with its place in it."""
    for kind, check in _CHECKS:
        if isinstance(value, kind):
            yield from check(value)


def _counts_from_zero(value: Any) -> Iterator[Fault]:
    for name in ("revision", "edition", "cart_edition", "quantity", "count"):
        figure = getattr(value, name, 0)
        if type(figure) is int and figure < 0:
            yield step(name), f"{figure} is less than 0"


def _progress(value: NumberProgress) -> Iterator[Fault]:
    found = Counter(value.by_number.values())
    for name, progress in (("successful", Progress.SUCCESSFUL), ("failed", Progress.FAILED)):
        if getattr(value, name) != found[progress]:
            yield step(name), f"{getattr(value, name)} numbers are counted, and {found[progress]} are {name}"
    strangers = [number for number in value.failures if value.by_number.get(number) is not Progress.FAILED]
    if strangers:
        yield ".failures", f"{strangers[0]} has not failed, and there is a reason why it has"
    elif len(value.failures) < found[Progress.FAILED]:
        yield ".failures", "a number has failed, and there is no reason why"


def _order(order: Order[Any]) -> Iterator[Fault]:
    known = len(order.numbers.by_number)
    if known > order.quantity:
        yield ".quantity", f"{order.quantity} numbers are wanted, and there are {known} of them"


def _book(book: NumberBook) -> Iterator[Fault]:
    found = Counter(record.status for record in book.records.values())
    yield from _counted(book.counts, found, NumberStatus)


def _group(group: Group) -> Iterator[Fault]:
    found = Counter(map(group.status, group.numbers))
    for status in (RegistrationStatus.REGISTERED, RegistrationStatus.FAILED):
        counted = getattr(group, status.value)
        if counted != found[status]:
            yield step(status.value), f"{counted} numbers are counted, and {found[status]} are {status.value}"
    for name, inner, outer in (
        ("waiting", group.waiting, group.numbers),
        ("unasked", group.unasked, group.waiting),
    ):
        if strangers := [number for number in inner if number not in outer]:
            yield step(name), f"{strangers[0]} is none of the group's numbers, or does not wait"


def _registrations(registrations: Registrations) -> Iterator[Fault]:
    found = Counter({RegistrationStatus.PENDING_REMOVAL: len(registrations.leaving.numbers)})
    for location in registrations.groups:
        group = registrations.group(location)
        found.update(filter(None, map(group.status, group.numbers)))
    yield from _counted(registrations.counts, found, RegistrationStatus)
    due = {name for name in registrations.groups if registrations.group(name).unasked}
    if due != set(registrations.due_at):
        yield ".due_at", "these are not the locations with numbers that nobody has asked for"


def _counted(counts: Mapping[Any, int], found: Counter[Any], states: Iterable[StrEnum]) -> Iterator[Fault]:
    for state in states:
        where = f".counts{step(state.value)}"
        if state not in counts:
            yield where, "is missing"
        elif counts[state] != found[state]:
            yield where, f"{counts[state]} numbers are counted, and {found[state]} are {state.value}"


def _cart(cart: Cart) -> Iterator[Fault]:
    held = NumberSet()
    ids: set[str] = set()
    for place, line in enumerate(cart.lines):
        if line.id in ids:
            yield f".lines[{place}].id", "another line has the same id"
        ids.add(line.id)
        if line.quantity < 1:
            yield f".lines[{place}]", "a line of a cart needs at least one number"
        numbers = NumberSet() if isinstance(line, SourcingLine) else NumberSet(line.numbers)
        if twice := held & numbers:
            yield f".lines[{place}].numbers", f"{next(iter(twice))} stands in another line, too"
        held |= numbers


def _confirmation(confirmation: Confirmation) -> Iterator[Fault]:
    for place, order in enumerate(confirmation.orders):
        for name in ("partner", "customer"):
            if getattr(order, name) != getattr(confirmation, name):
                yield f".orders[{place}]{step(name)}", f"the confirmation is of another {name}"


_CHECKS: tuple[tuple[type, Callable[[Any], Iterable[Fault]]], ...] = (
    (object, _counts_from_zero),
    (NumberProgress, _progress),
    (Order, _order),
    (NumberBook, _book),
    (Group, _group),
    (Registrations, _registrations),
    (Cart, _cart),
    (Confirmation, _confirmation),
)
