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
_CHECKSUM_BYTES = 16
_HEAD_BYTES = len(_MAGIC) + 1 + 4


def pack(items: Iterable[tuple[int, int]]) -> bytes:
    """The bytes of exchange codes and their bitmaps, which come in ascending order, none of them empty."""
    codes, forms, parts = array("I"), array("H"), []
    for code, bitmap in items:
        codes.append(code)
        count = count_runs(bitmap, 1)
        if count > _MOST_RUNS:
            forms.append(_BITMAP)
            parts.append(bitmap.to_bytes(_BITMAP_BYTES, "little"))
        else:
            forms.append(count)
            parts.append(_little(array("H", [line for run in runs(bitmap) for line in run])).tobytes())
    head = _MAGIC + bytes([_VERSION]) + len(codes).to_bytes(4, "little")
    body = b"".join([head, _little(codes).tobytes(), _little(forms).tobytes(), *parts])
    return body + _checksum(body)


def unpack(data: bytes | bytearray | memoryview) -> Iterator[tuple[int, int]]:
    """The exchange codes and bitmaps that :func:`pack` wrote, ascending; :class:`CorruptData` if it did
    not."""
    view = memoryview(data).cast("B")
    if view[: len(_MAGIC)] != _MAGIC:
        raise CorruptData("these bytes are not a saved NumberSet: they do not begin with PSTNSET")
    if len(view) < _HEAD_BYTES + _CHECKSUM_BYTES:
        raise CorruptData(f"the saved NumberSet is cut short: it has only {len(view)} bytes")
    if (version := view[len(_MAGIC)]) != _VERSION:
        raise CorruptData(
            f"the saved NumberSet is of version {version}; this release reads version {_VERSION}"
        )
    body = view[:-_CHECKSUM_BYTES]
    if view[-_CHECKSUM_BYTES:] != _checksum(body):
        raise CorruptData("the saved NumberSet is damaged or cut short: its checksum does not agree")
    return _read(body)


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


def _checksum(body: bytes | memoryview) -> bytes:
    from hashlib import blake2b

    return blake2b(body, digest_size=_CHECKSUM_BYTES).digest()
