"""One run of digits with soft separators: a number, a range, several numbers, or what is wrong with it.

A run is what a person reads as belonging together: digits with spaces, dots, dashes and parentheses between
them. How the digits are grouped decides what they are. Ten digits grouped 3-3-4 are a telephone number;
grouped 4-2-2-2 they are a date and an hour.
"""

from __future__ import annotations

from array import array
from collections.abc import MutableSequence

from pstnkit.numbering.paste.patterns import pattern
from pstnkit.numbering.paste.verdicts import Hint
from pstnkit.numbering.reasons import Reason

GROUPINGS = frozenset({(), (3,), (6,), (3, 6), (3, 6, 8), (6, 8)})
"""After how many of the ten digits a separator may stand."""

NUMBER = (
    r"(?:\+?1[-. ]?|00[- ]?1[- ]?|011[- ]?1[- ]?)?\(?([2-9][0-9]{2})(?:\) ?|[-. ])?([0-9]{3})[-. ]?([0-9]{4})"
)
"""The most usual ways to write a number: one look tells its area code, its exchange and its line."""

_NUMBER = pattern(NUMBER)
_SHORT_ENDS = frozenset({(4,), (7,), (3, 4)})
"""How the digits of a range's upper end are grouped when the area code, or the exchange too, is left out."""

_GROUP = pattern("[0-9]+")
_LONGEST_WRITTEN = 15  # an international prefix and ten digits; no more than E.164 allows a foreign number
_SHORTEST_FOREIGN = 7
_MANY_GROUPS = 32
"""How many groups are looked at for what they are; each has a digit, so there are too many for a number."""
_LONG = 1000
_RANGE_MARK = pattern(r" *+(?:\.{2,3} *+\(?|[).]? *+[-~]++ *+\(?) *+")
_BREAK = pattern(r"(?=[)\]]*+[ (\[])[ ()\[\]]++")


_COMPLETE = frozenset({Reason.FOREIGN, Reason.RANGE_INVALID, Reason.AREA_CODE_FORMAT})
"""What is wrong with what has all its digits; of an area code, that it begins with 0, as no integer does."""


class Spelled:
    """What one stretch of a cell says: a number (``first``), a range (to ``last``), or why neither.

    ``start`` and ``end`` are its place in the cleaned text. ``digits`` are those of a number of another
    country, with its country code.
    """

    __slots__ = ("digits", "end", "extension", "figures", "first", "hint", "last", "reason", "start")

    def __init__(
        self,
        start: int,
        end: int,
        first: int = 0,
        last: int = 0,
        *,
        reason: Reason | None = None,
        hint: Hint | None = None,
        figures: dict[str, object] | None = None,
        digits: str = "",
    ) -> None:
        self.start = start
        self.end = end
        self.first = first
        self.last = last or first
        self.reason = reason
        self.hint = hint
        self.figures = figures
        self.digits = digits
        self.extension: str | None = None

    @property
    def complete(self) -> bool:
        """Whether it has all the digits of a number, or of a range, whatever they mean."""
        return self.first > 0 or self.reason in _COMPLETE

    def __repr__(self) -> str:
        said = self.reason or (str(self.first) if self.first == self.last else f"{self.first}..{self.last}")
        return f"<Spelled {said} at {self.start}:{self.end}>"


def read_run(text: str, start: int, end: int) -> list[Spelled]:
    """What the run ``text[start:end]`` says: one thing, or several numbers where the boundary is clear.

    >>> read_run("415-321-0100 - 0199", 0, 19)
    [<Spelled 4153210100..4153210199 at 0:19>]
    >>> read_run("415-321-0100 415-321-0101", 0, 25)
    [<Spelled 4153210100 at 0:12>, <Spelled 4153210101 at 13:25>]
    """
    usual = _NUMBER.fullmatch(text, start, end)
    if usual is not None:
        return [Spelled(start, end, int(usual[1] + usual[2] + usual[3]))]
    run = _Run(text, start, end)
    whole = run.number(0, run.count)
    if whole.reason is not Reason.TOO_LONG:
        return [whole]
    span = run.range()
    if span is not None:
        return [span]
    return run.numbers() or [whole]


