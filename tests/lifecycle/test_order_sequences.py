"""What carriers really send, in the order in which it really arrives: number orders from draft to their end."""

from __future__ import annotations

import copy
import pickle
from datetime import timedelta

import pytest
from attrs import evolve

from lifecycle_cases import (
    FIRST,
    NOW,
    SECOND,
    STRANGERS,
    THIRD,
    THREE,
    after,
    as_said,
    event,
    hear,
    judged,
    number_order,
)
from pstnkit.accounts.agreements import AgreementKind
from pstnkit.lifecycle.commands import AskCancellation, ReadBack, Submit
from pstnkit.lifecycle.events import Decision, Event, Report
from pstnkit.lifecycle.failures import Failure, FailureKind
from pstnkit.lifecycle.fulfillment import FulfillmentPolicy, OrderKind
from pstnkit.lifecycle.machine import DecisionRefused, Outcome
from pstnkit.lifecycle.order import Order
from pstnkit.lifecycle.progress import Progress
from pstnkit.lifecycle.record import apply, replay
from pstnkit.lifecycle.reports import (
    Acknowledged,
    AnswerLost,
    BackOrdered,
    Cancel,
    CancellationRefused,
    Cancelled,
    DocumentsAsked,
    Finish,
    Fulfilled,
    GatesOpened,
    NeverArrived,
    NumbersFailed,
    NumbersNamed,
    NumbersWorking,
    PartlyFulfilled,
    Settle,
    TurnedDown,
    Unfulfilled,
)
from pstnkit.ordering.orders import OrderStatus as At

GOOD: tuple[Decision | Report, ...] = (
    Finish(),
    GatesOpened(),
    Acknowledged("theirs-1"),
    NumbersWorking((FIRST,)),
    NumbersWorking((SECOND, THIRD)),
    Fulfilled(),
)


def test_an_order_goes_from_draft_to_completed() -> None:
    order = number_order()
    seen = [order.status]
    for body in GOOD:
        order = after(order, body)
        seen.append(order.status)
    assert seen == [
        At.DRAFT,
        At.AWAITING_SIGNATURE,
        At.SUBMITTING,
        At.PROCESSING,
        At.PROCESSING,
        At.COMPLETED,
        At.COMPLETED,
    ]
    assert (order.carrier_reference, order.progress, order.revision) == ("theirs-1", Progress.SUCCESSFUL, 6)
    assert (order.is_over, order.is_active, order.commands) == (True, False, ())


def test_every_report_twice_comes_to_the_same_end() -> None:
    twice = [body for body in GOOD for _ in range(1 if isinstance(body, Finish) else 2)]
    once, doubled = after(number_order(), *GOOD), after(number_order(), *twice)
    assert as_said(doubled) == as_said(once)


def test_reports_in_the_wrong_order_come_to_the_same_end() -> None:
    started = after(number_order(), Finish(), GatesOpened())
    order = after(started, NumbersWorking((THREE,)), Fulfilled(), Acknowledged("theirs-1"))
    assert as_said(order) == as_said(after(number_order(), *GOOD))


def test_what_was_left_out_is_entered_as_implied() -> None:
    sent = number_order(At.SUBMITTING)
    assert judged(sent, BackOrdered()) == (Outcome.IMPLIED, ("processing", "backordered"))
    assert judged(sent, Fulfilled()) == (Outcome.IMPLIED, ("processing", "completed"))


def test_an_acknowledgment_after_the_numbers_still_brings_the_carriers_reference() -> None:
    order = after(number_order(At.SUBMITTING), NumbersWorking((FIRST,)))
    assert order.carrier_reference is None
    assert judged(order, Acknowledged("theirs-1"))[0] is Outcome.ALREADY
    assert after(order, Acknowledged("theirs-1")).carrier_reference == "theirs-1"
    done = after(number_order(At.SUBMITTING), Fulfilled())
    assert judged(done, Acknowledged("theirs-1"))[0] is Outcome.LATE
    assert after(done, Acknowledged("theirs-1")).carrier_reference == "theirs-1"


def test_two_references_are_two_orders_at_the_carrier_and_need_attention() -> None:
    order = after(number_order(At.SUBMITTING), Acknowledged("theirs-1"))
    assert not after(order, Acknowledged("theirs-1")).needs_attention
    bought_twice = after(order, Acknowledged("theirs-2"))
    assert bought_twice.needs_attention
    assert bought_twice.carrier_reference == "theirs-1"


