"""Records and events as plain data, for people and programs that only look. Secrets stay secret."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from typing import Any

from attrs import fields, has

from pstnkit.numbering.ranges import NumberRange
from pstnkit.numbering.telephone import TelephoneNumber
from pstnkit.secret import Secret, SecretRef


def plain(value: Any) -> Any:
    """``value`` as dictionaries, lists, texts and numbers that JSON can write.

    An event's body also says what ``kind`` it is; a number is its E.164 text, and a range its first and last number.

    >>> plain(NumberRange("4155550100", "4155550109"))
    ['+14155550100', '+14155550109']
    """
    match value:
        case Secret() | SecretRef():
            return "***"
        case Enum():
            return value.value
        case None | bool() | int() | str() | float():
            return value
        case date():  # a datetime, too
            return value.isoformat()
        case TelephoneNumber():
            return str(value)
        case NumberRange():
            return [str(value.first), str(value.last)]
        case Mapping():
            return {str(plain(key)): plain(held) for key, held in value.items()}
        case _ if has(type(value)):
            shown = {
                field.name.lstrip("_"): plain(getattr(value, field.name)) for field in fields(type(value))
            }
            return {"kind": type(value).__name__} | shown if "kind" not in shown else shown
        case Iterable():
            return [plain(item) for item in value]
        case _:
            raise TypeError(f"a {type(value).__name__} has no plain form")
