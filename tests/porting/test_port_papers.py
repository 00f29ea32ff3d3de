"""The papers of a port (SPEC O3, O5, DOMAIN 4): the letter as data and as a page, and what is missing, for whom."""

from __future__ import annotations

import copy
import pickle
import re
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from lifecycle_cases import THREE, port_order
from pstnkit.accounts.addresses import CivicAddress
from pstnkit.accounts.agreements import Agreement, AgreementKind, AgreementStatus
from pstnkit.accounts.letters import LetterOfAuthorization, LetterPolicy
from pstnkit.catalog import SENTENCES, key_of
from pstnkit.lifecycle.fulfillment import InvalidPolicy
from pstnkit.lifecycle.waiting import Party
from pstnkit.numbering.ranges import NumberRange
from pstnkit.porting.attachments import Attachment, AttachmentKind, PaperPolicy
from pstnkit.porting.cutoffs import PortSpeed
from pstnkit.porting.letter_page import LetterText
from pstnkit.porting.papers import IncompleteLetter, MissingPaper, PaperLack, PortPapers
from pstnkit.porting.planning.facts import PortFacts
from pstnkit.porting.planning.planner import plan_ports
from pstnkit.secret import Secret, SecretRef

TODAY = date(2026, 11, 20)
ADDRESS = CivicAddress(
    house_number="1200", street="Anson St", city="San Francisco", state="CA", postal_code="94107"
)
TEN = NumberRange("4152012000", "4152012009")
COMPLETE = PortFacts(
    losing_carrier="Old Bell",
    account_number=SecretRef("secret-1"),
    btn=TEN[0],
    business_name="Bay Bicycles Inc.",
    service_address=ADDRESS,
    signer="Ada Park",
)
BILL = Attachment(kind="bill", reference="doc-17", dated=TODAY - timedelta(days=10), pages=4)
PAPERS = PortPapers(facts=COMPLETE, numbers=(TEN,), signed=TODAY, signed_by="ADA PARK", attachments=[BILL])
USUAL = PaperPolicy.usual()


def lacks(papers: PortPapers, policy: PaperPolicy = USUAL) -> list[tuple[PaperLack, Party, str]]:
    return [(lack.kind, lack.on, str(lack)) for lack in papers.missing(policy, on=TODAY)]


# --- what is missing ---------------------------------------------------------------------------------------


def test_papers_that_are_all_there_lack_nothing() -> None:
    assert PAPERS.missing(USUAL, on=TODAY) == ()
    assert PAPERS.missing(PaperPolicy(), on=TODAY) == ()


@pytest.mark.parametrize(
    ("field", "party", "sentence"),
    [
        ("losing_carrier", Party.PARTNER, "the losing carrier is missing"),
        ("business_name", Party.ADMINISTRATOR, "the business name is missing"),
        ("service_address", Party.ADMINISTRATOR, "the service address is missing"),
        ("btn", Party.ADMINISTRATOR, "the BTN is missing"),
        ("account_number", Party.ADMINISTRATOR, "the account number is missing"),
        ("signer", Party.ADMINISTRATOR, "the authorized signer is missing"),
        ("pin", Party.ADMINISTRATOR, "the PIN is missing"),
    ],
)
def test_a_field_is_asked_of_whoever_knows_it(field: str, party: Party, sentence: str) -> None:
    policy = evolve(USUAL, pin=True, bill=False)
    whole = evolve(COMPLETE, pin=SecretRef("secret-2"))
    papers = evolve(PAPERS, facts=evolve(whole, **{field: None}), attachments=())
    assert lacks(papers, policy) == [(PaperLack.FIELD, party, sentence)]
    [lack] = papers.missing(policy, on=TODAY)
    assert lack.field == field


def test_what_stands_on_a_bill_the_partner_can_read_for_itself() -> None:
    papers = evolve(PAPERS, facts=evolve(COMPLETE, btn=None, signer=None))
    assert [(lack.field, lack.on) for lack in papers.missing(USUAL, on=TODAY)] == [
        ("btn", Party.PARTNER),
        ("signer", Party.ADMINISTRATOR),
    ]


def test_a_pin_is_missing_only_where_the_losing_carrier_asks_for_one() -> None:
    assert lacks(PAPERS, evolve(USUAL, pin=True)) == [
        (PaperLack.FIELD, Party.ADMINISTRATOR, "the PIN is missing")
    ]