def test_a_second_order_at_the_carrier_is_noticed_however_late_it_is_acknowledged() -> None:
    for status in (At.PROCESSING, At.BACKORDERED, At.COMPLETED, At.FAILED, At.CANCELLED):
        order = evolve(number_order(status), carrier_reference="theirs-1")
        assert judged(order, Acknowledged("theirs-1"))[0] in (Outcome.ALREADY, Outcome.LATE)
        assert judged(order, Acknowledged("theirs-2"))[0] is Outcome.CONTRADICTS


def test_what_the_carrier_refused_or_was_never_sent_it_cannot_have() -> None:
    refused = after(number_order(), Finish(), GatesOpened(), TurnedDown("no"))
    withdrawn = after(number_order(), Finish(), Cancel())
    for order in (refused, withdrawn):
        assert judged(order, Acknowledged("theirs-1"))[0] is Outcome.CONTRADICTS
        assert after(order, Acknowledged("theirs-1")).commands == (ReadBack("order-1"),)
    without_numbers = after(number_order(), Finish(), GatesOpened(), Unfulfilled("none left"))
    assert judged(without_numbers, Acknowledged("theirs-1"))[0] is Outcome.LATE


def test_a_lost_answer_is_read_and_sent_again_only_if_it_never_arrived() -> None:
    order = number_order(At.SUBMITTING)
    assert order.commands == (Submit("order-1"),)
    order = after(order, AnswerLost("timed out"))
    assert (order.status, order.commands) == (At.OUTCOME_UNKNOWN, (ReadBack("order-1"),))
    assert after(order, Acknowledged("theirs-1")).status is At.PROCESSING
    again = after(order, NeverArrived())
    assert (again.status, again.commands, again.client_reference) == (
        At.SUBMITTING,
        (Submit("order-1"),),
        "reference-1",
    )


def test_an_order_fails_when_the_carrier_turns_it_down_and_says_why() -> None:
    order = after(number_order(At.SUBMITTING), TurnedDown("no such rate center"))
    assert (order.status, order.reason, order.progress) == (At.FAILED, "no such rate center", Progress.FAILED)
    assert order.numbers.failed == 3


def test_an_order_whose_numbers_have_all_failed_has_failed_for_their_reason() -> None:
    order = after(number_order(At.PROCESSING), NumbersFailed((FIRST, SECOND), "gone"))
    assert (order.status, order.progress) == (At.PROCESSING, Progress.IN_PROGRESS)
    order = after(order, NumbersFailed((THIRD,), "gone as well"))
    assert (order.status, order.reason) == (At.FAILED, "gone as well")


def test_each_number_that_failed_keeps_the_reason_that_it_failed_for() -> None:
    order = after(
        number_order(At.PROCESSING),
        NumbersFailed((FIRST,), "somebody was faster", FailureKind.TAKEN),
        NumbersWorking((SECOND,)),
        PartlyFulfilled((SECOND,), "no more there"),
        NumbersFailed((FIRST, THIRD), "said once more, in other words"),
    )
    assert dict(order.numbers.failures) == {
        FIRST.first: Failure(FailureKind.TAKEN, "somebody was faster"),
        THIRD.first: Failure(FailureKind.UNFULFILLED, "no more there"),
    }
    assert str(order.numbers.failures[FIRST.first]) == "somebody else has it (somebody was faster)"


@pytest.mark.parametrize(
    ("ending", "failure"),
    [
        (TurnedDown("no"), Failure(FailureKind.TURNED_DOWN, "no")),
        (Unfulfilled("none left"), Failure(FailureKind.UNFULFILLED, "none left")),
        (Cancelled(), Failure(FailureKind.CANCELLED)),
        (NumbersFailed((THREE,), "no dial tone"), Failure(FailureKind.OTHER, "no dial tone")),
    ],
    ids=repr,
)
def test_an_order_that_ends_without_its_numbers_says_why_of_each(ending: Report, failure: Failure) -> None:
    order = after(number_order(At.SUBMITTING), Acknowledged("theirs-1"), ending)
    assert order.is_over
    assert set(order.numbers.failures.values()) == {failure}
    withdrawn = after(number_order(), Cancel())
    assert set(withdrawn.numbers.failures.values()) == {Failure(FailureKind.CANCELLED)}


