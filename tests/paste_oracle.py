"""What a paste says, read slowly and obviously: one line at a time, straight from DOMAIN 1 and 2.

This is the other opinion that the tests hear about ``read_numbers``. It shares nothing with it but the names of
verdicts and reasons (and the plan, for which area codes are in service): no patterns, no helpers, no short cuts.
Where the text of the rules is silent, or a line is of no form that the rules name, it has *no opinion* and says so with
None; it never guesses. Where the rules leave open which of several reasons is given first, a reading lists them all.

``read_line`` reads one line, or the text of one cell. ``whole_list`` puts the readings of a list together: what was
listed before, what is known.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

from attrs import evolve, frozen

import pstnkit
from pstnkit import AreaCodeKind, AreaCodeStatus, Reason, Verdict

Reasons = frozenset[Reason | None]

NONE: Reasons = frozenset({None})


@frozen
class Reading:
    """One entry: the stretch of the line that has to be in it, and what it says.

    ``numbers`` is the first and the last number of a valid entry, as ten digits.
    """

    start: int
    end: int
    verdict: Verdict
    reasons: Reasons
    numbers: tuple[int, int] | None = None
    extension: str | None = None


# --- one number of ten digits ----------------------------------------------------------------------------------


@cache
def judge(ten: str, on: date | None = None) -> tuple[Verdict, Reasons]:
    """What ten digits are: shape first, then service, then what may be ordered or ported (DOMAIN 1)."""
    npa, nxx, line = ten[:3], ten[3:6], ten[6:]
    if npa[0] in "01" or npa[1:] == "11":
        return _no(Reason.AREA_CODE_FORMAT)
    if nxx[0] in "01":
        return _no(Reason.EXCHANGE_FORMAT)
    area_code = pstnkit.plan.area_code(npa, on=on)
    unconfirmed = area_code.status is AreaCodeStatus.UNCONFIRMED
    if area_code.status is not AreaCodeStatus.IN_SERVICE and not unconfirmed:
        if nxx[1:] == "11":  # set aside for toll-free, personal, ... : then N11 is no fault
            return _no(Reason.N11_EXCHANGE, Reason.AREA_CODE_NOT_IN_SERVICE)
        return _no(Reason.AREA_CODE_NOT_IN_SERVICE)
    if area_code.kind is AreaCodeKind.PREMIUM:
        return _no(Reason.PREMIUM)
    if area_code.kind is AreaCodeKind.PERSONAL:
        return _no(Reason.PERSONAL)
    if area_code.kind is AreaCodeKind.NON_GEOGRAPHIC:
        return _no(Reason.NON_GEOGRAPHIC)
    if area_code.kind is AreaCodeKind.TOLL_FREE:
        if nxx + line == "5551212":
            return _no(Reason.DIRECTORY_ASSISTANCE)
        if ten == "8005550199":
            return _no(Reason.FICTITIOUS)
    elif unconfirmed or area_code.country in ("US", "CA"):
        if nxx[1:] == "11":
            return _no(Reason.N11_EXCHANGE)
        if nxx == "555" and "0100" <= line <= "0199":
            return _no(Reason.FICTITIOUS)
        if nxx == "555" and line == "1212":
            return _no(Reason.DIRECTORY_ASSISTANCE)
        if nxx in ("958", "959"):
            return _no(Reason.TEST_EXCHANGE)
        if nxx in ("555", "950", "976"):
            return _no(Reason.SPECIAL_EXCHANGE)
    return Verdict.VALID, frozenset({Reason.AREA_CODE_UNCONFIRMED}) if unconfirmed else NONE


def _no(*reasons: Reason) -> tuple[Verdict, Reasons]:
    return Verdict.INVALID, frozenset(reasons)


# --- one line --------------------------------------------------------------------------------------------------

_EXTENSION_WORDS = ("extension", "ext.", "ext", "x.", "x", ";ext=", "#", ";", ",")
_RANGE_WORDS = ("through", "thru", "to", "..", "-")
_BETWEEN = ("/", ";", ",", "&", " and ", " or ", "\n", " ")
_PAD = dict(zip("abcdefghijklmnopqrstuvwxyz", "22233344455566677778889999", strict=True))
_WITHIN = " -./()"
"""What may stand between the digits of one number, up to three of them at a time."""


def read_line(line: str, on: date | None = None) -> list[Reading] | None:
    """The entries of one line: none for a blank one, None for no opinion."""
    seen, places = visible(line)
    entries = _read(seen, on)
    if entries is None:
        return None
    return [evolve(entry, start=places[entry.start], end=places[entry.end - 1] + 1) for entry in entries]


def visible(line: str) -> tuple[str, list[int]]:
    """``line`` as people see it, and where each of its characters stands in ``line``.

    Spaces, dashes and digits of every width are plain ones; what cannot be seen (zero-width marks, soft hyphens,
    marks of direction, the mark of a byte order) is not there.
    """
    seen, places = [], []
    for place, character in enumerate(line):
        category = unicodedata.category(character)
        if category == "Cf":
            continue
        if category == "Zs":
            character = " "
        elif category == "Pd" or character == "\u2212":
            character = "-"
        elif "\uff01" <= character <= "\uff5e":
            character = chr(ord(character) - 0xFEE0)
        seen.append(character)
        places.append(place)
    return "".join(seen), places


def _read(seen: str, on: date | None) -> list[Reading] | None:
    if not seen.strip():
        return []
    start = len(seen) - len(seen.lstrip())
    end = len(seen.rstrip())
    text = seen[start:end]
    whole = Reading(start, end, Verdict.INVALID, NONE)

    # What spreadsheets do to a cell.
    if len(text) > 1 and set(text) == {"#"}:
        return [evolve(whole, reasons=frozenset({Reason.DIGITS_LOST}))]
    if text.startswith('="') and text.endswith('"') and len(text) > 3:
        return _inside(text[2:-1], start + 2, on)
    if text.startswith("'") and len(text) > 1:
        return _inside(text[1:], start + 1, on)
    if re.fullmatch(r"[0-9](\.[0-9]+)?[Ee]\+?[0-9]{1,2}", text):
        return _scientific(text, whole, on)
    if re.fullmatch(r"[0-9]{10,11}[.,]0+", text):
        return _ten_or_more(re.split("[.,]", text)[0], whole, on)
    if re.fullmatch(r"[0-9]{10,11}\.[0-9]{1,2}", text):
        return [evolve(whole, reasons=frozenset({Reason.NOT_A_NUMBER}))]
    if re.fullmatch(r"[0-9]{7,9}\.[0-9]", text):
        return [evolve(whole, reasons=frozenset({Reason.TOO_SHORT}))]
    if re.fullmatch(r"[0-9]{1,2}(,[0-9]{3}){3}(\.0+)?", text):
        return _ten_or_more(text.partition(".")[0].replace(",", ""), whole, on)

    if _is_date_or_amount(text) or not any("0" <= c <= "9" for c in text):
        return [evolve(whole, reasons=frozenset({Reason.NOT_A_NUMBER}))]
    if national(text) is None and not _is_range(text):
        several = _several(text, start, on)
        if several is not None:
            return several
    return _one(text, start, on)


def _inside(text: str, start: int, on: date | None) -> list[Reading] | None:
    entries = _read(text, on)
    if not entries:
        return None
    return [evolve(entry, start=entry.start + start, end=entry.end + start) for entry in entries]


def _scientific(text: str, whole: Reading, on: date | None) -> list[Reading] | None:
    """``1.4155550123E+10`` shows every digit; with fewer, some are lost, and nobody knows which they were."""
    mantissa, _, exponent = text.upper().partition("E")
    before, _, behind = mantissa.partition(".")
    power = int(exponent)
    if power not in (9, 10):
        return None
    if len(behind) < power:
        return [evolve(whole, reasons=frozenset({Reason.DIGITS_LOST}))]
    if behind[power:].strip("0"):  # a fraction
        return None
    return _ten_or_more(before + behind[:power], whole, on)


def _ten_or_more(digits: str, whole: Reading, on: date | None) -> list[Reading] | None:
    """A numeric cell: ten digits, or eleven of which the first is the country code."""
    if len(digits) == 11 and digits[0] == "1":
        digits = digits[1:]
    return [_entry(digits, whole, on)] if len(digits) == 10 else None


def _entry(ten: str, whole: Reading, on: date | None, extension: str | None = None) -> Reading:
    verdict, reasons = judge(ten, on)
    numbers = (int(ten), int(ten)) if verdict is Verdict.VALID else None
    return evolve(whole, verdict=verdict, reasons=reasons, numbers=numbers, extension=extension)


_DATES_AND_AMOUNTS = (
    r"(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}(:[0-9]{2}(:[0-9]{2})?)?Z?)?",  # 2012-01-02 08
    r"(19|20)[0-9]{2}/[0-9]{1,2}/[0-9]{1,2}( [0-9]{1,2}:[0-9]{2}(:[0-9]{2})?)?",
    r"[0-9]{1,2}[/-][0-9]{1,2}[/-]([0-9]{2}|(19|20)[0-9]{2})( [0-9]{1,2}:[0-9]{2}(:[0-9]{2})?( ?[AaPp][Mm])?)?",
    r"[0-9]{1,2}\.[0-9]{1,2}\.(19|20)[0-9]{2}( [0-9]{1,2}:[0-9]{2})?",
    r"[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?",
    r"[$€£] ?[0-9][0-9,.]*",
    r"[0-9]{1,3}(\.[0-9]{1,3}){3}",  # the address of a computer
)


def _is_date_or_amount(text: str) -> bool:
    return any(re.fullmatch(form, text) for form in _DATES_AND_AMOUNTS)


def _several(text: str, start: int, on: date | None) -> list[Reading] | None:
    """Several numbers, each complete, with one of the separators (or nothing but a space) between them."""
    for separator in _BETWEEN:
        at = text.find(separator)
        while at >= 0:
            left, right = text[:at], text[at + len(separator) :]
            first = _one(left.strip(), start + len(left) - len(left.lstrip()), on)
            behind = start + at + len(separator) + len(right) - len(right.lstrip())
            if first is not None and _is_complete(left) and (separator != " " or _is_bare_number(left)):
                rest = _several(right.strip(), behind, on)
                if rest is None and _is_complete(right):
                    rest = _one(right.strip(), behind, on)
                if rest is not None and (separator != " " or _has_a_number(rest)):
                    return first + rest
            at = text.find(separator, at + 1)
    return None


def _is_complete(text: str) -> bool:
    """Whether ``text`` holds at least one complete number, by its digits."""
    return sum("0" <= c <= "9" for c in text) >= 10


def _is_bare_number(text: str) -> bool:
    """Whether ``text`` is one complete number, perhaps with a label, and no extension."""
    return national(_without_labels(text.strip())) is not None


def _has_a_number(readings: list[Reading]) -> bool:
    return not readings[0].reasons <= {Reason.TOO_SHORT, Reason.TOO_LONG, Reason.FOREIGN}


def _one(text: str, start: int, on: date | None) -> list[Reading] | None:
    """One entry: a number or a range, with a label, an extension, both or none."""
    whole = Reading(start, start + len(text), Verdict.INVALID, NONE)
    bare = _without_labels(text)
    if national(bare) is None:
        found = _range(bare, whole, on)
        if found is not None:
            return [found]
    extension = None
    for word in _EXTENSION_WORDS:
        match = re.fullmatch(rf"(.*[0-9)]) *{re.escape(word)}[ :]*([0-9]{{1,7}})", bare, re.IGNORECASE)
        if match and national(match[1]) is not None:
            bare, extension = match[1], match[2]
            break
    found = _number(bare, whole, on, extension) or _vanity(bare, whole, on, extension)
    return None if found is None else [found]


def _without_labels(text: str) -> str:
    """``text`` without ``Tel:`` and ``John Smith`` in front, and without ``(main)`` and ``main`` behind."""
    text = re.sub(
        r"^(tel|fax|phone|mobile|cell|office|main|home|work)[:.]? *(?=[+(0-9])", "", text, flags=re.IGNORECASE
    )
    text = re.sub(r"^[A-Z][a-z]+( [A-Z][a-z]+)?:? +(?=[+(0-9])", "", text)
    text = re.sub(r"(?<=[0-9]) *\([A-Za-z][A-Za-z ]*\)$", "", text)
    return re.sub(r"(?<=[0-9]) +(main|fax|cell|home|work|office)$", "", text, flags=re.IGNORECASE)


def _range(text: str, whole: Reading, on: date | None) -> Reading | None:
    """``415-321-0100 - 0199``: a complete number, a word or a dash, and another number or its last four digits."""
    for word in _RANGE_WORDS:
        at = text.lower().find(word)
        while at >= 0:
            first = national(text[:at].strip())
            tail = text[at + len(word) :].strip()
            if first is not None:
                last = national(tail)
                if last is None and re.fullmatch("[0-9]{4}", tail):
                    last = first[:6] + tail
                if last is not None:
                    return _range_of(first, last, whole, on)
                if re.fullmatch("[0-9]{1,3}", tail):  # which digits does it replace? Nobody says
                    return evolve(whole, reasons=frozenset({Reason.RANGE_INVALID}))
            at = text.lower().find(word, at + 1)
    return None


def _is_range(text: str) -> bool:
    return _range(text, Reading(0, len(text), Verdict.INVALID, NONE), None) is not None


def _range_of(first: str, last: str, whole: Reading, on: date | None) -> Reading:
    """A range takes the verdict of its worst member; it lies in one exchange, the lower end first."""
    if first[:6] != last[:6] or first > last:
        return evolve(whole, reasons=frozenset({Reason.RANGE_INVALID, *judge(first, on)[1]} - NONE))
    members = [judge(first[:6] + f"{line:04d}", on) for line in range(int(first[6:]), int(last[6:]) + 1)]
    faults = frozenset[Reason | None]().union(
        *(why for verdict, why in members if verdict is Verdict.INVALID)
    )
    if faults:
        return evolve(whole, reasons=faults)
    return evolve(whole, verdict=Verdict.VALID, reasons=members[0][1], numbers=(int(first), int(last)))


def national(text: str) -> str | None:
    """The ten digits of one complete number and nothing else, or None.

    In one piece or grouped 3-3-4, behind ``+1``, ``1``, ``001`` or ``011 1`` or nothing.
    """
    digits = re.sub("[^0-9]", "", text)
    left = re.sub("[0-9]", "", text)
    plus = left.startswith(("+", "(+"))
    if left.count("+") > plus or not _is_number_alone(text):
        return None
    if plus:
        prefixes = ["1"]
    elif len(digits) == 10:
        prefixes = [""]
    else:
        prefixes = ["0111", "001", "1"]
    for prefix in prefixes:
        if digits.startswith(prefix) and len(digits) == len(prefix) + 10:
            return digits[len(prefix) :] if _grouped(text, len(prefix)) else None
    return None


def _is_number_alone(text: str) -> bool:
    """Whether nothing stands between and around the digits that does not belong to one number."""
    if not re.search("[0-9]", text):
        return False
    before, *between, behind = re.split("[0-9]+", text)
    return (
        not before.replace("+", "").strip(" (")
        and not behind.strip(" )")
        and all(len(gap) <= 3 and not set(gap) - set(_WITHIN) for gap in between)
        and all(len(gap.strip(" ()")) <= 1 for gap in between)
        and all(gap == "/" for gap in between if "/" in gap)
        and re.fullmatch(r"[^()]*(\([^()]*\)[^()]*)*", text) is not None
    )


def _grouped(text: str, prefix: int) -> bool:
    """Whether the ten digits behind ``prefix`` digits are split, if at all, between 3, 3 and 4 only.

    A slash can stand behind the area code, and behind the exchange of a number that is split in three.
    """
    place = -prefix
    splits: list[int] = []
    for piece in re.findall("[0-9]+|[^0-9]+", text):
        if piece[0] in "0123456789":
            place += len(piece)
        elif 0 < place < 10 or "/" in piece:
            splits.append(place)
            if place not in (3, 6) or ("/" in piece and splits[0] != 3):
                return False
    return True


def _number(text: str, whole: Reading, on: date | None, extension: str | None) -> Reading | None:
    """Digits with nothing but spaces, dots, dashes, slashes and brackets between them."""
    ten = national(text)
    if ten is not None:
        entry = _entry(ten, whole, on, extension)
        if ten[0] in "01" and text.lstrip("(").startswith(ten[:3]):
            # Ten digits behind nothing: 011 and 00 could be the start of a number of another country, too.
            return evolve(entry, reasons=entry.reasons | {Reason.FOREIGN} if ten[0] == "0" else entry.reasons)
        return entry
    left = re.sub("[0-9]", "", text)
    digits = re.sub("[^0-9]", "", text)
    if extension is not None or not _is_number_alone(text) or "/" in text or "+" in left[1:].lstrip("("):
        return None
    if "+" in left or (digits.startswith(("011", "00")) and len(digits) > 11):
        digits = digits if "+" in left else digits[3 if digits.startswith("011") else 2 :]
        if not digits.startswith("1"):
            # Country codes and lengths of all the world are not in the rules: only the frequent ones are certain.
            sure = digits.startswith(("33", "44", "49", "61", "64", "81")) and 10 <= len(digits) <= 12
            return evolve(whole, reasons=frozenset({Reason.FOREIGN})) if sure else None
        digits = digits[1:]
        if len(digits) == 10:  # grouped in a way that no rule names
            return None
        why = Reason.TOO_SHORT if len(digits) < 10 else Reason.TOO_LONG
        return evolve(whole, reasons=frozenset({why}))
    if digits.startswith("0"):  # a trunk prefix of another country, perhaps
        return None
    if len(digits) < 10 and len(digits) > 3:
        return evolve(whole, reasons=frozenset({Reason.TOO_SHORT}))
    if 11 < len(digits) <= 15 and _in_one_piece(text):
        return evolve(whole, reasons=frozenset({Reason.TOO_LONG}))
    if len(digits) == 11 and digits[0] != "1" and _in_one_piece(text):
        return evolve(whole, reasons=frozenset({Reason.TOO_LONG}))
    return None


def _in_one_piece(text: str) -> bool:
    return text.isdigit()


def _vanity(text: str, whole: Reading, on: date | None, extension: str | None) -> Reading | None:
    """``1-800-FLOWERS``: three or six digits, and letters of a telephone's keypad for all the others."""
    match = re.fullmatch(
        r"(1[- .]?)?\(?([2-9][0-9]{2})\)?[- .]?([0-9]{3})?[- .]?([A-Za-z][A-Za-z-]*[A-Za-z])", text
    )
    if match is None:
        return None
    keyed = "".join(_PAD[letter] for letter in match[4].lower() if letter != "-")
    ten = match[2] + (match[3] or "") + keyed
    return _entry(ten, whole, on, extension) if len(ten) == 10 else None


