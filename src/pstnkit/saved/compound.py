"""The forms of types that are made of others: tuples, sets, mappings, enumerations, and what may be one of several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from attrs import evolve

from pstnkit.ordering.shelf import Shelf
from pstnkit.saved.faults import Faults, below, expected, kind_of, shown, step
from pstnkit.saved.form import TAG, Form, check_members, closed_object, read_all, read_members
from pstnkit.saved.kinds import name_of, qualified, states
from pstnkit.saved.leaves import LEAVES
from pstnkit.saved.pieces import distinct


def tuple_form(element: Form) -> Form:
    """The form of a tuple of any length."""
    return Form(
        what="several values",
        sort="list",
        holds=lambda value: isinstance(value, tuple),
        write=lambda values: list(map(element.written, values)),
        read=lambda plain: tuple(read_all(element.read, plain, f"an array, each {element.what}")),
        schema=lambda: {"type": "array", "items": element.schema()},
    )


def frozenset_form(element: Form) -> Form:
    """The form of a frozen set: an array in order."""
    return Form(
        what="a set of values",
        sort="list",
        holds=lambda value: isinstance(value, frozenset),
        write=lambda values: sorted(map(element.written, values)),
        read=lambda plain: frozenset(
            distinct(read_all(element.read, plain, f"an array, each {element.what}"), plain)
        ),
        schema=lambda: {"type": "array", "items": element.schema(), "uniqueItems": True},
    )


def mapping_form(keys: Form, values: Form) -> Form:
    """The form of a mapping: an object, whose keys are written as text."""

    def read(plain: Any) -> dict[Any, Any]:
        if type(plain) is not dict:
            raise expected("an object", plain)
        found, faults = {}, []
        for name, held in plain.items():
            try:
                found[keys.read(name)] = values.read(held)
            except Faults as error:
                faults += below(step(name), error)
        if faults:
            raise Faults(faults)
        return found

    return Form(
        what="a mapping",
        sort="object",
        holds=lambda value: isinstance(value, Mapping),
        write=lambda held: {keys.written(key): values.written(value) for key, value in held.items()},
        read=read,
        schema=lambda: {
            "type": "object",
            "propertyNames": keys.schema(),
            "additionalProperties": values.schema(),
        },
    )


def shelf_form(values: Form) -> Form:
    """The form of a shelf: an object by the names of what is on it."""
    names = mapping_form(LEAVES[str], values)

    def read(plain: Any) -> Shelf[Any]:
        shelf = Shelf[Any]()
        for name, value in names.read(plain).items():
            shelf = shelf.with_(name, value)
        return shelf

    return evolve(
        names,
        what="a shelf",
        holds=lambda value: isinstance(value, Shelf),
        write=lambda shelf: {name: values.written(shelf.get(name)) for name in shelf},
        read=read,
    )


def enum_form(kind: type[StrEnum]) -> Form:
    """The form of an enumeration: the value of its member."""
    named = {member.value: member for member in kind}
    return _named_form(name_of(kind).replace("_", " "), named, lambda member: str(member.value), kind)


def any_state_form() -> Form:
    """The form of a state of which it is not said in which machine: with the name of its enumeration."""
    return _named_form("state of a machine", dict(states()), qualified, StrEnum)


def _named_form(noun: str, named: Mapping[str, StrEnum], write: Any, kind: type[StrEnum]) -> Form:
    def read(plain: Any) -> StrEnum:
        found = named.get(plain) if type(plain) is str else None
        if found is None:
            raise Faults([("", f"{shown(plain)} is no {noun} that this release knows")])
        return found

    return Form(
        what=f"a {noun}",
        sort="text",
        holds=lambda value: isinstance(value, kind) and write(value) in named,
        write=write,
        read=read,
        schema=lambda: {"enum": list(named)},
    )


def optional_form(form: Form) -> Form:
    """The form of what may be nothing: ``null`` then."""
    return Form(
        what=f"{form.what} or null",
        sort=form.sort,
        holds=lambda value: value is None or form.holds(value),
        write=lambda value: None if value is None else form.write(value),
        read=lambda plain: None if plain is None else form.read(plain),
        schema=lambda: {"anyOf": [form.schema(), {"type": "null"}]},
    )


def union_form(forms: Sequence[Form], *, nullable: bool) -> Form:
    """The form of what may be one of several things, or ``nullable`` nothing.

    An object says by its tag what it is. One form at most may stand as bare text, number, flag or array; what could be
    taken for another is an object with a ``value``.
    """
    bare: dict[str, Form] = {}
    tagged: dict[str, Form] = {}
    for form in forms:
        if not form.name and form.sort not in bare:
            bare[form.sort] = form
        else:
            named = form if form.name else _wrapped(form)
            tagged[named.name] = named
    what = " or ".join(form.what for form in forms) if len(forms) <= _FEW else f"one of {len(forms)} things"

    known: dict[type, Form | None] = {}

    def form_for(value: Any) -> Form | None:
        """The form of a value: that of the last one of its type, where it holds."""
        form = known.get(type(value))
        if form is None or not form.holds(value):
            form = next((one for one in (*bare.values(), *tagged.values()) if one.holds(value)), None)
            known[type(value)] = form
        return form

    def write(value: Any) -> Any:
        if value is None and nullable:
            return None
        form = form_for(value)
        assert form is not None  # whoever writes has asked whether it holds
        return {TAG: form.name, **form.write(value)} if form.name else form.write(value)

    def read(plain: Any) -> Any:
        if plain is None and nullable:
            return None
        if type(plain) is dict and tagged:
            return read_tagged(plain)
        form = bare.get(_SORTS.get(type(plain), ""))
        if form is None:
            raise Faults([("", f"expected {what}, not {kind_of(plain)}")])
        return form.read(plain)

    def read_tagged(plain: dict[str, Any]) -> Any:
        name = plain.get(TAG)
        form = tagged.get(name) if type(name) is str else None
        if form is None:
            wrong = "is missing" if TAG not in plain else f"{shown(name)} is nothing that can stand here"
            raise Faults([(step(TAG), wrong)])
        return form.read({member: held for member, held in plain.items() if member != TAG})

    def schema() -> dict[str, Any]:
        choices = [form.schema() for form in bare.values()] + list(map(tagged_schema, tagged.values()))
        if nullable:
            choices.append({"type": "null"})
        return {"anyOf": choices} if len(choices) > 1 else choices[0]

    return Form(
        what=what,
        sort="object",
        holds=lambda value: (value is None and nullable) or form_for(value) is not None,
        write=write,
        read=read,
        schema=schema,
    )


_FEW = 3
_SORTS: dict[type, str] = {str: "text", int: "number", float: "number", bool: "flag", list: "list"}


def _wrapped(form: Form) -> Form:
    """The form of an object that has a value which could be taken for another by itself."""

    def read(plain: Any) -> Any:
        check_members(plain, form.what, ("value",))
        return read_members(plain, value=form.read)["value"]

    return Form(
        what=form.what,
        sort="object",
        holds=form.holds,
        write=lambda value: {"value": form.write(value)},
        read=read,
        schema=lambda: closed_object(value=form.schema()),
        name=form.what.split(" ", 1)[1].replace(" ", "_"),
        definition=lambda: closed_object(value=form.schema()),
    )


def tagged_schema(form: Form) -> dict[str, Any]:
    """The schema of an object that says what it is."""
    plain = form.definition()
    return {
        **plain,
        "properties": {TAG: {"const": form.name}, **plain["properties"]},
        "required": [TAG, *plain["required"]],
    }
