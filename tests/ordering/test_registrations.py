"""DOMAIN 5: where each number is registered for emergency calls, and which numbers can be used."""

from __future__ import annotations

import copy
import pickle
from datetime import timedelta

import pytest
from attrs import evolve
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from accounts_cases import ADDRESS, PROPOSED
from lifecycle_cases import FIRST, NOW, SECOND, STRANGERS, THIRD, THREE, cells, event
from pstnkit.accounts.emergency import ServiceAddress
from pstnkit.lifecycle.events import Decision, Report
from pstnkit.lifecycle.machine import DecisionRefused, Outcome
from pstnkit.lifecycle.record import apply
from pstnkit.lifecycle.reports import NumbersWorking, Settle
from pstnkit.numbering.ranges import NumberRange, collapse
from pstnkit.numbering.telephone import TelephoneNumber
from pstnkit.ordering.number_events import NumbersExpected, NumbersPortedOut, NumbersReleased
from pstnkit.ordering.numbers import NotThisCustomers, NumberBook, Usability
from pstnkit.ordering.registration_events import (
    REGISTRATION_MACHINE,
    AskCarrier,
    MoveNumbers,
    NumbersRegistered,
    RegisterAgain,
    RegistrationFailed,
    RegistrationPutOff,
    RegistrationRemoved,
    RegistrationTaken,
    UseAddress,
)
from pstnkit.ordering.registration_events import RegistrationStatus as At
from pstnkit.ordering.registrations import Due, NoAddressInEffect

HERE = ServiceAddress(ADDRESS, NOW)
THERE = ServiceAddress(PROPOSED, NOW)
BRANCH = ServiceAddress(evolve(PROPOSED, house_number="700"), NOW)
EMPTY = NumberBook(id="customer-1/numbers", partner="partner-1", customer="customer-1")
TOLL_FREE = NumberRange("8885550100", "8885550101")
ONE = FIRST.first


def after(book: NumberBook, *bodies: Decision | Report) -> NumberBook:
    for body in bodies:
        book = apply(book, event(book.id, body)).record
    return book


def working(numbers: NumberRange = THREE) -> NumberBook:
    """A book with numbers that work, and no address."""
    return after(EMPTY, NumbersExpected((numbers,), "order-1"), NumbersWorking((numbers,)))


def asked(book: NumberBook, reference: str = "r-1", most: int = 10) -> NumberBook:
    """The book once the carrier has been asked for what is due."""
    due = book.emergency.due(most)
    assert due is not None
    return after(book, AskCarrier(reference, due.numbers, due.location))


def standing(status: At) -> NumberBook:
    """A book with one number that stands so, and what was asked about it still open where it is pending."""
    book = working(FIRST)
    if status is At.UNREGISTERED:
        return book
    book = asked(after(book, UseAddress(HERE)))
    if status is At.REGISTERED:
        book = after(book, NumbersRegistered((FIRST,), ADDRESS, "r-1"))
    elif status is At.FAILED:
        book = after(book, RegistrationFailed((FIRST,), ADDRESS, "no such street", "r-1"))
    elif status is At.PENDING_REMOVAL:
        book = asked(after(book, NumbersReleased((FIRST,))))
    assert book.emergency.status(ONE) is status
    return book


REPORTS: tuple[Report, ...] = (
    NumbersWorking((FIRST,)),
    NumbersRegistered((FIRST,), ADDRESS, "r-1"),
    RegistrationFailed((FIRST,), ADDRESS, "no such street", "r-1"),
    RegistrationRemoved((FIRST,), "r-1"),
    RegistrationTaken("r-1", "theirs-1"),
    RegistrationPutOff("r-1", "down for an hour"),
    NumbersReleased((FIRST,)),
    NumbersPortedOut((FIRST,)),
)


