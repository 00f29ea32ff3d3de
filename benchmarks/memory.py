"""What a report takes in memory: run by ``paste.py``, each time in a process of its own, and prints JSON.

    python benchmarks/memory.py traced|resident FILE

``traced`` counts what Python allocates from the moment that the text is there (so the text itself is not in it), and
is slow; ``resident`` asks the system (on Linux; elsewhere it gives nulls).
"""

from __future__ import annotations

import gc
import json
import sys
import tracemalloc
from pathlib import Path

from pstnkit import NumberSet, read_numbers

STATUS = Path("/proc/self/status")
FORGET_PEAK = Path("/proc/self/clear_refs")


def resident(name: str) -> int | None:
    """A size out of the system's own book-keeping of this process, in bytes: ``VmRSS``, or ``VmHWM``, its peak."""
    if not STATUS.exists():
        return None
    [size] = [line.split()[1] for line in STATUS.read_text().splitlines() if line.startswith(f"{name}:")]
    return 1024 * int(size)


def main() -> None:
    """Read the file twice: as it is met first, with everything that is loaded on first need loaded before."""
    how, file = sys.argv[1:]
    text = Path(file).read_text(encoding="utf-8")
    read_numbers("415-201-2671\n415-201-267\n212.736.5000 x12\n1-800-FLOWERS\n+44 20 7946 0958").to_text()
    gc.collect()
    if how == "traced":
        tracemalloc.start()
    elif FORGET_PEAK.exists():
        FORGET_PEAK.write_text("5")
    before, traced_before = resident("VmRSS"), tracemalloc.get_traced_memory()[0]
    report = read_numbers(text)
    peak, traced_peak = resident("VmHWM"), tracemalloc.get_traced_memory()[1]
    gc.collect()
    kept, traced_kept = resident("VmRSS"), tracemalloc.get_traced_memory()[0]
    _ = report.counts, len(NumberSet(report.numbers)), sum(entry.row for entry in report.invalid)
    gc.collect()
    used, traced_used = resident("VmRSS"), tracemalloc.get_traced_memory()[0]
    if how == "traced":
        found = {
            "report": traced_kept - traced_before,
            "peak": traced_peak - traced_before,
            "used": traced_used - traced_before,
        }
    elif before is None or peak is None or kept is None or used is None:
        found = {}
    else:
        found = {"report": kept - before, "peak": peak - before, "used": used - before}
    json.dump({"characters": len(text), "entries": len(report), **found}, sys.stdout)


if __name__ == "__main__":
    main()
