"""What one cell says: numbers, ranges, extensions and what is wrong, from its cleaned text (DOMAIN 2).

A cell is read as runs of digits (:mod:`~pstnkit.numbering.paste.runs`) and the gaps between them. Each gap
is one of four things: a mark before an extension, a mark between the ends of a range, a joint between two
entries, or words. The patterns here take what they have matched for good, so that reading is linear in the
length of a cell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from pstnkit.numbering.paste.lines import place_typecode
from pstnkit.numbering.paste.packed import Packed
from pstnkit.numbering.paste.patterns import pattern
from pstnkit.numbering.paste.runs import Spelled, join_range, walk_run
from pstnkit.numbering.paste.spreadsheet import read_damage
from pstnkit.numbering.paste.usual import read_usual
from pstnkit.numbering.paste.vanity import LONGEST_VANITY, read_vanity
from pstnkit.numbering.paste.verdicts import Hint
from pstnkit.numbering.reasons import Reason

# Between the groups of one number (415/321-0100, 415-321/0100); any other slash stands between two. A first group with
# a prefix glued to it (1415/321-0100) is told from a line number (415-321-1415/...) by what stands around it.
_GROUP_BEFORE = r"(?:(?<![0-9]{4})(?<=[0-9]{3})|(?<=[0-9]\)))"
_GLUED_BEFORE = (
    r"(?:(?<=(?<![0-9])(?<![0-9)\]][-. ])1[0-9]{3})|(?<=(?<![0-9])001[0-9]{3})|(?<=(?<![0-9])0111[0-9]{3})"
    r"|(?<=(?<![0-9])00[-. ]1[0-9]{3})|(?<=(?<![0-9])011[-. ]1[0-9]{3}))"
)
_REST_BEHIND = r"[0-9]{3}[-. /]?[0-9]{4}"
_SLASH = (
    rf"(?:{_GROUP_BEFORE}/(?={_REST_BEHIND}(?![0-9]))"
    rf"|{_GLUED_BEFORE}/(?={_REST_BEHIND}(?![-. ]?[0-9]))"
    r"|(?<=[0-9)][-. )/][0-9]{3})/(?=[0-9]{4}(?![0-9]))"
    r"|(?<=\b1)/(?=[0-9]{3}/[0-9]{3}/[0-9]{4}(?![0-9])))"
)
_ABROAD = r"\+ ?[2-9][0-9]{0,2}[ (]{0,2}+[0-9]{1,5}\)?/ ?[0-9]{4,8}(?![0-9])"
"""A number of another country with a slash behind its area code, as German ones are written: +49 30/123456."""
_SOFT = " ().-[]_~"
_RUN = pattern(rf"{_ABROAD}|(?:\+ ?)?[(\[]{{0,2}}[0-9](?:[0-9 ().\-\[\]_~]++|{_SLASH})*+")
"""A run, with what stands behind its last digit: to tell digits from what is between them, one by one, takes a hundred
bytes for each."""
_EXTENSION_MARK = pattern(
    r"[ .,;:/()\-\[]*+(?:extension|exten|extn|ext|xtn|xt|ex|x|poste)[ .:=#]*+|[ )]*+[,;#][,;# ]*+",
    re.IGNORECASE,
)
_MENU_WORDS = (
    "opt",
    "opts",
    "option",
    "options",
    "press",
    "push",
    "dial",
    "hit",
    "select",
    "choose",
    "menu",
    "prompt",
)
_MENU = rf"(?<![A-Za-z])(?:{'|'.join(_MENU_WORDS)})(?![A-Za-z])"
_MENU_WORD = pattern(_MENU, re.IGNORECASE)
_BEFORE_CHOICE = pattern(rf"{_MENU}[ .:*#]*+\Z", re.IGNORECASE)
"""What stands between a number and what is to be dialed when it has answered: ``415-321-0100, press 2``."""
_RANGE_MARK = pattern(
    r" *+(?:-++>?|\u2192|~|\.{2,3}|\u2026) *+|[ \n]*+(?:thru|through|to|until|till|til)[ \n]*+", re.IGNORECASE
)
_JOINT = pattern(r"[\s,;/&|.()\[\]]*+(?:and|or)?[\s,;/&|.()\[\]:]*+", re.IGNORECASE)
_CLOCK = pattern(r" *+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: ?[ap]\.?m\.?)? *+", re.IGNORECASE)
_LIST_NUMBER = pattern(r"\s*+[0-9]{1,3}[.)] ++(?=\S)")
"""What stands before the items of a numbered list: ``2. 415-321-0100``."""
_LISTED_LINES = pattern(r"[0-9]{4} ?[,;] ?[0-9]{4} ?[,;] ?[0-9]{4}\Z")
"""Behind a number: ``415-321-0100, 0101, 0102``."""
_LISTED_BEFORE = 16
_ANY_JOINT = pattern(r"[\n,;/&|]|\b(?:and|or)\b", re.IGNORECASE)
_OTHER_NUMBERS = pattern(
    r"\b(?:account|acct|between|inv|invoice|order|ssn|ein|tax|zip|postal|amount|total|serial|ticket|po|p\.o|ref|reference|case|date|id|"
    r"customer|contract|sku|ip|imei|iccid)\b",
    re.IGNORECASE,
)
_DIGITS = pattern("[0-9]+")
_ENOUGH_DIGITS = pattern(r"[0-9](?:[ ().\-\[\]_~/]*+[0-9]){6}")
"""Seven digits, in one run perhaps: with fewer nothing is complete."""
_LETTER = pattern("[A-Za-z]")
_NO_LETTER = pattern(r"[\W\d_]")
_FEW_DIGITS = pattern("(?:[^0-9]*+[0-9]){0,6}[^0-9]*+")
_CALL_LINK = pattern(r"\W*+(?:tel|callto|sms)://", re.IGNORECASE)
"""Links that call their number; digits in all others are no telephone numbers."""
_CALLED = frozenset(
    {
        "tel",
        "phone",
        "ph",
        "t",
        "p",
        "f",
        "m",
        "c",
        "h",
        "o",
        "w",
        "fax",
        "cell",
        "mobile",
        "home",
        "office",
        "work",
        "did",
        "tn",
    }
    | {"btn", "wtn", "main", "direct", "no", "number", "callto", "telephone", "desk"}
)
_LONGEST_CALLED = max(map(len, _CALLED))
_READ_WORDS = """
    extension exten extn ext xtn poste thru through to until till til and or am pm tel callto sms isub phone context
    account acct between inv invoice order ssn ein tax zip postal amount total serial ticket po ref reference case date
    id customer contract sku ip imei iccid
