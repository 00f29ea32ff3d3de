"""The forms of the objects that are no attrs classes: ranges, sets and maps of numbers, secrets, policies of pastes.

Numbers are written as ranges: an order of 40,000 consecutive numbers takes four of them, and what is known of each
number is written once for all numbers of which the same is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache, partial
from inspect import signature
from typing import Any

from attrs import fields, has

from pstnkit.inventory.query import FIELDS, InvalidQuery, SearchQuery
from pstnkit.lifecycle.seen import SeenEvents
from pstnkit.numbering.numbermap import NumberMap
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.paste.verdicts import PastePolicy
from pstnkit.numbering.ranges import NumberRange, collapse
from pstnkit.numbering.reasons import Reason
from pstnkit.numbering.telephone import TelephoneNumber
from pstnkit.saved.faults import Faults, expected, kind_of, shown
from pstnkit.saved.form import Form, check_members, closed_object, read_all, read_members, reference
from pstnkit.saved.leaves import LEAVES
from pstnkit.secret import Secret

_NUMBER = LEAVES[TelephoneNumber]
_TEXT = LEAVES[str]


def _write_range(part: NumberRange) -> dict[str, str]:
    return {"first": str(part.first), "last": str(part.last)}


def _read_range(plain: Any) -> NumberRange:
    check_members(plain, "a range of numbers", ("first", "last"))
    ends = read_members(plain, first=_NUMBER.read, last=_NUMBER.read)
    try:
        return NumberRange(**ends)
    except ValueError as error:
        raise Faults([("", str(error))]) from None


RANGE = Form(
    what="a range of numbers",
    sort="object",
    holds=lambda value: isinstance(value, NumberRange),
    write=_write_range,
    read=_read_range,
    schema=lambda: reference("number_range"),
    name="number_range",
    definition=lambda: closed_object(first=_NUMBER.schema(), last=_NUMBER.schema()),
)


def _write_numbers(ranges: Iterable[NumberRange]) -> list[Any]:
    """Numbers as an array of them and of ranges: a number that stands alone is written once."""
    return [str(part.first) if len(part) == 1 else _write_range(part) for part in ranges]


def _read_numbers(plain: Any) -> list[NumberRange]:
    return read_all(_read_some, plain, "an array of numbers and ranges")


def _read_some(plain: Any) -> NumberRange:
    if type(plain) is not str:
        return _read_range(plain)
    number = _NUMBER.read(plain)
    return NumberRange(number, number)


def _numbers_schema() -> dict[str, Any]:
    return {"type": "array", "items": {"anyOf": [_NUMBER.schema(), RANGE.schema()]}}


def _check_once(groups: Iterable[tuple[str, list[NumberRange]]]) -> None:
    """Raise :class:`~pstnkit.saved.faults.Faults` when a number stands in two ranges, with the second one's place."""
    groups = list(groups)
    ranges = [part for _, parts in groups for part in parts]
    if sum(map(len, collapse(ranges))) == sum(map(len, ranges)):
        return
    faults = []
    seen = NumberSet()
    for way, parts in groups:
        for place, part in enumerate(parts):
            if known := seen & NumberSet([part]):
                faults.append((f"{way}[{place}]", f"{next(iter(known))} stands here a second time"))
            seen |= NumberSet([part])
    raise Faults(faults)


def _read_set(plain: Any) -> NumberSet:
    parts = _read_numbers(plain)
    _check_once([("", parts)])
    return NumberSet(parts)


SET = Form(
    what="a set of numbers",
    sort="list",
    holds=lambda value: isinstance(value, NumberSet),
    write=lambda numbers: _write_numbers(numbers.ranges()),
    read=_read_set,
    schema=_numbers_schema,
)


@cache
def _parts_of(kind: Any) -> Callable[[Any], tuple[Any, ...]] | None:
    """Gives the fields of values of an attrs class."""
    names = [field.name for field in fields(kind)] if has(kind) else []
    return (lambda value: tuple(getattr(value, name) for name in names)) if names else None


def _exactly(value: Any) -> Any:
    """What is equal only for values that are written alike: two instants are equal in whatever zones they are told."""
    if isinstance(value, datetime):
        return value, value.tzinfo, value.fold
    kind: Any = type(value)
    parts = _parts_of(kind)
    return value if parts is None else (kind, *map(_exactly, parts(value)))


def map_form(values: Form) -> Form:
    """The form of a map from numbers: an array of values, each with the numbers that have it."""

    def write(numbers: NumberMap[Any]) -> list[dict[str, Any]]:
        having: dict[Any, list[TelephoneNumber]] = {}
        known: dict[Any, Any] = {}
        for number, value in numbers.items():
            key = _exactly(value)
            having.setdefault(key, []).append(number)
            known.setdefault(key, value)
        return [
            {"numbers": _write_numbers(collapse(having[key])), "value": values.written(value)}
            for key, value in known.items()
        ]

    def read_group(plain: Any) -> dict[str, Any]:
        check_members(plain, "a value with its numbers", ("numbers", "value"))
        return read_members(plain, numbers=_read_numbers, value=values.read)

    def read(plain: Any) -> NumberMap[Any]:
        groups = read_all(read_group, plain, "an array of values with their numbers")
        _check_once((f"[{place}].numbers", group["numbers"]) for place, group in enumerate(groups))
        return NumberMap(
            (number, group["value"]) for group in groups for part in group["numbers"] for number in part
        )

    return Form(
        what="a map of numbers",
        sort="list",
        holds=lambda value: isinstance(value, NumberMap),
        write=write,
        read=read,
        schema=lambda: {
            "type": "array",
            "items": closed_object(numbers=_numbers_schema(), value=values.schema()),
        },
    )


