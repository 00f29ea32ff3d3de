r"""What cells of one shape have in common, learned once and applied to thousands of them.

The *shape* of a cell is the cell with every digit written as ``0``: all of ``415-321-0100``, ``628-321-0199`` and
``911-911-9111`` have the shape ``000-000-0000``. Words, marks and spacing are the same in all of them, and what their
digits mean follows from a lesson (:mod:`~pstnkit.numbering.paste.lessons`).

Names and other words that have no part in reading a number are *folded* into one, so that ``Jane 415-321-0100`` and
``Omar 628-321-0199`` are of one shape, too.

A cell to which no lesson applies is read by ``read_cell`` itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from pstnkit.numbering.bcd import to_bcd
from pstnkit.numbering.paste.folding import fold
from pstnkit.numbering.paste.lessons import Lesson, Said, lesson_of
from pstnkit.numbering.paste.outcomes import code_of
from pstnkit.numbering.paste.patterns import pattern
from pstnkit.numbering.paste.runs import Spelled

Read = Callable[[str], Sequence[Spelled]]
"""Reads a raw cell."""

SHAPE = bytes.maketrans(b"0123456789", b"0000000000")
"""``cell.translate(SHAPE)`` is the shape of a cell in UTF-8."""

_MOST_SHAPES = 1 << 14
_MOST_KINDS = 200
_LONGEST_SHAPE = 120
_MOST_LESSONS = 16
_DIGIT = pattern("[0-9]")
_MADE_UP = ((b"3124056789", b"7"), (b"2019991231", b"1"))
"""Numbers for made-up cells and other digits for them, the second ones as like to dates and hours as they can be."""
_LOW = (
    (b"1124056789", b"7"),
    (b"1019991231", b"1"),
    (b"0124056789", b"7"),
    (b"0019991231", b"1"),
    (b"0034056789", b"7"),
    (b"0114056789", b"1"),
)
"""The same for numbers that begin with 0 or 1, or as international prefixes do."""
WORD_IN_SHAPE = re.compile(rb"[A-Za-z\x80-\xff]{2}")


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


class Shapes:
    """The shapes met in one paste, and what has been learned of them."""

    __slots__ = (
        "_kinds_by_key",
        "_lessons",
        "_met",
        "_misses",
        "_read",
        "_tried",
        "kinds",
        "lone",
        "of_kind",
    )

    def __init__(self, read: Read) -> None:
        self._read = read
        self._met: set[bytes] = set()
        self._misses: dict[bytes, int] = {}
        self._lessons: dict[bytes, list[Lesson]] = {}
        self._tried: set[bytes] = set()
        """The shapes of which was tried whether numbers may begin with 0 or 1."""
        self._kinds_by_key: dict[tuple[object, ...], int] = {}
        self.of_kind: list[Lesson] = [Lesson(0)]
        """Lessons that can be asked about many cells at once, by what they say; the first stands for none."""
        self.kinds: dict[bytes, int] = {}
        """For shapes, folded or not, the lesson that they are likely to follow: where it stands in ``of_kind``."""
        self.lone: dict[bytes, int] = {}
        """Shapes of a lone number that ends the digits, with nothing before it but a 1 at most, and how many digits
        there are, 10 or 11. No more has to be asked where the number begins with 2 to 9 and what is before it is a
        1."""

    def fold(self, shapes: Sequence[bytes], cells: Sequence[str]) -> list[bytes]:
        """The folded shapes of cells whose ``shapes`` are of no kind; from now on these are of the same kind."""
        folded = fold("\n".join(cells)).encode().translate(SHAPE).split(b"\n")
        kinds = self.kinds
        for shape, other in zip(shapes, folded, strict=True):
            kind = kinds.get(other)
            if kind and len(kinds) < _MOST_SHAPES:
                kinds[shape] = kind
        return folded

    def say(self, shape: bytes, digits: bytes, raw: str, folded: bytes) -> Sequence[Said]:
        """What the entries of the cell ``raw`` say. Learns the shape when it is met for the second time."""
        said = self._taught(shape, digits, raw)
        if said is None and folded != shape:
            said = self._taught(folded, digits, raw)
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

    def _taught(self, shape: bytes, digits: bytes, raw: str) -> Sequence[Said] | None:
        """What lessons say of a cell of this shape; None if none applies."""
        lessons = self._lessons.get(shape, ())
        for lesson in lessons:
            said = lesson.apply(digits)
            if said is not None:
                return said
        if lessons and shape not in self._tried:
            for index, lesson in enumerate(lessons):
                lower = lesson.lower()
                if lower is not None and lower.apply(digits) is not None:
                    self._tried.add(shape)
                    if self._holds(lower, digits, raw, _LOW):
                        lessons[index] = lower
                        self._note(shape, lower)
                        return lower.apply(digits)
        return None

    def _learn(
        self, shape: bytes, digits: bytes, raw: str, spelled: Sequence[Spelled], said: Sequence[Said]
    ) -> None:
        lessons = self._lessons.setdefault(shape, [])
        if len(lessons) + self._misses.get(shape, 0) >= _MOST_LESSONS:
            return
        lesson = lesson_of(shape.decode(), digits, spelled, said)
        if lesson is None or not self._holds(lesson, digits, raw, _MADE_UP):
            self._misses[shape] = self._misses.get(shape, 0) + 1
            return
        lessons.append(lesson)
        if lesson.lone:
            self.lone[shape] = lesson.lone
        self._note(shape, lesson)

    def _note(self, shape: bytes, lesson: Lesson) -> None:
        """From now on cells of the shape are likely to follow a lesson."""
        if lesson.serves_many and (lesson.low or shape not in self.kinds):
            kind = self._kinds_by_key.get(lesson.key)
            if kind is None and len(self.of_kind) < _MOST_KINDS:
                kind = self._kinds_by_key[lesson.key] = len(self.of_kind)
                self.of_kind.append(lesson)
            if kind is not None:
                self.kinds[shape] = kind

    def _holds(self, lesson: Lesson, digits: bytes, raw: str, made_up: Sequence[tuple[bytes, bytes]]) -> bool:
        """Whether made-up cells of the shape are read as the lesson says."""
        for number, filler in made_up:
            made = lesson.made_up(digits, number, filler)
            rest = iter(made.decode("ascii"))
            cell = _DIGIT.sub(lambda _, rest=rest: next(rest), raw)  # type: ignore[misc]
            if lesson.apply(made) != said_by(self._read(cell)):
                return False
        return True
