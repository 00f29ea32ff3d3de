"""What the plan, the day, the policy and earlier entries make of a number."""

from __future__ import annotations

import copy
import pickle
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probes import AlwaysEqual
from pstnkit.errors import CallerError
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.paste import Entry, PastePolicy, Verdict, read_numbers
from pstnkit.numbering.paste.classify import Classifier
from pstnkit.numbering.plan import NumberingPlan, plan
from pstnkit.numbering.ranges import NumberRange
from pstnkit.numbering.reasons import Reason
from pstnkit.numbering.telephone import TelephoneNumber

KINDS = {
    "800-321-0100": "toll_free",
    "900-321-0100": "premium",
    "543-321-0100": "personal",
    "622-321-0100": "non_geographic",
    "415-555-0100": "fictitious",
    "800-555-0199": "fictitious",
    "415-555-1212": "directory_assistance",
    "800-555-1212": "directory_assistance",
    "415-958-0100": "test_exchange",
    "416-959-0100": "test_exchange",
    "415-950-0100": "special_exchange",
    "415-976-0100": "special_exchange",
    "415-555-0200": "special_exchange",
}


def one(text: str, **choices: object) -> Entry:
    (entry,) = read_numbers(text, **choices)  # type: ignore[arg-type]
    return entry


@pytest.mark.parametrize(("text", "kind"), KINDS.items())
def test_each_kind_of_number_is_valid_exactly_when_the_policy_allows_it(text: str, kind: str) -> None:
    refused = one(text, policy=PastePolicy(toll_free=kind != "toll_free"))
    assert (refused.verdict, refused.reason, len(refused.numbers)) == ("invalid", kind, 0)
    allowed = one(text, policy=PastePolicy(**{kind: True}))
    assert (allowed.verdict, allowed.reason, len(allowed.numbers)) == ("valid", None, 1)


def test_by_default_toll_free_numbers_are_valid_and_no_other_kind() -> None:
    assert {kind for text, kind in KINDS.items() if one(text).verdict == "valid"} == {"toll_free"}


@pytest.mark.parametrize(
    "text",
    [
        "876-511-5013",
        "876-555-1212",
        "876-976-0100",
        "800-950-6264",
        "800-411-7246",
        "800-555-3453",
        "833-555-0100",
    ],
)
def test_special_exchanges_are_ordinary_in_toll_free_codes_and_in_other_countries(text: str) -> None:
    assert one(text).verdict is Verdict.VALID


def test_the_day_decides_whether_an_area_code_is_in_service() -> None:
    announced = one("273-321-0100")
    assert (announced.reason, announced.hint) == (
        "area_code_not_in_service",
        "area code 273 is announced to open on 2027-02-27",
    )
    assert one("273-321-0100", on=date(2027, 2, 27)).verdict is Verdict.VALID
    assert one("222-321-0100").reason is Reason.AREA_CODE_NOT_IN_SERVICE
    assert one("222-321-0100").hint is None


def test_beyond_the_horizon_an_area_code_without_a_date_is_valid_with_a_hint() -> None:
    entry = one("222-321-0100", on=date(2028, 1, 1))
    assert (entry.verdict, entry.reason) == (Verdict.VALID, Reason.AREA_CODE_UNCONFIRMED)
    assert entry.hint == "the numbering plan was last corrected on 2026-09-30 and vouches until 2027-03-30"
    assert one("222-555-0100", on=date(2028, 1, 1)).reason is Reason.FICTITIOUS
    assert one("222-976-0100", on=date(2028, 1, 1)).reason is Reason.SPECIAL_EXCHANGE
    crossing = one("222-555-0050 - 0150", on=date(2028, 1, 1), policy=PastePolicy(special_exchange=True))
    assert crossing.reason is Reason.FICTITIOUS


def test_shape_comes_before_service_and_the_area_code_before_the_exchange() -> None:
    assert one("222-121-0100").reason is Reason.EXCHANGE_FORMAT
    assert one("911-121-0100").reason is Reason.AREA_CODE_FORMAT
    assert one("222-411-0100").reason is Reason.N11_EXCHANGE


def test_another_plan_can_be_given() -> None:
    later = NumberingPlan(plan.to_text().replace("\n415 1947-01-01 ", "\n415 2030-01-01 "))
    assert one("415-321-0100", plan=later).hint == "area code 415 is announced to open on 2030-01-01"
    assert one("415-321-0100", plan=plan).verdict is Verdict.VALID


def test_a_moment_is_no_day() -> None:
    with pytest.raises(TypeError):
        read_numbers("415-321-0100", on=datetime(2026, 9, 30))  # noqa: DTZ001


@given(
    st.integers(0, 9999), st.integers(0, 9999), st.sampled_from([415_555, 800_555, 876_555, 415_321, 415_976])
)
def test_a_range_takes_the_finding_of_its_worst_member(one_end: int, other_end: int, exchange: int) -> None:
    first, last = sorted((exchange * 10_000 + one_end, exchange * 10_000 + other_end))
    classifier = Classifier(plan, None, PastePolicy())
    found, member = classifier.worst_of(first, last)
    findings = [classifier.finding(digits) for digits in range(first, last + 1)]
    assert found == next((finding for finding in findings if finding), None)
    assert member == first + (findings.index(found) if found else 0)


def test_an_invalid_range_names_the_member_that_spoils_it() -> None:
    assert one("876-555-1200 - 1300").verdict is Verdict.VALID
    spoiled = one("800-555-1200 - 1300")
    assert (spoiled.reason, spoiled.hint) == (Reason.DIRECTORY_ASSISTANCE, "because of +18005551212")


