r"""What is learned from one cell about all others of its shape: where among their digits the number stands.

Nearly everything that :func:`~pstnkit.numbering.paste.spelling.read_cell` decides follows from the shape of a cell.
What it decides by the digits themselves is little, and each such decision is held fixed here:

- prefixes (``1``, ``011``, ``00``) and all other digits that stand outside of numbers are *the same digits*, or the
  lesson does not apply;
- a number begins with 2 to 9 (with 0 or 1 it might be taken for a prefix), or, where four groups of digits with dots
  between might be an internet address, with 3 to 9 (no part of an address is above 255); lower ones are tried before
  a lesson is given for them;
- a range runs upward within its exchange;
- an extension behind a comma is not all zeros (they are decimals there);
- what may be a day or an amount is not generalized, but for days as spreadsheets write them and for the decimals of
  an amount that are not all zeros.

A lesson that is too narrow costs time only. One that is too wide would be a wrong reading: so each is tried on made-up
cells of its shape before it is believed (:mod:`~pstnkit.numbering.paste.shapes`), and tests compare both ways of
reading.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from typing import NamedTuple

from pstnkit.numbering.bcd import bcd_of_rows
from pstnkit.numbering.paste.outcomes import code_of, places_of
from pstnkit.numbering.paste.patterns import pattern
from pstnkit.numbering.paste.runs import Spelled
from pstnkit.numbering.reasons import Reason

Said = int | tuple[int, int]
"""What one entry says: the ten digits of a number in BCD, the two ends of a range, or an outcome's byte, negated."""

_WITHOUT_ZERO = 0x1_000_000_000
_ZERO = ord("0")
_OTHERS = [bytes(code != _ZERO + digit for code in range(256)) for digit in range(10)]
"""Tables that make a digit a 0, and all others 1."""
_BELOW = [bytes(code < _ZERO + digit for code in range(256)) for digit in range(10)]
"""Tables that make the digits below one a 1, and all others 0."""
LEADING_ZERO = code_of(Reason.AREA_CODE_FORMAT)
_EXPONENT = pattern("0[.,]?0*[eE][+]?0+")
_ADDRESS = pattern(r"(?<!0)0{1,3}(?:\.0{1,3}){3}(?!0)")
_GROUP = pattern("0+")
_ONE_RUN = pattern(r"[0 ().\-]+")
_LETTER_BEHIND = pattern("0[^A-Za-z]*[A-Za-z]")
_MASK = pattern(r"\(?000\)?[-. ]?(?:000[-. ]?)?0{0,3}[XxNn]+")
_DECIMALS = pattern(r"0{1,3}(?:,000)*\.(0{1,3})")
_WITH_FIGURE = pattern(
    r"((?:\+?0[-. ]?|00[- ]?0[- ]?|000[- ]?0[- ]?)?\(?000(?:\) ?|[-. ])?000[-. ]?0000)"
    r"[^0]+(?:0{1,2}[^0]+)*(0{1,2})"
)
"""A number, words, and a figure or more among them."""
_DAY_WITH_SLASHES = pattern("0{1,2}/0{1,2}/(?:00){1,2}")
_DAY_AND_HOUR = pattern("0000-00-00(?:[ T]00(?::00){0,2})?")
_DIGITS_OF_DAY_AND_HOUR = re.compile(
    rb"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?:[0-2][0-9](?:[0-5][0-9]){0,2})?"
)
_LAST_MOMENT = b"20991231235959"
_CONSTANT = (Reason.TOO_SHORT, Reason.NOT_A_NUMBER)
_FEWEST_OF_AMOUNT = 7


class Part(NamedTuple):
    """Where the number of an entry stands among the digits of its cell; of a range also where its upper end stands, and
    how many digits that has."""

    place: int
    upper: int = 0
    length: int = 0


