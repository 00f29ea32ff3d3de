"""The simulated carrier as a process of its own, at the other end of a pipe."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from typing import Any

import pytest

from pstnkit.carriers.simulator import Simulator
from pstnkit.carriers.simulator.__main__ import main, serve
from simulated_company import START

LIFE: list[dict[str, Any]] = [
    {"op": "world.stock", "ranges": [["+14155550200", "+14155550204"]]},
    {"op": "search", "filters": {"npa": "415"}, "quantity": 2},
    {
        "op": "order",
        "kind": "standard",
        "numbers": ["+14155550200", "+14155550201"],
        "client_reference": "o-1",
    },
    {"op": "world.advance", "to": "2026-11-20T23:10:00+00:00"},
    {"op": "poll"},
    {"op": "read_order", "client_reference": "o-1"},
]


def test_the_life_of_an_order_over_a_pipe_is_the_life_of_an_order_in_process() -> None:
    command = [sys.executable, "-m", "pstnkit.carriers.simulator", "--start", START, "--seed", "7"]
    carrier = Simulator(start=START, seed=7)
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        for request in LIFE:
            process.stdin.write(json.dumps(request).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline()) == carrier.handle(request)
        process.stdin.write(b"{not json\n\xff\xfe\n")
        process.stdin.flush()
        malformed = [json.loads(process.stdout.readline()) for _ in range(2)]
        process.stdin.close()
        assert process.stdout.read() == b""
        assert process.stderr.read() == b""
        assert process.wait() == 0
    assert carrier.handle({"op": "read_order", "client_reference": "o-1"})["state"] == "complete"
    assert [reply["code"] for reply in malformed] == ["bad_request", "bad_request"]


@pytest.mark.parametrize(
    "line", ["{", "nonsense", "1" * 5000, "[" * 200_000, '{"op": "poll"} {"op": "poll"}', b"\xff\xfe\xfd\n"]
)
def test_a_malformed_line_gets_a_reply_and_the_next_request_is_answered(line: str | bytes) -> None:
    replies = io.StringIO()
    serve(Simulator(start=START), [line, "\n", '{"op": "world.clock"}\n'], replies)
    refused, answered = map(json.loads, replies.getvalue().splitlines())
    assert (refused["ok"], refused["code"], refused["field"]) == (False, "bad_request", None)
    assert answered == {"ok": True, "now": "2026-11-20T23:00:00+00:00"}


def test_the_command_speaks_over_standard_input_and_output(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    requests = "".join(json.dumps(request) + "\n" for request in LIFE)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(requests.encode())))
    assert main(["--start", START]) == 0
    carrier = Simulator(start=START, seed=0)
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == list(
        map(carrier.handle, LIFE)
    )


@pytest.mark.parametrize("arguments", [[], ["--start", "today"], ["--start", START, "--seed", "x"]])
def test_wrong_usage_ends_with_status_2_and_a_line_that_says_why(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "error: " in capsys.readouterr().err
