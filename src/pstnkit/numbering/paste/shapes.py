r"""What cells of one shape have in common, learned once and applied to thousands of them.

The *shape* of a cell is the cell with every digit written as ``0``: all of ``415-321-0100``, ``628-321-0199`` and
``911-911-9111`` have the shape ``000-000-0000``. Words, marks and spacing are the same in all of them, and so is nearly
everything that :func:`~pstnkit.numbering.paste.spelling.read_cell` decides. What it decides by the digits themselves
is little, and each such decision is held fixed here:

- prefixes (``1``, ``011``, ``00``) and all other digits that stand outside of numbers are *the same digits*, or the
  lesson does not apply;
- a number begins with 2 to 9 (with 0 or 1 it might be taken for a prefix), or, where four groups of digits with dots
  between might be an internet address, with 3 to 9 (no part of an address is above 255);
- a range runs upward within its exchange;
- an extension behind a comma is kept as it is (zeros there are decimals);
- what may be a day or an amount is not generalized.

Names and other words that have no part in reading a number are *folded* into one, so that ``Jane 415-321-0100`` and
``Omar 628-321-0199`` are of one shape, too.

A cell to which no lesson applies is read by ``read_cell`` itself, so a lesson that is too narrow costs time only. One
that is too wide would be a wrong reading: so each is tried on a made-up cell of its shape before it is believed, and
tests compare both ways of reading.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from pstnkit.numbering.bcd import to_bcd
from pstnkit.numbering.paste.folding import fold
from pstnkit.numbering.paste.outcomes import code_of
from pstnkit.numbering.paste.patterns import pattern
from pstnkit.numbering.paste.runs import Spelled
from pstnkit.numbering.reasons import Reason

Said = int | tuple[int, int]
"""What one entry says: the ten digits of a number in BCD, the two ends of a range, or an outcome's byte, negated."""

Read = Callable[[str], Sequence[Spelled]]
"""Reads a raw cell."""

SHAPE = bytes.maketrans(b"0123456789", b"0000000000")
"""``cell.translate(SHAPE)`` is the shape of a cell in UTF-8."""

_MOST_SHAPES = 1 << 14
_LONGEST_SHAPE = 120
_MOST_LESSONS = 16
_EXPONENT = pattern("0[.,]?0*[eE][+]?0+")
_ADDRESS = pattern(r"(?<!0)0{1,3}(?:\.0{1,3}){3}(?!0)")
_GROUP = pattern("0+")
_ONE_RUN = pattern(r"[0 ().\-]+")
_LETTER_BEHIND = pattern("0[^A-Za-z]*[A-Za-z]")
_DIGIT = pattern("[0-9]")
_CONSTANT = (Reason.TOO_SHORT, Reason.NOT_A_NUMBER)
_FEWEST_OF_AMOUNT = 7
_MADE_UP = ((b"3124056789", b"7"), (b"2019991231", b"1"))
"""Numbers for made-up cells and other digits for them, the second ones as like to dates and hours as they can be."""
_WORD_IN_SHAPE = re.compile(rb"[A-Za-z\x80-\xff]{2}")


def said_by(spelled: Sequence[Spelled]) -> tuple[Said, ...]:
    """What the entries of a cell say, as bare ints."""
    return tuple(
        -code_of(one.reason)
        if one.reason is not None
        else to_bcd(one.first)
        if one.first == one.last
        else (to_bcd(one.first), to_bcd(one.last))
        for one in spelled
    )


class Part(NamedTuple):
    """Where the number of an entry stands among the digits of its cell; of a range also where its upper end stands, and
    how many digits that has."""

    place: int
    upper: int = 0
    length: int = 0


