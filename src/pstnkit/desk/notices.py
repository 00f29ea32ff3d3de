"""Telling people what they want to know: by histories, once, and again only where a crash has left it open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from enum import StrEnum

from pstnkit.accounts.agreements import Agreement, AgreementStatus
from pstnkit.desk.number_news import number_news
from pstnkit.desk.port_news import port_news
from pstnkit.lifecycle.events import Event, Source
from pstnkit.lifecycle.history import Entry
from pstnkit.lifecycle.machine import Outcome
from pstnkit.lifecycle.notices import Notice, NoticeTold, Tell, journal_of, notices, to_tell
from pstnkit.lifecycle.reports import TurnedDown
from pstnkit.ordering.numbers import NumberBook
from pstnkit.ordering.orders import NumberOrder, OrderStatus
from pstnkit.porting.ports import PortOrder, PortStatus
from pstnkit.stores.protocol import Store

Told = NumberOrder | PortOrder | Agreement | NumberBook
"""The records of which people are told."""

_WORTH_TELLING: tuple[StrEnum, ...] = (
    OrderStatus.COMPLETED,
    OrderStatus.PARTIALLY_COMPLETED,
    OrderStatus.FAILED,
    OrderStatus.BACKORDERED,
    PortStatus.REJECTED,
    PortStatus.FOC_CONFIRMED,
    PortStatus.PARTIALLY_PORTED,
    PortStatus.COMPLETED,
    PortStatus.CANCELLED,
    PortStatus.EXPIRED,
    AgreementStatus.DECLINED,
    AgreementStatus.EXPIRED,
)


def notices_of(record: Told, entry: Entry) -> Iterator[Notice]:
    """The notices that a line of a record's history calls for."""
    if isinstance(record, NumberBook):
        yield from number_news(record, entry)
        return
    if isinstance(record, PortOrder):
        yield from port_news(record, entry)
    if not entry.path:
        return
    if isinstance(record, Agreement):
        agreement = record.kind.value.replace("_", " ")
        why = f": {record.reason}" if record.reason else ""
        yield from notices(
            record.customer, entry, _WORTH_TELLING, agreement=agreement, who=record.signer, why=why
        )
    else:
        count, body = record.numbers.successful, entry.event.body
        why = f": the carrier does not take it ({body.reason})" if isinstance(body, TurnedDown) else ""
        yield from notices(record.customer, entry, _WORTH_TELLING, order=record.id, count=count, why=why)


class Teller:
    """Tells one partner's notices, and keeps a journal of what it has told."""

    def __init__(
        self, store: Store, partner: str, clock: Callable[[], datetime], notify: Callable[[Notice], None]
    ) -> None:
        self._store = store
        self._partner = partner
        self._clock = clock
        self._notify = notify

    def tell(self, commands: Iterable[Tell]) -> None:
        """Have people told, each notice by itself; it is entered in the journal once that has not failed."""
        for command in commands:
            self._notify(command.notice)
            told = NoticeTold(command.notice.id)
            subject = journal_of(command.notice.subject)
            event = Event(f"{command.notice.id}/told", self._clock(), Source.CLOCK, "notices", subject, told)
            self._store.save(self._partner, (), [Entry(event, Outcome.EXPECTED)])

    def commands(self, record: Told) -> tuple[Tell, ...]:
        """What people have still to be told about a record: by its history, less what the journal has."""
        history = self._store.history(self._partner, record.id)
        called_for = (notice for entry in history for notice in notices_of(record, entry))
        return to_tell(called_for, self._store.history(self._partner, journal_of(record.id)))
