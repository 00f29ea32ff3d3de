"""SPEC T2, T4, T5, P4 and P5: the numbers of a customer, their statuses, assignments and counts."""

from __future__ import annotations

import copy
import pickle
from datetime import timedelta

import pytest
from attrs import evolve
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from lifecycle_cases import FIRST, NOW, SECOND, STRANGERS, THIRD, THREE, cells, event
from pstnkit.lifecycle.events import Decision, Report
from pstnkit.lifecycle.history import Discrepancy
from pstnkit.lifecycle.machine import DecisionRefused, Outcome
from pstnkit.lifecycle.record import apply
from pstnkit.lifecycle.reports import BackOrdered, Cancel, NumbersFailed, NumbersWorking
from pstnkit.numbering.numbermap import NumberMap
from pstnkit.numbering.ranges import NumberRange
from pstnkit.numbering.telephone import TelephoneNumber
from pstnkit.ordering.number_events import (
    NUMBER_MACHINE,
    Assign,
    Assignee,
    AssigneeKind,
    NumbersExpected,
    NumbersKept,
    NumbersPortedOut,
    NumbersReleased,
    Release,
    Unassign,
)
from pstnkit.ordering.number_events import NumberStatus as At
from pstnkit.ordering.numbers import (
    AlreadyAssigned,
    NotThisCustomers,
    NumberBook,
    NumberRecord,
)

EMPTY = NumberBook(id="customer-1/numbers", partner="partner-1", customer="customer-1")
MARIA = Assignee(AssigneeKind.USER, "Maria")
SALES = Assignee(AssigneeKind.HUNT_GROUP, "Sales")
ORDERED = NumbersExpected((THREE,), "order-1")
REPORTS: tuple[Report, ...] = (
    NumbersExpected((FIRST,), "order-2"),
    NumbersWorking((FIRST,)),
    NumbersFailed((FIRST,), "gone"),
    NumbersReleased((FIRST,)),
    NumbersKept((FIRST,), "a term of 12 months"),
    NumbersPortedOut((FIRST,)),
)
OURS = {At.PENDING, At.UNASSIGNED, At.ASSIGNED}


def after(book: NumberBook, *bodies: Decision | Report) -> NumberBook:
    for body in bodies:
        book = apply(book, event(book.id, body)).record
    return book


def holding(status: At) -> NumberBook:
    """A book with one number in ``status``."""
    record = NumberRecord(status, "order-1", NOW, MARIA if status is At.ASSIGNED else None)
    return evolve(
        EMPTY,
        records=NumberMap({FIRST.first: record}),
        counts={each: int(each is status) for each in At},
    )


def test_every_cell_of_the_reports_is_what_its_class_says() -> None:
    provisioned = {At.UNASSIGNED, At.ASSIGNED}
    gone = {At.FAILED, At.RELEASED, At.PORTED_OUT}
    ends = {NumbersFailed: At.FAILED, NumbersReleased: At.RELEASED, NumbersPortedOut: At.PORTED_OUT}
    for (state, kind), cell in cells(NUMBER_MACHINE).items():
        if kind is NumbersExpected:
            assert cell == ("pending" if state in gone else "!")
        elif kind is NumbersKept:
            kept = {At.UNASSIGNED: "unassigned", At.ASSIGNED: ".", At.FAILED: "-"}
            assert cell == kept.get(state, "-" if state is At.PORTED_OUT else "!")
        elif kind is NumbersWorking:
            expected = {At.PENDING: "unassigned", At.FAILED: "!", At.RELEASED: "-", At.PORTED_OUT: "-"}
            assert cell == expected.get(state, ".")
        elif ends[kind] is state:
            assert cell == "."
        elif state in provisioned:
            assert cell == ("!" if kind is NumbersFailed else ends[kind].value)
        elif state is At.PENDING:
            assert cell == ("failed" if kind is NumbersFailed else "!")
        else:
            swapped = {At.RELEASED, At.PORTED_OUT} == {state, ends[kind]}
            assert cell == ("!" if swapped else "-")


