"""Reading the sheets of a workbook as grids of cells."""

from __future__ import annotations

from io import BytesIO
from itertools import chain, islice
from typing import Any

from pstnkit.numbering.paste.workbooks import compound, ods, packages, xls, xlsb, xlsx
from pstnkit.numbering.paste.workbooks.allowance import Allowance, UnreadableWorkbook
from pstnkit.rendering.escape import visible

SIGNATURES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
"""How workbooks begin: those that are zip archives, and older ones."""
_LACKING = "is a workbook; reading it needs the extra 'excel': pip install 'pstnkit[excel]'"
_SAID = 200
"""How much is quoted of what the library says: it may quote the file."""
_MEASURES = {"xlsx": xlsx.measure, "xlsb": xlsb.measure, "ods": ods.measure}
_PARTS = {
    "xlsx": (".xml", ".rels"),
    "xlsb": (".bin", "xl/_rels/workbook.bin.rels", "_rels/.rels", "[content_types].xml"),
    "ods": ("content.xml", "meta-inf/manifest.xml", "mimetype"),
}

_CELLS_AT_ONCE = 1 << 15
"""How many cells of a sheet are taken together from rows into columns."""

Grid = list[list[Any]]
"""The columns of a sheet, all of one length, each with its cells: texts, numbers, dates, and nothing."""


def read_sheets(data: bytes, sheet: str | int | None, max_bytes: int) -> list[tuple[str, Grid]]:
    """The sheet that is asked for, with its name; if none is, all sheets, the first one that is seen first.

    Raises :class:`UnreadableWorkbook`, whatever the file is like.
    """
    try:
        from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum
    except ImportError as error:
        raise UnreadableWorkbook(_LACKING) from error
    try:
        allowance = Allowance(max_bytes, len(data))
        workbook = CalamineWorkbook.from_filelike(_made_safe(data, allowance))
        # Sheets that hold a chart or a dialog have no cells, and one that is hidden is not what a person sees first.
        tables = [one for one in workbook.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
        tables.sort(key=lambda one: one.visible != SheetVisibleEnum.Visible)
        # Of several sheets of one name the library reads the first, and would read it again for each of them.
        every = list(dict.fromkeys(one.name for one in tables))
        names = every if sheet is None else [_chosen(workbook.sheet_names, sheet)]
        sheets: list[tuple[str, Grid]] = []
        places = 0
        for name in names:
            found = workbook.get_sheet_by_name(name)
            row, column = found.end or (0, 0)
            places += (row + 1) * (column + 1)
            allowance.check_grid(places, 1, len(data))
            sheets.append((name, _columns(found)))
        if not sheets:
            raise UnreadableWorkbook("has no sheets with cells")
        return sheets
    except UnreadableWorkbook:
        raise
    except BaseException as error:
        # The library fails in more ways than its error says; where it fails by panic, that is no Exception even.
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise UnreadableWorkbook(
                f"is not a workbook that can be read: {visible(str(error))[:_SAID]}"
            ) from error
        raise


def _columns(sheet: Any) -> Grid:
    """The cells of a sheet by columns, from its very first row and column.

    Rows are parted as they come: had there been a list for each of them, the interpreter would go through all of those
    again and again, looking for garbage.
    """
    if sheet.start is None:
        return []
    width = sheet.width
    columns: Grid = [[] for _ in range(width)]
    rows = sheet.iter_rows()  # begins with the first row, but with the first column that holds something
    while cells := list(chain.from_iterable(islice(rows, max(_CELLS_AT_ONCE // width, 1)))):
        for index, column in enumerate(columns):
            column += cells[index::width]
    return [[""] * len(columns[0])] * sheet.start[1] + columns


def _made_safe(data: bytes, allowance: Allowance) -> BytesIO | packages.Archive:
    """The same workbook in a container of our own, after it has been measured."""
    if data.startswith(SIGNATURES[1]):
        return BytesIO(compound.wrap(xls.measure(compound.extract(data), allowance)))
    parts = packages.unpack(data, allowance)
    kind = "ods" if "content.xml" in parts else "xlsb" if "xl/workbook.bin" in parts else "xlsx"
    for name in [name for name in parts if not name.casefold().endswith(_PARTS[kind])]:
        del parts[name]
    _MEASURES[kind](parts, allowance)
    return packages.pack(parts)


def _chosen(names: list[str], sheet: str | int) -> str:
    if isinstance(sheet, int) and 1 <= sheet <= len(names):
        return names[sheet - 1]
    if isinstance(sheet, str) and sheet in names:
        return sheet
    raise UnreadableWorkbook(
        f"has no sheet {sheet!r}; its sheets are {', '.join(map(repr, names)) or 'none'}"
    )
