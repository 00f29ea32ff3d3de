"""The program around the commands: its exit status, its one line of complaint, its streams."""

from __future__ import annotations

import errno
import io
import os
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import pstnkit
from command_line import run
from pstnkit.cli import main

MODULE = [sys.executable, "-m", "pstnkit"]


# --- exit status and messages ------------------------------------------------------------------------------


def test_the_version_is_printed_with_the_name() -> None:
    assert run("--version") == (0, f"pstnkit {pstnkit.__version__}\n", "")


@pytest.mark.parametrize("command", ["check", "search", "plan", "due", "demo"])
def test_each_command_is_listed_and_explains_itself(command: str) -> None:
    assert f"\n    {command} " in run("--help").out
    helped = run(command, "--help")
    assert helped.status == 0
    assert helped.out.startswith(f"usage: pstnkit {command} ")
    assert "--json" in helped.out


@pytest.mark.parametrize(
    ("argv", "complaint"),
    [
        ([], "pstnkit: the following arguments are required: COMMAND (see pstnkit --help)"),
        (["plan"], "pstnkit: the following arguments are required: NPA (see pstnkit plan --help)"),
        (["plan", "415", "628"], "pstnkit: unrecognized arguments: 628 (see pstnkit --help)"),
        (["plan", "415", "--js"], "pstnkit: unrecognized arguments: --js (see pstnkit --help)"),
        (["plan", "115"], "pstnkit plan: '115' is no area code; one is three digits, the first 2 to 9"),
        (["check", "no\nsuch\x1b[31m"], r"pstnkit check: 'no\nsuch\x1b[31m' cannot be opened: "),
        (["check", "x", "a\n\u202eb"], r"pstnkit: unrecognized arguments: a\n\u202eb (see pstnkit --help)"),
    ],
)
def test_wrong_usage_is_one_line_on_standard_error_and_status_2(argv: list[str], complaint: str) -> None:
    ran = run(*argv)
    assert ran.status == 2
    assert ran.complaint.startswith(complaint)


def test_an_unknown_command_is_told_which_there_are() -> None:
    ran = run("tell")
    assert ran.status == 2
    assert "'tell'" in ran.complaint
    assert "check" in ran.complaint


def test_the_demo_is_given_its_files(tmp_path: Path) -> None:
    ran = run("demo", "--json", "--inventory", str(tmp_path / "missing.txt"))
    assert ran.status == 2
    assert ran.err.startswith("pstnkit demo: ")
    assert "missing.txt' cannot be opened: No such file or directory" in ran.err


# --- streams -----------------------------------------------------------------------------------------------


class Closed(io.StringIO):
    """A stream whose reader has left."""

    def write(self, _text: str) -> int:
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")


class Full(io.StringIO):
    """A stream to a disk that is full."""

    def flush(self) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_the_verdict_does_not_depend_on_whether_anybody_reads_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", Closed())
    assert main(["plan", "415"]) == 0
    assert main(["check", os.devnull]) == 0
    assert main(["check", __file__]) == 1


def test_what_waits_for_a_reader_that_has_left_vanishes(monkeypatch: pytest.MonkeyPatch) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w", encoding="utf-8") as pipe:
        monkeypatch.setattr(sys, "stdout", pipe)
        assert main(["plan", "415"]) == 0
        assert main(["plan", "628"]) == 0
    # Closing the stream has flushed it once more, and would have raised.


def test_help_that_nobody_reads_ends_quietly(capfd: pytest.CaptureFixture[str]) -> None:
    for arguments in (["--help"], ["plan", "415"], ["check", __file__]):
        reader, writer = os.pipe()
        os.close(reader)
        with subprocess.Popen([*MODULE, *arguments], stdout=writer, stderr=subprocess.PIPE) as process:
            os.close(writer)
            _, err = process.communicate()
        assert err == b""
        assert process.returncode == (1 if arguments[0] == "check" else 0)
    assert capfd.readouterr() == ("", "")


def test_a_pipe_that_closes_at_the_last_moment_ends_quietly(monkeypatch: pytest.MonkeyPatch) -> None:
    class ClosesAtTheEnd(io.StringIO):
        flushed = 0

        def flush(self) -> None:
            self.flushed += 1
            raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    out = ClosesAtTheEnd()
    monkeypatch.setattr(sys, "stdout", out)
    assert main(["--version"]) == 0
    assert out.flushed == 1


def test_what_cannot_be_written_is_said_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdout", Full())
    assert main(["plan", "415"]) == 2
    assert capsys.readouterr().err == "pstnkit: cannot go on: [Errno 28] No space left on device\n"


def test_a_process_without_streams_still_has_a_status(monkeypatch: pytest.MonkeyPatch) -> None:
    for stream in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, stream, None)
    assert main(["plan", "415"]) == 0
    assert main(["plan", "115"]) == 2
    assert main(["check", "-"]) == 2


def test_a_closed_standard_error_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Closed())
    assert main(["plan", "115"]) == 2


def test_what_an_encoding_does_not_have_is_written_as_an_escape() -> None:
    shown = run("check", "-", stdin=b"415-201-2671\n", encoding="ascii")
    assert (shown.status, shown.err) == (0, "")
    assert r"\u2713 valid" in shown.out


def test_an_interruption_from_the_keyboard_leaves_no_traceback() -> None:
    class Interrupted:
        def read(self, _size: int) -> Any:
            raise KeyboardInterrupt

    assert run("check", "-", stdin=Interrupted()) == (130, "", "")


# --- the process -------------------------------------------------------------------------------------------


def test_the_package_can_be_run_as_a_module_with_a_list_piped_in() -> None:
    done = subprocess.run([*MODULE, "check", "-"], input=b"415-201-2671\n415-201-26\n", capture_output=True)
    assert (done.returncode, done.stderr) == (1, b"")
    assert "\u2713 valid".encode() in done.stdout


@pytest.mark.parametrize(("name", "runs"), [("__main__", True), ("pstnkit.__main__", False)])
def test_the_module_runs_the_command_of_the_process(
    name: str, *, runs: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["pstnkit", "plan", "115"])
    module = str(Path(pstnkit.__file__).with_name("__main__.py"))
    if runs:
        with pytest.raises(SystemExit) as ended:
            runpy.run_path(module, run_name=name)
        assert ended.value.code == 2
    else:
        runpy.run_path(module, run_name=name)
    assert ("pstnkit plan: '115' is no area code" in capsys.readouterr().err) is runs


def test_a_reader_that_leaves_early_takes_nothing_but_what_it_has_read(tmp_path: Path) -> None:
    listed = tmp_path / "many.txt"
    listed.write_text("\n".join(str(4_152_010_000 + line) for line in range(10_000)), encoding="ascii")
    with subprocess.Popen(
        [*MODULE, "check", str(listed), "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert b"+14152010000" in process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_a_question_about_an_area_code_loads_nothing_heavy() -> None:
    program = "import sys; from pstnkit.cli import main; main(['plan', '415']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.splitlines()[-1].split())
    assert "pstnkit.numbering.plan" in loaded
    assert not loaded & {
        *("attrs", "cattrs", "dateutil", "json", "phonenumbers", "python_calamine", "sqlalchemy", "zoneinfo"),
        *(
            "pstnkit.numbering.paste",
            "pstnkit.inventory",
            "pstnkit.carriers",
            "pstnkit.desk",
            "pstnkit.lifecycle",
        ),
    }
