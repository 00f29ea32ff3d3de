"""What people want to be told, as commands that follow from what has happened.

A notice is kept nowhere: it is derived from the line of a history that calls for it, and has its id from there. That
people were told is an event in a journal beside the history, so that after a crash those notices come up again that
nobody was told of. Whoever receives notices may thus get one twice, under the same id, and none is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum
from typing import Any

from attrs import frozen

from pstnkit.catalog import key_of, sentence
from pstnkit.lifecycle.events import Report
from pstnkit.lifecycle.history import Entry


@frozen(kw_only=True)
class Notice:
    """Something that people want to be told, and its sentence.

    ``id`` is the same however often the notice comes: who has had it may pass it over. ``customer`` and ``subject`` say
    whose and which record it is about, ``state`` what that has come to, and ``at`` when.
    """

    id: str
    customer: str
    subject: str
    at: datetime
    state: StrEnum
    text: str


@frozen
class Tell:
    """Have people told a notice."""

    notice: Notice


@frozen
class NoticeTold(Report):
    """People were told: ``notice`` is the id of what."""

    notice: str
    word = "told"


def journal_of(subject: str) -> str:
    """Where it is kept what people were told about a record: the subject of those events.

    >>> journal_of("order-7")
    'order-7/notices'
    """
    return f"{subject}/notices"


def notices(
    customer: str, entry: Entry, worth_telling: Iterable[StrEnum], **figures: Any
) -> Iterator[Notice]:
    """The notices that a line of a history calls for: of each state that it entered and that is ``worth_telling``.

    ``figures`` are for their sentences.

    >>> from datetime import UTC
    >>> from pstnkit.lifecycle.events import Event, Source
    >>> from pstnkit.lifecycle.machine import Outcome
    >>> from pstnkit.lifecycle.reports import Fulfilled
    >>> from pstnkit import OrderStatus
    >>> event = Event("event-9", datetime(2026, 11, 20, tzinfo=UTC), Source.CARRIER, "", "order-7", Fulfilled())
    >>> entry = Entry(event, Outcome.EXPECTED, (OrderStatus.COMPLETED,))
    >>> [notice] = notices("customer-1", entry, OrderStatus, order="order-7", count=20)
    >>> notice.id, notice.text
    ('event-9/completed', 'order order-7 is complete; numbers that work: 20')
    """
    worth = {key_of(state) for state in worth_telling}  # states of different machines have words in common
    for state in entry.path:
        if key_of(state) in worth:
            yield Notice(
                id=f"{entry.event.id}/{state.value}",
                customer=customer,
                subject=entry.event.subject,
                at=entry.event.at,
                state=state,
                text=sentence(state, **figures),
            )


def to_tell(called_for: Iterable[Notice], journal: Iterable[Entry]) -> tuple[Tell, ...]:
    """The commands that are left of the notices ``called_for``, given the ``journal`` of what was told."""
    told = {entry.event.body.notice for entry in journal if isinstance(entry.event.body, NoticeTold)}
    return tuple(Tell(notice) for notice in called_for if notice.id not in told)
