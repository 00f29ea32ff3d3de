"""What it costs to import pstnkit and use it for the first time, as a ratio to ``import attrs``.

    python benchmarks/imports.py

Each line is a program of its own, run several times in turn with the others; the best run of each counts,
less the best run of an interpreter that does nothing. The ratio to hold is 1.6 at most for the last line. Both
packages are loaded from bytecode, as they are wherever they are installed.
"""

from __future__ import annotations

import subprocess
import sys
import time

from measuring import compile_package

PROGRAMS = {
    "nothing": "",
    "import attrs": "import attrs",
    "import pstnkit": "import pstnkit",
    "use a TelephoneNumber": "from pstnkit import TelephoneNumber; TelephoneNumber('+14152012671')",
    "use values, a paste and a search": (
        "from pstnkit import Inventory, SearchQuery, TelephoneNumber, read_numbers;"
        "TelephoneNumber('+14152012671');"
        "Inventory(read_numbers('415-201-2671').numbers).search(SearchQuery(npa='415'))"
    ),
}
ROUNDS = 15


def seconds(program: str) -> float:
    """How long an interpreter takes to start, run ``program`` and end."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", program], check=True)
    return time.perf_counter() - start


def main() -> None:
    """Run the programs in turn and print a table."""
    compile_package()
    runs: dict[str, list[float]] = {name: [] for name in PROGRAMS}
    for _ in range(ROUNDS):
        for name, program in PROGRAMS.items():
            runs[name].append(seconds(program))
    idle = min(runs.pop("nothing"))
    unit = min(runs["import attrs"]) - idle
    for name, times in runs.items():
        cost = min(times) - idle
        print(f"{name:34}{1000 * cost:7.1f} ms{cost / unit:7.2f} x import attrs")


if __name__ == "__main__":
    main()
