"""What a desk works with, and the unit of work in which records change together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any, TypeVar

from attrs import Attribute, define, field, frozen

from pstnkit.accounts.agreements import Agreement
from pstnkit.accounts.customers import Customer
from pstnkit.accounts.emergency import Location
from pstnkit.accounts.letters import LetterPolicy, Today
from pstnkit.desk.notices import Teller, Told, notices_of
from pstnkit.desk.signing import SigningService
from pstnkit.inventory.exchanges import Exchanges
from pstnkit.lifecycle.events import Decision, Event, Report, Source
from pstnkit.lifecycle.fulfillment import FulfillmentPolicy
from pstnkit.lifecycle.history import Entry
from pstnkit.lifecycle.machine import Outcome
from pstnkit.lifecycle.notices import Notice, Tell
from pstnkit.lifecycle.record import apply
from pstnkit.numbering.plan import NumberingPlan
from pstnkit.ordering.numbers import NumberBook
from pstnkit.ordering.orders import NumberOrder, OrderStatus
from pstnkit.ordering.policy import CartPolicy, OrderPolicy
from pstnkit.ordering.releases import ReleaseOrder, ReleaseStatus
from pstnkit.porting.cutoffs import PortDatePolicy
from pstnkit.porting.ports import PortOrder, PortStatus
from pstnkit.secret import Secret, SecretRef
from pstnkit.stores.protocol import Change, R, Record, StaleRecord, Store

T = TypeVar("T")


def _a(kind: type[Any]) -> Callable[[object, Attribute[Any], object], None]:
    def check(_office: object, attribute: Attribute[Any], value: object) -> None:
        if not isinstance(value, kind):
            raise TypeError(f"{attribute.name} of a desk is a {kind.__name__}, not a {type(value).__name__}")

    return check


@frozen(kw_only=True)
class Office:
    """What the desk's work needs besides the carrier: whose desk it is, its store, clock, ids and policies.

    Raises ``TypeError`` for a name that is no text, and for a plan or policy that is none.
    """

    partner: str = field(validator=_a(str))
    actor: str = field(validator=_a(str))
    store: Store
    clock: Callable[[], datetime]
    new_id: Callable[[str], str]
    plan: NumberingPlan = field(validator=_a(NumberingPlan))
    exchanges: Exchanges | None
    signing: SigningService
    notify: Callable[[Notice], None]
    fulfillment: FulfillmentPolicy = field(validator=_a(FulfillmentPolicy))
    limits: OrderPolicy = field(validator=_a(OrderPolicy))
    keeping: CartPolicy = field(validator=_a(CartPolicy))
    letters: LetterPolicy = field(validator=_a(LetterPolicy))
    port_dates: PortDatePolicy = field(validator=_a(PortDatePolicy))

    def get(self, kind: type[R], named: R | str) -> R:
        """The partner's own record as it stands now; raises :class:`~pstnkit.stores.protocol.UnknownRecord`."""
        return self.store.get(kind, self.partner, id_of(named))

    def again(self, record: R) -> R:
        """A record as it stands now."""
        return self.get(type(record), record.id)

    def of_customer(self, kind: type[R], customer: Customer | str) -> tuple[R, ...]:
        """The records of a kind that belong to a customer."""
        return self.store.of_customer(kind, self.partner, id_of(customer))

    def today(self, customer: Customer) -> Today:
        """The day on a customer's calendar, and the policy by which letters are judged on it."""
        return Today.at(self.clock(), customer.timezone, self.letters)

    @property
    def teller(self) -> Teller:
        """Who tells people what they want to know."""
        return Teller(self.store, self.partner, self.clock, self.notify)

    def secret(self, kept: SecretRef) -> Secret:
        """A secret of the partner's, to be told to a carrier."""
        return self.store.secret(self.partner, kept)


def id_of(named: Record | str) -> str:
    """The id of what is named by itself or by its id: at a desk, either will do."""
    if isinstance(named, str):
        return named
    if not isinstance(getattr(named, "id", None), str):
        raise TypeError(f"a record is named by itself or by its id, not by {type(named).__name__}")
    return named.id


def book_id(customer: Customer | str) -> str:
    """The id of the number book of a customer."""
    return f"{id_of(customer)}/numbers"


Moving = Customer | Location | Agreement | NumberBook | NumberOrder | PortOrder | ReleaseOrder
"""The records that events move; carts and confirmations are replaced as a whole."""


_SUBMITTING = (OrderStatus.SUBMITTING, PortStatus.SUBMITTING, ReleaseStatus.SUBMITTING)