def test_some_numbers_of_each_make_a_partial_order_with_a_count_of_each() -> None:
    order = after(
        number_order(At.BACKORDERED), NumbersWorking((FIRST,)), NumbersFailed((SECOND, THIRD), "gone")
    )
    assert (order.status, order.progress) == (At.PARTIALLY_COMPLETED, None)
    assert order.numbers.counts == {Progress.IN_PROGRESS: 0, Progress.SUCCESSFUL: 1, Progress.FAILED: 2}


def test_partly_without_names_is_read_before_anything_is_settled() -> None:
    order = after(number_order(At.PROCESSING), PartlyFulfilled(None, "some are gone"))
    assert (order.status, order.unread, order.commands) == (At.PROCESSING, True, (ReadBack("order-1"),))
    assert (order.numbers.in_progress, order.reason) == (3, "some are gone")
    # What one number has come to does not say what the others have.
    order = after(order, NumbersWorking((FIRST,)))
    assert (order.unread, order.commands) == (True, (ReadBack("order-1"),))
    order = after(order, PartlyFulfilled((FIRST,), "some are gone"))
    assert (order.status, order.unread, order.commands) == (At.PARTIALLY_COMPLETED, False, ())


def test_partly_without_names_of_an_order_being_sent_never_sends_it_again() -> None:
    order = after(number_order(At.SUBMITTING), PartlyFulfilled(None, "some are gone"))
    assert (order.status, order.commands) == (At.PROCESSING, (ReadBack("order-1"),))


def test_working_numbers_that_fail_later_need_attention_and_stay_as_they_were() -> None:
    order = after(
        number_order(At.PROCESSING), NumbersWorking((FIRST,)), NumbersFailed((FIRST,), "taken back")
    )
    assert order.needs_attention
    assert order.numbers.of(Progress.SUCCESSFUL) == (FIRST,)
    assert order.commands == (ReadBack("order-1"),)


def test_a_completed_order_that_fails_keeps_its_end_and_needs_attention() -> None:
    done = number_order(At.COMPLETED)
    for contrary in (NumbersFailed((FIRST,), "gone"), Unfulfilled("gone"), Cancelled(), TurnedDown("no")):
        order = after(done, contrary)
        assert (order.status, order.numbers, order.needs_attention) == (At.COMPLETED, done.numbers, True)


def test_nothing_fulfilled_after_a_number_works_is_partly_and_needs_attention() -> None:
    for body in (Unfulfilled("none left"), TurnedDown("no")):
        order = after(number_order(At.PROCESSING), NumbersWorking((FIRST,)), body)
        assert (order.status, order.numbers.successful, order.needs_attention) == (
            At.PARTIALLY_COMPLETED,
            1,
            True,
        )


def test_all_fulfilled_after_a_number_failed_is_partly_and_needs_attention() -> None:
    order = after(number_order(At.PROCESSING), NumbersFailed((FIRST,), "gone"), Fulfilled())
    assert (order.status, order.numbers.failed, order.needs_attention) == (At.PARTIALLY_COMPLETED, 1, True)


@pytest.mark.parametrize(
    ("working", "status"),
    [((), At.FAILED), ((THREE,), At.COMPLETED), ((FIRST,), At.PARTIALLY_COMPLETED)],
)
def test_partly_that_names_all_or_none_is_taken_by_its_numbers_and_needs_attention(
    working: tuple[()], status: At
) -> None:
    order = after(number_order(At.PROCESSING), PartlyFulfilled(working, "some are gone"))
    assert order.status is status
    assert order.needs_attention is (status is not At.PARTIALLY_COMPLETED)


def test_partly_that_leaves_out_a_number_which_works_needs_attention() -> None:
    order = after(number_order(At.PROCESSING), NumbersWorking((FIRST,)), PartlyFulfilled((SECOND,), "gone"))
    assert (order.status, order.numbers.successful, order.needs_attention) == (
        At.PARTIALLY_COMPLETED,
        2,
        True,
    )
    over = number_order(At.PARTIALLY_COMPLETED)
    assert not after(over, PartlyFulfilled((FIRST,), "gone")).needs_attention
    assert after(over, PartlyFulfilled((SECOND,), "gone")).needs_attention


def test_an_end_with_other_numbers_than_ours_settles_nothing_and_is_read() -> None:
    for body in (Fulfilled((STRANGERS,)), PartlyFulfilled((STRANGERS,), "some are gone")):
        order = after(number_order(At.PROCESSING), body)
        assert (order.status, order.needs_attention, order.unread) == (At.PROCESSING, True, True)
        assert order.numbers.in_progress == 3


