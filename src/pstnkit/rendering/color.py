"""Terminal color: whether to use it, and how to put it on.

Color never carries a meaning alone: whoever uses it prints a word or a symbol as well.
"""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from typing import TextIO


class Style(StrEnum):
    """A look on an ANSI terminal, by the number that switches it on."""

    GREEN = "32"
    RED = "31"
    YELLOW = "33"
    BOLD = "1"


def wants_color(choice: bool | None, stream: TextIO | None = None) -> bool:
    """Whether to print in color: as told by ``choice``, else on a terminal only, and not under ``NO_COLOR``.

    ``stream`` is standard output unless given.

    >>> wants_color(True), wants_color(False)
    (True, False)
    """
    if choice is not None:
        return choice
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    out = sys.stdout if stream is None else stream
    return out.isatty()


def paint(text: str, *styles: Style, on: bool) -> str:
    r"""``text`` in ``styles`` when ``on``, else unchanged.

    >>> paint("valid", Style.GREEN, on=True)
    '\x1b[32mvalid\x1b[0m'
    >>> paint("valid", Style.GREEN, on=False)
    'valid'
    """
    if not on or not styles:
        return text
    return f"\x1b[{';'.join(style.value for style in styles)}m{text}\x1b[0m"
