"""Taking the parts of a workbook out of its zip archive, and packing them again without tricks.

Archives can lie: about sizes, by entries that overlap or have one name, by an index that readers understand in
different ways. What is read here is counted, and what is handed on is an archive of our own.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from io import SEEK_CUR, SEEK_END, SEEK_SET, BytesIO, RawIOBase
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple
from zlib import MAX_WBITS, crc32, decompressobj

from pstnkit.numbering.paste.workbooks.allowance import Allowance, UnreadableWorkbook

if TYPE_CHECKING:
    from zipfile import ZipInfo

_MOST_PARTS = 10_000
_HEADER, _LENGTHS = 30, 26
"""The size of a member's own header, and where in it are the lengths of what follows."""
_ENCRYPTED = 1
_STORED, _DEFLATED = 0, 8
_ENTRY = b"PK\x01\x02"
_NEEDED = (".xml", ".rels", ".bin", "mimetype")
_NOT_NEEDED = ("/media/", "/embeddings/", "/drawings/", "/charts/", "/theme/", "vbaproject")
"""Parts of a workbook that hold none of its cells."""
_AT_ONCE = 1 << 16


class Part(NamedTuple):
    """What a member of an archive holds, and its checksum."""

    data: bytes
    checksum: int


def unpack(data: bytes, allowance: Allowance) -> dict[str, Part]:
    """The parts that are needed to read cells, by name."""
    from zipfile import ZipFile

    if data.count(_ENTRY) > _MOST_PARTS:
        raise UnreadableWorkbook("is an archive of too many parts to be a workbook")
    parts: dict[str, Part] = {}
    seen: set[str] = set()
    with ZipFile(BytesIO(data)) as archive:
        for member in archive.infolist():
            folded = member.filename.casefold()
            if not folded.endswith(_NEEDED) or any(mark in f"/{folded}" for mark in _NOT_NEEDED):
                continue
            if folded in seen:
                raise UnreadableWorkbook(f"holds two parts of one name, {member.filename!r}")
            seen.add(folded)
            allowance.take_unpacked(member.file_size)
            parts[member.filename] = _unpacked(data, member)
    return parts


def _unpacked(data: bytes, member: ZipInfo) -> Part:
    """A member, of which no more comes out than the size that it declares; it is refused if that is not all."""
    name, extra = struct.unpack_from("<HH", data, member.header_offset + _LENGTHS)
    place = member.header_offset + _HEADER + name + extra
    packed = memoryview(data)[place : place + member.compress_size]
    if member.flag_bits & _ENCRYPTED:
        raise UnreadableWorkbook("is protected by a password")
    if member.compress_type == _STORED:
        found = bytes(packed)
    elif member.compress_type == _DEFLATED:
        found = decompressobj(-MAX_WBITS).decompress(packed, member.file_size) if member.file_size else b""
    else:
        raise UnreadableWorkbook("is packed in a way that no spreadsheet uses")
    if len(found) != member.file_size or crc32(found) != member.CRC:
        raise UnreadableWorkbook(f"is damaged: {member.filename!r} is not what it says")
    return Part(found, member.CRC)


def pack(parts: dict[str, Part]) -> Archive:
    """The parts in a new archive, as they are; ``parts`` is emptied on the way."""
    pieces: list[bytes] = []
    index: list[bytes] = []
    place = 0
    while parts:
        name, (part, checksum) = parts.popitem()
        called = name.encode()
        # What both a part's own header and the index say of it: packed as it is, in UTF-8, without a date.
        facts = struct.pack(
            "<HHHIIIIHH", 20, 0x800, 0, 0x21_0000, checksum, len(part), len(part), len(called), 0
        )
        header = b"PK\x03\x04" + facts + called
        index.append(_ENTRY + b"\x14\0" + facts + struct.pack("<HHHII", 0, 0, 0, 0, place) + called)
        pieces += header, part
        place += len(header) + len(part)
    directory = b"".join(index)
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, len(index), len(index), len(directory), place, 0)
    return Archive([*pieces, directory, end])


class Archive(RawIOBase):
    """A file to read, of pieces that are put together nowhere.

    It hands out little at a time, however much is asked for: whoever reads all of it asks for twice as much each time,
    and would be given copies of many megabytes only to copy them once more.
    """

    def __init__(self, pieces: list[bytes]) -> None:
        super().__init__()
        self._pieces = pieces
        self._begins = list(accumulate(map(len, pieces), initial=0))
        self._place = 0

    def seekable(self) -> bool:
        """It is."""
        return True

    def read(self, size: int = -1, /) -> bytes:
        """Some bytes at most, or all that are left."""
        if size < 0:
            return self.readall()
        at = bisect_right(self._begins, self._place, hi=len(self._pieces)) - 1
        start = self._place - self._begins[at]
        found = self._pieces[at][start : start + min(size, _AT_ONCE)]
        self._place += len(found)
        return found

    def seek(self, offset: int, whence: int = SEEK_SET, /) -> int:
        """Go to a place."""
        self._place = offset + {SEEK_SET: 0, SEEK_CUR: self._place, SEEK_END: self._begins[-1]}[whence]
        return self._place