def test_an_end_with_our_numbers_and_others_counts_ours_and_needs_attention() -> None:
    order = after(number_order(At.PROCESSING), Fulfilled((THREE, STRANGERS)))
    assert (order.status, order.numbers.successful, order.needs_attention) == (At.COMPLETED, 3, True)


def test_strangers_are_no_numbers_of_the_order() -> None:
    for body in (
        NumbersWorking((STRANGERS,)),
        NumbersFailed((STRANGERS,), "gone"),
        NumbersNamed((STRANGERS,)),
    ):
        order = after(number_order(At.PROCESSING), body)
        assert order.needs_attention
        assert list(order.numbers.by_number) == list(THREE)


def test_an_advanced_order_learns_its_numbers_and_completes() -> None:
    order = after(number_order(At.SUBMITTING, kind=OrderKind.ADVANCED), Acknowledged("theirs-1"))
    assert len(order.numbers.by_number) == 0
    order = after(order, NumbersNamed((THREE,)))
    assert (order.status, order.numbers.in_progress) == (At.PROCESSING, 3)
    assert judged(order, NumbersNamed((THREE,)))[0] is Outcome.ALREADY
    assert after(order, Fulfilled()).status is At.COMPLETED
    assert after(order, NumbersWorking((THREE,))).status is At.COMPLETED


def test_an_advanced_order_that_comes_short_is_partly_completed() -> None:
    order = number_order(At.PROCESSING, kind=OrderKind.ADVANCED)
    short = after(order, NumbersNamed((FIRST, SECOND)), NumbersWorking((FIRST, SECOND)))
    assert short.status is At.PROCESSING
    for body in (Fulfilled((FIRST, SECOND)), PartlyFulfilled((FIRST, SECOND), "no more there")):
        ended = after(short, body)
        assert (ended.status, ended.numbers.successful, ended.progress) == (At.PARTIALLY_COMPLETED, 2, None)
        assert not ended.needs_attention
        assert (short.shortfall, ended.shortfall) == (0, 1)


def test_an_advanced_order_that_is_done_without_a_name_is_read() -> None:
    order = number_order(At.SUBMITTING, kind=OrderKind.ADVANCED)
    done = after(order, Fulfilled())
    assert (done.status, done.unread, done.commands) == (At.PROCESSING, True, (ReadBack("order-1"),))
    assert judged(done, Fulfilled())[0] is Outcome.ALREADY
    assert after(done, NumbersNamed((THREE,)), Fulfilled((THREE,))).status is At.COMPLETED


def test_more_numbers_than_were_asked_for_are_strangers() -> None:
    order = number_order(At.PROCESSING, kind=OrderKind.ADVANCED)
    for body in (NumbersNamed((THREE, STRANGERS)), NumbersWorking((THREE, STRANGERS))):
        flooded = after(order, body)
        assert flooded.needs_attention
        assert len(flooded.numbers.by_number) == 0


def test_what_a_carrier_lacks_is_known_until_it_goes_on() -> None:
    order = after(number_order(At.SUBMITTING), DocumentsAsked("a proof of address"))
    assert (order.status, order.documents, order.commands) == (At.PROCESSING, "a proof of address", ())
    assert judged(order, DocumentsAsked("a proof of address"))[0] is Outcome.ALREADY
    assert judged(order, DocumentsAsked("a tax id"))[0] is Outcome.EXPECTED
    assert after(order, NumbersFailed((FIRST,), "gone")).documents == "a proof of address"
    for body in (NumbersWorking((FIRST,)), BackOrdered(), Cancelled()):
        assert after(order, body).documents is None


def test_more_numbers_than_were_asked_for_never_end_an_order() -> None:
    order = number_order(At.PROCESSING, kind=OrderKind.ADVANCED)
    for begun in (order, after(order, NumbersWorking((FIRST, SECOND)))):
        for body in (Fulfilled((THREE, STRANGERS)), PartlyFulfilled((THREE, STRANGERS), "some are gone")):
            flooded = after(begun, body)
            assert (flooded.status, flooded.numbers) == (At.PROCESSING, begun.numbers)
            assert (flooded.needs_attention, flooded.unread) == (True, True)
            assert flooded.commands == (ReadBack("order-1"),)
            assert after(flooded, Fulfilled((THREE,))).status is At.COMPLETED


def test_an_order_that_no_carrier_has_is_cancelled_at_once() -> None:
    for status in (At.DRAFT, At.AWAITING_SIGNATURE):
        order = after(number_order(status), Cancel())
        assert (order.status, order.numbers.failed, order.commands) == (At.CANCELLED, 3, ())


