"""What can be saved, and under which name: the one table, which finds its entries by itself.

Every decision and report of the package is in it, every record, every command and policy, and whatever these hold. A
new class needs no entry: it is found because it is a ``Decision``, a ``Report`` or a ``Record``, because a field of one
of them has it, or because its name ends in ``Policy``.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cache
from importlib import import_module
from inspect import isabstract
from pkgutil import iter_modules
from types import MappingProxyType, ModuleType
from typing import Any, get_args

from attrs import fields, has, resolve_types

from pstnkit.inventory.query import SearchQuery
from pstnkit.lifecycle.events import Decision, Report
from pstnkit.lifecycle.record import Record
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.paste.verdicts import PastePolicy
from pstnkit.numbering.telephone import Exchange, NumberRange, TelephoneNumber
from pstnkit.secret import Secret, SecretRef

_DISTRICTS = ("lifecycle", "accounts", "ordering", "porting", "carriers.words")
"""Where records, and what moves them, are at home; other districts have some values and policies."""
_PIECES = (
    TelephoneNumber,
    Exchange,
    NumberRange,
    NumberSet,
    Secret,
    SecretRef,
    PastePolicy,
    SearchQuery,
)
_PACKAGE = f"{__name__.partition('.')[0]}."
_NAMES = {kind.__name__: kind for kind in _PIECES}
"""What an annotation may name although its module knows it for type checkers alone."""


def name_of(kind: type) -> str:
    """The name under which values of a class are saved.

    >>> name_of(NumberRange)
    'number_range'
    """
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()


@cache
def _modules() -> tuple[ModuleType, ...]:
    found = []
    for district in _DISTRICTS:
        room = import_module(f"{_PACKAGE}{district}")
        found += [import_module(f"{room.__name__}.{module.name}") for module in iter_modules(room.__path__)]
    return tuple(found)


def _defined(base: type) -> Iterator[type]:
    """The public classes that the districts define below ``base``."""
    for module in _modules():
        for name, value in vars(module).items():
            own = isinstance(value, type) and value.__module__ == module.__name__
            if own and issubclass(value, base) and not name.startswith("_"):
                yield value


def variants(base: type) -> tuple[type, ...]:
    """The classes that a field may have of which the ``base`` is said: itself and those derived from it, as far as they
    are no bases alone.

    >>> from pstnkit.lifecycle.calendars import Holiday
    >>> [kind.__name__ for kind in variants(Holiday)]
    ['EasterDay', 'FixedDay', 'NthWeekday', 'OneDay', 'WeekdayBefore']
    """
    _modules()
    found: dict[type, None] = {}
    waiting = [base]
    while waiting:
        kind = waiting.pop()
        below: list[type] = list(filter(_is_ours, kind.__subclasses__()))
        waiting += below
        is_base = isabstract(kind) or (issubclass(kind, Record) and below)
        if has(kind) and not is_base:
            found[kind] = None
    return tuple(sorted(found, key=name_of))


def _is_ours(kind: type) -> bool:
    """Whether a class is one of the package's: not what somebody else derives from them, and not what attrs had before
    it gave the class its slots, which may still be about."""
    home = sys.modules.get(kind.__module__)
    return kind.__module__.startswith(_PACKAGE) and getattr(home, kind.__name__, None) is kind


def _roots() -> Iterator[type]:
    from pstnkit.carriers.protocol import News
    from pstnkit.inventory.policy import InventoryPolicy
    from pstnkit.lifecycle import commands
    from pstnkit.lifecycle.history import Entry
    from pstnkit.ordering.cart import Cart
    from pstnkit.ordering.confirmation import Confirmation

    for base in (Decision, Report, Record):
        yield from variants(base)
    yield from (Cart, Confirmation, Entry, News, InventoryPolicy)
    for kind in filter(has, _defined(object)):
        if kind.__name__.endswith("Policy") or kind.__module__ == commands.__name__:
            yield kind


def _held(hint: Any) -> Iterator[type]:
    """The classes that a type is made of."""
    if isinstance(hint, type):
        yield from variants(hint)
    for argument in get_args(hint):
        yield from _held(argument)


@cache
def hints(kind: type) -> Mapping[str, Any]:
    """The types of the fields of a class, by the names that its constructor has for them."""
    resolve_types(kind, localns=_NAMES)  # once for all: cattrs asks again, and knows no other names
    return MappingProxyType({field.alias: field.type for field in fields(kind) if field.init})


@cache
def kinds() -> Mapping[str, type]:
    """Every class whose values can be saved, by its name."""
    return MappingProxyType(dict(sorted(table(_PIECES, _roots()).items())))


def table(pieces: Collection[type], roots: Iterable[type]) -> dict[str, type]:
    """Classes by name: ``pieces``, ``roots``, and those that the fields of roots have; ``TypeError`` for two that would
    be saved under one name."""
    found = {name_of(kind): kind for kind in pieces}
    read = set(pieces)
    waiting = list(roots)
    while waiting:
        kind = waiting.pop()
        known = found.setdefault(name_of(kind), kind)
        if known is not kind:
            raise TypeError(f"{kind} and {known} would be saved under one name")
        if kind not in read:
            read.add(kind)
            waiting += (held for hint in hints(kind).values() for held in _held(hint))
    return found


@cache
def states() -> Mapping[str, StrEnum]:
    """Every member of every enumeration of the districts, with the name of its own: two machines may share a state's.

    >>> states()["port_status.cancelled"]
    <PortStatus.CANCELLED: 'cancelled'>
    """
    return MappingProxyType({qualified(member): member for kind in _enumerations() for member in kind})


def qualified(member: StrEnum) -> str:
    """A member of an enumeration with the name of its own."""
    return f"{name_of(type(member))}.{member.value}"


def _enumerations() -> Iterable[type[StrEnum]]:
    return (kind for kind in _defined(StrEnum) if issubclass(kind, StrEnum))