class Lesson:
    """How the digits of a cell are read, if its ``fixed`` digits are those of the cell from which it was learned.

    ``parts`` tells of each entry where its digits stand; or what they say is ``constant``, whatever the digits are. At
    the places ``leading`` the digits must be ``least`` or above.
    """

    __slots__ = ("_constant", "_fixed", "_leading", "_least", "_parts", "_single")

    def __init__(
        self,
        fixed: Sequence[tuple[int, int, bytes]],
        leading: Sequence[int],
        parts: Sequence[Part],
        *,
        constant: Sequence[Said] | None = None,
        least: int = 2,
    ) -> None:
        self._fixed = tuple(fixed)
        self._leading = tuple(leading)
        self._least = ord("0") + least
        self._parts = tuple(parts)
        self._constant = constant
        self._single = parts[0].place if len(parts) == 1 and not parts[0].length else -1

    def is_lone(self, digits: int) -> bool:
        """Whether it is about a lone number that ends the ``digits`` of the cell, with a 1 before it or nothing."""
        at_end = self._single >= 0 and self._single + 10 == digits and self._least == ord("2")
        return at_end and (not self._fixed or self._fixed[0][2] == b"1")

    def made_up(self, digits: bytes, number: bytes, filler: bytes) -> bytes:
        """Other digits for a cell to which the lesson applies, with ``number`` for each of its numbers."""
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

    def apply(self, digits: bytes) -> Sequence[Said] | None:
        """What a cell with these ``digits`` says; None if the lesson does not apply to it."""
        for start, end, same in self._fixed:
            if digits[start:end] != same:
                return None
        for place in self._leading:
            if digits[place] < self._least:
                return None
        if self._single >= 0:
            return (int(digits[self._single : self._single + 10], 16),)
        if self._constant is not None:
            return self._constant
        said: list[Said] = []
        for part in self._parts:
            first = int(digits[part.place : part.place + 10], 16)
            if not part.length:
                said.append(first)
                continue
            upper = int(digits[part.upper : part.upper + part.length], 16)
            last = first >> 4 * part.length << 4 * part.length | upper
            if last <= first or last >> 16 != first >> 16:
                return None
            said.append((first, last))
        return tuple(said)


class Shapes:
    """The shapes met in one paste, and what has been learned of them."""

    __slots__ = ("_lessons", "_met", "_misses", "_read", "lone")

    def __init__(self, read: Read) -> None:
        self._read = read
        self._met: set[bytes] = set()
        self._misses: dict[bytes, int] = {}
        self._lessons: dict[bytes, list[Lesson]] = {}
        self.lone: dict[bytes, int] = {}
        """Shapes of a lone number that ends the digits, with nothing before it but a 1 at most, and how many digits
        there are, 10 or 11. No more has to be asked where the number begins with 2 to 9 and what is before it is a
        1."""

    def say(self, shape: bytes, digits: bytes, raw: str) -> Sequence[Said]:
        """What the entries of the cell ``raw`` say. Learns the shape when it is met for the second time."""
        said = self._taught(shape, digits)
        if said is not None:
            return said
        folded = shape
        if _WORD_IN_SHAPE.search(shape) is not None:
            folded = fold(raw).encode().translate(SHAPE)
            if folded != shape:
                said = self._taught(folded, digits)
                if said is not None:
                    return said
        spelled = self._read(raw)
        said = said_by(spelled)
        if folded != shape and not all(one.first and b"%d" % one.first in digits for one in spelled):
            folded = shape  # a word may have been read for its letters
        if folded in self._lessons or folded in self._met:
            self._learn(folded, digits, raw, spelled, said)
        elif len(folded) <= _LONGEST_SHAPE and len(self._met) < _MOST_SHAPES:
            self._met.add(folded)
        return said

    def _taught(self, shape: bytes, digits: bytes) -> Sequence[Said] | None:
        """What lessons say of a cell of this shape; None if none applies."""
        for lesson in self._lessons.get(shape, ()):
            said = lesson.apply(digits)
            if said is not None:
                return said
        return None

    def _learn(
        self, shape: bytes, digits: bytes, raw: str, spelled: Sequence[Spelled], said: Sequence[Said]
    ) -> None:
        lessons = self._lessons.setdefault(shape, [])
        if len(lessons) + self._misses.get(shape, 0) >= _MOST_LESSONS:
            return
        lesson = _lesson_of(shape.decode(), digits, spelled, said)
        if lesson is None or not self._holds(lesson, digits, raw):
            self._misses[shape] = self._misses.get(shape, 0) + 1
            return
        lessons.append(lesson)
        if lesson.is_lone(len(digits)):
            self.lone[shape] = len(digits)

    def _holds(self, lesson: Lesson, digits: bytes, raw: str) -> bool:
        """Whether made-up cells of the shape are read as the lesson says."""
        for number, filler in _MADE_UP:
            made = lesson.made_up(digits, number, filler)
            rest = iter(made.decode("ascii"))
            cell = _DIGIT.sub(lambda _, rest=rest: next(rest), raw)  # type: ignore[misc]
            if lesson.apply(made) != said_by(self._read(cell)):
                return False
        return True