def test_an_order_being_sent_cannot_be_cancelled() -> None:
    with pytest.raises(DecisionRefused):
        after(number_order(At.SUBMITTING), Cancel())


def test_an_order_that_the_carrier_has_is_cancelled_there() -> None:
    order = after(number_order(At.PROCESSING), Cancel())
    assert (order.status, order.commands) == (At.PROCESSING, (AskCancellation("order-1"),))
    gone = after(order, Cancelled())
    assert (gone.status, gone.cancel_requested, gone.commands) == (At.CANCELLED, False, ())
    kept = after(order, CancellationRefused("too late"))
    assert (kept.status, kept.cancel_requested, kept.commands) == (At.PROCESSING, False, ())
    done = after(order, Fulfilled())
    assert (done.status, done.cancel_requested, done.commands) == (At.COMPLETED, False, ())
    assert judged(done, CancellationRefused("too late"))[0] is Outcome.LATE
    assert judged(done, Cancelled())[0] is Outcome.CONTRADICTS


def test_a_cancelled_order_keeps_what_works_already() -> None:
    order = after(number_order(At.PROCESSING), NumbersWorking((FIRST,)), Cancelled())
    assert (order.status, order.numbers.successful, order.numbers.failed) == (At.CANCELLED, 1, 2)
    assert not order.needs_attention


def test_the_carriers_word_about_an_order_that_was_never_sent_contradicts() -> None:
    order = after(number_order(At.AWAITING_SIGNATURE), NumbersWorking((THREE,)))
    assert (order.status, order.numbers.in_progress, order.needs_attention) == (
        At.AWAITING_SIGNATURE,
        3,
        True,
    )


def test_a_discrepancy_is_read_until_it_is_settled() -> None:
    order = after(number_order(At.COMPLETED), Cancelled())
    assert order.commands == (ReadBack("order-1"),)
    assert after(order, Settle("a slip of theirs")).commands == ()
    with pytest.raises(DecisionRefused, match="refuses 'settle'; allowed now: nothing"):
        after(number_order(At.COMPLETED), Settle("nothing to settle"))


def test_the_clock_starts_at_the_gates_but_never_before_the_order_was_placed() -> None:
    waiting = after(number_order(), Finish())
    policy = FulfillmentPolicy()
    assert waiting.due(policy) is None
    early = apply(waiting, event("order-1", GatesOpened(), at=NOW - timedelta(days=30))).record
    assert (early.placed, early.clock_started) == (NOW, NOW)
    late = apply(waiting, event("order-1", GatesOpened(), at=NOW + timedelta(days=2))).record
    assert late.due(policy) == NOW + timedelta(days=2, minutes=10)
    assert evolve(waiting, placed=None).with_clock(NOW).clock_started == NOW


def test_replay_gives_what_was_lived_and_takes_each_event_once() -> None:
    events: list[Event] = [event("order-1", body, event_id=f"e{place}") for place, body in enumerate(GOOD)]
    lived = number_order()
    for one in events:
        lived = apply(lived, one).record
    assert replay(number_order(), events) == lived
    assert replay(number_order(), [*events, *events]) == lived
    assert replay(number_order(), [one for one in events for _ in range(3)]) == lived


def test_a_refused_decision_changes_nothing_and_leaves_no_entry() -> None:
    order = number_order(At.COMPLETED)
    with pytest.raises(DecisionRefused):
        hear(order, Cancel())
    assert order == number_order(At.COMPLETED)


def test_an_order_survives_pickle_and_copy() -> None:
    order = after(number_order(), *GOOD)
    assert copy.copy(order) == copy.deepcopy(order) == pickle.loads(pickle.dumps(order)) == order


def test_what_an_order_calls_for_is_said_by_each_kind() -> None:
    with pytest.raises(NotImplementedError):
        _ = Order(
            id="order-1",
            partner="partner-1",
            customer="customer-1",
            kind=OrderKind.STANDARD,
            client_reference="reference-1",
            status=At.DRAFT,
            quantity=1,
        ).commands


def test_o2_the_partner_is_told_what_is_coming_to_the_administrator() -> None:
    order = evolve(number_order(), gates=(AgreementKind.TERMS_OF_SERVICE,))
    [told] = order.instructions()
    assert "terms of service are coming by e-signature" in told
    assert number_order().instructions() == ()
