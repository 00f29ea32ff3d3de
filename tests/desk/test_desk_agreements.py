"""What is signed, as the desk goes about it: sent, sent again, withdrawn, told of by people (SPEC O2 to O5)."""

from __future__ import annotations

import pickle
from datetime import date, timedelta

import pytest
from attrs import evolve

from bench import ACCOUNT, ADDRESS, EMAIL, OLD, Bench
from pstnkit.accounts.agreements import Agreement, AgreementKind, AgreementStatus
from pstnkit.accounts.letters import LetterPolicy
from pstnkit.desk.agreements import FutureSignature
from pstnkit.lifecycle.machine import DecisionRefused, Outcome
from pstnkit.lifecycle.waiting import WaitingFor
from pstnkit.numbering.ranges import NumberRange
from pstnkit.ordering.orders import OrderStatus
from pstnkit.porting.ports import PortStatus
from pstnkit.secret import Secret

LETTER = AgreementKind.LETTER_OF_AUTHORIZATION
THIRTY = LetterPolicy(days=30)


def old_letter_bench() -> tuple[Bench, str, Agreement]:
    """A port whose letter is out, at a desk that takes letters of the last thirty days; the contract is signed."""
    bench = Bench()
    bench.desk = bench.open_desk(letters=THIRTY)
    port = bench.port()
    bench.sign("contract")
    [letter] = [each for each in bench.desk.agreements(bench.customer) if each.kind is LETTER]
    return bench, port.id, letter


def waits(bench: Bench, order: str) -> list[WaitingFor]:
    return [wait.what for wait in bench.desk.expectation(order).waits]


def test_a_letter_says_what_the_losing_carrier_asks_for_and_keeps_secrets_apart() -> None:
    bench = Bench()
    cart = bench.desk.open_cart(bench.customer)
    account = evolve(
        ACCOUNT, btn=OLD.first, pin=Secret("8241"), service_address=ADDRESS, authorized_signer="Lee Quay"
    )
    confirmation = bench.desk.place(bench.desk.add_port(cart, [OLD], account))
    [port] = bench.finish(confirmation)
    [sent] = [each for each in bench.desk.agreements(bench.customer) if each.kind is LETTER]
    letter = sent.letter
    assert letter is not None
    assert (letter.losing_carrier, letter.business_name, letter.numbers) == (
        "Old Bell",
        "Quay Carpentry",
        (OLD,),
    )
    assert (letter.btn, letter.service_address, letter.missing) == (OLD.first, ADDRESS, ())
    assert (sent.signer, letter.authorized_signer, sent.order) == ("Lee Quay", "Lee Quay", port.id)
    assert letter.pin is not None
    assert bench.store.secret("north", letter.pin).reveal() == "8241"
    assert "8241" not in repr(sent)
    assert "004-881-22" not in repr(sent)
    [contract] = [each for each in bench.desk.agreements(bench.customer) if each.kind is not LETTER]
    assert (contract.letter, contract.signer) == (None, "Dana Reed")


def test_what_is_sent_again_is_another_envelope_and_the_one_before_no_longer_counts() -> None:
    bench = Bench()
    order = bench.order(1)
    [first] = bench.world.mailbox(EMAIL)
    [again] = bench.desk.send_again(order)
    assert again.status is AgreementStatus.SENT
    both = bench.world.mailbox(EMAIL)
    assert len(both) == 2
    bench.world.sign(first)
    bench.hear()
    [contract] = bench.desk.agreements(bench.customer)
    assert contract.status is AgreementStatus.DELIVERED
    assert bench.number_order(order.id).status is OrderStatus.AWAITING_SIGNATURE
    history = bench.desk.history(contract)
    late = [entry.event.body.word for entry in history if entry.outcome is Outcome.LATE]
    assert late == ["sent", "delivered", "signed"]
    [second] = bench.world.mailbox(EMAIL)
    bench.world.sign(second)
    bench.hear()
    assert bench.number_order(order.id).status is OrderStatus.PROCESSING


def test_the_answer_about_what_was_sent_before_names_nothing() -> None:
    bench = Bench()
    confirmation = bench.confirm(new=1)
    other = bench.open_desk()

    def sent_again_meanwhile(message: dict[str, object]) -> None:
        if message["op"] == "send_agreement":
            bench.wire.on_sending = lambda _: None
            other.send_again(confirmation.orders[0].id)

    bench.wire.on_sending = sent_again_meanwhile
    bench.finish(confirmation)
    bench.hear()
    [contract] = bench.desk.agreements(bench.customer)
    bench.sign()
    assert bench.number_order(confirmation.orders[0].id).status is OrderStatus.PROCESSING
    assert contract.envelope not in contract.former


def test_a_lost_answer_to_what_is_sent_again_costs_nothing() -> None:
    bench = Bench()
    order = bench.order(1)
    bench.wire.lose("send_agreement", arrives=False)
    [again] = bench.desk.send_again(order)
    assert again.status is AgreementStatus.CREATED
    bench.desk.carry_on(bench.customer)
    [contract] = bench.desk.agreements(bench.customer)
    assert contract.status is AgreementStatus.SENT
    assert len(bench.world.mailbox(EMAIL)) == 2


def test_nothing_is_sent_again_of_an_order_that_waits_for_no_signature() -> None:
    bench = Bench()
    order = bench.order(1)
    bench.sign()
    bench.wire.sent.clear()
    assert bench.desk.send_again(order) == ()
    cancelled = bench.order(1, at=1)
    assert bench.desk.send_again(bench.desk.cancel(cancelled)) == ()
    assert bench.asked("send_agreement") == []


