"""Cells of any kind may be handed in: each is an entry, and none is an error."""

from __future__ import annotations

import itertools
import numbers
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from pstnkit.numbering.paste import UnreadableSource, read_numbers


def test_an_iterable_without_an_end_is_read_to_the_limit() -> None:
    for cell in ("415-321-0100", "", None, 4153210100, float("nan"), [1], 10**9999):
        with pytest.raises(UnreadableSource, match="the list is larger than 1,000 bytes"):
            read_numbers(itertools.repeat(cell), max_bytes=1_000)


class _Refusing:
    """A cell all of whose methods fail."""

    def _fail(self, *_: object) -> Any:
        raise RuntimeError("no")

    __str__ = __repr__ = __eq__ = __ne__ = __bool__ = __len__ = __iter__ = __float__ = __index__ = _fail
    __hash__ = None  # type: ignore[assignment]
    __class__ = property(_fail)


class _RefusingNumber(numbers.Number):
    def __str__(self) -> str:
        raise RuntimeError("no")

    __hash__ = None  # type: ignore[assignment]


class _RefusingInt(int):
    def __str__(self) -> str:
        raise RuntimeError("no")

    __abs__ = __eq__ = __ne__ = __str__  # type: ignore[assignment]
    __hash__ = None  # type: ignore[assignment]


_CELLS: dict[str, Callable[[], object]] = {
    "what refuses everything": _Refusing,
    "a number that refuses": _RefusingNumber,
    "an int that refuses": lambda: _RefusingInt(4153210100),
    "an endless fraction": lambda: Fraction(10**5000, 3),
    "an endless int": lambda: 10**100_000,
    "an endless negative int": lambda: -(10**100_000),
    "an endless decimal": lambda: Decimal("1E+999999"),
    "a signaling decimal": lambda: Decimal("sNaN"),
    "a complex number": lambda: complex(1, 2),
    "an object": object,
    "a nested list": lambda: [[["415-321-0100"]]],
    "a mapping": lambda: {"a": 1},
    "infinity": lambda: float("inf"),
    "bytes": lambda: b"\xff",
    "a class": lambda: type,
    "an ellipsis": lambda: ...,
}


@pytest.mark.parametrize("made", _CELLS.values(), ids=_CELLS.keys())
def test_a_cell_of_any_kind_is_an_entry_and_no_error(made: Callable[[], object]) -> None:
    report = read_numbers(["415-321-0100", made(), "415-321-0101"])
    assert [entry.row for entry in report.valid if entry.row != 2] == [1, 3]
    assert report.to_text(color=False)
    assert report.to_json()


class _Lying(str):
    """A text whose methods say other things than the text."""

    __slots__ = ()

    def __len__(self) -> int:
        return 0

    def __str__(self) -> str:
        raise RuntimeError("no")


def test_a_text_that_lies_about_itself_may_be_a_cell() -> None:
    assert [str(number) for number in read_numbers([_Lying("415-321-0100")]).numbers] == ["+14153210100"]
