"""How long the first ``read_numbers`` takes in this process, and later ones: run by ``paste.py``, prints JSON.

python benchmarks/first_read.py wall|cpu
"""

from __future__ import annotations

import json
import sys
import time
from statistics import median

import pstnkit

CLOCKS = {"wall": time.perf_counter, "cpu": time.process_time}
"""As in ``measuring.py``, which must not be imported here: it loads attrs, and what is measured has to."""
TEXT = "\n".join(f"{npa}-201-26{line}" for line, npa in enumerate([212, 415, 312, 617, 702] * 4, 70))


def main() -> None:
    """Measure from the moment that ``import pstnkit`` is over, with whatever is loaded on first need."""
    now = CLOCKS[sys.argv[1]]
    start = now()
    pstnkit.read_numbers(TEXT)
    first = now() - start
    later = []
    for _ in range(50):
        start = now()
        pstnkit.read_numbers(TEXT)
        later.append(now() - start)
    json.dump({"first": first, "later": median(later)}, sys.stdout)


if __name__ == "__main__":
    main()
