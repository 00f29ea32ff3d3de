"""``pstnkit due``: when an order is due (SPEC F1 to F5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from pstnkit.cli.output import write
from pstnkit.cli.status import Misuse, Status
from pstnkit.lifecycle.fulfillment import FulfillmentPolicy

if TYPE_CHECKING:
    from argparse import Namespace


def run(arguments: Namespace, out: TextIO) -> int:
    """Print the time at which the order is due, in the signer's zone."""
    try:
        due = (
            FulfillmentPolicy()
            .due(arguments.kind, signed=arguments.signed, placed=arguments.placed, tz=arguments.tz)
            .isoformat()
        )
    except OverflowError:
        raise Misuse("the time lies outside of the calendar's years 1 to 9999") from None
    if arguments.json:
        import json

        write(out, [json.dumps({"due": due})])
    else:
        write(out, [due])
    return Status.YES
