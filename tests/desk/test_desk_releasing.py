"""Giving numbers back at a desk: once, whatever is lost on the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bench import NEW, Bench, piece, run_until_crash, signed_bench
from pstnkit.carriers.protocol import Accepted, ListOwned, OwnedPage
from pstnkit.desk import releasing
from pstnkit.desk.office import Work
from pstnkit.lifecycle.machine import DecisionRefused, Outcome
from pstnkit.numbering.ranges import NumberRange
from pstnkit.ordering.number_events import (
    Assignee,
    AssigneeKind,
    NumbersExpected,
    NumbersReleased,
    NumberStatus,
)
from pstnkit.ordering.numbers import NotThisCustomers, NumberBook
from pstnkit.ordering.policy import BlockNotSplit, OrderPolicy
from pstnkit.ordering.releases import OrderNotOver, ReleaseStatus

TWO = piece(NEW, 0, 2)


def owning_bench() -> Bench:
    """A customer with three numbers that work, and one from before."""
    bench = signed_bench()
    bench.order()
    bench.wait(minutes=10)
    return bench


def owned(bench: Bench) -> set[str]:
    """What the carrier lists as ours."""
    return {row["number"] for row in bench.wire({"op": "owned_numbers"})["numbers"]}


def test_numbers_go_back_and_count_no_more() -> None:
    bench = owning_bench()
    release = bench.desk.release(bench.customer, [TWO])
    assert (release.status, release.left) == (ReleaseStatus.RELEASED, ())
    assert owned(bench) == {str(NEW.first + 2), str(NEW.last)}
    assert (bench.count("released"), bench.count("unassigned")) == (2, 2)
    assert len(bench.desk.numbers(bench.customer)) == 2
    assert bench.desk.releases(bench.customer) == (release,)
    assert [entry.path[-1].value for entry in bench.desk.history(release.id)] == ["submitting", "released"]


def test_the_intent_is_saved_under_its_reference_before_the_carrier_is_asked() -> None:
    bench = owning_bench()
    found: list[tuple[str, str]] = []

    def look(message: dict[str, Any]) -> None:
        if message["op"] == "release":
            [release] = bench.desk.releases(bench.customer)
            found.append((release.status.value, release.client_reference))
            assert bench.desk.numbers(bench.customer)[NEW.first].releasing

    bench.wire.on_sending = look
    bench.desk.release(bench.customer, [TWO])
    [asked] = bench.asked("release")
    assert found == [("submitting", asked["client_reference"])]


@pytest.mark.parametrize("arrives", [True, False])
def test_a_release_whose_answer_is_lost_is_read_and_what_is_gone_is_not_given_back_twice(
    arrives: bool,
) -> None:
    bench = owning_bench()
    bench.wire.lose("release", arrives=arrives)
    assert bench.desk.release(bench.customer, [TWO]).status is ReleaseStatus.OUTCOME_UNKNOWN
    assert bench.count("unassigned") == 4
    bench.desk.carry_on(bench.customer)
    [release] = bench.desk.releases(bench.customer)
    assert release.status is ReleaseStatus.RELEASED
    assert len(bench.asked("release")) == (1 if arrives else 2)
    assert (bench.count("released"), len(owned(bench))) == (2, 2)


def test_of_a_release_that_the_carrier_did_in_part_only_the_rest_is_asked_for_again() -> None:
    bench = owning_bench()
    bench.wire.lose("release", arrives=False)
    bench.desk.release(bench.customer, [TWO])
    bench.wire({"op": "release", "numbers": [str(NEW.first)], "client_reference": "by hand"})
    bench.desk.carry_on(bench.customer)
    assert bench.asked("release")[-1]["numbers"] == [str(NEW.first + 1)]
    [release] = bench.desk.releases(bench.customer)
    assert release.status is ReleaseStatus.RELEASED
    assert bench.count("released") == 2


def test_while_the_carrier_cannot_be_read_a_release_stays_unknown_and_nothing_is_asked() -> None:
    bench = owning_bench()
    bench.wire.lose("release", arrives=True)
    bench.wire.lose("owned_numbers", arrives=True)
    bench.desk.release(bench.customer, [TWO])
    bench.desk.carry_on(bench.customer)
    [release] = bench.desk.releases(bench.customer)
    assert (release.status, len(bench.asked("release"))) == (ReleaseStatus.OUTCOME_UNKNOWN, 1)


@pytest.mark.parametrize("released", [True, False])
def test_what_became_of_a_release_can_be_told_by_a_person(released: bool) -> None:
    bench = owning_bench()
    bench.wire.lose("release", arrives=released)
    going = bench.desk.release(bench.customer, [TWO])
    told = bench.desk.told_of_release(going, released=released, by="Dana Reed")
    assert told.status is (ReleaseStatus.RELEASED if released else ReleaseStatus.REFUSED)
    record = bench.desk.numbers(bench.customer)[NEW.first]
    assert (record.status.value, record.releasing) == ("released" if released else "unassigned", False)
    assert bench.desk.history(going)[-1].event.actor == "Dana Reed"


def test_numbers_that_the_carrier_does_not_take_back_stay_the_customers() -> None:
    bench = owning_bench()
    bench.wire({"op": "release", "numbers": [str(NEW.first)], "client_reference": "by hand"})
    release = bench.desk.release(bench.customer, [TWO])
    assert release.status is ReleaseStatus.REFUSED
    assert release.reason is not None
    assert "not yours" in release.reason
    record = bench.desk.numbers(bench.customer)[NEW.first]
    assert (record.status, record.releasing) == (NumberStatus.UNASSIGNED, False)


@pytest.mark.parametrize("arrives", [True, False])
def test_after_a_crash_a_release_is_read_before_anything_is_asked_again(arrives: bool) -> None:
    bench = owning_bench()
    flow = releasing.release(bench.desk.office, bench.customer, [TWO])
    assert run_until_crash(flow, bench.world.carrier, 0, arrives=arrives) is None
    # Nobody else asks: it may be on its way at this moment.
    bench.desk.carry_on(bench.customer)
    [release] = bench.desk.releases(bench.customer)
    assert release.status is ReleaseStatus.SUBMITTING
    bench.desk = bench.open_desk()
    bench.desk.recover()
    [release] = bench.desk.releases(bench.customer)
    assert release.status is ReleaseStatus.RELEASED
    assert len(bench.asked("release")) == 1
    assert (bench.count("released"), len(owned(bench))) == (2, 2)


def test_an_error_in_the_middle_of_asking_leaves_the_outcome_unknown() -> None:
    bench = owning_bench()

    def break_down(_request: object) -> None:
        raise RuntimeError("our own mistake")

    bench.world.carrier.release = break_down  # type: ignore[method-assign,assignment]
    with pytest.raises(RuntimeError):
        bench.desk.release(bench.customer, [TWO])
    [release] = bench.desk.releases(bench.customer)
    assert release.status is ReleaseStatus.OUTCOME_UNKNOWN


def test_every_page_of_what_is_ours_is_read() -> None:
    bench = owning_bench()
    bench.wire.lose("release", arrives=True)
    bench.desk.release(bench.customer, [TWO])
    pages = {None: OwnedPage((NEW.last,), "next"), "next": OwnedPage((NEW.first,))}

    def listed(request: ListOwned) -> Accepted[OwnedPage]:
        return Accepted(pages[request.after])

    bench.world.carrier.owned_numbers = listed  # type: ignore[method-assign]
    bench.desk.carry_on(bench.customer)
    # The first number is on the second page: it is still ours there, and refused, since it is not in truth.
    [release] = bench.desk.releases(bench.customer)
    assert bench.asked("release")[-1]["numbers"] == [str(NEW.first)]
    assert release.left == (NumberRange(NEW.first, NEW.first),)


@pytest.mark.parametrize(
    ("prepare", "numbers", "error"),
    [
        (lambda bench: bench.order(2, at=50), [piece(NEW, 50, 51)], DecisionRefused),
        (Bench.hear, [piece(NEW, 70, 71)], NotThisCustomers),
        (
            lambda bench: bench.desk.assign(bench.customer, [TWO], Assignee(AssigneeKind.USER, "Maria")),
            [TWO],
            DecisionRefused,
        ),
        (lambda bench: bench.desk.release(bench.customer, [TWO]), [TWO], DecisionRefused),
    ],
    ids=["pending", "not ours", "assigned", "gone already"],
)
def test_what_cannot_go_back_is_refused_and_nothing_changes(
    prepare: Callable[[Bench], object], numbers: list[NumberRange], error: type[Exception]
) -> None:
    bench = owning_bench()
    prepare(bench)
    before, asked = bench.kept(), len(bench.asked("release"))
    with pytest.raises(error):
        bench.desk.release(bench.customer, numbers)
    assert (bench.kept(), len(bench.asked("release"))) == (before, asked)


def test_recovering_asks_nothing_of_a_release_that_is_over() -> None:
    bench = owning_bench()
    released = bench.desk.release(bench.customer, [TWO])
    bench.desk.recover()
    assert bench.desk.releases(bench.customer) == (released,)


def test_numbers_that_work_wait_with_going_back_until_their_order_is_over() -> None:
    bench = signed_bench()
    order = bench.order()
    accepted = bench.world.messages()[-1]
    bench.desk.receive(
        {**accepted, "id": "EV-y", "type": "order.numbers_active", "numbers": [str(NEW.first)]}
    )
    with pytest.raises(OrderNotOver, match=f"before order {order.id} is over"):
        bench.desk.release(bench.customer, [NEW.first])
    assert bench.desk.releases(bench.customer) == ()


def test_a_desk_may_be_told_that_numbers_have_left() -> None:
    bench = owning_bench()
    book = bench.desk.told_ported_out(bench.customer, [NEW.first], by="Dana Reed")
    assert book[NEW.first].status is NumberStatus.PORTED_OUT
    assert bench.desk.history(book.id)[-1].event.actor == "Dana Reed"


@pytest.mark.parametrize("whole", [True, False])
def test_a_block_goes_back_only_whole_where_the_policy_under_which_it_was_ordered_says_so(
    whole: bool,
) -> None:
    bench = signed_bench()
    desk = bench.desk = bench.open_desk(limits=OrderPolicy.as_of_2026() if whole else None)
    cart = desk.open_cart(bench.customer).id
    desk.add_numbers(cart, [piece(NEW, 0, 10)], block=True)
    bench.finish(desk.place(cart))
    bench.wait(minutes=10)
    if whole:
        with pytest.raises(BlockNotSplit) as refusal:
            desk.release(bench.customer, [TWO])
        assert (refusal.value.block, refusal.value.part) == (piece(NEW, 0, 10), (TWO,))
        assert bench.asked("release") == []
        assert desk.release(bench.customer, [piece(NEW, 0, 10)]).status is ReleaseStatus.RELEASED
    else:
        assert desk.release(bench.customer, [TWO]).status is ReleaseStatus.RELEASED


def test_a_number_that_was_given_back_can_be_ordered_again() -> None:
    bench = owning_bench()
    bench.desk.release(bench.customer, [TWO])
    book = bench.desk.numbers(bench.customer)
    assert book[NEW.first].status is NumberStatus.RELEASED
    late = NumbersReleased((TWO,))
    work = Work(bench.desk.office)
    work.happen(work.get(NumberBook, book.id), NumbersExpected((TWO,), "order-99"))
    assert work.happen(work.get(NumberBook, book.id), late).outcome is Outcome.CONTRADICTS
    assert work.get(NumberBook, book.id)[NEW.first].order == "order-99"
