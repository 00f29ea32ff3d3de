"""Carts, their holds and their confirmations against a naive model, under any course of events (SPEC N5, O1).

Two carts compete for a dozen numbers, at a carrier that keeps numbers for half an hour and for two hours at most. The
desk keeps them for a quarter of an hour from each look, and for forty minutes at most. The model knows minutes and
sets.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bench import NEW, Bench, signed_bench
from pstnkit.desk.desk import Desk
from pstnkit.inventory.query import SearchQuery
from pstnkit.inventory.refusals import NumbersUnavailable
from pstnkit.numbering.numberset import NumberSet
from pstnkit.numbering.telephone import TelephoneNumber
from pstnkit.ordering.cart import AlreadyInCart, Cart, NotInCart
from pstnkit.ordering.confirmation import (
    CannotFinish,
    CartChanged,
    Confirmation,
    ConfirmationLapsed,
    EmptyCart,
)
from pstnkit.ordering.policy import CartPolicy

SOME = 12
CARTS = (0, 1)
LOOK, CAP = 15, 40
CARRIER_LOOK, CARRIER_CAP = 30, 120

picks = st.sets(st.integers(0, SOME - 1), min_size=1, max_size=5)
which = st.sampled_from(CARTS)


@dataclass
class Kept:
    """A reservation at the carrier, and what the cart thinks of it; times in minutes."""

    numbers: set[int]
    made: int
    since: int
    seen: int
    until: int
    over: bool = False

    @property
    def ends(self) -> int:
        return self.until if self.over else min(self.until, self.seen + LOOK, self.since + CAP)


@dataclass
class Line:
    numbers: set[int]
    kept: Kept
    gone: set[int] = field(default_factory=set)


@dataclass
class Basket:
    lines: list[Line] = field(default_factory=list)
    edition: int = 0
    placed: int | None = None

    @property
    def inside(self) -> set[int]:
        return {number for line in self.lines for number in line.numbers}

    def lapses(self) -> int | None:
        return min((line.kept.ends for line in self.lines if not line.kept.over), default=None)


@dataclass
class Placed:
    basket: int
    edition: int
    lapses: int
    blocked: bool
    ordered: tuple[str, ...] = ()


class CartsAndHolds(RuleBasedStateMachine):
    """The desk on one side, minutes and sets on the other."""

    bench: Bench
    desk: Desk

    @initialize()
    def open_the_shop(self) -> None:
        self.bench = signed_bench()
        policy = CartPolicy(keeps_for=timedelta(minutes=LOOK), keeps_at_most=timedelta(minutes=CAP))
        self.desk = self.bench.desk = self.bench.open_desk(keeping=policy)
        self.carts = [self.desk.open_cart(self.bench.customer).id for _ in CARTS]
        self.start = self.bench.world.now()
        self.now = 0
        self.baskets = [Basket() for _ in CARTS]
        self.live: list[Kept] = []
        self.sold: set[int] = set()
        self.placed: list[tuple[Confirmation, Placed]] = []

    # --- what the model knows ------------------------------------------------------------------------------------

    def _taken(self) -> set[int]:
        """What the carrier has not on offer."""
        self.live = [kept for kept in self.live if self.now < kept.until]
        return self.sold | {number for kept in self.live for number in kept.numbers}

    def _reserve(self, numbers: set[int]) -> Kept:
        kept = Kept(set(numbers), self.now, self.now, self.now, self.now + CARRIER_LOOK)
        self.live.append(kept)
        return kept

    def _let_go(self, kept: Kept) -> None:
        if kept in self.live:
            self.live.remove(kept)

    def _free_overdue(self, basket: Basket) -> None:
        open_ones = [line.kept for line in basket.lines if not line.kept.over]
        ended = [kept for kept in open_ones if kept.ends <= self.now]
        if not ended:
            return
        for kept in open_ones if basket.placed == basket.edition else ended:
            kept.until = min(self.now, kept.ends)
            kept.over = True
            self._let_go(kept)
        basket.placed = None

    def _look(self, basket: Basket, *, to_order: bool = False) -> None:
        self._free_overdue(basket)
        for kept in (line.kept for line in basket.lines if not line.kept.over):
            kept.seen = self.now
            if to_order or min(self.now + LOOK, kept.since + CAP) > kept.until:
                kept.until = max(kept.until, min(self.now + CARRIER_LOOK, kept.made + CARRIER_CAP))

    @staticmethod
    def _numbers(picked: set[int]) -> list[TelephoneNumber]:
        return [NEW.first + pick for pick in sorted(picked)]

    def _minute(self, moment: datetime) -> int:
        return round((moment - self.start) / timedelta(minutes=1))

    # --- what happens --------------------------------------------------------------------------------------------

    @rule(at=which, picked=picks)
    def numbers_are_put_into_a_cart(self, at: int, picked: set[int]) -> None:
        basket = self.baskets[at]
        self._look(basket)
        if picked & basket.inside:
            with pytest.raises(AlreadyInCart):
                self.desk.add_numbers(self.carts[at], self._numbers(picked))
            return
        back = {
            number: line
            for line in basket.lines
            if not line.kept.over
            for number in picked & line.kept.numbers
        }
        missing = picked - set(back)
        if gone := missing & self._taken():
            with pytest.raises(NumbersUnavailable) as refused:
                self.desk.add_numbers(self.carts[at], self._numbers(picked))
            assert NumberSet(refused.value.numbers) == NumberSet(self._numbers(gone))
            return
        self.desk.add_numbers(self.carts[at], self._numbers(picked))
        for number, line in back.items():
            line.numbers.add(number)
        basket.edition += len({id(line) for line in back.values()})
        if missing:
            basket.lines.append(Line(set(missing), self._reserve(missing)))
            basket.edition += 1

    @rule(at=which, picked=picks)
    def numbers_are_taken_out_of_a_cart(self, at: int, picked: set[int]) -> None:
        basket = self.baskets[at]
        if not picked <= basket.inside:
            with pytest.raises(NotInCart):
                self.desk.remove_numbers(self.carts[at], self._numbers(picked))
            picked = picked & basket.inside
            if not picked:
                return
        self.desk.remove_numbers(self.carts[at], self._numbers(picked))
        for line in basket.lines:
            line.numbers -= picked
            line.gone -= picked
            if not line.numbers & line.kept.numbers:
                self._let_go(line.kept)
        basket.lines = [line for line in basket.lines if line.numbers]
        basket.edition += 1

    @rule(at=which)
    def somebody_looks_at_a_cart(self, at: int) -> None:
        self._look(self.baskets[at])
        self.desk.look_at(self.carts[at])

    @rule(at=which)
    def what_has_lapsed_is_held_anew(self, at: int) -> None:
        basket = self.baskets[at]
        self._look(basket)
        for line in basket.lines:
            wanted = (line.numbers & line.kept.numbers) - line.gone
            if not line.kept.over or not wanted:
                continue
            if lost := wanted & self._taken():
                line.gone |= lost
            else:
                line.kept = self._reserve(wanted)
        self.desk.hold_anew(self.carts[at])

    @rule(at=which, times=st.integers(1, 5))
    def somebody_keeps_looking_while_time_passes(self, at: int, times: int) -> None:
        for _ in range(times):
            self.time_passes(10)
            self.somebody_looks_at_a_cart(at)

    @rule(minutes=st.sampled_from([1, 4, 9, 15, 30]))
    def time_passes(self, minutes: int) -> None:
        self.bench.world.pass_time(minutes=minutes)
        self.now += minutes

    @rule()
    def what_nobody_finishes_is_let_go(self) -> None:
        for basket in self.baskets:
            self._free_overdue(basket)
        self.desk.lapse()

    @rule(at=which)
    def a_cart_is_placed(self, at: int) -> None:
        basket = self.baskets[at]
        if not basket.lines:
            with pytest.raises(EmptyCart):
                self.desk.place(self.carts[at])
            return
        confirmation = self.desk.place(self.carts[at])
        lapses = basket.lapses()
        known = self.now + 30 if lapses is None else lapses
        placed = Placed(at, basket.edition, known, self._blocked(basket))
        assert confirmation.blocked is placed.blocked
        assert self._minute(confirmation.lapses) == placed.lapses
        basket.placed = basket.edition
        self.placed.append((confirmation, placed))

    def _blocked(self, basket: Basket) -> bool:
        lapsed = (
            line
            for line in basket.lines
            if line.kept.ends <= self.now and (line.numbers & line.kept.numbers) - line.gone
        )
        return any(lapsed) or any(line.gone for line in basket.lines)

    @precondition(lambda self: self.placed)
    @rule(pick=st.integers(0, 99), times=st.integers(1, 2))
    def a_confirmation_is_finished(self, pick: int, times: int) -> None:
        confirmation, placed = self.placed[pick % len(self.placed)]
        basket = self.baskets[placed.basket]
        read = [alert.kind for alert in confirmation.alerts]
        for _ in range(times):
            if placed.ordered:
                again = self.desk.finish(confirmation, read)
                assert tuple(order.id for order in again) == placed.ordered
                continue
            lapses = basket.lapses()
            if basket.edition != placed.edition:
                with pytest.raises(CartChanged):
                    self.desk.finish(confirmation, read)
            elif self.now >= (placed.lapses if lapses is None else lapses):
                self._free_overdue(basket)
                with pytest.raises(ConfirmationLapsed):
                    self.desk.finish(confirmation, read)
            elif placed.blocked or self._blocked(basket):
                with pytest.raises(CannotFinish):
                    self.desk.finish(confirmation, read)
            else:
                self._look(basket, to_order=True)
                [order] = self.desk.finish(confirmation, read)
                assert NumberSet(order.numbers.by_number) == NumberSet(self._numbers(basket.inside))
                placed.ordered = (order.id,)
                self.sold |= basket.inside
                for line in basket.lines:
                    self._let_go(line.kept)
                basket.lines, basket.placed, basket.edition = [], None, basket.edition + 1

    # --- what must hold ------------------------------------------------------------------------------------------

    @invariant()
    def carts_have_what_was_put_into_them_and_keep_it_as_long_as_was_agreed(self) -> None:
        for named, basket in zip(getattr(self, "carts", ()), getattr(self, "baskets", ()), strict=True):
            cart: Cart = self.desk.cart(named)
            found = NumberSet(numbers for line in cart.chosen for numbers in line.numbers)
            assert found == NumberSet(self._numbers(basket.inside))
            assert (cart.edition, cart.placed) == (basket.edition, basket.placed)
            for line, known in zip(cart.chosen, basket.lines, strict=True):
                [hold] = line.holds
                assert self._minute(self.desk.office.keeping.ends(hold)) == known.kept.ends
                assert hold.over is known.kept.over
                assert NumberSet(line.gone) == NumberSet(self._numbers(known.gone))

    @invariant()
    def no_number_is_kept_for_two_and_what_nobody_keeps_is_on_offer(self) -> None:
        if not hasattr(self, "carts"):
            return
        kept = [
            number
            for basket in self.baskets
            for line in basket.lines
            if self.now < line.kept.ends and not line.kept.over
            for number in line.kept.numbers
        ]
        assert len(kept) == len(set(kept))
        assert not set(kept) & self.sold
        offered = self.desk.search(SearchQuery(npa="415")).result.available
        # One of the hundred was ordered before the shop was opened.
        assert offered == 99 - len(self._taken())

    @invariant()
    def each_number_is_in_one_order(self) -> None:
        if hasattr(self, "carts"):
            orders = self.desk.orders(self.bench.customer)[1:]
            numbers = [number for order in orders for number in order.numbers.by_number]
            assert len(numbers) == len(set(numbers)) == len(self.sold)


TestCartsAndHolds = CartsAndHolds.TestCase
TestCartsAndHolds.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
