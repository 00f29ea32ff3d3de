"""Carriers' codes for refused ports: each is known, and comes down to one reason."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from pstnkit.carriers.words.reject_codes import (
    LOSING_CARRIERS,
    reject_codes,
    reject_reason,
    rejected,
)
from pstnkit.porting.rejects import RejectReason

_DATA = Path(os.environ.get("PSTNKIT_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data"))
_LISTED = _DATA / "port_reject_reasons.csv"


def test_every_reason_is_what_some_carrier_means() -> None:
    assert {row.reason for row in reject_codes()} == set(RejectReason)


def test_no_code_is_in_the_table_twice() -> None:
    codes = [(row.carrier, row.code) for row in reject_codes()]
    codes += [(LOSING_CARRIERS, code) for row in reject_codes() for code in row.passed_on]
    assert len({(carrier, code.casefold()) for carrier, code in codes}) == len(codes)


@pytest.mark.skipif(not _LISTED.exists(), reason=f"the codes are not at {_LISTED} (set PSTNKIT_SHARED_DATA)")
def test_every_listed_code_comes_down_to_exactly_one_reason() -> None:
    with _LISTED.open(encoding="utf-8", newline="") as file:
        listed = list(csv.DictReader(file))
    assert listed
    names: dict[str, set[RejectReason]] = {}
    for row in listed:
        reason = reject_reason(row["provider"], row["code"])
        if row["vendor_code"]:
            assert reject_reason(LOSING_CARRIERS, row["vendor_code"]) is reason
        names.setdefault(row["canonical_suggestion"], set()).add(reason)
        assert (reason is RejectReason.OTHER) is (row["canonical_suggestion"] == "other"), row
    assert {name: reasons for name, reasons in names.items() if len(reasons) > 1} == {}
    same = [("pin_mismatch", "passcode_pin_invalid"), ("btn_mismatch", "btn_atn_mismatch")]
    same += [
        ("auth_name_mismatch", "auth_person_mismatch"),
        ("business_name_mismatch", "entity_name_mismatch"),
    ]
    same += [("address_mismatch", "location_mismatch"), ("pending_order", "lsr_pending")]
    for one, other in same:
        assert names[one] == names[other]


def test_a_carrier_may_pass_on_a_losing_carriers_code() -> None:
    assert reject_reason("simulated", "8D") is RejectReason.ADDRESS_MISMATCH
    assert reject_reason("bandwidth", " e10A ") is RejectReason.SIGNER_MISMATCH
    assert reject_reason("bandwidth", "E10") is RejectReason.NAME_MISMATCH


def test_a_code_that_is_not_known_is_other_with_its_text() -> None:
    report = rejected("telnyx", "MOON_PHASE", "wait for the new moon")
    assert (report.reason, report.code, report.text) == (
        RejectReason.OTHER,
        "MOON_PHASE",
        "wait for the new moon",
    )
    assert reject_reason("bandwidth", "ACCOUNT_NUMBER_MISMATCH") is RejectReason.OTHER