def distinct(values: list[Any], plain: list[Any]) -> list[Any]:
    """The values of an array; raises :class:`~pstnkit.saved.faults.Faults` when one stands there twice."""
    first: dict[Any, int] = {}
    again = [place for place, value in enumerate(values) if first.setdefault(value, place) != place]
    if again:
        raise Faults((f"[{place}]", f"{shown(plain[place])} stands here a second time") for place in again)
    return values


SEEN = Form(
    what="the ids of events",
    sort="list",
    holds=lambda value: isinstance(value, SeenEvents),
    write=list,
    read=lambda plain: SeenEvents(distinct(read_all(_TEXT.read, plain, "an array of ids of events"), plain)),
    schema=lambda: {"type": "array", "items": _TEXT.schema(), "uniqueItems": True},
)


def _read_secret(plain: Any) -> Secret:
    # Nothing of it is shown, whatever is wrong: it may be the secret.
    if type(plain) is not dict:
        raise Faults([("", f"expected a secret, not {kind_of(plain)}")])
    check_members(plain, "a secret", ("text",))
    text = plain["text"]
    if text is None:
        return Secret.withheld()
    if type(text) is not str:
        raise Faults([(".text", f"expected the text of a secret, not {kind_of(text)}")])
    return Secret(text)


SECRET = Form(
    what="a secret",
    sort="object",
    holds=lambda value: isinstance(value, Secret),
    # The secret itself goes as far as the last step, which writes its text or leaves it out.
    write=lambda secret: {"text": secret},
    read=_read_secret,
    schema=lambda: reference("secret"),
    name="secret",
    definition=lambda: closed_object(text={"type": ["string", "null"]}),
)

_FINDINGS = tuple(signature(PastePolicy).parameters)


def _write_policy(policy: PastePolicy) -> dict[str, bool]:
    return {name: policy.allows(Reason(name)) for name in _FINDINGS}


def _read_policy(plain: Any) -> PastePolicy:
    check_members(plain, "a policy of pastes", _FINDINGS)
    return PastePolicy(**read_members(plain, **dict.fromkeys(_FINDINGS, LEAVES[bool].read)))


POLICY = Form(
    what="a policy of pastes",
    sort="object",
    holds=lambda value: isinstance(value, PastePolicy),
    write=_write_policy,
    read=_read_policy,
    schema=lambda: reference("paste_policy"),
    name="paste_policy",
    definition=lambda: closed_object(**dict.fromkeys(_FINDINGS, LEAVES[bool].schema())),
)

_FILTERS: dict[str, Form] = {
    **dict.fromkeys(FIELDS, _TEXT),
    **dict.fromkeys(("quantity", "limit"), LEAVES[int]),
    **dict.fromkeys(("consecutive", "block"), LEAVES[bool]),
}
_LISTS = {"line_numbers": _TEXT, "exclude": RANGE}


def _write_query(query: SearchQuery) -> dict[str, Any]:
    return {
        name: list(map(_LISTS[name].write, value)) if name in _LISTS else value
        for name, value in query.given.items()
    }


def _read_query(plain: Any) -> SearchQuery:
    if type(plain) is not dict:
        raise expected("a search", plain)
    check_members(plain, "a search", [name for name in FIELDS if name in plain])
    reads: dict[str, Any] = {name: _FILTERS[name].read for name in plain}
    for name in reads.keys() & _LISTS.keys():
        reads[name] = partial(read_all, _LISTS[name].read, what="an array")
    try:
        return SearchQuery(**read_members(plain, **reads))
    except InvalidQuery as error:
        raise Faults([("", str(error))]) from None


def _describe_query() -> dict[str, Any]:
    described = {name: form.schema() for name, form in _FILTERS.items()}
    for name, form in _LISTS.items():
        described[name] = {"type": "array", "items": form.schema()}
    return {**closed_object(**described), "required": []}


QUERY = Form(
    what="a search",
    sort="object",
    holds=lambda value: isinstance(value, SearchQuery),
    write=_write_query,
    read=_read_query,
    schema=lambda: reference("search_query"),
    name="search_query",
    definition=_describe_query,
)

PIECES: dict[Any, Form] = {
    NumberRange: RANGE,
    NumberSet: SET,
    SeenEvents: SEEN,
    Secret: SECRET,
    PastePolicy: POLICY,
    SearchQuery: QUERY,
}
"""The forms of these types."""
