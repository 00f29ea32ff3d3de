"""The command line: ``pstnkit``, also ``python -m pstnkit``.

``arguments`` says what may be written, ``program`` runs it, and turns every failure into one line and a
status. The commands stand beside them, a module each, and only put a question to the library: what a number
is, what there is instead, and how an answer looks is decided in the districts.
"""

from __future__ import annotations

from pstnkit.cli.program import main

__all__ = ["main"]