# --- a whole list ----------------------------------------------------------------------------------------------


@frozen
class Listed:
    """An entry of a list, as the report has to have it."""

    row: int
    reading: Reading
    first_rows: frozenset[int] = frozenset()
    """Of a duplicate: the rows in which its numbers were listed first."""


def whole_list(
    rows: Iterable[tuple[int, list[Reading]]], known: Mapping[int, Reason]
) -> tuple[list[Listed], list[int]]:
    """The entries of a list with what is known and what repeats, and the numbers in order of first listing.

    ``rows`` are the numbers of rows and what stands there. A number that is known already is invalid wherever it
    stands; one that was listed before is a duplicate; a range is as bad as its worst member.
    """
    listed: list[Listed] = []
    first_row: dict[int, int] = {}
    for row, readings in rows:
        for reading in readings:
            if reading.numbers is None:
                listed.append(Listed(row, reading))
                continue
            members = range(reading.numbers[0], reading.numbers[1] + 1)
            why = frozenset(known[number] for number in members if number in known)
            before = [number for number in members if number in first_row]
            if why:
                reading = evolve(reading, verdict=Verdict.INVALID, reasons=why, numbers=None)
                listed.append(Listed(row, reading))
                continue
            if before:
                reading = evolve(reading, verdict=Verdict.DUPLICATE, reasons=frozenset({Reason.DUPLICATE}))
            listed.append(Listed(row, reading, frozenset(first_row[number] for number in before)))
            for number in members:
                first_row.setdefault(number, row)
    return listed, list(first_row)
