"""What a telephone number is, what it refuses, and how it is written."""

# ruff: noqa: SIM300 - the constant is what is tested
from __future__ import annotations

import contextlib
import copy
import json
import pickle
import sys
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probes import AlwaysEqual, AlwaysLarger, AlwaysSmaller, LyingInt, LyingText, NeverEqual, Pretender
from pstnkit.errors import CallerError
from pstnkit.numbering import written
from pstnkit.numbering.formats import FORMATS
from pstnkit.numbering.reasons import InvalidNumber, Reason
from pstnkit.numbering.shape import (
    FOREIGN,
    NO_N11_RULE,
    NON_GEOGRAPHIC,
    NPA_MARKS,
    NXX_MARKS,
    PERSONAL,
    TOLL_FREE,
    area_code_fault,
    exchange_fault,
)
from pstnkit.numbering.telephone import Exchange, TelephoneNumber
from pstnkit.numbering.written import strict_digits
from pstnkit.testing.strategies import telephone_numbers, written_numbers

NUMBER = TelephoneNumber("+14155550132")


def fault_of(source: Any) -> InvalidNumber:
    with pytest.raises(InvalidNumber) as caught:
        TelephoneNumber(source)
    return caught.value


def parse_fault(text: str) -> InvalidNumber:
    with pytest.raises(InvalidNumber) as caught:
        TelephoneNumber.parse(text)
    return caught.value


