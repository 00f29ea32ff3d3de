"""Workbooks made by hand, as small as they can be, of every kind; and damaged ones."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Sequence

_FORMATS = "http://schemas.openxmlformats.org"
_MAIN = f"{_FORMATS}/spreadsheetml/2006/main"
_OFFICE = f"{_FORMATS}/officeDocument/2006/relationships"
_PACKAGE = f"{_FORMATS}/package/2006"


def workbook(*column: str) -> bytes:
    """A workbook of one sheet with one column of texts."""
    return xlsx(
        "".join(
            f'<row><c r="A{row}" t="inlineStr"><is><t>{text}</t></is></c></row>'
            for row, text in enumerate(column, 1)
        )
    )


# --- .xlsx: an archive of XML ---------------------------------------------------------------------------------


def archive(parts: dict[str, str | bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    """A zip archive of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return file.getvalue()


def xlsx_parts(
    *sheets: str,
    texts: Iterable[str] = (),
    attributes: Sequence[str] = (),
    kinds: Sequence[str] = (),
) -> dict[str, str | bytes]:
    """The parts of a workbook: of each sheet, what its ``sheetData`` holds; ``texts`` are those that cells refer to.

    ``attributes`` are further ones of the sheets in the list of sheets, and ``kinds`` what they are, if not worksheets.
    """
    attributes = [*attributes, *[""] * len(sheets)]
    kinds = [*kinds, *["worksheet"] * len(sheets)]
    listed = "".join(
        f'<sheet name="Sheet{n}" sheetId="{n}" r:id="r{n}" {attributes[n - 1]}/>'
        for n in range(1, len(sheets) + 1)
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": _relationships(("r", "officeDocument", "xl/workbook.xml")),
        "xl/_rels/workbook.xml.rels": _relationships(
            *((f"r{n}", kinds[n - 1], f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1))
        ),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{"".join(f"<si><t>{text}</t></si>" for text in texts)}</sst>',
    }
    for n, cells in enumerate(sheets, 1):
        parts[f"xl/worksheets/sheet{n}.xml"] = (
            f'<worksheet xmlns="{_MAIN}"><sheetData>{cells}</sheetData></worksheet>'
        )
    return parts


def xlsx(*sheets: str, texts: Iterable[str] = ()) -> bytes:
    """A workbook: of each sheet, what its ``sheetData`` holds."""
    return archive(xlsx_parts(*sheets, texts=texts), zipfile.ZIP_DEFLATED)


def _relationships(*relationships: tuple[str, str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for key, kind, target in relationships
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


# --- .ods: an archive with one part of XML ----------------------------------------------------------------------


def ods(rows: str, *, manifest: str = "<manifest:manifest/>") -> bytes:
    """A workbook of one sheet with these rows."""
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": manifest,
            "content.xml": (
                "<office:document-content><office:body><office:spreadsheet>"
                f'<table:table table:name="Sheet1">{rows}</table:table>'
                "</office:spreadsheet></office:body></office:document-content>"
            ),
        },
        zipfile.ZIP_DEFLATED,
    )


def ods_cell(text: str, attributes: str = "") -> str:
    """A cell that holds a text."""
    return f'<table:table-cell office:value-type="string" {attributes}><text:p>{text}</text:p></table:table-cell>'


# --- .xlsb: an archive of records -------------------------------------------------------------------------------


def xlsb_record(kind: int, data: bytes = b"") -> bytes:
    """A record: its type and the size of its data, 7 bits to a byte, and the data."""
    written = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size = len(data)
    while size > 0x7F:
        written += bytes([size & 0x7F | 0x80])
        size >>= 7
    return written + bytes([size]) + data


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(
    cells: bytes, texts: Iterable[str] = (), extent: bytes = b"\0" * 16, names: Iterable[str] = ("Sheet1",)
) -> bytes:
    """A workbook of one sheet, under one name or several: ``cells`` are the records of its rows and cells."""
    items = [xlsb_record(0x13, b"\0" + _wide(text)) for text in texts]
    listed = (struct.pack("<II", 0, 1) + _wide("r1") + _wide(name) for name in names)
    return archive(
        {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
            "_rels/.rels": _relationships(("r", "officeDocument", "xl/workbook.bin")),
            "xl/_rels/workbook.bin.rels": _relationships(("r1", "worksheet", "worksheets/sheet1.bin")),
            "xl/workbook.bin": (
                xlsb_record(0x83)
                + xlsb_record(0x8F)
                + b"".join(xlsb_record(0x9C, sheet) for sheet in listed)
                + xlsb_record(0x90)
                + xlsb_record(0x9D)
                + xlsb_record(0x84)
            ),
            "xl/sharedStrings.bin": (
                xlsb_record(0x9F, struct.pack("<II", len(items), len(items)))
                + b"".join(items)
                + xlsb_record(0xA0)
            ),
            "xl/worksheets/sheet1.bin": (
                xlsb_record(0x81)
                + xlsb_record(0x94, extent)
                + xlsb_record(0x91)
                + cells
                + xlsb_record(0x92)
                + xlsb_record(0x82)
            ),
        },
        zipfile.ZIP_DEFLATED,
    )


