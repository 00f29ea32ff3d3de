"""The book of a customer's numbers as text and back: how long it takes, and how long the text is.

    python benchmarks/saved.py                  40,000 numbers
    python benchmarks/saved.py --quick          4,000 numbers

Three books: one of which all numbers stand alike, as after an order; one in which every other number does; and one in
which every number is assigned to somebody else. Beside them stands what ``pickle`` takes, which checks nothing, is no
text, and need not be readable by another version.
"""

from __future__ import annotations

import argparse
import pickle
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from measuring import in_turn

from pstnkit import (
    Assignee,
    AssigneeKind,
    Exchange,
    NumberBook,
    NumberMap,
    NumberRecord,
    NumberStatus,
    from_json,
    to_json,
)

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
ROUNDS = 5


def alike(_place: int) -> NumberRecord:
    """What is known of every number: the same."""
    return NumberRecord(NumberStatus.UNASSIGNED, "order-1", NOON)


def alternating(place: int) -> NumberRecord:
    """What is known of every other number."""
    return NumberRecord(NumberStatus.UNASSIGNED if place % 2 else NumberStatus.PENDING, "order-1", NOON)


def apart(place: int) -> NumberRecord:
    """What is known of one number alone."""
    since = NOON + timedelta(seconds=place)
    return NumberRecord(NumberStatus.ASSIGNED, "order-1", since, Assignee(AssigneeKind.USER, f"User {place}"))


def book(size: int, known: Callable[[int], NumberRecord]) -> NumberBook:
    """A book of so many numbers."""
    full = (number for nxx in range(201, 210) for number in Exchange(f"415{nxx}").numbers)
    records = NumberMap((number, known(place)) for place, number in zip(range(size), full, strict=False))
    found = Counter(record.status for record in records.values())
    counts = {status: found[status] for status in NumberStatus}
    return NumberBook(id="book-1", partner="north", customer="customer-1", records=records, counts=counts)


def main() -> None:
    """Measure the books in turn and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="a tenth of the numbers")
    parser.add_argument("--clock", choices=("wall", "cpu"), default="wall", help="which clock counts")
    options = parser.parse_args()
    size = 4_000 if options.quick else 40_000
    print(
        f"{size:,} numbers   {'save':>10}{'load':>10}{'text':>12}   pickle: {'save':>7}{'load':>10}{'bytes':>12}"
    )
    for known in (alike, alternating, apart):
        made = book(size, known)
        text, pickled = to_json(made), pickle.dumps(made)
        jobs: dict[str, Callable[[], object]] = {
            "save": lambda made=made: to_json(made),  # type: ignore[misc]
            "load": lambda text=text: from_json(text),  # type: ignore[misc]
            "dump": lambda made=made: pickle.dumps(made),  # type: ignore[misc]
            "read": lambda pickled=pickled: pickle.loads(pickled),  # type: ignore[misc]
        }
        times = {
            name: 1000 * min(timing.rounds) for name, timing in in_turn(jobs, ROUNDS, options.clock).items()
        }
        print(
            f"{known.__name__:14} {times['save']:8.1f}ms{times['load']:8.1f}ms{len(text):12,}"
            f"           {times['dump']:7.1f}ms{times['read']:8.1f}ms{len(pickled):12,}"
        )


if __name__ == "__main__":
    main()
