"""An inventory as bytes and back: what there is, and the holds on it; compact, versioned and checksummed.

The form, all integers little-endian::

    8 bytes   b"PSTNINV" and the version, 1
    4         how many bytes the holds take
    then      the holds, as an entry of the ledger (UTF-8 text; empty while nothing has ever been held)
    then      what is free or kept by a hold, as a saved NumberSet with its own checksum
    16        BLAKE2b of all before the set, and of the set's checksum

So no half of one saving passes for that of another: a hold without its numbers, or numbers without their hold, would
give a number to two. Reading checks everything and raises :class:`CorruptData` for what is damaged.
"""

from __future__ import annotations

from io import BytesIO

from pstnkit.numbering.damaged import CorruptData
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.packed import CHECKSUM_BYTES, checksum_of, write

_MAGIC = b"PSTNINV"
_VERSION = 1
_HEAD_BYTES = len(_MAGIC) + 1 + 4
_SET = b"PSTNSET"


def pack(stock: NumberSet, holds: str) -> bytes:
    """The bytes of what there is and of the holds."""
    text = holds.encode()
    head = _MAGIC + bytes([_VERSION]) + len(text).to_bytes(4, "little") + text
    out = BytesIO()
    out.write(head)
    checksum = write(stock._items(), out)
    out.write(checksum_of(head, checksum))
    return out.getvalue()


def unpack(data: bytes | bytearray | memoryview) -> tuple[NumberSet, str]:
    """What there is and the holds, from :func:`pack`; the bytes of a NumberSet are an inventory without holds."""
    if not isinstance(data, bytes | bytearray | memoryview):
        raise TypeError(f"a saved inventory is bytes, not {type(data).__name__}")
    view = memoryview(data).cast("B")
    if view[: len(_SET)] == _SET:
        return NumberSet.from_bytes(view), ""
    if view[: len(_MAGIC)] != _MAGIC:
        raise CorruptData(
            "these bytes are no saved inventory: they begin neither with PSTNINV nor, as a NumberSet, with PSTNSET"
        )
    if len(view) < _HEAD_BYTES + 2 * CHECKSUM_BYTES:
        raise CorruptData(f"the saved inventory is cut short: it has only {len(view)} bytes")
    if (version := view[len(_MAGIC)]) != _VERSION:
        raise CorruptData(
            f"the saved inventory is of version {version}; this release reads version {_VERSION}"
        )
    place = _HEAD_BYTES + int.from_bytes(view[_HEAD_BYTES - 4 : _HEAD_BYTES], "little")
    saved = view[place:-CHECKSUM_BYTES]
    if view[-CHECKSUM_BYTES:] != checksum_of(view[:place], saved[-CHECKSUM_BYTES:]):
        raise CorruptData("the saved inventory is damaged or cut short: its checksum does not agree")
    return NumberSet.from_bytes(saved), bytes(view[_HEAD_BYTES:place]).decode(errors="replace")
