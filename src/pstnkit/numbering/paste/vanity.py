"""Numbers spelled with the letters of a telephone keypad: 1-800-FLOWERS (DOMAIN 2).

Letters are taken for digits only where an area code stands before them and they make exactly seven digits
with it. A mask such as ``415-321-01XX`` is no number, nor are zeros and ones that were mistyped as letters
(``415-321-O1OO``), nor is a street (``415 Oak Tree``): outside the toll-free area codes the letters must be joined to
the area code by more than a blank.
"""

from __future__ import annotations

import re

from pstnkit.numbering.paste.patterns import pattern
from pstnkit.numbering.paste.runs import Spelled
from pstnkit.numbering.paste.verdicts import Hint
from pstnkit.numbering.reasons import Reason
from pstnkit.numbering.shape import TOLL_FREE

_KEYPAD = dict(zip("abcdefghijklmnopqrstuvwxyz", "22233344455566677778889999", strict=True))
_TAIL = pattern(
    r"(?:[ ,;(]+(?:extension|extn|ext|x)[ .:=#]*+|;ext=|[,;#] *+)([0-9]{1,7})[#)]?\s*+$", re.IGNORECASE
)
_LABEL = pattern(r"\s*\([^()0-9]*+\)\s*+$")
_SPELLED = pattern(
    r"\s*(?:(?i:tel):)?(\+?1[-. ]*+)?(\(?)([0-9]{3})(\)?[-. ]*+)([0-9A-Za-z][0-9A-Za-z\-. ]*+)"
)
"""Without regard to case all of it would take three letters more, which no keypad has."""
_FEWEST_LETTERS = 3
_MOST_LETTERS = 30
LONGEST_VANITY = 80
"""A longer text spells no number, in characters."""


def read_vanity(text: str) -> Spelled | None:
    """The number that ``text`` spells with letters, or what is wrong with it; None if it is no such thing.

    >>> read_vanity("1-800-FLOWERS"), read_vanity("800 SIX-flag ext. 1234").extension
    (<Spelled 8003569377 at 0:13>, '1234')
    >>> read_vanity("415-321-01XX"), read_vanity("415 Oak Tree")
    (<Spelled not_a_number at 0:12>, None)
    """
    size = len(text)
    if size > LONGEST_VANITY:
        return None
    body = text.rstrip()
    label = _LABEL.search(body)
    if label is not None:
        body = body[: label.start()]
    tail = _TAIL.search(body)
    if tail is not None:
        body = body[: tail.start()]
    match = _SPELLED.fullmatch(body.rstrip())
    if match is None:
        return None
    area_code, word = match[3], body[match.end(4) :]
    letters = "".join(filter(str.isalpha, word)).lower()
    if not letters.strip("xn?"):
        return Spelled(0, size, reason=Reason.NOT_A_NUMBER, hint=Hint.MASK)
    if not letters.strip("oil") and "oil" not in letters:
        # To key these as 6, 4 and 5 would make another number of one whose zeros and ones were mistyped.
        return Spelled(0, size, reason=Reason.NOT_A_NUMBER, hint=Hint.LOOK_ALIKES)
    if not _FEWEST_LETTERS <= len(letters) <= _MOST_LETTERS or not _joined(match, word):
        return None
    keyed = "".join(_KEYPAD.get(key, key) for key in word.lower() if key.isalnum())
    if len(keyed) != 7:
        reason = Reason.TOO_SHORT if len(keyed) < 7 else Reason.TOO_LONG
        hint = Hint.LETTERS_BEYOND if len(keyed) > 7 else None
        return Spelled(0, size, reason=reason, hint=hint, figures={"digits": 3 + len(keyed)})
    if area_code[0] == "0":
        return Spelled(0, size, reason=Reason.AREA_CODE_FORMAT, figures={"npa": area_code, "nxx": keyed[:3]})
    spelled = Spelled(0, size, int(area_code + keyed))
    spelled.extension = None if tail is None else tail[1]
    return spelled


def _joined(match: re.Match[str], word: str) -> bool:
    """Whether the letters belong to the area code: a prefix, a mark, or one word after a toll-free one.

    A prefix that is glued to the area code makes a house number of them: 1600 Pennsylvania Ave.
    """
    if (match[1] and match[1] != "1") or match[2] or match[4].strip():
        return True
    return match[4] == "" or (int(match[3]) in TOLL_FREE and " " not in word.strip())
