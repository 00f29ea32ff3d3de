"""What may be written on the command line; nothing of the library is loaded to know it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pstnkit
from pstnkit.cli.status import Misuse

if TYPE_CHECKING:
    from pstnkit.lifecycle.fulfillment import OrderKind

_STATUS = """\
exit status:
  0  all valid, satisfied, or answered
  1  not
  2  used wrongly: one line on standard error says how
"""


class _Parser(argparse.ArgumentParser):
    """A parser whose complaint is one line, and the program's to print; options are never abbreviated."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_abbrev=False, **options)

    def error(self, message: str) -> NoReturn:
        raise Misuse(f"{message} (see {self.prog} --help)")


def parse(argv: Sequence[str] | None) -> argparse.Namespace:
    """The arguments of one command, ``command`` being its name; from the process unless given.

    Raises :class:`Misuse`, and :class:`SystemExit` when help or the version was asked for and printed.

    >>> parse(["plan", "415", "--on", "2026-11-20"]).on
    datetime.date(2026, 11, 20)
    """
    return _parser().parse_args(argv)


def _parser() -> _Parser:
    parser = _Parser(
        prog="pstnkit",
        description="Telephone number provisioning in North America.",
        epilog=_STATUS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"pstnkit {pstnkit.__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, title="commands")

    def command(name: str, summary: str, description: str = "") -> _Parser:
        made = commands.add_parser(name, help=summary, description=f"{summary} {description}".strip())
        made.add_argument("--json", action="store_true", help="print JSON, for programs")
        return made

    _add_check(command("check", "Say which entries of a list are numbers that can be used, and why not."))
    _add_search(
        command("search", "Find free numbers in an inventory, and alternatives when there are not enough.")
    )
    _add_plan(command("plan", "Say what an area code is, on a day."))
    _add_due(command("due", "Say when an order is due, once everything that it needs is signed."))
    _add_demo(command("demo", "Tell the whole story, against a simulated carrier on a clock of its own."))
    return parser


def _add_check(parser: _Parser) -> None:
    parser.add_argument("file", metavar="FILE", help="text, CSV, TSV or .xlsx; - is standard input")
    _add_reading(parser)


def _add_search(parser: _Parser) -> None:
    parser.add_argument(
        "--inventory", required=True, metavar="FILE", help="the free numbers; - is standard input"
    )
    parser.add_argument(
        "--exchanges",
        metavar="FILE",
        action="append",
        help="a table of exchanges with rate centers and cities; of several, the later one counts",
    )
    _add_reading(parser)
    where = parser.add_argument_group("where")
    where.add_argument("--state", help="CA or US-CA")
    where.add_argument("--country", help="two letters, such as US")
    where.add_argument("--npa", help="the area code")
    where.add_argument("--nxx", help="the exchange within it")
    where.add_argument("--city", help="by name; with the state, as in 'Oakland, CA', where several have one")
    where.add_argument("--rate-center", metavar="NAME", help="by name, likewise")
    which = parser.add_argument_group(
        "which", "Patterns: ? is any digit, and letters are those of a phone's keys."
    )
    which.add_argument("--starts-with", metavar="PATTERN")
    which.add_argument("--contains", metavar="PATTERN")
    which.add_argument("--ends-with", metavar="PATTERN")
    which.add_argument(
        "--line-numbers",
        type=listed,
        action="extend",
        metavar="ENDING,...",
        help="an extension plan: endings of one to four digits, to be had from one exchange",
    )
    which.add_argument(
        "--exclude", action="append", metavar="NUMBERS", help="numbers or ranges that must not come"
    )
    many = parser.add_argument_group("how many")
    many.add_argument("--quantity", type=whole_number, metavar="N", help="how many numbers (1 unless given)")
    many.add_argument("--consecutive", action="store_true", help="in one run")
    many.add_argument("--block", action="store_true", help="in one run aligned on its size")
    many.add_argument(
        "--limit", type=whole_number, metavar="N", help="how many options to list (25 unless given)"
    )
    many.add_argument("--after", metavar="CURSOR", help="list what comes behind an earlier page")


def _add_plan(parser: _Parser) -> None:
    parser.add_argument("npa", metavar="NPA", help="the area code")
    _add_day(parser)


def _add_due(parser: _Parser) -> None:
    parser.add_argument("--kind", required=True, type=order_kind, help="standard, advanced or port")
    parser.add_argument(
        "--signed",
        required=True,
        type=moment,
        metavar="TIME",
        help="with its offset: 2026-11-20T15:00:00-08:00",
    )
    parser.add_argument(
        "--placed", type=moment, metavar="TIME", help="when the order was placed, if that was later"
    )
    parser.add_argument("--tz", metavar="ZONE", help="where the signer is: America/Los_Angeles")


def _add_demo(parser: _Parser) -> None:
    parser.add_argument("--inventory", type=Path, metavar="FILE", help="the carrier's free numbers")
    parser.add_argument("--paste", type=Path, metavar="FILE", help="the list of numbers to port")
    parser.add_argument("--seed", type=whole_number, default=0, metavar="N", help="another course of events")


def _add_reading(parser: _Parser) -> None:
    parser.add_argument(
        "--columns",
        type=listed_columns,
        action="extend",
        metavar="COLUMN,...",
        help="the columns to read, by heading, letter or position (found out unless given)",
    )
    parser.add_argument("--sheet", type=position_or_name, help="the sheet of a workbook, by name or position")
    parser.add_argument("--encoding", type=encoding, help="of text that is not UTF-8, such as cp1252")
    _add_day(parser)


def _add_day(parser: _Parser) -> None:
    parser.add_argument("--on", type=day, metavar="DATE", help="the day to judge by (today unless given)")


def day(text: str) -> date:
    """A day, as written by ISO 8601."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{_quoted(text)} is no date, such as 2026-11-20") from None


def moment(text: str) -> datetime:
    """A time, as written by ISO 8601; whether it has an offset is for the library to say."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        problem = f"{_quoted(text)} is no time, such as 2026-11-20T15:00:00-08:00"
        raise argparse.ArgumentTypeError(problem) from None


def whole_number(text: str) -> int:
    """A whole number in plain digits; whether it is too small is for the library to say."""
    try:
        if text.isascii() and text.removeprefix("-").isdigit():  # int() takes 1_0 and other scripts, too
            return int(text)
    except ValueError:  # more digits than Python reads
        pass
    raise argparse.ArgumentTypeError(f"{_quoted(text)} is no whole number")


def order_kind(text: str) -> OrderKind:
    """A kind of order by its name."""
    from pstnkit.lifecycle.fulfillment import OrderKind

    try:
        return OrderKind(text)
    except ValueError:
        kinds = ", ".join(OrderKind)
        raise argparse.ArgumentTypeError(f"{_quoted(text)} is no kind of order; there are {kinds}") from None


def encoding(text: str) -> str:
    """The name of an encoding."""
    from codecs import lookup

    try:
        return lookup(text).name
    except (LookupError, ValueError):
        raise argparse.ArgumentTypeError(f"{_quoted(text)} is no text encoding") from None


def listed(text: str) -> list[str]:
    """Values between commas; one that has a comma itself is put in double quotes, as in CSV.

    >>> listed('A, "Phone, home"')
    ['A', 'Phone, home']
    """
    from csv import reader

    found = [value.strip() for row in reader([text], skipinitialspace=True) for value in row]
    if not found or not all(found):
        raise argparse.ArgumentTypeError(f"{_quoted(text)} has nothing where a value should be")
    return found


def listed_columns(text: str) -> list[str | int]:
    """Columns between commas: digits are positions, from 1 on; anything else is a heading or letters.

    >>> listed_columns("B,3,Phone")
    ['B', 3, 'Phone']
    """
    return [position_or_name(value) for value in listed(text)]


def position_or_name(text: str) -> str | int:
    """A position if it is written in digits, else a name."""
    return whole_number(text) if text.isascii() and text.isdigit() else text


def _quoted(text: str) -> str:
    from pstnkit.numbering.reasons import quoted

    return quoted(text)
