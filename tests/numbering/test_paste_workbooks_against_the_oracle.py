"""Cells of workbooks of every kind, numbers among them, are read as their lines were made (DOMAIN 2).

In a workbook a telephone number may be a number, and then it arrives as a float. The kinds of files are written here as
small as they can be; what they hold is known beforehand.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paste_checks import check_entries
from paste_forms import Line, digits, shapes, tens
from paste_oracle import Reading, judge, whole_list
from pstnkit import Reason, Verdict, read_numbers
from workbooks import (
    biff,
    biff_number,
    biff_shared,
    compound,
    ods,
    ods_cell,
    xls_stream,
    xlsb,
    xlsb_number,
    xlsb_row,
    xlsb_shared,
    xlsx,
)

pytest.importorskip("python_calamine")

Cell = str | float | None

_KINDS = ("xlsx", "xlsb", "xls", "ods")


def book(kind: str, rows: Sequence[Sequence[Cell]]) -> bytes:
    """A workbook of one sheet with these cells."""
    texts = [cell for row in rows for cell in row if isinstance(cell, str)]
    places = [(r, c, cell) for r, row in enumerate(rows) for c, cell in enumerate(row) if cell is not None]
    if kind == "xlsx":
        return xlsx("".join(f"<row>{''.join(map(_xlsx_cell, row))}</row>" for row in rows))
    if kind == "ods":
        return ods(
            "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
        )
    index = iter(range(len(texts)))
    if kind == "xlsb":
        cells = b""
        for r in range(len(rows)):
            cells += xlsb_row(r)
            for row, column, cell in places:
                if row == r:
                    cells += (
                        xlsb_shared(column, next(index))
                        if isinstance(cell, str)
                        else xlsb_number(column, cell)
                    )
        return xlsb(cells, texts, struct.pack("<IIII", 0, len(rows) - 1, 0, len(rows[0]) - 1))
    sheet = b"".join(
        biff_shared(row, column, next(index)) if isinstance(cell, str) else biff_number(row, column, cell)
        for row, column, cell in places
    )
    table = struct.pack("<II", len(texts), len(texts)) + b"".join(
        struct.pack("<HB", len(text), 1) + text.encode("utf-16-le") for text in texts
    )
    return compound(xls_stream(sheet, texts=biff(0x00FC, table)))


def _xlsx_cell(cell: Cell) -> str:
    if isinstance(cell, str):
        return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
    return "<c/>" if cell is None else f"<c><v>{cell!r}</v></c>"


def _ods_cell(cell: Cell) -> str:
    if isinstance(cell, str):
        return ods_cell(escape(cell))
    if cell is None:
        return "<table:table-cell/>"
    return f'<table:table-cell office:value-type="float" office:value="{cell!r}"/>'


def number(ten: str, *, country: bool) -> tuple[float, Line]:
    """A numeric cell, and what it says: a number has no leading zero."""
    ten = "4" + ten[1:] if ten[0] == "0" else ten
    verdict, reasons = judge(ten)
    numbers = (int(ten), int(ten)) if verdict is Verdict.VALID else None
    return float(("1" if country else "") + ten), Line(ten, (Reading(0, 0, verdict, reasons, numbers),))


@st.composite
def cells(draw: st.DrawFn) -> tuple[Cell, Line]:
    if draw(st.booleans()):
        return number(draw(tens), country=draw(st.booleans()))
    if draw(st.integers(0, 5)) == 0:
        return None, Line("", ())
    line = draw(shapes)(draw(digits))
    return line.text, line


def _has_no_edges(cell: Cell) -> bool:
    # The formats differ in which blanks at the edges they keep, and which marks XML can hold.
    return not isinstance(cell, str) or (cell == cell.strip() and "  " not in cell and "\u00a0" not in cell)


@pytest.mark.parametrize("kind", _KINDS)
@given(column=st.lists(cells(), min_size=1, max_size=12))
def test_a_column_of_a_workbook_is_read_as_its_cells_were_made(
    kind: str, column: list[tuple[Cell, Line]]
) -> None:
    kept = [(cell, line) for cell, line in column if _has_no_edges(cell)]
    rows: list[list[Cell]] = [["Name", "Phone"], *([f"x{n}", cell] for n, (cell, _) in enumerate(kept))]
    report = read_numbers(book(kind, rows))
    expected, _ = whole_list([(n, list(line.readings)) for n, (_, line) in enumerate(kept, 2)], {})
    check_entries(report, expected)
    assert all(entry.column == 2 for entry in report)
    assert all(entry.start is None and entry.end is None for entry in report)
    assert not report.unread


@pytest.mark.parametrize("kind", _KINDS)
@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (3210100.0, Reason.TOO_SHORT),
        (415321010.0, Reason.TOO_SHORT),
        (41532101001.0, Reason.TOO_LONG),
        (4153210100.5, Reason.NOT_A_NUMBER),
        (0.25, Reason.NOT_A_NUMBER),
        (123456789012345680000.0, Reason.DIGITS_LOST),
    ],
)
def test_a_number_that_is_no_telephone_number_says_why(kind: str, cell: float, reason: Reason) -> None:
    (_, entry) = read_numbers(book(kind, [["Phone"], [4153210100.0], [cell]]))
    assert entry.reason is reason


@pytest.mark.parametrize("kind", _KINDS)
def test_days_amounts_and_accounts_beside_the_numbers_are_not_read(kind: str) -> None:
    rows: list[list[Cell]] = [
        ["Customer", "Main Number", "Fax", "Since", "Balance", "Zip", "Account Number"],
        ["Jane Doe", 4153210100.0, "(415) 321-0101", 46027.0, 1234.5, 94110.0, 9876543210.0],
        ["Acme", "+1 628 321 0102", None, 46028.4375, -3.0, "94110-1234", 2125550123.0],
        [None, None, None, None, None, None, None],
        ["Bob", 16283210103.0, 6283210104.0, None, 0.0, None, None],
    ]
    report = read_numbers(book(kind, rows))
    assert [str(column) for column in report.columns] == [
        'column B ("Main Number"): its heading names telephone numbers',
        'column C ("Fax"): its heading names telephone numbers',
    ]
    assert [(entry.row, entry.column, str(entry.numbers[0])) for entry in report] == [
        (2, 2, "+14153210100"),
        (2, 3, "+14153210101"),
        (3, 2, "+16283210102"),
        (5, 2, "+16283210103"),
        (5, 3, "+16283210104"),
    ]
    assert [(cell.row, cell.column) for cell in report.unread] == [(2, 7), (3, 7)]
