"""Which area codes meet conditions: what :meth:`NumberingPlan.area_codes` asks, and the error of a value unknown."""

from __future__ import annotations

from collections.abc import Iterable

from pstnkit.catalog import sentence
from pstnkit.errors import CallerError
from pstnkit.numbering.area_code import AreaCode, AreaCodeKind, AreaCodeStatus
from pstnkit.numbering.reasons import quoted


class InvalidAreaCodeFilter(CallerError):
    """A value by which no area code can be listed, because the plan knows no such place, kind, status or zone.

    :ivar field: ``subdivision``, ``country``, ``kind``, ``timezone`` or ``status``.
    :ivar value: what was given.
    :ivar known: the values that the plan knows, in order.

    >>> print(InvalidAreaCodeFilter("kind", "toll-free", ("premium", "toll_free")))
    kind 'toll-free' is unknown to the plan (perhaps toll_free); it knows premium, toll_free
    """

    def __init__(self, field: str, value: str, known: tuple[str, ...]) -> None:
        super().__init__(field, value, known)
        self.field = field
        self.value = value
        self.known = known

    @property
    def meant(self) -> str | None:
        """The known value that is the same but for its spelling, or that ends in what was given, if one does.

        >>> InvalidAreaCodeFilter("subdivision", "ca", ("US-AZ", "US-CA")).meant
        'US-CA'
        """
        wanted = _plain(self.value)
        found = [known for known in self.known if f"_{_plain(known)}".endswith(f"_{wanted}")]
        return found[0] if wanted and len(found) == 1 else None

    def __str__(self) -> str:
        meant = "" if self.meant is None else f" (perhaps {self.meant})"
        known = ", ".join(self.known)
        return sentence(
            InvalidAreaCodeFilter, field=self.field, value=quoted(self.value), meant=meant, known=known
        )


def matching(
    codes: Iterable[AreaCode],
    *,
    subdivision: str | None = None,
    country: str | None = None,
    kind: str | None = None,
    timezone: str | None = None,
    status: str | None = None,
) -> tuple[AreaCode, ...]:
    """Those of ``codes`` that meet every condition given. Raises :class:`InvalidAreaCodeFilter` for a value that
    none of them has, and that no kind or status is called; :class:`TypeError` for what is no string."""
    codes = tuple(codes)
    if subdivision is not None:
        _expect("subdivision", subdivision, (place for code in codes for place in code.subdivisions))
    if country is not None:
        _expect("country", country, (code.country for code in codes if code.country is not None))
    if kind is not None:
        _expect("kind", kind, AreaCodeKind)
    if timezone is not None:
        _expect("timezone", timezone, (zone for code in codes for zone in code.timezones))
    if status is not None:
        _expect("status", status, AreaCodeStatus)
    return tuple(
        code
        for code in codes
        if (subdivision is None or subdivision in code.subdivisions)
        and (country is None or code.country == country)
        and (kind is None or code.kind == kind)
        and (timezone is None or timezone in code.timezones)
        and (status is None or code.status == status)
    )


def _expect(field: str, value: object, known: Iterable[str]) -> None:
    if not isinstance(value, str):
        raise TypeError(f"{field} is a str, not {type(value).__name__}")
    values = tuple(sorted({str(each) for each in known}))
    if value not in values:
        raise InvalidAreaCodeFilter(field, value, values)


def _plain(text: str) -> str:
    """What of a name is left when case and separators do not count."""
    return text.casefold().translate(_SEPARATORS)


_SEPARATORS = str.maketrans("-/ ", "___")
