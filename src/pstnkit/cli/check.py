"""``pstnkit check``: the verdict of every entry of a list (SPEC P1, P2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from pstnkit.cli.clock import today
from pstnkit.cli.output import remark, write
from pstnkit.cli.sources import source
from pstnkit.cli.status import Status
from pstnkit.numbering.paste import read_numbers

if TYPE_CHECKING:
    from argparse import Namespace


def run(arguments: Namespace, out: TextIO) -> int:
    """Print the report, or with ``--json`` one object for each entry, a line each.

    Yes means that every entry is valid: a repetition is not, since it cannot be used as it stands. A list
    without entries has nothing that is not valid; but where nothing was read although something looks like a
    number, the answer is no.
    """
    report = read_numbers(
        source(arguments.file),
        on=arguments.on or today(),
        columns=arguments.columns,
        sheet=arguments.sheet,
        encoding=arguments.encoding,
    )
    if not arguments.json:
        write(out, report.text_lines())
    else:
        write(out, map(str.rstrip, report.json_lines()))
        if report.unread:
            cells = f"{len(report.unread):,} {'cell' if len(report.unread) == 1 else 'cells'}"
            remark(
                "pstnkit check", f"{cells} outside the columns read may be numbers; --columns chooses columns"
            )
    return Status.when(report.counts.valid == len(report) and not (report.unread and not report))