def test_every_cell_of_the_reports_is_what_its_class_says() -> None:
    found = cells(REGISTRATION_MACHINE)
    assert len(found) == 5 * 8
    asked_about = (At.PENDING, At.PENDING_REMOVAL)
    for (state, kind), cell in found.items():
        if kind is NumbersWorking:
            assert cell == ("unregistered" if state is At.PENDING_REMOVAL else ".")
        elif kind in (NumbersReleased, NumbersPortedOut):
            nothing = state in (At.UNREGISTERED, At.PENDING_REMOVAL)
            assert cell == ("." if nothing else "pending_removal")
        elif kind in (RegistrationTaken, RegistrationPutOff):
            assert cell == (state.value if state in asked_about else "-")
        elif kind is NumbersRegistered:
            moves = {
                At.PENDING: "registered",
                At.FAILED: "registered",
                At.REGISTERED: ".",
                At.UNREGISTERED: "!",
            }
            assert cell == moves.get(state, "-")
        elif kind is RegistrationFailed:
            assert cell == ("-" if state in (At.UNREGISTERED, At.PENDING_REMOVAL) else "failed")
        else:
            assert cell == {At.UNREGISTERED: ".", At.PENDING: "-"}.get(state, "unregistered")


@pytest.mark.parametrize("state", At)
@pytest.mark.parametrize("report", REPORTS, ids=lambda report: str(report.word))
def test_a_report_is_never_refused_and_leaves_the_number_where_its_cell_says(
    state: At, report: Report
) -> None:
    book = standing(state)
    if state is At.PENDING_REMOVAL and isinstance(report, NumbersWorking):
        book = after(book, NumbersExpected((FIRST,), "order-2"))
    moved = apply(book, event(book.id, report))
    step = REGISTRATION_MACHINE.hear(state, report)
    now = step.path[-1] if step.path else state
    if now is At.UNREGISTERED and isinstance(report, NumbersWorking) and state is At.PENDING_REMOVAL:
        now = At.PENDING  # there is an address, and what it is used for follows at once
    assert moved.record.emergency.status(ONE) is now
    if not isinstance(report, NumbersWorking | NumbersReleased | NumbersPortedOut):
        assert moved.entry.outcome is step.outcome
        assert moved.record.needs_attention is (step.outcome is Outcome.CONTRADICTS)
    recount(moved.record)


@pytest.mark.parametrize("state", At)
def test_every_decision_in_every_state_is_taken_or_refused_by_what_it_is(state: At) -> None:
    book = standing(state)
    due = book.emergency.due(1)
    for decision in (UseAddress(THERE), MoveNumbers((FIRST,), "branch"), RegisterAgain((FIRST,))):
        prepared = after(
            book, UseAddress(BRANCH, "branch"), *([UseAddress(HERE)] if state is At.UNREGISTERED else [])
        )
        if state is At.PENDING_REMOVAL and not isinstance(decision, UseAddress):
            with pytest.raises(NotThisCustomers):
                after(prepared, decision)
        else:
            expected = At.PENDING_REMOVAL if state is At.PENDING_REMOVAL else At.PENDING
            assert after(prepared, decision).emergency.status(ONE) is expected
    assert due is None
    location = None if state is At.PENDING_REMOVAL else ""
    with pytest.raises(DecisionRefused) as refusal:
        after(book, AskCarrier("r-2", (FIRST,), location))
    assert (refusal.value.state, refusal.value.decision, refusal.value.allowed) == (state, "ask", ())
    if state in (At.PENDING, At.PENDING_REMOVAL):
        put_off = after(book, RegistrationPutOff("r-1", "down"))
        assert asked(put_off, "r-2").emergency.asks[0].reference == "r-2"


def test_the_table_of_decisions_lets_every_number_be_registered_that_has_not_left() -> None:
    for state in At:
        left = state is At.PENDING_REMOVAL
        for decision in (UseAddress(HERE), MoveNumbers(()), RegisterAgain(())):
            if left:
                with pytest.raises(DecisionRefused):
                    REGISTRATION_MACHINE.decide(state, decision)
            else:
                assert REGISTRATION_MACHINE.decide(state, decision) is At.PENDING
        asking = AskCarrier("r-1", (), "")
        if state in (At.PENDING, At.PENDING_REMOVAL):
            assert REGISTRATION_MACHINE.decide(state, asking) is state
        else:
            with pytest.raises(DecisionRefused):
                REGISTRATION_MACHINE.decide(state, asking)


# --- what can be used -------------------------------------------------------------------------------------------------