@pytest.mark.parametrize("status", At)
@pytest.mark.parametrize("report", REPORTS, ids=lambda report: str(report.word))
def test_a_report_is_never_refused_and_does_what_its_cell_says(status: At, report: Report) -> None:
    book = holding(status)
    moved = apply(book, event(book.id, report, event_id="e-1"))
    step = NUMBER_MACHINE.hear(status, report)
    now = step.path[-1] if step.path else status
    # A number that nobody gives back is not kept anew.
    assert moved.entry.outcome is (Outcome.ALREADY if step.path == (status,) else step.outcome)
    assert moved.record[FIRST.first].status is now
    assert moved.record.counts == {each: int(each is now) for each in At}
    assert moved.record.revision == 1
    found = (Discrepancy("e-1", NOW, status.value, type(report).__name__),)
    assert moved.record.discrepancies == (found if step.outcome is Outcome.CONTRADICTS else ())


@pytest.mark.parametrize("status", At)
def test_a_number_is_assigned_and_freed_while_it_is_ours(status: At) -> None:
    book = holding(status)
    if status in OURS - {At.ASSIGNED}:
        assigned = after(book, Assign((FIRST,), SALES))[FIRST.first]
        assert (assigned.status, assigned.assignee) == (
            At.PENDING if status is At.PENDING else At.ASSIGNED,
            SALES,
        )
    else:
        with pytest.raises(DecisionRefused) as refusal:
            after(book, Assign((FIRST,), SALES))
        assert refusal.value.state is status
        assert str(FIRST.first) in str(refusal.value)
    if status in (At.PENDING, At.ASSIGNED):
        freed = after(book, Unassign((FIRST,)))[FIRST.first]
        assert (freed.status, freed.assignee) == (At.PENDING if status is At.PENDING else At.UNASSIGNED, None)
    else:
        with pytest.raises(DecisionRefused, match=str(FIRST.first).replace("+", r"\+")):
            after(book, Unassign((FIRST,)))


def test_t2_numbers_are_pending_then_unassigned_or_assigned_and_all_is_the_three() -> None:
    book = after(EMPTY, ORDERED, Assign((FIRST,), MARIA), NumbersWorking((FIRST, SECOND)))
    assert [record.status for _, record in book.having()] == [At.ASSIGNED, At.UNASSIGNED, At.PENDING]
    assert [number for number, _ in book.having(At.PENDING)] == [THIRD.first]
    assert len(book) == 3


def test_t5_what_failed_was_released_or_left_is_not_counted_and_not_found() -> None:
    book = after(
        EMPTY,
        ORDERED,
        NumbersFailed((FIRST,), "gone"),
        NumbersWorking((SECOND, THIRD)),
        NumbersReleased((SECOND,)),
        NumbersPortedOut((THIRD,)),
    )
    assert len(book) == 0
    assert [record.status for _, record in book.having(*At)] == [At.FAILED, At.RELEASED, At.PORTED_OUT]
    assert book.find("555") == ()


def test_t4_the_customers_numbers_are_found_by_any_part() -> None:
    book = after(EMPTY, ORDERED)
    assert book.find("(415) 555-0101") == (SECOND.first,)
    assert book.find("55501") == tuple(THREE)
    with pytest.raises(ValueError):
        book.find("Maria")


def test_p4_p5_a_number_is_assigned_while_pending_and_used_only_once_it_works() -> None:
    book = after(EMPTY, ORDERED, Assign((FIRST,), MARIA))
    pending = book[FIRST.first]
    assert (pending.status, pending.assignee, pending.provisioned, pending.since) == (
        At.PENDING,
        MARIA,
        False,
        NOW,
    )
    later = event(book.id, NumbersWorking((FIRST, SECOND)), at=NOW + timedelta(days=21))
    book = apply(book, later).record
    works = book[FIRST.first]
    assert (works.status, works.assignee, works.provisioned) == (At.ASSIGNED, MARIA, True)
    assert works.since == NOW + timedelta(days=21)
    assert (book[SECOND.first].status, book[SECOND.first].provisioned) == (At.UNASSIGNED, True)