@define
class Work:
    """One unit of work: records read, changed by events, and saved together with their histories, or not at all."""

    office: Office
    _held: dict[tuple[type[Any], str], tuple[Any, int | None]] = field(factory=dict, init=False)
    _entries: list[Entry] = field(factory=list, init=False)
    _tells: list[Tell] = field(factory=list, init=False)
    _released: set[str] = field(factory=set, init=False)
    _secrets: dict[SecretRef, Secret] = field(factory=dict, init=False)

    def get(self, kind: type[R], named: R | str) -> R:
        """The record as this work has it."""
        record_id = id_of(named)
        held = self._held.get((kind, record_id))
        if held is None:
            record = self.office.get(kind, record_id)
            self._held[kind, record_id] = held = (record, record.revision)
        found: R = held[0]
        return found

    def again(self, record: R) -> R:
        """A record that was read elsewhere, as this work has it."""
        return self.get(type(record), record.id)

    def of_customer(self, kind: type[R], customer: str) -> Iterator[R]:
        """The customer's records of a kind, as this work has them."""
        known = set()
        for record in self.office.of_customer(kind, customer):
            known.add(record.id)
            yield self.again(record)
        for (held_kind, held_id), (record, _) in tuple(self._held.items()):
            if held_kind is kind and held_id not in known and record.customer == customer:
                yield record

    def put(self, record: Record) -> None:
        """Have ``record`` saved as it is, as a new one or in place of the one that was read."""
        held = self._held.get((type(record), record.id))
        self._held[type(record), record.id] = (record, None if held is None else held[1])

    def keep(self, secret: Secret) -> SecretRef:
        """Have ``secret`` kept apart from the records, once this work is saved, and say where.

        Raises :class:`~pstnkit.secret.SecretNotHere` for one whose text is not here to be kept.
        """
        secret.reveal()
        kept = SecretRef(self.office.new_id("secret"))
        self._secrets[kept] = secret
        return kept

    def happen(
        self,
        record: Moving,
        body: Decision | Report,
        *,
        source: Source = Source.PARTNER,
        actor: str | None = None,
        at: datetime | None = None,
        event_id: str | None = None,
    ) -> Entry:
        """Let ``body`` happen to ``record``, which this work has read or put; the record after it is what :meth:`get`
        gives from now on."""
        event = Event(
            id=event_id or self.office.new_id("event"),
            at=at or self.office.clock(),
            source=source,
            actor=actor or self.office.actor,
            subject=record.id,
            body=body,
        )
        moved = apply(record, event)
        if moved.repeated:
            return moved.entry
        self.put(moved.record)
        self._entries.append(moved.entry)
        if isinstance(moved.record, Told):
            self._tells += map(Tell, notices_of(moved.record, moved.entry))
        if moved.entry.path and moved.entry.path[-1] in _SUBMITTING:
            self._released.add(record.id)
        return moved.entry

    def glimpse(self, record: Moving, report: Report) -> Outcome:
        """How ``report`` would be judged; nothing happens."""
        event = Event("glimpse", self.office.clock(), Source.CARRIER, "", record.id, report)
        return apply(record, event).entry.outcome

    def save(self) -> frozenset[str]:
        """Save everything that has changed, at once; raises :class:`~pstnkit.stores.protocol.StaleRecord`.

        What people want to be told of it they are told then; of what is not saved nobody hears.

        Gives the ids of the orders and releases that this work has set free to be sent: nobody else may send those, and
        this work no others.
        """
        changes = [
            Change(record, read_at) for record, read_at in self._held.values() if record.revision != read_at
        ]
        self.office.store.save(self.office.partner, changes, self._entries, self._secrets)
        self.office.teller.tell(self._tells)
        return frozenset(self._released)


PATIENCE = 20
"""How often a report is judged anew because others were faster, before that is an error."""


def persist(attempt: Callable[[], T]) -> T:
    """Do a unit of work, and do it anew when somebody else has changed its records meanwhile: a report is never
    refused, and a decision by the rules alone. Raises :class:`~pstnkit.stores.protocol.StaleRecord` when that does not
    end."""
    for _ in range(PATIENCE - 1):
        with suppress(StaleRecord):
            return attempt()
    return attempt()


def carry_through(office: Office, change: Callable[[Work], T]) -> tuple[T, frozenset[str]]:
    """What ``change`` gives, once all that it has changed is saved together; it is judged anew by the records as they
    stand when somebody else was faster. With it, what :meth:`Work.save` gives."""

    def attempt() -> tuple[T, frozenset[str]]:
        work = Work(office)
        return change(work), work.save()

    return persist(attempt)
