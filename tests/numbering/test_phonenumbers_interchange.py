"""Numbers to and from phonenumbers, and what phonenumbers knows of them: nothing lost, nothing made up."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import PhoneNumber
from phonenumbers.phonenumber import FrozenPhoneNumber

from pstnkit import CallerError, InvalidNumber, TelephoneNumber, plan
from pstnkit.testing import area_codes, telephone_numbers

NUMBER = TelephoneNumber("4155550132")


def fault_of(number: Any) -> InvalidNumber:
    with pytest.raises(InvalidNumber) as caught:
        TelephoneNumber.from_phonenumbers(number)
    return caught.value


class TestThereAndBack:
    @given(telephone_numbers())
    def test_a_number_comes_back_as_itself(self, number: TelephoneNumber) -> None:
        theirs = number.to_phonenumbers()
        assert TelephoneNumber.from_phonenumbers(theirs) == number
        assert phonenumbers.format_number(theirs, phonenumbers.PhoneNumberFormat.E164) == str(number)

    @given(telephone_numbers(npas=area_codes("in_service")))
    def test_it_is_what_phonenumbers_reads_itself(self, number: TelephoneNumber) -> None:
        assert number.to_phonenumbers() == phonenumbers.parse(str(number))

    def test_an_extension_goes_along_when_it_is_given(self) -> None:
        theirs = NUMBER.to_phonenumbers(extension="012")
        assert theirs == phonenumbers.parse("+14155550132;ext=012")

    @pytest.mark.parametrize("extension", ["", "x12", "1 2", "١٢", "1" * 41, "12\n"])
    def test_what_is_no_extension_is_refused(self, extension: str) -> None:
        with pytest.raises(CallerError, match="is no extension; one is 1 to 40 digits"):
            NUMBER.to_phonenumbers(extension=extension)

    @pytest.mark.parametrize("extension", [12, b"12", True])
    def test_an_extension_is_text(self, extension: Any) -> None:
        with pytest.raises(TypeError, match=f"a str, not {type(extension).__name__}"):
            NUMBER.to_phonenumbers(extension=extension)


class TestFromTheirs:
    def test_how_it_was_written_is_no_part_of_a_number(self) -> None:
        theirs = phonenumbers.parse("1-415-555-0132", "US", keep_raw_input=True)
        assert theirs.raw_input
        assert TelephoneNumber.from_phonenumbers(theirs) == NUMBER
        assert TelephoneNumber.from_phonenumbers(FrozenPhoneNumber(theirs)) == NUMBER

    def test_what_phonenumbers_does_not_take_for_valid_is_a_number_all_the_same(self) -> None:
        theirs = phonenumbers.parse("+13572012345")
        assert TelephoneNumber.from_phonenumbers(theirs) == TelephoneNumber("+13572012345")

    def test_an_extension_is_never_dropped(self) -> None:
        error = fault_of(phonenumbers.parse("415-555-0132 x12", "US"))
        assert (error.reason, error.text, error.figures) == (
            "has_extension",
            "+14155550132;ext=12",
            {"extension": "12"},
        )
        assert "the number alone is +14155550132" in error.hint

    def test_a_carrier_to_dial_through_is_never_dropped(self) -> None:
        error = fault_of(PhoneNumber(1, 4155550132, preferred_domestic_carrier_code="15"))
        assert (error.reason, error.text) == ("not_a_number", "+14155550132")
        assert error.hint == "keep apart that it is to be dialed through the carrier '15'"

    def test_a_leading_zero_is_never_dropped(self) -> None:
        error = fault_of(PhoneNumber(1, 4155550132, italian_leading_zero=True, number_of_leading_zeros=10**9))
        assert (error.reason, error.text) == ("not_a_number", "+104155550132")

    def test_what_is_empty_says_nothing_that_could_be_dropped(self) -> None:
        theirs = PhoneNumber(
            1, 4155550132, extension="", italian_leading_zero=False, preferred_domestic_carrier_code=""
        )
        assert TelephoneNumber.from_phonenumbers(theirs) == NUMBER

    @pytest.mark.parametrize(
        ("text", "code"), [("+442079460958", 44), ("+390612345678", 39), ("+80012345678", 800)]
    )
    def test_other_countries_are_named_by_their_code(self, text: str, code: int) -> None:
        error = fault_of(phonenumbers.parse(text))
        assert (error.reason, error.figures) == ("foreign", {"country": f"country code +{code}"})
        assert error.text == text

    @pytest.mark.parametrize(
        ("country", "national", "reason", "text"),
        [
            (None, None, "not_a_number", "+??"),
            (1, None, "not_a_number", "+1?"),
            (None, 4155550132, "not_a_number", "+?4155550132"),
            (0, 4155550132, "foreign", "+04155550132"),
            (1, 415555, "too_short", "+1415555"),
            (1, 14155550132, "too_long", "+114155550132"),
            (1, 1155550132, "area_code_format", "+11155550132"),
            (1, 4150550132, "exchange_format", "+14150550132"),
            (1, 4154110132, "n11_exchange", "+14154110132"),
            (1, -4155550132, "not_a_number", "+1-4155550132"),
            pytest.param(1, 10**5000, "too_long", "+1an int of 16610 bits", id="endless"),
        ],
    )
    def test_each_fault_has_its_reason(
        self, country: int | None, national: int | None, reason: str, text: str
    ) -> None:
        error = fault_of(PhoneNumber(country, national))
        assert (error.reason, error.text) == (reason, text)

    @pytest.mark.parametrize("stranger", [NUMBER, "+14155550132", 4155550132, None])
    def test_other_types_are_refused_by_name(self, stranger: Any) -> None:
        with pytest.raises(TypeError, match=f"PhoneNumber, not {type(stranger).__name__}$"):
            TelephoneNumber.from_phonenumbers(stranger)

    @pytest.mark.parametrize("national", ["4155550132", 4155550132.0, True])
    def test_an_object_that_was_filled_with_other_types_is_refused(self, national: Any) -> None:
        theirs = PhoneNumber(1)
        theirs.national_number = national
        assert fault_of(theirs).reason == "not_a_number"


class TestPlace:
    @pytest.mark.parametrize(
        ("digits", "place"),
        [
            ("4153982010", "San Francisco, CA"),
            ("2122012345", "New York, NY"),
            ("4152012671", "California"),
            ("8765115013", "Jamaica"),
            ("7872012345", "Puerto Rico"),
            ("3572012345", "United States"),  # new, and unknown to phonenumbers
            ("8003569377", None),
            ("9005551234", None),
            ("5002345678", None),
            ("2222345678", None),
        ],
    )
    def test_it_is_the_closest_that_is_known(self, digits: str, place: str | None) -> None:
        assert TelephoneNumber(digits).place == place


class TestTimezones:
    @pytest.mark.parametrize(
        ("digits", "zones"),
        [
            ("4155550132", ("America/Los_Angeles",)),
            ("8504321234", ("America/Chicago",)),
            ("8502221234", ("America/Chicago", "America/New_York")),
            ("3642012345", ("America/Chicago", "America/New_York")),  # an overlay that spans both
            ("6892012345", ("America/New_York",)),  # Central, says phonenumbers
            ("2082012345", ("America/Boise", "America/Los_Angeles")),
            ("8795550123", ("America/St_Johns", "America/Goose_Bay")),  # with Puerto Rico, says phonenumbers
            ("2735550123", ("America/Toronto",)),  # planned
            ("8003569377", ()),
            ("2222345678", ()),
        ],
    )
    def test_they_are_those_of_the_exchange_or_of_its_area_code(
        self, digits: str, zones: tuple[str, ...]
    ) -> None:
        assert TelephoneNumber(digits).timezones == zones

    @given(telephone_numbers())
    def test_they_are_never_others_than_those_of_the_area_code(self, number: TelephoneNumber) -> None:
        known = plan.area_code(number.npa).timezones
        assert set(number.timezones) <= set(known)
        assert bool(number.timezones) == bool(known)

    @given(st.sampled_from([code for code in plan.area_codes() if len(code.timezones) == 1]), st.data())
    def test_one_zone_of_the_area_code_is_that_of_the_number(self, code: Any, data: st.DataObject) -> None:
        number = data.draw(telephone_numbers(npas=st.just(code.npa)))
        assert number.timezones == code.timezones


class TestCarrierName:
    @pytest.mark.parametrize(
        ("digits", "name"), [("8765115013", "C&W"), ("4155550132", None), ("8003569377", None)]
    )
    def test_it_is_told_where_it_is_known(self, digits: str, name: str | None) -> None:
        assert TelephoneNumber(digits).carrier_name == name


def test_phonenumbers_is_loaded_on_first_need_only() -> None:
    program = (
        "import sys; from pstnkit import TelephoneNumber; n = TelephoneNumber(4155550132);"
        "print(n.timezones, 'phonenumbers' in sys.modules); n.place; print('phonenumbers' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "('America/Los_Angeles',) False\nTrue\n"
