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

from typing import TypeVar

from hypothesis import strategies as st

from pstnkit.numbering.numbermap import NumberMap
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.shape import FOREIGN, TOLL_FREE, exchange_fault
from pstnkit.numbering.telephone import Exchange, NumberRange, TelephoneNumber

__all__ = [
    "area_codes",
    "exchanges",
    "number_maps",
    "number_ranges",
    "number_sets",
    "telephone_numbers",
    "written_numbers",
]

V = TypeVar("V")

_LINES = 10_000


def area_codes() -> st.SearchStrategy[str]:
    """Three digits of the shape of an area code, in service or not, often one with rules of its own."""
    special = st.sampled_from(sorted(TOLL_FREE | FOREIGN))
    return st.one_of(st.integers(200, 999).filter(lambda npa: npa % 100 != 11), special).map(str)


def exchanges() -> st.SearchStrategy[Exchange]:
    """Exchanges of every area code."""
    codes = st.tuples(area_codes(), st.integers(200, 999)).map(lambda pair: int(pair[0]) * 1000 + pair[1])
    return codes.filter(lambda code: exchange_fault(code) is None).map(Exchange)


def telephone_numbers(within: Exchange | None = None) -> st.SearchStrategy[TelephoneNumber]:
    """Numbers, of any exchange or ``within`` one."""
    lines = st.one_of(st.integers(0, _LINES - 1), st.sampled_from([0, 1, _LINES - 2, _LINES - 1]))
    places = exchanges() if within is None else st.just(within)
    return st.builds(lambda place, line: place.numbers[line], places, lines)


def number_ranges(within: Exchange | None = None, max_size: int = _LINES) -> st.SearchStrategy[NumberRange]:
    """Ranges of 1 to ``max_size`` numbers, of any exchange or ``within`` one."""
    return st.builds(
        lambda first, size: NumberRange(first, first + min(size - 1, _LINES - 1 - int(first.line))),
        telephone_numbers(within),
        st.integers(1, max_size),
    )


def number_sets(within: Exchange | None = None, max_ranges: int = 8) -> st.SearchStrategy[NumberSet]:
    """Sets made of up to ``max_ranges`` ranges, of any exchanges or ``within`` one."""
    return st.lists(number_ranges(within, max_size=300), max_size=max_ranges).map(NumberSet)


def number_maps(
    values: st.SearchStrategy[V], within: Exchange | None = None, max_size: int = 20
) -> st.SearchStrategy[NumberMap[V]]:
    """Maps of up to ``max_size`` numbers to ``values``."""
    return st.dictionaries(telephone_numbers(within), values, max_size=max_size).map(NumberMap)


@st.composite
def written_numbers(draw: st.DrawFn) -> tuple[str, TelephoneNumber]:
    """A text as a person may write a number, and the number that it means."""
    number = draw(telephone_numbers())
    prefix = draw(
        st.sampled_from(["", "1-", "+1 ", "+1", "1 ", "001 ", "011 1 ", "00 1 ", "tel:+1-", "TEL:+1"])
    )
    opening, closing = draw(st.sampled_from([("", ""), ("(", ") "), ("[", "]"), ("(", ")-")]))
    mark = draw(st.sampled_from(["-", ".", " ", "\u00a0", "\u2013", "\u2212", "\uff0d", "/", "", "\u200b-"]))
    text = f"{prefix}{opening}{number.npa}{closing or mark}{number.nxx}{mark}{number.line}"
    if draw(st.booleans()):
        text = text.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789+()"})
    around = st.sampled_from(["", " ", "\u00a0", "\u200e", "\n"])
    return draw(around) + text + draw(around), number