def test_a_new_btn_is_missing_where_the_old_one_leaves_and_numbers_stay() -> None:
    assert lacks(evolve(PAPERS, partial=True)) == [
        (
            PaperLack.NEW_BTN,
            Party.ADMINISTRATOR,
            "the BTN leaves while numbers stay: a new BTN for them is missing",
        )
    ]
    named = evolve(PAPERS, partial=True, facts=evolve(COMPLETE, new_btn=TEN[0] + 500))
    assert lacks(named) == []
    stays = evolve(PAPERS, partial=True, facts=evolve(COMPLETE, btn=TEN[0] + 500))
    assert lacks(stays) == []
    unknown = evolve(PAPERS, partial=True, facts=evolve(COMPLETE, btn=None))
    assert [kind for kind, _, _ in lacks(unknown)] == [PaperLack.FIELD]


@pytest.mark.parametrize(
    ("given", "kind", "sentence"),
    [
        (
            {"signed": None},
            PaperLack.NOT_SIGNED,
            "the letter of authorization has to be signed by Ada Park",
        ),
        (
            {"signed": TODAY - timedelta(days=31)},
            PaperLack.SIGNED_TOO_LONG_AGO,
            "the letter of authorization was signed on 2026-10-20 and counts for 30 days: sign it anew",
        ),
        (
            {"signed": TODAY + timedelta(days=1)},
            PaperLack.SIGNED_IN_THE_FUTURE,
            "the letter of authorization is dated 2026-11-21, which is still to come",
        ),
        (
            {"signed_by": "Bo Lind"},
            PaperLack.SIGNED_BY_ANOTHER,
            "Bo Lind has signed the letter of authorization; it has to be Ada Park",
        ),
    ],
)
def test_a_signature_counts_by_its_day_and_by_whose_it_is(
    given: dict[str, Any], kind: PaperLack, sentence: str
) -> None:
    assert lacks(evolve(PAPERS, **given)) == [(kind, Party.ADMINISTRATOR, sentence)]


def test_a_letter_counts_up_to_the_last_day_of_its_policy_and_without_one_for_ever() -> None:
    assert lacks(evolve(PAPERS, signed=TODAY - timedelta(days=30))) == []
    old = evolve(PAPERS, signed=TODAY - timedelta(days=3_000))
    assert lacks(old, evolve(USUAL, letters=LetterPolicy())) == []


def test_without_a_name_the_letter_is_to_be_signed_by_somebody() -> None:
    papers = evolve(PAPERS, signed=None, facts=evolve(COMPLETE, signer=None))
    assert lacks(papers)[-1][2] == "the letter of authorization has to be signed"
    assert lacks(evolve(PAPERS, signed_by=None)) == []


@pytest.mark.parametrize(
    ("attachment", "party", "sentence"),
    [
        (None, Party.ADMINISTRATOR, "a bill of the losing carrier is missing"),
        (
            evolve(BILL, dated=TODAY - timedelta(days=31)),
            Party.ADMINISTRATOR,
            "the bill doc-17 is of 2026-10-20 and counts for 30 days: a newer one is missing",
        ),
        (
            evolve(BILL, dated=TODAY + timedelta(days=1)),
            Party.ADMINISTRATOR,
            "the bill doc-17 is dated 2026-11-21, which is still to come",
        ),
        (
            evolve(BILL, dated=None),
            Party.PARTNER,
            "the date of the bill doc-17 is missing: it counts for 30 days",
        ),
    ],
)
def test_a_bill_has_to_be_there_and_recent(
    attachment: Attachment | None, party: Party, sentence: str
) -> None:
    papers = evolve(PAPERS, attachments=[attachment] if attachment else [])
    assert [(on, told) for _, on, told in lacks(papers)] == [(party, sentence)]
    [lack] = papers.missing(USUAL, on=TODAY)
    assert lack.attachment == attachment
    assert lacks(papers, evolve(USUAL, bill=False)) == []


def test_one_bill_that_counts_is_enough() -> None:
    old = evolve(BILL, reference="doc-1", dated=TODAY - timedelta(days=400))
    assert lacks(evolve(PAPERS, attachments=[old, BILL])) == []
    assert [
        told for _, _, told in lacks(evolve(PAPERS, attachments=[old, evolve(old, reference="doc-2")]))
    ] == [
        "the bill doc-1 is of 2025-10-16 and counts for 30 days: a newer one is missing",
        "the bill doc-2 is of 2025-10-16 and counts for 30 days: a newer one is missing",
    ]


