"""The data file of the bundled plan: the one file that this district reads by itself."""

from __future__ import annotations

import os


def bundled_text() -> str:
    """The text of the plan that ships with the package, in the form of :mod:`pstnkit.numbering.plan_text`."""
    # Not by pathlib: loading it takes longer than reading the plan, and the first paste would wait for it.
    with open(f"{os.path.dirname(__file__)}/data/area_codes.txt", encoding="utf-8") as file:  # noqa: PTH120, PTH123
        return file.read()
