"""The usual spellings of a cell, each known by one pattern: what most cells of most pastes are.

This is a short cut and decides nothing: whatever is read here would be read the same by looking at every run
and gap of the cell (:mod:`~pstnkit.numbering.paste.spelling`), only several times slower; a test compares the
two.
"""

from __future__ import annotations

import re

from pstnkit.numbering.paste.patterns import pattern
from pstnkit.numbering.paste.runs import NUMBER, Spelled, abroad, miscounted, span_of
from pstnkit.numbering.reasons import Reason

_ONE = pattern(rf" ?{NUMBER} ?")
_LABEL = r"(?:(?:tel|phone|fax|cell|mobile|office|home|work|main|direct)(?:: ?|\. ?| ))"
_MARK = r"(?: ?(?:x|ext\.?|extension)[ .:]?|;ext=| ?#|, )"
_MORE = pattern(
    rf" ?{_LABEL}?{NUMBER}(?:{_MARK}([0-9]{{1,7}})"
    rf"|(?: ?- ?| (?:thru|through|to) )(?:([0-9]{{4}})|{NUMBER})"
    r"| ?\((?:main|fax|cell|mobile|office|home|work|direct)\))? ?",
    re.IGNORECASE,
)
_TWO = pattern(rf" ?({NUMBER})(?: ?[/;&,] ?| and | or |( {{1,2}}))({NUMBER}) ?")
_SHORTEST_OF_TWO = 21
"""Characters of two numbers and what parts them."""
_ABROAD = pattern(r" ?(?![0-9]++\.0++ ?\Z)(?:\+ ?|011[- ]?|00[- ]?)([2-9](?:[ .-]?[0-9]){8,13}) ?")
"""A whole amount is none: ``0021921682.0``."""
_MISCOUNTED = pattern(
    r" ?(?:[0-9]{3}[-. ](?:[0-9]{4}|[0-9]{3}[-. ][0-9]{1,3})|[0-9]{3,9}|[2-9][0-9]{10,17}) ?"
)
_DAY = (
    r"(?:[0-9]{1,2}/[0-9]{1,2}/(?:[0-9]{4}|[0-9]{2})"
    r"|(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01]))"
)
_HOUR = r"[0-2]?[0-9](?::[0-5][0-9]){0,2}(?: ?[AP]M)?"
_MONEY = r"[$\u20ac\u00a3] ?[0-9]{1,3}(?:,[0-9]{3}){0,3}(?:\.[0-9]{2})?"
_OTHER = pattern(rf" ?(?:{_DAY}(?:[ T]{_HOUR})?|{_MONEY}) ?", re.IGNORECASE)
"""Days, moments and amounts of money."""
_DIGIT = pattern("[0-9]")


def read_usual(text: str) -> list[Spelled] | None:
    """What a cell of a usual spelling says; None for any other cell.

    >>> read_usual("(415) 321-0100"), read_usual("415-321-0100 / 628-321-0100")
    ([<Spelled 4153210100 at 0:14>], [<Spelled 4153210100 at 0:12>, <Spelled 6283210100 at 15:27>])
    >>> read_usual("+44 20 7946 0958"), read_usual("321-0100"), read_usual("06/21/84")
    ([<Spelled foreign at 0:16>], [<Spelled too_short at 0:8>], [<Spelled not_a_number at 0:8>])
    >>> print(read_usual("415-321-0100 / 0199"))
    None
    """
    one = _ONE.fullmatch(text)
    if one is not None:
        return [Spelled(0, len(text), int(one[1] + one[2] + one[3]))]
    more = _MORE.fullmatch(text)
    if more is not None:
        return [_with_more(text, *more.groups())]
    if _DIGIT.search(text) is None:
        return None if "#" in text else [Spelled(0, len(text), reason=Reason.NOT_A_NUMBER)]
    if _OTHER.fullmatch(text) is not None:
        return [Spelled(0, len(text), reason=Reason.NOT_A_NUMBER)]
    if _MISCOUNTED.fullmatch(text) is not None:
        return [miscounted(0, len(text), len(_digits(text)))]
    foreign = _ABROAD.fullmatch(text)
    if foreign is not None:
        return [abroad(0, len(text), _digits(foreign[1]))]
    two = _TWO.fullmatch(text) if len(text) >= _SHORTEST_OF_TWO else None
    if two is None or (two[5] and two[1][0] in "+01"):
        return (
            None  # behind a prefix, a blank may stand at more than one place where the first number could end
        )
    numbers = (int(two[2] + two[3] + two[4]), int(two[7] + two[8] + two[9]))
    return [Spelled(two.start(1), two.end(1), numbers[0]), Spelled(two.start(6), two.end(6), numbers[1])]


def _with_more(
    text: str, npa: str, nxx: str, line: str, extension: str | None, last: str | None, *end: str | None
) -> Spelled:
    """A number with a label, or with an extension, or with the end of a range."""
    first = int(npa + nxx + line)
    if last is not None:
        return span_of(0, len(text), first, int(npa + nxx + last))
    written = "".join(filter(None, end))
    if written:
        return span_of(0, len(text), first, int(written))
    spelled = Spelled(0, len(text), first)
    spelled.extension = extension
    return spelled


def _digits(text: str) -> str:
    return "".join(filter(str.isdecimal, text))
