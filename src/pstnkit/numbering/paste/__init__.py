"""The room of pastes: dirty text in, verdicts out (SPEC P1, P2; DOMAIN 2).

A newcomer reads ``spelling`` first: what one cell says (with ``cleaning``, ``usual``, ``runs``, ``spreadsheet`` and
``vanity``). The way of a whole paste is: ``sources`` opens it (workbooks in a room of their own), ``layout`` chooses
what to read (``cells``, ``columns``, ``headings``), ``stretches`` and ``raw_cells`` hand out its cells, ``bulk`` reads
thousands of them at once by what ``shapes`` has learned, asking ``classify`` for the plan and the policy, ``repeats``
finds what was listed before, and ``records`` keep it. ``report`` is what a reader sees, in ``lazy`` sequences; ``book``
makes its entries when they are looked at, ``merging`` puts several together, and ``views`` show them.
"""

from __future__ import annotations

from pstnkit.numbering.paste.columns import ReadColumn, UnknownColumn, WhyRead
from pstnkit.numbering.paste.counts import Counts
from pstnkit.numbering.paste.entry import Entry, UnreadCell
from pstnkit.numbering.paste.reading import read_numbers
from pstnkit.numbering.paste.report import PasteReport
from pstnkit.numbering.paste.sources import UnreadableSource
from pstnkit.numbering.paste.valid_numbers import ValidNumbers
from pstnkit.numbering.paste.verdicts import Hint, PastePolicy, Verdict

__all__ = [
    "Counts",
    "Entry",
    "Hint",
    "PastePolicy",
    "PasteReport",
    "ReadColumn",
    "UnknownColumn",
    "UnreadCell",
    "UnreadableSource",
    "ValidNumbers",
    "Verdict",
    "WhyRead",
    "read_numbers",
]
