"""Emergency addresses through the desk: in effect, registered number by number, removed, and nothing asked twice."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from attrs import evolve

from bench import ADDRESS, NEW, Bench, piece, run_until_crash, signed_bench
from pstnkit.accounts.address_checks import AddressConfirmed, AddressCorrected, AddressNotFound
from pstnkit.accounts.missing import MissingKind as Lack
from pstnkit.carriers.protocol import Accepted, EmergencyReceipt, News, RefusalReason, Refused
from pstnkit.desk import addresses, registering
from pstnkit.desk.desk import AsyncDesk, Desk
from pstnkit.lifecycle.events import Event, Source
from pstnkit.lifecycle.machine import Outcome
from pstnkit.lifecycle.record import apply
from pstnkit.lifecycle.reports import NumbersWorking
from pstnkit.lifecycle.waiting import Party
from pstnkit.numbering.ranges import NumberRange
from pstnkit.ordering.number_events import NumbersExpected
from pstnkit.ordering.numbers import NotThisCustomers, Usability
from pstnkit.ordering.registration_events import NumbersRegistered, RegistrationFailed
from pstnkit.ordering.registration_events import RegistrationStatus as At
from pstnkit.ordering.registrations import NoAddressInEffect
from pstnkit.stores.protocol import Change, UnknownRecord

BRANCH = evolve(ADDRESS, street="Quartz Ave", house_number="12", unit="STE 4")
THREE = piece(NEW, 0, 3)
FIRST = NumberRange(NEW.first, NEW.first)


@pytest.fixture
def bench() -> Bench:
    """A customer with three numbers that work, and nothing of that on the wire any more."""
    bench = signed_bench()
    bench.order(3)
    bench.wait(minutes=10)
    bench.wire.sent.clear()
    return bench


def registered(bench: Bench, status: At = At.REGISTERED) -> int:
    """How many of the customer's numbers stand so."""
    return bench.desk.numbers(bench.customer).registrations[status]


def at_the_carrier(bench: Bench) -> dict[str, str | None]:
    """The registration that the carrier has of each number."""
    return {row["number"]: row["registration"] for row in bench.wire({"op": "owned_numbers"})["numbers"]}


def lacks(bench: Bench) -> list[tuple[Lack, Party, int]]:
    return [(lack.kind, lack.on, lack.count) for lack in bench.desk.missing(bench.customer)]


def test_numbers_are_registered_at_the_customers_address_as_soon_as_they_work() -> None:
    bench = signed_bench()
    bench.order(3)
    bench.world.pass_time(minutes=5)
    bench.hear()
    assert not bench.asked("register_emergency")
    bench.wait(minutes=5)
    [asked] = bench.asked("register_emergency")
    assert asked["numbers"] == [str(number) for number in THREE]
    assert (asked["address"]["street"], "override" in asked) == (ADDRESS.street, False)
    assert all(at_the_carrier(bench).values())
    book = bench.desk.numbers(bench.customer)
    assert all(book.usable(number) for number in THREE)
    assert bench.desk.missing(bench.customer) == ()


def test_another_address_is_registered_for_every_number_and_until_then_the_former_one_covers_them(
    bench: Bench,
) -> None:
    bench.desk.enter_emergency_address(bench.customer, evolve(BRANCH, street="Quarz Ave"))
    assert registered(bench) == 4
    bench.wire.lose("register_emergency", arrives=False)
    bench.desk.accept_address(bench.customer)
    book = bench.desk.numbers(bench.customer)
    assert {book.usability(number) for number in THREE} == {Usability.COVERED}
    assert lacks(bench) == [(Lack.REGISTRATION_PENDING, Party.CARRIER, 4)]
    bench.desk.carry_on(bench.customer)
    one, again = bench.asked("register_emergency")
    assert one == again
    assert one["address"]["street"] == "QUARTZ AVE"
    assert registered(bench) == 4


def test_what_was_asked_for_a_former_address_is_not_asked_again(bench: Bench) -> None:
    bench.wire.lose("register_emergency", arrives=True)
    bench.desk.enter_emergency_address(bench.customer, BRANCH)
    assert registered(bench, At.PENDING) == 4
    bench.desk.enter_emergency_address(bench.customer, ADDRESS)
    first, second = bench.asked("register_emergency")
    assert first["client_reference"] != second["client_reference"]
    assert second["address"]["street"] == ADDRESS.street
    assert registered(bench) == 4