class Lesson:
    """How the digits of a cell are read, if the ``fixed`` ones are those of the cell from which it was learned.

    The first ``size`` of them are looked at; there may be ``more``. ``parts`` tells of each entry where its digits
    stand; or what they say is ``constant``, whatever the digits are. At the places ``leading`` the digits must be
    ``least`` or above; of the ``some`` ones not all may be zeros; and all of them are ``like`` a pattern.
    """

    __slots__ = (
        "_fixed",
        "_leading",
        "_least",
        "_like",
        "_more",
        "_parts",
        "_place",
        "_size",
        "_some",
        "constant",
        "low",
    )

    def __init__(
        self,
        size: int,
        fixed: Sequence[tuple[int, int, bytes]] = (),
        leading: Sequence[int] = (),
        parts: Sequence[Part] = (),
        *,
        more: bool = False,
        constant: Sequence[Said] | None = None,
        least: int = 2,
        some: tuple[int, int] | None = None,
        like: re.Pattern[bytes] | None = None,
        low: bool = False,
    ) -> None:
        self._size = size
        self._more = more
        self._fixed = tuple(fixed)
        self._leading = tuple(leading)
        self._least = _ZERO + least
        self._parts = tuple(parts)
        self._some = some
        self._like = like
        self._place = parts[0].place if len(parts) == 1 and not parts[0].length else -1
        self.constant = constant
        """What all of them say, if that does not depend on their digits."""
        self.low = low
        """Whether it is about a single number, whatever its first digit is."""

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for lessons that say the same, be it of different shapes."""
        return (
            self._size,
            self._more,
            self._fixed,
            self._leading,
            self._least,
            self._parts,
            self._some,
            self._like,
            self.constant,
            self.low,
        )

    @property
    def serves_many(self) -> bool:
        """Whether many cells can be told at once what they say: not where several entries, or one that is no refusal,
        do not depend on the digits."""
        return self.constant is None or self.refusal is not None or not self.constant

    @property
    def parted(self) -> bool:
        """Whether it is about a range or several entries: then :meth:`tell` is to be asked, and :meth:`read` is not."""
        return self.constant is None and self._place < 0

    @property
    def refusal(self) -> int | None:
        """The outcome's byte of the one entry of each cell, if that is the same for all."""
        one = self.constant[0] if self.constant is not None and len(self.constant) == 1 else 0
        return -one if isinstance(one, int) and one < 0 else None

    @property
    def lone(self) -> bool:
        """Whether it is about a number that ends the digits of a cell, with a 1 before it or nothing."""
        at_end = self._place >= 0 and self._place + 10 == self._size and not self._more
        return at_end and self._least == _ZERO + 2 and (not self._fixed or self._fixed[0][2] == b"1")

    def lower(self) -> Lesson | None:
        """The same for numbers that begin with any digit; None if it is not about a single number."""
        if self._place < 0 or self.low or self._least != _ZERO + 2:
            return None
        return Lesson(self._size, self._fixed, (), self._parts, more=self._more, some=self._some, low=True)

    def made_up(self, digits: bytes, number: bytes, filler: bytes) -> bytes:
        """Other digits for a cell to which the lesson applies, with ``number`` for each of its numbers."""
        if self._like is not None:
            return _LAST_MOMENT[: len(digits)]
        made = bytearray(filler * len(digits))
        for start, end, same in self._fixed:
            made[start:end] = same
        for part in self._parts:
            made[part.place : part.place + 10] = number
            if part.length:
                made[part.upper : part.upper + part.length] = (number[:6] + b"9998")[-part.length :]
        for place in self._leading:
            made[place] = max(made[place], self._least)
        return bytes(made)

    def _fits(self, digits: bytes) -> bool:
        for start, end, same in self._fixed:
            if digits[start:end] != same:
                return False
        for place in self._leading:
            if digits[place] < self._least:
                return False
        if self._some is not None and not digits[self._some[0] : self._some[1]].strip(b"0"):
            return False
        return self._like is None or self._like.fullmatch(digits) is not None

    def apply(self, digits: bytes) -> Sequence[Said] | None:
        """What a cell with these ``digits`` says; None if the lesson does not apply to it."""
        if not self._fits(digits):
            return None
        if self._place >= 0:
            number = int(digits[self._place : self._place + 10], 16)
            return (number if number >= _WITHOUT_ZERO else -LEADING_ZERO,)
        if self.constant is not None:
            return self.constant
        said: list[Said] = []
        for part in self._parts:
            first = int(digits[part.place : part.place + 10], 16)
            if not part.length:
                said.append(first)
                continue
            span = _span(first, int(digits[part.upper : part.upper + part.length], 16), part.length)
            if span is None:
                return None
            said.append(span)
        return tuple(said)

    def read(self, cells: Sequence[bytes]) -> tuple[array[int], list[int], list[int]]:
        """The number of each of many cells, given by their digits (0 if it is about none); to which of them the lesson
        does not apply; and whose numbers begin with a 0."""
        joined, wrong = self._compared(cells)
        if self._place < 0:
            return array("Q", bytes(8 * len(cells))), wrong, []
        numbers = bcd_of_rows(joined, self._size, self._place)
        zeros = list(places_of(_ZERO, joined[self._place :: self._size])) if self.low else []
        return numbers, wrong, zeros

    def tell(self, cells: Sequence[bytes]) -> tuple[list[tuple[Said, ...]], list[int]]:
        """What each of many cells says, given by their digits; and to which of them the lesson does not apply."""
        joined, wrong = self._compared(cells)
        columns: list[Sequence[Said | None]] = []
        for part in self._parts:
            firsts = bcd_of_rows(joined, self._size, part.place)
            columns.append(self._spans(firsts, joined, part) if part.length else firsts)
        said = list(zip(*columns, strict=True))
        return said, sorted({*wrong, *(index for index, each in enumerate(said) if None in each)})

    def _spans(self, firsts: Sequence[int], joined: bytes, part: Part) -> list[tuple[int, int] | None]:
        uppers = bcd_of_rows(joined, self._size, part.upper, part.length)
        return [_span(first, upper, part.length) for first, upper in zip(firsts, uppers, strict=True)]

    def _compared(self, cells: Sequence[bytes]) -> tuple[bytes, list[int]]:
        """The digits of many cells, as far as they are looked at, and to which of these the lesson does not apply."""
        if self._more:
            size = self._size
            cells = [digits[:size] for digits in cells]
        joined = b"".join(cells)
        return joined, self._unlike(joined, cells)

    def _unlike(self, joined: bytes, cells: Sequence[bytes]) -> list[int]:
        if self._some is not None or self._like is not None:
            return [index for index, digits in enumerate(cells) if not self._fits(digits)]
        size = self._size
        unlike: set[int] = set()
        for start, end, same in self._fixed:
            for place in range(start, end):
                unlike.update(
                    places_of(1, joined[place::size].translate(_OTHERS[same[place - start] - _ZERO]))
                )
        for place in self._leading:
            unlike.update(places_of(1, joined[place::size].translate(_BELOW[self._least - _ZERO])))
        return sorted(unlike)


