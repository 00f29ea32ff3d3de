"""Whatever can be saved comes back as it was, fits the schema, and nothing of the package is forgotten."""

from __future__ import annotations

import importlib
import json
import pkgutil
import subprocess
import sys
from enum import Enum
from typing import Any, get_args

import attrs
import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pstnkit
from pstnkit.lifecycle import commands
from pstnkit.lifecycle.events import Decision, Report
from pstnkit.lifecycle.record import Record
from pstnkit.saved import from_json, json_schema, to_json
from pstnkit.saved.forms import form_of
from pstnkit.saved.kinds import kinds, name_of, states, table
from pstnkit.stores import protocol
from pstnkit.testing import savable_values

KINDS = list(kinds())
# There are many kinds: a few of each do, unless the profile asks for more.
patient = settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    max_examples=settings().max_examples // 12,
)


def _classes() -> list[type]:
    """Every class that the package defines."""
    found = []
    for module in pkgutil.walk_packages(pstnkit.__path__, "pstnkit."):
        if not module.name.endswith("__main__"):
            imported = importlib.import_module(module.name)
            found += [
                value
                for value in vars(imported).values()
                if isinstance(value, type) and value.__module__ == module.name
            ]
    return found


CLASSES = _classes()


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_saved_comes_back_as_it_was_and_fits_the_schema(kind: str) -> None:
    validator = jsonschema.Draft202012Validator(json_schema(kind))

    @patient
    @given(savable_values(kinds()[kind]))
    def comes_back(value: Any) -> None:
        text = to_json(value, secrets="include")
        loaded = from_json(text)
        assert type(loaded) is type(value)
        assert loaded == value
        assert to_json(loaded, secrets="include") == text
        validator.validate(json.loads(text))

    comes_back()


@patient
@given(st.lists(savable_values(), max_size=3))
def test_several_values_are_one_text_and_come_back_in_their_order(values: list[Any]) -> None:
    text = to_json(values, secrets="include")
    assert from_json(text) == tuple(values)
    assert to_json(tuple(values), secrets="include") == text


def test_the_schema_of_all_kinds_is_sound_and_takes_each_of_them() -> None:
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["properties"]["kind"]["enum"] == [*KINDS, "list"]
    validator = jsonschema.Draft202012Validator(schema)
    for kind in ("civic_address", "exchange", "number_set"):

        @settings(max_examples=1)
        @given(savable_values(kinds()[kind]))
        def fits(value: Any) -> None:
            saved = json.loads(to_json(value))
            validator.validate(saved)
            assert not validator.is_valid({**saved, "kind": "number_order"})
            assert not validator.is_valid({**saved, "odd": 1})

        fits()


def test_a_schema_is_asked_for_by_a_kind_that_there_is() -> None:
    with pytest.raises(ValueError, match="'number_odrer' is no kind of saved text; there are accept_"):
        json_schema("number_odrer")


def test_every_decision_report_record_command_and_policy_can_be_saved() -> None:
    known = set(kinds().values())
    bodies = {
        kind
        for kind in CLASSES
        if issubclass(kind, Decision | Report) and attrs.has(kind) and not kind.__subclasses__()
    }
    assert bodies
    assert bodies <= known
    assert set(get_args(protocol.Record)) <= known
    records = {kind for kind in CLASSES if issubclass(kind, Record) and not kind.__subclasses__()}
    assert records <= known
    policies = {kind for kind in CLASSES if kind.__name__.endswith("Policy")}
    policies = {kind for kind in policies if not issubclass(kind, Exception)}
    assert {"FulfillmentPolicy", "InventoryPolicy", "PastePolicy"} <= {kind.__name__ for kind in policies}
    assert policies <= known
    assert {kind for kind in CLASSES if kind.__module__ == commands.__name__} <= known


def test_every_member_of_what_a_state_may_be_has_a_name_of_its_own() -> None:
    assert states()["port_status.cancelled"] is not states()["order_status.cancelled"]
    enums = {type(state) for state in states().values()}
    assert len(states()) == sum(map(len, enums))


def test_the_names_of_kinds_are_those_of_their_classes() -> None:
    assert {name: kind.__name__.lower() for name, kind in kinds().items()} == {
        name: name.replace("_", "") for name in kinds()
    }
    assert not any(issubclass(kind, Enum) for kind in kinds().values())


def test_no_field_is_named_as_the_tag_is_by_which_an_object_says_what_it_is() -> None:
    for kind in kinds().values():
        assert not attrs.has(kind) or "type" not in {field.alias for field in attrs.fields(kind)}
        assert name_of(kind) != "list"


def test_what_somebody_else_derives_is_no_kind_of_ours() -> None:
    @attrs.frozen
    class Mine(Decision):
        word = "mine"

    assert "mine" not in kinds()
    with pytest.raises(TypeError, match="a Mine cannot be saved: it is no record, event or value of pstnkit"):
        to_json(Mine())


def test_two_classes_of_one_name_cannot_both_be_saved() -> None:
    @attrs.frozen
    class Exchange:
        code: int

    with pytest.raises(TypeError, match="would be saved under one name"):
        table([pstnkit.Exchange], [Exchange])


def test_a_type_without_a_form_is_an_error_that_names_it() -> None:
    with pytest.raises(TypeError, match="values of the type <class 'complex'> have no saved form"):
        form_of(complex)


def test_saving_loads_cattrs_and_importing_does_not() -> None:
    program = (
        "import sys, pstnkit, pstnkit.saved; before = 'cattrs' in sys.modules;"
        "pstnkit.to_json(pstnkit.Exchange('415555')); print(before, 'cattrs' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]
