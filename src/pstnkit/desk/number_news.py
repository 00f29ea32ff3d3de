"""What people are told of a customer's numbers: that some have left, and nobody here has asked for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC

from pstnkit.lifecycle.events import Source
from pstnkit.lifecycle.history import Entry
from pstnkit.lifecycle.machine import Outcome
from pstnkit.lifecycle.notices import Notice
from pstnkit.lifecycle.telling import told
from pstnkit.ordering.number_events import NumbersPortedOut, NumbersReleased, NumberStatus
from pstnkit.ordering.numbers import NumberBook

_NEWS = (Outcome.EXPECTED, Outcome.CONTRADICTS)


def number_news(book: NumberBook, entry: Entry) -> Iterator[Notice]:
    """The notice that a line of a number book's history calls for. Of what a port says of its own numbers, and of what
    people have said or asked for themselves, they are not told here."""
    event = entry.event
    if event.source is not Source.CARRIER or entry.outcome not in _NEWS:
        return
    match event.body:
        case NumbersPortedOut(port=None):
            state = NumberStatus.PORTED_OUT
        case NumbersReleased(reason=str()):
            state = NumberStatus.RELEASED
        case _:
            return
    yield Notice(
        id=f"{event.id}/{state.value}",
        customer=book.customer,
        subject=book.id,
        at=event.at,
        state=state,
        text=told(event.body, UTC),
    )
