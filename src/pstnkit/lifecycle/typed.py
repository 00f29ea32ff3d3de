"""That what is said is made of what it says it is made of: nothing else can be kept, saved and read again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from attrs import fields, frozen, has


@frozen
class _Part:
    """A field of a class: of which ``kind`` its value is, or (``many``) each of those in the tuple that it is."""

    name: str
    kind: type
    many: bool
    optional: bool

    def misfit(self, value: object) -> str:
        """What ``value`` is instead; nothing when it fits."""
        if value is None:
            return "" if self.optional else "None"
        if self.many and type(value) is tuple:
            for member in value:
                if not isinstance(member, self.kind):
                    return f"a tuple with a {type(member).__name__}"
            return ""
        # A moment is a day to Python, and none to a reader of what is saved.
        a_moment = self.kind is date and isinstance(value, datetime)
        fits = not self.many and isinstance(value, self.kind) and not a_moment
        return "" if fits else f"a {type(value).__name__}"

    def __str__(self) -> str:
        named = f"a tuple of {self.kind.__name__}" if self.many else f"a {self.kind.__name__}"
        return f"{named}, or None" if self.optional else named


@cache
def _parts(kind: type[Any]) -> tuple[_Part, ...]:
    return tuple(_read(kind)) if has(kind) else ()


def _read(kind: type[Any]) -> Iterator[_Part]:
    hints = get_type_hints(kind)
    for field in fields(kind):
        choices = get_args(hints[field.name])
        optional = NoneType in choices
        [hint] = [choice for choice in choices if choice is not NoneType] if optional else [hints[field.name]]
        many = get_origin(hint) is tuple
        yield _Part(field.name, get_args(hint)[0] if many else hint, many, optional)


def must_fit(said: object) -> None:
    """Raise ``TypeError`` unless each field of ``said`` is of the type that its class has for it.

    The error names the field and both types, and not the value, which may be nobody's business.

    >>> from pstnkit.lifecycle.reports import NumbersWorking, Settle
    >>> must_fit(Settle("the carrier was called"))
    >>> must_fit(NumbersWorking(["415-321-0200"]))
    Traceback (most recent call last):
    ...
    TypeError: numbers of NumbersWorking is a tuple of NumberRange, not a list
    """
    kind: Any = type(said)
    for part in _parts(kind):
        if misfit := part.misfit(getattr(said, part.name)):
            raise TypeError(f"{part.name} of {kind.__name__} is {part}, not {misfit}")
