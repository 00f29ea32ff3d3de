"""Put measured figures into the page about speed, between its marks.

    python benchmarks/page.py build/paste.json build/values.json docs/explanation/speed.md

Of what was measured in several sizes, the page shows the largest. ``make bench-page`` measures and does this.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from measuring import Figure

BEGIN = "<!-- figures of {name}: written by benchmarks/page.py -->"
END = "<!-- end of figures of {name} -->"
_SIZE = re.compile(r"(.*): ([0-9,]+) lines")


def tables(found: dict[str, Any]) -> Iterator[str]:
    """What one benchmark has found, as Markdown."""
    figures = [
        Figure(**{name: value for name, value in row.items() if name != "reached"})
        for row in found["figures"]
    ]
    about = found["about"]
    packages = ", ".join(f"{name} {version}" for name, version in about["packages"].items())
    yield f"{about['processor']}, {about['cores']} cores; {about['python']}; {packages}; by the {about['clock']} clock."
    for subject, group in groupby(_largest(figures), key=lambda figure: figure.subject):
        yield f"\n**{subject[:1].upper()}{subject[1:]}**\n"
        yield "| | | lowest to highest | to be reached | |\n|---|--:|---|---|---|"
        yield from map(_row, group)


def _largest(figures: Iterable[Figure]) -> list[Figure]:
    """Without what was measured in a larger size, too, and without what another line tells."""
    sizes: dict[str, int] = {}
    for figure in figures:
        if match := _SIZE.fullmatch(figure.subject):
            sizes[match[1]] = max(sizes.get(match[1], 0), int(match[2].replace(",", "")))
    return [
        figure
        for figure in figures
        if not (match := _SIZE.fullmatch(figure.subject)) or int(match[2].replace(",", "")) == sizes[match[1]]
    ]


def _row(figure: Figure) -> str:
    bound = figure.bound() + ("" if figure.reached in (None, True) else " (missed)")
    cells = (figure.what, figure.shown(), figure.between(), bound, figure.note)
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"


def main() -> None:
    """Write each file's figures into the page."""
    *files, page = map(Path, sys.argv[1:])
    text = page.read_text(encoding="utf-8")
    for file in files:
        begin, end = BEGIN.format(name=file.stem), END.format(name=file.stem)
        before, _, rest = text.partition(begin)
        _, found, after = rest.partition(end)
        if not found:
            raise SystemExit(f"{page} has no place for {file.stem}: {begin}")
        body = "\n".join(tables(json.loads(file.read_text(encoding="utf-8"))))
        text = f"{before}{begin}\n\n{body}\n\n{end}{after}"
    page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
