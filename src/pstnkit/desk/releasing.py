"""Numbers on their way back to the carrier: asked for once, and read when the answer was lost."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from pstnkit.accounts.customers import Customer
from pstnkit.carriers.flow import Flow, ask
from pstnkit.carriers.protocol import Accepted, ListOwned, OutcomeUnknown, Refused, ReleaseNumbers
from pstnkit.desk.office import Office, Work, book_id, carry_through, persist
from pstnkit.desk.registering import register
from pstnkit.lifecycle.commands import AskRelease, ReadOwned
from pstnkit.lifecycle.events import Report, Source
from pstnkit.lifecycle.order import Order
from pstnkit.lifecycle.reports import AnswerLost, NeverArrived, TurnedDown
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.ranges import NumberRange, collapse
from pstnkit.numbering.telephone import TelephoneNumber
from pstnkit.ordering.number_events import NumbersKept, NumbersReleased, Release
from pstnkit.ordering.numbers import NumberBook
from pstnkit.ordering.orders import NumberOrder
from pstnkit.ordering.releases import ReleaseOrder, ReleaseStatus, may_release, release_of
from pstnkit.porting.ports import PortOrder


def release(
    office: Office, customer: Customer | str, numbers: Iterable[NumberRange | TelephoneNumber]
) -> Flow[ReleaseOrder]:
    """Give numbers of a customer back to the carrier: all of them or, with the error, none.

    Raises :class:`~pstnkit.ordering.releases.OrderNotOver`, :class:`~pstnkit.ordering.policy.BlockNotSplit` for a part
    of a block that goes back only whole, :class:`~pstnkit.lifecycle.machine.DecisionRefused` for a number that is
    assigned, and :class:`~pstnkit.ordering.numbers.NotThisCustomers`.
    """
    chosen = tuple(collapse(numbers))
    going, ours = carry_through(office, lambda work: _begun(work, customer, chosen))
    yield from _perform(office, office.again(going), {*ours})
    yield from register(office, going.customer)
    return office.again(going)


def _begun(work: Work, customer: Customer | str, chosen: tuple[NumberRange, ...]) -> ReleaseOrder:
    """The release of ``chosen`` numbers, about to be asked for."""
    book = work.get(NumberBook, book_id(customer))
    orders: list[Order[Any]] = [*work.of_customer(NumberOrder, book.customer)]
    orders += work.of_customer(PortOrder, book.customer)
    work.happen(book, Release(chosen))
    may_release(book, orders, chosen)
    name = work.office.new_id
    going = release_of(chosen, release_id=name("release"), client_reference=name("reference"), book=book)
    work.put(going)
    work.happen(going, Release(chosen))
    return going


def told_of_release(office: Office, going: ReleaseOrder | str, *, released: bool, by: str) -> ReleaseOrder:
    """A person (``by``) has asked the carrier what became of a release, and was told whether the numbers are released.

    For carriers that cannot be read. What they were not, stays the customer's and can be given back anew.
    """
    found = office.get(ReleaseOrder, going)
    report: Report = NumbersReleased(found.left) if released else TurnedDown(f"{by} was told so")
    _tell(office, found, report, source=Source.PARTNER, actor=by)
    return office.again(found)


def releases(office: Office, customer: Customer | str) -> tuple[ReleaseOrder, ...]:
    """What a customer has given back, or is about to."""
    return office.of_customer(ReleaseOrder, office.get(Customer, customer))


def carry_on_releases(office: Office, customer: Customer | str) -> Flow[None]:
    """Read whatever became of the releases whose answer was lost."""
    for going in releases(office, customer):
        yield from _perform(office, going, set())


def recover_releases(office: Office) -> None:
    """Take every release that was found being asked for as unknown."""
    for going in office.store.all(ReleaseOrder, office.partner):
        if going.status is ReleaseStatus.SUBMITTING:
            _tell(office, going, AnswerLost("found unfinished"), source=Source.CLOCK, actor="recovery")


def _perform(office: Office, going: ReleaseOrder, ours: set[str]) -> Flow[None]:
    """Ask what is ours to ask, or read; until the release is over, or an answer is missing."""
    answered = True
    while answered and going.commands:
        match going.commands[0]:
            case ReadOwned():
                answered = yield from _read(office, going, ours)
            case AskRelease() if going.id in ours:
                answered = yield from _ask(office, going)
            case _:
                return  # somebody else is asking at this moment
        going = office.again(going)


def _ask(office: Office, going: ReleaseOrder) -> Flow[bool]:
    try:
        reply = yield from ask(ReleaseNumbers(going.client_reference, going.left))
    except GeneratorExit:
        # Nobody goes on with this flow; it is as after a crash.
        raise
    except BaseException as error:
        _tell(office, going, AnswerLost(f"interrupted by {type(error).__name__}"))
        raise
    if isinstance(reply, Accepted):
        _tell(office, going, NumbersReleased(going.left))
    elif isinstance(reply, Refused):
        _tell(office, going, TurnedDown(reply.text))
    else:
        _tell(office, going, AnswerLost(reply.why))
    return not isinstance(reply, OutcomeUnknown)


def _read(office: Office, going: ReleaseOrder, ours: set[str]) -> Flow[bool]:
    """Read what the carrier still lists as ours: the rest has been released, and that alone is asked for again."""
    owned = NumberSet()
    after: str | None = None
    while True:
        reply = yield from ask(ListOwned(after))
        if not isinstance(reply, Accepted):
            return False
        owned |= NumberSet(reply.answer.numbers)
        after = reply.answer.next
        if after is None:
            break
    left = NumberSet(going.left)
    if gone := tuple((left - owned).ranges()):
        _tell(office, going, NumbersReleased(gone), actor="read")
    if left & owned:
        ours |= _tell(office, going, NeverArrived(), actor="read")
    return True


def _tell(
    office: Office,
    going: ReleaseOrder,
    report: Report,
    *,
    source: Source = Source.CARRIER,
    actor: str = "answer",
) -> frozenset[str]:
    """Let the release, and the customer's numbers with it, hear ``report``; gives what may be asked now."""
    return persist(partial(_take_in, office, going, report, source, actor))


def _take_in(
    office: Office, going: ReleaseOrder, report: Report, source: Source, actor: str
) -> frozenset[str]:
    work = Work(office)
    before = work.again(going)
    work.happen(before, report, source=source, actor=actor)
    after = work.again(before)
    told: Report | None = None
    if after.left != before.left:
        told = NumbersReleased(tuple((NumberSet(before.left) - NumberSet(after.left)).ranges()))
    elif after.status is ReleaseStatus.REFUSED is not before.status:
        told = NumbersKept(after.left, after.reason or "")
    if told is not None:
        work.happen(work.get(NumberBook, book_id(after.customer)), told, source=source, actor=actor)
    return work.save()
