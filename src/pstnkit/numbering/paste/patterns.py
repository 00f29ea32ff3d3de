"""Regular expressions compiled on first use: an import should cost nothing that a paste may not need."""

from __future__ import annotations

import re
from typing import Any, cast


class _Uncompiled:
    """Stands for a pattern until one of its methods is wanted, and hands out the compiled one's."""

    def __init__(self, source: str, flags: re.RegexFlag) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self._source, self._flags), name)
        setattr(self, name, found)  # the next access finds it without coming here
        return found


def pattern(source: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """The pattern ``source``, compiled when first used.

    >>> pattern("[0-9]+").findall("415-321")
    ['415', '321']
    """
    return cast("re.Pattern[str]", _Uncompiled(source, flags))
