"""Who has agreements signed: a protocol, and the carrier's own e-signature service."""

from __future__ import annotations

from typing import Protocol

from pstnkit.accounts.agreements import Agreement
from pstnkit.accounts.customers import Customer
from pstnkit.carriers.flow import Flow, ask
from pstnkit.carriers.protocol import Receipt, Reply, SendAgreement


class SigningService(Protocol):
    """Whoever has agreements signed. What signers do is reported like anything else, by events.

    An agreement is sent under its client reference, chosen and saved before: asked again under the same one, the
    service answers with the envelope that it has sent; under another, it sends another. A conformance suite for one of
    your own is in :mod:`pstnkit.testing`.
    """

    def send(self, agreement: Agreement, customer: Customer) -> Flow[Reply[Receipt]]:
        """Send ``agreement`` to its signer; the answer's reference is the envelope's."""
        ...


class CarrierSigning:
    """Agreements sent through the carrier's own e-signature service: the default of a desk.

    >>> from pstnkit import Desk, SimulatedWorld
    >>> world = SimulatedWorld.starting("2026-11-20T09:00:00-08:00")
    >>> desk = Desk(world.carrier, partner="north", actor="dana", clock=world.now, signing=CarrierSigning())
    """

    def send(self, agreement: Agreement, customer: Customer) -> Flow[Reply[Receipt]]:
        """Send ``agreement`` to its signer; the answer's reference is the envelope's."""
        return (
            yield from ask(
                SendAgreement(
                    client_reference=agreement.client_reference,
                    kind=agreement.kind,
                    customer=customer.company,
                    email=agreement.email,
                    signer=agreement.signer,
                )
            )
        )
