"""The strategies make what they say, and hypothesis finds them by the types of the values."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from typing import Any, get_origin

import attrs
import pytest
from hypothesis import find, given
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable

from pstnkit import (
    AreaCode,
    CallerError,
    Exchange,
    NumberBook,
    NumberingPlan,
    NumberMap,
    NumberRange,
    NumberSet,
    TelephoneNumber,
    plan,
    read_numbers,
)
from pstnkit import testing as provided
from pstnkit.ordering.orders import Wanted
from pstnkit.testing import savable
from pstnkit.testing.plugin import register

OPEN_LATER = date(2028, 1, 1)


class TestStrategies:
    @given(provided.area_codes("in_service", on=OPEN_LATER))
    def test_area_codes_have_the_status_asked_for_on_that_day(self, npa: str) -> None:
        assert plan.area_code(npa, on=OPEN_LATER).status == "in_service"

    def test_a_code_that_opens_later_is_among_those_of_that_day_only(self) -> None:
        assert find(provided.area_codes("in_service", on=OPEN_LATER), lambda npa: npa == "565") == "565"
        assert find(provided.area_codes("planned", kind="geographic"), lambda npa: npa == "565") == "565"

    @given(provided.area_codes(kind="premium"))
    def test_area_codes_have_the_kind_asked_for(self, npa: str) -> None:
        assert npa == "900"

    def test_what_no_area_code_is_cannot_be_made(self) -> None:
        with pytest.raises(CallerError, match="no area code is premium and planned"):
            provided.area_codes("planned", kind="premium")
        with pytest.raises(CallerError, match="'open' is unknown to the plan"):
            provided.area_codes("open")

    @given(provided.savable_values(NumberBook))
    def test_a_value_that_can_be_saved_is_true_in_itself(self, book: NumberBook) -> None:
        assert sum(book.counts.values()) == len(book.records)

    def test_what_a_class_refuses_is_made_anew(self) -> None:
        nowhere = savable._built(Wanted, state=st.none(), npa=st.none())
        with pytest.raises(Unsatisfiable):
            find(nowhere, lambda _: True)

    def test_what_cannot_be_saved_has_no_strategy(self) -> None:
        with pytest.raises(CallerError, match="values of the class NumberingPlan cannot be saved"):
            provided.savable_values(NumberingPlan)

    @given(st.data())
    def test_another_plan_is_asked_when_one_is_given(self, data: st.DataObject) -> None:
        other = NumberingPlan(plan.to_text())
        npa = data.draw(provided.area_codes("in_service", plan=other))
        assert other.area_code(npa).status == "in_service"
        assert data.draw(provided.area_code_answers(plan=other)) in plan.area_codes()

    @given(provided.area_code_answers(OPEN_LATER))
    def test_answers_about_area_codes_are_those_of_the_day(self, code: AreaCode) -> None:
        assert code == plan.area_code(code.npa, OPEN_LATER)

    @given(provided.telephone_numbers(npas=st.sampled_from(["415", "876"])))
    def test_numbers_keep_to_the_area_codes_asked_for(self, number: TelephoneNumber) -> None:
        assert number.npa in {"415", "876"}

    @given(provided.ordinary_numbers(OPEN_LATER))
    def test_ordinary_numbers_are_set_apart_by_nothing(self, number: TelephoneNumber) -> None:
        found = plan.classify(number, OPEN_LATER)
        assert (found.kind, plan.area_code(number.npa, OPEN_LATER).status) == ("ordinary", "in_service")

    @given(provided.pastes(max_size=8))
    def test_pastes_mean_their_numbers_in_order(self, paste: tuple[str, list[TelephoneNumber]]) -> None:
        text, numbers = paste
        report = read_numbers(text)
        assert [number for entry in report for number in entry.numbers] == numbers
        assert report.counts.invalid == 0

    @given(provided.pastes(st.just(TelephoneNumber("8005550100")), max_size=3))
    def test_pastes_can_be_of_other_numbers(self, paste: tuple[str, list[TelephoneNumber]]) -> None:
        assert {str(number) for number in paste[1]} <= {"+18005550100"}


@attrs.resolve_types
@attrs.frozen
class Line:
    """A record as users write one."""

    number: TelephoneNumber
    spare: NumberRange


@dataclass(frozen=True)
class Customer:
    """Another."""

    numbers: NumberSet
    status: NumberMap[bool]
    home: Exchange
    code: AreaCode


class TestTheModule:
    def test_it_lists_what_it_has(self) -> None:
        assert set(provided.__all__) <= set(dir(provided))
        assert all(callable(getattr(provided, name)) for name in provided.__all__)

    def test_a_name_that_it_does_not_have_is_an_error(self) -> None:
        with pytest.raises(AttributeError, match="has no attribute 'telephones'"):
            _ = provided.telephones


class TestPlugin:
    @pytest.mark.parametrize(
        "kind", [TelephoneNumber, Exchange, NumberRange, NumberSet, AreaCode, NumberMap, NumberMap[int]]
    )
    @given(data=st.data())
    def test_a_value_of_each_type_is_made_from_the_type_alone(self, kind: Any, data: st.DataObject) -> None:
        assert isinstance(data.draw(st.from_type(kind)), get_origin(kind) or kind)

    @given(st.from_type(NumberMap[int]))
    def test_the_values_of_a_map_are_of_its_type(self, numbers: NumberMap[int]) -> None:
        assert {type(value) for value in numbers.values()} <= {int}

    @given(st.builds(Line), st.builds(Customer))
    def test_records_with_such_fields_can_be_built(self, line: Line, customer: Customer) -> None:
        assert isinstance(line.number, TelephoneNumber)
        assert isinstance(line.spare, NumberRange)
        assert {type(value) for value in customer.status.values()} <= {bool}

    def test_the_strategies_are_loaded_when_the_first_example_is_made(self) -> None:
        program = (
            "import hypothesis, sys; print('pstnkit.testing.plugin' in sys.modules);"
            "print('pstnkit.testing.strategies' in sys.modules, 'pstnkit.numbering.plan' in sys.modules)"
        )
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        assert done.stdout == "True\nFalse False\n"

    def test_registering_again_does_no_harm(self) -> None:
        register()
        assert isinstance(find(st.from_type(Exchange), lambda _: True), Exchange)

    @pytest.mark.parametrize("first", ["hypothesis", "pstnkit.testing", "pstnkit.testing.plugin"])
    def test_whoever_is_imported_first_both_know_each_other(self, first: str) -> None:
        program = (
            f"import {first}; from hypothesis import strategies as st, find; from pstnkit import Exchange;"
            "print(type(find(st.from_type(Exchange), bool)).__name__)"
        )
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        assert done.stdout == "Exchange\n"
