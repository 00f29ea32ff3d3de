"""``read_numbers`` beside ``phonenumbers`` and ``rphonenumbers``, on the same lines, in the same run.

    python benchmarks/paste.py                      10,000, 100,000 and 1,000,000 lines
    python benchmarks/paste.py --quick              up to 100,000, fewer rounds
    python benchmarks/paste.py --lines 20000 --only speed growth --json

There are two jobs. *Count* is to read a text and count its entries by verdict. *Use* is the same, then to put the
valid numbers into a ``NumberSet`` and to look at the text and the reason of each invalid entry. For the peers both are
one and the same: ``parse(line, "US")`` and ``is_valid_number`` of each line, and a count; what they find is neither
collected nor looked at. They read every line by itself, so they are given every n-th line of the long pastes and
what they take is multiplied by n (``--all-lines`` gives them all).
"""

from __future__ import annotations

import argparse
import csv
import importlib
import io
import random
import tempfile
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import pastes
from measuring import (
    CLOCKS,
    Figure,
    Findings,
    Timing,
    compile_package,
    in_a_fresh_process,
    opened,
    ratio_figure,
)
from spreadsheets import Cell, workbook

from pstnkit import NumberSet, read_numbers

HERE = Path(__file__).parent
PEERS = ("phonenumbers", "rphonenumbers")
PEER_LINES = {"phonenumbers": 25_000, "rphonenumbers": 100_000}
MB = 1_000_000

PASTES: dict[str, Callable[[int], str]] = {
    "clean, scattered over 9,000 exchanges": pastes.scattered,
    "clean, in 200 exchanges": pastes.dense,
    "messy": pastes.messy,
    "messy, every form equally often": pastes.every_form,
}
MUST: dict[
    str, dict[str, tuple[float | None, float | None]]
] = {  # (phonenumbers, rphonenumbers), for the job "count" and for the job "use"
    "clean, scattered over 9,000 exchanges": {"count": (40, 2.5), "use": (25, 1.8)},
    "clean, in 200 exchanges": {"count": (40, 2.5), "use": (50, 4)},
    "messy": {"count": (20, 1.5), "use": (10, 1)},
    "messy, every form equally often": {"count": (None, None), "use": (None, None)},
}


def count(source: Any) -> tuple[int, int, int]:
    """The first job."""
    counts = read_numbers(source).counts
    return counts.valid, counts.duplicate, counts.invalid


def use(source: Any) -> tuple[int, int]:
    """The second job."""
    report = read_numbers(source)
    _ = report.counts.valid, report.counts.duplicate, report.counts.invalid
    numbers = NumberSet(report.numbers)
    seen = 0
    for entry in report.invalid:
        if entry.reason is not None:
            seen += len(entry.text)
    return len(numbers), seen


def count_with(peer: Any, lines: Iterable[str]) -> int:
    """The peers' job; gives how many are valid."""
    parse, is_valid, refused = peer.parse, peer.is_valid_number, peer.NumberParseException
    valid = 0
    for line in lines:
        try:
            valid += is_valid(parse(line, "US"))
        except refused:
            continue
    return valid


def peers(findings: Findings) -> dict[str, Any]:
    """The peers that are installed."""
    found = {}
    for name in PEERS:
        try:
            found[name] = importlib.import_module(name)
        except ImportError:
            findings.say(f"{name} is not installed, and not compared (pip install --group bench)")
    return found