def test_a_number_is_of_use_once_it_works_and_is_registered_and_else_says_why_not() -> None:
    book = after(EMPTY, NumbersExpected((THREE,), "order-1"))
    said = [book.usability(ONE)]
    assert book.registration(ONE).status is At.UNREGISTERED
    for body in (
        NumbersWorking((THREE,)),
        UseAddress(HERE),
        RegistrationFailed((FIRST,), ADDRESS, "no such street"),
        RegisterAgain((FIRST,)),
        NumbersRegistered((FIRST,), ADDRESS),
    ):
        book = after(book, body)
        said.append(book.usability(ONE))
        assert book.usable(ONE) is (said[-1] is Usability.USABLE)
    assert said == [
        Usability.NOT_PROVISIONED,
        Usability.NO_ADDRESS,
        Usability.REGISTRATION_PENDING,
        Usability.REGISTRATION_FAILED,
        Usability.REGISTRATION_PENDING,
        Usability.USABLE,
    ]
    with pytest.raises(NotThisCustomers):
        book.usable(STRANGERS.first)


def test_a_number_that_is_registered_elsewhere_until_it_is_registered_here_is_covered() -> None:
    book = after(working(), UseAddress(HERE), NumbersRegistered((FIRST,), ADDRESS), UseAddress(THERE))
    assert (book.usability(ONE), book.usable(ONE)) == (Usability.COVERED, True)
    found = book.registration(ONE)
    assert (found.status, found.address, found.covered) == (At.PENDING, THERE, True)
    assert book.usability(SECOND.first) is Usability.REGISTRATION_PENDING
    failed = after(book, RegistrationFailed((FIRST,), PROPOSED, "no such street"))
    assert failed.usability(ONE) is Usability.REGISTRATION_FAILED
    assert failed.registration(ONE).reason == failed.emergency.latest_failure == "no such street"


def test_a_toll_free_number_makes_no_emergency_calls_and_needs_no_registration() -> None:
    book = after(working(TOLL_FREE), UseAddress(HERE))
    assert book.usable(TOLL_FREE.first)
    assert book.emergency.due(10) is None
    assert book.registrations[At.UNREGISTERED] == 2
    assert after(book, NumbersReleased((TOLL_FREE,))).registrations[At.PENDING_REMOVAL] == 0


# --- which address applies --------------------------------------------------------------------------------------------


def test_a_change_of_the_customers_address_makes_its_numbers_pending_and_leaves_those_with_their_own() -> (
    None
):
    book = after(
        working(),
        UseAddress(HERE),
        UseAddress(BRANCH, "branch"),
        MoveNumbers((FIRST,), "branch"),
        NumbersRegistered((FIRST,), BRANCH.address),
        NumbersRegistered((SECOND, THIRD), ADDRESS),
        UseAddress(THERE),
    )
    assert [book.registration(number).status for number in THREE] == [At.REGISTERED, At.PENDING, At.PENDING]
    assert (book.registration(ONE).address, book.registration(ONE).location) == (BRANCH, "branch")
    assert book.registration(SECOND.first).address == THERE
    moved = after(book, UseAddress(HERE, "branch"))
    assert [moved.registration(number).status for number in THREE] == [At.PENDING] * 3
    back = after(book, MoveNumbers((FIRST,)))
    assert (back.registration(ONE).address, back.usability(ONE)) == (THERE, Usability.COVERED)


def test_an_address_that_is_the_same_changes_nothing() -> None:
    book = after(standing(At.REGISTERED), UseAddress(BRANCH, "branch"))
    assert after(book, UseAddress(HERE)).emergency is book.emergency
    assert after(book, MoveNumbers((FIRST,))).emergency == book.emergency


def test_a_number_gets_an_address_of_its_own_before_it_works() -> None:
    book = after(EMPTY, NumbersExpected((THREE,), "order-1"), UseAddress(BRANCH, "branch"))
    book = after(book, MoveNumbers((FIRST,), "branch"), NumbersWorking((THREE,)))
    assert [book.registration(number).status for number in THREE] == [
        At.PENDING,
        At.UNREGISTERED,
        At.UNREGISTERED,
    ]
    assert book.registrations == {
        At.UNREGISTERED: 2,
        At.PENDING: 1,
        At.REGISTERED: 0,
        At.FAILED: 0,
        At.PENDING_REMOVAL: 0,
    }