def test_what_was_declined_or_withdrawn_is_sent_anew_and_says_why() -> None:
    bench = Bench()
    order = bench.order(1)
    [contract] = bench.world.mailbox(EMAIL)
    bench.world.decline(contract)
    bench.hear()
    assert waits(bench, order.id) == [WaitingFor.NEW_AGREEMENT]
    [anew] = bench.desk.send_again(order)
    assert anew.id.endswith("/contract/2")
    withdrawn = bench.desk.withdraw(anew)
    assert withdrawn.status is AgreementStatus.VOIDED
    with pytest.raises(DecisionRefused):
        bench.desk.withdraw(anew)
    [third] = bench.desk.send_again(order)
    assert third.id.endswith("/contract/3")
    *_, last = bench.world.mailbox(EMAIL)
    bench.world.sign(last)
    bench.hear()
    assert bench.number_order(order.id).status is OrderStatus.PROCESSING


def test_o3_a_letter_that_comes_back_by_mail_is_told_by_a_person() -> None:
    bench, port, letter = old_letter_bench()
    signed = bench.world.now() - timedelta(hours=3)
    told = bench.desk.told_signed(letter, at=signed, by="Robin", signer="Lee Quay")
    assert (told.status, told.signed, told.signed_by) == (AgreementStatus.SIGNED, signed, "Lee Quay")
    assert bench.port_order(port).clock_started == signed + timedelta(hours=3)


def test_nobody_has_signed_at_a_moment_that_is_still_to_come() -> None:
    bench = Bench()
    order, tomorrow = bench.order(1), bench.world.now() + timedelta(days=1)
    [contract] = bench.desk.agreements(bench.customer)
    with pytest.raises(FutureSignature, match="is still to come: nobody has signed yet") as error:
        bench.desk.told_signed(contract, at=tomorrow, by="Robin")
    assert pickle.loads(pickle.dumps(error.value)).at == tomorrow
    assert bench.number_order(order.id).status is OrderStatus.AWAITING_SIGNATURE


def test_a_letter_that_is_too_old_opens_no_gate_until_a_new_one_is_signed() -> None:
    bench, port, letter = old_letter_bench()
    bench.desk.told_signed(letter, at=bench.world.now(), by="Robin", dated=date(2026, 10, 1))
    assert bench.port_order(port).status is PortStatus.AWAITING_LOA
    assert waits(bench, port) == [WaitingFor.NEWER_LETTER]
    [told] = bench.desk.instructions(port)
    assert "letter of authorization is coming" in told
    bench.desk.carry_on(bench.customer)
    assert len(bench.desk.agreements(bench.customer)) == 2
    [anew] = bench.desk.send_again(port)
    assert (anew.kind, anew.id.endswith("/2")) == (LETTER, True)
    *_, newest = bench.world.mailbox(EMAIL)
    bench.world.sign(newest)
    bench.hear()
    assert bench.port_order(port).status is PortStatus.SUBMITTED
    assert bench.asked("submit_port")[0]["loa"]["envelope"] == anew.envelope
    assert bench.desk.instructions(port) == ()


def test_a_letter_that_lay_too_long_beside_an_unsigned_contract_has_to_be_signed_anew() -> None:
    bench = Bench()
    bench.desk = bench.open_desk(letters=THIRTY)
    port = bench.port()
    bench.sign("letter_of_authorization")
    bench.wait(days=31)
    bench.sign("contract")
    assert bench.port_order(port.id).status is PortStatus.AWAITING_LOA
    assert waits(bench, port.id) == [WaitingFor.NEWER_LETTER]
    # The next order is a decision: what it and the port before still need is asked for with it.
    bench.order(1)
    bench.sign("letter_of_authorization")
    assert bench.port_order(port.id).status is PortStatus.SUBMITTED


def test_a_letter_of_a_day_to_come_opens_the_gate_on_that_day() -> None:
    bench, port, letter = old_letter_bench()
    bench.desk.told_signed(letter, at=bench.world.now(), by="Robin", dated=date(2026, 11, 23))
    assert waits(bench, port) == [WaitingFor.LETTER_DAY]
    bench.world.pass_time(days=3)
    bench.desk.carry_on(bench.customer)
    opened = bench.port_order(port).clock_started
    assert opened is not None
    assert opened.isoformat() == "2026-11-23T00:00:00-08:00"


def test_o5_after_the_move_to_paid_an_order_waits_for_the_contract_and_that_is_what_is_told() -> None:
    bench = Bench(paid=False)
    order = bench.order(1)
    assert "terms of service are coming" in bench.desk.instructions(order)[0]
    [terms] = bench.world.mailbox(EMAIL)
    bench.desk.convert_to_paid(bench.customer)
    bench.world.sign(terms)
    bench.hear()
    [told] = bench.desk.instructions(order)
    assert "the contract is coming" in told
    [wait] = bench.desk.expectation(order).waits
    assert (wait.what, wait.agreement) == (WaitingFor.SIGNATURE, AgreementKind.CONTRACT)
    bench.sign("contract")
    assert bench.number_order(order.id).status is OrderStatus.PROCESSING
    assert bench.desk.instructions(order) == ()


def test_two_ports_of_one_account_each_have_their_letter() -> None:
    bench = Bench()
    first, second = NumberRange(OLD.first, OLD.first), NumberRange(OLD.last, OLD.last)
    ports = bench.finish(bench.confirm(port=[first, second]))
    letters = {each.order: each.letter for each in bench.desk.agreements(bench.customer) if each.letter}
    assert {order: letter.numbers for order, letter in letters.items()} == {
        ports[0].id: (first,),
        ports[1].id: (second,),
    }
