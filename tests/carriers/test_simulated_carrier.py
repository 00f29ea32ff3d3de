"""The adapter of the simulated carrier: every operation, there and back."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeVar

import pytest

from bench import ADDRESS, EMAIL, HIDDEN, NEW, OLD, START, piece
from pstnkit.accounts.address_checks import AddressConfirmed
from pstnkit.accounts.agreements import AgreementKind
from pstnkit.carriers.protocol import (
    Accepted,
    AskCapabilities,
    CancelOrder,
    CancelPort,
    CheckAddress,
    CheckPortability,
    DecodeEvent,
    ExtendReservation,
    ListOwned,
    OrderNumbers,
    OutcomeUnknown,
    ReadOrder,
    ReadPort,
    Receipt,
    RefusalReason,
    Refused,
    RegisterEmergency,
    ReleaseNumbers,
    Reply,
    ReserveNumbers,
    SearchOffers,
    SendAgreement,
    SignedLetter,
    SubmitPort,
    SupplementPort,
    Unreserve,
    UploadDocument,
)
from pstnkit.carriers.simulated import SimulatedCarrier
from pstnkit.carriers.simulated_words import UnreadableAnswer, portability
from pstnkit.carriers.world import Envelope, SimulatedWorld, WorldRefused
from pstnkit.lifecycle.failures import FailureKind
from pstnkit.lifecycle.fulfillment import OrderKind
from pstnkit.lifecycle.reports import (
    Acknowledged,
    BackOrdered,
    Cancelled,
    Fulfilled,
    NeverArrived,
    NumbersFailed,
    NumbersNamed,
    NumbersWorking,
    PartlyFulfilled,
    Unfulfilled,
)
from pstnkit.numbering.ranges import NumberRange
from pstnkit.ordering.orders import Wanted
from pstnkit.porting.dates import FirmDate
from pstnkit.porting.planning.facts import PortFacts
from pstnkit.porting.planning.portability import NotPortable, NotPortableReason, Portable
from pstnkit.porting.rejects import PortRejected
from pstnkit.porting.reports import ActivationStarted, FocConfirmed, PortExpired, SupplementTaken
from pstnkit.secret import Secret

A = TypeVar("A")
TWO = piece(NEW, 0, 2)


@pytest.fixture
def world() -> SimulatedWorld:
    world = SimulatedWorld.starting(START)
    world.put_on_offer([NEW])
    world.put_in_back_room([HIDDEN])
    return world


def told(reply: Reply[A]) -> A:
    assert isinstance(reply, Accepted), reply
    return reply.answer


def order(world: SimulatedWorld, reference: str = "o-1", numbers: NumberRange = TWO) -> str:
    request = OrderNumbers(
        client_reference=reference, kind=OrderKind.STANDARD, quantity=len(numbers), numbers=(numbers,)
    )
    return told(world.carrier.order(request)).reference


def source(world: SimulatedWorld, wanted: Wanted, quantity: int = 4) -> str:
    request = OrderNumbers(
        client_reference="a-1",
        kind=OrderKind.ADVANCED,
        quantity=quantity,
        wanted=wanted,
        timezone="America/Los_Angeles",
    )
    return told(world.carrier.order(request)).reference


def letter(world: SimulatedWorld, reference: str = "l-1") -> SignedLetter:
    request = SendAgreement(
        client_reference=reference,
        kind=AgreementKind.LETTER_OF_AUTHORIZATION,
        customer="Quay Carpentry",
        email=EMAIL,
        signer="Dana Reed",
    )
    envelope = told(world.carrier.send_agreement(request)).reference
    [waiting] = world.mailbox(EMAIL)
    assert waiting == Envelope(envelope, "letter_of_authorization", "Please sign: letter of authorization")
    world.sign(waiting)
    return SignedLetter("Dana Reed", world.now(), envelope)


def port(world: SimulatedWorld, requested: date | None = None) -> str:
    request = SubmitPort(
        client_reference="p-1",
        numbers=(OLD,),
        losing_carrier="Old Bell",
        account_number=Secret("004"),
        business_name="Quay Carpentry",
        letter=letter(world),
        requested=requested,
        timezone="America/Los_Angeles",
    )
    return told(world.carrier.submit_port(request)).reference


def reports(world: SimulatedWorld) -> list[Any]:
    decoded = []
    for message in world.messages():
        decoded += [news.report for news in told(world.carrier.decode_event(DecodeEvent(message)))]
    return decoded


def test_capabilities_and_offers_are_told_in_the_words_of_the_protocol(world: SimulatedWorld) -> None:
    able = told(world.carrier.capabilities(AskCapabilities()))
    assert able.carrier == "Simulated Carrier"
    assert able.filters == {"contains", "npa", "nxx", "state"}
    assert {"search", "submit_port"} <= able.operations
    page = told(world.carrier.search(SearchOffers({"contains": "2012001"})))
    [offer] = page.offers
    assert (offer.number, offer.monthly, offer.setup) == (NEW.first + 1, Decimal("1.00"), Decimal("0.50"))
    assert (offer.currency, offer.reservable, sorted(offer.features)) == ("USD", True, ["sms", "voice"])
    assert (page.next, page.dropped) == (None, 0)


def test_pages_follow_one_another(world: SimulatedWorld) -> None:
    world.put_on_offer([NumberRange("4152020000", "4152020499")])
    found, after, pages = 0, None, 0
    while pages == 0 or after is not None:
        page = told(world.carrier.search(SearchOffers({"state": "CA"}, after)))
        found, after, pages = found + len(page.offers), page.next, pages + 1
    assert (found, pages) == (600, 3)


def test_a_reservation_is_kept_extended_and_let_go(world: SimulatedWorld) -> None:
    kept = told(world.carrier.reserve(ReserveNumbers("r-1", (TWO,))))
    assert kept.numbers == (TWO,)
    assert kept.until == datetime(2026, 11, 20, 17, 30, tzinfo=UTC)
    world.pass_time(minutes=10)
    longer = told(world.carrier.extend(ExtendReservation("x-1", kept.reference)))
    assert longer.until == datetime(2026, 11, 20, 17, 40, tzinfo=UTC)
    gone = world.carrier.reserve(ReserveNumbers("r-2", (TWO,)))
    assert isinstance(gone, Refused)
    assert (gone.reason, gone.numbers) == (RefusalReason.NUMBERS_UNAVAILABLE, (TWO,))
    assert told(world.carrier.unreserve(Unreserve("u-1", kept.reference))) == Receipt(kept.reference)
    assert isinstance(world.carrier.reserve(ReserveNumbers("r-3", (TWO,))), Accepted)


@pytest.mark.parametrize(
    ("reference", "reason"),
    [("RS-nowhere", RefusalReason.NOT_FOUND), ("", RefusalReason.INVALID)],
)
def test_refusals_have_a_typed_reason_and_the_carriers_words(
    world: SimulatedWorld, reference: str, reason: RefusalReason
) -> None:
    refused = world.carrier.extend(ExtendReservation("x-1", reference))
    assert isinstance(refused, Refused)
    assert refused.reason is reason
    assert refused.text.startswith("extend: ")


def test_a_reason_that_the_protocol_has_no_word_for_is_other(world: SimulatedWorld) -> None:
    kept = told(world.carrier.reserve(ReserveNumbers("r-1", (TWO,))))
    refused = world.carrier.extend(ExtendReservation("x-1", kept.reference))
    assert isinstance(refused, Refused)
    assert refused.reason is RefusalReason.OTHER


def test_another_request_under_a_used_reference_is_no_refusal_but_unknown(world: SimulatedWorld) -> None:
    order(world)
    again = world.carrier.order(
        OrderNumbers(client_reference="o-1", kind=OrderKind.STANDARD, quantity=1, numbers=(piece(NEW, 5, 6),))
    )
    assert isinstance(again, OutcomeUnknown)
    assert "o-1" in again.why


def test_an_order_is_reported_and_read_as_the_reports_that_lead_to_its_state(world: SimulatedWorld) -> None:
    reference = order(world)
    read = ReadOrder("o-1")
    assert told(world.carrier.read_order(read)).reports == (Acknowledged(reference),)
    world.pass_time(minutes=10)
    assert told(world.carrier.read_order(read)).reports == (
        Acknowledged(reference),
        NumbersWorking((TWO,)),
        Fulfilled((TWO,)),
    )
    assert reports(world) == [Acknowledged(reference), NumbersWorking((TWO,)), Fulfilled()]
    owned = told(world.carrier.owned_numbers(ListOwned()))
    assert (owned.numbers, owned.next) == (tuple(TWO), None)
    assert told(world.carrier.release(ReleaseNumbers("r-9", (TWO,)))).reference.startswith("RL-")
    assert told(world.carrier.owned_numbers(ListOwned())).numbers == ()


def test_an_order_that_never_arrived_is_read_as_that(world: SimulatedWorld) -> None:
    for reading in (world.carrier.read_order(ReadOrder("x")), world.carrier.read_port(ReadPort("x"))):
        assert told(reading).reports == (NeverArrived(),)
    refused = world.carrier.read_order(ReadOrder(""))
    assert isinstance(refused, Refused)
    assert refused.reason is RefusalReason.INVALID


def test_failures_shortfalls_and_cancellations_are_told_apart(world: SimulatedWorld) -> None:
    world.let_fail([piece(NEW, 0, 1)], "no dial tone")
    partial, failed, cancelled = (
        order(world),
        order(world, "o-2", piece(NEW, 4, 5)),
        order(world, "o-3", piece(NEW, 8, 9)),
    )
    world.let_fail([piece(NEW, 4, 5)], "wrong switch")
    assert told(world.carrier.cancel_order(CancelOrder("c-1", cancelled))) == Receipt(cancelled)
    world.pass_time(minutes=10)
    assert told(world.carrier.read_order(ReadOrder("o-1"))).reports == (
        Acknowledged(partial),
        NumbersWorking((piece(NEW, 1, 2),)),
        NumbersFailed((piece(NEW, 0, 1),), "no dial tone", FailureKind.ACTIVATION_FAILED),
        PartlyFulfilled((piece(NEW, 1, 2),), "activation_failed"),
    )
    assert told(world.carrier.read_order(ReadOrder("o-2"))).reports == (
        Acknowledged(failed),
        NumbersFailed((piece(NEW, 4, 5),), "wrong switch", FailureKind.ACTIVATION_FAILED),
        Unfulfilled("activation_failed"),
    )
    assert told(world.carrier.read_order(ReadOrder("o-3"))).reports == (Acknowledged(cancelled), Cancelled())
    assert [report for report in reports(world) if not isinstance(report, Acknowledged)] == [
        Cancelled(),
        NumbersWorking((piece(NEW, 1, 2),)),
        NumbersFailed((piece(NEW, 0, 1),), "no dial tone", FailureKind.ACTIVATION_FAILED),
        PartlyFulfilled(None, "activation_failed"),
        NumbersFailed((piece(NEW, 4, 5),), "wrong switch", FailureKind.ACTIVATION_FAILED),
        Unfulfilled("activation_failed"),
    ]


@pytest.mark.parametrize(
    "wanted", [Wanted(npa="415"), Wanted(state="CA"), Wanted(state="US-CA"), Wanted(state="CA", npa="415")]
)
def test_an_advanced_order_names_its_numbers_when_it_is_due(world: SimulatedWorld, wanted: Wanted) -> None:
    reference = source(world, wanted)
    named = piece(HIDDEN, 0, 4)
    world.pass_time(days=5)
    assert reports(world) == [
        Acknowledged(reference),
        NumbersNamed((named,)),
        NumbersWorking((named,)),
        Fulfilled(),
    ]
    assert told(world.carrier.read_order(ReadOrder("a-1"))).reports == (
        Acknowledged(reference),
        NumbersNamed((named,)),
        NumbersWorking((named,)),
        Fulfilled((named,)),
    )


def test_an_order_that_has_to_wait_is_backordered(world: SimulatedWorld) -> None:
    send = world._send
    until = "2026-11-21T00:00:00+00:00"
    order(world)
    assert send({"op": "world.delay_numbers", "numbers": [str(NEW.first)], "until": until})["ok"]
    world.pass_time(minutes=10)
    assert told(world.carrier.read_order(ReadOrder("o-1"))).reports[-1] == BackOrdered()
    assert reports(world)[-1] == BackOrdered()


def test_a_port_is_reported_and_read_from_its_submission_to_its_end(world: SimulatedWorld) -> None:
    reference = port(world, date(2026, 12, 15))
    world.pass_time(days=2)
    foc = FocConfirmed(FirmDate(datetime(2026, 12, 15, 17, tzinfo=UTC)))
    assert told(world.carrier.read_port(ReadPort("p-1"))).reports == (Acknowledged(reference), foc)
    world.wait_until(foc.foc.at)
    works = date(2026, 12, 15)
    assert told(world.carrier.read_port(ReadPort("p-1"))).reports == (
        Acknowledged(reference),
        foc,
        NumbersWorking((OLD,)),
        Fulfilled((OLD,), works),
    )
    assert reports(world)[3:] == [
        Acknowledged(reference),
        foc,
        ActivationStarted(),
        NumbersWorking((OLD,)),
        Fulfilled((), works),
    ]


def test_a_port_is_rejected_corrected_partly_done(world: SimulatedWorld) -> None:
    world.reject_next_port("ADDR", "address mismatch")
    world.let_fail([piece(OLD, 0, 1)], "no answer")
    reference = port(world)
    world.pass_time(days=1)
    rejection = PortRejected("ADDR", "address mismatch")
    assert told(world.carrier.read_port(ReadPort("p-1"))).reports == (Acknowledged(reference), rejection)
    for correction in (
        SupplementPort(
            client_reference="s-1", reference=reference, changes={"service_address": "1 Anson St"}
        ),
        SupplementPort(client_reference="s-2", reference=reference, changes={"pin": Secret("1234")}),
    ):
        assert told(world.carrier.supplement(correction)) == Receipt(reference)
    world.pass_time(days=30)
    last = told(world.carrier.read_port(ReadPort("p-1"))).reports[-1]
    assert isinstance(last, PartlyFulfilled)
    assert (last.working, last.reason) == ((piece(OLD, 1, 5),), "some numbers failed")
    assert last.works_from is not None
    heard = reports(world)
    assert rejection in heard
    assert SupplementTaken() in heard
    assert heard[-1] == PartlyFulfilled(None, "some numbers failed", last.works_from)


def test_a_cancelled_port_and_one_that_expired_are_told_apart(world: SimulatedWorld) -> None:
    reference = port(world)
    assert told(world.carrier.cancel_port(CancelPort("c-1", reference))) == Receipt(reference)
    assert told(world.carrier.read_port(ReadPort("p-1"))).reports[-1] == Cancelled()
    assert reports(world)[-1] == Cancelled()
    refused = world.carrier.cancel_port(CancelPort("c-2", "PT-nowhere"))
    assert isinstance(refused, Refused)
    other = SimulatedWorld.starting(START)
    other.reject_next_port("ADDR", "address mismatch")
    port(other)
    other.pass_time(days=16)
    assert told(other.carrier.read_port(ReadPort("p-1"))).reports[-1] == PortExpired()
    assert reports(other)[-1] == PortExpired()


def test_a_port_without_a_signed_letter_is_not_allowed(world: SimulatedWorld) -> None:
    request = SubmitPort(
        client_reference="p-1",
        numbers=(OLD,),
        losing_carrier="Old Bell",
        account_number=Secret("004"),
        business_name="Quay Carpentry",
        letter=SignedLetter("Dana Reed", world.now(), "EN-nowhere"),
    )
    refused = world.carrier.submit_port(request)
    assert isinstance(refused, Refused)
    assert refused.reason is RefusalReason.NOT_ALLOWED


def test_addresses_are_checked_and_registered(world: SimulatedWorld) -> None:
    order(world)
    assert told(world.carrier.check_address(CheckAddress(ADDRESS))) == AddressConfirmed(ADDRESS)
    registered = world.carrier.register_emergency(RegisterEmergency("e-1", (TWO,), ADDRESS))
    assert told(registered).reference.startswith("ER-")
    strangers = world.carrier.register_emergency(RegisterEmergency("e-2", (OLD,), ADDRESS))
    assert isinstance(strangers, Refused)
    assert strangers.numbers == (OLD,)


def test_a_reason_for_which_a_number_cannot_be_ported_that_is_new_to_us_is_kept_as_it_is() -> None:
    row = {
        "number": str(OLD.first),
        "portable": False,
        "losing_carrier": "Old Bell",
        "reason": "no agreement",
    }
    answer = portability(row)
    assert answer == NotPortable(
        OLD.first, NotPortableReason.OTHER, "no agreement", PortFacts(losing_carrier="Old Bell")
    )
    assert str(answer) == "the carrier does not take it (no agreement)"


def test_portability_and_documents(world: SimulatedWorld) -> None:
    asked = (NumberRange(NEW.first, NEW.first), NumberRange(OLD.first, OLD.first))
    here, there = told(world.carrier.check_portability(CheckPortability(asked)))
    assert here == NotPortable(NEW.first, NotPortableReason.CARRIER_STOCK)
    assert there == Portable(OLD.first, PortFacts(losing_carrier="OTHER CARRIER"))
    document = world.carrier.upload_document(UploadDocument("d-1", "bill.pdf", b"%PDF"))
    assert told(document).reference.startswith("DC-")


def test_the_pages_of_what_is_ours_follow_one_another(world: SimulatedWorld) -> None:
    world.put_on_offer([NumberRange("4152020000", "4152020299")])
    order(world, "o-1", NumberRange("4152020000", "4152020299"))
    world.pass_time(minutes=10)
    first = told(world.carrier.owned_numbers(ListOwned()))
    second = told(world.carrier.owned_numbers(ListOwned(first.next)))
    assert (len(first.numbers), len(second.numbers), second.next) == (250, 50, None)


def test_a_declined_agreement_and_who_has_acted_are_told(world: SimulatedWorld) -> None:
    told(
        world.carrier.send_agreement(
            SendAgreement(
                client_reference="l-1",
                kind=AgreementKind.CONTRACT,
                customer="Quay Carpentry",
                email=EMAIL,
                signer="Dana Reed",
            )
        )
    )
    [envelope] = world.mailbox(EMAIL)
    world.decline(envelope)
    sent, _, declined = (
        told(world.carrier.decode_event(DecodeEvent(message)))[0] for message in world.messages()
    )
    assert (type(declined.report).__name__, declined.actor) == ("EnvelopeDeclined", "Dana Reed")
    assert (sent.actor, sent.concerns, sent.at) == ("simulated carrier", "l-1", world.now())
    assert world.messages() == []


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"ok": "yes"},
        {"ok": True},
        {"ok": True, "offers": [{"number": "12"}], "next": None},
        {"ok": True, "offers": None, "next": None},
        {"ok": False},
    ],
)
def test_an_answer_that_cannot_be_read_is_the_carriers_fault(answer: dict[str, Any]) -> None:
    carrier = SimulatedCarrier(lambda _: answer)
    with pytest.raises(UnreadableAnswer) as unreadable:
        carrier.search(SearchOffers({"npa": "415"}))
    assert unreadable.value.message == answer
    assert pickle.loads(pickle.dumps(unreadable.value)).message == answer


def test_the_test_bench_of_the_world_does_not_hide_a_mistake() -> None:
    world = SimulatedWorld.starting(START)
    with pytest.raises(WorldRefused, match=r"world\.advance"):
        world.pass_time(days=-1)
    refused = WorldRefused("world.advance", "the clock does not go back")
    assert str(pickle.loads(pickle.dumps(refused))) == str(refused)


def test_putting_nothing_on_offer_is_nothing() -> None:
    world = SimulatedWorld.starting(START)
    world.put_on_offer([])
    world.put_in_back_room([])
    assert told(world.carrier.search(SearchOffers())).offers == ()
    source(world, Wanted(npa="415"))
    world.pass_time(days=6)
    assert reports(world)[-1] == Unfulfilled("no_numbers")


def test_an_outcome_of_a_check_that_is_new_to_us_is_no_outcome() -> None:
    carrier = SimulatedCarrier(lambda _: {"ok": True, "outcome": "maybe", "address": None, "candidates": []})
    with pytest.raises(UnreadableAnswer):
        carrier.check_address(CheckAddress(ADDRESS))
