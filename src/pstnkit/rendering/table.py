"""Aligned plain-text tables, for terminals and logs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice

from pstnkit.rendering.escape import visible

_GAP = "  "
_LOOKED_AT = 1000
"""How many rows are looked at before the first is printed, to find how wide the columns are."""
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_ISOLATED = "\u2068{}\u2069"
"""Marks around a cell that keep its direction of writing to itself."""


def display_width(text: str) -> int:
    r"""How many columns of a terminal ``text`` takes: wide characters two, combining marks none.

    >>> display_width("Jane"), display_width("\u7530\u4e2d"), display_width("e\u0301")
    (4, 4, 1)
    """
    if text.isascii():
        return len(text)
    from unicodedata import category, east_asian_width

    return sum(
        0 if category(character) in ("Mn", "Me") else 2 if east_asian_width(character) in "WF" else 1
        for character in text
    )


def text_table(
    header: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    right: Iterable[int] = (),
    paint_row: Callable[[Sequence[object], str], str] | None = None,
) -> str:
    """Rows under a header, each column as wide as its widest cell: :func:`table_lines`, put together.

    >>> print(text_table(["area code", "free"], [["415", 7], ["628", 1200]], right=[1]))
    area code  free
    ---------  ----
    415           7
    628        1200
    """
    return "\n".join(table_lines(header, rows, right=right, paint_row=paint_row))


def table_lines(
    header: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    right: Iterable[int] = (),
    paint_row: Callable[[Sequence[object], str], str] | None = None,
) -> Iterator[str]:
    r"""The lines of a table, made as they are asked for, so that the table can be longer than memory.

    A column is as wide as its widest cell among the first 1,000 rows; a wider one further down widens it
    from there on. The columns numbered in ``right`` (from 0) are flush right. Cells are made text with
    ``str`` and shown on one line, with unprintable characters escaped; what is written from right to left
    stays within its cell. ``paint_row`` may color a finished line, given the row. Rows shorter than the
    header are filled with blanks; a longer one raises :class:`ValueError`.

    >>> list(table_lines(["name"], [["Jane\n"], ["Joe"]]))
    ['name', '------', 'Jane\\n', 'Joe']
    """
    flush_right = frozenset(right)
    widths = list(map(display_width, header))

    def line(cells: Iterable[str]) -> str:
        padded = (
            _padded(cell, width, right=index in flush_right)
            for index, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )
        return _GAP.join(padded).rstrip()

    def measured(
        numbered: Iterable[tuple[int, Sequence[object]]],
    ) -> Iterator[tuple[list[str], Sequence[object]]]:
        for number, row in numbered:
            shown = [visible(str(cell)) for cell in row]
            if len(shown) > len(header):
                raise ValueError(
                    f"row {number} of the table has {len(shown)} cells under {len(header)} headings"
                )
            shown += [""] * (len(header) - len(shown))
            for index, cell in enumerate(shown):
                widths[index] = max(widths[index], display_width(cell))
            yield shown, row

    numbered = enumerate(rows, 1)
    first = list(measured(islice(numbered, _LOOKED_AT)))
    yield line(header)
    yield line("-" * width for width in widths)
    for shown, row in chain(first, measured(numbered)):
        finished = line(shown)
        yield finished if paint_row is None else paint_row(row, finished)


def _padded(cell: str, width: int, *, right: bool) -> str:
    blanks = " " * (width - display_width(cell))
    if _RIGHT_TO_LEFT.search(cell):
        cell = _ISOLATED.format(cell)
    return blanks + cell if right else cell + blanks
