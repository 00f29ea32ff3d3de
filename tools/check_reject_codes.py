"""Check the table of carriers' reject codes against a list of the codes that carriers have.

    python tools/check_reject_codes.py CODES.csv

CODES.csv has the columns ``provider``, ``code`` and ``vendor_code`` (empty where there is none); others do not matter.
Every code that the table does not have, or has under several reasons, is printed with its line, and so is every one
that the table has and the list has not; the exit status is 1 then. To add a code is to add it to
``src/pstnkit/carriers/words/reject_codes.txt``.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterator
from pathlib import Path

from pstnkit.carriers.words.reject_codes import LOSING_CARRIERS, reject_codes

COLUMNS = {"provider", "code", "vendor_code"}


def faults(source: Path) -> Iterator[str]:
    """Everything in which the table and the list of codes in ``source`` differ; ``ValueError`` for no such list."""
    reasons: dict[tuple[str, str], set[str]] = {}
    for row in reject_codes():
        for key in ((row.carrier, row.code), *((LOSING_CARRIERS, code) for code in row.passed_on)):
            reasons.setdefault(key, set()).add(row.reason.value)
    passed_on = {(row.carrier, row.code, code) for row in reject_codes() for code in row.passed_on or ("",)}
    with source.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        if not set(rows.fieldnames or ()) >= COLUMNS:
            raise ValueError(f"{source} has no columns {', '.join(sorted(COLUMNS))}")
        listed = {(row["provider"], row["code"], row["vendor_code"]): rows.line_num for row in rows}
    for written, line in listed.items():
        if written not in passed_on:
            yield f"line {line}: {' '.join(written).strip()} is not in the table"
    for missing in sorted(passed_on - set(listed)):
        yield f"the table has {' '.join(missing).strip()}, and the list has not"
    for (carrier, code), found in reasons.items():
        if len(found) > 1:
            yield f"{code} of {carrier} has several reasons: {', '.join(sorted(found))}"


def main(arguments: list[str] | None = None) -> int:
    """Run the tool; the exit status: 0 the two agree, 1 they differ, 2 the list cannot be read."""
    parser = argparse.ArgumentParser(description="Check the table of carriers' reject codes.")
    parser.add_argument("codes", type=Path, help="a list of carriers' codes (CSV)")
    options = parser.parse_args(arguments)
    try:
        found = list(faults(options.codes))
    except (OSError, ValueError) as fault:
        print(f"check_reject_codes: {fault}", file=sys.stderr)
        return 2
    print("\n".join(found) or "every code is in the table, under one reason")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