def test_a_number_has_its_status_since_it_changed_and_not_since_it_was_assigned() -> None:
    book, later = after(EMPTY, ORDERED), NOW + timedelta(days=1)
    assert apply(book, event(book.id, Assign((FIRST,), MARIA), at=later)).record[FIRST.first].since == NOW
    book = after(book, NumbersWorking((FIRST,)))
    assert apply(book, event(book.id, Assign((FIRST,), MARIA), at=later)).record[FIRST.first].since == later


def test_a_pending_number_that_fails_is_nobodys() -> None:
    book = after(EMPTY, ORDERED, Assign((FIRST,), MARIA), NumbersFailed((FIRST,), "gone"))
    assert (book[FIRST.first].status, book[FIRST.first].assignee) == (At.FAILED, None)


def test_numbers_are_assigned_to_an_assignee_of_a_known_kind_and_to_nothing_else() -> None:
    assert Assignee("hunt_group", "Sales") == SALES
    with pytest.raises(ValueError, match="'fax machine' is not a valid AssigneeKind"):
        Assignee("fax machine", "Sales")
    with pytest.raises(TypeError, match="is named by a str, not by a NoneType"):
        Assignee("user", None)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="has a name"):
        Assignee("user", " ")
    with pytest.raises(TypeError, match="Assignee"):
        Assign((THREE,), "Sales")  # type: ignore[arg-type]


def test_a_number_has_one_assignee() -> None:
    book = after(EMPTY, ORDERED, Assign((FIRST,), MARIA))
    assert after(book, Assign((FIRST,), MARIA)).records == book.records
    for here in (book, after(book, NumbersWorking((FIRST,)))):
        with pytest.raises(AlreadyAssigned) as refusal:
            after(here, Assign((FIRST,), SALES))
        assert (refusal.value.number, refusal.value.assignee) == (FIRST.first, MARIA)
        assert "assigned to user Maria" in str(refusal.value)
        assert after(here, Unassign((FIRST,)), Assign((FIRST,), SALES))[FIRST.first].assignee == SALES


def test_a_decision_is_taken_for_all_its_numbers_or_for_none() -> None:
    book = after(EMPTY, ORDERED, Assign((THIRD,), SALES))
    before = copy.deepcopy(book)
    with pytest.raises(AlreadyAssigned):
        after(book, Assign((FIRST, SECOND, THIRD), MARIA))
    with pytest.raises(NotThisCustomers) as refusal:
        after(book, Assign((FIRST, STRANGERS), MARIA))
    assert refusal.value.number == STRANGERS.first
    assert book == before


def test_a_number_that_another_order_waits_for_is_a_conflict() -> None:
    book = after(EMPTY, ORDERED, NumbersExpected((THIRD, STRANGERS), "order-2"))
    assert book[THIRD.first].order == "order-1"
    assert book[STRANGERS.first].order == "order-2"
    assert [found.report for found in book.discrepancies] == ["NumbersExpected"]
    assert after(book, ORDERED).discrepancies == book.discrepancies


def test_a_number_may_come_back_with_another_order() -> None:
    book = after(EMPTY, ORDERED, NumbersFailed((THREE,), "gone"), NumbersExpected((THREE,), "order-2"))
    assert (book[FIRST.first].status, book[FIRST.first].order, len(book)) == (At.PENDING, "order-2", 3)


def test_a_report_about_numbers_of_nobody_is_a_discrepancy() -> None:
    moved = apply(EMPTY, event(EMPTY.id, NumbersWorking((FIRST,)), event_id="e-1"))
    assert moved.record.discrepancies == (Discrepancy("e-1", NOW, "unknown", "NumbersWorking"),)
    assert len(moved.record) == 0


def test_what_is_said_of_no_number_changes_no_number() -> None:
    book = after(EMPTY, ORDERED)
    assert after(book, BackOrdered()).records == book.records
    assert after(book, Cancel()).records == book.records


def test_an_event_about_another_book_is_refused() -> None:
    with pytest.raises(ValueError, match="is about 'customer-2/numbers'"):
        apply(EMPTY, event("customer-2/numbers", ORDERED))


