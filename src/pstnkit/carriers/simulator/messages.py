"""Reading requests: a shape per operation, and a refusal that names the field that is wrong.

A *shape* maps the names of fields to their readers; a name that ends in ``?`` may be left out or null. Each
reader takes a value out of JSON and its place, and returns it in the form that the simulator works with.

>>> read({"numbers": numbers, "page?": text}, {"numbers": ["+14155550200"]})
{'numbers': [4155550200], 'page': None}
>>> read({"page?": text}, {"pages": "2"})
Traceback (most recent call last):
    ...
pstnkit.carriers.simulator.messages.Refusal: pages is not known
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, tzinfo
from typing import Any, NamedTuple

from pstnkit.carriers.simulator.clock import YEARS, parse_time
from pstnkit.carriers.simulator.states import AREA_CODES

Reader = Callable[[Any, str], Any]
Fields = dict[str, Any]
Reply = dict[str, Any]

MAX_NUMBERS = 5000
"""The most numbers that one request may name."""

_E164 = re.compile(r"\+1([2-9]\d\d[2-9]\d{6})", re.ASCII)


class Refusal(Exception):
    """The carrier says no, and nothing has changed: a code, a sentence, and figures that go with the code."""

    def __init__(self, code: str, message: str, **facts: Any) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.facts = facts

    def reply(self, op: str | None = None) -> Reply:
        """The refusal as a reply; the sentence says which operation was refused."""
        sentence = self.message if op is None else f"{op}: {self.message}"
        return {"ok": False, "code": self.code, "message": sentence, **self.facts}


class Variants(NamedTuple):
    """Shapes of which one field chooses: ``kind`` of an order says which other fields it has."""

    by: str
    shapes: Mapping[str | int, Mapping[str, Reader]]


Shape = Mapping[str, Reader] | Variants


def bad(field: str, complaint: str) -> Refusal:
    """The refusal of a field: ``bad("filters.npa", "must be three digits")``."""
    return Refusal("bad_request", f"{field} {complaint}", field=field)


def read(shape: Shape, message: Mapping[str, Any], where: str = "") -> Fields:
    """The fields of ``message`` after ``shape``; every field of the shape is in it, None where it was left
    out.

    Raises :class:`Refusal` (``bad_request``) naming the first field that is unknown, missing or ill-typed.
    """
    if isinstance(shape, Variants):
        shape = shape.shapes[one_of(*shape.shapes)(message.get(shape.by), where + shape.by)]
    known = {name.removesuffix("?") for name in shape}
    for name in message:
        if name not in known:
            raise bad(f"{where}{name}", "is not known")
    fields: Fields = {}
    for mark, reader in shape.items():
        name = mark.removesuffix("?")
        value = message.get(name)
        if value is not None:
            fields[name] = reader(value, where + name)
        elif mark == name:
            raise bad(where + name, "is missing")
        else:
            fields[name] = None
    return fields


def exactly_one(fields: Fields, first: str, second: str) -> None:
    """Refuse both fields together, and neither."""
    if (fields[first] is None) == (fields[second] is None):
        raise bad(first, f"or {second} must be given, and not both")


def text(value: Any, field: str) -> str:
    """A text that is not empty."""
    if not isinstance(value, str) or not value.strip():
        raise bad(field, "must be a text that is not empty")
    return value


def texts(value: Any, field: str) -> list[str]:
    """A list of texts."""
    if not isinstance(value, list):
        raise bad(field, "must be a list")
    return [text(member, f"{field}[{place}]") for place, member in enumerate(value)]


def flag(value: Any, field: str) -> bool:
    """true or false."""
    if not isinstance(value, bool):
        raise bad(field, "must be true or false")
    return value


def whole(value: Any, field: str) -> int:
    """A whole number from 1 on."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise bad(field, "must be a whole number of at least 1")
    return value


