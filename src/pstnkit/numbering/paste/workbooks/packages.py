"""Taking the parts of a workbook out of its zip archive, and packing them again without tricks.

Archives can lie: about sizes, by entries that overlap or have one name, by an index that readers understand in
different ways. What is read here is counted, and what is handed on is an archive of our own.
"""

from __future__ import annotations

import struct
from io import BytesIO
from zlib import crc32

from pstnkit.numbering.paste.workbooks.allowance import Allowance, UnreadableWorkbook

_MOST_PARTS = 10_000
_ENTRY = b"PK\x01\x02"
_NEEDED = (".xml", ".rels", ".bin", "mimetype")
_NOT_NEEDED = ("/media/", "/embeddings/", "/drawings/", "/charts/", "/theme/", "vbaproject")
"""Parts of a workbook that hold none of its cells."""


def unpack(data: bytes, allowance: Allowance) -> dict[str, bytes]:
    """The parts that are needed to read cells, by name."""
    from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

    if data.count(_ENTRY) > _MOST_PARTS:
        raise UnreadableWorkbook("is an archive of too many parts to be a workbook")
    parts: dict[str, bytes] = {}
    seen: set[str] = set()
    with ZipFile(BytesIO(data)) as archive:
        for member in archive.infolist():
            folded = member.filename.casefold()
            if not folded.endswith(_NEEDED) or any(mark in f"/{folded}" for mark in _NOT_NEEDED):
                continue
            if folded in seen:
                raise UnreadableWorkbook(f"holds two parts of one name, {member.filename!r}")
            if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
                raise UnreadableWorkbook("is packed in a way that no spreadsheet uses")
            seen.add(folded)
            allowance.take_unpacked(member.file_size)
            # No more than the size that it declares comes out of a member; if that is not all, its checksum is wrong.
            parts[member.filename] = archive.read(member)
    return parts


def pack(parts: dict[str, bytes]) -> bytes:
    """The parts in a new archive, as they are; ``parts`` is emptied on the way."""
    written: list[bytes] = []
    index: list[bytes] = []
    place = 0
    while parts:
        name, part = parts.popitem()
        called = name.encode()
        # What both a part's own header and the index say of it: packed as it is, in UTF-8, without a date.
        facts = struct.pack(
            "<HHHIIIIHH", 20, 0x800, 0, 0x21_0000, crc32(part), len(part), len(part), len(called), 0
        )
        header = b"PK\x03\x04" + facts + called
        index.append(_ENTRY + b"\x14\0" + facts + struct.pack("<HHHII", 0, 0, 0, 0, place) + called)
        written += header, part
        place += len(header) + len(part)
    directory = b"".join(index)
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, len(index), len(index), len(directory), place, 0)
    return b"".join((*written, directory, end))