class TestConstruction:
    @pytest.mark.parametrize(
        "source",
        [
            "+14155550132",
            "4155550132",
            "14155550132",
            4155550132,
            LyingText("4155550132"),
            LyingText("+14155550132"),
            LyingInt(4155550132),
        ],
    )
    def test_it_takes_e164_ten_digits_eleven_digits_and_a_ten_digit_int(self, source: str | int) -> None:
        assert TelephoneNumber(source) == NUMBER

    @pytest.mark.parametrize(
        "source",
        [
            *(True, False, None, NUMBER, NUMBER.exchange, 4155550132.0, 4155550132j, float("nan")),
            *(b"4155550132", bytearray(b"4155550132"), memoryview(b"4155550132"), ["4155550132"]),
            *(
                Decimal("4155550132"),
                Fraction(4155550132),
                object(),
                str,
                int,
                Pretender(str),
                Pretender(int),
            ),
        ],
        ids=lambda source: type(source).__name__,
    )
    def test_other_types_are_refused_by_name(self, source: Any) -> None:
        with pytest.raises(TypeError, match=rf"str or an int, not {type(source).__name__}$"):
            TelephoneNumber(source)

    def test_a_str_or_an_int_is_taken_as_what_it_holds_whatever_its_methods_say(self) -> None:
        for source in (LyingText("4155550132"), LyingInt(4155550132)):
            number = TelephoneNumber(source)
            assert (f"{number:digits}", type(int(number))) == ("4155550132", int)
        assert fault_of(LyingText("555")).text == "555"
        assert type(fault_of(LyingText("555")).text) is str
        assert fault_of(LyingInt(555)).text == "555"

    @pytest.mark.parametrize(
        ("source", "reason"),
        [
            ("", "not_a_number"),
            ("+", "not_a_number"),
            ("+1", "not_a_number"),
            ("hello", "not_a_number"),
            ("(415) 555-0132", "not_a_number"),
            ("415-555-0132", "not_a_number"),
            (" 4155550132", "not_a_number"),
            ("4155550132\n", "not_a_number"),
            ("٤١٥٥٥٥٠١٣٢", "not_a_number"),
            ("４１５５５５０１３２", "not_a_number"),
            ("415555013²", "not_a_number"),
            ("+0155550132", "not_a_number"),
            ("++14155550132", "not_a_number"),
            (-4155550132, "not_a_number"),
            ("415555013", "too_short"),
            ("1415555013", "area_code_format"),
            ("+1415555013", "too_short"),
            ("1", "too_short"),
            (0, "too_short"),
            (415555013, "too_short"),
            ("41555501321", "too_long"),
            ("+141555501321", "too_long"),
            ("24155550132", "too_long"),
            (14155550132, "too_long"),
            ("+442079460958", "foreign"),
            ("+4155550132", "foreign"),
            ("+7", "foreign"),
            ("1155550132", "area_code_format"),
            ("0155550132", "area_code_format"),
            ("9115550132", "area_code_format"),
            (9115550132, "area_code_format"),
            ("4150550132", "exchange_format"),
            ("4151550132", "exchange_format"),
            (4151110132, "exchange_format"),
            ("4159110132", "n11_exchange"),
            (4152110132, "n11_exchange"),
        ],
    )
    def test_each_fault_has_its_reason(self, source: str | int, reason: str) -> None:
        error = fault_of(source)
        assert (error.reason, error.text) == (reason, str(source))

    def test_shape_is_checked_in_the_order_that_helps_most(self) -> None:
        assert fault_of("911911").reason == Reason.TOO_SHORT
        assert fault_of("9119110132").reason == Reason.AREA_CODE_FORMAT

    @pytest.mark.parametrize(
        ("source", "reason"),
        [
            ("415-555-013", "too_short"),
            ("(415) 555-01321", "too_long"),
            ("+44 20 7946 0958", "foreign"),
            ("(123) 456-7890", "area_code_format"),
            ("415-055-0132", "exchange_format"),
            ("415-411-0132", "n11_exchange"),
            ("4155550132x12", "has_extension"),
            ("4155550132, 4155550133", "several_numbers"),
        ],
    )
    def test_what_is_wrong_with_the_number_itself_comes_before_how_it_is_written(
        self, source: str, reason: str
    ) -> None:
        error = fault_of(source)
        assert (error.reason, error.text) == (reason, source)

    def test_eleven_digits_of_an_int_are_told_from_any_other_count(self) -> None:
        assert "without the country code 1" in fault_of(14155550132).hint
        assert fault_of(24155550132).hint == fault_of(114155550132).hint == ""

    @pytest.mark.parametrize("npa", ["555", "988", "950", "290", "370", "900", "700"])
    def test_what_only_a_plan_or_a_policy_refuses_can_be_constructed(self, npa: str) -> None:
        assert TelephoneNumber(f"{npa}5550100").npa == npa

    @pytest.mark.parametrize("npa", ["876", "800", "500", "600", "787", "900"])
    def test_an_exchange_may_end_in_11_outside_us_and_canadian_geographic_codes(self, npa: str) -> None:
        assert TelephoneNumber(f"{npa}5115013").nxx == "511"

    def test_the_message_quotes_the_text_and_says_what_is_wrong(self) -> None:
        assert str(fault_of("415555")) == "'415555' has 6 digits; a telephone number has 10"
        assert str(fault_of("+442079460958")).endswith("is a number of another country (country code +44)")
        assert "has the exchange 911" in str(fault_of("4159110132"))

    def test_a_spelling_that_people_use_is_pointed_to_the_reader_for_people(self) -> None:
        assert "TelephoneNumber.parse" in str(fault_of("(415) 555-0132"))
        assert "TelephoneNumber.parse" in str(fault_of("４１５５５５０１３２"))
        assert "TelephoneNumber.parse" not in str(fault_of("hello"))

    @pytest.mark.parametrize("digits", ["٤١٥٥٥٥٠١٣٢", "415555013²", "+1४१५५५५०१३२", "𝟜155550132"])
    def test_other_digits_than_0_to_9_are_pointed_out(self, digits: str) -> None:
        assert fault_of(digits).hint == "write its digits as 0 to 9"

    def test_a_hostile_text_is_quoted_safely_and_in_part(self) -> None:
        shown = str(fault_of("\x1b[31m\u202e" + "5" * 10_000))
        assert shown.isprintable()
        assert len(shown) < 200
        assert "(10006 characters)" in shown

    @pytest.mark.parametrize("text", ["415\x005550132", "\ud800", "4155550132\udfff", "\x00" * 10, "+1\x00"])
    def test_nul_and_half_characters_are_quoted_safely(self, text: str) -> None:
        error = fault_of(text)
        assert (error.reason, error.text) == (Reason.NOT_A_NUMBER, text)
        assert str(error).isprintable()
        str(error).encode()

    @pytest.mark.parametrize("sign", [1, -1])
    def test_an_endless_int_is_described_not_written_out(self, sign: int) -> None:
        error = fault_of(sign * 10 ** (sys.get_int_max_str_digits() + 1))
        assert error.text == "an int of 14288 bits"

    def test_an_endless_int_is_counted_all_the_same(self) -> None:
        assert fault_of(10**4999).figures == {"digits": 5000}

    def test_the_error_is_a_value_error_that_survives_pickle_and_copy(self) -> None:
        error = fault_of("4159110132")
        assert isinstance(error, ValueError)
        for twin in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
            assert type(twin) is InvalidNumber
            assert str(twin) == str(error)
            assert (twin.reason, twin.text, twin.hint, twin.figures) == (
                error.reason,
                error.text,
                error.hint,
                error.figures,
            )


