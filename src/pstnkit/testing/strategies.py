"""Hypothesis strategies for the values of the numbering district, and for text that may be one.

Values come from the whole plan, and often from the corners: the ends of an exchange, area codes where an
exchange may end in 11, sets whose runs touch. A ``within`` argument keeps them close together, where they
interact.

>>> from hypothesis import given
>>> @given(telephone_numbers())
... def text_and_value_agree(number: TelephoneNumber) -> None:
...     assert TelephoneNumber(str(number)) == number
>>> text_and_value_agree()
"""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from hypothesis import strategies as st

from pstnkit.errors import CallerError
from pstnkit.numbering.area_code import AreaCode, AreaCodeKind, AreaCodeStatus
from pstnkit.numbering.classification import NumberKind
from pstnkit.numbering.numbermap import NumberMap
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.plan import NumberingPlan
from pstnkit.numbering.plan import plan as bundled
from pstnkit.numbering.shape import FOREIGN, TOLL_FREE, exchange_fault
from pstnkit.numbering.telephone import Exchange, NumberRange, TelephoneNumber

__all__ = [
    "area_code_answers",
    "area_codes",
    "exchanges",
    "number_maps",
    "number_ranges",
    "number_sets",
    "ordinary_numbers",
    "pastes",
    "telephone_numbers",
    "written_numbers",
]

V = TypeVar("V")