def speed(findings: Findings, sizes: list[int], rounds: int, *, all_lines: bool) -> None:
    """Both jobs on every paste in every size, beside the peers."""
    modules = peers(findings)
    for size in sizes:
        for paste, make in PASTES.items():
            text = make(size)
            lines = text.split("\n")[:-1]
            steps = {name: 1 if all_lines else max(1, size // PEER_LINES[name]) for name in modules}
            jobs: dict[str, Callable[[], object]] = {}
            for name, module in modules.items():
                jobs[name] = partial(count_with, module, lines[:: steps[name]])
            jobs["count"] = partial(count, text)
            jobs["use"] = partial(use, text)
            count(text)
            timings = findings.in_turn(jobs, rounds)
            subject = f"{paste}: {size:,} lines"
            valid, duplicate, invalid = count(text)
            note = f"{valid:,} valid, {duplicate:,} duplicate, {invalid:,} invalid"
            for job in ("count", "use"):
                findings.add(_duration(subject, job, timings[job], size, note if job == "count" else ""))
            for name, module in modules.items():
                sample = lines[:: steps[name]]
                scale = len(lines) / len(sample)
                timings[name] = timings[name].scaled(scale)
                share = f"{count_with(module, sample) * scale:,.0f} valid"
                note = share if scale == 1 else f"{share}; from {len(sample):,} of the lines"
                findings.add(_duration(subject, name, timings[name], size, note))
            for job in ("count", "use"):
                for name, must in zip(PEERS, MUST[paste][job], strict=True):
                    if name in modules:
                        findings.add(
                            ratio_figure(
                                subject,
                                f"{job}, times as fast as {name}",
                                timings[name],
                                timings[job],
                                must=must,
                            )
                        )


def _duration(subject: str, what: str, timing: Timing, size: int, note: str) -> Figure:
    """A job's time in milliseconds, and its lines a second."""
    per_second = f"{size / timing.median:,.0f} lines/s"
    timing = timing.scaled(1000)
    return Figure(
        subject,
        what,
        timing.median,
        "ms",
        spread=timing.spread,
        note="; ".join(filter(None, (per_second, note))),
    )


def growth(findings: Findings, sizes: list[int], rounds: int) -> None:
    """How the time grows with the input: ten times the lines, the median of five."""
    for paste, make in PASTES.items():
        texts = {size: make(size) for size in sizes}
        for job in (count, use):
            jobs = {str(size): partial(job, text) for size, text in texts.items()}
            timings = findings.in_turn(jobs, max(rounds, 5))
            for size in sizes:
                if 10 * size in sizes:
                    findings.add(
                        ratio_figure(
                            "growth: ten times the lines",
                            f"{paste}, {job.__name__}: {size:,} to {10 * size:,}",
                            timings[str(10 * size)],
                            timings[str(size)],
                            must=15,
                            at_most=True,
                        )
                    )


def memory(findings: Findings, size: int) -> None:
    """What the report takes beyond its text, and the most that was taken while reading."""
    scale = size / 1_000_000
    with tempfile.TemporaryDirectory() as directory:
        for paste, make in PASTES.items():
            file = Path(directory, "paste")
            file.write_text(make(size), encoding="utf-8")
            subject = f"memory beyond the text, {size:,} lines: {paste}"
            for how in ("traced", "resident"):
                found = in_a_fresh_process(HERE / "memory.py", how, str(file))
                for what, must in _BOUNDS[how].items():
                    if what in found:
                        note = f"{found[what] / size:,.1f} bytes a line"
                        findings.add(
                            Figure(
                                subject,
                                f"{how}, {_MEMORY[what]}",
                                found[what] / MB,
                                "MB",
                                must if must is None else must * scale,
                                at_most=True,
                                note=note,
                            )
                        )


_BOUNDS: dict[str, dict[str, float | None]] = {
    "traced": {"report": 40, "peak": 300, "used": None},
    "resident": {"report": None, "peak": 300, "used": None},
}
"""In megabytes, for a million lines. What is resident afterwards is mostly room that has become free again."""
_MEMORY = {"report": "the report", "peak": "peak while reading", "used": "the report after use"}

WORST: dict[str, Callable[[int], str]] = {
    "a digit a line": lambda n: "1\n" * (n // 2),
    "two digits a line, all different": lambda n: "".join(f"{i % 100}\n" for i in range(n // 3)),
    "numbers counted up": lambda n: "".join(f"{i}\n" for i in range(n // 7)),
    "blank lines": lambda n: "\n" * n,
    "blank lines, then a number": lambda n: "\n" * n + "4152012671",
    "nothing but quotes": lambda n: '"' * n,
    "an opening quote a line": lambda n: '"\n' * (n // 2),
    "empty quoted cells": lambda n: '"",' * (n // 3),
    "nothing but commas": lambda n: "," * n,
    "nothing but tabs": lambda n: "\t" * n,
    "a tab a line": lambda n: "1\t1\n" * (n // 4),
    "a comma a line": lambda n: "1,1\n" * (n // 4),
    "one line of digits": lambda n: "1" * n,
    "one line of numbers": lambda n: "4152012671 " * (n // 11),
    "one line of numbers and bars": lambda n: "4152012671/" * (n // 11),
    "one line of numbers and slashes": lambda n: "415/321/0100 " * (n // 13),
    "one line of seven digits": lambda n: "321-0100;" * (n // 9),
    "one line of ranges": lambda n: "4152012671-2672;" * (n // 16),
    "one line of names and numbers": lambda n: "".join(f"Jane {i + 4152010000};" for i in range(n // 16)),
    "a row of numbers": lambda n: "Name,Phone\n" + "4152012671," * (n // 11),
    "a row in quotes, over lines": lambda n: "Name,Phone\n" + '"1\n",' * (n // 5),
    "a quoted cell of numbers": lambda n: '"' + "4152012671\n" * (n // 11) + '"',
    "one line of plus signs": lambda n: "+" * n,
    "one line of parentheses": lambda n: "(" * n,
    "one line of extensions": lambda n: "x1 " * (n // 3),
    "one line of letters": lambda n: "A" * n,
    "one line of spaces": lambda n: " " * n,
    "one line of zero-width spaces": lambda n: "\u200b" * n,
    "full-width digits": lambda n: "１２\n" * (n // 3),
    "beyond the basic plane": lambda n: "\U0001d7d8\n" * (n // 2),
    "ten digits a line": lambda n: "".join(f"{i + 4152010000}\n" for i in range(n // 11)),
    "the same number": lambda n: "4152012671\n" * (n // 11),
    "short ranges": lambda n: "4152012671-4152012672\n" * (n // 22),
    "every line in a form of its own": lambda n: "".join(_own_form(n)),
    "messy": lambda n: pastes.messy(n // 16),
}


def _own_form(characters: int) -> Iterable[str]:
    rng = random.Random(pastes.SEED)
    for _ in range(characters // 20):
        yield "".join(rng.choices("(415) 20-+./x,abc;#:", k=19)) + "\n"


def hostile(findings: Findings, characters: int) -> None:
    """Inputs made to be bad: the memory for each character beyond the text, and how the time grows."""
    with tempfile.TemporaryDirectory() as directory:
        file = Path(directory, "paste")
        for name, make in WORST.items():
            times = []
            for length in (characters // 10, characters):
                text = make(length)
                [took] = findings.in_turn({"count": partial(count, text)}, 1)["count"].rounds
                times.append(took / len(text) * length)
            file.write_bytes(make(characters).encode())
            found = in_a_fresh_process(HERE / "memory.py", "traced", str(file))
            a_character = found["peak"] / found["characters"]
            note = f"{1e9 * times[1] / characters:,.0f} ns a character"
            subject = f"hostile input, {characters:,} characters"
            findings.add(Figure(subject, f"{name}: peak", a_character, "B/char", 12, at_most=True, note=note))
            findings.add(
                Figure(subject, f"{name}: ten times the text", times[1] / times[0], "x", 15, at_most=True)
            )


def first(findings: Findings, rounds: int) -> None:
    """Twenty lines: the first time in a process, and later."""
    compile_package()
    runs = [in_a_fresh_process(HERE / "first_read.py", findings.clock) for _ in range(2 * rounds + 1)]
    for what, name, must in (("first", "the first after import", 40), ("later", "later ones", 1)):
        each = sorted(1000 * run[what] for run in runs)
        spread = (each[0], each[-1])
        findings.add(Figure("20 lines", name, median(each), "ms", must, at_most=True, spread=spread))


def sheets(findings: Findings, rows: int, rounds: int) -> None:
    """Workbooks, beside what calamine takes to read them."""
    try:
        from python_calamine import CalamineWorkbook
    except ImportError:
        findings.say("python-calamine is not installed: no workbooks (pip install --group bench)")
        return

    def calamine(data: bytes) -> int:
        return len(CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python())

    for name, sheet in _sheets(rows).items():
        data = workbook(sheet)
        jobs: dict[str, Callable[[], object]] = {
            "calamine": partial(calamine, data),
            "count": partial(count, data),
            "use": partial(use, data),
        }
        count(data)
        timings = findings.in_turn(jobs, rounds)
        subject = f".xlsx of {rows:,} rows: {name}"
        findings.add(*(_duration(subject, job, timing, rows, "") for job, timing in timings.items()))
        what = "count, as a multiple of calamine reading alone"
        findings.add(ratio_figure(subject, what, timings["count"], timings["calamine"], must=2, at_most=True))


def _sheets(rows: int) -> dict[str, list[list[Cell]]]:
    rng = random.Random(pastes.SEED)
    plain = list(pastes.numbers(rows, 9_000, rng))
    spelled = [rng.choice(pastes.USUAL)(rng, number) for number in plain]
    lines = pastes.table(rows).splitlines()
    return {
        "numbers as text": [[text] for text in ["Phone", *spelled]],
        "numbers as numbers": [["Phone"], *_floats(plain)],
        "eight columns": [list(line.split("\t")) for line in lines],
    }


def _floats(numbers: Iterable[str]) -> Iterator[list[Cell]]:
    for number in numbers:
        yield [float(number)]


def csv_rows(text: str, delimiter: str) -> int:
    """The work that nobody is spared who reads such a table."""
    return len(list(csv.reader(io.StringIO(text), delimiter=delimiter)))


def tables(findings: Findings, rows: int, rounds: int) -> None:
    """Text with several columns, beside the csv module; and cells that are no text."""
    given = {
        "tabs": (pastes.table(rows), "\t"),
        "commas": (pastes.table(rows, ","), ","),
        "commas, every cell quoted": (pastes.table(rows, ",", quote=True), ","),
        "semicolons": (pastes.table(rows, ";"), ";"),
    }
    for name, (text, delimiter) in given.items():
        data = text.encode()
        jobs: dict[str, Callable[[], object]] = {
            "csv": partial(csv_rows, text, delimiter),
            "text": partial(count, text),
            "bytes": partial(count, data),
            "use": partial(use, text),
        }
        timings = findings.in_turn(jobs, rounds)
        subject = f"table of eight columns, {rows:,} rows: {name}"
        findings.add(*(_duration(subject, job, timing, rows, "") for job, timing in timings.items()))
        what = "text, as a multiple of the csv module alone"
        findings.add(ratio_figure(subject, what, timings["text"], timings["csv"]))
    plain = [int(number) for number in pastes.numbers(rows, 9_000, random.Random(pastes.SEED))]
    columns: dict[str, Any] = {
        "integers": plain,
        "floats": list(map(float, plain)),
        "texts": pastes.scattered(rows).splitlines(),
        "messy texts": pastes.messy(rows).split("\n"),
    }
    try:
        pandas = importlib.import_module("pandas")
    except ImportError:
        findings.say("pandas is not installed: no column of a data frame")
    else:
        columns["pandas column of floats"] = pandas.Series(columns["floats"])
        columns["pandas column of texts"] = pandas.Series(columns["texts"])
    jobs = {name: partial(count, column) for name, column in columns.items()}
    for name, timing in findings.in_turn(jobs, rounds).items():
        findings.add(_duration(f"list of cells, {rows:,} rows", name, timing, rows, ""))


PARTS = ("speed", "growth", "memory", "first", "sheets", "tables", "hostile")


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--lines", type=int, nargs="+", default=[10_000, 100_000, 1_000_000], metavar="N")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--quick", action="store_true", help="up to 100,000 lines, 3 rounds")
    parser.add_argument("--all-lines", action="store_true", help="give the peers every line")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="which parts to measure")
    parser.add_argument("--clock", choices=tuple(CLOCKS), default="wall", help="cpu when the machine is busy")
    parser.add_argument("--json", action="store_true", help="print one JSON document at the end")
    parser.add_argument("--save", type=Path, metavar="FILE", help="write that document to a file")
    asked = parser.parse_args()
    sizes: list[int] = sorted(asked.lines)
    rounds: int = asked.rounds
    if asked.quick:
        sizes, rounds = [size for size in sizes if size <= 100_000] or sizes[:1], min(rounds, 3)
    findings = opened(quiet=asked.json, clock=asked.clock)
    largest = sizes[-1]
    if "speed" in asked.only:
        speed(findings, sizes, rounds, all_lines=asked.all_lines)
    if "growth" in asked.only:
        growth(findings, sizes, rounds)
    if "memory" in asked.only:
        memory(findings, largest)
    if "first" in asked.only:
        first(findings, rounds)
    if "sheets" in asked.only:
        sheets(findings, 4_000 if asked.quick else 40_000, rounds)
    if "tables" in asked.only:
        tables(findings, min(largest, 100_000), rounds)
    if "hostile" in asked.only:
        hostile(findings, 500_000 if asked.quick else 2_000_000)
    findings.close(asked.save)


if __name__ == "__main__":
    main()
