"""How the benchmarks measure, compare and print. What is compared runs in turn, so that all meet the same machine.

A ratio is taken round by round, between neighbors, and the median of the rounds is what counts; beside it stand
the lowest and the highest, which tell how quiet the machine was. Nothing here fails when a figure is missed: what
must be reached is printed next to what was.
"""

from __future__ import annotations

import compileall
import gc
import importlib.metadata
import importlib.util
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from attrs import asdict, field, frozen

PACKAGES = (
    "pstnkit",
    "attrs",
    "phonenumbers",
    "rphonenumbers",
    "python-calamine",
    "pandas",
    "hypothesis",
)


@frozen
class Timing:
    """What the rounds of one job took, in seconds."""

    rounds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle round."""
        return median(self.rounds)

    @property
    def spread(self) -> tuple[float, float]:
        """The fastest and the slowest round."""
        return min(self.rounds), max(self.rounds)

    def scaled(self, factor: float) -> Timing:
        """As if there had been ``factor`` times the work."""
        return Timing(tuple(factor * one for one in self.rounds))


CLOCKS: dict[str, Callable[[], float]] = {"wall": time.perf_counter, "cpu": time.process_time}
"""By the wall clock, or by what the processor has spent on us: the one to ask when others work on the machine."""


def in_turn(jobs: Mapping[str, Callable[[], object]], rounds: int, clock: str = "wall") -> dict[str, Timing]:
    """Run each job once in every round, in turn; what a job gives back is thrown away outside of the clock."""
    times: dict[str, list[float]] = {name: [] for name in jobs}
    now = CLOCKS[clock]
    for _ in range(rounds):
        for name, job in jobs.items():
            gc.collect()
            start = now()
            given = job()
            times[name].append(now() - start)
            del given
    return {name: Timing(tuple(each)) for name, each in times.items()}


def ratios(slower: Timing, faster: Timing) -> list[float]:
    """How many times as long the one took as the other, round by round, sorted."""
    return sorted(one / other for one, other in zip(slower.rounds, faster.rounds, strict=True))


@frozen
class Figure:
    """A figure beside what must be reached: at least ``must``, or at most when ``at_most``; None if nothing must.

    ``spread`` is the lowest and the highest of the rounds.
    """

    subject: str
    what: str
    value: float
    unit: str
    must: float | None = None
    at_most: bool = False
    spread: tuple[float, float] | None = None
    note: str = ""

    @property
    def reached(self) -> bool | None:
        """Whether it is as good as it must be; None if nothing must be reached."""
        if self.must is None:
            return None
        return self.value <= self.must if self.at_most else self.value >= self.must

    def shown(self) -> str:
        """The figure with its unit."""
        return f"{short(self.value)} {self.unit}"

    def between(self) -> str:
        """The lowest and the highest round."""
        return "" if self.spread is None else f"{short(self.spread[0])} to {short(self.spread[1])}"

    def bound(self) -> str:
        """What must be reached."""
        if self.must is None:
            return ""
        return f"{'at most' if self.at_most else 'at least'} {short(self.must)} {self.unit}"

    def line(self) -> str:
        """The figure as a line of the table."""
        number, _, unit = self.shown().partition(" ")
        spread = f"({self.between()})" if self.spread else ""
        said = {None: "", True: "reached", False: "MISSED"}[self.reached]
        rest = self.note if self.must is None else f"{self.bound():<22}{said:<9}{self.note}"
        return f"  {self.what:<60}{number:>8} {unit:<7}{spread:<20}{rest}".rstrip()


def ratio_figure(
    subject: str,
    what: str,
    slower: Timing,
    faster: Timing,
    *,
    must: float | None = None,
    at_most: bool = False,
    note: str = "",
) -> Figure:
    """How many times as long ``slower`` took as ``faster``: the median of the rounds."""
    each = ratios(slower, faster)
    spread = (each[0], each[-1])
    return Figure(subject, what, median(each), "x", must, at_most=at_most, spread=spread, note=note)


def short(value: float) -> str:
    """Three digits, without an exponent."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 0.1 else f"{value:.4f}"


@frozen
class Findings:
    """All that a benchmark has found, printed while it comes in."""

    about: dict[str, Any]
    figures: list[Figure] = field(factory=list)
    quiet: bool = False
    clock: str = "wall"

    def in_turn(self, jobs: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, Timing]:
        """Run jobs in turn, by the clock that was asked for."""
        return in_turn(jobs, rounds, self.clock)

    def say(self, text: str) -> None:
        """Print a line, unless only JSON is wanted."""
        if not self.quiet:
            print(text, flush=True)

    def keep(self, *figures: Figure) -> None:
        """Take in figures that another line has told already."""
        self.figures.extend(figures)

    def add(self, *figures: Figure) -> None:
        """Take in figures, under a heading when their subject is new."""
        for figure in figures:
            if not self.figures or self.figures[-1].subject != figure.subject:
                self.say(f"\n{figure.subject}")
            self.figures.append(figure)
            self.say(figure.line())

    def close(self, save: Path | None = None) -> None:
        """Print what was missed, or everything as JSON; and save the JSON when told where."""
        judged = [figure for figure in self.figures if figure.reached is not None]
        missed = [figure for figure in judged if not figure.reached]
        self.say(f"\n{len(judged) - len(missed)} of {len(judged)} reached; load {load()}")
        for figure in missed:
            self.say(f"  missed: {figure.subject}: {figure.what}: {short(figure.value)} {figure.unit}")
        rows = [asdict(figure) | {"reached": figure.reached} for figure in self.figures]
        text = json.dumps({"about": self.about | {"load_after": load()}, "figures": rows}, indent=1)
        if self.quiet:
            print(text)
        if save is not None:
            save.parent.mkdir(parents=True, exist_ok=True)
            save.write_text(text + "\n", encoding="utf-8")


def opened(*, quiet: bool, clock: str, packages: Iterable[str] = PACKAGES) -> Findings:
    """A new sheet, with the machine and the versions on top."""
    installed = versions(packages)
    about = {
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "system": platform.platform(),
        "processor": processor(),
        "cores": os.cpu_count(),
        "load": load(),
        "clock": clock,
        "packages": installed,
    }
    findings = Findings(about, quiet=quiet, clock=clock)
    findings.say(f"{about['python']}, {about['system']}")
    findings.say(f"{about['processor']}, {about['cores']} cores, load {about['load']}; by the {clock} clock")
    findings.say(", ".join(f"{name} {version}" for name, version in installed.items()))
    return findings


def versions(packages: Iterable[str]) -> dict[str, str]:
    """Which of the packages are installed, and in which version."""
    found = {}
    for package in packages:
        try:
            found[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def processor() -> str:
    """The processor's name, as far as the system tells."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def load() -> str:
    """How busy the machine was in the last minute, five, and fifteen."""
    if not hasattr(os, "getloadavg"):
        return "unknown"
    return " ".join(f"{one:.2f}" for one in os.getloadavg())


def compile_package() -> None:
    """Compile pstnkit to bytecode, as installing it does.

    A checkout may have none (``PYTHONDONTWRITEBYTECODE``), and then each fresh process would compile the package before
    it starts, beside dependencies that come compiled.
    """
    spec = importlib.util.find_spec("pstnkit")
    for folder in (spec and spec.submodule_search_locations) or ():
        compileall.compile_dir(folder, quiet=1)


def in_a_fresh_process(script: Path, *arguments: str) -> Any:
    """What a script of its own prints as JSON."""
    command: Sequence[str] = (sys.executable, str(script), *arguments)
    run = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(run.stdout)