class TestShape:
    def test_the_sets_of_other_area_codes_are_apart_from_each_other(self) -> None:
        sets = [TOLL_FREE, PERSONAL, NON_GEOGRAPHIC, FOREIGN]
        assert sum(map(len, sets)) == len(NO_N11_RULE)
        assert not any(map(area_code_fault, NO_N11_RULE))

    @given(st.integers(0, 999))
    def test_an_area_code_starts_with_2_to_9_and_does_not_end_in_11(self, npa: int) -> None:
        text = f"{npa:03}"
        assert (area_code_fault(npa) is None) == (text[0] in "23456789" and text[1:] != "11")

    @given(st.integers(0, 10**10 - 1))
    def test_a_number_is_refused_exactly_when_its_digits_break_a_rule(self, digits: int) -> None:
        text = f"{digits:010}"
        wrong = (
            text[0] in "01"
            or text[1:3] == "11"
            or text[3] in "01"
            or (text[4:6] == "11" and int(text[:3]) not in NO_N11_RULE)
        )
        if wrong:
            fault_of(text)
        else:
            assert int(TelephoneNumber(text)) == digits

    def test_the_quick_marks_say_what_the_rules_say(self) -> None:
        wrong = {
            code
            for code in range(1_000_000)
            if bool(NPA_MARKS[code // 1000] & NXX_MARKS[code % 1000]) == bool(exchange_fault(code))
        }
        assert wrong == set()


class TestParts:
    def test_parts_are_text_and_keep_their_zeros(self) -> None:
        assert (NUMBER.npa, NUMBER.nxx, NUMBER.line) == ("415", "555", "0132")

    def test_it_knows_its_exchange(self) -> None:
        assert NUMBER.exchange == Exchange("415555")

    def test_int_is_the_ten_digits(self) -> None:
        assert int(NUMBER) == 4155550132

    @given(st.text("0123456789+", max_size=12) | st.integers(-5, 10**11) | st.text(max_size=12))
    def test_the_quick_way_in_takes_and_refuses_what_the_strict_reader_does(self, source: str | int) -> None:
        try:
            expected: int | str = strict_digits(source)
        except InvalidNumber as error:
            expected = str(error)
        try:
            found: int | str = int(TelephoneNumber(source))
        except InvalidNumber as error:
            found = str(error)
        assert found == expected

    @given(telephone_numbers())
    def test_every_way_in_gives_the_same_number(self, number: TelephoneNumber) -> None:
        assert TelephoneNumber(str(number)) == TelephoneNumber(int(number)) == number
        assert TelephoneNumber(f"{number.npa}{number.nxx}{number.line}") == number
        assert eval(repr(number)) == number


class TestFormat:
    @pytest.mark.parametrize(
        ("spec", "text"),
        [
            ("", "+14155550132"),
            ("e164", "+14155550132"),
            ("national", "(415) 555-0132"),
            ("dashed", "415-555-0132"),
            ("dotted", "415.555.0132"),
            ("international", "+1 415-555-0132"),
            ("rfc3966", "tel:+1-415-555-0132"),
            ("digits", "4155550132"),
        ],
    )
    def test_each_format_is_written_as_documented(self, spec: str, text: str) -> None:
        assert format(NUMBER, spec) == text

    def test_str_is_e164(self) -> None:
        assert str(NUMBER) == "+14155550132"

    @pytest.mark.parametrize("spec", ["E164", "10", "\x1b", "x" * 1000])
    def test_an_unknown_format_is_quoted_and_the_known_ones_are_named(self, spec: str) -> None:
        with pytest.raises(ValueError, match=r"unknown format '.*e164, national, .*digits$") as caught:
            format(NUMBER, spec)
        assert str(caught.value).isprintable()

    @given(telephone_numbers(), st.sampled_from(sorted(FORMATS)))
    def test_what_is_written_can_be_read_again(self, number: TelephoneNumber, spec: str) -> None:
        assert TelephoneNumber.parse(format(number, spec)) == number


class TestParse:
    @pytest.mark.parametrize(
        "text",
        [
            "4155550132",
            "(415) 555-0132",
            "(415)555-0132",
            "415) 555-0132",
            "(415 555-0132)",
            "[415] 555 0132",
            "415/555-0132",
            "415 . 555 . 0132",
            "415_555_0132",
            "415-5550132",
            "415555-0132",
            "415.555.01.32",
            "1-415-555-0132",
            "(1) 415-555-0132",
            "-1 (415) 555-0132",
            "1415 555 0132",
            "+1 415.555.0132",
            "+1415 555 0132",
            "(+1) 415 555 0132",
            "tel:+1-415-555-0132",
            "TEL: 415-555-0132",
            "001 415 555 0132",
            "00 1 415 555 0132",
            "011 1 415 555 0132",
            "01114155550132",
            "415\u00a0555\u00a00132",
            "415\u2013555\u20140132",
            "415\u2011555\u22120132",
            "415\u00ad555\u200b0132",
            "\u202a+1 415-555-0132\u202c",
            "\ufeff4155550132\r\n",
            "\uff0b\uff11 \uff08\uff14\uff11\uff15\uff09 \uff15\uff15\uff15\uff0d\uff10\uff11\uff13\uff12",
            "415-555-0132,",
            "415-555-0132.",
            LyingText("415-555-0132"),
        ],
    )
    def test_the_usual_spellings_are_one_number(self, text: str) -> None:
        assert TelephoneNumber.parse(text) == NUMBER

    @pytest.mark.parametrize(
        ("text", "digits"),
        [
            ("1-800-FLOWERS", 8003569377),
            ("1-800-G-O-F-E-D-E-X", 8004633339),
            ("(800) flowers", 8003569377),
            ("800 SIX-flag", 8007493524),
            ("+1 415 CALL NOW", 4152255669),
            ("011 1 800 FLOWERS", 8003569377),
            ("1-800-55-EXAMS", 8005539267),
            ("1-800-\uff26LOWERS", 8003569377),
        ],
    )
    def test_words_are_dialed_on_the_keypad(self, text: str, digits: int) -> None:
        assert int(TelephoneNumber.parse(text)) == digits

    @given(written_numbers())
    def test_generated_spellings_are_read(self, spelled: tuple[str, TelephoneNumber]) -> None:
        text, number = spelled
        assert TelephoneNumber.parse(text) == number

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("", "not_a_number"),
            ("   ", "not_a_number"),
            ("hello", "not_a_number"),
            ("tel:", "not_a_number"),
            ("+", "not_a_number"),
            ("415-555-01XX", "not_a_number"),
            ("415-555-XXXX", "not_a_number"),
            ("415-555-O132", "not_a_number"),
            ("FLOWERS-800", "not_a_number"),
            ("415-555-0132 (main)", "not_a_number"),
            ("call 415-555-0132", "not_a_number"),
            ("415-555-0132 x", "not_a_number"),
            ("415-555-0132 # main", "not_a_number"),
            ("415+555+0132", "not_a_number"),
            ("+ +1 415 555 0132", "not_a_number"),
            ("415@555@0132", "not_a_number"),
            ("+0 415 555 0132", "not_a_number"),
            ("2012-01-02 08", "not_a_number"),
            ("212.234.200.1", "not_a_number"),
            ("41 55 55 01 32", "not_a_number"),
            ("415-\n555-0132", "not_a_number"),
            ("415-555-0132é", "not_a_number"),
            ("911", "too_short"),
            ("555-0132", "too_short"),
            ("555-0132 x12", "too_short"),
            ("+1 415 555 013", "too_short"),
            ("011 1 415 555 013", "too_short"),
            ("11 555-555-5555", "too_long"),
            ("27576227382", "too_long"),
            ("415-555-0132 12", "too_long"),
            ("1-800-FLOWERSHOP", "too_long"),
            ("415-555-0132 x12345678", "too_long"),
            ("00000000000", "too_long"),
            ("+44 20 7946 0958", "foreign"),
            ("+7 495 123 45 67", "foreign"),
            ("+353 1 234 5678", "foreign"),
            ("+4", "foreign"),
            ("0044 20 7946 0958", "foreign"),
            ("01180012345678", "foreign"),
            ("(123) 456-7890", "area_code_format"),
            ("911-555-0132", "area_code_format"),
            ("415-055-0132", "exchange_format"),
            ("(212)123-1234 x508/ x1234", "exchange_format"),
            ("415-411-0132", "n11_exchange"),
            ("415-555-0132 / 415-555-0133", "several_numbers"),
            ("415-555-0132, 415-555-0133", "several_numbers"),
            ("415-555-0132 or 415-555-0133", "several_numbers"),
            ("415-555-0132 AND 1 (415) 555-0133", "several_numbers"),
            ("415-555-0132\n415-555-0133", "several_numbers"),
            ("415-555-0132 x12", "has_extension"),
        ],
    )
    def test_each_fault_has_its_reason(self, text: str, reason: str) -> None:
        error = parse_fault(text)
        assert (error.reason, error.text) == (reason, text)

    @pytest.mark.parametrize(
        "text",
        [
            "415-555-0132 x12",
            "415-555-0132x12",
            "(415) 555-0132 ext. 12",
            "415-555-0132 EXT12",
            "415-555-0132 extension: 12",
            "tel:+1-415-555-0132;ext=12",
            "415-555-0132,12",
            "415-555-0132 #12",
            "415-555-0132 ext. 12#",
            "800-555-0132 x12",
            "+1 800 SIX-flag ext. 12",
        ],
    )
    def test_an_extension_is_never_dropped(self, text: str) -> None:
        error = parse_fault(text)
        assert (error.reason, error.figures) == (Reason.HAS_EXTENSION, {"extension": "12"})
        number = error.hint.rpartition(" ")[2]
        assert number in {"+14155550132", "+18005550132", "+18007493524"}

    @given(st.sampled_from(sorted(written._USUAL)), st.lists(st.sampled_from("0124159"), min_size=11))
    def test_usual_shapes_are_known_by_sight_and_read_as_all_others_are(
        self, shape: bytes, digits: list[str]
    ) -> None:
        rest = iter(digits)
        text = "".join(next(rest) if mark == "0" else mark for mark in shape.decode())
        # What is not ASCII is worked through, and the mark is invisible.
        outcomes = []
        for spelled in (text, f"\u200e{text}"):
            try:
                outcomes.append(str(TelephoneNumber.parse(spelled)))
            except InvalidNumber as error:
                outcomes.append(f"{error.reason} {error.figures} {error.hint}")
        assert outcomes[0] == outcomes[1]

    @pytest.mark.parametrize("text", [None, 4155550132, b"4155550132", NUMBER])
    def test_only_text_is_parsed(self, text: Any) -> None:
        with pytest.raises(TypeError, match=type(text).__name__):
            TelephoneNumber.parse(text)

    @given(st.text(alphabet="0123456789 -.()+/;,xXextEabc#\u00a0\u2013\uff11\n", max_size=40))
    def test_whatever_is_read_has_every_digit_of_the_text(self, text: str) -> None:
        with contextlib.suppress(InvalidNumber):
            number = TelephoneNumber.parse(text)
            keypad = str.maketrans("abcetxABCETX\uff11", "222389222389" + "1")
            digits = "".join(filter("0123456789".__contains__, text.translate(keypad)))
            assert digits.removeprefix("00").removeprefix("011").removeprefix("1") in {
                f"{number:digits}",
                f"{number:digits}".removeprefix("1"),
            } or digits.endswith(f"{number:digits}")

    @given(st.text(max_size=60))
    def test_any_text_is_a_number_or_an_error_that_quotes_it(self, text: str) -> None:
        fault: InvalidNumber | None = None
        try:
            assert isinstance(TelephoneNumber.parse(text), TelephoneNumber)
        except InvalidNumber as error:
            fault = error
        if fault:
            assert fault.text == text
            assert str(fault).isprintable()


