"""The schemas by which pydantic (version 2) reads and writes values.

In a model, a value is taken as it is, and in the usual lax mode whatever its class takes is taken too. In
JSON, numbers and exchanges are text, a range is an object of its ends, and a set is a list of ranges and
numbers, written as the fewest ranges. In strict mode Python code has to pass values, and JSON has to hold
text.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pstnkit.errors import CallerError
from pstnkit.numbering.reasons import InvalidNumber

_Parts = tuple[Any, Any, Callable[[Any], Any]]
"""Two schemas, of what is taken and of the plain form, and how that is written."""

_NUMBER: dict[str, Any] = {
    "type": "string",
    "format": "phone",
    "pattern": r"^(\+?1)?[2-9][0-9]{2}[2-9][0-9]{6}$",
    "examples": ["+14155550132"],
}
_EXCHANGE: dict[str, Any] = {
    "type": "string",
    "pattern": r"^[2-9][0-9]{2}-?[2-9][0-9]{2}$",
    "examples": ["415-555"],
}
_RANGE: dict[str, Any] = {
    "type": "object",
    "properties": {"first": _NUMBER, "last": _NUMBER},
    "required": ["first", "last"],
    "additionalProperties": False,
}
_SET: dict[str, Any] = {"type": "array", "items": {"anyOf": [_RANGE, _NUMBER]}}
_JSON = {"TelephoneNumber": _NUMBER, "Exchange": _EXCHANGE, "NumberRange": _RANGE, "NumberSet": _SET}


def json_schema_of(cls: Any) -> dict[str, Any]:
    """The JSON schema of a class of values."""
    from copy import deepcopy

    return {"title": cls.__name__, **deepcopy(_JSON[cls.__name__])}


def core_schema_of(cls: Any, handler: Any) -> Any:
    """The schema of a class of values; ``handler`` makes those of its parts."""
    parts = [handler.generate_schema(part) for part in cls._parts]
    builders: dict[str, Callable[..., _Parts]] = {"text": _text, "ends": _ends, "items": _items}
    return _whole(cls, *builders[cls._form](cls, *parts))


def written_json_schema() -> dict[str, Any]:
    """The JSON schema of a number as people write one."""
    return {"title": "TelephoneNumber", "type": "string", "format": "phone", "examples": ["(415) 555-0132"]}


def written_core_schema_of(cls: Any) -> Any:
    """The schema of a number that ``cls.parse`` reads where it is text."""
    return _whole(cls, *_text(cls, lambda value: (cls.parse if isinstance(value, str) else cls)(value)))


def _whole(cls: Any, taken: Any, plain: Any, write: Callable[[Any], Any]) -> Any:
    """The schema of a class, from those of what is taken and of its plain form, and how that is written."""
    from pydantic_core import core_schema

    def itself_or(value: Any, read: Callable[[Any], Any]) -> Any:
        return value if isinstance(value, cls) else read(value)

    return core_schema.json_or_python_schema(
        json_schema=core_schema.lax_or_strict_schema(lax_schema=taken, strict_schema=plain),
        python_schema=core_schema.lax_or_strict_schema(
            lax_schema=core_schema.no_info_wrap_validator_function(itself_or, taken),
            strict_schema=core_schema.is_instance_schema(cls),
        ),
        serialization=core_schema.plain_serializer_function_ser_schema(write, when_used="json"),
    )


def _text(cls: Any, make: Callable[[Any], Any] | None = None) -> _Parts:
    """The parts of what is one text."""
    from pydantic_core import core_schema

    made = core_schema.no_info_plain_validator_function(_explained(cls, make or cls))
    return made, core_schema.chain_schema([core_schema.str_schema(), made]), str


def _ends(cls: Any, number: Any) -> _Parts:
    """The parts of a range."""
    from pydantic_core import core_schema

    ends = core_schema.typed_dict_schema(
        {name: core_schema.typed_dict_field(number) for name in ("first", "last")}, extra_behavior="forbid"
    )
    made = core_schema.no_info_after_validator_function(_explained(cls, lambda ends: cls(**ends)), ends)
    return made, made, _written_ends


def _items(cls: Any, number: Any, numbers: Any) -> _Parts:
    """The parts of a set."""
    from pydantic_core import core_schema

    item = core_schema.tagged_union_schema(
        {"range": numbers, "number": number},
        discriminator=lambda item: "range" if isinstance(item, dict | cls._parts[1]) else "number",
    )
    items = core_schema.list_schema(item)
    made = core_schema.no_info_after_validator_function(cls, items)
    return made, made, lambda value: [_written_ends(part) for part in value.ranges()]


def _written_ends(part: Any) -> dict[str, str]:
    return {"first": str(part.first), "last": str(part.last)}


def _explained(cls: Any, make: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """``make``, whose errors are told in pydantic's way: a type to go by, and the reason as context."""
    from pydantic_core import PydanticCustomError

    kind = _snake(cls.__name__)

    def made(value: Any) -> Any:
        try:
            return make(value)
        except InvalidNumber as fault:
            context = {"reason": fault.reason.value, "hint": fault.hint, "error": str(fault)}
            raise PydanticCustomError(f"invalid_{kind}", "{error}", context) from None
        except (CallerError, TypeError) as fault:
            raise PydanticCustomError(f"invalid_{kind}", "{error}", {"error": str(fault)}) from None

    return made


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")