def test_a_record_is_asked_for_by_the_winning_carrier_where_it_is_needed() -> None:
    policy = evolve(USUAL, csr=True)
    assert lacks(PAPERS, policy) == [
        (
            PaperLack.CSR,
            Party.CARRIER,
            "the customer service record is missing: it is asked for at the losing carrier",
        )
    ]
    record = Attachment(kind="csr", reference="doc-18")
    assert lacks(evolve(PAPERS, attachments=[BILL, record]), evolve(policy, csr_days=None)) == []
    assert [on for _, on, _ in lacks(evolve(PAPERS, attachments=[BILL, record]), policy)] == [Party.PARTNER]


@given(
    st.none() | st.integers(-40, 40),
    st.none() | st.integers(1, 40),
    st.none() | st.integers(-40, 40),
    st.none() | st.integers(1, 40),
)
def test_a_day_counts_within_its_policy_and_never_in_the_future(
    letter: int | None, letter_days: int | None, bill: int | None, bill_days: int | None
) -> None:
    """Letters and bills, so many days old, by the plainest of rules."""
    policy = PaperPolicy(bill_days=bill_days, letters=LetterPolicy(days=letter_days))
    papers = evolve(
        PAPERS,
        signed=None if letter is None else TODAY - timedelta(days=letter),
        attachments=[evolve(BILL, dated=None if bill is None else TODAY - timedelta(days=bill))],
    )
    good_letter = letter is not None and 0 <= letter <= (letter_days or letter)
    good_bill = bill_days is None if bill is None else 0 <= bill <= (bill_days or bill)
    assert len(papers.missing(policy, on=TODAY)) == (not good_letter) + (not good_bill)


def test_everything_that_may_be_missing_has_a_sentence() -> None:
    kinds = (PaperLack, AttachmentKind, LetterText)
    assert {key_of(member) for kind in kinds for member in kind} <= set(SENTENCES)
    assert str(MissingPaper(kind=PaperLack.BILL, on=Party.ADMINISTRATOR)).startswith("a bill")


# --- where papers come from --------------------------------------------------------------------------------


def test_each_planned_order_has_papers_of_its_own() -> None:
    main = evolve(COMPLETE, lines=12, reseller=False)
    plan = plan_ports([TEN], known=main)
    papers = PortPapers.of_plan(plan.orders[0], signed=TODAY, signed_by="Ada Park", attachments=[BILL])
    assert (papers.facts, papers.numbers, papers.partial, papers.btn_leaves) == (main, (TEN,), True, True)
    assert [kind for kind, _, _ in lacks(papers)] == [PaperLack.NEW_BTN]
    assert PortPapers.of_plan(plan.orders[0]).signed is None


def test_a_planned_order_says_by_which_intervals_it_is_ported() -> None:
    alone = evolve(COMPLETE, lines=1, reseller=False, unbundled=False, complex_features=False)
    assert plan_ports(TEN[:1], known=alone).orders[0].speed is PortSpeed.SIMPLE
    assert plan_ports(TEN[:1], known=COMPLETE).orders[0].speed is PortSpeed.OTHER


def signed_letter(day: date, by: str = "Ada Park", order: str = "port-1") -> Agreement:
    return Agreement(
        id=f"agreement-{day}",
        partner="partner-1",
        customer="customer-1",
        kind=AgreementKind.LETTER_OF_AUTHORIZATION,
        signer="Dana Reed",
        email="admin@harbor.example",
        client_reference="reference-3",
        order=order,
        status=AgreementStatus.SIGNED,
        signed=datetime(day.year, day.month, day.day, 2, tzinfo=UTC),
        signed_by=by,
    )


