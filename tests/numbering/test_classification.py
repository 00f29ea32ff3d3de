"""What a number is: each kind by its rule, and the whole of them against the rules written out (DOMAIN 1)."""

from __future__ import annotations

import copy
import pickle
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probes import AlwaysEqual
from pstnkit.catalog import SENTENCES, key_of
from pstnkit.numbering.area_code import AreaCode, AreaCodeKind, AreaCodeStatus
from pstnkit.numbering.classification import Classification, KindRule, NumberKind, rules_of_exchange
from pstnkit.numbering.paste.classify import Classifier
from pstnkit.numbering.paste.verdicts import PastePolicy
from pstnkit.numbering.plan import plan
from pstnkit.numbering.reasons import InvalidNumber, Reason
from pstnkit.numbering.telephone import TelephoneNumber

LINES = st.sampled_from([0, 99, 100, 150, 198, 199, 200, 1211, 1212, 1213, 9999]) | st.integers(0, 9999)
EXCHANGES = st.sampled_from([555, 950, 958, 959, 976, 511, 321]) | st.integers(200, 999)
DAYS = st.sampled_from([plan.as_of, date(2027, 2, 27), date(2028, 1, 1)])


@st.composite
def numbers(draw: st.DrawFn) -> TelephoneNumber:
    npa = draw(
        st.sampled_from([415, 416, 800, 833, 876, 787, 500, 900, 700, 222, 880]) | st.integers(200, 999)
    )
    try:
        return TelephoneNumber(f"{npa}{draw(EXCHANGES)}{draw(LINES):04}")
    except InvalidNumber:
        return TelephoneNumber(f"415{draw(st.integers(200, 210))}{draw(LINES):04}")


@pytest.mark.parametrize(
    ("text", "kind", "rule"),
    [
        ("415-321-0100", "ordinary", "nothing_apart"),
        ("800-356-9377", "toll_free", "toll_free_area_code"),
        ("900-321-0100", "premium", "premium_area_code"),
        ("500-321-0100", "personal", "personal_area_code"),
        ("700-321-0100", "non_geographic", "non_geographic_area_code"),
        ("622-321-0100", "non_geographic", "non_geographic_area_code"),
        ("710-321-0100", "non_geographic", "non_geographic_area_code"),
        ("415-555-0100", "fictitious", "fictitious_line"),
        ("416-555-0199", "fictitious", "fictitious_line"),
        ("800-555-0199", "fictitious", "fictitious_toll_free_number"),
        ("415-555-1212", "directory_assistance", "directory_line"),
        ("888-555-1212", "directory_assistance", "directory_line"),
        ("415-555-0200", "special", "other_555_line"),
        ("415-950-0100", "special", "carrier_access_exchange"),
        ("415-976-0100", "special", "pay_per_call_exchange"),
        ("415-958-0100", "test", "test_exchange"),
        ("959-959-0100", "test", "test_exchange"),
    ],
)
def test_each_kind_has_its_rule_with_a_sentence_and_a_source(text: str, kind: str, rule: str) -> None:
    found = plan.classify(TelephoneNumber.parse(text))
    assert (found.kind, found.rule, found.status) == (kind, rule, "in_service")
    assert "{" not in found.explanation
    assert found.source == found.rule.source != ""


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("800-950-6264", "toll_free"),
        ("800-976-0100", "toll_free"),
        ("800-555-3453", "toll_free"),
        ("833-555-0199", "toll_free"),
        ("876-555-0100", "ordinary"),
        ("876-976-0100", "ordinary"),
        ("787-950-0100", "ordinary"),
        ("500-555-1212", "personal"),
        ("900-976-0100", "premium"),
    ],
)
def test_exchanges_are_set_apart_in_places_of_the_united_states_and_canada_only(text: str, kind: str) -> None:
    assert plan.classify(TelephoneNumber.parse(text)).kind == kind


@pytest.mark.parametrize(
    ("npa", "kind"),
    [("222", "ordinary"), ("880", "toll_free"), ("535", "personal"), ("644", "non_geographic")],
)
def test_a_code_that_is_not_assigned_is_taken_for_what_it_is_set_aside_for(npa: str, kind: str) -> None:
    found = plan.classify(TelephoneNumber(f"{npa}3210100"), date(2028, 1, 1))
    assert (found.kind, found.status) == (kind, "unconfirmed")


def test_a_premium_code_is_premium_in_a_plan_that_does_not_know_it() -> None:
    (stretch,) = rules_of_exchange(AreaCode(npa="900", status=AreaCodeStatus.UNASSIGNED), 321)
    assert stretch.rule is KindRule.PREMIUM_AREA_CODE


def test_a_newer_plan_says_where_a_code_is() -> None:
    caribbean = AreaCode(
        npa="222", kind=AreaCodeKind.GEOGRAPHIC, country="DO", status=AreaCodeStatus.IN_SERVICE
    )
    assert [stretch.rule for stretch in rules_of_exchange(caribbean, 976)] == [KindRule.NOTHING_APART]