class TestArithmetic:
    def test_steps_lead_to_the_neighbors(self) -> None:
        assert NUMBER + 1 == TelephoneNumber("4155550133")
        assert NUMBER - 1 == NUMBER + -1 == TelephoneNumber("4155550131")
        assert NUMBER + 0 == NUMBER

    def test_the_distance_is_an_int(self) -> None:
        assert TelephoneNumber("4155550200") - NUMBER == 68
        assert NUMBER - TelephoneNumber("4155550200") == -68

    @pytest.mark.parametrize("steps", [9868, 2**400, -133, -(2**400)])
    def test_an_exchange_is_not_left(self, steps: int) -> None:
        with pytest.raises(CallerError, match=r"leaves the exchange 415-555"):
            NUMBER + steps
        with pytest.raises(CallerError, match=r"leaves the exchange 415-555"):
            NUMBER - -steps

    def test_the_message_says_which_way(self) -> None:
        with pytest.raises(ValueError, match=r"\+14155550132 - 133 leaves"):
            NUMBER - 133
        with pytest.raises(ValueError, match=r"\+14155550132 \+ 9868 leaves"):
            NUMBER + 9868

    def test_a_step_is_taken_as_the_int_that_it_is_whatever_its_methods_say(self) -> None:
        assert NUMBER + LyingInt(1) == TelephoneNumber("4155550133")
        assert NUMBER - LyingInt(1) == TelephoneNumber("4155550131")

    @pytest.mark.parametrize(
        "other",
        [True, 1.0, "1", None, Decimal(1), b"1", Pretender(int)],
        ids=lambda other: type(other).__name__,
    )
    def test_only_ints_are_steps(self, other: Any) -> None:
        with pytest.raises(TypeError):
            NUMBER + other
        with pytest.raises(TypeError):
            NUMBER - other

    @given(telephone_numbers(), st.integers(-10_000, 10_000))
    def test_steps_and_distance_agree(self, number: TelephoneNumber, steps: int) -> None:
        if 0 <= int(number.line) + steps <= 9999:
            assert (number + steps) - number == steps
            assert (number + steps) - steps == number