def _span(first: int, upper: int, length: int) -> tuple[int, int] | None:
    """The ends of a range, the upper one given by its last digits; None if it does not run upward in an exchange."""
    last = first >> 4 * length << 4 * length | upper
    return (first, last) if last > first and last >> 16 == first >> 16 else None


def lesson_of(shape: str, digits: bytes, spelled: Sequence[Spelled], said: Sequence[Said]) -> Lesson | None:
    """The widest lesson that a cell can safely give; None if it can give none."""
    if not digits:
        return Lesson(0, constant=said)  # the shape is the text
    if all(one.first for one in spelled):
        return _of_numbers(shape, digits, spelled, said)
    if len(spelled) == 1:
        return _of_refusal(shape, digits, spelled[0], said)
    return None


def _of_refusal(shape: str, digits: bytes, spelled: Spelled, said: Sequence[Said]) -> Lesson | None:
    reason = spelled.reason
    size = len(digits)
    if reason is Reason.FOREIGN:
        access = size - len(spelled.digits)
        return _lesson(digits, [(access, size)], [access], constant=said)
    groups = list(map(len, _GROUP.findall(shape)))
    if _EXPONENT.fullmatch(shape):
        # Whether digits are lost follows from how many there are, and from the exponent.
        mantissa = size - groups[-1]
        return _lesson(digits, [(0, mantissa)], [], constant=said) if reason is Reason.DIGITS_LOST else None
    figure = _WITH_FIGURE.fullmatch(shape)
    if reason is Reason.SEVERAL_NUMBERS and figure is not None:
        place = figure[1].count("0") - 10
        free = [(place, place + 10), (size - len(figure[2]), size)]
        return _lesson(digits, free, [place], constant=said)
    if reason is Reason.NOT_A_NUMBER and _MASK.fullmatch(shape):
        return Lesson(size, (), [0], constant=said)
    if reason is Reason.NOT_A_NUMBER and _DAY_WITH_SLASHES.fullmatch(shape):
        return Lesson(size, constant=said)
    if reason is Reason.NOT_A_NUMBER and _DAY_AND_HOUR.fullmatch(shape):
        return Lesson(size, constant=said, like=_DIGITS_OF_DAY_AND_HOUR)
    decimals = _DECIMALS.fullmatch(shape)
    if reason is Reason.NOT_A_NUMBER and decimals is not None and size < 10:
        return Lesson(size, constant=said, some=(size - len(decimals[1]), size))
    if any(mark in shape for mark in "+#:") or (4 in groups and len(groups) > 2) or _ADDRESS.search(shape):
        return None  # an error of a spreadsheet; an hour; a day with its year; an internet address
    if reason is Reason.TOO_LONG and _ONE_RUN.fullmatch(shape) and size - groups[-1] < 10:
        # It cannot be parted into a number and more; only a prefix could make it shorter: 1, 00 or 011.
        return _lesson(digits, [(0, size)], [0], constant=said, least=2 if size == 11 else 1)
    # Few digits are no amount with its cents and no word on a keypad, whatever they are.
    few = size < _FEWEST_OF_AMOUNT or len(groups) <= 2 or not ("." in shape or "," in shape)
    if reason in _CONSTANT and size < 10 and few and (size < 3 or not _LETTER_BEHIND.search(shape)):
        return Lesson(size, constant=said)
    return None


