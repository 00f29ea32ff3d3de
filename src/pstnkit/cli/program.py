"""The program: one command, one exit status, and never a traceback for what a person has written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TextIO

from pstnkit.cli.arguments import parse
from pstnkit.cli.output import hush, remark, standard_output
from pstnkit.cli.status import Misuse, Status
from pstnkit.errors import CallerError

if TYPE_CHECKING:
    from argparse import Namespace


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line, that of the process unless given, and return its exit status.

    The status is 0 when all is valid or satisfied, 1 when it is not, 2 when the command was used wrongly:
    then one line on standard error says how.

    >>> main(["due", "--kind", "standard", "--signed", "2026-11-20T15:00:00-08:00"])
    2026-11-20T15:10:00-08:00
    0
    """
    out = standard_output()
    try:
        status = _run(argv, out)
        out.flush()
    except BrokenPipeError:  # nobody reads on: the same as having told all of it
        hush(out)
        status = Status.YES
    except OSError as error:
        hush(out)
        remark("pstnkit", f"cannot go on: {error}")
        status = Status.MISUSED
    except KeyboardInterrupt:
        hush(out)
        status = Status.INTERRUPTED
    return int(status)


def _run(argv: Sequence[str] | None, out: TextIO) -> int:
    speaker = "pstnkit"
    try:
        arguments = parse(argv)
        speaker = f"pstnkit {arguments.command}"
        return _COMMANDS[arguments.command](arguments, out)
    except SystemExit:  # help or the version was asked for, and is printed
        return Status.YES
    except (Misuse, CallerError) as error:
        remark(speaker, str(error))
        return Status.MISUSED


# Each command is loaded when it is run, so that a small question does not pay for a large one.


def _check(arguments: Namespace, out: TextIO) -> int:
    from pstnkit.cli.check import run

    return run(arguments, out)


def _search(arguments: Namespace, out: TextIO) -> int:
    from pstnkit.cli.search import run

    return run(arguments, out)


def _plan(arguments: Namespace, out: TextIO) -> int:
    from pstnkit.cli.plan import run

    return run(arguments, out)


def _due(arguments: Namespace, out: TextIO) -> int:
    from pstnkit.cli.due import run

    return run(arguments, out)


def _demo(arguments: Namespace, out: TextIO) -> int:
    from pstnkit.cli.demo import run

    return run(arguments.inventory, arguments.paste, arguments.seed, arguments.json, out)


_COMMANDS: dict[str, Callable[[Namespace, TextIO], int]] = {
    "check": _check,
    "search": _search,
    "plan": _plan,
    "due": _due,
    "demo": _demo,
}