def test_a_repeated_number_points_at_the_entry_that_listed_it_first() -> None:
    report = read_numbers("Phone\n415-321-0100\n\n(415) 321-0100\n+14153210100")
    assert [(entry.row, entry.verdict.value, entry.reason, entry.hint) for entry in report] == [
        (2, "valid", None, None),
        (4, "duplicate", "duplicate", "first listed in row 2 (entry 1)"),
        (5, "duplicate", "duplicate", "first listed in row 2 (entry 1)"),
    ]


def test_a_range_that_repeats_some_numbers_is_a_duplicate_and_loses_none() -> None:
    report = read_numbers("415-321-0150\n415-321-0100 - 0199\n415-321-0198 - 0201\n415-321-0120")
    assert [entry.verdict.value for entry in report] == ["valid", "duplicate", "duplicate", "duplicate"]
    assert [entry.hint for entry in report[1:]] == [
        "1 of its 100 numbers is listed before, +14153210150 in row 1 (entry 1)",
        "2 of its 4 numbers are listed before, +14153210198 in row 2 (entry 2)",
        "first listed in row 2 (entry 2)",
    ]
    assert len(report.numbers) == 102
    assert sorted(report.numbers) == list(NumberRange("4153210100", "4153210201"))


def test_an_invalid_number_twice_is_invalid_twice() -> None:
    assert read_numbers("415-555-0100\n415-555-0100").counts[Reason.FICTITIOUS] == 2


KNOWN = TelephoneNumber("4153210103")


@pytest.mark.parametrize(
    "known",
    [{KNOWN}, [KNOWN], NumberSet([KNOWN]), [NumberRange(KNOWN, KNOWN)], {KNOWN: Reason.ALREADY_OWNED}],
)
def test_a_known_number_is_already_owned(known: object) -> None:
    report = read_numbers("415-321-0103\n415-321-0104\n415-321-0100 - 0105", known=known)  # type: ignore[arg-type]
    assert [(entry.verdict.value, entry.reason, entry.hint) for entry in report] == [
        ("invalid", "already_owned", None),
        ("valid", None, None),
        ("invalid", "already_owned", "because of +14153210103"),
    ]


def test_a_known_number_may_be_in_an_active_order() -> None:
    report = read_numbers(
        "415-321-0103\n415-321-0104\n415-321-0105",
        known={KNOWN: Reason.IN_ACTIVE_ORDER, KNOWN + 1: Reason.ALREADY_OWNED},
    )
    assert [entry.reason for entry in report] == ["in_active_order", "already_owned", None]


def test_a_known_number_is_owned_whatever_is_unconfirmed_of_its_area_code() -> None:
    number = TelephoneNumber("2223210100")
    report = read_numbers("222-321-0100\n222-321-0101", on=date(2028, 1, 1), known={number})
    assert [entry.reason for entry in report] == ["already_owned", "area_code_unconfirmed"]


def test_a_number_is_known_for_one_of_two_reasons_only() -> None:
    with pytest.raises(CallerError, match="already_owned or in_active_order, not"):
        read_numbers("x", known={KNOWN: Reason.FOREIGN})


def test_of_a_report_that_is_known_the_valid_numbers_count() -> None:
    mine = read_numbers("Phone,Fax\n415-321-0100 - 0101,628-321-0100\n911-321-0100,")
    text = "415-321-0101\n628-321-0100\n911-321-0100"
    assert [one.reason for one in read_numbers(text, known=mine)] == [
        Reason.ALREADY_OWNED,
        Reason.ALREADY_OWNED,
        Reason.AREA_CODE_FORMAT,
    ]
    assert [one.reason for one in read_numbers(text, known=mine.where(column="Fax"))] == [
        None,
        Reason.ALREADY_OWNED,
        Reason.AREA_CODE_FORMAT,
    ]


@pytest.mark.parametrize(
    ("known", "message"),
    [
        (5, r"or a mapping to the reason, not int \('5'\)"),
        ("415-321-0100", r"or a mapping to the reason, not str \(\"'415-321-0100'\"\)"),
        (b"4153210100", "or a mapping to the reason, not bytes "),
        (KNOWN, "or a mapping to the reason, not TelephoneNumber "),
        (["415-321-0100"], "known numbers: expected a TelephoneNumber or a NumberRange, not str "),
        (read_numbers("415-321-0100").valid, "known numbers: expected a TelephoneNumber or .*, not Entry"),
        ({"415-321-0100": Reason.ALREADY_OWNED}, "known numbers: expected a TelephoneNumber or .*, not str "),
    ],
)
def test_known_numbers_are_numbers_and_nothing_else(known: object, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        one("415-321-0100", known=known)


def test_a_policy_is_an_immutable_value() -> None:
    policy = PastePolicy(fictitious=True, toll_free=False)
    assert repr(policy) == "PastePolicy(fictitious=True, toll_free=False)"
    assert eval(repr(policy)) == policy
    assert policy == PastePolicy(toll_free=False, fictitious=True) != PastePolicy()
    assert hash(policy) == hash(PastePolicy(toll_free=False, fictitious=True))
    assert pickle.loads(pickle.dumps(policy)) == copy.deepcopy(policy) == policy
    assert policy == AlwaysEqual()
    assert policy != "fictitious"
    with pytest.raises(AttributeError, match="immutable"):
        policy.toll_free = True
    with pytest.raises(AttributeError, match="immutable"):
        del policy._allowed