def xlsb_row(row: int) -> bytes:
    """The record with which a row begins."""
    return xlsb_record(0x00, struct.pack("<I", row).ljust(17, b"\0"))


def xlsb_number(column: int, number: float) -> bytes:
    """A cell with a number."""
    return xlsb_record(0x05, struct.pack("<IId", column, 0, number))


def xlsb_shared(column: int, index: int) -> bytes:
    """A cell that refers to a text."""
    return xlsb_record(0x07, struct.pack("<III", column, 0, index))


# --- .xls: records in a stream of a compound file ---------------------------------------------------------------


def biff(kind: int, data: bytes = b"") -> bytes:
    """A record: its type, the size of its data, and the data."""
    return struct.pack("<HH", kind, len(data)) + data


def biff_number(row: int, column: int, number: float) -> bytes:
    """A cell with a number."""
    return biff(0x0203, struct.pack("<HHHd", row, column, 0, number))


def biff_shared(row: int, column: int, index: int) -> bytes:
    """A cell that refers to a text."""
    return biff(0x00FD, struct.pack("<HHHI", row, column, 0, index))


_BEGIN_SHEET = biff(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0, 0, 0, 0))
_BEGIN_GLOBALS = biff(0x0809, struct.pack("<HHHHII", 0x0600, 0x05, 0, 0, 0, 0))
_END = biff(0x000A)


def xls_stream(*sheets: bytes, texts: bytes = b"", starts: Sequence[int] = ()) -> bytes:
    """The stream of a workbook: ``texts`` are the records of its table of texts.

    ``starts`` says where sheets begin, if not where they do.
    """

    def head(starts: Sequence[int]) -> bytes:
        listed = (
            biff(0x0085, struct.pack("<IBBBB", start, 0, 0, 6, 0) + f"Sheet{n}".encode())
            for n, start in enumerate(starts, 1)
        )
        return _BEGIN_GLOBALS + b"".join(listed) + texts + _END

    written = [_BEGIN_SHEET + sheet + _END for sheet in sheets]
    place = len(head([0] * max(len(sheets), len(starts))))
    found = []
    for sheet in written:
        found.append(place)
        place += len(sheet)
    return head(starts or found) + b"".join(written)


_CHAIN_ENDS, _UNUSED = 0xFFFF_FFFE, 0xFFFF_FFFF


def compound(stream: bytes, name: str = "Workbook", *, small: bool = False) -> bytes:
    """A compound file of sectors of 512 bytes with one stream; a ``small`` one lies in small sectors of 64 bytes.

    Sectors: the table, the directory, then either the stream, or the table of small sectors and those.
    """
    if small:
        stream = stream.ljust(-(-len(stream) // 64) * 64, b"\0")
        pieces = len(stream) // 64
        small_table = struct.pack(f"<{pieces}I", *range(1, pieces), _CHAIN_ENDS).ljust(512, b"\xff")
        contents = [small_table, *_sectors(stream)]
    else:
        stream = stream.ljust(4096, b"\0")
        contents = list(_sectors(stream))
    tables = 1
    while tables * 128 < tables + 1 + len(contents):
        tables += 1
    first = tables + 1
    after = first + len(contents)
    chain = (
        [_CHAIN_ENDS, *range(first + 2, after), _CHAIN_ENDS]
        if small
        else [*range(first + 1, after), _CHAIN_ENDS]
    )
    table = [0xFFFF_FFFD] * tables + [_CHAIN_ENDS, *chain]
    table += [_UNUSED] * (tables * 128 - len(table))
    root = (first + 1, len(stream)) if small else (_CHAIN_ENDS, 0)
    directory = _directory_entry("Root Entry", 5, *root) + _directory_entry(
        name, 2, 0 if small else first, len(stream)
    )
    header = struct.pack(
        "<8s16xHHHHH6xII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, tables
    )
    minis = (first, 1) if small else (_CHAIN_ENDS, 0)
    header += struct.pack("<IIIIIII", tables, 0, 4096, *minis, _CHAIN_ENDS, 0)
    header += struct.pack("<109I", *range(tables), *[_UNUSED] * (109 - tables))
    return b"".join((header, struct.pack(f"<{len(table)}I", *table), directory.ljust(512, b"\0"), *contents))


def _sectors(stream: bytes) -> Iterable[bytes]:
    return (stream[place : place + 512].ljust(512, b"\0") for place in range(0, len(stream), 512))


def _directory_entry(name: str, kind: int, start: int, size: int) -> bytes:
    written = name.encode("utf-16-le")
    child = 1 if kind == 5 else _UNUSED
    return struct.pack(
        "<64sHBBIII36xIQ", written, len(written) + 2, kind, 1, _UNUSED, _UNUSED, child, start, size
    )
