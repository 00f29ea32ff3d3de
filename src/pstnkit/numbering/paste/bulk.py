"""From cells to records, thousands of cells at a time.

A stretch of cells becomes one text in UTF-8, of which two copies are made at the speed of the interpreter's own loops:
one with every digit written as ``0`` (the shapes), one with nothing but the digits. Where the shapes are known to hold
a lone number each (:mod:`~pstnkit.numbering.paste.shapes`), the digits are converted in one go; all other cells are
asked for one by one. What the plan and the policy say is looked up by exchange, in a table that is filled as exchanges
are met.

What becomes of the entries goes into :class:`~pstnkit.numbering.paste.records.Records`. Which of them repeat earlier
ones is found out when all have been read.
"""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Sequence
from itertools import compress, repeat
from operator import xor
from typing import TYPE_CHECKING

from pstnkit.numbering import bits
from pstnkit.numbering.bcd import bcd_of_lines, exchanges_of, from_bcd
from pstnkit.numbering.paste.classify import APART
from pstnkit.numbering.paste.cleaning import plain
from pstnkit.numbering.paste.outcomes import UNCONFIRMED, VALID, code_of, places_of
from pstnkit.numbering.paste.shapes import SHAPE, Said, Shapes, said_by
from pstnkit.numbering.reasons import Reason

if TYPE_CHECKING:
    from pstnkit.numbering.numberset import NumberSet
    from pstnkit.numbering.paste.classify import Classifier
    from pstnkit.numbering.paste.records import Records
    from pstnkit.numbering.paste.shapes import Read
    from pstnkit.numbering.paste.stretches import Cells, Stretch