def one_of(*choices: str | int) -> Reader:
    """A reader that takes one of ``choices``."""

    def reader(value: Any, field: str) -> str | int:
        # bool is an int in Python, and True == 1: the type decides first.
        if type(value) not in (str, int) or value not in choices:
            raise bad(field, f"must be one of {_listed(choices)}")
        chosen: str | int = value
        return chosen

    return reader


def digits(pattern: str, meaning: str) -> Reader:
    """A reader of a string of digits that matches ``pattern`` whole."""
    wanted = re.compile(pattern, re.ASCII)

    def reader(value: Any, field: str) -> str:
        if not isinstance(value, str) or not wanted.fullmatch(value):
            raise bad(field, f"must be {meaning}")
        return value

    return reader


npa = digits(r"[2-9]\d\d", "three digits, the first 2 to 9")
nxx = npa


def state(value: Any, field: str) -> str:
    """The two letters of a state, territory or province of the carrier's table."""
    if not isinstance(value, str) or value not in AREA_CODES:
        raise bad(field, "must be the two letters of a US state or territory or of a Canadian province")
    return value


def number(value: Any, field: str) -> int:
    """An E.164 number of the numbering plan, as the int of its ten digits."""
    match = _E164.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise bad(field, "must be a number like +14155550200")
    return int(match[1])


def numbers(value: Any, field: str) -> list[int]:
    """A list of distinct numbers, neither empty nor too long."""
    if not isinstance(value, list) or not value:
        raise bad(field, "must be a list of numbers that is not empty")
    within_limit(len(value))
    found = [number(member, f"{field}[{place}]") for place, member in enumerate(value)]
    if len(set(found)) < len(found):
        raise bad(field, "names a number twice")
    return found


def within_limit(quantity: int) -> None:
    """Refuse more numbers than one request may be about."""
    if quantity > MAX_NUMBERS:
        raise Refusal("too_many_numbers", f"{quantity} numbers; at most {MAX_NUMBERS}", limit=MAX_NUMBERS)


def ranges(value: Any, field: str) -> list[range]:
    """A list of ``[first, last]``, each inside one exchange."""
    if not isinstance(value, list) or not value:
        raise bad(field, "must be a list of [first, last] that is not empty")
    found = []
    for place, pair in enumerate(value):
        here = f"{field}[{place}]"
        if not isinstance(pair, list) or len(pair) != 2:
            raise bad(here, "must be [first, last]")
        first, last = number(pair[0], f"{here}[0]"), number(pair[1], f"{here}[1]")
        if first > last or first // 10_000 != last // 10_000:
            raise bad(here, "must ascend inside one exchange")
        found.append(range(first, last + 1))
    return found


def moment(value: Any, field: str) -> datetime:
    """A moment in ISO 8601 with an offset."""
    try:
        return parse_time(text(value, field))
    except ValueError as error:
        raise bad(field, f"must be an ISO 8601 time with an offset ({error})") from None


def day(value: Any, field: str) -> date:
    """A date, ``2026-12-11``."""
    try:
        found = date.fromisoformat(text(value, field))
    except ValueError:
        raise bad(field, "must be a date like 2026-12-11") from None
    if found.year not in YEARS:
        raise bad(field, f"must lie in the years {YEARS[0]} to {YEARS[-1]}")
    return found


def timezone(value: Any, field: str) -> tzinfo:
    """A time zone by its IANA name."""
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(text(value, field))
    # A name that is a directory of the zone data, or too long for the file system, is an OSError.
    except (LookupError, ValueError, OSError):
        raise bad(field, "must be a time zone like America/Los_Angeles") from None


def nested(shape: Shape) -> Reader:
    """A reader of an object inside the request."""

    def reader(value: Any, field: str) -> Fields:
        if not isinstance(value, dict):
            raise bad(field, "must be an object")
        return read(shape, value, f"{field}.")

    return reader


def e164(ten_digits: int) -> str:
    """A number as the carrier writes it.

    >>> e164(4155550200)
    '+14155550200'
    """
    return f"+1{ten_digits}"


def _listed(choices: Iterable[str | int]) -> str:
    return ", ".join(str(choice) for choice in choices)
