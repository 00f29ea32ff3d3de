"""One run of digits with soft separators: a number, a range, several numbers, or what is wrong with it.

A run is what a person reads as belonging together: digits with spaces, dots, dashes and parentheses between
them. How the digits are grouped decides what they are. Ten digits grouped 3-3-4 are a telephone number;
grouped 4-2-2-2 they are a date and an hour.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

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
    return list(walk_run(text, start, end))


def walk_run(text: str, start: int, end: int) -> Iterator[Spelled]:
    """:func:`read_run`, of a run of any length: what it says is made one by one."""
    usual = _NUMBER.fullmatch(text, start, end)
    if usual is not None:
        return iter((Spelled(start, end, int(usual[1] + usual[2] + usual[3])),))
    run = _Run(text, start, end)
    whole = run.whole()
    if whole.reason is not Reason.TOO_LONG:
        return iter((whole,))
    span = run.range()
    if span is not None:
        return iter((span,))
    return run.numbers(whole)


class _Run:
    """A run, of which a window of groups of digits is looked at: it can be as long as the entire text."""

    __slots__ = ("end", "international", "start", "text")

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.international = text[start] == "+"

    def groups(self, start: int) -> Iterator[tuple[int, int]]:
        """The places of the groups of digits behind ``start``."""
        return (group.span() for group in _GROUP.finditer(self.text, start, self.end))

    def whole(self) -> Spelled:
        """The run, read as one number."""
        return self.number(self.groups(self.start), self.start, self.end)

    def number(self, groups: Iterable[tuple[int, int]], start: int, end: int) -> Spelled:
        """The ``groups``, which are all that stand in ``text[start:end]``, read as one number."""
        text = self.text
        rest = iter(groups)
        parts = [text[begin:stop] for begin, stop in islice(rest, _MANY_GROUPS)]
        digits = "".join(parts)
        prefix, foreign = _prefix(digits, self.international and start == self.start)
        beyond = sum(stop - begin for begin, stop in rest)
        if beyond:  # too many digits for anything; how many is all that is left to say
            if not foreign and _is_date(parts):
                return Spelled(start, end, reason=Reason.NOT_A_NUMBER)
            return miscounted(start, end, len(digits) + beyond - prefix)
        if foreign and len(digits) - prefix >= _SHORTEST_FOREIGN:
            return abroad(start, end, digits[prefix:])
        national = digits[prefix:]
        if _is_date(parts) or _is_address(parts, text, start, end):
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

    def range(self) -> Spelled | None:
        """The whole run as two ends with a dash or dots between, or None."""
        lower: list[tuple[int, int]] = []
        reached = 0
        for begin, end in self.groups(self.start):
            if reached >= 10 and _RANGE_MARK.fullmatch(self.text, lower[-1][1], begin):
                first = self.number(lower, self.start, lower[-1][1])
                if first.first or first.reason is Reason.AREA_CODE_FORMAT:
                    upper = self.number(self.groups(begin), self._opening(begin), self.end)
                    span = join_range(first, upper, self.text[begin : self.end], self.end)
                    if span is not None:
                        return span
            lower.append((begin, end))
            reached += end - begin
            if reached > _LONGEST_WRITTEN:
                break
        return None

    def _opening(self, place: int) -> int:
        """Where the number begins whose first group begins at ``place``: at its parenthesis, if it has one."""
        return place - 1 if self.text[place - 1] in "([" else place

    def numbers(self, whole: Spelled) -> Iterator[Spelled]:
        """The run as two or more numbers with blanks between; ambiguous if in two ways; the ``whole`` if in none."""
        found = self._sizes()
        if found is None:
            yield whole
        elif not found:
            yield Spelled(self.start, self.end, reason=Reason.SEVERAL_NUMBERS, hint=Hint.ONE_PER_LINE)
        else:
            groups = self.groups(self.start)
            for index, size in enumerate(reversed(found)):
                some = list(islice(groups, size))
                start = self._opening(some[0][0]) if index else self.start
                end = some[-1][1] if index + 1 < len(found) else self.end
                yield self.number(some, start, end)

    def _sizes(self) -> bytearray | None:
        """How many groups each of the numbers has, the last one first; none if that is ambiguous, None if there is no
        way to part the run into numbers."""
        rest = self.groups(self.start)
        window: deque[tuple[int, int]] = deque()
        ahead = 0  # digits in the window
        ways = bytearray(b"\1")
        """In how many ways, up to 2, each border between groups can be reached by numbers."""
        sizes = bytearray(1)
        """How many groups the number has that reaches a border, if there is one way."""
        low = 0
        while True:
            while ahead <= _LONGEST_WRITTEN and (group := next(rest, None)) is not None:
                window.append(group)
                ahead += group[1] - group[0]
                ways.append(0)
                sizes.append(0)
            if not window:
                break
            if ways[low]:
                self._reach(window, low, ways, sizes)
            elif not any(ways[low : low + _LONGEST_WRITTEN]):
                return None
            begin, end = window.popleft()
            ahead -= end - begin
            low += 1
        if ways[-1] != 1:
            return bytearray() if ways[-1] else None
        found = bytearray()
        high = len(sizes) - 1
        while high:
            found.append(sizes[high])
            high -= sizes[high]
        return found

    def _reach(self, window: Sequence[tuple[int, int]], low: int, ways: bytearray, sizes: bytearray) -> None:
        """Note the borders that are reached by numbers from the one at ``low``, behind which the ``window`` opens."""
        text = self.text
        start = self._opening(window[0][0]) if low else self.start
        longest = _LONGEST_WRITTEN if text[window[0][0]] in "01" or (self.international and not low) else 10
        length = 0
        for size, (begin, end) in enumerate(window, 1):
            length += end - begin
            if length > longest:
                return
            if length < 10:
                continue
            last = size == len(window)
            if not last and _BREAK.fullmatch(text, end, window[size][0]) is None:
                continue
            some = islice(window, size)
            if self.number(some, start, self.end if last else end).complete:
                ways[low + size] = min(ways[low + size] + ways[low], 2)
                sizes[low + size] = size


def join_range(lower: Spelled, upper: Spelled, written: str, end: int) -> Spelled | None:
    """The range from ``lower`` to an upper end ``written`` with 4 digits, 7, or in full; else None.

    An area code that begins with 0 at either end spoils the range, and its other end is no number of its own.
    """
    if not lower.first and lower.reason is not Reason.AREA_CODE_FORMAT:
        return None
    parts = [group[0] for group in islice(_GROUP.finditer(written), _MANY_GROUPS)]
    groups = tuple(map(len, parts))
    digits = "".join(parts)
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


def _is_address(parts: list[str], text: str, start: int, end: int) -> bool:
    """Whether four groups are an internet address: dots between, each up to 255 and of three digits at most.

    A line number has four: 1.212.200.0100 is a telephone number.
    """
    return (
        len(parts) == 4
        and text[start:end] == ".".join(parts)
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
