"""How much a workbook may take, and what is said of one that takes more."""

from __future__ import annotations

_UNPACKED = 4
"""How many times ``max_bytes`` the parts of a workbook may take unpacked, and its texts once they are in cells."""
_MOST_PACKED = 100
"""How many times smaller than its parts a packed workbook may be: spreadsheets come to 5 to 40."""
_PLACES_OF_BYTES = 16
_BYTES_OF_PLACE = 8
"""A filled cell takes 15 bytes of a sheet or more, so a sheet with a place for each 8 bytes is still half full."""


class UnreadableWorkbook(Exception):
    """What is wrong with a workbook, as a sentence of which the workbook is the subject."""


class Allowance:
    """What is left for one workbook of a size of up to ``max_bytes``, each part of which takes some of it."""

    __slots__ = ("places", "texts", "unpacked")

    def __init__(self, max_bytes: int, size: int) -> None:
        most = _UNPACKED * max_bytes
        self.unpacked = min(most, max(most // 8, _MOST_PACKED * size))
        self.texts = most
        self.places = max(max_bytes // _PLACES_OF_BYTES, 1 << 16)

    def take_unpacked(self, size: int) -> None:
        """Count bytes that come out of a container."""
        self.unpacked -= size
        if self.unpacked < 0:
            raise UnreadableWorkbook("takes far more memory unpacked than its size allows (max_bytes)")

    def check_grid(self, rows: int, columns: int, size: int) -> None:
        """Refuse a sheet of ``size`` bytes whose cells are spread over too many places."""
        if not self.holds(rows, columns, size):
            raise UnreadableWorkbook(
                f"has cells so far apart that they make a sheet of {rows:,} rows and {columns:,} columns; "
                "delete what stands far from the list"
            )

    def holds(self, rows: int, columns: int, size: int) -> bool:
        """Whether a sheet of ``size`` bytes may have so many places."""
        return rows * columns <= max(self.places, size // _BYTES_OF_PLACE)

    def take_texts(self, size: int) -> None:
        """Count characters that are copied into cells."""
        self.texts -= size
        if self.texts < 0:
            raise UnreadableWorkbook(
                "repeats its texts until they take more memory than is allowed (max_bytes)"
            )
