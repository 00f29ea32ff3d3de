"""Writing to the two streams of a command; either may be closed, full, or unable to show a character."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import TextIO

from pstnkit.rendering.escape import visible


def standard_output() -> TextIO:
    """Standard output, made to write every text: what its encoding does not have is written as an escape.

    A process may be started without one; what it prints is then nobody's.
    """
    out: TextIO | None = sys.stdout
    if out is None:
        return io.StringIO()
    if isinstance(out, io.TextIOWrapper):
        out.reconfigure(errors="backslashreplace")
    return out


def write(out: TextIO, lines: Iterable[str]) -> None:
    """Write lines as they are made. A reader that has left (``| head``) wants no more: that is no failure."""
    try:
        for line in lines:
            out.write(f"{line}\n")
        out.flush()
    except BrokenPipeError:
        hush(out)


def hush(out: TextIO) -> None:
    """Let everything that is still to be written to ``out`` vanish, what waits in its buffer included.

    Otherwise the interpreter tries once more on its way out, and complains.
    """
    with suppress(OSError):  # a stream without a file behind it has nothing to redirect
        descriptor = out.fileno()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, descriptor)
        os.close(nowhere)


def remark(speaker: str, message: str) -> None:
    """One line on standard error, whatever the message holds: that ``speaker`` says so."""
    err: TextIO | None = sys.stderr
    if err is None:
        return
    with suppress(BrokenPipeError):
        err.write(f"{speaker}: {visible(message)}\n")
        err.flush()