def _lesson_of(shape: str, digits: bytes, spelled: Sequence[Spelled], said: Sequence[Said]) -> Lesson | None:
    """The widest lesson that a cell can safely give; None if it can give none."""
    if not digits:
        return Lesson((), (), (), constant=said)  # the shape is the text
    if all(one.first for one in spelled):
        return _lesson_of_numbers(shape, digits, spelled, said)
    if len(spelled) == 1:
        return _lesson_of_refusal(shape, digits, spelled[0], said)
    return None


def _lesson_of_refusal(shape: str, digits: bytes, spelled: Spelled, said: Sequence[Said]) -> Lesson | None:
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
    if any(mark in shape for mark in "+#:") or (4 in groups and len(groups) > 2) or _ADDRESS.search(shape):
        return None  # an error of a spreadsheet; an hour; a day with its year; an internet address
    if reason is Reason.TOO_LONG and _ONE_RUN.fullmatch(shape) and size - groups[-1] < 10:
        # It cannot be parted into a number and more; only a prefix could make it shorter: 1, 00 or 011.
        return _lesson(digits, [(0, size)], [0], constant=said, least=2 if size == 11 else 1)
    # Few digits are no amount with its cents and no word on a keypad, whatever they are.
    few = size < _FEWEST_OF_AMOUNT or len(groups) <= 2 or not ("." in shape or "," in shape)
    if reason in _CONSTANT and size < 10 and few and (size < 3 or not _LETTER_BEHIND.search(shape)):
        return Lesson((), (), (), constant=said)
    return None


def _lesson_of_numbers(
    shape: str, digits: bytes, spelled: Sequence[Spelled], said: Sequence[Said]
) -> Lesson | None:
    free: list[tuple[int, int]] = []
    leading: list[int] = []
    parts: list[Part] = []
    reached = 0
    for one in spelled:
        place = digits.find(b"%d" % one.first, reached)
        if place < 0:
            # Spelled with letters: the digits of the cell say nothing about other ones.
            return Lesson([(0, len(digits), digits)], (), (), constant=said)
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
            if "," not in shape:  # behind a comma, zeros are the decimals of a whole amount and no extension
                free.append((start, reached))
    return _lesson(digits, free, leading, parts, least=3 if _ADDRESS.search(shape) else 2)


def _lesson(
    digits: bytes,
    free: Sequence[tuple[int, int]],
    leading: Sequence[int],
    parts: Sequence[Part] = (),
    *,
    constant: Sequence[Said] | None = None,
    least: int = 2,
) -> Lesson:
    """The lesson under which all digits but the ``free`` ones are fixed."""
    fixed = []
    reached = 0
    for start, end in [*free, (len(digits), len(digits))]:
        if start > reached:
            fixed.append((reached, start, digits[reached:start]))
        reached = end
    return Lesson(fixed, leading, parts, constant=constant, least=least)