def test_numbers_have_a_location_of_their_own_and_do_not_follow_the_customer(bench: Bench) -> None:
    location = bench.desk.add_location(bench.customer, BRANCH)
    assert (location.status.value, bench.desk.locations(bench.customer)) == ("confirmed", (location,))
    bench.desk.use_location(bench.customer, [FIRST], location)
    bench.desk.enter_emergency_address(bench.customer, evolve(ADDRESS, house_number="1400"))
    asked = [
        (message["address"]["house_number"], message["numbers"])
        for message in bench.asked("register_emergency")
    ]
    others = [str(number) for number in (*piece(NEW, 1, 3), NEW.first + 99)]
    assert asked == [("12", [str(NEW.first)]), ("1400", others)]
    book = bench.desk.use_location(bench.customer, [FIRST], None)
    found = book.registration(NEW.first)
    assert found.address is not None
    assert (found.status, found.address.address.house_number) == (At.REGISTERED, "1400")


def test_a_location_is_of_use_once_its_address_is_in_effect(bench: Bench) -> None:
    location = bench.desk.add_location(bench.customer, evolve(BRANCH, street="Quarz Ave"))
    assert isinstance(location.check, AddressCorrected)
    with pytest.raises(NoAddressInEffect):
        bench.desk.use_location(bench.customer, [FIRST], location)
    assert lacks(bench) == [(Lack.ADDRESS_PROPOSED, Party.PARTNER, 0)]
    accepted = bench.desk.accept_address(location.id)
    bench.desk.use_location(bench.customer, [FIRST], location.id)
    assert accepted.in_effect is not None
    assert accepted.in_effect.address.street == "QUARTZ AVE"
    assert registered(bench) == 4
    bench.desk.enter_emergency_address(location, evolve(BRANCH, house_number="14"))
    assert [message["numbers"] for message in bench.asked("register_emergency")][1:] == [[str(NEW.first)]]
    assert isinstance(bench.desk.check_emergency_address(location), AddressConfirmed)


def test_a_location_is_that_customers_and_that_partners(bench: Bench) -> None:
    location = bench.desk.add_location(bench.customer, BRANCH)
    other = bench.desk.start_trial(company="Ferry Works", email="f@ferry.example", timezone="America/Chicago")
    with pytest.raises(UnknownRecord, match="no location of that customer"):
        bench.desk.use_location(other, [FIRST], location)
    for named in ("nobody", location.id):
        with pytest.raises(UnknownRecord, match="no customer or location"):
            bench.open_desk("south").accept_address(named)


def test_an_overridden_address_is_registered_as_such(bench: Bench) -> None:
    new = evolve(ADDRESS, street="Brandnew Road")
    assert isinstance(bench.desk.enter_emergency_address(bench.customer, new), AddressNotFound)
    assert not bench.asked("register_emergency")
    bench.desk.override_address_check(bench.customer, new, "built last month")
    [asked] = bench.asked("register_emergency")
    assert asked["override"] is True
    assert registered(bench) == 4


def test_a_carrier_that_cannot_check_now_is_asked_again_and_says_nothing_against_the_numbers(
    bench: Bench,
) -> None:
    bench.desk.enter_emergency_address(bench.customer, evolve(BRANCH, street="Quarz Ave"))
    bench.wire({"op": "world.address_service", "available": False})
    bench.desk.accept_address(bench.customer)
    assert (registered(bench, At.PENDING), registered(bench, At.FAILED)) == (4, 0)
    bench.wire({"op": "world.address_service", "available": True})
    bench.desk.carry_on(bench.customer)
    assert registered(bench) == 4


def test_what_the_carrier_refuses_has_failed_says_why_and_is_registered_again(bench: Bench) -> None:
    gone = NEW.first + 1
    bench.wire({"op": "release", "numbers": [str(gone)], "client_reference": "behind our back"})
    bench.desk.enter_emergency_address(bench.customer, BRANCH)
    book = bench.desk.numbers(bench.customer)
    assert (registered(bench), registered(bench, At.FAILED)) == (3, 1)
    assert (book.usability(gone), book.registration(gone).reason) == (
        Usability.REGISTRATION_FAILED,
        "register_emergency: 1 numbers are not yours",
    )
    [lack] = bench.desk.missing(bench.customer)
    assert (
        str(lack)
        == "the emergency registration of 1 number has failed: register_emergency: 1 numbers are not yours"
    )
    assert "no: its emergency registration has failed" in bench.desk.numbers_table(bench.customer)
    again = bench.desk.register_again(bench.customer, [gone])
    assert again.registration(gone).status is At.FAILED
    told = bench.desk.told_registered(bench.customer, [gone], by="Dana Reed")
    assert told.usable(gone)
    assert bench.desk.history(told)[-1].event.actor == "Dana Reed"


