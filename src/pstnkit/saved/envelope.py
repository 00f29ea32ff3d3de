"""The text around what is saved: what it is, in which version of the form, and a checksum by which damage is found.

The text is one JSON object::

    {"checksum": "...", "format": "pstnkit", "kind": "number_order", "value": {...}, "version": 1}

The checksum is BLAKE2b of the same object without it, written without blanks and with its keys in order. So it holds
for the content, and not for how that is laid out: a database may keep the text as JSON of its own, and a person may
look at it with line breaks.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from pstnkit.numbering.packed import checksum_of
from pstnkit.saved.faults import DamagedSave, Fault, NewerFormat, kind_of, shown, step
from pstnkit.secret import Secret, SecretNotHere

FORMAT = "pstnkit"
VERSION = 1
_MEMBERS = ("checksum", "format", "kind", "value", "version")


def seal(kind: str, value: Any, *, secrets: bool) -> str:
    """The text of ``value``, with or without the texts of its secrets."""
    content = {"format": FORMAT, "kind": kind, "value": value, "version": VERSION}
    text = _canonical(content, _included if secrets else _omitted)
    return f'{{"checksum":"{_checksum(text)}",{text[1:]}'


def _omitted(_secret: Secret) -> None:
    return None


def _included(secret: Secret) -> str | None:
    try:
        return secret.reveal()
    except SecretNotHere:
        return None


def _canonical(content: Any, default: Callable[[Any], Any] | None = None) -> str:
    return json.dumps(content, sort_keys=True, separators=(",", ":"), default=default)


def _checksum(text: str) -> str:
    return checksum_of(text.encode()).hex()


def unseal(text: str | bytes, read: Callable[[str, Any], Any]) -> Any:
    """What ``read`` makes of the kind and the value in a text.

    Raises :class:`~pstnkit.saved.faults.NewerFormat` for a version that this release does not know, and
    :class:`~pstnkit.saved.faults.DamagedSave` for anything else that is not as it was written: with the faults that
    ``read`` finds, which say where the damage is, or else for the checksum.
    """
    content = _parse(text)
    if faults := list(_around(content)):
        raise DamagedSave(faults)
    checksum = content.pop("checksum")
    sound = checksum == _checksum(_canonical(content))
    value = read(content["kind"], content["value"])
    if not sound:
        raise DamagedSave([("$.checksum", "does not agree with the content, which has been changed since")])
    return value


def _around(content: Any) -> Iterator[Fault]:
    """What is wrong with the envelope itself."""
    if type(content) is not dict:
        yield "$", f"expected an object that pstnkit has saved, not {kind_of(content)}"
        return
    if content.get("format") != FORMAT:
        yield "$.format", f"this was not saved by pstnkit: {shown(content.get('format'))} is not 'pstnkit'"
        return
    version = content.get("version")
    if type(version) is not int or version < 1:
        yield "$.version", f"{shown(version)} is no version"
        return
    if version > VERSION:
        raise NewerFormat(version, VERSION)
    for name in _MEMBERS:
        if name not in content:
            yield f"${step(name)}", "is missing"
    for name in content:
        if name not in _MEMBERS:
            yield f"${step(name)}", "is no field of a saved text"


class _Doubled(Exception):
    """An object has a member twice."""


def _parse(text: str | bytes) -> Any:
    if not isinstance(text, str | bytes):
        raise TypeError(f"a saved text is a str or bytes, not {type(text).__name__}")
    fault: Fault
    try:
        return json.loads(text, object_pairs_hook=_members, parse_constant=_no_constant)
    except _Doubled:
        fault = (
            next(_doubled(json.loads(text, object_pairs_hook=_Pairs), "$")),
            "stands twice in one object",
        )
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        fault = ("$", f"it is cut short, or no JSON: {error.msg} ({place})")
    except RecursionError:
        fault = ("$", "it is nested too deeply")
    except ValueError as error:
        fault = ("$", f"it is no JSON: {type(error).__name__}")
    # Outside of the handlers, whose exceptions hold the whole text with what may be secret in it.
    raise DamagedSave([fault])


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _Doubled
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(name)


class _Pairs(list[tuple[str, Any]]):
    """An object as it is written, a member that stands twice included."""


def _doubled(plain: Any, path: str) -> Iterator[str]:
    if isinstance(plain, _Pairs):
        seen: set[str] = set()
        for name, held in plain:
            if name in seen:
                yield path + step(name)
            seen.add(name)
            yield from _doubled(held, path + step(name))
    elif isinstance(plain, list):
        for place, held in enumerate(plain):
            yield from _doubled(held, f"{path}[{place}]")
