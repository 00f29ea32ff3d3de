"""Aligned plain-text tables, for terminals and logs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from pstnkit.rendering.escape import visible

_GAP = "  "


def text_table(
    header: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    right: Iterable[int] = (),
    paint_row: Callable[[int, str], str] | None = None,
) -> str:
    """Rows under a header, each column as wide as its widest cell.

    The columns numbered in ``right`` (from 0) are flush right. Cells are made text with ``str`` and shown
    on one line, with unprintable characters escaped. ``paint_row`` may color a finished line, given its row
    number from 0. Rows shorter than the header are filled with blanks; a longer one raises
    :class:`ValueError`.

    >>> print(text_table(["area code", "free"], [["415", 7], ["628", 1200]], right=[1]))
    area code  free
    ---------  ----
    415           7
    628        1200
    """
    shown = [[visible(str(cell)) for cell in row] for row in rows]
    for number, row in enumerate(shown, 1):
        if len(row) > len(header):
            raise ValueError(f"row {number} of the table has {len(row)} cells under {len(header)} headings")
        row += [""] * (len(header) - len(row))
    widths = [max(map(len, column)) for column in zip(header, *shown, strict=True)]
    flush_right = frozenset(right)

    def line(cells: Iterable[str]) -> str:
        padded = (
            cell.rjust(width) if index in flush_right else cell.ljust(width)
            for index, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )
        return _GAP.join(padded).rstrip()

    lines = [line(header), line("-" * width for width in widths)]
    for number, row in enumerate(shown):
        finished = line(row)
        lines.append(finished if paint_row is None else paint_row(number, finished))
    return "\n".join(lines)