class _Run:
    """The groups of digits of a run, with their places."""

    __slots__ = ("begins", "count", "end", "ends", "international", "start", "text")

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.international = text[start] == "+"
        # A list of ints is quicker, an array smaller: a run can be as long as the whole text.
        self.begins: MutableSequence[int] = [] if end - start < _LONG else array("I")
        self.ends: MutableSequence[int] = [] if end - start < _LONG else array("I")
        for group in _GROUP.finditer(text, start, end):
            self.begins.append(group.start())
            self.ends.append(group.end())
        self.count = len(self.begins)

    def number(self, low: int, high: int) -> Spelled:
        """The groups from ``low`` up to ``high``, read as one number."""
        read = min(high, low + _MANY_GROUPS)
        parts = [self.text[self.begins[index] : self.ends[index]] for index in range(low, read)]
        digits = "".join(parts)
        start = self.start if low == 0 else self._opening(low)
        end = self.end if high == self.count else self.ends[high - 1]
        prefix, foreign = _prefix(digits, self.international and low == 0)
        if read < high:  # too many digits for anything; how many is all that is left to say
            if not foreign and _is_date(parts):
                return Spelled(start, end, reason=Reason.NOT_A_NUMBER)
            return miscounted(start, end, sum(self.ends[low:high]) - sum(self.begins[low:high]) - prefix)
        if foreign and len(digits) - prefix >= _SHORTEST_FOREIGN:
            return abroad(start, end, digits[prefix:])
        national = digits[prefix:]
        if _is_date(parts) or _is_address(parts, self.text[start:end]):
            return Spelled(start, end, reason=Reason.NOT_A_NUMBER)
        if len(national) != 10:
            return miscounted(start, end, len(national))
        borders = []
        reached = -prefix
        for part in parts[:-1]:
            reached += len(part)
            if reached > 0:
                borders.append(reached)
        if tuple(borders) not in GROUPINGS:
            return Spelled(start, end, reason=Reason.NOT_A_NUMBER, hint=Hint.GROUPING)
        return (
            Spelled(start, end, int(national)) if national[0] != "0" else _leading_zero(start, end, national)
        )

    def _opening(self, group: int) -> int:
        """Where the number begins that begins with this group: at its parenthesis, if it has one."""
        place = self.begins[group]
        return place - 1 if self.text[place - 1] in "([" else place

    def range(self) -> Spelled | None:
        """The whole run as two ends with a dash or dots between, or None."""
        reached = 0
        for index in range(self.count - 1):
            end = self.ends[index]
            reached += end - self.begins[index]
            if reached > _LONGEST_WRITTEN:
                return None
            following = self.begins[index + 1]
            if reached >= 10 and _RANGE_MARK.fullmatch(self.text, end, following):
                lower = self.number(0, index + 1)
                if lower.first or lower.reason is Reason.AREA_CODE_FORMAT:
                    upper = self.text[following : self.end]
                    span = join_range(lower, self.number(index + 1, self.count), upper, self.end)
                    if span is not None:
                        return span
        return None

    def numbers(self) -> list[Spelled]:
        """The run as two or more numbers with blanks between; ambiguous if in two ways; empty if in none."""
        count = self.count
        ways = bytearray(count + 1)
        came_from = array("I", bytes(4 * (count + 1)))
        ways[0] = 1
        for low in range(count):
            if not ways[low]:
                continue
            length = 0
            for high in range(low + 1, count + 1):
                length += self.ends[high - 1] - self.begins[high - 1]
                if length > _LONGEST_WRITTEN:
                    break
                if length >= 10 and self._may_break(high) and self.number(low, high).complete:
                    ways[high] = min(ways[high] + ways[low], 2)
                    came_from[high] = low
        if ways[count] == 0:
            return []
        if ways[count] > 1:
            return [Spelled(self.start, self.end, reason=Reason.SEVERAL_NUMBERS, hint=Hint.ONE_PER_LINE)]
        found = []
        high = count
        while high:
            found.append(self.number(came_from[high], high))
            high = came_from[high]
        return found[::-1]

    def _may_break(self, group: int) -> bool:
        """Whether one number may end before ``group`` and another begin there."""
        if group == self.count:
            return True
        return _BREAK.fullmatch(self.text, self.ends[group - 1], self.begins[group]) is not None


