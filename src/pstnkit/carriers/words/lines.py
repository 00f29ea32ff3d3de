"""Reading the tables of words: text files, a row a line, with their sources on top."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files


def rows_of(name: str) -> Iterator[list[str]]:
    """The rows of the table ``name`` in this room, split at spaces; what begins with ``#`` is for its readers."""
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return (line.split() for line in text.splitlines() if not line.startswith("#"))
