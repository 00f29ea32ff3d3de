"""The room of pastes: dirty text in, verdicts out (SPEC P1, P2; DOMAIN 2).

The way of a paste through the modules: ``sources`` opens it, ``cells`` splits it, ``columns`` chooses what
to read, ``cleaning`` and ``spelling`` (with ``spreadsheet``, ``runs`` and ``vanity``) say what a cell
holds, ``classify`` asks the plan and the policy, ``reading`` judges, and ``report`` and ``views`` show it.
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