def join_range(lower: Spelled, upper: Spelled, written: str, end: int) -> Spelled | None:
    """The range from ``lower`` to an upper end ``written`` with 4 digits, 7, or in full; else None.

    An area code that begins with 0 at either end spoils the range, and its other end is no number of its own.
    """
    if not lower.first and lower.reason is not Reason.AREA_CODE_FORMAT:
        return None
    groups = tuple(map(len, _GROUP.findall(written)))
    digits = "".join(_GROUP.findall(written))
    if len(digits) < 4:
        return Spelled(lower.start, end, reason=Reason.RANGE_INVALID, hint=Hint.RANGE_FOUR_DIGITS)
    if not lower.first:
        if not upper.complete and groups not in _SHORT_ENDS:
            return None
        return Spelled(lower.start, end, reason=lower.reason, figures=lower.figures)
    if upper.first:
        last = upper.first
    elif upper.reason is Reason.AREA_CODE_FORMAT:
        return Spelled(lower.start, end, reason=upper.reason, figures=upper.figures)
    elif groups == (4,):
        last = lower.first // 10_000 * 10_000 + int(digits)
    elif groups in _SHORT_ENDS:
        last = lower.first // 10_000_000 * 10_000_000 + int(digits)
    else:
        return None
    return span_of(lower.start, end, lower.first, last)


def span_of(start: int, end: int, first: int, last: int) -> Spelled:
    """The range of the numbers from ``first`` to ``last``, or what is wrong with it.

    >>> span_of(0, 21, 415_321_0100, 415_321_0199), span_of(0, 21, 415_321_0199, 415_321_0100)
    (<Spelled 4153210100..4153210199 at 0:21>, <Spelled range_invalid at 0:21>)
    """
    if last // 10_000 != first // 10_000:
        return Spelled(start, end, reason=Reason.RANGE_INVALID, hint=Hint.RANGE_ONE_EXCHANGE)
    if last < first:
        return Spelled(start, end, reason=Reason.RANGE_INVALID, hint=Hint.RANGE_REVERSED)
    return Spelled(start, end, first, last)


def _prefix(digits: str, plus: bool) -> tuple[int, bool]:
    """How many digits stand before the national number (or, of another country, before its country code)."""
    if plus:
        return (1, False) if digits[0] == "1" else (0, digits[0] != "0")
    if len(digits) > 10:
        for access in ("011", "00"):
            reached = len(access)
            if digits.startswith(access) and digits[reached] != "0":  # no country code begins with 0
                return (reached + 1, False) if digits[reached] == "1" else (reached, True)
    return (1, False) if len(digits) == 11 and digits[0] == "1" else (0, False)


def miscounted(start: int, end: int, digits: int) -> Spelled:
    """What has another count of ``digits`` than a number.

    >>> miscounted(0, 8, 7), miscounted(0, 11, 11)
    (<Spelled too_short at 0:8>, <Spelled too_long at 0:11>)
    """
    reason = Reason.TOO_SHORT if digits < 10 else Reason.TOO_LONG
    hint = (
        Hint.ADD_AREA_CODE if digits == 7 else Hint.WRITE_PLUS if 11 <= digits <= _LONGEST_WRITTEN else None
    )
    return Spelled(start, end, reason=reason, hint=hint, figures={"digits": digits})


def abroad(start: int, end: int, digits: str) -> Spelled:
    """The number of another country whose country code ``digits`` begin with; no such number has more than 15.

    >>> abroad(0, 16, "442079460958")
    <Spelled foreign at 0:16>
    """
    if len(digits) > _LONGEST_WRITTEN:
        return miscounted(start, end, len(digits))
    return Spelled(start, end, reason=Reason.FOREIGN, digits=digits)


def _leading_zero(start: int, end: int, national: str) -> Spelled:
    return Spelled(
        start, end, reason=Reason.AREA_CODE_FORMAT, figures={"npa": national[:3], "nxx": national[3:6]}
    )


def _is_address(parts: list[str], written: str) -> bool:
    """Whether four groups are an internet address: dots between, each up to 255 and of three digits at most.

    A line number has four: 1.212.200.0100 is a telephone number.
    """
    return (
        len(parts) == 4
        and written == ".".join(parts)
        and all(len(part) <= 3 and int(part) <= 255 for part in parts)
    )


def _is_date(parts: list[str]) -> bool:
    """Whether the first three groups are a day, the year first or last."""
    if len(parts) < 3:
        return False
    first, second, third = parts[:3]
    year = first if len(first) == 4 else third
    small = (second, third if len(first) == 4 else first)
    return (
        len(year) == 4
        and year[:2] in ("19", "20")
        and all(len(part) < 3 and 0 < int(part) < 32 for part in small)
    )
