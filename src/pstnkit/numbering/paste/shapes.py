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
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain

from pstnkit.numbering.bcd import to_bcd
from pstnkit.numbering.paste.batch import SHAPE, Batch
from pstnkit.numbering.paste.folding import fold
from pstnkit.numbering.paste.items_at import items_at
from pstnkit.numbering.paste.lessons import Lesson, Said, lesson_of
from pstnkit.numbering.paste.outcomes import code_of
from pstnkit.numbering.paste.patterns import pattern
from pstnkit.numbering.paste.runs import Spelled

Read = Callable[[str], Sequence[Spelled]]
"""Reads a raw cell."""

_MOST_SHAPES = 1 << 14
_MOST_FOLDS = 1 << 12
_MOST_KINDS = 200
_LONGEST_SHAPE = 120
_LONGEST_FOLDED = 1000
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


class _Bins(dict[bytes, list[int]]):
    """By shape, where those cells are put that follow the same lesson; all others where ``rest`` is."""

    def __init__(self, rest: list[int]) -> None:
        super().__init__()
        self._rest = rest

    def __missing__(self, shape: bytes) -> list[int]:
        return self._rest


class Shapes:
    """The shapes met in one paste, and what has been learned of them."""

    __slots__ = (
        "_bin_of_shape",
        "_bins",
        "_folds",
        "_kinds",
        "_lessons",
        "_met",
        "_misses",
        "_read",
        "_tried",
        "lone",
        "of_kind",
    )

    def __init__(self, read: Read) -> None:
        self._read = read
        self._met: set[bytes] = set()
        self._misses: dict[bytes, int] = {}
        self._lessons: dict[bytes, list[Lesson]] = {}
        self._folds: dict[bytes, bytes] = {}
        self._tried: set[bytes] = set()
        """The shapes of which was tried whether numbers may begin with 0 or 1."""
        self._kinds: dict[tuple[object, ...], int] = {}
        self.of_kind: list[Lesson] = [Lesson(0)]
        """Lessons that can be asked about many cells at once, each once, be it of many shapes; the first stands for
        none."""
        self._bins: list[list[int]] = [[]]
        self._bin_of_shape = _Bins(self._bins[0])
        """For shapes, folded or not, the bin of the lesson that their cells are likely to follow."""
        self.lone: set[bytes] = set()
        """Shapes of a lone number that ends the digits, with nothing before it but a 1 at most. No more has to be asked
        where the number begins with 2 to 9 and what is before it is a 1."""

    def sort(self, batch: Batch) -> tuple[list[list[int]], dict[int, bytes]]:
        """The indexes of cells by the kind of their lesson, and the folded shapes of those that are of no kind."""
        for places in self._bins:
            places.clear()
        bins = self._bin_of_shape
        deque(map(list.append, map(bins.__getitem__, batch.shapes), range(len(batch))), maxlen=0)
        rest = self._bins[0]
        strange = {index: batch.shapes[index] for index in rest if not batch.shapes[index].isascii()}
        if strange:
            self._clean(batch, strange)
        folded = self._fold(rest, batch)
        if folded:
            self._sort_again(batch, folded)
        return self._bins, folded

    def _clean(self, batch: Batch, strange: Mapping[int, bytes]) -> None:
        """Put cells that are not in ASCII where they belong when they are clean; from now on all cells of their shapes
        are, unless there are digits in these that are not in ASCII."""
        digits = items_at(batch.digits, list(strange))
        batch.clean(list(strange))
        self._sort_again(batch, {index: batch.shapes[index] for index in strange})
        bins = self._bin_of_shape
        for (index, shape), same in zip(strange.items(), digits, strict=True):
            clean = batch.shapes[index]
            if clean in bins and batch.digits[index] == same and len(bins) < _MOST_SHAPES:
                bins[shape] = bins[clean]

    def _sort_again(self, batch: Batch, shapes: Mapping[int, bytes]) -> None:
        """Put cells that have no bin where cells of other ``shapes`` are; from now on all cells like them are."""
        bins, rest = self._bin_of_shape, self._bins[0]
        rest[:] = [index for index in rest if index not in shapes]
        for index, shape in shapes.items():
            bins[shape].append(index)
            if shape in bins and len(bins) < _MOST_SHAPES:
                bins[batch.shapes[index]] = bins[shape]

    def _fold(self, indexes: Iterable[int], batch: Batch) -> dict[int, bytes]:
        """The folded shapes of those cells that have others than they are of."""
        folds = self._folds
        found: dict[int, bytes] = {}
        new = []
        for index in indexes:
            shape = batch.shapes[index]
            folded = folds.get(shape)
            if folded is not None:
                found[index] = folded
            elif len(shape) <= _LONGEST_FOLDED and _WORD_IN_SHAPE.search(shape):
                new.append(index)
        if new:
            text = fold("\n".join(map(batch.text, new)))
            for index, folded in zip(new, text.encode().translate(SHAPE).split(b"\n"), strict=True):
                found[index] = folded
                if len(folds) < _MOST_FOLDS:
                    folds[batch.shapes[index]] = folded
        return found

    def say(self, batch: Batch, index: int, folded: bytes | None = None) -> Sequence[Said]:
        """What the entries of a cell say. Learns its shape when that is met for the second time."""
        if index in batch.alone:
            return said_by(self._read(batch.raw(index)))
        shape, digits = batch.shapes[index], batch.digits[index]
        folded = folded or shape
        for known in (shape, folded) if folded != shape else (shape,):
            for lesson in self._lessons.get(known, ()):
                said = lesson.apply(digits)
                if said is not None:
                    return said
        raw = batch.text(index)
        said = self._taught_of_low(folded, digits, raw)
        if said is not None:
            return said
        spelled = self._read(raw)
        said = said_by(spelled)
        if len(folded) > _LONGEST_SHAPE:
            return said
        if folded != shape and not all(one.first and b"%d" % one.first in digits for one in spelled):
            folded = shape  # a word may have been read for its letters
        if folded in self._lessons or folded in self._met:
            self._learn(folded, digits, raw, spelled, said)
        elif len(self._met) < _MOST_SHAPES:
            self._met.add(folded)
        return said

    def _taught_of_low(self, shape: bytes, digits: bytes, raw: str) -> Sequence[Said] | None:
        """What a lesson says of a number that begins with 0 or 1, if such are tried and found to be read as any."""
        lessons = self._lessons.get(shape, ())
        for place, lesson in enumerate(lessons if shape not in self._tried else ()):
            lower = lesson.lower()
            said = lower.apply(digits) if lower is not None else None
            if lower is not None and said is not None:
                self._tried.add(shape)
                if self._holds(lower, digits, raw, _LOW):
                    self._lessons[shape][place] = lower
                    self._note(shape, lower)
                    return said
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
            self.lone.add(shape)
        self._note(shape, lesson)

    def _note(self, shape: bytes, lesson: Lesson) -> None:
        """From now on cells of the shape are likely to follow a lesson."""
        if lesson.serves_many and (lesson.low or shape not in self._bin_of_shape):
            kind = self._kinds.get(lesson.key)
            if kind is None and len(self.of_kind) < _MOST_KINDS:
                kind = self._kinds[lesson.key] = len(self.of_kind)
                self.of_kind.append(lesson)
                self._bins.append([])
            if kind is not None:
                self._bin_of_shape[shape] = self._bins[kind]

    def _holds(self, lesson: Lesson, digits: bytes, raw: str, made_up: Sequence[tuple[bytes, bytes]]) -> bool:
        """Whether made-up cells of the shape are read as the lesson says."""
        between = _DIGIT.split(raw)
        for number, filler in made_up:
            made = lesson.made_up(digits, number, filler)
            cell = "".join(chain.from_iterable(zip(between, (*made.decode("ascii"), ""), strict=True)))
            if lesson.apply(made) != said_by(self._read(cell)):
                return False
        return True
