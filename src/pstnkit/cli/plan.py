"""``pstnkit plan``: what an area code is, on a day (DOMAIN 1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from pstnkit.cli.clock import today
from pstnkit.cli.output import write
from pstnkit.cli.status import Status
from pstnkit.numbering.area_code_views import area_code_data, area_code_text
from pstnkit.numbering.plan import plan

if TYPE_CHECKING:
    from argparse import Namespace


def run(arguments: Namespace, out: TextIO) -> int:
    """Print what the bundled plan says; yes for every area code, in service or not: it is answered."""
    on = arguments.on or today()
    code = plan.area_code(arguments.npa, on)
    if arguments.json:
        import json

        write(out, [json.dumps(area_code_data(code))])
    else:
        write(out, [area_code_text(code, on=on, horizon=plan.horizon)])
    return Status.YES
