"""Numbers that go back to the carrier: the tables of a release, and who may give what back."""

from __future__ import annotations

import copy
import pickle

import pytest
from attrs import evolve

from lifecycle_cases import FIRST, SECOND, STRANGERS, THIRD, THREE, as_said, cells, event, number_order
from pstnkit.lifecycle.commands import AskRelease, ReadOwned
from pstnkit.lifecycle.events import Decision, Report
from pstnkit.lifecycle.machine import DecisionRefused, Outcome
from pstnkit.lifecycle.record import apply
from pstnkit.lifecycle.reports import AnswerLost, NeverArrived, NumbersWorking, Settle, TurnedDown
from pstnkit.numbering.ranges import NumberRange
from pstnkit.ordering.number_events import (
    Assign,
    Assignee,
    AssigneeKind,
    NumbersExpected,
    NumbersKept,
    NumbersReleased,
    NumberStatus,
    Release,
)
from pstnkit.ordering.numbers import NumberBook
from pstnkit.ordering.orders import OrderStatus
from pstnkit.ordering.policy import BlockNotSplit
from pstnkit.ordering.releases import (
    RELEASE_MACHINE,
    OrderNotOver,
    ReleaseOrder,
    may_release,
    release_of,
)
from pstnkit.ordering.releases import ReleaseStatus as At

BOOK = NumberBook(id="customer-1/numbers", partner="partner-1", customer="customer-1")
MARIA = Assignee(AssigneeKind.USER, "Maria")
# A test's one of each report; the numbers are all of the release's.
TABLE = {
    (At.DRAFT, NumbersReleased): "!",
    (At.DRAFT, TurnedDown): "!",
    (At.DRAFT, AnswerLost): ".",
    (At.DRAFT, NeverArrived): ".",
    (At.SUBMITTING, NumbersReleased): "released",
    (At.SUBMITTING, TurnedDown): "refused",
    (At.SUBMITTING, AnswerLost): "outcome_unknown",
    (At.SUBMITTING, NeverArrived): "submitting",
    (At.OUTCOME_UNKNOWN, NumbersReleased): "released",
    (At.OUTCOME_UNKNOWN, TurnedDown): "refused",
    (At.OUTCOME_UNKNOWN, AnswerLost): ".",
    (At.OUTCOME_UNKNOWN, NeverArrived): "submitting",
    (At.RELEASED, NumbersReleased): ".",
    (At.RELEASED, TurnedDown): "!",
    (At.RELEASED, AnswerLost): "-",
    (At.RELEASED, NeverArrived): "!",
    (At.REFUSED, NumbersReleased): "!",
    (At.REFUSED, TurnedDown): ".",
    (At.REFUSED, AnswerLost): "-",
    (At.REFUSED, NeverArrived): "-",
}


def going(status: At = At.DRAFT) -> ReleaseOrder:
    draft = release_of((THREE,), release_id="release-1", client_reference="reference-9", book=BOOK)
    return evolve(draft, status=status, left=() if status is At.RELEASED else draft.left)


def after(release: ReleaseOrder, *bodies: Decision | Report) -> ReleaseOrder:
    for body in bodies:
        release = apply(release, event(release.id, body)).record
    return release


def book(*bodies: Decision | Report) -> NumberBook:
    """The numbers of a customer, all of which work."""
    told = BOOK
    for body in (NumbersExpected((THREE,), "order-1"), NumbersWorking((THREE,)), *bodies):
        told = apply(told, event(told.id, body)).record
    return told


def test_every_cell_of_the_reports_is_as_it_should_be() -> None:
    assert cells(RELEASE_MACHINE) == TABLE


@pytest.mark.parametrize("status", At)
@pytest.mark.parametrize(
    "report", [NumbersReleased((THREE,)), TurnedDown("no"), AnswerLost("timed out"), NeverArrived()], ids=repr
)
def test_a_report_is_never_refused_and_does_what_its_cell_says(status: At, report: Report) -> None:
    moved = apply(going(status), event("release-1", report))
    step = RELEASE_MACHINE.hear(status, report)
    assert moved.entry.outcome is step.outcome
    assert moved.record.status is (step.path[-1] if step.path else status)
    assert moved.record.needs_attention is (step.outcome is Outcome.CONTRADICTS)
    assert (moved.record.left == ()) is (moved.record.status is At.RELEASED)


@pytest.mark.parametrize("status", At)
def test_a_release_is_asked_for_once(status: At) -> None:
    if status is At.DRAFT:
        assert after(going(), Release((THREE,))).status is At.SUBMITTING
    else:
        with pytest.raises(DecisionRefused):
            after(going(status), Release((THREE,)))


def test_what_has_to_be_asked_follows_from_the_state() -> None:
    commands = {status: going(status).commands for status in At}
    assert commands == {
        At.DRAFT: (),
        At.SUBMITTING: (AskRelease("release-1"),),
        At.OUTCOME_UNKNOWN: (ReadOwned("release-1"),),
        At.RELEASED: (),
        At.REFUSED: (),
    }
    assert {status for status in At if going(status).is_over} == {At.RELEASED, At.REFUSED}


