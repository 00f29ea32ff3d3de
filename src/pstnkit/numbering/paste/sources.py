"""Opening what a person hands in: text, bytes, a file, a workbook, a list of cells.

Everything that can go wrong here is the source's fault as a whole, and raises :class:`UnreadableSource`.
Nothing that stands *in* the source does: that is for the report to say.
"""

from __future__ import annotations

import codecs
import os
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from pstnkit.errors import CallerError
from pstnkit.numbering.paste.raw_cells import GridCells, ListCells, kept, size_of

_AT_ONCE = 1 << 20
MAX_BYTES = 64 * 1024 * 1024
"""The greatest size of a source unless told otherwise: 64 MiB."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_CELLS_AT_ONCE = 4096


class UnreadableSource(CallerError):
    """A source that cannot be opened or decoded, or is larger than allowed.

    :ivar source: what was handed in, as a person would name it: a path, or "the text".
    :ivar problem: what is wrong with it, and how to mend it.
    """

    def __init__(self, source: str, problem: str) -> None:
        super().__init__(source, problem)
        self.source = source
        self.problem = problem

    def __str__(self) -> str:
        return f"{self.source} {self.problem}"


class Opened:
    """A source, opened: its ``text``, or the ``grids`` of cells that it already is; messages call it ``name``.

    ``decoded`` says whether the text was bytes, and ``positions`` whether the reader knows it as it is here.
    """

    __slots__ = ("decoded", "grids", "name", "positions", "text")

    def __init__(
        self,
        name: str,
        *,
        text: str | None = None,
        positions: bool = False,
        decoded: bool = False,
        grids: Sequence[ListCells | GridCells] = (),
    ) -> None:
        self.name = name
        self.text = text
        self.positions = positions
        self.decoded = decoded
        self.grids = grids


def open_source(source: Any, *, encoding: str | None, sheet: str | int | None, max_bytes: Any) -> Opened:
    """Open ``source``; :class:`UnreadableSource` if it cannot be, :class:`TypeError` if it is no source."""
    if not isinstance(max_bytes, int) or isinstance(max_bytes, bool):
        raise TypeError(f"max_bytes is a number of bytes, not {type(max_bytes).__name__}")
    if encoding is not None and not isinstance(encoding, str):
        raise TypeError(f"encoding is the name of one, not {type(encoding).__name__}")
    opened = _opened(source, encoding, sheet, max_bytes)
    if sheet is not None and (not opened.grids or opened.grids[0].sheet is None):
        raise UnreadableSource(opened.name, f"has no sheets: sheet={sheet!r} is for workbooks")
    if encoding is not None and not opened.decoded:
        raise UnreadableSource(
            opened.name, f"needs no encoding: encoding={encoding!r} is for a text in bytes"
        )
    return opened


def _opened(source: Any, encoding: str | None, sheet: str | int | None, max_bytes: int) -> Opened:
    if isinstance(source, str):
        text = str.__str__(source)  # of a subclass, the plain text
        _check_text("the text", text, max_bytes)
        return Opened("the text", text=text, positions=True)
    if isinstance(source, bytes | bytearray | memoryview):
        if memoryview(source).nbytes > max_bytes:
            raise _too_large("the data", max_bytes)
        return _from_bytes("the data", bytes(source), encoding, sheet, max_bytes)
    if isinstance(source, os.PathLike):
        name = os.fspath(source)
        shown = repr(os.fsdecode(name))
        try:
            with open(name, "rb") as file:  # noqa: PTH123 - any path-like will do
                data = _read_all(file, max_bytes)
        except OSError as error:
            raise UnreadableSource(shown, f"cannot be opened: {error.strerror or error}") from error
        except ValueError as error:  # a null character in a path
            raise UnreadableSource(shown, f"cannot be opened: {error}") from error
        return _from_bytes(shown, data, encoding, sheet, max_bytes)
    read = getattr(source, "read", None)
    if callable(read):
        return _from_file(source, encoding, sheet, max_bytes)
    if isinstance(source, Mapping) or hasattr(source, "itertuples") or not isinstance(source, Iterable):
        raise TypeError(
            "numbers are read from text, bytes, a path, a file or a list of cells, "
            f"not from {type(source).__name__}"
        )
    return Opened("the list", grids=[_from_cells(source, max_bytes)])


def _check_text(name: str, text: str, max_bytes: int) -> None:
    size = len(text)
    if size <= max_bytes and not text.isascii() and 4 * size > max_bytes:
        size = len(text.encode("utf-8", "surrogatepass"))
    if size > max_bytes:
        raise _too_large(name, max_bytes)


def _too_large(name: str, max_bytes: int) -> UnreadableSource:
    return UnreadableSource(name, f"is larger than {max_bytes:,} bytes (max_bytes)")


def _from_file(file: Any, encoding: str | None, sheet: str | int | None, max_bytes: int) -> Opened:
    name = repr(given) if isinstance(given := getattr(file, "name", None), str) else "the file"
    try:
        data = _read_all(file, max_bytes)
    except Exception as error:
        # Whatever stands behind a file can fail in its own way: an archive, a connection, a program.
        raise UnreadableSource(name, f"cannot be read: {error}") from error
    if isinstance(data, str):
        _check_text(name, data, max_bytes)
        return Opened(name, text=data)
    return _from_bytes(name, data, encoding, sheet, max_bytes)


def _read_all(file: Any, most: int) -> Any:
    """All bytes or characters of a file, or a few more than ``most``.

    A file may hand out less at a time than it is asked for. It is never asked for much, because some set aside at
    once what they are asked for.
    """
    parts: list[Any] = []
    left = most
    while left >= 0:
        part = file.read(min(left + 1, _AT_ONCE))
        if isinstance(part, str):
            part = str.__str__(part)
        elif isinstance(part, bytes | bytearray | memoryview):
            part = bytes(part)
        else:
            raise TypeError(f"it hands out {type(part).__name__}, neither bytes nor text")
        if not part:
            break
        parts.append(part)
        left -= len(part)
    return parts[0][:0].join(parts) if parts else b""


def _from_bytes(
    name: str, data: bytes, encoding: str | None, sheet: str | int | None, max_bytes: int
) -> Opened:
    if len(data) > max_bytes:
        raise _too_large(name, max_bytes)
    if data.startswith(_WORKBOOKS):
        return Opened(name, grids=_from_workbook(name, data, sheet, max_bytes))
    return Opened(name, text=_decoded(name, data, encoding), decoded=True)


def _decoded(name: str, data: bytes, encoding: str | None) -> str:
    guessed = next((codec for bom, codec in _BOMS if data.startswith(bom)), "utf-8")
    chosen = guessed if encoding is None else encoding
    if encoding is None and chosen == "utf-8" and data.count(0) * 3 > len(data):
        guess = "utf-16-le" if data[1::2].count(0) >= data[::2].count(0) else "utf-16-be"
        raise UnreadableSource(name, f"looks like {guess} without a mark; name it with encoding={guess!r}")
    try:
        if codecs.lookup(chosen).name == "punycode":  # for names of hosts; it takes the square of the time
            raise LookupError(chosen)
        return data.decode(chosen).removeprefix("\ufeff")
    except LookupError as error:
        raise UnreadableSource(name, f"cannot be decoded: {chosen!r} is no text encoding") from error
    except ValueError as error:
        place = f" at byte {error.start:,}" if isinstance(error, UnicodeDecodeError) else ""
        advice = "" if encoding is not None else "; name its encoding, for example encoding='cp1252'"
        raise UnreadableSource(name, f"is not {chosen} text{place}{advice}") from error


def _from_cells(cells: Iterable[Any], max_bytes: int) -> ListCells:
    found: list[Any] = []
    size = 0
    rest = iter(cells)
    while some := kept(list(islice(rest, _CELLS_AT_ONCE))):
        size += size_of(some)
        if size > max_bytes:
            raise _too_large("the list", max_bytes)
        found += some
    return ListCells(found)


def _from_workbook(name: str, data: bytes, sheet: str | int | None, max_bytes: int) -> list[GridCells]:
    from pstnkit.numbering.paste.workbooks.allowance import UnreadableWorkbook
    from pstnkit.numbering.paste.workbooks.reading import read_sheets

    try:
        sheets = read_sheets(data, sheet, max_bytes)
    except UnreadableWorkbook as error:
        raise UnreadableSource(name, str(error)) from error
    return [GridCells(grid, title) for title, grid in sheets]
