"""The suite for signing services, passed by the carrier's own and failed by those that break what it says."""

from __future__ import annotations

from itertools import count

import pytest

from pstnkit.accounts.agreements import Agreement
from pstnkit.accounts.customers import Customer
from pstnkit.carriers.flow import Flow
from pstnkit.carriers.protocol import Accepted, OutcomeUnknown, Receipt, Reply
from pstnkit.carriers.world import SimulatedWorld
from pstnkit.desk.signing import CarrierSigning, SigningService
from pstnkit.testing import SigningServiceSuite


class TestCarrierSigning(SigningServiceSuite):
    """The default of a desk passes."""

    def make_service(self) -> tuple[SigningService, object]:
        return CarrierSigning(), SimulatedWorld.starting("2026-11-20T09:00:00-08:00").carrier


class Forgetful:
    """Sends anew whatever it is asked."""

    def __init__(self) -> None:
        self._serial = count(1)

    def send(self, _agreement: Agreement, _customer: Customer) -> Flow[Reply[Receipt]]:
        yield from ()  # it asks no carrier
        return Accepted(Receipt(f"EN-{next(self._serial)}"))


class Silent:
    """Never answers."""

    def send(self, _agreement: Agreement, _customer: Customer) -> Flow[Reply[Receipt]]:
        yield from ()  # it asks no carrier
        return OutcomeUnknown()


@pytest.mark.parametrize("service", [Forgetful(), Silent()])
def test_a_service_that_sends_twice_or_does_not_answer_fails_the_suite(service: SigningService) -> None:
    class Suite(SigningServiceSuite):
        def make_service(self) -> tuple[SigningService, object]:
            return service, None

    with pytest.raises(AssertionError):
        Suite().test_asked_twice_under_one_reference_it_has_sent_once()


def test_the_suite_asks_how_a_service_is_made() -> None:
    with pytest.raises(NotImplementedError):
        SigningServiceSuite().make_service()
