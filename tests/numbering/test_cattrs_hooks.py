"""Values are fields of attrs classes that cattrs writes and reads."""

from __future__ import annotations

import json
from typing import Any

import pytest
from attrs import frozen
from cattrs import BaseConverter, ClassValidationError, Converter
from hypothesis import given
from hypothesis import strategies as st

from pstnkit import (
    Exchange,
    NumberMap,
    NumberRange,
    NumberSet,
    TelephoneNumber,
    register_cattrs_hooks,
)
from pstnkit.testing import number_maps

NUMBER = TelephoneNumber("4155550132")
HUNDRED = NumberRange("4155550100", "4155550199")
ENDS = {"first": "+14155550100", "last": "+14155550199"}


@frozen
class Line:
    """A record as users write one."""

    number: TelephoneNumber
    exchange: Exchange
    spare: NumberRange
    pool: NumberSet
    users: NumberMap[str]
    since: NumberMap[list[TelephoneNumber]]


LINE = Line(
    NUMBER,
    NUMBER.exchange,
    HUNDRED,
    NumberSet([HUNDRED, NUMBER + 500]),
    NumberMap({NUMBER: "Dana Reed"}),
    NumberMap({NUMBER: [NUMBER + 1]}),
)
PLAIN = {
    "number": "+14155550132",
    "exchange": "415-555",
    "spare": ENDS,
    "pool": [ENDS, {"first": "+14155550632", "last": "+14155550632"}],
    "users": {"+14155550132": "Dana Reed"},
    "since": {"+14155550132": ["+14155550133"]},
}


@pytest.fixture(params=[Converter, BaseConverter])
def converter(request: pytest.FixtureRequest) -> BaseConverter:
    made: BaseConverter = request.param()
    register_cattrs_hooks(made)
    return made


def test_a_record_is_written_plainly_and_read_back(converter: BaseConverter) -> None:
    assert converter.unstructure(LINE) == PLAIN
    assert converter.structure(json.loads(json.dumps(converter.unstructure(LINE))), Line) == LINE


def test_values_are_taken_as_they_are(converter: BaseConverter) -> None:
    for value in (NUMBER, NUMBER.exchange, HUNDRED, LINE.pool):
        assert converter.structure(value, type(value)) is value
    assert converter.structure([HUNDRED, NUMBER + 500], NumberSet) == LINE.pool
    assert converter.structure({NUMBER: True}, NumberMap) == {NUMBER: True}


@given(number_maps(st.integers()))
def test_a_map_comes_back_with_values_of_its_type(numbers: NumberMap[int]) -> None:
    converter = Converter()
    register_cattrs_hooks(converter)
    plain = json.loads(json.dumps(converter.unstructure(numbers)))
    assert converter.structure(plain, NumberMap[int]) == numbers


@pytest.mark.parametrize(
    ("plain", "kind", "message"),
    [
        ("415", TelephoneNumber, "'415' has 3 digits"),
        (True, TelephoneNumber, "not bool"),
        ("415-055", Exchange, "has the exchange 055"),
        (["+14155550100", "+14155550199"], NumberRange, "its first and last number, not list"),
        ({"first": "+14155550100"}, NumberRange, "a first and a last number, not 'first'"),
        ({"first": "415", "last": "+14155550199"}, NumberRange, "'415' has 3 digits"),
        ("+14155550100", NumberSet, "a list of ranges and numbers, not str"),
        (["415"], NumberSet, "'415' has 3 digits"),
        ([], NumberMap, "an object with numbers as keys, not list"),
        ({"415": 1}, NumberMap[int], "'415' has 3 digits"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(
    converter: BaseConverter, plain: Any, kind: Any, message: str
) -> None:
    with pytest.raises((ValueError, TypeError), match=message):
        converter.structure(plain, kind)


def test_the_error_of_a_record_names_the_field() -> None:
    converter = Converter()
    register_cattrs_hooks(converter)
    with pytest.raises(ClassValidationError) as caught:
        converter.structure({**PLAIN, "number": "415"}, Line)
    [fault] = caught.value.exceptions
    assert "has 3 digits" in str(fault)
    assert "attribute number" in str(fault.__notes__)
