"""Values are fields of pydantic models: read leniently or strictly, written plainly, described in JSON schema."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Annotated, Any

import pytest
from hypothesis import given
from pydantic import BaseModel, TypeAdapter, ValidationError

from probes import LyingText
from pstnkit import AsWritten, Exchange, NumberRange, NumberSet, TelephoneNumber
from pstnkit.testing import exchanges, number_ranges, number_sets, telephone_numbers

NUMBER = TelephoneNumber("4155550132")
HUNDRED = NumberRange("4155550100", "4155550199")
NUMBERS: TypeAdapter[TelephoneNumber] = TypeAdapter(TelephoneNumber)
EXCHANGES: TypeAdapter[Exchange] = TypeAdapter(Exchange)
RANGES: TypeAdapter[NumberRange] = TypeAdapter(NumberRange)
SETS: TypeAdapter[NumberSet] = TypeAdapter(NumberSet)
ENDS = {"first": "+14155550100", "last": "+14155550199"}


class Line(BaseModel):
    """A model as users write one."""

    number: TelephoneNumber
    exchange: Exchange | None = None
    spare: NumberRange | None = None
    pool: NumberSet = NumberSet()
    users: dict[TelephoneNumber, str] = {}


FULL = Line(
    number=NUMBER,
    exchange=NUMBER.exchange,
    spare=HUNDRED,
    pool=NumberSet([HUNDRED, NUMBER + 500]),
    users={NUMBER: "Dana Reed"},
)


def faults(adapter: TypeAdapter[Any], value: Any, **how: Any) -> list[tuple[str, tuple[int | str, ...], str]]:
    with pytest.raises(ValidationError) as caught:
        adapter.validate_python(value, **how)
    return [(error["type"], error["loc"], error["msg"]) for error in caught.value.errors()]


class TestReading:
    @pytest.mark.parametrize(
        "source",
        [NUMBER, "+14155550132", "4155550132", "14155550132", 4155550132, LyingText("4155550132")],
        ids=repr,
    )
    def test_what_the_class_takes_is_taken(self, source: Any) -> None:
        assert NUMBERS.validate_python(source) == NUMBER

    def test_a_value_stays_what_it_is(self) -> None:
        assert NUMBERS.validate_python(NUMBER) is NUMBER
        assert NUMBERS.validate_python(NUMBER, strict=True) is NUMBER

    @pytest.mark.parametrize("source", ["415-555", "415555", 415555, NUMBER.exchange])
    def test_an_exchange_is_read_in_every_form_of_its_own(self, source: Any) -> None:
        assert EXCHANGES.validate_python(source) == NUMBER.exchange

    @pytest.mark.parametrize("source", [HUNDRED, ENDS, {"first": HUNDRED.first, "last": 4155550199}])
    def test_a_range_is_an_object_of_its_ends(self, source: Any) -> None:
        assert RANGES.validate_python(source) == HUNDRED

    @pytest.mark.parametrize(
        "source",
        [NumberSet([HUNDRED, NUMBER + 500]), [ENDS, "+14155550632"], [NUMBER + 500, HUNDRED, NUMBER, ENDS]],
        ids=["itself", "plain", "values"],
    )
    def test_a_set_is_a_list_of_ranges_and_numbers(self, source: Any) -> None:
        assert SETS.validate_python(source) == FULL.pool


class TestAsWritten:
    WRITTEN: TypeAdapter[TelephoneNumber] = TypeAdapter(Annotated[TelephoneNumber, AsWritten()])

    @pytest.mark.parametrize("source", ["(415) 555-0132", "tel:+1-415-555-0132", 4155550132, NUMBER])
    def test_what_people_write_is_read(self, source: Any) -> None:
        assert self.WRITTEN.validate_python(source) == NUMBER

    def test_it_is_read_in_json_too_and_written_as_e164(self) -> None:
        assert self.WRITTEN.validate_json('"(415) 555-0132"', strict=True) == NUMBER
        assert self.WRITTEN.dump_json(NUMBER) == b'"+14155550132"'

    def test_what_cannot_be_read_says_why(self) -> None:
        [(kind, _, message)] = faults(self.WRITTEN, "415-555-0132 x12")
        assert kind == "invalid_telephone_number"
        assert "keep the extension apart" in message
        assert faults(self.WRITTEN, b"4155550132")[0][0] == "invalid_telephone_number"
        assert faults(self.WRITTEN, "(415) 555-0132", strict=True)[0][0] == "is_instance_of"

    def test_its_schema_promises_no_pattern(self) -> None:
        assert "pattern" not in self.WRITTEN.json_schema()
        assert repr(AsWritten()) == "AsWritten()"


class TestRefusals:
    def test_the_error_has_a_type_the_sentence_and_the_reason(self) -> None:
        with pytest.raises(ValidationError) as caught:
            Line.model_validate({"number": "+14155550132,12"})
        [error] = caught.value.errors(include_url=False)
        assert error == {
            "type": "invalid_telephone_number",
            "loc": ("number",),
            "msg": "'+14155550132,12' is a number with the extension 12 "
            "(keep the extension apart; the number alone is +14155550132)",
            "input": "+14155550132,12",
            "ctx": {
                "reason": "has_extension",
                "hint": "keep the extension apart; the number alone is +14155550132",
                "error": error["msg"],
            },
        }

    @pytest.mark.parametrize("value", [True, b"4155550132", 4155550132.0, None, ["4155550132"]])
    def test_other_types_are_refused_by_name(self, value: Any) -> None:
        kind = type(value).__name__
        message = f"a TelephoneNumber is made from a str or an int, not {kind}"
        assert faults(NUMBERS, value) == [("invalid_telephone_number", (), message)]

    @pytest.mark.parametrize("text", ["{error}", "{reason}{hint}", "{", "{0}", "\ud800"])
    def test_braces_and_half_characters_of_the_input_stay_what_they_are(self, text: str) -> None:
        [(_, _, message)] = faults(NUMBERS, text)
        assert message.startswith(repr(text))

    def test_each_fault_of_a_range_has_its_place(self) -> None:
        assert [fault[:2] for fault in faults(RANGES, {"first": "415", "last": None})] == [
            ("invalid_telephone_number", ("first",)),
            ("invalid_telephone_number", ("last",)),
        ]
        assert [fault[:2] for fault in faults(RANGES, {"first": "4155550100", "end": 1})] == [
            ("missing", ("last",)),
            ("extra_forbidden", ("end",)),
        ]
        assert faults(RANGES, {"first": NUMBER + 1, "last": NUMBER}) == [
            (
                "invalid_number_range",
                (),
                "+14155550133..+14155550132 is no range: its last number comes before its first",
            )
        ]
        assert faults(RANGES, "4155550100..4155550199")[0][0] == "dict_type"

    def test_each_fault_of_a_set_has_its_place(self) -> None:
        assert [
            fault[:2] for fault in faults(SETS, ["4155550132", "415", {"first": "415", "last": "x"}])
        ] == [
            ("invalid_telephone_number", (1, "number")),
            ("invalid_telephone_number", (2, "range", "first")),
            ("invalid_telephone_number", (2, "range", "last")),
        ]
        assert faults(SETS, "4155550132")[0][0] == "list_type"

    @pytest.mark.parametrize(
        ("adapter", "value"),
        [
            (NUMBERS, "+14155550132"),
            (NUMBERS, 4155550132),
            (EXCHANGES, "415-555"),
            (RANGES, ENDS),
            (SETS, []),
        ],
    )
    def test_strict_code_has_to_pass_values(self, adapter: TypeAdapter[Any], value: Any) -> None:
        assert faults(adapter, value, strict=True)[0][0] == "is_instance_of"


class TestJson:
    def test_it_is_written_plainly_and_read_back(self) -> None:
        assert json.loads(FULL.model_dump_json()) == {
            "number": "+14155550132",
            "exchange": "415-555",
            "spare": ENDS,
            "pool": [ENDS, {"first": "+14155550632", "last": "+14155550632"}],
            "users": {"+14155550132": "Dana Reed"},
        }
        assert FULL.model_dump()["pool"] == FULL.pool
        for strict in (False, True):
            assert Line.model_validate_json(FULL.model_dump_json(), strict=strict) == FULL
        assert Line.model_validate(FULL.model_dump()) == FULL

    @given(telephone_numbers(), exchanges(), number_ranges(), number_sets())
    def test_every_value_comes_back(
        self, number: TelephoneNumber, exchange: Exchange, part: NumberRange, numbers: NumberSet
    ) -> None:
        line = Line(number=number, exchange=exchange, spare=part, pool=numbers, users={number: "x"})
        assert Line.model_validate_json(line.model_dump_json(), strict=True) == line

    def test_an_int_is_a_number_unless_json_is_read_strictly(self) -> None:
        assert NUMBERS.validate_json("4155550132") == NUMBER
        with pytest.raises(ValidationError, match="valid string"):
            NUMBERS.validate_json("4155550132", strict=True)

    @pytest.mark.parametrize("text", ["true", "4155550132.0", "null", '"415"', "[]"])
    def test_what_is_no_number_is_refused(self, text: str) -> None:
        with pytest.raises(ValidationError):
            NUMBERS.validate_json(text)


class TestSchema:
    @pytest.mark.parametrize("mode", ["validation", "serialization"])
    def test_what_is_written_and_what_is_read_is_described(self, mode: Any) -> None:
        number = {
            "type": "string",
            "format": "phone",
            "pattern": "^(\\+?1)?[2-9][0-9]{2}[2-9][0-9]{6}$",
            "examples": ["+14155550132"],
        }
        ends = {
            "type": "object",
            "properties": {"first": number, "last": number},
            "required": ["first", "last"],
            "additionalProperties": False,
        }
        assert NUMBERS.json_schema(mode=mode) == {"title": "TelephoneNumber", **number}
        assert EXCHANGES.json_schema(mode=mode)["examples"] == ["415-555"]
        assert RANGES.json_schema(mode=mode) == {"title": "NumberRange", **ends}
        assert SETS.json_schema(mode=mode) == {
            "title": "NumberSet",
            "type": "array",
            "items": {"anyOf": [ends, number]},
        }

    def test_a_description_is_the_callers_to_change(self) -> None:
        RANGES.json_schema()["properties"]["first"]["type"] = "integer"
        assert RANGES.json_schema()["properties"]["first"]["type"] == "string"


def test_pydantic_is_not_loaded_by_the_values_themselves() -> None:
    program = (
        "import sys; from pstnkit import TelephoneNumber, NumberSet, NumberRange; "
        "NumberSet([TelephoneNumber(4155550132)]); print('pydantic' in sys.modules, 'pydantic_core' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False False\n"
