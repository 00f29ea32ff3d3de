"""What is known of an assigned area code whatever the day: one line of the plan's text, as values."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from pstnkit.numbering.area_code import AreaCodeKind
from pstnkit.numbering.reasons import quoted

_NONE = "-"
_UNCERTAIN = "~"


class AreaCodeFacts(NamedTuple):
    """An assigned area code, open or to come.

    >>> line = "906 1961-01-01 geographic US US-MI ~America/Detroit,America/Menominee"
    >>> AreaCodeFacts.from_line(line).timezones
    ('America/Detroit', 'America/Menominee')
    >>> AreaCodeFacts.from_line(line).to_line() == line
    True
    """

    npa: str
    opens: date | None
    kind: AreaCodeKind
    country: str | None = None
    subdivisions: tuple[str, ...] = ()
    timezones: tuple[str, ...] = ()
    timezones_certain: bool = True

    @classmethod
    def from_line(cls, line: str) -> AreaCodeFacts:
        """The facts that a line of ``[assigned]`` tells. Raises :class:`ValueError` naming what is wrong."""
        words = line.split(" ")
        if len(words) != 6:
            raise ValueError(f"{len(words)} words; an assigned area code has 6")
        npa, opens, kind, country, subdivisions, timezones = words
        if kind not in AreaCodeKind.__members__.values():
            raise ValueError(f"{quoted(kind)} is no kind of area code")
        return cls(
            npa,
            None if opens == _NONE else day_of(opens),
            AreaCodeKind(kind),
            None if country == _NONE else country,
            _listed(subdivisions),
            _listed(timezones.removeprefix(_UNCERTAIN)),
            not timezones.startswith(_UNCERTAIN),
        )

    def to_line(self) -> str:
        """The line that :meth:`from_line` reads."""
        return " ".join(
            (
                self.npa,
                str(self.opens or _NONE),
                self.kind,
                self.country or _NONE,
                ",".join(self.subdivisions) or _NONE,
                ("" if self.timezones_certain else _UNCERTAIN) + (",".join(self.timezones) or _NONE),
            )
        )


def day_of(text: str) -> date:
    """The day that ``text`` names as YYYY-MM-DD. Raises :class:`ValueError`."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{quoted(text)} is no day (YYYY-MM-DD)") from None
    if str(day) != text:  # fromisoformat also takes 20260930 and weeks
        raise ValueError(f"{quoted(text)} is no day (YYYY-MM-DD)")
    return day


def _listed(text: str) -> tuple[str, ...]:
    return () if text == _NONE else tuple(text.split(","))
