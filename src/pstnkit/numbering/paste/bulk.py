"""From cells to records, thousands of cells at a time.

Of a batch of cells are known the shapes and the digits (:mod:`~pstnkit.numbering.paste.batch`). Cells whose shapes
teach the same lesson (:mod:`~pstnkit.numbering.paste.lessons`) are read in one go, and the others one by one. What the
plan and the policy say is looked up by exchange, in a table that is filled as exchanges are met.

What becomes of the entries goes into :class:`~pstnkit.numbering.paste.records.Records`. Which of them repeat earlier
ones is found out when all have been read.
"""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import compress, islice, repeat
from typing import TYPE_CHECKING

from pstnkit.numbering import bits
from pstnkit.numbering.bcd import bcd_of_lines, exchanges_of, from_bcd, masked
from pstnkit.numbering.paste.batch import NOT_DIGITS, SHAPE, Batch
from pstnkit.numbering.paste.classify import APART
from pstnkit.numbering.paste.items_at import items_at
from pstnkit.numbering.paste.lessons import LEADING_ZERO, Lesson, Said
from pstnkit.numbering.paste.lines import Lines
from pstnkit.numbering.paste.outcomes import LISTED, code_of, places_of
from pstnkit.numbering.paste.records import Spread
from pstnkit.numbering.paste.shapes import Shapes, said_by
from pstnkit.numbering.paste.spans import Spans
from pstnkit.numbering.paste.stretches import LONG_CELL, Cells, are_long
from pstnkit.numbering.reasons import Reason

if TYPE_CHECKING:
    from pstnkit.numbering.numberset import NumberSet
    from pstnkit.numbering.paste.classify import Classifier
    from pstnkit.numbering.paste.records import Records
    from pstnkit.numbering.paste.shapes import Read

_LINES = 10_000
_ORDINARY = 321
_LIKE_OTHERS = bytearray(nxx not in APART for nxx in range(1000))
_LEADING = b"23456789"
"""What a number begins with."""
_UNKNOWN = bytes(code == 0 for code in range(256))
_ASK, _NO_NUMBER = 255, 254
"""Marks in the table of exchanges: the outcome depends on the line; there is no number (exchange 0)."""
_MANY = 4096
_MOST_LEFT_ALONE = 32
_ENTRIES = 500
"""How many entries of a long cell are told at once."""

Known = Sequence[tuple["NumberSet", Reason]]