_SMALLEST, _BEYOND = 0x2_000_000_000, 0xA_000_000_000
_ONLY_TEN = bytes(size == 10 for size in range(256))
_ONLY_ELEVEN = bytes(size == 11 for size in range(256))
_LINES = 10_000
_ORDINARY = 321
_LIKE_OTHERS = bytes(nxx not in APART for nxx in range(1000))
_NOT_DIGITS = bytes(code for code in range(256) if code != 10 and not 48 <= code <= 57)
_ASK, _NO_NUMBER = 255, 254
"""Marks in the table of exchanges: the outcome depends on the line; there is no number (exchange 0)."""
_STRETCHES_LEFT_ALONE = 4

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
        self._outcomes_in: dict[int, int] = {0: _NO_NUMBER}
        """What becomes of all numbers of an exchange (in BCD)."""
        self._outcomes_in_area: dict[int, bytes] = {}
        self._left_alone = 0

    @property
    def exchanges(self) -> int:
        """How many exchanges have been met."""
        return len(self._outcomes_in)

    def add(self, cells: Cells) -> None:
        """Read cells, and keep what becomes of their entries."""
        raw, rows, places, columns = cells
        if not raw or self._add_clean("\n".join(raw), rows, places, columns):
            return
        numbers, told, odd = self._said(raw)
        into = self._into
        if odd:
            base = len(into)
            entries = sorted((index, len(said)) for index, said in odd.items())
            rows, places, columns = (_spread(each, entries) for each in (rows, places, columns))
            numbers, told, spans = _spread_numbers(numbers, told, odd)
            for index, (first, last) in spans.items():
                span = from_bcd(first), from_bcd(last)
                told[index] = self._outcome_of(*span)
                into.spans[base + index] = span
        bcd = array("Q", numbers)
        into.add(self._outcomes(bcd, told), bcd, rows, places, columns)

    def add_lines(self, stretch: Stretch) -> bool:
        """Read lines without splitting them, if nothing but lone numbers stands in them; say whether that was so."""
        lines = stretch.lines
        if lines is None or self._left_alone:
            return False
        rows = range(stretch.first, stretch.first + len(lines))
        return self._add_clean(lines.piece(), rows, lines, ())

    def _add_clean(
        self, text: str, rows: Sequence[int], places: Sequence[int], columns: Sequence[int]
    ) -> bool:
        """Read a text of lines if each is of a shape that is known to hold a lone number, behind a 1 at most."""
        if self._left_alone or not text.isascii():
            self._left_alone = max(self._left_alone - 1, 0)
            return False
        data = text.encode()
        count = len(rows)
        if self._shapes.lone.keys() >= set(data.translate(SHAPE).split(b"\n")):
            digits = (b"\n" + data.translate(None, _NOT_DIGITS)).replace(b"\n1", b"\n")
            if digits[::11] == b"\n" * count and len(digits) == 11 * count:
                numbers = bcd_of_lines(digits)
                if min(numbers) >= _SMALLEST:
                    self._into.add(self._outcomes(numbers, b""), numbers, rows, places, columns)
                    return True
        self._left_alone = _STRETCHES_LEFT_ALONE
        return False

    def _said(self, cells: Sequence[str]) -> tuple[list[int], bytearray, dict[int, Sequence[Said]]]:
        """What the cells say: the number of each, or 0 and what is told of it instead; and apart what the ``odd`` ones
        say, which are no entry, or several, or a range."""
        joined = "\n".join(cells)
        alone: frozenset[int] | set[int] = frozenset()
        texts = cells
        data = joined.encode() if joined.isascii() else b""
        shapes = data.translate(SHAPE).split(b"\n")
        if len(shapes) != len(cells) or not data:
            texts, alone = _cleaned(cells)
            data = "\n".join(texts).encode()
            shapes = data.translate(SHAPE).split(b"\n")
        digits = data.translate(None, _NOT_DIGITS).split(b"\n")
        numbers = [0] * len(shapes)
        lone = bytes(map(self._shapes.lone.get, shapes, repeat(0)))
        for size, only in ((10, _ONLY_TEN), (11, _ONLY_ELEVEN)):
            chosen = lone.translate(only)
            some = b"\n".join(compress(digits, chosen))
            if some:
                # Without its 1 a number of eleven digits is one of ten; with anything else it stays too large.
                found = map(xor, bcd_of_lines(b"\n" + some, size), repeat(1 << 40 if size == 11 else 0))
                deque(map(numbers.__setitem__, compress(range(len(chosen)), chosen), found), maxlen=0)
        rest = [index for index, number in enumerate(numbers) if not _SMALLEST <= number < _BEYOND]
        told = bytearray(len(numbers))
        odd: dict[int, Sequence[Said]] = {}
        say = self._shapes.say
        for index in rest:
            if index in alone:
                said: Sequence[Said] = said_by(self._read(cells[index]))
            else:
                said = say(shapes[index], digits[index], texts[index])
            one = said[0] if len(said) == 1 else None
            if not isinstance(one, int):
                numbers[index] = 0
                odd[index] = said
            elif one > 0:
                numbers[index] = one
            else:
                numbers[index] = 0
                told[index] = -one
        return numbers, told, odd

    def _outcomes(self, numbers: array[int], told: bytes | bytearray) -> bytearray:
        """What becomes of each number, and of what is told instead of one."""
        exchanges = exchanges_of(numbers)
        outcomes = self._outcomes_in
        found = bytearray(map(outcomes.get, exchanges, repeat(0)))
        for index in places_of(0, found):
            exchange = exchanges[index]
            if exchange not in outcomes:
                outcomes[exchange] = self._outcome_in(from_bcd(exchange))
            found[index] = outcomes[exchange]
        for index in places_of(_ASK, found):
            number = from_bcd(numbers[index])
            found[index] = self._outcome_of(number, number)
        if _NO_NUMBER in found:
            # As integers all of them are joined at once: where one has an outcome, the other has none.
            outcomes_of = int.from_bytes(found.replace(bytes((_NO_NUMBER,)), b"\0"), "little")
            told_of = int.from_bytes(told, "little")
            found = bytearray((outcomes_of | told_of).to_bytes(len(found), "little"))
        return found

    def _outcome_in(self, exchange: int) -> int:
        """What becomes of the numbers of an exchange, if that is the same for all of them."""
        npa, nxx = divmod(exchange, 1000)
        if exchange in self._known_exchanges.get(npa, ()):
            return _ASK
        of_area = self._outcomes_in_area.get(npa)
        if of_area is None:
            code = code_of(self._classifier.of_exchange(npa * 1000 + _ORDINARY)[0])
            of_area = self._outcomes_in_area[npa] = _LIKE_OTHERS.replace(b"\1", bytes((code,)))
        if of_area[nxx]:
            return of_area[nxx]
        finding, by_line = self._classifier.of_exchange(exchange)
        return _ASK if by_line else code_of(finding)

    def _outcome_of(self, first: int, last: int) -> int:
        """What becomes of a number or range that may be listed, as far as other entries have no part in it."""
        finding, _ = self._classifier.worst_of(first, last)
        code = code_of(finding)
        if code not in (VALID, UNCONFIRMED):
            return code
        for numbers, reason in self._known:
            if numbers._bitmap(first // _LINES) & bits.span(first % _LINES, last % _LINES):
                return code_of(reason)
        return code


def _cleaned(cells: Sequence[str]) -> tuple[list[str], set[int]]:
    """The cells, cleaned where they are not in ASCII, and which of them (left blank) have to be read as they are."""
    texts = list(cells)
    alone = set()
    several = sum(map(str.count, cells, repeat("\n")))
    for index in [
        index for index, cell in enumerate(cells) if not cell.isascii() or (several and "\n" in cell)
    ]:
        text = plain(cells[index])
        # A quote that was another letter before is no quote around the cell.
        if "\n" in text or '"' in text:
            alone.add(index)
            text = ""
        texts[index] = text
    return texts, alone


def _spread(column: Sequence[int], entries: Sequence[tuple[int, int]]) -> Sequence[int]:
    """From an item for each cell to one for each entry: some cells have another number of ``entries`` than one."""
    if not column:
        return column
    spread = array(column.typecode if isinstance(column, array) else "Q")
    reached = 0
    for index, count in entries:
        spread.extend(column[reached:index])
        spread.extend([column[index]] * count)
        reached = index + 1
    spread.extend(column[reached:])
    return spread


def _spread_numbers(
    numbers: list[int], told: bytearray, odd: dict[int, Sequence[Said]]
) -> tuple[list[int], bytearray, dict[int, tuple[int, int]]]:
    """The same for what the cells say: the numbers, what is told instead, and the ranges by entry."""
    spread: list[int] = []
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
