"""The plain form of values for cattrs, and back: text, numbers and containers, as JSON has them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, get_args, get_origin

from pstnkit.errors import CallerError
from pstnkit.numbering.numbermap import NumberMap
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.telephone import Exchange, NumberRange, TelephoneNumber

if TYPE_CHECKING:
    from cattrs import BaseConverter


def register_cattrs_hooks(converter: BaseConverter) -> None:
    """Teach a cattrs ``converter`` to write the values of pstnkit plainly and to read them back.

    A number is E.164 text, an exchange ``"415-555"``, a range an object of its ``first`` and ``last`` number,
    a set a list of ranges (numbers are read in it, too), and a map an object with numbers as keys. What is
    read is checked as the classes themselves check it, and their errors are cattrs' own causes.

    >>> from attrs import frozen
    >>> from cattrs import Converter
    >>> converter = Converter()
    >>> register_cattrs_hooks(converter)
    >>> converter.unstructure(NumberRange("4155550100", "4155550199"))
    {'first': '+14155550100', 'last': '+14155550199'}
    >>> converter.structure("+14155550132", TelephoneNumber)
    TelephoneNumber('+14155550132')

    """
    for kind in (TelephoneNumber, Exchange):
        converter.register_unstructure_hook(kind, str)
        converter.register_structure_hook(kind, _from_text)
    converter.register_unstructure_hook(NumberRange, _ends_of)
    converter.register_structure_hook(NumberRange, _range_of)
    converter.register_unstructure_hook(NumberSet, lambda numbers: list(map(_ends_of, numbers.ranges())))
    converter.register_structure_hook(NumberSet, _set_of)
    converter.register_unstructure_hook_func(
        _is_map, lambda numbers: {str(number): converter.unstructure(numbers[number]) for number in numbers}
    )
    converter.register_structure_hook_func(_is_map, lambda plain, kind: _map_of(converter, plain, kind))


def _from_text(plain: Any, kind: Any) -> Any:
    return plain if isinstance(plain, kind) else kind(plain)


def _ends_of(part: NumberRange) -> dict[str, str]:
    return {"first": str(part.first), "last": str(part.last)}


def _range_of(plain: Any, _: object) -> NumberRange:
    if isinstance(plain, NumberRange):
        return plain
    if not isinstance(plain, Mapping):
        raise TypeError(f"a range is an object of its first and last number, not {type(plain).__name__}")
    if set(plain) != {"first", "last"}:
        raise CallerError(f"a range has a first and a last number, not {', '.join(map(repr, plain))}")
    return NumberRange(plain["first"], plain["last"])


def _set_of(plain: Any, _: object) -> NumberSet:
    if isinstance(plain, NumberSet):
        return plain
    if not isinstance(plain, list | tuple):
        raise TypeError(f"a set is a list of ranges and numbers, not {type(plain).__name__}")
    return NumberSet(
        _range_of(item, None)
        if isinstance(item, Mapping | NumberRange)
        else _from_text(item, TelephoneNumber)
        for item in plain
    )


def _is_map(kind: Any) -> bool:
    return kind is NumberMap or get_origin(kind) is NumberMap


def _map_of(converter: BaseConverter, plain: Any, kind: Any) -> NumberMap[Any]:
    if not isinstance(plain, Mapping):
        raise TypeError(f"a map is an object with numbers as keys, not {type(plain).__name__}")
    [values] = get_args(kind) or [Any]
    return NumberMap(
        (_from_text(number, TelephoneNumber), converter.structure(value, values))
        for number, value in plain.items()
    )
