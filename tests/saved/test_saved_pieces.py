"""How single values are written: numbers as ranges, instants with their zones, periods, secrets."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil import tz as dateutil_tz
from hypothesis import given
from hypothesis import strategies as st

from lifecycle_cases import NOW
from pstnkit.errors import CallerError
from pstnkit.lifecycle.business_hours import BusinessHours
from pstnkit.lifecycle.calendars import Calendar
from pstnkit.lifecycle.events import NaiveTime
from pstnkit.lifecycle.holidays import US_FEDERAL
from pstnkit.numbering.numbermap import NumberMap
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.telephone import Exchange, TelephoneNumber
from pstnkit.ordering.lines import LosingAccount
from pstnkit.ordering.number_events import NumberStatus
from pstnkit.ordering.numbers import NumberBook, NumberRecord
from pstnkit.porting.dates import FirmDate
from pstnkit.saved import DamagedSave, from_json, to_json
from pstnkit.saved.faults import Faults
from pstnkit.saved.forms import form_of
from pstnkit.secret import Secret, SecretNotHere, SecretRef
from saved_texts import with_value

NEW_YORK = ZoneInfo("America/New_York")


def plain(value: Any) -> Any:
    """The JSON value that a value is saved as."""
    return json.loads(to_json(value))["value"]


def written(hint: Any, value: Any) -> Any:
    """What a value of a type is written as; it is read back on the way."""
    form = form_of(hint)
    text = form.written(value)
    assert form.read(text) == value
    return text


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2026, 11, 20, 15, tzinfo=UTC), "2026-11-20T15:00:00+00:00"),
        (datetime(2026, 11, 20, 15, 0, 0, 7, UTC), "2026-11-20T15:00:00.000007+00:00"),
        (datetime(2026, 11, 20, 15, tzinfo=ZoneInfo("UTC")), "2026-11-20T15:00:00+00:00[UTC]"),
        (datetime(2026, 11, 1, 1, 30, tzinfo=NEW_YORK), "2026-11-01T01:30:00-04:00[America/New_York]"),
        (
            datetime(2026, 11, 1, 1, 30, tzinfo=NEW_YORK, fold=1),
            "2026-11-01T01:30:00-05:00[America/New_York]",
        ),
        (datetime(1880, 1, 1, tzinfo=NEW_YORK), "1880-01-01T00:00:00-04:56:02[America/New_York]"),
    ],
)
def test_a_time_is_an_instant_and_the_zone_in_which_it_is_told(moment: datetime, text: str) -> None:
    assert written(datetime, moment) == text
    loaded = from_json(to_json(FirmDate(moment))).at
    assert (loaded.isoformat(), loaded.fold, str(loaded.tzinfo)) == (
        moment.isoformat(),
        moment.fold,
        str(moment.tzinfo),
    )


def test_a_zone_without_a_name_leaves_the_instant() -> None:
    moment = datetime(2026, 7, 1, 12, tzinfo=dateutil_tz.tzoffset("there", timedelta(hours=-4)))
    assert written(datetime, moment) == "2026-07-01T12:00:00-04:00"


def test_an_instant_stays_although_the_rules_of_its_zone_have_changed() -> None:
    read = form_of(datetime).read("2026-07-01T12:00:00-05:00[America/New_York]")
    assert read == datetime(2026, 7, 1, 17, tzinfo=UTC)
    assert read.isoformat() == "2026-07-01T13:00:00-04:00"


@pytest.mark.parametrize(
    ("hint", "text", "what"),
    [
        (datetime, "2026-11-20T15:00:00", "expected a time with its zone, not '2026-11-20T15:00:00'"),
        (datetime, "2026-02-30T15:00:00+00:00", "expected a time with its zone, not"),
        (datetime, "0001-01-01T00:00:00+14:00[UTC]", "expected a time with its zone, not"),
        (datetime, "2026-11-20T15:00:00+00:00[Mars/Base]", "'Mars/Base' is no time zone; names look like"),
        (date, "2026-02-30", "expected a date, not '2026-02-30'"),
        (date, "20260228", "expected a date, not '20260228'"),
        (time, "25:00:00", "expected a time of day, not '25:00:00'"),
        (timedelta, f"PT{'9' * 20}S", "expected a period, not"),
        (timedelta, "PT1M", "expected a period, not 'PT1M'"),
        (tzinfo, "+99:00", "expected a time zone, not '+99:00'"),
        (Decimal, "NaN", "expected an amount, not 'NaN'"),
        (TelephoneNumber, "4155550132", "expected a telephone number, not '4155550132'"),
        (TelephoneNumber, "+11155550132", "'+11155550132' has the area code 115"),
        (Exchange, "155-555", "'155-555' has the area code 155"),
        (float, "1", "expected a number, not '1'"),
        (float, True, "expected a number, not true"),
        (bool, 1, "expected true or false, not 1"),
        (int, True, "expected a whole number, not true"),
    ],
)
def test_a_text_that_is_no_such_value_is_quoted(hint: Any, text: Any, what: str) -> None:
    with pytest.raises(Faults) as wrong:
        form_of(hint).read(text)
    [(place, said)] = wrong.value.faults
    assert place == ""
    assert said.startswith(what)


@pytest.mark.parametrize(
    ("hint", "value", "text"),
    [
        (timedelta, timedelta(minutes=10), "PT600S"),
        (timedelta, timedelta(days=-1, microseconds=1), "-PT86399.999999S"),
        (date, date(2026, 11, 20), "2026-11-20"),
        (time, time(8, 30), "08:30:00"),
        (tzinfo, NEW_YORK, "America/New_York"),
        (tzinfo, timezone(timedelta(hours=-8)), "-08:00"),
        (tzinfo, UTC, "+00:00"),
        (Decimal, Decimal("1.50"), "1.50"),
        (float, 12.5, 12.5),
        (frozenset[int], frozenset({6, 5}), [5, 6]),
        (str | tzinfo, "America/New_York", "America/New_York"),
        (str | tzinfo, NEW_YORK, {"type": "time_zone", "value": "America/New_York"}),
        (int | None, None, None),
        (SecretRef | str, SecretRef("s"), {"type": "secret_ref", "id": "s"}),
    ],
)
def test_how_a_value_is_written(hint: Any, value: Any, text: Any) -> None:
    assert written(hint, value) == text


@pytest.mark.parametrize(
    ("hint", "value"),
    [
        (date, NOW),
        (time, time(8, tzinfo=UTC)),
        (int, True),
        (float, float("inf")),
        (Decimal, Decimal("NaN")),
        (tuple[int, ...], [1]),
        (str | None, 7),
    ],
)
def test_what_does_not_fit_its_field_is_not_saved(hint: Any, value: Any) -> None:
    with pytest.raises(TypeError, match="is to be saved where there is a value of the type"):
        form_of(hint).written(value)


def test_a_time_that_does_not_say_its_zone_is_not_saved() -> None:
    with pytest.raises(NaiveTime, match="a time that is to be saved must say its zone"):
        to_json(NumberRecord(NumberStatus.PENDING, "o", datetime(2026, 11, 20)))  # noqa: DTZ001 - on purpose


def test_a_zone_that_has_no_name_is_not_saved() -> None:
    hours = BusinessHours(calendar=Calendar("ours", ()), tz=dateutil_tz.tzlocal())
    with pytest.raises(TypeError, match=r"a tzlocal has no name under which it can be saved"):
        to_json(hours)


def test_a_calendar_is_a_value_like_others() -> None:
    assert from_json(to_json(US_FEDERAL)) == US_FEDERAL


# --- numbers --------------------------------------------------------------------------------------------------------


def test_numbers_are_written_as_ranges_and_a_lone_one_by_itself() -> None:
    exchange = Exchange("415201").numbers
    assert plain(NumberSet([exchange, TelephoneNumber("4155550132")])) == [
        {"first": "+14152010000", "last": "+14152019999"},
        "+14155550132",
    ]


def test_a_book_of_40_000_numbers_is_as_short_as_what_is_known_of_them() -> None:
    exchanges = [Exchange(f"41520{line}").numbers for line in range(1, 5)]
    known = NumberRecord(NumberStatus.UNASSIGNED, "order-1", NOW)
    records = NumberMap((number, known) for part in exchanges for number in part)
    counts = dict.fromkeys(NumberStatus, 0) | {NumberStatus.UNASSIGNED: 40_000}
    book = NumberBook(id="book-1", partner="p", customer="c", records=records, counts=counts)
    text = to_json(book)
    assert len(text) < 1_000
    assert from_json(text) == book


def test_two_zones_in_which_one_instant_is_told_are_kept_apart() -> None:
    first, second = TelephoneNumber("4155550100"), TelephoneNumber("4155550101")
    here = NumberRecord(NumberStatus.PENDING, "order-1", NOW)
    there = NumberRecord(NumberStatus.PENDING, "order-1", NOW.astimezone(NEW_YORK))
    assert here == there
    records = NumberMap({first: here, second: there})
    form = form_of(NumberMap[NumberRecord])
    loaded = form.read(form.written(records))
    assert loaded == records
    assert [loaded[number].since.tzinfo for number in (first, second)] == [UTC, NEW_YORK]


# --- secrets --------------------------------------------------------------------------------------------------------

ACCOUNT = LosingAccount(carrier="Old Bell", account_number=Secret("004-881"), business_name="Harbor Dental")


def test_no_secret_is_saved_unless_it_is_asked_for() -> None:
    assert "004-881" not in to_json(ACCOUNT)
    loaded = from_json(to_json(ACCOUNT))
    assert loaded.carrier == "Old Bell"
    with pytest.raises(SecretNotHere):
        loaded.account_number.reveal()


def test_a_secret_that_is_saved_comes_back() -> None:
    assert from_json(to_json(ACCOUNT, secrets="include")).account_number.reveal() == "004-881"


def test_a_secret_that_is_not_here_stays_so_when_it_is_saved_again() -> None:
    loaded = from_json(to_json(ACCOUNT))
    assert to_json(loaded, secrets="include") == to_json(ACCOUNT)


def test_another_word_about_secrets_is_an_error() -> None:
    with pytest.raises(CallerError, match="secrets is 'omit' or 'include', not 'all'"):
        to_json(ACCOUNT, secrets="all")  # type: ignore[arg-type]


@given(st.sampled_from([7, ["004-881"], {"text": ["004-881"]}, {"text": "x", "004": "y"}, "004-881", True]))
def test_what_stands_in_the_place_of_a_secret_is_never_quoted(wrong: Any) -> None:
    text = to_json(Secret("004-881"), secrets="include")
    with pytest.raises(DamagedSave) as damaged:
        from_json(with_value(text, wrong))
    assert "004-881" not in str(damaged.value)
    chain: BaseException | None = damaged.value
    while chain is not None:
        assert "004-881" not in repr(chain)
        chain = chain.__cause__ or chain.__context__


def test_an_error_about_a_secret_that_is_damaged_holds_nothing_of_the_text() -> None:
    text = to_json(Secret("004-881"), secrets="include")
    for damaged in (text[:-1], text.replace('"version":1', '"version":x'), text + "}"):
        with pytest.raises(DamagedSave) as error:
            from_json(damaged)
        assert error.value.__cause__ is error.value.__context__ is None
        assert "004-881" not in str(error.value)
