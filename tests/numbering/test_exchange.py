"""What an exchange is, what it refuses, and the numbers in it."""

# ruff: noqa: SIM300 - the constant is what is tested
from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probes import AlwaysEqual, AlwaysLarger, AlwaysSmaller, LyingInt, LyingText, NeverEqual, Pretender
from pstnkit.numbering.ranges import NumberRange
from pstnkit.numbering.reasons import InvalidNumber
from pstnkit.numbering.telephone import Exchange, TelephoneNumber
from pstnkit.numbering.written import exchange_code
from pstnkit.testing.strategies import exchanges

EXCHANGE = Exchange("415555")


@pytest.mark.parametrize(
    "source", ["415555", "415-555", 415555, LyingText("415555"), LyingText("415-555"), LyingInt(415555)]
)
def test_it_is_six_digits_with_or_without_the_dash(source: str | int) -> None:
    assert Exchange(source) == EXCHANGE


@pytest.mark.parametrize(
    "source",
    [True, b"415555", bytearray(b"415555"), None, 415555.0, EXCHANGE, Pretender(str), Pretender(int)],
    ids=lambda source: type(source).__name__,
)
def test_other_types_are_refused_by_name(source: Any) -> None:
    with pytest.raises(TypeError, match=rf"str or an int, not {type(source).__name__}$"):
        Exchange(source)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("", "not_a_number"),
        ("41555", "not_a_number"),
        ("4155555", "not_a_number"),
        ("415 555", "not_a_number"),
        ("41-5555", "not_a_number"),
        ("٤١٥٥٥٥", "not_a_number"),
        (-415555, "not_a_number"),
        (4155, "not_a_number"),
        (2**400, "not_a_number"),
        ("115-555", "area_code_format"),
        ("911555", "area_code_format"),
        ("415055", "exchange_format"),
        ("415-411", "n11_exchange"),
    ],
)
def test_each_fault_has_its_reason(source: str | int, reason: str) -> None:
    with pytest.raises(InvalidNumber) as caught:
        Exchange(source)
    assert caught.value.reason == reason
    assert len(str(caught.value)) < 200


@given(st.text("0123456789-", max_size=8) | st.integers(-5, 10**7))
def test_the_quick_way_in_takes_and_refuses_what_the_strict_reader_does(source: str | int) -> None:
    try:
        expected: int | str = exchange_code(source)
    except InvalidNumber as error:
        expected = str(error)
    try:
        found: int | str = int(Exchange(source))
    except InvalidNumber as error:
        found = str(error)
    assert found == expected


def test_parts_are_text() -> None:
    assert (EXCHANGE.npa, EXCHANGE.nxx, str(EXCHANGE), int(EXCHANGE)) == ("415", "555", "415-555", 415555)


def test_its_numbers_are_all_ten_thousand() -> None:
    assert EXCHANGE.numbers == NumberRange("4155550000", "4155559999")
    assert len(EXCHANGE.numbers) == 10_000


def test_it_holds_its_own_numbers_only() -> None:
    assert TelephoneNumber("4155550132") in EXCHANGE
    assert TelephoneNumber("4155560132") not in EXCHANGE
    assert "4155550132" not in EXCHANGE


@given(exchanges())
def test_text_repr_pickle_and_copies_give_it_back(exchange: Exchange) -> None:
    assert Exchange(str(exchange)) == eval(repr(exchange)) == pickle.loads(pickle.dumps(exchange)) == exchange
    assert copy.copy(exchange) is copy.deepcopy(exchange) is exchange
    assert exchange.numbers[0].exchange == exchange


def test_it_equals_only_exchanges() -> None:
    assert EXCHANGE != 415555
    assert EXCHANGE != "415555"
    assert EXCHANGE == AlwaysEqual()
    assert EXCHANGE != NeverEqual()
    assert len({EXCHANGE, Exchange(415555)}) == 1


@given(exchanges(), exchanges())
def test_exchanges_sort_as_their_digits(a: Exchange, b: Exchange) -> None:
    assert (a < b, a <= b, a > b, a >= b) == (
        int(a) < int(b),
        int(a) <= int(b),
        int(a) > int(b),
        int(a) >= int(b),
    )


def test_strangers_decide_for_themselves() -> None:
    assert EXCHANGE < AlwaysLarger()
    assert EXCHANGE <= AlwaysLarger()
    assert EXCHANGE > AlwaysSmaller()
    assert EXCHANGE >= AlwaysSmaller()


def test_its_parts_can_be_matched() -> None:
    match EXCHANGE:
        case Exchange("415", nxx):
            assert nxx == "555"
        case _:
            pytest.fail("an exchange is its area code and three more digits")


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_it_survives_pickle(protocol: int) -> None:
    assert pickle.loads(pickle.dumps(EXCHANGE, protocol)) == EXCHANGE


def test_it_is_immutable_and_final() -> None:
    with pytest.raises(AttributeError, match="Exchange is immutable"):
        EXCHANGE._code = 1
    with pytest.raises(TypeError, match="Exchange cannot be subclassed"):
        type("Special", (Exchange,), {})
