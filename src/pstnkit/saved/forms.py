"""The form of any type: which one it is, and the forms of attrs classes, whose work cattrs does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from attrs import NOTHING, fields, has
from cattrs import ClassValidationError, Converter, ForbiddenExtraKeysError
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from pstnkit.numbering.numbermap import NumberMap
from pstnkit.ordering.shelf import Shelf
from pstnkit.saved.checks import faults_of
from pstnkit.saved.compound import (
    any_state_form,
    enum_form,
    frozenset_form,
    mapping_form,
    optional_form,
    shelf_form,
    tuple_form,
    union_form,
)
from pstnkit.saved.faults import Fault, Faults, below, expected, step
from pstnkit.saved.form import Form, reference
from pstnkit.saved.kinds import hints, name_of, variants
from pstnkit.saved.leaves import LEAVES
from pstnkit.saved.pieces import PIECES, map_form

_CONVERTER = Converter(detailed_validation=True, forbid_extra_keys=True)


@cache
def form_of(hint: Any) -> Form:
    """The form of a type; raises ``TypeError`` for one whose values cannot be saved."""
    if form := LEAVES.get(hint) or PIECES.get(hint):
        return form
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return _union(arguments)
    if hint is StrEnum:
        return any_state_form()
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return enum_form(hint)
    if isinstance(hint, type) and (kinds := variants(hint)):
        return _class_form(hint) if kinds == (hint,) else _union(kinds)
    if origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        return tuple_form(form_of(arguments[0]))
    if origin is frozenset:
        return frozenset_form(form_of(arguments[0]))
    if origin is NumberMap:
        return map_form(form_of(arguments[0]))
    if origin is Shelf:
        return shelf_form(form_of(arguments[0]))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return mapping_form(form_of(arguments[0]), form_of(arguments[1]))
    raise TypeError(f"values of the type {hint} have no saved form")


def _union(members: tuple[Any, ...]) -> Form:
    kinds: list[Any] = []
    for member in members:
        kinds += (isinstance(member, type) and variants(member)) or [member]
    forms = [form_of_class(kind) for kind in kinds if kind is not NoneType]
    if len(forms) == 1:
        return optional_form(forms[0])
    return union_form(forms, nullable=NoneType in kinds)


def form_of_class(kind: Any) -> Form:
    """The form of one class of values, and of none that is derived from it."""
    return _class_form(kind) if has(kind) else form_of(kind)


@cache
def _class_form(kind: Any) -> Form:
    name = name_of(kind)
    what = f"a {name.replace('_', ' ')}"
    own = [field for field in fields(kind) if field.init]

    @cache  # what is never saved nor loaded is never asked for: a history has few of the events that there are
    def forms() -> dict[str, Form]:
        return {alias: form_of(hint) for alias, hint in hints(kind).items()}

    @cache
    def overrides() -> dict[str, Any]:
        return {
            field.name: override(
                rename=field.alias,
                unstruct_hook=forms()[field.alias].written,
                struct_hook=_reading(forms()[field.alias]),
            )
            for field in own
        }

    @cache
    def unstructure() -> Callable[[Any], dict[str, Any]]:
        return make_dict_unstructure_fn(kind, _CONVERTER, **overrides())

    @cache
    def structure() -> Callable[[Any, Any], Any]:
        return make_dict_structure_fn(kind, _CONVERTER, **overrides())

    def read(plain: Any) -> Any:
        if type(plain) is not dict:
            raise expected(what, plain)
        try:
            value = structure()(plain, kind)
        except ClassValidationError as group:
            raise Faults(_faults(group, plain, what, {field.name: field.alias for field in own})) from None
        if faults := tuple(faults_of(value)):
            raise Faults(faults)
        return value

    return Form(
        what=what,
        sort="object",
        holds=lambda value: type(value) is kind,
        write=lambda value: unstructure()(value),
        read=read,
        schema=lambda: reference(name),
        name=name,
        definition=lambda: {
            "type": "object",
            "properties": {alias: form.schema() for alias, form in forms().items()},
            "required": [field.alias for field in own if field.default is NOTHING],
            "additionalProperties": False,
        },
    )


def _reading(form: Form) -> Any:
    return lambda plain, _: form.read(plain)


def _faults(
    group: ClassValidationError, plain: dict[str, Any], what: str, aliases: Mapping[str, str]
) -> list[Fault]:
    """What cattrs has found to be wrong with the members of an object, or the class with all of them together."""
    faults: list[Fault] = []
    members, others = group.group_exceptions()
    for error, note in members:
        alias = aliases[note.name]
        faults += [(step(alias), "is missing")] if alias not in plain else below(step(alias), error)
    for error in others:
        if isinstance(error, ForbiddenExtraKeysError):
            faults += [(step(name), f"is no field of {what}") for name in sorted(error.extra_fields)]
        else:
            faults += below("", error)
    return faults
