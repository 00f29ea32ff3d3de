"""The carrier as a process of its own: JSON Lines in, JSON Lines out, one reply to each request."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from typing import TextIO

from pstnkit.carriers.simulator.clock import parse_time
from pstnkit.carriers.simulator.service import Simulator


def serve(carrier: Simulator, requests: Iterable[str | bytes], replies: TextIO) -> None:
    """Answer every line of ``requests`` with one line; blank lines are passed over."""
    for line in requests:
        if not line.strip():
            continue
        try:
            message = json.loads(line)
        # A line nested too deeply to be read is as malformed as one that is not JSON.
        except (ValueError, RecursionError):
            reply = {"ok": False, "code": "bad_request", "message": "the line is not JSON", "field": None}
        else:
            reply = carrier.handle(message)
        replies.write(json.dumps(reply) + "\n")
        replies.flush()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a carrier between standard input and standard output."""
    parser = argparse.ArgumentParser(
        prog="python -m pstnkit.carriers.simulator",
        description="A simulated carrier: one JSON request per line in, one JSON reply per line out.",
    )
    parser.add_argument(
        "--start", type=_start, required=True, help="where its clock begins, ISO 8601 with an offset"
    )
    parser.add_argument(
        "--seed", type=int, default=0, help="what makes one run differ from another (default: 0)"
    )
    options = parser.parse_args(arguments)
    serve(Simulator(start=options.start, seed=options.seed), sys.stdin.buffer, sys.stdout)
    return 0


def _start(text: str) -> str:
    try:
        parse_time(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not an ISO 8601 time with an offset ({error})"
        ) from None
    return text


if __name__ == "__main__":  # pragma: no cover - the process test runs it
    sys.exit(main())
