"""``pstnkit search``: free numbers, and alternatives to what cannot be had (SPEC N1 to N4)."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, TextIO

from pstnkit.cli.clock import today
from pstnkit.cli.output import remark, write
from pstnkit.cli.sources import STANDARD_INPUT, source
from pstnkit.cli.status import Misuse, Status
from pstnkit.inventory.inventory import Inventory
from pstnkit.inventory.query import FIELDS, InvalidQuery, SearchQuery
from pstnkit.numbering.paste import PastePolicy, read_numbers
from pstnkit.numbering.reasons import quoted

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Iterator
    from datetime import date

    from pstnkit.inventory.exchanges import Exchanges
    from pstnkit.inventory.result import SearchResult
    from pstnkit.numbering.paste import PasteReport
    from pstnkit.numbering.ranges import NumberRange


def run(arguments: Namespace, out: TextIO) -> int:
    """Print what there is, or with ``--json`` one object; yes means that the search is satisfied.

    Entries of the inventory that are no numbers are left out, and counted on standard error.
    """
    on = arguments.on or today()
    try:
        query = _query(arguments, on)
        offer = _offer(arguments, on)
        result = Inventory(offer.numbers.ranges(), exchanges=_exchanges(arguments)).search(query)
    except InvalidQuery as error:
        raise Misuse(f"--{error.field.replace('_', '-')}: {error.problem}") from None
    if offer.invalid or offer.unread:
        remark("pstnkit search", f"of the inventory, {_left_out(offer)}; see pstnkit check")
    if arguments.json:
        write(out, [_json(result)])
        for note in result.notes:
            remark("pstnkit search", note)
    else:
        write(out, _text(result))
    return Status.when(result.satisfied)


def _query(arguments: Namespace, on: date) -> SearchQuery:
    given = {name: value for name in FIELDS if (value := getattr(arguments, name)) is not None}
    if arguments.exclude is not None:
        given["exclude"] = [*_numbers_in(arguments.exclude, on)]
    return SearchQuery(**given)


def _numbers_in(texts: Iterable[str], on: date) -> Iterator[NumberRange]:
    """The numbers that an option lists; one that is none is an error, since all of them are meant."""
    for text in texts:
        report = read_numbers(text, policy=PastePolicy.everything(), on=on)
        for entry in report.invalid:
            raise Misuse(f"--exclude: {quoted(entry.value)} {entry.explanation}")
        if not report:
            raise Misuse(f"--exclude: {quoted(text)} holds no number")
        yield from report.numbers.ranges()


def _offer(arguments: Namespace, on: date) -> PasteReport:
    return read_numbers(
        source(arguments.inventory),
        policy=PastePolicy.everything(),
        on=on,
        columns=arguments.columns,
        sheet=arguments.sheet,
        encoding=arguments.encoding,
    )


def _exchanges(arguments: Namespace) -> Exchanges | None:
    names = arguments.exchanges or []
    if [arguments.inventory, *names].count(STANDARD_INPUT) > 1:
        raise Misuse("--exchanges: standard input is the inventory already, or another table")
    if not names:
        return None
    from pstnkit.inventory.exchanges import Exchanges

    tables = (Exchanges.from_text(source(name), encoding=arguments.encoding) for name in names)
    return reduce(or_, tables)


def _left_out(report: PasteReport) -> str:
    """What is not in the inventory although it stands in its file."""
    parts = []
    if report.invalid:
        reasons: dict[str, int] = {}
        for entry in report.invalid:
            reasons[str(entry.reason)] = reasons.get(str(entry.reason), 0) + 1
        counted = ", ".join(f"{reason} {count:,}" for reason, count in reasons.items())
        parts.append(f"{len(report.invalid):,} of {len(report):,} entries are not valid ({counted})")
    if report.unread:
        cells = "cell was" if len(report.unread) == 1 else "cells were"
        parts.append(f"{len(report.unread):,} {cells} not read though like a number")
    return f"{' and '.join(parts)}, and left out"


def _text(result: SearchResult) -> Iterator[str]:
    yield result.to_text()
    if result.next is not None:
        yield f"Next page: --after {result.next}"


def _json(result: SearchResult) -> str:
    import json

    from pstnkit.inventory.result_data import result_data

    return json.dumps(result_data(result))
