"""What a form is: how values of one type are written as JSON, read back, and described by a schema."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, Literal

from attrs import frozen

from pstnkit.saved.faults import Faults, below, expected, step

Sort = Literal["text", "number", "flag", "list", "object"]
"""Which sort of JSON value the values of a type are written as."""


@frozen(kw_only=True)
class Form:
    """The form of one type.

    ``what`` names its values in messages; ``holds`` says whether a value is of the type. ``write`` makes the JSON value
    of one, of which ``read`` makes the value again, or raises :class:`~pstnkit.saved.faults.Faults`. ``schema`` is its
    JSON Schema; an object that has a ``name`` is described once under it, by ``definition``.
    """

    what: str
    sort: Sort
    holds: Callable[[Any], bool]
    write: Callable[[Any], Any]
    read: Callable[[Any], Any]
    schema: Callable[[], dict[str, Any]]
    name: str = ""
    definition: Callable[[], dict[str, Any]] = dict

    def written(self, value: Any) -> Any:
        """The JSON value of ``value``; raises ``TypeError``, which does not show it, for a value of another type."""
        if not self.holds(value):
            raise TypeError(
                f"{self.what} is to be saved where there is a value of the type {type(value).__name__}"
            )
        return self.write(value)


def read_all(read: Callable[[Any], Any], plain: Any, what: str) -> list[Any]:
    """What ``read`` makes of each element of an array; raises :class:`~pstnkit.saved.faults.Faults` with those of all
    elements."""
    if type(plain) is not list:
        raise expected(what, plain)
    values, faults = [], []
    for place, element in enumerate(plain):
        try:
            values.append(read(element))
        except Faults as error:
            faults += below(f"[{place}]", error)
    if faults:
        raise Faults(faults)
    return values


def check_members(plain: Any, what: str, names: Collection[str]) -> None:
    """Raise :class:`~pstnkit.saved.faults.Faults` unless ``plain`` is an object that has exactly these members."""
    if type(plain) is not dict:
        raise expected(what, plain)
    faults = [(step(name), f"is no field of {what}") for name in plain if name not in names]
    faults += [(step(name), "is missing") for name in names if name not in plain]
    if faults:
        raise Faults(faults)


def read_members(plain: dict[str, Any], **reads: Callable[[Any], Any]) -> dict[str, Any]:
    """What is read from the members of an object; raises :class:`~pstnkit.saved.faults.Faults` with those of all."""
    values, faults = {}, []
    for name, read in reads.items():
        try:
            values[name] = read(plain[name])
        except Faults as error:
            faults += below(step(name), error)
    if faults:
        raise Faults(faults)
    return values


def closed_object(**properties: Any) -> dict[str, Any]:
    """The schema of an object that has exactly these members."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def reference(name: str) -> dict[str, Any]:
    """The schema of an object that is described under ``name``."""
    return {"$ref": f"#/$defs/{name}"}


TAG = "type"
"""The member by which an object says what it is, where it could be one of several things."""