def test_a_placed_port_has_the_last_letter_that_was_signed_for_it() -> None:
    port = evolve(port_order(), authorized_signer="Ada Park", btn=THREE.first)
    letters = [
        signed_letter(date(2026, 11, 12), "Ada Park"),
        signed_letter(date(2026, 11, 2), "Bo Lind"),
        signed_letter(TODAY, order="port-2"),
    ]
    papers = PortPapers.of_port(port, agreements=letters, tz="America/Los_Angeles", attachments=[BILL])
    assert (papers.signed, papers.signed_by) == (date(2026, 11, 11), "Ada Park")
    assert papers.numbers == (THREE,)
    assert [told for _, _, told in lacks(papers)] == ["the service address is missing"]
    unsigned = PortPapers.of_port(evolve(port, new_btn=TEN[5]), tz="UTC", partial=True)
    assert (unsigned.signed, unsigned.partial, unsigned.facts.new_btn) == (None, True, TEN[5])


def test_who_has_to_sign_stands_in_the_letter_that_was_sent() -> None:
    letter = PAPERS.letter()
    sent = evolve(signed_letter(TODAY), signed=None, status=AgreementStatus.SENT, letter=letter)
    assert PortPapers.of_port(port_order(), agreements=[sent], tz="UTC").facts.signer == "Ada Park"
    assert PortPapers.of_port(port_order(), tz="UTC").facts.signer is None


# --- the letter as data ------------------------------------------------------------------------------------


def test_complete_papers_make_a_letter() -> None:
    assert PAPERS.letter() == LetterOfAuthorization(
        losing_carrier="Old Bell",
        account_number=SecretRef("secret-1"),
        business_name="Bay Bicycles Inc.",
        authorized_signer="Ada Park",
        numbers=(TEN,),
        service_address=ADDRESS,
        btn=TEN[0],
    )
    with_pin = evolve(PAPERS, facts=evolve(COMPLETE, pin=SecretRef("secret-2")))
    assert with_pin.letter().pin == SecretRef("secret-2")


def test_a_letter_that_lacks_something_names_all_of_it() -> None:
    papers = PortPapers(facts=PortFacts(losing_carrier="Old Bell"), numbers=(TEN,))
    with pytest.raises(IncompleteLetter, match="needs account number, business name, signer") as refused:
        papers.letter()
    assert refused.value.fields == ("account_number", "business_name", "signer")
    again = pickle.loads(pickle.dumps(refused.value))
    assert (again.fields, str(again)) == (refused.value.fields, str(refused.value))
    assert copy.copy(refused.value).fields == again.fields


@pytest.mark.parametrize("field", ["account_number", "pin"])
def test_a_letter_has_references_to_secrets_and_no_secrets(field: str) -> None:
    secret: dict[str, Any] = {field: Secret("004-881")}
    papers = evolve(PAPERS, facts=evolve(COMPLETE, **secret))
    with pytest.raises(TypeError, match=f"{field} of a letter is a SecretRef") as refused:
        papers.letter()
    assert "004-881" not in str(refused.value)


# --- the letter as a page ----------------------------------------------------------------------------------