class TestComparison:
    def test_it_equals_only_numbers(self) -> None:
        assert NUMBER == TelephoneNumber(4155550132)
        assert NUMBER != TelephoneNumber(4155550133)
        assert NUMBER != 4155550132
        assert NUMBER != "+14155550132"
        assert NUMBER == AlwaysEqual()
        assert NUMBER != NeverEqual()

    def test_equal_numbers_have_equal_hashes(self) -> None:
        assert len({NUMBER, TelephoneNumber(4155550132)}) == 1

    @given(telephone_numbers(), telephone_numbers())
    def test_numbers_sort_as_their_digits(self, a: TelephoneNumber, b: TelephoneNumber) -> None:
        assert (a < b, a <= b, a > b, a >= b) == (
            int(a) < int(b),
            int(a) <= int(b),
            int(a) > int(b),
            int(a) >= int(b),
        )

    def test_strangers_decide_for_themselves(self) -> None:
        assert NUMBER < AlwaysLarger()
        assert NUMBER <= AlwaysLarger()
        assert NUMBER > AlwaysSmaller()
        assert NUMBER >= AlwaysSmaller()
        with pytest.raises(TypeError):
            NUMBER < 4155550133  # noqa: B015


class TestPatterns:
    def test_a_number_is_matched_by_its_parts_in_order_or_by_name(self) -> None:
        match NUMBER:
            case TelephoneNumber("415", nxx, line):
                assert (nxx, line) == ("555", "0132")
            case _:
                pytest.fail("the parts of a number are its area code, exchange and line")
        match NUMBER:
            case TelephoneNumber(npa="212"):
                pytest.fail("the area code is 415")
            case TelephoneNumber(line="0132", exchange=Exchange("415", nxx)):
                assert nxx == "555"
            case _:
                pytest.fail("a part can be named")

    def test_it_goes_where_text_goes(self) -> None:
        assert json.dumps({"number": NUMBER}, default=str) == '{"number": "+14155550132"}'
        assert f"call {NUMBER:national} or {NUMBER}" == "call (415) 555-0132 or +14155550132"
        assert "%s" % NUMBER == "+14155550132"  # noqa: UP031


