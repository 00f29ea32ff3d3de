"""An area code as the plan sees it on one day: what it serves, where, and whether it is open (DOMAIN 1)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any, final

from pstnkit.catalog import sentence
from pstnkit.errors import CallerError
from pstnkit.numbering.immutable import Immutable
from pstnkit.numbering.reasons import quoted


class AreaCodeKind(StrEnum):
    """What an area code that has been assigned is for. Members equal their plain strings.

    >>> AreaCodeKind.TOLL_FREE == "toll_free", str(AreaCodeKind.TOLL_FREE)
    (True, 'toll_free')
    """

    GEOGRAPHIC = "geographic"
    """Lines of a place: a state, a province, a country."""
    TOLL_FREE = "toll_free"
    """8XX: the called party pays."""
    PREMIUM = "premium"
    """900: the caller pays extra."""
    PERSONAL = "personal"
    """5XX: numbers not tied to a place, for people and for machines."""
    NON_GEOGRAPHIC = "non_geographic"
    """Everything else without a place: Canadian 6XX, interexchange 700, United States government 710."""


class AreaCodeStatus(StrEnum):
    """Whether an area code is open on a day. Members equal their plain strings.

    >>> AreaCodeStatus.IN_SERVICE == "in_service", f"{AreaCodeStatus.PLANNED}"
    (True, 'planned')
    """

    IN_SERVICE = "in_service"
    """Open: its numbers can be called."""
    PLANNED = "planned"
    """Assigned, and not open yet on that day, whether or not a date is known."""
    UNASSIGNED = "unassigned"
    """Free to be assigned one day."""
    RESERVED = "reserved"
    """Kept for a purpose (relief to come, more toll-free or personal codes), not assigned."""
    NOT_ASSIGNABLE = "not_assignable"
    """Never an area code: N11, N9X, 37X, 96X, 555, 950 and 988."""
    UNCONFIRMED = "unconfirmed"
    """Assignable, without a date, and asked about beyond the plan's horizon: it may have opened."""


class UnknownAreaCode(CallerError):
    """A text that cannot be an area code at all: not three digits of which the first is 2 to 9.

    :ivar text: what was asked about.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text

    def __str__(self) -> str:
        return sentence(UnknownAreaCode, text=quoted(self.text))


def is_area_code(text: str) -> bool:
    """Whether ``text`` has the shape of an area code, ``[2-9]XX``.

    >>> is_area_code("415"), is_area_code("115"), is_area_code("4155")
    (True, False, False)
    """
    return len(text) == 3 and text.isascii() and text.isdigit() and text[0] not in "01"


_FIELDS = (
    "npa",
    "kind",
    "country",
    "subdivisions",
    "timezones",
    "timezones_certain",
    "overlays",
    "status",
    "in_service",
)
"""Of an area code, in the order in which they are told."""


@final
class AreaCode(Immutable):
    """One area code (NPA) on one day: an immutable value, equal to another with the same fields.

    A plan answers with it. Making one raises :class:`UnknownAreaCode` for what is no area code, and
    :class:`ValueError` for an unknown kind or status.

    >>> from pstnkit.numbering.plan import plan
    >>> north_bay = plan.area_code("707")
    >>> north_bay.kind, north_bay.country, north_bay.subdivisions, north_bay.timezones
    (<AreaCodeKind.GEOGRAPHIC: 'geographic'>, 'US', ('US-CA',), ('America/Los_Angeles',))
    >>> [sorted(sharing) for sharing in north_bay.overlays]
    [['369', '707']]
    """

    # Written by hand: every import of the library pays for it, and a generated class takes a millisecond.
    __slots__ = _FIELDS

    npa: str
    """The three digits."""
    kind: AreaCodeKind | None
    """What it is for; None for a code that is not assigned."""
    country: str | None
    """ISO 3166-1 alpha-2 (``US``, ``CA``, ``JM``, ``PR``); None where it belongs to no single country."""
    subdivisions: tuple[str, ...]
    """ISO 3166-2 codes of the states, provinces and territories that it serves (``US-CA``, ``US-PR``).

    Empty for codes without a place, and for the countries that share the plan with the United States and
    Canada: there an area code serves the whole country.
    """
    timezones: tuple[str, ...]
    """IANA names of the time zones that it spans; empty for codes without a place."""
    timezones_certain: bool
    """False where the sources disagree about the time zones."""
    overlays: frozenset[frozenset[str]]
    """The overlay complexes that it belongs to on that day.

    Each is the set of area codes in service in one area, this one included. A code can be in two complexes
    that are not one (917 serves with 212 in Manhattan and with 718 in the other boroughs): an overlay is
    not an equivalence. A code that is not in service is in none.
    """
    status: AreaCodeStatus
    """Whether it is open on that day."""
    in_service: date | None
    """The day on which it opened or is announced to open; None when no day is known."""

    def __init__(
        self,
        *,
        npa: str,
        kind: AreaCodeKind | str | None = None,
        country: str | None = None,
        subdivisions: tuple[str, ...] = (),
        timezones: tuple[str, ...] = (),
        timezones_certain: bool = True,
        overlays: frozenset[frozenset[str]] = frozenset(),
        status: AreaCodeStatus | str,
        in_service: date | None = None,
    ) -> None:
        if not isinstance(npa, str):
            raise TypeError(f"an area code is a str, not {type(npa).__name__}")
        if not is_area_code(npa):
            raise UnknownAreaCode(npa)
        put = object.__setattr__
        put(self, "npa", npa)
        put(self, "kind", None if kind is None else AreaCodeKind(kind))
        put(self, "country", country)
        put(self, "subdivisions", subdivisions)
        put(self, "timezones", timezones)
        put(self, "timezones_certain", timezones_certain)
        put(self, "overlays", overlays)
        put(self, "status", AreaCodeStatus(status))
        put(self, "in_service", in_service)

    def _fields(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in _FIELDS)

    def __eq__(self, other: object) -> bool:
        return self._fields() == other._fields() if isinstance(other, AreaCode) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._fields())

    def __repr__(self) -> str:
        return f"AreaCode({', '.join(f'{name}={getattr(self, name)!r}' for name in _FIELDS)})"

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuilt, self._fields()


def _rebuilt(*values: Any) -> AreaCode:
    return AreaCode(**dict(zip(_FIELDS, values, strict=True)))
