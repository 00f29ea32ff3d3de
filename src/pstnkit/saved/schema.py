"""The JSON Schema of saved texts, put together from the forms of the types."""

from __future__ import annotations

from typing import Any

from pstnkit.errors import CallerError
from pstnkit.saved.envelope import FORMAT, VERSION
from pstnkit.saved.forms import form_of_class
from pstnkit.saved.kinds import kinds
from pstnkit.saved.saving import SEVERAL, form_of_kind

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schema(kind: str | None) -> dict[str, Any]:
    """The schema of every kind of text, or of one."""
    known = (*kinds(), SEVERAL)
    if kind is None:
        each = {name: _value(name) for name in known}
        texts = _envelope({"enum": list(known)}, {})
        texts["oneOf"] = [
            {"properties": {"kind": {"const": name}, "value": value}} for name, value in each.items()
        ]
    elif kind in known:
        texts = _envelope({"const": kind}, _value(kind))
    else:
        raise CallerError(f"{kind!r:.80} is no kind of saved text; there are {', '.join(known)}")
    return {"$schema": _DRAFT, **texts, "$defs": _definitions(texts)}


def _value(kind: str) -> dict[str, Any]:
    form = form_of_kind(kind)
    assert form is not None  # a kind that is known
    return form.schema()


def _envelope(kind: dict[str, Any], value: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            "checksum": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
            "format": {"const": FORMAT},
            "kind": kind,
            "value": value,
            "version": {"const": VERSION},
        },
        "required": ["checksum", "format", "kind", "value", "version"],
        "additionalProperties": False,
    }


def _definitions(texts: dict[str, Any]) -> dict[str, Any]:
    """The objects that a schema refers to, and those that these refer to."""
    found: dict[str, Any] = {}
    waiting = list(_references(texts))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = form_of_class(kinds()[name]).definition()
            waiting += _references(found[name])
    return dict(sorted(found.items()))


def _references(plain: Any) -> list[str]:
    if isinstance(plain, dict):
        own = [plain["$ref"].rpartition("/")[2]] if isinstance(plain.get("$ref"), str) else []
        return own + [name for held in plain.values() for name in _references(held)]
    if isinstance(plain, list):
        return [name for held in plain for name in _references(held)]
    return []
