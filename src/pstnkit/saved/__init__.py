"""Records, events and everything they hold, as text that every later release reads.

:func:`to_json` writes one JSON object with a version and a checksum; :func:`from_json` gives the value again, equal to
what was saved, or raises: a text that was damaged or cut short, or says what no record can be, is refused with the path
to each fault. :func:`json_schema` describes the text for other programs.

>>> from pstnkit import NumberRange
>>> text = to_json(NumberRange("4155550100", "4155550199"))
>>> print(text[47:])
"format":"pstnkit","kind":"number_range","value":{"first":"+14155550100","last":"+14155550199"},"version":1}
>>> from_json(text)
NumberRange('+14155550100', '+14155550199')

A tuple or list of such values is saved as one text, and comes back as a tuple: a history is ``to_json(entries)``.
"""

from __future__ import annotations

from typing import Any, Literal

from pstnkit.saved.faults import DamagedSave, NewerFormat

__all__ = ["DamagedSave", "NewerFormat", "from_json", "json_schema", "to_json"]


def to_json(obj: Any, *, secrets: Literal["omit", "include"] = "omit") -> str:
    """``obj`` as text: a record, an event, a history, a policy, or a value that these hold.

    The text is ASCII, and the same value always gives the same text. Unless ``secrets`` is ``"include"``, no secret is
    in it; what comes back in their place says :class:`~pstnkit.secret.SecretNotHere` when it is to be revealed. Records
    refer to secrets by id and have none, so that this concerns what a user hands in.

    Raises ``TypeError`` for what cannot be saved, ``ValueError`` for another word about secrets, and
    :class:`~pstnkit.lifecycle.events.NaiveTime` for a time that does not say its zone.

    >>> from pstnkit import Secret
    >>> '"text":"004-881"' in to_json(Secret("004-881")), '"text":null' in to_json(Secret("004-881"))
    (False, True)
    """
    from pstnkit.saved.saving import save

    return save(obj, secrets)


def from_json(text: str | bytes) -> Any:
    """What was saved as ``text``, by this release or an earlier one.

    The layout of the text may be another than :func:`to_json` has given it; its content may not. Raises
    :class:`NewerFormat` for the form of a later release, and :class:`DamagedSave` for everything else that cannot have
    been saved so: its ``faults`` are pairs of a JSON path and what is wrong there. Nothing of such a text is used.

    >>> from_json('{"format": "pstnkit", "version": 1, "kind": "exchange", "value": "4155", "checksum": ""}')
    Traceback (most recent call last):
    pstnkit.saved.faults.DamagedSave: the saved text is damaged: $.value: expected an exchange, not '4155'
    """
    from pstnkit.saved.saving import load

    return load(text)


def json_schema(kind: str | None = None) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of what :func:`to_json` writes: of every ``kind``, or of one.

    It is made of the same types as the texts are. That the figures of a record agree with each other is more than a
    schema can say: what it accepts, :func:`from_json` may still refuse. Raises ``ValueError`` for an unknown kind, with
    those that there are.

    >>> json_schema("exchange")["properties"]["value"]["pattern"]
    '^[0-9]{3}-[0-9]{3}$'
    """
    from pstnkit.saved.schema import schema

    return schema(kind)
