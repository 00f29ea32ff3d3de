"""Events in sentences: what a decision or a report says, with its particulars as typed figures.

The sentence of a class stands in the catalog under its name. Where a particular may be missing, a second sentence under
the name of the class and of that particular is used when it is given: ``Fulfilled``, and ``Fulfilled.works_from``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, tzinfo
from enum import Enum
from typing import Any

from attrs import fields, has

from pstnkit.catalog import SENTENCES, filled_in
from pstnkit.lifecycle.events import Decision, Report
from pstnkit.numbering.ranges import NumberRange

_RANGES_SHOWN = 3


def told(body: Decision | Report, tz: tzinfo, catalog: Mapping[str, str] | None = None) -> str:
    """What ``body`` says, in a sentence of ``catalog`` (the English one unless given), its times in ``tz``.

    >>> from datetime import UTC
    >>> from pstnkit.lifecycle.reports import NumbersFailed
    >>> told(NumbersFailed((NumberRange("4155550100", "4155550102"),), "no dial tone"), UTC)
    '3 numbers cannot be had, (415) 555-0100 to 0102: no dial tone'
    """
    sentences = SENTENCES if catalog is None else catalog
    name = type(body).__name__
    particulars = figures(body, tz)
    given = (f"{name}.{figure}" for figure, value in particulars.items() if value)
    key = next((key for key in given if key in sentences), name)
    return filled_in(sentences[key], particulars)


def figures(body: Decision | Report, tz: tzinfo) -> dict[str, object]:
    """The particulars of ``body`` by name, as people read them; ``count`` is how many numbers it names."""
    shown: dict[str, object] = {}
    kind: type[Any] = type(body)
    for field in fields(kind):
        value = getattr(body, field.name)
        if isinstance(value, tuple) and all(isinstance(part, NumberRange) for part in value):
            shown["count"] = sum(map(len, value))
        shown[field.name] = _shown(value, tz)
    return shown


def _shown(value: Any, tz: tzinfo) -> str:
    match value:
        case None:
            return ""
        case Enum():
            return str(value.value).replace("_", " ")
        case datetime():
            return f"{value.astimezone(tz):%Y-%m-%d %H:%M %Z}"
        case date():
            return value.isoformat()
        case tuple() if all(isinstance(part, NumberRange) for part in value):
            return in_words(value)
        case tuple():
            return "; ".join(_shown(part, tz) for part in value)
        case _ if has(type(value)) and len(fields(type(value))) == 1:
            # A value that is made of one other, such as a firm date, is read as that.
            return _shown(getattr(value, fields(type(value))[0].name), tz)
        case _:
            return str(value)


def in_words(ranges: Iterable[NumberRange]) -> str:
    """Numbers as people read them; of many pieces the first few.

    >>> in_words([NumberRange("4155550100", "4155550102"), NumberRange("4155550109", "4155550109")])
    '(415) 555-0100 to 0102, (415) 555-0109'
    """
    pieces = list(ranges)
    shown = [
        f"{part.first:national}" + (f" to {part.last.line}" if len(part) > 1 else "")
        for part in pieces[:_RANGES_SHOWN]
    ]
    return ", ".join(shown) + (" ..." if len(pieces) > _RANGES_SHOWN else "")
