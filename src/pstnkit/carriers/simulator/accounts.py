"""What the caller has at the carrier: active numbers, and the emergency addresses registered for them."""

from __future__ import annotations

from itertools import islice

from pstnkit.carriers.simulator.addresses import Address, AddressChecker, standard_form
from pstnkit.carriers.simulator.clock import write_time
from pstnkit.carriers.simulator.messages import Fields, Refusal, Reply, e164
from pstnkit.carriers.simulator.office import Office, batches
from pstnkit.carriers.simulator.shop import PAGE_SIZE, page_after


class Account:
    """Read and release numbers; register emergency addresses."""

    def __init__(self, office: Office, checker: AddressChecker) -> None:
        self._office = office
        self._checker = checker
        self._registrations: dict[int, str] = {}

    def owned_numbers(self, ask: Fields) -> Reply:
        """One page of the active numbers."""
        after, _ = page_after(ask["page"])
        page = list(islice(self._office.numbers.owned.ascending(after=after), PAGE_SIZE + 1))
        more = len(page) > PAGE_SIZE
        return {
            "numbers": [self._owned(number) for number in page[:PAGE_SIZE]],
            "next": str(page[PAGE_SIZE - 1]) if more else None,
        }

    def _owned(self, number: int) -> Reply:
        holding = self._office.numbers.active[number]
        return {
            "number": e164(number),
            "since": write_time(holding.since),
            "source": holding.source,
            "registration": self._registrations.get(number),
        }

    def release(self, ask: Fields) -> Reply:
        """Give active numbers back."""
        numbers = self._leaving(ask["numbers"])
        self._office.numbers.release(numbers)
        return {
            "release": self._office.ids.next("RL"),
            "numbers": [e164(number) for number in numbers],
        }

    def port_out(self, ask: Fields) -> Reply:
        """Active numbers leave for another carrier."""
        numbers = self._leaving(ask["numbers"])
        known = self._office.numbers
        known.leave(numbers)
        known.settle_abroad([range(number, number + 1) for number in numbers], ask["to"], None)
        return self._gone("numbers.ported_out", numbers, to=ask["to"])

    def disconnect(self, ask: Fields) -> Reply:
        """The carrier disconnects active numbers of its own accord."""
        numbers = self._leaving(ask["numbers"])
        self._office.numbers.release(numbers)
        return self._gone("numbers.disconnected", numbers, reason=ask["reason"])

    def _leaving(self, numbers: list[int]) -> list[int]:
        self._refuse_strangers([number for number in numbers if number not in self._office.numbers.active])
        return numbers

    def _gone(self, kind: str, numbers: list[int], **facts: str) -> Reply:
        for batch in batches(numbers):
            notice = self._office.ids.next("NT")
            self._office.journal.tell(
                kind, notice=notice, numbers=[e164(number) for number in batch], **facts
            )
        return {}

    def register_emergency(self, ask: Fields) -> Reply:
        """Register an address for numbers that are active or on their way; without one, remove what is registered."""
        numbers: list[int] = ask["numbers"]
        if ask["address"] is None:
            return self._unregister(numbers)
        known = self._office.numbers
        self._refuse_strangers(
            [number for number in numbers if number not in known.active and number not in known.pending]
        )
        if ask["override"]:
            # Calls from an address that nobody has validated go to a relay center first.
            return self._registered(numbers, "relayed", standard_form(ask["address"]))
        checked = self._checker.check(ask)
        if checked["outcome"] == "unavailable":
            raise Refusal("address_service_unavailable", "addresses cannot be checked now")
        if checked["outcome"] != "valid":
            raise Refusal(
                "address_not_valid",
                f"the address is not valid: {checked['outcome']}",
                outcome=checked["outcome"],
                address=checked["address"],
            )
        return self._registered(numbers, "registered", checked["address"])

    def _registered(self, numbers: list[int], state: str, address: Address) -> Reply:
        registration = self._office.ids.next("ER")
        self._registrations.update(dict.fromkeys(numbers, registration))
        return {
            "registration": registration,
            "state": state,
            "numbers": [e164(number) for number in numbers],
            "address": address,
        }

    def _unregister(self, numbers: list[int]) -> Reply:
        """Remove registrations; the numbers may have left by now."""
        self._refuse_strangers([number for number in numbers if number not in self._registrations])
        for number in numbers:
            del self._registrations[number]
        return {
            "registration": self._office.ids.next("ER"),
            "state": "removed",
            "numbers": [e164(number) for number in numbers],
            "address": None,
        }

    @staticmethod
    def _refuse_strangers(strangers: list[int]) -> None:
        if strangers:
            raise Refusal(
                "not_owned",
                f"{len(strangers)} numbers are not yours",
                numbers=[e164(number) for number in strangers],
            )
