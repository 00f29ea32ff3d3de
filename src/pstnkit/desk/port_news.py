"""What follows from a change of a port besides its state: what people are told, and which numbers have left again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pstnkit.catalog import sentence
from pstnkit.lifecycle.history import Entry
from pstnkit.lifecycle.machine import Outcome
from pstnkit.lifecycle.notices import Notice
from pstnkit.lifecycle.progress import Progress
from pstnkit.numbering.ranges import NumberRange, collapse
from pstnkit.numbering.telephone import TelephoneNumber
from pstnkit.porting.news import PortNews
from pstnkit.porting.ports import PortOrder
from pstnkit.porting.reports import (
    DateInJeopardy,
    FocConfirmed,
    NumbersLeaving,
    NumbersLeft,
    NumbersSnappedBack,
    SupplementRefused,
)


def port_news(port: PortOrder, entry: Entry) -> Iterator[Notice]:
    """The notices that a line of a port's history calls for besides the states that it has entered."""
    if entry.outcome is Outcome.EXPECTED and (found := _news(entry)):
        news, figures = found
        yield Notice(
            id=f"{entry.event.id}/{news.value}",
            customer=port.customer,
            subject=port.id,
            at=entry.event.at,
            state=news,
            text=sentence(news, order=port.id, **figures),
        )


def _news(entry: Entry) -> tuple[PortNews, dict[str, Any]] | None:
    match entry.event.body:
        case FocConfirmed(foc) if not entry.path:
            return PortNews.DATE_MOVED, {"at": f"{foc.at:%Y-%m-%d %H:%M %Z}"}
        case DateInJeopardy() as danger:
            return PortNews.DATE_IN_JEOPARDY, {"why": str(danger)}
        case SupplementRefused(reason):
            return PortNews.CHANGE_REFUSED, {"why": reason}
        case NumbersSnappedBack(numbers):
            return PortNews.SNAPPED_BACK, {"count": sum(map(len, numbers))}
        case NumbersLeaving(numbers):
            return PortNews.LEAVING, {"count": sum(map(len, numbers))}
        case NumbersLeft(numbers):
            return PortNews.LEFT, {"count": sum(map(len, numbers))}
        case _:
            return None


def gone_back(before: PortOrder, after: PortOrder) -> tuple[NumberRange, ...]:
    """The numbers that the port had brought, and that have left again now."""
    if not after.left:
        return ()
    return tuple(collapse(_gone(after) - _gone(before)))


def _gone(port: PortOrder) -> set[TelephoneNumber]:
    by_number = port.numbers.by_number
    return {number for part in port.left for number in part if by_number[number] is Progress.SUCCESSFUL}