class TestImmutability:
    def test_nothing_can_be_set_or_deleted(self) -> None:
        with pytest.raises(AttributeError, match="TelephoneNumber is immutable"):
            NUMBER._digits = 1
        with pytest.raises(AttributeError, match="cannot delete '_digits'"):
            del NUMBER._digits
        with pytest.raises(AttributeError):
            NUMBER.note = "x"
        with pytest.raises(AttributeError):
            NUMBER.__class__ = Exchange  # type: ignore[assignment]
        assert not hasattr(NUMBER, "__dict__")
        assert NUMBER == TelephoneNumber(4155550132)

    def test_copies_are_the_number_itself(self) -> None:
        assert copy.copy(NUMBER) is NUMBER
        assert copy.deepcopy([NUMBER])[0] is NUMBER

    @pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
    def test_it_survives_pickle(self, protocol: int) -> None:
        assert pickle.loads(pickle.dumps(NUMBER, protocol)) == NUMBER

    def test_a_tampered_pickle_makes_no_invalid_number(self) -> None:
        data = pickle.dumps(NUMBER, 0)
        assert data.count(b"4155550132") == 1
        with pytest.raises(InvalidNumber):
            pickle.loads(data.replace(b"4155550132", b"4150550132"))

    def test_it_cannot_be_subclassed(self) -> None:
        with pytest.raises(TypeError, match="TelephoneNumber cannot be subclassed"):
            type("Special", (TelephoneNumber,), {})
