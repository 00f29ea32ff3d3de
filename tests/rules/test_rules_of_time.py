"""SPEC F: how long things take."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pstnkit.lifecycle.fulfillment import FulfillmentPolicy, OrderKind

PACIFIC = "America/Los_Angeles"
# 15:00 in Los Angeles, two weeks before its clocks change.
SIGNED = datetime(2026, 10, 20, 22, 0, tzinfo=UTC)


def test_f1_a_standard_order_takes_ten_minutes_from_the_signature() -> None:
    assert FulfillmentPolicy().due(OrderKind.STANDARD, signed=SIGNED) == SIGNED + timedelta(minutes=10)


def test_f2_an_advanced_order_takes_five_days_on_the_signers_calendar() -> None:
    due = FulfillmentPolicy().due(OrderKind.ADVANCED, signed=SIGNED, tz=PACIFIC)
    assert due.isoformat() == "2026-10-25T15:00:00-07:00"


def test_f3_a_port_takes_three_weeks_on_the_signers_calendar() -> None:
    due = FulfillmentPolicy().due(OrderKind.PORT, signed=SIGNED, tz=PACIFIC)
    assert due.isoformat() == "2026-11-10T15:00:00-08:00"


@pytest.mark.parametrize(("days", "starts"), [(-1, 0), (1, 1)])
def test_f5_the_clock_starts_at_the_later_of_placement_and_signature(days: int, starts: int) -> None:
    placed = SIGNED + timedelta(days=days)
    due = FulfillmentPolicy().due(OrderKind.STANDARD, signed=SIGNED, placed=placed)
    assert due == SIGNED + timedelta(days=starts, minutes=10)