_LINES = 10_000
_WIDE = {ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789+()"}


def area_codes(
    status: AreaCodeStatus | str | None = None,
    *,
    kind: AreaCodeKind | str | None = None,
    on: date | None = None,
    plan: NumberingPlan | None = None,
) -> st.SearchStrategy[str]:
    """Three digits of the shape of an area code, in service or not, often one with rules of its own.

    With a ``status`` or a ``kind``, those that ``plan`` (the bundled one unless given) says to have it on
    the day ``on`` (the plan's own unless given); :class:`ValueError` if it knows none.

    >>> from hypothesis import given
    >>> @given(area_codes("planned", kind="toll_free"))
    ... def one_more_toll_free_code_is_to_come(npa: str) -> None:
    ...     assert npa == "822"
    >>> one_more_toll_free_code_is_to_come()
    """
    if status is not None or kind is not None:
        found = [code.npa for code in (plan or bundled).area_codes(status=status, kind=kind, on=on)]
        if not found:
            raise CallerError(f"no area code is {' and '.join(filter(None, (kind, status)))}")
        return st.sampled_from(found)
    special = st.sampled_from(sorted(TOLL_FREE | FOREIGN))
    return st.one_of(st.integers(200, 999).filter(lambda npa: npa % 100 != 11), special).map(str)


def area_code_answers(
    on: date | None = None, plan: NumberingPlan | None = None
) -> st.SearchStrategy[AreaCode]:
    """What ``plan`` (the bundled one unless given) answers about any of the 800 codes on the day ``on``.

    >>> from hypothesis import given
    >>> @given(area_code_answers())
    ... def what_serves_a_place_knows_its_time(code: AreaCode) -> None:
    ...     assert bool(code.timezones) == (code.kind == "geographic")
    >>> what_serves_a_place_knows_its_time()
    """
    return st.integers(200, 999).map(lambda npa: (plan or bundled).area_code(str(npa), on))


def exchanges(npas: st.SearchStrategy[str] | None = None) -> st.SearchStrategy[Exchange]:
    """Exchanges, of every area code or of those that ``npas`` makes.

    >>> from hypothesis import given
    >>> @given(exchanges())
    ... def an_exchange_has_ten_thousand_numbers(exchange: Exchange) -> None:
    ...     assert len(exchange.numbers) == 10_000
    >>> an_exchange_has_ten_thousand_numbers()
    """
    codes = st.tuples(area_codes() if npas is None else npas, st.integers(200, 999)).map(
        lambda pair: int(pair[0]) * 1000 + pair[1]
    )
    return codes.filter(lambda code: exchange_fault(code) is None).map(Exchange)


def telephone_numbers(
    within: Exchange | None = None, *, npas: st.SearchStrategy[str] | None = None
) -> st.SearchStrategy[TelephoneNumber]:
    """Numbers: of any exchange, ``within`` one, or of the area codes that ``npas`` makes.

    >>> from hypothesis import given
    >>> @given(telephone_numbers(npas=area_codes(kind="toll_free")))
    ... def toll_free_numbers_begin_with_8(number: TelephoneNumber) -> None:
    ...     assert number.npa[0] == "8"
    >>> toll_free_numbers_begin_with_8()
    """
    lines = st.one_of(st.integers(0, _LINES - 1), st.sampled_from([0, 1, _LINES - 2, _LINES - 1]))
    places = exchanges(npas) if within is None else st.just(within)
    return st.builds(lambda place, line: place.numbers[line], places, lines)


def ordinary_numbers(
    on: date | None = None, plan: NumberingPlan | None = None
) -> st.SearchStrategy[TelephoneNumber]:
    """Numbers that anybody may have: in an area code in service that serves a place, and set apart by no
    rule.

    >>> from hypothesis import given
    >>> from pstnkit import read_numbers
    >>> @given(ordinary_numbers())
    ... def an_ordinary_number_is_valid_in_a_paste(number: TelephoneNumber) -> None:
    ...     assert list(read_numbers(str(number)).numbers) == [number]
    >>> an_ordinary_number_is_valid_in_a_paste()
    """
    asked = plan or bundled
    serving = area_codes(AreaCodeStatus.IN_SERVICE, kind=AreaCodeKind.GEOGRAPHIC, on=on, plan=asked)
    return telephone_numbers(npas=serving).filter(
        lambda number: asked.classify(number, on).kind is NumberKind.ORDINARY
    )


def number_ranges(within: Exchange | None = None, max_size: int = _LINES) -> st.SearchStrategy[NumberRange]:
    """Ranges of 1 to ``max_size`` numbers, of any exchange or ``within`` one.

    >>> from hypothesis import given
    >>> @given(number_ranges(max_size=100))
    ... def a_range_is_as_long_as_its_ends_are_apart(part: NumberRange) -> None:
    ...     assert len(part) == part.last - part.first + 1 <= 100
    >>> a_range_is_as_long_as_its_ends_are_apart()
    """
    return st.builds(
        lambda first, size: NumberRange(first, first + min(size - 1, _LINES - 1 - int(first.line))),
        telephone_numbers(within),
        st.integers(1, max_size),
    )


def number_sets(within: Exchange | None = None, max_ranges: int = 8) -> st.SearchStrategy[NumberSet]:
    """Sets made of up to ``max_ranges`` ranges, of any exchanges or ``within`` one.

    >>> from hypothesis import given
    >>> @given(number_sets(), number_sets())
    ... def what_is_in_both_is_in_each(a: NumberSet, b: NumberSet) -> None:
    ...     assert a & b <= a
    >>> what_is_in_both_is_in_each()
    """
    return st.lists(number_ranges(within, max_size=300), max_size=max_ranges).map(NumberSet)


def number_maps(
    values: st.SearchStrategy[V], within: Exchange | None = None, max_size: int = 20
) -> st.SearchStrategy[NumberMap[V]]:
    """Maps of up to ``max_size`` numbers to ``values``.

    >>> from hypothesis import given
    >>> @given(number_maps(st.booleans()))
    ... def a_map_is_in_order(numbers: NumberMap[bool]) -> None:
    ...     assert list(numbers) == sorted(numbers)
    >>> a_map_is_in_order()
    """
    return st.dictionaries(telephone_numbers(within), values, max_size=max_size).map(NumberMap)


@st.composite
def written_numbers(
    draw: st.DrawFn, numbers: st.SearchStrategy[TelephoneNumber] | None = None
) -> tuple[str, TelephoneNumber]:
    """A text as a person may write a number, any or one of ``numbers``, and the number that it means.

    >>> from hypothesis import given
    >>> @given(written_numbers())
    ... def what_people_write_is_read(written: tuple[str, TelephoneNumber]) -> None:
    ...     text, number = written
    ...     assert TelephoneNumber.parse(text) == number
    >>> what_people_write_is_read()
    """
    number = draw(telephone_numbers() if numbers is None else numbers)
    prefix = draw(
        st.sampled_from(["", "1-", "+1 ", "+1", "1 ", "001 ", "011 1 ", "00 1 ", "tel:+1-", "TEL:+1"])
    )
    opening, closing = draw(st.sampled_from([("", ""), ("(", ") "), ("[", "]"), ("(", ")-")]))
    mark = draw(st.sampled_from(["-", ".", " ", "\u00a0", "\u2013", "\u2212", "\uff0d", "/", "", "\u200b-"]))
    text = f"{prefix}{opening}{number.npa}{closing or mark}{number.nxx}{mark}{number.line}"
    if draw(st.booleans()):
        text = text.translate(_WIDE)
    around = st.sampled_from(["", " ", "\u00a0", "\u200e", "\n"])
    return draw(around) + text + draw(around), number


def pastes(
    numbers: st.SearchStrategy[TelephoneNumber] | None = None, max_size: int = 20
) -> st.SearchStrategy[tuple[str, list[TelephoneNumber]]]:
    """A list as people paste one, up to ``max_size`` numbers with one to a line, and the numbers that it
    means, in order. They are ordinary ones, or those that ``numbers`` makes, and some may come twice.
    A slash is not among their marks, because in a list it can also stand between two numbers.

    >>> from hypothesis import given
    >>> from pstnkit import read_numbers
    >>> @given(pastes())
    ... def every_line_is_read(paste: tuple[str, list[TelephoneNumber]]) -> None:
    ...     text, numbers = paste
    ...     assert [number for entry in read_numbers(text) for number in entry.numbers] == numbers
    >>> every_line_is_read()
    """
    written = written_numbers(ordinary_numbers() if numbers is None else numbers)
    lines = st.lists(written.filter(lambda line: "/" not in line[0]), max_size=max_size)
    ends = st.sampled_from(["\n", "\r\n"])
    return st.builds(
        lambda lines, end: (end.join(text.strip("\n") for text, _ in lines), [number for _, number in lines]),
        lines,
        ends,
    )
