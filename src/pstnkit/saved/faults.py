"""What is wrong with a saved text: each fault with its place, written as a JSON path (``$.value.numbers[3].first``)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from pstnkit.numbering.damaged import CorruptData
from pstnkit.numbering.reasons import quoted

Fault = tuple[str, str]
"""A place, as what is added to the path of the value around it, and what is wrong there."""

_SHOWN = 5
"""As many faults as a message lists; all of them are in ``faults``."""
_LONGEST = 60
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_SORTS = {
    str: "text",
    int: "a number",
    float: "a number",
    bool: "true or false",
    dict: "an object",
    list: "an array",
    type(None): "null",
}


class DamagedSave(CorruptData):
    """A saved text that is damaged, cut short, or says what no record of this release can be.

    Nothing of it is used. ``.faults`` are all faults, as pairs of a JSON path and what is wrong there; ``.path`` is the
    first one's place. What is quoted is shortened, and a secret never is.

    >>> print(DamagedSave([("$.value.revision", "-1 is less than 0")]))
    the saved text is damaged: $.value.revision: -1 is less than 0
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(self.faults)

    @property
    def path(self) -> str:
        """Where the first fault is."""
        return self.faults[0][0]

    def __str__(self) -> str:
        shown = "; ".join(f"{path}: {what}" for path, what in self.faults[:_SHOWN])
        more = len(self.faults) - _SHOWN
        return f"the saved text is damaged: {shown}" + (f"; and {more} more" if more > 0 else "")


class NewerFormat(CorruptData):
    """A text that a later release saved, in a form that this one does not know yet.

    ``.version`` is that of the form, ``.known`` the latest one that this release reads.
    """

    def __init__(self, version: int, known: int) -> None:
        super().__init__(version, known)
        self.version = version
        self.known = known

    def __str__(self) -> str:
        return (
            f"this was saved in version {self.version} of the form, by a later release of pstnkit; "
            f"this release reads up to version {self.known}"
        )


class Faults(Exception):
    """The faults below one value on their way up to where their whole path is known."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(self.faults)


def expected(what: str, plain: Any) -> Faults:
    """The fault of a value that is no ``what``."""
    return Faults([("", f"expected {what}, not {shown(plain)}")])


def shown(plain: Any) -> str:
    """A JSON value as a message quotes it: shortened, and of an object or an array only that it is one."""
    if isinstance(plain, str):
        return quoted(plain)
    if isinstance(plain, dict | list):
        return kind_of(plain)
    return json.dumps(plain)[:_LONGEST]


def kind_of(plain: Any) -> str:
    """What sort of JSON value it is, without a word of what it says: it may be a secret."""
    return _SORTS[type(plain)]


def step(name: str) -> str:
    """The step of a path to a member of an object.

    >>> step("first"), step("not a name")
    ('.first', '["not a name"]')
    """
    return f".{name}" if _NAME.fullmatch(name) else f"[{json.dumps(name)[:_LONGEST]}]"


def below(way: str, error: Exception) -> list[Fault]:
    """The faults that ``error`` tells of, as they are seen from where ``way`` begins."""
    if isinstance(error, Faults):
        return [(way + place, what) for place, what in error.faults]
    return [(way, str(error))]