def test_no_number_goes_where_no_address_is_in_effect() -> None:
    with pytest.raises(
        NoAddressInEffect, match="location 'branch' has no emergency address in effect"
    ) as error:
        after(working(), MoveNumbers((FIRST,), "branch"))
    twin = pickle.loads(pickle.dumps(error.value))
    assert (twin.location, str(twin)) == ("branch", str(error.value))
    with pytest.raises(NoAddressInEffect, match="the customer has no"):
        after(working(), RegisterAgain((FIRST,)))


def test_only_what_works_and_is_ours_is_registered_again() -> None:
    book = after(EMPTY, NumbersExpected((THREE,), "order-1"), UseAddress(HERE))
    with pytest.raises(DecisionRefused, match="in state pending refuses 'again'"):
        after(book, RegisterAgain((FIRST,)))
    with pytest.raises(NotThisCustomers):
        after(book, MoveNumbers((STRANGERS,)))


def test_a_number_that_leaves_is_to_be_removed_and_as_new_when_it_comes_back() -> None:
    book = after(
        working(),
        UseAddress(HERE),
        UseAddress(BRANCH, "branch"),
        MoveNumbers((FIRST,), "branch"),
        NumbersRegistered((FIRST,), BRANCH.address),
        NumbersReleased((FIRST,)),
        NumbersPortedOut((SECOND,)),
    )
    assert book.registrations[At.PENDING_REMOVAL] == 2
    assert book.registration(ONE).status is At.PENDING_REMOVAL
    assert list(book.emergency.having(At.PENDING_REMOVAL)) == [FIRST.first, SECOND.first]
    assert book.emergency.due(10) == Due(tuple(collapse([FIRST, SECOND])), None, None)
    removed = after(asked(book), RegistrationRemoved((FIRST, SECOND), "r-1"))
    assert (removed.registrations[At.PENDING_REMOVAL], removed.emergency.asks) == (0, ())
    back = after(book, NumbersExpected((FIRST,), "order-2"), NumbersWorking((FIRST,)))
    assert (back.registration(ONE).status, back.registration(ONE).address) == (At.PENDING, HERE)
    assert not back.registration(ONE).covered


def test_a_number_that_never_had_an_address_leaves_without_a_trace() -> None:
    assert after(working(), NumbersReleased((FIRST,))).registrations[At.PENDING_REMOVAL] == 0


# --- what is asked ----------------------------------------------------------------------------------------------------


def test_what_is_asked_is_known_under_its_reference_until_it_is_answered() -> None:
    book = after(working(), UseAddress(HERE))
    assert book.emergency.due(2) == Due((NumberRange(FIRST.first, SECOND.first),), "", HERE)
    book = asked(book, "r-1", most=2)
    [ask] = book.emergency.asks
    assert (ask.reference, ask.location, ask.address) == ("r-1", "", HERE)
    assert book.emergency.due(2) == Due((THIRD,), "", HERE)
    assert book.emergency.due(2, [""]) is None
    taken = after(book, RegistrationTaken("r-1", "theirs-1"))
    assert taken.emergency.asks[0].taken == "theirs-1"
    assert taken.registrations[At.PENDING] == 3
    done = after(taken, NumbersRegistered((FIRST, SECOND), ADDRESS, "r-1"))
    assert (done.emergency.asks, done.registrations[At.REGISTERED]) == ((), 2)


def test_what_an_answer_does_not_speak_of_is_asked_again() -> None:
    book = asked(after(working(), UseAddress(HERE)))
    assert book.emergency.due(10) is None
    partly = after(book, RegistrationFailed((SECOND,), ADDRESS, "not yours", "r-1"))
    assert partly.emergency.due(10) == Due((FIRST, THIRD), "", HERE)
    put_off = after(book, RegistrationPutOff("r-1", "down"))
    assert put_off.emergency.due(10) == Due((THREE,), "", HERE)


def test_an_answer_to_what_nobody_asked_is_late() -> None:
    book = working()
    for report in (RegistrationTaken("r-9", "theirs"), RegistrationPutOff("r-9", "down")):
        moved = apply(book, event(book.id, report))
        assert (moved.entry.outcome, moved.record.emergency) == (Outcome.LATE, book.emergency)


