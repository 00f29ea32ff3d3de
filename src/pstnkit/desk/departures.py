"""Numbers that leave although nobody here has asked for it: port-outs and disconnections, as a carrier tells of them.

Such a notice names numbers, and no order of ours. It ends their lives with whichever customers have them.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial

from attrs import evolve

from pstnkit.carriers.protocol import News
from pstnkit.desk.office import Office, Work, persist
from pstnkit.desk.registering import Told
from pstnkit.lifecycle.events import Source
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.telephone import TelephoneNumber
from pstnkit.ordering.number_events import NumbersPortedOut, NumbersReleased, NumberStatus
from pstnkit.ordering.numbers import NumberBook

Departure = NumbersPortedOut | NumbersReleased
_NOT_HERE_YET = (NumberStatus.PENDING, NumberStatus.FAILED)


def hear_departures(office: Office, news: News) -> tuple[Told, ...]:
    """Tell every customer whose numbers have left, and set aside what is said of strangers.

    Gives whom that was; nobody when the news is about no departure, or about strangers alone.
    """
    report = news.report
    if not isinstance(report, Departure):
        return ()
    whose = _whose(office, news, NumberSet(report.numbers))
    told = [
        persist(partial(_tell, office, book, news, evolve(report, numbers=tuple(gone.ranges()))))
        for book, gone in whose
    ]
    strangers = NumberSet(report.numbers).difference(*(gone for _, gone in whose))
    if whose and strangers:
        rest = evolve(report, numbers=tuple(strangers.ranges()))
        office.store.set_aside(office.partner, evolve(news, report=rest))
    return tuple(told)


def _whose(office: Office, news: News, wanted: NumberSet) -> list[tuple[NumberBook, NumberSet]]:
    """The books that the numbers are in; of two customers who had one, the one who has it, or had it last."""
    owners: dict[TelephoneNumber, NumberBook] = {}

    def claim(book: NumberBook, number: TelephoneNumber) -> tuple[bool, bool, bool, datetime]:
        record = book[number]
        # Told again, it is about whom it was about the first time.
        told = news.id in book.seen
        return told, record.provisioned, record.status not in _NOT_HERE_YET, record.since

    for book in office.store.all(NumberBook, office.partner):
        for number in wanted:
            if number in book.records:
                rival = owners.get(number)
                if rival is None or claim(book, number) > claim(rival, number):
                    owners[number] = book
    gone: dict[str, tuple[NumberBook, NumberSet]] = {}
    for number, book in owners.items():
        gone.setdefault(book.id, (book, NumberSet()))[1].add(number)
    return list(gone.values())


def _tell(office: Office, book: NumberBook, news: News, report: Departure) -> Told:
    work = Work(office)
    present = work.again(book)
    if news.id in present.seen:
        return Told(book.customer, None)
    entry = work.happen(
        present, report, source=Source.CARRIER, actor=news.actor, at=news.at, event_id=news.id
    )
    work.save()
    return Told(book.customer, entry.outcome)
