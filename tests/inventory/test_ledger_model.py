"""The ledger against a naive model: any requests, in any order, by any clock, from any state that there was."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from pstnkit.inventory.ledger import (
    Add,
    Extend,
    GiveBack,
    Lapse,
    LedgerState,
    Outcome,
    Purchase,
    Release,
    Remove,
    Request,
    Take,
    Verdict,
    apply,
)
from pstnkit.inventory.policy import InventoryPolicy
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.ranges import NumberRange
from pstnkit.numbering.telephone import TelephoneNumber

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
LONG_AGO = datetime.min.replace(tzinfo=UTC)
FIRST, LINES = 4155550095, 12
CAP, REMEMBERED = timedelta(hours=1), timedelta(hours=2)
POLICY = InventoryPolicy(longest_hold=CAP, remembered=REMEMBERED)


@dataclass
class NaiveHold:
    """What a hold is: nothing about it is computed from anything else."""

    owner: str
    numbers: set[int]
    expires: datetime
    cap: datetime
    status: str = "held"
    back: set[int] = field(default_factory=set)
    ended: datetime | None = None

    @property
    def live(self) -> bool:
        return self.status in {"held", "purchased"}


@dataclass
class NaiveLedger:
    """A dict of holds, gone through in full whatever is asked."""

    stock: set[int] = field(default_factory=lambda: set(range(FIRST, FIRST + LINES)))
    holds: dict[str, NaiveHold] = field(default_factory=dict)
    clock: datetime = LONG_AGO

    @property
    def taken(self) -> set[int]:
        return {number for hold in self.holds.values() if hold.live for number in hold.numbers - hold.back}

    @property
    def free(self) -> set[int]:
        return self.stock - self.taken

    def pass_time(self, now: datetime) -> list[str]:
        self.clock = max(self.clock, now)
        over = [i for i, hold in self.holds.items() if hold.status == "held" and hold.expires <= self.clock]
        for id in over:
            self.end(self.holds[id], "expired", self.holds[id].expires)
        for id, hold in list(self.holds.items()):
            if hold.ended is not None and hold.ended + REMEMBERED <= self.clock:
                del self.holds[id]
        return over

    @staticmethod
    def end(hold: NaiveHold, status: str, moment: datetime) -> None:
        hold.status, hold.ended = status, moment


def ranges_of(numbers: set[int]) -> tuple[NumberRange, ...]:
    return tuple(set_of(numbers).ranges())


def set_of(numbers: set[int]) -> NumberSet:
    return NumberSet(map(TelephoneNumber, sorted(numbers)))


some_numbers = st.sets(st.integers(FIRST, FIRST + LINES - 1), min_size=1, max_size=5)
ids = st.sampled_from("abcdef")
owners = st.sampled_from(["Ann", "Bob"])
times = st.integers(1, 50).map(lambda minutes: timedelta(minutes=minutes))


class LedgerModel(RuleBasedStateMachine):
    """The ledger does what the naive one does, whatever has been asked before."""

    @initialize()
    def begin(self) -> None:
        self.now = NOON
        self.state = LedgerState(set_of(set(range(FIRST, FIRST + LINES))))
        self.naive = NaiveLedger()
        self.past: list[tuple[LedgerState, NaiveLedger]] = []

    def put(self, request: Request) -> Outcome:
        self.past.append((self.state, deepcopy(self.naive)))
        self.state, outcome = apply(self.state, request, self.now, POLICY)
        if not isinstance(request, Add | Remove):
            over = self.naive.pass_time(self.now)
            assert sorted(hold.id for hold in outcome.lapsed) == sorted(over)
            ends = [hold.expires_at for hold in outcome.lapsed]
            assert ends == sorted(ends)
        return outcome

    @rule(minutes=st.integers(-10, 40))
    def pass_time(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        self.put(Lapse())

    @rule(hours=st.integers(1, 4))
    def pass_a_long_time(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(back=st.integers(0, 30))
    def go_on_from_a_former_state(self, back: int) -> None:
        if self.past:
            state, naive = self.past[-1 - back % len(self.past)]
            self.state, self.naive = state, deepcopy(naive)

    @rule(id=ids, owner=owners, numbers=some_numbers, ttl=times)
    def take(self, id: str, owner: str, numbers: set[int], ttl: timedelta) -> None:
        verdict = self.put(Take(ranges_of(numbers), owner, ttl, id)).verdict
        naive = self.naive
        known = naive.holds.get(id)
        if known is not None:
            if (known.owner, known.numbers) != (owner, numbers):
                assert verdict is Verdict.CONFLICT
            else:
                assert verdict is (Verdict.UNCHANGED if known.live else Verdict.ENDED)
        elif numbers <= naive.free:
            assert verdict is Verdict.DONE
            expires = naive.clock + ttl
            naive.holds[id] = NaiveHold(owner, set(numbers), expires, max(expires, naive.clock + CAP))
        else:
            assert verdict is Verdict.UNAVAILABLE

    @rule(owner=owners, number=st.integers(FIRST, FIRST + LINES - 1))
    def take_one_under_an_id_of_the_ledgers(self, owner: str, number: int) -> None:
        outcome = self.put(Take(ranges_of({number}), owner, timedelta(minutes=15)))
        naive = self.naive
        assert (outcome.verdict is Verdict.DONE) == (number in naive.free)
        if outcome.verdict is Verdict.DONE:
            assert outcome.hold is not None
            assert outcome.hold.id not in naive.holds
            expires = naive.clock + timedelta(minutes=15)
            naive.holds[outcome.hold.id] = NaiveHold(owner, {number}, expires, naive.clock + CAP)

    @rule(id=ids, ttl=times)
    def extend(self, id: str, ttl: timedelta) -> None:
        verdict = self.put(Extend(id, ttl)).verdict
        hold = self.naive.holds.get(id)
        if hold is None:
            assert verdict is Verdict.UNKNOWN
        elif hold.status != "held":
            assert verdict is Verdict.ENDED
        else:
            end = max(hold.expires, min(self.naive.clock + ttl, hold.cap))
            assert verdict is (Verdict.DONE if end > hold.expires else Verdict.UNCHANGED)
            hold.expires = end

    def settled(self, id: str, verdict: Verdict, *already: str) -> NaiveHold | None:
        """The hold if it is live; else what was asked for has happened already, or is refused."""
        hold = self.naive.holds.get(id)
        if hold is None:
            assert verdict is Verdict.UNKNOWN
        elif hold.status == "held":
            assert verdict is Verdict.DONE
            return hold
        else:
            assert verdict is (Verdict.UNCHANGED if hold.status in already else Verdict.ENDED)
        return None

    @rule(id=ids)
    def release(self, id: str) -> None:
        verdict = self.put(Release(id)).verdict
        if hold := self.settled(id, verdict, "released", "expired"):
            self.naive.end(hold, "released", self.naive.clock)

    @rule(id=ids)
    def purchase(self, id: str) -> None:
        verdict = self.put(Purchase(id)).verdict
        if hold := self.settled(id, verdict, "purchased"):
            hold.status = "purchased"

    @rule(id=ids, numbers=st.none() | some_numbers)
    def give_back(self, id: str, numbers: set[int] | None) -> None:
        request = GiveBack(id, None if numbers is None else ranges_of(numbers))
        verdict = self.put(request).verdict
        hold = self.naive.holds.get(id)
        if hold is None:
            assert verdict is Verdict.UNKNOWN
        elif hold.status not in {"purchased", "given_back"}:
            assert verdict is Verdict.ENDED
        elif not (back := hold.numbers if numbers is None else numbers) <= hold.numbers:
            assert verdict is Verdict.NOT_PURCHASED
        else:
            assert verdict is (Verdict.DONE if back - hold.back else Verdict.UNCHANGED)
            hold.back |= back
            if hold.back == hold.numbers and hold.live:
                self.naive.end(hold, "given_back", self.naive.clock)

    @rule(numbers=some_numbers)
    def add(self, numbers: set[int]) -> None:
        self.put(Add(set_of(numbers)))
        self.naive.stock |= numbers - self.naive.taken

    @rule(numbers=some_numbers)
    def remove(self, numbers: set[int]) -> None:
        verdict = self.put(Remove(set_of(numbers))).verdict
        held = {n for hold in self.naive.holds.values() if hold.status == "held" for n in hold.numbers}
        assert (verdict is Verdict.UNAVAILABLE) == bool(held & numbers)
        if not held & numbers:
            self.naive.stock -= numbers - self.naive.taken

    @invariant()
    def they_agree(self) -> None:
        state, naive = self.state, self.naive
        assert {int(number) for number in state.free} == naive.free
        assert len(state.free) == len(naive.free)
        for id in "abcdef":
            hold, model = state.hold(id), naive.holds.get(id)
            assert (hold is None) == (model is None)
            if hold is not None and model is not None:
                assert (hold.owner, hold.status, hold.expires_at) == (
                    model.owner,
                    model.status,
                    model.expires,
                )
                assert hold.ended_at == model.ended

    @rule()
    def they_agree_about_who_has_what(self) -> None:
        for digits in range(FIRST, FIRST + LINES):
            holder = self.state.holder(digits)
            models = self.naive.holds.items()
            has = [id for id, hold in models if hold.live and digits in hold.numbers - hold.back]
            assert has == ([] if holder is None else [holder.id])
        for owner in ("Ann", "Bob", None):
            keeping = {hold.id for hold in self.state.keeping(owner)}
            held = {i for i, h in self.naive.holds.items() if h.status == "held" and owner in (None, h.owner)}
            assert keeping == held


TestLedgerAgainstTheModel = LedgerModel.TestCase