def test_nobody_says_of_a_stranger_that_it_is_registered(bench: Bench) -> None:
    with pytest.raises(NotThisCustomers):
        bench.desk.told_registered(bench.customer, [NEW.first + 50], by="Dana Reed")


def test_numbers_that_go_back_are_taken_out(bench: Bench) -> None:
    bench.wire.lose("register_emergency", arrives=True)
    bench.desk.release(bench.customer, [THREE])
    assert registered(bench, At.PENDING_REMOVAL) == 3
    assert lacks(bench) == [(Lack.REMOVAL_PENDING, Party.CARRIER, 3)]
    bench.desk.carry_on(bench.customer)
    assert registered(bench, At.PENDING_REMOVAL) == 0
    first, again = bench.asked("register_emergency")
    assert ("address" in first, first) == (False, again)
    assert bench.desk.missing(bench.customer) == ()


def test_numbers_without_an_address_are_missing_one() -> None:
    bench = Bench()
    trial = bench.desk.start_trial(company="Ferry Works", email="f@ferry.example", timezone="America/Chicago")
    book = bench.desk.numbers(trial)
    works = (NumbersExpected((THREE,), "order-1"), NumbersWorking((THREE,)))
    for report in works:
        book = apply(
            book, Event(type(report).__name__, bench.world.now(), Source.CARRIER, "", book.id, report)
        ).record
    bench.store.save("north", [Change(book, 0)], [])
    lack = bench.desk.missing(trial)[-1]
    assert (lack.kind, lack.on, str(lack)) == (
        Lack.NUMBER_ADDRESS,
        Party.PARTNER,
        "3 numbers have no emergency address in effect",
    )
    with pytest.raises(NoAddressInEffect):
        bench.desk.told_registered(trial, [THREE], by="Dana Reed")


def test_what_is_registered_nowhere_at_the_carrier_is_taken_out_already(bench: Bench) -> None:
    bench.wire(
        {"op": "register_emergency", "numbers": [str(NEW.first)], "client_reference": "behind our back"}
    )
    bench.wire.sent.clear()
    bench.desk.release(bench.customer, [THREE])
    assert registered(bench, At.PENDING_REMOVAL) == 0
    assert [len(message["numbers"]) for message in bench.asked("register_emergency")] == [3, 2]


class Reluctant:
    """The simulated carrier, with registrations that go another way."""

    def __init__(self, carrier: object, reply: object) -> None:
        self._carrier = carrier
        self.reply = reply
        self.asked = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._carrier, name)

    def register_emergency(self, _request: object) -> object:
        self.asked += 1
        return self.reply

    def decode_event(self, request: Any) -> object:
        if "news" in request.payload:
            return Accepted((request.payload["news"],))
        return self._carrier.decode_event(request)  # type: ignore[attr-defined]


def reluctant(bench: Bench, reply: object) -> tuple[Reluctant, Desk]:
    """A desk on the bench's store, in front of a carrier with that answer to every registration."""
    carrier = Reluctant(bench.world.carrier, reply)
    bench.desk.carrier = carrier
    return carrier, bench.desk


def test_a_removal_that_the_carrier_cannot_do_now_is_asked_again_later(bench: Bench) -> None:
    carrier, desk = reluctant(bench, Refused(RefusalReason.OTHER, "our table is locked"))
    desk.release(bench.customer, [THREE])
    assert (registered(bench, At.PENDING_REMOVAL), carrier.asked) == (3, 1)
    desk.carry_on(bench.customer)
    assert (registered(bench, At.PENDING_REMOVAL), carrier.asked) == (3, 2)


def news(reference: str, report: Any, event_id: str = "n-1") -> dict[str, Any]:
    from datetime import UTC, datetime

    told = News(id=event_id, at=datetime(2026, 11, 21, tzinfo=UTC), concerns=reference, report=report)
    return {"news": told}


def test_a_carrier_may_say_later_what_came_of_a_registration(bench: Bench) -> None:
    carrier, desk = reluctant(bench, Accepted(EmergencyReceipt("theirs-1", done=False)))
    desk.enter_emergency_address(bench.customer, BRANCH)
    [ask] = desk.numbers(bench.customer).emergency.asks
    assert (ask.taken, registered(bench, At.PENDING)) == ("theirs-1", 4)
    desk.carry_on(bench.customer)
    assert carrier.asked == 1
    done = NumbersRegistered((THREE,), BRANCH, ask.reference)
    [received] = desk.receive(news(ask.reference, done))
    assert (received.outcome, received.repeated) == (Outcome.EXPECTED, False)
    [received] = desk.receive(news(ask.reference, done))
    assert (received.outcome, received.repeated) == (None, True)
    # What the news does not speak of is asked for again.
    assert (registered(bench), registered(bench, At.PENDING), carrier.asked) == (3, 1, 2)
    failed = RegistrationFailed((THREE,), BRANCH, "the line is not in service")
    [received] = desk.receive(news(ask.reference, failed, "n-2"))
    assert (received.outcome, registered(bench, At.FAILED)) == (Outcome.EXPECTED, 3)
    for stranger in ("nobody/numbers#r-1", "r-1"):
        [received] = desk.receive(news(stranger, failed, f"n-{stranger}"))
        assert received.outcome is None
    assert len(bench.store.unmatched("north")) == 2