def test_a_part_that_was_released_is_not_asked_for_again() -> None:
    unknown = going(At.OUTCOME_UNKNOWN)
    some = after(unknown, NumbersReleased((FIRST,)))
    assert (some.status, some.left) == (At.OUTCOME_UNKNOWN, (NumberRange(SECOND.first, THIRD.first),))
    again = after(some, NumbersReleased((FIRST,)), NeverArrived())
    assert (again.status, again.left) == (At.SUBMITTING, some.left)
    assert after(again, NumbersReleased((SECOND,)), NumbersReleased((THIRD,))).status is At.RELEASED


def test_numbers_that_are_none_of_the_release_contradict_it() -> None:
    puzzled = after(going(At.SUBMITTING), NumbersReleased((THREE, STRANGERS)))
    assert (puzzled.status, puzzled.left, puzzled.needs_attention) == (At.SUBMITTING, (THREE,), True)
    assert as_said(after(puzzled, Settle("a slip of theirs"))) == going(At.SUBMITTING)


def test_a_refusal_keeps_its_reason() -> None:
    assert after(going(At.SUBMITTING), TurnedDown("a term of 12 months")).reason == "a term of 12 months"
    assert after(going(At.RELEASED), TurnedDown("too late")).reason is None


def test_a_number_on_its_way_back_is_still_the_customers_and_cannot_be_assigned_or_given_back_again() -> None:
    held = book(Release((FIRST,)))
    assert (held[FIRST.first].status, held[FIRST.first].releasing, len(held)) == (
        NumberStatus.UNASSIGNED,
        True,
        3,
    )
    for decision in (Assign((FIRST,), MARIA), Release((FIRST,))):
        with pytest.raises(DecisionRefused, match="on its way back to the carrier") as refusal:
            apply(held, event(held.id, decision))
        assert refusal.value.allowed == ()
    gone = apply(held, event(held.id, NumbersReleased((FIRST,)))).record
    assert (gone[FIRST.first].status, gone[FIRST.first].releasing) == (NumberStatus.RELEASED, False)
    kept = apply(held, event(held.id, NumbersKept((FIRST,), "a term of 12 months"))).record
    assert kept.records == book().records
    again = apply(kept, event(kept.id, NumbersKept((FIRST,), "a term of 12 months")))
    assert (again.entry.outcome, again.record.records) == (Outcome.ALREADY, kept.records)


def test_only_a_number_that_is_free_goes_back() -> None:
    pending = apply(BOOK, event(BOOK.id, NumbersExpected((THREE,), "order-1"))).record
    for held in (pending, book(Assign((FIRST,), MARIA)), book(NumbersReleased((FIRST,)))):
        with pytest.raises(DecisionRefused):
            apply(held, event(held.id, Release((FIRST,))))


def test_a_number_that_was_given_back_may_come_again_with_another_order() -> None:
    back = book(Release((THREE,)), NumbersReleased((THREE,)), NumbersExpected((FIRST,), "order-2"))
    record = back[FIRST.first]
    assert (record.status, record.order, record.releasing, back.discrepancies) == (
        NumberStatus.PENDING,
        "order-2",
        False,
        (),
    )


COMPLETED = number_order(OrderStatus.COMPLETED)
BLOCK = evolve(COMPLETED, blocks=(NumberRange(FIRST.first, SECOND.first),))


def test_numbers_go_back_once_their_order_is_over() -> None:
    may_release(book(), [COMPLETED], (FIRST, THIRD))
    with pytest.raises(OrderNotOver, match="cannot be given back before order order-1 is over") as refusal:
        may_release(book(), [number_order(OrderStatus.PROCESSING)], (FIRST, THIRD))
    assert (refusal.value.order, refusal.value.numbers) == ("order-1", (FIRST, THIRD))


def test_a_block_goes_back_only_whole() -> None:
    may_release(book(), [BLOCK], (THIRD,))
    may_release(book(), [BLOCK], (THREE,))
    may_release(book(), [BLOCK], (FIRST, SECOND))
    with pytest.raises(BlockNotSplit) as refusal:
        may_release(book(), [BLOCK], (FIRST, THIRD))
    assert (refusal.value.block, refusal.value.part) == (BLOCK.blocks[0], (FIRST,))


def test_what_a_block_has_lost_does_not_keep_the_rest() -> None:
    gone = book(NumbersReleased((SECOND,)))
    may_release(gone, [BLOCK], (FIRST,))
    elsewhere = book(
        NumbersReleased((SECOND,)), NumbersExpected((SECOND,), "order-2"), NumbersWorking((SECOND,))
    )
    may_release(elsewhere, [BLOCK], (FIRST,))
    never_came = evolve(BLOCK, blocks=(FIRST, STRANGERS))
    may_release(book(), [never_came], (FIRST,))


def test_another_orders_state_is_no_obstacle() -> None:
    may_release(book(), [evolve(number_order(OrderStatus.PROCESSING), id="order-2")], (FIRST,))


def test_a_refusal_and_a_release_survive_pickle_and_copy() -> None:
    error = OrderNotOver("order-1", (SECOND,))
    for twin in (copy.copy(error), pickle.loads(pickle.dumps(error))):
        assert (type(twin), str(twin), vars(twin)) == (type(error), str(error), vars(error))
    release = going(At.SUBMITTING)
    assert copy.deepcopy(release) == pickle.loads(pickle.dumps(release)) == release
