"""The ledger's rules, one by one, and against a naive model."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

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
    assert book.state.holds.get("b") is None


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
    assert len(book.state.taken) == len(book.state.owners) == 0


def test_a_moment_of_a_hold_that_is_forgotten_comes_and_goes() -> None:
    book = Book()
    book.held(ttl=timedelta(hours=10))
    book.do(Release("a"))
    book.do(Lapse(), NOON + POLICY.remembered)
    assert book.state.holds.get("a") is None
    assert book.do(Lapse(), NOON + timedelta(hours=10)).lapsed == ()
    assert book.state.deadlines.first is None


# --- against a naive model --------------------------------------------------------------------------------


@dataclass
class NaiveHold:
    owner: str
    numbers: set[int]
    expires: datetime
    cap: datetime
    status: str = "held"
    back: set[int] = field(default_factory=set)


FIRST = 4155550095
LINES = 12


def ranges_of(numbers: set[int]) -> tuple[NumberRange, ...]:
    return tuple(NumberSet(map(TelephoneNumber, sorted(numbers))).ranges())


some_numbers = st.sets(st.integers(FIRST, FIRST + LINES - 1), min_size=1, max_size=5)
ids = st.sampled_from("abcdef")
owners = st.sampled_from(["Ann", "Bob"])
times = st.integers(1, 50).map(lambda minutes: timedelta(minutes=minutes))


class LedgerModel(RuleBasedStateMachine):
    """A dict of holds, scanned in full at every step, that must agree with the ledger."""

    @initialize()
    def begin(self) -> None:
        self.now = NOON
        self.state = LedgerState(NumberSet([NumberRange(str(FIRST), str(FIRST + LINES - 1))]))
        self.stock = set(range(FIRST, FIRST + LINES))
        self.holds: dict[str, NaiveHold] = {}
        self.policy = InventoryPolicy(longest_hold=timedelta(hours=1), remembered=timedelta(days=9999))

    def put(self, request: Request) -> Verdict:
        self.state, outcome = apply(self.state, request, self.now, self.policy)
        return outcome.verdict

    def taken(self) -> set[int]:
        return {
            number
            for hold in self.holds.values()
            if hold.status in {"held", "purchased"}
            for number in hold.numbers - hold.back
        }

    def expire(self) -> None:
        for hold in self.holds.values():
            if hold.status == "held" and hold.expires <= self.now:
                hold.status = "expired"

    @rule(minutes=st.integers(0, 30))
    def pass_time(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        self.put(Lapse())
        self.expire()

    @rule(id=ids, owner=owners, numbers=some_numbers, ttl=times)
    def take(self, id: str, owner: str, numbers: set[int], ttl: timedelta) -> None:
        verdict = self.put(Take(ranges_of(numbers), owner, ttl, id))
        known = self.holds.get(id)
        if known is not None:
            if (known.owner, known.numbers) != (owner, numbers):
                assert verdict is Verdict.CONFLICT
            else:
                live = known.status in {"held", "purchased"}
                assert verdict is (Verdict.UNCHANGED if live else Verdict.ENDED)
        elif numbers <= self.stock - self.taken():
            assert verdict is Verdict.DONE
            expires = self.now + ttl
            self.holds[id] = NaiveHold(
                owner, set(numbers), expires, max(expires, self.now + timedelta(hours=1))
            )
        else:
            assert verdict is Verdict.UNAVAILABLE

    @rule(id=ids, ttl=times)
    def extend(self, id: str, ttl: timedelta) -> None:
        verdict = self.put(Extend(id, ttl))
        hold = self.holds.get(id)
        if hold is None:
            assert verdict is Verdict.UNKNOWN
        elif hold.status != "held":
            assert verdict is Verdict.ENDED
        else:
            end = max(hold.expires, min(self.now + ttl, hold.cap))
            assert verdict is (Verdict.DONE if end > hold.expires else Verdict.UNCHANGED)
            hold.expires = end

    @rule(id=ids)
    def release(self, id: str) -> None:
        verdict = self.put(Release(id))
        hold = self.holds.get(id)
        if hold is not None and hold.status == "held":
            assert verdict is Verdict.DONE
            hold.status = "released"
        else:
            assert verdict is not Verdict.DONE

    @rule(id=ids)
    def purchase(self, id: str) -> None:
        verdict = self.put(Purchase(id))
        hold = self.holds.get(id)
        if hold is not None and hold.status == "held":
            assert verdict is Verdict.DONE
            hold.status = "purchased"
        else:
            assert verdict is not Verdict.DONE

    @rule(id=ids, numbers=some_numbers)
    def give_back(self, id: str, numbers: set[int]) -> None:
        verdict = self.put(GiveBack(id, ranges_of(numbers)))
        hold = self.holds.get(id)
        if hold is not None and hold.status == "purchased" and numbers <= hold.numbers:
            assert verdict is (Verdict.DONE if numbers - hold.back else Verdict.UNCHANGED)
            hold.back |= numbers
            if hold.back == hold.numbers:
                hold.status = "given_back"
        else:
            assert verdict is not Verdict.DONE

    @rule(numbers=some_numbers)
    def add(self, numbers: set[int]) -> None:
        self.put(Add(NumberSet(map(TelephoneNumber, numbers))))
        self.stock |= numbers - self.taken()

    @rule(numbers=some_numbers)
    def remove(self, numbers: set[int]) -> None:
        verdict = self.put(Remove(NumberSet(map(TelephoneNumber, numbers))))
        held = {n for hold in self.holds.values() if hold.status == "held" for n in hold.numbers}
        assert (verdict is Verdict.UNAVAILABLE) == bool(held & numbers)
        if not held & numbers:
            self.stock -= numbers - self.taken()

    @invariant()
    def they_agree(self) -> None:
        assert {int(number) for number in self.state.free} == self.stock - self.taken()
        for id, naive in self.holds.items():
            hold = self.state.holds.get(id)
            assert hold is not None
            assert (hold.owner, hold.status, hold.expires_at) == (naive.owner, naive.status, naive.expires)
        for digits in range(FIRST, FIRST + LINES):
            holder = self.state.holder(digits)
            has = [
                id
                for id, hold in self.holds.items()
                if hold.status in {"held", "purchased"} and digits in hold.numbers - hold.back
            ]
            assert has == ([] if holder is None else [holder.id])


TestLedgerAgainstTheModel = LedgerModel.TestCase