SET_ASIDE = {
    **dict.fromkeys(map(str, range(880, 890)), "toll_free"),
    **dict.fromkeys(
        map(str, (535, 545, 546, 547, 549, 550, 552, 553, 554, 556, 558, 569, 578, 589)), "personal"
    ),
    **dict.fromkeys(("644", "655", "677", "688"), "non_geographic"),
}


def naive_kind(number: TelephoneNumber, on: date) -> str:
    """DOMAIN 1, word for word."""
    code = plan.area_code(number.npa, on)
    kind = code.kind or SET_ASIDE.get(number.npa, "geographic")
    if kind == "toll_free":
        if number.nxx + number.line == "5551212":
            return "directory_assistance"
        return "fictitious" if str(number) == "+18005550199" else "toll_free"
    if kind != "geographic":
        return str(kind)
    if code.country not in (None, "US", "CA"):
        return "ordinary"
    if number.nxx == "555":
        if number.line == "1212":
            return "directory_assistance"
        return "fictitious" if number.line.startswith("01") else "special"
    return {"950": "special", "976": "special", "958": "test", "959": "test"}.get(number.nxx, "ordinary")


@given(numbers(), DAYS)
def test_the_kind_is_what_the_rules_say_in_words(number: TelephoneNumber, on: date) -> None:
    found = plan.classify(number, on)
    assert found.kind == naive_kind(number, on)
    assert found.area_code == plan.area_code(number.npa, on)
    assert found.in_ordinary_service == (found.kind == "ordinary" and found.status == "in_service")


@given(numbers(), DAYS)
def test_a_paste_finds_what_the_classification_says(number: TelephoneNumber, on: date) -> None:
    found = plan.classify(number, on)
    reasons = {"test": "test_exchange", "special": "special_exchange"}
    strict = PastePolicy(toll_free=False)
    finding = Classifier(plan, on, strict).finding(int(number))
    if found.status == "unconfirmed" and found.kind not in (
        "test",
        "special",
        "fictitious",
        "directory_assistance",
    ):
        assert finding is Reason.AREA_CODE_UNCONFIRMED
    elif found.status not in ("in_service", "unconfirmed"):
        assert finding is Reason.AREA_CODE_NOT_IN_SERVICE
    elif found.area_code.kind == "toll_free":
        assert finding is Reason.TOLL_FREE
    else:
        assert finding == (None if found.kind == "ordinary" else reasons.get(found.kind, found.kind))


@given(numbers(), DAYS, st.builds(PastePolicy, fictitious=st.booleans(), special_exchange=st.booleans()))
def test_an_exchange_is_found_as_its_lines_are(
    number: TelephoneNumber, on: date, policy: PastePolicy
) -> None:
    classifier = Classifier(plan, on, policy)
    found, by_line = classifier.of_exchange(int(number.exchange))
    findings = {classifier.finding(int(each)) for each in number.exchange.numbers[::33]}
    assert by_line == (len(findings) > 1) or number.nxx == "555"
    assert by_line or findings == {found}


def test_a_range_between_the_lines_that_are_set_apart_is_like_any_other() -> None:
    classifier = Classifier(plan, None, PastePolicy())
    assert classifier.of_exchange(800_555) == (None, True)
    assert classifier.worst_of(800_555_0200, 800_555_0299) == (None, 800_555_0200)


def test_stretches_cover_an_exchange_without_gaps() -> None:
    for npa in ("415", "800", "833", "876", "500"):
        for nxx in (321, 555, 950):
            stretches = rules_of_exchange(plan.area_code(npa), nxx)
            assert [stretch.first for stretch in stretches] == [0, *(s.last + 1 for s in stretches[:-1])]
            assert stretches[-1].last == 9999


def test_every_kind_is_some_rules_and_every_rule_has_a_sentence() -> None:
    assert {rule.kind for rule in KindRule} == set(NumberKind)
    assert {key_of(rule) for rule in KindRule} <= SENTENCES.keys()


def test_only_numbers_are_classified() -> None:
    with pytest.raises(TypeError, match="what is classified is a TelephoneNumber, not str"):
        plan.classify("+14155550132")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="on is a date, not str"):
        plan.classify(TelephoneNumber("4155550132"), "2026-01-01")  # type: ignore[arg-type]


def test_a_classification_is_a_value() -> None:
    number = TelephoneNumber("4155550132")
    found = plan.classify(number)
    assert found == plan.classify(number, plan.as_of) == AlwaysEqual()
    assert hash(found) == hash(plan.classify(number))
    assert found != plan.classify(number, date(2027, 1, 1))
    assert found != number
    assert pickle.loads(pickle.dumps(found)) == copy.deepcopy(found) == found
    assert repr(found) == "<+14155550132 on 2026-09-30: fictitious (fictitious_line), area code in_service>"
    with pytest.raises(AttributeError, match="immutable"):
        found.on = date(2027, 1, 1)
    with pytest.raises(TypeError, match="cannot be subclassed"):
        type("Special", (Classification,), {})
