"""Running the command line inside the test's own process, with streams of its own."""

from __future__ import annotations

import io
import sys
from contextlib import redirect_stderr, redirect_stdout
from types import SimpleNamespace
from typing import Any, NamedTuple

from pstnkit.cli import main


class Ran(NamedTuple):
    """What a command has printed to standard output and to standard error, and its exit status."""

    status: int
    out: str
    err: str

    @property
    def complaint(self) -> str:
        """What standard error says, which has to be one line, of a command that printed nothing else."""
        assert self.out == ""
        assert self.err.count("\n") == 1
        assert self.err.endswith("\n")
        return self.err.removesuffix("\n")


def run(*argv: str, stdin: bytes | Any = b"", encoding: str = "utf-8") -> Ran:
    """Run ``pstnkit`` with these arguments. ``stdin`` is what is piped in, or an object to read bytes from."""
    out, err = io.BytesIO(), io.StringIO()
    written = io.TextIOWrapper(out, encoding=encoding)
    before = sys.stdin
    sys.stdin = SimpleNamespace(buffer=io.BytesIO(stdin) if isinstance(stdin, bytes) else stdin)
    try:
        with redirect_stdout(written), redirect_stderr(err):
            status = main(argv)
    finally:
        sys.stdin = before
    written.flush()
    return Ran(status, out.getvalue().decode(encoding), err.getvalue())
