"""Taking the workbook out of the compound file that an ``.xls`` is, and putting it into one of our own.

A compound file is a disk in small: sectors, a table that chains them, and a directory. Chains can run in circles, and
its header can name sizes that there are not.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from struct import pack, unpack_from

from pstnkit.numbering.paste.workbooks.allowance import UnreadableWorkbook

_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST_SECTOR = 0xFFFF_FFFA
_END_OF_CHAIN, _FREE, _TABLE = 0xFFFF_FFFE, 0xFFFF_FFFF, 0xFFFF_FFFD
_HEADER = 512
_IN_HEADER = 109
"""How many sectors of the table the header itself names."""
_ENTRY = 128
_MINI_SECTOR, _MINI_LIMIT = 64, 4096
_NAMES = ("Workbook", "Book", "WORKBOOK", "BOOK")
_SECTOR = 4096


def extract(data: bytes) -> bytes:
    """The stream that holds the workbook; :class:`UnreadableWorkbook` if there is none."""
    return _Compound(data).workbook()


class _Compound:
    """The sectors of a compound file, and the table that chains them."""

    def __init__(self, data: bytes) -> None:
        if len(data) < _HEADER or not data.startswith(_SIGNATURE):
            raise _damaged("it has no header")
        shift = unpack_from("<H", data, 30)[0]
        if shift not in (9, 12):
            raise _damaged("its sectors have no size that there is")
        self._data = data
        self._size = 1 << shift
        self._table = array("I")
        for sector in self._table_sectors():
            self._table.frombytes(self._whole(sector))

    def _whole(self, sector: int) -> bytes:
        """A sector of the table, which is read in the byte order of this machine."""
        found = self._sector(sector)
        words = len(found) // 4
        return array("I", unpack_from(f"<{words}I", found)).tobytes()

    def _sector(self, sector: int) -> bytes:
        start = (sector + 1) * self._size
        if start >= len(self._data):
            raise _damaged("it lacks a sector")
        return self._data[start : start + self._size]

    def _table_sectors(self) -> Iterator[int]:
        """The sectors of the table: some are named in the header, the others in a chain of sectors."""
        named: list[int] = list(unpack_from(f"<{_IN_HEADER}I", self._data, 76))
        following = unpack_from("<I", self._data, 68)[0]
        for _ in range(len(self._data) // self._size):
            if following >= _LAST_SECTOR:
                break
            found = self._sector(following)
            *more, following = unpack_from(f"<{len(found) // 4}I", found)
            named += more
        count = len(self._data) // self._size
        yield from [sector for sector in named if sector < _LAST_SECTOR][:count]

    def _chain(self, sector: int, size: int | None = None) -> bytes:
        """What a chain of sectors holds, or its first ``size`` bytes."""
        found = []
        most = len(self._table) if size is None else min(-(-size // self._size), len(self._table))
        while sector < _LAST_SECTOR and most:
            found.append(self._sector(sector))
            if sector >= len(self._table):
                raise _damaged("a chain of its sectors breaks off")
            sector = self._table[sector]
            most -= 1
        if size is None and sector < _LAST_SECTOR:
            raise _damaged("its sectors run in a circle")
        return b"".join(found)[:size]

    def workbook(self) -> bytes:
        directory = self._chain(unpack_from("<I", self._data, 48)[0])
        entries: dict[str, tuple[int, int]] = {}
        root = 0, 0
        for place in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            name = directory[place : place + 64].decode("utf-16-le", "replace").split("\0")[0]
            start, size = unpack_from("<II", directory, place + 116)
            root = (start, size) if place == 0 else root
            entries.setdefault(name, (start, size))
        if "EncryptedPackage" in entries:
            raise UnreadableWorkbook("is protected by a password")
        for name in _NAMES:
            if name in entries:
                start, size = entries[name]
                return self._chain(start, size) if size >= _MINI_LIMIT else self._mini(root, start, size)
        raise UnreadableWorkbook("holds no workbook; it is another kind of document")

    def _mini(self, root: tuple[int, int], sector: int, size: int) -> bytes:
        """A stream of few bytes, which lies in small sectors of their own."""
        small = self._chain(*root)
        table = self._chain(unpack_from("<I", self._data, 60)[0])
        found = []
        for _ in range(-(-size // _MINI_SECTOR)):
            if sector * _MINI_SECTOR >= len(small) or 4 * sector + 4 > len(table):
                raise _damaged("it lacks a sector")
            found.append(small[sector * _MINI_SECTOR : (sector + 1) * _MINI_SECTOR])
            sector = unpack_from("<I", table, 4 * sector)[0]
        return b"".join(found)[:size]


def _damaged(what: str) -> UnreadableWorkbook:
    return UnreadableWorkbook(f"is damaged: {what}")


def wrap(stream: bytes) -> bytes:
    """A compound file that holds nothing but the stream of a workbook."""
    stream = stream.ljust(_MINI_LIMIT, b"\0")
    sectors = -(-len(stream) // _SECTOR)
    tables = 1
    while tables * (_SECTOR // 4) < tables + 1 + sectors:
        tables += 1
    if tables > _IN_HEADER:
        raise UnreadableWorkbook("is larger than a workbook of its kind can be")
    chain = [*range(tables + 2, tables + 1 + sectors), _END_OF_CHAIN]
    table = [_TABLE] * tables + [_END_OF_CHAIN, *chain]
    table += [_FREE] * (tables * (_SECTOR // 4) - len(table))
    header = pack("<8s16xHHHHH6xII", _SIGNATURE, 0x3E, 4, 0xFFFE, 12, 6, 1, tables)
    header += pack("<IIIIIII", tables, 0, _MINI_LIMIT, _END_OF_CHAIN, 0, _END_OF_CHAIN, 0)
    named = [*range(tables), *[_FREE] * (_IN_HEADER - tables)]
    header += pack(f"<{_IN_HEADER}I", *named)
    directory = _entry("Root Entry", 5, 0, 0) + _entry("Workbook", 2, tables + 1, len(stream))
    parts = (header, pack(f"<{len(table)}I", *table), directory, stream)
    return b"".join(part.ljust(-(-len(part) // _SECTOR) * _SECTOR, b"\0") for part in parts)


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    written = name.encode("utf-16-le")
    child = 1 if kind == 5 else _FREE
    return pack("<64sHBBIII36xIQ", written, len(written) + 2, kind, 1, _FREE, _FREE, child, start, size)