"""
KNOWN_WORDS = _CALLED.union(_MENU_WORDS, _READ_WORDS.split())
"""Every word that the patterns here know, and those of its parts that could be told apart."""
_LONGEST_EXTENSION = 7
_MANY = 500
"""How many entries of a cell are kept as objects."""
_LONGEST_LABEL_NUMBER = 2
_LONGEST_CHOICE = 2
_SHORTEST_LOCAL = 7


def read_cell(text: str) -> Sequence[Spelled]:
    """What the cleaned, non-blank ``text`` of one cell says, in order; never empty.

    Several results only where each stands apart from its neighbors; their places are in ``text``. A single
    result covers the entire cell.

    >>> read_cell("(415) 321-0123 ext 12")[0].extension
    '12'
    >>> read_cell("415-321-0100; 628-321-0101")
    [<Spelled 4153210100 at 0:12>, <Spelled 6283210101 at 14:26>]
    >>> read_cell("2012-01-02 08")
    [<Spelled not_a_number at 0:13>]
    """
    return read_usual(text) or read_thoroughly(text)


def read_thoroughly(text: str) -> Sequence[Spelled]:
    """What any cell says, read without the short cut for usual ones.

    >>> read_thoroughly("(415) 321-0123"), read_thoroughly("ask for Jane")
    ([<Spelled 4153210123 at 0:14>], [<Spelled not_a_number at 0:12>])
    """
    mended = read_damage(text)
    if isinstance(mended, Spelled):
        return [mended]
    if _FEW_DIGITS.fullmatch(mended) is not None and _has_letters(mended):
        # A note, a street, a name with a figure: too few digits for anything but a word on the keypad.
        found: Sequence[Spelled] = _read_item(mended) or [
            read_vanity(mended) or Spelled(0, 0, reason=Reason.NOT_A_NUMBER)
        ]
    else:
        found = _read_item(mended) or _CellReader(mended).read()
    if len(found) == 1:
        found[0].start, found[0].end = 0, len(text)
    return found


def _read_item(text: str) -> Sequence[Spelled] | None:
    """What stands behind the number of an item of a list, if that is a telephone number; else None."""
    mark = _LIST_NUMBER.match(text)
    if mark is None:
        return None
    found = _CellReader(" " * mark.end() + text[mark.end() :]).read()
    return found if found[0].first else None


class _CellReader:
    """Walks over the runs of one cell, and says of each what the gap before it makes it."""

    __slots__ = ("complete", "found", "fragments", "packed", "several", "text", "unclear", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[Spelled] = []
        """What was found last; all before it are ``packed``, or forgotten where the cell is read as a whole."""
        self.packed: Packed | None = None
        self.several = False
        self.complete = False
        """Whether one of them is complete."""
        self.unclear = False
        self.fragments = False
        self.words = False

    def read(self) -> Sequence[Spelled]:
        text = self.text
        if _is_address_or_link(text) or (":" in text and _CLOCK.fullmatch(text)):
            return [self._whole(Reason.NOT_A_NUMBER)]
        before = 0
        glance = False
        for match in _RUN.finditer(text):
            start, end = match.span()
            if glance and end - start < _SHORTEST_LOCAL:
                before = end
                continue
            end = start + len(match[0].rstrip(_SOFT))
            if text.startswith(")", end) and "(" in text[start:end]:
                end += 1  # the parenthesis was opened in the run
            self._meet(text[before:start], start, end, first=before == 0)
            before = end
            if self.several and (self.unclear or self.fragments) and len(text) > LONGEST_VANITY:
                # Read as a whole it is now; it is left to find out whether one of them is a number.
                if self.complete or not (glance or _ENOUGH_DIGITS.search(text, end)):
                    return self._as_a_whole()
                glance = True
        self._finish(text[before:], at=before)
        return self._verdict()

    def _meet(self, gap: str, start: int, end: int, *, first: bool) -> None:
        """One run, with the gap before it."""
        text = self.text
        # Seven groups and more have as many digits, and how many more does not matter.
        groups = islice(_DIGITS.finditer(text, start, end), _SHORTEST_LOCAL + 1)
        digits = "".join([group[0] for group in groups])
        if first:
            if len(digits) <= _LONGEST_LABEL_NUMBER and _numbers_a_label(gap, text[end : end + 2]):
                return
            self._check_words(gap, leads=True)
        previous = self.found[-1] if self.found else None
        if previous is not None and previous.complete:
            if self._is_extension(previous, gap, digits, text[start:end]):
                # Of two extensions the first is the one to dial; both stay in the entry's text. But lines of four
                # digits, one after the other, are the ends of further numbers as likely.
                if _LISTED_LINES.search(text, max(start - _LISTED_BEFORE, 0), end):
                    self.unclear = self.several = True
                previous.extension = previous.extension or digits
                previous.end = end
                return
            if self._is_choice(previous, gap, text[start:end]):
                previous.end = end
                return
            if previous.first == previous.last and previous.extension is None and _RANGE_MARK.fullmatch(gap):
                span = join_range(previous, next(walk_run(text, start, end)), text[start:end], end)
                if span is not None:
                    self.found[-1] = span
                    return
        results = walk_run(text, start, end)
        one = next(results)
        # Behind the mark of an extension, what is too long for one is the next entry.
        marked = previous is not None and previous.complete and _EXTENSION_MARK.fullmatch(gap) is not None
        joined = first or marked or _JOINT.fullmatch(gap) is not None
        if not joined:
            self._check_words(gap, leads=True)
        apart = one.complete or (joined and _ANY_JOINT.search(gap))
        if previous is not None and not apart:
            self.unclear = True
        self.fragments = self.fragments or len(digits) < _SHORTEST_LOCAL
        self.complete = self.complete or one.complete
        self._add(one)
        for one in results:
            self._add(one)

    def _add(self, one: Spelled) -> None:
        """One more; the others before it are put away when there are many."""
        found = self.found
        self.several = self.several or bool(found)
        found.append(one)
        if len(found) > _MANY:
            if self.packed is None:
                self.packed = Packed(place_typecode(self.text))
            if not self.unclear and not self.fragments:
                self.packed.take(found[:-1])
            del found[:-1]

    def _is_extension(self, previous: Spelled, gap: str, digits: str, written: str) -> bool:
        """Whether digits behind a complete number are its extension: marked, few, and in one piece."""
        return (
            len(digits) <= _LONGEST_EXTENSION
            and digits == written.strip("()[]")
            and previous.first == previous.last
            and _EXTENSION_MARK.fullmatch(gap) is not None
        )

    def _is_choice(self, previous: Spelled, gap: str, written: str) -> bool:
        """Whether a digit or two behind a complete number, or behind such a choice, are a choice of a menu."""
        return (
            len(written) <= _LONGEST_CHOICE
            and written.isdecimal()
            and (
                _BEFORE_CHOICE.search(gap) is not None
                or _MENU_WORD.search(self.text, previous.start, previous.end) is not None
            )
        )

    def _finish(self, gap: str, at: int) -> None:
        self._check_words(gap, leads=False)
        if at and gap[:1].isalpha() and self.found and _EXTENSION_MARK.match(gap) is None:
            self.unclear = True  # letters glued to the digits: a code, or a mask
        if gap[:1] == "%":
            self.unclear = True

    def _check_words(self, gap: str, *, leads: bool) -> None:
        if not gap:
            return
        self.words = self.words or _has_letters(gap)
        written = gap.rstrip()
        if not leads or not written.strip("*"):
            return  # stars alone are a bullet, or emphasis
        if written[-1] in "$€£¥*@%^" or _OTHER_NUMBERS.search(gap):
            self.unclear = True
        elif written[-1] in "#=" or gap[-1].isalpha():
            # "Phone # 415..." and "tel415..." name what follows; any other code before digits makes it none.
            word = _NO_LETTER.split(written.rstrip("#= ")[-_LONGEST_CALLED - 1 :])[-1].lower()
            if word not in _CALLED:
                self.unclear = True

    def _verdict(self) -> Sequence[Spelled]:
        found = self.found
        if self.fragments and self.several:
            self.unclear = True  # digits are left over that are no number of their own
        if self.complete:
            return self._as_a_whole() if self.unclear else self._all()
        vanity = read_vanity(self.text) if self.words else None
        if vanity is not None:
            return [vanity]
        if not self.unclear and (
            self.several or (found and (not self.words or self._digits() >= _SHORTEST_LOCAL))
        ):
            return self._all()
        return [self._whole(Reason.NOT_A_NUMBER)]

    def _all(self) -> Sequence[Spelled]:
        if self.packed is None:
            return self.found
        self.packed.take(self.found)
        return self.packed

    def _as_a_whole(self) -> Sequence[Spelled]:
        several = self.several and self.complete
        return [
            self._whole(
                Reason.SEVERAL_NUMBERS if several else Reason.NOT_A_NUMBER,
                Hint.ONE_PER_LINE if several else None,
            )
        ]

    def _digits(self) -> int:
        return sum(map(str.isdigit, self.text))

    def _whole(self, reason: Reason, hint: Hint | None = None) -> Spelled:
        return Spelled(0, len(self.text), reason=reason, hint=hint)


def _has_letters(gap: str) -> bool:
    return _LETTER.search(gap) is not None or (not gap.isascii() and any(map(str.isalpha, gap)))


def _numbers_a_label(before: str, behind: str) -> bool:
    """Whether a digit or two belong to a label: ``Line 2: 415...``, ``item1.TEL:415...``."""
    return behind[:1] == ":" or (before[-1:].isalpha() and behind[:1] == "." and behind[1:].isalpha())


def _is_address_or_link(text: str) -> bool:
    """Whether the text is an e-mail address or a link to a page: digits in it are no telephone number."""
    at = text.find("@")
    return ("://" in text and not _CALL_LINK.match(text)) or (
        0 < at < len(text) - 1 and text[at - 1].isalnum() and text[at + 1].isalnum()
    )
