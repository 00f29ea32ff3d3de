"""Whatever is entered, checked, lost, accepted and moved: no order without a set-up, no use without a registration."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from attrs import evolve
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bench import ADDRESS, EMAIL, NEW, Bench
from pstnkit.accounts.addresses import CivicAddress
from pstnkit.accounts.customers import Customer, SetUpStatus
from pstnkit.accounts.emergency import Location, NotProposed, NotThisAddress
from pstnkit.accounts.missing import MissingKind
from pstnkit.desk.addresses import NoAddress
from pstnkit.desk.answers import CarrierSilent
from pstnkit.errors import DecisionError
from pstnkit.inventory.refusals import NumbersUnavailable
from pstnkit.lifecycle.machine import DecisionRefused
from pstnkit.numbering.ranges import NumberRange
from pstnkit.ordering.confirmation import CannotFinish
from pstnkit.ordering.number_events import NumberStatus
from pstnkit.ordering.registration_events import RegistrationStatus as At
from pstnkit.ordering.registrations import NoAddressInEffect

ENTRIES: tuple[CivicAddress, ...] = (
    ADDRESS,
    evolve(ADDRESS, street="Quartz Ave", house_number="12", unit="STE 4"),
    evolve(ADDRESS, street="Ansun St"),
    evolve(ADDRESS, street="Maple"),
    evolve(ADDRESS, street="Nowhere Road"),
    evolve(ADDRESS, street="PO Box 12"),
    evolve(ADDRESS, state="TX"),
)
entries = st.sampled_from(ENTRIES)
OF_THE_SET_UP = set(MissingKind) - {
    MissingKind.AGREEMENT_UNSENT,
    MissingKind.SIGNATURE,
    MissingKind.AGREEMENT_REFUSED,
    MissingKind.NUMBER_ADDRESS,
    MissingKind.REGISTRATION_PENDING,
    MissingKind.REGISTRATION_FAILED,
    MissingKind.REMOVAL_PENDING,
}


class AnySetUp(RuleBasedStateMachine):
    """A new customer at a desk, set up in any order by whoever comes along, while answers are lost."""

    def __init__(self) -> None:
        super().__init__()
        self.bench = Bench(paid=False)
        self.desk = self.bench.desk
        self.bench.customer = self.desk.start_trial(
            company="Ferry Works", email=EMAIL, timezone="America/Los_Angeles"
        ).id
        self.ordered = 0

    @initialize(begun=st.booleans())
    def the_set_up_may_have_come_to_its_end_already(self, begun: bool) -> None:
        if begun:
            self.a_signer_is_named()
            self.an_address_is_entered(0, ADDRESS)
            self.numbers_are_ordered(3)
            self.everything_is_signed_and_time_passes()

    @property
    def customer(self) -> Customer:
        """The customer as it stands."""
        return self.desk.customer(self.bench.customer)

    def _places(self) -> list[Customer | Location]:
        return [self.customer, *self.desk.locations(self.bench.customer)]

    def _try(self, act: Any, *args: Any, **kwargs: Any) -> None:
        """Do it if the rules let it; what is refused has changed nothing."""
        before = self.customer, self.desk.numbers(self.bench.customer)
        try:
            act(*args, **kwargs)
        except (DecisionRefused, NotProposed, NotThisAddress, NoAddress, NoAddressInEffect):
            assert (self.customer, self.desk.numbers(self.bench.customer)) == before
        except CarrierSilent:
            pass

    @rule()
    def a_signer_is_named(self) -> None:
        self.desk.enter_contract_information(self.bench.customer, signer="Dana Reed")

    @rule()
    def the_set_up_is_skipped(self) -> None:
        step = self.customer.status
        self._try(self.desk.skip_set_up, self.bench.customer)
        assert self.customer.status is step

    @rule()
    def the_organization_pays(self) -> None:
        self._try(self.desk.convert_to_paid, self.bench.customer)

    @rule(which=st.integers(0, 3), address=entries)
    def an_address_is_entered(self, which: int, address: CivicAddress) -> None:
        places = self._places()
        self._try(self.desk.enter_emergency_address, places[which % len(places)], address)

    @rule(which=st.integers(0, 3))
    def it_is_checked_again(self, which: int) -> None:
        places = self._places()
        self._try(self.desk.check_emergency_address, places[which % len(places)])

    @rule(which=st.integers(0, 3), candidate=st.integers(0, 2))
    def a_proposal_is_accepted(self, which: int, candidate: int) -> None:
        places = self._places()
        place = places[which % len(places)]
        candidates = (None, *getattr(place.check, "candidates", ()))
        self._try(self.desk.accept_address, place, candidates[candidate % len(candidates)])

    @rule(which=st.integers(0, 3), address=entries)
    def the_check_is_overridden(self, which: int, address: CivicAddress) -> None:
        places = self._places()
        self._try(
            self.desk.override_address_check, places[which % len(places)], address, "we have been there"
        )

    @precondition(lambda self: len(self._places()) < 3)
    @rule(address=entries)
    def there_is_another_place(self, address: CivicAddress) -> None:
        self._try(self.desk.add_location, self.bench.customer, address)

    @rule(which=st.integers(0, 3), first=st.integers(0, 9), quantity=st.integers(1, 3))
    def numbers_are_moved_there(self, which: int, first: int, quantity: int) -> None:
        places = self._places()
        place = places[which % len(places)]
        ours = [number for number, _ in self.desk.numbers(self.bench.customer).having()]
        chosen = ours[first : first + quantity]
        self._try(
            self.desk.use_location,
            self.bench.customer,
            chosen,
            place if isinstance(place, Location) else None,
        )

    @precondition(lambda self: self.ordered < 8)
    @rule(quantity=st.integers(1, 3))
    def numbers_are_ordered(self, quantity: int) -> None:
        cart = self.desk.open_cart(self.bench.customer)
        numbers = NumberRange(NEW.first + self.ordered, NEW.first + self.ordered + quantity - 1)
        try:
            self.desk.add_numbers(cart, [numbers])
        except NumbersUnavailable:
            return
        confirmation = self.desk.place(cart)
        try:
            self.desk.finish(confirmation, [alert.kind for alert in confirmation.alerts])
        except CannotFinish:
            assert not self.customer.is_set_up
            self.desk.remove_line(cart, self.desk.cart(cart.id).lines[0].id)
        else:
            assert self.customer.is_set_up
            self.ordered += quantity

    @rule()
    def everything_is_signed_and_time_passes(self) -> None:
        self.bench.sign()
        self.bench.wait(minutes=10)

    @rule(first=st.integers(0, 9))
    def a_number_goes_back(self, first: int) -> None:
        book = self.desk.numbers(self.bench.customer)
        free = [number for number, _ in book.having(NumberStatus.UNASSIGNED)]
        with suppress(DecisionError):
            self.desk.release(self.bench.customer, free[first : first + 1])

    @rule(operation=st.sampled_from(["check_address", "register_emergency"]), arrives=st.booleans())
    def an_answer_will_be_lost(self, operation: str, arrives: bool) -> None:
        self.bench.wire.lose(operation, arrives=arrives)

    @rule(available=st.booleans())
    def the_checker_goes_or_comes(self, available: bool) -> None:
        self.bench.wire({"op": "world.address_service", "available": available})

    @rule()
    def the_desk_carries_on(self) -> None:
        self.desk.carry_on(self.bench.customer)

    # --- what must hold ---------------------------------------------------------------------------------------------

    @invariant()
    def what_is_missing_is_what_the_set_up_still_needs(self) -> None:
        lacks = [
            lack.kind for lack in self.desk.missing(self.bench.customer) if lack.about == self.bench.customer
        ]
        assert self.customer.is_set_up is not bool(OF_THE_SET_UP & set(lacks))
        assert (MissingKind.CONTRACT_INFORMATION in lacks) is (
            self.customer.status is SetUpStatus.CONTRACT_INFORMATION
        )

    @invariant()
    def nothing_is_of_use_that_the_carrier_has_no_address_of(self) -> None:
        rows = self.bench.wire({"op": "owned_numbers"})["numbers"]
        at_the_carrier = {row["number"]: row["registration"] for row in rows}
        book = self.desk.numbers(self.bench.customer)
        for number, record in book.having():
            if book.usable(number):
                assert record.provisioned
                assert at_the_carrier[str(number)]
            if book.registration(number).status is At.REGISTERED:
                assert at_the_carrier[str(number)]

    @invariant()
    def the_override_that_counts_is_of_the_address_that_stands_there(self) -> None:
        for place in self._places():
            if place.override is not None:
                assert place.override.address == place.address

    def teardown(self) -> None:
        """Once everybody is there again, whatever was left undone is done."""
        self.bench.wire.lose = lambda *_, **__: None  # type: ignore[method-assign]
        self.bench.wire._losses.clear()
        self.bench.wire({"op": "world.address_service", "available": True})
        self.desk.carry_on(self.bench.customer)
        left = self.desk.numbers(self.bench.customer).registrations
        assert (left[At.PENDING], left[At.PENDING_REMOVAL]) == (0, 0)


TestAnySetUp = AnySetUp.TestCase
TestAnySetUp.settings = settings(
    max_examples=25, stateful_step_count=30, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
