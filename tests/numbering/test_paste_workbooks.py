"""Workbooks of every kind are read; one that would do harm is refused, before it takes any memory."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
import zlib

import pytest

from pstnkit.numbering.paste import PasteReport, UnreadableSource, read_numbers
from pstnkit.numbering.paste.workbooks import compound as our_compound
from pstnkit.numbering.paste.workbooks import packages as our_archive
from pstnkit.numbering.paste.workbooks.allowance import UnreadableWorkbook
from workbooks import (
    archive,
    biff,
    biff_number,
    biff_shared,
    compound,
    ods,
    ods_cell,
    workbook,
    xls_stream,
    xlsb,
    xlsb_number,
    xlsb_record,
    xlsb_row,
    xlsb_shared,
    xlsx,
    xlsx_parts,
)

pytest.importorskip("python_calamine")

FAR = "has cells so far apart that they make a sheet of"
NUMBER = '<c r="A1"><v>4153210100</v></c>'


def said(report: PasteReport) -> list[tuple[int, int, str]]:
    return [
        (entry.row, entry.column, str(entry.numbers[0]) if entry.numbers else str(entry.reason))
        for entry in report
    ]


# --- .xlsx ------------------------------------------------------------------------------------------------

_FAR_CELLS = {
    "as nearly all are written": '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    "with attributes": '<row r="1048576"><c r="XFD1048576" s="1" t="n"><v>1</v></c></row>',
    "in single quotes": "<row><c r='XFD1048576'><v>1</v></c></row>",
    "with blanks around the sign": '<row><c r = "XFD1048576"><v>1</v></c></row>',
    "with another attribute first": '<row><c s="1" r="XFD1048576"><v>1</v></c></row>',
    "behind a line break": '<row><c\nr="XFD1048576"><v>1</v></c></row>',
    "in small letters": '<row><c r="xfd1048576"><v>1</v></c></row>',
    "with a prefix": '<row><x:c xmlns:x="x" r="XFD1048576"><v>1</v></x:c></row>',
    "behind a comment": '<!-- </sheetData> --><row><c r="XFD1048576"><v>1</v></c></row>',
    "after a row that says where it is": '<row r="1048576"><c><v>1</v></c></row>' + "<row><c/></row>" * 9,
    "in a column that only counting tells": f"<row>{'<c/>' * 16_000}<c><v>1</v></c></row>"
    '<row r="1048576"><c><v>1</v></c></row>',
    "behind leading zeros": '<row><c r="XFD0999999"><v>1</v></c></row>',
    "in a column beyond the last": '<row><c r="ZZZZZZZ9"><v>1</v></c></row><row r="1048000"><c><v>1</v></c></row>',
    "in a row beyond the last": '<row><c r="A4294967295"><v>1</v></c></row>',
}


@pytest.mark.parametrize("cells", _FAR_CELLS.values(), ids=_FAR_CELLS.keys())
def test_a_sheet_whose_cells_lie_far_apart_is_refused_however_it_is_written(cells: str) -> None:
    first = '<row r="1"><c r="A1"><v>4153210100</v></c><c r="P1"><v>1</v></c></row>'
    with pytest.raises(UnreadableSource, match=FAR) as caught:
        read_numbers(xlsx(first + cells))
    assert "delete what stands far from the list" in str(caught.value)


@pytest.mark.parametrize("end", ["</sheetData >", "</sheetData\n>"])
def test_a_sheet_may_end_as_it_likes(end: str) -> None:
    parts = xlsx_parts(f'<row>{NUMBER}<c r="XFD1048576"><v>1</v></c></row>')
    sheet = str(parts["xl/worksheets/sheet1.xml"]).replace("</sheetData>", end)
    parts["xl/worksheets/sheet1.xml"] = sheet.replace("<sheetData>", '<dimension ref="A1:B2"/><sheetData>')
    with pytest.raises(UnreadableSource, match=FAR):
        read_numbers(archive(parts))


def test_a_workbook_is_read_as_one_and_needs_no_encoding() -> None:
    with pytest.raises(UnreadableSource, match="the data needs no encoding: encoding='latin-1' is for"):
        read_numbers(workbook("415-321-0100"), encoding="latin-1")


def test_an_attribute_that_stands_twice_is_refused() -> None:
    with pytest.raises(UnreadableSource, match="is damaged"):
        read_numbers(xlsx(f'<row>{NUMBER}<c r="B1" r="XFD1048576"><v>1</v></c></row>'))


def test_a_far_cell_that_is_empty_is_none() -> None:
    cells = f'<row r="1">{NUMBER}</row><row r="1048576"><c r="XFD1048576" s="1"/></row>'
    assert said(read_numbers(xlsx(cells))) == [(1, 1, "+14153210100")]


def test_what_a_sheet_says_of_its_size_counts_for_nothing() -> None:
    for extent in ("A1", "A1:XFD1048576", "B7:C8"):
        parts = xlsx_parts(
            "".join(f'<row r="{n}"><c r="A{n}"><v>{4153210000 + n}</v></c></row>' for n in (1, 9, 10, 123))
        )
        sheet = str(parts["xl/worksheets/sheet1.xml"])
        parts["xl/worksheets/sheet1.xml"] = sheet.replace(
            "<sheetData>", f'<dimension ref="{extent}"/><sheetData>'
        )
        assert [row for row, _, _ in said(read_numbers(archive(parts)))] == [1, 9, 10, 123]


def test_a_sheet_may_be_sparse() -> None:
    cells = "".join(
        f'<row r="{n}"><c r="A{n}" t="s"><v>{n % 2}</v></c><c r="AB{n}"><v>{4153210000 + n}</v></c></row>'
        for n in range(1, 9_000, 100)
    )
    report = read_numbers(xlsx(cells, texts=["Jane", "Joe"]))
    assert [(entry.row, entry.column) for entry in report] == [(n, 28) for n in range(1, 9_000, 100)]


def test_a_sheet_may_be_empty() -> None:
    assert not read_numbers(xlsx(""))
    assert not read_numbers(xlsx("", f"<row>{NUMBER}</row>"))


def test_cells_that_do_not_say_where_they_are_stand_side_by_side() -> None:
    cells = "<row><c><v>1</v></c><c><v>4153210100</v></c></row><row r='5'><c/><c><v>4153210101</v></c></row>"
    assert said(read_numbers(xlsx(cells))) == [(1, 2, "+14153210100"), (5, 2, "+14153210101")]


_LONG = "Jane " * 60_000


def test_a_long_text_may_stand_in_a_few_cells() -> None:
    cells = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>4153210100</v></c></row>' * 9
    assert read_numbers(xlsx(cells, texts=[_LONG])).counts.valid == 1


def test_many_short_texts_may_stand_in_many_cells() -> None:
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>{n}</v></c></row>' for n in range(1, 300))
    texts = [f"415-321-{n:04}" for n in range(2_000)]
    assert read_numbers(xlsx(cells, texts=texts), max_bytes=50_000).counts.valid == 299


@pytest.mark.parametrize("attribute", ['r="A1" t="s"', "t='s'"], ids=["as usual", "otherwise"])
@pytest.mark.parametrize(
    "markup",
    [
        "",
        "<!-- </si> -->",
        "<?x </si>?>",
        '<r x="</si>"/>',
        '<r x="></si>"/>',
        "<r x='></si>'/>",
        """<r x='"' y="></si>"/>""",
        """<r x="'" y="></si>"/>""",
    ],
)
def test_a_text_that_is_repeated_until_it_fills_the_memory_is_refused(attribute: str, markup: str) -> None:
    cells = f"<row><c {attribute}><v>0</v></c></row>" * 4_000
    texts = "".join(_LONG[place : place + 500] + markup for place in range(0, len(_LONG), 500))
    with pytest.raises(UnreadableSource, match=r"repeats its texts|is damaged"):
        read_numbers(xlsx(cells, texts=[f"<![CDATA[{texts}]]>" if not markup else texts]))


def test_a_cell_that_refers_to_no_text_is_not_counted() -> None:
    cells = '<row><c t="s"><v>9</v></c><c t="s"><v>\u0662x</v></c><c t="s"><v>12345678901234567890123</v></c></row>'
    with pytest.raises(UnreadableSource, match="is not a workbook that can be read"):
        read_numbers(xlsx(cells + "<row/>", texts=[_LONG]))


@pytest.mark.parametrize("count", [7, 10**6, 2**32, 10**30])
def test_how_many_texts_a_table_says_to_hold_counts_for_nothing(count: int) -> None:
    parts = xlsx_parts('<row><c t="s"><v>0</v></c></row>', texts=["415-321-0100"])
    texts = str(parts["xl/sharedStrings.xml"])
    parts["xl/sharedStrings.xml"] = texts.replace("<sst", f"<sst uniqueCount = '{count}'")
    assert read_numbers(archive(parts)).counts.valid == 1


def test_a_workbook_with_two_tables_of_texts_is_refused() -> None:
    parts = xlsx_parts("") | {"xl/other/sharedStrings.xml": "<sst/>"}
    with pytest.raises(UnreadableSource, match="holds more than one table of texts"):
        read_numbers(archive(parts))


def test_a_part_that_declares_entities_is_refused() -> None:
    parts = xlsx_parts("<row><c><v>1</v></c></row>")
    sheet = str(parts["xl/worksheets/sheet1.xml"])
    parts["xl/worksheets/sheet1.xml"] = '<!DOCTYPE x [<!ENTITY a "aaaaaaaa">]>' + sheet
    with pytest.raises(UnreadableSource, match="declares a type of document, which no spreadsheet does"):
        read_numbers(archive(parts))


def test_all_sheets_together_may_be_no_larger_than_one() -> None:
    one = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in (1, 60_000))
    with pytest.raises(UnreadableSource, match=FAR):
        read_numbers(xlsx(one, one), max_bytes=10_000)
    assert len(read_numbers(xlsx(one, one), max_bytes=10_000, sheet=1)) == 2


@pytest.mark.parametrize("target", ["worksheets/sheet1.xml", "WORKSHEETS/Sheet1.xml"])
def test_a_workbook_that_lists_one_part_as_several_sheets_is_refused(target: str) -> None:
    parts = xlsx_parts("", f"<row>{NUMBER}</row>")
    parts["xl/_rels/workbook.xml.rels"] = str(parts["xl/_rels/workbook.xml.rels"]).replace(
        "worksheets/sheet2.xml", target
    )
    with pytest.raises(UnreadableSource, match="lists one part as several of its sheets"):
        read_numbers(archive(parts))
    with pytest.raises(UnreadableSource, match="lists one part as several of its sheets"):
        read_numbers(xlsb(xlsb_row(0) + xlsb_number(0, 4153210100.0), names=["Sheet1", "Sheet2"]))


def test_of_several_sheets_of_one_name_the_first_is_read_and_once() -> None:
    parts = xlsx_parts(f"<row>{NUMBER}</row>", f"<row>{NUMBER}</row>")
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace("Sheet2", "Sheet1")
    report = read_numbers(archive(parts))
    assert (len(report), len(report.unread)) == (1, 0)


def test_the_first_sheet_that_a_person_sees_is_read() -> None:
    sheets = [f'<row><c r="A1"><v>{415321010 * 10 + n}</v></c></row>' for n in range(3)]
    parts = xlsx_parts(*sheets, attributes=['state="hidden"'], kinds=["worksheet", "chartsheet"])
    report = read_numbers(archive(parts))
    assert said(report) == [(1, 1, "+14153210102")]
    assert [cell.sheet for cell in report.unread] == ["Sheet1"]
    assert "sheet Sheet1, row 1, column 1" in report.to_html()
    assert said(read_numbers(archive(parts), sheet=1)) == [(1, 1, "+14153210100")]


def test_a_workbook_of_charts_has_no_cells() -> None:
    parts = xlsx_parts("", kinds=["chartsheet"])
    with pytest.raises(UnreadableSource, match="has no sheets with cells"):
        read_numbers(archive(parts))


# --- archives ---------------------------------------------------------------------------------------------


def test_an_archive_that_unpacks_to_far_too_much_is_refused() -> None:
    parts = xlsx_parts("") | {"xl/styles.xml": b" " * 30_000_000}
    data = archive(parts, zipfile.ZIP_DEFLATED)
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableSource, match="takes far more memory unpacked than its size allows"):
            read_numbers(data, max_bytes=10_000_000)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


def test_parts_without_cells_are_left_packed() -> None:
    parts = xlsx_parts(f"<row>{NUMBER}</row>")
    parts["xl/media/picture.bin"] = parts["xl/drawings/drawing1.xml"] = b" " * 30_000_000
    parts["xl/printerSettings/printerSettings1.bin"] = b"settings"
    assert read_numbers(archive(parts, zipfile.ZIP_DEFLATED), max_bytes=1_000_000).counts.valid == 1


def _with_size(size: int) -> bytes:
    data = bytearray(archive(xlsx_parts("<row><c><v>4153210100</v></c></row>"), zipfile.ZIP_DEFLATED))
    entry = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    data[entry + 24 : entry + 28] = struct.pack("<I", size)
    return bytes(data)


@pytest.mark.parametrize("size", [0, 10, 5_000_000])
def test_a_part_of_another_size_than_it_says_is_refused(size: int) -> None:
    with pytest.raises(UnreadableSource, match=r"is damaged: '_rels/.rels' is not what it says"):
        read_numbers(_with_size(size))


def test_a_part_counts_as_it_says() -> None:
    with pytest.raises(UnreadableSource, match="takes far more memory unpacked"):
        read_numbers(_with_size(5_000_000), max_bytes=1_000_000)


def test_an_archive_under_a_password_is_refused_by_name() -> None:
    data = bytearray(workbook("415-321-0100"))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(UnreadableSource, match="is protected by a password"):
        read_numbers(bytes(data))


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "XL/Worksheets/Sheet1.xml"])
def test_an_archive_with_two_parts_of_one_name_is_refused(name: str) -> None:
    file = io.BytesIO(workbook("415-321-0100"))
    with zipfile.ZipFile(file, "a") as packed:
        packed.writestr(name, "<worksheet/>")
    with pytest.raises(UnreadableSource, match="holds two parts of one name"):
        read_numbers(file.getvalue())


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_archive_that_is_packed_as_no_spreadsheet_packs_is_refused(compression: int) -> None:
    with pytest.raises(UnreadableSource, match="is packed in a way that no spreadsheet uses"):
        read_numbers(archive(xlsx_parts(""), compression))


def test_an_archive_of_countless_parts_is_refused() -> None:
    data = workbook("415-321-0100") + b"PK\x01\x02" * 10_001
    with pytest.raises(UnreadableSource, match="is an archive of too many parts to be a workbook"):
        read_numbers(data)


def test_an_archive_within_an_archive_stays_packed() -> None:
    inner = archive({"xl/a.xml": b" " * 30_000_000}, zipfile.ZIP_DEFLATED)
    parts = xlsx_parts(f"<row>{NUMBER}</row>") | {"xl/inner.xml": inner}
    assert read_numbers(archive(parts), max_bytes=1_000_000).counts.valid == 1


def test_an_archive_of_ours_is_a_file_that_any_reader_can_read() -> None:
    parts = {"a.xml": b"<a/>" * 100_000, "b/c.xml": b"", "d.xml": b"<d/>"}
    file = our_archive.pack({name: our_archive.Part(part, zlib.crc32(part)) for name, part in parts.items()})
    with zipfile.ZipFile(file) as packed:
        assert packed.testzip() is None
        assert {name: packed.read(name) for name in packed.namelist()} == parts
    size = file.seek(0, io.SEEK_END)
    assert (file.read(9), file.seek(-size, io.SEEK_CUR), file.read(4)) == (b"", 0, b"PK\3\4")
    assert (file.seek(0), len(file.read()), file.read(-1)) == (0, size, b"")


@pytest.mark.parametrize("part", ["xl/workbook.xml", "_rels/.rels", "xl/worksheets/sheet1.xml"])
def test_a_workbook_that_lacks_a_part_is_refused(part: str) -> None:
    parts = xlsx_parts(f"<row>{NUMBER}</row>")
    del parts[part]
    with pytest.raises(
        UnreadableSource, match=r"is not a workbook that can be read|has no sheets with cells"
    ):
        read_numbers(archive(parts))


# --- .ods -------------------------------------------------------------------------------------------------

_BLANK = '<table:table-cell table:number-columns-repeated="{}"/>'


def test_an_open_document_is_read_with_what_it_repeats() -> None:
    rows = (
        f'<table:table-row table:number-rows-repeated="2">{_BLANK.format(2)}{ods_cell("415-321-0100")}'
        f"{_BLANK.format(16_000)}</table:table-row>"
        f'<table:table-row table:number-rows-repeated="1000000">{_BLANK.format(16_384)}</table:table-row>'
    )
    report = read_numbers(ods(rows))
    assert [(entry.row, entry.column, entry.verdict) for entry in report] == [
        (1, 3, "valid"),
        (2, 3, "duplicate"),
    ]


_FAR_REPEATS = {
    "a row": f'<table:table-row table:number-rows-repeated="1000000">{_BLANK.format(100)}'
    f"{ods_cell('1')}</table:table-row>",
    "blanks before a cell, in many rows": f"<table:table-row>{_BLANK.format(16_000)}{ods_cell('1')}</table:table-row>"
    * 400,
    "empty rows before a wide one": f"<table:table-row table:number-rows-repeated='1000000'>{_BLANK.format(1)}"
    f"</table:table-row><table:table-row>{_BLANK.format(16_000)}{ods_cell('1')}</table:table-row>",
}


@pytest.mark.parametrize("rows", _FAR_REPEATS.values(), ids=_FAR_REPEATS.keys())
def test_an_open_document_that_repeats_until_it_fills_the_memory_is_refused(rows: str) -> None:
    with pytest.raises(UnreadableSource, match=FAR):
        read_numbers(ods(rows))


@pytest.mark.parametrize(
    "cell",
    [
        ods_cell('<text:s text:c="999999999"/>'),
        ods_cell("Jane " * 20_000, 'table:number-columns-repeated="16000"'),
        f'<table:table-cell table:formula="{"A1+" * 20_000}" table:number-columns-repeated="16000"/>',
    ],
    ids=["blanks", "a text", "a formula"],
)
def test_an_open_document_that_repeats_its_texts_too_often_is_refused(cell: str) -> None:
    with pytest.raises(UnreadableSource, match="repeats its texts until they take more memory"):
        read_numbers(ods(f"<table:table-row>{cell}</table:table-row>"))


@pytest.mark.parametrize("count", ["-1", "x", "9" * 40, "\u0662"])
def test_an_open_document_that_repeats_something_any_number_of_times_is_refused(count: str) -> None:
    with pytest.raises(UnreadableSource, match="is damaged: it repeats something"):
        read_numbers(ods(f"<table:table-row>{_BLANK.format(count)}</table:table-row>"))


@pytest.mark.parametrize("end", ["</office:spreadsheet>", "</table:table>"])
def test_an_open_document_that_breaks_off_is_refused(end: str) -> None:
    with zipfile.ZipFile(io.BytesIO(ods(f"<table:table-row>{ods_cell('1')}</table:table-row>"))) as packed:
        parts: dict[str, str | bytes] = {name: packed.read(name) for name in packed.namelist()}
    content = parts["content.xml"]
    assert isinstance(content, bytes)
    parts["content.xml"] = content[: content.index(end.encode())]
    with pytest.raises(UnreadableSource, match=r"is damaged \(no element found"):
        read_numbers(archive(parts))


def test_an_open_document_under_a_password_is_refused_by_name() -> None:
    with pytest.raises(UnreadableSource, match="is protected by a password"):
        read_numbers(ods("", manifest="<manifest><manifest:encryption-data/></manifest>"))


# --- .xlsb ------------------------------------------------------------------------------------------------


def test_a_binary_workbook_is_read() -> None:
    cells = xlsb_row(0) + xlsb_number(1, 4153210100.0) + xlsb_row(300) + xlsb_shared(1, 1)
    report = read_numbers(xlsb(cells, ["Jane" * 200, "415-321-0101"]))
    assert said(report) == [(1, 2, "+14153210100"), (301, 2, "+14153210101")]


def test_a_binary_workbook_whose_cells_lie_far_apart_is_refused() -> None:
    for row, column in ((1_048_575, 16_383), (0xFFFF_FFFF, 0xFFFF_FFFF)):
        cells = xlsb_row(0) + xlsb_number(0, 1.0) + xlsb_row(row) + xlsb_number(column, 2.0)
        with pytest.raises(UnreadableSource, match=FAR):
            read_numbers(xlsb(cells))


def test_a_binary_workbook_that_repeats_its_texts_too_often_is_refused() -> None:
    with pytest.raises(UnreadableSource, match="repeats its texts"):
        read_numbers(xlsb(xlsb_row(0) + xlsb_shared(0, 0) * 4_000, [_LONG]))


def test_a_cell_of_a_binary_workbook_that_is_cut_short_is_refused() -> None:
    for cells in (xlsb_record(0x00, b"\0"), xlsb_row(0) + xlsb_record(0x05, b"\0" * 15)):
        with pytest.raises(UnreadableSource, match="is damaged: a row or cell of it is cut short"):
            read_numbers(xlsb(xlsb_row(0) + cells))


def test_a_cell_of_a_binary_workbook_that_refers_to_no_text_is_refused() -> None:
    with pytest.raises(UnreadableSource, match="is not a workbook that can be read"):
        read_numbers(xlsb(xlsb_row(0) + xlsb_shared(0, 9), ["a"]))


@pytest.mark.parametrize(
    "cells",
    [b"\x05\xff\xff\xff\x7f", xlsb_record(0x2345, b"\0" * 300)[:-99], b"\x80", b"\x05\x80"],
    ids=["a size beyond the end", "a record that breaks off", "half a type", "half a size"],
)
def test_a_binary_workbook_that_breaks_off_is_refused(cells: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(xlsb(b""))) as packed:
        parts: dict[str, str | bytes] = {name: packed.read(name) for name in packed.namelist()}
    parts["xl/worksheets/sheet1.bin"] = xlsb_record(0x81) + cells
    with pytest.raises(UnreadableSource, match="is damaged: a part of it ends too early"):
        read_numbers(archive(parts))


def test_where_the_library_panics_the_workbook_is_refused(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UnreadableSource, match="is not a workbook that can be read"):
        read_numbers(xlsb(xlsb_row(0), extent=b"\0" * 4))
    capfd.readouterr()  # the library says so on standard error, too


def test_an_interrupt_while_a_workbook_is_read_is_no_fault_of_the_workbook(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def interrupted(*_: object) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr("pstnkit.numbering.paste.workbooks.packages.pack", interrupted)
    with pytest.raises(KeyboardInterrupt):
        read_numbers(workbook("415-321-0100"))


# --- .xls -------------------------------------------------------------------------------------------------


def _texts(*texts: str) -> bytes:
    """A table of texts in one record."""
    written = b"".join(struct.pack("<HB", len(text), 0) + text.encode("latin-1") for text in texts)
    return biff(0x00FC, struct.pack("<II", len(texts), len(texts)) + written)


@pytest.mark.parametrize("small", [False, True])
def test_an_old_workbook_is_read(small: bool) -> None:
    cells = biff_number(0, 1, 4153210100.0) + biff_shared(1, 1, 1)
    stream = xls_stream(cells, texts=_texts("Jane", "415-321-0101"))
    assert said(read_numbers(compound(stream, small=small))) == [
        (1, 2, "+14153210100"),
        (2, 2, "+14153210101"),
    ]


@pytest.mark.parametrize("name", ["Book", "WORKBOOK", "BOOK"])
def test_an_old_workbook_is_found_by_any_of_its_names(name: str) -> None:
    assert read_numbers(compound(xls_stream(biff_number(0, 0, 4153210100.0)), name)).counts.valid == 1


def test_a_long_old_workbook_has_a_long_table_of_sectors() -> None:
    cells = b"".join(biff_number(n, 0, 4153210000.0 + n) for n in range(9_999))
    assert read_numbers(compound(xls_stream(cells))).counts.valid == 9_999


def test_a_text_may_be_continued_in_the_next_record() -> None:
    head = struct.pack("<II", 3, 3)
    rich = struct.pack("<HBHI", 2, 0x0C, 1, 3) + b"ab" + b"\0" * 7
    begun = struct.pack("<HB", 12, 0) + b"415-32"
    continued = b"\x01" + "1-0100".encode("utf-16-le") + struct.pack("<HB", 1, 1) + b"z\0"
    texts = biff(0x00FC, head + rich + begun) + biff(0x003C, continued)
    report = read_numbers(compound(xls_stream(biff_shared(0, 0, 1) + biff_shared(1, 0, 2), texts=texts)))
    assert [entry.text for entry in report] == ["415-321-0100", "z"]


def test_what_an_old_sheet_says_of_its_size_counts_for_nothing() -> None:
    claims = biff(0x0200, struct.pack("<IIHHH", 0, 0xFFFF_FFFF, 0, 0xFFFF, 0))
    stream = xls_stream(claims + biff_number(0, 0, 4153210100.0))
    assert read_numbers(compound(stream)).counts.valid == 1


def test_formulas_of_an_old_workbook_are_left_out_and_their_results_read() -> None:
    formula = struct.pack("<HHHdHI", 0, 0, 0, 4153210100.0, 0, 0) + struct.pack("<H", 3) + b"\x1e\x01\x00"
    assert read_numbers(compound(xls_stream(biff(0x0006, formula)))).counts.valid == 1


@pytest.mark.parametrize(
    "cells",
    [biff_number(0xFFFF, 0xFFFF, 1.0), biff(0x00BD, struct.pack("<HHHIH", 0xFFFF, 0xFFFF, 0, 0, 0xFFFF))],
    ids=["a number", "a row of numbers"],
)
def test_an_old_workbook_whose_cells_lie_far_apart_is_refused(cells: bytes) -> None:
    with pytest.raises(UnreadableSource, match=FAR):
        read_numbers(compound(xls_stream(biff_number(0, 0, 1.0) + cells)))


def test_an_old_workbook_that_repeats_its_texts_too_often_is_refused() -> None:
    cells = biff_shared(0, 0, 0) * 9_000
    with pytest.raises(UnreadableSource, match="repeats its texts"):
        read_numbers(compound(xls_stream(cells, texts=_texts("x" * 8_000))), max_bytes=10_000_000)


def test_a_table_of_texts_that_breaks_off_is_taken_for_long_ones() -> None:
    broken = biff(0x00FC, struct.pack("<II", 1, 1) + b"\x05")
    stream = xls_stream(biff_shared(0, 0, 0) * 2_000, texts=broken)
    with pytest.raises(UnreadableSource, match="repeats its texts"):
        read_numbers(compound(stream), max_bytes=1_000_000)


def test_a_text_that_breaks_off_ends_with_its_table() -> None:
    for broken in (
        struct.pack("<HB", 9, 0) + b"ab",
        struct.pack("<HB", 9, 8) + b"a",
        struct.pack("<HB", 9, 4) + b"a",
        struct.pack("<HB", 9, 1) + b"abc",
    ):
        stream = xls_stream(biff_number(0, 0, 1.0), texts=biff(0x00FC, struct.pack("<II", 1, 1) + broken))
        with pytest.raises(UnreadableSource, match="is not a workbook that can be read"):
            read_numbers(compound(stream))


def test_sheets_that_overlap_are_refused() -> None:
    cells = biff_number(0, 0, 1.0) * 100
    start = xls_stream(cells).index(b"\x09\x08", 4)
    with pytest.raises(UnreadableSource, match="is damaged: its sheets overlap"):
        read_numbers(compound(xls_stream(cells, starts=[start] * 50)))


def test_an_old_workbook_that_breaks_off_is_refused() -> None:
    endless = struct.pack("<HH", 0x0203, 0xFFFF)
    for stream in (
        xls_stream(biff_number(0, 0, 1.0) + endless).ljust(5_000, b"\0"),
        xls_stream()[:-4] + endless,
        xls_stream()[:-4].ljust(4096, b"\1")[:4099],
        xls_stream()[:-4],
    ):
        with pytest.raises(
            UnreadableSource, match=r"is not a workbook that can be read|has no sheets with cells"
        ):
            read_numbers(compound(stream))


def test_a_sheet_with_a_chart_inside_ends_where_it_ends() -> None:
    chart = biff(0x0809, struct.pack("<HHHHII", 0x0600, 0x20, 0, 0, 0, 0)) + biff(0x000A)
    stream = xls_stream(biff_number(0, 0, 4153210100.0) + chart + biff_number(1, 0, 4153210101.0))
    assert read_numbers(compound(stream)).counts.valid == 2


def test_a_workbook_under_a_password_is_refused_by_name() -> None:
    with pytest.raises(UnreadableSource, match="is protected by a password"):
        read_numbers(compound(b"", "EncryptedPackage"))


def test_another_kind_of_document_is_refused_by_name() -> None:
    with pytest.raises(UnreadableSource, match="holds no workbook; it is another kind of document"):
        read_numbers(compound(b"", "WordDocument"))


def _changed(place: int, value: int, *, small: bool = False) -> bytes:
    data = bytearray(compound(xls_stream(biff_number(0, 0, 1.0)), small=small))
    data[place : place + 4] = struct.pack("<I", value)
    return bytes(data)


_TABLE = 512
_DIRECTORY = 1024
_DAMAGE = {
    "no header": (_changed(0, 0xE011_CFD0)[:99], "it has no header"),
    "sectors of another size": (_changed(30, 7), "its sectors have no size that there is"),
    "a table beyond the end": (_changed(76, 0xFFFF), "it lacks a sector"),
    "a directory in a circle": (_changed(_TABLE + 4, 1), "its sectors run in a circle"),
    "a directory that breaks off": (_changed(_TABLE + 4, 0xFFFF), "it lacks a sector"),
    "a stream beyond the end": (_changed(_DIRECTORY + 128 + 116, 0xFFFF), "it lacks a sector"),
    "a small stream beyond the end": (
        _changed(_DIRECTORY + 128 + 116, 0xFFFF, small=True),
        "it lacks a sector",
    ),
}


@pytest.mark.parametrize(("data", "problem"), _DAMAGE.values(), ids=_DAMAGE.keys())
def test_a_compound_file_that_is_damaged_is_refused(data: bytes, problem: str) -> None:
    with pytest.raises(UnreadableSource, match=f"is damaged: {problem}"):
        read_numbers(data)


def test_a_chain_beyond_the_table_is_refused() -> None:
    data = bytearray(compound(xls_stream(biff_number(0, 0, 1.0))))
    data += b"\0" * 512 * 200
    data[_DIRECTORY + 128 + 116 : _DIRECTORY + 128 + 120] = struct.pack("<I", 150)
    with pytest.raises(UnreadableSource, match="is damaged: a chain of its sectors breaks off"):
        read_numbers(bytes(data))


def test_sizes_that_a_header_only_claims_reserve_no_memory() -> None:
    stream = xls_stream(biff_number(0, 0, 4153210100.0))
    data = bytearray(compound(stream))
    data[44:48] = data[64:68] = struct.pack("<I", 0x7FFF_FFFF)
    assert read_numbers(bytes(data)).counts.valid == 1


def test_further_sectors_of_the_table_are_found_by_their_chain() -> None:
    data = bytearray(compound(xls_stream(biff_number(0, 0, 4153210100.0))))
    extra = (len(data) - 512) // 512
    data += struct.pack("<I", 0) + struct.pack("<126I", *[0xFFFF_FFFF] * 126) + struct.pack("<I", 0xFFFF_FFFE)
    data[68:72] = struct.pack("<I", extra)
    data[76:80] = struct.pack("<I", 0xFFFF_FFFF)
    assert read_numbers(bytes(data)).counts.valid == 1


def test_a_chain_of_table_sectors_may_run_in_a_circle() -> None:
    data = bytearray(compound(xls_stream(biff_number(0, 0, 4153210100.0))))
    extra = (len(data) - 512) // 512
    data += struct.pack("<127I", *[0xFFFF_FFFF] * 127) + struct.pack("<I", extra)
    data[68:72] = struct.pack("<I", extra)
    assert read_numbers(bytes(data)).counts.valid == 1


def test_a_stream_is_wrapped_so_that_it_can_be_taken_out_again() -> None:
    for size in (0, 4096, 5_000, 9_000_000):
        stream = bytes(range(256)) * (size // 256)
        assert our_compound.extract(our_compound.wrap(stream)).rstrip(b"\0") == stream.rstrip(b"\0")


def test_a_stream_that_no_workbook_has_the_size_of_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(our_compound, "_IN_HEADER", 1)
    with pytest.raises(UnreadableWorkbook, match="is larger than a workbook of its kind can be"):
        our_compound.wrap(b"\0" * 4096 * 1024)


def test_pictures_and_programs_in_a_workbook_are_left_out() -> None:
    parts = xlsx_parts("<row><c><v>4153210100</v></c></row>")
    parts |= {"xl/media/image1.png": b"\x89PNG", "xl/vbaProject.bin": b"\xd0\xcf"}
    assert [str(number) for number in read_numbers(archive(parts)).numbers] == ["+14153210100"]
