"""Words that say nothing about a number, folded into one: a list has as many names as lines, and all are read alike.

A reader of cells knows some words: marks of extensions and ranges, labels, what other numbers are called. Those stay.
Any other word of two letters or more is one like another, wherever a cell holds a number whose digits are all digits.
Fractions, raised figures and Roman numerals may stand in words and are no letters.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pstnkit.numbering.paste.patterns import pattern
from pstnkit.numbering.paste.spelling import KNOWN_WORDS

if TYPE_CHECKING:
    import re

_WORD = pattern(r"[^\W\d_]{2,}")
_MARKS = ("x", "ex", "poste")
"""A word behind a number that begins with the mark of an extension may be taken for one."""
_LIKE_ASCII = frozenset("\u0130\u0131\u017f\u212a")
"""Letters that a pattern without regard to case takes for i, s and k: a known word may be written with them."""


def fold(text: str) -> str:
    """``text`` with every word that has no part in reading it made the same.

    >>> fold("Jane Doe: 415-321-0100 ext 12"), fold("Fax 415-321-0100 (O'Neil)")
    ('Aa Aa: 415-321-0100 ext 12', "Fax 415-321-0100 (O'Aa)")
    """
    return _WORD.sub(_folded, text)


def _folded(match: re.Match[str]) -> str:
    return _fold_word(match[0])


@lru_cache(maxsize=4096)
def _fold_word(word: str) -> str:
    lower = word.lower()
    if (
        lower in KNOWN_WORDS
        or lower.startswith(_MARKS)
        or not word.isalpha()
        or not _LIKE_ASCII.isdisjoint(word)
    ):
        return word
    return "Aa"
