"""``pstnkit demo``: the story of the examples, with the reader's own files when there are any."""

from __future__ import annotations

import json
import runpy
from pathlib import Path
from typing import Any, TextIO

from pstnkit.desk.desk import Desk
from pstnkit.desk.plain import plain
from pstnkit.numbering.paste import read_numbers

# A wheel carries the examples inside the package; in a checkout they lie beside its sources.
_PLACES = (Path(__file__).parent.parent / "examples", Path(__file__).parents[3] / "examples")


def _story() -> dict[str, Any]:
    """The names that the story defines."""
    place = next(folder for folder in _PLACES if (folder / "story.py").exists())
    return runpy.run_path(str(place / "story.py"), run_name="pstnkit_story")


def run(inventory: Path | None, paste: Path | None, seed: int, as_json: bool, out: TextIO) -> int:
    """Tell the story to ``out``, as text or as one JSON object; the exit status is 0.

    ``inventory`` is what the carrier has on offer and ``paste`` what the customer brings along; without them, the
    example's own files. ``seed`` decides how the carrier's messages are repeated and shuffled. Raises
    :class:`~pstnkit.numbering.paste.sources.UnreadableSource` before anything is told.
    """
    told = _story()
    inventory = inventory or told["DATA"] / "numbers_on_offer.txt"
    paste = paste or told["DATA"] / "numbers_to_port.tsv"
    read_numbers(paste)  # it is ported late in the story: a file that cannot be read is better said at once
    lines: list[str] = []

    def say(line: str) -> None:
        if as_json:
            lines.append(line)
        else:
            print(line, file=out)

    story = told["Story"](inventory, paste, seed, say)
    story.tell()
    if as_json:
        json.dump(_everything(story.desk, story.customer.id, story.figures, lines), out, indent=2)
        out.write("\n")
    return 0


def _everything(desk: Desk, customer: str, figures: dict[str, Any], lines: list[str]) -> dict[str, Any]:
    """The same as events and final state, with the lines that were told."""
    records = [
        desk.customer(customer),
        *desk.agreements(customer),
        *desk.orders(customer),
        desk.numbers(customer),
    ]
    return {
        "story": lines,
        "figures": figures,
        "events": [plain(entry) for record in records for entry in desk.history(record.id)],
        "state": {
            "customer": plain(records[0]),
            "agreements": plain(desk.agreements(customer)),
            "orders": plain(desk.orders(customer)),
            "numbers": plain(desk.numbers(customer)),
        },
    }
