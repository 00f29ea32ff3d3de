"""Telephone numbers, exchanges and ranges: three values over plain integers.

They are defined together because each is made of the others: a number lies in an exchange, an exchange is a
range of 10,000 numbers, and a range is a sequence of numbers. All are immutable, slotted and final; text is
read at the edge, and everything inside is a ten-digit integer (a six-digit one for an exchange).

:mod:`pstnkit.numbering.ranges` is the public home of :class:`NumberRange`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, repeat
from typing import Any, SupportsIndex, final, overload

from pstnkit.errors import CallerError
from pstnkit.numbering.formats import FORMATS
from pstnkit.numbering.immutable import Immutable
from pstnkit.numbering.interchange import _KnownToPhonenumbers, _Validated
from pstnkit.numbering.reasons import InvalidNumber, quoted
from pstnkit.numbering.shape import NPA_MARKS, NXX_MARKS
from pstnkit.numbering.written import exchange_code, national_digits, plain_int, strict_digits, written_out

__all__ = ["Exchange", "InvalidNumber", "NumberRange", "TelephoneNumber"]

_LINES = 10_000
_new = object.__new__


@final
class TelephoneNumber(Immutable, _Validated, _KnownToPhonenumbers):
    """One telephone number of the North American plan, known to have the right shape (DOMAIN 1).

    ``source`` is E.164 text (``"+14155550132"``), ten digits, eleven digits that start with 1, or a ten-digit
    int. For what people write ("(415) 555-0132") there is :meth:`parse`. Raises :class:`InvalidNumber` with
    the first fault found, in the order: characters, count of digits, area code, exchange; and
    :class:`TypeError` for any other type, :class:`bool`, :class:`bytes` and :class:`TelephoneNumber`
    included.

    Numbers sort as their digits do and compare equal to no text and no int.

    >>> number = TelephoneNumber("+14155550132")
    >>> number, number.npa, number.nxx, number.line
    (TelephoneNumber('+14155550132'), '415', '555', '0132')
    >>> f"{number} or {number:national}"
    '+14155550132 or (415) 555-0132'
    >>> number + 1
    TelephoneNumber('+14155550133')

    """

    __slots__ = ("_digits",)
    __match_args__ = ("npa", "nxx", "line")
    _form = "text"
    _digits: int

    def __new__(cls, source: str | int) -> TelephoneNumber:
        # What is nearly always right is taken here, at the price of a few steps of the interpreter; all else,
        # and every fault, is for strict_digits. Both refuse the same (a test compares them).
        digits = 0
        if type(source) is str:
            text = source[2:] if len(source) == 12 and source[:2] == "+1" else source
            if len(text) == 10 and text.isascii() and text.isdigit():
                digits = int(text)
        elif type(source) is int and 0 < source < 10_000_000_000:
            digits = source
        code = digits // _LINES
        if not NPA_MARKS[code // 1_000] & NXX_MARKS[code % 1_000]:
            digits = strict_digits(source)
        self = _new(cls)
        _set_digits(self, digits)
        return self

    @classmethod
    def parse(cls, text: str) -> TelephoneNumber:
        """The number in ``text`` as people write one: with punctuation, a ``tel:`` or international prefix,
        full-width digits, the dashes and spaces of Unicode, or a word on the keypad.

        Nothing is dropped: an extension, a second number or a label raises :class:`InvalidNumber` with a
        hint.

        >>> TelephoneNumber.parse("tel:+1-415-555-0132")
        TelephoneNumber('+14155550132')
        >>> TelephoneNumber.parse("1-800-FLOWERS")
        TelephoneNumber('+18003569377')

        """
        return cls._of(national_digits(text))

    @classmethod
    def _of(cls, digits: int) -> TelephoneNumber:
        """The number of ``digits`` that are known to have the right shape: unchecked."""
        self = _new(cls)
        _set_digits(self, digits)
        return self

    @property
    def npa(self) -> str:
        """The area code, three digits."""
        return str(self._digits)[:3]

    @property
    def nxx(self) -> str:
        """The exchange's three digits within its area code (the central office code)."""
        return str(self._digits)[3:6]

    @property
    def line(self) -> str:
        """The line number, four digits."""
        return str(self._digits)[6:]

    @property
    def exchange(self) -> Exchange:
        """The exchange that the number lies in."""
        return Exchange._of(self._digits // 10_000)

    def __int__(self) -> int:
        """The ten digits."""
        return self._digits

    def __str__(self) -> str:
        return f"+1{self._digits}"

    def __format__(self, spec: str) -> str:
        """The number written as ``spec`` says; the empty one is E.164.

        >>> number = TelephoneNumber("4155550132")
        >>> for spec in FORMATS:
        ...     print(f"{spec:13} {number:{spec}}")
        e164          +14155550132
        national      (415) 555-0132
        dashed        415-555-0132
        dotted        415.555.0132
        international +1 415-555-0132
        rfc3966       tel:+1-415-555-0132
        digits        4155550132

        """
        if not spec:
            return f"+1{self._digits}"
        write = FORMATS.get(spec)
        if write is None:
            raise ValueError(
                f"unknown format {quoted(spec)} for a telephone number; known are {', '.join(FORMATS)}"
            )
        return write(str(self._digits))

    def __repr__(self) -> str:
        return f"TelephoneNumber('+1{self._digits}')"

    def __hash__(self) -> int:
        return self._digits

    def __eq__(self, other: object) -> bool:
        return self._digits == other._digits if isinstance(other, TelephoneNumber) else NotImplemented

    def __lt__(self, other: object) -> bool:
        return self._digits < other._digits if isinstance(other, TelephoneNumber) else NotImplemented

    def __le__(self, other: object) -> bool:
        return self._digits <= other._digits if isinstance(other, TelephoneNumber) else NotImplemented

    def __gt__(self, other: object) -> bool:
        return self._digits > other._digits if isinstance(other, TelephoneNumber) else NotImplemented

    def __ge__(self, other: object) -> bool:
        return self._digits >= other._digits if isinstance(other, TelephoneNumber) else NotImplemented

    def __add__(self, steps: int) -> TelephoneNumber:
        """The number ``steps`` further on in the same exchange; leaving it raises :class:`ValueError`."""
        plain = steps if type(steps) is int else plain_int(steps)
        return NotImplemented if plain is None else self._moved(plain)

    @overload
    def __sub__(self, other: int) -> TelephoneNumber: ...
    @overload
    def __sub__(self, other: TelephoneNumber) -> int: ...
    def __sub__(self, other: int | TelephoneNumber) -> TelephoneNumber | int:
        """The number ``other`` steps back in the same exchange, or the distance from another number as an
        int."""
        if isinstance(other, TelephoneNumber):
            return self._digits - other._digits
        plain = other if type(other) is int else plain_int(other)
        return NotImplemented if plain is None else self._moved(-plain)

    def _moved(self, steps: int) -> TelephoneNumber:
        digits = self._digits + steps
        if digits // _LINES != self._digits // _LINES:
            way = f"{'+' if steps > 0 else '-'} {written_out(abs(steps))}"
            raise CallerError(
                f"{self} {way} leaves the exchange {self.exchange}, whose lines run from 0000 to 9999"
            )
        moved = _new(TelephoneNumber)
        _set_digits(moved, digits)
        return moved

    def __reduce__(self) -> tuple[Any, ...]:
        return TelephoneNumber, (self._digits,)


@final
class Exchange(Immutable, _Validated):
    """A central office code within its area code, NPA-NXX: 10,000 consecutive numbers (DOMAIN 1).

    ``source`` is six digits, ``"415555"`` or as the trade writes it ``"415-555"``, or a six-digit int. Raises
    :class:`InvalidNumber`, or :class:`TypeError` for any other type.

    >>> exchange = Exchange("415555")
    >>> exchange.npa, exchange.nxx, str(exchange)
    ('415', '555', '415-555')
    >>> exchange.numbers
    NumberRange('+14155550000', '+14155559999')

    """

    __slots__ = ("_code",)
    __match_args__ = ("npa", "nxx")
    _form = "text"
    _code: int

    def __new__(cls, source: str | int) -> Exchange:
        code = 0
        if type(source) is str:
            text = source[:3] + source[4:] if len(source) == 7 and source[3] == "-" else source
            if len(text) == 6 and text.isascii() and text.isdigit():
                code = int(text)
        elif type(source) is int and 0 < source < 1_000_000:
            code = source
        if not NPA_MARKS[code // 1_000] & NXX_MARKS[code % 1_000]:
            code = exchange_code(source)
        return cls._of(code)

    @classmethod
    def _of(cls, code: int) -> Exchange:
        """The exchange of a ``code`` that is known to have the right shape: unchecked."""
        self = _new(cls)
        _set_code(self, code)
        return self

    @property
    def npa(self) -> str:
        """The area code, three digits."""
        return str(self._code // 1_000)

    @property
    def nxx(self) -> str:
        """The three digits within the area code."""
        return str(self._code % 1_000)

    @property
    def numbers(self) -> NumberRange:
        """All 10,000 numbers, from line 0000 to line 9999."""
        return NumberRange._of(self._code * _LINES, self._code * _LINES + _LINES - 1)

    def __int__(self) -> int:
        """The six digits."""
        return self._code

    def __str__(self) -> str:
        return f"{self.npa}-{self.nxx}"

    def __repr__(self) -> str:
        return f"Exchange('{self._code}')"

    def __contains__(self, number: object) -> bool:
        return isinstance(number, TelephoneNumber) and number._digits // _LINES == self._code

    def __hash__(self) -> int:
        return self._code

    def __eq__(self, other: object) -> bool:
        return self._code == other._code if isinstance(other, Exchange) else NotImplemented

    def __lt__(self, other: object) -> bool:
        return self._code < other._code if isinstance(other, Exchange) else NotImplemented

    def __le__(self, other: object) -> bool:
        return self._code <= other._code if isinstance(other, Exchange) else NotImplemented

    def __gt__(self, other: object) -> bool:
        return self._code > other._code if isinstance(other, Exchange) else NotImplemented

    def __ge__(self, other: object) -> bool:
        return self._code >= other._code if isinstance(other, Exchange) else NotImplemented

    def __reduce__(self) -> tuple[Any, ...]:
        return Exchange, (self._code,)


@final
class NumberRange(Immutable, _Validated, Sequence[TelephoneNumber]):
    """Consecutive numbers within one exchange, both ends included: a lazy, immutable sequence of them.

    ``first`` and ``last`` are numbers, or anything that :class:`TelephoneNumber` takes. Raises
    :class:`InvalidNumber` for a bad end, and :class:`ValueError` for ends in two exchanges or the wrong way
    round.

    A non-empty slice of step 1 is again a range, any other slice a tuple. Ranges sort by first, then last
    number.

    >>> hundred = NumberRange("4155550100", "4155550199")
    >>> len(hundred), hundred[-1], TelephoneNumber("4155550132") in hundred
    (100, TelephoneNumber('+14155550199'), True)
    >>> hundred[10:20]
    NumberRange('+14155550110', '+14155550119')
    >>> print(hundred)
    +14155550100..+14155550199

    """

    __slots__ = ("_first", "_last")
    __match_args__ = ("first", "last")
    _form = "ends"
    _parts = (TelephoneNumber,)
    _first: int
    _last: int

    def __new__(cls, first: TelephoneNumber | str | int, last: TelephoneNumber | str | int) -> NumberRange:
        low = (first if isinstance(first, TelephoneNumber) else TelephoneNumber(first))._digits
        high = (last if isinstance(last, TelephoneNumber) else TelephoneNumber(last))._digits
        if low // _LINES != high // _LINES:
            raise CallerError(f"+1{low}..+1{high} is no range: a range lies within one exchange")
        if low > high:
            raise CallerError(f"+1{low}..+1{high} is no range: its last number comes before its first")
        return cls._of(low, high)

    @classmethod
    def _of(cls, first: int, last: int) -> NumberRange:
        """The range of two ten-digit ints that are known to lie in one exchange, in order: unchecked."""
        self = _new(cls)
        _set_first(self, first)
        _set_last(self, last)
        return self

    @property
    def first(self) -> TelephoneNumber:
        """The lowest number."""
        return TelephoneNumber._of(self._first)

    @property
    def last(self) -> TelephoneNumber:
        """The highest number."""
        return TelephoneNumber._of(self._last)

    @property
    def exchange(self) -> Exchange:
        """The exchange that every number of the range lies in."""
        return Exchange._of(self._first // _LINES)

    def __len__(self) -> int:
        return self._last - self._first + 1

    def __bool__(self) -> bool:
        return True

    @overload
    def __getitem__(self, index: SupportsIndex) -> TelephoneNumber: ...
    @overload
    def __getitem__(self, index: slice) -> NumberRange | tuple[TelephoneNumber, ...]: ...
    def __getitem__(
        self, index: SupportsIndex | slice
    ) -> TelephoneNumber | NumberRange | tuple[TelephoneNumber, ...]:
        picked = range(self._first, self._last + 1)[index]
        if isinstance(picked, int):
            return TelephoneNumber._of(picked)
        if picked and picked.step == 1:
            return NumberRange._of(picked[0], picked[-1])
        return tuple(each_number(picked))

    def __iter__(self) -> Iterator[TelephoneNumber]:
        return each_number(range(self._first, self._last + 1))

    def __reversed__(self) -> Iterator[TelephoneNumber]:
        return each_number(range(self._last, self._first - 1, -1))

    def __contains__(self, number: object) -> bool:
        return isinstance(number, TelephoneNumber) and self._first <= number._digits <= self._last

    def index(self, value: object, start: int = 0, stop: int | None = None) -> int:
        """Where ``value`` stands in the range, from 0; :class:`ValueError` if it is not in it (or not in the
        slice ``start:stop``)."""
        if isinstance(value, TelephoneNumber) and self._first <= value._digits <= self._last:
            place = value._digits - self._first
            if place in range(len(self))[start:stop]:
                return place
        raise ValueError(f"{value!r} is not in {self}")

    def count(self, value: object) -> int:
        """1 if ``value`` is a number of the range, else 0."""
        return int(value in self)

    def __str__(self) -> str:
        return f"+1{self._first}..+1{self._last}"

    def __repr__(self) -> str:
        return f"NumberRange('+1{self._first}', '+1{self._last}')"

    def __hash__(self) -> int:
        return hash((self._first, self._last))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, NumberRange):
            return NotImplemented
        return self._first == other._first and self._last == other._last

    def __lt__(self, other: object) -> bool:
        return self._ends() < other._ends() if isinstance(other, NumberRange) else NotImplemented

    def __le__(self, other: object) -> bool:
        return self._ends() <= other._ends() if isinstance(other, NumberRange) else NotImplemented

    def __gt__(self, other: object) -> bool:
        return self._ends() > other._ends() if isinstance(other, NumberRange) else NotImplemented

    def __ge__(self, other: object) -> bool:
        return self._ends() >= other._ends() if isinstance(other, NumberRange) else NotImplemented

    def _ends(self) -> tuple[int, int]:
        return self._first, self._last

    def __composite_values__(self) -> tuple[TelephoneNumber, TelephoneNumber]:
        """What a range is in a table: two columns (the protocol of SQLAlchemy's ``composite``)."""
        return self.first, self.last

    def __reduce__(self) -> tuple[Any, ...]:
        return NumberRange, (self._first, self._last)


_AT_ONCE = 500


def each_number(digits: Iterable[int]) -> Iterator[TelephoneNumber]:
    """The numbers of ten-digit ints that are known to have the right shape, one after the other: unchecked.

    They are made a few hundred at a time, in the interpreter's own loops, which takes two thirds of the time
    of a call for each.

    >>> list(each_number([4155550132]))
    [TelephoneNumber('+14155550132')]

    """
    rest = iter(digits)
    return chain.from_iterable(map(_made, iter(lambda: list(islice(rest, _AT_ONCE)), [])))


def _made(digits: list[int]) -> list[TelephoneNumber]:
    numbers: list[TelephoneNumber] = list(map(_new, repeat(TelephoneNumber, len(digits))))
    deque(map(_set_digits, numbers, digits), maxlen=0)
    return numbers


_set_digits: Any = TelephoneNumber.__dict__["_digits"].__set__
_set_code: Any = Exchange.__dict__["_code"].__set__
_set_first: Any = NumberRange.__dict__["_first"].__set__
_set_last: Any = NumberRange.__dict__["_last"].__set__