class Bulk:
    """Judges cells under one plan, day and policy, and keeps the records."""

    def __init__(self, read: Read, classifier: Classifier, known: Known, into: Records) -> None:
        self._read = read
        self._shapes = Shapes(read)
        self._classifier = classifier
        self._known = known
        self._known_exchanges: dict[int, set[int]] = {}
        for numbers, _ in known:
            for exchange, _ in numbers._items():
                self._known_exchanges.setdefault(exchange // 1000, set()).add(exchange)
        self._into = into
        self._outcomes_in: dict[int, int] | bytearray = {0: _NO_NUMBER}
        """What becomes of all numbers of an exchange: of few exchanges in a dict, of many in a table of all."""
        self._outcomes_in_area: dict[int, bytes] = {}
        """The same of the exchanges of an area code; 0 for those that are not like the others."""
        self.exchanges = array("I")
        """The exchanges of the single numbers that may be listed; 0 for all other entries."""
        self._left_alone = self._misses = 0
        """How many stretches will be read without asking whether they hold lone numbers only; of how many that was."""

    def add(self, cells: Cells) -> None:
        """Read cells, and keep what becomes of their entries."""
        raw, rows, places, columns = cells
        joined = "\n".join(raw)
        if are_long(len(joined), len(raw)) and max(map(len, raw)) > LONG_CELL:
            del joined
            for part in cells.apart():
                self._add_long(part) if len(part.raw[0]) > LONG_CELL else self.add(part)
        elif raw and not self._add_clean(joined, rows, places, columns):
            self._add(Batch(raw), rows, places, columns)

    def add_lines(self, first: int, lines: Lines) -> None:
        """The same for lines of a text, each of which is a cell; they are not split if nothing but lone numbers stands
        in them. ``first`` is the index of their first row."""
        rows = range(first, first + len(lines))
        if are_long(lines.size, len(lines)):
            self.add(Cells(lines.rows(), rows, lines.starts()))
        elif lines.go_over or not self._add_clean(lines.text(), rows, lines, ()):
            self._add(Batch(lines), rows, lines, ())

    def _add_clean(
        self, text: str, rows: Sequence[int], places: Sequence[int], columns: Sequence[int]
    ) -> bool:
        """Read a text of lines if each is of a shape that is known to hold a lone number, behind a 1 at most."""
        if self._left_alone:
            self._left_alone -= 1
            return False
        data = text.encode() if text.isascii() else b""
        count = len(rows)
        if data and self._shapes.lone >= _shapes_in(data, count):
            digits = (b"\n" + data.translate(None, NOT_DIGITS)).replace(b"\n1", b"\n")
            begun = len(digits) == 11 * count and digits[::11] == b"\n" * count
            if begun and not digits[1::11].translate(None, _LEADING):
                self._keep(bcd_of_lines(digits), b"", rows, places, columns)
                self._misses = 0
                return True
        self._misses = min(2 * self._misses + 1, _MOST_LEFT_ALONE)
        self._left_alone = self._misses
        return False

    def _add(self, batch: Batch, rows: Sequence[int], places: Sequence[int], columns: Sequence[int]) -> None:
        numbers, told, odd = self._said(batch)
        spread = None
        if odd:
            spread = Spread(len(batch), [(index, len(odd[index])) for index in sorted(odd)])
            numbers, told, spans = _spread_numbers(numbers, told, odd)
            self._keep_spans(spans, told)
        self._keep(numbers, told, rows, places, columns, spread)

    def _add_long(self, cells: Cells) -> None:
        """Read one long cell, some of its entries at a time."""
        numbers, told, spans = array("Q"), bytearray(), Spans()
        rest = iter(self._read(cells.raw[0]))
        while some := list(islice(rest, _ENTRIES)):
            more, retold, ranges = _spread_numbers(array("Q", (0,)), bytearray(1), {0: said_by(some)})
            for index, span in ranges.items():
                spans.add(len(numbers) + index, *span)
            numbers.extend(more)
            told += retold
        self._keep_spans(spans, told)
        self._keep(numbers, told, cells.rows, cells.places, cells.columns, Spread(1, [(0, len(numbers))]))

    def _keep_spans(self, spans: Mapping[int, tuple[int, int]], told: bytearray) -> None:
        """Note the ranges among the next entries, and tell what becomes of them."""
        base = len(self._into)
        for index, span in spans.items():
            first, last = map(from_bcd, span)
            told[index] = self._outcome_of(first, last)
            self._into.spans.add(base + index, first, last)

    def _said(self, batch: Batch) -> tuple[array[int], bytearray, dict[int, Sequence[Said]]]:
        """What the cells say: the number of each, or 0 and what is told of it instead; and apart what the ``odd`` ones
        say, which are no entry, or several, or a range."""
        count = len(batch)
        numbers = array("Q", bytes(8 * count))
        told = bytearray(count)
        odd: dict[int, Sequence[Said]] = {}
        bins, folded = self._shapes.sort(batch)
        unlike: list[int] = []
        for lesson, indexes in zip(self._shapes.of_kind[1:], bins[1:], strict=True):
            if indexes:
                unlike += self._follow(lesson, indexes, batch.digits, numbers, told, odd)
        batch.clean(unlike)
        say = self._shapes.say
        for index in (*bins[0], *unlike):
            said = say(batch, index, folded.get(index))
            one = said[0] if len(said) == 1 else None
            if not isinstance(one, int):
                odd[index] = said
            elif one > 0:
                numbers[index] = one
            else:
                told[index] = -one
        return numbers, told, odd

    def _follow(
        self,
        lesson: Lesson,
        indexes: list[int],
        digits: Sequence[bytes],
        numbers: array[int],
        told: bytearray,
        odd: dict[int, Sequence[Said]],
    ) -> list[int]:
        """Read cells as their lesson says; gives those to which it does not apply."""
        cells = items_at(digits, indexes)
        if lesson.parted:
            said, unlike = lesson.tell(cells)
            rest = [indexes[place] for place in unlike]
            odd.update(zip(indexes, said, strict=True))
            deque(map(odd.__delitem__, rest), maxlen=0)
            return rest
        found, unlike, zeros = lesson.read(cells)
        rest = [indexes[place] for place in unlike]
        refusal = lesson.refusal
        if refusal is not None:
            for index in indexes:
                told[index] = refusal
        elif lesson.constant is not None:
            odd.update(dict.fromkeys(indexes, ()))
        else:
            for place in zeros:
                found[place] = 0
                told[indexes[place]] = LEADING_ZERO
            deque(map(numbers.__setitem__, indexes, found), maxlen=0)
        for index in rest:
            numbers[index] = told[index] = 0
            odd.pop(index, None)
        return rest

    def _keep(
        self,
        numbers: array[int],
        told: bytes | bytearray,
        rows: Sequence[int],
        places: Sequence[int],
        columns: Sequence[int],
        spread: Spread | None = None,
    ) -> None:
        exchanges = exchanges_of(numbers)
        outcomes = self._outcomes(numbers, exchanges, told)
        self.exchanges += masked(exchanges, outcomes.translate(LISTED))
        self._into.add(outcomes, numbers, rows, places, columns, spread)

    def _outcomes(self, numbers: array[int], exchanges: array[int], told: bytes | bytearray) -> bytearray:
        """What becomes of each number, and of what is told instead of one."""
        if isinstance(self._outcomes_in, dict) and len(exchanges) > _MANY:
            self._outcomes_in = self._table()
        outcomes = self._outcomes_in
        if isinstance(outcomes, dict):
            found = bytearray(map(outcomes.get, exchanges, repeat(0)))
        else:
            found = bytearray(items_at(outcomes, exchanges))
            unknown = {exchange // 1000 for exchange in compress(exchanges, found.translate(_UNKNOWN))}
            if unknown - self._outcomes_in_area.keys():
                for npa in unknown:
                    self._of_area(npa)
                found = bytearray(items_at(outcomes, exchanges))
        for index in places_of(0, found):
            found[index] = self._outcome_in(exchanges[index])
        for index in places_of(_ASK, found):
            number = from_bcd(numbers[index])
            found[index] = self._outcome_of(number, number)
        if _NO_NUMBER in found:
            # As integers all of them are joined at once: where one has an outcome, the other has none.
            outcomes_of = int.from_bytes(found.replace(bytes((_NO_NUMBER,)), b"\0"), "little")
            told_of = int.from_bytes(told, "little")
            found = bytearray((outcomes_of | told_of).to_bytes(len(found), "little"))
        return found

    def _table(self) -> bytearray:
        """What becomes of the numbers of each exchange, as far as it is known; else 0."""
        table = bytearray(1000 * 1000)
        for npa, outcomes in self._outcomes_in_area.items():
            table[npa * 1000 : npa * 1000 + 1000] = outcomes
        table[0] = _NO_NUMBER
        return table

    def _outcome_in(self, exchange: int) -> int:
        """What becomes of the numbers of an exchange, if that is the same for all of them."""
        npa, nxx = divmod(exchange, 1000)
        outcome = self._of_area(npa)[nxx]
        if not outcome:
            finding, by_line = self._classifier.of_exchange(exchange)
            outcome = _ASK if by_line else code_of(finding)
        self._outcomes_in[exchange] = outcome
        return outcome

    def _of_area(self, npa: int) -> bytes:
        """The same of all exchanges of an area code; 0 of those that are not like the others."""
        of_area = self._outcomes_in_area.get(npa)
        if of_area is None:
            finding, _ = self._classifier.of_exchange(npa * 1000 + _ORDINARY)
            of_area = _all_alike(code_of(finding))
            if npa in self._known_exchanges:
                outcomes = bytearray(of_area)
                for known in self._known_exchanges[npa]:
                    outcomes[known % 1000] = _ASK
                of_area = bytes(outcomes)
            self._outcomes_in_area[npa] = of_area
            if not isinstance(self._outcomes_in, dict):
                self._outcomes_in[npa * 1000 : npa * 1000 + 1000] = of_area
        return of_area

    def _outcome_of(self, first: int, last: int) -> int:
        """What becomes of a number or range that may be listed, as far as other entries have no part in it."""
        exchange = first // _LINES
        of_all = self._outcome_in(exchange)
        if of_all != _ASK:
            return of_all
        finding, _ = self._classifier.worst_of(first, last)
        code = code_of(finding)
        if not LISTED[code]:
            return code
        for numbers, reason in self._known:
            if numbers._bitmap(first // _LINES) & bits.span(first % _LINES, last % _LINES):
                return code_of(reason)
        return code


def _shapes_in(data: bytes, count: int) -> set[bytes]:
    """The shapes of lines, which are mostly one."""
    shapes = data.translate(SHAPE)
    first = shapes.partition(b"\n")[0]
    return {first} if shapes == b"\n".join([first] * count) else set(shapes.split(b"\n"))


@cache
def _all_alike(code: int) -> bytes:
    """``code`` for the exchanges of an area code that are alike, of which there are few codes."""
    return bytes(_LIKE_OTHERS.replace(b"\1", bytes((code,))))


def _spread_numbers(
    numbers: array[int], told: bytearray, odd: dict[int, Sequence[Said]]
) -> tuple[array[int], bytearray, dict[int, tuple[int, int]]]:
    """From what each cell says to what each entry does: the numbers, what is told instead, and the ranges by entry."""
    spread = array("Q")
    retold = bytearray()
    spans: dict[int, tuple[int, int]] = {}
    reached = 0
    for index in (*sorted(odd), len(numbers)):
        spread += numbers[reached:index]
        retold += told[reached:index]
        reached = index + 1
        for one in odd.get(index, ()):
            if isinstance(one, tuple):
                spans[len(spread)] = one
                one = 0
            spread.append(max(one, 0))
            retold.append(max(-one, 0))
    return spread, retold, spans