def test_a_carrier_without_registrations_leaves_numbers_unused_until_somebody_says_that_they_are_registered() -> (
    None
):
    bench = signed_bench()
    bench.order(3)
    _, desk = reluctant(bench, Refused(RefusalReason.UNSUPPORTED, "no such operation"))
    bench.wait(minutes=10)
    book = desk.numbers(bench.customer)
    assert {book.usability(number) for number in THREE} == {Usability.REGISTRATION_FAILED}
    assert desk.told_registered(bench.customer, [THREE], by="Dana Reed").usable(NEW.first)
    desk.release(bench.customer, [THREE])
    assert registered(bench, At.PENDING_REMOVAL) == 0


def test_many_numbers_are_asked_for_some_at_a_time(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registering, "AT_ONCE", 2)
    bench.desk.enter_emergency_address(bench.customer, BRANCH)
    assert [len(message["numbers"]) for message in bench.asked("register_emergency")] == [2, 2]
    assert registered(bench) == 4


@pytest.mark.parametrize("arrives", [False, True])
@pytest.mark.parametrize("step", range(4))
def test_wherever_everything_stops_the_address_is_registered_once_the_desk_goes_on(
    bench: Bench, step: int, arrives: bool
) -> None:
    flow = addresses.enter_emergency_address(bench.desk.office, bench.customer, BRANCH)
    run_until_crash(flow, bench.world.carrier, step, arrives=arrives)
    bench.desk = bench.open_desk()
    bench.desk.check_emergency_address(bench.customer)
    assert registered(bench) == 4
    assert {message["client_reference"] for message in bench.asked("register_emergency")} == {
        message["client_reference"] for message in bench.asked("register_emergency")[-1:]
    }


def test_an_address_comes_into_effect_for_numbers_that_somebody_else_has_changed_meanwhile(
    bench: Bench,
) -> None:
    other = bench.open_desk()
    bench.desk.enter_emergency_address(bench.customer, evolve(BRANCH, street="Nowhere Road"))
    bench.desk.enter_emergency_address(bench.customer, ADDRESS)

    def meanwhile(message: dict[str, Any]) -> None:
        if message["op"] == "check_address":
            bench.wire.on_sending = lambda _: None
            other.unassign(bench.customer, [])

    bench.wire.on_sending = meanwhile
    bench.desk.enter_emergency_address(bench.customer, BRANCH)
    assert bench.desk.numbers(bench.customer).registration(NEW.first).status is At.REGISTERED


def test_two_who_hear_at_the_same_time_that_numbers_work_have_them_registered_once(bench: Bench) -> None:
    bench.order(2, at=3)
    bench.world.pass_time(minutes=10)
    first, second = bench.desk, bench.open_desk()
    news = bench.world.messages()

    def slow(kind: str) -> str:
        """Before the second has a name for what it is about to ask, the first has asked it."""
        if kind == "reference":
            first.carry_on(bench.customer)
        return first.office.new_id(kind)

    second.office = evolve(second.office, new_id=slow)
    for message in news:
        second.receive(message)
    assert registered(bench) == 6
    assert [len(message["numbers"]) for message in bench.asked("register_emergency")] == [2]


def test_the_same_at_a_desk_that_is_awaited(bench: Bench) -> None:
    office = bench.desk.office
    desk = AsyncDesk(
        bench.world.carrier,
        partner=office.partner,
        actor=office.actor,
        store=office.store,
        clock=office.clock,
        new_id=office.new_id,
    )

    async def moving() -> Usability:
        location = await desk.add_location(bench.customer, BRANCH)
        book = await desk.use_location(bench.customer, [FIRST], location)
        return book.usability(NEW.first)

    assert asyncio.run(moving()) is Usability.USABLE


def test_an_address_is_a_customers_or_a_locations(bench: Bench) -> None:
    with pytest.raises(TypeError, match="an address is a customer's or a location's, not one of NumberBook"):
        bench.desk.enter_emergency_address(bench.desk.numbers(bench.customer), ADDRESS)  # type: ignore[arg-type]