def test_what_was_asked_about_a_former_address_is_not_asked_again_and_its_answer_is_late() -> None:
    book = after(asked(after(working(), UseAddress(HERE))), UseAddress(THERE))
    assert book.emergency.asks == ()
    assert book.emergency.due(10) == Due((THREE,), "", THERE)
    moved = apply(book, event(book.id, NumbersRegistered((THREE,), ADDRESS, "r-1")))
    assert (moved.entry.outcome, moved.record.emergency) == (Outcome.LATE, book.emergency)


@pytest.mark.parametrize("goes", [NumbersReleased((FIRST,)), MoveNumbers((FIRST,), "branch")])
def test_what_was_asked_about_a_number_that_went_elsewhere_is_asked_anew_for_the_others(
    goes: Decision | Report,
) -> None:
    book = after(asked(after(working(), UseAddress(HERE), UseAddress(BRANCH, "branch"))), goes)
    assert book.emergency.asks == ()
    assert book.emergency.due(10, [None, "branch"]) == Due(
        (NumberRange(SECOND.first, THIRD.first),), "", HERE
    )


def test_a_number_is_asked_about_once_although_somebody_else_has_said_what_became_of_it() -> None:
    book = asked(after(working(), UseAddress(HERE)))
    book = after(book, RegistrationFailed((FIRST,), ADDRESS, "a person says"), RegisterAgain((FIRST,)))
    assert book.emergency.asks == ()
    assert book.emergency.due(10) == Due((THREE,), "", HERE)


def test_a_removal_that_was_asked_does_not_hit_a_number_that_has_come_back() -> None:
    book = asked(after(standing(At.REGISTERED), NumbersReleased((FIRST,))))
    assert [ask.address for ask in book.emergency.asks] == [None]
    back = after(book, NumbersExpected((FIRST,), "order-2"), NumbersWorking((FIRST,)))
    assert back.emergency.asks == ()
    assert after(back, RegistrationRemoved((FIRST,), "r-1")).registration(ONE).status is At.PENDING


def test_a_registration_that_nobody_wanted_is_a_contradiction() -> None:
    moved = apply(EMPTY, event(EMPTY.id, NumbersRegistered((FIRST,), ADDRESS)))
    assert moved.entry.outcome is Outcome.CONTRADICTS
    assert moved.record.discrepancies[0].state == "unregistered"
    assert not after(moved.record, Settle("their slip")).needs_attention


def test_a_book_with_registrations_survives_pickle_and_copy() -> None:
    for state in At:
        book = standing(state)
        assert copy.deepcopy(book) == pickle.loads(pickle.dumps(book)) == book


# --- any history ------------------------------------------------------------------------------------------------------

BASE = TelephoneNumber("4155550100")
PLACES = {"": (HERE, THERE), "branch": (BRANCH, THERE), "attic": (BRANCH,)}
ranges = st.tuples(st.integers(0, 8), st.integers(0, 3)).map(
    lambda pair: (NumberRange(BASE + pair[0], BASE + pair[0] + pair[1]),)
)


def recount(book: NumberBook) -> None:
    """The counts of a book are those of a recount, and what is due or asked is what is pending."""
    known = [number for number, _ in book.having()]
    statuses = [book.emergency.status(number) for number in known]
    counts = {status: statuses.count(status) for status in At}
    counts[At.PENDING_REMOVAL] = sum(1 for _ in book.emergency.having(At.PENDING_REMOVAL))
    assert book.registrations == counts
    for status in (At.PENDING, At.REGISTERED, At.FAILED):
        assert set(book.emergency.having(status)) == {
            number for number, found in zip(known, statuses, strict=True) if found is status
        }
    waiting: list[TelephoneNumber] = []
    for location in (None, *book.emergency.groups):
        group = book.emergency.leaving if location is None else book.emergency.group(location)
        waiting += group.unasked
        assert location is None or (location in book.emergency.due_at) is bool(group.unasked)
    for ask in book.emergency.asks:
        waiting += [
            number
            for numbers in ask.numbers
            for number in numbers
            if book.emergency.status(number) in (At.PENDING, At.PENDING_REMOVAL)
        ]
    left = (At.PENDING, At.PENDING_REMOVAL)
    assert sorted(waiting) == sorted(number for status in left for number in book.emergency.having(status))