@pytest.mark.parametrize(
    "error", [NotThisCustomers(FIRST.first), AlreadyAssigned(FIRST.first, At.PENDING, MARIA)], ids=repr
)
def test_errors_survive_pickle_and_copy(error: Exception) -> None:
    for twin in (copy.copy(error), pickle.loads(pickle.dumps(error))):
        assert (type(twin), str(twin), vars(twin)) == (type(error), str(error), vars(error))


def test_a_book_survives_pickle_and_copy() -> None:
    book = after(EMPTY, ORDERED, Assign((FIRST,), MARIA))
    assert copy.deepcopy(book) == pickle.loads(pickle.dumps(book)) == book


BASE = TelephoneNumber("4155550100")
ranges = st.tuples(st.integers(0, 8), st.integers(0, 3)).map(
    lambda pair: (NumberRange(BASE + pair[0], BASE + pair[0] + pair[1]),)
)


class AnyHistory(RuleBasedStateMachine):
    """A book under any history keeps its counts equal to a recount."""

    def __init__(self) -> None:
        super().__init__()
        self.book = EMPTY

    @rule(numbers=ranges, order=st.sampled_from(["order-1", "order-2"]))
    def are_ordered(self, numbers: tuple[NumberRange, ...], order: str) -> None:
        before = self.book
        self.book = after(before, NumbersExpected(numbers, order))
        for number in (number for part in numbers for number in part):
            held = before.records.get(number)
            if held is not None and held.status in OURS:
                # What is the customer's already stays with the order that it came by, and somebody has to look.
                assert self.book[number] == held
                assert held.order == order or self.book.needs_attention

    @rule(
        numbers=ranges,
        kind=st.sampled_from([NumbersWorking, NumbersReleased, NumbersPortedOut]),
    )
    def are_reported(self, numbers: tuple[NumberRange, ...], kind: type[NumbersWorking]) -> None:
        self.book = after(self.book, kind(numbers))

    @rule(numbers=ranges)
    def fail(self, numbers: tuple[NumberRange, ...]) -> None:
        self.book = after(self.book, NumbersFailed(numbers, "gone"))

    @rule(numbers=ranges, to=st.sampled_from([MARIA, SALES, None]))
    def are_assigned(self, numbers: tuple[NumberRange, ...], to: Assignee | None) -> None:
        before = self.book
        try:
            self.book = after(before, Assign(numbers, to) if to else Unassign(numbers))
        except (NotThisCustomers, DecisionRefused):
            assert self.book is before

    @rule(numbers=ranges)
    def are_given_back(self, numbers: tuple[NumberRange, ...]) -> None:
        before = self.book
        try:
            self.book = after(before, Release(numbers))
        except (NotThisCustomers, DecisionRefused):
            assert self.book is before
        else:
            assert all(self.book[number].releasing for part in numbers for number in part)
            with pytest.raises(DecisionRefused):
                after(self.book, Release(numbers))

    @rule(numbers=ranges)
    def are_kept(self, numbers: tuple[NumberRange, ...]) -> None:
        self.book = after(self.book, NumbersKept(numbers, "a term of 12 months"))

    @invariant()
    def what_is_going_back_is_free_and_in_the_book(self) -> None:
        for record in self.book.records.values():
            if record.releasing:
                assert (record.status, record.assignee) == (At.UNASSIGNED, None)

    @invariant()
    def t5_counts_are_those_of_a_recount(self) -> None:
        statuses = [record.status for record in self.book.records.values()]
        assert self.book.counts == {status: statuses.count(status) for status in At}
        assert len(self.book) == sum(status in OURS for status in statuses)

    @invariant()
    def p5_only_what_is_provisioned_is_usable_and_only_what_is_ours_is_assigned(self) -> None:
        for record in self.book.records.values():
            assert record.provisioned is (record.status in (At.UNASSIGNED, At.ASSIGNED))
            if record.status is At.ASSIGNED:
                assert record.assignee is not None
            elif record.status is not At.PENDING:
                assert record.assignee is None


TestAnyHistory = AnyHistory.TestCase
TestAnyHistory.settings = settings(max_examples=30)
