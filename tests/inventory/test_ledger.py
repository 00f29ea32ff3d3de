"""The ledger's rules, one by one. See also test_ledger_model.py."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import attrs
import pytest

from pstnkit.errors import CallerError
from pstnkit.inventory.holds import Hold, HoldStatus
from pstnkit.inventory.ledger import (
    Add,
    Extend,
    GiveBack,
    Lapse,
    Outcome,
    Purchase,
    Release,
    Remove,
    Request,
    Take,
    Verdict,
    apply,
)
from pstnkit.inventory.ledger_state import LedgerState
from pstnkit.inventory.policy import InventoryPolicy
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.ranges import NumberRange
from pstnkit.numbering.telephone import TelephoneNumber

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
TEN = (NumberRange("4155550100", "4155550109"),)
POLICY = InventoryPolicy(longest_hold=timedelta(hours=1), remembered=timedelta(hours=2))


class Book:
    """A ledger that is told what happens, and checks that no step has changed the state before it."""

    def __init__(self, first: str = "4155550100", last: str = "4155550199") -> None:
        self.state = LedgerState(NumberSet([NumberRange(first, last)]))

    def do(self, request: Request, now: datetime = NOON) -> Outcome:
        before, free = self.state, self.state.free.copy()
        self.state, outcome = apply(before, request, now, POLICY)
        assert before.free == free
        return outcome

    def held(self, id: str = "a", ttl: timedelta = QUARTER) -> Hold:
        hold = self.do(Take(TEN, "Ann", ttl, id)).hold
        assert hold is not None
        return hold


def test_a_hold_takes_all_numbers_or_none() -> None:
    book = Book()
    assert book.do(Take(TEN, "Ann", QUARTER, "a")).verdict is Verdict.DONE
    wider = (NumberRange("4155550105", "4155550114"), NumberRange("2125550100", "2125550101"))
    refused = book.do(Take(wider, "Bob", QUARTER, "b"))
    assert refused.verdict is Verdict.UNAVAILABLE
    assert refused.numbers == (
        NumberRange("4155550105", "4155550109"),
        NumberRange("2125550100", "2125550101"),
    )
    assert len(book.state.free) == 90
    assert book.state.hold("b") is None


def test_a_hold_repeated_under_its_id_is_the_same_hold() -> None:
    book = Book()
    hold = book.held()
    later = book.do(Take(TEN, "Ann", QUARTER, "a"), NOON + timedelta(minutes=5))
    assert (later.verdict, later.hold) == (Verdict.UNCHANGED, hold)
    book.do(Purchase("a"))
    assert book.do(Take(TEN, "Ann", QUARTER, "a")).verdict is Verdict.UNCHANGED


def test_an_id_stands_for_one_owner_and_the_same_numbers() -> None:
    book = Book()
    book.held()
    assert book.do(Take(TEN, "Bob", QUARTER, "a")).verdict is Verdict.CONFLICT
    other = (NumberRange("4155550120", "4155550129"),)
    assert book.do(Take(other, "Ann", QUARTER, "a")).verdict is Verdict.CONFLICT


def test_a_hold_that_is_over_cannot_be_repeated_under_its_id_while_it_is_remembered() -> None:
    book = Book()
    book.held()
    book.do(Release("a"))
    assert book.do(Take(TEN, "Ann", QUARTER, "a")).verdict is Verdict.ENDED
    assert book.do(Take(TEN, "Ann", QUARTER, "a"), NOON + timedelta(minutes=119)).verdict is Verdict.ENDED
    assert book.do(Take(TEN, "Ann", QUARTER, "a"), NOON + timedelta(minutes=120)).verdict is Verdict.DONE


def test_ids_are_made_up_where_none_is_given_and_pass_over_those_in_use() -> None:
    book = Book()
    book.held("hold-1")
    more = (NumberRange("4155550120", "4155550129"),)
    hold = book.do(Take(more, "Ann", QUARTER)).hold
    assert hold is not None
    assert hold.id == "hold-2"


@pytest.mark.parametrize("numbers", [TEN, (NumberRange("4155550100", "4155550100"),)], ids=["ten", "one"])
def test_a_hold_is_a_value_that_says_what_it_is_about(numbers: tuple[NumberRange, ...]) -> None:
    hold = Book().do(Take(numbers, "Ann", QUARTER, "a")).hold
    assert hold is not None
    assert hold.numbers == numbers
    assert f"id='a', owner='Ann', numbers={numbers!r}, held_at=" in repr(hold)
    assert pickle.loads(pickle.dumps(hold)) == hold
    assert attrs.evolve(hold, owner="Bob").numbers == numbers
    assert attrs.evolve(hold, owner="Bob") != hold


def test_a_hold_ends_at_its_moment_and_not_before() -> None:
    book = Book()
    book.held()
    assert book.do(Lapse(), NOON + QUARTER - timedelta(microseconds=1)).lapsed == ()
    assert len(book.state.free) == 90
    [lapsed] = book.do(Lapse(), NOON + QUARTER).lapsed
    assert (lapsed.status, lapsed.ended_at) == (HoldStatus.EXPIRED, NOON + QUARTER)
    assert len(book.state.free) == 100
    assert book.do(Purchase("a"), NOON + QUARTER).verdict is Verdict.ENDED


def test_what_has_expired_can_be_taken_at_that_very_moment() -> None:
    book = Book()
    book.held()
    outcome = book.do(Take(TEN, "Bob", QUARTER, "b"), NOON + QUARTER)
    assert outcome.verdict is Verdict.DONE
    assert [hold.id for hold in outcome.lapsed] == ["a"]


def test_extending_slides_the_end_up_to_the_cap_and_never_back() -> None:
    book = Book()
    book.held()
    slid = book.do(Extend("a", QUARTER), NOON + timedelta(minutes=10)).hold
    assert slid is not None
    assert slid.expires_at == NOON + timedelta(minutes=25)
    back = book.do(Extend("a", timedelta(minutes=1)), NOON + timedelta(minutes=11))
    assert (back.verdict, back.hold) == (Verdict.UNCHANGED, slid)
    far = book.do(Extend("a", timedelta(hours=9)), NOON + timedelta(minutes=20)).hold
    assert far is not None
    assert far.expires_at == far.extendable_until == NOON + POLICY.longest_hold
    assert book.do(Extend("a", QUARTER), NOON + timedelta(minutes=50)).verdict is Verdict.UNCHANGED
    assert book.do(Extend("a", QUARTER), NOON + timedelta(minutes=60)).verdict is Verdict.ENDED


def test_a_first_time_longer_than_the_cap_is_granted_and_not_extended() -> None:
    book = Book()
    hold = book.held(ttl=timedelta(hours=4))
    assert hold.expires_at == NOON + timedelta(hours=4)
    assert book.do(Extend("a", timedelta(hours=4)), NOON + QUARTER).verdict is Verdict.UNCHANGED


def test_releasing_frees_the_numbers_and_repeating_it_changes_nothing() -> None:
    book = Book()
    book.held()
    assert book.do(Release("a")).verdict is Verdict.DONE
    assert len(book.state.free) == 100
    book.do(Take(TEN, "Bob", QUARTER, "b"))
    assert book.do(Release("a")).verdict is Verdict.UNCHANGED
    assert len(book.state.free) == 90


def test_what_is_purchased_does_not_expire_and_cannot_be_released() -> None:
    book = Book()
    book.held()
    assert book.do(Purchase("a")).verdict is Verdict.DONE
    assert book.do(Purchase("a"), NOON + timedelta(days=9)).verdict is Verdict.UNCHANGED
    assert book.do(Release("a")).verdict is Verdict.ENDED
    assert len(book.state.free) == 90


def test_what_was_purchased_comes_back_in_parts_and_once() -> None:
    book = Book()
    book.held()
    assert book.do(GiveBack("a")).verdict is Verdict.ENDED
    book.do(Purchase("a"))
    part = (NumberRange("4155550103", "4155550104"),)
    done = book.do(GiveBack("a", part))
    assert done.verdict is Verdict.DONE
    assert done.hold is not None
    assert (done.hold.status, done.hold.given_back) == (HoldStatus.PURCHASED, part)
    book.do(Take(part, "Bob", QUARTER, "b"))
    assert book.do(GiveBack("a", part)).verdict is Verdict.UNCHANGED
    assert len(book.state.free) == 90
    strangers = book.do(GiveBack("a", (NumberRange("4155550109", "4155550110"),)))
    assert strangers.verdict is Verdict.NOT_PURCHASED
    assert strangers.numbers == (NumberRange("4155550110", "4155550110"),)
    rest = book.do(GiveBack("a"))
    assert rest.hold is not None
    assert (rest.hold.status, rest.hold.given_back) == (HoldStatus.GIVEN_BACK, TEN)
    assert len(book.state.free) == 98
    assert book.do(GiveBack("a")).verdict is Verdict.UNCHANGED
    assert book.do(Purchase("a")).verdict is Verdict.ENDED


@pytest.mark.parametrize("request_", [Extend("x", QUARTER), Release("x"), Purchase("x"), GiveBack("x")])
def test_an_id_that_was_never_given_is_unknown(request_: Request) -> None:
    assert Book().do(request_).verdict is Verdict.UNKNOWN


def test_the_holder_of_a_number_is_known_while_it_has_it() -> None:
    book = Book()
    book.held()
    book.do(Take((NumberRange("4155550110", "4155550110"),), "Bob", QUARTER, "b"))

    def holder(digits: int) -> str | None:
        hold = book.state.holder(digits)
        return None if hold is None else hold.id

    assert [holder(4155550099), holder(4155550100), holder(4155550109)] == [None, "a", "a"]
    assert [holder(4155550110), holder(4155550111)] == ["b", None]
    book.do(Purchase("a"))
    book.do(GiveBack("a", (NumberRange("4155550103", "4155550104"),)))
    assert [holder(4155550102), holder(4155550103), holder(4155550104), holder(4155550105)] == [
        "a",
        None,
        None,
        "a",
    ]
    book.do(Release("b"))
    assert holder(4155550110) is None


def test_what_is_added_does_not_free_what_is_held_or_sold() -> None:
    book = Book()
    book.held()
    book.do(Purchase("a"))
    book.do(Take((NumberRange("4155550120", "4155550129"),), "Bob", QUARTER, "b"))
    everything = NumberSet([NumberRange("4155550000", "4155550199")])
    assert book.do(Add(everything)).verdict is Verdict.DONE
    assert len(book.state.free) == 180
    assert book.do(Add(everything)).verdict is Verdict.UNCHANGED
    one = NumberSet([TelephoneNumber("4155550125")])
    assert book.do(Add(one)).verdict is Verdict.UNCHANGED


def test_removing_takes_everything_or_nothing_and_never_what_is_held() -> None:
    book = Book()
    book.held()
    refused = book.do(Remove(NumberSet([NumberRange("4155550109", "4155550120")])))
    assert refused.verdict is Verdict.UNAVAILABLE
    assert refused.numbers == (NumberRange("4155550109", "4155550109"),)
    assert len(book.state.free) == 90
    assert book.do(Remove(NumberSet([NumberRange("4155550110", "4155550120")]))).verdict is Verdict.DONE
    assert len(book.state.free) == 79
    assert book.do(Remove(NumberSet([NumberRange("2125550110", "2125550120")]))).verdict is Verdict.UNCHANGED
    book.do(Purchase("a"))
    assert book.do(Remove(NumberSet(TEN))).verdict is Verdict.UNCHANGED


def test_one_number_is_added_and_removed_beside_many_that_are_held() -> None:
    book = Book()
    for line in (20, 22, 24):
        book.do(Take((NumberRange(f"41555501{line}", f"41555501{line}"),), "Ann", QUARTER))
    one = NumberSet([TelephoneNumber("4155550122")])
    assert book.do(Add(one)).verdict is Verdict.UNCHANGED
    assert book.do(Remove(one)).numbers == (NumberRange("4155550122", "4155550122"),)


def test_a_hold_that_was_extended_ends_in_its_turn() -> None:
    book = Book()
    book.held("a", timedelta(minutes=1))
    book.state.holder(4155550100)
    book.do(Extend("a", timedelta(minutes=20)))
    book.do(Take((NumberRange("4155550120", "4155550129"),), "Bob", QUARTER, "b"))
    assert [hold.id for hold in book.do(Lapse(), NOON + timedelta(hours=1)).lapsed] == ["b", "a"]


def test_time_does_not_run_backward() -> None:
    book = Book()
    book.held()
    book.do(Lapse(), NOON + QUARTER)
    again = book.do(Take(TEN, "Bob", QUARTER, "b"), NOON)
    assert again.hold is not None
    assert again.hold.held_at == NOON + QUARTER


def test_minutes_are_elapsed_time_across_a_change_of_clocks() -> None:
    before = datetime(2026, 11, 1, 1, 50, tzinfo=ZoneInfo("America/Los_Angeles"))  # falls back at 2:00
    book = Book()
    hold = book.do(Take(TEN, "Ann", QUARTER, "a"), before).hold
    assert hold is not None
    assert hold.expires_at - hold.held_at == QUARTER
    assert hold.expires_at.tzinfo is UTC


def test_a_moment_needs_a_time_zone_and_a_hold_some_time() -> None:
    book = Book()
    with pytest.raises(CallerError, match="2026-11-20T12:00:00, without a time zone"):
        book.do(Lapse(), datetime(2026, 11, 20, 12))  # noqa: DTZ001 - that is the point
    with pytest.raises(CallerError, match="now is needed"):
        apply(book.state, Lapse(), None)
    with pytest.raises(CallerError, match="no time to hold numbers for"):
        book.do(Take(TEN, "Ann", timedelta(0), "a"))
    book.held()
    with pytest.raises(CallerError, match="no time to hold numbers for"):
        book.do(Extend("a", -QUARTER))


def test_many_holds_end_in_the_order_of_their_moments() -> None:
    book = Book()
    for line in range(60):
        one = (NumberRange(f"41555501{line:02}", f"41555501{line:02}"),)
        book.do(Take(one, "Ann", timedelta(minutes=1 + line * 7 % 60), f"h{line}"))
    lapsed = book.do(Lapse(), NOON + timedelta(hours=1)).lapsed
    moments = [hold.expires_at for hold in lapsed]
    assert len(moments) == 60
    assert moments == sorted(moments)
    assert len(book.state.free) == 100
    assert list(book.state.keeping()) == list(book.state.keeping("Ann")) == []


def test_a_moment_of_a_hold_that_is_forgotten_comes_and_goes() -> None:
    book = Book()
    book.held(ttl=timedelta(hours=10))
    book.do(Release("a"))
    book.do(Lapse(), NOON + POLICY.remembered)
    assert book.state.hold("a") is None
    assert book.do(Lapse(), NOON + timedelta(hours=10)).lapsed == ()


# --- a state is a value --------------------------------------------------------------------------------------


def facts(state: LedgerState) -> object:
    """All that a state says."""
    holders = [state.holder(4155550100 + line) for line in range(100)]
    return state.free, holders, {hold.id for hold in state.keeping()}, state.clock, state.serial


def test_every_state_stays_what_it_was_and_can_be_gone_on_from() -> None:
    requests: list[tuple[Request, int]] = [
        (Take(TEN, "Ann", QUARTER, "a"), 0),
        (Take((NumberRange("4155550120", "4155550120"),), "Ann", timedelta(minutes=40)), 1),
        (Extend("a", QUARTER), 5),
        (Add(NumberSet([NumberRange("2125550100", "2125550109")])), 5),
        (Remove(NumberSet([NumberRange("4155550140", "4155550149")])), 5),
        (Purchase("a"), 6),
        (GiveBack("a", (NumberRange("4155550103", "4155550103"),)), 7),
        (GiveBack("a"), 8),
        (Lapse(), 45),
        (Lapse(), 400),
    ]
    states = [LedgerState(NumberSet([NumberRange("4155550100", "4155550199")]))]
    told, came = [facts(states[0])], []
    for request, minutes in requests:
        state, outcome = apply(states[-1], request, NOON + timedelta(minutes=minutes), POLICY)
        states.append(state)
        told.append(facts(state))
        came.append(outcome)
    for place in (0, 7, 3, 10, 5, 1, 9, 0):
        assert facts(states[place]) == told[place]
    for place, (request, minutes) in enumerate(requests):
        again, outcome = apply(states[place], request, NOON + timedelta(minutes=minutes), POLICY)
        assert outcome == came[place]
        assert facts(again) == told[place + 1]


def test_a_refused_request_gives_the_state_it_was_given() -> None:
    book = Book()
    book.held()
    state, outcome = apply(book.state, Take(TEN, "Bob", QUARTER), NOON, POLICY)
    assert outcome.refused
    assert state is book.state


def test_a_copy_of_a_state_shares_nothing_with_it() -> None:
    book = Book()
    book.held()
    twin = book.state.copy()
    book.do(Release("a"))
    assert [hold.id for hold in twin.keeping()] == ["a"]
    assert len(twin.free) == 90


def test_a_ledger_is_asked_with_requests_alone() -> None:
    stranger: Any = "take"
    with pytest.raises(TypeError, match="a ledger is asked with a request, not str"):
        apply(Book().state, stranger, NOON)