def _of_numbers(shape: str, digits: bytes, spelled: Sequence[Spelled], said: Sequence[Said]) -> Lesson | None:
    free: list[tuple[int, int]] = []
    leading: list[int] = []
    parts: list[Part] = []
    some: tuple[int, int] | None = None
    reached = 0
    for one in spelled:
        place = digits.find(b"%d" % one.first, reached)
        if place < 0:
            # Spelled with letters: the digits of the cell say nothing about other ones.
            return Lesson(len(digits), [(0, len(digits), digits)], constant=said)
        reached = place + 10
        free.append((place, reached))
        leading.append(place)
        upper = length = 0
        if one.last != one.first:
            last = b"%d" % one.last
            length = next(size for size in (10, 7, 4) if last[-size:] in digits[reached:])
            upper = digits.find(last[-length:], reached)
            reached = upper + length
            free.append((upper, reached))
            if length == 10:
                leading.append(upper)
        parts.append(Part(place, upper, length))
        if one.extension:
            start = digits.find(one.extension.encode("ascii"), reached)
            reached = start + len(one.extension)
            if "," not in shape:
                free.append((start, reached))
            elif some is None and one.extension.strip("0"):
                # Behind a comma, zeros may be the decimals of a whole amount and no extension.
                some = start, reached
                free.append(some)
    return _lesson(digits, free, leading, parts, least=3 if _ADDRESS.search(shape) else 2, some=some)


def _lesson(
    digits: bytes,
    free: Sequence[tuple[int, int]],
    leading: Sequence[int],
    parts: Sequence[Part] = (),
    *,
    constant: Sequence[Said] | None = None,
    least: int = 2,
    some: tuple[int, int] | None = None,
) -> Lesson:
    """The lesson under which all digits but the ``free`` ones are fixed."""
    fixed = []
    reached = 0
    for start, end in [*free, (len(digits), len(digits))]:
        if start > reached:
            fixed.append((reached, start, digits[reached:start]))
        reached = end
    size = len(digits)
    if (
        len(parts) == 1
        and not parts[0].length
        and some is None
        and (not fixed or fixed[-1][1] < parts[0].place + 10)
    ):
        size = parts[0].place + 10  # what stands behind the number is of no consequence
    more = size < len(digits)
    return Lesson(size, fixed, leading, parts, more=more, constant=constant, least=least, some=some)
