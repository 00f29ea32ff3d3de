"""How long the first ``read_numbers`` takes in this process, and later ones: run by ``paste.py``, prints JSON."""

from __future__ import annotations

import json
import sys
import time
from statistics import median

import pstnkit

TEXT = "\n".join(f"{npa}-201-26{line}" for line, npa in enumerate([212, 415, 312, 617, 702] * 4, 70))


def main() -> None:
    """Measure from the moment that ``import pstnkit`` is over, with whatever is loaded on first need."""
    start = time.perf_counter()
    pstnkit.read_numbers(TEXT)
    first = time.perf_counter() - start
    later = []
    for _ in range(50):
        start = time.perf_counter()
        pstnkit.read_numbers(TEXT)
        later.append(time.perf_counter() - start)
    json.dump({"first": first, "later": median(later)}, sys.stdout)


if __name__ == "__main__":
    main()
