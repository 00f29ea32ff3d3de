"""The forms of the values that are one piece: texts and numbers, instants and dates, telephone numbers, secrets."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from math import isfinite
from typing import Any

from pstnkit.errors import CallerError
from pstnkit.lifecycle.events import aware
from pstnkit.lifecycle.zones import zone
from pstnkit.numbering.telephone import Exchange, TelephoneNumber
from pstnkit.saved.faults import Faults, expected
from pstnkit.saved.form import Form

_CLOCK = "[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{6})?"
_OFFSET = "[+-][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{6})?)?"
_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_ZONE = "[A-Za-z][A-Za-z0-9_+./-]*"


def _plain(what: str, sort: Any, kind: type, name: str) -> Form:
    """The form of what JSON has itself."""

    def read(plain: Any) -> Any:
        if type(plain) is not kind:
            raise expected(what, plain)
        return plain

    def holds(value: Any) -> bool:
        return isinstance(value, kind) and (kind is not int or not isinstance(value, bool))

    return Form(what=what, sort=sort, holds=holds, write=kind, read=read, schema=lambda: {"type": name})


def _text(
    what: str,
    kind: type,
    write: Callable[[Any], str],
    read: Callable[[str], Any],
    pattern: str,
    *,
    holds: Callable[[Any], bool] | None = None,
    **schema: Any,
) -> Form:
    """The form of what is written as text of one ``pattern``; ``holds`` when not every value of the ``kind`` is."""
    shape = re.compile(pattern)

    def checked(plain: Any) -> Any:
        if type(plain) is not str or not shape.fullmatch(plain):
            raise expected(what, plain)
        try:
            return read(plain)
        except CallerError as error:  # it says by itself what is wrong
            raise Faults([("", str(error))]) from None
        except (ValueError, ArithmeticError):
            raise expected(what, plain) from None

    described = {"type": "string", "pattern": f"^{pattern}$"} | schema
    return Form(
        what=what,
        sort="text",
        holds=holds or (lambda value: isinstance(value, kind)),
        write=write,
        read=checked,
        schema=lambda: dict(described),
    )


def _write_moment(moment: datetime) -> str:
    key = getattr(aware(moment, "a time that is to be saved").tzinfo, "key", None)
    return moment.isoformat() + (f"[{key}]" if key else "")


def _read_moment(text: str) -> datetime:
    # The offset says which instant it is, whatever has become of the zone's rules since; the zone, how it is told.
    instant, _, name = text.removesuffix("]").partition("[")
    moment = datetime.fromisoformat(instant)
    return moment.astimezone(zone(name)) if name else moment


def _write_period(period: timedelta) -> str:
    sign = "-" if period < timedelta(0) else ""
    seconds, fraction = divmod(abs(period) // timedelta(microseconds=1), 1_000_000)
    return f"{sign}PT{seconds}{f'.{fraction:06}' if fraction else ''}S"


def _read_period(text: str) -> timedelta:
    seconds, _, fraction = text.strip("-PTS").partition(".")
    period = timedelta(seconds=int(seconds), microseconds=int(fraction or 0))
    return -period if text[0] == "-" else period


def _write_zone(tz: tzinfo) -> str:
    if key := getattr(tz, "key", None):
        return str(key)
    if isinstance(tz, timezone):
        return datetime(2000, 1, 1, tzinfo=tz).isoformat()[19:]
    raise TypeError(f"a {type(tz).__name__} has no name under which it can be saved; a zoneinfo.ZoneInfo has")


def _read_zone(text: str) -> tzinfo | None:
    return datetime.fromisoformat(f"2000-01-01T00:00:00{text}").tzinfo if text[0] in "+-" else zone(text)


def _is_day(value: Any) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _is_wall(value: Any) -> bool:
    return isinstance(value, time) and value.tzinfo is None


def _is_measure(value: Any) -> bool:
    return type(value) in (int, float) and isfinite(value)


def _read_measure(plain: Any) -> float:
    # A number that other programs have passed on may have lost its point.
    if not _is_measure(plain):
        raise expected("a number", plain)
    return float(plain)


def _is_finite(value: Any) -> bool:
    return isinstance(value, Decimal) and value.is_finite()


LEAVES: dict[Any, Form] = {
    str: _plain("text", "text", str, "string"),
    int: _plain("a whole number", "number", int, "integer"),
    bool: _plain("true or false", "flag", bool, "boolean"),
    float: Form(
        what="a number",
        sort="number",
        holds=_is_measure,
        write=float,
        read=_read_measure,
        schema=lambda: {"type": "number"},
    ),
    datetime: _text(
        "a time with its zone",
        datetime,
        _write_moment,
        _read_moment,
        rf"{_DAY}T{_CLOCK}{_OFFSET}(\[{_ZONE}\])?",
        examples=["2026-11-20T15:00:00-08:00[America/Los_Angeles]"],
    ),
    date: _text("a date", date, date.isoformat, date.fromisoformat, _DAY, holds=_is_day, format="date"),
    time: _text("a time of day", time, time.isoformat, time.fromisoformat, _CLOCK, holds=_is_wall),
    timedelta: _text(
        "a period", timedelta, _write_period, _read_period, "-?PT[0-9]+([.][0-9]{6})?S", examples=["PT600S"]
    ),
    tzinfo: _text("a time zone", tzinfo, _write_zone, _read_zone, f"({_ZONE}|{_OFFSET})"),
    Decimal: _text(
        "an amount", Decimal, str, Decimal, "-?[0-9]+([.][0-9]+)?(E[+-]?[0-9]+)?", holds=_is_finite
    ),
    TelephoneNumber: _text(
        "a telephone number",
        TelephoneNumber,
        str,
        TelephoneNumber,
        "[+]1[0-9]{10}",
        examples=["+14155550132"],
    ),
    Exchange: _text("an exchange", Exchange, str, Exchange, "[0-9]{3}-[0-9]{3}", examples=["415-555"]),
}
"""The forms of these types. A field that says ``date`` holds the day alone, although a ``datetime`` is a ``date``."""