class Reader(HTMLParser):
    """Reads the text of a page, and what it would load or run."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert self._open == [], "a tag is not closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag != "meta":
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open[-1:] != ["style"]:
            self.text += data


def test_a_page_has_every_field_of_the_letter() -> None:
    more = [NumberRange("4152013000", "4152013000")]
    facts = evolve(COMPLETE, pin=SecretRef("secret-2"), new_btn=TEN[0] + 500)
    papers = evolve(
        PAPERS,
        facts=facts,
        numbers=(TEN, *more),
        attachments=[BILL, Attachment(kind="csr", reference="doc-18")],
    )
    page = papers.to_html(winning_carrier="New Line", account_number=Secret("004-881"), pin=Secret("7788"))
    text = Reader(page).text
    for told in (
        "Letter of Authorization",
        "moved to New Line",
        "Bay Bicycles Inc.",
        "1200 Anson St, San Francisco, CA 94107, US",
        "Old Bell",
        "(415) 201-2000",
        "004-881",
        "7788",
        "(415) 201-2500",
        "Telephone numbers to be moved (11)",
        "(415) 201-2000 to (415) 201-2009 (10)",
        "(415) 201-3000",
        "bill, doc-17, of 2026-11-10, 4 pages",
        "customer service record, doc-18",
        "ADA PARK",
        "2026-11-20",
    ):
        assert told in text


def test_secrets_stand_on_a_page_only_when_they_are_handed_in() -> None:
    facts = evolve(COMPLETE, account_number=Secret("004-881"), pin=Secret("7788"))
    page = evolve(PAPERS, facts=facts).to_html(winning_carrier="New Line")
    assert "004-881" not in page
    assert "7788" not in page
    assert re.search(r"PIN</th><td><span class=\"blank\">", page)
    assert "PIN" not in PAPERS.to_html(winning_carrier="New Line")
    assert "7788" in PAPERS.to_html(winning_carrier="New Line", pin=Secret("7788"))


def test_what_is_not_known_is_a_line_to_be_filled_in_by_hand() -> None:
    page = PortPapers(facts=PortFacts(), numbers=(TEN,)).to_html(winning_carrier="New Line")
    assert page.count('class="blank"') == 8
    assert "Attached" not in page


@given(st.text(min_size=1, max_size=30), st.text(max_size=30))
def test_whatever_is_written_stays_text_and_nothing_is_loaded(one: str, other: str) -> None:
    hostile = f'"><script src="https://evil.example/x.js">{one}</script><img src=x onerror=alert(1)>'
    facts = evolve(
        COMPLETE, business_name=hostile, losing_carrier=f"<b>{other}", signer="<style>@import 'x'</style>"
    )
    attachment = Attachment(kind="bill", reference=f"<iframe src='x'>{one}")
    papers = evolve(PAPERS, facts=facts, attachments=[attachment], signed_by=None)
    page = Reader(papers.to_html(winning_carrier=hostile, account_number=Secret(hostile)))
    assert not {"script", "img", "b", "iframe", "link", "a"} & set(page.tags)
    assert page.tags.count("style") == 1
    assert {name for name, _ in page.attributes} <= {
        "lang",
        "charset",
        "http-equiv",
        "content",
        "name",
        "scope",
        "class",
    }
    assert ("content", "default-src 'none'; style-src 'unsafe-inline'") in page.attributes


def test_a_page_is_a_whole_document_for_print() -> None:
    page = PAPERS.to_html(winning_carrier="New Line")
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert "@page" in page
    assert "@media print" in page
    assert "url(" not in page
    assert "http://" not in page
    assert "https://" not in page


def test_a_toll_free_number_is_moved_away_from_its_resp_org() -> None:
    toll_free = NumberRange("8002012000", "8002012000")
    text = Reader(evolve(PAPERS, numbers=(toll_free,)).to_html(winning_carrier="New Line")).text
    assert "Present RespOrg" in text
    assert "Present carrier" not in text
    assert "Present carrier" in Reader(PAPERS.to_html(winning_carrier="New Line")).text


def test_a_page_in_another_language() -> None:
    french = {**SENTENCES, "LetterText.title": "Lettre d'autorisation", "AttachmentKind.bill": "facture"}
    text = Reader(PAPERS.to_html(winning_carrier="New Line", catalog=french)).text
    assert "Lettre d'autorisation" in text
    assert "facture, doc-17" in text


# --- what is no paper --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "error", "complaint"),
    [
        ({"kind": "photo"}, ValueError, "kind: 'photo' is no kind of attachment; there are bill, csr"),
        ({"reference": " "}, ValueError, "reference: ' ' names no document"),
        ({"reference": 7}, ValueError, "reference: 7 names no document"),
        ({"pages": 0}, ValueError, "pages: 0 is no count of pages"),
        ({"dated": "2026-11-10"}, TypeError, "dated is a date, not a str: '2026-11-10'"),
        ({"dated": datetime(2026, 11, 10, tzinfo=UTC)}, TypeError, "dated is a date, not a datetime"),
    ],
)
def test_an_attachment_that_cannot_be_is_refused(
    given: dict[str, Any], error: type[Exception], complaint: str
) -> None:
    with pytest.raises(error, match=complaint):
        Attachment(**{"kind": "bill", "reference": "doc-17", **given})


def test_a_day_of_signature_is_a_date() -> None:
    with pytest.raises(TypeError, match="signed is a date, not a str"):
        evolve(PAPERS, signed="2026-11-20")  # type: ignore[arg-type]


@pytest.mark.parametrize("field", ["bill_days", "csr_days"])
def test_for_how_long_a_paper_counts_is_a_count_of_days(field: str) -> None:
    with pytest.raises(InvalidPolicy, match=f"PaperPolicy.{field}: 0 is no count of days"):
        PaperPolicy(**{field: 0})  # type: ignore[arg-type]
