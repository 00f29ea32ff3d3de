"""Bitmaps as bytes and back: compact, versioned and checksummed.

The form, all integers little-endian::

    8 bytes   b"PSTNSET" and the version, 1
    4         how many exchanges
    4 each    their six-digit codes, ascending
    2 each    how the exchange is written: 65535 for its bitmap, otherwise the count of its runs
    then      per exchange 1,250 bytes of bitmap, or per run first and last line (2 bytes each)
    16        BLAKE2b of all that precedes

Up to 20 runs are listed, more are written as the bitmap, so there is one way only to write a set. Reading
checks everything: what is damaged raises :class:`CorruptData` and never yields a wrong set."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Iterator
from io import BytesIO

from pstnkit.numbering.bits import LINES, count_runs, runs, span
from pstnkit.numbering.damaged import CorruptData
from pstnkit.numbering.shape import exchange_fault

_MAGIC = b"PSTNSET"
_VERSION = 1
_BITMAP = 0xFFFF
_BITMAP_BYTES = LINES // 8
_RUN_BYTES = 4
_MOST_RUNS = 20
"""Up to how many runs are listed: more would be read back slower than the bitmap, for little less space."""
CHECKSUM_BYTES = 16
_HEAD_BYTES = len(_MAGIC) + 1 + 4


def pack(items: Iterable[tuple[int, int]]) -> bytes:
    """The bytes of exchange codes and their bitmaps, which come in ascending order, none of them empty."""
    out = BytesIO()
    write(items, out)
    return out.getvalue()


def write(items: Iterable[tuple[int, int]], out: BytesIO) -> bytes:
    """Write what :func:`pack` gives behind what is in ``out``; its checksum is given back."""
    begin = out.tell()
    fields = list(items)
    runs_of = [count if (count := count_runs(bitmap, 1)) <= _MOST_RUNS else _BITMAP for _, bitmap in fields]
    # Of a whole continent this is 400 MB: it is written once, in place, and never put together from pieces.
    out.write(_MAGIC + bytes([_VERSION]) + len(fields).to_bytes(4, "little"))
    out.write(_little(array("I", [code for code, _ in fields])))
    out.write(_little(array("H", runs_of)))
    for (_, bitmap), form in zip(fields, runs_of, strict=True):
        if form == _BITMAP:
            out.write(bitmap.to_bytes(_BITMAP_BYTES, "little"))
        else:
            out.write(_little(array("H", [line for run in runs(bitmap) for line in run])))
    with out.getbuffer() as written:
        checksum = checksum_of(written[begin:])
    out.write(checksum)
    return checksum


def unpack(data: bytes | bytearray | memoryview) -> Iterator[tuple[int, int]]:
    """The exchange codes and bitmaps that :func:`pack` wrote, ascending; :class:`CorruptData` if it did
    not."""
    if not isinstance(data, bytes | bytearray | memoryview):
        raise TypeError(f"a saved NumberSet is bytes, not {type(data).__name__}")
    view = memoryview(data).cast("B")
    if view[: len(_MAGIC)] != _MAGIC:
        raise CorruptData("these bytes are not a saved NumberSet: they do not begin with PSTNSET")
    if len(view) < _HEAD_BYTES + CHECKSUM_BYTES:
        raise CorruptData(f"the saved NumberSet is cut short: it has only {len(view)} bytes")
    if (version := view[len(_MAGIC)]) != _VERSION:
        raise CorruptData(
            f"the saved NumberSet is of version {version}; this release reads version {_VERSION}"
        )
    body = view[:-CHECKSUM_BYTES]
    if view[-CHECKSUM_BYTES:] != checksum_of(body):
        raise CorruptData("the saved NumberSet is damaged or cut short: its checksum does not agree")
    return _read(body)


def unpack_all(parts: Iterable[bytes | bytearray | memoryview]) -> dict[int, int]:
    """The bitmap of each exchange in several of these; errors with the position of the part that they are in."""
    bitmaps: dict[int, int] = {}
    for position, part in enumerate(parts):
        try:
            for code, bitmap in unpack(part):
                bitmaps[code] = bitmaps.get(code, 0) | bitmap
        except CorruptData as damage:
            raise CorruptData(f"part {position}: {damage}") from None
    return bitmaps


def _read(body: memoryview) -> Iterator[tuple[int, int]]:
    count = int.from_bytes(body[_HEAD_BYTES - 4 : _HEAD_BYTES], "little")
    place = _HEAD_BYTES + 6 * count
    if len(body) < place:
        raise CorruptData(f"the saved NumberSet is damaged: it has no room for {count} exchanges")
    codes, forms = array("I"), array("H")
    codes.frombytes(body[_HEAD_BYTES : _HEAD_BYTES + 4 * count])
    forms.frombytes(body[_HEAD_BYTES + 4 * count : place])
    before = 0
    for code, form in zip(_little(codes), _little(forms), strict=True):
        if code <= before or exchange_fault(code):
            raise CorruptData(f"the saved NumberSet is damaged: {code} is no exchange, or out of order")
        before = code
        size = _BITMAP_BYTES if form == _BITMAP else _RUN_BYTES * form
        piece = body[place : place + size]
        place += size
        bitmap = int.from_bytes(piece, "little") if form == _BITMAP else _from_runs(piece)
        if len(piece) != size or not bitmap or (form == _BITMAP) != (count_runs(bitmap, 1) > _MOST_RUNS):
            raise CorruptData(f"the saved NumberSet is damaged in exchange {code}")
        yield code, bitmap
    if place != len(body):
        raise CorruptData("the saved NumberSet is damaged: more bytes than its exchanges need")


def _from_runs(piece: memoryview) -> int:
    ends = array("H")
    ends.frombytes(piece[: len(piece) // 4 * 4])
    ends = _little(ends)
    bitmap, before = 0, -2
    for first, last in zip(ends[::2], ends[1::2], strict=True):
        if not before + 1 < first <= last < LINES:
            return 0
        bitmap |= span(first, last)
        before = last
    return bitmap


def _little(figures: array[int]) -> array[int]:
    if sys.byteorder == "big":  # pragma: no cover - the machines that run the tests are little-endian
        figures.byteswap()
    return figures


def checksum_of(*pieces: bytes | memoryview) -> bytes:
    """BLAKE2b of some bytes, in :data:`CHECKSUM_BYTES`."""
    from hashlib import blake2b

    total = blake2b(digest_size=CHECKSUM_BYTES)
    for piece in pieces:
        total.update(piece)
    return total.digest()
