"""Why ports are refused: every reason has its facts and its sentence, and no two mean the same."""

from __future__ import annotations

import pickle
import re

import pytest

from lifecycle_cases import FIRST
from pstnkit.catalog import SENTENCES, key_of, sentence
from pstnkit.lifecycle.waiting import Party
from pstnkit.porting.rejects import REJECT_FACTS, PortRejected, RejectReason, Remedy

SUPPLEMENTS = {Remedy.SUP_1: "(SUP 1)", Remedy.SUP_2: "(SUP 2)", Remedy.SUP_3: "(SUP 3)"}


def test_every_reason_has_its_facts_and_a_sentence() -> None:
    assert list(REJECT_FACTS) == list(RejectReason)
    assert all(key_of(reason) in SENTENCES for reason in RejectReason)


def test_no_two_reasons_mean_the_same() -> None:
    assert len({sentence(reason) for reason in RejectReason}) == len(RejectReason)
    what = [sentence(reason).partition(":")[0] for reason in RejectReason]
    assert len(set(what)) == len(RejectReason)
    corrected = [facts.fields for facts in REJECT_FACTS.values() if facts.remedy is Remedy.SUP_3]
    assert len(set(corrected)) == len(corrected), "two reasons that one and the same correction answers"


@pytest.mark.parametrize("reason", RejectReason)
def test_a_sentence_names_the_supplement_that_its_facts_name(reason: RejectReason) -> None:
    facts, told = REJECT_FACTS[reason], sentence(reason)
    named = set(re.findall(r"\(SUP \d\)", told))
    if facts.remedy in SUPPLEMENTS:
        assert named == {SUPPLEMENTS[facts.remedy]}
    elif facts.remedy is Remedy.NEW_REQUEST:
        assert (named, "new request" in told) == (set(), True)
    elif facts.remedy is Remedy.WAIT:
        assert (named, "wait" in told) == (set(), True)
    else:
        assert named <= {"(SUP 2)"}, (
            "what is cleared up by telephone goes on with another date, if with anything"
        )


@pytest.mark.parametrize("reason", RejectReason)
def test_who_acts_and_what_is_corrected_go_with_the_remedy(reason: RejectReason) -> None:
    facts = REJECT_FACTS[reason]
    if facts.remedy in (Remedy.SUP_2, Remedy.SUP_3, Remedy.NEW_REQUEST):
        assert facts.fields
        assert facts.on in (Party.PARTNER, Party.ADMINISTRATOR)
    else:
        assert not facts.fields
    if facts.remedy is Remedy.SUP_2:
        assert facts.fields == ("requested_date",)
    if facts.remedy is Remedy.WAIT:
        assert facts.on in (Party.CARRIER, Party.LOSING_CARRIER)


def test_what_can_never_be_ported_is_not_tried_again() -> None:
    assert {reason.value for reason, facts in REJECT_FACTS.items() if not facts.retry} == {
        "number_not_portable",
        "rate_center_not_portable",
        "internal_port",
        "change_not_allowed",
    }


def test_a_rejection_keeps_the_carriers_own_code_and_text() -> None:
    refused = PortRejected("7402", "zip is wrong", RejectReason.ADDRESS_MISMATCH, (FIRST,))
    assert (refused.code, refused.text, refused.numbers) == ("7402", "zip is wrong", (FIRST,))
    assert str(refused).endswith("[7402: zip is wrong]")
    assert pickle.loads(pickle.dumps(refused)) == refused


def test_a_rejection_without_a_known_reason_is_other_and_has_its_text() -> None:
    assert PortRejected("X9", "computer says no").reason is RejectReason.OTHER
    assert "[X9: computer says no]" in str(PortRejected("X9", "computer says no"))
    assert "[computer says no]" in str(PortRejected("", "computer says no"))
    assert "[" not in str(PortRejected("", ""))


def test_a_reason_may_be_given_by_its_value() -> None:
    assert PortRejected("", "", "prepaid").reason is RejectReason.PREPAID
    with pytest.raises(ValueError, match="'mood' is not a valid RejectReason"):
        PortRejected("", "", "mood")
