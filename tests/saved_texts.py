"""Saved texts taken apart and sealed again, as by somebody who changes one and knows how the checksum is made."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from hashlib import blake2b
from typing import Any

Way = tuple[str | int, ...]


def sealed(content: dict[str, Any]) -> str:
    """The text of an envelope, with the checksum that it should have."""
    rest = {name: value for name, value in content.items() if name != "checksum"}
    canonical = json.dumps(rest, sort_keys=True, separators=(",", ":"))
    return json.dumps({**rest, "checksum": blake2b(canonical.encode(), digest_size=16).hexdigest()})


def with_value(text: str, value: Any) -> str:
    """The same text with another value in it."""
    return sealed({**json.loads(text), "value": value})


def ways(plain: Any, way: Way = ()) -> Iterator[tuple[Way, Any]]:
    """Every JSON value in a value, with the way that leads to it."""
    yield way, plain
    if isinstance(plain, dict):
        for name, held in plain.items():
            yield from ways(held, (*way, name))
    elif isinstance(plain, list):
        for place, held in enumerate(plain):
            yield from ways(held, (*way, place))


def changed(plain: Any, way: Way, new: Any) -> Any:
    """A copy of a value with ``new`` where a way leads."""
    if not way:
        return new
    copy = deepcopy(plain)
    around = copy
    for step in way[:-1]:
        around = around[step]
    around[way[-1]] = new
    return copy


def without(plain: Any, way: Way) -> Any:
    """A copy of a value without the member to which a way leads."""
    copy = deepcopy(plain)
    around = copy
    for step in way[:-1]:
        around = around[step]
    del around[way[-1]]
    return copy


def path(way: Way) -> str:
    """A way in the value of a saved text, as messages write it."""
    return "$.value" + "".join(
        f".{step}" if isinstance(step, str) and step.isidentifier() else f"[{json.dumps(step)}]"
        for step in way
    )
