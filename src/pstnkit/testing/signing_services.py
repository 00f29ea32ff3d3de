"""The suite that every service which has agreements signed has to pass.

Make a class of your own from it, say how your service is made, and pytest runs the rest::

    from pstnkit.testing import SigningServiceSuite

    class TestMySigning(SigningServiceSuite):
        def make_service(self):
            return MySigning(...), None
"""

from __future__ import annotations

from attrs import evolve

from pstnkit.accounts.agreements import Agreement, AgreementKind
from pstnkit.accounts.customers import Customer
from pstnkit.carriers.flow import drive
from pstnkit.carriers.protocol import Accepted, Receipt
from pstnkit.desk.signing import SigningService

__all__ = ["SigningServiceSuite"]

_CUSTOMER = Customer(
    id="customer-1",
    partner="partner-1",
    company="Harbor Dental",
    email="admin@harbor.example",
    timezone="America/Los_Angeles",
    signer="Dana Reed",
)
_CONTRACT = Agreement(
    id="agreement-1",
    partner="partner-1",
    customer="customer-1",
    kind=AgreementKind.CONTRACT,
    signer="Dana Reed",
    email="admin@harbor.example",
    client_reference="reference-1",
)


class SigningServiceSuite:
    """Tests of a :class:`~pstnkit.SigningService`: for a class of tests to inherit.

    Such a class has :meth:`make_service`. Each test makes a service of its own.

    >>> from pstnkit import CarrierSigning, SimulatedWorld
    >>> class TestCarrierSigning(SigningServiceSuite):
    ...     def make_service(self):
    ...         return CarrierSigning(), SimulatedWorld.starting("2026-11-20T09:00:00-08:00").carrier
    >>> TestCarrierSigning().test_what_is_sent_has_an_envelope()
    """

    def make_service(self) -> tuple[SigningService, object]:
        """A new service, and the carrier that its questions go to (any object, when it asks none)."""
        raise NotImplementedError

    def _sent(self, service: SigningService, carrier: object, agreement: Agreement) -> str:
        reply = drive(service.send(agreement, _CUSTOMER), carrier)
        assert isinstance(reply, Accepted), f"it was not sent: {reply}"
        assert isinstance(reply.answer, Receipt), (
            f"the answer to what is sent is a Receipt, not {reply.answer!r}"
        )
        return reply.answer.reference

    def test_what_is_sent_has_an_envelope(self) -> None:
        """The answer names what was sent, so that reports about it can be told from others."""
        assert self._sent(*self.make_service(), _CONTRACT)

    def test_asked_twice_under_one_reference_it_has_sent_once(self) -> None:
        """The answer may have been lost: asked again, it is the same envelope."""
        service, carrier = self.make_service()
        first = self._sent(service, carrier, _CONTRACT)
        assert self._sent(service, carrier, _CONTRACT) == first

    def test_under_another_reference_it_sends_another_envelope(self) -> None:
        """Sent again, an agreement is another envelope, and what was sent before no longer counts."""
        service, carrier = self.make_service()
        first = self._sent(service, carrier, _CONTRACT)
        assert self._sent(service, carrier, evolve(_CONTRACT, client_reference="reference-2")) != first

    def test_every_kind_of_agreement_is_sent(self) -> None:
        """Terms of service, contract, and a letter of authorization, which belongs to one port."""
        service, carrier = self.make_service()
        envelopes = {
            self._sent(
                service,
                carrier,
                evolve(
                    _CONTRACT,
                    kind=kind,
                    client_reference=f"reference-{kind.value}",
                    order="port-1" if kind is AgreementKind.LETTER_OF_AUTHORIZATION else None,
                ),
            )
            for kind in AgreementKind
        }
        assert len(envelopes) == len(AgreementKind)
