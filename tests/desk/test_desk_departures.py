"""Numbers that leave although nobody here has asked for it, as the carrier's own messages tell."""

from __future__ import annotations

from typing import Any

from bench import ADDRESS, EMAIL, NEW, Bench, piece, signed_bench
from pstnkit.lifecycle.machine import Outcome
from pstnkit.lifecycle.notices import Notice
from pstnkit.numbering.ranges import NumberRange
from pstnkit.ordering.number_events import Assignee, AssigneeKind, NumbersPortedOut, NumberStatus
from pstnkit.ordering.registration_events import RegistrationStatus

TWO = piece(NEW, 0, 2)
ADA = Assignee(AssigneeKind.USER, "Ada")


def owning_bench() -> Bench:
    bench = signed_bench()
    bench.order()
    bench.wait(minutes=10)
    return bench


def notice_of(bench: Bench) -> dict[str, Any]:
    [message] = bench.world.messages()
    return message


def texts(bench: Bench) -> list[str]:
    return [notice.text for notice in bench.notices]


def test_a_port_out_ends_the_life_of_a_number_that_somebody_rings_on() -> None:
    bench = owning_bench()
    bench.desk.assign(bench.customer, [TWO], ADA)
    bench.world.port_out([TWO], "Rival Telephone")
    notice = notice_of(bench)
    [received] = bench.desk.receive(notice)
    assert (received.outcome, received.repeated) == (Outcome.EXPECTED, False)
    book = bench.desk.numbers(bench.customer)
    assert (book[TWO.first].status, book[TWO.first].assignee) == (NumberStatus.PORTED_OUT, None)
    assert (len(book), book.usable(TWO.first), book.needs_attention) == (2, False, False)
    assert book.registration(TWO.first).status is not RegistrationStatus.REGISTERED
    assert texts(bench)[-1] == "2 numbers left for another carrier: (415) 201-2000 to 2001"


def test_a_disconnection_ends_it_too_and_a_notice_that_comes_again_is_told_once() -> None:
    bench = owning_bench()
    bench.world.disconnect([TWO], "unpaid")
    notice = notice_of(bench)
    outcomes = [bench.desk.receive(notice)[0] for _ in range(3)]
    assert [(each.outcome, each.repeated) for each in outcomes] == [
        (Outcome.EXPECTED, False),
        (None, True),
        (None, True),
    ]
    assert bench.count("released") == 2
    told = "the carrier has disconnected 2 numbers, (415) 201-2000 to 2001: unpaid"
    assert texts(bench).count(told) == 1
    assert bench.desk.tell_what_is_left() == ()


def test_a_crash_before_people_are_told_of_a_port_out_leaves_it_to_be_told() -> None:
    bench = owning_bench()
    bench.world.port_out([TWO], "Rival Telephone")
    heard: list[Notice] = []

    def fail(notice: Notice) -> None:
        heard.append(notice)
        raise ConnectionError

    try:
        bench.open_desk(notify=fail).receive(notice_of(bench))
    except ConnectionError:
        assert bench.count("ported_out") == 2
    assert bench.desk.tell_what_is_left() == tuple(heard)
    assert bench.notices[-1] == heard[0]


def test_a_notice_about_strangers_is_set_aside_and_of_some_numbers_the_rest_is() -> None:
    bench = owning_bench()
    bench.world.port_out([TWO], "Rival Telephone")
    notice = notice_of(bench)
    strange = {**notice, "id": "EV-x", "notice": "NT-x", "numbers": ["+16502530100"]}
    [received] = bench.desk.receive(strange)
    assert (received.outcome, received.repeated) == (None, False)
    mixed = {**notice, "numbers": [*notice["numbers"], "+16502530101"]}
    assert bench.desk.receive(mixed)[0].outcome is Outcome.EXPECTED
    stranger = NumberRange("6502530101", "6502530101")
    assert [news.report for news in bench.store.unmatched("north")][-1] == NumbersPortedOut((stranger,))
    assert len(bench.store.unmatched("north")) == 2


def second_customer(bench: Bench) -> None:
    """Have the bench stand before another customer of the partner."""
    desk = bench.desk
    bench.customer = desk.start_trial(company="Bay Bicycles", email=EMAIL, timezone="America/Denver").id
    desk.enter_contract_information(bench.customer, signer="Lee Quay")
    desk.enter_emergency_address(bench.customer, ADDRESS)
    desk.convert_to_paid(bench.customer)


def test_of_two_customers_who_had_a_number_the_one_who_has_it_loses_it() -> None:
    bench = owning_bench()
    first, one = bench.customer, NumberRange(TWO.first, TWO.first)
    bench.world.port_out([one], "Rival Telephone")
    gone = notice_of(bench)
    bench.desk.told_ported_out(first, [one], by="Dana Reed")
    second_customer(bench)
    bench.port(one)
    # It has been known, and is not about the number that is on its way to somebody else by now.
    assert bench.desk.receive({**gone, "id": "EV-late"})[0].outcome is Outcome.ALREADY
    bench.sign()
    bench.wait(days=22)
    assert bench.count("unassigned") == 1
    before = bench.desk.numbers(first)
    bench.world.port_out([one], "Rival Telephone")
    again = notice_of(bench)
    assert bench.desk.receive(again)[0].outcome is Outcome.EXPECTED
    assert bench.desk.receive(again)[0].repeated
    assert bench.count("ported_out") == 1
    assert bench.desk.numbers(first) == before
    assert not bench.desk.numbers(bench.customer).needs_attention
