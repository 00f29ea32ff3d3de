"""Having a cart's numbers kept: asked for, kept longer with each look at the cart, held anew, let go."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from pstnkit.carriers.flow import Flow, ask
from pstnkit.carriers.protocol import (
    Accepted,
    ExtendReservation,
    RefusalReason,
    Refused,
    ReserveNumbers,
    Unreserve,
)
from pstnkit.desk.answers import CarrierRefused, CarrierSilent
from pstnkit.desk.office import Office, Work, persist
from pstnkit.desk.searching import instead_of
from pstnkit.inventory.refusals import NumbersUnavailable
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.ranges import NumberRange
from pstnkit.ordering.cart import Cart, Gone
from pstnkit.ordering.holding import CarrierHold
from pstnkit.ordering.lines import NumbersLine

_NOT_HELD = (RefusalReason.RESERVATION_ENDED, RefusalReason.NOT_FOUND)


def reserve(office: Office, reference: str, numbers: tuple[NumberRange, ...]) -> Flow[CarrierHold]:
    """Have ``numbers`` kept, all or none.

    Raises :class:`~pstnkit.inventory.refusals.NumbersUnavailable` with those that are gone, and with alternatives to
    them (SPEC N4), and what the carrier's refusal or silence raises.
    """
    now = office.clock()
    reply = yield from ask(ReserveNumbers(reference, numbers))
    if isinstance(reply, Accepted):
        kept = reply.answer
        return CarrierHold(
            reference=kept.reference, numbers=kept.numbers, since=now, seen=now, until=kept.until
        )
    if not isinstance(reply, Refused):
        raise CarrierSilent(ReserveNumbers.operation, reply.why)
    if reply.reason is RefusalReason.NUMBERS_UNAVAILABLE:
        raise NumbersUnavailable(reply.numbers, (yield from instead_of(office, numbers, reply.numbers)))
    raise CarrierRefused(ReserveNumbers.operation, reply.reason, reply.text)


def let_go(reference: str) -> Flow[None]:
    """Have what is kept under ``reference`` let go."""
    # An answer that is lost costs nothing: the reservation lapses by itself.
    yield from ask(Unreserve(f"{reference}/unreserve", reference))


def free_overdue(office: Office, cart: Cart | str) -> Flow[Cart]:
    """Let go what the cart keeps no longer; nothing is kept longer by that."""
    held = office.get(Cart, cart)
    now = office.clock()
    overdue = held.to_let_go(office.keeping, now)
    for hold in overdue:
        yield from let_go(hold.reference)
    ended = {hold.reference: hold.ended(min(now, office.keeping.ends(hold))) for hold in overdue}
    return _saved(office, held, lambda present: present.freed(ended)) if ended else held


def look_at(office: Office, cart: Cart | str, *, to_order: bool = False) -> Flow[Cart]:
    """The cart as it stands, its numbers kept for longer: as long as its policy has it, or ``to_order`` as long as can
    be.

    What the carrier has let go before its time is asked for anew; what is gone stands in the cart then, with
    alternatives. What has lapsed stays so: see :func:`hold_anew`.
    """
    held = yield from free_overdue(office, cart)
    now = office.clock()
    holds: dict[str, CarrierHold] = {}
    gone: dict[str, Gone] = {}
    for line in held.chosen:
        for hold in line.holds:
            if not office.keeping.keeps(hold, now):
                continue
            wished = None if to_order else office.keeping.wishes(hold, now)
            seen = evolve(hold, seen=now)
            if wished is None or wished > hold.until:
                # By the end that it has: asked again after a lost answer, it is the same question.
                reference = f"{hold.reference}/extend/{hold.until.isoformat()}"
                reply = yield from ask(ExtendReservation(reference, hold.reference))
                if isinstance(reply, Accepted):
                    seen = evolve(seen, until=reply.answer.until)
                elif isinstance(reply, Refused) and reply.reason in _NOT_HELD:
                    seen = yield from _anew(office, held, line, hold, gone)
                    seen = evolve(seen, since=hold.since)
            holds[hold.reference] = seen
    return (yield from _kept(office, held, holds, gone))


def hold_anew(office: Office, cart: Cart | str) -> Flow[Cart]:
    """Have those numbers of the cart kept again whose holds have lapsed.

    What is gone meanwhile stands in the cart then, with alternatives (SPEC N4).
    """
    held = yield from look_at(office, cart)
    holds: dict[str, CarrierHold] = {}
    gone: dict[str, Gone] = {}
    for line in held.chosen:
        for hold in line.holds:
            if hold.over:
                holds[hold.reference] = yield from _anew(office, held, line, hold, gone)
    return (yield from _kept(office, held, holds, gone))


def _anew(
    office: Office, cart: Cart, line: NumbersLine, hold: CarrierHold, gone: dict[str, Gone]
) -> Flow[CarrierHold]:
    """A new hold in place of one that is over; one that has ended when the numbers are ``gone``."""
    wanted = tuple((NumberSet(line.of(hold)) - NumberSet(line.gone)).ranges())
    if not wanted:
        return hold
    try:
        return (yield from reserve(office, f"{cart.id}/{line.id}/after/{hold.reference}", wanted))
    except NumbersUnavailable as lost:
        gone[hold.reference] = Gone(numbers=lost.numbers, instead=lost.alternatives)
        return hold.ended(office.clock())
    except CarrierSilent:
        return hold
    except CarrierRefused:
        return hold.ended(office.clock())


def _kept(office: Office, cart: Cart, holds: dict[str, CarrierHold], gone: dict[str, Gone]) -> Flow[Cart]:
    """The cart with these holds; one for which it has no place any more is let go."""
    after = _saved(office, cart, lambda present: present.with_holds(holds, gone)) if holds else cart
    wanted = {hold.reference for hold in after.holds}
    for former, hold in holds.items():
        if hold.reference not in {former, *wanted}:
            yield from let_go(hold.reference)
    return after


def _saved(office: Office, cart: Cart, change: Callable[[Cart], Cart]) -> Cart:
    def save() -> Cart:
        work = Work(office)
        work.put(change(work.again(cart)))
        work.save()
        return work.again(cart)

    return persist(save)
