"""What the command line reads numbers from: a file by its name, or standard input."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO

from pstnkit.cli.status import Misuse

STANDARD_INPUT = "-"
"""What is written in place of a file's name for standard input."""


def source(name: str) -> Path | BinaryIO:
    """The file called ``name``, or standard input as bytes for ``-``; :class:`Misuse` if that is closed."""
    if name != STANDARD_INPUT:
        return Path(name)
    if sys.stdin is None:
        raise Misuse("standard input is closed")
    return sys.stdin.buffer