class AnyHistory(RuleBasedStateMachine):
    """Whatever is decided and reported, in whatever order, counts add up and no number is forgotten."""

    def __init__(self) -> None:
        super().__init__()
        self.book = EMPTY
        self.serial = 0

    def _told(self, body: Decision | Report) -> None:
        before = self.book
        try:
            self.book = after(before, body)
        except (DecisionRefused, NotThisCustomers, NoAddressInEffect):
            assert isinstance(body, Decision)

    @rule(numbers=ranges, order=st.sampled_from(["order-1", "order-2"]))
    def are_ordered_and_work(self, numbers: tuple[NumberRange, ...], order: str) -> None:
        self._told(NumbersExpected(numbers, order))
        self._told(NumbersWorking(numbers))

    @rule(numbers=ranges, kind=st.sampled_from([NumbersReleased, NumbersPortedOut]))
    def leave(self, numbers: tuple[NumberRange, ...], kind: type[NumbersReleased]) -> None:
        self._told(kind(numbers))

    @rule(place=st.sampled_from(sorted(PLACES)), which=st.integers(0, 1))
    def an_address_comes_into_effect(self, place: str, which: int) -> None:
        self._told(UseAddress(PLACES[place][which % len(PLACES[place])], place))

    @rule(numbers=ranges, place=st.sampled_from(sorted(PLACES)))
    def are_moved(self, numbers: tuple[NumberRange, ...], place: str) -> None:
        self._told(MoveNumbers(numbers, place))

    @rule(numbers=ranges)
    def are_registered_again(self, numbers: tuple[NumberRange, ...]) -> None:
        self._told(RegisterAgain(numbers))

    @rule(most=st.integers(1, 4), passed_over=st.sets(st.sampled_from([None, "", "branch"])))
    def the_carrier_is_asked(self, most: int, passed_over: set[str | None]) -> None:
        due = self.book.emergency.due(most, passed_over)
        if due is not None:
            self.serial += 1
            self._told(AskCarrier(f"r-{self.serial}", due.numbers, due.location))

    @precondition(lambda self: self.book.emergency.asks)
    @rule(how=st.sampled_from(["done", "partly", "refused", "taken", "later"]), which=st.integers(0, 9))
    def the_carrier_answers(self, how: str, which: int) -> None:
        asks = self.book.emergency.asks
        ask = asks[which % len(asks)]
        if how == "taken":
            self._told(RegistrationTaken(ask.reference, "theirs"))
        elif how == "later":
            self._told(RegistrationPutOff(ask.reference, "down"))
        elif ask.address is None:
            self._told(RegistrationRemoved(ask.numbers, ask.reference))
        elif how == "refused":
            self._told(RegistrationFailed(ask.numbers, ask.address.address, "no", ask.reference))
        else:
            told = ask.numbers[:1] if how == "partly" else ask.numbers
            self._told(NumbersRegistered(told, ask.address.address, ask.reference))

    @rule(
        numbers=ranges,
        reference=st.sampled_from(["", "r-1", "r-2"]),
        address=st.sampled_from([ADDRESS, PROPOSED]),
    )
    def something_is_said_late_or_twice(
        self, numbers: tuple[NumberRange, ...], reference: str, address: object
    ) -> None:
        self._told(NumbersRegistered(numbers, address, reference))  # type: ignore[arg-type]
        self._told(RegistrationRemoved(numbers, reference))

    @invariant()
    def counts_are_those_of_a_recount_and_nothing_is_forgotten(self) -> None:
        recount(self.book)

    @invariant()
    def no_number_is_of_use_that_is_not_registered(self) -> None:
        for number, record in self.book.having():
            found = self.book.registration(number)
            if self.book.usable(number):
                assert record.provisioned
                assert found.status is At.REGISTERED or found.covered
                assert found.address is not None


TestAnyHistory = AnyHistory.TestCase
TestAnyHistory.settings = settings(max_examples=40)


def test_the_time_of_a_standing_is_that_of_its_event() -> None:
    book = asked(after(working(FIRST), UseAddress(HERE)))
    later = event(book.id, NumbersRegistered((FIRST,), ADDRESS, "r-1"), at=NOW + timedelta(days=1))
    group = apply(book, later).record.emergency.group("")
    assert group.numbers[ONE].since == NOW + timedelta(days=1)
