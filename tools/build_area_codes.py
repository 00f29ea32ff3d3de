"""Rebuild the bundled numbering plan from the administrator's next report.

    python tools/build_area_codes.py REPORT.csv

REPORT.csv is NANPA's public report of all area codes ("File Date" in its first line). The dated corrections
and the time zones beside this file are applied to it, and ``src/pstnkit/numbering/data/area_codes.txt`` is
written anew; it has a line for each area code in use, so what has changed can be read in the difference. A
correction that the report has caught up with stops the build until its row is dropped.

``--check`` writes nothing and exits with 1 when the file is not what the sources give.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from pstnkit.errors import CallerError
from pstnkit.numbering.plan import NumberingPlan

TOOLS = Path(__file__).parent
DATA = TOOLS.parent / "src" / "pstnkit" / "numbering" / "data" / "area_codes.txt"

HEAD = """\
# Area codes of the North American Numbering Plan (country code 1): all 800, from 200 to 999.
# Source: NANPA's public report of all area codes and dated corrections of it; their days stand below.
# Rebuilt by tools/build_area_codes.py from tools/*.csv; do not edit by hand. plan_text.py describes the form:
# area code, day it opens, kind, country, subdivisions, time zones (~ where sources disagree); - where none.
"""


def build(report: Path) -> str:
    """The data file's text from ``report`` and the tables beside this tool."""
    made = NumberingPlan.from_report(
        report.read_text(encoding="utf-8-sig"),
        corrections=(TOOLS / "area_code_corrections.csv").read_text(encoding="utf-8"),
        timezones=(TOOLS / "area_code_timezones.csv").read_text(encoding="utf-8"),
    )
    return HEAD + made.to_text()


def main(arguments: list[str] | None = None) -> int:
    """Run the tool; the exit status: 0 done, 1 the file differs (``--check``), 2 an input is wrong."""
    parser = argparse.ArgumentParser(description="Rebuild the bundled numbering plan.")
    parser.add_argument("report", type=Path, help="NANPA's report of all area codes (CSV)")
    parser.add_argument("--check", action="store_true", help="only compare, write nothing")
    options = parser.parse_args(arguments)
    try:
        text = build(options.report)
    except (CallerError, OSError, UnicodeDecodeError) as fault:
        print(f"build_area_codes: {fault}", file=sys.stderr)
        return 2
    if options.check:
        return 0 if text == DATA.read_text(encoding="utf-8") else 1
    DATA.parent.mkdir(exist_ok=True)
    DATA.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
